"""Broken encoding: ftfy's steps, chosen one by one, on the lines with a signature.

In use: decoding what was read with the wrong encoding (with its steps for a lost byte
A0, for bytes lost for good, for lines of mixed encoding, and for C1 controls), HTML
entities, surrogates. Not in use, for they change sound text: normalisation, straight
quotes, width, ligatures, line breaks, control characters, terminal escapes.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Final
from unicodedata import category

from cleaner.document import Document
from cleaner.edits import Finding
from cleaner.memo import known
from cleaner.spacing import BLANK

if TYPE_CHECKING:
    from ftfy import TextFixerConfig

# The slots of lines that may hold characters decoded wrongly, and entities.
BROKEN: Final = "broken_encoding"
ENTITY: Final = "entity"

_NEXT_LINE: Final = "\x85"  # blank space here; ftfy would make an ellipsis of it

# "â€ " and "â¦ " lost a byte before the space ("”", "…"); "†" and "⦠" they never were.
_LOST_BYTE: Final = re.compile("(â[^\x00-\x7f] )")
# Nor did "Ã " ("à") where a line has accents that were decoded rightly: "a letra Ã é".
_LOST_BYTES: Final = re.compile("(â[^\x00-\x7f] |Ã )")
# "“ATÉ AMANHÃ”": a mark that closes what a sound one opened is no byte that was lost.
_CLOSED: Final = re.compile(
    r"(“[^“”]{0,200}(?=Ã”(?!\w)(?![^“”]{0,200}”))"
    r"|«[^«»]{0,200}(?=Ã»(?!\w)(?![^«»]{0,200}»))"
    r"|‘[^‘’]{0,200}(?=Ã’(?!\w)(?![^‘’]{0,200}’)))(..)"
)
_SOUND: Final = re.compile("[a-z][à-öø-ÿ](?=[a-zà-öø-ÿ ])")

# Longer lines are left as they are; ftfy manages some 4 million characters a second.
MAX_LINE_CHARS: Final = 200_000
# An entity of a character broken twice takes three; the next pass goes on, if need be.
_MAX_ROUNDS: Final = 5
_NESTED_AMPERSANDS: Final = re.compile("&(?:amp;)+(?=amp;)")

_IN_BACKTICKS: Final = re.compile("(`[^`]+`)")

_UNSEEN: Final = ("Zs", "Cf")  # categories: spaces as "&nbsp;", marks as "&shy;"

# Where two lines agree again: so many equal characters, found so far ahead. A character
# takes up to 4 once broken, 12 if broken twice, so 64 hold the longest broken word.
_AGREEING_CHARS: Final = 6
_AHEAD_CHARS: Final = 64


def find_broken_encoding(document: Document) -> Iterator[Finding]:
    """The characters that were decoded wrongly, each with what it should be."""
    broken = frozenset(document.candidates_of(BROKEN))
    for index in sorted(broken.union(document.candidates_of(ENTITY))):
        line = document.raw_line(index)
        if len(line) > MAX_LINE_CHARS:
            continue
        if index not in broken and _unescaped(line) == line:  # as in "AT&T"
            continue
        if (right := repaired(line)) == line:
            continue
        offset = document.starts[index] - len(line) + len(line.lstrip(BLANK))
        for start, end, replacement in changes(line, right):
            if line[start:end] != _NEXT_LINE:
                yield Finding(
                    offset + start, offset + end, "wrong encoding", replacement
                )


@known
def repaired(line: str) -> str:
    """The line as it was meant.

    >>> repaired("cafÃ© &amp; bar: “5 &lt; 7”")
    'café & bar: “5 &lt; 7”'
    """
    parts = _CLOSED.split(line)  # what is before, what is quoted, the two characters
    parts[::3] = map(_repaired, parts[::3])
    parts[1::3] = map(_repaired, parts[1::3])
    return "".join(parts)


def _repaired(line: str) -> str:
    parts = (_LOST_BYTES if _SOUND.search(line) else _LOST_BYTE).split(line)
    parts[::2] = map(_fixed, parts[::2])
    return "".join(parts)


def _fixed(line: str) -> str:
    from ftfy import fix_encoding
    from ftfy.fixes import fix_surrogates

    for _ in range(_MAX_ROUNDS):
        before = line
        line = fix_surrogates(fix_encoding(_unescaped(line), _steps()))
        if line == before:
            break
    return line


@cache
def _steps() -> "TextFixerConfig":
    from ftfy import TextFixerConfig

    return TextFixerConfig(
        restore_byte_a0=True,
        replace_lossy_sequences=True,
        decode_inconsistent_utf8=True,
        fix_c1_controls=True,
        normalization=None,
        explain=False,
    )


def _unescaped(line: str) -> str:
    """The line with its HTML entities decoded, save those of "<", ">" and controls.

    Those in backticks are what the text is about: "write `&amp;`".
    """
    from ftfy.chardata import HTML_ENTITY_RE

    parts = _IN_BACKTICKS.split(line)
    parts[::2] = [
        HTML_ENTITY_RE.sub(
            lambda entity: _character(entity[0]), _NESTED_AMPERSANDS.sub("&", part)
        )
        for part in parts[::2]
    ]
    return "".join(parts)


def _character(entity: str) -> str:
    from ftfy.fixes import unescape_html

    decoded = unescape_html(entity)
    is_sound = decoded.isprintable() or category(decoded[0]) in _UNSEEN
    return decoded if is_sound and decoded not in "<>" else entity


def changes(before: str, after: str) -> Iterator[tuple[int, int, str]]:
    """Small edits, as (start, end, replacement), that turn one line into the other.

    >>> list(changes("cafÃ© and rosÃ©", "café and rosé"))
    [(3, 5, 'é'), (13, 15, 'é')]
    """
    end, after_end = _ends(before, after)
    i = j = 0
    while True:
        while i < end and j < after_end and before[i] == after[j]:
            i, j = i + 1, j + 1
        if i == end and j == after_end:
            return
        gone, come = _until_agreement(before[i:end], after[j:after_end])
        yield _not_empty(before, i, i + gone, after[j : j + come])
        i, j = i + gone, j + come


def _ends(before: str, after: str) -> tuple[int, int]:
    """Where the common end of two lines starts in each."""
    i, j = len(before), len(after)
    while i and j and before[i - 1] == after[j - 1]:
        i, j = i - 1, j - 1
    return i, j


def _until_agreement(before: str, after: str) -> tuple[int, int]:
    """How many characters of each to skip until the two agree again."""
    best = len(before), len(after)
    near = after[: _AHEAD_CHARS + _AGREEING_CHARS]
    for gone in range(min(_AHEAD_CHARS, len(before) - _AGREEING_CHARS + 1)):
        come = near.find(before[gone : gone + _AGREEING_CHARS])
        if come >= 0 and gone + come < sum(best):
            best = gone, come
    return best


def _not_empty(
    line: str, start: int, end: int, replacement: str
) -> tuple[int, int, str]:
    """The edit; one that only deletes takes in a neighbour, lest it be a removal."""
    if replacement:
        return start, end, replacement
    if start:
        return start - 1, end, line[start - 1]
    return start, end + 1, line[end]
