"""What a text says twice: Gopher's repetition signals, in datatrove's reading.

Rae et al. 2021 (arXiv 2112.11446), table A1. Shares are of the text's characters.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

import numpy as np

from cleaner.signals.table import DUPLICATE_NGRAMS, TOP_NGRAMS
from cleaner.signals.words import Counts, Keys, Words

_MIX: Final = np.uint64(0xD6E8FEB86659FD93)  # odd, of random bits


class Repeats(NamedTuple):
    """How many of some pieces stood before, and their characters."""

    pieces: int
    characters: int


def repeats(pieces: Sequence[str]) -> Repeats:
    """What of the pieces stood before.

    >>> repeats(["Share", "He left.", "Share"])
    Repeats(pieces=1, characters=5)
    """
    if len(set(pieces)) == len(pieces):
        return Repeats(0, 0)
    again = {piece: n - 1 for piece, n in Counter(pieces).items() if n > 1}
    return Repeats(
        sum(again.values()), sum(len(piece) * n for piece, n in again.items())
    )


def repetition(text: str, words: Words) -> Iterator[tuple[str, float]]:
    """Gopher's repetition signals of a text that consists of the words."""
    size = len(text) or 1
    for name, pieces in (("para", _paragraphs(text)), ("line", _lines(text))):
        again = repeats(pieces)
        yield f"dup_{name}_frac", again.pieces / len(pieces)
        yield f"dup_{name}_char_frac", again.characters / size
    ends = np.concatenate(([0], np.cumsum(words.lengths)))
    for n, grams in _ngrams(words.keys):
        if n in TOP_NGRAMS:
            yield f"top_{n}_gram", _top_characters(ends, n, grams) / size
        else:
            yield (
                f"duplicated_{n}_n_grams",
                _duplicate_characters(ends, n, grams) / size,
            )


def _paragraphs(text: str) -> list[str]:
    """The text cut at two line feeds or more."""
    pieces = (piece.lstrip("\n") for piece in text.strip().split("\n\n"))
    return [piece for piece in pieces if piece] or [""]


def _lines(text: str) -> list[str]:
    """The text cut at one line feed or more; what stands before the first counts."""
    pieces = text.split("\n")
    inner = [piece for piece in pieces[1:-1] if piece]
    return [pieces[0], *inner, *pieces[1:][-1:]]


class _Grams(NamedTuple):
    """The n-grams that stand more than once, in order."""

    starts: Counts
    keys: Keys
    counts: Counts  # how often each stands


_NO_GRAMS: Final = _Grams(
    np.zeros(0, np.int64), np.zeros(0, np.uint64), np.zeros(0, np.int64)
)


def _ngrams(words: Keys) -> Iterator[tuple[int, _Grams]]:
    """For each n the n-grams that stand more than once.

    They can do so only where both of the shorter ones in them do.
    """
    starts, keys = np.arange(len(words)), words
    for n in range(TOP_NGRAMS[0], DUPLICATE_NGRAMS[-1] + 1):
        grams = _NO_GRAMS
        if len(starts) > 1:
            goes_on = (starts[1:] - starts[:-1] == 1).nonzero()[0]
            starts = starts[goes_on]
            keys = keys[goes_on] * _MIX + words[starts + (n - 1)]
            grams = _repeated(starts, keys)
        starts, keys = grams.starts, grams.keys
        yield n, grams


def _repeated(starts: Counts, keys: Keys) -> _Grams:
    if len(keys) <= 1:
        return _NO_GRAMS
    order = keys.argsort()
    ordered = keys[order]
    is_new = ordered[1:] != ordered[:-1]
    if is_new.all():
        return _NO_GRAMS
    is_first = np.ones(len(keys) + 1, np.bool_)
    is_first[1:-1] = is_new
    bounds = is_first.nonzero()[0]
    counts = np.empty(len(keys), np.int64)
    sizes = bounds[1:] - bounds[:-1]
    counts[order] = sizes.repeat(sizes)
    found = (counts > 1).nonzero()[0]
    return _Grams(starts[found], keys[found], counts[found])


def _top_characters(ends: Counts, n: int, grams: _Grams) -> int:
    """The characters of the most frequent n-gram, all times; the first of equals."""
    if len(ends) <= n:
        return 0
    top = int(grams.counts.argmax()) if grams.starts.size else None
    start, count = (grams.starts[top], grams.counts[top]) if top is not None else (0, 1)
    spaces = n - 1
    return int(count * (ends[start + n] - ends[start] + spaces))


def _duplicate_characters(ends: Counts, n: int, grams: _Grams) -> int:
    """The characters of the n-grams that stood before, none counted twice.

    Read from the left; one that is counted is skipped as a whole.
    """
    if not grams.starts.size:
        return 0
    seen: set[int] = set()
    total = free_from = 0
    for start, key in zip(grams.starts.tolist(), grams.keys.tolist(), strict=True):
        if start < free_from:
            continue
        if key in seen:
            total += int(ends[start + n] - ends[start])
            free_from = start + n
        else:
            seen.add(key)
    return total
