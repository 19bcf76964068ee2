"""Portraits: a person's name and office between paragraphs, under their picture."""

from collections.abc import Iterator
from typing import Final

from cleaner.detectors.looks import is_full_name, lone_lines
from cleaner.document import Document, runs_on
from cleaner.edits import Finding

_MAX_CHARS: Final = 120
_MIN_OFFICE_WORDS: Final = 2


def find_portraits(document: Document) -> Iterator[Finding]:
    """Such lines under the paragraph that names the person.

    Of 11,000 articles nine have one, and none has content like it: over a part of the
    text the name stands before it is told.
    """
    lines = document.lines
    for index in lone_lines(document):
        name, _, office = lines[index].partition(", ")
        if (
            len(lines[index]) <= _MAX_CHARS
            and len(office.split()) >= _MIN_OFFICE_WORDS
            and is_full_name(name)
            and name in lines[index - 1]
            and not runs_on(lines[index + 1])
        ):
            yield document.cut(index, "a name and office under who was just named")
