"""How good a line model is on documents that it never saw: a training's report."""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from cleaner.model.features import in_doubt
from cleaner.proposals import MIN_MODEL_SCORES
from cleaner.training.samples import (
    CONTENT_LINE,
    FRAME_LINE,
    MIXED_LINE,
    NOISE_LINE,
    Sample,
)

THRESHOLDS: Final = (0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 1.0)
BUDGETS: Final = (1, 2, 3, 4.5, 8, 15)
_MAIN_LANGUAGES: Final = ("en", "de")
_BINS: Final = 10
_ERROR_CHARS: Final = 100
# So many without a fault show with 95 % confidence that of 100 documents 98 have none,
# and of ten sites nine.
_ENOUGH_DOCUMENTS: Final = 149
_ENOUGH_SITES: Final = 29
_MUST_STAY: Final = (CONTENT_LINE, MIXED_LINE)


class Scored(NamedTuple):
    """A document, the lines that rules cut, and what the model says of others."""

    sample: Sample
    noise: dict[int, float]
    not_body: dict[int, float]
    ruled: frozenset[int] = frozenset()


class Figures(NamedTuple):
    """How good a threshold is, by the scoring of the `default` preset."""

    precision: float
    recall: float
    false_cuts: float
    frame_cuts: float


def figures(scored: Iterable[Scored], threshold: float) -> Figures:
    """Precision, recall and cuts per line of rules and model at a threshold.

    A cut line with inline noise counts as content lost. A share of nothing is NaN.
    """
    hit = positive = 0.0
    wrong = content = frame = frame_cut = 0
    for document in scored:
        cut = document.ruled.union(
            i for i, p in document.noise.items() if p >= threshold
        )
        for index, target in enumerate(document.sample.targets):
            if target == NOISE_LINE:
                positive += document.sample.weights[index]
                hit += document.sample.weights[index] * (index in cut)
            elif target == FRAME_LINE:
                frame += 1
                frame_cut += index in cut
            else:
                content += 1
                wrong += index in cut
    return Figures(
        precision=hit / (hit + wrong) if hit + wrong else math.nan,
        recall=hit / positive if positive else math.nan,
        false_cuts=1000 * wrong / content if content else math.nan,
        frame_cuts=frame_cut / frame if frame else math.nan,
    )


def threshold_for(scored: Sequence[Scored], false_cuts: float) -> float:
    """The lowest threshold that keeps within so many false cuts per 1,000 lines.

    Above 1, so that the model cuts nothing, where rules alone use that up.
    """
    wrong = sorted(
        (
            probability
            for document in scored
            for index, probability in document.noise.items()
            if document.sample.targets[index] in _MUST_STAY
        ),
        reverse=True,
    )
    lines = sum(
        target in _MUST_STAY
        for document in scored
        for target in document.sample.targets
    )
    by_rules = sum(
        document.sample.targets[index] in _MUST_STAY
        for document in scored
        for index in document.ruled
    )
    allowed = int(false_cuts * lines / 1000) - by_rules
    if allowed < 0:
        return 1.0 + 1e-9
    return wrong[allowed] + 1e-9 if allowed < len(wrong) else 0.0


def report(scored: Sequence[Scored], settings: object, folds: int) -> Iterator[str]:
    """The report, line by line."""
    lines = sum(len(document.sample.lines) for document in scored)
    yield f"# Line model, {len(scored)} documents, {lines} lines, {folds} folds by site"
    yield f"settings: {settings}"
    yield from warnings(scored)
    yield from _in_doubt(scored)
    for name, part in _parts(scored):
        yield f"\n## {name}: {len(part)} documents"
        yield "threshold  precision  recall  false cuts/1,000  frame lines cut"
        for threshold in THRESHOLDS:
            yield _row(f"{threshold:9.2f}", figures(part, threshold))
        yield "at a budget of false cuts per 1,000:"
        for budget in BUDGETS:
            threshold = threshold_for(part, budget)
            yield _row(f"{budget:4} {threshold:.2f}", figures(part, threshold))
    yield from _calibration(scored)
    yield from _by_label(scored)


def warnings(scored: Sequence[Scored]) -> Iterator[str]:
    """What is to be told of a model of little data, and of one that never cuts."""
    sites = len({document.sample.site for document in scored})
    if len(scored) < _ENOUGH_DOCUMENTS or sites < _ENOUGH_SITES:
        yield (
            f"warning: strict needs at least {_ENOUGH_DOCUMENTS} documents of "
            f"{_ENOUGH_SITES} sites to be trusted; these are {len(scored)} of {sites}"
        )
    bar = MIN_MODEL_SCORES["noise"]
    if all(chance < bar for document in scored for chance in document.noise.values()):
        yield f"warning: at {bar}, as default asks, the model cuts no line of these"


def _row(name: str, row: Figures) -> str:
    told = (
        f"{name:>9}  {row.precision:9.3f}  {row.recall:6.3f}  {row.false_cuts:16.1f}"
        f"  {row.frame_cuts:15.3f}"
    )
    return told.replace("nan", "  -")  # a share of nothing


def _parts(scored: Sequence[Scored]) -> Iterator[tuple[str, list[Scored]]]:
    """All documents; where there are several groups of languages, those of each."""
    yield "all", list(scored)
    groups: defaultdict[str, list[Scored]] = defaultdict(list)
    for document in scored:
        language = document.sample.language
        groups[language if language in _MAIN_LANGUAGES else "rest"].append(document)
    if len(groups) > 1:
        yield from sorted(groups.items())


def _in_doubt(scored: Sequence[Scored]) -> Iterator[str]:
    doubt = [set(in_doubt(document.sample.lines)) for document in scored]
    share = {}
    for target in (CONTENT_LINE, NOISE_LINE, FRAME_LINE):
        total = kept = 0.0
        for document, chosen in zip(scored, doubt, strict=True):
            for index, found in enumerate(document.sample.targets):
                if found == target:
                    total += document.sample.weights[index]
                    kept += document.sample.weights[index] * (index in chosen)
        share[target] = f"{kept / total:.3f}" if total else "-"
    mean = sum(map(len, doubt)) / len(doubt)
    yield (
        f"in doubt: {mean:.1f} lines a document; {share[CONTENT_LINE]} of content, "
        f"{share[NOISE_LINE]} of noise, {share[FRAME_LINE]} of frame lines"
    )


def _calibration(scored: Sequence[Scored]) -> Iterator[str]:
    bins: list[list[tuple[float, bool]]] = [[] for _ in range(_BINS)]
    for document in scored:
        for index, probability in document.noise.items():
            hit = document.sample.targets[index] == NOISE_LINE
            bins[min(_BINS - 1, int(probability * _BINS))].append((probability, hit))
    yield "\n## Calibration\n     said   true  lines"
    for inside in filter(None, bins):
        said = sum(p for p, _ in inside) / len(inside)
        true = sum(hit for _, hit in inside) / len(inside)
        yield f"{said:9.3f}  {true:5.3f}  {len(inside):5}"


def _by_label(scored: Sequence[Scored]) -> Iterator[str]:
    threshold = threshold_for(scored, 3)
    found: dict[str, list[float]] = {}
    for document in scored:
        for index, label in enumerate(document.sample.labels):
            if label:
                chance = document.noise.get(index, 0.0)
                cut = index in document.ruled or chance >= threshold
                weight = document.sample.weights[index]
                counts = found.setdefault(label, [0.0, 0.0])
                counts[0] += weight
                counts[1] += weight * cut
    yield f"\n## By label, threshold {threshold:.2f}"
    for label, (total, cut_weight) in sorted(found.items()):
        yield f"{label:14} {cut_weight / total:.3f} of {total:.0f}"


def errors(scored: Iterable[Scored], count: int) -> Iterator[str]:
    """The worst false cuts and misses, with the lines around them; none of none."""
    if not count:
        return
    ranked = sorted(
        (
            (abs(probability - (target == NOISE_LINE)), document, index)
            for document in scored
            for index, probability in document.noise.items()
            if (target := document.sample.targets[index]) in (CONTENT_LINE, NOISE_LINE)
        ),
        key=lambda entry: (-entry[0], entry[1].sample.name, entry[2]),
    )
    yield "\n## Worst errors"
    for target, name in ((CONTENT_LINE, "false cut"), (NOISE_LINE, "miss")):
        wrong = [e for e in ranked if e[1].sample.targets[e[2]] == target]
        for _, document, index in wrong[:count]:
            sample = document.sample
            said, label = document.noise[index], sample.labels[index]
            yield f"{name} {said:.2f} {label} {sample.name}"
            for near in range(max(0, index - 1), min(len(sample.lines), index + 2)):
                mark = ">" if near == index else " "
                yield f"  {mark} {sample.lines[near][:_ERROR_CHARS]}"
