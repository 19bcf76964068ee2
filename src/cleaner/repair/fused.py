"""Fused words: a space where a stripped tag or link took it, told by the shape.

English words that ran into others are told by what they are: `run_ons`.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from typing import Final

from cleaner.document import WIDE_FROM, Document, Slot
from cleaner.edits import Finding
from cleaner.languages import ANY
from cleaner.memo import known, late_pattern
from cleaner.patterns.signatures import (
    BEFORE_QUOTES,
    CLOSERS,
    CODE,
    GLUED,
    INDIC,
    INDIC_QUOTES,
    LOWER,
    QUOTES,
    SIGNATURES,
    STOPS,
    UPPER,
)
from cleaner.patterns.slots import phrase_set
from cleaner.repair.run_ons import find_run_ons
from cleaner.repair.words import (
    MAX_COPIES,
    TextWords,
    english,
    is_english,
)

_LETTERS: Final = f"{LOWER}{UPPER}"
_WORD_END: Final = f"[{LOWER}][{LOWER}]"
_MAX_WORD_CHARS: Final = 40

# Code, addresses, handles and tags: what stands in one is not touched.
_ADDRESS: Final = late_pattern(r"[@/\\_#=<>{}|`]|www\.", re.IGNORECASE)

_CODE_MARKS: Final = tuple(map("".join, SIGNATURES[CODE]))

# Takes a line and the document's words; gives the offsets at which a space is missing.
FindMissingSpaces = Callable[[str, TextWords], Iterator[int]]


def find_fused(document: Document) -> Iterator[Finding]:
    """The places where a space is missing between two words."""
    slots = [slot for slot in _SLOTS if slot in document.candidates]
    if not slots or _holds_code(document):
        return
    words = TextWords(document.text)
    for slot in slots:
        find_missing = _SLOTS[slot]
        reason = slot.name.replace("_", " ")
        for index in document.candidates[slot]:
            for at in find_missing(document.lines[index], words):
                start = document.starts[index] + at
                yield Finding(start, start, reason, " ")


def _holds_code(document: Document) -> bool:
    suspects = document.candidates.get(Slot(ANY, CODE), ())
    lines = (document.lines[index] for index in suspects)
    return any(mark in line for line in lines for mark in _CODE_MARKS)


def _before(line: str, at: int) -> str:
    """The word that ends at an offset."""
    start, least = at, max(at - _MAX_WORD_CHARS, 0)
    while start > least and line[start - 1].isalpha():
        start -= 1
    return line[start:at]


def _after(line: str, at: int) -> str:
    """The word that starts at an offset."""
    end, most = at, min(at + _MAX_WORD_CHARS, len(line))
    while end < most and line[end].isalpha():
        end += 1
    return line[at:end]


def _in_address(line: str, start: int, end: int) -> bool:
    """Whether the stretch is part of what is no word: code, an address, a handle."""
    left = line.rfind(" ", max(start - 2 * _MAX_WORD_CHARS, 0), start) + 1
    most = end + _MAX_WORD_CHARS
    right = line.find(" ", end, most)
    token = line[max(left, start - 2 * _MAX_WORD_CHARS) : right if right >= 0 else most]
    return _ADDRESS().search(token) is not None


_ENDING: Final = frozenset(("", *".;)]}"))
_SENTENCE_ENDS: Final = (". ", "! ", "? ", '."', ".”")
_MIN_BEFORE: Final = 2  # words of a sentence before its last
_MAX_BEFORE_CHARS: Final = 400  # so many chars hold more words than that


# Patterns with the letters of many alphabets take their time: compiled when needed.
@cache
def _stop() -> re.Pattern[str]:
    # The mark first: a search looks for few characters faster than for a place.
    return re.compile(
        rf"[{STOPS}](?:(?<={_WORD_END}[{STOPS}])|(?<={_WORD_END}[{CLOSERS}][{STOPS}]))"
        rf"\)?(?=[{UPPER}])"
    )


def _stops(line: str, words: TextWords) -> Iterator[int]:
    """Sentences: "ended.The next"."""
    for match in _stop().finditer(line):
        is_closed = line[match.start() - 1] in CLOSERS
        word_end = match.start() - is_closed
        left, right = _before(line, word_end), _after(line, match.end())
        start, end = word_end - len(left), match.end() + len(right)
        parts = left, match[0], right
        if (
            not _in_address(line, start, end)
            and not _names_a_site(left, right, line[end : end + 2], words)
            and (is_closed or _ends_sentence(line, start, parts, words))
        ):
            yield match.end()


def _ends_sentence(
    line: str, start: int, parts: tuple[str, str, str], words: TextWords
) -> bool:
    """Whether the mark between two words at a place of a line ends a sentence."""
    left, mark, right = parts
    if _abbreviates(left, mark[0], line[start - 1 : start]):
        return False
    if mark[0] != "." or right.lower() in phrase_set("sentence_opener"):
        return True
    end = start + len("".join(parts))
    return _ends_and_opens(line, start, end) and not _is_identifier(left, right, words)


def _names_a_site(left: str, right: str, follows: str, words: TextWords) -> bool:
    """Whether what stands around a full stop is a domain, a file name, code."""
    suffix = right.lower()
    is_wide = max(left + right) >= WIDE_FROM  # "比如WScript.Shell"
    is_file = suffix in phrase_set("file_suffix")
    if is_wide or is_file or re.match(r"[(\d_]|\.\w", follows):
        return True
    if len(right) == 1:
        return follows[:1] not in ("’", "'") and (
            right not in "AEIOUWYZÀÈÉÓАВИКОСУЯ" or follows[:1] != " "
        )
    if left[:1].isupper() and _comes_again(left, words):
        return True
    if not left.istitle():
        return False
    if suffix == "in" and not re.match(r" [A-Z\d]", follows):  # "Scroll.In"
        return left.lower() not in english() and words.counts[left] == 1
    return not (right.istitle() or right.isupper())  # "Console.WriteLine"


def _ends_and_opens(line: str, start: int, end: int) -> bool:
    """Whether words go before two that a full stop joins, and some come after."""
    near = line[max(start - _MAX_BEFORE_CHARS, 0) : start]
    before = near[max(map(near.rfind, _SENTENCE_ENDS)) + 1 :].split()
    return len(before) >= _MIN_BEFORE and line[end : end + 1] not in _ENDING


def _is_identifier(left: str, right: str, words: TextWords) -> bool:
    """Whether two words are a name in a program: "time.Time", "torch.Tensor".

    In an English text its first part is no English word, and neither comes again.
    """
    if right.lower() == left:
        return True
    return (
        left.islower()
        and not is_english(left)
        and words.are_english
        and words.counts[left] == words.counts[right] == 1
        and not words.counts[right.lower()]
    )


def _comes_again(left: str, words: TextWords) -> bool:
    """Whether a word comes up again, and only before a full stop and another."""
    return words.counts[left] == words.before_stops[left] > 1


def _abbreviates(left: str, mark: str, precedes: str) -> bool:
    """Whether a mark belongs to the word before it: a title, "a.b.", "Yahoo!"."""
    if mark == ".":
        return left.lower() in phrase_set("abbreviation") or precedes == "."
    return mark == "!" and left.istitle()


@cache
def _year() -> re.Pattern[str]:
    return re.compile(rf"(?<![\d.,:/$€£])(?:19|20)\d\d\.(?=([{UPPER}][{LOWER}]+))")


def _years(line: str, words: TextWords) -> Iterator[int]:  # noqa: ARG001
    """Sentences that end in a year: "in 2022.The next"."""
    for match in _year().finditer(line):
        if match[1].lower() not in phrase_set("file_suffix"):
            yield match.end()


_BRACKET: Final = late_pattern(r"(?<=[A-Za-z]{2})\)(?=[A-Z][a-z])")
# An agency in capitals or several words; not the stylised "(Un)Happy", "Bis(2-ethyl)".
_BRACKETED: Final = late_pattern(r"(?:^|\s)\((?:[A-Z]{2,8}|[^()]{1,60}\s[^()]{1,60})\Z")


def _brackets(line: str, words: TextWords) -> Iterator[int]:  # noqa: ARG001
    """What follows a bracket: "Washington (CNN)The"."""
    for match in _BRACKET().finditer(line):
        if _BRACKETED().search(line, max(match.start() - 130, 0), match.start()):
            yield match.end()


@cache
def _quote() -> re.Pattern[str]:
    return re.compile(  # the mark first, as above
        rf"[{QUOTES}](?=[{_LETTERS}][{_LETTERS}’'])"
        rf"(?:(?<={_WORD_END}[{QUOTES}])|(?<={_WORD_END}[{BEFORE_QUOTES}][{QUOTES}]))"
    )


def _quotes(line: str, words: TextWords) -> Iterator[int]:  # noqa: ARG001
    """Quotations: `desperate,”said`, `kann.„You`."""
    marks: Counter[str] = Counter()
    done = 0
    straight = line.count('"')
    for match in _quote().finditer(line):
        mark_at = match.start()
        marks.update(c for c in line[done:mark_at] if c in QUOTES)
        done = mark_at
        stop = line[mark_at - 1] if line[mark_at - 1] in BEFORE_QUOTES else ""
        closes = _closes(match[0], marks, straight)
        right = _after(line, match.end())
        start = mark_at - len(stop)
        if closes is None or _in_address(line, start, match.end() + len(right)):
            continue
        if closes and not stop and not (right.istitle() or right in english()):
            continue  # an ending: "Solidarność”owski"
        if closes and stop == ":":
            continue
        yield match.end() if closes else mark_at


def _closes(mark: str, before: Counter[str], straight: int) -> bool | None:
    """Whether a quotation mark closes, going by those before it; None: no telling."""
    inside = before["“"] > before["”"]
    if mark == "„":
        return False
    if mark == "”":
        return True if inside or before["„"] else None
    if mark == "“":
        return True if before["„"] > before["“"] else None if inside else False
    return None if straight % 2 else before['"'] % 2 == 1


@cache
def _indic() -> re.Pattern[str]:
    return re.compile(rf"(?<=[{INDIC}])[{STOPS}]([{INDIC_QUOTES}]?)(?=[{INDIC}])")


_MIN_INDIC_CHARS: Final = 3  # code points; shorter words are often abbreviations
_INDIC_WORD: Final = late_pattern(rf"[{INDIC}]+")


def _indic_stops(line: str, words: TextWords) -> Iterator[int]:
    """Sentences in Devanagari: "है.यह", not the abbreviations "डॉ.", "एम.ए."."""
    marks: Counter[str] = Counter()
    done = 0
    for match in _indic().finditer(line):
        mark_at = match.start(1)
        marks.update(c for c in line[done:mark_at] if c in "\"'")
        done = mark_at
        before = line[max(match.start() - _MAX_WORD_CHARS, 0) : match.start()]
        left = _INDIC_WORD().findall(before)[-1]
        if left not in phrase_set("abbreviation") and (
            len(left) >= _MIN_INDIC_CHARS
            or left in words.indic
            or left in phrase_set("short_verb")
        ):
            opens = match[1] in ('"', "'") and marks[match[1]] % 2 == 0
            yield mark_at if opens else match.end()


@cache
def _capital() -> re.Pattern[str]:
    return re.compile(rf"[{UPPER}](?<={_WORD_END}[{UPPER}])")


_BEFORE_TOKEN: Final = frozenset(' \t([“”„"‘«»—–…')
_QUOTE_MARKS: Final = tuple('"“”„‘’«»')
_GLUED: Final = late_pattern(r"[@/\\_(=#\d]|\.\w|://")
_MIN_BEFORE_NAME_CHARS: Final = 6  # brands open with short words: "openTable"


def _capitals(line: str, words: TextWords) -> Iterator[int]:
    """A capital inside a word: "theIsis-k", "offThe"; not "iPhone", "YouTube"."""
    found = () if line[0] == "(" or " " not in line else _joints(line)  # no code
    starts = {at - len(left) for at, left, _ in found}
    ends = {at + len(right) for at, _, right in found}
    for at, left, right in found:
        # Not in "list theImage theLayer theText": names in a program stand in a row.
        is_alone = at - len(left) - 1 not in ends and at + len(right) + 1 not in starts
        if is_alone and _are_two(left, right, words):
            yield at


@known
def _joints(line: str) -> tuple[tuple[int, str, str], ...]:
    """Where a capital stands inside a word, and its two parts if they may be words."""
    found = []
    for match in _capital().finditer(line):
        at = match.start()
        left, right = _before(line, at), _after(line, at)
        if _may_be_two(left, right) and _is_token(
            line, at - len(left), at + len(right)
        ):
            found.append((at, left, right))
    return tuple(found)


def _may_be_two(left: str, right: str) -> bool:
    """Whether the parts of a word are written as two are; "YouTube" is a name."""
    if not (right.istitle() or right.isupper()) or len(right) < 2:  # noqa: PLR2004
        return False
    return left.islower() or (
        len(right) > 2  # noqa: PLR2004
        and left.istitle()
        and right.istitle()
        and right.lower() in phrase_set("sentence_opener")
    )


def _is_token(line: str, start: int, end: int) -> bool:
    """Whether a word is no part of something longer, nor in quotation marks."""
    return (
        (start == 0 or line[start - 1] in _BEFORE_TOKEN)
        and not _GLUED().match(line, end)
        and not _is_quoted(line, start, end)
    )


def _is_quoted(line: str, start: int, end: int) -> bool:
    """Whether quotation marks stand around a word and nothing else: it is a name."""
    return (
        start > 0
        and line[start - 1] in _QUOTE_MARKS
        and line[end : end + 1] in _QUOTE_MARKS
    )


def _are_two(left: str, right: str, words: TextWords) -> bool:
    """Whether both parts are words of their own and the whole is no name."""
    if left.islower():
        return _is_two(left, right, words)
    return words.counts[left] > 0 and words.counts[left + right] == 1


def _is_two(left: str, right: str, words: TextWords) -> bool:
    """The same of a word in lower case and what follows it."""
    is_known = is_english(left)
    return (
        (left + right).lower() not in phrase_set("joined_word")
        and _may_precede(left, right, words, is_known=is_known)
        and words.counts[left + right] <= (MAX_COPIES if is_known else 1)
    )


def _may_precede(left: str, right: str, words: TextWords, *, is_known: bool) -> bool:
    """Whether a word of its own stands before an opener or a word of the text."""
    if is_known and right.istitle() and right.lower() in phrase_set("sentence_opener"):
        return True
    if not words.counts[right] and not words.counts[right.upper()]:
        return False
    if left in phrase_set("function_word"):
        return True
    is_word = len(left) >= _MIN_BEFORE_NAME_CHARS if is_known else words.counts[left]
    return right.istitle() and bool(is_word)


SHAPES: Final[dict[str, FindMissingSpaces]] = {
    "fused_capital": _capitals,
    "fused_stop": _stops,
    "fused_year": _years,
    "fused_bracket": _brackets,
    "fused_quote": _quotes,
    "fused_indic": _indic_stops,
}
_SLOTS: Final = {
    **{Slot(ANY, name): find_missing for name, find_missing in SHAPES.items()},
    Slot("en", GLUED): find_run_ons,
}
SLOTS: Final = frozenset((CODE, *(slot.name for slot in _SLOTS)))
