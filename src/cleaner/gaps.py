"""Where lines and ends of lines went from a text, and as what, for who comes after."""

from bisect import bisect_left
from collections.abc import Collection, Iterable, Sequence
from itertools import chain
from typing import NamedTuple

from cleaner.document import Document
from cleaner.edits import Edit


class Gap(NamedTuple):
    """Lines that are gone, or the end of one."""

    at: int  # in the text as it is now; where the line starts whose end is gone
    lines: int  # 0: the end of one
    label: str


def gaps_after(
    document: Document, gaps: Sequence[Gap], edits: Sequence[Edit]
) -> list[Gap]:
    r"""The gaps in the text that sorted edits leave: new ones, and the old ones moved.

    >>> edits = [Edit(6, 12, "", "interaction", "x", 1.0, "")]
    >>> gaps_after(Document("One.\n\nShare\nTwo."), [Gap(0, 3, "bio")], edits)
    [Gap(at=0, lines=3, label='bio'), Gap(at=6, lines=1, label='interaction')]
    """
    new = [gap for edit in edits if (gap := _gap_of(document, edit))]
    moved = []
    shift = 0
    waiting = iter(edits)
    edit = next(waiting, None)
    for at, lines, label in sorted(chain(gaps, new), key=_place):
        while edit is not None and edit.end <= at:
            shift += len(edit.replacement) - (edit.end - edit.start)
            edit = next(waiting, None)
        place = at if edit is None else min(at, edit.start)
        if lines or edit is None or at < edit.start:  # else the whole line went
            moved.append(Gap(place + shift, lines, label))
    return moved


def _place(gap: Gap) -> int:
    return gap.at


def _gap_of(document: Document, edit: Edit) -> Gap | None:
    """The gap that an edit leaves, unless it takes no line and no end of one."""
    if edit.replacement:
        return None
    if lines := _whole_lines(document, edit):
        return Gap(edit.start, lines, edit.label)
    start, end = document.span(document.line_at(edit.start))
    is_end = start < edit.start < end <= edit.end
    return Gap(start, 0, edit.label) if is_end else None


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


def without_lines(
    left: Sequence[int], gone: Sequence[int] | None, taken: Collection[int]
) -> tuple[list[int], list[int]]:
    """The lines that are left when some more are taken, and how many went before each.

    >>> without_lines([0, 1, 4, 5], [0, 0, 2, 0, 1], {1, 5})
    ([0, 4], [0, 3, 2])
    """
    rest, before, count = [], [], 0
    counts = gone or [0] * (len(left) + 1)
    for index, went in zip(left, counts[:-1], strict=True):
        count += went
        if index in taken:
            count += 1
        else:
            rest.append(index)
            before.append(count)
            count = 0
    return rest, [*before, count + counts[-1]]


def lines_over(document: Document, gaps: Iterable[Gap], label: str) -> list[int]:
    r"""The lines right below which a line of the label went.

    >>> gaps = [Gap(6, 1, "credit"), Gap(6, 1, "related_link")]
    >>> lines_over(Document("One.\n\nTwo."), gaps, "credit")
    [0]
    """
    nearest: dict[int, str] = {}
    for gap in filter(_has_lines, gaps):
        nearest.setdefault(bisect_left(document.starts, gap.at), gap.label)
    return [after - 1 for after, name in nearest.items() if after and name == label]


def _has_lines(gap: Gap) -> bool:
    return gap.lines > 0


def shortened_lines(document: Document, gaps: Iterable[Gap], label: str) -> list[int]:
    r"""The lines whose ends went under the label.

    >>> shortened_lines(Document("One.\n\nTwo."), [Gap(0, 0, "credit")], "credit")
    [0]
    """
    return [
        document.line_at(at) for at, lines, name in gaps if not lines and name == label
    ]
