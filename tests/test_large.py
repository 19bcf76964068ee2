"""A gigabyte over a pipe: memory stays bounded. Run with CLEANER_LARGE=1."""

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
        os.environ.get("CLEANER_LARGE") != "1", reason="takes minutes: CLEANER_LARGE=1"
    ),
]

PROSE = "It rained on the harbour all day, she said, and nobody minded much.\n" * 2000
ROW = json.dumps({"text": NOISY + PROSE, "n": 1}).encode() + b"\n"
MAX_MEGABYTES = 400


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_gigabyte_of_rows_in_bounded_memory(jobs: str) -> None:
    rows = (1 << 30) // len(ROW) + 1
    with subprocess.Popen(
        [*COMMAND, "-F", "jsonl", "-j", jobs],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as process:
        assert process.stdout
        seen = sum(1 for _ in _fed(process, rows))
    assert process.returncode == 0
    assert seen == rows
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    assert peak < MAX_MEGABYTES


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
