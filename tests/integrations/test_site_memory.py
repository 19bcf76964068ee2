import pytest

duckdb = pytest.importorskip("duckdb", reason="needs duckdb")
pytest.importorskip("publicsuffixlist", reason="needs publicsuffixlist")

from cleaner.integrations.site_memory import fit_duckdb
from cleaner.sites import SiteMemory

WIDTH = 1 << 12
URL = "https://www.news.example.co.uk/story/"
STORY = "The council met on Monday to discuss bridge number {} over the river, he said."


def test_duckdb_counts_as_observing_does() -> None:
    memory = SiteMemory(WIDTH)
    connection = duckdb.connect()
    connection.execute("CREATE TABLE pages (url VARCHAR, text VARCHAR)")
    connection.execute("INSERT INTO pages VALUES (NULL, 'x'), ('a.com', NULL)")
    for number in range(20):
        text = f"{STORY.format(number)}\n\nK'iintsil"
        memory.observe(URL, text)
        connection.execute("INSERT INTO pages VALUES (?, ?)", [URL, text])
    fitted = fit_duckdb(connection, "pages", width=WIDTH).freeze()
    for line in ("K'iintsil", STORY.format(3)):
        assert fitted.pages(URL, line) == memory.freeze().pages(URL, line)
    assert 20 in fitted.pages(URL, "K'iintsil")
