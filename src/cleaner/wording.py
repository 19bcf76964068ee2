"""Wording: what a line says, without the marks, the case and the emoji around it."""

from typing import Final

from cleaner.memo import known

MARKS: Final = "[](){}<>«»‹›【】（）:：.!！…*•·|/\\-–—→➜►▶▸▼↓+#\"“”'’© \t"
_BESIDE_SIGNS: Final = frozenset(" \u200d\ufe0f")  # as between an emoji and its colour


@known
def bare(line: str) -> str:
    """A short line without its marks, case and odd spaces; apostrophes are plain.

    >>> bare("» Editor\u2019s  Picks…")
    "editor's picks"
    """
    start, end = words_span(line)
    words = line[start:end].strip(MARKS).casefold()
    return " ".join(words.replace("’", "'").split())


def as_phrases(text: str) -> str:
    """The text as phrases are written: in small letters, with plain apostrophes."""
    return text.lower().replace("’", "'")


def words_span(line: str) -> tuple[int, int]:
    """Where a line's words begin and end, without emoji and arrows around them.

    >>> words_span("\N{BELL} Subscribe to our channel!")
    (2, 27)
    """
    start, end = 0, len(line)
    if line.isascii():
        return start, end
    while start < end and is_sign(line[start]):
        start += 1
    while start < end and is_sign(line[end - 1]):
        end -= 1
    return (start, end) if start < end else (0, len(line))


def is_sign(char: str) -> bool:
    """Whether it is an emoji, an arrow or the like, a part of one, or a space.

    Not "●" and "▲", before the items of a list.
    """
    return (
        "\u2190" <= char < "\u2500"
        or "\u2600" <= char < "\u2c00"
        or "\U0001f000" <= char < "\U0001fb00"
        or char in _BESIDE_SIGNS
    )
