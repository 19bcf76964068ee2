"""Faults of the system: workers that fail, a process killed, a disk that is full."""

import errno
import json
import multiprocessing
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from commandlib import COMMAND, NOISY, deadly, piped

from cleaner import workers
from cleaner.cli.options import job_of
from cleaner.cli.run import run
from cleaner.model import dumps, shipped

OLD = b"what was there"
ROW = json.dumps({"text": NOISY, "other": "x" * 2000}).encode() + b"\n"


def large_row() -> bytes:
    """A row that does not pack well."""
    return json.dumps({"text": NOISY, "other": os.urandom(1600).hex()}).encode() + b"\n"


@pytest.fixture
def rows(tmp_path: Path) -> Path:
    path = tmp_path / "rows.jsonl"
    path.write_bytes(ROW * 300)
    (tmp_path / "out.jsonl").write_bytes(OLD)
    return path


def is_as_it_was(folder: Path) -> bool:
    names = {path.name for path in folder.iterdir()}
    is_old = (folder / "out.jsonl").read_bytes() == OLD
    return is_old and names == {"rows.jsonl", "out.jsonl"}


# Workers


def failing_at(
    number: int, call: Callable[..., object], fault: BaseException
) -> Callable[..., object]:
    """The call, which raises at its so-manyth time."""
    calls = 0

    def failing(*args: object, **kwargs: object) -> object:
        nonlocal calls
        calls += 1
        if calls == number + 1:
            raise fault
        return call(*args, **kwargs)

    return failing


@pytest.mark.parametrize(
    ("step", "number", "fault"),
    [
        ("_started", 0, OSError(errno.EAGAIN, "no more processes")),
        ("_started", 1, KeyboardInterrupt()),
        ("_send", 4, KeyboardInterrupt()),
        ("_received", 0, MemoryError()),
        ("_received", 3, OSError(errno.EIO, "gone")),
    ],
)
def test_a_step_of_the_workers_may_fail(
    rows: Path,
    monkeypatch: pytest.MonkeyPatch,
    step: str,
    number: int,
    fault: BaseException,
) -> None:
    failing = failing_at(number, getattr(workers, step), fault)
    monkeypatch.setattr(workers, step, failing)
    arguments = [str(rows), "-o", str(rows.with_name("out.jsonl")), "-j", "2"]
    with pytest.raises(type(fault)):
        run(job_of(arguments))
    assert is_as_it_was(rows.parent)
    assert not multiprocessing.active_children()


def test_a_worker_that_cannot_start_says_why(rows: Path) -> None:
    """Its model was there when the run began, and no longer is."""
    model = rows.with_name("model.json")
    model.write_bytes(dumps(shipped()))
    out = str(rows.with_name("out.jsonl"))
    job = job_of([str(rows), "-o", out, "-j", "2", "--model", str(model)])
    model.unlink()
    with pytest.raises(FileNotFoundError, match=r"model\.json"):
        run(job)
    assert is_as_it_was(rows.parent)


@pytest.mark.parametrize("place", [0, 299])
def test_a_worker_dies_of_any_row(
    rows: Path, place: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    lines = [ROW] * 300
    lines[place] = b'{"text": "DEADLY"}\n'
    rows.write_bytes(b"".join(lines))
    out = rows.with_name("out.jsonl")
    env = deadly(tmp_path_factory.mktemp("site"))
    done = piped(rows, "-o", out, "-j", "2", env=env)
    assert done.returncode == 4
    assert f"rows.jsonl:{place + 1}: the process".encode() in done.stderr
    assert is_as_it_was(rows.parent)


# A process killed


@pytest.mark.parametrize("suffix", ["", ".gz"])
def test_killed_in_mid_write_the_old_file_is_whole(tmp_path: Path, suffix: str) -> None:
    out = tmp_path / f"out.jsonl{suffix}"
    out.write_bytes(OLD)
    with subprocess.Popen(
        [*COMMAND, "-F", "jsonl", "-o", out], stdin=subprocess.PIPE
    ) as process:
        assert process.stdin
        end = time.monotonic() + 60
        while not (
            parts := parts_in(tmp_path)
        ):  # more and more goes in, and is written
            assert time.monotonic() < end
            process.stdin.write(large_row())
            process.stdin.flush()
        process.send_signal(signal.SIGKILL)
        with suppress(BrokenPipeError):
            process.stdin.close()
    assert process.returncode == -signal.SIGKILL
    assert out.read_bytes() == OLD
    # What it had written stays beside it, under a name that nothing reads, and is in
    # no one's way.
    assert parts_in(tmp_path) == parts
    done = piped("-F", "jsonl", "-o", out, given=ROW)
    assert done.returncode == 0
    assert out.read_bytes() != OLD


def parts_in(folder: Path) -> list[Path]:
    return [path for path in folder.glob(".*.part") if path.stat().st_size]


# A disk that is full

DISK_BYTES = 1 << 20


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A small disk of its own."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={DISK_BYTES}", "tmpfs", str(folder)]
    try:
        subprocess.run(mount, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("may not mount a small disk here")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


@pytest.mark.parametrize(("name", "jobs"), [("out.jsonl", "2"), ("out.jsonl.gz", "1")])
def test_a_full_disk_leaves_what_was(disk: Path, name: str, jobs: str) -> None:
    out = disk / name
    out.write_bytes(OLD)
    given = b"".join(large_row() for _ in range(800))
    done = piped("-F", "jsonl", "-j", jobs, "-o", out, given=given)
    assert done.returncode == 4
    assert f"cleaner: {out}: No space left on device\n".encode() in done.stderr
    assert [path.name for path in disk.iterdir()] == [name]
    assert out.read_bytes() == OLD
    done = piped(
        "-F", "jsonl", "-j", jobs, "-o", out, given=given[: given.index(b"\n")]
    )
    assert done.returncode == 0
    assert out.read_bytes() != OLD


def test_a_disk_that_fills_up_between_two_outputs(disk: Path, tmp_path: Path) -> None:
    """The text fits and the edits do not: none of both is put in place."""
    given = tmp_path / "a.jsonl"
    given.write_bytes(ROW * 300)
    for name in ("out.jsonl", "edits.jsonl"):
        (disk / name).write_bytes(OLD)
    (disk / "filler").write_bytes(bytes(DISK_BYTES - 700_000))
    done = piped(given, "-o", disk / "out.jsonl", "--edits", disk / "edits.jsonl")
    assert done.returncode == 4
    assert {path.name: path.read_bytes() for path in disk.iterdir()} == {
        "out.jsonl": OLD,
        "edits.jsonl": OLD,
        "filler": bytes(DISK_BYTES - 700_000),
    }
