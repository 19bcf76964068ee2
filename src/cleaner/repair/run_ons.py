"""English words that ran into others: "Ukrainecertainly", "reportsthat"."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from cleaner.memo import known, late_pattern
from cleaner.patterns.slots import phrase_set
from cleaner.repair.words import (
    MAX_COPIES,
    TextWords,
    english,
    is_english,
)

_NAME_CHARS: Final = range(4, 22)
# Within a word no look is worth it, unless a capital stands there.
_LONG_WORD: Final = late_pattern("(?:[A-Z]|(?<![A-Za-z])[a-z])[a-z]{7,}")
_BESIDE_WORD: Final = late_pattern(r"[\w@/’'-]|\.\w")
_MIN_COMMON_CHARS: Final = 5  # "sandwhich" and "bandwith" are slips


def find_run_ons(line: str, words: TextWords) -> Iterator[int]:
    """Two words: "Ukrainecertainly", "reportsthat"; not "Netherlands", "Watergate"."""
    done = 0
    for at, left, right in _glued_words(line):
        end = at + len(right)
        if end > done and _ran_on(left, right, words):
            done = end
            yield at


@cache
def _run_on() -> tuple[frozenset[str], range, frozenset[str]]:
    """The words that others run into, their lengths, and what they end in at least."""
    words = phrase_set("run_on")
    lengths = sorted(map(len, words))
    ends = frozenset(word[-lengths[0] :] for word in words)
    return words, range(lengths[0], lengths[-1] + 1), ends


@known
def _glued_words(line: str) -> tuple[tuple[int, str, str], ...]:
    """Where a word begins that others run into, and what it and the one before are.

    Of two that a word ends in, the first is the longer without the shorter.
    """
    run_on, lengths, ends = _run_on()
    found = []
    for match in _LONG_WORD().finditer(line):
        whole, end = match[0], match.end()
        if whole[-lengths[0] :] in ends and _stands_alone(line, match.start(), end):
            parts = [(whole[:-length], whole[-length:]) for length in lengths]
            found += [
                (end - len(right), left, right)
                for left, right in parts
                if right in run_on and len(left) in _NAME_CHARS
            ]
    return tuple(found)


def _stands_alone(line: str, start: int, end: int) -> bool:
    """Whether no sign stands beside a word that makes it a part of something longer."""
    before = line[start - 1 : start]
    return not (_BESIDE_WORD().match(line, end) or re.match(r"[\w’'@#/.-]", before))


def _ran_on(left: str, right: str, words: TextWords) -> bool:
    if is_english((left + right).lower()) or words.counts[left + right] > MAX_COPIES:
        return False
    between = phrase_set("function_word")
    if right in between and is_english(left.lower()):
        return len(left) >= _MIN_COMMON_CHARS and left.lower() not in between
    return (
        right != "than"  # "Rajasthan", "Jonathan"
        and left.istitle()
        and left.lower() not in english()
        and words.counts[left] > 0
        and words.counts[left.lower()] == 0
    )
