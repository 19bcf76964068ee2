"""pandas: `frame["text"].cleaner.clean()`, once this module is imported."""

from cleaner.config import Config
from cleaner.core import cleaner_of
from cleaner.errors import extra
from cleaner.integrations import config_needing_no_url

with extra("pandas"):
    import pandas as pd


@pd.api.extensions.register_series_accessor("cleaner")
class CleanerAccessor:
    """What `series.cleaner` is."""

    def __init__(self, series: pd.Series) -> None:
        self._series = series

    def clean(self, config: str | Config = "default") -> pd.Series:
        """The texts, clean; index, name and type stay, and so does what is missing.

        Categories keep their order; those that become equal are one, where the first
        stood.
        """
        cleaner = cleaner_of(config_needing_no_url(config))
        kind = self._series.dtype
        if isinstance(kind, pd.CategoricalDtype):
            was = kind.categories
            words = cleaner.clean_many(was)
            made = dict(zip(was, words, strict=True))
            texts = self._series.map(made, na_action="ignore")
            now = pd.Index(list(dict.fromkeys(words)), dtype=was.dtype)
            return texts.astype(pd.CategoricalDtype(now, kind.ordered))
        texts = self._series.astype(object)
        there = texts.notna()
        texts[there] = cleaner.clean_many(texts[there])
        return texts.astype(kind)
