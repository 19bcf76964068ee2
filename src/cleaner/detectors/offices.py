"""Titles of office after the story: a firm's people, and over an author's account."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from cleaner.detectors.authors import (
    CHARS_A_TRAIT_OF_BOX,
    MAX_BOX_CHARS,
    but_captions,
    traits_in,
)
from cleaner.document import Document, is_open
from cleaner.edits import Finding
from cleaner.languages import ANY
from cleaner.patterns.slots import phrases

OFFICE: Final = "office"  # the slot
MAX_CHARS: Final = 110
_MIN_STORY_LINES: Final = 6
_SHORT_CHARS: Final = 3
_MIN_TRAITS: Final = 4
_MIN_NAME_CHARS: Final = 3


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


def find_titled_boxes(document: Document) -> Iterator[Finding]:
    """An author's box in shreds, from a title of office to the end of the text.

    The name over it went with its link: it is the first word below, new to the story.
    """
    lines = document.lines
    for title in document.candidates_of(OFFICE):
        is_amid = _MIN_STORY_LINES <= title < len(lines) - 1
        is_titled = is_amid and _is_title(lines[title])
        is_over = is_titled and not is_open(lines[title - 1])
        if is_over and _is_account(document, title + 1):
            for index in but_captions(lines, range(title, len(lines))):
                yield document.cut(index, "an author's box under a title")
            return


def _is_account(document: Document, first: int) -> bool:
    """Whether the text from a line on tells of somebody, as authors are told of."""
    name = re.split(r"['’\s]", document.lines[first], maxsplit=1)[0]
    if len(name) < _MIN_NAME_CHARS or not name.isalpha() or not name[0].isupper():
        return False
    start = document.starts[first]
    box = document.text[start:]
    traits = traits_in(box) if len(box) <= MAX_BOX_CHARS else 0
    return (
        traits >= _MIN_TRAITS
        and len(box) <= traits * CHARS_A_TRAIT_OF_BOX
        and box.count(name) > 1
        and document.text.find(name, 0, start) < 0
    )


def _is_title(line: str) -> bool:
    return (
        len(line) <= MAX_CHARS
        and is_open(line)
        and all(map(_is_of_name, line.split()))
        and _office().search(line) is not None
    )


def _is_of_name(word: str) -> bool:
    """Whether a word is capitalized, a sign, or as short as "of" and "and"."""
    return not word[0].islower() or len(word) <= _SHORT_CHARS


@cache
def _office() -> re.Pattern[str]:
    words = "|".join(map(re.escape, phrases(ANY, OFFICE)))
    return re.compile(rf"(?<![\w-])(?:{words})(?![\w-])", re.IGNORECASE)
