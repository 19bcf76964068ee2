"""Ray Data and datatrove on one worker and on two: speed, and memory a worker.

    python benchmarks/scale.py [--megabytes 500] [--workers 1 2] [--engines ray]

Generates JSONL and Parquet, runs the examples over all of it and over a quarter, and
extrapolates. Needs the extras ray and datatrove, and Linux' /proc.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

ROOT: Final = Path(__file__).parents[1]
EXAMPLES: Final = {"ray": "ray_data.py", "datatrove": "datatrove_pipeline.py"}
KINDS: Final = ("jsonl", "parquet")
SHARD_BYTES: Final = 8_000_000
SMALL_SHARE: Final = 4
SAMPLE_SECONDS: Final = 0.5
# The text of a month's crawl, as its publisher counts it: about 7 TB once unpacked.
CRAWL_BYTES: Final = 7e12
NOISE: Final = (
    "Read More:  Harbour wall closed for the winter",
    "Sign up for our free newsletter!",
    "Advertisement",
    "Share this article on Facebook",
    "Leave a comment",
)
MARK: Final = "CLEANER_SCALE"


class Memory(NamedTuple):
    """Megabytes of one process."""

    own: float
    whole: float  # with what it shares: libraries, and the pages of an object store


class Run(NamedTuple):
    """One engine over one folder: what it cost."""

    engine: str
    kind: str
    workers: int
    megabytes: float
    seconds: float
    cpu_seconds: float
    peak: Memory  # the largest process', each of its own moment


def articles(seed: int) -> Iterator[str]:
    """Articles without end: paragraphs of the seeds, mixed, with noise between some."""
    texts = [path.read_text("utf-8") for path in (ROOT / "seeds").glob("*.txt")]
    lines = sorted({line for text in texts for line in text.split("\n") if line})
    chance = random.Random(seed)  # noqa: S311
    while True:
        body = chance.sample(lines, min(len(lines), chance.randint(4, 24)))
        if chance.random() < 0.5:  # noqa: PLR2004
            body.insert(chance.randint(1, len(body)), chance.choice(NOISE))
        yield "\n\n".join(body) + f"\n\nIt was number {chance.randrange(10**9)}."


def shard(seed: int) -> list[dict[str, str]]:
    """The rows of one file."""
    rows: list[dict[str, str]] = []
    size = 0
    for text in articles(seed):
        rows.append({"id": f"{seed}-{len(rows)}", "text": text})
        size += len(text.encode())
        if size > SHARD_BYTES:
            return rows
    raise AssertionError


def generate(folder: Path, megabytes: int) -> float:
    """Writes files of each kind; gives the megabytes of text in one kind."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    total = 0
    for kind in KINDS:
        (folder / kind).mkdir(parents=True)
    for seed in range(max(megabytes * 1_000_000 // SHARD_BYTES, 1)):
        rows = shard(seed)
        total += sum(len(row["text"].encode()) for row in rows)
        lines = "".join(json.dumps(row) + "\n" for row in rows)
        (folder / "jsonl" / f"{seed:05}.jsonl").write_text(lines, "utf-8")
        pq.write_table(
            pa.Table.from_pylist(rows), folder / f"parquet/{seed:05}.parquet"
        )
    return total / 1e6


def processes(mark: str) -> Iterator[Path]:
    """The /proc folders of all that descends from a run."""
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if mark.encode() in (folder / "environ").read_bytes():
                yield folder
        except OSError:
            continue  # it has ended


def measured(folder: Path) -> tuple[float, Memory]:
    """A process' seconds of CPU, and its memory."""
    try:
        times = (folder / "stat").read_text().rsplit(")", 1)[1].split()[11:13]
        status = (folder / "status").read_text()
    except OSError:
        return 0.0, Memory(0.0, 0.0)
    seconds = sum(map(int, times)) / os.sysconf("SC_CLK_TCK")
    held = dict(line.split(":", 1) for line in status.splitlines())
    sizes = (held.get(name, "0").split()[0] for name in ("RssAnon", "VmRSS"))
    return seconds, Memory(*(int(size) / 1e3 for size in sizes))


def watched(child: "subprocess.Popen[bytes]", mark: str) -> tuple[float, Memory]:
    """Waits for a run; the seconds of CPU it took, and its largest process' memory."""
    cpu: dict[str, float] = {}
    peak = Memory(0.0, 0.0)
    while child.poll() is None:
        for folder in processes(mark):
            seconds, memory = measured(folder)
            cpu[folder.name] = max(seconds, cpu.get(folder.name, 0.0))
            peak = Memory(*map(max, peak, memory))
        time.sleep(SAMPLE_SECONDS)
    return sum(cpu.values()), peak


def run(engine: str, source: Path, megabytes: float, workers: int) -> Run:
    """Runs an engine's example in a fresh process, watching all that it starts."""
    mark = str(uuid.uuid4())
    script = ROOT / "examples" / EXAMPLES[engine]
    tasks = [str(len(list(source.iterdir())))] if engine == "datatrove" else []
    with tempfile.TemporaryDirectory() as target, Path(target, "log").open("wb") as log:
        start = time.monotonic()
        child = subprocess.Popen(  # noqa: S603  # our own examples
            [sys.executable, script, source, f"{target}/out", *tasks, str(workers)],
            env={**os.environ, MARK: mark},
            stdout=log,
            stderr=log,
        )
        cpu, peak = watched(child, f"{MARK}={mark}")
        seconds = time.monotonic() - start
        if child.returncode:
            raise RuntimeError(Path(target, "log").read_text("utf-8")[-2000:])
    return Run(engine, source.name, workers, megabytes, seconds, cpu, peak)


def quarter(folder: Path, megabytes: float) -> tuple[Path, float]:
    """A folder with links to the first quarter of the files, and its megabytes."""
    files = sorted(folder.iterdir())
    few = files[: max(len(files) // SMALL_SHARE, 1)]
    small = folder.parent / "small" / folder.name
    small.mkdir(parents=True)
    for file in few:
        (small / file.name).hardlink_to(file)
    return small, megabytes * len(few) / len(files)


class Pace(NamedTuple):
    """What an engine does once it has started: all files' cost less a quarter's."""

    megabytes_per_second: float
    cpu_seconds_per_megabyte: float


def pace(small: Run, whole: Run) -> Pace:
    """The pace of an engine between two runs of different size."""
    megabytes = whole.megabytes - small.megabytes
    return Pace(
        megabytes / (whole.seconds - small.seconds),
        (whole.cpu_seconds - small.cpu_seconds) / megabytes,
    )


def row(small: Run, whole: Run, alone: tuple[Run, Run]) -> str:
    """A line of the table; `alone` are the runs with the fewest workers."""
    speed, cpu = pace(small, whole)
    efficiency = (speed / whole.workers) / (pace(*alone)[0] / alone[1].workers)
    cells = (
        *(whole.engine, whole.kind, str(whole.workers), f"{whole.megabytes:.0f}"),
        *(f"{whole.seconds:.0f}", f"{speed:.2f}", f"{efficiency:.0%}", f"{cpu:.2f}"),
        *(f"{a:.0f} → {b:.0f}" for a, b in zip(small.peak, whole.peak, strict=True)),
        f"{CRAWL_BYTES / 1e6 * cpu / 3600:,.0f}",
    )
    return f"| {' | '.join(cells)} |"


HEAD: Final = """\
| engine | files | workers | MB | s | MB/s | efficiency | CPU s/MB \
| MB of its own, quarter → all | with what it shares | core hours for 7 TB |
|---|---|---|---|---|---|---|---|---|---|---|"""


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--megabytes", type=int, default=500)
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--engines", nargs="+", choices=EXAMPLES, default=[*EXAMPLES])
    arguments = parser.parse_args()
    print(HEAD)
    with tempfile.TemporaryDirectory() as folder:
        megabytes = generate(Path(folder), arguments.megabytes)
        for kind in KINDS:
            whole = Path(folder, kind)
            small, few = quarter(whole, megabytes)
            for engine in arguments.engines:
                runs = [
                    (run(engine, small, few, n), run(engine, whole, megabytes, n))
                    for n in arguments.workers
                ]
                for pair in runs:
                    print(row(*pair, runs[0]), flush=True)


if __name__ == "__main__":
    main()
