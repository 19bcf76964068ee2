"""The words of a document that is looked through for fused ones."""

import re
from collections import Counter
from functools import cache
from typing import Final

from cleaner.files import packaged
from cleaner.memo import late_pattern, lazy
from cleaner.patterns.signatures import INDIC

_ENDINGS: Final = ("s", "d", "ed", "ing", "ly")
_MIN_STEM_CHARS: Final = 3
_MANY_WORDS: Final = 32  # to count these one by one takes as long as to count all
_BEFORE_STOP: Final = late_pattern(r"(?<![^\W\d_])([^\W\d_]+)\.(?=[^\W\d_])")
MAX_COPIES: Final = 2  # a word that stands in a text more often is a name


class _Counts(dict[str, int]):
    """How often each word stands in a text, counted when first asked for.

    The first words one by one; when many are asked for, all that are letters at once.
    """

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = f" {text} "

    @lazy
    def of_letters(self) -> Counter[str]:
        return Counter("".join(c if c.isalpha() else " " for c in self.text).split())

    def __missing__(self, word: str) -> int:
        if len(self) >= _MANY_WORDS and word.isalpha():
            return self.of_letters[word]
        text, count = self.text, 0
        at = text.find(word) if word else -1
        while at >= 0:
            end = at + len(word)
            count += not (text[at - 1].isalpha() or text[end].isalpha())
            at = text.find(word, end)
        self[word] = count
        return count


class TextWords:
    """The words of a document, counted when first asked for."""

    def __init__(self, text: str) -> None:
        self.text = text

    @lazy
    def counts(self) -> "_Counts":
        """How often each stands in the text."""
        return _Counts(self.text)

    @lazy
    def before_stops(self) -> Counter[str]:
        """How often each stands before a full stop and another word."""
        return Counter(_BEFORE_STOP().findall(self.text))

    @lazy
    def are_english(self) -> bool:
        """Whether the text is English, by its commonest word."""
        return self.counts["the"] > 0

    @lazy
    def indic(self) -> frozenset[str]:
        """The words in Devanagari that stand before a space: no abbreviations."""
        return frozenset(re.findall(f"([{INDIC}]+) ", self.text))


@cache
def english() -> frozenset[str]:
    """Some 4,500 common English words, in lower case."""
    return frozenset(packaged("repair/english.txt").decode().split())


def is_english(word: str) -> bool:
    """Whether it is a common English word or a regular form of one."""
    known = english()
    return word in known or any(
        word.endswith(ending)
        and len(word) - len(ending) >= _MIN_STEM_CHARS
        and (word[: -len(ending)] in known or word[: -len(ending)] + "e" in known)
        for ending in _ENDINGS
    )
