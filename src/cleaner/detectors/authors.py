"""Who wrote the text: lines and boxes about the author, whole or in shreds."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import Final

from cleaner.detectors.looks import (
    MAX_NAME_CHARS,
    is_full_name,
    is_label,
    is_signed_caption,
    plain_words,
)
from cleaner.detectors.stubs import openings, stub_lines, stubs_of, words_of
from cleaner.document import COLONS, Document, is_item, is_open, is_prose, runs_on
from cleaner.edits import Finding
from cleaner.memo import known, late_pattern, once
from cleaner.patterns import Rule, find_by
from cleaner.patterns.sentences import is_reported, opens_quotation
from cleaner.wording import bare

_AUTHOR: Final = (
    Rule(
        "author_role",
        "line",
        r"[—–*-]{0,2}[ ]?(?:{author_title}{_})?{name}(?:,[^.!?\n]{1,80},)?{_}{is_a}{_}"
        r"(?:[^.!?,\n]{1,60}{_})?{author_role}(?!\w)(?!{_}{of_things?}\b)[^\n]{0,900}",
        1000,
    ),
    # "The writer is a former minister of bridges.", the last line or the one before
    Rule(
        "the_writer",
        "line",
        r"[(\[*•]?[ ]?{the_writer}{_}{is_a}(?!\w)[^\n]{3,400}",
        460,
    ),
    Rule(
        "author_work",
        "line",
        r"(?!{article}[ ](?-i:\p{Ll}))[^.!?\n]{0,60}{author_work}{_}[^\n]{0,600}",
        700,
    ),
)
TRAIT: Final = "author_trait"  # the slot
_SLOTS: Final = frozenset({*(rule.slot for rule in _AUTHOR), TRAIT})

# Lines from the end in which a line that begins "X is a reporter" is about the author;
# further up it is about someone in the story.
_LAST_LINES: Final = 6
_FIRST_LINES: Final = 3
AUTHOR_LINES: Final = tuple(
    rule._replace(from_line=_FIRST_LINES, last_lines=_LAST_LINES) for rule in _AUTHOR
)
_find_author_lines: Final = find_by(AUTHOR_LINES)

_ACCOUNT_CHARS: Final = range(40, 1200)
_OPENING_CHARS: Final = 60
_MIN_TRAITS: Final = 3  # of authors' accounts only; fewer where the line opens so
_CHARS_A_TRAIT: Final = 250  # more stand between those of a story: 300, where 240 do
_INITIAL: Final = late_pattern(r" [A-Z]\. ")  # of a name: "Ann T. Lee"
_QUOTES: Final = late_pattern('[:,] ?["“]')
_WORD: Final = late_pattern(r"\w+")

_ABOUT_AUTHOR: Final = "about_author"  # the slot
_BYLINE_LINES: Final = 15
_MIN_NAME_CHARS: Final = 4
_MAX_BOX_LINES: Final = 25
_MAX_HEADING_CHARS: Final = 40
_MIN_PRESENTED: Final = 3
_MAX_NAME_GAP: Final = 6  # lines between a name and what is said of it
_MAX_AUTHORS: Final = 3  # more names beside figures are a list of what is reviewed
_MAX_NAME_LINES: Final = 2  # the byline and the box; a button stands there again

MORE_BY: Final = "more_by"  # the slot
MORE_BY_CHARS: Final = 80
# Boxes that end in "See more from" and the name have, in train and the unlabelled, at
# most 57 lines and 2,231 characters, 595 of them a trait. Between a byline and such a
# link stand 4,379 and more, 714 a trait.
_MAX_SIGNED_LINES: Final = 60
_MAX_BOX_CHARS: Final = 2500
_CHARS_A_TRAIT_OF_BOX: Final = 600


def find_authors(document: Document) -> Iterator[Finding]:
    """Lines near the end that say who the author is, and those that go on."""
    lines = document.lines
    first = max(len(lines) - _LAST_LINES, _FIRST_LINES)
    if not any(
        slot.name in _SLOTS and indices and indices[-1] >= first
        for slot, indices in document.candidates.items()
    ):
        return
    found = set(_accounts(document, first))
    starts = {document.starts[index]: index for index in range(first, len(lines))}
    cued = (starts.get(finding.start) for finding in _find_author_lines(document))
    found.update(index for index in cued if index is not None)
    told: set[int] = set()
    for index in sorted(found):
        if index - 1 in told or _tells_of_story(document, index):
            told.add(index)
    found -= told
    pronouns = stubs_of("author_pronoun")
    for index in range(first + 1, len(lines)):
        if index - 1 in found and _first_word(lines[index]) in pronouns:
            found.add(index)
    for index in sorted(found):
        yield document.cut(index, "an author's account")


def _tells_of_story(document: Document, index: int) -> bool:
    """Whether a line is about a person of the story: "Her husband is a reporter."."""
    lines = document.lines
    return (
        _is_led_up_to(lines[index - 1])
        or (is_full_name(lines[index - 1]) and _presents_many(document))
        or _is_about_thing(document, lines[index])
        or words_of("person_in_news").search(lines[index]) is not None
        or lines[index][-1] in COLONS
        or "? " in lines[index]  # "Who was the author of the letter? She has a name."
        or _first_word(lines[index]) in stubs_of("possessive")
        or any(map(opens_quotation, lines[index + 1 : index + 2]))
    )


@once
def _presents_many(document: Document) -> bool:
    """Whether several names head what is said of each: a jury, a shortlist."""
    heads = (
        is_full_name(name) and name.split()[-1] in text[:_OPENING_CHARS]
        for name, text in pairwise(document.lines)
    )
    return sum(heads) >= _MIN_PRESENTED


def _is_about_thing(document: Document, line: str) -> bool:
    """Whether a word that is no name opens a line: "Farming is a contributor to …"."""
    first, _, rest = line.partition(" ")
    is_told = rest.startswith(openings("is_a", " "))
    return is_told and first.lower() in plain_words(document)


def _is_led_up_to(above: str) -> bool:
    """Whether the line above heads people of the story: "GUESTS:", "Who they are".

    So do "Medicine" and "Sunday, noon: Sian Price", but not the author's name.
    """
    if bare(above) in stubs_of(_ABOUT_AUTHOR) or _names_author(above):
        return False
    is_heading = above[0].isalnum() and len(above) <= _MAX_HEADING_CHARS
    return above[-1] in COLONS or (is_heading and is_open(above))


def _names_author(line: str) -> bool:
    """Whether a line is a name, or a byline with one: "Written by Ann Lee"."""
    if is_full_name(line):
        return True
    written_by = (by for by in stubs_of("by_author") if bare(line).startswith(f"{by} "))
    return any(is_full_name(line[len(by) + 1 :]) for by in written_by)


def _accounts(document: Document, first: int) -> Iterator[int]:
    """The lines, from `first` on, that open as an account of the author does."""
    lines = document.lines
    suspects = [
        index
        for index in document.candidates_of(TRAIT)
        if index >= first
        and len(lines[index]) in _ACCOUNT_CHARS
        and not _QUOTES().search(lines[index])
        and not is_reported(lines[index])
    ]
    if not suspects:
        return
    names = {word for name in _byline_names(document) for word in name.split()}
    for index in suspects:
        line = lines[index]
        if _opens_with_role(line) or _opens_with_name(document, index, names):
            yield index


def _opens_with_role(line: str) -> bool:
    """Whether a line opens as in "A versatile writer, Ann has worked for ..."."""
    return (
        _first_word(line) in stubs_of("author_opening")
        and words_of("author_role").search(line, 0, _OPENING_CHARS) is not None
        and _traits(line) >= _MIN_TRAITS - 1
    )


def _opens_with_name(document: Document, index: int, names: set[str]) -> bool:
    """Whether a line opens with the byline's name, or one new to the story."""
    line = document.lines[index]
    words = _INITIAL().sub(" ", line.lstrip("—–*•(- "), 1).split(None, 2)
    name = words[1].strip(",.()") if len(words) > 1 else ""
    if words[0].removesuffix("'s").removesuffix("’s") in names:
        return _traits(line) > 0
    if not words[0][:1].isupper() or words[0].lower() in stubs_of("sentence_opener"):
        return False
    is_full = name[:1].isupper() and name[-1:].islower()
    if not is_full and not _opens_with_first_name(line):
        return False
    story = document.starts[_FIRST_LINES], document.starts[index]
    if document.text.find(name if is_full else words[0], *story) >= 0:
        return False
    is_said = is_full and words_of("is_a").search(line, 0, _OPENING_CHARS) is not None
    traits = _traits(line)
    is_last = index == len(document.lines) - 1
    least = _MIN_TRAITS - is_said - is_last
    return traits >= least and len(line) <= _CHARS_A_TRAIT * traits


def _opens_with_first_name(line: str) -> bool:
    """Whether what authors do follows one word: "Christopher graduated from …"."""
    first, _, rest = line.partition(" ")
    return first.isalpha() and words_of(TRAIT).match(rest) is not None


@known
def _traits(line: str) -> int:
    """How many different words of authors' accounts stand in a text."""
    return len(set(map(str.lower, words_of(TRAIT).findall(line))))


def _first_word(line: str) -> str:
    return line.split(None, 1)[0].casefold()


@cache
def _by_name() -> re.Pattern[str]:
    words = "|".join(openings("byline_word"))
    return re.compile(rf"(?:{words}):? (\w[\w .'’-]{{3,40}}?)(?=$| [|–—(]|,| [a-z])")


@once  # two detectors ask one after the other
def _byline_names(document: Document) -> tuple[str, ...]:
    """The names in the byline."""
    return tuple(_names_in_byline(document))


def _names_in_byline(document: Document) -> Iterator[str]:
    lines, words = document.lines, openings("byline_word")
    for at, line in enumerate(lines[:_BYLINE_LINES]):
        if line.startswith(words):  # a quick look
            match = _by_name().match(line)
            if match and is_full_name(match[1]):
                yield match[1]
        elif (
            len(line) <= MAX_NAME_CHARS
            and is_full_name(line)
            and _is_by_date(lines[at - 1 : at + 2 : 2])
        ):
            yield line


def find_author_boxes(document: Document) -> Iterator[Finding]:
    """Author boxes, whole or in shreds: while the name comes up.

    One stands under its heading, or under the name that stood in the byline.
    """
    lines = document.lines
    headings = stub_lines(document, stubs_of(_ABOUT_AUTHOR).keys())
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
    headings = stub_lines(document, stubs_of(_ABOUT_AUTHOR).keys())
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
    traits = _traits(document.text[starts[name] : starts[link]])
    return (
        not _is_by_date(lines[max(name - 1, 0) : name + 2 : 2])
        and _is_told_of_below(lines, name)
        and chars <= traits * _CHARS_A_TRAIT_OF_BOX
    )


def _is_told_of_below(lines: Sequence[str], name: int) -> bool:
    """Whether a line just below a name opens with its first word or has its last."""
    first, *_, last = lines[name].split()
    below = lines[name + 1 : name + 1 + _MAX_NAME_GAP]
    return any(text.startswith(first) or f"{last} " in text for text in below)


def _names_again(document: Document) -> Iterator[int]:
    """Where a name from the byline stands again as a line, with more about it below."""
    lines = document.lines
    if len(lines) <= _BYLINE_LINES:  # a quick look
        return
    names = _byline_names(document)
    for line in names if len(names) <= _MAX_AUTHORS else ():
        places = document.short_lines.get(bare(line), ())
        for again in places if len(places) <= _MAX_NAME_LINES else ():
            is_late = again >= max(len(lines) // 2, _BYLINE_LINES)
            if is_late and _is_told_of_below(lines, again):
                yield again
                break


def _is_by_date(around: Sequence[str]) -> bool:
    """Whether the lines around a name are a byline's: "By", a date, a reading time."""
    return any(
        bare(line) in stubs_of("by_author")
        or (is_label(line) and any(map(str.isdigit, line)) and ": " not in line)
        for line in around
    )


def _end_of_box(lines: Sequence[str], name: int, least: int = 0) -> int:
    """Past the last line with a part of the name, and the shreds after it.

    Not before `least`: what is known to be of a box is not looked at again.
    """
    parts = [part for part in lines[name].split() if len(part) >= _MIN_NAME_CHARS]
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
