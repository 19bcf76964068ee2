"""Fits the line model; needs numpy and scikit-learn, and only training imports it.

Words first, by a linear model; then trees over the codes and the words' verdict. The
trees see of each training line what words learned from *other* sites say of it, as
they will for a line of a new site.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import sparse  # type: ignore[import-untyped, unused-ignore]
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.isotonic import IsotonicRegression
from sklearn.linear_model import LogisticRegression

from cleaner.model.features import describe, words
from cleaner.model.samples import (
    CONTENT_LINE,
    FRAME_LINE,
    MIXED_LINE,
    NOISE_LINE,
    Sample,
    SampleError,
    doubtful,
    thinned,
)
from cleaner.model.scoring import (
    PROBABILITY_UNITS,
    Forest,
    Kind,
    LineModel,
    packed,
)
from cleaner.model.storage import LAYOUT, dumps, loads

Floats = NDArray[np.float64]
Codes = NDArray[np.int16]

KINDS: Final[dict[Kind, int]] = {"noise": NOISE_LINE, "frame": FRAME_LINE}
_WORD_SCALE: Final = 64
_LEAF_SCALE: Final = 256
_LOGIT_CUTS: Final = np.array(
    (-6, -4, -3, -2.2, -1.6, -1.1, -0.7, -0.35, 0, 0.4, 0.9, 1.5, 2.3, 3.5)
)
_INNER_FOLDS: Final = 4
# A curve's point stands for this many lines, and is drawn towards the base rate.
_CURVE_LINES: Final = 40
_PRIOR_LINES: Final = 2.0


@dataclass(frozen=True, slots=True)
class Settings:
    """What can be turned; the defaults made the shipped weights."""

    seed: int = 0
    trees: int = 60
    tree_leaves: int = 31
    learning_rate: float = 0.1
    leaf_lines: int = 15
    feature_share: float = 0.4
    word_sites: int = 3
    word_strength: float = 0.4
    frame_weight: float = 1.0
    without: frozenset[str] = frozenset()  # features to hide, for the ablation


class Lines(NamedTuple):
    """All lines in doubt of some samples, side by side."""

    words: list[list[str]]
    codes: Codes
    targets: NDArray[np.int64]
    weights: Floats
    sites: list[str]
    labelled: NDArray[np.bool_]


def fold(site: str, count: int, salt: str) -> int:
    """The fold of a site: fixed by its name, so a site never stands on both sides."""
    return int.from_bytes(sha256(f"{salt} {site}".encode()).digest()[:8]) % count


def fit(samples: Sequence[Sample], settings: Settings, about: str = "") -> LineModel:
    """A model whose curves are still raw; `with_curves` makes probabilities of them."""
    lines = gather(samples)
    if not {CONTENT_LINE, NOISE_LINE} <= set(lines.targets.tolist()):
        raise SampleError("lines of content and of noise are needed, both in doubt")
    verdicts = _verdicts_of_others(lines, settings)
    verdicts = np.digitize(verdicts, _LOGIT_CUTS).astype(np.int16)
    codes = np.hstack([lines.codes, verdicts])
    weights, offsets = _fit_words(lines, np.arange(len(lines.words)), settings)
    model = LineModel(
        about=about,
        word_weights=_rounded(weights),
        noise_cuts=_rounded_cuts(offsets[0]),
        frame_cuts=_rounded_cuts(offsets[1]),
        forests={
            kind: _fit_trees(codes, lines, target, settings)
            for kind, target in KINDS.items()
        },
        digest="",
    )
    return loads(dumps(model))


def gather(samples: Iterable[Sample]) -> Lines:
    """The lines in doubt, of a labelled document also as rules would leave it."""
    found: list[tuple[list[str], tuple[int, ...], int, float, str, bool]] = []
    for sample in samples:
        copies = [sample, thinned(sample)] if sample.labelled else [sample]
        for copy in filter(None, copies):
            found += _rows(copy)
    if not found:
        raise SampleError("no line in doubt to learn from")
    texts, codes, targets, weights, sites, is_labelled = zip(*found, strict=True)
    return Lines(
        list(texts),
        np.array(codes, np.int16),
        np.array(targets),
        np.array(weights),
        list(sites),
        np.array(is_labelled),
    )


def _rows(
    sample: Sample,
) -> Iterable[tuple[list[str], tuple[int, ...], int, float, str, bool]]:
    chosen = doubtful(sample)
    texts = [words(sample.lines[index]) for index in chosen]
    rows = describe(sample.lines, chosen, texts, sample.title)
    for index, text, codes in zip(chosen, texts, rows, strict=True):
        target = sample.targets[index]
        if target == MIXED_LINE:
            continue
        # A long menu's lines still teach something each.
        share = 0.3 + 0.7 * sample.weights[index] if target == NOISE_LINE else 1.0
        weight = sample.weight * share
        yield text, codes, target, weight, sample.site, sample.labelled


def _vocabulary(lines: Lines, chosen: Iterable[int], sites: int) -> dict[str, int]:
    """The words of several sites, numbered; one site's own words teach nothing."""
    seen: defaultdict[str, set[str]] = defaultdict(set)
    for index in chosen:
        for word in lines.words[index]:
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
    lines: Lines, chosen: NDArray[np.int64], settings: Settings
) -> tuple[dict[str, Floats], Floats]:
    """Each word's weights for noise and for frame against content, and the offsets."""
    vocabulary = _vocabulary(lines, chosen.tolist(), settings.word_sites)
    if not vocabulary:
        raise SampleError(f"no word stands on {settings.word_sites} sites; more data")
    targets = lines.targets[chosen]
    linear = LogisticRegression(C=settings.word_strength, max_iter=150, tol=5e-3)
    table = _table((lines.words[i] for i in chosen), vocabulary)
    linear.fit(table, targets, sample_weight=lines.weights[chosen])
    classes = linear.classes_.tolist()
    rows = np.zeros((3, len(vocabulary) + 1))
    fitted = np.column_stack([linear.coef_, linear.intercept_])
    for place, target in enumerate(classes if len(fitted) > 1 else classes[1:]):
        rows[target] = fitted[place]
    against = rows[[NOISE_LINE, FRAME_LINE]] - rows[CONTENT_LINE]
    weights = {word: against[:, number] for word, number in vocabulary.items()}
    return weights, against[:, -1]


def _verdicts_of_others(lines: Lines, settings: Settings) -> Floats:
    """What words say of each line, learned without the line's site."""
    folds = np.array(
        [fold(s, _INNER_FOLDS, f"words {settings.seed}") for s in lines.sites]
    )
    verdicts = np.zeros((len(folds), 2))
    nothing = np.zeros(2)
    for number in range(_INNER_FOLDS):
        # Pages count so little a line that to leave them in betrays next to nothing.
        others = np.flatnonzero((folds != number) | ~lines.labelled)
        own = np.flatnonzero(folds == number)
        weights, offsets = _fit_words(lines, others, settings)
        for index in own:
            text = lines.words[index]
            verdicts[index] = offsets + sum(
                (weights.get(w, nothing) for w in text), nothing
            )
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


def _fit_trees(codes: Codes, lines: Lines, target: int, settings: Settings) -> Forest:
    """Boosted trees for one kind of line, from labelled lines if there are any."""
    chosen = lines.labelled if lines.labelled.any() else ~lines.labelled
    wanted = lines.targets[chosen] == target
    if not wanted.any():
        return _never()
    weights = lines.weights[chosen] * np.where(
        (lines.targets[chosen] == FRAME_LINE) & ~wanted, settings.frame_weight, 1.0
    )
    shown = codes[chosen].astype(np.float64)
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
        random_state=settings.seed,
    )
    trees.fit(shown, wanted, sample_weight=weights)
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
    mixed = (cautious + _smooth(xs, ys, middles)) / 2 * PROBABILITY_UNITS
    points = zip(np.rint(middles).astype(int).tolist(), mixed.tolist(), strict=True)
    return tuple(sorted({x: int(y) for x, y in points}.items()))


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
    forests = {k: replace(f, curve=curves[k]) for k, f in model.forests.items()}
    return loads(dumps(replace(model, forests=forests)))
