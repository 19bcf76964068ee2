"""What stands around a line: its groups and sections, windows, its place in a page.

All in whole numbers, for all lines of a page at once.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from cleaner.model.page_text import Ints

Rows = NDArray[np.int16]

_LARGEST: Final = 32_000


def clipped(rows: Ints) -> Rows:
    """Rows of small numbers."""
    return np.clip(rows, -_LARGEST, _LARGEST).astype(np.int16)


def means(values: Ints, groups: Ints) -> Ints:
    """For each place, ten times the mean of its group's values.

    >>> means(np.array([1, 2, 9]), np.array([0, 0, 1])).tolist()
    [15, 15, 90]
    """
    sums = np.bincount(groups, weights=values).astype(np.int64)
    return (10 * sums // np.maximum(np.bincount(groups), 1))[groups]


def headings(section: Ints) -> Ints:
    """For each line the first of its section.

    >>> headings(np.array([0, 0, 1, 2, 2])).tolist()
    [0, 0, 2, 3, 3]
    """
    return np.searchsorted(section, section)


def ranks(rows: Ints) -> Ints:
    """For each row, what share of the page's values is lower, in thousandths.

    >>> ranks(np.array([[5, 9, 5, 7]])).tolist()
    [[0, 750, 0, 500]]
    """
    count = rows.shape[1]
    lower = np.array([np.searchsorted(np.sort(row), row) for row in rows])
    found: Ints = 1000 * lower // count
    return found


def windowed(rows: Ints, picks: Ints) -> Ints:
    """For each pick ten times the mean of a row, from so far behind to so far ahead.

    >>> windowed(np.array([[1, 2, 6]]), np.array([[0, 1, 0]])).tolist()
    [[10, 15, 40]]
    """
    count = rows.shape[1]
    row, behind, ahead = picks.T[:, :, np.newaxis]
    sums = np.zeros((len(rows), count + 1), np.int64)
    np.cumsum(rows, axis=1, out=sums[:, 1:])
    place = np.arange(count)
    low = np.maximum(place - behind, 0)
    high = np.minimum(place + ahead, count - 1) + 1
    start = row * (count + 1)
    flat = sums.ravel()
    found: Ints = (
        10 * (flat.take(start + high) - flat.take(start + low)) // (high - low)
    )
    return found


_ALL: Final = 1 << 40  # a reach over the whole page
_CONTEXT_WINDOWS: Final = (
    (2, 2), (6, 6), (20, 20), (5, 0), (30, 0), (_ALL, 0), (0, 5), (0, 30), (0, _ALL),
)  # fmt: skip


def context(rows: Ints) -> Ints:
    """For each row of scores: it, neighbours, means around, the highest so far."""
    return np.concatenate([_context(row) for row in rows])


def _context(scores: Ints) -> Ints:
    place = np.arange(len(scores))
    highest = np.maximum.accumulate(scores)
    peaks = np.where(scores == highest, place, 0)
    near = [scores, *(shifted(scores, step) for step in (-1, 1))]
    far = [highest, place - np.maximum.accumulate(peaks)]
    return np.concatenate([near, windowed(scores[np.newaxis], _CONTEXT_PICKS), far])


_CONTEXT_PICKS: Final = np.array([(0, *window) for window in _CONTEXT_WINDOWS])
CONTEXT: Final = (
    "", "-1", "+1", "_2", "_6", "_20", "_behind_5", "_behind_30", "_before",
    "_ahead_5", "_ahead_30", "_after", "_highest", "_since_highest",
)  # fmt: skip


def shifted(values: Ints, step: int) -> Ints:
    """Each place's neighbour `step` away; -1 beyond the ends."""
    moved = np.full_like(values, -1)
    if step < 0:
        moved[..., -step:] = values[..., :step]
    else:
        moved[..., :-step] = values[..., step:]
    return moved
