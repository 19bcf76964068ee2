"""Web archives: texts are cleaned, pages become texts, the rest passes through."""

import gzip
import io
import zlib
from html import escape
from pathlib import Path
from typing import Any

import pytest
from commandlib import CLEAN, NOISY, cleaned, piped, status_of

from cleaner.html import extract
from cleaner.io.encoding import Decoded
from cleaner.io.html import _LABELS, _known, decoded_html
from cleaner.io.rows import Hints, InputError, Reading, Source
from cleaner.io.warc import read

warc = pytest.importorskip("fastwarc.warc", reason="needs the extra warc")


def record(kind: str, content: bytes, *more: str) -> bytes:
    head = (
        f"WARC-Type: {kind}",
        f"WARC-Record-ID: <urn:uuid:0000-{kind}>",
        "WARC-Date: 2026-11-01T00:00:00Z",
        "warc-target-uri: https://news.example/a?b=ü",
        *more,
        f"Content-Length: {len(content)}",
    )
    lines = "".join(f"{line}\r\n" for line in ("WARC/1.0", *head))
    return lines.encode() + b"\r\n" + content + b"\r\n\r\n"


INFO = record("warcinfo", b"software: test\r\n", "X-Odd:   spaced")
TEXT = record("conversion", NOISY.encode(), "WARC-Block-Digest: sha1:OLD")
FINE = record("conversion", CLEAN.encode(), "WARC-Block-Digest: sha1:ODD")
IMAGE = record(
    "response", b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n\x89PNG\xff"
)


def records(data: bytes) -> list[Any]:
    found = warc.ArchiveIterator(io.BytesIO(data), parse_http=False)
    return [(record.headers.asdict(), record.reader.read()) for record in found]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "a.wet"


def test_wet_round_trip(file: Path) -> None:
    file.write_bytes(INFO + TEXT + FINE + IMAGE)
    out = cleaned(file, "--preset", "default")
    assert out.startswith(INFO.replace(b"   spaced", b" spaced"))
    assert out.endswith(FINE + IMAGE)
    found = warc.ArchiveIterator(
        io.BytesIO(out), parse_http=False, verify_digests=False
    )
    _, text, _, _ = [
        (record.verify_block_digest(), record.reader.read()) for record in found
    ]
    assert text == (True, CLEAN.encode())


def test_both_kinds_of_archives_in_one_run(file: Path) -> None:
    other, out = file.with_name("b.warc.gz"), file.with_name("c.wet")
    file.write_bytes(TEXT)
    other.write_bytes(gzip.compress(IMAGE))
    for files in ((file, other), (other, file)):
        assert status_of(*files, "-o", out, "--preset", "default") == 0
        assert sorted(content for _, content in records(out.read_bytes())) == [
            IMAGE.partition(b"\r\n\r\n")[2].removesuffix(b"\r\n\r\n"),
            CLEAN.encode(),
        ]


@pytest.mark.parametrize("suffix", [".gz", ".zst"])
def test_each_record_is_compressed_by_itself(file: Path, suffix: str) -> None:
    if suffix == ".zst":
        pytest.importorskip("backports.zstd")
    file.write_bytes(gzip.compress(INFO) + gzip.compress(TEXT))
    name = f"b.wet{suffix}"
    out = cleaned(file, "--preset", "default", name=name)
    magic = b"\x1f\x8b\x08" if suffix == ".gz" else b"\x28\xb5\x2f\xfd"
    assert out.count(magic) == 2
    again = cleaned(file.with_name(name), "--preset", "default", name="c.wet")
    assert CLEAN.encode() in again


def test_over_a_pipe() -> None:
    for given in (TEXT, gzip.compress(TEXT)):
        done = piped("-F", "wet", "--preset", "default", given=given)
        assert done.returncode == 0
        assert CLEAN.encode() in done.stdout


def test_a_page_that_unpacks_without_end(file: Path) -> None:
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n"
    page = gzip.compress(bytes(1 << 22))
    kind = "Content-Type: application/http; msgtype=response"
    file.write_bytes(record("response", http + b"\r\n" + page, kind))
    with pytest.raises(InputError, match=r"a\.wet:1: more than 1 MiB"):
        cleaned(file, "--max-document", "1")


def test_a_page_whose_compression_is_damaged(file: Path) -> None:
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n"
    kind = "Content-Type: application/http; msgtype=response"
    damaged = record("response", http + b"\r\n\x1f\x8b\x08\x00garbage-garbage", kind)
    file.write_bytes(damaged + TEXT)
    with pytest.raises(InputError, match=r"a\.wet:1: no page in it: OSError"):
        cleaned(file, "--preset", "default")
    out = cleaned(file, "--preset", "default", "--on-error", "keep")
    assert out.startswith(damaged)
    assert CLEAN.encode() in out


def test_of_a_page_that_is_not_chunked_as_told_a_part_is_quoted(file: Path) -> None:
    http = (
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n"
    )
    kind = "Content-Type: application/http; msgtype=response"
    page = b"<html>" + b"x" * 10_000
    file.write_bytes(record("response", http + b"\r\n" + page, kind))
    with pytest.raises(InputError, match=r"no page in it: OSError: .*<html>x") as told:
        cleaned(file)
    assert len(str(told.value)) < 400


PAGE = b"<p>The council met on Monday, and nobody was surprised at what it said.</p>"
MEMBERS = gzip.compress(PAGE[:40]) + gzip.compress(PAGE[40:])
GZIPPED_TWICE = b"Content-Encoding: gzip, GZIP\r\n"
GZIPPED_CHUNKS = b"Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n"


def chunked(data: bytes) -> bytes:
    """As one chunk, and the end of all."""
    return b"%x\r\n%s\r\n0\r\n\r\n" % (len(data), data)


@pytest.mark.parametrize(
    ("http", "body", "more", "told"),
    [
        (b"", PAGE, "", ""),
        (b"Content-Length: 75\r\n", PAGE, "", ""),
        (b"Content-Length: 75\r\n", PAGE[:40], "", "40 of 75 bytes"),
        (b"Content-Encoding: gzip\r\n", gzip.compress(PAGE), "", ""),
        (b"Content-Encoding: gzip\r\n", gzip.compress(PAGE)[:-12], "", "no end"),
        (b"Content-Encoding: deflate\r\n", zlib.compress(PAGE), "", ""),
        (b"Content-Encoding: deflate\r\n", zlib.compress(PAGE)[:-8], "", "no end"),
        (GZIPPED_TWICE, gzip.compress(gzip.compress(PAGE)), "", ""),
        (GZIPPED_TWICE, gzip.compress(gzip.compress(PAGE)[:-12]), "", "no end"),
        (GZIPPED_CHUNKS, chunked(gzip.compress(PAGE)), "", ""),
        (GZIPPED_CHUNKS, chunked(gzip.compress(PAGE)[:-12]), "", "no end"),
        (b"Content-Encoding: gzip\r\n", MEMBERS, "", ""),
        (b"Content-Encoding: gzip\r\n", MEMBERS[:-12], "", "no end"),
        (b"", PAGE[:40], "WARC-Truncated: length", "a part of the page only"),
    ],
)
def test_a_page_that_is_cut_short_is_told(
    http: bytes, body: bytes, more: str, told: str
) -> None:
    pytest.importorskip("resiliparse", reason="needs the extra html")
    kind = "Content-Type: application/http; msgtype=response"
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n" + http + b"\r\n"
    extras = (kind, more) if more else (kind,)
    stream = io.BytesIO(record("response", head + body, *extras))
    (row,) = read(Source("a.warc", stream, stream.tell, None), Reading())
    assert row.text
    assert told in row.note
    assert bool(told) == bool(row.note)


@pytest.mark.parametrize(
    ("status", "is_taken"),
    [(b"200", True), (b"203 So", True), (b"", True), (b"404", False), (b"302", False)],
)
def test_pages_of_errors_and_of_ways_elsewhere_pass_through(
    file: Path, status: bytes, *, is_taken: bool
) -> None:
    pytest.importorskip("resiliparse", reason="needs the extra html")
    http = b"HTTP/1.1 %s\r\nContent-Type: text/html\r\n\r\n%s" % (status, PAGE)
    kind = "Content-Type: application/http; msgtype=response"
    given = record("response", http, kind)
    file.write_bytes(given)
    out = cleaned(file, "--preset", "default")
    assert (out == given) is not is_taken
    assert (b"WARC-Type: conversion" in out) is is_taken


@pytest.mark.parametrize(
    ("kind", "head"),
    [
        ("Application/HTTP", b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"),
        ("application/http", b"HTTP/1.1 200 OK\nContent-Type: text/html\n\n"),
        ("application/http; msgtype=response", b"\r\n\r\n"),
    ],
)
def test_a_response_whose_head_is_not_read_passes_through_and_is_told(
    file: Path, capfd: pytest.CaptureFixture[str], kind: str, head: bytes
) -> None:
    given = record("response", head + PAGE, f"Content-Type: {kind}")
    file.write_bytes(given)
    assert cleaned(file) == given
    told = "its HTTP head can't be read: left as it came"
    assert capfd.readouterr().err == f"cleaner: {file}:1: {told}\n"


@pytest.mark.parametrize("kind", [(), ("Content-Type: text/gemini",)])
def test_a_response_of_another_protocol_passes_through_in_silence(
    file: Path, capfd: pytest.CaptureFixture[str], kind: tuple[str, ...]
) -> None:
    file.write_bytes(given := record("response", b"20 text/gemini\r\n", *kind))
    assert cleaned(file) == given
    assert not capfd.readouterr().err


def test_bytes_of_headers_pass_through(file: Path) -> None:
    odd = record("metadata", b"x", "X-Name: caf?").replace(b"caf?", b"caf\xe9")
    file.write_bytes(odd + TEXT)
    assert cleaned(file, "--preset", "default").startswith(odd)


def test_damaged_archives(file: Path) -> None:
    whole = INFO + TEXT
    packed = gzip.compress(whole)
    for data in (whole[:-30], INFO + TEXT[:60], packed[:-9], b"no archive\n" * 20):
        file.write_bytes(data)
        with pytest.raises(InputError, match=r"a\.wet"):
            cleaned(file, "--preset", "default")
    assert not file.with_name("out-a.wet").exists()


def test_bytes_that_are_not_utf8(file: Path) -> None:
    file.write_bytes(INFO + record("conversion", b"caf\xe9 " + NOISY.encode()))
    with pytest.raises(InputError, match=r"a\.wet:2: byte 3"):
        cleaned(file, "--preset", "default")
    out = cleaned(file, "--preset", "default", "--encoding-errors", "keep")
    assert b"caf\xe9 " + CLEAN.encode() in out


def test_pages_become_texts(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []

    def text_of(page: Decoded, *, extractor: str) -> object:
        seen.append((page.text, extractor))
        return Decoded(NOISY), Hints()

    monkeypatch.setattr("cleaner.io.warc.text_of", text_of)
    page = gzip.compress("<p>café</p>".encode("latin-1"))
    http = (
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=iso-8859-1\r\n"
        b"Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n"
        b"%x\r\n%s\r\n0\r\n\r\n" % (len(page), page)
    )
    response = record(
        "response", http, "Content-Type: application/http; msgtype=response"
    )
    file.write_bytes(response + IMAGE)
    out = file.with_name("b.wet")
    assert status_of(file, "-o", out, "--preset", "default") == 0
    assert seen == [("<p>café</p>", "page")]
    (headers, content), _ = records(out.read_bytes())
    assert content == CLEAN.encode()
    assert headers["WARC-Type"] == "conversion"
    assert headers["WARC-Refers-To"] == "<urn:uuid:0000-response>"
    assert headers["WARC-Target-URI"] == "https://news.example/a?b=ü"
    assert headers["WARC-Block-Digest"].startswith("sha1:")


def test_texts_of_responses_without_a_name_have_names_of_their_own(file: Path) -> None:
    pytest.importorskip("resiliparse", reason="needs the extra html")
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
    kind = "Content-Type: application/http; msgtype=response"
    named = b"WARC-Record-ID: <urn:uuid:0000-response>\r\n"
    pages = [record("response", http + PAGE * n, kind) for n in (1, 2)]
    file.write_bytes(b"".join(page.replace(named, b"") for page in pages))
    found = [headers for headers, _ in records(cleaned(file))]
    assert len({headers["WARC-Record-ID"] for headers in found}) == 2
    assert not any("WARC-Refers-To" in headers for headers in found)


def test_the_title_of_a_page_is_a_hint(file: Path) -> None:
    pytest.importorskip("resiliparse", reason="needs the extra html")
    seed = Path(__file__).parents[1] / "seeds" / "001_3decf1652176c002.txt"
    head, *story = filter(str.strip, seed.read_text(encoding="utf-8").split("\n"))
    page = "".join(f"<p>{escape(line)}</p>" for line in ("By Ana Ruiz", *story))
    others = "<ul><li>A ferry stops</li><li>Mayor speaks</li></ul>"
    body = f"{others}<h1>{escape(head)}</h1>{page}<ul><li>Privacy</li></ul>"
    html = f"<title>{escape(head)}</title>{body}"
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
    kind = "Content-Type: application/http; msgtype=response"
    file.write_bytes(record("response", http + html.encode(), kind))
    ((_, content),) = records(cleaned(file))
    assert content.decode() == extract(html, "page")


ODD_CHARSETS = (b"idna", b"punycode", b"undefined", b"utf-16", b"utf-7", b"hex")


@pytest.mark.parametrize(
    ("data", "charset", "text"),
    [
        (b"caf\xe9", "ISO-8859-1", "café"),
        (b"\xef\xbb\xbfcaf\xc3\xa9", "latin-1", "café"),
        (b"\xff\xfea\x00", None, "a"),
        (b'<meta http-equiv=x content="text/html; charset=koi8-r">\xc1', None, "а"),
        (b"caf\xe9", None, "caf�"),
        (b"abc", "no-such-charset", "abc"),
        *((b"abc", name, "abc") for name in ("rot13", "undefined", "a\0b", "a\udcff")),
        *((b"<meta charset=%b>abc" % name, None, "abc") for name in ODD_CHARSETS),
        (b"<meta charset=shift_jis>\x87\x40", None, "①"),
        (b"<meta charset=X-SJIS>\x87\x40", None, "①"),
        (b"<meta charset=windows-949>\xc7\xd1", None, "한"),
        (b"<meta charset=big5>\xf9\xd6", None, "碁"),
        (b"caf\xe9", "x-cp1252", "café"),
        (b"caf\xe9 \x80", "iso88591", "café €"),
    ],
)
def test_the_encoding_of_a_page(data: bytes, charset: str | None, text: str) -> None:
    assert decoded_html(data, charset).text.endswith(text)


def test_each_label_leads_to_an_encoding() -> None:
    assert [label for label in _LABELS if _known(label) == "utf-8"] == []


def test_bytes_of_a_page_that_fit_no_encoding_are_told() -> None:
    assert decoded_html(b"caf\xe9", None).note == "byte 3 is not utf-8: replaced"
    assert not decoded_html("café �".encode(), None).note


DRAWN = b"<html><body><div id=root></div><script>draw()</script></body></html>"


def test_a_page_without_text_is_told_of(
    file: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("resiliparse", reason="needs the extra html")
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
    kind = "Content-Type: application/http; msgtype=response"
    pages = (DRAWN, DRAWN.replace(b"draw", b"\xe9"), PAGE, b"")
    file.write_bytes(b"".join(record("response", http + page, kind) for page in pages))
    status_of(file, "-o", file.with_name("b.wet"))
    assert capfd.readouterr().err.splitlines() == [
        f"cleaner: {file}:1: no text found in the page",
        f"cleaner: {file}:2: byte 39 is not utf-8: replaced; no text found in the page",
    ]


def test_an_html_file_without_text_is_told_of(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("trafilatura", reason="needs the extra html")
    drawn, blank = tmp_path / "drawn.html", tmp_path / "blank.html"
    drawn.write_bytes(DRAWN)
    blank.write_bytes(b" \n")
    assert status_of(drawn, blank, "-o", tmp_path / "out.txt") == 0
    told = capfd.readouterr().err
    assert told == f"cleaner: {drawn}: no text found in the page\n"


def test_html_by_its_extractor(tmp_path: Path) -> None:
    pytest.importorskip("trafilatura", reason="needs the extra html")
    given = tmp_path / "a.html"
    story = "<p>The council met on Monday and agreed to build the bridge, it said.</p>"
    given.write_text(f"<html><body><article>{story * 5}</article></body></html>")
    assert b"agreed to build the bridge" in cleaned(given, name="a.txt")
