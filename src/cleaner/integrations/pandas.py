"""pandas: `frame["text"].cleaner.clean()`, once this module is imported."""

from cleaner.config import Config
from cleaner.core import Cleaner, cleaner_of
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
        if isinstance(self._series.dtype, pd.CategoricalDtype):
            return _with_clean_categories(self._series, cleaner)
        texts = self._series.astype(object)
        there = texts.notna()
        # All rows, with None for what is missing: errors name them by their place.
        rows = [text if has else None for text, has in zip(texts, there, strict=True)]
        done = cleaner.clean_many(rows)
        texts[there] = [text for text in done if text is not None]
        return texts.astype(self._series.dtype)


def _with_clean_categories(series: pd.Series, cleaner: Cleaner) -> pd.Series:
    was = series.cat.categories
    words = cleaner.clean_many(was)
    texts = series.map(dict(zip(was, words, strict=True)), na_action="ignore")
    now = pd.Index(list(dict.fromkeys(words)), dtype=was.dtype)
    return texts.astype(pd.CategoricalDtype(now, series.cat.ordered))
