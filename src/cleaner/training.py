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
    Sample,
    by_site,
    read,
)
from cleaner.model.scoring import Kind, LineModel, totals
from cleaner.model.storage import dumps
from cleaner.training_report import Scored, errors, figures, report, threshold_for

if TYPE_CHECKING:
    from cleaner.model.fitting import Settings

FOLDS: Final = 5
_KEPT_FROM_RULES: Final = 64  # of 256


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
    text = [*report(scored, settings, FOLDS), *errors(scored, arguments.errors)]
    if arguments.ablation:
        text += ablation(samples, settings)
    print("\n".join(text))  # noqa: T201


if __name__ == "__main__":
    sys.exit(main())
