"""Training of the line model, cross-validated by site."""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from math import sqrt
from typing import TYPE_CHECKING, Final, NamedTuple

from cleaner.config import Config, removable
from cleaner.core import Cleaner
from cleaner.document import Document
from cleaner.edits import Edit
from cleaner.model.exemptions import is_exempt
from cleaner.model.features import GROUPS, suspects
from cleaner.model.scoring import Asked, Kind, LineModel, totals
from cleaner.training.report import Scored, figures, threshold_for
from cleaner.training.samples import (
    NOISE_LINE,
    NOTHING_LEFT,
    NoExampleError,
    Residual,
    Sample,
    SampleError,
    extent,
    few_sites,
    fold,
    residual,
)

if TYPE_CHECKING:
    from cleaner.training.fitting import Settings

FOLDS: Final = 5
_SPARED: Final = 64  # detectors of 256
_SITE_DOCUMENTS: Final = 6  # count in full; of more each counts less


def train(
    samples: Sequence[Sample], settings: "Settings", about: str = ""
) -> tuple[LineModel, list[Scored]]:
    """A model of all samples, and the scores that models of other sites gave them."""
    try:
        return _trained(with_rules(balanced(samples)), settings, about)
    except NoExampleError as error:
        raise SampleError(f"{error}: {extent(samples)}") from None
    except SampleError as error:
        raise SampleError(f"{error}: {few_sites(samples)}") from None


def _trained(
    samples: Sequence[Sample], settings: "Settings", about: str
) -> tuple[LineModel, list[Scored]]:
    from cleaner.training import fitting

    if not any(NOISE_LINE in sample.targets for sample in samples):
        raise NoExampleError("no line is labelled as noise")
    sums = _cross_validated(samples, settings)
    curves: dict[Kind, tuple[tuple[int, int], ...]] = {
        kind: _curve(sums, kind, skip=None) for kind in fitting.KINDS
    }
    model = fitting.with_curves(fitting.fit(samples, settings, about), curves)
    return model, _scored(sums, model)


def balanced(samples: Sequence[Sample]) -> list[Sample]:
    """The samples, of which those of a site with many documents count less each.

    Else a hundred pages of one template say what every site looks like. Out of folds
    0.01 to 0.02 more of other sites' noise is found by it, at equal false cuts.
    """
    sizes = Counter(sample.site for sample in samples if sample.labelled)
    return [
        replace(sample, weight=sample.weight * _share(sizes[sample.site]))
        for sample in samples
    ]


def _share(documents: int) -> float:
    """What each of so many labelled documents of a site counts."""
    return sqrt(min(1.0, _SITE_DOCUMENTS / max(documents, 1)))


def with_rules(samples: Iterable[Sample]) -> list[Sample]:
    """The samples with what rules cut before a model of each kind is asked."""
    presets: dict[Kind, str] = {"noise": "default", "not_body": "body"}
    cleaners = {
        kind: Cleaner(Config(preset, removable(preset) - {"boilerplate"}))
        for kind, preset in presets.items()
    }
    return [
        replace(
            sample,
            ruled={
                kind: _cutters(sample, cleaner.explain(sample.text).edits)
                for kind, cleaner in cleaners.items()
            },
        )
        for sample in samples
    ]


def _cutters(sample: Sample, edits: Iterable[Edit]) -> list[str]:
    """The detector that removes at least half of each line; "" if none does."""
    document = Document(sample.text)
    cuts = [edit for edit in edits if not edit.replacement.strip()]
    starts, ends = [edit.start for edit in cuts], [edit.end for edit in cuts]
    found = []
    for index in range(len(document.lines)):
        start, end = document.span(index)
        first, after = bisect_right(ends, start), bisect_left(starts, end)
        by = (
            edit.detector
            for edit in cuts[first:after]
            if 2 * (min(end, edit.end) - max(start, edit.start)) >= end - start
        )
        found.append(next(by, ""))
    return found


class _Sums(NamedTuple):
    """Out-of-fold sums of what rules leave of a document, by kind and line."""

    sample: Sample
    fold: int
    by_kind: dict[Kind, list[tuple[int, int]]]


def _cross_validated(samples: Sequence[Sample], settings: "Settings") -> list[_Sums]:
    from cleaner.training import fitting

    judged = [s for s in samples if s.labelled] or list(samples)
    salt = f"outer {settings.seed}"
    place = {site: fold(site, FOLDS, salt) for site in {s.site for s in samples}}
    found: list[_Sums] = []
    for number in range(FOLDS):
        model = fitting.fit([s for s in samples if place[s.site] != number], settings)
        for sample in judged:
            if place[sample.site] == number:
                sums = {k: _sums(model, sample, k) for k in fitting.KINDS}
                found.append(_Sums(sample, number, sums))
    return found


def _sums(model: LineModel, sample: Sample, kind: Kind) -> list[tuple[int, int]]:
    """The sums for what is left, by index in the whole document; no title is given."""
    left, gone = _left(sample, kind)
    lines = [sample.lines[index] for index in left]
    chosen = [at for at in suspects(lines) if not is_exempt(lines, at)]
    found = totals(model, Asked(lines, chosen, None, gone, kind))
    pairs = zip(chosen, found, strict=True)
    return [(left[index], total) for index, total in pairs if total is not None]


def _left(sample: Sample, kind: Kind) -> Residual:
    """What rules leave when a quarter of the detectors find nothing."""
    return residual(sample, kind, _SPARED, "judge")


def _curve(
    sums: Sequence[_Sums], kind: Kind, skip: int | None
) -> tuple[tuple[int, int], ...]:
    from cleaner.training import fitting

    pairs = [
        (total, entry.sample.targets[index] in fitting.KINDS[kind])
        for entry in sums
        if entry.fold != skip
        for index, total in entry.by_kind[kind]
    ]
    if not pairs and skip is None:
        raise NoExampleError(NOTHING_LEFT)
    if not pairs:
        raise SampleError("lines in doubt stand in one fold alone")
    return fitting.curve([total for total, _ in pairs], [hit for _, hit in pairs])


def _scored(sums: Sequence[_Sums], model: LineModel) -> list[Scored]:
    """Probabilities by curves that did not see the document's fold either."""
    from cleaner.training import fitting

    forests = {
        (kind, number): model.forests[kind]._replace(curve=_curve(sums, kind, number))
        for kind in fitting.KINDS
        for number in range(FOLDS)
    }
    found = []
    for entry in sums:
        noise, not_body = (
            {i: forests[k, entry.fold].probability(s) for i, s in entry.by_kind[k]}
            for k in fitting.KINDS
        )
        left = set(_left(entry.sample, "noise").left)
        ruled = frozenset(set(range(len(entry.sample.lines))) - left)
        found.append(Scored(entry.sample, noise, not_body, ruled))
    return found


def ablation(samples: Sequence[Sample], settings: "Settings") -> Iterator[str]:
    """Recall at 3 and 8 false cuts per 1,000 lines without each group of features."""
    yield "\n## Without a group of features: recall at 3 and 8 false cuts per 1,000"
    for name, hidden in [("nothing", ()), *GROUPS.items()]:
        _, scored = train(samples, replace(settings, without=frozenset(hidden)))
        at = [
            figures(scored, threshold_for(scored, budget)).recall for budget in (3, 8)
        ]
        yield f"{name:12} {at[0]:.3f} {at[1]:.3f}"
