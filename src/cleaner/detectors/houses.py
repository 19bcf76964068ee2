"""Lines that hold fixed words of a site: looked up, as they are too many for a pattern.

A pattern of a thousand long phrases takes megabytes; the gate has found them already.
"""

from collections.abc import Iterator
from functools import cache
from typing import Final

from cleaner.document import WIDE_FROM, Document, Slot, bare
from cleaner.edits import Finding
from cleaner.memo import late_pattern
from cleaner.patterns import Find
from cleaner.patterns.gate import phrases_of
from cleaner.patterns.sentences import (
    is_about_quotation,
    is_reported,
    without_quotations,
)

MAX_CHARS: Final = 500
# Shorter phrases must be the whole line: within one they may be a sentence's. Words of
# scripts without spaces take fewer characters.
_MIN_CHARS: Final = 24
_MIN_WIDE_CHARS: Final = 10
_MAX_BEFORE: Final = 60
_SENTENCE_END: Final = late_pattern(r"[.!?…]['\"”’»)]{0,2}(?: |$)|[。！？]")


def find_house_lines(slot: str) -> Find:
    """A detector of lines that are, or hold, one of a slot's phrases, as a whole."""

    def find(document: Document) -> Iterator[Finding]:
        for (language, name), indices in document.candidates.items():
            for index in indices if name == slot else ():
                if _is_house(document.lines[index], Slot(language, name)):
                    yield document.cut(index, f"{slot}/{language}")

    return find


def _is_house(line: str, slot: Slot) -> bool:
    """Whether a line is a short phrase, or a long one stands near its start.

    One that is quoted is the story's.
    """
    if len(line) > MAX_CHARS or is_reported(line) or is_about_quotation(line):
        return False
    if bare(line) in _short(slot):
        return True
    words = f" {' '.join(without_quotations(line).lower().split())}"
    places = (words.find(phrase) for phrase in _long(slot))
    return any(_is_near_start(words, at) for at in places if at >= 0)


def _is_near_start(words: str, at: int) -> bool:
    """Whether no paragraph goes before a place, to which it would be glued."""
    return at <= _MAX_BEFORE or not _SENTENCE_END().search(words, 0, at)


def _is_long(phrase: str) -> bool:
    least = _MIN_WIDE_CHARS if phrase[0] >= WIDE_FROM else _MIN_CHARS
    return len(phrase) >= least


@cache
def _short(slot: Slot) -> frozenset[str]:
    return frozenset(bare(p) for p in phrases_of(slot) if not _is_long(p))


@cache
def _long(slot: Slot) -> tuple[str, ...]:
    """The long phrases as they stand in a line: behind a space or an opening mark."""
    return tuple(
        f"{before}{phrase}"
        for phrase in filter(_is_long, phrases_of(slot))
        for before in (("",) if phrase[0] >= WIDE_FROM else (" ", *"(*["))
    )
