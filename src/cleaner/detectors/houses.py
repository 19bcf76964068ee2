"""Lines with the fixed words of a site: looked up, as they are too many for a pattern.

A pattern of a thousand long phrases takes megabytes; the gate has found them already.
"""

from collections.abc import Iterator
from functools import cache
from typing import Final

from cleaner.document import Document, Slot, bare
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
_MAX_BEFORE: Final = 60
_SENTENCE_END: Final = late_pattern(r"[.!?…]['\"”’»)]{0,2}(?: |$)|[。！？]")


def find_house_lines(whole: str, opening: str) -> Find:
    """A detector of lines that are a phrase of one slot, or begin with another's."""
    tests = {whole: _is_whole, opening: _is_opened}

    def find(document: Document) -> Iterator[Finding]:
        for slot, indices in document.candidates.items():
            if is_house := tests.get(slot.name):
                for index in indices:
                    if is_house(document.lines[index], slot):
                        yield document.cut(index, f"{slot.name}/{slot.language}")

    return find


def _is_whole(line: str, slot: Slot) -> bool:
    """Whether a line is a phrase and nothing more."""
    return bare(line) in _bare_phrases(slot)


@cache
def _bare_phrases(slot: Slot) -> frozenset[str]:
    return frozenset(map(bare, phrases_of(slot)))


def _is_opened(line: str, slot: Slot) -> bool:
    """Whether a phrase stands near the start of a line, not quoted by the story."""
    if len(line) > MAX_CHARS or is_reported(line) or is_about_quotation(line):
        return False
    words = " ".join(without_quotations(line).lower().split())
    places = map(words.find, phrases_of(slot))
    return any(_is_near_start(words, at) for at in places if at >= 0)


def _is_near_start(words: str, at: int) -> bool:
    """Whether a word begins at a place, and no paragraph goes before.

    To a paragraph it would be glued, and take that along.
    """
    if words[at].isascii() and words[max(at - 1, 0) : at].isalnum():
        return False
    return at <= _MAX_BEFORE or not _SENTENCE_END().search(words, 0, at)
