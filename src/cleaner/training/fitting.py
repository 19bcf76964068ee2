"""Fits the line model; needs numpy and scikit-learn, and only training imports it.

Words first, by a linear model; then trees over the codes and the words' verdict. The
trees see of each training line what words learned from *other* sites say of it, as
they will for a line of a new site.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.isotonic import IsotonicRegression
from sklearn.linear_model import LogisticRegression
from threadpoolctl import threadpool_limits

from cleaner.model.context import GONE
from cleaner.model.features import describe, in_doubt
from cleaner.model.line_words import plain_words
from cleaner.model.scoring import (
    PROBABILITY_UNITS,
    Kind,
    LineForest,
    LineModel,
    word_table,
)
from cleaner.model.storage import LAYOUT, dumps, loads
from cleaner.training.samples import (
    FRAME_LINE,
    NOISE_LINE,
    NOTHING_LEFT,
    NoExampleError,
    Sample,
    residual,
)
from cleaner.training.word_fitting import (
    Floats,
    Places,
    fit_words,
    places_of,
    weight_of,
)

Codes = NDArray[np.int16]

KINDS: Final[dict[Kind, frozenset[int]]] = {
    "noise": frozenset({NOISE_LINE}),
    "not_body": frozenset({NOISE_LINE, FRAME_LINE}),
}
# The trees learn from each document as rules leave it when so many of 256 detectors
# find nothing, with the title or without.
_DRAWS: Final = ((64, True), (154, False))
# To cut a headline, standfirst, byline or caption is worse than to miss a line. Counted
# so, at two false cuts in 1,000 lines 0.6 % of English ones went out of folds; counted
# one and a half times, 0.9 %, at 0.004 more recall.
_FRAME_WEIGHT: Final = 2.0
_LEAF_SCALE: Final = 256
# A curve's point stands for this many lines, and is drawn towards the base rate.
_CURVE_LINES: Final = 40
_PRIOR_LINES: Final = 2.0
# No share is told that lines of such sums, all of them hits, would not show with 95 %
# confidence: 0.98 takes 149 lines.
_DOUBT: Final = 0.05


@dataclass(frozen=True, slots=True)
class Settings:
    """What can be turned; the defaults made the shipped weights."""

    seed: int = 0
    trees: int = 150
    tree_leaves: int = 31
    learning_rate: float = 0.06
    leaf_lines: int = 15
    feature_share: float = 0.4
    word_sites: int = 3
    word_strength: float = 0.4
    without: frozenset[str] = frozenset()  # features to hide, for the ablation


class Rows(NamedTuple):
    """What trees learn from: the codes of lines in doubt, among them those of words."""

    codes: Codes
    targets: NDArray[np.int64]
    weights: Floats


def fit(samples: Sequence[Sample], settings: Settings, about: str = "") -> LineModel:
    """A model whose curves are still raw; `with_curves` makes probabilities of them."""
    with threadpool_limits(1):  # trees are small: more get into each other's way
        places = places_of(samples)
        said = fit_words(samples, places, settings)
        noise_cuts, frame_cuts, inset_cuts = said.cuts
        model = LineModel(
            about=about,
            word_table=word_table(said.weights),
            noise_cuts=noise_cuts,
            frame_cuts=frame_cuts,
            inset_cuts=inset_cuts,
            forests={
                kind: _fit_trees(
                    gather(samples, kind, places, said.codes), wanted, settings
                )
                for kind, wanted in KINDS.items()
            },
            digest="",
        )
        return loads(dumps(model))


def gather(
    samples: Sequence[Sample],
    kind: Kind,
    places: Places,
    word_codes: NDArray[np.int64],
) -> Rows:
    """The lines in doubt of what rules leave."""
    found = [
        (
            codes + tuple(word_codes[place].tolist()),
            sample.targets[i],
            weight_of(sample, i),
        )
        for number, sample in enumerate(samples)
        for spared, titled in _DRAWS
        for i, codes in _described(sample, kind, spared, titled=titled)
        if (place := places.get((number, i))) is not None
    ]
    if not found:
        raise NoExampleError(NOTHING_LEFT)
    codes, targets, weights = zip(*found, strict=True)
    rows = Rows(np.array(codes, np.int16), np.array(targets), np.array(weights))
    if kind == "noise":
        rows.weights[rows.targets == FRAME_LINE] *= _FRAME_WEIGHT
    return rows


def _described(
    sample: Sample, kind: Kind, spared: int, *, titled: bool
) -> Iterable[tuple[int, tuple[int, ...]]]:
    left, gone = residual(sample, kind, spared, "draw")
    lines = [sample.lines[i] for i in left]
    chosen = in_doubt(lines)
    texts = [plain_words(lines[i]) for i in chosen]
    title = sample.title if titled else None
    rows = describe(lines, chosen, texts, title, gone)
    return zip((left[i] for i in chosen), rows, strict=True)


def _fit_trees(rows: Rows, wanted: frozenset[int], settings: Settings) -> LineForest:
    """Boosted trees for one kind of line."""
    hits = np.isin(rows.targets, sorted(wanted))
    if not hits.any():
        return _never()
    shown = rows.codes.astype(np.float64)
    hidden = [i for i, (name, _) in enumerate(LAYOUT) if name in settings.without]
    shown[:, hidden] = 0
    trees = HistGradientBoostingClassifier(
        max_iter=settings.trees,
        max_leaf_nodes=settings.tree_leaves,
        learning_rate=settings.learning_rate,
        min_samples_leaf=settings.leaf_lines,
        max_features=settings.feature_share,
        l2_regularization=2.0,
        early_stopping=False,
        # More lines gone must not speak for a line: a clean text would lose more then.
        monotonic_cst=[int(feature in GONE) for feature in LAYOUT],
        random_state=settings.seed,
    )
    trees.fit(shown, hits, sample_weight=rows.weights)
    return flattened([tree.nodes for (tree,) in trees._predictors], _baseline(trees))  # noqa: SLF001


def _baseline(trees: HistGradientBoostingClassifier) -> float:
    return float(np.ravel(trees._baseline_prediction)[0])  # noqa: SLF001


def _never() -> LineForest:
    masks = tuple((1,) * size for _, size in LAYOUT)
    return LineForest(1, masks, (), -20 * _LEAF_SCALE, ((-20 * _LEAF_SCALE, 0),))


def flattened(trees: Sequence[Any], baseline: float) -> LineForest:
    """Trees as one mask a bucket: bit by bit, the leaves that the bucket allows."""
    allowed: list[list[int]] = [[0] * size for _, size in LAYOUT]
    values: list[int] = []
    for nodes in trees:
        for value, reach in _leaves(nodes):
            bit = 1 << len(values)
            values.append(round(value * _LEAF_SCALE))
            for feature, (low, high) in enumerate(reach):
                for code in range(low, high):
                    allowed[feature][code] |= bit
    lowest = min(values)
    return LineForest(
        leaves=len(values),
        masks=tuple(map(tuple, allowed)),
        planes=_planes([value - lowest for value in values]),
        base=round(baseline * _LEAF_SCALE) + lowest * len(trees),
        curve=((0, 0), (1, PROBABILITY_UNITS)),
    )


def _leaves(nodes: Any) -> Iterable[tuple[float, list[tuple[int, int]]]]:  # noqa: ANN401
    """Each leaf's value and the codes of each feature that lead to it."""
    waiting = [(0, [(0, size) for _, size in LAYOUT])]
    while waiting:
        place, reach = waiting.pop()
        node = nodes[place]
        if node["is_leaf"]:
            yield float(node["value"]), reach
            continue
        feature = int(node["feature_idx"])
        low, high = reach[feature]
        middle = min(high, max(low, int(np.floor(node["num_threshold"])) + 1))
        left, right = list(reach), list(reach)
        left[feature], right[feature] = (low, middle), (middle, high)
        waiting += [(int(node["right"]), right), (int(node["left"]), left)]


def _planes(values: Sequence[int]) -> tuple[int, ...]:
    return tuple(
        sum(1 << leaf for leaf, value in enumerate(values) if value >> power & 1)
        for power in range(max(values).bit_length())
    )


def curve(sums: Sequence[int], hits: Sequence[bool]) -> tuple[tuple[int, int], ...]:
    """The share of hits as a rising function of the sum, cautious where lines are few.

    >>> points = curve([0] * 50 + [9] * 50, [False] * 50 + [True] * 50)
    >>> points[0][1] < 100_000, points[-1][1] > 900_000
    (True, True)
    """
    order = np.argsort(np.array(sums), kind="stable")
    xs, ys = np.array(sums, float)[order], np.array(hits, float)[order]
    blocks = np.array_split(np.arange(len(xs)), max(1, len(xs) // _CURVE_LINES))
    # Each block at its middle; the first and the last reach to the ends as well.
    middles = np.array([xs[0], *(np.median(xs[block]) for block in blocks), xs[-1]])
    blocks = [blocks[0], *blocks, blocks[-1]]
    sizes = np.array([len(block) for block in blocks])
    shares = np.array([ys[block].mean() for block in blocks])
    rising = IsotonicRegression().fit_transform(middles, shares, sample_weight=sizes)
    cautious = np.maximum.accumulate(_shrunk(rising, sizes, ys.mean()))
    # Steps have flat stretches; half a smooth curve keeps the order of the sums.
    mixed = (cautious + _smooth(xs, ys, middles)) / 2
    most = _DOUBT ** (1 / (len(xs) - np.searchsorted(xs, middles)))
    shares = np.maximum.accumulate(np.minimum(mixed, most)) * PROBABILITY_UNITS
    points = zip(np.rint(middles).astype(int).tolist(), shares.tolist(), strict=True)
    found = {x: int(y) for x, y in points}
    if xs[0] > 0:  # where all were likely, nothing is known of others
        found[0] = min(PROBABILITY_UNITS // 2, *found.values())
    return tuple(sorted(found.items()))


def _smooth(xs: Floats, ys: Floats, places: Floats) -> Floats:
    if ys.min() == ys.max():  # as where nobody labelled headlines and bylines
        return np.full(len(places), ys[0])
    logistic = LogisticRegression(C=1e6)
    logistic.fit(xs[:, None] / _LEAF_SCALE, ys)
    shares: Floats = logistic.predict_proba(places[:, None] / _LEAF_SCALE)[:, 1]
    return shares


def _shrunk(shares: Floats, sizes: NDArray[np.int64], rate: float) -> Floats:
    """Each run of equal shares drawn towards the base rate, as by a few lines more."""
    _, runs = np.unique(shares, return_inverse=True)
    lines = np.bincount(runs, weights=sizes)[runs]
    return (shares * lines + rate * _PRIOR_LINES) / (lines + _PRIOR_LINES)


def with_curves(
    model: LineModel, curves: dict[Kind, tuple[tuple[int, int], ...]]
) -> LineModel:
    """The model whose scores are probabilities."""
    forests = {k: f._replace(curve=curves[k]) for k, f in model.forests.items()}
    return loads(dumps(model._replace(forests=forests)))
