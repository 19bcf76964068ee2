"""What stands more than once on a page: lines, and runs of three words."""

from typing import Final

import numpy as np

from cleaner.model.page_text import Hashes, Ints, triples

# What is more counts as so much, since the first page model was fitted.
FURTHER_LINES: Final = 300
MAX_COPIES: Final = 9


def numbered(keys: Hashes | Ints) -> Ints:
    """The keys as small numbers, equal ones alike.

    >>> numbered(np.array([70, 9, 70])).tolist()
    [1, 0, 1]
    """
    return np.unique(keys, return_inverse=True)[1]


def copies(numbers: Ints) -> Ints:
    """How many have each one's number.

    >>> copies(np.array([0, 1, 0])).tolist()
    [2, 1, 2]
    """
    return np.bincount(numbers)[numbers]


def copied(numbers: Ints) -> dict[str, Ints]:
    """How many lines like it stand before a line and after, how far away the last."""
    count = len(numbers)
    order = np.argsort(numbers, kind="stable")
    ordered = numbers[order]
    before = np.zeros(count, np.int64)
    before[order] = np.arange(count) - np.searchsorted(ordered, ordered)
    since = np.diff(order, prepend=0)
    since[before[order] == 0] = -1
    far = np.zeros(count, np.int64)
    far[order] = np.minimum(since, FURTHER_LINES)
    return {
        "copies_before": np.minimum(before, MAX_COPIES),
        "copies_after": np.minimum(copies(numbers) - 1 - before, MAX_COPIES),
        "since_copy": far,
    }


def seen(words: Hashes, word_lines: Ints, count: int) -> dict[str, Ints]:
    """How much of a line's runs of three words stands in lines before, and after."""
    grams, lines = triples(words, word_lines)
    kinds, numbers = np.unique(grams, return_inverse=True)
    first, last = np.full(len(kinds), count), np.full(len(kinds), -1)
    np.minimum.at(first, numbers, lines)
    np.maximum.at(last, numbers, lines)
    total = np.maximum(np.bincount(lines, minlength=count), 1)
    known = (lines[first[numbers] < lines], lines[last[numbers] > lines])
    before, after = (100 * np.bincount(k, minlength=count) // total for k in known)
    return {"seen_before": before, "seen_after": after}
