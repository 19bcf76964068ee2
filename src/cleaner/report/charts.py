"""Plots for the review page: rows of bars, ready to be drawn as SVG."""

from collections.abc import Sequence
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


def histogram(title: str, tenths: Sequence[int]) -> Chart:
    """How many cuts have a score in each tenth, from the lowest that has any."""
    longest = max(tenths, default=0) or 1
    first = next((at for at, count in enumerate(tenths) if count), len(tenths) - 1)
    return Chart(
        title,
        [
            Bar(f"{at / 10:.1f} to {(at + 1) / 10:.1f}", f"{count:,}", count / longest)
            for at, count in enumerate(tenths)
            if at >= first
        ],
    )
