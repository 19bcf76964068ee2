"""Fits the page model; needs numpy and scikit-learn, and only training imports it.

Each stage sees of a training page what the stage before, fitted on *other* sites, says
of it, as it will for a page of a new site.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import sparse  # type: ignore[import-untyped, unused-ignore]
from sklearn.linear_model import LogisticRegression

from cleaner.model.page import (
    CHANCE_STEP,
    CHANCE_UNITS,
    KINDS,
    Forest,
    PageModel,
    Rows,
    chances,
    first_rows,
    kind_sums,
    second_rows,
    word_sums,
)
from cleaner.model.page_samples import BARE, WHOLE_PAGE_COLUMNS, PageSample
from cleaner.model.page_storage import dumps, loads
from cleaner.model.page_text import KIND_BITS, WORD_BITS, Ints, buckets, kind_words

Floats = NDArray[np.float64]
Bytes = NDArray[np.uint8]

_INNER_FOLDS: Final = 3
_WORD_SCALE: Final = 32
_KIND_SCALE: Final = 8
_SCALE: Final = 256
_CHANCES: Final = 512
_END_LINES: Final = 5
_BASE_WORDS: Final = 60
_MOST_WEIGHT: Final = 4.0
_CUTS: Final = 40
_CUT_LINES: Final = 60_000


@dataclass(frozen=True, slots=True)
class PageSettings:
    """What can be turned; the defaults made the shipped weights."""

    seed: int = 0
    trees: int = 180
    levels: int = 6
    learning_rate: float = 0.1
    tree_lines: int = 40_000
    feature_share: float = 0.3
    strength: float = 20.0
    word_strength: float = 0.03
    kind_strength: float = 1.0


class _Stage(NamedTuple):
    """What the trees of one stage learn from: bins of features, targets, weights."""

    bins: Bytes
    cuts: list[Ints]
    by_line: Bytes  # the bins once more, a row for each line
    targets: NDArray[np.bool_]
    weights: Floats


def fold(site: str, count: int, salt: str) -> int:
    """The fold of a site: fixed by its name, so a site never stands on both sides."""
    return int.from_bytes(sha256(f"{salt} {site}".encode()).digest()[:8]) % count


def fit(
    samples: Sequence[PageSample], settings: PageSettings, about: str = ""
) -> PageModel:
    """The model of all samples."""
    folds = [fold(s.site, _INNER_FOLDS, f"page {settings.seed}") for s in samples]
    tables = _fit_tables(samples, settings)
    seen = _crossed(
        samples, folds, lambda part: _fit_tables(part, settings), _table_sums
    )
    targets = np.concatenate([s.content for s in samples])
    weights = np.concatenate([_weights(s) for s in samples])
    rows = [first_rows(s.page, *sums) for s, sums in zip(samples, seen, strict=True)]
    stage = _stage(rows, targets, weights, settings)
    first = _fit_trees(stage, settings)
    totals = _crossed_totals(rows, folds, stage, settings)
    odds = _chances()
    along = [
        second_rows(row, s.page, total, chances(odds, total))
        for s, row, total in zip(samples, rows, totals, strict=True)
    ]
    second = _fit_trees(_stage(along, targets, weights, settings), settings)
    return loads(dumps(PageModel(about, *tables, first, second, odds, "")))


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


def _crossed_totals(
    rows: Sequence[Rows],
    folds: Sequence[int],
    stage: _Stage,
    settings: PageSettings,
) -> list[Ints]:
    lines = np.repeat(folds, [row.shape[1] for row in rows])
    forests = []
    for number in range(_INNER_FOLDS):
        kept = lines != number
        part = stage._replace(
            bins=stage.bins[:, kept],
            by_line=stage.by_line[kept],
            targets=stage.targets[kept],
            weights=stage.weights[kept],
        )
        forests.append(_fit_trees(part, settings))
    return [forests[own].totals(row) for row, own in zip(rows, folds, strict=True)]


def _weights(sample: PageSample) -> Floats:
    """What a line can do to its page's F1: a word more or less, by the content's."""
    content = int(sample.words[sample.content].sum())
    weights = (sample.words + 1) / (content + _BASE_WORDS)
    found: Floats = weights * min(1.0, _MOST_WEIGHT / weights.sum()) * sample.weight
    return found


def _chances() -> NDArray[np.int16]:
    sums = (np.arange(_CHANCES) - _CHANCES // 2) * CHANCE_STEP + CHANCE_STEP / 2
    odds = CHANCE_UNITS / (1 + np.exp(-sums / _SCALE))
    return np.rint(odds).astype(np.int16)


# --- Words


def _fit_tables(
    samples: Sequence[PageSample], settings: PageSettings
) -> tuple[NDArray[np.int8], NDArray[np.int8]]:
    first = WHOLE_PAGE_COLUMNS[0]
    whole = [s for s in samples if s.source == first]
    both = [s for s in samples if s.source in (first, BARE)]
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
        linear = LogisticRegression(C=settings.word_strength, max_iter=30, tol=1e-3)
        linear.fit(table, np.concatenate([target(s) for s in samples]), weights)
        rows.append(np.rint(linear.coef_[0] * _WORD_SCALE).clip(-127, 127))
    return np.array(rows).astype(np.int8)


def _matrix(codes: Ints, lines: Ints, count: int, size: int) -> Any:  # noqa: ANN401
    ones = np.ones(len(codes), np.float32)
    return sparse.csr_matrix((ones, (lines, codes)), shape=(count, size))


def _after_end(sample: PageSample) -> NDArray[np.bool_]:
    last = int(np.flatnonzero(sample.content)[-1])
    place = np.arange(len(sample.content)) - last
    found: NDArray[np.bool_] = (place > 0) & (place <= _END_LINES)
    return found


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


def _stage(
    rows: Sequence[Rows],
    targets: NDArray[np.bool_],
    weights: Floats,
    settings: PageSettings,
) -> _Stage:
    table = np.hstack(rows)
    random = np.random.default_rng(settings.seed)
    chosen = random.integers(0, table.shape[1], _CUT_LINES)
    cuts = [_cuts(row[chosen]) for row in table]
    bins = [
        np.searchsorted(cut, row, side="right").astype(np.uint8)
        for cut, row in zip(cuts, table, strict=True)
    ]
    both = np.stack(bins)
    return _Stage(both, cuts, np.ascontiguousarray(both.T), targets, weights)


def _cuts(values: Rows) -> Ints:
    shares = np.linspace(0, 1, _CUTS + 1)[1:-1]
    cuts = np.unique(np.quantile(values, shares, method="higher"))
    found: Ints = cuts[cuts > values.min()].astype(np.int64)
    return found


def _fit_trees(stage: _Stage, settings: PageSettings) -> Forest:
    """Boosted trees that ask one question a level, on a sample of lines each."""
    random = np.random.default_rng(settings.seed)
    weights = stage.weights / stage.weights.mean()
    base = float(np.log((weights @ stage.targets) / (weights @ ~stage.targets)))
    sums = np.full(len(weights), base)
    chance = np.minimum(1.0, weights * settings.tree_lines / len(weights))
    trees = []
    for _ in range(settings.trees):
        lines = np.flatnonzero(random.random(len(weights)) < chance)
        odds = 1 / (1 + np.exp(-sums[lines]))
        share = weights[lines] / chance[lines] * (settings.tree_lines / len(weights))
        slope = share * (odds - stage.targets[lines])
        curve = share * odds * (1 - odds)
        asked, place = _grow(stage, lines, slope, curve, random, settings)
        size = 1 << settings.levels
        slopes = np.bincount(place, slope, size)
        curves = np.bincount(place, curve, size)
        leaves = -settings.learning_rate * slopes / (curves + settings.strength)
        leaves = np.rint(leaves * _SCALE)
        sums += leaves[_leaf(stage.bins, asked)] / _SCALE
        trees.append((asked, leaves))
    return _forest(trees, stage.cuts, base)


def _grow(  # noqa: PLR0913, PLR0917  # what a tree grows from
    stage: _Stage,
    lines: Ints,
    slope: Floats,
    curve: Floats,
    random: np.random.Generator,
    settings: PageSettings,
) -> tuple[list[tuple[int, int]], Ints]:
    """A tree's questions, and the leaf in which each of its lines ends."""
    able = np.flatnonzero([len(cut) > 0 for cut in stage.cuts])
    count = max(1, int(len(able) * settings.feature_share))
    features = np.sort(random.choice(able, count, replace=False))
    bins = np.ascontiguousarray(stage.by_line[lines][:, features].T)
    place = np.zeros(len(lines), np.int64)
    asked = []
    for level in range(settings.levels):
        feature, bin_ = _best(bins, place, 1 << level, slope, curve, settings.strength)
        asked.append((int(features[feature]), bin_))
        place = 2 * place + (bins[feature] >= bin_)
    return asked, place


def _best(  # noqa: PLR0913, PLR0917
    bins: Bytes, place: Ints, leaves: int, slope: Floats, curve: Floats, strength: float
) -> tuple[int, int]:
    """The question that gains most over all leaves: a feature, and its lowest bin."""
    size = _CUTS
    slopes = np.empty((len(bins), leaves, size))
    curves = np.empty_like(slopes)
    start = place * size
    for number, row in enumerate(bins):
        key = start + row
        slopes[number] = np.bincount(key, slope, leaves * size).reshape(leaves, size)
        curves[number] = np.bincount(key, curve, leaves * size).reshape(leaves, size)
    slopes, curves = slopes.cumsum(axis=2), curves.cumsum(axis=2)
    above, heavy = slopes[:, :, -1:] - slopes, curves[:, :, -1:] - curves
    gain = slopes**2 / (curves + strength) + above**2 / (heavy + strength)
    best = np.argmax(gain.sum(axis=1)[:, :-1])
    feature, bin_ = divmod(int(best), size - 1)
    return feature, bin_ + 1


def _leaf(bins: Bytes, asked: Sequence[tuple[int, int]]) -> Bytes:
    place = np.zeros(bins.shape[1], np.uint8)
    for feature, bin_ in asked:
        place = 2 * place + (bins[feature] >= bin_)
    return place


def _forest(
    trees: Sequence[tuple[list[tuple[int, int]], Floats]],
    cuts: Sequence[Ints],
    base: float,
) -> Forest:
    rows = [[feature for feature, _ in asked] for asked, _ in trees]
    thresholds = [[_threshold(cuts[f], b) for f, b in asked] for asked, _ in trees]
    leaves = np.array([values for _, values in trees]).clip(-32000, 32000)
    return Forest(
        np.array(rows, np.int16),
        np.array(thresholds, np.int16),
        leaves.astype(np.int16),
        round(base * _SCALE),
    )


def _threshold(cuts: Ints, bin_: int) -> int:
    """The lowest value in a bin; beyond the last bin, one that nothing reaches."""
    return int(cuts[bin_ - 1]) if bin_ <= len(cuts) else (1 << 15) - 1
