"""Readers' comments below a story: from the first of them to the end of the text."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from cleaner.detectors.stubs import stubs_of, words_of
from cleaner.document import MIN_PROSE_LINES, Document, is_open, is_prose
from cleaner.edits import Finding
from cleaner.gaps import Gap
from cleaner.patterns import Rule, find_by
from cleaner.wording import bare

# As weblogs print them: "Ann Lee says:", "12. Ana Ruiz sagt:", "• Bo Ray said..."
HEADERS: Final = (
    Rule(
        "comment_says",
        "line",
        r"(?:[•*-][ ]?)?(?:\d{1,4}[.)][ ]?)?[^.!?:,\n]{2,40}[ ]{comment_says}",
        80,
    ),
)
_find_headers: Final = find_by(HEADERS)

_DIGIT: Final = re.compile(r"\d")
_ABOVE_FIRST: Final = 3  # lines among which what heads the comments may stand
_MAX_HEADING_CHARS: Final = 120  # it may name the story
_LABEL: Final = "interaction"


def find_comments(document: Document) -> Iterator[Finding]:
    """All from the first comment on, if a heading or its button tells that it is one.

    A story, too, may set out who says what, under "1. Ann Lee says:", and have
    readers' comments below.
    """
    first, second = _first_comments(document)
    around = document.lines[max(first - _ABOVE_FIRST, 0) : second]
    if any(map(_tells_of_comments, around)):
        yield from _cut_from(document, first)


def find_comments_by_gaps(document: Document, gaps: Sequence[Gap]) -> Iterator[Finding]:
    """The same, if the heading or the button is cut already."""
    first, second = _first_comments(document)
    if not second:
        return
    start, end = document.span(first - 1)[1], document.span(second)[0]
    if any(start <= gap.at <= end and gap.label == _LABEL for gap in gaps):
        yield from _cut_from(document, first)


def _first_comments(document: Document) -> tuple[int, int]:
    """Where the first two comments below a story start; zeros if there are none."""
    headers = sorted(
        {document.line_at(found.start) for found in _find_headers(document)}
    )
    match headers:
        case [first, second, *_] if _has_story(document.lines[:first]):
            return first, second
    return 0, 0


def _has_story(lines: Sequence[str]) -> bool:
    return sum(map(is_prose, lines)) >= MIN_PROSE_LINES


def _tells_of_comments(line: str) -> bool:
    """Whether a short line is a button, "Reply", or counts: "42 Comments"."""
    if len(line) > _MAX_HEADING_CHARS or not is_open(line):
        return False
    if bare(line) in stubs_of("comment_stub"):
        return True
    return (
        _DIGIT.search(line) is not None
        and words_of("comments_word").search(line) is not None
    )


def _cut_from(document: Document, first: int) -> Iterator[Finding]:
    for index in range(first, len(document.lines)):
        yield document.cut(index, "readers' comments")
