"""The steps of an adapter that are to fail, how, and on a few texts."""

from pipeline import NOISY

FEW = [NOISY[-3], None, "The council met on Monday, he said.", NOISY[-1]]
FAULT = "Input/output error"
EXPLAIN = ("cleaner.core.Cleaner.explain",)
COLUMNS = tuple(
    f"cleaner.integrations.columns.{name}"
    for name in ("as_column", "texts_of", "with_texts", "by_row", "joined")
)
