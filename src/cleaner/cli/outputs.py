"""Where a run writes: files that appear together, once each of them is whole."""

import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import BinaryIO, NamedTuple

from cleaner.atomic import replacing
from cleaner.cli.job import Job, file_in, is_folder
from cleaner.io import compression
from cleaner.io.formats import STANDARD
from cleaner.io.rows import InputError, Row, Writer


class Outputs(NamedTuple):
    """What ends each output, and what puts all in place once each has ended."""

    stack: ExitStack
    placed: ExitStack

    def opened(self, name: str, *, by_write: bool = False) -> BinaryIO:
        """A stream to a file or to standard output."""
        out = _written(name, self.placed, by_write=by_write)
        return self.stack.enter_context(out)

    def writer(self, job: Job, name: str) -> Writer:
        """A writer of the job's format to a file or to standard output."""
        out = self.opened(name, by_write=job.format.is_archive)
        writer = job.format.written.load().writer(out)
        self.stack.push(lambda kind, *_: writer.close(is_whole=kind is None))
        return writer

    def text_writer(self, job: Job) -> Writer:
        """What writes the job's texts."""
        if not is_folder(job.output):
            return self.writer(job, job.output)
        return self.stack.enter_context(_folder_writer(job, self.placed))


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


class RejectedWriter:
    """The side file of rows that failed; there is none before the first."""

    def __init__(self, job: Job, name: str, outputs: Outputs) -> None:
        self._job = job
        self._name = name
        self._outputs = outputs
        self._writer: Writer | None = None

    def write(self, row: Row) -> None:
        """Write the row as it came."""
        if self._writer is None:
            self._writer = self._outputs.writer(self._job, self._name)
        self._writer.write(row, None)


@contextmanager
def _folder_writer(job: Job, placed: ExitStack) -> Iterator[Writer]:
    with ExitStack() as stack:
        writer = _FolderWriter(job, Outputs(stack, placed))
        yield writer
        writer.make_the_rest()


class _FolderWriter(Writer):
    """Writes to a folder the rows of each input to a file of its name.

    One is open at a time; an input without rows makes a file without rows, a text that
    is left out makes none.
    """

    def __init__(self, job: Job, outputs: Outputs) -> None:
        self._job = job
        self._outputs = outputs
        self._to_come = iter(job.files)
        self._left_out = set[str]()
        self._source: str | None = None
        self._writer = Writer()

    def write(self, row: Row, text: str | None) -> None:
        self._writer_of(row).write(row, text)

    def skip(self, row: Row) -> None:
        if self._job.format.written.name == "text":
            self._left_out.add(row.source)
        else:
            self._writer_of(row).skip(row)

    def make_the_rest(self) -> None:
        """Make the files of the inputs that have had no row so far."""
        for source in self._to_come:
            self._turn_to(source)

    def _writer_of(self, row: Row) -> Writer:
        while row.source != self._source:
            self._turn_to(next(self._to_come))
        return self._writer

    def _turn_to(self, source: str) -> None:
        if source in self._left_out:
            return
        self._outputs.stack.close()
        name = file_in(self._job.output, source, self._job.format)
        self._writer = self._outputs.writer(self._job, name)
        self._source = source
