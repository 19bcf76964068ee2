"""Where in a line a rule is tried: at the sentences near which its phrase may stand."""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate, pairwise
from typing import Final, NamedTuple

from cleaner.document import Document, Slot
from cleaner.memo import is_remembered, once
from cleaner.patterns.gate import signatures_of
from cleaner.patterns.sentences import sentence_starts

# So many characters stand in a match before its phrase at most, or its rule says more.
MAX_LEAD_CHARS: Final = 1000
# The longest phrase with the end of a sentence within, each space counted as two.
MAX_CROSSING_CHARS: Final = 130


class _Sentences(NamedTuple):
    """Where a long line's sentences start, and which may hold phrases, by slots' names.

    In whichever language: a rule takes phrases of no language, too.
    """

    starts: Sequence[int]
    holding: Mapping[str, Sequence[int]]


def starts_near(
    document: Document, index: int, slot: Slot, lead_chars: int
) -> Sequence[int]:
    """Where those sentences of a long line start that may hold a phrase of the slot.

    Or have one so many characters behind. Where no gate looked: where all start.
    """
    if document.gate is None or signatures_of(slot):
        return sentence_starts(document.lines[index])
    starts, holding = _long_lines(document)[index]
    return _before(starts, holding.get(slot.name, ()), lead_chars)


def _before(
    starts: Sequence[int], holding: Iterable[int], lead_chars: int
) -> list[int]:
    """The starts of these sentences, and those up to so many characters before them."""
    found: list[int] = []
    done = 0
    for at in holding:
        first = bisect_left(starts, starts[at] - lead_chars, done, at)
        found += starts[first : at + 1]
        done = at + 1
    return found


@once
def _long_lines(document: Document) -> Mapping[int, _Sentences]:
    """The sentences of each long line, by one look of the gate at all of them."""
    long = [i for i, line in enumerate(document.lines) if not is_remembered(line)]
    starts = [sentence_starts(document.lines[index]) for index in long]
    firsts = list(accumulate(map(len, starts), initial=0))
    parts = Document(
        "\n".join(
            part
            for index, those in zip(long, starts, strict=True)
            for part in _parts(document.lines[index], those)
        )
    )
    found = document.gate(parts) if document.gate else {}
    return {
        index: _Sentences(those, _within(found, first, first + len(those)))
        for index, those, first in zip(long, starts, firsts, strict=False)
    }


def _parts(line: str, starts: Sequence[int]) -> Iterable[str]:
    """The sentences, each with what of the next a phrase may go on into.

    With the full stop none is blank.
    """
    for start, end in pairwise([*starts, len(line)]):
        yield f".{line[start : end + MAX_CROSSING_CHARS]}"


def _within(
    found: Mapping[Slot, Sequence[int]], first: int, end: int
) -> dict[str, list[int]]:
    """What the gate found in these parts, counted from the first."""
    within: dict[str, set[int]] = {}
    for (_, name), rows in found.items():
        start, stop = bisect_left(rows, first), bisect_left(rows, end)
        within.setdefault(name, set()).update(row - first for row in rows[start:stop])
    return {name: sorted(rows) for name, rows in within.items()}
