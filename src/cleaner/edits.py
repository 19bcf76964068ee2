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

    Offsets are those of the original. They are the refused rung's own edits: with those
    of the rungs below they would give its text.
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

        For a stretch of more than one character take `span_in_original`.
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

    def span_in_original(self, start: int, end: int) -> tuple[int, int]:
        r"""The smallest range of the original that `text[start:end]` comes from.

        A repaired character comes from all that its repair replaced. What was cut
        before or behind the stretch is not in the range, what was cut within it is. An
        empty stretch gives an empty range. ValueError for an end before its start.

        >>> repair = Edit(3, 5, "é", "encoding", "x", 1.0, "")
        >>> Cleaned("café", (repair,), "cafÃ©", ()).span_in_original(0, 4)
        (0, 5)
        """
        at = self.to_original(start)
        _check_stretch(start, end, self.text)
        return _around(self._sources(start, end), at)

    def _sources(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """What the stretch comes from, in order; ranges without anything, too."""
        shift = done = 0
        for edit in self.edits:
            yield max(start + shift, done), min(end + shift, edit.start)
            at, grown = edit.start - shift, len(edit.replacement)
            if max(start, at) < min(end, at + grown):
                yield edit.start, edit.end
            shift += edit.end - edit.start - grown
            done = edit.end
        yield max(start + shift, done), end + shift

    def from_original(self, offset: int) -> int:
        """The offset in the clean text; of something removed, where it would stand.

        For a stretch of more than one character take `span_from_original`.
        """
        check_offset(offset, self.original)
        shift = 0
        for edit in self.edits:
            if offset < edit.end:
                within = min(max(offset - edit.start, 0), len(edit.replacement))
                return min(offset, edit.start) + shift + within
            shift += len(edit.replacement) - (edit.end - edit.start)
        return offset + shift

    def span_from_original(self, start: int, end: int) -> tuple[int, int]:
        r"""The smallest range of the text that `original[start:end]` has become.

        Of a repair that it touches the range has all that replaced it. What was put
        before or behind is not in it; a stretch that was removed gives an empty range.
        ValueError for an end before its start.

        >>> space = Edit(5, 5, " ", "fused", "x", 1.0, "")
        >>> Cleaned("left. She", (space,), "left.She", ()).span_from_original(0, 5)
        (0, 5)
        """
        at = self.from_original(start)
        _check_stretch(start, end, self.original)
        return _around(self._outcomes(start, end), at)

    def _outcomes(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """What the stretch has become, in order; ranges without anything, too."""
        shift = done = 0
        for edit in self.edits:
            yield max(start, done) + shift, min(end, edit.start) + shift
            at, grown = edit.start + shift, len(edit.replacement)
            if max(start, edit.start) < min(end, edit.end):
                yield at, at + grown
            shift += grown - (edit.end - edit.start)
            done = edit.end
        yield max(start, done) + shift, end + shift


def _check_stretch(start: int, end: int, text: str) -> None:
    check_offset(end, text)
    if end < start:
        raise ValueError(f"a stretch from {start} can't end at {end}")


def _around(spans: Iterable[tuple[int, int]], at: int) -> tuple[int, int]:
    """From the first to the last of the spans that hold anything; empty if none."""
    held = [span for span in spans if span[0] < span[1]]
    return (held[0][0], held[-1][1]) if held else (at, at)


def apply(text: str, edits: Iterable[Edit]) -> str:
    """The text with its edits made; the same object where there are none.

    They are sorted, in the text, and none overlap, as `explain` gives them; ValueError
    if not, and TypeError for what is no text or no Edit.

    >>> apply("Read more. He left.", [Edit(0, 11, "", "related_link", "x", 1.0, "")])
    'He left.'
    """
    check_text(text)
    parts: list[str] = []
    done = 0
    for edit in edits:
        if not isinstance(edit, Edit):
            raise _no_edit(edit)
        if not done <= edit.start <= edit.end <= len(text):
            raise ValueError(f"out of order, overlapping or not in the text: {edit}")
        if done < edit.start:
            parts.append(text[done : edit.start])
        parts.append(edit.replacement)
        done = edit.end
    return "".join((*parts, text[done:])) if parts else text


def _no_edit(given: object) -> TypeError:
    """What is wrong with something else, and what to do."""
    return TypeError(
        f"apply takes edits, as explain(text).edits, not {type(given).__name__}: "
        "Edit(**row) makes one of a dict, Edit(*row) of a list"
    )


def resolve(edits: Sequence[Edit]) -> list[Edit]:
    """A sorted choice of edits of which no two overlap or touch where one inserts.

    The longer wins, then the one proposed earlier (detectors run in table order).
    """
    ordered = sorted(edits, key=_START)
    if all(map(lt, map(_END, ordered), map(_START, ordered[1:]))):
        return ordered
    return [edit for run in _runs_that_meet(edits) for edit in _without_clashes(run)]


def _runs_that_meet(edits: Sequence[Edit]) -> Iterator[list[Edit]]:
    """Edits that may clash, in the order in which they were proposed.

    Settled run by run, so that one clash among many edits costs no more than itself.
    """
    run: list[int] = []
    end = 0
    for at in sorted(range(len(edits)), key=lambda at: edits[at].start):
        if run and edits[at].start > end:
            yield [edits[i] for i in sorted(run)]
            run = []
        run.append(at)
        end = max(end, edits[at].end)
    yield [edits[i] for i in sorted(run)]


def _without_clashes(edits: Iterable[Edit]) -> list[Edit]:
    """Those of a run that stay, the longest first."""
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
