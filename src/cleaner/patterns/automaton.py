"""Signatures as one automaton over classes of characters, for the compiled pass."""

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, pairwise
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
    rows = _rows(first, allowed)
    states = frozenset(chain.from_iterable(rows.values()))
    ends = sum(last)
    tells = {
        state: tuple(sorted({n for bit, n in last.items() if state & bit}))
        for state in states
        if state & ends
    }
    ordered = sorted(states, key=lambda state: (state in tells, state))  # 0 is first
    place = {state: at for at, state in enumerate(ordered)}
    cells = {
        steps: array("I", map(place.__getitem__, row)).tobytes()
        for steps, row in rows.items()
    }
    table = b"".join(cells[state << 1 | first] for state in ordered)
    told = tuple(tells[state] for state in ordered if state in tells)
    return Automaton(classes, table, told)


def _classes(steps: Iterable[str]) -> tuple[bytes, list[int]]:
    """The class of each character, and the steps that take each class, a bit each.

    Characters that the same steps take are one class.
    """
    spans = [(bit, span) for bit, part in enumerate(steps) for span in _spans(part)]
    bounds = sorted({0, 0x10000, *chain.from_iterable(span for _, span in spans)})
    taken = dict.fromkeys(bounds, 0)  # from each to the next all are alike
    for bit, (start, end) in spans:
        for bound in bounds[bisect_left(bounds, start) : bisect_left(bounds, end)]:
            taken[bound] |= 1 << bit
    numbers = {0: 0}
    classes = bytearray()
    for bound, after in pairwise(bounds):
        number = numbers.setdefault(taken[bound], len(numbers))
        classes += bytes([number]) * (after - bound)
    return bytes(classes), list(numbers)


def _rows(first: int, allowed: Sequence[int]) -> dict[int, list[int]]:
    """The states that each class leads to, by the steps that a character may take.

    Many a state shares its row: which signatures have just ended makes no difference.
    """
    rows: dict[int, list[int]] = {}
    found = [first]
    while found:
        steps = found.pop()
        if steps not in rows:
            rows[steps] = [steps & taken for taken in allowed]
            found += {state << 1 | first for state in rows[steps]}
    return rows


def _spans(part: str) -> Iterator[tuple[int, int]]:
    """The first character of each range of a class, and the one after its last."""
    at = 0
    while at < len(part):
        is_range = part[at + 1 : at + 2] == "-" and at + 2 < len(part)
        last = part[at + 2] if is_range else part[at]
        yield ord(part[at]), ord(last) + 1
        at += 3 if is_range else 1
