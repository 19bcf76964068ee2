"""WARC and WET: web archives in, WET out.

A conversion record holds text: it is cleaned in place. A response with HTML becomes
such a record, unless its status says that it is not what was asked for. Every other
record passes through.
"""

import base64
import hashlib
import uuid
import zlib
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, BinaryIO, Final, Literal, NamedTuple, cast

from cleaner.errors import extra
from cleaner.io.encoding import Decoded, decode, encode, escaped
from cleaner.io.html import decoded_html, text_of
from cleaner.io.rows import (
    Hints,
    InputError,
    Reading,
    Row,
    Source,
    Writer,
    described,
    row_of,
)

if TYPE_CHECKING:
    from fastwarc.warc import HeaderMap, WarcRecord

_Found = tuple[Decoded, Hints]
_HTML: Final = ("text/html", "application/xhtml+xml")
_UNREAD: Final = "its HTTP head can't be read: left as it came"
_DELIVERED: Final = (*range(200, 300), None)  # the latter where it can't be read
_PACKED: Final = frozenset(("gzip", "deflate"))
_GZIP_OR_ZLIB: Final = zlib.MAX_WBITS | 32  # their heads tell which
_PART_BYTES: Final = 1 << 14


class Record(NamedTuple):
    """A record: its first line, its headers and its content, as they stand."""

    status: str
    headers: tuple[tuple[str, str], ...]
    content: bytes

    def header(self, name: str) -> str | None:
        """The value of a header, whatever the case of its name."""
        found = (value for key, value in self.headers if key.lower() == name.lower())
        return next(found, None)


def read(source: Source, reading: Reading) -> Iterator[Row]:
    """The records of an archive, those with text or HTML as documents."""
    with extra("warc", "a web archive"):
        from fastwarc.warc import ArchiveIterator
    stream = cast("BinaryIO", _Forward(source.stream))
    records = ArchiveIterator(stream, parse_http=False)
    for number, found in enumerate(records, 1):
        where = f"{source.name}:{number}"
        record = _record(where, found, reading)
        row = _row(where, record, reading)
        yield row._replace(raw_bytes=len(record.content))


class _Forward:
    """A stream that knows its place, as the package asks, though it be a pipe."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._place = 0

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(size)
        self._place += len(data)
        return data

    def tell(self) -> int:
        return self._place


def _record(where: str, found: "WarcRecord", reading: Reading) -> Record:
    reading.check_size(where, found.content_length)
    headers = tuple(
        (escaped(name), escaped(value)) for name, value in found.headers.items_bytes()
    )
    content = found.reader.read()
    record = Record(found.headers.status_line or "WARC/1.0", headers, content)
    if not record.header("Content-Length") or len(content) < found.content_length:
        raise InputError(f"{where}: the archive ends inside this record")
    return record


def _row(where: str, record: Record, reading: Reading) -> Row:
    kind = record.header("WARC-Type")
    found: _Found | str = ""
    if kind == "conversion":
        found = decode(record.content, reading.encoding_errors), Hints()
    elif kind == "response":
        found = _page(where, record, reading)
    if isinstance(found, str):
        return Row(where, None, record, note=found)
    text, hints = found
    url = record.header("WARC-Target-URI")
    return row_of(where, text, record, hints._replace(url=url))


def _page(where: str, record: Record, reading: Reading) -> _Found | str:
    """The text of the page in a response, or why there is none; else a note, if any."""
    try:
        page = _html(where, record, reading)
    except (ValueError, OSError, zlib.error) as error:
        return Decoded("", fault=f"no page in it: {described(error)}"), Hints()
    return page if isinstance(page, str) else text_of(page, extractor="page")


def _html(where: str, record: Record, reading: Reading) -> Decoded | str:
    """The page in a response, its encodings undone; without one a note, if any."""
    parsed = _parsed(record, "all")
    if not _is_read(parsed.http_headers):
        return _UNREAD if _is_http(record) else ""
    if (parsed.http_content_type or "").lower() not in _HTML:
        return ""
    if parsed.http_headers.status_code not in _DELIVERED:
        return ""
    data = parsed.reader.read(reading.max_document_bytes + 1)
    reading.check_size(where, len(data))
    page = decoded_html(data, parsed.http_charset)
    cut_short = _cut_short(record, dict(parsed.http_headers), reading)
    return page._replace(note="; ".join(filter(None, (cut_short, page.note))))


def _parsed(record: Record, undone: Literal["all", "transfer"]) -> "WarcRecord":
    """The response, of whose encodings these are undone."""
    from fastwarc.warc import WarcRecord

    parsed = WarcRecord.from_bytes(serialised(record))
    parsed.parse_http(auto_decode=undone)
    return parsed


def _is_read(head: "HeaderMap | None") -> bool:
    """Whether there is a head; where its lines end otherwise all of it is the first."""
    return head is not None and "\n" not in (head.status_line or "\n")


def _is_http(record: Record) -> bool:
    return (record.header("Content-Type") or "").lower().startswith("application/http")


def _cut_short(record: Record, http: Mapping[str, str], reading: Reading) -> str:
    """What tells that a page is not whole; "" if nothing does."""
    if record.header("WARC-Truncated"):
        return "the archive has a part of the page only"
    headers = {name.lower(): value.strip() for name, value in http.items()}
    body = record.content.partition(b"\r\n\r\n")[2]
    length = headers.get("content-length", "")
    if length.isascii() and length.isdigit() and len(body) < int(length):
        return f"the page is cut short: {len(body)} of {length} bytes"
    codings = headers.get("content-encoding", "").lower().replace(" ", "").split(",")
    if not _PACKED.isdisjoint(codings):
        packed = _parsed(record, "transfer").reader.read()
        if not _has_end(packed, codings, reading.max_document_bytes):
            return "the page is cut short: its compression has no end"
    return ""


def _has_end(data: bytes, codings: Sequence[str], most: int) -> bool:
    """Whether what is packed has an end, as far as that many bytes tell."""
    for coding in reversed(codings):
        if coding not in _PACKED:
            break
        unpacked: list[bytes] = []
        start = 0
        while start < len(data):  # the members of gzip
            content, start = _member(data, start, most)
            unpacked.append(content)
            if start < 0:
                return len(content) == most
        data = b"".join(unpacked)
    return True


def _member(data: bytes, start: int, most: int) -> tuple[bytes, int]:
    """What is packed from `start` on, at most so many bytes, and where that ends.

    -1 if it has no end, as far as those bytes tell. What is left after each part is
    copied, so parts are small.
    """
    unpacker = zlib.decompressobj(_GZIP_OR_ZLIB)
    found = bytearray()
    while start < len(data) and len(found) < most and not unpacker.eof:
        part = data[start : start + _PART_BYTES]
        found += unpacker.decompress(part, most - len(found))
        start += len(part) - len(unpacker.unused_data) - len(unpacker.unconsumed_tail)
    return bytes(found), start if unpacker.eof else -1


def serialised(record: Record) -> bytes:
    """The record's bytes, its length made true."""
    length = ("Content-Length", str(len(record.content)))
    headers = [
        length if name.lower() == "content-length" else (name, value)
        for name, value in record.headers
    ]
    lines = [record.status, *(f"{name}: {value}" for name, value in headers)]
    head = "".join(f"{line}\r\n" for line in lines).encode("utf-8", "surrogateescape")
    return head + b"\r\n" + record.content + b"\r\n\r\n"


def with_text(record: Record, content: bytes) -> Record:
    """The conversion record with new text, or the one that a response becomes."""
    if record.header("WARC-Type") != "conversion":
        record = _converted(record)
    digest = f"sha1:{base64.b32encode(hashlib.sha1(content).digest()).decode()}"  # noqa: S324  # what archives use
    digests = {"warc-block-digest": digest, "warc-payload-digest": digest}
    headers = tuple(
        (name, digests.get(name.lower(), value)) for name, value in record.headers
    )
    return Record(record.status, headers, content)


def _converted(response: Record) -> Record:
    """The head of the record that a response's text goes into."""
    source = response.header("WARC-Record-ID")
    told = source or hashlib.sha256(response.content).hexdigest()
    name = uuid.uuid5(uuid.NAMESPACE_URL, f"{told} text")
    taken = ("WARC-Target-URI", "WARC-Date")
    headers = (
        ("WARC-Type", "conversion"),
        *((key, value) for key in taken if (value := response.header(key))),
        ("WARC-Record-ID", f"<urn:uuid:{name}>"),
        *([("WARC-Refers-To", source)] if source else []),
        ("WARC-Block-Digest", ""),
        ("Content-Type", "text/plain"),
        ("Content-Length", "0"),
    )
    return Record(response.status, headers, b"")


class WarcWriter(Writer):
    """Writes records, each in one write, so that each can be compressed by itself."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out

    def write(self, row: Row, text: str | None) -> None:
        """Write a record with its new text, or as it came."""
        record: Record = row.raw
        if text is not None:
            content = encode(text, is_kept=row.is_kept)
            if content != record.content:
                record = with_text(record, content)
        self._out.write(serialised(record))


def writer(out: BinaryIO) -> Writer:
    """A writer of web archives."""
    return WarcWriter(out)
