"""`python -m cleaner.training DATA... -o FILE`: trains a line model, and says how good.

DATA are JSONL files of labelled documents and Parquet files of pages with a reference
text. Every figure in the report is of rules and model together, on sites that
the model never saw.
"""

import argparse
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from cleaner.config import Config
from cleaner.core import Cleaner
from cleaner.document import Document
from cleaner.edits import Edit
from cleaner.errors import CleanerError, MissingPackageError
from cleaner.labels import NOISE
from cleaner.model.features import GROUPS, in_doubt
from cleaner.model.samples import (
    CONTENT_LINE,
    FRAME_LINE,
    MIXED_LINE,
    NOISE_LINE,
    Sample,
    by_site,
    doubtful,
    read,
)
from cleaner.model.scoring import Kind, LineModel, totals
from cleaner.model.storage import dumps

if TYPE_CHECKING:
    from cleaner.model.fitting import Settings

FOLDS: Final = 5
THRESHOLDS: Final = (0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 1.0)
BUDGETS: Final = (1, 2, 3, 4.5, 8, 15)
_MAIN_LANGUAGES: Final = ("en", "de")
_BINS: Final = 10
_KEPT_FROM_RULES: Final = 64  # of 256
_ERROR_CHARS: Final = 100


class Scored(NamedTuple):
    """A document, the lines that rules cut, and what the model says of others."""

    sample: Sample
    noise: dict[int, float]
    frame: dict[int, float]
    ruled: frozenset[int] = frozenset()


class Figures(NamedTuple):
    """How good a threshold is, by the scoring of the `default` preset."""

    precision: float
    recall: float
    false_cuts: float
    frame_cuts: float


def train(
    samples: Sequence[Sample], settings: "Settings", about: str = ""
) -> tuple[LineModel, list[Scored]]:
    """A model of all samples, and the scores that models of other sites gave them."""
    from cleaner.model import fitting

    sums = _cross_validated(samples, settings)
    curves: dict[Kind, tuple[tuple[int, int], ...]] = {
        kind: _curve(sums, kind, skip=None) for kind in fitting.KINDS
    }
    model = fitting.with_curves(fitting.fit(samples, settings, about), curves)
    return model, _scored(sums, model)


class _Sums(NamedTuple):
    """Out-of-fold sums, by line, of what rules leave of a document."""

    sample: Sample
    ruled: frozenset[int]
    fold: int
    by_kind: dict[Kind, list[tuple[int, int]]]


def _cross_validated(samples: Sequence[Sample], settings: "Settings") -> list[_Sums]:
    from cleaner.model import fitting

    judged = [s for s in samples if s.labelled] or list(samples)
    ruled = _ruled(judged)
    found: list[_Sums] = []
    for number in range(FOLDS):
        place = {
            s: fitting.fold(s, FOLDS, f"outer {settings.seed}")
            for s in by_site(samples)
        }
        model = fitting.fit([s for s in samples if place[s.site] != number], settings)
        for sample, cut in zip(judged, ruled, strict=True):
            if place[sample.site] == number:
                sums = {k: _sums(model, sample, cut, k) for k in fitting.KINDS}
                found.append(_Sums(sample, cut, number, sums))
    return found


def _ruled(samples: Iterable[Sample]) -> list[frozenset[int]]:
    """The lines that rules cut of each document.

    A quarter of the detectors, others for each document, are kept from it: rules find
    more in the texts that they were written on than in those to come.
    """
    cleaner = Cleaner(Config().with_(remove=NOISE - {"boilerplate"}))
    return [_lines_cut(s, cleaner.explain(s.text).edits) for s in samples]


def _lines_cut(sample: Sample, edits: Sequence[Edit]) -> frozenset[int]:
    document = Document(sample.text)
    cut = set()
    for edit in edits:
        key = sha256(f"{sample.name} {edit.detector}".encode()).digest()
        if key[0] < _KEPT_FROM_RULES or edit.replacement.strip():
            continue
        for index in range(len(document.lines)):
            start, end = document.span(index)
            if 2 * (min(end, edit.end) - max(start, edit.start)) >= end - start:
                cut.add(index)
    return frozenset(cut)


def _sums(
    model: LineModel, sample: Sample, cut: frozenset[int], kind: Kind
) -> list[tuple[int, int]]:
    """The sums for what is left, by index in the whole document; no title is given."""
    left = [index for index in range(len(sample.lines)) if index not in cut]
    lines = [sample.lines[index] for index in left]
    chosen = in_doubt(lines)
    found = totals(model, lines, chosen, kind=kind)
    pairs = zip(chosen, found, strict=True)
    return [(left[index], total) for index, total in pairs if total is not None]


def _curve(
    sums: Sequence[_Sums], kind: Kind, skip: int | None
) -> tuple[tuple[int, int], ...]:
    from cleaner.model import fitting

    pairs = [
        (total, entry.sample.targets[index] == fitting.KINDS[kind])
        for entry in sums
        if entry.fold != skip
        for index, total in entry.by_kind[kind]
    ]
    return fitting.curve([total for total, _ in pairs], [hit for _, hit in pairs])


def _scored(sums: Sequence[_Sums], model: LineModel) -> list[Scored]:
    """Probabilities by curves that did not see the document's fold either."""
    from cleaner.model import fitting

    forests = {
        (kind, number): replace(model.forests[kind], curve=_curve(sums, kind, number))
        for kind in fitting.KINDS
        for number in range(FOLDS)
    }
    found = []
    for entry in sums:
        noise, frame = (
            {i: forests[k, entry.fold].probability(s) for i, s in entry.by_kind[k]}
            for k in fitting.KINDS
        )
        found.append(Scored(entry.sample, noise, frame, entry.ruled))
    return found


def figures(scored: Iterable[Scored], threshold: float) -> Figures:
    """Precision, recall and cuts per line of rules and model at a threshold.

    A cut line with inline noise counts as content lost.
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
        precision=hit / (hit + wrong) if hit + wrong else 1.0,
        recall=hit / positive if positive else 0.0,
        false_cuts=1000 * wrong / content if content else 0.0,
        frame_cuts=frame_cut / frame if frame else 0.0,
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
            if document.sample.targets[index] in (CONTENT_LINE, MIXED_LINE)
        ),
        reverse=True,
    )
    lines = sum(
        target in (CONTENT_LINE, MIXED_LINE)
        for document in scored
        for target in document.sample.targets
    )
    by_rules = sum(
        document.sample.targets[index] in (CONTENT_LINE, MIXED_LINE)
        for document in scored
        for index in document.ruled
    )
    allowed = int(false_cuts * lines / 1000) - by_rules
    if allowed < 0:
        return 1.0 + 1e-9
    return wrong[allowed] + 1e-9 if allowed < len(wrong) else 0.0


def report(scored: Sequence[Scored], settings: "Settings") -> Iterator[str]:
    """The report, line by line."""
    lines = sum(len(document.sample.lines) for document in scored)
    yield f"# Line model, {len(scored)} documents, {lines} lines, {FOLDS} folds by site"
    yield f"settings: {settings}"
    yield from _gate(scored)
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


def _row(name: str, row: Figures) -> str:
    return (
        f"{name:>9}  {row.precision:9.3f}  {row.recall:6.3f}  {row.false_cuts:16.1f}"
        f"  {row.frame_cuts:15.3f}"
    )


def _parts(scored: Sequence[Scored]) -> Iterator[tuple[str, list[Scored]]]:
    yield "all", list(scored)
    for language in _MAIN_LANGUAGES:
        yield language, [d for d in scored if d.sample.language == language]
    yield "rest", [d for d in scored if d.sample.language not in _MAIN_LANGUAGES]


def _gate(scored: Sequence[Scored]) -> Iterator[str]:
    doubt = [set(doubtful(document.sample)) for document in scored]
    share = {}
    for target in (CONTENT_LINE, NOISE_LINE, FRAME_LINE):
        total = kept = 0.0
        for document, chosen in zip(scored, doubt, strict=True):
            for index, found in enumerate(document.sample.targets):
                if found == target:
                    total += document.sample.weights[index]
                    kept += document.sample.weights[index] * (index in chosen)
        share[target] = kept / total if total else 0.0
    mean = sum(map(len, doubt)) / len(doubt)
    yield (
        f"in doubt: {mean:.1f} lines a document; {share[CONTENT_LINE]:.3f} of content, "
        f"{share[NOISE_LINE]:.3f} of noise, {share[FRAME_LINE]:.3f} of frame lines"
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
    """The worst false cuts and misses, with the lines around them."""
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


def ablation(samples: Sequence[Sample], settings: "Settings") -> Iterator[str]:
    """Recall at three false cuts per 1,000 lines without each group of features."""
    yield "\n## Without a group of features: recall at 3 and 8 false cuts per 1,000"
    for name, hidden in [("nothing", ()), *GROUPS.items()]:
        _, scored = train(samples, replace(settings, without=frozenset(hidden)))
        at = [
            figures(scored, threshold_for(scored, budget)).recall for budget in (3, 8)
        ]
        yield f"{name:12} {at[0]:.3f} {at[1]:.3f}"


def _arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="cleaner.training", description=__doc__)
    parser.add_argument("data", nargs="+", type=Path, help=".jsonl or .parquet")
    parser.add_argument("-o", "--output", type=Path, required=True)
    parser.add_argument(
        "--about", default="", help="data and licence, kept in the file"
    )
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument(
        "--ablation", action="store_true", help="takes ten times as long"
    )
    parser.add_argument(
        "--page", action="store_true", help="a page model, from Parquet files of pages"
    )
    parser.add_argument(
        "--errors", type=int, default=0, metavar="N", help="show the worst"
    )
    return parser.parse_args(argv)


def main(argv: Sequence[str] | None = None) -> int:
    """Train, write the file, print the report."""
    arguments = _arguments(argv)
    try:
        _run(arguments)
    except (CleanerError, OSError) as error:
        print(f"cleaner.training: {error}", file=sys.stderr)  # noqa: T201
        return 2
    return 0


def _run(arguments: argparse.Namespace) -> None:
    try:
        from cleaner.model.fitting import Settings
    except ImportError as error:
        raise MissingPackageError(
            f"training needs {error.name}: pip install 'article-cleaner[train]'"
        ) from error
    if arguments.page:
        from cleaner import page_training

        report_lines = page_training.run(
            arguments.data, arguments.output, arguments.about, arguments.seed
        )
        print("\n".join(report_lines))  # noqa: T201
        return
    settings = Settings(seed=arguments.seed)
    samples = read(arguments.data)
    model, scored = train(samples, settings, arguments.about)
    arguments.output.write_bytes(dumps(model))
    text = [*report(scored, settings), *errors(scored, arguments.errors)]
    if arguments.ablation:
        text += ablation(samples, settings)
    print("\n".join(text))  # noqa: T201


if __name__ == "__main__":
    sys.exit(main())
