"""Short lines left standing among lines of the page that are gone."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from cleaner.detectors.looks import is_full_name, is_of_columns, is_over_prose
from cleaner.detectors.stubs import ends_in_by, names_source, opens_with_by
from cleaner.document import Document, is_open
from cleaner.edits import Finding
from cleaner.gaps import Gap

_TOLD: Final = frozenset(  # by a cue, not by the line model
    {
        "advertisement",
        "interaction",
        "navigation",
        "notice",
        "promotion",
        "related_link",
    }
)
_OF_PAGE: Final = _TOLD | {"boilerplate"}
_MAX_CHARS: Final = 70
_MAX_LAST_CHARS: Final = 140
_MIN_STORY_LINES: Final = 3
_MIN_GONE: Final = 2
_MANY_GONE: Final = 5  # of eleven names and tags amid so many all were of the page
_MAX_NAME_WORDS: Final = 5  # with a comma: "Ann Lee, Paso Robles" signs a letter
_OF_PATH: Final = "/"  # of an address, a file, alternatives


def find_none(_document: Document) -> Iterator[Finding]:
    """Nothing, nor is it asked: only lines that are gone tell of islands."""
    return iter(())


def find_islands(document: Document, gaps: Sequence[Gap]) -> Iterator[Finding]:
    """Short unfinished lines between lines of the page that are gone, or after them.

    Of 16 in train all but a source were noise, of 117 in the unlabelled texts all but a
    few signatures, tables and sentences, which are told apart below.
    """
    places = [
        (bisect_left(document.starts, gap.at), gap)
        for gap in gaps
        if gap.lines and gap.label in _OF_PAGE
    ]
    deep = set(_deep(document, places))
    found = {*_between(document, places), *_last_shreds(document, places)}
    begun = _first_paragraph(document) if found else 0
    for index in sorted(found):
        if index > begun and _is_shred(document, index, is_deep=index in deep):
            yield document.cut(index, "left among lines that went")


def _deep(document: Document, places: Iterable[tuple[int, Gap]]) -> Iterator[int]:
    """The lines after the end between lines that went, of which there were many."""
    gone: Counter[int] = Counter()
    for after, gap in places:
        gone[after] += gap.lines
    first = _end_of_story(document)
    if first < _MIN_STORY_LINES:
        return
    for index in range(first, len(document.lines)):
        above, below = gone[index], gone[index + 1]
        if above and below and above + below >= _MANY_GONE:
            yield index


def _between(document: Document, places: Iterable[tuple[int, Gap]]) -> Iterator[int]:
    """The short lines right below and right above lines that went, some by a cue."""
    over = {after for after, _ in places}
    told = {after for after, gap in places if gap.label in _TOLD}
    for index in {after - 1 for after in over} & over:
        is_told = index in told or index + 1 in told
        is_within = is_told and index < len(document.lines)
        if not is_within or _heads_part(document, index):
            continue
        if len(document.lines[index]) <= _MAX_CHARS:
            yield index


def _heads_part(document: Document, index: int) -> bool:
    """Whether the story goes on below a line: "What happens now", amid adverts."""
    lines = document.lines
    return lines[index][0].isalpha() and is_over_prose(lines, index)


def _last_shreds(
    document: Document, places: Iterable[tuple[int, Gap]]
) -> Iterator[int]:
    """The lines after the last paragraph above which at least two lines went.

    One of them by a cue: of what a model cut alone nothing follows.
    """
    first = _end_of_story(document)
    if first < _MIN_STORY_LINES:
        return
    gone, is_told = 0, False
    for index, gap in places:
        if index >= first:
            gone += gap.lines
            is_told |= gap.label in _TOLD
        if is_told and gone >= _MIN_GONE:
            yield from range(index, len(document.lines))
            return


def _end_of_story(document: Document) -> int:
    """The index past the last line that is finished or long."""
    lines = document.lines
    index = len(lines)
    while (
        index and is_open(lines[index - 1]) and len(lines[index - 1]) <= _MAX_LAST_CHARS
    ):
        index -= 1
    return index


def _first_paragraph(document: Document) -> int:
    sizes = map(len, document.lines)
    long = (index for index, size in enumerate(sizes) if size > _MAX_LAST_CHARS)
    return next(long, len(document.lines))


def _is_shred(document: Document, index: int, *, is_deep: bool) -> bool:
    """Whether a line is no sentence, source, address, path or cell of a table.

    Nor who wrote it: "By", and the name, and "Ann Lee, Paso Robles". A name deep among
    lines of the page is one of them: "Tectonic Plates", of the tags.
    """
    line = document.lines[index]
    return (
        line[0].isalnum()
        and is_open(line)
        and _OF_PATH not in line
        and not _is_signature(document, index, is_deep=is_deep)
        and not names_source(line)
        and not is_of_columns(document.lines, index)
    )


def _is_signature(document: Document, index: int, *, is_deep: bool) -> bool:
    line = document.lines[index]
    if is_full_name(line) and is_deep:
        return opens_with_by(line) or ends_in_by(document.lines[index - 1])
    if is_full_name(line):
        return index not in document.closing or ends_in_by(document.lines[index - 1])
    is_letter = ", " in line and len(line.split()) <= _MAX_NAME_WORDS
    return is_letter or ends_in_by(line)
