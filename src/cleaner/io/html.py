"""HTML in, the text of its article out."""

import codecs
import re
from collections.abc import Iterator
from typing import Final

from cleaner.errors import MissingPackageError
from cleaner.html import extracted
from cleaner.io.encoding import Decoded
from cleaner.io.rows import (
    Hints,
    Reading,
    Row,
    Source,
    described,
    read_whole,
    row_of,
)

_HEAD_BYTES: Final = 1024  # where a page may tell its encoding, by the standard
# A tag that reads as ASCII does not stand in UTF-16, whatever it says.
_META: Final = re.compile(
    rb"<meta[^>]+charset\s{0,9}=\s{0,9}[\"']?(?!utf-?16)([-\w]{2,40})", re.IGNORECASE
)
# The encodings of https://encoding.spec.whatwg.org, by Python's names. Python knows
# more, some of which are none for texts, or end in an error.
_ENCODINGS: Final = frozenset(
    (
        *("utf-8", "utf-16", "utf-16-be", "utf-16-le", "gb18030", "big5hkscs"),
        *("cp932", "euc_jp", "iso2022_jp", "cp949", "koi8-r", "koi8-u", "cp866"),
        *("mac-roman", "mac-cyrillic", "cp874", *(f"cp{n}" for n in range(1250, 1259))),
        *(f"iso8859-{n}" for n in (*range(2, 9), 10, 13, 14, 15, 16)),
    )
)
_NOTHING: Final = "no text found in the page"
# The labels that Python does not know, but for those of UTF-8 and UTF-16.
_LABELS: Final = {
    **{f"x-cp{n}": f"cp{n}" for n in range(1250, 1259)},
    **{f"iso8859{n}": f"iso8859-{n}" for n in (*range(1, 12), 13, 14, 15)},
    **{
        label: name
        for name, labels in (
            ("cp932", "x-sjis windows-31j"),
            ("euc_jp", "x-euc-jp cseucpkdfmjpjapanese"),
            ("cp949", "windows-949 ksc_5601 ks_c_5601-1989 csksc56011987"),
            ("cp949", "cseuckr iso-ir-149"),
            ("gb18030", "x-gbk gb_2312 gb_2312-80 csgb2312"),
            ("big5hkscs", "cn-big5 x-x-big5"),
            ("cp874", "windows-874 dos-874"),
            ("koi8-r", "koi koi8"),
            ("koi8-u", "koi8-ru"),
            ("mac-roman", "mac csmacintosh x-mac-roman"),
            ("mac-cyrillic", "x-mac-cyrillic x-mac-ukrainian"),
            ("iso8859-6", "iso-8859-6-e iso-8859-6-i csiso88596e csiso88596i"),
            ("iso8859-7", "sun_eu_greek"),
            ("iso8859-8", "iso-8859-8-e iso-8859-8-i csiso88598e csiso88598i"),
            ("iso8859-8", "visual logical"),
            ("iso8859-15", "l9 csisolatin9"),
        )
        for label in labels.split()
    },
}
# Browsers read these as the encoding that has all of them and more.
_WIDER: Final = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "big5": "big5hkscs",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
}


def read(source: Source, reading: Reading) -> Iterator[Row]:
    """The one page of the input; bytes that fit no encoding become U+FFFD."""
    raw = read_whole(source, reading)
    page, hints = text_of(decoded_html(raw, None), extractor=reading.extractor)
    ended = page._replace(text=f"{page.text}\n") if page.text else page
    yield row_of(source.name, ended, raw, hints)


def text_of(page: Decoded, *, extractor: str) -> tuple[Decoded, Hints]:
    """The text that an extractor makes of a page, or why there is none; its title."""
    try:
        text, title = extracted(page.text, extractor)
    except MissingPackageError:
        raise
    except Exception as error:  # noqa: BLE001  # parsers of others, on scraped pages
        return Decoded("", fault=f"no text extracted: {described(error)}"), Hints()
    is_lost = page.text.strip() and not text.strip()
    notes = filter(None, (page.note, _NOTHING if is_lost else ""))
    return page._replace(text=text, note="; ".join(notes)), Hints(title=title)


def decoded_html(data: bytes, charset: str | None) -> Decoded:
    r"""A page as text, by its mark, its header, its own word, or UTF-8.

    >>> decoded_html(b'<meta charset="latin1"><p>caf\xe9 \x80 bar', None).text[-13:]
    '<p>café € bar'
    >>> decoded_html(b"<p>caf\xe9", None)
    Decoded(text='<p>caf�', note='byte 6 is not utf-8: replaced', ...)
    """
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8"),
        (b"\xff\xfe", "utf-16-le"),
        (b"\xfe\xff", "utf-16-be"),
    ):
        if data.startswith(mark):
            return _replaced(data, name, len(mark))
    meta = _META.search(data, 0, _HEAD_BYTES)
    named = charset or (meta[1].decode("ascii", "replace") if meta else "utf-8")
    return _replaced(data, _known(named))


def _replaced(data: bytes, encoding: str, start: int = 0) -> Decoded:
    """The text of the bytes from a start on; a note if there are some that fit not."""
    try:
        return Decoded(data[start:].decode(encoding))
    except UnicodeDecodeError as error:
        text = data[start:].decode(encoding, "replace")
        return Decoded(text, f"byte {start + error.start} is not {encoding}: replaced")


def _known(charset: str) -> str:
    try:
        name = codecs.lookup(_LABELS.get(charset.lower(), charset)).name
    except (LookupError, ValueError):  # the latter for what is no name at all
        return "utf-8"
    wider = _WIDER.get(name, name)
    return wider if wider in _ENCODINGS else "utf-8"
