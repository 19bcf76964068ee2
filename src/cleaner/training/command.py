"""The command that trains: its options, and the report on what it trained."""

import argparse
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from cleaner import training
from cleaner.atomic import replacing
from cleaner.errors import CleanerError, extra
from cleaner.model.storage import dumps
from cleaner.training.lines import FOLDS, ablation, train
from cleaner.training.report import errors, report, warning
from cleaner.training.samples import SampleError, read


def _arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="cleaner.training", description=training.__doc__
    )
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
        "--page", action="store_true", help="a page model, from whole pages and stories"
    )
    parser.add_argument(
        "--errors", type=int, default=0, metavar="N", help="show the worst"
    )
    arguments = parser.parse_args(argv)
    if arguments.page and (arguments.ablation or arguments.errors):
        parser.error("--ablation and --errors are of line models, not of --page")
    return arguments


def main(argv: Sequence[str] | None = None) -> int:
    """Train, write the file, print the report."""
    arguments = _arguments(argv)
    try:
        _run(arguments)
    except (CleanerError, OSError) as error:
        print(f"cleaner.training: {error}", file=sys.stderr)
        return 2
    return 0


def _refuse_overwriting(data: Sequence[Path], output: Path) -> None:
    for path in data:
        if output.exists() and path.exists() and output.samefile(path):
            raise SampleError(f"{output} is also read: name another file to write to")


def _run(arguments: argparse.Namespace) -> None:
    _refuse_overwriting(arguments.data, arguments.output)
    with extra("train", "training"):
        from cleaner.training.fitting import Settings
    if arguments.page:
        from cleaner.training import pages

        report_lines = pages.run(
            arguments.data, arguments.output, arguments.about, arguments.seed
        )
        print("\n".join(report_lines))
        return
    settings = Settings(seed=arguments.seed)
    samples = read(arguments.data)
    with ExitStack() as placed, replacing(arguments.output, placed) as out:
        model, scored = train(samples, settings, arguments.about)
        out.write(dumps(model))
    if warned := warning(scored):
        print(f"cleaner.training: {warned}", file=sys.stderr)
    text = [*report(scored, settings, FOLDS), *errors(scored, arguments.errors)]
    if arguments.ablation:
        text += ablation(samples, settings)
    print("\n".join(text))
