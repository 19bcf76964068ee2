"""Fits the score of quality() and tells how well it is calibrated.

    python benchmarks/score.py --fit TRAIN.jsonl PAGES.parquet --test DEV.jsonl

The target of a labelled article is the share of its characters, blank space aside,
that are not labelled noise; of a page, the share of an extractor's word tokens that
stand in the reference text. The fit is logistic, in folds by site.
"""

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Final, NamedTuple
from zlib import crc32

import numpy as np
import numpy.typing as npt
from scoring import masks, to_record

from cleaner import quality
from cleaner.signals.score import FEATURES, features
from cleaner.sites import site_of

Numbers = npt.NDArray[np.float64]

FOLDS: Final = 5
BINS: Final = (0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 1.01)
RIDGE: Final = 1e-3
SMALLEST_STEP: Final = 1e-8
EXTRACTORS: Final = (
    "trafilatura",
    "trafilatura_recall",
    "resiliparse",
    "resiliparse_page",
    "justext",
    "readability_lxml",
    "newspaper4k",
    "goose3",
    "inscriptis_page",
)


class Sample(NamedTuple):
    """A document: its site, its signals as features, the share that is article."""

    site: str
    features: list[float]
    share: float


def main() -> None:
    """Fit in folds, tell the figures, print the weights of a fit on all."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--fit", nargs="+", default=[], help="JSONL or Parquet")
    parser.add_argument("--test", nargs="+", default=[], help="JSONL or Parquet")
    options = parser.parse_args()
    if options.fit:
        samples = {source: list(_samples(source)) for source in options.fit}
        _fit_and_tell(samples)
    for source in options.test:
        tested = [(s.share, _shipped(s)) for s in _samples(source)]
        _tell(f"{source}, shipped weights", tested)


def _samples(source: str) -> Iterator[Sample]:
    rows = _pages(source) if source.endswith(".parquet") else _articles(source)
    for site, lang, text, share in rows:
        signals = quality(text, lang=lang).signals
        yield Sample(site, features(signals), share)


def _articles(source: str) -> Iterator[tuple[str, str | None, str, float]]:
    with Path(source).open(encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            parts = masks(to_record(row))
            content, noise = (np.count_nonzero(m) for m in (parts.content, parts.noise))
            kept = content + np.count_nonzero(parts.aside)
            site = site_of(row["url"] or "") or row["id"]
            yield site, row["lang"], row["text"], kept / ((kept + noise) or 1)


def _pages(source: str) -> Iterator[tuple[str, None, str, float]]:
    """Every page once, as the extractor left it that falls to it."""
    import pyarrow.parquet

    for row in pyarrow.parquet.read_table(source).to_pylist():
        text = row[EXTRACTORS[crc32(row["id"].encode()) % len(EXTRACTORS)]]
        if text:
            site = site_of(row["url"]) or ""
            yield site, None, text, _overlap(text, row["main_content"])


def _overlap(text: str, reference: str) -> float:
    found, wanted = (Counter(re.findall(r"\w+", x.lower())) for x in (text, reference))
    return (found & wanted).total() / (found.total() or 1)


def _fit_and_tell(samples: dict[str, list[Sample]]) -> None:
    pooled = [sample for rows in samples.values() for sample in rows]
    weights = _evenly([len(rows) for rows in samples.values()])
    folds = np.array([crc32(s.site.encode()) % FOLDS for s in pooled])
    x = np.array([[1.0, *s.features] for s in pooled])
    y = np.array([s.share for s in pooled])
    chance = np.zeros(len(y))
    for fold in range(FOLDS):
        rest = folds != fold
        found = _fitted(x[rest], y[rest], weights[rest])
        chance[~rest] = _logistic(x[~rest] @ found)
    start = 0
    for source, rows in samples.items():
        part = slice(start, start := start + len(rows))
        _tell(f"{source}, folds", list(zip(y[part], chance[part], strict=True)))
    found = _fitted(x, y, weights)
    names = ("", *FEATURES)
    print({n: round(float(w), 3) for n, w in zip(names, found, strict=True)})


def _evenly(sizes: Sequence[int]) -> Numbers:
    """Weights that make each source count the same."""
    return np.concatenate([np.full(n, max(sizes) / n) for n in sizes])


def _fitted(x: Numbers, y: Numbers, weights: Numbers) -> Numbers:
    """Newton's method for a logistic fit to shares."""
    found = np.zeros(x.shape[1])
    for _ in range(50):
        chance = _logistic(x @ found)
        slope = x.T @ (weights * (chance - y)) + RIDGE * found
        curve = (x.T * (weights * chance * (1 - chance))) @ x
        step = np.linalg.solve(curve + RIDGE * np.eye(len(found)), slope)
        found -= step
        if np.abs(step).max() < SMALLEST_STEP:
            break
    return found


def _logistic(z: Numbers) -> Numbers:
    return 1 / (1 + np.exp(-z))


def _shipped(sample: Sample) -> float:
    from cleaner.signals.score import score_of

    return score_of(sample.features)


def _tell(name: str, pairs: Sequence[tuple[float, float]]) -> None:
    y, p = (np.array(column) for column in zip(*pairs, strict=True))
    spread = float(np.square(y - y.mean()).mean())
    explained = 1 - float(np.square(y - p).mean()) / spread
    ranks = np.corrcoef(y.argsort().argsort(), p.argsort().argsort())[0, 1]
    print(
        f"\n{name}: {len(y)} documents, mean share {y.mean():.3f}, mean score "
        f"{p.mean():.3f}, mean error {np.abs(y - p).mean():.3f}, variance explained "
        f"{explained:.2f}, rank correlation {ranks:.2f}"
    )
    print(f"{'score':>12} {'documents':>10} {'mean score':>11} {'mean share':>11}")
    for low, high in pairwise(BINS):
        inside = (p >= low) & (p < high)
        if inside.any():
            means = f"{p[inside].mean():11.3f} {y[inside].mean():11.3f}"
            print(f"{low:5.2f}-{min(high, 1):5.2f} {inside.sum():10} {means}")


if __name__ == "__main__":
    main()
