"""Patterns as trees: what repeats in them without bounds, and lines to make them fail.

Phrases are filled in before a pattern comes here. Classes that only the `regex` package
knows become wider ones, so what is written of a tree need not match, only nearly.
"""

# ruff: noqa: ANN401  # the parser's trees have no types
import random
import re
from collections.abc import Iterable, Sequence
from importlib import import_module
from typing import Any, Final

_parser: Final[Any] = import_module("re._parser")
_named: Final[Any] = import_module("re._constants")

UNBOUNDED: Final = int(_named.MAXREPEAT)
_REPEATS: Final = (_named.MAX_REPEAT, _named.MIN_REPEAT, _named.POSSESSIVE_REPEAT)
_ONE: Final = (_named.LITERAL, _named.NOT_LITERAL, _named.ANY, _named.IN)
# What classes in patterns tell apart: ASCII, and signs of other scripts.
ALPHABET: Final = (
    "".join(map(chr, range(128))) + "éßяд市会ा।؟。！？：“”«»…–—→•©\xa0\u3000"
)
# What the repeats of patterns mostly take, so that one can be read as another.
_COMMON: Final = "Aa+.-' /,1@\"&:([)]"
_MOST_REPEATS: Final = 150
_CATEGORIES: Final = {
    "CATEGORY_DIGIT": r"\d",
    "CATEGORY_NOT_DIGIT": r"\D",
    "CATEGORY_SPACE": r"\s",
    "CATEGORY_NOT_SPACE": r"\S",
    "CATEGORY_WORD": r"\w",
    "CATEGORY_NOT_WORD": r"\W",
}


def parsed(pattern: str, flags: int = 0) -> Any:
    """The pattern's tree."""
    plain = re.sub(r"\\[pP]\{\^?\w+\}", r"\\w", pattern)
    return _parser.parse(plain, flags)


def unbounded(tree: Any) -> list[Any]:
    """The bodies of the repeats without an end."""
    found = []
    for operation, argument in tree:
        if operation in _REPEATS and argument[1] == UNBOUNDED:
            found.append(argument[2])
        for below in _below(operation, argument):
            found += unbounded(below)
    return found


def takes_letters(tree: Any) -> bool:
    """Whether a letter may stand in what a tree matches."""
    return any(
        "a" in _chars(operation, argument)
        if operation in _ONE
        else any(map(takes_letters, _below(operation, argument)))
        for operation, argument in tree
    )


def written(tree: Any, rng: random.Random) -> str:
    """A line that the pattern matches, or nearly, its repeats mostly drawn out."""
    return "".join(_written(kind, argument, rng) for kind, argument in tree)


def spoilt(line: str, rng: random.Random) -> str:
    """The line with an odd end, cut short, or again and again."""
    turn = rng.randrange(4)
    if turn == 0:
        return line + rng.choice(("\x00", "!", "x", "(", " a"))
    if turn == 1:
        return line[: rng.randint(1, max(len(line), 1))]
    return line * rng.randint(2, 20) if turn == 2 else line


def _written(operation: Any, argument: Any, rng: random.Random) -> str:
    if operation in _ONE:
        return _one_of(_chars(operation, argument), rng)
    if operation in _REPEATS:
        least, most, body = argument
        count = rng.choice((least, most, rng.randint(least, most)))
        count = min(count, _MOST_REPEATS)
        if rng.random() < 0.7:
            return written(body, rng) * count
        return "".join(written(body, rng) for _ in range(count))
    if operation is _named.BRANCH:
        return written(rng.choice(argument[1]), rng)
    if operation in (_named.SUBPATTERN, _named.ATOMIC_GROUP):
        return written(_below(operation, argument)[0], rng)
    return ""


def _one_of(chars: Sequence[str], rng: random.Random) -> str:
    common = [char for char in _COMMON if char in chars]
    if common and rng.random() < 0.85:
        return rng.choice(common)
    return rng.choice(chars) if chars else ""


def _below(operation: Any, argument: Any) -> Sequence[Any]:
    if operation in _REPEATS:
        return [argument[2]]
    if operation is _named.SUBPATTERN:
        return [argument[3]]
    if operation is _named.BRANCH:
        return list(argument[1])
    if operation in (_named.ASSERT, _named.ASSERT_NOT):
        return [argument[1]]
    return [argument] if operation is _named.ATOMIC_GROUP else []


def _chars(operation: Any, argument: Any) -> list[str]:
    """The characters that an item of one character takes."""
    if operation is _named.LITERAL:
        return [chr(argument)]
    if operation is _named.NOT_LITERAL:
        return [char for char in ALPHABET if char != chr(argument)]
    if operation is _named.ANY:
        return [char for char in ALPHABET if char != "\n"]
    return _in(argument)


def _in(parts: Iterable[tuple[Any, Any]]) -> list[str]:
    taken: set[str] = set()
    is_negated = False
    for operation, argument in parts:
        if operation is _named.NEGATE:
            is_negated = True
        elif operation is _named.RANGE:
            first, last = argument
            taken |= {char for char in ALPHABET if first <= ord(char) <= last}
        elif operation is _named.CATEGORY:
            taken |= set(re.findall(_CATEGORIES[str(argument)], ALPHABET))
        else:
            taken.add(chr(argument))
    return [c for c in ALPHABET if c not in taken] if is_negated else sorted(taken)
