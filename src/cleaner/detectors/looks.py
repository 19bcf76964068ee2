"""What a line looks like: a headline, a tag, an entry, half a sentence; and its stems.

Every figure here was set on labelled articles of some forty corpora.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import chain
from operator import add
from typing import Final

from cleaner.document import (
    CALL_MARKS,
    COLONS,
    LONE,
    NARROW_PER_WIDE,
    WIDE_FROM,
    Document,
    is_item,
    is_open,
    is_prose,
    runs_on,
    width,
)
from cleaner.edits import Finding
from cleaner.memo import known, late_pattern, once
from cleaner.patterns.slots import phrase_set

_EMOJI_FROM: Final = "\U0001f000"
TYPICAL_HEADLINE_WIDTH: Final = 38  # the middle one of a list; verses are shorter
LABEL_WIDTH: Final = 45  # headings, tags, kickers, dates stay below it
_HEADLINE_WIDTHS: Final = range(24, 181)
_MIN_HEADLINE_WORDS: Final = 4
_MAX_TAG_WORDS: Final = 6
_QUESTION_MARKS: Final = frozenset(f"{CALL_MARKS}…")
_OPENS_ITEM: Final = frozenset("-–—•*+·▪►▶»>✓◦●○■□§#|/([（【@")
_QUOTES: Final = frozenset("\"“”„«»'‘")
_AROUND_WORDS: Final = ".,;:!?()[]\"'“”‘’«»„…।，。：；、！？"
MAX_NAME_CHARS: Final = 32  # of two to four words
_NAME_WORDS: Final = range(2, 5)
_WORD: Final = late_pattern(r"(?<![\w.@/-])\w+(?![\w@/-]|\.\w)")
_LONG_WORD_CHARS: Final = 4
_STEM_CHARS: Final = 6
_MIN_TITLE_WORDS: Final = 4  # long ones
_CAPITALIZED: Final = 0.85
_KEY_LENGTH: Final = 15  # of the name in an entry like "Birthplace: Boston"
_MIN_BARS: Final = 2  # of a row of a table
_MIN_TURNS: Final = 3  # of a speaker
_SPEAKER: Final = late_pattern(r"[^:：]{1,40}(?:: |：)")
_FACT: Final = late_pattern(r"([^:：]{2,24}?)(?: ?: |：).{1,80}[^.。]")
_MIN_FACTS: Final = 4
_BESIDE_FACTS: Final = 8
_MAX_VALUE_SPACES: Final = 3  # of most; headlines behind a kicker have more
_LINES_BELOW_HEADING: Final = 3
_MAX_ANNOUNCED: Final = 20
_REFERENCE: Final = late_pattern(
    r"\([^()]*, (?:(?:1[89]|20)\d\d|[£€$]\d[\d.,]*)\)"
    r"|,[^,]{1,200}(?<!\d), (?:1[89]|20)\d\d\.?\Z"
    r"|\w\((?:\d\w?)?\)"
)
_FIGURE_OF: Final = late_pattern(r"[^:：]{2,40}(?:: |：)[£$€+(]{0,2}\d")
_SCORE: Final = late_pattern(r"\b\d{1,3} ?[-–:] ?\d{1,3}\b")
# A line of a program or of markup that an article shows.
_CODE_ENDS: Final = ("{", "}", "},", "],", ";", "()", "=>", ":=", " \\")
# A bracket or the end of a comment by itself, a tag, a comment, a command, JSON's name;
# what opens a line of Python, a value given to a name, a call; a remark in a script.
_CODE: Final = late_pattern(
    r"[\[\]()]+,?\Z|\*/|</?[A-Za-z]|//|/\*|\$ |--\w|#(?:!|\Z| {3})"
    r"|\"[\w.$:/-]{1,60}\"[ ]?:"
    r"|(?:async )?(?:class|def|elif|except|for|if|while|with) [^!?]{1,80}:\Z"
    r"|(?:else|finally|try):\Z|@\w[\w.]*\(|>>> |return [\w.]{1,40}\Z|pass\Z"
    r"|from [\w.]{1,40} import \w|import [a-z][\w.]{1,40}\Z"
    r"|[a-z_][\w.]*(?:, [a-z_][\w.]*){0,2} [-+*/|]?= \S"
    r"|(?:(?:await|return) )?[a-z_][\w.]*\([^()]*(?:\([^()]*\)[^()]*){0,4}\)\Z"
)
_BESIDE_CODE: Final = 3
# A cell of a table: "150", "$14.55", "3 %".
_FIGURE: Final = late_pattern(r"[^\w\s]{0,3}\d[\d.,:/–-]{0,20} ?[^\w\s]{0,2}\Z")
_MAX_CELL_CHARS: Final = 40
_BESIDE_CELL: Final = 8
_MIN_CELLS: Final = 9
_CELLS_A_FIGURE: Final = 4
_CITED: Final = ("doi.org/", "arxiv.org/", "hdl.handle.net/")
_LONG_NUMBER: Final = re.compile(r"\d{7}")  # a telephone's
# One by itself, perhaps with its unit: "7.45pm", not "AP1000" nor "B-52".
_NUMBER: Final = late_pattern(r"(?<![\w.,:/-])\d[\d.,:]*[a-z]{0,2}(?![\w/-])")
_MANY_NUMBERS: Final = 3  # as a row of a table has
_NO_TAG: Final = frozenset("0123456789:：@/|=•·–—(（[")
_LEADS_UP: Final = COLONS + ",，"


def leads_up(line: str) -> bool:
    """Whether a line leads up to the next one: by a colon or a comma."""
    return line[-1] in _LEADS_UP


def is_cut_off(line: str) -> bool:
    """Whether a line stops within a sentence, as before a link on the next line.

    >>> is_cut_off("It was published in the journal"), is_cut_off("Out of print")
    (True, False)
    """
    return line[line.rfind(" ") + 1 :] in phrase_set("dangling_word")


def is_turn(document: Document, line: str) -> bool:
    r"""Whether several lines open with what stands before a line's colon.

    >>> said = Document("Q: Why?\nA: No time.\nQ: And now?\nA: Soon.\nQ: When?")
    >>> is_turn(said, "Q: And now?"), is_turn(said, "Ferry: a timetable")
    (True, False)
    """
    speaker = _SPEAKER().match(line)
    return speaker is not None and _speakers(document)[speaker[0]] >= _MIN_TURNS


@once
def _speakers(document: Document) -> Counter[str]:
    found = map(_SPEAKER().match, document.lines)
    return Counter(speaker[0] for speaker in found if speaker)


@known
def is_headline_like(line: str) -> bool:
    """Whether a line could be the headline of a story, by its shape alone."""
    if not (is_open(line) or line[-1] in _QUESTION_MARKS):
        return False
    if line[0] in _OPENS_ITEM or runs_on(line) or "@" in line or "http" in line:
        return False
    if "\t" in line:  # between cells of a table
        return False
    if width(line) not in _HEADLINE_WIDTHS:
        return False
    spaced = line.count(" ") >= _MIN_HEADLINE_WORDS - 1
    if line.isascii():
        return spaced
    last = max(line)
    return last < _EMOJI_FROM and (spaced or last >= WIDE_FROM)


@known
def is_label(line: str) -> bool:
    """Whether a line is as short as a heading, a tag, a kicker or a date."""
    return (
        len(line) <= LABEL_WIDTH
        and is_open(line)
        and not runs_on(line)
        and width(line) <= LABEL_WIDTH
    )


@known
def is_tag(line: str) -> bool:
    """Whether a line could be a tag or a section: a few words and nothing else."""
    return (
        is_label(line)
        and not is_item(line)
        and line.count(" ") < _MAX_TAG_WORDS
        and _NO_TAG.isdisjoint(line)
        and (max(line) < WIDE_FROM or width(line) < _HEADLINE_WIDTHS.start)
    )


def is_entry(line: str) -> bool:
    """Whether a line is an entry: a figure, a quotation, "Born: 1931", "Leeds 2-1".

    Or a row of a table: "Setting | Default | Meaning", "Lerwick 6, 5 miles, 991".
    """
    if line.count("|") >= _MIN_BARS or len(_NUMBER().findall(line)) >= _MANY_NUMBERS:
        return True
    if line[0].isdigit() or line[0] in _QUOTES or ":" in line[:_KEY_LENGTH]:
        return True
    if "：" in line[: _KEY_LENGTH // NARROW_PER_WIDE]:
        return True
    return (_SCORE().search(line) or _LONG_NUMBER.search(line)) is not None


def gives_figure(line: str) -> bool:
    """Whether a figure follows what it is of: results, helplines, prices.

    >>> gives_figure("Leeks, pair: 1 A Dodds, 2 G Hall, 3 R Milburn")
    True
    """
    return _FIGURE_OF().match(line) is not None


def is_reference(line: str) -> bool:
    """Whether a line names a book, with its publisher and year or its price.

    Or a function, or a page of a manual.

    >>> is_reference("Lauren Elkin, Flâneuse (Chatto, 2016)")
    True
    >>> is_reference("grep(1), comm(1), join(1)")
    True
    """
    return _REFERENCE().search(line) is not None


def stands_over_books(lines: Sequence[str], index: int) -> bool:
    """Whether one of the next lines is a reference, not a sentence that has one."""
    below = lines[index + 1 : index + 1 + _LINES_BELOW_HEADING]
    return any(is_reference(line) and not is_prose(line) for line in below)


def is_amid_facts(lines: Sequence[str], index: int) -> bool:
    """Whether a line is one of several facts: "Director: Ana Ruiz", "Music: Bo Falk".

    >>> facts = ["Director: Ana Ruiz", "Photography: Bo Falk", "Music: Rob", "Cut: Li"]
    >>> is_amid_facts(facts, 1), is_amid_facts(facts[:3], 1)
    (True, False)
    """
    start, stop = index, index + 1
    first, last = max(index - _BESIDE_FACTS, 0), index + _BESIDE_FACTS
    while start > first and _FACT().fullmatch(lines[start - 1]):
        start -= 1
    while stop < min(last, len(lines)) and _FACT().fullmatch(lines[stop]):
        stop += 1
    facts = map(_FACT().fullmatch, lines[start:stop])
    return len({fact[1] for fact in facts if fact}) >= _MIN_FACTS


def is_amid_code(lines: Sequence[str], index: int) -> bool:
    """Whether a line is one of a program or stands between two of them.

    >>> is_amid_code(["form = {", "  name: 'Ana',", "  email: 'a@b.org',", "};"], 2)
    True
    >>> is_amid_code(["async def main():", "3", "await gather(count(), count())"], 1)
    True
    """
    above = lines[max(index - _BESIDE_CODE, 0) : index]
    below = lines[index + 1 : index + 1 + _BESIDE_CODE]
    if _is_code(lines[index]):
        return any(map(_is_code, chain(above, below)))
    return any(map(_is_code, above)) and any(map(_is_code, below))


def _is_code(line: str) -> bool:
    return line.endswith(_CODE_ENDS) or _CODE().match(line) is not None


def is_of_columns(lines: Sequence[str], index: int) -> bool:
    """Whether a line is of a long run of short ones, a quarter of them figures.

    So comes a table whose cells have a line each: "A", "B", "1", "Andy", "3", "150".
    Of the lines that the line model would take there of 793 articles, as six extractors
    give them, those of five are content, of eight noise, the most of it ratings; of
    8,266 labelled articles none has such a run.
    """
    first, last = index, index + 1
    while first > 0 and index - first < _BESIDE_CELL and _is_cell(lines[first - 1]):
        first -= 1
    while last < len(lines) and last - index <= _BESIDE_CELL and _is_cell(lines[last]):
        last += 1
    cells = last - first
    return cells >= _MIN_CELLS and (
        _CELLS_A_FIGURE * sum(map(is_figure, lines[first:last])) >= cells
    )


def _is_cell(line: str) -> bool:
    return len(line) <= _MAX_CELL_CHARS


def is_figure(line: str) -> bool:
    """Whether a line is a number, perhaps with its unit's mark."""
    return _FIGURE().match(line) is not None


def heads_prose(lines: Sequence[str], index: int) -> bool:
    """Whether a line is a heading in Markdown, and a sentence stands under it."""
    below = lines[index + 1 : index + 2]
    return lines[index][0] == "#" and bool(below) and not is_open(below[0])


def is_announced(lines: Sequence[str], index: int) -> bool:
    """Whether a line, or the list that it is an item of, stands below a colon."""
    return announcing(lines, index) != ""


def announcing(lines: Sequence[str], index: int) -> str:
    """The line with a colon above a line, or above the list that it is an item of."""
    above = index - 1
    if is_item(lines[index]):
        first = max(index - _MAX_ANNOUNCED, 0)
        while above >= first and is_item(lines[above]):
            above -= 1
    return lines[above] if above >= 0 and lines[above][-1] in COLONS else ""


def lone_lines(document: Document) -> Iterator[int]:
    """Where an open line stands between two of prose, as sub-headings do."""
    at = document.shapes.find(LONE)
    while at >= 0:
        yield at + 1
        at = document.shapes.find(LONE, at + 1)


def is_over_prose(lines: Sequence[str], index: int) -> bool:
    """Whether the next line is prose."""
    return any(map(is_prose, lines[index + 1 : index + 2]))


def heads_facts(lines: Sequence[str], index: int) -> bool:
    """Whether a list of facts stands below a line: "Recommended:" over "- OS: Unix"."""
    below = lines[index + 1 : index + 1 + _MIN_FACTS]
    if not (below and is_item(below[0]) and is_amid_facts(lines, index + 1)):
        return False
    if " " not in lines[index]:  # no "Read more:"
        return True
    spaces = sorted(line.partition(": ")[2].count(" ") for line in below)
    return spaces[len(spaces) // 2] <= _MAX_VALUE_SPACES


def without_facts(document: Document, found: Iterable[Finding]) -> Iterator[Finding]:
    """The findings but for those in lines that are one of several facts."""
    for finding in found:
        index = document.line_at(finding.start)
        if not is_amid_facts(document.lines, index):
            yield finding


@known
def is_title_case(line: str) -> bool:
    """Whether a line's longer words are capitalized, as English headlines' are."""
    words = [word for word in line.split() if len(word) >= _LONG_WORD_CHARS]
    capitals = sum(word[0].isupper() or not word[0].isalpha() for word in words)
    return len(words) >= _MIN_TITLE_WORDS and capitals >= _CAPITALIZED * len(words)


@known
def vocabulary(line: str) -> frozenset[str]:
    """The stems of a line's longer words; pairs of characters where none are spaced.

    >>> sorted(vocabulary("The mountaineers of 高山"))
    ['mounta', '高山']
    """
    stems: set[str] = set()
    for token in line.lower().split():
        word = token.strip(_AROUND_WORDS)
        if word and word[0] >= WIDE_FROM:
            stems.update(map(add, word, word[1:]))
        elif len(word) >= _LONG_WORD_CHARS:
            stems.add(word[:_STEM_CHARS])
    return frozenset(stems)


def share_in(story: str, words: Collection[str]) -> float:
    """The share of a line's words, of which there are some, that a story has."""
    return sum(word in story for word in words) / len(words)


@once
def plain_words(document: Document) -> frozenset[str]:
    """The words of the text as they stand, but for parts of names and addresses."""
    return frozenset(_WORD().findall(document.text))


@known
def is_full_name(line: str) -> bool:
    """Whether a line is two to four capitalized words and nothing else."""
    if len(line) > MAX_NAME_CHARS:
        return False
    words = line.split()
    return (
        len(words) in _NAME_WORDS
        and all(
            w[0].isupper() and w.strip(".").replace("-", "").isalpha() for w in words
        )
        and line != line.upper()
    )


def is_citation(line: str) -> bool:
    """Whether the address of a paper stands in a line."""
    return any(place in line for place in _CITED)


_SIGNED_CAPTION: Final = late_pattern(r"[.!?] [A-Z]{2}[A-Z .'-]*/[A-Z][A-Z .'-]+$")


def is_signed_caption(line: str) -> bool:
    """Whether a line ends in a credit in capitals.

    >>> is_signed_caption("Dan, testing the 2025 Vanquish. ANDY MORGAN/ASTON MARTIN")
    True
    """
    return line[-1:].isupper() and _SIGNED_CAPTION().search(line) is not None
