"""What looks like another format, where nothing but a guess says that it is text."""

import re
from typing import Final

from cleaner.io.jsonl import is_row

_START: Final = re.compile(rb"(?:\xef\xbb\xbf)?\s*")
_STARTS: Final = (
    ("warc", re.compile(rb"WARC/1\.\d\r?\n")),
    ("html", re.compile(rb"(?i)(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+)?html[\s>]")),
)


def looks_like(data: bytes) -> str | None:
    r"""The format that a document begins as; None if it may well be text.

    >>> looks_like(b'{"text": "He left."}\n'), looks_like(b'{"a"} is a set.')
    ('jsonl', None)
    """
    if data.startswith(b"PAR1") and b"\0" in data:
        return "parquet"
    found = _START.match(data)
    at = found.end() if found else 0
    if data.startswith(b"{", at) and is_row(data[at:].partition(b"\n")[0]):
        return "jsonl"
    return next((name for name, start in _STARTS if start.match(data, at)), None)
