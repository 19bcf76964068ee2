"""Lines that are nothing but a button, a prompt or a heading of a machine.

They are known as a whole, so a look into a table of the short lines is enough.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cache
from itertools import chain
from typing import Final
from unicodedata import category

from cleaner.detectors.glossary import is_in_glossary
from cleaner.detectors.looks import (
    announcing,
    heads_facts,
    heads_prose,
    is_cut_off,
    is_label,
    stands_over_books,
)
from cleaner.document import COLONS, GOES_ON, WIDE_FROM, Document, is_open, runs_on
from cleaner.edits import Finding
from cleaner.languages import ANY, LANGUAGES
from cleaner.memo import known, late_pattern
from cleaner.patterns import Find
from cleaner.patterns.gate import APOSTROPHE
from cleaner.patterns.sentences import is_spoken
from cleaner.patterns.slots import phrases
from cleaner.wording import as_phrases, bare
from cleaner.wrapped import MIN_ROW_CHARS, broken_rows, is_all_shredded

_MIN_SPACES: Final = 5  # of a line that is part of a sentence
# What may stand below one another in small letters.
_BUTTONS: Final = ("channel", "comment_stub", "share_button", "share_stub")
# In small letters so short a line is a word of another language: "Banco", "del" (which
# Danes share with), "Bienestar". No button of 12,482 articles is.
_SHORT_WORD: Final = 3
_MAX_LINK_SPACES: Final = 1  # "White House"
_MIN_REST_SPACES: Final = 2  # of what goes on behind a link, below one word: "Das"
_MAX_STEP_WORDS: Final = 2  # of a step in a guide: "Log in."
_MIN_SENTENCE_CHARS: Final = 20
_MIN_STEM_CHARS: Final = 4
_MIN_WIDE_CHARS: Final = 2  # the same in Chinese, Japanese, Korean
_CODE: Final = late_pattern(r"[a-z]\(|^\"|^/\w")  # "print(", '"flag"', "/login"
_FIRST_SENTENCE: Final = late_pattern(r"[^.!?\n]{45,300}\.(?=\s|[A-ZÀ-Þ])")
_UNDERLINES: Final = ("=", "-", "~", "^")
_ENDING_CHARS: Final = 2  # that a word may change: "Newsletters", "Реклама"


def find_stubs(*slots: str) -> Find:
    """A detector of short lines that are a phrase of these slots and nothing more."""

    def find(document: Document) -> Iterator[Finding]:
        table = stubs_of(*slots)
        for index, words in stub_lines(document, table.keys()):
            if not _is_told(document, index, words):
                yield document.cut(index, table[words])

    return find


def stub_lines(
    document: Document, wanted: AbstractSet[str]
) -> Iterator[tuple[int, str]]:
    """The lines that are a wanted phrase and nothing more, each with it.

    The last words of hard-wrapped prose are none, nor code, rows, underlined headings.
    """
    short = document.short_lines
    for words in sorted(short.keys() & wanted):
        for index in short[words]:
            if not _belongs(document, index):
                yield index, words


def is_of_story(document: Document, index: int, words: str) -> bool:
    """Whether a line that is just these words is the text's own, by what is around."""
    return _belongs(document, index) or _is_told(document, index, words)


def _is_told(document: Document, index: int, words: str) -> bool:
    """Whether the sentences around a line are about it, or go on over it."""
    return (
        is_amid_sentence(document, index)
        or (len(words) <= _SHORT_WORD and document.lines[index].islower())
        or _is_about_story(document.lines, index, words)
    )


def _belongs(document: Document, index: int) -> bool:
    """Whether it is of a sentence, table, code or glossary, underlined, or speech."""
    line = document.lines[index]
    return (
        index - 1 in broken_rows(document)
        or is_all_shredded(document)
        or line[0] == line[-1] == "|"
        or _CODE().search(line) is not None
        or _is_underlined(document.lines, index)
        or is_spoken(line)
        or (index not in document.closing and is_in_glossary(document.lines, index))
    )


def is_amid_sentence(document: Document, index: int) -> bool:
    """Whether a sentence goes on over a link: "on the", "News", "reported that"."""
    lines = document.lines
    if not 0 < index < len(lines) - 1 or lines[index].count(" ") > _MAX_LINK_SPACES:
        return False
    before, after = lines[index - 1], lines[index + 1]
    return (
        runs_on(after)
        and (is_open(before) or after[0] in GOES_ON)
        and (" " in before or after.count(" ") >= _MIN_REST_SPACES)
        and document.touches_next(index - 1)
        and document.touches_next(index)
        and bare(after) not in stubs_of(*_BUTTONS)
    )


def _is_underlined(lines: Sequence[str], index: int) -> bool:
    """Whether a line of dashes as long stands below, as of headings in READMEs."""
    below = lines[index + 1] if index + 1 < len(lines) else ""
    return (
        below[:1] in _UNDERLINES
        and {*below} == {below[:1]}
        and len(below) >= len(lines[index])
    )


def _is_about_story(lines: Sequence[str], index: int, words: str) -> bool:
    """Whether a line is a sentence, or heads, follows or was broken off from one.

    "Log in." is no button, nor a sentence that opens the text, nor what a colon
    announces, nor a heading over prose; "ad" may stand between "placed an" and "in the
    paper".
    """
    line = lines[index]
    if line[-1] == "." and (index == 0 or words.count(" ") < _MAX_STEP_WORDS):
        return True
    if not 0 < index < len(lines) - 1:
        return False
    before, after = lines[index - 1], lines[index + 1]
    if announcing(lines, index).count(" ") >= _MIN_SPACES:
        return True
    if stands_over_books(lines, index) or _is_told_of(line, after):
        return True  # "Further reading", and books
    if heads_prose(lines, index) or heads_facts(lines, index):
        return True
    in_flow = line[0].islower() and after[0].islower() and is_open(before)
    is_amid = in_flow and before.count(" ") >= _MIN_SPACES
    return is_amid or (is_cut_off(before) and runs_on(after))  # "within a", "tree"


def _is_told_of(line: str, after: str) -> bool:
    """Whether a sentence below speaks of each of its longer words, as below a heading.

    One that is noise itself goes first; then another line stands there. Below "Leave a
    Comment", "leaving 145 others injured" speaks of one word only.
    """
    words = [word for word in line.split() if _is_telling(word)]
    is_row = len(after) >= MIN_ROW_CHARS  # hard-wrapped, it need not end
    if not words or len(after) < _MIN_SENTENCE_CHARS or (is_open(after) and not is_row):
        return False
    told = after.lower()
    return all(_is_of_letters(word) and _stem(word) in told for word in words)


def _is_telling(word: str) -> bool:
    return len(word) >= (_MIN_WIDE_CHARS if word[0] >= WIDE_FROM else _MIN_STEM_CHARS)


def _is_of_letters(word: str) -> bool:
    """Whether letters and their marks make up a word, as Hindi's vowels are marks."""
    return all(char.isalpha() or category(char)[0] == "M" for char in word)


def _stem(word: str) -> str:
    return word[: max(len(word) - _ENDING_CHARS, _MIN_STEM_CHARS)].lower()


@cache
def stubs_of(*slots: str) -> Mapping[str, str]:
    """For each phrase of these slots, slot and language, as reasons name them.

    Many an English phrase is used in other languages too: it is named as English.
    """
    return dict(chain.from_iterable(_stubs(slot).items() for slot in slots))


@cache  # a slot is asked for by itself and among others
def _stubs(slot: str) -> Mapping[str, str]:
    found = {}
    for code in sorted(LANGUAGES, key=lambda code: (code == "en", code == ANY)):
        reason = f"{slot}/{code}"  # one text for all, and most phrases are bare
        for phrase in LANGUAGES[code].phrases.get(slot, ()):
            words = bare(phrase)
            found[phrase if words == phrase else words] = reason
    return found


@cache
def openings(slot: str, after: str = "") -> tuple[str, ...]:
    """The phrases of a slot as lines open with them: small, capitalized, in capitals.

    >>> openings("byline_word", " ")
    ('by ', 'By ', 'BY ')
    """
    return tuple(
        form + after
        for phrase in phrases(ANY, slot)
        for written in dict.fromkeys((phrase, phrase.replace("'", "’")))
        for form in (written, written.capitalize(), written.upper())
    )


@cache
def words_of(slot: str) -> re.Pattern[str]:
    """What finds the phrases of a slot as whole words, in any case."""
    known = map(re.escape, sorted(set(phrases(ANY, slot))))
    whole = "|".join(known).replace("'", APOSTROPHE)
    return re.compile(rf"(?<!\w)(?:{whole})(?!\w)", re.IGNORECASE)


def opens_as_story(line: str, cue: str) -> bool:
    """Whether a line's first sentence is long, with no word to readers, nor the cue."""
    match = _FIRST_SENTENCE().match(line)
    if match is None or words_of("to_reader").search(match[0]):
        return False
    said = as_phrases(match[0])
    return not any(phrase in said for phrase in phrases(ANY, cue))


@known
def names_own_list(line: str) -> bool:
    """Whether a label ends in such words: "Rovers line-ups:"."""
    found = words_of("own_list").search(line) if is_label(line) else None
    return found is not None and not line[found.end() :].strip(f" {COLONS}")


def ends_in_by(line: str) -> bool:
    """Whether a line leads up to its author: "By", "Written by", "May 4 by"."""
    return line.endswith(_by()) or bare(line) in stubs_of("by_author")


@cache
def _by() -> tuple[str, ...]:
    return tuple(f" {word}" for word in openings("byline_word"))


def names_source(line: str) -> bool:
    """Whether a line says where a text is from: "Source: The Post", "(h/t Ann Lee)"."""
    head = min((at for colon in COLONS if (at := line.find(colon)) > 0), default=0)
    if bare(line[:head]) in stubs_of("source"):
        return True
    return bare(line).startswith(tuple(stubs_of("hat_tip")))


def opens_with_by(line: str) -> bool:
    """Whether a line begins as a byline does: "By Ann Lee"."""
    return line.startswith(openings("byline_word", " "))


# The slots of the rows that need a stub.
_STUB_SLOTS: Final = (
    "promo_stub",
    "comment_stub",
    "share_stub",
    "log_in_stub",
    "ad_stub",
    "link_stub",
    "read_more",
    "story_stub",
    "credit_label",
    "source",
    "contact_heading",
)


def has_stubs(document: Document) -> bool:
    """Whether a line is nothing but a phrase of any of these slots."""
    return not _all_stubs().isdisjoint(document.short_lines)


@cache  # of so many names the memory of `stubs_of` takes longer than the look
def _all_stubs() -> frozenset[str]:
    return frozenset(stubs_of(*_STUB_SLOTS))
