"""The page model: which lines of a whole web page are its main content.

What the words say, then trees over that and every line's features; last, the set of
lines whose F1 is expected to be the best. Sums are of whole numbers, and the one
division is of such, so every machine agrees to the byte.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from cleaner.compiled import PageScorer
from cleaner.compiled import page as native
from cleaner.document import Document
from cleaner.memo import lazy
from cleaner.model.page_context import (
    CONTEXT,
    Rows,
    clipped,
    context,
    headings,
    means,
    ranks,
)
from cleaner.model.page_features import GROUPS, NAMES, Page, describe
from cleaner.model.page_text import Hashes, Ints, alphabet, buckets, kind_words

KINDS: Final = (
    "article", "collection", "documentation", "forum", "listing", "product", "service",
)  # fmt: skip
CHANCE_UNITS: Final = 1000
_LINES_AT_ONCE: Final = 256
_SECTION: Final = GROUPS.index("section")
_LENGTH: Final = NAMES.index("length")
LEVELS: Final = np.array([10, 30, 50, 70, 90])
# What is told, too, by its rank among the page's lines: features, and words around.
RANKED: Final = [
    NAMES.index(name)
    for name in (
        "length", "prose_8", "prose_25", "chars_8", "chars_25", "stops_8", "known_count"
    )
]  # fmt: skip
RANKED_AROUND: Final = [
    CONTEXT.index(name) + table * len(CONTEXT)
    for table, name in ((0, ""), (0, "_2"), (0, "_6"), (0, "_20"), (1, "_6"))
]

# Where no more than this share of the words is expected to be noise, the text is no
# whole page, or one that was cleaned before; it stays as it is.
MIN_NOISE_PER_MILLE: Final = 60


@dataclass(frozen=True, eq=False)
class PageForest:
    """Trees of one depth, a row each, whose leaves are numbers.

    Node `n` asks whether the row of `rows` reaches the threshold; node `2 n + 1` goes
    on where it does not, node `2 n + 2` where it does. Behind the last level stand the
    leaves, in this order.
    """

    rows: NDArray[np.int16] = field(repr=False)  # trees by nodes
    thresholds: NDArray[np.int16] = field(repr=False)
    leaves: NDArray[np.int16] = field(repr=False)
    base: int

    def totals(self, rows: Rows) -> Ints:
        """The sum of the leaves in which each line ends."""
        starts = range(0, rows.shape[1], _LINES_AT_ONCE)
        parts = [self._totals(rows[:, at : at + _LINES_AT_ONCE]) for at in starts]
        return np.concatenate([np.zeros(0, np.int64), *parts])

    def _totals(self, rows: Rows) -> Ints:
        trees, nodes = self.rows.shape
        features, lines = rows.shape
        values = rows.T.ravel()  # what a line's trees ask for lies together
        line = np.arange(0, lines * features, features).reshape(-1, 1)
        asked, thresholds = self.rows.ravel().astype(np.int64), self.thresholds.ravel()
        tree = np.arange(trees)
        place = np.zeros((lines, trees), np.int64)
        while place[0, 0] < nodes:
            node = place + tree * nodes
            question = line + asked.take(node)
            answer = values.take(question) >= thresholds.take(node)
            place += place
            place += 1
            place += answer
        place += tree * (nodes + 1) - nodes
        found: Ints = self.leaves.ravel().take(place).sum(1, dtype=np.int64)
        return found + self.base


@dataclass(frozen=True, eq=False)
class PageModel:
    """Trained weights; made by `page_storage.loads`, never changed."""

    about: str
    words: NDArray[np.int8] = field(repr=False)  # of content, and of its end
    kinds: NDArray[np.int8] = field(repr=False)  # the same for each kind of page
    forest: PageForest
    chances: NDArray[np.int16] = field(repr=False)  # by a sum in steps of CHANCE_STEP
    digest: str

    def __getstate__(self) -> dict[str, Any]:
        return {name: part for name, part in vars(self).items() if name != "compiled"}

    @lazy
    def compiled(self) -> PageScorer | None:
        """The same, ready for the compiled way; None where nothing was compiled."""
        if native is None:
            return None
        forest = self.forest
        trees = (forest.rows, forest.thresholds, forest.leaves)
        return native.Model(
            *alphabet(),
            self.words.tobytes(),
            self.kinds.tobytes(),
            *forest.rows.shape,
            *(table.tobytes() for table in (*trees, self.chances)),
            forest.base,
        )

    def judge(self, document: Document) -> "Verdict":
        """The lines beside a page's main content, none if it is no page; its kind."""
        if not document.lines:
            return Verdict([], is_article=False)
        if self.compiled is None:
            sums = plain_sums(self, describe(document.text, document.title))
            noise, kinds = plain_noise(self.chances, sums), sums.kinds
        else:
            lines, kinds = self.compiled.sums(document.text, document.title)
            noise = self.compiled.noise(lines)
        return Verdict(noise, KINDS[kinds.index(max(kinds))] == "article")


Noise = list[tuple[int, int, float]]  # where lines start and end, how surely noise


class Verdict(NamedTuple):
    """What the model says of a page."""

    noise: Noise
    is_article: bool  # whether its words are most like an article's


class PageSums(NamedTuple):
    """Of each line its place, its words, and the sum of its leaves."""

    starts: Ints
    ends: Ints
    words: Ints
    totals: Ints
    kinds: tuple[int, ...]  # what the words say of each of KINDS


def plain_sums(model: PageModel, page: Page) -> PageSums:
    """What the compiled `sums` gives, the plain way."""
    kinds = kind_sums(page.words, model.kinds)
    rows = tree_rows(page, word_sums(page, model.words), kinds)
    words = page.word_counts
    totals = model.forest.totals(rows)
    starts, ends = page.spans
    return PageSums(starts, ends, words, totals, tuple(kinds.tolist()))


def plain_noise(table: NDArray[np.int16], sums: PageSums) -> Noise:
    """What the compiled `noise` gives of such lines, the plain way."""
    likely, words = chances(table, sums.totals), sums.words + 1
    gone = ~best_lines(likely, words)
    mass = int(((CHANCE_UNITS - likely) * words)[gone].sum())
    if mass < MIN_NOISE_PER_MILLE * int(words.sum()):
        return []
    scores = np.maximum(1, CHANCE_UNITS - likely) / CHANCE_UNITS
    rows = (part[gone].tolist() for part in (sums.starts, sums.ends, scores))
    return list(zip(*rows, strict=True))


CHANCE_STEP: Final = 8


def chances(table: NDArray[np.int16], totals: Ints) -> Ints:
    """The probability behind each sum, in thousandths."""
    place = np.clip(totals // CHANCE_STEP + len(table) // 2, 0, len(table) - 1)
    return table[place].astype(np.int64)


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


def kind_sums(words: Hashes, kinds: NDArray[np.int8]) -> Ints:
    """What the page's words say of its kind, in the order of KINDS."""
    codes = kind_words(words)
    sums = kinds[:, codes].sum(axis=1, dtype=np.int64)
    found: Ints = CHANCE_UNITS * sums // max(1, len(codes))
    return found


def tree_rows(page: Page, sums: Ints, kinds: Ints) -> Rows:
    """What the trees see."""
    count = page.rows.shape[1]
    around = context(sums)
    whole = np.append(kinds, _levels(page.rows[_LENGTH], sums[0]))
    parts: list[Ints | Rows] = [
        page.rows,
        around,
        np.repeat(whole, count).reshape(len(whole), count),
        np.array([*_by_group(sums[0], page)]),
        sums[:, headings(page.groups[_SECTION])],
        ranks(np.concatenate([page.rows[RANKED], around[RANKED_AROUND]])),
    ]
    return clipped(np.concatenate(parts))


def _levels(lengths: Ints, sums: Ints) -> Ints:
    """The sums of words below which so many shares of the page's characters lie."""
    order = np.argsort(sums, kind="stable")
    chars = np.cumsum(lengths[order])
    place = np.searchsorted(100 * chars, LEVELS * chars[-1])
    found: Ints = sums[order[place]]
    return found


def _by_group(values: Ints, page: Page) -> Iterator[Ints]:
    """For each group that a line belongs to, the mean of its values."""
    return (means(values, groups) for groups in page.groups)


def likely_lines(model: PageModel, page: Page) -> Ints:
    """For each line the probability that it is content, in thousandths."""
    return chances(model.chances, plain_sums(model, page).totals)


def best_lines(likely: Ints, words: Ints) -> NDArray[np.bool_]:
    """The lines whose F1 by words is expected to be the highest.

    That is all from some probability up, about half of the F1 that can be expected;
    a tenth below it, since a miss is the lesser evil.

    >>> best_lines(np.array([900, 300, 100]), np.array([9, 9, 9])).tolist()
    [True, False, False]
    """
    order = np.argsort(-likely, kind="stable")
    mass = likely * words
    hits = np.cumsum(mass[order])
    taken = CHANCE_UNITS * np.cumsum(words[order])
    best = int(np.argmax(hits / (taken + mass.sum() + 1)))
    found: NDArray[np.bool_] = 10 * likely >= 9 * likely[order[best]]
    return found
