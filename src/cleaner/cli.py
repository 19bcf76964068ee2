"""The command: a filter from text to article."""

import argparse
import json
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from cleaner import __version__
from cleaner.config import PRESETS
from cleaner.core import explain
from cleaner.edits import Cleaned, Edit
from cleaner.errors import CleanerError

USAGE: Final = 2
INPUT_OR_OUTPUT_FAILED: Final = 4
INTERRUPTED: Final = 130
PIPE_CLOSED: Final = 141


class _InputError(CleanerError):
    """A file that can't be read as UTF-8 text."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Clean the files named, or standard input; returns the exit status."""
    options = _parser().parse_args(arguments)
    try:
        for text in _texts(options.files):
            done = explain(text, options.preset)
            _write(_json(done) if options.json else done.text)
            if options.explain:
                _tell(done)
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return PIPE_CLOSED
    except KeyboardInterrupt:
        return INTERRUPTED
    except (CleanerError, OSError) as error:
        print(f"cleaner: {error}", file=sys.stderr)
        is_file = isinstance(error, OSError | _InputError)
        return INPUT_OR_OUTPUT_FAILED if is_file else USAGE
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="cleaner",
        description="Remove scraped noise from the text of an article. Each file is "
        "one document; standard input is read if none is named.",
        epilog="exit status: 0 done, 2 usage, 4 input or output failed",
    )
    parser.add_argument(
        "files", nargs="*", metavar="FILE", help='"-" is standard input'
    )
    parser.add_argument(
        "--preset",
        choices=sorted(PRESETS),
        default="default",
        help="what to remove (default: %(default)s)",
    )
    parser.add_argument(
        "--explain", action="store_true", help="tell each cut on standard error"
    )
    parser.add_argument(
        "--json", action="store_true", help="write text and edits as one JSON line"
    )
    parser.add_argument("--version", action="version", version=__version__)
    return parser


def _texts(files: Sequence[str]) -> Iterator[str]:
    for name in files or ["-"]:
        data = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
        try:
            yield data.decode()
        except UnicodeDecodeError as error:
            raise _InputError(
                f"{name}: byte {error.start} is not UTF-8; convert the file first, "
                "for example with iconv"
            ) from error


def _write(text: str) -> None:
    sys.stdout.buffer.write(text.encode())


def _json(done: Cleaned) -> str:
    """Text and edits as one line."""
    row = {
        "text": done.text,
        "edits": [edit._asdict() for edit in done.edits],
        "withheld": [
            {**withheld._asdict(), "edits": [edit._asdict() for edit in withheld.edits]}
            for withheld in done.withheld
        ],
    }
    return json.dumps(row, ensure_ascii=False) + "\n"


def _tell(done: Cleaned) -> None:
    for edit in done.edits:
        print(_told(edit, done.original), file=sys.stderr)
    for withheld in done.withheld:
        cuts = len(withheld.edits)
        print(
            f"withheld  {withheld.preset}: {withheld.reason} ({cuts} edits)",
            file=sys.stderr,
        )


def _told(edit: Edit, original: str) -> str:
    """An edit on one line; control characters can't reach the terminal."""
    was = json.dumps(original[edit.start : edit.end].strip(), ensure_ascii=False)
    now = (
        f" => {json.dumps(edit.replacement, ensure_ascii=False)}"
        if edit.replacement
        else ""
    )
    where = f"{edit.start}-{edit.end}"
    return f"{where:<12} {edit.label:<13} {edit.score:.2f}  {was}{now}  ({edit.reason})"
