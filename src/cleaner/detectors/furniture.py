"""What pages carry besides the story: addresses, lists of sources, names of files."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

from cleaner.detectors.ending import follows_story, is_label, starts_lower
from cleaner.detectors.stubs import stubs_of
from cleaner.document import Document, bare, is_open
from cleaner.edits import Finding

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
_ABOUT_AUTHOR: Final = stubs_of("about_author")
_MAX_BOX_LINES: Final = 25
_MIN_NAME_CHARS: Final = 4
_BY: Final = stubs_of("by_author")
_BYLINE_LINES: Final = 15
_MAX_NAME_CHARS: Final = 32
_NAME_WORDS: Final = range(2, 5)
_MAX_NAME_GAP: Final = 6  # lines between a name and what is said of it

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
    span = document.tail
    lines = document.lines
    short = [index for index in span if len(lines[index]) <= _MAX_ADDRESS_CHARS]
    numbers = [index for index in short if _NUMBER.search(lines[index])]
    if not numbers:
        return
    mails = [index for index in short if _MAIL.search(lines[index])]
    places = sorted({*numbers, *mails})
    if len(places) < _MIN_CONTACTS or not follows_story(document, span.start):
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
    if len(document.open_lines) < _MIN_SOURCES:
        return
    for index in document.open_lines:
        match = _SOURCE.match(document.lines[index])
        if match and _PLACE.search(document.lines[index]):
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


def find_author_boxes(document: Document) -> Iterator[Finding]:
    """Author boxes, whole or in shreds: while the name comes up.

    One stands under its heading, or under the name that stood in the byline.
    """
    lines = document.lines
    found = document.short_lines.keys() & _ABOUT_AUTHOR.keys()
    headings = sorted(index for words in found for index in document.short_lines[words])
    for heading in headings:
        if heading + 1 < len(lines) and is_label(lines[heading + 1]):
            for index in range(heading, _end_of_box(lines, heading + 1)):
                yield document.cut(index, "an author box")
    for name in _names_again(document):
        for index in range(name, _end_of_box(lines, name)):
            yield document.cut(index, "an author box")


def _names_again(document: Document) -> Iterator[int]:
    """Where a name from the byline stands again as a line, with more about it below."""
    lines = document.lines
    for at, line in enumerate(lines[1:_BYLINE_LINES], 1):
        if not (_is_name(line) and _is_by_date(lines[at - 1 : at + 2 : 2])):
            continue
        surname = line.split()[-1]
        for again in document.short_lines[bare(line)]:
            below = lines[again + 1 : again + 1 + _MAX_NAME_GAP]
            is_late = again >= len(lines) // 2 and again > at
            if is_late and any(
                text.startswith(line.split()[0]) or f"{surname} " in text
                for text in below
            ):
                yield again
                break


def _is_by_date(around: Sequence[str]) -> bool:
    """Whether the lines around a name are a byline's: "By", a date, a reading time."""
    return any(
        bare(line) in _BY or (is_label(line) and any(map(str.isdigit, line)))
        for line in around
    )


def _is_name(line: str) -> bool:
    """Whether a line is two to four capitalized words and nothing else."""
    words = line.split()
    return (
        len(words) in _NAME_WORDS
        and len(line) <= _MAX_NAME_CHARS
        and all(
            w[0].isupper() and w.strip(".").replace("-", "").isalpha() for w in words
        )
        and line != line.upper()
    )


def _end_of_box(lines: Sequence[str], name: int) -> int:
    """Past the last line with a part of the name, and the shreds after it."""
    parts = [part for part in lines[name].split() if len(part) >= _MIN_NAME_CHARS]
    end = name + 1
    for index in range(name + 1, min(name + _MAX_BOX_LINES, len(lines))):
        if any(part in lines[index] for part in parts):
            end = index + 1
    while end < len(lines) and (starts_lower(lines[end]) or is_label(lines[end])):
        end += 1
    return end
