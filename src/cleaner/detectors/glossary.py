"""Lists of words: in the order of their letters, or each over what is said of it."""

from collections.abc import Sequence
from itertools import takewhile
from typing import Final

from cleaner.document import COLONS, is_open

_MIN_WORDS: Final = 8
_MAX_WORD_CHARS: Final = 24
_MIN_TERMS: Final = 4
_MAX_TERM_CHARS: Final = 30
_MAX_TOLD_CHARS: Final = 120


def is_in_glossary(lines: Sequence[str], index: int) -> bool:
    """Whether a line is one of the words or terms of such a list.

    >>> words = "alter and comment drop join like share table".split()
    >>> is_in_glossary(words, 2), is_in_glossary(words[::-1], 2)
    (True, False)
    """
    return _is_in_order(lines, index) or _is_term(lines, index)


def _is_in_order(lines: Sequence[str], index: int) -> bool:
    """Whether it and its neighbours follow one another by their letters."""
    if not _is_word(lines[index]):  # as most
        return False
    above = _ordered(lines, range(index, max(index - _MIN_WORDS, 0), -1))
    below = _ordered(lines, range(index + 1, min(index + _MIN_WORDS, len(lines))))
    return above + 1 + below >= _MIN_WORDS


def _ordered(lines: Sequence[str], places: range) -> int:
    """How many lines from the first place on are words after the one above each."""
    return sum(
        1 for _ in takewhile(lambda at: _follows(*lines[at - 1 : at + 1]), places)
    )


def _follows(word: str, following: str) -> bool:
    return _is_word(word) and _is_word(following) and word < following


def _is_word(line: str) -> bool:
    """Whether a line is a word in one case, unlike most buttons: "WhatsApp"."""
    in_one_case = line.islower() or line.isupper()
    return len(line) <= _MAX_WORD_CHARS and in_one_case and " " not in line


def _is_term(lines: Sequence[str], index: int) -> bool:
    """Whether it and others like it stand over a short sentence each."""
    reach = 2 * _MIN_TERMS
    below = _terms(lines, range(index, min(index + reach, len(lines) - 1), 2))
    if not below:  # as for most
        return False
    above = _terms(lines, range(index - 2, max(index - reach, 0) - 1, -2))
    terms = [*above, *below]
    return len(terms) == len({*terms}) >= _MIN_TERMS


def _terms(lines: Sequence[str], places: range) -> list[str]:
    """The terms from the first place on, up to a line that is none."""
    told = takewhile(lambda at: _is_told_of(*lines[at : at + 2]), places)
    return [lines[at].casefold() for at in told]


def _is_told_of(term: str, told: str) -> bool:
    """Whether a few words stand over a short sentence."""
    return (
        len(term) <= _MAX_TERM_CHARS
        and is_open(term)
        and not is_open(told)
        and told[-1] not in COLONS
        and len(told) <= _MAX_TOLD_CHARS
    )
