"""What every format reads and writes: rows, one document each."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO, Final, NamedTuple, Protocol

from cleaner.arguments import as_hint
from cleaner.atomic import may_write
from cleaner.errors import CleanerError
from cleaner.io.encoding import Decoded

# A document larger than this is a mistake or an attack: it has to fit into memory.
MAX_DOCUMENT_MIB: Final = 256
# So much more than its own size an archive may unpack to. Texts pack to a tenth or a
# twentieth of their size, lines that are nearly equal to a hundredth.
MAX_EXPANSION: Final = 200
_READ_BYTES: Final = 1 << 20
_TOLD_CHARS: Final = 200


class InputError(CleanerError):
    """An input that can't be read to its end, or an output that can't be written."""


class Hints(NamedTuple):
    """What a row tells of its document beside the text."""

    title: str | None = None
    url: str | None = None
    lang: str | None = None


def check_writable(name: str | Path) -> None:
    """InputError if no file can be made there; said before the work is done."""
    if not may_write(name):
        raise InputError(f"{name}: can't be written; is its folder there, and yours?")


def described(error: Exception) -> str:
    """An error's kind and message, which may quote all of a scraped text."""
    return f"{type(error).__name__}: {error}"[:_TOLD_CHARS]


def hints_of(values: Iterable[object]) -> Hints:
    """Hints of what stands in their fields: only texts that are not empty tell."""
    return Hints(*map(as_hint, values))


class Row(NamedTuple):
    """A document, and what its format needs to write it again.

    `text` is None where there is nothing to clean: such a row passes through as it
    came. `fault` says why a document can't be read, `note` what was done to read it;
    `is_kept` that private characters in it stand for bytes that are not UTF-8;
    `raw_bytes` how much memory waits with it until it is written; `source` is the name
    of the input that it stands in.
    """

    where: str
    text: str | None
    raw: Any
    hints: Hints = Hints()
    note: str = ""
    fault: str = ""
    is_kept: bool = False
    raw_bytes: int = 0
    source: str = ""


def row_of(where: str, decoded: Decoded, raw: object, hints: Hints = Hints()) -> Row:  # noqa: B008
    """The row of a document as it was decoded."""
    text, note, fault, is_kept = decoded
    return Row(where, None if fault else text, raw, hints, note, fault, is_kept)


def is_same(row: Row, text: str) -> bool:
    """Whether a row with this text is written as it came."""
    return text == row.text and not row.note


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
    """How to read: the field with the text, what to do with invalid bytes, and limits.

    What unpacks to less than the largest document may do so from any size. `is_asked`:
    the format was asked for; else it is that of a file's ending, or a guess. The
    extractor makes text of HTML.
    """

    field: str = "text"
    encoding_errors: str = "strict"
    max_document_mib: int = MAX_DOCUMENT_MIB
    max_expansion: int = MAX_EXPANSION
    is_asked: bool = True
    extractor: str = "trafilatura"

    @property
    def max_document_bytes(self) -> int:
        """The size of the largest document that is read."""
        return self.max_document_mib << 20

    def check_size(self, where: str, size: int) -> None:
        """InputError if a document is larger than that."""
        if size > self.max_document_bytes:
            raise InputError(
                f"{where}: more than {self.max_document_mib} MiB for one document; "
                "--max-document allows more"
            )

    def check_expansion(self, where: str, packed: int, unpacked: int) -> None:
        """InputError if an archive unpacks to more than it may."""
        is_large = unpacked > self.max_document_bytes
        if is_large and unpacked > self.max_expansion * packed:
            raise InputError(
                f"{where}: unpacks to more than {self.max_expansion} times its size; "
                "--max-expansion allows more"
            )


class Writer:
    """Writes rows of one format."""

    def write(self, row: Row, text: str | None) -> None:
        """Write a row with its new text, or as it came if that is None."""
        raise NotImplementedError

    def skip(self, row: Row) -> None:
        """Leave a row out, which may still tell of columns and the like."""

    def close(self, *, is_whole: bool) -> None:
        """Write what is still held back; after an error, leave it out."""


class FormatModule(Protocol):
    """What a module of a format offers."""

    def read(self, source: Source, reading: Reading) -> Iterator[Row]:
        """The documents of an input, in order."""

    def writer(self, out: BinaryIO) -> Writer:
        """A writer of such documents; HTML has none, see `Format.written`."""


def read_whole(source: Source, reading: Reading) -> bytes:
    """All bytes of an input that is one document."""
    data = bytearray()
    while part := source.stream.read(_READ_BYTES):  # to ask for all would take it all
        data += part
        reading.check_size(source.name, len(data))
    return bytes(data)
