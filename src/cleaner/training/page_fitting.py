"""Fits the page model; needs numpy and scikit-learn, and only training imports it.

The trees see of a training page what words learnt from *other* sites say of it, as they
will for a page of a new site.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple
from warnings import catch_warnings

import numpy as np
from numpy.typing import NDArray
from scipy import sparse  # type: ignore[import-untyped, unused-ignore]
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression
from threadpoolctl import threadpool_limits

from cleaner.model.page import (
    CHANCE_STEP,
    CHANCE_UNITS,
    KINDS,
    PageForest,
    PageModel,
    kind_sums,
    tree_rows,
    word_sums,
)
from cleaner.model.page_context import Rows
from cleaner.model.page_storage import dumps, loads
from cleaner.model.page_text import KIND_BITS, WORD_BITS, Ints, buckets, kind_words
from cleaner.training.page_samples import BARE, STORY, WHOLE_PAGE_COLUMNS, PageSample
from cleaner.training.samples import SampleError, fold

Floats = NDArray[np.float64]

_INNER_FOLDS: Final = 3
_WORD_SCALE: Final = 32
_KIND_SCALE: Final = 8
_SCALE: Final = 256
_CHANCES: Final = 512
_END_LINES: Final = 5
_BASE_WORDS: Final = 60
_MOST_WEIGHT: Final = 4.0
_BINS: Final = 63
_SCALING_ROUNDS: Final = 6


@dataclass(frozen=True, slots=True)
class PageSettings:
    """What can be turned; the defaults made the shipped weights."""

    seed: int = 0
    trees: int = 300
    levels: int = 6
    tree_leaves: int = 31
    leaf_lines: int = 20
    learning_rate: float = 0.07
    lines: int = 160_000
    feature_share: float = 0.3
    strength: float = 10.0
    word_strength: float = 0.03
    kind_strength: float = 1.0


class _Lines(NamedTuple):
    """What the trees learn from: a row a line, whether it is content, its weight."""

    rows: Rows
    targets: NDArray[np.bool_]
    weights: Floats


def fit(
    samples: Sequence[PageSample], settings: PageSettings, about: str = ""
) -> PageModel:
    """The model of all samples."""
    with threadpool_limits(1):  # see fitting.fit
        folds = [fold(s.site, _INNER_FOLDS, f"page {settings.seed}") for s in samples]
        tables = _fit_tables(samples, settings)
        seen = _crossed(
            samples, folds, lambda part: _fit_tables(part, settings), _table_sums
        )
        forest = _fit_trees(_gather(samples, seen, settings), settings)
        return loads(dumps(PageModel(about, *tables, forest, _chances(), "")))


def _crossed(
    samples: Sequence[PageSample],
    folds: Sequence[int],
    fit_part: Callable[[list[PageSample]], Any],
    apply: Callable[[PageSample, Any], Any],
) -> list[Any]:
    """What models of the other folds say of each sample."""
    fitted = [
        fit_part([s for s, own in zip(samples, folds, strict=True) if own != number])
        for number in range(_INNER_FOLDS)
    ]
    return [apply(s, fitted[own]) for s, own in zip(samples, folds, strict=True)]


def _table_sums(
    sample: PageSample, tables: tuple[NDArray[np.int8], NDArray[np.int8]]
) -> tuple[Ints, Ints]:
    words, kinds = tables
    return word_sums(sample.page, words), kind_sums(sample.page.words, kinds)


def _weights(sample: PageSample) -> Floats:
    """What a line can do to its page's F1: a word more or less, by the content's."""
    content = int(sample.words[sample.content].sum())
    weights = (sample.words + 1) / (content + _BASE_WORDS)
    found: Floats = weights * min(1.0, _MOST_WEIGHT / weights.sum()) * sample.weight
    return found


def _chances() -> NDArray[np.int16]:
    sums = (np.arange(_CHANCES) - _CHANCES // 2) * CHANCE_STEP + CHANCE_STEP / 2
    table = CHANCE_UNITS / (1 + np.exp(-sums / _SCALE))
    return np.rint(table).astype(np.int16)


# --- Words


def _fit_tables(
    samples: Sequence[PageSample], settings: PageSettings
) -> tuple[NDArray[np.int8], NDArray[np.int8]]:
    first = WHOLE_PAGE_COLUMNS[0]  # without its title: the words are the same
    whole = [s for s in samples if s.source in (first, STORY)]
    both = [s for s in samples if s.source in (first, BARE)]
    if not (whole and both):
        raise SampleError(f"too few pages with {first}: those of more sites are needed")
    return _fit_words(whole, settings), _fit_kinds(both, settings)


def _fit_words(
    samples: Sequence[PageSample], settings: PageSettings
) -> NDArray[np.int8]:
    """The words' weights for content, and for the first lines after its end."""
    table = sparse.vstack(
        [
            _matrix(
                *buckets(s.page.words, s.page.word_lines),
                len(s.content),
                1 << WORD_BITS,
            )
            for s in samples
        ]
    ).tocsr()
    weights = np.concatenate(
        [np.sqrt(s.words + 1) * min(1, 100 / len(s.words)) for s in samples]
    )
    weights /= weights.mean()
    rows = []
    for target in (lambda s: s.content, _after_end):
        hits = np.concatenate([target(s) for s in samples])
        if hits.all() or not hits.any():
            raise SampleError("lines of content, and others after it, are needed")
        linear = LogisticRegression(C=settings.word_strength, max_iter=30, tol=1e-3)
        # So few rounds on purpose: more learn the pages by heart.
        with catch_warnings(action="ignore", category=ConvergenceWarning):
            linear.fit(table, hits, weights)
        rows.append(np.rint(linear.coef_[0] * _WORD_SCALE).clip(-127, 127))
    return np.array(rows).astype(np.int8)


def _matrix(codes: Ints, lines: Ints, count: int, size: int) -> Any:  # noqa: ANN401
    ones = np.ones(len(codes), np.float32)
    return sparse.csr_matrix((ones, (lines, codes)), shape=(count, size))


def _after_end(sample: PageSample) -> NDArray[np.bool_]:
    last = int(np.flatnonzero(sample.content)[-1])
    place = np.arange(len(sample.content)) - last
    return (place > 0) & (place <= _END_LINES)


def _fit_kinds(
    samples: Sequence[PageSample], settings: PageSettings
) -> NDArray[np.int8]:
    """The words' weights for each kind of page."""
    codes = [kind_words(s.page.words) for s in samples]
    lines = np.repeat(np.arange(len(codes)), [len(c) for c in codes])
    table = _matrix(np.concatenate(codes), lines, len(codes), 1 << KIND_BITS)
    table = (
        sparse.diags([CHANCE_UNITS / max(1, len(c)) for c in codes])
        @ table
        / _KIND_SCALE
    )
    linear = LogisticRegression(C=settings.kind_strength, max_iter=60, tol=1e-3)
    kinds = [KINDS.index(s.kind) if s.kind in KINDS else 0 for s in samples]
    if len(set(kinds)) < 2:  # noqa: PLR2004  # nothing to tell apart
        return np.zeros((len(KINDS), 1 << KIND_BITS), np.int8)
    linear.fit(table, kinds)
    weights = np.zeros((len(KINDS), 1 << KIND_BITS))
    if len(linear.coef_) == 1:
        weights[linear.classes_[1]] = linear.coef_[0]
    else:
        weights[linear.classes_] = linear.coef_
    scale = 100 / max(float(np.abs(weights).max()), 1e-9)
    return np.rint(weights * scale).clip(-127, 127).astype(np.int8)


# --- Trees


def _gather(
    samples: Sequence[PageSample],
    seen: Sequence[tuple[Ints, Ints]],
    settings: PageSettings,
) -> _Lines:
    """A sample of all lines, the more surely chosen the more they weigh."""
    random = np.random.default_rng(settings.seed)
    weights = [_weights(s) for s in samples]
    scale = _scale(np.concatenate(weights), settings.lines)
    rows, targets, shares = [], [], []
    for sample, sums, weight in zip(samples, seen, weights, strict=True):
        chance = np.minimum(1.0, scale * weight)
        chosen = random.random(len(chance)) < chance
        rows.append(tree_rows(sample.page, *sums)[:, chosen])
        targets.append(sample.content[chosen])
        shares.append((weight / chance)[chosen])
    share = np.concatenate(shares)
    return _Lines(np.hstack(rows).T, np.concatenate(targets), share / share.mean())


def _scale(weights: Floats, count: int) -> float:
    """By what to multiply weights so that they are chances of about so many lines."""
    scale = count / float(weights.sum())
    for _ in range(_SCALING_ROUNDS):
        scale *= count / float(np.minimum(1.0, scale * weights).sum())
    return scale


def _fit_trees(lines: _Lines, settings: PageSettings) -> PageForest:
    trees = HistGradientBoostingClassifier(
        max_iter=settings.trees,
        max_leaf_nodes=settings.tree_leaves,
        max_depth=settings.levels,
        learning_rate=settings.learning_rate,
        min_samples_leaf=settings.leaf_lines,
        max_features=settings.feature_share,
        max_bins=_BINS,
        l2_regularization=settings.strength,
        early_stopping=False,
        random_state=settings.seed,
    )
    trees.fit(lines.rows.astype(np.float32), lines.targets, lines.weights)
    base = float(np.ravel(trees._baseline_prediction)[0])  # noqa: SLF001
    nodes = [tree.nodes for (tree,) in trees._predictors]  # noqa: SLF001
    filled = zip(*(_filled(tree, settings.levels) for tree in nodes), strict=True)
    rows, thresholds, leaves = (np.array(part, np.int16) for part in filled)
    return PageForest(rows, thresholds, leaves, round(base * _SCALE))


def _filled(tree: Any, levels: int) -> tuple[list[int], list[int], list[int]]:  # noqa: ANN401
    """A tree's questions and leaves with all levels full, as a PageForest has them."""
    places, asked, thresholds = [0], [], []
    for _ in range(levels):
        for place in places:
            feature, threshold = _question(tree[place])
            asked.append(feature)
            thresholds.append(threshold)
        places = [child for place in places for child in _children(tree[place], place)]
    leaves = [round(float(tree[place]["value"]) * _SCALE) for place in places]
    return asked, thresholds, leaves


def _question(node: Any) -> tuple[int, int]:  # noqa: ANN401
    """A node's feature, and the lowest number that goes right; a leaf has none."""
    if node["is_leaf"]:
        return 0, 0
    return int(node["feature_idx"]), math.floor(node["num_threshold"]) + 1


def _children(node: Any, place: int) -> tuple[int, int]:  # noqa: ANN401
    """The places of a node's two children; a leaf stands for its own."""
    if node["is_leaf"]:
        return place, place
    return int(node["left"]), int(node["right"])
