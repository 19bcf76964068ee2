"""Which lines of a page are its main content, by a reference text.

A page says much twice: a menu has words of the story, a teaser its headline. Each word
of the reference counts once, so it goes to the line that is content most surely: long
lines come first, and of lines as long those that stand among such lines.
"""

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

_WORD: Final = re.compile(r"\w+")
_GRAM: Final = 3
# A line of so many words that stands in the reference shows where the content is.
_SURE_WORDS: Final = 8
_MOST_WORDS: Final = 40  # so that one paragraph is not all of what stands around
_NEAR_LINES: Final = 10
_FAR_LINES: Final = 40
_FAR_SHARE: Final = 0.3
_FEW_WORDS: Final = 20  # with fewer around a line nothing is told by them
_LONGEST: Final = 5  # in binary digits of words

Grams = Counter[tuple[str, ...]]


class _Left(NamedTuple):
    """What of a reference no line has used up yet."""

    words: Counter[str]
    grams: Grams
    whole: str  # of which nothing is ever gone


def content_lines(lines: Sequence[str], reference: str) -> NDArray[np.bool_]:
    """For each line whether it is content; each word of the reference counts once.

    >>> story = "The bridge is open again, says the mayor of the town."
    >>> content_lines(["Bridge", "Town", story], f"The town {story}").tolist()
    [False, True, True]
    """
    words = [_words(line) for line in lines]
    wanted = _words(reference)
    left = _Left(Counter(wanted), _grams(wanted), f" {' '.join(wanted)} ")
    nearness = _nearness(words, left.grams)
    sizes = [min(len(own).bit_length(), _LONGEST) for own in words]
    found = np.zeros(len(words), np.bool_)
    for place in sorted(range(len(words)), key=lambda at: (-sizes[at], -nearness[at])):
        found[place] = _takes(words[place], left)
    return found


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower())


def _grams(words: list[str]) -> Grams:
    return Counter(zip(words, words[1:], words[2:], strict=False))


def _takes(words: list[str], left: _Left) -> bool:
    """Whether a line stands in what is left, which then is used up.

    Of a long line half of its runs of three words must, of a shorter one every word.
    """
    if len(words) < _GRAM:
        if not words or f" {' '.join(words)} " not in left.whole:
            return False
        if any(left.words[word] < words.count(word) for word in words):
            return False
    else:
        own = _grams(words)
        found = own & left.grams
        if 2 * found.total() < own.total():
            return False
        left.grams.subtract(found)
    left.words.subtract(words)
    return True


def _nearness(words: Sequence[list[str]], grams: Grams) -> NDArray[np.float64]:
    """How much of what stands around each line surely is content."""
    sizes = np.array([min(len(own), _MOST_WORDS) for own in words], np.int64)
    sure = sizes * np.array([_is_sure(own, grams) for own in words], np.bool_)
    near, far = (_share(sure, sizes, reach) for reach in (_NEAR_LINES, _FAR_LINES))
    return np.round(near + _FAR_SHARE * far, 2)


def _is_sure(words: list[str], grams: Grams) -> bool:
    own = _grams(words)
    return len(words) >= _SURE_WORDS and 2 * (own & grams).total() >= own.total()


def _share(
    part: NDArray[np.int64], whole: NDArray[np.int64], reach: int
) -> NDArray[np.float64]:
    """What share of the words around each line a part of them is."""
    place = np.arange(len(part))
    low, high = np.maximum(place - reach, 0), np.minimum(place + reach + 1, len(part))
    parts, wholes = (np.append(0, np.cumsum(row)) for row in (part, whole))
    found: NDArray[np.float64] = (parts[high] - parts[low]) / (
        wholes[high] - wholes[low] + _FEW_WORDS
    )
    return found
