"""Sentences of a line: where they start, and who says them."""

import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from functools import cache
from typing import Final

from cleaner.languages import ANY, LANGUAGES
from cleaner.memo import known, late_pattern
from cleaner.patterns.gate import alternation
from cleaner.patterns.signatures import LOWER, UPPER
from cleaner.patterns.slots import phrases
from cleaner.wording import is_sign

# French quotes close after a space; German, Czech and Danish ones as others open.
_SENTENCE_END: Final = late_pattern(r"[.!?…。！？।؟](?: »(?=\s|$)|[\"”“’»«)\]]{0,2})")
MAX_QUOTED: Final = 1000  # characters to either side
# What closes a quotation, by the mark that opens the first of a line.
_CLOSERS: Final = {
    "«": "»",
    "»": "«",
    "„": '“”"',
    "“": "”",
    "”": "”",
    '"': '"',
    "「": "」",
}
# One that opens a line, in single marks too; an apostrophe closes none.
_OPENERS: Final = frozenset(_CLOSERS) | {"‘", "‚", "`"}
# A mark behind "=" opens an attribute.
_QUOTATION: Final = late_pattern(
    r"«[^»]{1,999}»|»[^«]{1,999}«|„[^“”\"]{1,999}[“”\"]|[“”][^”]{1,999}”"
    r"|(?<!=)\"[^\"]{1,999}\"|`[^`]{1,999}`|「[^」]{1,999}」|[‘‚].{1,999}?[’‘](?!\w)"
)
# But for "«" and "»", which are arrows, too.
_DOUBLE_MARKS: Final = frozenset('“”„"「」')
_MAX_ROW_CHARS: Final = 300  # of a line that may hold but a part of a quotation
# The one mark of a line, which closes what opened in another.
_LONE_CLOSING: Final = late_pattern(
    r"[^“”„\"«»]*[^\s\d(=“”„\"«»]([”“\"])(?:[\s.,!?;:…][^“”„\"«»]*)?"
)
# What opens a line of dialogue, and what it ends in, before what closes a quotation.
_SPEECH: Final = _OPENERS | {"'"}
_SPEECH_DASHES: Final = ("— ", "– ")
_SPEECH_END: Final = late_pattern(r"[.!?…。！？।؟] ?[\"”“’‘'»«」]{0,2}\Z")
_BEFORE_SPEAKER: Final = frozenset(",،，、\"”»“’'」")  # one of them, at least
_MANY_MARKS: Final = 4  # more than end a sentence
_NEEDS_NO_SPACE: Final = frozenset("。！？")
_BLANKS: Final = frozenset(" \t")
_UNSPACED: Final = frozenset({"ja", "ko", "zh"})  # a verb follows what was said


@known
def sentence_starts(line: str) -> tuple[int, ...]:
    """Where a sentence may start: after an end mark, and spaces if it needs one.

    Behind emoji, and the two spaces that some houses set.
    """
    starts = [0]
    for end in _SENTENCE_END().finditer(line):
        if line[end.start()] in _NEEDS_NO_SPACE:
            starts.append(end.start() + 1)
        start = end.end()
        while (char := line[start : start + 1]) in _BLANKS or is_sign(char):
            start += 1
        if start > end.end():
            starts.append(start)
    return tuple(starts)


# So far behind a sentence's end it is told that the next begins, and how it goes on.
_MAX_END_CHARS: Final = 1000


def inner_ends(line: str, start: int, end: int) -> Iterator[int]:
    """Where sentences end without a mark in a stretch, before it ends itself."""
    for found in _unmarked_ends().finditer(line, start, end + _MAX_END_CHARS):
        if found.end() >= end:
            return
        yield found.end()


@cache
def _unmarked_ends() -> re.Pattern[str]:
    """Where a sentence ends without a mark: "… our app The mayor said …".

    Another begins there with one of a language's small words, or with any behind what
    ends calls, not joined to another: "Sign up here Ana Ruiz said …", a network, a
    handle, an address, three words in capitals; and it has a mark. Or else the sentence
    ends in an address with a path, in a bracket, but not of "[email protected]", or in
    the mark of the fields that a form requires.
    """
    # Of the words in "sentence_opener" many open a call, too: "for", "to", "your".
    openings = alternation(map(str.capitalize, phrases(ANY, "opening_word")))
    # German nouns have capitals: "Die Stadt will …"
    german = alternation(map(str.capitalize, phrases("de", "opening_word")))
    networks = alternation(phrases(ANY, "network"))
    closings = alternation((*phrases(ANY, "call_end"), *phrases(ANY, "network")))
    name = rf"[\"“„]?[{UPPER}]"
    address = r"\w\.[a-z]{2,3}/\S{0,200}[^\s,;:)]"
    capitals = rf"(?:\b[{UPPER}]{{2,20}} ){{2,9}}[{UPPER}]{{2,20}}"
    # In a call whose words have capitals no two in a row have none: "… To Read More".
    told = rf"(?=[^.!?\n]{{0,120}} [{LOWER}]+ [{LOWER}]+)"
    # Nor behind what a button says: "… access to Harbour.com Register The governor …".
    button = rf"[{UPPER}]\w+ (?:{openings}) [{LOWER}]"
    story = rf"(?! (?i:{networks})| {button}){told}(?= {name}[^.!?\n]{{24,400}}[.!?])"
    return re.compile(
        rf"(?<=[{LOWER}{UPPER}\d)\]])"
        rf"(?= (?:{openings}) [{LOWER}\d][^.!?\n]{{0,400}}[.!?])"
        rf"|(?<=[{LOWER}\d)\]])(?= (?:{german}) [{UPPER}][^.!?\n]{{24,400}}[.!?])"
        rf"|(?:(?i:(?<![\w-])(?:{closings})\b)|@\w+|\w\.[a-z]{{2,3}}|{capitals}){story}"
        rf"|(?:(?<!protected)\]|(?<= )\*|{address})(?= {name})"
    )


@cache
def unmarked_starts() -> re.Pattern[str]:
    """Where a call starts behind a sentence without a mark: "… in Nature Get our …".

    Not in "Be the first to know and Get our …". In Chinese a space is enough.
    """
    calls = alternation(map(str.capitalize, phrases(ANY, "call_opener")))
    notices = alternation(phrases(ANY, "notice_opener"))
    not_joined = "".join(f"(?<! {word})" for word in phrases(ANY, "name_join"))
    return re.compile(
        rf"(?<=[{LOWER}\d)\]]){not_joined} (?=(?:{calls}) [{LOWER}])|"
        rf" (?=[(（]?(?:{notices}))"
    )


def is_quoted(line: str, start: int) -> bool:
    """Whether a quotation that is open at a place of a line is closed behind it.

    >>> is_quoted('It said: "You won. Click here." I did not.', 18)
    True
    """
    before = line[max(start - MAX_QUOTED, 0) : start]
    first = next(filter(_CLOSERS.__contains__, before), "")
    if not first:
        return False
    closers = _CLOSERS[first]
    after = line[start : start + MAX_QUOTED]
    if not any(mark in after for mark in closers):
        return False
    opened = before.rfind(first)
    if first in closers:  # the same mark opens after a space only
        return not before[max(opened - 1, 0) : opened].strip(" (")
    return opened > max(map(before.rfind, closers))


def opens_quotation(line: str, start: int = 0) -> bool:
    """Whether a quotation opens at a place of a line."""
    return line[start : start + 1] in _CLOSERS


def is_about_quotation(line: str, start: int = 0) -> bool:
    """Whether a line opens with a quotation of several words, or is one of any length.

    Or is a part of one that goes on in the lines above or below.

    >>> is_about_quotation("“All rights reserved”, it says there.")
    True
    >>> is_about_quotation("“Subscribe!”"), is_about_quotation("“Salt”: a review")
    (True, False)
    """
    if _is_of_more_lines(line, start):
        return True
    is_open = line[start : start + 1] in _OPENERS
    quotation = _QUOTATION().match(line, start) if is_open else None
    if not quotation:
        return False
    rest = line[quotation.end() : quotation.end() + _MANY_MARKS]
    return " " in quotation[0] or (len(rest) < _MANY_MARKS and not rest.strip(".!?"))


def _is_of_more_lines(line: str, start: int) -> bool:
    """Whether a quotation opens there and closes in another line, or the other way.

    >>> _is_of_more_lines("“Sign up today.", 0), _is_of_more_lines("Sign up today.”", 0)
    (True, True)
    """
    if _DOUBLE_MARKS.isdisjoint(line) or len(line) > _MAX_ROW_CHARS:  # as most
        return False
    if line[start : start + 1] in _DOUBLE_MARKS:
        return _DOUBLE_MARKS.isdisjoint(line[start + 1 :])
    closing = _LONE_CLOSING().fullmatch(line)
    return closing is not None and closing.start(1) >= start


def is_spoken(line: str) -> bool:
    """Whether a line is all speech: it opens as such, and ends as a sentence does.

    >>> is_spoken("“Read on.”"), is_spoken("— Leia mais."), is_spoken("“Salt”: a story")
    (True, True, False)
    """
    opens = line[0] in _SPEECH or line.startswith(_SPEECH_DASHES)
    return opens and _SPEECH_END().search(line) is not None


def is_said(line: str, start: int, end: int) -> bool:
    """Whether somebody in the story says that part of a line."""
    inside = start + opens_quotation(line, start)
    said = is_reported(line[start:end]) or is_quoted(line, inside)
    return said or is_about_quotation(line, start)


def has_opener(words: str) -> bool:
    """Whether a mark stands in the words that may open a quotation."""
    return not _OPENERS.isdisjoint(words)


def without_quotations(words: str) -> str:
    """The words with every quotation in them made blank between its marks.

    >>> without_quotations("They saw “Log in” twice.")
    'They saw “      ” twice.'
    """
    if not has_opener(words):
        return words
    return _QUOTATION().sub(_emptied, words)


def _emptied(quotation: re.Match[str]) -> str:
    said = quotation[0]
    return f"{said[0]}{' ' * (len(said) - 2)}{said[-1]}"


@known
def is_reported(words: str) -> bool:
    """Whether somebody says it: a story may report what a page would say itself.

    In headlines of other stories "Says" has a capital.
    """
    if _BEFORE_SPEAKER.isdisjoint(words):  # as in most
        return False
    return _reported().search(words) is not None


@cache  # "“Something went wrong,” the pilot said"
def _reported() -> re.Pattern[str]:
    return re.compile(
        r"(?:[.,!?…،][”\"»“’']|[,،”\"»“])[,.]?\s(?!(?<=\d,\s)\d{4}\b)(?:[–—-]\s)?"
        r"(?:[^\s,،!?:;”\"»“]+\s){0,6}?(?:"
        + _verbs(LANGUAGES.keys() - _UNSPACED)
        + r")"
        r"(?![\w-])|[，、」”\"][，、]?[^\s，。、「」“”]{0,12}?(?:"
        + _verbs(_UNSPACED)
        + ")"
    )


def _verbs(languages: AbstractSet[str]) -> str:
    return alternation(
        verb for code in languages for verb in phrases(code, "speech_verb")
    )
