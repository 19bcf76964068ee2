"""Results as Markdown."""

from collections.abc import Sequence
from typing import Final, NamedTuple

WHOLE_FROM: Final = 9.95


class Table(NamedTuple):
    """A section's result. Rows hold text, ready to be shown."""

    title: str
    header: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]
    note: str = ""


def markdown(table: Table) -> str:
    """The table with its title and note; all columns but the first are figures."""
    marks = ["---", *["---:"] * (len(table.header) - 1)]
    lines = [_line(row) for row in (table.header, marks, *table.rows)]
    note = [table.note, ""] if table.note else []
    return "\n".join([f"## {table.title}", "", *note, *lines, ""])


def figure(value: float) -> str:
    """Three digits that count, without an exponent.

    >>> figure(1234.5), figure(12.345), figure(0.12345)
    ('1,234', '12.3', '0.123')
    """
    whole = f"{value:,.0f}"
    digits = len(whole.replace(",", "")) if abs(value) >= 1 else 0
    return whole if digits >= len("123") else f"{value:.{3 - digits}f}"


def share(ratio: float) -> str:
    """A time over the yardstick's, as a share of its speed.

    >>> share(3.21), share(94.8)
    ('1/3.2', '1/95')
    """
    return f"1/{ratio:,.0f}" if ratio >= WHOLE_FROM else f"1/{ratio:.1f}"


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
