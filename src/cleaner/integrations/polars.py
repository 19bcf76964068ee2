"""Polars: `pl.col("text").cleaner.clean()`, once this module is imported."""

from functools import partial

from cleaner.config import Config
from cleaner.errors import extra

with extra("polars"):
    import polars as pl

from cleaner.integrations import config_needing_no_url
from cleaner.integrations.arrow import clean_array


@pl.api.register_expr_namespace("cleaner")
class CleanerExpression:
    """What `expression.cleaner` is."""

    def __init__(self, expression: pl.Expr) -> None:
        self._expression = expression

    def clean(self, config: str | Config = "default") -> pl.Expr:
        """The texts, clean, as String; nulls stay.

        UnknownNameError for a preset that does not exist, CleanerError for a site
        memory, which needs URLs.
        """
        # Told here: Polars makes an error anew of its message, which this one can't be.
        return self._expression.map_batches(
            partial(_clean, config=config_needing_no_url(config)),
            return_dtype=pl.String,
            is_elementwise=True,
        )


def _clean(series: pl.Series, *, config: Config) -> pl.Series:
    texts = series.to_arrow()
    cleaned = clean_array(texts, config)
    done = series if cleaned is texts else pl.Series(series.name, cleaned)
    return done.cast(pl.String)  # of categories, whose values may have changed
