"""A line's words, folded, in any script: what the line model weighs and compares."""

import re
from array import array
from functools import cache
from typing import Final

from cleaner.characters import CODES, cased, characters, units

_UNSPACED: Final = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff"
_WORD: Final = re.compile(
    "[^\\s\x00-/:-@\\[-`{-\xbf\u2000-\u206f\u3000-\u303f\uff00-\uff0f\uff1a-\uff20\u0964\u0965]+"
)

# The same for ASCII alone, where a table is four times as fast.
_ASCII_WORD_CHARS: Final = "".join(c for c in map(chr, range(128)) if _WORD.match(c))
_ASCII_GAPS: Final = {
    code: " " for code in range(128) if chr(code) not in _ASCII_WORD_CHARS
}


@cache  # of so many characters it takes its time: compiled when needed
def unspaced() -> re.Pattern[str]:
    """A character of a script that puts no spaces between words."""
    return re.compile(f"[{_UNSPACED}]")


def plain_words(line: str) -> list[str]:
    """The words in order; of scripts without spaces, each pair of characters.

    >>> plain_words("Read more: Storm hits coast")
    ['read', 'more', 'storm', 'hits', 'coast']
    >>> plain_words("点击查看")
    ['点击', '击查', '查看']
    """
    return _split(line.casefold())


def cased_words(line: str) -> list[str]:
    """The words as they are written, marked as such.

    >>> cased_words("Storm hits coast")
    ['=Storm', '=hits', '=coast']
    """
    return ["=" + word for word in _split(line)]


def _split(text: str) -> list[str]:
    if text.isascii():
        return text.translate(_ASCII_GAPS).split()
    found = _WORD.findall(text)
    if unspaced().search(text):
        return [part for word in found for part in _pairs(word)]
    return found


def words(line: str) -> list[str]:
    """The plain words; the first and the last once more, marked as such.

    >>> words("Storm hits coast")
    ['storm', 'hits', 'coast', '^storm', 'coast$']
    """
    return weighed(plain_words(line))


def weighed(found: list[str]) -> list[str]:
    """What `words` makes of the plain words."""
    return [*found, "^" + found[0], found[-1] + "$"] if found else []


def _pairs(word: str) -> list[str]:
    if word.isascii():
        return [word]
    return [word[i : i + 2] for i in range(max(1, len(word) - 1))]


# What the compiled way knows of characters up to U+FFFF.
_RANGE: Final = re.compile("(.)-(.)")
_WORD_FLAG, _UNSPACED_FLAG = 256, 512


@cache
def folds() -> bytes:
    """Each character folded, in 16 bits; 0 where it becomes more than one."""
    found = units()
    for char in cased():
        folded = char.casefold()
        found[ord(char)] = ord(folded) if len(folded) == 1 else 0
    return found.tobytes()


def flags() -> "array[int]":
    """Which characters stand in words, and which in scripts without spaces."""
    found = array("H", bytes(2 * len(CODES)))
    spans = [(_WORD_FLAG, *run.span()) for run in _WORD.finditer(characters())]
    for first, last in _RANGE.findall(_UNSPACED):
        spans.append((_WORD_FLAG | _UNSPACED_FLAG, ord(first), ord(last) + 1))
    for flag, start, end in spans:
        found[start:end] = array("H", [flag]) * (end - start)
    return found
