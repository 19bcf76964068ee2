"""Hard-wrapped texts: a sentence goes on from row to row, and no edit may tear it."""

from collections.abc import Iterable, Sequence
from typing import Final

from cleaner.document import OPEN, Document
from cleaner.edits import Edit
from cleaner.memo import once

_ROW_CHARS: Final = range(40, 121)  # a paragraph in one line is longer
# A text is taken for hard-wrapped if so many rows go on with a small letter: a tenth of
# its lines, in most a third and more. Where an extractor broke lines at links fewer do,
# and from a quarter to a half of the lines are long.
_MIN_ROWS: Final = 3
_MAX_LINES_PER_ROW: Final = 10
_MIN_LINES_PER_LONG: Final = 4
_COMMAS: Final = ",;"  # behind them a sentence goes on


def without_torn(document: Document, edits: list[Edit]) -> list[Edit]:
    """The edits but for those that take a part of a sentence in a hard-wrapped text.

    Its other part, in the row above or below, goes as well, or both stay.
    """
    rows = broken_rows(document) if edits else ()
    if not rows:
        return edits
    breaks = [(document.span(row)[1], document.starts[row + 1]) for row in rows]
    whole = _whole(breaks, [edit for edit in edits if not edit.replacement])
    return [edit for edit in edits if edit.replacement or edit in whole]


def _whole(breaks: Sequence[tuple[int, int]], removals: Iterable[Edit]) -> set[Edit]:
    """The removals that take both rows at each break they come to, or none.

    A break is where a row ends and where the next starts. To leave one removal out may
    tear the next: the breaks that it came to are looked at again.
    """
    whole = set(removals)
    above: dict[int, set[Edit]] = {end: set() for end, _ in breaks}
    below: dict[int, set[Edit]] = {start: set() for _, start in breaks}
    for edit in whole:
        above.get(edit.end, set()).add(edit)
        below.get(edit.start, set()).add(edit)
    breaks_at = {place: pair for pair in breaks for place in pair}
    waiting = list(breaks)
    while waiting:
        end, start = waiting.pop()
        if bool(above[end]) != bool(below[start]):
            for edit in above[end] | below[start]:
                whole.discard(edit)
                for side, place in (above, edit.end), (below, edit.start):
                    if place in side:
                        side[place].discard(edit)
                        waiting.append(breaks_at[place])
    return whole


@once
def broken_rows(document: Document) -> frozenset[int]:
    """The lines that break off in a sentence, which goes on in the line below.

    There are none in a text that is not hard-wrapped.
    """
    lines = document.lines
    if len(document.text) > _ROW_CHARS.stop * len(lines):  # as in most: paragraphs
        return frozenset()
    long = sum(len(line) >= _ROW_CHARS.stop for line in lines)
    if _MIN_LINES_PER_LONG * long > len(lines):
        return frozenset()
    least = max(_MIN_ROWS, len(lines) / _MAX_LINES_PER_ROW)
    if sum(line[0].islower() for line in lines[1:]) < least:  # spares a longer look
        return frozenset()
    rows = [index for index in range(len(lines) - 1) if _may_go_on(document, index)]
    small = [index for index in rows if lines[index + 1][0].islower()]
    if len(small) < least:
        return frozenset()
    widest = max(len(lines[index]) for index in small)
    full = (i for i in rows if not _has_room(lines[i], lines[i + 1], widest))
    return frozenset(small).union(full)


def _may_go_on(document: Document, index: int) -> bool:
    """Whether a line, not the last, is as wide as a row and ends no sentence.

    An address is no row.
    """
    line, after = document.lines[index : index + 2]
    return (
        len(line) in _ROW_CHARS
        and (document.shapes[index] == OPEN or line[-1] in _COMMAS)
        and " " in line
        and not after.startswith(("http:", "https:", "www."))
        and document.touches_next(index)
    )


def _has_room(line: str, after: str, width: int) -> bool:
    """Whether the first word of the line after would have stood in this one."""
    return len(line) + 1 + len(after.split(None, 1)[0]) <= width
