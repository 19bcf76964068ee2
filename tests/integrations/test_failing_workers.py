"""Each step fails in turn, for one block, in the workers of Ray and Spark."""

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import faultlib
import pytest
from faultlib import failing_calls
from pipeline import cleaned
from steplib import COLUMNS, EXPLAIN, FAULT, FEW


class Risky:
    """A `CleanBatch` of which one step fails where the first row is."""

    def __init__(self, number: int | None, *column: str, **options: Any) -> None:
        from cleaner.integrations.batches import CleanBatch

        self.clean = CleanBatch(*column, **options)
        self.number = number

    def __call__(self, table: Any) -> Any:
        if 0 not in table["id"].to_pylist():
            return self.clean(table)
        with failing_calls(COLUMNS + EXPLAIN, self.number):
            return self.clean(table)


Engine = Callable[[Risky, Path], None]


@pytest.fixture
def ray() -> Iterator[Engine]:
    package = pytest.importorskip("ray", reason="needs ray[data]")
    import ray.data

    for module in (faultlib, sys.modules[__name__]):  # workers don't find them
        package.cloudpickle.register_pickle_by_value(module)
    ray.data.DataContext.get_current().enable_progress_bars = False
    package.init(num_cpus=2, include_dashboard=False, log_to_driver=False)

    def run(step: Risky, target: Path) -> None:
        data = ray.data.from_arrow(rows_of(FEW * 2)).repartition(2)
        data.map_batches(step, batch_format="pyarrow").write_parquet(str(target))

    yield run
    package.shutdown()


@pytest.fixture
def spark(monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    package = pytest.importorskip("pyspark", reason="needs pyspark")
    from pyspark.sql import SparkSession

    from cleaner.integrations import spark as adapter

    for module in (faultlib, sys.modules[__name__]):
        package.cloudpickle.register_pickle_by_value(module)
    monkeypatch.setitem(os.environ, "PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.master("local[2]")
    for key in ("ui.enabled", "sql.execution.arrow.pyspark.enabled"):
        builder = builder.config(f"spark.{key}", "false")
    session = builder.config("spark.driver.host", "localhost").getOrCreate()
    kind = "id int not null, text string"

    def run(step: Risky, target: Path) -> None:
        monkeypatch.setattr(adapter, "CleanBatch", lambda *_, **__: step)
        frame = session.createDataFrame(list(enumerate(FEW * 2)), kind).repartition(2)
        adapter.clean_frame(frame, counts="counts").write.parquet(str(target))

    yield run
    session.stop()


def written(target: Path) -> list[tuple[int, str | None]]:
    from pyarrow import parquet

    # Ray 2.50 may leave a file that it had only opened.
    files = (path for path in target.glob("*.parquet") if path.stat().st_size)
    rows = [row for path in files for row in parquet.read_table(path).to_pylist()]
    return sorted((row["id"], row["text"]) for row in rows)


def rows_of(texts: list[str | None]) -> Any:
    pa = pytest.importorskip("pyarrow", reason="needs pyarrow")
    return pa.table({"id": range(len(texts)), "text": pa.array(texts, pa.string())})


@pytest.mark.parametrize("engine", ["ray", "spark"])
def test_any_step_of_a_worker_may_fail(
    engine: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    run = request.getfixturevalue(engine)
    with failing_calls(COLUMNS + EXPLAIN, None) as steps:
        Risky(None, "text", counts="counts").clean(rows_of(FEW))
    wanted = list(enumerate(cleaned(FEW) * 2))
    firsts = {steps.done.index(name) for name in steps.done}
    for number in (*sorted(firsts), len(steps.done) - 1):
        target = tmp_path / str(number)
        with pytest.raises(Exception, match=FAULT):
            run(Risky(number, "text", counts="counts"), target)
        # Spark shows no rows then, Ray Data those of blocks that it had written, whole.
        there = written(target)
        assert not there or engine == "ray"
        assert there == [row for row in wanted if row in there]
        assert wanted[0] not in there
    run(Risky(None, "text", counts="counts"), tmp_path / "whole")
    assert written(tmp_path / "whole") == wanted
