"""Whole sentences of the page, about stories and goods, told by what frames them."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Final

from cleaner.detectors.looks import is_full_name
from cleaner.detectors.stubs import openings, stubs_of
from cleaner.document import Document, is_open
from cleaner.edits import Finding
from cleaner.languages import ANY
from cleaner.patterns.slots import phrases
from cleaner.wording import as_phrases, bare

FOOTER: Final = "footer_call"  # slots
OPENING: Final = "teasers_opening"
CLOSING: Final = "teasers_closing"
MAX_CUE_CHARS: Final = 80

# One site: four teasers stood above the call in all 28 texts that had it, of 28 to 175
# characters each; between the heading and "Stay connected" up to 24 lines in all 10.
_TEASERS: Final = 4
_TEASER_CHARS: Final = range(20, 181)
_MAX_CREDIT_CHARS: Final = 40
_MAX_BLOCK_LINES: Final = 40

ADVERT_OPENING: Final = "advert_opening"  # slots
ADVERT_CLOSING: Final = "advert_closing"
MAX_ADVERT_CHARS: Final = 4000
POINTER: Final = "pointer_opening"  # the slot
MAX_POINTER_CHARS: Final = 160


def find_teasers(document: Document) -> Iterator[Finding]:
    """Teasers right above the call that ends the page, and those of a headed block."""
    for run in (*_above_footers(document), *_blocks(document)):
        for index in run:
            yield document.cut(index, "teasers of other stories")


def _above_footers(document: Document) -> Iterator[range]:
    """From the first of four teasers to the call, with a credit between or none."""
    lines = document.lines
    for call in _stubs(document, FOOTER):
        is_credit = call > 0 and is_open(lines[call - 1])
        end = call - (is_credit and len(lines[call - 1]) <= _MAX_CREDIT_CHARS)
        if _are_teasers(lines[max(end - _TEASERS, 0) : end]):
            yield range(end - _TEASERS, call + 1)


def _are_teasers(lines: Sequence[str]) -> bool:
    return len(lines) == _TEASERS and all(len(line) in _TEASER_CHARS for line in lines)


def _blocks(document: Document) -> Iterator[range]:
    """From the heading of a block to the line that ends it, in the second half."""
    lines = document.lines
    ends = _stubs(document, CLOSING)
    for opening in _stubs(document, OPENING):
        end = _next(ends, opening)
        chars = max(map(len, lines[opening:end]), default=_TEASER_CHARS.stop)
        if chars < _TEASER_CHARS.stop and opening >= len(lines) // 2:
            yield range(opening, end)


def _next(places: Sequence[int], at: int) -> int:
    """The first place further down, if it is near enough; else the place itself."""
    after = bisect_right(places, at)
    is_near = after < len(places) and places[after] - at <= _MAX_BLOCK_LINES
    return places[after] if is_near else at


def _stubs(document: Document, slot: str) -> list[int]:
    """Where a line is nothing but a phrase of the slot."""
    known = stubs_of(slot)
    lines = document.lines
    return [at for at in document.candidates_of(slot) if bare(lines[at]) in known]


def find_pointers(document: Document) -> Iterator[Finding]:
    """Pointers to a story over who wrote it: "Find out how it works" / "—Ann Lee"."""
    lines = document.lines
    for index in document.candidates_of(POINTER):
        below = lines[index + 1] if index + 1 < len(lines) else ""
        is_signed = below[:1] == "—" and is_full_name(below[1:].strip())
        if is_signed and lines[index].startswith(openings(POINTER)):
            yield document.cut(index, "a pointer to the story of the name below")


def find_framed_adverts(document: Document) -> Iterator[Finding]:
    """From a line that invites readers to the line that takes their order."""
    orders = _holding(document, ADVERT_CLOSING)
    for opening in _holding(document, ADVERT_OPENING):
        order = _next(orders, opening)
        for index in range(opening, order + 1) if order > opening else ():
            yield document.cut(index, "an advert between its opening and its order")


def _holding(document: Document, slot: str) -> list[int]:
    """Where a line holds a phrase of the slot."""
    known = phrases(ANY, slot)
    lines = document.lines
    return [
        at
        for at in document.candidates_of(slot)
        if any(map(as_phrases(lines[at]).__contains__, known))
    ]
