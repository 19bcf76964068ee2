"""The command that trains: its options, and the report on what it trained."""

import argparse
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from itertools import chain
from pathlib import Path
from typing import Final

from cleaner import training
from cleaner.atomic import replacing
from cleaner.errors import CleanerError, extra
from cleaner.io.encoding import is_utf8
from cleaner.io.rows import check_writable
from cleaner.model.storage import dumps
from cleaner.shell import ended, tell
from cleaner.training.lines import FOLDS, ablation, train
from cleaner.training.report import errors, report, warnings
from cleaner.training.samples import read

_NAME: Final = "cleaner.training"
_MAX_SEED: Final = 2**32 - 1  # scikit-learn's


def _arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog=_NAME, description=training.__doc__)
    parser.add_argument(
        "data",
        nargs="+",
        type=Path,
        help="labelled documents (.jsonl) or pages with their text (.parquet)",
    )
    parser.add_argument(
        "-o", "--output", type=Path, required=True, help="where the model is written"
    )
    parser.add_argument(
        "--about", default="", help="data and licence, kept in the file"
    )
    parser.add_argument(
        "--seed",
        type=int,
        default=0,
        help="of folds and trees; the same gives the same",
    )
    parser.add_argument(
        "--ablation",
        action="store_true",
        help="report, too, what each group of features brings; takes ten times as long",
    )
    parser.add_argument(
        "--page", action="store_true", help="a page model, from whole pages and stories"
    )
    parser.add_argument(
        "--errors", type=int, default=0, metavar="N", help="report the worst N"
    )
    arguments = parser.parse_args(argv)
    if arguments.page and (arguments.ablation or arguments.errors):
        parser.error("--ablation and --errors are of line models, not of --page")
    if not 0 <= arguments.seed <= _MAX_SEED:
        parser.error(f"--seed is a number from 0 to {_MAX_SEED}")
    if arguments.errors < 0:
        parser.error("--errors is a number from 0 on")
    if str(arguments.output) == "-" or arguments.output.suffix in (".gz", ".zst"):
        parser.error("--output is a file of JSON; the report goes to standard output")
    if not is_utf8(arguments.about):
        parser.error("--about is not UTF-8")
    return arguments


def main(argv: Sequence[str] | None = None) -> int:
    """Train, write the file, print the report; returns the exit status."""
    arguments = _arguments(argv)
    return ended(_NAME, lambda: _run(arguments))


def _run(arguments: argparse.Namespace) -> int:
    _check_output(arguments.data, arguments.output)
    made, report_lines = (_page_model if arguments.page else _line_model)(arguments)
    with ExitStack() as placed, replacing(arguments.output, placed) as out:
        out.write(made)
    for line in report_lines:
        print(line, flush=True)
    return 0


def _check_output(data: Sequence[Path], output: Path) -> None:
    """That the file can be written is seen to before the work."""
    for path in data:
        if output.exists() and path.exists() and output.samefile(path):
            raise CleanerError(f"{output} is also read: name another file to write to")
    check_writable(output)


def _page_model(arguments: argparse.Namespace) -> tuple[bytes, Iterable[str]]:
    with extra("train", "training"):
        from cleaner.training import pages
    return pages.run(arguments.data, arguments.about, arguments.seed)


def _line_model(arguments: argparse.Namespace) -> tuple[bytes, Iterable[str]]:
    with extra("train", "training"):
        from cleaner.training.fitting import Settings
    settings = Settings(seed=arguments.seed)
    samples = read(arguments.data)
    model, scored = train(samples, settings, arguments.about)
    tell(*(f"{_NAME}: {warned}" for warned in warnings(scored)))
    told = [report(scored, settings, FOLDS), errors(scored, arguments.errors)]
    if arguments.ablation:
        told.append(ablation(samples, settings))
    return dumps(model), chain.from_iterable(told)
