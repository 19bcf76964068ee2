"""Who wrote the text: the lines near its end that say so, and the byline's names."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import chain, pairwise
from typing import Final

from cleaner.detectors.looks import (
    MAX_NAME_CHARS,
    is_full_name,
    is_label,
    plain_words,
)
from cleaner.detectors.stubs import openings, stubs_of, words_of
from cleaner.document import COLONS, PROSE, Document, is_open
from cleaner.edits import Finding
from cleaner.memo import known, late_pattern, once
from cleaner.patterns import Rule, find_by
from cleaner.patterns.sentences import is_reported, opens_quotation
from cleaner.wording import bare

_AUTHOR: Final = (
    Rule(
        "author_role",
        "line",
        # a name, not "The suspect is a reporter from Leeds."
        r"[—–*-]{0,2}[ ]?(?!{article?}[ ](?-i:\p{Ll}))(?:{author_title}{_})?{name}"
        r"(?:,[^.!?\n]{1,80},)?{_}{is_a}{_}"
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

ABOUT_AUTHOR: Final = "about_author"  # the slot
BYLINE_LINES: Final = 15
MIN_NAME_CHARS: Final = 4
_MAX_HEADING_CHARS: Final = 40
_MIN_PRESENTED: Final = 3


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
        or _is_of_story(document, index)
        or words_of("person_in_news").search(lines[index]) is not None
        or lines[index][-1] in COLONS
        or is_reported(lines[index])
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


def _is_of_story(document: Document, index: int) -> bool:
    """Whether the story tells of who a line says is something.

    "Dr Pugh is a reporter who was jailed in May.", and "Pugh" is told of elsewhere. A
    paragraph at the top or right above may name the author.
    """
    line = document.lines[index]
    ends = [at for is_a in openings("is_a", " ") if (at := line.find(f" {is_a}")) > 0]
    who = line[: min(ends, default=0)].split()[-1:]
    if not who or len(who[0]) < MIN_NAME_CHARS:
        return False
    shapes = document.shapes
    above, below = range(_FIRST_LINES, index - 1), range(index + 1, len(shapes))
    story = (i for i in chain(above, below) if shapes[i] == PROSE)
    return any(who[0] in document.lines[i] for i in story)


def _is_led_up_to(above: str) -> bool:
    """Whether the line above heads people of the story: "GUESTS:", "Who they are".

    So do "Medicine" and "Sunday, noon: Sian Price", but not the author's name.
    """
    if bare(above) in stubs_of(ABOUT_AUTHOR) or _names_author(above):
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
    names = {word for name in byline_names(document) for word in name.split()}
    for index in suspects:
        line = lines[index]
        if _opens_with_role(line) or _opens_with_name(document, index, names):
            yield index


def _opens_with_role(line: str) -> bool:
    """Whether a line opens as in "A versatile writer, Ann has worked for ..."."""
    return (
        _first_word(line) in stubs_of("author_opening")
        and words_of("author_role").search(line, 0, _OPENING_CHARS) is not None
        and traits(line) >= _MIN_TRAITS - 1
    )


def _opens_with_name(document: Document, index: int, names: set[str]) -> bool:
    """Whether a line opens with the byline's name, or one new to the story."""
    line = document.lines[index]
    words = _INITIAL().sub(" ", line.lstrip("—–*•(- "), 1).split(None, 2)
    name = words[1].strip(",.()") if len(words) > 1 else ""
    if words[0].removesuffix("'s").removesuffix("’s") in names:
        return traits(line) > 0
    if not words[0][:1].isupper() or words[0].lower() in stubs_of("sentence_opener"):
        return False
    is_full = name[:1].isupper() and name[-1:].islower()
    if not is_full and not _opens_with_first_name(line):
        return False
    story = document.starts[_FIRST_LINES], document.starts[index]
    if document.text.find(name if is_full else words[0], *story) >= 0:
        return False
    is_said = is_full and words_of("is_a").search(line, 0, _OPENING_CHARS) is not None
    told = traits(line)
    is_last = index == len(document.lines) - 1
    least = _MIN_TRAITS - is_said - is_last
    return told >= least and len(line) <= _CHARS_A_TRAIT * told


def _opens_with_first_name(line: str) -> bool:
    """Whether what authors do follows one word: "Christopher graduated from …"."""
    first, _, rest = line.partition(" ")
    return first.isalpha() and words_of(TRAIT).match(rest) is not None


@known
def traits(line: str) -> int:
    """How many different words of authors' accounts stand in a text."""
    return len(set(map(str.lower, words_of(TRAIT).findall(line))))


def _first_word(line: str) -> str:
    return line.split(None, 1)[0].casefold()


@cache
def _by_name() -> re.Pattern[str]:
    words = "|".join(openings("byline_word"))
    return re.compile(rf"(?:{words}):? (\w[\w .'’-]{{3,40}}?)(?=$| [|–—(]|,| [a-z])")


@once  # two detectors ask one after the other
def byline_names(document: Document) -> tuple[str, ...]:
    """The names in the byline."""
    return tuple(_names_in_byline(document))


def _names_in_byline(document: Document) -> Iterator[str]:
    lines, words = document.lines, openings("byline_word")
    for at, line in enumerate(lines[:BYLINE_LINES]):
        if line.startswith(words):  # a quick look
            match = _by_name().match(line)
            if match and is_full_name(match[1]):
                yield match[1]
        elif (
            len(line) <= MAX_NAME_CHARS
            and is_full_name(line)
            and is_by_date(lines[at - 1 : at + 2 : 2])
        ):
            yield line


def is_by_date(around: Sequence[str]) -> bool:
    """Whether the lines around a name are a byline's: "By", a date, a reading time."""
    return any(
        bare(line) in stubs_of("by_author")
        or (is_label(line) and any(map(str.isdigit, line)) and ": " not in line)
        for line in around
    )
