"""Texts in which a sentence goes on from line to line: no edit may tear it.

They are hard-wrapped, or an extractor set each link of theirs on a line of its own.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from operator import itemgetter
from typing import Final

from cleaner.document import GOES_ON, OPEN, Document, runs_on
from cleaner.edits import Edit
from cleaner.memo import once

MIN_ROW_CHARS: Final = 60  # of one that is told by nothing but its width
_ROW_CHARS: Final = range(40, 121)  # a paragraph in one line is longer
# A text is taken for hard-wrapped if so many rows go on with a small letter: a tenth of
# its lines, in most a third and more. Where an extractor broke lines at links fewer do,
# and from a quarter to a half of the lines are long.
_MIN_ROWS: Final = 3
_MAX_LINES_PER_ROW: Final = 10
_MIN_LINES_PER_LONG: Final = 4
_FULL_SHARE: Final = 0.75  # of rows that touch the next; of headlines in a list few are
_MAX_LINES_PER_LINK: Final = 20
_MIN_SHREDS: Final = 10  # in a short text half of the lines go on by chance
_MIN_SENTENCE_CHARS: Final = 30  # "Google News", "." is none
_MIN_SURE_SPACES: Final = 1  # one word, as "advertisement", may be the sentence's own
_CREDIT: Final = "credit"  # under a caption it opens in a small letter, too
_COMMAS: Final = ",;"  # behind them a sentence goes on
_ADDRESSES: Final = ("http:", "https:", "www.")


def is_shredded(lines: Sequence[str]) -> bool:
    """Whether a text broke at every tag, as guides to code do: most lines are parts.

    "name", ":", "Update web servers". Of 12,482 news articles the line model takes a
    line of none in which half of the lines go on with the one above; of WCXB's 1,497
    references 20 are such.
    """
    return _count_parts(lines) >= max(_MIN_SHREDS, len(lines) / 2)


def _count_parts(lines: Sequence[str]) -> int:
    """How many lines go on with the one above: `runs_on`, by their first characters."""
    firsts = "".join(line[0] for line in lines)
    return sum(map(str.islower, firsts)) + sum(map(firsts.count, GOES_ON))


@once
def is_all_shredded(document: Document) -> bool:
    """The same of a document, found once."""
    return is_shredded(document.lines)


def without_torn(
    document: Document, edits: list[Edit], sure: AbstractSet[str]
) -> list[Edit]:
    """The edits but for those that take a part of a sentence that goes on.

    In a hard-wrapped text its other part, in the row above or below, goes as well, or
    both stay. Where lines broke at links, words that a `sure` detector finds go alone.
    """
    if not edits:
        return edits
    if rows := broken_rows(document):
        torn = _torn_rows(document, rows, edits)
    elif sentences := _broken_sentences(document):
        parts = _small_parts(sentences, edits)
        torn = {edit for edit in parts if not _is_sure(document, edit, sure)}
    else:  # as most
        return edits
    return [edit for edit in edits if edit not in torn]


def without_rests(
    document: Document, edits: list[Edit], sure: AbstractSet[str]
) -> list[Edit]:
    """The edits but for those that take the rest of a sentence from the row above.

    A text of three rows, "I read your magazine for the", "articles", "-- Leo", is not
    told for hard-wrapped. Of 8,266 labelled articles it keeps none of these.
    """
    rests = {edit for edit in edits if _takes_rest(document, edit)}
    if not rests:  # as in most
        return edits
    ends = {edit.end for edit in edits}
    torn = {
        edit
        for edit in rests
        if document.span(document.line_at(edit.start) - 1)[1] not in ends
        and not _is_sure(document, edit, sure)
    }
    return [edit for edit in edits if edit not in torn]


def _takes_rest(document: Document, edit: Edit) -> bool:
    """Whether an edit starts with a line in a small letter, below an open row."""
    if edit.replacement or edit.label == _CREDIT:
        return False
    index = document.line_at(edit.start)
    return (
        index > 0
        and document.starts[index] == edit.start
        and document.lines[index][0].islower()
        and _may_go_on(document, index - 1)
    )


def _is_sure(document: Document, edit: Edit, sure: AbstractSet[str]) -> bool:
    """Whether a detector found more than a word that a sentence may have, too."""
    spaces = document.text.count(" ", edit.start, edit.end)
    return edit.detector in sure and spaces >= _MIN_SURE_SPACES


def _small_parts(
    sentences: Sequence[tuple[int, int]], edits: Iterable[Edit]
) -> Iterator[Edit]:
    """The removals in such sentences of which less than half would go."""
    inside: dict[tuple[int, int], list[Edit]] = {}
    for edit in edits:
        if edit.replacement:
            continue
        first = bisect_right(sentences, edit.start, key=itemgetter(1))
        last = bisect_left(sentences, edit.end, key=itemgetter(0))
        for sentence in sentences[first:last]:
            inside.setdefault(sentence, []).append(edit)
    for (start, end), found in inside.items():
        parts = {(max(edit.start, start), min(edit.end, end)) for edit in found}
        if 2 * sum(to - since for since, to in parts) < end - start:
            yield from found


def _torn_rows(
    document: Document, rows: Iterable[int], edits: Iterable[Edit]
) -> set[Edit]:
    """The removals that take a row and not the one that it goes on in."""
    breaks = [(document.span(row)[1], document.starts[row + 1]) for row in rows]
    removals = {edit for edit in edits if not edit.replacement}
    return removals - _whole(breaks, removals)


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
    wide = sum(len(line) in _ROW_CHARS for line in lines)  # to spare a longer look
    if wide < least:
        return frozenset()
    rows = [index for index in range(len(lines) - 1) if _may_go_on(document, index)]
    if len(rows) < least:
        return frozenset()
    small = [index for index in rows if lines[index + 1][0].islower()]
    if len(small) < least:
        small = _full_without_case(lines, rows)
    if len(small) < least:
        return _full_rows(lines, rows)
    widest = max(len(lines[index]) for index in small)
    full = (i for i in rows if not _has_room(lines[i], lines[i + 1], widest))
    return frozenset(small).union(full)


def _full_rows(lines: Sequence[str], rows: Sequence[int]) -> frozenset[int]:
    """The rows without room for the next word, if most of them are such.

    So rows are told that go on in capitals, as German ones do, or in figures.
    """
    widest = max(map(len, lines))
    full = [i for i in rows if not _has_room(lines[i], lines[i + 1], widest)]
    is_wrapped = len(full) >= max(_MIN_ROWS, _FULL_SHARE * len(rows))
    return frozenset(full if is_wrapped else ())


def _full_without_case(lines: Sequence[str], rows: Iterable[int]) -> list[int]:
    """The full rows above one in a script that knows no small letters, as Hindi's."""
    starts = ((row, lines[row + 1][0]) for row in rows)
    caseless = [row for row, char in starts if char.isalpha() and not char.isupper()]
    widest = max((len(lines[row]) for row in caseless), default=0)
    return [r for r in caseless if not _has_room(lines[r], lines[r + 1], widest)]


def _may_go_on(document: Document, index: int) -> bool:
    """Whether a line, not the last, is as wide as a row and ends no sentence.

    An address is no row.
    """
    line, after = document.lines[index : index + 2]
    return (
        len(line) in _ROW_CHARS
        and (document.shapes[index] == OPEN or line[-1] in _COMMAS)
        and " " in line
        and not after.startswith(_ADDRESSES)
        and document.touches_next(index)
    )


def _has_room(line: str, after: str, width: int) -> bool:
    """Whether the first word of the line after would have stood in this one."""
    return len(line) + 1 + len(after.split(None, 1)[0]) <= width


@once
def _broken_sentences(document: Document) -> Sequence[tuple[int, int]]:
    """Where sentences start and end that go on from line to line, in order.

    "we have", "Google", "and the Internet": so does what joins a page's text nodes by
    line breaks. Of 21,024 parts of sentences so broken 66 went, now 39 go.
    """
    rows = _broken_at_links(document)
    firsts = (row for row in rows if row - 1 not in rows)
    lasts = (row + 1 for row in rows if row + 1 not in rows)
    spans = [
        (document.starts[first], document.span(last)[1])
        for first, last in zip(firsts, lasts, strict=True)
    ]
    return [(start, end) for start, end in spans if end - start >= _MIN_SENTENCE_CHARS]


def _broken_at_links(document: Document) -> Mapping[int, None]:
    """The lines with which the next goes on, in order, in a text that has some."""
    lines = document.lines
    least = max(_MIN_ROWS, len(lines) / _MAX_LINES_PER_LINK)
    if _count_parts(lines) < least:  # spares a longer look
        return {}
    rows = dict.fromkeys(i for i in range(len(lines) - 1) if _is_broken(document, i))
    return rows if len(rows) >= least else {}


def _is_broken(document: Document, index: int) -> bool:
    """Whether a sentence goes on behind a line, not the last, in the next."""
    after = document.lines[index + 1]
    return (
        runs_on(after)
        and (document.shapes[index] == OPEN or document.lines[index][-1] in _COMMAS)
        and not after.startswith(_ADDRESSES)
        and document.touches_next(index)
    )
