"""What makes two texts alike, and how much text there is, by script."""

# ruff: noqa: RUF002  # signs of every script are the point
import re
import unicodedata
from functools import cache
from typing import Final

from cleaner.document import WIDE_FROM
from cleaner.languages import ANY
from cleaner.memo import known, late_pattern
from cleaner.patterns.slots import phrases
from cleaner.spacing import ZERO_WIDTH
from cleaner.wording import as_phrases

QUOTES: Final = "\"'“”„‟‘’‚‛«»‹›「」『』`´"
DASHES: Final = "‐‑‒–—―−"
ENDS: Final = ".!?…。！？।؟"
STOPS: Final = (".", "。", "।")  # headlines may end in the others
TRAILING: Final = ENDS + ",;:、，：；()[]（）【】*-| "
_GOES: Final = late_pattern(f"[{re.escape(QUOTES + ZERO_WIDTH)}]")
_DASH: Final = late_pattern(f"[{DASHES}]")
_ASCII_QUOTES: Final = "".join(filter(str.isascii, QUOTES))

_ELLIPSIS: Final = late_pattern(
    r"\s*[\[(]?(?:\.{2,}|…|&(?:hellip|#8230);)[\])\"”’»]{0,2}\Z"
)
_ELLIPSIS_ENDS: Final = '.…;])"”’»'
_MAX_MARK_CHARS: Final = 16  # of an ellipsis with its brackets
_MAX_CALL_WORDS: Final = 4

_PARAGRAPH_CHARS: Final = 100  # no line of verse is that long


# Scripts written without spaces; their patterns take their time: compiled when needed.
@cache
def _unspaced() -> re.Pattern[str]:
    """Thai to Burmese and Khmer."""
    return re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")


@cache
def _wide() -> re.Pattern[str]:
    """Chinese and Japanese."""
    return re.compile(r"[\u3040-\u30ff\u3400-\u9fff\U00020000-\U0003ffff]")


@known
def folded(text: str) -> str:
    """The text without trivia: case, quotes, dashes, spaces, end marks.

    >>> folded("“Don’t  go” – he said…") == folded("'DON'T GO' - he said.")
    True
    """
    if text.isascii():
        for quote in _ASCII_QUOTES:
            text = text.replace(quote, "")
    else:
        text = _DASH().sub("-", _GOES().sub("", text))
    return " ".join(text.casefold().split()).replace(" :", ":").strip(TRAILING)


@known  # a line may stand there a million times
def word_count(text: str) -> int:
    """How many words a text has, by script: spaces say nothing in Chinese or Thai.

    >>> word_count("Ashby and Milton: 1-1"), word_count("高铁为何日出而作")
    (3, 4)
    """
    rest, wide, unspaced = text, 0, 0
    if not text.isascii():
        rest, wide = _wide().subn("", text)
        rest, unspaced = _unspaced().subn("", rest)
    spaced = sum(any(map(str.isalpha, word)) for word in rest.split())
    return spaced + wide // 2 + unspaced // 5


def is_wide(text: str) -> bool:
    """Whether a text holds signs of a script that says more in one sign."""
    return not text.isascii() and max(text) >= WIDE_FROM


def has_spaces(text: str) -> bool:
    """Whether a text opens in a script that puts spaces between its words."""
    return not (_wide().match(text) or _unspaced().match(text))


def is_paragraph(text: str) -> bool:
    """Whether a text is too long for a line of verse or a list."""
    length = len(text)
    if length >= _PARAGRAPH_CHARS or text.isascii():
        return length >= _PARAGRAPH_CHARS
    return length + 2 * len(_wide().findall(text)) >= _PARAGRAPH_CHARS


def is_quotation(text: str) -> bool:
    """Whether a text is somebody's words as a sentence, which the next may comment on.

    >>> is_quotation("“We have no plans,” she said."), is_quotation("“No plans”")
    (True, False)
    """
    return text[0] in QUOTES and text.rstrip(QUOTES).endswith(STOPS)


@known
def stem(text: str) -> str:
    """The text without the mark that says it was cut short, if it has one.

    "Read more" may follow the mark, or stand in its place if it is no single word.

    >>> stem("The mill was built in […]"), stem("The mill was... Read more")
    ('The mill was built in', 'The mill was')
    """
    last = text.rsplit(None, 1)[-1:]
    end = as_phrases(last[0]).strip(TRAILING) if last else ""
    if end and end not in _call_ends():
        return _without_ellipsis(text)
    for words in range(_MAX_CALL_WORDS, 0, -1):
        before, *call = text.rsplit(None, words) or [""]
        if as_phrases(" ".join(call)).strip(TRAILING) in _calls():
            shorter = _without_ellipsis(before)
            if len(call) > 1 or len(shorter) < len(before):
                return shorter
    return _without_ellipsis(text)


def _without_ellipsis(text: str) -> str:
    if text[-1:] not in _ELLIPSIS_ENDS:
        return text
    mark = _ELLIPSIS().search(text, max(len(text) - _MAX_MARK_CHARS, 0))
    return text[: mark.start()] if mark else text


@cache
def _call_ends() -> frozenset[str]:
    """The last words of these phrases."""
    return frozenset(call.split()[-1].strip(TRAILING) for call in _calls())


@cache
def _calls() -> frozenset[str]:
    """The phrases for "Read more" in every language."""
    return frozenset(map(as_phrases, phrases(ANY, "read_more")))


def continues_word(key: str, rest: str) -> bool:
    """Whether the text after a stump goes on within the stump's last word."""
    return has_spaces(rest) and all(
        unicodedata.category(sign)[0] in "LM" for sign in (key[-1], rest[0])
    )
