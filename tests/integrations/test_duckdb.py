from typing import Any

import pytest

duckdb = pytest.importorskip("duckdb", reason="needs duckdb")
pa = pytest.importorskip("pyarrow", reason="needs pyarrow")

from pipeline import TEXTS, WANTED, cleaned

from cleaner import CleanerError
from cleaner.integrations.duckdb import register

MANY = 300  # more than a vector of rows, which is 2,048


@pytest.fixture
def connection() -> Any:
    connection = duckdb.connect(config={"threads": 2})
    register(connection)
    register(connection, "strict", name="clean_strictly")
    pages = pa.table({"id": range(len(TEXTS) * MANY), "text": TEXTS * MANY})
    connection.register("pages", pages)
    return connection


def test_a_query_cleans(connection: Any) -> None:
    rows = connection.execute("SELECT clean_text(text) FROM pages ORDER BY id")
    assert [text for (text,) in rows.fetchall()] == WANTED * MANY


def test_the_configuration_counts(connection: Any) -> None:
    query = f"SELECT clean_strictly(text) FROM pages WHERE id < {len(TEXTS)}"
    rows = connection.execute(query).fetchall()
    assert [text for (text,) in rows] == cleaned(TEXTS, "strict")


def test_nothing_stays_nothing(connection: Any) -> None:
    query = "SELECT clean_text(text) FROM pages WHERE"
    assert connection.execute(f"{query} id < 0").fetchall() == []
    nulls = connection.execute(f"{query} text IS NULL LIMIT 2").fetchall()
    assert nulls == [(None,)] * 2


def test_a_name_is_given_once(connection: Any) -> None:
    with pytest.raises(CleanerError, match=r"connection\.remove_function"):
        register(connection, "strict")
