"""Document: a text cut into lines once, with the views that detectors share."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import accumulate
from types import MappingProxyType
from typing import Final, NamedTuple

from cleaner.edits import BLANK, Finding


class Slot(NamedTuple):
    """A kind of phrase in one language, such as ("en", "read_more")."""

    language: str
    name: str


# What ends a sentence or announces what follows, by any script, and what may close
# after it. A line that ends in none of them is open: a heading, a label, a fragment.
END_MARKS: Final = frozenset(".!?…。！？｡．।॥؟۔։;；:：,，、،")
CLOSING_MARKS: Final = "\"'”’»›“‘)]}）】」』》〉*_"

PROSE_WIDTH: Final = 80  # a line as wide as this that ends a sentence is story
WIDE_FROM: Final = "\u2e80"  # from here on: Chinese, Japanese, Korean
NARROW_PER_WIDE: Final = 3  # letters that say what one such character says
_EXACT_WIDTHS: Final = 200

SHORT_LINE_CHARS: Final = 48  # the longest button or prompt, with its marks
_MARKS: Final = "[](){}<>«»‹›【】（）:：.!！…*•·|/\\-–—→➜►▶▸▼↓+#\"“”'’© \t\u00a0"

NO_CANDIDATES: Final[Mapping[Slot, Sequence[int]]] = MappingProxyType({})


class Document:
    r"""A text, its hints, and its lines.

    `raw_lines` are all lines as they stand between line feeds; `lines` those that are
    not blank, without the blank space around them: detectors speak of them by index.
    `candidates` tells in which lines a phrase of a slot may stand: what the gate found.

    >>> document = Document("One.\n\n  Read More: Two\n")
    >>> document.lines, document.span(1)
    (['One.', 'Read More: Two'], (8, 22))
    """

    def __init__(
        self,
        text: str,
        *,
        title: str | None = None,
        lang: str | None = None,
        url: str | None = None,
        candidates: Mapping[Slot, Sequence[int]] = NO_CANDIDATES,
    ) -> None:
        self.text = text
        self.title = title
        self.lang = lang
        self.url = url
        self.candidates = candidates
        self.raw_lines = text.split("\n")
        self._stripped = _stripped(text, self.raw_lines)
        self.lines = [line for line in self._stripped if line]

    @cached_property
    def numbers(self) -> list[int]:
        """For each of `lines`, its place in `raw_lines`."""
        return [number for number, line in enumerate(self._stripped) if line]

    @cached_property
    def open_lines(self) -> list[int]:
        """The lines that stop without an end mark: headings, labels, fragments."""
        return [
            index
            for index, line in enumerate(self.lines)
            if line[-1] not in END_MARKS and is_open(line)
        ]

    @cached_property
    def story(self) -> str:
        """The text before the tail, in lower case, to look words up in."""
        end = self.start(self.tail.start) if self.tail else len(self.text)
        return self.text[:end].lower()

    @cached_property
    def tail(self) -> range:
        """The lines after the last line of prose; none if there is no prose.

        Where a story stops and the page goes on, it stops before the tail.
        """
        start = len(self.lines)
        while start and not is_prose(self.lines[start - 1]):
            start -= 1
        return range(start, len(self.lines)) if start else range(0)

    @cached_property
    def short_lines(self) -> Mapping[str, Sequence[int]]:
        """The lines of a few words, bare of marks and case, and where they stand."""
        found: dict[str, list[int]] = {}
        for index, line in enumerate(self.lines):
            if len(line) <= SHORT_LINE_CHARS:
                found.setdefault(bare(line), []).append(index)
        return found

    @cached_property
    def _raw_starts(self) -> list[int]:
        return [0, *accumulate(len(raw) + 1 for raw in self.raw_lines)]

    def index_of(self, number: int) -> int | None:
        """The index in `lines` of a raw line; None if it is blank."""
        index = bisect_left(self.numbers, number)
        found = index < len(self.numbers) and self.numbers[index] == number
        return index if found else None

    def start(self, index: int) -> int:
        """The offset in the text at which a line's first visible character stands."""
        number = self.numbers[index]
        raw = self.raw_lines[number]
        return self._raw_starts[number] + len(raw) - len(raw.lstrip(BLANK))

    def span(self, index: int) -> tuple[int, int]:
        """A line's range in the text, without the blank space around it."""
        start = self.start(index)
        return start, start + len(self.lines[index])

    def cut(self, index: int, reason: str) -> Finding:
        """The finding that removes a line as a whole."""
        return Finding(*self.span(index), reason)

    def cut_part(self, index: int, start: int, end: int, reason: str) -> Finding:
        """The finding that removes `lines[index][start:end]`."""
        offset = self.start(index)
        return Finding(offset + start, offset + end, reason)


def bare(line: str) -> str:
    """A short line without its marks, case and odd spaces.

    >>> bare("» Read  More…")
    'read more'
    """
    return " ".join(line.strip(_MARKS).casefold().split())


def is_open(line: str) -> bool:
    """Whether a line, not empty, stops without an end mark.

    >>> is_open("Most popular"), is_open("He left (“for good”).")
    (True, False)
    """
    if line[-1] in CLOSING_MARKS:
        line = line.rstrip(CLOSING_MARKS)
    return not line or line[-1] not in END_MARKS


def width(line: str) -> int:
    """The length of a line, a Chinese character counted as three; exact up to 200."""
    if line.isascii() or len(line) >= _EXACT_WIDTHS:
        return len(line)
    wide = sum(char >= WIDE_FROM for char in line)
    return len(line) + (NARROW_PER_WIDE - 1) * wide


def is_prose(line: str) -> bool:
    """Whether a line is surely the story's: wide, and the end of a sentence."""
    if line[-1] in ":：" or is_open(line):
        return False
    return len(line) >= PROSE_WIDTH or width(line) >= PROSE_WIDTH


def _stripped(text: str, raw_lines: Sequence[str]) -> list[str]:
    if text.isascii():  # there `str.strip` takes all that is blank, and faster
        return [line.strip() for line in raw_lines]
    return [line.strip(BLANK) for line in raw_lines]
