"""The plot: bars of the share of the yardstick's speed, on a scale of powers of ten."""

import math
from collections.abc import Iterator, Sequence
from html import escape
from types import MappingProxyType
from typing import Final, NamedTuple

from speed.peers import PEERS
from speed.speeds import is_own
from speed.tables import figure, share
from speed.timing import YARDSTICK, Timed

WIDTH: Final = 860
NAMES: Final = 268  # where names end and bars begin
VALUES: Final = 130  # room for figures on the right
MARGIN: Final = 24
TOP: Final = 98
ROW: Final = 25
BAR: Final = 15
GAP: Final = 16  # between groups
BOTTOM: Final = 42
SWATCH: Final = 'width="12" height="12" rx="2"'
SUBTITLE: Final = (
    "One core, the same texts, rounds interleaved. Each step of the scale is ten times."
)

FROM_HTML: Final = frozenset(peer.name for peer in PEERS if peer.takes_html)

# The groups in their order, and what the legend calls them.
KINDS: Final = MappingProxyType(
    {
        "yardstick": "",
        "own": "cleaner",
        "peer": "others, on text",
        "html": "extractors, on a page around the text",
    }
)

STYLE: Final = """
text { font: 13px system-ui, "Segoe UI", Roboto, "DejaVu Sans", sans-serif }
text { fill: #24292f; stroke: #ffffff; stroke-width: 4; paint-order: stroke }
.title { font-size: 17px; font-weight: 600 }
.small { font-size: 12px; fill: #57606a }
.value { font-weight: 600 }
.end { text-anchor: end } .middle { text-anchor: middle }
.grid { stroke: #d8dee4; stroke-width: 1 }
.yardstick { fill: #8c959f } .own { fill: #0969da } .peer { fill: #bc8c1e }
.html { fill: #e0c58a }
"""


class Bar(NamedTuple):
    """A row of the plot."""

    name: str
    kind: str
    ratio: float
    speed: float


def svg(timed: Sequence[Timed]) -> str:
    """The plot of a section's rows, the fastest of each group first."""
    groups = _groups(timed)
    slowest = max(bar.ratio for group in groups for bar in group)
    decades = max(math.ceil(math.log10(slowest)), 1)
    end = TOP + sum(map(len, groups)) * ROW + (len(groups) - 1) * GAP
    height = end + BOTTOM
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}"',
            f'width="{WIDTH}" height="{height}" role="img"',
            f'aria-label="{_summary(groups)}">',
            f"<style>{STYLE}</style>",
            f'<rect width="{WIDTH}" height="{height}" rx="8" fill="#ffffff"/>',
            *_head(groups),
            *_grid(decades, end),
            *_rows(groups, decades),
            "</svg>\n",
        ]
    )


def _groups(timed: Sequence[Timed]) -> list[list[Bar]]:
    """Yardstick, own rows and peers, each with its fastest first."""
    bars = [
        Bar(
            row.row.name,
            kind_of(row),
            1.0 if row.row.run is YARDSTICK else row.ratio,
            row.megabytes_a_second,
        )
        for row in timed
    ]
    groups = ([bar for bar in bars if bar.kind == kind] for kind in KINDS)
    return [sorted(group, key=lambda bar: bar.ratio) for group in groups if group]


def kind_of(timed: Timed) -> str:
    """The group that a row belongs to: a key of KINDS."""
    if timed.row.run is YARDSTICK:
        return "yardstick"
    if is_own(timed):
        return "own"
    return "html" if timed.row.name in FROM_HTML else "peer"


def _summary(groups: Sequence[Sequence[Bar]]) -> str:
    told = (f"{bar.name}: {share(bar.ratio)}" for group in groups for bar in group)
    return escape("Share of the speed of splitlines + join. " + "; ".join(told))


def _head(groups: Sequence[Sequence[Bar]]) -> Iterator[str]:
    yield _text(MARGIN, 34, "Speed as a share of splitlines + join", "title")
    yield _text(MARGIN, 54, SUBTITLE, "small")
    x = float(NAMES)
    for group in groups:
        name = KINDS[group[0].kind]
        if name:
            yield f'<rect class="{group[0].kind}" x="{x:.1f}" y="66" {SWATCH}/>'
            yield _text(x + 18, 76, name, "small")
            x += 44 + 6.4 * len(name)


def _grid(decades: int, end: int) -> Iterator[str]:
    for power in range(decades + 1):
        x = _end_of(10.0**power, decades)
        label = "1" if power == 0 else f"1/{10**power:,}"
        yield f'<path class="grid" d="M{x:.1f} {TOP - 6}V{end}"/>'
        yield _text(x, end + 20, label, "small middle")


def _rows(groups: Sequence[Sequence[Bar]], decades: int) -> Iterator[str]:
    y = TOP
    for group in groups:
        for bar in group:
            yield from _bar(bar, y, decades)
            y += ROW
        y += GAP


def _bar(bar: Bar, y: int, decades: int) -> Iterator[str]:
    end = _end_of(bar.ratio, decades)
    width = max(end - NAMES, 2)
    told = "1" if bar.kind == "yardstick" else share(bar.ratio)
    speed = f'<tspan class="small" dx="7">{figure(bar.speed)} MB/s</tspan>'
    yield _text(NAMES - 12, y + 17, escape(bar.name), "end")
    yield (
        f'<rect class="{bar.kind}" x="{NAMES}" y="{y + 5}" width="{width:.1f}" '
        f'height="{BAR}" rx="2"/>'
    )
    yield _text(end + 8, y + 17, f'<tspan class="value">{told}</tspan>{speed}')


def _text(x: float, y: float, inner: str, kind: str = "") -> str:
    return f'<text class="{kind}" x="{x:.1f}" y="{y}">{inner}</text>'


def _end_of(ratio: float, decades: int) -> float:
    """Where a bar ends: a full one is as fast as the yardstick."""
    full = WIDTH - NAMES - VALUES
    return NAMES + full * max(1 - math.log10(max(ratio, 1.0)) / decades, 0.0)
