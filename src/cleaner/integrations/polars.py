"""Polars: `pl.col("text").cleaner.clean()`, once this module is imported."""

from functools import partial

from cleaner.config import Config
from cleaner.errors import extra

with extra("polars"):
    import polars as pl

from cleaner.integrations.arrow import clean_array


@pl.api.register_expr_namespace("cleaner")
class CleanerExpression:
    """What `expression.cleaner` is."""

    def __init__(self, expression: pl.Expr) -> None:
        self._expression = expression

    def clean(self, config: str | Config = "default") -> pl.Expr:
        """The texts, clean, as String; nulls stay."""
        return self._expression.map_batches(
            partial(_clean, config=config),
            return_dtype=pl.String,
            is_elementwise=True,
        )


def _clean(series: pl.Series, *, config: str | Config) -> pl.Series:
    texts = series.to_arrow()
    cleaned = clean_array(texts, config)
    done = series if cleaned is texts else pl.Series(series.name, cleaned)
    return done.cast(pl.String)  # of categories, whose values may have changed
