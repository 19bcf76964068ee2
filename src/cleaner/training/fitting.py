"""Fits the line model; needs numpy and scikit-learn, and only training imports it.

Words first, by a linear model; then trees over the codes and the words' verdict. The
trees see of each training line what words learned from *other* sites say of it, as
they will for a line of a new site.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import sparse  # type: ignore[import-untyped, unused-ignore]
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.isotonic import IsotonicRegression
from sklearn.linear_model import LogisticRegression
from threadpoolctl import threadpool_limits

from cleaner.model.context import GONE
from cleaner.model.features import describe, in_doubt
from cleaner.model.line_words import plain_words, words
from cleaner.model.scoring import (
    PROBABILITY_UNITS,
    Forest,
    Kind,
    LineModel,
    packed,
)
from cleaner.model.storage import LAYOUT, WORD_BUCKETS, dumps, loads
from cleaner.training.samples import (
    CONTENT_LINE,
    FRAME_LINE,
    MIXED_LINE,
    NOISE_LINE,
    Sample,
    SampleError,
    fold,
    residual,
)

Floats = NDArray[np.float64]
Codes = NDArray[np.int16]
# Where each line's words stand, by the places of its sample and of the line in that: a
# sample's name may be another's, too.
Places = dict[tuple[int, int], int]

KINDS: Final[dict[Kind, frozenset[int]]] = {
    "noise": frozenset({NOISE_LINE}),
    "not_body": frozenset({NOISE_LINE, FRAME_LINE}),
}
# The trees learn from each document as rules leave it when so many of 256 detectors
# find nothing, with the title or without.
_DRAWS: Final = ((64, True), (154, False))
# To cut a headline, standfirst, byline or caption is worse than to miss a line. Counted
# so, 1.6 % of English ones went out of folds where 2.4 did, at 0.007 less recall.
_FRAME_WEIGHT: Final = 3.0
# Words are weighed in lines up to this length, whether in doubt or not.
_WORDY_CHARS: Final = 400
_WORD_SCALE: Final = 64
_LEAF_SCALE: Final = 256
_LOGIT_CUTS: Final = np.linspace(-6, 5, WORD_BUCKETS - 1)
_INNER_FOLDS: Final = 8
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


class Words(NamedTuple):
    """The words of all lines of some samples, side by side."""

    texts: list[list[str]]
    targets: NDArray[np.int64]
    weights: Floats
    sites: list[str]
    places: Places


class Rows(NamedTuple):
    """What trees learn from: the codes of lines in doubt, among them those of words."""

    codes: Codes
    targets: NDArray[np.int64]
    weights: Floats


def fit(samples: Sequence[Sample], settings: Settings, about: str = "") -> LineModel:
    """A model whose curves are still raw; `with_curves` makes probabilities of them."""
    with threadpool_limits(1):  # trees are small: more get into each other's way
        lines = gather_words(samples)
        verdicts = np.digitize(_verdicts_of_others(lines, settings), _LOGIT_CUTS)
        weights, offsets = _fit_words(lines, np.arange(len(lines.texts)), settings)
        model = LineModel(
            about=about,
            word_weights=_rounded(weights),
            noise_cuts=_rounded_cuts(offsets[0]),
            frame_cuts=_rounded_cuts(offsets[1]),
            forests={
                kind: _fit_trees(
                    gather(samples, kind, lines.places, verdicts), wanted, settings
                )
                for kind, wanted in KINDS.items()
            },
            digest="",
        )
        return loads(dumps(model))


def gather_words(samples: Iterable[Sample]) -> Words:
    """The words of all lines that are content, frame or noise as a whole."""
    places: Places = {}
    rows: list[tuple[list[str], int, float, str]] = []
    for number, sample in enumerate(samples):
        for index, line in enumerate(sample.lines):
            if len(line) > _WORDY_CHARS or sample.targets[index] == MIXED_LINE:
                continue
            places[number, index] = len(rows)
            weight = _weight(sample, index)
            rows.append((words(line), sample.targets[index], weight, sample.site))
    if not {CONTENT_LINE, NOISE_LINE} <= {row[1] for row in rows}:
        raise SampleError("lines of content and of noise are needed")
    texts, targets, weights, sites = zip(*rows, strict=True)
    return Words(list(texts), np.array(targets), np.array(weights), list(sites), places)


def gather(
    samples: Sequence[Sample],
    kind: Kind,
    places: Places,
    verdicts: NDArray[np.int64],
) -> Rows:
    """The lines in doubt of what rules leave."""
    found = [
        (codes + tuple(verdicts[place].tolist()), sample.targets[i], _weight(sample, i))
        for number, sample in enumerate(samples)
        for spared, titled in _DRAWS
        for i, codes in _described(sample, kind, spared, titled=titled)
        if (place := places.get((number, i))) is not None
    ]
    if not found:
        raise SampleError("no line in doubt to learn from")
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


def _weight(sample: Sample, index: int) -> float:
    # A long menu's lines still teach something each.
    is_noise = sample.targets[index] == NOISE_LINE
    return sample.weight * (0.3 + 0.7 * sample.weights[index] if is_noise else 1.0)


def _vocabulary(lines: Words, chosen: Iterable[int], sites: int) -> dict[str, int]:
    """The words of several sites, numbered; one site's own words teach nothing."""
    seen: defaultdict[str, set[str]] = defaultdict(set)
    for index in chosen:
        for word in lines.texts[index]:
            if len(seen[word]) < sites:
                seen[word].add(lines.sites[index])
    common = sorted(w for w, s in seen.items() if len(s) >= sites and not w.isdigit())
    return {word: number for number, word in enumerate(common)}


def _table(texts: Iterable[list[str]], vocabulary: dict[str, int]) -> Any:  # noqa: ANN401
    places: list[int] = []
    ends = [0]
    for text in texts:
        places += (vocabulary[word] for word in text if word in vocabulary)
        ends.append(len(places))
    shape = (len(ends) - 1, len(vocabulary))
    return sparse.csr_matrix((np.ones(len(places)), places, ends), shape=shape)


def _fit_words(
    lines: Words, chosen: NDArray[np.int64], settings: Settings
) -> tuple[dict[str, Floats], Floats]:
    """Each word's weights for noise and for frame against content, and the offsets."""
    vocabulary = _vocabulary(lines, chosen.tolist(), settings.word_sites)
    if not vocabulary:
        sites = len({lines.sites[index] for index in chosen})
        wanted = settings.word_sites
        raise SampleError(
            f"no word stands on {wanted} sites, of {sites} in a fold's data"
        )
    targets = lines.targets[chosen]
    linear = LogisticRegression(C=settings.word_strength, max_iter=150, tol=5e-3)
    table = _table((lines.texts[i] for i in chosen), vocabulary)
    linear.fit(table, targets, sample_weight=lines.weights[chosen])
    classes = linear.classes_.tolist()
    rows = np.zeros((3, len(vocabulary) + 1))
    fitted = np.column_stack([linear.coef_, linear.intercept_])
    for place, target in enumerate(classes if len(fitted) > 1 else classes[1:]):
        rows[target] = fitted[place]
    against = rows[[NOISE_LINE, FRAME_LINE]] - rows[CONTENT_LINE]
    weights = {word: against[:, number] for word, number in vocabulary.items()}
    return weights, against[:, -1]


def _verdicts_of_others(lines: Words, settings: Settings) -> Floats:
    """What words say of each line, learned without the line's site."""
    folds = np.array(
        [fold(s, _INNER_FOLDS, f"words {settings.seed}") for s in lines.sites]
    )
    verdicts = np.zeros((len(folds), 2))
    nothing = np.zeros(2)
    for number in range(_INNER_FOLDS):
        others = np.flatnonzero(folds != number)
        own = np.flatnonzero(folds == number)
        weights, offsets = _fit_words(lines, others, settings)
        for index in own:
            found = (weights.get(w, nothing) for w in lines.texts[index])
            verdicts[index] = offsets + sum(found, nothing)
    return verdicts


def _rounded(weights: dict[str, Floats]) -> dict[str, int]:
    whole = {
        word: tuple(np.rint(pair * _WORD_SCALE).astype(int).tolist())
        for word, pair in weights.items()
    }
    return {word: packed(*pair) for word, pair in whole.items() if any(pair)}


def _rounded_cuts(offset: float) -> tuple[int, ...]:
    # A bucket begins at its cut: bisect and digitize agree on that.
    cuts = np.ceil((_LOGIT_CUTS - offset) * _WORD_SCALE).astype(int)
    return tuple(cuts.tolist())


def _fit_trees(rows: Rows, wanted: frozenset[int], settings: Settings) -> Forest:
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


def _never() -> Forest:
    masks = tuple((1,) * size for _, size in LAYOUT)
    return Forest(1, masks, (), -20 * _LEAF_SCALE, ((-20 * _LEAF_SCALE, 0),))


def flattened(trees: Sequence[Any], baseline: float) -> Forest:
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
    return Forest(
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
    shrunk: Floats = (shares * lines + rate * _PRIOR_LINES) / (lines + _PRIOR_LINES)
    return shrunk


def with_curves(
    model: LineModel, curves: dict[Kind, tuple[tuple[int, int], ...]]
) -> LineModel:
    """The model whose scores are probabilities."""
    forests = {k: f._replace(curve=curves[k]) for k, f in model.forests.items()}
    return loads(dumps(model._replace(forests=forests)))
