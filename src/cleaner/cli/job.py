"""What a run is to do, and which files it reads and writes."""

import os
import stat
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from pathlib import Path, PurePath
from typing import Final, NamedTuple

from cleaner.config import Config
from cleaner.errors import CleanerError
from cleaner.io.formats import STANDARD, Format, named_as, shown
from cleaner.io.rows import Reading

_OUTPUT: Final = "standard output"
# What two can't write to: no device, such as /dev/null.
_FILES: Final = frozenset((stat.S_IFREG, stat.S_IFIFO))
_STREAMS: Final = _FILES | {stat.S_IFSOCK}


class Job(NamedTuple):
    """What a run is to do; names of files are None where there is to be none."""

    files: Sequence[str]
    format: Format
    config: Config
    also_read: Sequence[str]  # rules, a model, a memory
    reading: Reading
    processes: int
    on_error: str
    output: str  # a file, or a folder for files of the inputs' names
    rejected: str | None
    edits: str | None
    report: str | None
    explains: bool
    diffs: bool
    checks: bool
    counts: bool

    @property
    def writes_text(self) -> bool:
        """Whether texts come out."""
        return not (self.diffs or self.checks)


class OverwriteError(CleanerError):
    """An output that is also an input, or another output."""


def file_in(folder: str, name: str, form: Format) -> str:
    """Where in a folder the text of an input goes."""
    return str(Path(folder) / named_as(PurePath(name).name, form.written))


def is_folder(output: str) -> bool:
    """Whether an output is a folder, in which each input has a file of its name."""
    return output != STANDARD and Path(output).is_dir()


def means_folder(output: str, files: Sequence[str], form: Format) -> bool:
    """Whether the name of an output is that of a folder which is not there.

    Several texts with endings in a file without would lose their borders.
    """
    if output == STANDARD or Path(output).exists():
        return False
    if output.endswith("/"):
        return True
    texts = files if form.written.name == "text" and not PurePath(output).suffix else ()
    return len(texts) > 1 and all(PurePath(text).suffix for text in texts)


def refuse_overwriting(job: Job) -> None:
    """OverwriteError if an input would be written over, or a file by two."""
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
    if job.diffs:
        yield "--diff", STANDARD
    elif job.writes_text and is_folder(job.output):
        for name in job.files:
            yield name, file_in(job.output, name, job.format)
    elif job.writes_text:
        yield "the text", job.output
    sides = {
        "--rejected": job.rejected,
        "--edits": job.edits,
        "--report": job.report,
    }
    yield from ((what, name) for what, name in sides.items() if name)


_Identity = tuple[int, int] | str


def _input_identity(name: str) -> tuple[_Identity, str] | None:
    """What tells an input; a socket may be in and output, as those of ssh are."""
    identity = _identity(0 if name == STANDARD else name, _FILES)
    return (identity, shown(name)) if identity else None


def _output_identity(name: str) -> _Identity | None:
    if name == STANDARD:
        return _identity(1, _STREAMS) or STANDARD
    return _identity(name, _STREAMS) or _new(name)


def _new(name: str) -> str | None:
    path = Path(os.path.realpath(name))
    return None if path.exists() else str(path)


def _identity(file: int | str, kinds: AbstractSet[int]) -> tuple[int, int] | None:
    """What tells a file of these kinds from any other, whatever its names."""
    try:
        status = os.fstat(file) if isinstance(file, int) else Path(file).stat()
    except OSError:
        return None
    is_told = stat.S_IFMT(status.st_mode) in kinds
    return (status.st_dev, status.st_ino) if is_told else None
