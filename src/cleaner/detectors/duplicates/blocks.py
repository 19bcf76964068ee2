"""Blocks: runs of units that repeat units in the same order."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

_MAX_BLOCK_GAP: Final = 2  # units of a block that its copy may lack
_MANY_SENTENCES: Final = 5  # of one line, printed twice


def runs(again: Mapping[int, int]) -> Iterator[list[int]]:
    """Runs of units that repeat units in the same order, a small gap allowed.

    Each of the keys repeats the unit that it leads to.

    >>> list(runs({7: 2, 8: 3, 10: 4, 20: 1}))
    [[7, 8, 10], [20]]
    """
    run: list[int] = []
    for index in sorted(again):
        if run:
            step, first_step = index - run[-1], again[index] - again[run[-1]]
            if step > _MAX_BLOCK_GAP or not 0 < first_step <= _MAX_BLOCK_GAP:
                yield run
                run = []
        run.append(index)
    if run:
        yield run


def is_printed_twice(run: Sequence[int], again: Mapping[int, int]) -> bool:
    """Whether sentences that stand again are many, or right behind the first time.

    In a line without breaks a few are quoted somewhere from a speech or letter printed
    in full, or from the body in a lead; nothing tells which are the copy. Of 27 such
    lines with copies, of 11,204 articles, about half were so.
    """
    return len(run) >= _MANY_SENTENCES or run[0] - again[run[-1]] <= _MAX_BLOCK_GAP
