"""The command's options, and the run that they ask for."""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from cleaner import __version__
from cleaner.atomic import may_replace
from cleaner.cli.job import Job, is_folder, means_folder
from cleaner.config import PRESETS, Config, check_names
from cleaner.detectors import DETECTORS
from cleaner.detectors.own import OwnRules, parse_rules
from cleaner.errors import CleanerError, InvalidRuleError
from cleaner.files import read_at_most
from cleaner.io.encoding import POLICIES
from cleaner.io.formats import (
    FORMATS,
    STANDARD,
    Format,
    check_ending,
    chosen,
    format_of,
)
from cleaner.io.rows import MAX_DOCUMENT_MIB, MAX_EXPANSION, InputError, Reading
from cleaner.labels import FRAME, LABELS, NOISE, REPAIRS
from cleaner.languages import ANY, LANGUAGES
from cleaner.shell import is_terminal
from cleaner.sites import SiteMemory

_MAX_RULES_BYTES: Final = 1 << 24
_MAX_LIMIT: Final = sys.maxsize >> 21  # in bytes it is still a size

_EXAMPLES: Final = """\
examples:
  trafilatura -u URL | cleaner --explain
  cleaner --diff article.txt
  cleaner -f article.body -j 4 news.jsonl.zst -o clean.jsonl.zst --stats
  cleaner news.jsonl --check --report review.html
  cleaner --rules mine.txt --keep related_link,bio news.parquet -o clean.parquet

exit status: 0 done, 1 --check found something, 2 usage, 3 some rows failed,
4 input or output failed, 129 terminal closed, 130 interrupted, 141 output closed,
143 terminated
"""


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="cleaner",
        description="Remove scraped noise from the text of articles. Reads the files, "
        "or standard input, and writes to standard output.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    _add_input(parser)
    _add_choice(parser)
    _add_output(parser)
    _add_views(parser)
    parser.add_argument("--list", action=_List, nargs=0, help="list all names and stop")
    parser.add_argument("--version", action="version", version=__version__)
    return parser


def _add_input(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("input")
    group.add_argument("files", nargs="*", metavar="FILE", help='"-": standard input')
    group.add_argument(
        "-F",
        "--format",
        metavar="NAME",
        help=f"{', '.join(FORMATS)} (default: by the file's ending, or text); "
        ".gz and .zst are undone",
    )
    group.add_argument(
        "-f",
        "--field",
        metavar="NAME",
        help="the JSON field (dotted paths too) or column with the text (text); those "
        "called title, url and lang at the record's top are hints",
    )
    _add_faults(group)


def _add_faults(group: argparse._ArgumentGroup) -> None:
    group.add_argument(
        "--encoding-errors",
        choices=POLICIES,
        default="strict",
        help="bytes that are not UTF-8: a fault, U+FFFD, or the bytes again (strict); "
        "in HTML U+FFFD",
    )
    group.add_argument(
        "--on-error",
        choices=("fail", "keep", "skip"),
        default="fail",
        help="a faulty row: stop, write it as it came, or leave it out (fail)",
    )
    group.add_argument(
        "--rejected", metavar="FILE", help="faulty rows go here, too (OUTPUT.rejected)"
    )
    group.add_argument(
        "--max-document",
        type=int,
        default=MAX_DOCUMENT_MIB,
        metavar="MIB",
        help=f"a larger document ends the run ({MAX_DOCUMENT_MIB})",
    )
    group.add_argument(
        "--max-expansion",
        type=int,
        default=MAX_EXPANSION,
        metavar="N",
        help="so does what unpacks to more than that and N times its size "
        f"({MAX_EXPANSION})",
    )


def _add_choice(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("what to remove")
    group.add_argument(
        "--preset",
        metavar="NAME",
        help=f"{', '.join(PRESETS)} (default; page for web archives)",
    )
    group.add_argument(
        "--remove",
        action="append",
        metavar="LABELS",
        help="these only, by commas; of repairs, too",
    )
    group.add_argument(
        "--keep", action="append", metavar="LABELS", help="all but these"
    )
    group.add_argument(
        "--lang",
        action="append",
        metavar="CODES",
        help="phrases of these only: en,de",
    )
    group.add_argument(
        "--model", metavar="FILE", help="a line model you trained, not the one shipped"
    )
    group.add_argument(
        "--memory", metavar="FILE", help="a saved SiteMemory; rows need a url"
    )
    group.add_argument(
        "--rules",
        action="append",
        default=[],
        metavar="FILE",
        help="'deny' and 'allow' rules, yours; several add up",
    )


def _add_output(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("output")
    group.add_argument(
        "-o",
        "--output",
        default=STANDARD,
        metavar="FILE",
        help="whole or not at all; .gz and .zst compress; in a folder each input has a "
        "file of its name",
    )
    group.add_argument(
        "-j",
        "--jobs",
        type=int,
        default=1,
        metavar="N",
        help="processes (1; 0: all processors)",
    )


def _add_views(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("see what goes")
    group.add_argument(
        "--explain", action="store_true", help="one line per cut, on stderr"
    )
    group.add_argument(
        "--diff", action="store_true", help="write the changes, not the text"
    )
    group.add_argument(
        "--check",
        action="store_true",
        help="write no text, name what has noise or something to repair, and exit 1 "
        "if anything has (for noise alone: --keep encoding,fused)",
    )
    group.add_argument("--stats", action="store_true", help="a table, on stderr")
    group.add_argument("--edits", metavar="FILE", help="each edit as a JSON line")
    group.add_argument("--report", metavar="FILE", help="a page to review the cuts in")


class _List(argparse.Action):
    """`--list`: prints what can be named, and ends."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        for title, rows in _tables():
            print(f"{title}:")
            width = max(map(len, rows))
            for name, summary in rows.items():
                print(f"  {name:<{width}}  {summary}".rstrip())
        parser.exit()


def _tables() -> list[tuple[str, dict[str, str]]]:
    detectors = {d.name: f"{d.label}: {d.summary}" for d in DETECTORS.values()}
    codes = " ".join(sorted(LANGUAGES.keys() - {ANY}))
    return [
        ("presets", dict(PRESETS)),
        ("labels", dict(LABELS)),
        ("detectors", detectors),
        ("languages", {codes: ""}),
        ("formats", {row.name: row.summary for row in FORMATS.values()}),
    ]


def job_of(arguments: Sequence[str] | None) -> Job:
    """What the arguments ask for; those of the process, if None.

    Raises CleanerError for what makes no sense.
    """
    options = _parser().parse_args(arguments)
    files = options.files or [STANDARD]
    _check_files(options)
    form = chosen(options.format, files)
    _check_outputs(options, form)
    if options.memory and form.name in {"text", "html"}:
        raise CleanerError(f"--memory: {form.name} has no URL by which a site is known")
    if options.field is not None and not form.has_fields:
        raise CleanerError(f"--field: {form.name} has no fields; -F says what is read")
    return Job(
        files,
        form,
        config=_config(
            options, form.preset if options.preset is None else options.preset
        ),
        also_read=[*options.rules, *filter(None, (options.model, options.memory))],
        reading=_reading(options),
        processes=_processes(options.jobs),
        on_error=options.on_error,
        output=options.output,
        rejected=_rejected(options),
        edits=options.edits,
        report=options.report,
        explains=options.explain,
        diffs=options.diff,
        checks=options.check,
        counts=options.stats,
    )


def _check_files(options: argparse.Namespace) -> None:
    outputs = (options.output, options.rejected, options.edits, options.report)
    also_read = (options.model, options.memory, *options.rules)
    if "" in (*options.files, *outputs, *also_read):
        raise CleanerError("the name of a file is empty")
    if options.files.count(STANDARD) > 1:
        raise CleanerError("standard input can be read once")
    for name in options.files:
        check_ending(name, is_text=options.format is not None)
        if name != STANDARD and Path(name).is_dir():
            raise InputError(f"{name}: a folder: name the files in it")


def _check_outputs(options: argparse.Namespace, form: Format) -> None:
    if options.output != STANDARD and (options.check or options.diff):
        raise CleanerError("--check and --diff write no text: leave --output out")
    is_text = form.name != "parquet" or options.check or options.diff
    if options.output == STANDARD and not is_text and is_terminal():
        raise CleanerError("Parquet is nothing for a terminal: name a file by -o FILE")
    if is_folder(options.output):
        _check_folder(options)
    elif means_folder(options.output, options.files, form):
        raise InputError(
            f"{options.output}: no such folder: make it first, or name a file with "
            "its ending"
        )
    else:
        _check_ending(options.output, form.written, options.format)
    _check_ending(options.rejected, form, options.format)
    _check_ending(options.edits, FORMATS["jsonl"], "jsonl")
    _check_ending(options.report, FORMATS["html"], "html")


def _check_folder(options: argparse.Namespace) -> None:
    if STANDARD in options.files:
        raise CleanerError(
            f"{options.output}: a folder, and standard input has no name for a file "
            "in it: name one"
        )


def _check_ending(output: str | None, written: Format, asked: str | None) -> None:
    """No output's name tells another format than what is written."""
    check_ending(output or STANDARD, is_text=asked == "text")
    told = format_of(output or STANDARD)
    if told and told.module != written.module:
        is_said = asked or told.written is not told  # of HTML the text is written
        way = "" if is_said else f", or say -F {told.name} if that is read"
        raise CleanerError(
            f"{output}: {written.name} is written there, not {told.name}: "
            f"name it otherwise{way}"
        )


def _rejected(options: argparse.Namespace) -> str | None:
    asked: str | None = options.rejected
    writes = not (options.check or options.diff)
    if asked or options.on_error != "skip" or not writes:
        return asked
    if options.output == STANDARD or not may_replace(options.output):
        raise CleanerError("--on-error skip: say with --rejected where the rows go")
    return f"{options.output}.rejected"


def _reading(options: argparse.Namespace) -> Reading:
    limits = {
        "--max-document": options.max_document,
        "--max-expansion": options.max_expansion,
    }
    for name, limit in limits.items():
        if not 1 <= limit <= _MAX_LIMIT:
            raise CleanerError(
                f"{name} must be 1 or more, and {_MAX_LIMIT} at most, not {limit}"
            )
    return Reading(
        Reading().field if options.field is None else options.field,
        options.encoding_errors,
        options.max_document,
        options.max_expansion,
        is_asked=options.format is not None,
        extractor="page" if options.preset == "page" else "trafilatura",
    )


def _processes(asked: int) -> int:
    if asked < 0:
        raise CleanerError(f"--jobs must be 0 or more, not {asked}")
    return asked or _processors()


def _processors() -> int:
    """How many this process may use; where that can't be told, all."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _config(options: argparse.Namespace, preset: str) -> Config:
    """The configuration that the options describe."""
    remove = _names("--remove", options.remove)
    keep = _names("--keep", options.keep)
    check_names("label", remove | keep, NOISE | FRAME | REPAIRS)
    if both := ", ".join(sorted(remove & keep)):
        raise CleanerError(f"--remove and --keep both name {both}")
    taken = (remove or Config(preset).rungs[-1].labels) - keep
    rules = [*map(_rules, options.rules)]
    config = Config(preset).with_(
        remove=taken - REPAIRS,
        repair=taken & REPAIRS,
        languages=_names("--lang", options.lang) or None,
        deny=[rule for file in rules for rule in file.deny],
        allow=[rule for file in rules for rule in file.allow],
        model=options.model,
        memory=SiteMemory.load(options.memory).freeze() if options.memory else None,
    )
    if options.model:
        from cleaner.model import load

        load(options.model)  # a fault is told before anything is read
    return config


def _names(option: str, given: Sequence[str] | None) -> frozenset[str]:
    """The names that an option gives, each time that it stands."""
    found: set[str] = set()
    for value in given or ():
        names = {*filter(None, value.replace(" ", "").split(","))}
        if not names:
            raise CleanerError(f"{option} {value!r}: no name in it")
        found |= names
    return frozenset(found)


def _rules(name: str) -> OwnRules:
    data = read_at_most(name, _MAX_RULES_BYTES)
    if data is None:
        raise InvalidRuleError(f"{name}: more than {_MAX_RULES_BYTES} bytes of rules")
    try:
        return parse_rules(data.decode(), name)
    except UnicodeDecodeError as error:
        raise InvalidRuleError(f"{name}: byte {error.start} is not UTF-8") from None
