"""How long one document takes, by its size."""

import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Final, NamedTuple

from cleaner import Cleaner
from speed.corpus import pieces
from speed.setting import Setting, edits_in, without_line_model
from speed.tables import Table, figure
from speed.targets import verdict
from speed.timing import settled, split_and_join

# Size in KB, and how many documents of it.
SIZES: Final = ((0.5, 1000), (3, 1000), (10, 300), (100, 100))
YARDSTICKS: Final = 5  # runs of splitlines + join, of which the least counts
HEADER: Final = (
    *("", "documents", "p50 ms", "p95 ms", "p99 ms"),
    *("p99 / median of ratios", "edits", "target", "met"),
)
NOTE: Final = (
    "Documents begin as those of the corpus do and are cut, or filled up with the "
    "next, to the size in UTF-8. A document's time is the median of {} rounds, "
    "processor time; its ratio is over its own splitlines + join."
)


class Size(NamedTuple):
    """Documents of a size, and what cleans them."""

    name: str
    cleaner: Cleaner
    texts: Sequence[str]
    edits: int


class Latency(NamedTuple):
    """One document: milliseconds, and how many times its splitlines + join."""

    milliseconds: float
    ratio: float


def table(setting: Setting) -> Table:
    """A row a size, with the line model and without."""
    sizes = list(_sizes(setting))
    with settled():
        turns = [[_turn(size) for size in sizes] for _ in range(setting.rounds)]
    columns = zip(sizes, zip(*turns, strict=True), strict=True)
    rows = [_row(size, taken) for size, taken in columns]
    return Table("Latency", HEADER, rows, NOTE.format(setting.rounds))


def _sizes(setting: Setting) -> Iterator[Size]:
    cleaners = {
        "default": Cleaner(),
        "default, no line model": Cleaner(without_line_model("default")),
    }
    for name, cleaner in cleaners.items():
        for size, count in SIZES:
            texts = pieces(setting.texts, int(size * 1000), setting.sized(count))
            if texts:
                edits = edits_in(cleaner, texts)
                yield Size(f"{name}, {size:g} KB", cleaner, texts, edits)


def _row(size: Size, turns: Sequence[Sequence[Latency]]) -> tuple[str, ...]:
    typical = [_typical(one) for one in zip(*turns, strict=True)]
    times, ratios = zip(*typical, strict=True)
    spread = percentile(ratios, 99) / percentile(ratios, 50)
    return (
        size.name,
        f"{len(size.texts):,}",
        *(figure(percentile(times, part)) for part in (50, 95, 99)),
        figure(spread),
        f"{size.edits:,}",
        *verdict("latency", size.name, spread),
    )


def percentile(values: Sequence[float], part: int) -> float:
    """The value that so many in a hundred do not exceed.

    >>> percentile([3, 1, 2], 50), percentile([3, 1, 2], 99)
    (2, 3)
    """
    return sorted(values)[min(len(values) * part // 100, len(values) - 1)]


def _typical(turns: Sequence[Latency]) -> Latency:
    times, ratios = zip(*turns, strict=True)
    return Latency(statistics.median(times), statistics.median(ratios))


def _turn(size: Size) -> list[Latency]:
    return [_timed(size.cleaner, text) for text in size.texts]


def _timed(cleaner: Cleaner, text: str) -> Latency:
    own = _milliseconds(cleaner.clean, text)
    yardstick = min(_milliseconds(split_and_join, text) for _ in range(YARDSTICKS))
    return Latency(own, own / yardstick)


def _milliseconds(run: Callable[[str], object], text: str) -> float:
    start = time.thread_time_ns()
    run(text)
    return (time.thread_time_ns() - start) / 1e6
