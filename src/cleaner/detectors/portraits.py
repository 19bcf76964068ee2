"""Portraits: a person's name and office between paragraphs, under their picture."""

from collections.abc import Iterator
from typing import Final

from cleaner.detectors.looks import is_full_name, lone_lines
from cleaner.document import Document, runs_on
from cleaner.edits import Finding

_MAX_CHARS: Final = 120
_MIN_WORDS: Final = 2  # of the office, that are said before
_WORD_CHARS: Final = 3


def find_portraits(document: Document) -> Iterator[Finding]:
    """Such lines under the paragraph that names the person and the office.

    Of 11,000 articles seven have one, and none has content like it: over a part of the
    text the name stands before it is told.
    """
    lines = document.lines
    for index in lone_lines(document):
        name, _, office = lines[index].partition(", ")
        if (
            len(lines[index]) <= _MAX_CHARS
            and is_full_name(name)
            and name in lines[index - 1]
            and _is_told(office, lines[index - 1])
            and not runs_on(lines[index + 1])
        ):
            yield document.cut(index, "a name and office under who was just named")


def _is_told(office: str, above: str) -> bool:
    """Whether the line above has most of an office's words; an age is none."""
    words = [word for word in office.casefold().split() if len(word) >= _WORD_CHARS]
    told = sum(word in above.casefold() for word in words)
    return office[:1].isalpha() and told >= _MIN_WORDS and 2 * told >= len(words)
