"""pandas: `frame["text"].cleaner.clean()`, once this module is imported."""

from cleaner.config import Config
from cleaner.core import cleaner_of
from cleaner.errors import extra
from cleaner.integrations import refuse_memory

with extra("pandas"):
    import pandas as pd


@pd.api.extensions.register_series_accessor("cleaner")
class CleanerAccessor:
    """What `series.cleaner` is."""

    def __init__(self, series: pd.Series) -> None:
        self._series = series

    def clean(self, config: str | Config = "default") -> pd.Series:
        """The texts, clean; index, name and type stay, and so does what is missing."""
        refuse_memory(config)
        texts = self._series.astype(object)
        there = texts.notna()
        texts[there] = cleaner_of(config).clean_many(texts[there])
        kind = self._series.dtype
        return texts.astype("category" if kind == "category" else kind)
