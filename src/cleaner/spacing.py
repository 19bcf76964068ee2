"""Blank space: what it is, and what of it goes with what is cut."""

from collections.abc import Iterable, Iterator, Sequence
from operator import itemgetter
from typing import Final

from cleaner.edits import Edit, edit_of

# Blank, though `str.isspace` does not say so: zero-width characters, the BOM, and the
# marks that turn the direction of writing (Unicode's Bidi_Control).
ZERO_WIDTH: Final = (
    "\u200b\u200c\u200d\u2060\ufeff\u00ad"
    "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
BLANK: Final = (
    "\t\n\v\f\r\x1c\x1d\x1e\x1f \x85\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005"
    "\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000" + ZERO_WIDTH
)
_BLANK_SET: Final = frozenset(BLANK)
ODD_SPACES: Final = "\u00a0\u2009\u202f"  # read as plain ones: "&nbsp;", "&thinsp;"
_START: Final = itemgetter(0)
# Marks that follow a word: behind a blank, too, or at once, for in French a blank may
# stand before some; what a word has if it takes no other mark, save "Inc.,"; and what
# may follow the mark, unlike that of ".net", "..." and "!=".
_NEVER_APART: Final = ".,"
_CLINGING: Final = ".,;:!?)"
_MARKED: Final = ".,;:!?…-\u2013\u2014•*"
_CLOSERS: Final = "\"'”\u2019»)]"


def widen(text: str, edits: Sequence[Edit]) -> list[Edit]:
    r"""The edits with each removal grown over the blank space that it leaves behind.

    Of the separators on the two sides of a run of removals the longer stays (the
    first, if equal), and none before a mark that now follows a word; a line break
    outweighs any number of spaces. The end of the text keeps its final newline or its
    lack of one. What a repair touches stays to it.

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


def skip_blank(text: str, at: int, end: int) -> int:
    """The first place from `at` on, up to `end`, at which nothing blank stands."""
    while at < end and text[at] in _BLANK_SET:
        at += 1
    return at


def skip_blank_back(text: str, at: int, start: int) -> int:
    """The last place from `at` back, down to `start`, before which nothing blank is."""
    while at > start and text[at - 1] in _BLANK_SET:
        at -= 1
    return at


def _room(text: str, start: int, end: int, low: int, high: int) -> tuple[int, int]:
    """What to remove so that `text[start:end]` leaves one separator, not two.

    No more than `text[low:high]`: other edits stand around that.
    """
    before, after = skip_blank_back(text, start, low), skip_blank(text, end, high)
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
    if closes_line:
        return before, end
    return _room_in_line(text, start, end, before, after)


def _room_in_line(
    text: str, start: int, end: int, before: int, after: int
) -> tuple[int, int]:
    """The same amid a line: the blank space around starts and ends where these say."""
    if text[before:start].isspace() and _clings(text, before, end, after):
        return before, after
    return (before, end) if after - end > start - before else (start, after)


def _clings(text: str, before: int, end: int, after: int) -> bool:
    """Whether a mark behind what goes belongs to the word in front: "Acme ⟦…⟧, a"."""
    ahead, mark, following = text[before - 1], text[after], text[after + 1 : after + 2]
    if mark not in (_CLINGING if end == after else _NEVER_APART):
        return False
    is_marked = ahead in _MARKED and ahead + mark != ".,"
    return not is_marked and (not following.strip() or following in _CLOSERS)


def _line_breaks(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the first line break starts and the last one ends; (-1, -1) for none."""
    first, last = text.find("\n", start, end), text.rfind("\n", start, end)
    if first < 0:
        return -1, -1
    return first - (first > start and text[first - 1] == "\r"), last + 1


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
