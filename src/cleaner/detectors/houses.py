"""Lines and sentences with the fixed words of a site.

They are looked up: a pattern of a thousand long phrases takes megabytes, and the gate
has found them already.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from types import MappingProxyType
from typing import Final

from cleaner.document import WIDE_FROM, Document, Slot
from cleaner.edits import Finding
from cleaner.memo import late_pattern
from cleaner.patterns import Find
from cleaner.patterns.gate import phrases_of
from cleaner.patterns.sentences import (
    inner_ends,
    is_about_quotation,
    is_reported,
    is_said,
    sentence_starts,
    without_quotations,
)
from cleaner.patterns.signatures import LOWER
from cleaner.wording import as_phrases, bare

_MAX_CHARS: Final = 500  # of a line that goes as a whole
_MAX_BEFORE: Final = 60
_BRACKETS: Final = MappingProxyType({"(": ")", "[": "]", "*": ""})  # of a sentence
_SENTENCE_END: Final = late_pattern(r"[.!?…]['\"”’»)]{0,2}(?: |$)|[。！？]")
# Within a line shorter phrases may be a sentence's; words without spaces take less.
_MIN_CHARS: Final = 24
_MIN_WIDE_CHARS: Final = 12
# What is left of a sentence behind a phrase that is all of it, or its opening.
# Where neither mark nor capital comes the sentence goes on.
AFTER_WHOLE: Final = late_pattern(
    r"(?:[.!?…:。！？]{1,3}['\"”’»)\]]{0,2}|['\"”’»)\]]{0,2}(?!\s["
    + LOWER
    + r"]))(?=\s|\Z)"
)
AFTER_OPENING: Final = late_pattern(
    r"(?:[^.!?。！？\[\]\n]|\[[^\[\]\n]{0,80}\]){0,300}"
    r"(?:[.!?…]{1,3}['\"”’»)\]]{0,2}(?=\s|\Z)|\](?=\s)|[。！？]|\Z)"
)

Spans = Iterable[tuple[int, int]]


def find_house_lines(whole: str, opening: str) -> Find:
    """A detector of a slot's phrases, and of what those of another open.

    A line goes, or of a longer one the sentence.
    """
    ways = {whole: _spans_of_whole, opening: _spans_of_opening}

    def find(document: Document) -> Iterator[Finding]:
        for slot, indices in document.candidates.items():
            if spans_of := ways.get(slot.name):
                reason = f"{slot.name}/{slot.language}"
                for index in indices:
                    for start, end in spans_of(document.lines[index], slot):
                        yield document.cut_part(index, start, end, reason)

    return find


def _spans_of_whole(line: str, slot: Slot) -> Spans:
    """The line, if it is a phrase and nothing more; else sentences that are."""
    if bare(line) in bare_phrases(slot):
        return [(0, len(line))]
    return sentences(line, slot, AFTER_WHOLE())


@cache
def bare_phrases(slot: Slot) -> frozenset[str]:
    """The phrases of a slot without their marks."""
    return frozenset(map(bare, phrases_of(slot)))


def _spans_of_opening(line: str, slot: Slot) -> Spans:
    """The line, if a phrase stands near its start; else sentences that it opens."""
    if len(line) <= _MAX_CHARS and _is_opened(line, slot):
        return [(0, len(line))]
    return sentences(line, slot, AFTER_OPENING())


def _is_opened(line: str, slot: Slot) -> bool:
    """Whether a phrase stands near the start of a line, not quoted by the story."""
    if is_reported(line) or is_about_quotation(line):
        return False
    words = " ".join(as_phrases(without_quotations(line)).split())
    places = map(words.find, phrases_of(slot))
    return any(_is_near_start(words, at) for at in places if at >= 0)


def _is_near_start(words: str, at: int) -> bool:
    """Whether a word begins at a place, and no paragraph goes before.

    To a paragraph it would be glued, and take that along.
    """
    if words[at].isascii() and words[max(at - 1, 0) : at].isalnum():
        return False
    return at <= _MAX_BEFORE or not _SENTENCE_END().search(words, 0, at)


def sentences(line: str, slot: Slot, rest: re.Pattern[str]) -> Spans:
    """Where sentences of a line stand that a long phrase and such a rest are."""
    words, long = as_phrases(line), _long_phrases(slot)
    for start in sentence_starts(line) if len(words) == len(line) else ():
        closing = _BRACKETS.get(line[start : start + 1])
        first = start if closing is None else start + 1
        if not words.startswith(long, first):
            continue
        for phrase in long:
            begins = words.startswith(phrase, first)
            end = rest.match(line, first + len(phrase)) if begins else None
            if not end or not end[0].endswith(closing or ""):
                continue
            opened = first + len(phrase)
            inner = inner_ends(line, start, end.end())
            last = next((at for at in inner if at >= opened), end.end())
            if not is_said(line, start, last):
                yield start, last


@cache
def _long_phrases(slot: Slot) -> tuple[str, ...]:
    return tuple(
        phrase
        for phrase in phrases_of(slot)
        if len(phrase) >= (_MIN_WIDE_CHARS if phrase[0] >= WIDE_FROM else _MIN_CHARS)
    )
