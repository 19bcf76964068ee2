"""Fit a site memory by an engine's own group-by: DuckDB counts the keys of lines."""

from typing import TYPE_CHECKING, Final

from cleaner.sites import DEFAULT_WIDTH, SiteMemory, page_keys

if TYPE_CHECKING:
    import duckdb

_FUNCTION: Final = "cleaner_page_keys"


def fit_duckdb(
    connection: "duckdb.DuckDBPyConnection",
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
        _FUNCTION, page_keys, ["VARCHAR", "VARCHAR"], "UBIGINT[]"
    )
    try:
        counts = connection.execute(  # what the caller names is SQL
            f"SELECT key, count(*) AS pages FROM (SELECT unnest({_FUNCTION}({url}, "  # noqa: S608
            f"{text})) AS key FROM {pages} WHERE {url} IS NOT NULL AND {text} IS NOT "
            "NULL) GROUP BY key HAVING count(*) > 1"
        ).fetchnumpy()
    finally:
        connection.remove_function(_FUNCTION)
    return SiteMemory.from_counts(counts["key"], counts["pages"], width)
