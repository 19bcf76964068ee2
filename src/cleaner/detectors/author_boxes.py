"""Boxes about the author, whole or in shreds, from a heading or a name on."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final

from cleaner.detectors.authors import (
    ABOUT_AUTHOR,
    BYLINE_LINES,
    MIN_NAME_CHARS,
    byline_names,
    is_by_date,
    traits,
)
from cleaner.detectors.looks import is_full_name, is_label, is_signed_caption
from cleaner.detectors.stubs import openings, stub_lines, stubs_of
from cleaner.document import Document, is_item, is_prose, runs_on
from cleaner.edits import Finding
from cleaner.memo import late_pattern, once
from cleaner.wording import bare

_MAX_BOX_LINES: Final = 25
_MAX_NAME_GAP: Final = 6  # lines between a name and what is said of it
_MAX_AUTHORS: Final = 3  # more names beside figures are a list of what is reviewed
_MAX_NAME_LINES: Final = 2  # the byline and the box; a button stands there again
_WORD: Final = late_pattern(r"\w+")

MORE_BY: Final = "more_by"  # the slot
MORE_BY_CHARS: Final = 80
# Boxes that end in "See more from" and the name have, in train and the unlabelled, at
# most 57 lines and 2,231 characters, 595 of them a trait. Between a byline and such a
# link stand 4,379 and more, 714 a trait.
_MAX_SIGNED_LINES: Final = 60
_MAX_BOX_CHARS: Final = 2500
_CHARS_A_TRAIT_OF_BOX: Final = 600


def find_author_boxes(document: Document) -> Iterator[Finding]:
    """Author boxes, whole or in shreds: while the name comes up.

    One stands under its heading, or under the name that stood in the byline.
    """
    lines = document.lines
    headings = stub_lines(document, stubs_of(ABOUT_AUTHOR).keys())
    done = 0
    for heading, _ in sorted(headings):
        if _is_told_above(document, heading):
            continue
        if heading + 1 < len(lines) and _is_shred(lines[heading + 1]):
            end = _end_of_box(lines, heading + 1, done)
            for index in range(max(heading, done), end):
                yield document.cut(index, "an author box")
            done = end
    for name in _names_again(document):
        for index in range(name, _end_of_box(lines, name)):
            yield document.cut(index, "an author box")


def _is_told_above(document: Document, heading: int) -> bool:
    """Whether the story's prose has the surname: "Zur Person" of who is asked."""
    below = "".join(document.lines[heading + 1 : heading + 2]).partition(",")[0]
    return is_full_name(below) and below.split()[-1] in _told_words(document)


@once
def _told_words(document: Document) -> frozenset[str]:
    """The words of the prose above the first such heading."""
    headings = stub_lines(document, stubs_of(ABOUT_AUTHOR).keys())
    first = min((heading for heading, _ in headings), default=0)
    return frozenset(
        _WORD().findall(" ".join(filter(is_prose, document.lines[:first])))
    )


def find_signed_boxes(document: Document) -> Iterator[Finding]:
    """Boxes that end in a link to more by the name that stands alone above them."""
    for link in document.candidates_of(MORE_BY):
        name, end = _linked_name(document, link)
        if not is_full_name(name):
            continue
        places = document.short_lines.get(bare(name), ())
        above = bisect_left(places, link) - 1
        if above >= 0 and _is_signed_box(document, places[above], link):
            for index in _but_captions(document.lines, range(places[above], end)):
                yield document.cut(index, "an author box, signed")


def _but_captions(lines: Sequence[str], box: range) -> Iterator[int]:
    """The lines of a box but for captions: "Ann on her bridge. BEN OKORO/THE POST"."""
    return (index for index in box if not is_signed_caption(lines[index]))


def _linked_name(document: Document, link: int) -> tuple[str, int]:
    """Whom a link leads to, in its line or the next, and the index past it."""
    line = document.lines[link]
    if bare(line) in stubs_of(MORE_BY):
        return "".join(document.lines[link + 1 : link + 2]), link + 2
    match = _more_by().match(line)
    return (match[1] if match else ""), link + 1


@cache
def _more_by() -> re.Pattern[str]:
    words = "|".join(openings(MORE_BY))
    return re.compile(rf"(?:{words}) ([^→>»]{{3,40}}?)(?: ?[→>»])?$")


def _is_signed_box(document: Document, name: int, link: int) -> bool:
    """Whether what stands between a name and the link under it is about the author."""
    lines, starts = document.lines, document.starts
    chars = starts[link] - starts[name]
    if link - name > _MAX_SIGNED_LINES or chars > _MAX_BOX_CHARS:
        return False
    told = traits(document.text[starts[name] : starts[link]])
    return (
        not is_by_date(lines[max(name - 1, 0) : name + 2 : 2])
        and _is_told_of_below(lines, name)
        and chars <= told * _CHARS_A_TRAIT_OF_BOX
    )


def _is_told_of_below(lines: Sequence[str], name: int) -> bool:
    """Whether a line just below a name opens with its first word or has its last."""
    first, *_, last = lines[name].split()
    below = lines[name + 1 : name + 1 + _MAX_NAME_GAP]
    return any(text.startswith(first) or f"{last} " in text for text in below)


def _names_again(document: Document) -> Iterator[int]:
    """Where a name from the byline stands again as a line, with more about it below."""
    lines = document.lines
    if len(lines) <= BYLINE_LINES:  # a quick look
        return
    names = byline_names(document)
    for line in names if len(names) <= _MAX_AUTHORS else ():
        places = document.short_lines.get(bare(line), ())
        for again in places if len(places) <= _MAX_NAME_LINES else ():
            is_late = again >= max(len(lines) // 2, BYLINE_LINES)
            if is_late and _is_told_of_below(lines, again):
                yield again
                break


def _end_of_box(lines: Sequence[str], name: int, least: int = 0) -> int:
    """Past the last line with a part of the name, and the shreds after it.

    Not before `least`: what is known to be of a box is not looked at again.
    """
    parts = [part for part in lines[name].split() if len(part) >= MIN_NAME_CHARS]
    end = max(name + 1, least)
    for index in range(name + 1, min(name + _MAX_BOX_LINES, len(lines))):
        if any(part in lines[index] for part in parts):
            end = max(end, index + 1)
    while end < len(lines) and (runs_on(lines[end]) or _is_shred(lines[end])):
        end += 1
    return end


def _is_shred(line: str) -> bool:
    """Whether a line is short enough for a part of a box, and no item of a list."""
    return is_label(line) and not is_item(line)
