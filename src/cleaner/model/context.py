"""What the rest of the document says of a line: shared words, and lines that went."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import Final

# Words that tell a subject: shorter ones stand in every text.
_TELLING_CHARS: Final = 4
# So much of the story tells its subject; a bound keeps long documents linear.
_STORY_CHARS: Final = 8_000

_SHARE_CUTS: Final = (0, 1, 15, 30, 45, 60, 75, 90)
_COUNT_CUTS: Final = (1, 2, 3, 5, 8, 12, 20)
_GONE_CUTS: Final = (1, 2, 3, 4)
_GONE_IN_ALL_CUTS: Final = (1, 2, 3, 5, 8, 12, 20)
_GONE_PERCENT_CUTS: Final = (1, 5, 10, 20, 30, 45, 60)
# How near a gap is, counted down, so that a nearer one has a higher code.
_FAR_LINES: Final = 9

SHARED: Final = (("shared_with_story", 9), ("telling_words", 8))
# Each rises with what went: the trees may hold more lines gone only against a line, so
# that a text from which noise went is never found noisier when it is read anew.
GONE: Final = (
    ("gone_before", 5), ("gone_after", 5), ("gap_above", 10), ("gap_below", 10),
    ("gone", 8), ("gone_above", 8), ("gone_below", 8), ("gone_share", 8),
)  # fmt: skip


def shared_codes(
    words: Iterable[Sequence[str]], story: Iterable[str]
) -> list[tuple[int, ...]]:
    """Of each line's telling words, how many the story has, and how many there are.

    A word counts in a longer one too: inflected forms are as good.

    >>> shared_codes([["bridge", "opens"], ["by"]], ["The old bridges are open again."])
    [(5, 2), (0, 0)]
    """
    known = "\n".join(story)[:_STORY_CHARS].casefold()
    return [_shared(frozenset(filter(_is_telling, found)), known) for found in words]


def _is_telling(word: str) -> bool:
    return len(word) >= _TELLING_CHARS or not word.isascii()


def _shared(words: frozenset[str], known: str) -> tuple[int, ...]:
    count = len(words)
    if not count:
        return 0, 0
    share = 100 * sum(word in known for word in words) // count
    return bisect_right(_SHARE_CUTS, share), bisect_right(_COUNT_CUTS, count)


def gone_codes(
    gone: Sequence[int] | None, count: int, chosen: Sequence[int]
) -> list[tuple[int, ...]]:
    """What was cut around each chosen of `count` lines.

    `gone` says how many lines went before each line, and after the last.

    >>> gone_codes([0, 2, 0], 2, [1])
    [(2, 0, 9, 0, 2, 2, 0, 6)]
    """
    if gone is None or not any(gone):
        return [(0,) * len(GONE)] * len(chosen)
    above = list(accumulate(gone))
    whole = above[-1]
    in_all = bisect_right(_GONE_IN_ALL_CUTS, whole)
    share = bisect_right(_GONE_PERCENT_CUTS, 100 * whole // (whole + count))
    return [
        (
            bisect_right(_GONE_CUTS, gone[i]),
            bisect_right(_GONE_CUTS, gone[i + 1]),
            _nearness(gone[max(0, i + 1 - _FAR_LINES) : i + 1][::-1]),
            _nearness(gone[i + 1 : i + 1 + _FAR_LINES]),
            in_all,
            bisect_right(_GONE_IN_ALL_CUTS, above[i]),
            bisect_right(_GONE_IN_ALL_CUTS, whole - above[i]),
            share,
        )
        for i in chosen
    ]


def _nearness(gone: Sequence[int]) -> int:
    near = (_FAR_LINES - step for step, lines in enumerate(gone) if lines)
    return next(near, 0)
