"""A site memory fitted and used by each engine, on pages with and without nulls."""

import os
import pickle
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pa = pytest.importorskip("pyarrow", reason="needs pyarrow")
pytest.importorskip("publicsuffixlist", reason="needs publicsuffixlist")

from pipeline import ROOT, run

from cleaner import Cleaner, CleanerError, Config, SiteMemory, UnknownNameError
from cleaner.integrations import rewritten
from cleaner.integrations.arrow import clean_array, clean_table
from cleaner.integrations.batches import CleanBatch
from cleaner.integrations.columns import EDITS
from cleaner.integrations.dolma import attributes_of

WIDTH = 1 << 12
URL = "https://www.news.example.co.uk/story/"
STORY = "The council met on Monday to discuss bridge number {} over the river, he said."
FURNITURE = "Xook-tsíib"
PAGES = [
    *((URL, f"{STORY.format(number)}\n\n{FURNITURE}") for number in range(20)),
    *((None, FURNITURE), (URL, None), (None, None), ("mailto:", FURNITURE)),
]
URLS, TEXTS = map(list, zip(*PAGES, strict=True))

SEEN = SiteMemory(WIDTH)
for number in range(20):
    SEEN.observe(URL, f"{STORY.format(number)}\n\n{FURNITURE}")
CONFIG = Config(memory=SEEN.freeze())
WANTED = Cleaner(CONFIG).clean_many(TEXTS, urls=URLS)
assert WANTED[:20] == [STORY.format(number) for number in range(20)]
assert WANTED[20:] == TEXTS[20:]


def check(fitted: SiteMemory) -> None:
    """That it knows what observing gives, of lines on more than one page."""
    for line in (FURNITURE, STORY.format(3)):
        assert fitted.freeze().pages(URL, line) == SEEN.freeze().pages(URL, line)
    assert fitted.freeze().pages(URL, FURNITURE) == (20, 20)
    assert fitted.lines_per_cell * WIDTH == 20 + 20  # the line, and the pages


def table(kind: Any = None) -> Any:
    texts = pa.array(TEXTS, pa.string()).cast(kind or pa.string())
    urls = pa.array(URLS, pa.string())
    return pa.table({"id": range(len(PAGES)), "url": urls, "text": texts})


@pytest.fixture
def connection() -> Any:
    duckdb = pytest.importorskip("duckdb", reason="needs duckdb")
    connection = duckdb.connect(config={"threads": 2})
    connection.register("pages", table())
    return connection


def test_duckdb_counts_as_observing_does(connection: Any) -> None:
    from cleaner.integrations.duckdb import fit_duckdb

    check(fit_duckdb(connection, "pages", width=WIDTH))
    nothing = fit_duckdb(connection, "(FROM pages WHERE url IS NULL)", width=WIDTH)
    assert nothing.lines_per_cell == 0


def test_duckdb_cleans_by_it(connection: Any) -> None:
    from cleaner.integrations.duckdb import register

    register(connection, CONFIG, name="clean_page")
    rows = connection.execute("SELECT clean_page(text, url) FROM pages ORDER BY id")
    assert [text for (text,) in rows.fetchall()] == WANTED


@pytest.fixture(scope="module")
def ray_data() -> Iterator[Any]:
    pytest.importorskip("ray", reason="needs ray[data]")
    import ray.data

    context = ray.data.DataContext.get_current()
    context.enable_progress_bars = False
    context.default_hash_shuffle_parallelism = 3
    ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False)
    yield ray.data
    ray.shutdown()


def test_ray_counts_as_observing_does(ray_data: Any) -> None:
    from cleaner.integrations.ray import fit_ray

    dataset = ray_data.from_arrow(table()).repartition(3)
    check(fit_ray(dataset, width=WIDTH))
    nothing = ray_data.from_arrow(table()[20:])
    assert fit_ray(nothing, width=WIDTH).lines_per_cell == 0


def test_ray_cleans_by_it(ray_data: Any) -> None:
    dataset = ray_data.from_arrow(table()).repartition(3)
    clean = CleanBatch("text", url="url", config=CONFIG)
    done = dataset.map_batches(clean, batch_format="pyarrow", batch_size=5)
    rows = sorted(done.take_all(), key=lambda row: row["id"])
    assert [row["text"] for row in rows] == WANTED


@pytest.fixture(scope="module")
def frame() -> Iterator[Any]:
    pytest.importorskip("pyspark", reason="needs pyspark")
    from pyspark.sql import SparkSession

    os.environ["PYSPARK_PYTHON"] = sys.executable
    builder = SparkSession.builder.master("local[2]")
    for key, value in (
        *(("ui.enabled", "false"), ("driver.host", "localhost")),
        *(("sql.shuffle.partitions", 2), ("sql.execution.arrow.maxRecordsPerBatch", 5)),
    ):
        builder = builder.config(f"spark.{key}", value)
    session = builder.getOrCreate()
    rows = [(at, *page) for at, page in enumerate(PAGES)]
    frame = session.createDataFrame(rows, "id int, url string, text string")
    yield frame.repartition(3)
    session.stop()


def test_spark_counts_as_observing_does(frame: Any) -> None:
    from cleaner.integrations.spark import fit_spark

    check(fit_spark(frame, width=WIDTH))
    assert fit_spark(frame.where("url IS NULL"), width=WIDTH).lines_per_cell == 0


def test_spark_cleans_by_it(frame: Any) -> None:
    from cleaner.integrations.spark import clean_frame

    done = clean_frame(frame, url="url", edits="cut", config=CONFIG).orderBy("id")
    rows = done.collect()
    assert [row["text"] for row in rows] == WANTED
    assert [cut["detector"] for cut in rows[0]["cut"]] == ["site_memory"]


def test_datatrove_cleans_by_the_urls_in_its_metadata() -> None:
    pytest.importorskip("datatrove", reason="needs datatrove")
    from datatrove.data import Document

    from cleaner.integrations.datatrove import CleanText

    pages = [Document(text, "", metadata={"url": URL}) for text in TEXTS if text]
    done = [page.text for page in CleanText(CONFIG).run(pages)]
    assert done[:20] == WANTED[:20]


def test_pandas_has_no_urls_to_go_by() -> None:
    pd = pytest.importorskip("pandas", reason="needs pandas")
    import cleaner.integrations.pandas  # noqa: F401

    with pytest.raises(CleanerError, match="a site memory needs the URL"):
        pd.Series(["He left."]).cleaner.clean(CONFIG)


@pytest.mark.parametrize(
    "kind", [pa.string(), pa.large_string(), pa.dictionary(pa.int8(), pa.string())]
)
def test_a_table_is_cleaned_by_its_urls(kind: Any) -> None:
    given = pa.concat_tables([table(kind), table(kind)])
    given = given.set_column(1, "url", given["url"].combine_chunks())
    done = clean_table(given, url="url", config=CONFIG)
    assert done.schema == given.schema
    assert done["text"].to_pylist() == WANTED * 2
    told = clean_table(given, url="url", edits="cut", config=CONFIG)
    assert told["text"].to_pylist() == WANTED * 2
    assert told["cut"].type == EDITS
    assert [len(cut or ()) for cut in told["cut"].to_pylist()] == [
        *[1] * 20,
        *[0] * 4,
    ] * 2
    rest = given[20:24]
    assert clean_table(rest, url="url", config=CONFIG) is rest


def test_errors_say_what_to_do() -> None:
    for without_urls in (
        lambda: CleanBatch("text", config=CONFIG),
        lambda: clean_array(table()["text"], CONFIG),
        lambda: clean_table(table(), counts="n", config=CONFIG),
        lambda: list(rewritten(TEXTS, CONFIG, None)),
        lambda: next(attributes_of([{"id": "a", "text": FURNITURE}], CONFIG)),
    ):
        with pytest.raises(CleanerError, match="a site memory needs the URL"):
            without_urls()
    with pytest.raises(UnknownNameError, match="no column 'link'"):
        clean_table(table(), url="link", config=CONFIG)
    with pytest.raises(TypeError, match="a column of strings, not of int64"):
        clean_table(table(), url="id", config=CONFIG)
    with pytest.raises(ValueError, match="24 texts but 2 urls"):
        clean_array(table()["text"], CONFIG, pa.array(URLS[:2]))


def test_a_pickle_holds_the_memory_and_is_the_same_again() -> None:
    batch = CleanBatch("text", url="url", config=CONFIG)
    again = pickle.loads(pickle.dumps(batch))
    assert again.config == CONFIG
    assert again(table())["text"].to_pylist() == WANTED
    assert pickle.dumps(again) == pickle.dumps(batch)


def test_the_example_runs(tmp_path: Path) -> None:
    pytest.importorskip("duckdb", reason="needs duckdb")
    told = run(ROOT / "examples" / "site_memory.py", cwd=tmp_path)
    assert told == "[('Story number 0.',), ('Story number 1.',)]\n"
