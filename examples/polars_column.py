"""A column of Polars, cleaned; lazy and streaming frames alike."""

import polars as pl

import cleaner.integrations.polars  # noqa: F401  # brings .cleaner

pages = pl.LazyFrame({"text": ["He left.\n\nAdvertisement", None]})
print(pages.with_columns(pl.col("text").cleaner.clean("strict")).collect())
