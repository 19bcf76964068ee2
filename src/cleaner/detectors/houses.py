"""Lines that hold fixed words of a site: looked up, as they are too many for a pattern.

A pattern of a thousand long phrases takes megabytes; the gate has found them already.
"""

from collections.abc import Iterator
from functools import cache
from typing import Final

from cleaner.document import Document, Slot
from cleaner.edits import Finding
from cleaner.patterns import Find
from cleaner.patterns.gate import phrases_of
from cleaner.patterns.sentences import (
    is_about_quotation,
    is_reported,
    without_quotations,
)

MAX_CHARS: Final = 500


def find_house_lines(slot: str) -> Find:
    """A detector of lines in which one of a slot's phrases stands, as a whole."""

    def find(document: Document) -> Iterator[Finding]:
        for (language, name), indices in document.candidates.items():
            for index in indices if name == slot else ():
                if _is_house(document.lines[index], Slot(language, name)):
                    yield document.cut(index, f"{slot}/{language}")

    return find


def _is_house(line: str, slot: Slot) -> bool:
    """Whether a line holds one of the phrases, from where a word begins on.

    One that is quoted is the story's.
    """
    if len(line) > MAX_CHARS or is_reported(line) or is_about_quotation(line):
        return False
    words = f" {' '.join(without_quotations(line).lower().split())}"
    return any(phrase in words for phrase in _opened(slot))


@cache
def _opened(slot: Slot) -> tuple[str, ...]:
    marks = ("", *"(*[")
    return tuple(f" {mark}{phrase}" for phrase in phrases_of(slot) for mark in marks)
