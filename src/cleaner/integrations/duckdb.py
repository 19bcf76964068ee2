"""DuckDB: `SELECT clean_text(body) FROM pages`, on a connection that was told of it."""

from typing import Any, Final

from cleaner.config import Config, config_of
from cleaner.errors import CleanerError, extra

with extra("duckdb"):
    import duckdb

from cleaner.integrations.arrow import clean_array
from cleaner.sites import DEFAULT_WIDTH, SiteMemory, page_keys

_PAGE_KEYS: Final = "cleaner_page_keys"


def register(
    connection: duckdb.DuckDBPyConnection,
    config: str | Config = "default",
    *,
    name: str = "clean_text",
) -> None:
    """Makes an SQL function of the cleaner, from VARCHAR to VARCHAR; NULL stays.

    With a site memory it takes the text and, second, its URL, which may be NULL.
    CleanerError where the connection has a function of that name.
    """

    def clean(texts: Any) -> Any:
        return clean_array(texts, config)

    def clean_page(texts: Any, urls: Any) -> Any:
        return clean_array(texts, config, urls)

    config = config_of(config)
    call, given = (clean_page, 2) if config.memory else (clean, 1)
    options = {"type": "arrow", "null_handling": "special"}
    try:
        connection.create_function(
            name, call, ["VARCHAR"] * given, "VARCHAR", **options
        )
    except duckdb.NotImplementedException as error:
        told = f"no function {name!r}: {error}; give it another name=, or call"
        raise CleanerError(f"{told} connection.remove_function({name!r})") from None


def fit_duckdb(
    connection: duckdb.DuckDBPyConnection,
    pages: str,
    *,
    url: str = "url",
    text: str = "text",
    width: int = DEFAULT_WIDTH,
) -> SiteMemory:
    """The memory of the pages that a query or a table gives, counted by DuckDB.

    `pages` is SQL: a table's name, `read_parquet('pages/*.parquet')`, a query in
    parentheses. Pages without URL or text are left out. What stands on one page only
    decides nothing and is not fetched, which leaves more room for the rest.
    """
    connection.create_function(
        _PAGE_KEYS, page_keys, ["VARCHAR", "VARCHAR"], "UBIGINT[]"
    )
    try:
        counts = connection.execute(  # what the caller names is SQL
            f"SELECT key, count(*) AS pages FROM (SELECT unnest({_PAGE_KEYS}({url}, "  # noqa: S608
            f"{text})) AS key FROM {pages} WHERE {url} IS NOT NULL AND {text} IS NOT "
            "NULL) GROUP BY key HAVING count(*) > 1"
        ).fetchnumpy()
    finally:
        connection.remove_function(_PAGE_KEYS)
    return SiteMemory.from_counts(counts["key"], counts["pages"], width)
