"""DuckDB: `SELECT clean_text(body) FROM pages`, on a connection that was told of it."""

from functools import partial

from cleaner.config import Config
from cleaner.integrations import extra

with extra("duckdb"):
    import duckdb

from cleaner.integrations.arrow import clean_array


def register(
    connection: duckdb.DuckDBPyConnection,
    name: str = "clean_text",
    config: str | Config = "default",
) -> None:
    """Makes an SQL function of the cleaner, from VARCHAR to VARCHAR; NULL stays."""
    clean = partial(clean_array, config=config)
    connection.create_function(name, clean, ["VARCHAR"], "VARCHAR", type="arrow")
