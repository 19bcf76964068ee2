"""The page model: which lines of a whole web page are its main content.

Words, then trees over every line's features, then trees over the first trees' scores
along the page; last, the set of lines whose F1 is expected to be the best. Sums are of
whole numbers, and the one division is of such, so every machine agrees to the byte.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from cleaner.document import Document
from cleaner.edits import Finding
from cleaner.model.page_features import Page, context, describe, means, windowed
from cleaner.model.page_text import Ints, Words, buckets, kind_words, taken_apart

Rows = NDArray[np.int16]

KINDS: Final = (
    "article", "collection", "documentation", "forum", "listing", "product", "service",
)  # fmt: skip
CHANCE_UNITS: Final = 1000
_LARGEST: Final = 32_000
_LINES_AT_ONCE: Final = 4096
_REASON: Final = "not the page's main content"
_MASS_CHARS: Final = 2000
_MASS_PICKS: Final = np.array([(0, reach, reach) for reach in (3, 12, 40)])

# Where no more than this share of the words is expected to be noise, the text is no
# whole page, or one that was cleaned before; it stays as it is.
MIN_NOISE_SHARE: Final = 60


@dataclass(frozen=True)
class Forest:
    """Trees that ask the same question of all lines on a level, so a leaf is a number.

    A level's answer is whether the row of `rows` reaches the threshold; the answers of
    a tree, highest bit first, are the place in its leaves.
    """

    rows: NDArray[np.int16] = field(repr=False)  # trees by levels
    thresholds: NDArray[np.int16] = field(repr=False)
    leaves: NDArray[np.int16] = field(repr=False)
    base: int

    def totals(self, rows: Rows) -> Ints:
        """The sum of the leaves in which each line ends."""
        starts = range(0, rows.shape[1], _LINES_AT_ONCE)
        parts = [self._totals(rows[:, at : at + _LINES_AT_ONCE]) for at in starts]
        return np.concatenate([np.zeros(0, np.int64), *parts])

    def _totals(self, rows: Rows) -> Ints:
        trees, levels = self.rows.shape
        asked, thresholds, starts = self._by_level
        answers = (rows.take(asked, axis=0) >= thresholds).view(np.uint8)
        answers = answers.reshape(levels, trees, -1)
        place = answers[0].copy()
        for answer in answers[1:]:
            place += place
            place += answer
        found: Ints = self.leaves.ravel().take(place + starts).sum(0, dtype=np.int64)
        return found + self.base

    @cached_property
    def _by_level(self) -> tuple[Ints, Rows, Ints]:
        """The questions level by level, and where each tree's leaves start."""
        trees, size = self.leaves.shape
        starts = np.arange(0, trees * size, size).reshape(-1, 1)
        asked = self.rows.T.ravel().astype(np.int64)
        return asked, self.thresholds.T.reshape(-1, 1), starts


@dataclass(frozen=True)
class PageModel:
    """Trained weights; made by `page_storage.loads`, never changed."""

    about: str
    words: NDArray[np.int8] = field(repr=False)  # of content, and of its end
    kinds: NDArray[np.int8] = field(repr=False)  # the same for each kind of page
    first: Forest
    second: Forest
    chances: NDArray[np.int16] = field(repr=False)  # by a sum in steps of CHANCE_STEP
    digest: str

    def find_noise(self, document: Document) -> list[Finding]:
        """The lines of a whole page beside its main content; none if it is no page."""
        if not document.lines:
            return []
        page = describe(document.text, document.title)
        likely, words = likely_lines(self, page), page.rows[1] + 1
        gone = ~best_lines(likely, words)
        noise = int(((CHANCE_UNITS - likely) * words)[gone].sum())
        if noise < MIN_NOISE_SHARE * int(words.sum()):
            return []
        certain = np.maximum(1, CHANCE_UNITS - likely)
        rows = (*page.spans, certain)
        return [
            Finding(start, end, _REASON, score=chance / CHANCE_UNITS)
            for start, end, chance in zip(
                *(r[gone].tolist() for r in rows), strict=True
            )
        ]

    def is_article(self, document: Document) -> bool:
        """Whether the words of the page are most like an article's."""
        if not document.lines:
            return False
        sums = kind_sums(taken_apart(document.text).words, self.kinds)
        return KINDS[int(np.argmax(sums))] == "article"


CHANCE_STEP: Final = 8


def chances(odds: NDArray[np.int16], totals: Ints) -> Ints:
    """The probability behind each sum, in thousandths."""
    place = np.clip(totals // CHANCE_STEP + len(odds) // 2, 0, len(odds) - 1)
    return odds[place].astype(np.int64)


def word_sums(page: Page, words: NDArray[np.int8]) -> Ints:
    """What each line's words say of content, and of the content's end."""
    codes, lines = buckets(page.words, page.word_lines)
    count = page.rows.shape[1]
    return np.array(
        [
            np.bincount(lines, weights=table[codes], minlength=count).astype(np.int64)
            for table in words
        ]
    )


def kind_sums(words: Words, kinds: NDArray[np.int8]) -> Ints:
    """What the page's words say of its kind, in the order of KINDS."""
    codes = kind_words(words)
    sums = kinds[:, codes].sum(axis=1, dtype=np.int64)
    found: Ints = CHANCE_UNITS * sums // max(1, len(codes))
    return found


def first_rows(page: Page, sums: Ints, kinds: Ints) -> Rows:
    """What the first trees see."""
    count = page.rows.shape[1]
    whole = np.repeat(kinds, count).reshape(len(kinds), count)
    return clipped(
        np.concatenate([page.rows, context(sums), whole, [*by_group(sums[0], page)]])
    )


def by_group(values: Ints, page: Page) -> Iterator[Ints]:
    """For each group that a line belongs to, the mean of its values."""
    return (means(values, groups) for groups in page.groups)


def second_rows(first: Rows, page: Page, totals: Ints, likely: Ints) -> Rows:
    """What the second trees see: the same, and what the first trees say near by."""
    length = page.rows[0]
    mass = likely * np.minimum(length, _MASS_CHARS)
    total = max(int(mass.sum()), 1)
    count = len(length)
    along = np.array(
        [
            1000 * np.cumsum(mass) // total,
            np.full(count, total // 1000),
            np.full(count, total // max(int(length.sum()), 1)),
            *(windowed(mass[np.newaxis], _MASS_PICKS) // 100),
            np.full(count, likely.max(initial=0)),
            *by_group(totals, page),
        ]
    )
    return np.concatenate([first, clipped(context(totals[np.newaxis])), clipped(along)])


def clipped(rows: Ints) -> Rows:
    """Rows of small numbers."""
    return np.clip(rows, -_LARGEST, _LARGEST).astype(np.int16)


def likely_lines(model: PageModel, page: Page) -> Ints:
    """For each line the probability that it is content, in thousandths."""
    sums = word_sums(page, model.words)
    kinds = kind_sums(page.words, model.kinds)
    first = first_rows(page, sums, kinds)
    totals = model.first.totals(first)
    rows = second_rows(first, page, totals, chances(model.chances, totals))
    return chances(model.chances, model.second.totals(rows))


def best_lines(likely: Ints, words: Ints) -> NDArray[np.bool_]:
    """The lines whose F1 by words is expected to be the highest.

    That is all from some probability up, about half of the F1 that can be expected;
    a fifth below it, since a line's neighbours share its errors, and a miss is the
    lesser evil.

    >>> best_lines(np.array([900, 300, 100]), np.array([9, 9, 9])).tolist()
    [True, False, False]
    """
    order = np.argsort(-likely, kind="stable")
    mass = likely * words
    hits = np.cumsum(mass[order])
    taken = CHANCE_UNITS * np.cumsum(words[order])
    best = int(np.argmax(hits / (taken + mass.sum() + 1)))
    found: NDArray[np.bool_] = 5 * likely >= 4 * likely[order[best]]
    return found
