"""Scores: from a line's codes and words to a probability, in whole numbers only.

Boosted trees over bucketed features ask only "which bucket?". So each bucket of each
feature owns one long integer with a bit for every leaf that it still allows; the AND
over a line's buckets leaves one bit a tree. The sum of the leaves' weights is then a
few population counts against bit planes: exact on every machine.
"""

from array import array
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, repeat
from typing import Final, Literal, NamedTuple, get_args

from cleaner.compiled import LineScorer
from cleaner.compiled import lines as native
from cleaner.document import is_open
from cleaner.memo import lazy
from cleaner.model.exemptions import is_exempt
from cleaner.model.features import (
    classes,
    copies_of,
    describe,
    story_end,
    suspects,
)
from cleaner.model.line_words import cased_words, folds, plain_words, weighed
from cleaner.wrapped import is_shredded

# What a score is the probability of: noise; or noise or frame (headline, standfirst,
# byline, caption), which are all that is not the bare body.
Kind = Literal["noise", "not_body"]
_PLACES: Final = {kind: place for place, kind in enumerate(get_args(Kind))}

# A word's two weights share one integer, so that one sum adds both.
_SHIFT: Final = 32
_HALF: Final = 1 << (_SHIFT - 1)
_LOW: Final = (1 << _SHIFT) - 1

PROBABILITY_UNITS: Final = 1_000_000

# Down to the story's last paragraph a line whose words speak for content is not looked
# at further: of 1,601 articles that spares 64 of 100 such lines, and two of 111 that it
# would cut there. By the buckets of the words' sums that training cuts: from 14 on the
# log odds of noise are -1.5 or more, as of a line none of whose words is known.
_LEAST_CODES: Final[Mapping[Kind, int]] = {"noise": 14, "not_body": 0}


# Out of folds, of 100 finished lines that were noise for 0.80 to 0.90, 21 were content;
# of those above, 4; of open ones from 0.80 on, 4.
_LEAST_FOR_SENTENCE: Final = 0.90


class Asked(NamedTuple):
    """What a model is asked: which chosen lines of a document are of a kind.

    `lines` are a document's stripped, non-blank lines; `chosen` says which to score,
    `gone` how many lines were cut before each line, and after the last.
    """

    lines: Sequence[str]
    chosen: Sequence[int]
    title: str | None = None
    gone: Sequence[int] | None = None
    kind: Kind = "noise"


class LineForest(NamedTuple):
    """Trees as masks (by feature and bucket), leaf weights as planes, lowest bit first.

    `curve` turns a sum into a probability: pairs of a sum and millionths, rising.
    """

    leaves: int
    masks: tuple[tuple[int, ...], ...]
    planes: tuple[int, ...]
    base: int
    curve: tuple[tuple[int, int], ...]

    @property
    def surest(self) -> float:
        """The highest probability that it gives."""
        return self.curve[-1][1] / PROBABILITY_UNITS

    def total(self, row: Sequence[int]) -> int:
        """The sum of the leaves in which the row ends."""
        left = -1
        for masks, code in zip(self.masks, row, strict=True):
            left &= masks[code]
        total = self.base
        for power, plane in enumerate(self.planes):
            total += (left & plane).bit_count() << power
        return total

    def in_cells(self) -> tuple[int, bytes, bytes, int]:
        """Cells of 64 leaves, masks, planes and base: what the compiled way takes."""
        cells = (self.leaves + 63) // 64

        def as_bytes(rows: Iterable[int]) -> bytes:
            return b"".join(bits.to_bytes(8 * cells, "little") for bits in rows)

        masks = as_bytes(chain.from_iterable(self.masks))
        return cells, masks, as_bytes(self.planes), self.base

    def probability(self, total: int) -> float:
        """The curve's value, on a straight line between its points."""
        curve = self.curve
        above = bisect_right(curve, (total, PROBABILITY_UNITS))
        if above == 0:
            return curve[0][1] / PROBABILITY_UNITS
        if above == len(curve):
            return curve[-1][1] / PROBABILITY_UNITS
        (x0, y0), (x1, y1) = curve[above - 1], curve[above]
        return (y0 * (x1 - total) + y1 * (total - x0)) / ((x1 - x0) * PROBABILITY_UNITS)


class WordTable(NamedTuple):
    """Words, one a line, and of each two weights in one: a third of what a dict takes.

    Of a plain word those for noise and frame; of a word as written ("=Storm") that for
    insets, in the place of noise.
    """

    names: str
    packed: "array[int]"


class _Weights(NamedTuple):
    about: str
    word_table: WordTable
    noise_cuts: tuple[int, ...]
    frame_cuts: tuple[int, ...]
    inset_cuts: tuple[int, ...]
    forests: Mapping[Kind, LineForest]
    digest: str


class LineModel(_Weights):
    """Trained weights; made by `load`, never changed. Safe to pickle and to share."""

    def __repr__(self) -> str:
        return f"LineModel({self.about!r}, digest={self.digest!r})"

    def __reduce__(self) -> tuple[type["LineModel"], tuple[object, ...]]:
        return type(self), tuple(self)

    @lazy
    def compiled(self) -> LineScorer | None:
        """The same, ready for the compiled way; None where nothing was compiled."""
        if native is None:
            return None
        forests = tuple(self.forests[kind].in_cells() for kind in _PLACES)
        cuts = self.noise_cuts, self.frame_cuts, self.inset_cuts
        return native.Model(classes(), folds(), *self.word_table, cuts, forests)

    @lazy
    def word_weights(self) -> Mapping[str, int]:
        """The packed weights by word, which the plain way looks up."""
        names, weights = self.word_table
        return dict(zip(names.split("\n") if names else (), weights, strict=True))

    def find(
        self,
        lines: Sequence[str],
        kind: Kind,
        least: float,
        title: str | None = None,
        gone: Sequence[int] | None = None,
    ) -> dict[int, float]:
        """The lines to ask about that are of the kind, with a probability not lower.

        Few are in doubt by their words; so whether one is exempt, as a reference is,
        comes last.
        """
        chosen = suspects(lines)
        if not chosen:
            return {}
        sums = totals(self, Asked(lines, chosen, title, gone, kind))
        probability = self.forests[kind].probability
        found = {
            index: chance
            for index, total in zip(chosen, sums, strict=True)
            if total is not None
            and (chance := probability(total)) >= _least_for(lines[index], least)
            and not is_exempt(lines, index)
        }
        return {} if found and is_shredded(lines) else found

    def word_codes(self, line: str) -> tuple[int, int, int]:
        """What a line's words say of noise, of frame and of an inset, as buckets.

        An inset stands amid the story and is none of it: the headline of another, say.
        Of that words speak as they are written, for case tells a headline.
        """
        noise, frame = self._sums(weighed(plain_words(line)))
        inset, _ = self._sums(cased_words(line))
        return (
            bisect_right(self.noise_cuts, noise),
            bisect_right(self.frame_cuts, frame),
            bisect_right(self.inset_cuts, inset),
        )

    def _sums(self, words: Iterable[str]) -> tuple[int, int]:
        return unpacked(sum(map(self.word_weights.get, words, repeat(0))))


def _least_for(line: str, least: float) -> float:
    """The least probability at which a line goes: a sentence has to be surer."""
    return least if is_open(line) else max(least, _LEAST_FOR_SENTENCE)


def packed(noise: int, frame: int) -> int:
    """Two weights in one integer, so that sums of integers are sums of pairs.

    >>> unpacked(packed(-5, 7) + packed(2, -9))
    (-3, -2)
    """
    return noise + (frame << _SHIFT)


def word_table(weights: Mapping[str, int]) -> WordTable:
    """The words with their packed weights, in order.

    >>> word_table({"storm": packed(-5, 7), "read": packed(2, 0)}).names.split()
    ['read', 'storm']
    """
    names = sorted(weights)
    return WordTable("\n".join(names), array("q", [weights[name] for name in names]))


def unpacked(total: int) -> tuple[int, int]:
    """The two sums in one."""
    noise = ((total + _HALF) & _LOW) - _HALF
    return noise, (total - noise) >> _SHIFT


def totals(model: LineModel, asked: Asked) -> list[int | None]:
    """The sums behind the scores; None where a line's words leave no doubt."""
    if model.compiled is None:
        return plain_totals(model, asked)
    lines, chosen, title, gone, kind = asked
    title_words = frozenset(plain_words(title)) if title else None
    seen = title, title_words, copies_of, gone
    wanted = _PLACES[kind], _LEAST_CODES[kind]
    return model.compiled.totals(lines, chosen, *seen, *wanted)


def plain_totals(model: LineModel, asked: Asked) -> list[int | None]:
    """What `totals` gives, the plain way.

    Behind the line right under the story every line gets a sum.
    """
    lines, chosen, title, gone, kind = asked
    least, story = _LEAST_CODES[kind], story_end(lines)
    texts = [plain_words(lines[index]) for index in chosen]
    codes = [model.word_codes(lines[index]) for index in chosen]
    open_ = [
        place
        for place, (index, (noise, *_)) in enumerate(zip(chosen, codes, strict=True))
        if index > story or noise >= least
    ]
    rows = describe(
        lines,
        [chosen[place] for place in open_],
        [texts[place] for place in open_],
        title,
        gone,
    )
    found: list[int | None] = [None] * len(texts)
    total = model.forests[kind].total
    for place, row in zip(open_, rows, strict=True):
        found[place] = total(row + codes[place])
    return found
