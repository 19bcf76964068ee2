"""Edits: the only way anything changes.

An edit replaces `text[start:end]`; a removal replaces it with nothing. Offsets are
half-open and count code points. A list of edits is always sorted, and no two of them
touch the same character.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import accumulate
from operator import itemgetter, lt
from typing import Final, NamedTuple

from cleaner.arguments import check_offset, check_text

# Blank, though `str.isspace` does not say so: zero-width characters and the BOM.
ZERO_WIDTH: Final = "\u200b\u200c\u200d\u2060\ufeff\u00ad"
BLANK: Final = (
    "\t\n\v\f\r\x1c\x1d\x1e\x1f \x85\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005"
    "\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000" + ZERO_WIDTH
)
_BLANK_SET: Final = frozenset(BLANK)


class Finding(NamedTuple):
    """What a detector proposes; its row in the table gives it label and score."""

    start: int
    end: int
    reason: str
    replacement: str = ""


class Edit(NamedTuple):
    """One change: `text[start:end]` becomes `replacement`.

    `score` is the probability that the edit is right, `reason` a phrase for people.
    """

    start: int
    end: int
    replacement: str
    label: str
    detector: str
    score: float
    reason: str


# The edit of a tuple with its fields; quicker than `Edit`, for lists of them.
edit_of: Final = partial(tuple.__new__, Edit)


class Withheld(NamedTuple):
    """What a rung would have removed beyond what was removed, and why it did not.

    Offsets are those of the original; applied alone the edits give no text.
    """

    preset: str
    reason: str
    edits: tuple[Edit, ...]


class Cleaned(NamedTuple):
    r"""A cleaned text with every change on record.

    Offsets outside the text that they are of raise ValueError.

    >>> done = Cleaned("Fine.", (Edit(5, 12, "", "promotion", "x", 1.0, ""),),
    ...                "Fine.\n\nShop!", ())
    >>> done.from_original(3), done.from_original(9), done.to_original(5)
    (3, 5, 12)
    """

    text: str
    edits: tuple[Edit, ...]
    original: str
    withheld: tuple[Withheld, ...]

    def to_original(self, offset: int) -> int:
        """The offset in the original of a character of the clean text.

        A stretch that ends before `end` ends at `to_original(end - 1) + 1`: behind
        `to_original(end)` lies what was cut there.
        """
        check_offset(offset, self.text)
        for edit in self.edits:
            if offset < edit.start:
                break
            grown = len(edit.replacement)
            if offset < edit.start + grown:
                return min(offset, edit.end)
            offset += edit.end - edit.start - grown
        return offset

    def from_original(self, offset: int) -> int:
        """The offset in the clean text; of something removed, where it would stand."""
        check_offset(offset, self.original)
        shift = 0
        for edit in self.edits:
            if offset < edit.end:
                within = min(max(offset - edit.start, 0), len(edit.replacement))
                return min(offset, edit.start) + shift + within
            shift += len(edit.replacement) - (edit.end - edit.start)
        return offset + shift


def apply(text: str, edits: Iterable[Edit]) -> str:
    """The text with its edits made; the same object where there are none.

    They are sorted, in the text, and none overlap, as `explain` gives them; ValueError
    if not, and TypeError for what is no text.

    >>> apply("Read more. He left.", [Edit(0, 11, "", "related_link", "x", 1.0, "")])
    'He left.'
    """
    check_text(text)
    parts: list[str] = []
    done = 0
    for edit in edits:
        if not done <= edit.start <= edit.end <= len(text):
            raise ValueError(f"out of order, overlapping or not in the text: {edit}")
        if done < edit.start:
            parts.append(text[done : edit.start])
        parts.append(edit.replacement)
        done = edit.end
    return "".join((*parts, text[done:])) if parts else text


def resolve(edits: Sequence[Edit]) -> list[Edit]:
    """A sorted choice of edits of which no two overlap or touch where one inserts.

    The longer wins, then the one proposed earlier (detectors run in table order).
    """
    ordered = sorted(edits, key=_START)
    if all(map(lt, map(_END, ordered), map(_START, ordered[1:]))):
        return ordered
    chosen: list[Edit] = []
    for edit in sorted(edits, key=lambda e: e.start - e.end):
        at = bisect_left(chosen, edit.start, key=_START)
        if at < len(chosen) and _clash(edit, chosen[at]):
            continue
        if at == 0 or not _clash(edit, chosen[at - 1]):
            chosen.insert(at, edit)
    return chosen


# Of an edit; quicker than functions that say so.
_START: Final = itemgetter(0)
_END: Final = itemgetter(1)


def _clash(a: Edit, b: Edit) -> bool:
    if a.start == a.end or b.start == b.end:  # an insertion needs room on both sides
        return a.start <= b.end and b.start <= a.end
    return a.start < b.end and b.start < a.end


def widen(text: str, edits: Sequence[Edit]) -> list[Edit]:
    r"""The edits with each removal grown over the blank space that it leaves behind.

    Of the separators on the two sides of a run of removals the longer stays (the
    first, if equal); a line break outweighs any number of spaces. The end of the text
    keeps its final newline or its lack of one. What a repair touches stays to it.

    >>> share = Edit(6, 11, "", "interaction", "x", 1.0, "")
    >>> widen("One.\n\nShare\nTwo.", [share])[0][:2]
    (6, 12)
    """
    widened: list[Edit] = []
    runs = list(_runs(text, edits))
    ends = [*(run[0].start for run in runs[1:]), len(text)]
    for run, high in zip(runs, ends, strict=False):
        if run[0].replacement:
            widened += run
            continue
        low = widened[-1].end if widened else 0
        start, end = _room(text, run[0].start, run[-1].end, low, high)
        bounds = [start, *map(_START, run[1:]), end]
        widened += [
            edit_of((low, high, "", label, detector, score, reason))
            for (_, _, _, label, detector, score, reason), low, high in zip(
                run, bounds, bounds[1:], strict=False
            )
        ]
    return widened


def _runs(text: str, edits: Iterable[Edit]) -> Iterator[list[Edit]]:
    """Edits in groups: removals with nothing but blank space between them, or one."""
    run: list[Edit] = []
    end = 0  # of the run
    for edit in edits:
        if run and (
            run[-1].replacement
            or edit.replacement
            or not _is_blank(text, end, edit.start)
        ):
            yield run
            run = []
        run.append(edit)
        end = edit.end
    if run:
        yield run


def _is_blank(text: str, start: int, end: int) -> bool:
    between = text[start:end]
    if between == "\n":  # as most that are blank
        return True
    return (not between or between[0] in _BLANK_SET) and not between.strip(BLANK)


def _skip_blank(text: str, at: int, end: int) -> int:
    while at < end and text[at] in _BLANK_SET:
        at += 1
    return at


def _skip_blank_back(text: str, at: int, start: int) -> int:
    while at > start and text[at - 1] in _BLANK_SET:
        at -= 1
    return at


def _room(text: str, start: int, end: int, low: int, high: int) -> tuple[int, int]:
    """What to remove so that `text[start:end]` leaves one separator, not two.

    No more than `text[low:high]`: other edits stand around that.
    """
    before, after = _skip_blank_back(text, start, low), _skip_blank(text, end, high)
    if before == 0 and after == len(text):
        return start, end
    first, last = _line_breaks(text, before, start)
    next_first, next_last = _line_breaks(text, end, after)
    opens_line = before == 0 or first >= 0
    closes_line = after == len(text) or next_first >= 0
    if opens_line and closes_line:
        left = (max(first, before), max(last, before))
        right = (next_first, next_last) if next_first >= 0 else (after, after)
        keeps_left = before == 0 or left[1] - left[0] >= right[1] - right[0]
        if keeps_left and after < len(text):
            return left[1], right[1]
        return left[0], right[0]
    if opens_line:
        return start, after
    if closes_line or after - end > start - before:
        return before, end
    return start, after


def _line_breaks(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the first line break starts and the last one ends; (-1, -1) for none."""
    first, last = text.find("\n", start, end), text.rfind("\n", start, end)
    if first < 0:
        return -1, -1
    return first - (first > start and text[first - 1] == "\r"), last + 1


def compose(first: Sequence[Edit], second: Sequence[Edit]) -> list[Edit]:
    """The edits that do what `first` and then `second` do, on the text `first` took.

    `apply(apply(text, first), second) == apply(text, compose(first, second))`. Where
    removals meet others, each keeps its own part, and a repair what is left of it;
    where a repair meets others, they become one edit, named by the repair.
    """
    shifts = list(accumulate(map(_growth, first), initial=0))
    starts = [edit.start - shift for edit, shift in zip(first, shifts, strict=False)]
    ends = [at + len(edit.replacement) for edit, at in zip(first, starts, strict=True)]
    composed: list[Edit] = []
    i = j = 0
    while j < len(second):
        edit = second[j]
        made, then = bisect_right(ends, edit.start, i), j
        composed += first[i:made]
        if made == len(starts) or starts[made] >= edit.end:  # as most, it meets none
            low, high = edit.start + shifts[made], edit.end + shifts[made]
            composed.append(_moved(edit, low, high))
            i, j = made, j + 1
            continue
        i, j = _meeting(starts, ends, second, made, then)
        mapped = map(_Mapped, first[made:i], starts[made:i], ends[made:i])
        composed += _joined(list(mapped), second[then:j], shifts[made])
    return [*composed, *first[i:]]


class _Mapped(NamedTuple):
    """An edit with the range it leaves in the text it makes."""

    edit: Edit
    start: int
    end: int


def _meeting(
    starts: Sequence[int], ends: Sequence[int], second: Sequence[Edit], i: int, j: int
) -> tuple[int, int]:
    """How far the edits reach, of both lists, that overlap with `second[j]`."""
    end, j = second[j].end, j + 1
    while True:
        if i < len(starts) and starts[i] < end:
            end, i = max(end, ends[i]), i + 1
        elif j < len(second) and second[j].start < end:
            end, j = max(end, second[j].end), j + 1
        else:
            return i, j


def _growth(edit: Edit) -> int:
    """How much longer the original is than what the edit leaves."""
    return edit.end - edit.start - len(edit.replacement)


def _joined(
    made: Sequence[_Mapped], then: Sequence[Edit], shift: int
) -> Iterator[Edit]:
    """One group's edits in offsets of the original; `shift` is that of its start."""
    start = min([then[0].start, *(m.start for m in made)])
    end = max([then[-1].end, *(m.end for m in made)])
    low, high = start + shift, end + shift + sum(_growth(m.edit) for m in made)
    repairs = [edit for edit in then if edit.replacement]
    named = max(repairs or then, key=lambda edit: edit.end - edit.start)
    whole = named._replace(start=low, end=high)
    if repairs:
        yield whole._replace(replacement=_left(made, then, start, end))
    else:
        yield from _parted(whole, made, then)


def _moved(edit: Edit, start: int, end: int) -> Edit:
    """The edit at another place; quicker than `_replace`."""
    return edit_of((start, end, *edit[2:]))


def _parted(
    removal: Edit, made: Sequence[_Mapped], then: Sequence[Edit]
) -> Iterator[Edit]:
    """A group's removal, without what earlier edits removed and what repairs keep."""
    for edit, start, end in made:
        rest = _left([_Mapped(edit, start, end)], then, start, end)
        if edit.replacement and not rest:
            continue
        if removal.start < edit.start:
            yield removal._replace(end=edit.start)
        yield edit._replace(replacement=rest)
        removal = removal._replace(start=edit.end)
    if removal.start < removal.end:
        yield removal


def _left(made: Sequence[_Mapped], then: Sequence[Edit], start: int, end: int) -> str:
    """What stands in the end where the middle text had `[start, end)`."""
    parts: list[str] = []
    for edit in then:
        parts += (_replaced(made, start, edit.start), edit.replacement)
        start = edit.end
    return "".join((*parts, _replaced(made, start, end)))


def _replaced(made: Sequence[_Mapped], start: int, end: int) -> str:
    return "".join(
        m.edit.replacement[max(start - m.start, 0) : max(end - m.start, 0)]
        for m in made
    )


def without_blank(text: str, edits: Sequence[Edit]) -> list[Edit]:
    r"""The edits, with removals of mere blank space joined to a neighbour they touch.

    Joining passes leaves such pieces between two removals of the same run.

    >>> share = Edit(4, 9, "", "interaction", "x", 1, "")
    >>> gap = share._replace(start=9, end=10)
    >>> [edit[:2] for edit in without_blank("One.Share\nTwo.", [share, gap])]
    [(4, 10)]
    """
    if not any(
        text[edit.start] in _BLANK_SET and _is_blank(text, edit.start, edit.end)
        for edit in edits
        if not edit.replacement
    ):
        return [*edits]
    joined: list[Edit] = []
    for edit in edits:
        last = joined[-1] if joined else None
        if (
            last
            and last.end == edit.start
            and not (last.replacement or edit.replacement)
        ):
            if _is_blank(text, edit.start, edit.end):
                joined[-1] = last._replace(end=edit.end)
                continue
            if _is_blank(text, last.start, last.end):
                joined[-1] = edit._replace(start=last.start)
                continue
        joined.append(edit)
    return joined
