"""Where whole lines went from a text, and how many: for the line model to see."""

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


def gaps_after(
    document: Document, gaps: Sequence[Gap], edits: Sequence[Edit]
) -> list[Gap]:
    r"""The gaps in the text that sorted edits leave: new ones, and the old ones moved.

    >>> edits = [Edit(6, 12, "", "interaction", "x", 1.0, "")]
    >>> gaps_after(Document("One.\n\nShare\nTwo."), [Gap(0, 3)], edits)
    [Gap(at=0, lines=3), Gap(at=6, lines=1)]
    """
    new = [
        Gap(edit.start, lines)
        for edit in edits
        if not edit.replacement and (lines := _whole_lines(document, edit))
    ]
    moved = []
    shift = 0
    waiting = iter(edits)
    edit = next(waiting, None)
    for at, lines in sorted(chain(gaps, new)):
        while edit is not None and edit.end <= at:
            shift += len(edit.replacement) - (edit.end - edit.start)
            edit = next(waiting, None)
        place = at if edit is None else min(at, edit.start)
        moved.append(Gap(place + shift, lines))
    return moved


def _whole_lines(document: Document, edit: Edit) -> int:
    """How many lines the edit takes from their start to their end."""
    first = bisect_left(document.starts, edit.start)
    after = bisect_left(document.starts, edit.end)
    if after > first and document.span(after - 1)[1] > edit.end:
        after -= 1
    return after - first


def gone_lines(document: Document, gaps: Iterable[Gap]) -> list[int] | None:
    r"""How many lines went before each line, and after the last; None if none did.

    >>> gone_lines(Document("One.\n\nTwo."), [Gap(6, 1), Gap(10, 2)])
    [0, 1, 2]
    """
    gone = [0] * (len(document.lines) + 1)
    for at, lines in gaps:
        gone[bisect_left(document.starts, at)] += lines
    return gone if any(gone) else None
