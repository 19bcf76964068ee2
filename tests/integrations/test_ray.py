import ast
import os
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("ray", reason="needs ray[data]")
pa = pytest.importorskip("pyarrow", reason="needs pyarrow")

import pyarrow.parquet as pq
import ray.data
from pipeline import ROOT, TEXTS, WANTED, WORDS, cleaned, explained, run, write_jsonl

from cleaner.integrations.ray import CleanBatch, count_labels

EDITS = Counter(edit.label for done in explained(WORDS) for edit in done.edits)


@pytest.fixture(scope="module", autouse=True)
def cluster() -> Iterator[None]:
    ray.data.DataContext.get_current().enable_progress_bars = False
    ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False)
    yield
    ray.shutdown()


def table(texts: Sequence[str | None]) -> Any:
    return pa.table({"at": range(len(texts)), "text": pa.array(texts, pa.string())})


def texts_of(dataset: Any) -> list[str | None]:
    rows = sorted(dataset.take_all(), key=lambda row: row["at"])
    return [row["text"] for row in rows]


def clean(dataset: Any, step: CleanBatch | None = None, **options: Any) -> Any:
    step = step or CleanBatch("text")
    return dataset.map_batches(step, batch_format="pyarrow", **options)


def test_tasks_clean_a_column() -> None:
    blocks = ray.data.from_arrow(table(TEXTS * 4)).repartition(3)
    done = clean(blocks, CleanBatch("text", config="strict"), batch_size=5)
    assert texts_of(done) == cleaned(TEXTS, "strict") * 4


def test_actors_clean_a_column() -> None:
    blocks = ray.data.from_arrow(table(TEXTS * 4)).repartition(3)
    arguments = {"fn_constructor_args": ["text"], "concurrency": 1}
    done = blocks.map_batches(CleanBatch, batch_format="pyarrow", **arguments)
    assert texts_of(done) == WANTED * 4


def test_nothing_stays_nothing() -> None:
    step = CleanBatch("text", counts="counts")
    nothing = clean(ray.data.from_arrow([table([]), table([None])]), step)
    assert texts_of(nothing) == [None]
    assert count_labels(nothing, "counts") == Counter()
    empty = clean(ray.data.from_arrow(table([])), step)
    assert count_labels(empty, "counts") == Counter()
    emptied = ray.data.from_arrow(table(TEXTS)).filter(lambda row: row["at"] < 0)
    assert clean(emptied).take_all() == []


def test_a_worker_that_dies_loses_nothing_and_counts_once(tmp_path: Path) -> None:
    marker = tmp_path / "marker"

    def die_once(table: Any) -> Any:
        if not marker.exists():
            marker.touch()
            os._exit(1)
        return table

    step = CleanBatch("text", counts="counts")
    blocks = ray.data.from_arrow(table(TEXTS * 4)).repartition(3)
    risky = clean(blocks, step).map_batches(die_once, batch_format="pyarrow")
    done = risky.materialize()
    assert marker.exists()
    assert texts_of(done) == WANTED * 4
    assert count_labels(done, "counts") == Counter({k: 4 * n for k, n in EDITS.items()})


@pytest.mark.parametrize("kind", ["jsonl", "parquet"])
def test_the_example_cleans_a_folder(kind: str, tmp_path: Path) -> None:
    source, target = tmp_path / "in", tmp_path / "out"
    source.mkdir()
    for name in ("a", "b"):
        if kind == "jsonl":
            write_jsonl(source / f"{name}.jsonl", TEXTS)
        else:
            pq.write_table(table(TEXTS), source / f"{name}.parquet")
    example = ROOT / "examples" / "ray_data.py"
    told = run(example, source, target, 2, cwd=tmp_path)
    assert ast.literal_eval(told.splitlines()[-1]) == {
        k: 2 * n for k, n in EDITS.items()
    }
    written = pq.read_table(target)
    texts = sorted(written["text"].to_pylist(), key=str)
    assert texts == sorted(WANTED * 2, key=str)
