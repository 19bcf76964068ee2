"""Several processes: the same rows in the same order, and no hang when one dies."""

import json
import os
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from commandlib import CLEAN, COMMAND, NOISY, cleaned, deadly, piped

from cleaner import Config
from cleaner.io.rows import Row
from cleaner.workers import _chunks, _undisturbed, outcomes_of


@pytest.fixture
def rows(tmp_path: Path) -> Path:
    path = tmp_path / "rows.jsonl"
    texts = [NOISY, None, CLEAN] * 100
    lines = (json.dumps({"n": n, "text": text}) for n, text in enumerate(texts))
    path.write_text("\n".join(lines) + "\n")
    return path


def test_order_and_edits_are_those_of_one_process(rows: Path) -> None:
    paths = [rows.with_name(name) for name in ("e1", "e2")]
    one = cleaned(rows, "--edits", paths[0], name="one.jsonl")
    two = cleaned(rows, "-j", "2", "--edits", paths[1], name="two.jsonl")
    assert one == two
    assert one.count(b"Advertisement") == 0
    assert one.count(b"\n") == 300
    assert paths[0].read_bytes() == paths[1].read_bytes()


@pytest.mark.parametrize("jobs", ["1", "2", "4"])
def test_rows_before_one_that_cannot_be_read_are_written(jobs: str) -> None:
    rows = b"".join(json.dumps({"text": CLEAN}).encode() + b"\n" for _ in range(300))
    large = b'{"text": "' + b"a" * (1 << 20) + b'"}\n'
    arguments = ("-F", "jsonl", "--max-document", "1", "-j", jobs)
    done = piped(*arguments, given=rows + large)
    assert (done.returncode, done.stdout) == (4, rows)
    assert done.stderr.startswith(b"cleaner: standard input:301: more than 1 MiB")


def test_a_row_that_kills_its_process_is_named(tmp_path: Path) -> None:
    texts = [CLEAN] * 70 + ["DEADLY"] + [CLEAN] * 300
    given = "".join(json.dumps({"text": text}) + "\n" for text in texts).encode()
    arguments = ("-F", "jsonl", "-j", "2", "-o", tmp_path / "out")
    done = piped(*arguments, given=given, env=deadly(tmp_path))
    assert done.returncode == 4
    assert done.stderr == (
        b"cleaner: standard input:71: the process that cleaned it died\n"
    )
    assert not (tmp_path / "out").exists()


def test_a_process_with_no_memory_to_receive_ends_the_run(tmp_path: Path) -> None:
    texts = [CLEAN] * 20 + [f"HUGE {CLEAN}"] + [CLEAN] * 60
    rows = (json.dumps({"text": text * 3_000}) + "\n" for text in texts)
    arguments = ("-F", "jsonl", "-j", "2", "-o", tmp_path / "out")
    done = piped(*arguments, given="".join(rows).encode(), env=deadly(tmp_path))
    assert done.returncode == 4
    assert done.stderr == (
        b"cleaner: standard input:21: the process that cleaned it died\n"
    )


def test_a_bug_on_one_row_is_a_fault_of_it(tmp_path: Path) -> None:
    given = b'{"text": "FAULTY"}\n{"text": "He left."}\n'
    arguments = ("-F", "jsonl", "--on-error", "keep")
    done = piped(*arguments, given=given, env=deadly(tmp_path))
    assert (done.returncode, done.stdout) == (3, given)
    assert b"standard input:1: a bug in cleaner" in done.stderr
    assert b"ZeroDivisionError: told" in done.stderr


def children_of(process: int) -> list[int]:
    found = Path(f"/proc/{process}/task/{process}/children")
    return [int(child) for child in found.read_text().split()]


def cleaners_of(process: int) -> list[int]:
    def is_cleaner(child: int) -> bool:
        return b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes()

    return [child for child in children_of(process) if is_cleaner(child)]


@pytest.fixture
def waiting(tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A run with two processes that waits for more input."""
    with subprocess.Popen(
        [*COMMAND, "-F", "jsonl", "-j", "2", "-o", tmp_path / "out"],
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdin
        row = json.dumps({"text": CLEAN}).encode() + b"\n"
        process.stdin.write(row * 400)
        process.stdin.flush()
        end = time.monotonic() + 30
        while len(cleaners_of(process.pid)) < 2:
            assert time.monotonic() < end
            time.sleep(0.02)
        yield process
        process.kill()


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="needs /proc")
def test_a_killed_process_is_an_error(waiting: subprocess.Popen[bytes]) -> None:
    os.kill(cleaners_of(waiting.pid)[0], signal.SIGKILL)
    _, said = waiting.communicate(b'{"text": "a"}\n' * 1000, timeout=60)
    assert waiting.returncode == 4
    assert b"a process was killed between standard input:" in said
    assert b"Traceback" not in said


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="needs /proc")
def test_no_process_outlives_its_parent(waiting: subprocess.Popen[bytes]) -> None:
    children = cleaners_of(waiting.pid)
    waiting.kill()
    end = time.monotonic() + 30
    while any(
        Path(f"/proc/{child}/cmdline").exists()
        and b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes()
        for child in children
    ):
        assert time.monotonic() < end
        time.sleep(0.05)


@pytest.mark.skipif(os.name == "nt", reason="needs signals")
@pytest.mark.usefixtures("_signals_count")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize("turn", range(3))
def test_stopped_amid_results_it_ends(
    tmp_path: Path, number: signal.Signals, turn: int
) -> None:
    """Workers are writing what they found when they are ended."""
    rows, out = tmp_path / "rows.jsonl", tmp_path / "out.jsonl"
    row = json.dumps({"text": f"{CLEAN}\n\n{NOISY}" * 40}).encode() + b"\n"
    rows.write_bytes(row * 8000)
    with subprocess.Popen([*COMMAND, "-j", "4", rows, "-o", out]) as process:
        end = time.monotonic() + 30
        while not any(p.stat().st_size for p in tmp_path.glob(".out*.part")):
            assert time.monotonic() < end
            time.sleep(0.01 * (turn + 1))
        process.send_signal(number)
        assert process.wait(30) == 128 + number
    assert [*tmp_path.iterdir()] == [rows]


def test_chunks_are_bounded_by_rows_and_characters() -> None:
    def row(size: int) -> Row:
        return Row("", "a" * size, b"")

    assert [len(c) for c in _chunks([row(1)] * 150)] == [64, 64, 22]
    assert [len(c) for c in _chunks([row(600_000)] * 5)] == [2, 2, 1]
    large = row(1)._replace(raw_bytes=600_000)
    assert [len(c) for c in _chunks([large] * 5)] == [2, 2, 1]
    assert list(_chunks([])) == []


def test_rows_are_read_as_they_are_needed() -> None:
    read = []

    def rows() -> Iterator[Row]:
        for number in range(10_000):
            read.append(number)
            yield Row(str(number), "He left.", b"")

    for jobs in (1, 2):
        read.clear()
        results = outcomes_of(rows(), Config(), jobs)
        assert next(results).row.where == "0"
        results.close()
        assert len(read) <= 64 * 6


@pytest.mark.skipif(not hasattr(signal, "pthread_sigmask"), reason="no masks here")
def test_signals_that_the_caller_blocks_stay_blocked() -> None:
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGTERM])
    try:
        with _undisturbed():
            pass
        assert signal.SIGTERM in signal.pthread_sigmask(signal.SIG_BLOCK, [])
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
