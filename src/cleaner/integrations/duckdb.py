"""DuckDB: `SELECT clean_text(body) FROM pages`, on a connection that was told of it."""

from typing import Any

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

    def clean(texts: Any) -> Any:
        return clean_array(texts, config)

    connection.create_function(name, clean, ["VARCHAR"], "VARCHAR", type="arrow")
