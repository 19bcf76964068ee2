"""The characters up to U+FFFF, of which the compiled passes have tables."""

from array import array
from functools import cache
from typing import Final

CODES: Final = range(0x10000)
_BLOCK: Final = 256  # most have no case at all


@cache
def characters() -> str:
    """All of them, lone surrogates too: decoding is the quick way to so many."""
    return array("I", CODES).tobytes().decode("utf-32", "surrogatepass")


@cache
def cased() -> str:
    """Those that have more than one case.

    >>> [char for char in "aß7中" if char in cased()]
    ['a', 'ß']
    """
    return "".join(
        char
        for start in CODES[::_BLOCK]
        if _has_case(block := characters()[start : start + _BLOCK])
        for char in block
        if _has_case(char)
    )


def _has_case(text: str) -> bool:
    return not text.lower() == text == text.upper()
