"""What pages carry besides the story: addresses, lists of sources, names of files."""

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from cleaner.document import Document, is_open
from cleaner.edits import Finding

_MIN_DOUBLED_CHARS: Final = 30
_MAX_ADDRESS_CHARS: Final = 110
_MAX_GAP_LINES: Final = 4  # between a line with a number or an address and the next
_MIN_CONTACTS: Final = 2
_MAIL: Final = re.compile(r"[\w.+-]{1,60}@[\w-]{1,60}\.[a-z]{2}")
_NUMBER: Final = re.compile(
    r"\+\d{1,3}[ \d()/.-]{7}"
    r"|(?<![\d.])\(?0?\d{2,4}\)?[ ./-]{1,3}\d{3,4}[ .-]\d{3,4}(?!\d)"
)
_IMAGE_FILE: Final = re.compile(
    r"[\w .()@%+~-]{1,100}\.(?:jpe?g|png|gif|webp|svg|bmp|tiff?)\Z", re.IGNORECASE
)

_ADDRESS_ONLY: Final = re.compile(r"(?:https?://|www\.)\S{4,400}\Z")
_CITED: Final = ("doi.org/", "arxiv.org/", "hdl.handle.net/")
_MAX_LEAD_CHARS: Final = 32
_MAX_LEAD_WORDS: Final = 4

# "Quelle 3: YouTube // ZDFheute": the same word, a number, and where to look.
_SOURCE: Final = re.compile(r"([^\W\d_]{3,20}) ?\d{1,3} ?[:.)] ?(?=\S)")
_PLACE: Final = re.compile(r"//|\bwww\.|https?:")
_MIN_SOURCES: Final = 3


def find_contacts(document: Document) -> Iterator[Finding]:
    """Addresses and telephone numbers after the end, with the names around them."""
    span = document.closing
    if len(span) < _MIN_CONTACTS:
        return
    lines = document.lines
    short = [index for index in span if len(lines[index]) <= _MAX_ADDRESS_CHARS]
    numbers = [index for index in short if _NUMBER.search(lines[index])]
    if not numbers:
        return
    mails = [index for index in short if _MAIL.search(lines[index])]
    places = sorted({*numbers, *mails})
    if len(places) < _MIN_CONTACTS:
        return
    first = places[0]
    while first > max(span.start, places[0] - 3) and _is_address(lines[first - 1]):
        first -= 1
    last = places[0]
    for place in places[1:]:
        if place - last > _MAX_GAP_LINES:
            break
        last = place
    if last > places[0]:
        for index in range(first, last + 1):
            yield document.cut(index, "contacts after the end")


def _is_address(line: str) -> bool:
    return len(line) <= _MAX_ADDRESS_CHARS and (is_open(line) or line[-1] == ":")


def find_sources(document: Document) -> Iterator[Finding]:
    """Numbered lists of where pictures and videos come from."""
    numbered: defaultdict[str, list[int]] = defaultdict(list)
    for index in document.open_lines:
        line = document.lines[index]
        if "//" in line or "www." in line or "http" in line:
            match = _SOURCE.match(line)
            if match and _PLACE.search(line):
                numbered[match[1]].append(index)
    for indices in numbered.values():
        if len(indices) >= _MIN_SOURCES:
            for index in indices:
                yield document.cut(index, "numbered sources")


def find_image_files(document: Document) -> Iterator[Finding]:
    """Names of image files, which stood in the place of the image."""
    for index in document.open_lines:
        if "." in document.lines[index][-5:] and _IMAGE_FILE.match(
            document.lines[index]
        ):
            yield document.cut(index, "a file's name")


def find_doubled_lines(document: Document) -> Iterator[Finding]:
    """The second half of lines that say all they say twice, as captions come out."""
    for index, line in enumerate(document.lines):
        size = len(line)
        if size > _MIN_DOUBLED_CHARS * 2 and size % 2:
            half = size // 2
            if (
                line[0] == line[half + 1]
                and line[0].isalnum()
                and line[:half] == line[half + 1 :]
            ):
                yield document.cut_part(index, half + 1, size, "says it all twice")


def find_closing_addresses(document: Document) -> Iterator[Finding]:
    """After the end, addresses of pages with the line that leads up to each."""
    span = document.tail
    lines = document.lines
    for index in span[1:]:
        lead = lines[index - 1]
        if (
            _ADDRESS_ONLY.match(lines[index])
            and not any(place in lines[index] for place in _CITED)
            and lead[-1] in ":："
            and len(lead) <= _MAX_LEAD_CHARS
            and lead.count(" ") < _MAX_LEAD_WORDS
            and lead[0].isupper()
        ):
            yield document.cut(index - 1, "leads up to an address")
            yield document.cut(index, "an address after the end")
