"""Plots for the review page: rows of bars, ready to be drawn as SVG."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from cleaner.tally import Count

_MAX_BARS: Final = 14


class Bar(NamedTuple):
    """A bar: its name, what it tells, its share of the longest, its label's colour."""

    name: str
    value: str
    share: float
    label: str = ""


class Chart(NamedTuple):
    """A plot with its bars."""

    title: str
    bars: list[Bar]
    note: str = ""


def bars(title: str, counts: Sequence[Count], *, coloured: bool = False) -> Chart:
    """The characters of each count; those that find no room are told in the note."""
    counts = [count for count in counts if count.cuts]
    shown = counts[:_MAX_BARS]
    longest = max((count.chars for count in shown), default=0) or 1
    rest = counts[_MAX_BARS:]
    note = f"and {len(rest):,} more with {sum(c.chars for c in rest):,}" if rest else ""
    return Chart(
        title,
        [
            Bar(
                count.name,
                f"{count.chars:,} in {count.cuts:,} cut{'s' * (count.cuts != 1)}",
                count.chars / longest,
                count.name if coloured else "",
            )
            for count in shown
        ],
        note,
    )


def histogram(title: str, hundredths: Mapping[int, int]) -> Chart:
    """How many cuts have a score, the lowest first; in tenths, if there are many.

    >>> [bar[:2] for bar in histogram("", {98: 3, 95: 1}).bars]
    [('0.95', '1'), ('0.98', '3')]
    """
    counts = {f"{at / 100:.2f}": hundredths[at] for at in sorted(hundredths)}
    if len(counts) > _MAX_BARS:
        tenths: Counter[int] = Counter()
        for at, count in hundredths.items():
            tenths[at // 10] += count
        counts = {f"{at / 10:.1f} and up": tenths[at] for at in sorted(tenths)}
    longest = max(counts.values(), default=1)
    return Chart(
        title, [Bar(name, f"{n:,}", n / longest) for name, n in counts.items()]
    )
