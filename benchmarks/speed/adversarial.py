"""Texts made to be slow: twice as long, at most twice the time."""

import statistics
from collections.abc import Callable, Iterator, Mapping
from itertools import islice, product
from types import MappingProxyType
from typing import Final, NamedTuple

from cleaner import Cleaner
from speed.setting import Setting
from speed.synthetic import ENGLISH, articles
from speed.tables import Table, figure, share
from speed.targets import GROWTH
from speed.timing import YARDSTICK, each, seconds, settled

HEADER: Final = (
    *("", "MB", "s", "MB/s", "share", "edits", "withheld"),
    *("twice the input", "target", "met"),
)
NOTE: Final = (
    "`default` on one document, and on one half as long: `twice the input` is the time "
    "of the one over that of the other. `withheld`: edits not made, since they would "
    "take too much of the text."
)


class Growth(NamedTuple):
    """A text's time, and how that compares with the yardstick's and with its half's."""

    seconds: float
    ratio: float
    growth: float


def _one_line(size: int) -> str:
    """Sentences in one line, some of them noise."""
    made: list[str] = []
    for article in articles((ENGLISH,)):
        made += article.text.split("\n\n")
        size -= len(article.text)
        if size <= 0:
            break
    return " ".join(made)


def _families(lines: int) -> str:
    """Lines of which many differ from many others by a word or two."""
    words = [f"{a}{b}" for a, b in product(("har", "bor", "mil", "fen"), "abcdefghij")]
    told = (
        f"The {a} of {b} was closed on Monday, said {c}, and will reopen in the spring."
        for c, a, b in product(words, repeat=3)
    )
    return "\n".join(islice(told, lines))


def _truncated(lines: int) -> str:
    """Paragraphs, each of them printed before as an excerpt that was cut short."""
    return "\n".join(_excerpts(lines // 2))


def _excerpts(pairs: int) -> Iterator[str]:
    for number in range(pairs):
        start = f"On day {number} the council of the town spoke about the harbour"
        yield f"{start} wall..."
        yield f"{start} wall, the mill and the {number} boats that were lost at sea."


def _read_more_lines(lines: int) -> str:
    return "\n".join(f"Read More: The boats of day {n} are lost" for n in range(lines))


# What makes a text of a size, and the full size.
TEXTS: Final[Mapping[str, tuple[Callable[[int], str], int]]] = MappingProxyType(
    {
        "one line of 10 MB": (_one_line, 10_000_000),
        "a million blank lines": (lambda n: "\n" * n, 1_000_000),
        "a million equal lines": (lambda n: "It rained on Monday.\n" * n, 1_000_000),
        "50,000 near-copies": (_families, 50_000),
        "50,000 excerpts and paragraphs": (_truncated, 50_000),
        "“Read More: ” 100,000 times": (lambda n: "Read More: " * n, 100_000),
        "“Read More: …” on 100,000 lines": (_read_more_lines, 100_000),
    }
)


def table(setting: Setting) -> Table:
    """A row a text."""
    rows = [
        _row(name, make(setting.sized(size)), make(setting.sized(size / 2)), setting)
        for name, (make, size) in TEXTS.items()
    ]
    return Table("Twice the input", HEADER, rows, NOTE)


def _row(name: str, text: str, half: str, setting: Setting) -> tuple[str, ...]:
    cleaner = Cleaner()
    done = cleaner.explain(text)
    with settled():
        turns = [_turn(cleaner, text, half) for _ in range(setting.rounds)]
    taken, ratios, growths = zip(*turns, strict=True)
    growth = statistics.median(growths)
    size = len(text.encode()) / 1e6
    return (
        name,
        figure(size),
        figure(min(taken)),
        figure(size / min(taken)),
        share(statistics.median(ratios)),
        f"{len(done.edits):,}",
        f"{sum(len(held.edits) for held in done.withheld):,}",
        f"{growth:.2f}",
        str(GROWTH),
        GROWTH.reached_by(growth),
    )


def _turn(cleaner: Cleaner, text: str, half: str) -> Growth:
    clean = each(cleaner.clean)
    yardstick = seconds(YARDSTICK, [text])
    whole = seconds(clean, [text])
    return Growth(whole, whole / yardstick, whole / seconds(clean, [half]))
