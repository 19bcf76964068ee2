"""Two gigabytes over a pipe: memory stays bounded. Run with CLEANER_LARGE=1."""

import json
import os
import resource
import subprocess
from collections.abc import Iterator

import pytest
from commandlib import COMMAND, NOISY

pytestmark = [
    pytest.mark.large,
    pytest.mark.skipif(
        os.environ.get("CLEANER_LARGE") != "1", reason="takes a while: CLEANER_LARGE=1"
    ),
]

PROSE = "".join(
    f"It rained on the harbour for {n} days, she said, and nobody minded much.\n"
    for n in range(2000)
)
ROW = json.dumps({"text": NOISY, "source": PROSE}).encode() + b"\n"
STREAM_BYTES = 2 << 30
MAX_BYTES = 300 << 20  # that a process may ask for at all
MAX_MEGABYTES = 200  # that it holds


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_two_gigabytes_of_rows_in_bounded_memory(jobs: str) -> None:
    rows = STREAM_BYTES // len(ROW) + 1
    with subprocess.Popen(
        [*COMMAND, "-F", "jsonl", "-j", jobs],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        preexec_fn=_limit_memory,  # noqa: PLW1509  # no thread runs yet
    ) as process:
        assert process.stdout
        seen = sum(1 for _ in _fed(process, rows))
    assert process.returncode == 0
    assert seen == rows
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    assert peak < MAX_MEGABYTES


def _limit_memory() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MAX_BYTES, MAX_BYTES))


def _fed(process: "subprocess.Popen[bytes]", rows: int) -> Iterator[bytes]:
    """The lines that come out while rows go in."""
    import threading

    def feed() -> None:
        assert process.stdin
        for _ in range(rows):
            process.stdin.write(ROW)
        process.stdin.close()

    assert process.stdout
    thread = threading.Thread(target=feed)
    thread.start()
    yield from process.stdout
    thread.join()
