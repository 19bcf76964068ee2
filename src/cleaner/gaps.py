"""Where whole lines went from a text, how many and as what, for who comes after."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import NamedTuple

from cleaner.document import Document
from cleaner.edits import Edit


class Gap(NamedTuple):
    """Lines that are gone."""

    at: int  # in the text as it is now
    lines: int
    label: str


def gaps_after(
    document: Document, gaps: Sequence[Gap], edits: Sequence[Edit]
) -> list[Gap]:
    r"""The gaps in the text that sorted edits leave: new ones, and the old ones moved.

    >>> edits = [Edit(6, 12, "", "interaction", "x", 1.0, "")]
    >>> gaps_after(Document("One.\n\nShare\nTwo."), [Gap(0, 3, "bio")], edits)
    [Gap(at=0, lines=3, label='bio'), Gap(at=6, lines=1, label='interaction')]
    """
    new = [
        Gap(edit.start, lines, edit.label)
        for edit in edits
        if not edit.replacement and (lines := _whole_lines(document, edit))
    ]
    moved = []
    shift = 0
    waiting = iter(edits)
    edit = next(waiting, None)
    for at, lines, label in sorted(chain(gaps, new), key=_place):
        while edit is not None and edit.end <= at:
            shift += len(edit.replacement) - (edit.end - edit.start)
            edit = next(waiting, None)
        place = at if edit is None else min(at, edit.start)
        moved.append(Gap(place + shift, lines, label))
    return moved


def _place(gap: Gap) -> int:
    return gap.at


def _whole_lines(document: Document, edit: Edit) -> int:
    """How many lines the edit takes from their start to their end."""
    first = bisect_left(document.starts, edit.start)
    after = bisect_left(document.starts, edit.end)
    if after > first and document.span(after - 1)[1] > edit.end:
        after -= 1
    return after - first


def gone_lines(document: Document, gaps: Iterable[Gap]) -> list[int] | None:
    r"""How many lines went before each line, and after the last; None if none did.

    >>> gone_lines(Document("One.\n\nTwo."), [Gap(6, 1, "bio"), Gap(10, 2, "bio")])
    [0, 1, 2]
    """
    gone = [0] * (len(document.lines) + 1)
    for at, lines, _ in gaps:
        gone[bisect_left(document.starts, at)] += lines
    return gone if any(gone) else None


def lines_over(document: Document, gaps: Iterable[Gap], label: str) -> list[int]:
    r"""The lines right below which a line of the label went.

    >>> gaps = [Gap(6, 1, "credit"), Gap(6, 1, "related_link")]
    >>> lines_over(Document("One.\n\nTwo."), gaps, "credit")
    [0]
    """
    nearest: dict[int, str] = {}
    for gap in gaps:
        nearest.setdefault(bisect_left(document.starts, gap.at), gap.label)
    return [after - 1 for after, name in nearest.items() if after and name == label]
