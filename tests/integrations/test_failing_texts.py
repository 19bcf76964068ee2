"""A text that fails ends the call: its input stays, and the next call is whole."""

import importlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pipeline import TEXTS, WANTED

from cleaner import Cleaned, Cleaner, Config
from cleaner.core import cleaner_of

CALLS = sum(text is not None for text in TEXTS)


class FaultError(Exception):
    """What fails."""


class Adapted:
    """An adapter's call, the texts that it gives, and those that it was given."""

    def __init__(
        self,
        call: Callable[[], Any],
        texts: Callable[[Any], list[str | None]],
        given: Callable[[], list[str | None]],
    ) -> None:
        self.call = call
        self.texts = texts
        self.given = given


def arrow_array() -> Adapted:
    pa = pytest.importorskip("pyarrow", reason="needs pyarrow")
    from cleaner.integrations.arrow import clean_array

    array = pa.chunked_array([TEXTS[:3], TEXTS[3:]], pa.string())
    return Adapted(lambda: clean_array(array), lambda a: a.to_pylist(), array.to_pylist)


def arrow_table() -> Adapted:
    pa = pytest.importorskip("pyarrow", reason="needs pyarrow")
    from cleaner.integrations.batches import CleanBatch

    table = pa.table({"id": range(len(TEXTS)), "text": TEXTS})
    return Adapted(
        lambda: CleanBatch(edits="cut", counts="count")(table),
        lambda done: done["text"].to_pylist(),
        table["text"].to_pylist,
    )


def pandas() -> Adapted:
    pd = pytest.importorskip("pandas", reason="needs pandas")
    importlib.import_module("cleaner.integrations.pandas")
    series = pd.Series(TEXTS, dtype=object)
    return Adapted(series.cleaner.clean, list, lambda: list(series))


def polars() -> Adapted:
    pl = pytest.importorskip("polars", reason="needs polars")
    importlib.import_module("cleaner.integrations.polars")
    frame = pl.DataFrame({"text": TEXTS})
    return Adapted(
        lambda: frame.lazy().with_columns(pl.col("text").cleaner.clean()).collect(),
        lambda done: done["text"].to_list(),
        frame["text"].to_list,
    )


def duckdb() -> Adapted:
    package = pytest.importorskip("duckdb", reason="needs duckdb")
    from cleaner.integrations.duckdb import register

    connection = package.connect(config={"threads": 1})
    register(connection)
    connection.execute("CREATE TABLE pages (id INTEGER, text VARCHAR)")
    connection.executemany("INSERT INTO pages VALUES (?, ?)", list(enumerate(TEXTS)))

    def texts_of(table: str) -> list[str | None]:
        rows = connection.execute(f"SELECT text FROM {table} ORDER BY id").fetchall()
        return [text for (text,) in rows]

    def call() -> None:
        assert connection.execute("SHOW TABLES").fetchall() == [("pages",)]
        connection.execute(
            "CREATE TABLE done AS SELECT id, clean_text(text) AS text FROM pages"
        )

    return Adapted(call, lambda _: texts_of("done"), lambda: texts_of("pages"))


def datatrove() -> Adapted:
    pytest.importorskip("datatrove", reason="needs datatrove")
    from datatrove.data import Document

    from cleaner.integrations.datatrove import CleanText

    pages = [Document(text, str(at)) for at, text in enumerate(TEXTS)]
    return Adapted(
        lambda: list(CleanText().run(pages)),
        lambda done: [page.text for page in done],
        lambda: [page.text for page in pages],
    )


def haystack() -> Adapted:
    pytest.importorskip("haystack", reason="needs haystack-ai")
    from haystack import Document

    from cleaner.integrations.haystack import CleanDocuments

    pages = [Document(content=text) for text in TEXTS]
    return Adapted(
        lambda: CleanDocuments().run(pages)["documents"],
        lambda done: [page.content for page in done],
        lambda: [page.content for page in pages],
    )


def datasets() -> Adapted:
    package = pytest.importorskip("datasets", reason="needs datasets")
    from cleaner.integrations.datasets import CleanBatch

    features = package.Features({"text": package.Value("string")})
    data = package.Dataset.from_dict({"text": TEXTS}, features=features)
    data = data.with_format("arrow")
    return Adapted(
        lambda: data.map(CleanBatch("text"), batched=True, batch_size=4),
        lambda done: list(done.with_format(None)["text"]),
        lambda: list(data.with_format(None)["text"]),
    )


ADAPTERS = (
    *(arrow_array, arrow_table, pandas, polars),
    *(duckdb, datatrove, haystack, datasets),
)


class Failing:
    """`Cleaner.explain`, which fails at its so-manyth call; -1: never."""

    def __init__(self) -> None:
        self.number = -1
        self.calls = 0
        self._explain = Cleaner.explain

    def __call__(self, cleaner: Cleaner, text: str, **hints: str | None) -> Cleaned:
        self.calls += 1
        if self.calls - 1 == self.number:
            raise FaultError(f"text {self.number}")
        return self._explain(cleaner, text, **hints)


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> Failing:
    fault = Failing()
    monkeypatch.setattr(
        Cleaner,
        "explain",
        lambda self, text, **hints: fault(self, text, **hints),  # noqa: PLW0108  # a method
    )
    return fault


@pytest.mark.parametrize("adapter", ADAPTERS, ids=lambda make: make.__name__)
def test_any_text_may_fail(
    adapter: Callable[[], Adapted], failing: Failing, tmp_path: Path
) -> None:
    for number in range(CALLS):
        adapted = adapter()
        failing.number, failing.calls = number, 0
        with pytest.raises(Exception, match=f"text {number}"):
            adapted.call()
        assert adapted.given() == TEXTS
        failing.number = -1
        assert adapted.texts(adapted.call()) == WANTED
    assert not list(tmp_path.iterdir())


def test_what_fails_while_it_is_made_is_made_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The memory for cleaners holds none that was not finished."""
    config = Config("body").with_(languages=["da"])

    def fail(_: Config) -> None:
        raise FaultError

    with monkeypatch.context() as patch:
        patch.setattr("cleaner.core.tools_of", fail)
        with pytest.raises(FaultError):
            cleaner_of(config)
    assert cleaner_of(config).clean("He left.") == "He left."
