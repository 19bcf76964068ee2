"""How much faster two processes are than one."""

import statistics
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from itertools import chain
from multiprocessing import get_context
from typing import Final, NamedTuple

from cleaner import clean
from speed.corpus import megabytes
from speed.setting import Setting
from speed.tables import Table, figure
from speed.targets import verdict

PROCESSES: Final = (1, 2)
CHUNK: Final = 64  # documents handed over at once
MEGABYTES: Final = 20
HEADER: Final = (*("", "MB", "s", "MB/s", "times one", "changed", "target", "met"),)
NOTE: Final = (
    "Pools of processes that are ready, `default`, {} documents a chunk, texts sent "
    "there and back. Wall clock, median of {} paired rounds: only a machine with two "
    "cores that do nothing else can tell."
)


class Turn(NamedTuple):
    """All texts once through a pool."""

    seconds: float
    changed: int


def table(setting: Setting) -> Table:
    """A row a number of processes."""
    texts = list(_filled(setting.texts, MEGABYTES * setting.scale))
    chunks = [texts[at : at + CHUNK] for at in range(0, len(texts), CHUNK)]
    with ExitStack() as stack:
        pools = [stack.enter_context(_pool(count)) for count in PROCESSES]
        for pool in pools:
            _turn(pool, chunks)  # the processes start, rules are compiled
        turns = [[_turn(pool, chunks) for pool in pools] for _ in range(setting.rounds)]
    one, *_ = columns = list(zip(*turns, strict=True))
    size = megabytes(texts)
    rows = [
        _row(count, size, taken, one)
        for count, taken in zip(PROCESSES, columns, strict=True)
    ]
    return Table("Processes", HEADER, rows, NOTE.format(CHUNK, setting.rounds))


def _row(
    count: int, size: float, taken: Sequence[Turn], one: Sequence[Turn]
) -> tuple[str, ...]:
    pairs = zip(one, taken, strict=True)
    speedup = statistics.median(a.seconds / b.seconds for a, b in pairs)
    least = min(turn.seconds for turn in taken)
    name = f"{count} process{'es' * (count > 1)}"
    return (
        name,
        figure(size),
        figure(least),
        figure(size / least),
        f"{speedup:.2f}",
        f"{taken[0].changed:,} documents",
        *verdict("scaling", name, speedup),
    )


def cleaned(texts: list[str]) -> list[str]:
    """What a process does with a chunk."""
    return [clean(text) for text in texts]


def _pool(count: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(count, get_context("spawn"))


def _turn(pool: ProcessPoolExecutor, chunks: Sequence[list[str]]) -> Turn:
    start = time.perf_counter()
    results = list(pool.map(cleaned, chunks))
    seconds = time.perf_counter() - start
    pairs = zip(chain(*chunks), chain(*results), strict=True)
    return Turn(seconds, sum(before != after for before, after in pairs))


def _filled(texts: Sequence[str], size: float) -> Iterator[str]:
    """The texts, again and again, until it is so many megabytes."""
    left = size * 1e6
    while left > 0:
        for text in texts:
            if left <= 0:
                return
            yield text
            left -= len(text.encode("utf-8", "surrogatepass"))
