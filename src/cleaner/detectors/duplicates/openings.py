"""Which lines open alike: a quick look at how each begins, before any is compared."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import pairwise
from typing import Final

from cleaner.characters import cased, characters, units
from cleaner.compiled import scan
from cleaner.detectors.duplicates.measures import (
    DASHES,
    QUOTES,
    TRAILING,
    folded,
    is_wide,
    stem,
)

_OPENING_CHARS: Final = 18  # to be told apart at a glance
_WIDE_OPENING_CHARS: Final = 12  # the same in Chinese, where headlines are that short
_HEAD_CHARS: Final = 40  # and at a second one
_ODD: Final = {
    **dict.fromkeys(map(ord, '"’”“‘'), "'"),
    **dict.fromkeys(map(ord, DASHES), "-"),
    0xA0: " ",
}
_LEADING: Final = QUOTES + DASHES + TRAILING + "•"


def alike(texts: list[str], *, are_all_asked: bool = True) -> list[list[int]]:
    """Groups of units that open alike.

    If not all are asked for, those of few words may be left out, but for such as stand
    right below one another or open as the first unit does.
    """
    chars = _WIDE_OPENING_CHARS if is_wide(texts[0][:_HEAD_CHARS]) else _OPENING_CHARS
    suspects: Sequence[int] = range(len(texts))
    if scan is not None:
        suspects = scan.open_alike(texts, opening_units(), chars, are_all_asked)
    if not suspects:
        return []
    places: dict[str, list[int]] = {}
    for index in suspects:
        places.setdefault(texts[index], []).append(index)
    groups: dict[str, list[str]] = defaultdict(list)
    for text in places:
        groups[_opening(text, chars)].append(text)
    found = (_still_alike(places, group) for group in groups.values())
    return [group for group in found if group]


_UNSURE: Final = 1  # in place of a character: it may be equal to others


def _is_odd(char: str) -> bool:
    """Whether more or other characters stand for one in lower case or folded."""
    return len(char.lower()) > 1 or char.casefold() != char.lower()


@cache
def opening_units() -> bytes:
    """What `open_alike` takes for equal: at least what `alike` does."""
    found = units()
    for char in cased():
        found[ord(char)] = _UNSURE if _is_odd(char) else ord(char.lower())
    found[ord("ς")] = ord("σ")  # what `lower` makes of Σ hangs on what follows
    for sign in _LEADING:
        found[ord(sign)] = 0
    for odd, plain in _ODD.items():
        found[odd] = found[ord(plain)]
    for space in re.findall(r"\s", characters()):
        found[ord(space)] = found[ord(" ")]
    return found.tobytes()


def _opening(text: str, chars: int) -> str:
    """The first characters, but for leading marks, case, quotes, dashes, spaces."""
    opening = " ".join(text.lstrip(_LEADING)[: 2 * chars].split())[:chars]
    if opening.isascii():  # has one odd sign at most, and a quick look for it
        return opening.replace('"', "'").lower()
    return opening.translate(_ODD).lower()


def _still_alike(
    places: Mapping[str, Sequence[int]], group: Sequence[str]
) -> list[int]:
    """Where texts of a group stand that are there again, or open another one."""
    again = {text for text in group if len(places[text]) > 1}
    if len(group) > 1:
        heads = sorted((_folded_head(text), text) for text in group)
        for (head, text), (next_head, next_text) in pairwise(heads):
            if next_head.startswith(head):
                again |= {text, next_text}
    return [index for text in group if text in again for index in places[text]]


def _folded_head(text: str) -> str:
    head = stem(text) if len(text) < 4 * _HEAD_CHARS else text[: 2 * _HEAD_CHARS]
    return folded(head)[:_HEAD_CHARS]
