"""The table of formats, and the way from a name to its documents."""

import io
import os
import stat
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path, PurePath
from types import MappingProxyType
from typing import Final, NamedTuple, cast

from cleaner.errors import CleanerError, UnknownNameError
from cleaner.io import compression
from cleaner.io.rows import FormatModule, InputError, Reading, Row, Source

STANDARD: Final = "-"


class Format(NamedTuple):
    """A row of the table."""

    name: str
    suffixes: tuple[str, ...]
    module: str
    summary: str
    preset: str = "default"
    is_archive: bool = False  # each record is compressed by itself
    has_fields: bool = False

    def load(self) -> FormatModule:
        """The module that reads and writes it."""
        return cast("FormatModule", import_module(f"cleaner.io.{self.module}"))

    @property
    def written(self) -> "Format":
        """The format that its texts are written in."""
        return FORMATS["text"] if self.name == "html" else self


_ROWS: Final = (
    Format("text", (".txt", ".text", ".md"), "text", "a file is a document"),
    Format(
        "jsonl",
        (".jsonl", ".ndjson", ".json"),
        "jsonl",
        "a line is a document",
        has_fields=True,
    ),
    Format(
        "parquet",
        (".parquet", ".pq"),
        "parquet",
        "a row is a document",
        has_fields=True,
    ),
    Format("html", (".html", ".htm", ".xhtml"), "html", "a page; its text comes out"),
    Format(
        "warc",
        (".warc",),
        "warc",
        "pages of a web archive",
        preset="page",
        is_archive=True,
    ),
    Format(
        "wet",
        (".wet",),
        "warc",
        "texts of a web archive",
        preset="page",
        is_archive=True,
    ),
)

FORMATS: Final = MappingProxyType({row.name: row for row in _ROWS})

# Of formats that are not read: cleaned as text, most files of theirs would break.
_OTHERS: Final = frozenset(
    (
        *(".csv", ".tsv", ".xls", ".xlsx", ".ods", ".xml", ".rss", ".mht", ".mhtml"),
        *(".pdf", ".doc", ".docx", ".odt", ".rtf", ".epub", ".ppt", ".pptx", ".tar"),
        *(".tgz", ".arrow", ".feather", ".avro", ".orc"),
    )
)


def format_of(name: str) -> Format | None:
    """The format that the ending of a file's name tells.

    >>> format_of("news.JSONL.gz").name, format_of("news")
    ('jsonl', None)
    """
    suffix = _suffix(name)
    return next((row for row in _ROWS if suffix in row.suffixes), None)


def named_as(name: str, form: Format) -> str:
    """A file's name with the ending of a format, if its own tells another.

    >>> named_as("page.html.gz", FORMATS["text"]), named_as("a", FORMATS["text"])
    ('page.txt.gz', 'a')
    """
    told = format_of(name)
    if told is None or told.module == form.module:
        return name
    at = name.lower().rindex(suffix := _suffix(name))
    return f"{name[:at]}{form.suffixes[0]}{name[at + len(suffix) :]}"


def _suffix(name: str) -> str:
    path = PurePath(name.lower())
    if path.suffix in compression.SUFFIXES:
        path = path.with_suffix("")
    return path.suffix


def check_ending(name: str, *, is_text: bool) -> None:
    """CleanerError if a name tells a compression or a format that is not known here.

    `is_text`: it was said that it is text, whatever the name.
    """
    compression.check_ending(name)
    suffix = _suffix(name)
    if suffix in _OTHERS and not is_text:
        raise CleanerError(
            f"{name}: {suffix} is not known: convert what is read before, and what is "
            "written after; -F text takes a file as text"
        )


def chosen(asked: str | None, names: Sequence[str]) -> Format:
    """The format asked for, or the one that all names tell; text if they tell none."""
    if asked is not None:
        if asked not in FORMATS:
            raise UnknownNameError("format", asked, FORMATS)
        return FORMATS[asked]
    found = [format_of(name) or FORMATS["text"] for name in names]
    if len({row.module for row in found}) > 1:
        kinds = ", ".join(sorted({row.name for row in found}))
        raise CleanerError(f"files of several formats ({kinds}): clean each by itself")
    return found[0]


@contextmanager
def opened(name: str, reading: Reading) -> Iterator[Source]:
    """An input by its name, its compression undone; "-" is standard input."""
    raw = _raw(name)
    try:
        with _errors_named(shown(name)):
            stream = compression.decompressed(raw, shown(name), reading)
        yield Source(shown(name), stream, _position(raw), _size(raw))
    finally:
        if name != STANDARD:
            raw.close()


def _raw(name: str) -> io.BufferedReader:
    if name != STANDARD:
        return Path(name).open("rb")
    if sys.stdin is None:
        raise InputError("standard input is closed")
    return cast("io.BufferedReader", sys.stdin.buffer)


def shown(name: str, standard: str = "standard input") -> str:
    """A file's name for people; one with a line break stays on its line."""
    return standard if name == STANDARD else name.replace("\n", "\\n")


def _size(raw: io.BufferedReader) -> int | None:
    """How many bytes there are, if it is a regular file."""
    try:
        status = os.fstat(raw.fileno())
    except (OSError, io.UnsupportedOperation):
        return None
    return status.st_size if stat.S_ISREG(status.st_mode) else None


def _position(raw: io.BufferedReader) -> Callable[[], int]:
    def position() -> int:
        try:
            return raw.tell()
        except (OSError, ValueError):
            return 0

    return position


def rows(source: Source, module: FormatModule, reading: Reading) -> Iterator[Row]:
    """The documents of an input; what is damaged is an InputError."""
    with _errors_named(source.name):
        yield from module.read(source, reading)


@contextmanager
def _errors_named(name: str) -> Iterator[None]:
    """Errors of reading as InputErrors that say of which input they are."""
    try:
        yield
    except compression.damaged() as error:
        raise InputError(f"{name}: cut short or damaged: {error}") from None
    except OSError as error:
        raise InputError(f"{name}: {error.strerror or error}") from error
