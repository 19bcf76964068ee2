"""The characters up to U+FFFF, of which the compiled passes have tables."""

import sys
from array import array
from functools import cache
from typing import Final

CODES: Final = range(0x10000)
UTF_16: Final = f"utf-16-{sys.byteorder[0]}e"  # of this machine
_BLOCK: Final = 256  # most have no case at all


@cache
def characters() -> str:
    """All of them, lone surrogates too: decoding is the quick way to so many."""
    low = bytes(range(256))
    codes = bytearray(4 * len(CODES))
    codes[::4], codes[1::4] = 256 * low, b"".join(256 * bytes([high]) for high in low)
    return codes.decode("utf-32-le", "surrogatepass")


def units() -> "array[int]":
    """The code of each, in 16 bits: a table to change."""
    return array("H", characters().encode(UTF_16, "surrogatepass"))


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
