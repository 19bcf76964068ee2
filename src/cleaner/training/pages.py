"""Trains a page model: `python -m cleaner.training --page PAGES.parquet -o FILE`.

Labelled stories (`.jsonl`) beside the pages teach it other languages, and restraint.

Every figure in the report is of pages whose site the model never saw.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from cleaner.model.page import CHANCE_UNITS, best_lines, likely_lines
from cleaner.model.page_storage import dumps
from cleaner.training.page_fitting import PageSettings, fit
from cleaner.training.page_samples import PageSample, read_samples
from cleaner.training.samples import SampleError, fold

FOLDS: Final = 4
_BINS: Final = 10


class Judged(NamedTuple):
    """A page, and the chance of each line by a model that never saw its site."""

    sample: PageSample
    likely: NDArray[np.int64]

    @property
    def f1(self) -> float:
        """F1 by words of the lines that would stay."""
        words, content = self.sample.words, self.sample.content
        kept = best_lines(self.likely, self.sample.page.word_counts + 1)
        both = words[kept & content].sum()
        return float(2 * both / max(1, words[kept].sum() + words[content].sum()))


def run(paths: Sequence[Path], about: str, seed: int) -> tuple[bytes, Iterator[str]]:
    """Train on all pages: the file's bytes, and the report line by line."""
    settings = PageSettings(seed=seed)
    samples = [sample for path in paths for sample in read_samples(path)]
    if not samples:
        raise SampleError("no page or story in the data")
    made = dumps(fit(samples, settings, about))
    return made, report(cross_validated(samples, settings), settings)


def cross_validated(
    samples: Sequence[PageSample], settings: PageSettings
) -> list[Judged]:
    """Every page judged by a model of other sites."""
    found = []
    places = [fold(s.site, FOLDS, f"outer {settings.seed}") for s in samples]
    for number in range(FOLDS):
        pairs = list(zip(samples, places, strict=True))
        model = fit([s for s, place in pairs if place != number], settings)
        found += [
            Judged(s, likely_lines(model, s.page))
            for s, place in pairs
            if place == number
        ]
    return found


def report(judged: Sequence[Judged], settings: PageSettings) -> Iterator[str]:
    """Figures by source and kind of page, and how true the probabilities are."""
    yield f"# Page model, {len(judged)} texts, {FOLDS} folds by site"
    yield f"settings: {settings}"
    groups: defaultdict[tuple[str, str], list[float]] = defaultdict(list)
    for page in judged:
        for kind in ("all", page.sample.kind):
            groups[page.sample.source, kind].append(page.f1)
    yield "\ntext                    kind           pages     F1"
    for (source, kind), scores in sorted(groups.items()):
        yield f"{source:23} {kind:13} {len(scores):6} {np.mean(scores):6.3f}"
    yield from _calibration(judged)


def _calibration(judged: Iterable[Judged]) -> Iterator[str]:
    likely = np.concatenate([page.likely for page in judged])
    content = np.concatenate([page.sample.content for page in judged])
    bins = np.minimum(likely * _BINS // CHANCE_UNITS, _BINS - 1)
    yield "\n## Calibration\n     said   true    lines"
    for number in range(_BINS):
        inside = bins == number
        if inside.any():
            said = likely[inside].mean() / CHANCE_UNITS
            yield f"{said:9.3f}  {content[inside].mean():5.3f}  {inside.sum():7}"
