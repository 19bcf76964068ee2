"""A run of the command: rows in, rows out, and all that is told on the way."""

import os
import stat
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import BinaryIO, Final, NamedTuple

from cleaner.atomic import replacing
from cleaner.cli import display
from cleaner.cli.progress import Progress
from cleaner.config import Config
from cleaner.errors import CleanerError
from cleaner.io import compression
from cleaner.io.formats import STANDARD, Format, opened, rows, shown
from cleaner.io.rows import InputError, Reading, Row, Writer, check_writable
from cleaner.shell import show, tell
from cleaner.tally import Stats
from cleaner.workers import Outcome, outcomes_of

OK: Final = 0
FOUND_NOISE: Final = 1
SOME_FAILED: Final = 3
_OUTPUT: Final = "standard output"


class Job(NamedTuple):
    """What a run is to do; names of files are None where there is to be none."""

    files: Sequence[str]
    format: Format
    config: Config
    also_read: Sequence[str] = ()  # rules, a model, a memory
    reading: Reading = Reading()
    processes: int = 1
    on_error: str = "fail"
    output: str = STANDARD
    rejected: str | None = None
    edits: str | None = None
    report: str | None = None
    explains: bool = False
    diffs: bool = False
    checks: bool = False
    counts: bool = False


class OverwriteError(CleanerError):
    """An output that is also an input, or another output."""


Watcher = Callable[[Outcome], None]


class _Outputs(NamedTuple):
    """What ends each output, and what puts all in place once each has ended."""

    stack: ExitStack
    placed: ExitStack

    def opened(self, name: str, *, by_write: bool = False) -> BinaryIO:
        out = _written(name, self.placed, by_write=by_write)
        return self.stack.enter_context(out)


def run(job: Job) -> int:
    """Do it; returns the exit status.

    No file is replaced before all rows are done.
    """
    _refuse_overwriting(job)
    _check_rejected(job.rejected)
    stats = Stats()
    start = time.monotonic()
    with ExitStack() as placed, ExitStack() as stack:
        outputs = _Outputs(stack, placed)
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
                yield from progress.through(source, found)
    finally:
        progress.close()


def _fills_terminal(job: Job) -> bool:
    """Whether lines of the run's own go where a bar would stand."""
    writes = job.output == STANDARD and not job.checks
    is_shown = writes and sys.stdout is not None and sys.stdout.isatty()
    return job.explains or is_shown


def _raise_or_warn(outcome: Outcome, on_error: str) -> None:
    row, _, fault = outcome
    if fault and on_error == "fail":
        raise InputError(f"{row.where}: {fault} (--on-error keep or skip goes on)")
    for message in filter(None, (row.note, fault)):
        tell(f"cleaner: {row.where}: {message}")


def _putting(job: Job, outputs: _Outputs) -> Watcher:
    """What writes a row where it belongs."""
    rejected = _Rejected(job, outputs) if job.rejected else None
    writes = not (job.diffs or job.checks)
    writer = _writer(job, job.output, outputs) if writes else None

    def put(outcome: Outcome) -> None:
        row, done, fault = outcome
        if fault and rejected:
            rejected.write(row)
        if writer and fault and job.on_error == "skip":
            writer.skip(row)
        elif writer:
            writer.write(row, done.text if done else None)

    return put


class _Rejected:
    """The side file of rows that failed; there is none before the first."""

    def __init__(self, job: Job, outputs: _Outputs) -> None:
        self._job = job
        self._outputs = outputs
        self._writer: Writer | None = None

    def write(self, row: Row) -> None:
        if self._writer is None:
            self._writer = _writer(self._job, self._job.rejected or "", self._outputs)
        self._writer.write(row, None)


def _writer(job: Job, name: str, outputs: _Outputs) -> Writer:
    out = outputs.opened(name, by_write=job.format.is_archive)
    writer = job.format.load().writer(out)
    outputs.stack.push(lambda kind, *_: writer.close(is_whole=kind is None))
    return writer


@contextmanager
def _written(name: str, placed: ExitStack, *, by_write: bool) -> Iterator[BinaryIO]:
    """A stream to a file or to standard output, compressed as its ending says."""
    if name == STANDARD:
        if sys.stdout is None:
            raise InputError("standard output is closed")
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    with (
        replacing(name, placed) as raw,
        compression.compressed(raw, name, by_write=by_write) as out,
    ):
        yield out


def _watchers(job: Job, outputs: _Outputs, stats: Stats) -> Iterator[Watcher]:
    yield stats.add
    if job.explains:
        yield _lines_to(show, display.told)
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


def _lines_to(write: Callable[[Iterable[str]], None], show: _Shown) -> Watcher:
    def watch(outcome: Outcome) -> None:
        if outcome.done:
            write(show(outcome.row.where, outcome.done))

    return watch


def _into(out: BinaryIO) -> Callable[[Iterable[str]], None]:
    def write(lines: Iterable[str]) -> None:
        out.writelines(f"{line}\n".encode("utf-8", "replace") for line in lines)

    return write


def _differ() -> _Shown:
    colour = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    return lambda where, done: display.diff(where, done, colour=colour)


def _refuse_overwriting(job: Job) -> None:
    """No input is written over, and no file by two."""
    inputs = (*job.files, *job.also_read)
    read = dict(filter(None, map(_input_identity, inputs)))
    written: dict[_Identity, str] = {}
    for what, name in _outputs_of(job):
        identity = _output_identity(name)
        place = shown(name, _OUTPUT)
        if identity in read:
            raise OverwriteError(
                f"{place} is also the input {read[identity]}: "
                "name another file to write to"
            )
        if identity in written:
            raise OverwriteError(
                f"{written[identity]} and {what} both go to {place}: "
                "give one of them a file of its own"
            )
        if identity:
            written[identity] = what


def _outputs_of(job: Job) -> Iterator[tuple[str, str]]:
    """What is written, in words, and where."""
    if job.diffs or not job.checks:
        yield "--diff" if job.diffs else "the text", job.output
    sides = {
        "--rejected": job.rejected,
        "--edits": job.edits,
        "--report": job.report,
    }
    yield from ((what, name) for what, name in sides.items() if name)


_Identity = tuple[int, int] | str


def _input_identity(name: str) -> tuple[_Identity, str] | None:
    identity = _regular(0 if name == STANDARD else name)
    return (identity, shown(name)) if identity else None


def _output_identity(name: str) -> _Identity | None:
    if name == STANDARD:
        return _regular(1) or STANDARD
    return _regular(name) or _new(name)


def _new(name: str) -> str | None:
    path = Path(os.path.realpath(name))
    return None if path.exists() else str(path)


def _regular(file: int | str) -> tuple[int, int] | None:
    """What tells a regular file from any other, whatever its names."""
    try:
        status = os.fstat(file) if isinstance(file, int) else Path(file).stat()
    except OSError:
        return None
    is_regular = stat.S_ISREG(status.st_mode)
    return (status.st_dev, status.st_ino) if is_regular else None
