"""Runs of short lines amid the story or before it: teasers under kickers, menus."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

from cleaner.detectors.looks import (
    TYPICAL_HEADLINE_WIDTH,
    is_headline_like,
    is_label,
    is_tag,
)
from cleaner.detectors.stubs import is_amid_sentence, openings, stubs_of
from cleaner.document import FIRST_LINES, OPEN, Document, is_open, is_prose, width
from cleaner.edits import Finding
from cleaner.patterns.sentences import is_spoken
from cleaner.wording import bare

_MIN_TEASERS: Final = 3
_MAX_KICKER_CHARS: Final = 24  # lines of verse are longer
_MENU_LINES: Final = range(3, 13)
_MIN_TITLE_CHARS: Final = 45  # of a headline below one or two tags
_SECTION: Final = "section"  # the slot
_MAX_SECTION_WORDS: Final = 2
_MIN_HEADLINE_CHARS: Final = 30
_YEAR_DIGITS: Final = 4


def find_kicker_runs(document: Document) -> Iterator[Finding]:
    """Blocks in which headlines alternate with one and the same kicker."""
    for kicker in _kickers(document):
        for start, stop in _blocks(document.lines, kicker):
            for index in range(start, stop):
                yield document.cut(index, "headlines under one kicker")


def _kickers(document: Document) -> Iterator[Sequence[int]]:
    """Where one and the same label, not a mark, stands three times or more."""
    lines, shapes = document.lines, document.shapes
    for words, alike in document.short_lines.items():
        if len(alike) < _MIN_TEASERS or not any(map(str.isalpha, words)):  # as most
            continue
        places: defaultdict[str, list[int]] = defaultdict(list)
        for index in alike:
            if shapes[index] == OPEN and len(lines[index]) <= _MAX_KICKER_CHARS:
                places[lines[index]].append(index)
        for kicker, indices in places.items():
            if len(indices) >= _MIN_TEASERS and is_label(kicker):
                yield indices


def _blocks(lines: Sequence[str], places: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Where three or more of the places stand, each with a headline after it."""
    block: list[int] = []
    for place in [*places, len(lines) + 2]:
        if block and place != block[-1] + 2:
            if len(block) >= _MIN_TEASERS and _are_wide(lines, block):
                yield _with_heading(lines, block[0]), block[-1] + 2
            block = []
        if place + 1 < len(lines) and is_headline_like(lines[place + 1]):
            block.append(place)


def _are_wide(lines: Sequence[str], block: Sequence[int]) -> bool:
    """Whether most are as wide as headlines, not names: "Ana Ruiz, teacher".

    Under the name of a section they need not be.
    """
    if bare(lines[block[0]]) in stubs_of(_SECTION):
        return True
    widths = sorted(width(lines[place + 1]) for place in block)
    # In such runs of 12,482 articles it is 45 at least.
    return widths[len(widths) // 2] >= TYPICAL_HEADLINE_WIDTH


def _with_heading(lines: Sequence[str], start: int) -> int:
    """The start moved back over a heading that names the kicker: "More from Energy"."""
    above = lines[start - 1] if start else ""
    return start - (bool(above) and is_label(above) and above.endswith(lines[start]))


def find_opening_menus(document: Document) -> Iterator[Finding]:
    """Menus and breadcrumbs: tags at the very start, up to the headline."""
    lines = document.lines
    stop = 0
    while stop < min(len(lines), _MENU_LINES.stop) and is_tag(lines[stop]):
        stop += 1
    if (
        0 < stop < len(lines)
        and _is_menu(lines[:stop], lines[stop])
        and _is_headline(document, stop)
    ):
        for index in range(stop):
            yield document.cut(index, "a menu before the headline")
    elif lines and document.shapes[0] == OPEN:
        yield from _find_sections(document)


def _is_menu(tags: Sequence[str], below: str) -> bool:
    """Whether lines are surely tags: three, or fewer with a section over a headline."""
    by = openings("byline_word", " ")
    return len(tags) in _MENU_LINES or (
        len(below) >= _MIN_TITLE_CHARS
        and any(map(_is_section, tags))
        and not any(tag.startswith(by) or below.startswith(tag) for tag in tags)
    )


def _is_section(tag: str) -> bool:
    """Whether a tag is a section or several: "Battery News", "Lead, Zinc, Tin"."""
    words = tag.casefold().split()
    if len(words) == 1:
        agencies = stubs_of("photo_agency", "slash_agency")
        return tag.isalpha() and words[0] not in agencies
    parts = tag.casefold().split(", ")
    is_pair = "&" in words and len(words) <= _MAX_SECTION_WORDS + 1
    if is_pair or len(parts) > _MAX_SECTION_WORDS:
        return True
    is_short = len(words) <= _MAX_SECTION_WORDS
    names = {tag.casefold(), words[-1]} if is_short else {*parts}
    return not names.isdisjoint(stubs_of(_SECTION))


def _find_sections(document: Document) -> Iterator[Finding]:
    """The name of a section among the first lines: "Opinion", "PRESS RELEASE".

    Under a first line that asks or ends a sentence it may head a part of the story, as
    "Fact Check:" does.
    """
    for words in sorted(document.short_lines.keys() & stubs_of(_SECTION).keys()):
        index = document.short_lines[words][0]
        is_first = index < min(FIRST_LINES, len(document.lines) - 1)
        if not is_first or is_amid_sentence(document, index):
            continue
        if not _is_of_story(document.lines, index):
            yield document.cut(index, "the name of a section")


def _is_of_story(lines: Sequence[str], index: int) -> bool:
    """Whether such a name is a heading of the text, speech, or behind a sentence."""
    line, above = lines[index], lines[:index][-1:]
    return (
        line[0] == "#"
        or is_spoken(line)
        or any(not is_open(one) for one in above)
        or _is_one_of_many(lines, index)
    )


def _is_one_of_many(lines: Sequence[str], index: int) -> bool:
    """Whether prose stands below, and further on another such name amid prose.

    Below the first line any one or two words do.
    """
    return is_prose(lines[index + 1]) and any(
        is_prose(lines[at - 1])
        and is_tag(lines[at])
        and lines[at].count(" ") < _MAX_SECTION_WORDS
        and (index > 0 or bare(lines[at]) in stubs_of(_SECTION))
        and is_prose(lines[at + 1])
        for at in range(index + 2, len(lines) - 1)
    )


def _is_headline(document: Document, index: int) -> bool:
    """Whether the line is the title given, or a headline before the first paragraph."""
    line = document.lines[index]
    if document.title and line in document.title:
        return True
    return (
        len(line) >= _MIN_HEADLINE_CHARS
        and is_headline_like(line)
        and not line[-_YEAR_DIGITS:].isdigit()  # a date
        and any(map(is_prose, document.lines[index + 1 : index + 12]))
    )
