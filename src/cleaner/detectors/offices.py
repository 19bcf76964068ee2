"""Titles of office after the story, whose names went with their links."""

from collections.abc import Iterator
from typing import Final

from cleaner.detectors.looks import is_full_name
from cleaner.detectors.stubs import words_of
from cleaner.document import Document, is_open
from cleaner.edits import Finding

OFFICE: Final = "office"  # the slot
MAX_CHARS: Final = 110
_MIN_STORY_LINES: Final = 6
_SHORT_CHARS: Final = 3
_BULLETS: Final = "*•-–— "


def find_titles(document: Document) -> Iterator[Finding]:
    """The last lines, if they are titles of office below a finished sentence.

    The names went with their links. Of 41 such texts of 11,000 all but a broken
    sentence are noise: who signs does so with a name.
    """
    lines = document.lines
    first = len(lines)
    while first > _MIN_STORY_LINES and _is_title(lines[first - 1]):
        first -= 1
    if first > _MIN_STORY_LINES and not is_open(lines[first - 1]):
        for index in range(first, len(lines)):
            yield document.cut(index, "a title of office after the end")


def _is_title(line: str) -> bool:
    """Whether a line is a title without the name of who has it."""
    return (
        len(line) <= MAX_CHARS
        and not _is_signed(line)
        and is_open(line)
        and all(map(_is_of_name, line.split()))
        and words_of(OFFICE).search(line) is not None
    )


def _is_signed(line: str) -> bool:
    """Whether a name stands before the title: "Ruth Cole, President of the Club"."""
    name, comma, _ = line.lstrip(_BULLETS).partition(",")
    return comma != "" and is_full_name(name) and not words_of(OFFICE).search(name)


def _is_of_name(word: str) -> bool:
    """Whether a word is capitalized, a sign, or as short as "of" and "and"."""
    return not word[0].islower() or len(word) <= _SHORT_CHARS
