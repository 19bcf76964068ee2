"""Headlines of other stories: under a heading, over a link, with an arrow."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import takewhile
from typing import Final

from cleaner.detectors.links import CITES_MORE_RULE, MORE_ON_RULE
from cleaner.detectors.looks import (
    heads_facts,
    heads_prose,
    is_headline_like,
    is_title_case,
    leads_up,
    stands_over_books,
)
from cleaner.detectors.stubs import openings, stub_lines, stubs_of
from cleaner.document import (
    CALL_MARKS,
    COLONS,
    OPEN,
    PROSE,
    PROSE_WIDTH,
    Document,
    is_item,
    is_open,
    is_prose,
    runs_on,
)
from cleaner.edits import Finding
from cleaner.patterns import find_by
from cleaner.patterns.signatures import ARROW
from cleaner.wording import bare

_MAX_LISTED: Final = 40
_MAX_LISTED_CHARS: Final = 160
_MAX_LAST_TITLES: Final = 6
_MAX_LAST_TITLE_BYTES: Final = 120  # in UTF-8: a Chinese sentence has fewer signs
_MIN_LISTED: Final = 3  # so many in a row are a list, even amid the story
_MAX_SUBHEADING_CHARS: Final = 45
_OF_CODE: Final = frozenset("`|<>[]{}_")
_HEADING: Final = "story_stub"  # the slot
_PART: Final = "part_heading"  # those of it that may head a part of the story, too


def find_listed(document: Document) -> Iterator[Finding]:
    """A heading such as "You may also like" and the headlines that it announces.

    Where prose goes on below, only the next line is surely announced, or what looks
    like a list: a line by itself may be the sub-heading of what follows. After the end
    of a story in paragraphs all are.
    """
    lines = document.lines
    for index in _headings(document):
        yield document.cut(index, "heading of other stories")
        below = lines[index + 1 : index + 1 + _MAX_LISTED]
        listed = len(below) if _are_last_titles(below) else _listed(below)
        stop = index + 1 + listed
        if stop < len(lines) and index + 1 not in document.closing:
            listed = _surely_listed(lines[index + 1 : stop])
        for other in range(index + 1, index + 1 + listed):
            yield document.cut(other, "listed under such a heading")


_find_more_on: Final = find_by((MORE_ON_RULE, CITES_MORE_RULE))


def find_announced(document: Document) -> Iterator[Finding]:
    """Headlines in a row and "More from Energy" over them, also amid the story."""
    lines = document.lines
    headings = list(_find_more_on(document))
    for heading in headings if headings and _has_stops(document) else ():
        below = document.line_at(heading.start) + 1
        listed = _listed(lines[below : below + _MAX_LISTED])
        heads = _surely_listed(lines[below : below + listed])
        if heads >= _MIN_LISTED:
            for index in range(below - 1, below + heads):
                yield document.cut(index, "more of a kind")


def _has_stops(document: Document) -> bool:
    """Whether sentences end in marks: if not, they look no other than headlines."""
    shapes = zip(document.shapes, document.lines, strict=True)
    wide = sum(shape == OPEN and len(line) >= PROSE_WIDTH for shape, line in shapes)
    return wide <= document.shapes.count(PROSE)


def _headings(document: Document) -> Iterator[int]:
    """The lines, but for a title, that announce other stories and nothing else."""
    for index, _ in stub_lines(document, stubs_of(_HEADING).keys()):
        if index and _announces_stories(document, index):
            yield index
    for index, _ in stub_lines(document, _cues().keys()):
        is_cue = index and document.lines[index][-1] in COLONS  # "Read more:"
        if is_cue and not heads_facts(document.lines, index):
            yield index


def _announces_stories(document: Document, index: int) -> bool:
    """Whether neither books nor facts stand under a line, nor prose that it heads.

    "Top picks" stands over "Best overall:", too.
    """
    lines = document.lines
    return not (
        any(line[-1] in COLONS for line in lines[index + 1 : index + 2])
        or stands_over_books(lines, index)
        or heads_prose(lines, index)
        or heads_facts(lines, index)
        or (index not in document.closing and _heads_part(lines, index))
    )


def _heads_part(lines: Sequence[str], index: int) -> bool:
    """Whether a heading that a story may have, too, stands over a sentence."""
    if bare(lines[index]) not in stubs_of(_PART) or lines[index][-1] in COLONS:
        return False
    is_wrapped = any(map(runs_on, lines[index + 2 : index + 3]))  # in hard lines
    return is_wrapped or any(map(_is_sentence, lines[index + 1 : index + 2]))


def _is_sentence(line: str) -> bool:
    """Whether a line ends as a sentence does, unlike most headlines."""
    return not is_open(line) and line[-1] not in CALL_MARKS and line[-1] not in COLONS


@cache  # as a table: a look into its keys takes no more steps than there are lines
def _cues() -> Mapping[str, str]:
    cues, headings = stubs_of("link_stub", "read_more"), stubs_of(_HEADING)
    return {words: reason for words, reason in cues.items() if words not in headings}


def _are_last_titles(below: Sequence[str]) -> bool:
    """Whether a few short lines end the text: some titles end in a full stop.

    Before a tag or a button it is the story's last sentence.
    """
    cites = _cites()
    return (
        0 < len(below) <= _MAX_LAST_TITLES
        and is_open(below[-1])
        and (
            len(below[-1]) > _MAX_SUBHEADING_CHARS or not any(map(_is_sentence, below))
        )
        and 2 * sum(map(is_open, below)) >= len(below)
        and not any(
            _bytes(line) > _MAX_LAST_TITLE_BYTES or line.startswith(cites)
            for line in below
        )
    )


def _bytes(line: str) -> int:
    """The size of a line, which may hold half of a pair of surrogates."""
    return len(line.encode("utf-8", "surrogatepass"))


def _listed(lines: Sequence[str]) -> int:
    """How many lines look like headlines, until one does not."""
    cites = _cites()
    for count, line in enumerate(lines):
        is_headline = is_open(line) or line[-1] in CALL_MARKS
        if len(line) > _MAX_LISTED_CHARS or not is_headline or line.startswith(cites):
            return count
        # a sentence that a link broke
        if any(map(runs_on, lines[count + 1 : count + 2])):
            return count
    return len(lines)


@cache
def _cites() -> tuple[str, ...]:
    """What opens a line that cites where the story comes from, and is no headline."""
    return (*openings("byline_word", " "), *openings("cited_word"), "http")


def _surely_listed(lines: Sequence[str]) -> int:
    """How many of the lines are no sub-heading of the prose that goes on below them."""
    heads = sum(1 for _ in takewhile(_is_listed_item, lines))
    if heads > 1:
        return heads
    heads = 0
    while heads < len(lines) and is_headline_like(lines[heads]):
        heads += 1
    if heads and heads == len(lines) and len(lines[-1]) <= _MAX_SUBHEADING_CHARS:
        heads -= heads > 1
    if heads >= _MIN_LISTED or not lines:
        return heads
    is_long = len(lines[0]) > _MAX_SUBHEADING_CHARS
    return int(is_headline_like(lines[0]) and (is_long or is_title_case(lines[0])))


def _is_listed_item(line: str) -> bool:
    """Whether a line is an item of a list, and a headline, no code or reference."""
    words = line.partition(" ")[2].lstrip()
    is_plain = words != "" and _OF_CODE.isdisjoint(words)
    return is_item(line) and is_plain and is_headline_like(words)


def find_linked(document: Document) -> Iterator[Finding]:
    """Headlines over a lone "Read more": the link to the story of that name."""
    lines = document.lines
    for index, _ in stub_lines(document, _links()):
        if index > 1 and _is_linked(lines[index - 2], lines[index - 1]):
            yield document.cut(index - 1, "headline over such a link")


@cache
def _links() -> frozenset[str]:
    """Over "Read the whole article" stands an excerpt's end, over these a teaser."""
    return frozenset(stubs_of("more_link").keys() & stubs_of("link_stub"))


def _is_linked(above: str, line: str) -> bool:
    return (
        is_prose(above) and len(line) > _MAX_SUBHEADING_CHARS and is_headline_like(line)
    )


_ARROWS: Final = ("»", "›", "→", " >>")  # ">>" closes brackets of code, too
_GTGT: Final = "&gt;&gt;"
_OPENING_ARROWS: Final = (">> ", "» ", "→ ", f"{_GTGT} ")
_QUOTED_TWICE: Final = ">>"
_BULLET: Final = "→ "  # the others open links only
_MAX_ARROW_CHARS: Final = 140
_MIN_ARROW_CHARS: Final = 8


def find_arrows(document: Document) -> Iterator[Finding]:
    """Lines that an arrow opens or closes, which quotes nothing: links of a page."""
    if "«" in document.text:
        return
    steps: set[int] = set()  # of what a line with a colon tells
    for index in filter(None, document.candidates_of(ARROW)):
        line = document.lines[index]
        is_arrow = line.endswith(_ARROWS) or line.startswith(_OPENING_ARROWS)
        if not is_arrow or _is_bullet(document, index) or _is_of_mail(document, index):
            continue
        if index - 1 in steps or leads_up(document.lines[index - 1]):
            steps.add(index)
        elif _MIN_ARROW_CHARS <= len(line) <= _MAX_ARROW_CHARS and _is_link(line):
            yield document.cut(index, "a line with an arrow")


def _is_bullet(document: Document, index: int) -> bool:
    """Whether amid the story the arrow is one of three that open lines in a row."""
    if index in document.closing:
        return False
    near = document.lines[max(index - 2, 0) : index + 3]
    opens = [line.startswith(_BULLET) for line in near]
    return any(all(opens[at : at + 3]) for at in range(len(opens) - 2))


def _is_of_mail(document: Document, index: int) -> bool:
    """Whether a line is what a mail quotes of another, ">> ", beside one with ">"."""
    near = document.lines[max(index - 2, 0) : index + 3]
    return document.lines[index].startswith(_QUOTED_TWICE) and any(
        line[0] == ">" and line[1:2] != ">" for line in near
    )


def _is_link(line: str) -> bool:
    """Whether a line with an arrow is no sentence, or a question behind the arrow."""
    words = line.replace(_GTGT, ">>").strip("»›→> ")
    asks = line[-1] == "?" and line.startswith(_OPENING_ARROWS)
    return asks or (words != "" and is_open(words))
