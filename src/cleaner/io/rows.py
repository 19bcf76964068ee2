"""What every format reads and writes: rows, one document each."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, BinaryIO, Final, NamedTuple, Protocol

from cleaner.errors import CleanerError
from cleaner.io.encoding import Decoded

# A document larger than this is a mistake or an attack: it has to fit into memory.
MAX_DOCUMENT_BYTES: Final = 1 << 28


class InputError(CleanerError):
    """An input that can't be read to its end, or an output that can't be written."""


class Hints(NamedTuple):
    """What a row tells of its document beside the text."""

    title: str | None = None
    url: str | None = None
    lang: str | None = None


def hints_of(values: Iterable[object]) -> Hints:
    """Hints of what stands in their fields: only texts that are not empty tell."""
    return Hints(*(value if isinstance(value, str) else None for value in values))


class Row(NamedTuple):
    """A document, and what its format needs to write it again.

    `text` is None where there is nothing to clean: such a row passes through as it
    came. `fault` says why a document can't be read, `note` what was done to read it;
    `is_kept` that private characters in it stand for bytes that are not UTF-8.
    """

    where: str
    text: str | None
    raw: Any
    hints: Hints = Hints()
    note: str = ""
    fault: str = ""
    is_kept: bool = False


def row_of(where: str, decoded: Decoded, raw: object, hints: Hints = Hints()) -> Row:  # noqa: B008
    """The row of a document as it was decoded."""
    text, note, fault, is_kept = decoded
    return Row(where, None if fault else text, raw, hints, note, fault, is_kept)


def is_same(row: Row, text: str | None) -> bool:
    """Whether a row is written as it came."""
    return text is None or (text == row.text and not row.note)


class Source:
    """An input: its name, its bytes without compression, and how far it is read."""

    def __init__(
        self, name: str, stream: BinaryIO, position: Callable[[], int], size: int | None
    ) -> None:
        self.name = name
        self.stream = stream
        self.position = position
        self.size = size


class Reading(NamedTuple):
    """How to read: the field with the text, and what to do with invalid bytes."""

    field: str = "text"
    encoding_errors: str = "strict"


class Writer(Protocol):
    """Writes rows of one format."""

    def write(self, row: Row, text: str | None) -> None:
        """Write a row with its new text, or as it came if that is None."""

    def close(self, *, is_whole: bool) -> None:
        """Write what is still held back; after an error, leave the rest unsaid."""


class FormatModule(Protocol):
    """What a module of a format offers."""

    def read(self, source: Source, reading: Reading) -> Iterator[Row]:
        """The documents of an input, in order."""

    def writer(self, out: BinaryIO) -> Writer:
        """A writer of such documents."""


def read_whole(source: Source) -> bytes:
    """All bytes of an input that is one document."""
    data = source.stream.read(MAX_DOCUMENT_BYTES + 1)
    if len(data) > MAX_DOCUMENT_BYTES:
        raise InputError(too_large(source.name))
    return data


def too_large(where: str) -> str:
    """The message about a document that is too large."""
    return f"{where}: more than {MAX_DOCUMENT_BYTES >> 20} MiB for one document"
