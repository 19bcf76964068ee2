"""How the command ends: on closed pipes, on full disks, at a signal."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from commandlib import CLEAN, COMMAND, NOISY, SEED


def test_a_closed_pipe_is_silent() -> None:
    with subprocess.Popen(
        COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdin
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        process.stdin.write(b"He left the house at noon.\n" * 30_000)
        process.stdin.close()
        assert process.stderr.read() == b""
    assert process.returncode == 141


@pytest.mark.parametrize("asked", [str(SEED), "--list", "--help", "--version"])
def test_a_full_disk_is_one_line(asked: str) -> None:
    env = {**os.environ, "PYTHONUNBUFFERED": ""}  # else argparse hides it
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [*COMMAND, asked],
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
            env=env,
        )
    assert done.returncode == 4
    assert done.stderr == b"cleaner: No space left on device\n"


@pytest.mark.parametrize(
    ("arguments", "status"), [(["no-such-file"], 4), (["--preset", "none"], 2)]
)
def test_the_status_stays_where_no_message_can_be_written(
    arguments: list[str], status: int
) -> None:
    reader, closed = os.pipe()
    os.close(reader)
    full = os.open("/dev/full", os.O_WRONLY)
    for stderr in (closed, full):
        done = subprocess.run([*COMMAND, *arguments], stderr=stderr, check=False)
        os.close(stderr)
        assert done.returncode == status


@pytest.mark.parametrize(
    ("asked", "status", "is_written"),
    [("--on-error=keep", 3, True), ("--stats", 4, True), ("--explain", 4, False)],
)
def test_messages_that_can_not_be_told_end_nothing_unlike_what_was_asked_for(
    tmp_path: Path, asked: str, status: int, is_written: bool
) -> None:
    rows, out = tmp_path / "rows.jsonl", tmp_path / "out.jsonl"
    rows.write_text(json.dumps({"text": "He left.\n\nAdvertisement"}) + "\n{]\n")
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [*COMMAND, "--on-error", "keep", asked, str(rows), "-o", str(out)],
            stderr=full,
            check=False,
        )
    assert done.returncode == status
    assert out.exists() == is_written
    if is_written:
        assert out.read_text() == '{"text": "He left."}\n{]\n'


def test_closed_standard_streams_are_told() -> None:
    for closing, message in ("<&-", b"input is closed"), (">&-", b"output is closed"):
        done = subprocess.run(
            ["sh", "-c", f'"$0" -m cleaner {closing}', sys.executable],
            stdin=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            check=False,
        )
        assert done.returncode == 4
        assert message in done.stderr
        assert b"Traceback" not in done.stderr


@pytest.mark.usefixtures("_signals_count")
@pytest.mark.parametrize(
    ("number", "status"),
    [(signal.SIGHUP, 129), (signal.SIGINT, 130), (signal.SIGTERM, 143)],
)
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_signal_leaves_no_file_and_says_nothing(
    tmp_path: Path, number: signal.Signals, status: int, jobs: str
) -> None:
    out = tmp_path / "out.jsonl"
    out.write_text("as it was")
    with subprocess.Popen(
        [*COMMAND, "-F", "jsonl", "-j", jobs, "-o", out],
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdin
        assert process.stderr
        process.stdin.write(json.dumps({"text": NOISY}).encode() + b"\n")
        process.stdin.flush()
        wait_for(lambda: len(list(tmp_path.iterdir())) > 1)
        process.send_signal(number)
        said = process.stderr.read()
    # A SIGINT that meets a module being imported ends Python by the signal itself,
    # which a shell shows as 130, too.
    assert process.returncode in {status, -number}
    assert said == b""
    assert [path.name for path in tmp_path.iterdir()] == ["out.jsonl"]
    assert out.read_text() == "as it was"


def test_nohup_is_heeded(tmp_path: Path) -> None:
    out = tmp_path / "out.txt"
    with subprocess.Popen(
        ["nohup", *COMMAND, "-", "-o", out], stdin=subprocess.PIPE
    ) as process:
        assert process.stdin
        wait_for(lambda: any(tmp_path.iterdir()))
        process.send_signal(signal.SIGHUP)
        process.stdin.write(NOISY.encode())
    assert process.returncode == 0
    assert out.read_text() == CLEAN


def wait_for(condition: object, seconds: float = 30) -> None:
    assert callable(condition)
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.02)
