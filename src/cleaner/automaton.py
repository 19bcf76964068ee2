"""Signatures as one automaton over classes of characters, for the compiled pass."""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

Signature = tuple[str, ...]


class Automaton(NamedTuple):
    """Tables for the compiled pass."""

    classes: bytes  # of each character up to U+FFFF
    states: bytes  # what follows each state for each class, as 32-bit numbers
    told: tuple[tuple[int, ...], ...]  # what each of the last states tells


def automaton(signatures: Sequence[tuple[int, Signature]]) -> Automaton:
    """The automaton that tells the number given with a signature where that ends.

    A state is the set of steps that the characters so far may have come to, a bit each.
    """
    steps = [part for _, signature in signatures for part in signature]
    classes, allowed = _classes(steps)
    first, last = 0, {}
    at = 0
    for number, signature in signatures:
        first |= 1 << at
        at += len(signature)
        last[1 << (at - 1)] = number
    follow = _reachable(first, allowed)
    tells = {
        state: tuple(sorted({n for bit, n in last.items() if state & bit}))
        for state in follow
    }
    ordered = sorted(follow, key=lambda state: bool(tells[state]))  # stable: 0 is first
    place = {state: row for row, state in enumerate(ordered)}
    cells = array("I", (place[to] for state in ordered for to in follow[state]))
    told = tuple(tells[state] for state in ordered if tells[state])
    return Automaton(classes, cells.tobytes(), told)


def _classes(steps: Iterable[str]) -> tuple[bytes, list[int]]:
    """The class of each character, and the steps that take each class, a bit each.

    Characters that the same steps take are one class.
    """
    taken: dict[int, int] = defaultdict(int)  # by character
    for bit, part in enumerate(steps):
        for code in members(part):
            taken[code] |= 1 << bit
    numbers = {0: 0}
    classes = bytearray(0x10000)
    for code, bits in taken.items():
        classes[code] = numbers.setdefault(bits, len(numbers))
    return bytes(classes), list(numbers)


def _reachable(first: int, allowed: Sequence[int]) -> dict[int, list[int]]:
    """For each state that a text can lead to, the next one by class."""
    follow: dict[int, list[int]] = {}
    found = [0]
    while found:
        state = found.pop()
        if state not in follow:
            follow[state] = [(state << 1 | first) & taken for taken in allowed]
            found += follow[state]
    return follow


def members(part: str) -> Iterable[int]:
    """The characters of a class, written as in a pattern between brackets.

    >>> "".join(map(chr, members("a-c!")))
    'abc!'
    """
    at = 0
    while at < len(part):
        is_range = part[at + 1 : at + 2] == "-" and at + 2 < len(part)
        last = part[at + 2] if is_range else part[at]
        yield from range(ord(part[at]), ord(last) + 1)
        at += 3 if is_range else 1
