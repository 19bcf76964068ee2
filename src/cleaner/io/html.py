"""HTML in, the text of its article out."""

import codecs
import re
from collections.abc import Iterator
from typing import BinaryIO, Final

from cleaner.errors import MissingPackageError
from cleaner.html import extracted
from cleaner.io.encoding import Decoded
from cleaner.io.rows import Reading, Row, Source, Writer, read_whole, row_of
from cleaner.io.text import writer as text_writer

_HEAD_BYTES: Final = 1024  # where a page may tell its encoding, by the standard
_META: Final = re.compile(
    rb"<meta[^>]+charset\s{0,9}=\s{0,9}[\"']?([-\w]{2,40})", re.IGNORECASE
)
# Browsers read these names as the Windows code page, which has them and more.
_LATIN: Final = frozenset(("iso8859-1", "ascii"))


def read(source: Source, reading: Reading) -> Iterator[Row]:
    """The one page of the input; bytes that fit no encoding become U+FFFD."""
    raw = read_whole(source, reading)
    text = text_of(decoded_html(raw, None), extractor="trafilatura")
    yield row_of(source.name, text, raw)


def text_of(html: str, *, extractor: str) -> Decoded:
    """The text that an extractor makes of a page, or why there is none."""
    try:
        return Decoded(extracted(html, extractor).text)
    except MissingPackageError:
        raise
    except Exception as error:  # noqa: BLE001  # parsers of others, on scraped pages
        reason = f"no text extracted: {type(error).__name__}: {error}"
        return Decoded("", fault=reason)


def decoded_html(data: bytes, charset: str | None) -> str:
    r"""A page as text, by its mark, its header, its own word, or UTF-8.

    >>> decoded_html(b'<meta charset="latin1"><p>caf\xe9 \x80 bar', None)[-13:]
    '<p>café € bar'
    """
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8"),
        (b"\xff\xfe", "utf-16-le"),
        (b"\xfe\xff", "utf-16-be"),
    ):
        if data.startswith(mark):
            return data[len(mark) :].decode(name, "replace")
    meta = _META.search(data, 0, _HEAD_BYTES)
    told = charset or (meta[1].decode("ascii", "replace") if meta else "utf-8")
    return data.decode(_known(told), "replace")


def _known(charset: str) -> str:
    try:
        codec = codecs.lookup(charset)
    except LookupError:
        return "utf-8"
    if codec.name in _LATIN:
        return "windows-1252"
    return codec.name if codec._is_text_encoding else "utf-8"  # noqa: SLF001


def writer(out: BinaryIO) -> Writer:
    """A writer of the texts."""
    return text_writer(out)
