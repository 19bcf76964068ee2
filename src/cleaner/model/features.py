"""What the line model sees of a line: a row of small codes, and its words.

Every feature is a bucket number, so that scoring needs no arithmetic on
floats. Nothing here assumes English, upper case or spaces between words.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import accumulate
from operator import add
from typing import Final

from cleaner.compiled import lines as native
from cleaner.model.context import GONE, SHARED, gone_codes, shared_codes
from cleaner.model.line_words import flags, plain_words, unspaced

# A line shorter than the second number is in doubt, and up to the first if it lacks an
# end mark. Scripts without spaces say as much in fewer characters.
_LONG: Final = (200, 100)
_LONG_UNSPACED: Final = (80, 40)
_SHORT_CHARS: Final = _LONG_UNSPACED[1]
_UNSPACED_LOOK_CHARS: Final = 40
# Of 190 lines that the model removes from labelled news one stands in a text with less.
_MIN_STORY_PERCENT: Final = 30


def _classes(*groups: str) -> dict[str, int]:
    return {char: code for code, group in enumerate(groups, 1) for char in group}


_END: Final = _classes(
    ".。।॥．", "!！", "?？؟", "…", "\"'”’»“‘«」』",
    ")]）】", ":：", ",;،，；、", "-–—|>›→", "0123456789", "@#$%&*+/<=_~•·",
)  # fmt: skip
_LAST_STOP, _QUOTE, _BRACKET = 4, 5, 6
_ENDED_INSIDE, _UPPER_END, _OTHER_END, _NO_LINE_END = 12, 13, 14, 15
_FULL_STOPS: Final = frozenset(c for c, code in _END.items() if code <= _LAST_STOP)
_ENDS: Final = frozenset(char for char, code in _END.items() if code <= _QUOTE)
_START: Final = _classes(
    "", "0123456789", "\"'“„«‘”「『", "-–—•*·●▪►◆■○»→#|+~⁃", "([（【",
    ",.;:!?)]}’、，。：", "@©®&$€£%_=/\\<>",
)  # fmt: skip
_LOWER_START, _BULLET, _ALPHA_START, _OTHER_START, _NO_LINE_START = 1, 4, 8, 9, 10
_SYMBOLS: Final = frozenset(char for char, code in _START.items() if code >= _BULLET)

_LENGTH_CUTS: Final = (1, 3, 6, 10, 16, 24, 34, 46, 60, 76, 96, 125, 170, 240, 400)
_LENGTH_CODES: Final = tuple(
    bisect_right(_LENGTH_CUTS, n) for n in range(_LENGTH_CUTS[-1] + 1)
)
_NO_LINE_LENGTH: Final = len(_LENGTH_CUTS) + 1
_PLACE_CUTS: Final = (0, 1, 2, 3, 5, 8, 13, 25)
_PLACE_CODES: Final = tuple(
    bisect_right(_PLACE_CUTS, n) for n in range(_PLACE_CUTS[-1] + 1)
)
_SHARE_CODES: Final = tuple(
    bisect_right((0, 4, 9, 19, 34, 49, 64, 79, 89, 96, 99), percent)
    for percent in range(101)
)
_TITLE_CASE_CODES: Final = tuple(
    bisect_right((15, 30, 50, 70, 90), n) + 1 for n in range(101)
)
_OVERLAP_CODES: Final = tuple(bisect_right((0, 30, 60, 99), n) + 1 for n in range(101))
_WORD_LENGTH_CODES: Final = tuple(
    bisect_right((3, 4, 4.8, 5.5, 6.5, 8, 12), tenths / 10) for tenths in range(121)
)
_NO_TITLE, _IS_TITLE = 6, 7
_FAR_LINES: Final = 9
_PREFIX_CHARS: Final = 4

# Name and number of buckets of each feature, in the order of a row.
FEATURES: Final[tuple[tuple[str, int], ...]] = (
    ("length", 16), ("end", 15), ("start", 10), ("case", 16), ("word_length", 8),
    ("digits", 4), ("symbols", 8), ("sentences", 4), ("commas", 6), ("marks", 8),
    ("quotes", 6),
    ("before", 12), ("after", 12), ("from_start", 9), ("from_end", 9), ("lines", 9),
    ("prose_before", 10), ("prose_after", 10), ("prose_share", 12),
    ("previous_length", 17), ("previous_end", 16), ("previous_start", 11),
    ("next_length", 17), ("next_end", 16), ("next_start", 11),
    ("alike", 5), ("same_opening", 4), ("repeats", 3), ("title", 8),
    *SHARED, *GONE,
)  # fmt: skip

GROUPS: Final[dict[str, tuple[str, ...]]] = {
    "words": ("word_noise", "word_frame", "word_inset"),
    "shape": ("length", "end", "start", "case", "word_length"),
    "marks": ("digits", "symbols", "sentences", "commas", "marks", "quotes"),
    "position": ("before", "after", "from_start", "from_end", "lines"),
    "prose": ("prose_before", "prose_after", "prose_share"),
    "neighbours": (
        "previous_length", "next_length", "previous_end", "next_end",
        "previous_start", "next_start", "alike", "same_opening",
    ),
    "repeats": ("repeats",),
    "title": ("title",),
    "shared": tuple(name for name, _ in SHARED),
    "gone": tuple(name for name, _ in GONE),
}  # fmt: skip


_Edge = tuple[int, int, int]  # the codes of a line's length, its end and its start
_NO_EDGE: Final[_Edge] = (_NO_LINE_LENGTH, _NO_LINE_END, _NO_LINE_START)


def is_in_doubt(line: str) -> bool:
    """Whether this non-blank line is short, or without an end mark."""
    length = len(line)
    unended, ended = _LONG
    if not line.isascii() and unspaced().search(line, 0, _UNSPACED_LOOK_CHARS):
        unended, ended = _LONG_UNSPACED
    return length < ended or (length < unended and line[-1] not in _ENDS)


def story_end(lines: Sequence[str]) -> int:
    """How many of the lines there are up to the last that is not in doubt."""
    left = len(lines)
    while left and is_in_doubt(lines[left - 1]):
        left -= 1
    return left


def in_doubt(lines: Sequence[str]) -> list[int]:
    """Which of the stripped, non-blank lines are worth a score.

    >>> in_doubt(["Read more", "The council voted on Monday to keep the old bridge "
    ...           "open to walkers and to close it to cars, its spokesman said."])
    [0]
    """
    return [
        index
        for index, line in enumerate(lines)
        # Most lines are clearly short or long; only the others are worth a call.
        if (length := len(line)) < _SHORT_CHARS
        or (length < _LONG[0] and is_in_doubt(line))
    ]


def suspects(lines: Sequence[str]) -> list[int]:
    """Which lines are in doubt where there is a story, be they exempt or not.

    A play, a poem or a table is nothing but lines in doubt, and no news.
    """
    if native is None:
        return plain_suspects(lines)
    return native.suspects(lines, classes(), _MIN_STORY_PERCENT)


def plain_suspects(lines: Sequence[str]) -> list[int]:
    """What the compiled way to find them gives."""
    found = in_doubt(lines)
    whole = sum(map(len, lines))
    story = whole - sum(len(lines[index]) for index in found)
    return found if 100 * story >= _MIN_STORY_PERCENT * whole else []


def describe(
    lines: Sequence[str],
    chosen: Sequence[int],
    texts: Sequence[list[str]],
    title: str | None = None,
    gone: Sequence[int] | None = None,
) -> list[tuple[int, ...]]:
    """The codes of each chosen line, as `FEATURES` lists them.

    `texts` are the chosen lines' plain words; `gone` says how many lines were cut
    before each line, and after the last.

    >>> lines = ["Read more", "Storm hits coast"]
    >>> rows = describe(lines, [0, 1], [plain_words(line) for line in lines])
    >>> len(rows), len(rows[0]) == len(FEATURES)
    (2, True)
    """
    if not chosen:
        return []
    count = len(lines)
    short = bytearray(count)
    for index in in_doubt(lines):
        short[index] = 1
    edges: dict[int, _Edge] = {-1: _NO_EDGE, count: _NO_EDGE}
    for i in chosen:
        for j in (i - 1, i, i + 1):
            if j not in edges:
                edges[j] = _edge(lines[j])
    copies = copies_of(lines)
    title_words = frozenset(plain_words(title)) if title else None
    story = (line for line, is_short in zip(lines, short, strict=True) if not is_short)
    context = map(add, shared_codes(texts, story), gone_codes(gone, count, chosen))
    rows = []
    for i, text, place, around in zip(
        chosen, texts, _places(lines, chosen, short), context, strict=True
    ):
        line = lines[i]
        repeats = min(2, copies.get(line, 1) - 1)
        shared = _title_code(line, text, title, title_words)
        near = edges[i - 1] + edges[i + 1] + _alike(lines, i)
        rows.append(edges[i] + _own(line) + place + near + (repeats, shared) + around)
    return rows


def copies_of(lines: Sequence[str]) -> Mapping[str, int]:
    """How often each line stands; nothing where all differ."""
    return Counter(lines) if len(set(lines)) < len(lines) else {}


@cache
def classes() -> bytes:
    """What the compiled way knows of characters: a 16-bit number for each."""
    found = flags()
    for char, code in _END.items():
        found[ord(char)] |= code
    for char, code in _START.items():
        found[ord(char)] |= code << 4
    return found.tobytes()


def _edge(line: str) -> _Edge:
    length = len(line)
    code = _LENGTH_CODES[length] if length <= _LENGTH_CUTS[-1] else len(_LENGTH_CUTS)
    return code, _end(line), _start(line[0])


def _end(line: str) -> int:
    code = _END.get(line[-1], 0)
    if code == 1 and line.endswith("..."):
        return _END["…"]
    if code in (_QUOTE, _BRACKET) and line[-2:-1] in _FULL_STOPS:
        return _ENDED_INSIDE
    if code:
        return code
    last = line[-1]
    return 0 if last.islower() else _UPPER_END if last.isupper() else _OTHER_END


def _start(char: str) -> int:
    code = _START.get(char)
    if code is not None:
        return code
    if char.isupper():
        return 0
    if char.islower():
        return _LOWER_START
    return _ALPHA_START if char.isalpha() else _OTHER_START


def _own(line: str) -> tuple[int, ...]:
    """Case, length of words, and the marks within the line."""
    parts = line.split()
    count = len(parts)
    titled = 100 * sum(map(str.istitle, parts)) // count
    letters = min(120, 10 * (len(line) - count + 1) // count)
    return (
        (0 if count == 1 else _TITLE_CASE_CODES[titled]) + 8 * line.isupper(),
        _WORD_LENGTH_CODES[letters],
        min(3, sum(map(str.isdigit, parts))),
        ("|" in line) + 2 * ("://" in line or "www." in line) + 4 * ("@" in line),
        min(3, line.count(". ") + line.count("? ") + line.count("。")),
        min(2, line.count(",")) + 3 * (": " in line),
        ("©" in line)
        + 2 * ("..." in line or "…" in line)
        + 4 * (" - " in line or " – " in line),
        min(2, line.count('"') + line.count("“") + line.count("„")) + 3 * ("(" in line),
    )


def _places(
    lines: Sequence[str], chosen: Sequence[int], short: bytearray
) -> list[tuple[int, ...]]:
    """Where each chosen line stands: in characters, in lines, and from prose."""
    last = len(lines) - 1
    ends = list(accumulate(map(len, lines)))
    total = ends[-1]
    size = _place(last)
    share = _SHARE_CODES[100 * short.count(0) // len(short)]
    return [
        (
            _SHARE_CODES[100 * (ends[i] - len(lines[i])) // total],
            _SHARE_CODES[100 * (total - ends[i]) // total],
            _place(i),
            _place(last - i),
            size,
            # Lines since the last line of prose, and until the next.
            min(
                _FAR_LINES,
                i - place if (place := short.rfind(0, 0, i + 1)) >= 0 else _FAR_LINES,
            ),
            min(
                _FAR_LINES,
                place - i if (place := short.find(0, i)) >= 0 else _FAR_LINES,
            ),
            share,
        )
        for i in chosen
    ]


def _place(number: int) -> int:
    return _PLACE_CODES[number] if number <= _PLACE_CUTS[-1] else len(_PLACE_CUTS)


def _alike(lines: Sequence[str], i: int) -> tuple[int, int]:
    """Whether the neighbours begin with the same symbol or word, as a list's items."""
    line = lines[i]
    opening, first = line[:_PREFIX_CHARS], line[0]
    before = lines[i - 1] if i else ""
    after = lines[i + 1] if i + 1 < len(lines) else ""
    symbol = 4
    if first in _SYMBOLS:
        symbol = before.startswith(first) + 2 * after.startswith(first)
    return symbol, before.startswith(opening) + 2 * after.startswith(opening)


def _title_code(
    line: str, text: list[str], title: str | None, title_words: frozenset[str] | None
) -> int:
    """How much of the line the title shares."""
    if title_words is None:
        return _NO_TITLE
    if line == title:
        return _IS_TITLE
    if not text:
        return 0
    return _OVERLAP_CODES[100 * len(title_words.intersection(text)) // len(text)]
