"""A page's characters as numbers: their classes, its lines, its words as hashes.

One look-up gives every character's class; a word's hash is a difference of two sums, so
that all words of a page cost a few operations on arrays. Hashes wrap at 64 bits, which
is the same everywhere.
"""

from functools import cache
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from cleaner.spacing import BLANK

Codes = NDArray[np.uint32]
Kinds = NDArray[np.uint8]
Ints = NDArray[np.int64]
Hashes = NDArray[np.uint64]  # of words

# Classes of characters, in the order of a row of counts.
GAP, LOWER, UPPER, LETTER, WIDE, DIGIT = range(6)
STOP, COMMA, QUOTE, BRACKET, DASH, BULLET, SIGN, _OTHER = range(6, 14)
_CLASSES: Final = 16
_MARKS: Final = {
    STOP: ".!?…。！？｡．।॥؟۔",
    COMMA: ",;:，；：、،؛",
    QUOTE: "\"'“”„‘’«»‹›「」『』",
    BRACKET: "()[]{}（）【】《》",
    DASH: "-‐‑–—_~",
    BULLET: "•·*▪●►◆■○→➜|/\\>+⁃",
    SIGN: "@#$%&=<^©®™€£¥°",
}
_WIDE_RANGES: Final = (
    (0x0E00, 0x0F00), (0x1000, 0x10A0), (0x1780, 0x1800), (0x3040, 0x3100),
    (0x3400, 0xA000), (0xF900, 0xFB00),
)  # fmt: skip
_TABLE_CHARS: Final = 1 << 16

_FACTOR: Final = np.uint64(0x9E3779B97F4A7C15)
_INVERSE: Final = np.uint64(pow(0x9E3779B97F4A7C15, -1, 1 << 64))
_MIXER: Final = np.uint64(0xBF58476D1CE4E5B9)
_OPENING: Final = np.uint64(0x94D049BB133111EB)
_CLOSING: Final = np.uint64(0xD6E8FEB86659FD93)
_PAIR: Final = np.uint64(0xA0761D6478BD642F)
WORD_BITS: Final = 16
KIND_BITS: Final = 14
_USUAL_CHARS: Final = 1 << 16


@cache
def _tables() -> tuple[NDArray[np.uint8], NDArray[np.uint64]]:
    """Class and folded form of each character of the basic plane."""
    classes = np.full(_TABLE_CHARS, _OTHER, np.uint8)
    folded = np.arange(_TABLE_CHARS, dtype=np.uint64)
    for code in range(_TABLE_CHARS):
        char = chr(code)
        if char.isalpha():
            classes[code] = (
                LOWER if char.islower() else UPPER if char.isupper() else LETTER
            )
            folded[code] = ord(char.lower()[0])
        elif char.isdigit():
            classes[code], folded[code] = DIGIT, ord("0")
    for start, end in _WIDE_RANGES:
        classes[start:end] = WIDE
    for kind, marks in _MARKS.items():
        classes[[ord(mark) for mark in marks]] = kind
    classes[[ord(char) for char in BLANK]] = GAP
    return classes, folded


def alphabet() -> tuple[bytes, bytes]:
    """The class of each character and its folded form, for the compiled way."""
    classes, folded = _tables()
    return classes.tobytes(), folded.astype(np.uint16).tobytes()


class Lines(NamedTuple):
    """The lines that are not blank, and what stands between them."""

    starts: Ints
    ends: Ints
    indents: Ints
    gaps: Ints  # blank lines before
    counts: Ints  # a row for each class of characters
    first: Ints
    last: Ints


class PageText(NamedTuple):
    """A page's text, taken apart."""

    kinds: Kinds  # the class of each character
    lines: Lines
    words: Hashes
    word_lines: Ints  # the line of each word


def taken_apart(text: str) -> PageText:
    """The classes of the text's characters, its lines and words."""
    codes = _codes(text)
    kinds = _tables()[0][codes]
    lines = _lines(codes, kinds)
    return PageText(kinds, lines, *_words(codes, kinds, lines))


def different_words(text: str) -> Hashes:
    """The different words of a text, as hashes.

    >>> len(different_words("the bridge, The Bridge"))
    2
    """
    return np.unique(taken_apart(text).words)


def _codes(text: str) -> NDArray[np.uint32]:
    """The characters' code points, all beyond the basic plane as its last."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    return np.minimum(codes, np.uint32(_TABLE_CHARS - 1))


def _lines(codes: NDArray[np.uint32], kinds: NDArray[np.uint8]) -> Lines:
    """The lines that are not blank, and what stands between them."""
    ink = np.flatnonzero(kinds)
    is_break = codes == ord("\n")
    breaks = np.flatnonzero(is_break)
    number = np.cumsum(is_break)[ink]
    new = np.flatnonzero(np.diff(number, prepend=-1))
    starts = ink[new]
    ends = ink[np.append(new[1:], len(ink)) - 1] + 1
    raw = number[new]
    before = np.append(-1, breaks)[raw]
    line = np.repeat(np.arange(len(new)), np.diff(np.append(new, len(ink))))
    flat = np.bincount(line * _CLASSES + kinds[ink], minlength=len(new) * _CLASSES)
    return Lines(
        starts,
        ends,
        starts - before - 1,
        np.diff(raw, prepend=-1) - 1,
        flat.reshape(len(new), _CLASSES).T,
        kinds[starts].astype(np.int64),
        kinds[ends - 1].astype(np.int64),
    )


def _words(
    codes: NDArray[np.uint32], kinds: NDArray[np.uint8], lines: Lines
) -> tuple[Hashes, Ints]:
    """A hash for each word, by its folded letters; wide letters are words each."""
    inside = (kinds >= LOWER) & (kinds <= DIGIT)
    wide = kinds == WIDE
    edge = np.append(False, inside[:-1])
    opens = inside & (~edge | wide | np.append(False, wide[:-1]))
    starts = np.flatnonzero(opens)
    closes = inside & np.append(~inside[1:] | opens[1:], True)
    ends = np.flatnonzero(closes)
    folded = _tables()[1][codes]
    powers, inverse = _powers(len(codes))
    sums = np.zeros(len(codes) + 1, np.uint64)
    np.add.accumulate(folded * powers, out=sums[1:])
    hashes = (sums[ends + 1] - sums[starts]) * inverse[starts]
    hashes ^= hashes >> np.uint64(31)
    hashes *= _MIXER
    return hashes, np.searchsorted(lines.starts, starts, side="right") - 1


def _powers(count: int) -> tuple[Hashes, Hashes]:
    """The first powers of the hash's factor and of its inverse, modulo 2**64."""
    if count <= _USUAL_CHARS:
        powers, inverse = _usual_powers()
        return powers[:count], inverse[:count]
    return _made_powers(count)


@cache
def _usual_powers() -> tuple[Hashes, Hashes]:
    return _made_powers(_USUAL_CHARS)


def _made_powers(count: int) -> tuple[Hashes, Hashes]:
    table = np.array([[_FACTOR], [_INVERSE]]).repeat(count, axis=1)
    table[:, :1] = 1
    powers, inverse = np.multiply.accumulate(table, axis=1)
    return powers, inverse


def buckets(words: Hashes, lines: Ints) -> tuple[Ints, Ints]:
    """The word table's place for each word, pair, first and last word; their lines."""
    same = lines[1:] == lines[:-1]
    pairs = (words[:-1] * _PAIR + words[1:] * _FACTOR)[same]
    opens, closes = np.append(True, ~same), np.append(~same, True)
    keys = [words, pairs, words[opens[: len(words)]] * _OPENING]
    keys.append(words[closes[: len(words)]] * _CLOSING)
    places = [lines, lines[1:][same]]
    places += [lines[opens[: len(lines)]], lines[closes[: len(lines)]]]
    codes = (np.concatenate(keys) >> np.uint64(64 - WORD_BITS)).astype(np.int64)
    return codes, np.concatenate(places)


def triples(words: Hashes, lines: Ints) -> tuple[Hashes, Ints]:
    """A hash for each three words in a row on a line, and its line."""
    same = lines[2:] == lines[:-2]
    grams = words[:-2] * _PAIR + words[1:-1] * _FACTOR + words[2:] * _OPENING
    return grams[same], lines[2:][same]


def kind_words(words: Hashes) -> Ints:
    """The place in a table of kinds for each different word among these."""
    codes = (words >> np.uint64(64 - KIND_BITS)).astype(np.int64)
    return np.flatnonzero(np.bincount(codes)).astype(np.int64)
