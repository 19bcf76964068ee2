"""Document: a text cut into lines once, with the views that detectors share."""

from bisect import bisect
from collections.abc import Callable, Mapping, Sequence
from functools import reduce
from itertools import compress
from operator import or_
from typing import Any, Final, NamedTuple

from cleaner.compiled import Cut, scan
from cleaner.edits import Finding
from cleaner.memo import late_pattern, lazy
from cleaner.spacing import BLANK, ODD_SPACES
from cleaner.wording import MARKS, bare


class Slot(NamedTuple):
    """A kind of phrase in one language, such as ("en", "read_more")."""

    language: str
    name: str


Candidates = Mapping[Slot, Sequence[int]]  # the lines that may hold its phrases

# What ends a sentence or announces what follows, by any script, and what may close
# after it. A line that ends in none of them is open: a heading, a label, a fragment.
END_MARKS: Final = frozenset(".!?…。！？｡．।॥؟۔։;；:：,，、،")
COLONS: Final = ":："  # what announces
QUESTION_MARKS: Final = "?？؟"
CALL_MARKS: Final = f"!！{QUESTION_MARKS}"  # what a headline may end in, too
GOES_ON: Final = ",.;:)，。；、）"  # marks that go on with the line above
CLOSING_MARKS: Final = (
    "\"'”’»›“‘)]}）】」』》〉*_"
    "¹²³⁰⁴⁵⁶⁷⁸⁹"  # of a footnote
)

# What goes on with a sentence behind a link: "” and the", "(Greens, 52) or".
_AFTER_LINK: Final = '("”“’‘»'
_GOES_ON_AFTER: Final = late_pattern(
    r"(?:[\"”“’‘»]|\([^()\d][^()]{1,40}\),?) [a-zß-öø-ÿа-џ]"
)

PROSE_WIDTH: Final = 80  # a line as wide as this that ends a sentence is story
WIDE_FROM: Final = "\u2e80"  # from here on: Chinese, Japanese, Korean
NARROW_PER_WIDE: Final = 3  # letters that say what one such character says
_EXACT_WIDTHS: Final = 200
_FENCE_MARKS: Final = ("```", "~~~")
_FENCE: Final = late_pattern(r"(`{3,}|~{3,})[^`~]*")
# Front matter, as of Jekyll: "tags: a, b", a line that goes on, an item.
_FRONT: Final = "---"
_FIELD: Final = late_pattern(r"[\w-]{1,40}:(?:\s|$)|[ \t]|- |#")
_MAX_FRONT_LINES: Final = 60
_BEFORE: Final = late_pattern(r"(?:[-*+•·▪●>]|\d{1,3}[.)]|#{1,6})\s{1,3}")
_ITEM: Final = late_pattern(r"(?:[-*+•·▪●]|->|\d{1,3}[.)])\s")


SHORT_LINE_CHARS: Final = 48  # the longest button or prompt, with its marks

MIN_PROSE_LINES: Final = 3  # fewer are no story that a tail could follow
_MAX_STORY_CHARS: Final = 100_000  # in which words are looked up: a bound to the work

# The shape of a line: how it ends, and whether it is surely the story's.
OPEN, CLOSED, PROSE = b"ocp"
_IS_OPEN: Final = bytes(shape == OPEN for shape in range(256))
_IS_PROSE: Final = bytes(shape == PROSE for shape in range(256))

# What the document has a line of, a bit each: a quick look for who asks for such lines.
DOUBLED: Final = 1  # that says all it says twice
FIGURE_END: Final = 2  # that is open and ends in a figure, or in what parts figures
NAME_LIKE: Final = 4  # that is open and one word, or has a full stop close to its end
FENCE: Final = 8  # that begins as a fence of code does
# What it has by the shapes and lengths of all its lines.
SHORT_LINE: Final = 16  # an open line, and one that is among `Document.short_lines`
SHORT_START: Final = 32  # a first line that is open, and a short one among the first
MANY_OPEN: Final = 64  # three open lines
LONE_OPEN: Final = 128  # an open line between two of prose
TAIL: Final = 256  # see `Document.tail`
CLOSING: Final = 512  # see `Document.closing`
FIRST_LINES: Final = 4  # where the name of a section may stand by itself
_MANY_OPEN_LINES: Final = 3
LONE: Final = bytes([PROSE, OPEN, PROSE])
_PARTS_FIGURES: Final = "/|"
_SUFFIX_CHARS: Final = 5  # ".jpeg"


class Document:
    r"""A text, its hints, and its lines.

    `text` is what was `written`, its odd spaces plain, so that no rule need know them.
    `lines` are those that are not blank, without the blank space around them: detectors
    speak of them by index. `starts` tells where in the text each begins, `shapes` (a
    byte each) whether it is OPEN, CLOSED or PROSE. `signs` are flags: what at least one
    of the lines is like, and what their shapes make of the text.
    `candidates`, once a gate has looked, tells in which lines a phrase of a slot may
    stand.

    >>> document = Document("One.\n\n  Read More: Two\n")
    >>> document.lines, document.span(1)
    (['One.', 'Read More: Two'], (8, 22))
    """

    def __init__(
        self,
        text: str,
        *,
        title: str | None = None,
        url: str | None = None,
    ) -> None:
        self.written = text
        self.text = _plainly_spaced(text)
        self.title = title
        self.url = url
        self.candidates: Candidates = {}
        self.gate: Callable[[Document], Candidates] | None = None  # that told them
        self.lines, self.starts, self.shapes, self.signs = cut(self.text)
        self.memo: dict[Callable[..., object], Any] = {}  # see `once`

    @lazy
    def open_lines(self) -> list[int]:
        """The lines that stop without an end mark: headings, labels, fragments."""
        return list(compress(range(len(self.lines)), self.shapes.translate(_IS_OPEN)))

    @lazy
    def story(self) -> str:
        """The text before the tail, in lower case, to look words up in."""
        end = self.starts[self.tail.start] if self.tail else len(self.text)
        return self.text[: min(end, _MAX_STORY_CHARS)].lower()

    @lazy
    def tail(self) -> range:
        """The lines after the last line of prose; none if there is no prose.

        Where a story stops and the page goes on, it stops before the tail.
        """
        start = self.shapes.rfind(PROSE) + 1
        return range(start, len(self.lines)) if start else range(0)

    @lazy
    def closing(self) -> range:
        """The tail, if a story in paragraphs with end marks goes before it; else none.

        Hard-wrapped lines, verses, tables and texts without end marks are no story.
        """
        return self.tail if self.signs & CLOSING else range(0)

    @lazy
    def fences(self) -> list[tuple[int, int]]:
        """The ranges of front matter and of code between Markdown's fences.

        What is not closed is none.
        """
        fences = _fences(self) if self.signs & FENCE else []
        return [*_front_matter(self), *fences]

    @lazy
    def short_lines(self) -> Mapping[str, Sequence[int]]:
        """The lines of a few words, bare of marks and case, and where they stand."""
        if scan is None:
            return plain_short_lines(self.lines)
        return scan.short_lines(self.lines, SHORT_LINE_CHARS, KINDS, bare)

    def candidates_of(self, slot: str) -> list[int]:
        """The lines in which a phrase of this slot may stand, in whichever language."""
        found = (rows for (_, name), rows in self.candidates.items() if name == slot)
        return sorted(set[int]().union(*found))

    def raw_line(self, index: int) -> str:
        """A line as it was written, with the blank space around it."""
        before = self.text.rfind("\n", 0, self.starts[index]) + 1
        after = self.text.find("\n", self.starts[index])
        return self.written[before : after if after >= 0 else len(self.text)]

    def span(self, index: int) -> tuple[int, int]:
        """A line's range in the text, without the blank space around it."""
        start = self.starts[index]
        return start, start + len(self.lines[index])

    def touches_next(self, index: int) -> bool:
        """Whether no blank line stands between a line, not the last, and the next."""
        between = self.text[self.span(index)[1] : self.starts[index + 1]]
        return between.count("\n") == 1

    def line_at(self, offset: int) -> int:
        """The line in which a character stands, or the last before it."""
        return bisect(self.starts, offset) - 1

    def cut(self, index: int, reason: str) -> Finding:
        """The finding that removes a line as a whole."""
        return Finding(*self.span(index), reason)

    def cut_part(self, index: int, start: int, end: int, reason: str) -> Finding:
        """The finding that removes `lines[index][start:end]`, and a mark before it."""
        line, offset = self.lines[index], self.starts[index]
        if start and end == len(line) and _BEFORE().fullmatch(line, 0, start):
            start = 0
        return Finding(offset + start, offset + end, reason)


def _plainly_spaced(text: str) -> str:
    """The text with plain spaces for those that break no line, or are thin."""
    if text.isascii():
        return text
    for space in ODD_SPACES:
        if space in text:
            text = text.replace(space, " ")
    return text


def _fences(document: Document) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    opened, mark = 0, ""
    for index, line in enumerate(document.lines):
        if mark and line.startswith(mark) and not line.strip(mark[0]):
            found.append((opened, document.span(index)[1]))
            mark = ""
        elif not mark and (fence := _FENCE().fullmatch(line)):
            opened, mark = document.starts[index], fence[1]
    return found


def _front_matter(document: Document) -> list[tuple[int, int]]:
    """The range of what stands above a text in Markdown between lines of dashes."""
    lines = document.lines
    if not document.text.startswith(_FRONT) or lines[0] != _FRONT:
        return []
    for end in range(1, min(len(lines), _MAX_FRONT_LINES)):
        if lines[end] == _FRONT:
            return [(0, document.span(end)[1])]
        if not _FIELD().match(document.raw_line(end)):
            return []
    return []


def plain_short_lines(lines: Sequence[str]) -> dict[str, list[int]]:
    """What the compiled `short_lines` gives, the plain way."""
    found: dict[str, list[int]] = {}
    for index, line in enumerate(lines):
        if len(line) <= SHORT_LINE_CHARS:
            found.setdefault(bare(line), []).append(index)
    return found


def runs_on(line: str) -> bool:
    """Whether a line goes on with the sentence of the one above.

    >>> runs_on("of the Gazette"), runs_on(", he said"), runs_on("The Gazette")
    (True, True, False)
    >>> runs_on("” and the import of cars"), runs_on("(Greens, 52) or")
    (True, True)
    """
    first = line[0]
    if first.islower() or first in GOES_ON:
        return True
    return first in _AFTER_LINK and _GOES_ON_AFTER().match(line) is not None


def is_open(line: str) -> bool:
    """Whether a line, not empty, stops without an end mark.

    >>> is_open("Most popular"), is_open("He left (“for good”).")
    (True, False)
    """
    if line[-1] in CLOSING_MARKS:
        quotes = "«" in line  # French ones close after a space
        line = line.rstrip(CLOSING_MARKS)
        if quotes and line[-1:] in BLANK:
            line = line.rstrip(CLOSING_MARKS + BLANK)
    return not line or line[-1] not in END_MARKS


def is_item(line: str) -> bool:
    """Whether a line is an item of a list, as converters mark it.

    >>> is_item("- Author information"), is_item("2) Cool down"), is_item("-5 °C")
    (True, True, False)
    """
    return _ITEM().match(line) is not None


def width(line: str) -> int:
    """The length of a line, a Chinese character counted as three; exact up to 200."""
    if line.isascii() or len(line) >= _EXACT_WIDTHS:
        return len(line)
    wide = sum(char >= WIDE_FROM for char in line)
    return len(line) + (NARROW_PER_WIDE - 1) * wide


def is_prose(line: str) -> bool:
    """Whether a line is surely the story's: wide, and the end of a sentence."""
    if line[-1] in COLONS or is_open(line):
        return False
    return width(line) >= PROSE_WIDTH


def _shape(line: str) -> int:
    if is_open(line):
        return OPEN
    return PROSE if is_prose(line) else CLOSED


def _signs(line: str) -> int:
    half = len(line) // 2
    signs = DOUBLED if half and line[:half] == line[-half:] and len(line) % 2 else 0
    if line.startswith(_FENCE_MARKS):
        signs |= FENCE
    if not is_open(line):
        return signs
    if line[-1].isdigit() or line[-1] in _PARTS_FIGURES:
        signs |= FIGURE_END
    if " " not in line or "." in line[-_SUFFIX_CHARS:]:
        signs |= NAME_LIKE
    return signs


def _outline(lines: Sequence[str], shapes: bytes) -> int:
    """The signs that a document has by the shapes and lengths of all its lines."""
    signs = 0
    short = [index for index, line in enumerate(lines) if len(line) <= SHORT_LINE_CHARS]
    if short and OPEN in shapes:
        signs |= SHORT_LINE
    if short and short[0] < FIRST_LINES and shapes[0] == OPEN:
        signs |= SHORT_START
    if shapes.count(OPEN) >= _MANY_OPEN_LINES:
        signs |= MANY_OPEN
    if LONE in shapes:
        signs |= LONE_OPEN
    end = shapes.rfind(PROSE) + 1
    if not 0 < end < len(lines):
        return signs
    return signs | TAIL | (CLOSING if _is_story(lines[:end], shapes[:end]) else 0)


def _is_story(lines: Sequence[str], shapes: bytes) -> bool:
    """Whether enough lines are prose, and what is open is no more than half as long."""
    sizes = list(map(len, lines))
    chars_open = sum(compress(sizes, shapes.translate(_IS_OPEN)))
    prose = sum(compress(sizes, shapes.translate(_IS_PROSE)))
    return shapes.count(PROSE) >= MIN_PROSE_LINES and 2 * chars_open <= prose


def cut(text: str) -> Cut:
    """The lines of a text that are not blank, starts and shapes, and the signs."""
    if scan is None:
        return plain_cut(text)
    return scan.cut(text, KINDS)


def plain_cut(text: str) -> Cut:
    """What the compiled `cut` gives, the plain way."""
    lines, starts = [], []
    start = 0
    for raw in text.split("\n"):
        if line := raw.strip(BLANK):
            lines.append(line)
            starts.append(start + len(raw) - len(raw.lstrip(BLANK)))
        start += len(raw) + 1
    shapes = bytes(map(_shape, lines))
    signs = reduce(or_, map(_signs, lines), _outline(lines, shapes))
    return lines, starts, shapes, signs


# What the compiled pass knows of characters: a byte of flags for each up to U+FFFF.
_FLAGS: Final = (
    (1, BLANK),
    (2, "".join(END_MARKS)),
    (4, CLOSING_MARKS),
    (16, COLONS),
    (32, MARKS),
)
_WIDE_FLAG: Final = 8


def _kinds() -> bytes:
    kinds = bytearray(ord(WIDE_FROM)) + bytes([_WIDE_FLAG]) * (0x10000 - ord(WIDE_FROM))
    for flag, characters in _FLAGS:
        for character in characters:
            kinds[ord(character)] |= flag
    return bytes(kinds)


KINDS: Final = _kinds()
