import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("pyspark", reason="needs pyspark")

from pipeline import ROOT, TEXTS, WANTED, WORDS, cleaned, explained, run
from pyspark.sql import SparkSession

from cleaner.integrations.spark import clean_frame

EDITS = [edit for done in explained(WORDS) for edit in done.edits]


@pytest.fixture(scope="module")
def spark() -> Iterator[SparkSession]:
    os.environ["PYSPARK_PYTHON"] = sys.executable
    builder = SparkSession.builder.master("local[2, 4]")  # a task may die 3 times
    for key, value in (
        *(("ui.enabled", "false"), ("driver.host", "localhost")),
        *(("sql.shuffle.partitions", 2), ("sql.execution.arrow.maxRecordsPerBatch", 5)),
    ):
        builder = builder.config(f"spark.{key}", value)
    session = builder.getOrCreate()
    yield session
    session.stop()


def frame(spark: SparkSession, texts: Sequence[str | None]) -> Any:
    rows = list(enumerate(texts))
    return spark.createDataFrame(rows, "id int not null, text string").repartition(3)


def texts_of(frame: Any) -> list[str | None]:
    return [row["text"] for row in frame.orderBy("id").collect()]


def test_a_frame_is_cleaned(spark: SparkSession) -> None:
    given = frame(spark, TEXTS * 4)
    done = clean_frame(given, config="strict")
    assert done.schema == given.schema
    assert texts_of(done) == cleaned(TEXTS, "strict") * 4


def test_what_was_cut_can_be_told(spark: SparkSession) -> None:
    given = frame(spark, TEXTS)
    done = clean_frame(given, edits="cut", counts="counts")
    assert given.columns == ["id", "text"]
    rows = done.orderBy("id").collect()
    assert [row["text"] for row in rows] == WANTED
    cuts = [cut for row in rows for cut in row["cut"] or ()]
    assert list(map(tuple, cuts)) == EDITS
    told = done.selectExpr("sum(counts.advertisement)").first()[0]
    assert told == sum(edit.label == "advertisement" for edit in EDITS)


def test_nothing_stays_nothing(spark: SparkSession) -> None:
    for texts in ([], [None, None]):
        assert texts_of(clean_frame(frame(spark, texts), counts="counts")) == texts


def test_a_worker_that_dies_loses_nothing(spark: SparkSession, tmp_path: Path) -> None:
    marker = tmp_path / "marker"

    def die_once(batches: Iterable[Any]) -> Iterator[Any]:
        for batch in batches:
            yield batch
            if not marker.exists():
                marker.touch()
                os._exit(1)

    done = clean_frame(frame(spark, TEXTS * 4))
    assert texts_of(done.mapInArrow(die_once, done.schema)) == WANTED * 4
    assert marker.exists()


def test_the_example_runs(spark: SparkSession, tmp_path: Path) -> None:
    assert spark
    told = run(ROOT / "examples" / "spark_frame.py", cwd=tmp_path)
    assert "|He left.|            1|" in told
