"""Plain text: an input is a document."""

from codecs import BOM_UTF8
from collections.abc import Iterator
from typing import BinaryIO

from cleaner.io.encoding import Decoded, decode, encode
from cleaner.io.formats import format_of
from cleaner.io.guess import looks_like
from cleaner.io.rows import Reading, Row, Source, Writer, read_whole, row_of


def read(source: Source, reading: Reading) -> Iterator[Row]:
    """The one document of the input."""
    raw = read_whole(source, reading)
    is_told = reading.is_asked or format_of(source.name)
    if other := None if is_told else looks_like(raw):
        way = f"say -F {other}, or -F text if it is text"
        decoded = Decoded("", fault=f"looks like {other}: {way}")
    else:
        decoded = decode(raw, reading.encoding_errors)
    yield row_of(source.name, decoded, raw)


class TextWriter(Writer):
    """Writes one text after the other, each on lines of its own."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self._is_begun = False
        self._has_open_line = False

    def write(self, row: Row, text: str | None) -> None:
        """Write the text as UTF-8, or the bytes that came."""
        data = row.raw if text is None else encode(text, is_kept=row.is_kept)
        if self._is_begun:
            data = data.removeprefix(BOM_UTF8)
        if not data:
            return
        if self._has_open_line:
            self._out.write(b"\n")
        self._out.write(data)
        self._is_begun = True
        self._has_open_line = not data.endswith((b"\n", b"\r"))


def writer(out: BinaryIO) -> Writer:
    """A writer of texts."""
    return TextWriter(out)
