"""Each step of an adapter fails in turn: the error is told, no row lost or doubled.

A step reads, cleans or writes. After it failed, what was given is as it was; the same
work, done again, gives each row once and leaves the files that it leaves anyway.
"""

import gzip
import importlib
import json
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NamedTuple

import pytest
from faultlib import failing_calls
from pipeline import TEXTS, WANTED, WORDS, cleaned, write_jsonl
from steplib import COLUMNS, EXPLAIN, FAULT, FEW

from cleaner import Cleaner, Config
from cleaner.core import cleaner_of

DATATROVE = (
    "datatrove.pipeline.readers.base.BaseDiskReader.get_document_from_dict",
    "datatrove.pipeline.writers.jsonl.JsonlWriter._write",
    "datatrove.pipeline.writers.disk_base.DiskWriter.close",
    "cleaner.integrations.datatrove.quality",
)


class Work(NamedTuple):
    """What an adapter does, the texts of what came of it, and those it was given."""

    call: Callable[[], Any]
    texts: Callable[[Any], list[str | None]]
    given: Callable[[], list[str | None]]
    wanted: list[str | None] = WANTED


def arrow_array(_: Path) -> Work:
    pa = pytest.importorskip("pyarrow", reason="needs pyarrow")
    from cleaner.integrations.arrow import clean_array

    array = pa.chunked_array([TEXTS[:3], TEXTS[3:]], pa.string())
    return Work(lambda: clean_array(array), lambda a: a.to_pylist(), array.to_pylist)


def arrow_table(_: Path) -> Work:
    pa = pytest.importorskip("pyarrow", reason="needs pyarrow")
    from cleaner.integrations.batches import CleanBatch

    table = pa.table({"id": range(len(TEXTS)), "text": TEXTS})
    return Work(
        lambda: CleanBatch(edits="cut", counts="count")(table),
        lambda done: done["text"].to_pylist(),
        table["text"].to_pylist,
    )


def pandas(_: Path) -> Work:
    pd = pytest.importorskip("pandas", reason="needs pandas")
    importlib.import_module("cleaner.integrations.pandas")
    series = pd.Series(TEXTS, dtype=object)
    return Work(series.cleaner.clean, list, lambda: list(series))


def polars(_: Path) -> Work:
    pl = pytest.importorskip("polars", reason="needs polars")
    importlib.import_module("cleaner.integrations.polars")
    frame = pl.DataFrame({"text": TEXTS})
    return Work(
        lambda: frame.lazy().with_columns(pl.col("text").cleaner.clean()).collect(),
        lambda done: done["text"].to_list(),
        frame["text"].to_list,
    )


def duckdb(_: Path) -> Work:
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

    return Work(call, lambda _: texts_of("done"), lambda: texts_of("pages"))


def duckdb_memory(_: Path) -> Work:
    package = pytest.importorskip("duckdb", reason="needs duckdb")
    pytest.importorskip("publicsuffixlist", reason="needs publicsuffixlist")
    from cleaner.integrations.duckdb import fit_duckdb

    connection = package.connect(config={"threads": 1})
    urls = [f"https://example.org/{n}" for n in range(8)]
    connection.execute("CREATE TABLE pages (url VARCHAR, text VARCHAR)")
    rows = [[url, "Our newsletter."] for url in urls]
    connection.executemany("INSERT INTO pages VALUES (?, ?)", rows)

    def own_functions() -> list[Any]:
        query = "FROM duckdb_functions() WHERE function_name LIKE 'cleaner%'"
        return list(connection.execute(query).fetchall())

    def pages(memory: Any) -> list[str | None]:
        found = memory.freeze().pages(urls[0], "Our newsletter.")
        return [str(count) for count in found]

    return Work(
        lambda: fit_duckdb(connection, "pages", width=1 << 12),
        pages,
        own_functions,
        ["8", "8"],
    )


def datatrove(_: Path) -> Work:
    pytest.importorskip("datatrove", reason="needs datatrove")
    from datatrove.data import Document

    from cleaner.integrations.datatrove import CleanText

    pages = [Document(text, str(at)) for at, text in enumerate(TEXTS)]
    return Work(
        lambda: list(CleanText().run(pages)),
        lambda done: [page.text for page in done],
        lambda: [page.text for page in pages],
    )


def datatrove_files(folder: Path) -> Work:
    pytest.importorskip("datatrove", reason="needs datatrove")
    from datatrove.executor import LocalPipelineExecutor
    from datatrove.pipeline.readers import JsonlReader
    from datatrove.pipeline.writers import JsonlWriter

    from cleaner.integrations.datatrove import CleanText, KeepArticles

    source, target = folder / "in", folder / "out"
    words = [text for text in FEW if text is not None]
    for name in ("a", "b"):
        write_jsonl(source / f"{name}.jsonl", words)

    def call() -> None:
        steps = [JsonlReader(str(source)), CleanText(), KeepArticles(0.0)]
        steps.append(JsonlWriter(str(target)))
        LocalPipelineExecutor(steps, 2, 1, logging_dir=f"{target}/logs").run()

    def written(_: Any) -> list[str | None]:
        files = sorted(target.glob("*.jsonl.gz"))
        lines = [gzip.decompress(path.read_bytes()).splitlines() for path in files]
        return [json.loads(line)["text"] for rows in lines for line in rows]

    def given() -> list[str | None]:
        files = sorted(source.iterdir())
        lines = [path.read_bytes().splitlines() for path in files]
        return [json.loads(line)["text"] for rows in lines for line in rows]

    return Work(call, written, given, cleaned(words) * 2)


def haystack(_: Path) -> Work:
    pytest.importorskip("haystack", reason="needs haystack-ai")
    from haystack import Document

    from cleaner.integrations.haystack import CleanDocuments

    pages = [Document(content=text) for text in TEXTS]
    return Work(
        lambda: CleanDocuments(edits="cut").run(pages)["documents"],
        lambda done: [page.content for page in done],
        lambda: [page.content for page in pages],
    )


def langchain(_: Path) -> Work:
    pytest.importorskip("langchain_core", reason="needs langchain-core")
    from langchain_core.documents import Document

    from cleaner.integrations.langchain import CleanDocuments

    pages = [Document(text) for text in WORDS]
    return Work(
        lambda: CleanDocuments(edits="cut").transform_documents(pages),
        lambda done: [page.page_content for page in done],
        lambda: [page.page_content for page in pages],
        cleaned(WORDS),
    )


def llama_index(_: Path) -> Work:
    pytest.importorskip("llama_index.core", reason="needs llama-index-core")
    from llama_index.core.schema import TextNode

    from cleaner.integrations.llama_index import CleanNodes

    nodes = [TextNode(text=text) for text in WORDS]
    return Work(
        lambda: CleanNodes(edits="cut")(nodes),
        lambda done: [node.get_content() for node in done],
        lambda: [node.get_content() for node in nodes],
        cleaned(WORDS),
    )


def scrapy(_: Path) -> Work:
    pytest.importorskip("scrapy", reason="needs scrapy")
    from scrapy.settings import Settings

    from cleaner.integrations.scrapy import CleanItems

    counted = Counter[str]()
    stats = SimpleNamespace(inc_value=lambda name: counted.update([name]))
    crawler: Any = SimpleNamespace(settings=Settings(), stats=stats)
    pages = [{"text": text} for text in TEXTS]

    def call() -> list[Any]:
        counted.clear()
        pipeline = CleanItems.from_crawler(crawler)
        return [pipeline.process_item(dict(page)) for page in pages]

    def texts(done: list[Any]) -> list[str | None]:
        found = [Cleaner().explain(text).edits for text in WORDS]
        assert counted["cleaner/without_text"] == TEXTS.count(None)
        assert counted.total() == sum(map(len, found)) + TEXTS.count(None)
        return [item["text"] for item in done]

    return Work(call, texts, lambda: [page["text"] for page in pages])


def dolma(_: Path) -> Work:
    from cleaner.integrations.dolma import attributes_of

    pages = [{"id": str(at), "text": text} for at, text in enumerate(WORDS)]
    config = Config().with_(repair=())

    def cut(done: list[Any]) -> list[str | None]:
        texts = list[str | None]()
        for page, row in zip(pages, done, strict=True):
            text = page["text"]
            spans = [span for spans in row["attributes"].values() for span in spans]
            for start, end, _ in sorted(spans, reverse=True):
                text = text[:start] + text[end:]
            texts.append(text)
        return texts

    wanted = Cleaner(config).clean_many(WORDS)
    given = [page["text"] for page in pages]
    return Work(lambda: list(attributes_of(pages)), cut, lambda: [*given], wanted)


def datasets(folder: Path) -> Work:
    package = pytest.importorskip("datasets", reason="needs datasets")
    from cleaner.integrations.datasets import CleanBatch

    features = package.Features({"text": package.Value("string")})
    given = package.Dataset.from_dict({"text": TEXTS}, features=features)
    given.save_to_disk(folder / "pages")  # from there its results are cached there
    data = package.load_from_disk(folder / "pages").with_format("arrow")
    return Work(
        lambda: data.map(CleanBatch("text"), batched=True, batch_size=4),
        lambda done: list(done.with_format(None)["text"]),
        lambda: list(data.with_format(None)["text"]),
    )


# Each adapter, and what may fail in it.
ADAPTERS: dict[Callable[[Path], Work], tuple[str, ...]] = {
    arrow_array: COLUMNS + EXPLAIN,
    arrow_table: COLUMNS + EXPLAIN,
    pandas: EXPLAIN,
    polars: COLUMNS + EXPLAIN,
    duckdb: COLUMNS + EXPLAIN,
    duckdb_memory: ("cleaner.sites.normal", "cleaner.sites._cells"),
    datatrove: EXPLAIN,
    datatrove_files: DATATROVE + EXPLAIN,
    haystack: EXPLAIN,
    langchain: EXPLAIN,
    llama_index: EXPLAIN,
    scrapy: EXPLAIN,
    dolma: EXPLAIN,
    datasets: COLUMNS + EXPLAIN,
}


def files_in(folder: Path) -> Counter[tuple[str, str]]:
    """How many files of each ending each folder holds: some are named at random."""
    found = (path for path in folder.rglob("*") if path.is_file())
    return Counter((str(p.parent.relative_to(folder)), p.suffix) for p in found)


@pytest.mark.parametrize("adapter", ADAPTERS, ids=lambda make: make.__name__)
def test_any_step_may_fail(
    adapter: Callable[[Path], Work], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "whole"
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    for path in (folder, tmp_path / "temporary"):
        path.mkdir()
    whole = adapter(folder)
    with failing_calls(ADAPTERS[adapter], None) as steps:
        done = whole.call()
    assert steps.done
    assert whole.texts(done) == whole.wanted
    files, left = files_in(folder), files_in(tmp_path / "temporary")
    for number, step in enumerate(steps.done):
        folder = tmp_path / str(number)
        folder.mkdir()
        work = adapter(folder)
        given = work.given()
        with (
            failing_calls(ADAPTERS[adapter], number),
            pytest.raises(Exception, match=FAULT),
        ):
            work.call()
        assert work.given() == given, step
        assert work.texts(work.call()) == work.wanted, step
        assert files_in(folder) == files, step
        assert files_in(tmp_path / "temporary") == left, step


def test_what_fails_while_it_is_made_is_made_again() -> None:
    """The memory for cleaners holds none that was not finished."""
    config = Config("body").with_(languages=["da"])
    with (
        failing_calls(["cleaner.core.tools_of"], 0),
        pytest.raises(OSError, match=FAULT),
    ):
        cleaner_of(config)
    assert cleaner_of(config).clean("He left.") == "He left."
