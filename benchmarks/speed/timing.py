"""Paired rounds: what is timed stands beside splitlines + join at the same moment.

Seconds are of the thread's processor time. Rows take turns, since machines are noisy,
and a ratio is the median of those taken within a round.
"""

import gc
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import NamedTuple

from speed.corpus import megabytes


class Row(NamedTuple):
    """What is timed: a name, what it does to its texts, and what it found there."""

    name: str
    run: Callable[[Sequence[str]], object]
    texts: Sequence[str]
    found: str


class Timed(NamedTuple):
    """A row with its speed, and its time over that of splitlines + join."""

    row: Row
    seconds: float  # the least of the rounds
    ratio: float

    @property
    def megabytes_a_second(self) -> float:
        """In UTF-8."""
        return megabytes(self.row.texts) / self.seconds

    @property
    def documents_a_second(self) -> float:
        """How many texts a second."""
        return len(self.row.texts) / self.seconds


def split_and_join(text: str) -> str:
    """The yardstick: a text cut into lines and put together again."""
    return "\n".join(text.splitlines())


def each(run: Callable[[str], object]) -> Callable[[Sequence[str]], None]:
    """One document at a time."""

    def run_each(texts: Sequence[str]) -> None:
        for text in texts:
            run(text)

    return run_each


YARDSTICK = each(split_and_join)


def seconds(run: Callable[[Sequence[str]], object], texts: Sequence[str]) -> float:
    """The thread's processor time."""
    start = time.thread_time()
    run(texts)
    return time.thread_time() - start


def paired(rows: Sequence[Row], rounds: int) -> list[Timed]:
    """Every row timed once a round, between two runs of the yardstick."""
    with settled():
        turns = [[_between(row) for row in rows] for _ in range(rounds)]
    columns = zip(rows, zip(*turns, strict=True), strict=True)
    return [
        Timed(row, min(t for t, _ in taken), statistics.median(r for _, r in taken))
        for row, taken in columns
    ]


@contextmanager
def settled() -> Iterator[None]:
    """What was made before is left out of garbage collection meanwhile."""
    gc.collect()
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


def _between(row: Row) -> tuple[float, float]:
    """Seconds, and how many times as long as the yardstick."""
    before = seconds(YARDSTICK, row.texts)
    taken = seconds(row.run, row.texts)
    after = seconds(YARDSTICK, row.texts)
    return taken, 2 * taken / (before + after)
