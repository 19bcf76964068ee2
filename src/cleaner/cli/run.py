"""A run of the command: rows in, rows out, and all that is told on the way."""

import errno
import os
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from typing import BinaryIO, Final

from cleaner.cli import display
from cleaner.cli.job import Job, refuse_overwriting
from cleaner.cli.outputs import Outputs, RejectedWriter
from cleaner.cli.progress import Progress
from cleaner.io.formats import STANDARD, opened, rows
from cleaner.io.rows import InputError, Row, check_writable
from cleaner.shell import is_terminal, show, tell
from cleaner.tally import Stats
from cleaner.workers import Outcome, outcomes_of

OK: Final = 0
FOUND_NOISE: Final = 1
SOME_FAILED: Final = 3

Watcher = Callable[[Outcome], None]


def run(job: Job) -> int:
    """Do it; returns the exit status.

    No file is replaced before all rows are done.
    """
    _check_readable(job.files)
    refuse_overwriting(job)
    _check_rejected(job.rejected)
    stats = Stats()
    start = time.monotonic()
    with ExitStack() as placed, ExitStack() as stack:
        outputs = Outputs(stack, placed)
        watchers = list(_watchers(job, outputs, stats))
        put = _putting(job, outputs)
        outcomes = outcomes_of(_all_rows(job), job.config, job.processes)
        for outcome in stack.enter_context(closing(outcomes)):
            _raise_or_warn(outcome, job.on_error)
            put(outcome)
            for watch in watchers:
                watch(outcome)
    if job.counts:
        show(stats.table(time.monotonic() - start))
    if job.checks and stats.withheld:
        share = f"{stats.withheld:,} of {stats.documents:,} documents"
        tell(f"cleaner: edits were withheld in {share}: see --explain")
    if job.rejected and not stats.failed and Path(job.rejected).is_file():
        tell(f"cleaner: {job.rejected}: of an earlier run; no row failed in this")
    if stats.failed:
        return SOME_FAILED
    return FOUND_NOISE if job.checks and stats.changed else OK


def _check_readable(files: Iterable[str]) -> None:
    """OSError if an input is missing or not yours; said before the others are done."""
    for name in files:
        if name == STANDARD:
            continue
        Path(name).stat()
        if not os.access(name, os.R_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), name)


def _check_rejected(name: str | None) -> None:
    """The first fault makes this file; that it can be made is seen to before."""
    if name is not None and name != STANDARD:
        check_writable(name)


def _all_rows(job: Job) -> Iterator[Row]:
    progress = Progress(job.files, wanted=not _fills_terminal(job))
    module = job.format.load()
    try:
        for name in job.files:
            with opened(name, job.reading) as source:
                found = rows(source, module, job.reading)
                for row in progress.through(source, found):
                    yield row._replace(source=name)
    finally:
        progress.close()


def _fills_terminal(job: Job) -> bool:
    """Whether lines of the run's own go where a bar would stand."""
    writes = job.output == STANDARD and not job.checks
    return job.explains or job.checks or (writes and is_terminal())


def _raise_or_warn(outcome: Outcome, on_error: str) -> None:
    row, _, fault = outcome
    if fault and on_error == "fail":
        raise InputError(f"{row.where}: {fault} (--on-error keep or skip goes on)")
    for message in filter(None, (row.note, fault)):
        tell(f"cleaner: {row.where}: {message}")


def _putting(job: Job, outputs: Outputs) -> Watcher:
    """What writes a row where it belongs."""
    rejected = RejectedWriter(job, job.rejected, outputs) if job.rejected else None
    writer = outputs.text_writer(job) if job.writes_text else None

    def put(outcome: Outcome) -> None:
        row, done, fault = outcome
        if fault and rejected:
            rejected.write(row)
        if writer and fault and job.on_error == "skip":
            writer.skip(row)
        elif writer:
            writer.write(row, done.text if done else None)

    return put


def _watchers(job: Job, outputs: Outputs, stats: Stats) -> Iterator[Watcher]:
    yield stats.add
    if job.explains:
        yield _lines_to(show, display.told)
    elif job.checks:
        yield _lines_to(show, display.counted)
    if job.edits:
        out = outputs.opened(job.edits)
        yield _lines_to(_into(out), display.as_json)
    if job.diffs:
        out = outputs.opened(STANDARD)
        yield _lines_to(_into(out), _differ())
    if job.report:
        from cleaner.report import Report

        report = Report(job.config.preset)
        out = outputs.opened(job.report)
        outputs.stack.push(lambda kind, *_: None if kind else report.write(out))
        yield report.add


_Shown = Callable[..., Iterable[str]]


def _lines_to(write: Callable[[Iterable[str]], None], lines_of: _Shown) -> Watcher:
    def watch(outcome: Outcome) -> None:
        if outcome.done:
            write(lines_of(outcome.row.where, outcome.done))

    return watch


def _into(out: BinaryIO) -> Callable[[Iterable[str]], None]:
    def write(lines: Iterable[str]) -> None:
        out.writelines(f"{line}\n".encode("utf-8", "replace") for line in lines)

    return write


def _differ() -> _Shown:
    colour = is_terminal() and not os.environ.get("NO_COLOR")
    return lambda where, done: display.diff(where, done, colour=colour)
