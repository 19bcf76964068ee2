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
        candidates: Mapping[Slot, Sequence[int]] = NO_CANDIDATES,
    ) -> None:
        self.text = text
        self.title = title
        self.lang = lang
        self.candidates = candidates
        self.raw_lines = text.split("\n")
        self._stripped = _stripped(text, self.raw_lines)
        self.lines = [line for line in self._stripped if line]

    @cached_property
    def numbers(self) -> list[int]:
        """For each of `lines`, its place in `raw_lines`."""
        return [number for number, line in enumerate(self._stripped) if line]

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


def _stripped(text: str, raw_lines: Sequence[str]) -> list[str]:
    if text.isascii():  # there `str.strip` takes all that is blank, and faster
        return [line.strip() for line in raw_lines]
    return [line.strip(BLANK) for line in raw_lines]
