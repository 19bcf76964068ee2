"""Lines, or sentences of a one-line document, that copy one another from the start.

Two of them are compared only if they open alike, so that a document without copies
costs one look at how its lines begin.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, pairwise
from types import MappingProxyType
from typing import Final, NamedTuple

from cleaner.detectors.duplicates.blocks import is_printed_twice, runs
from cleaner.detectors.duplicates.meant import is_meant, without_asked_anew
from cleaner.detectors.duplicates.measures import (
    ENDS,
    QUOTES,
    STOPS,
    continues_word,
    folded,
    is_paragraph,
    is_quotation,
    stem,
    word_count,
)
from cleaner.detectors.duplicates.openings import alike
from cleaner.detectors.stubs import names_own_list
from cleaner.document import COLONS, QUESTION_MARKS, Document, is_item, is_open
from cleaner.edits import Finding
from cleaner.memo import late_pattern, once
from cleaner.patterns.sentences import sentence_starts

# The kinds of copies; each is a row of the table of detectors.
HEADLINE: Final = "doubled_headline"
REPEAT: Final = "repeat"
TRUNCATED: Final = "truncated_copy"
OPENING: Final = "copied_opening"

_HEADLINE_WORDS: Final = 3
_EDGE_WORDS: Final = 6  # for the headline's copy near the top, or at the very end
_COPY_WORDS: Final = 8  # labelled repeats that are content have fewer
_COPY_CHARS: Final = 2 * _COPY_WORDS - 1  # a word has a letter, and a space after it
_PARAGRAPH_WORDS: Final = 20  # enough to be no coincidence, wherever it stands
_ABOVE_LEAD: Final = 3  # units among which only headline, kicker and date stand
_TOP: Final = 5  # units among which headline, standfirst and lead stand
_AROUND: Final = 3  # units in which a paragraph shows that this is prose
_MAX_COPIES: Final = 3
_MAX_HEADING_WORDS: Final = 12
_CAPTION_TWICE_UNITS: Final = 4  # a paragraph, the caption, its copy, a paragraph
_NEAR: Final = 8  # units between a paragraph and the quote pulled out of it

_SITE_NAME: Final = late_pattern(r"\s*[-–—_|(«·•:/]\s*\S.{0,40}")
_TABULAR: Final = late_pattern(r"[\t|]|\A(?:File \"|at [\w$./]+\()")  # or of a trace
_CODE_ENDS: Final = "{};"
_FACT: Final = late_pattern(r"\w[\w/&’' -]{2,30}: ")  # "Trip Details: A journey"
_TURN: Final = late_pattern(r"\w{1,2}: ")  # a turn in an interview: "Q: ..."

_ABBREVIATION: Final = late_pattern(r"\b[^\W\d_a-z][a-z]{0,2}\.\Z")  # "o Sr." ends none


class _Copy(NamedTuple):
    kind: str
    unit: int  # the index of the one to cut
    reason: str


def find_copies(kind: str) -> Callable[[Document], Iterable[Finding]]:
    """The detector of one kind of copy."""

    def find(document: Document) -> Iterable[Finding]:
        return _by_kind(document).get(kind, ())

    return find


def has_copies(document: Document) -> bool:
    """Whether there is a copy of any kind."""
    return bool(_by_kind(document))


_NONE: Final[Mapping[str, Sequence[Finding]]] = MappingProxyType({})


@once  # the rows ask one after the other about the same document
def _by_kind(document: Document) -> Mapping[str, Sequence[Finding]]:
    """Every copy in the document."""
    lines = document.lines
    if len(lines) == 1 and is_paragraph(lines[0]):
        found = _among_sentences(document)
    elif len(lines) > 1 and (units := _alike_lines(lines, document.title)):
        copies = units.copies()
        found = [(copy, document.cut(copy.unit, copy.reason)) for copy in copies]
    else:
        return _NONE
    by_kind = defaultdict(list)
    for copy, finding in found:
        by_kind[copy.kind].append(finding)
    return by_kind


def _alike_lines(lines: list[str], title: str | None) -> "_Units | None":
    """The lines of which some open alike and may be copies.

    One of few words is a copy only if it stands below itself, opens as the headline
    does, or is in a block with a paragraph: where none is repeated, it needs no look.
    """
    groups = alike(lines, are_all_asked=title is not None)
    units = _Units(lines, title, groups) if groups else None
    if units and units.repeats_paragraphs():
        units = _Units(lines, title, alike(lines))
    return units


def _among_sentences(document: Document) -> list[tuple[_Copy, Finding]]:
    """The copies in a document that is one single line."""
    line = document.lines[0]
    bounds = pairwise([*sentence_starts(line), len(line)])
    starts = [start for start, end in bounds if line[start:end].strip()]
    units = [line[start:end].strip() for start, end in pairwise([*starts, len(line)])]
    groups = alike(units) if len(units) > 1 else []
    if not groups:
        return []
    found = []
    for copy in _Units(units, document.title, groups, is_prose=True).copies():
        unit = units[copy.unit]
        if _ABBREVIATION().search(unit):
            continue
        start = line.index(unit, starts[copy.unit])
        cut = document.cut_part(0, start, start + len(unit), copy.reason)
        found.append((copy, cut))
    return found


class _Units:
    """Lines or sentences of which some open alike, and the copies among them."""

    def __init__(
        self,
        texts: Sequence[str],
        title: str | None,
        groups: Iterable[list[int]],
        *,
        is_prose: bool = False,
    ) -> None:
        self.texts = texts
        self.is_prose = is_prose
        indices = sorted(chain.from_iterable(groups))
        self.stems = {text: stem(text) for text in {texts[i] for i in indices}}
        keys = {text: folded(start) for text, start in self.stems.items()}
        self.keys = {index: keys[texts[index]] for index in indices}
        self.places: dict[str, list[int]] = {}
        for index, key in self.keys.items():
            self.places.setdefault(key, []).append(index)
        self.places.pop("", None)
        self.headlines = self._headlines(title)

    def _headlines(self, title: str | None) -> frozenset[int]:
        """The first unit unless it is a sentence, and the first that is the title."""
        opening = self.texts[0]
        first = [] if opening.endswith(STOPS) or _TURN().match(opening) else [0]
        titled = self.places.get(folded(stem(title)), []) if title else []
        return frozenset(first + titled[:1])

    def repeats_paragraphs(self) -> bool:
        """Whether a paragraph says what another of the units does."""
        again = (places for places in self.places.values() if len(places) > 1)
        texts = {self.texts[index] for index in chain.from_iterable(again)}
        return any(map(is_paragraph, texts))

    def copies(self) -> Iterator[_Copy]:
        """What should go."""
        seen = set()
        for copy in chain(self._extended(), self._repeated()):
            if copy.unit not in seen:
                seen.add(copy.unit)
                yield copy

    def _is_among_prose(self, index: int, around: int = _AROUND) -> bool:
        """Whether a paragraph stands at or near the unit."""
        near = self.texts[max(index - around, 0) : index + around + 1]
        return self.is_prose or any(map(is_paragraph, near))

    def _is_cut_short(self, index: int) -> bool:
        text = self.texts[index]
        return len(self.stems[text]) < len(text)

    # Units that another one carries on.

    def _extended(self) -> Iterator[_Copy]:
        # In sorted order a key stands right before the keys that it opens.
        for short, long in pairwise(sorted(self.places)):
            fuller = self.places[long][0]
            if long.startswith(short) and self._is_among_prose(fuller, _TOP):
                rest = long[len(short) :]
                is_twice = short in rest  # once: a copy may stand there a million times
                for index in self.places[short]:
                    if copy := self._judged(index, fuller, rest, is_twice=is_twice):
                        yield copy

    def _judged(
        self, index: int, fuller: int, rest: str, *, is_twice: bool
    ) -> _Copy | None:
        """What a unit is of which another one has `rest` more; None if no copy."""
        words = word_count(self.texts[index])
        if self._is_cut_short(index):
            is_copy = words >= self._least_stump_words(index, fuller)
            return _Copy(TRUNCATED, index, "cut short") if is_copy else None
        if fuller in self.headlines:
            is_headline = _SITE_NAME().fullmatch(rest) and self._is_headline_copy(index)
            return _Copy(HEADLINE, index, "headline") if is_headline else None
        # A paragraph that another unit prints twice in a row is not that unit's copy.
        if index in self.headlines or words < _COPY_WORDS or is_twice:
            return None
        is_whole = self.texts[index][-1] in ENDS
        if not is_whole and continues_word(self.keys[index], rest):
            return _Copy(TRUNCATED, index, "cut within a word")
        # In one line it is mostly the story's own, quoted, or heads the next sentence.
        apart = not self.is_prose and _stands_apart(index, fuller)
        is_kept = self._is_told(index) or self._heads_part(index, fuller, words)
        if apart and not is_kept and is_paragraph(self.texts[fuller]):
            return _Copy(OPENING, index, "opens a longer paragraph")
        return None

    def _heads_part(self, index: int, fuller: int, words: int) -> bool:
        """Whether a few open words may head the part in which they are said again."""
        is_short = words <= _MAX_HEADING_WORDS and is_open(self.texts[index])
        return is_short and index >= _ABOVE_LEAD and index + 1 < fuller

    def _is_told(self, index: int) -> bool:
        """Whether a line announces, is announced, commented on, or one fact of many."""
        text = self.texts[index]
        leads_up = text[-1] in COLONS or self._is_announced(index, COLONS)
        is_commented = index < _TOP and is_quotation(text)
        is_fact = _is_listed(text) or _FACT().match(text) is not None
        is_own = any(map(names_own_list, self.texts[max(index - 1, 0) : index]))
        return leads_up or is_commented or is_fact or is_own

    def _is_announced(self, index: int, marks: str) -> bool:
        """Whether the line above ends in one of these marks."""
        return index > 0 and not self.is_prose and self.texts[index - 1][-1] in marks

    def _least_stump_words(self, index: int, fuller: int) -> int:
        """A headline has few words; what is said in dialogue may be broken off."""
        if 0 in (index, fuller) and index < _TOP and fuller < _TOP:
            return _HEADLINE_WORDS + 1
        return _COPY_WORDS if is_paragraph(self.texts[fuller]) else _PARAGRAPH_WORDS

    # Units that say the same.

    def _repeated(self) -> Iterator[_Copy]:
        again = dict(without_asked_anew(self.texts, self.places.values()))
        for run in [run for run in runs(again) if is_meant(self.texts, run)]:
            for index in run:
                del again[index]
        blocks = self._in_blocks(again)
        lone = Counter(
            self.keys[index]
            for index in again.keys() - blocks
            if not self._is_adjacent(index)
        )
        for index, first in again.items():
            if first in self.headlines and self._is_headline_copy(index):
                yield _Copy(HEADLINE, self._worse(index, first), "headline")
            elif index in blocks:
                yield _Copy(REPEAT, index, "block")
            elif reason := self._repeat_reason(index, first, lone):
                yield _Copy(REPEAT, self._worse(index, first), reason)

    def _is_adjacent(self, index: int) -> bool:
        return self.keys[index] == self.keys.get(index - 1)

    def _is_headline_copy(self, index: int) -> bool:
        if index < _ABOVE_LEAD:
            least = _HEADLINE_WORDS
        elif not self.is_prose and (index < _TOP or self._closes(index)):
            least = _EDGE_WORDS
        else:
            least = _COPY_WORDS
        among_prose = self._is_among_prose(_TOP // 2, _TOP)
        return among_prose and word_count(self.texts[index]) >= least

    def _closes(self, index: int) -> bool:
        """Whether a unit ends the text and is no sentence, as a story may end in."""
        return index >= len(self.texts) - 2 and self.texts[index][-1] not in ENDS

    def _in_blocks(self, again: Mapping[int, int]) -> frozenset[int]:
        """The units of runs that repeat another run, one paragraph among them."""
        blocks: set[int] = set()
        for run in runs(again):
            is_copy = not self.is_prose or is_printed_twice(run, again)
            if len(run) > 1 and is_copy and any(map(self._is_told_once, run)):
                blocks.update(run)
        return frozenset(blocks)

    def _is_told_once(self, index: int) -> bool:
        """Whether a unit is a paragraph of prose that a text means to say once.

        Extractors print it twice or three times; what comes more often is a formula.
        """
        text = self.texts[index]
        is_formula = len(self.places[self.keys[index]]) > _MAX_COPIES
        return is_paragraph(text) and not (is_formula or _is_listed(text))

    def _repeat_reason(self, index: int, first: int, lone: Mapping[str, int]) -> str:
        """Why a unit that repeats an earlier one is a copy; "" if it may be natural.

        What comes more than twice on its own is a formula, a prayer, a clause.
        """
        text = self.texts[index]
        if self._is_caption_twice(index):
            return "adjacent"
        # What is said again somewhere in one line may be meant so.
        is_asked = self._is_adjacent(index) or not (self.is_prose and first)
        words = word_count(text) if is_asked and len(text) >= _COPY_CHARS else 0
        if words < _COPY_WORDS or _TABULAR().search(text):
            return ""
        if self._is_adjacent(index):
            # What comes again on purpose.
            is_chant = text[0] in QUOTES and not is_paragraph(text)
            return "adjacent" if self._is_among_prose(index) and not is_chant else ""
        if lone[self.keys[index]] > 1 or _is_listed(text):
            return ""
        # What was said before is quoted after a colon, and answers a second question.
        is_led_up_to = self._is_announced(index, COLONS + QUESTION_MARKS)
        is_long = words >= _PARAGRAPH_WORDS and is_paragraph(text)
        if is_long and not (self.is_prose or is_led_up_to):
            return "paragraph"
        is_summary = first == 0 and index < _TOP and text[-1] in ENDS
        return "summary" if is_summary and self._is_among_prose(index) else ""

    def _is_caption_twice(self, index: int) -> bool:
        """Whether a few open words stand twice in a row between two paragraphs."""
        if self.is_prose or not self._is_adjacent(index):
            return False
        around = self.texts[max(index - 2, 0) : index + 2]
        return (
            len(around) == _CAPTION_TWICE_UNITS
            and is_open(self.texts[index])
            and word_count(self.texts[index]) > 1
            and is_paragraph(around[0])
            and is_paragraph(around[-1])
        )

    def _worse(self, index: int, first: int) -> int:
        """Which of two goes: a stump, what is set off from the story, or the second."""
        one, other = self.texts[first], self.texts[index]
        if self._is_cut_short(first) and not self._is_cut_short(index):
            return first
        if first in self.headlines:
            return index
        is_standfirst = first < _TOP and is_open(one) and not is_open(other)
        is_pulled = index - first == 1 and is_quotation(one) and not is_quotation(other)
        if (is_standfirst or is_pulled) and self._is_between_paragraphs(index, first):
            return first
        is_summary = first < 2 and index - first > 1 and index < _TOP  # noqa: PLR2004
        return first if is_summary else index

    def _is_between_paragraphs(self, index: int, first: int) -> bool:
        """Whether they stand on both sides of a unit; its copy may stand above it.

        Elsewhere it is itself a pull quote, or another story's headline.
        """
        is_below = index - first == 1 or is_paragraph(self.texts[index - 1])
        return is_below and any(map(is_paragraph, self.texts[index + 1 : index + 2]))


def _is_listed(text: str) -> bool:
    """Whether a line is an item, a row or code: plans, tables, lessons say it again."""
    if is_item(text) or text[-1] in _CODE_ENDS:
        return True
    return _TABULAR().search(text) is not None


def _stands_apart(index: int, fuller: int) -> bool:
    """A standfirst before its paragraph, or a quote near it.

    Further off a text says as often itself again what it said.
    """
    is_near = abs(fuller - index) <= _NEAR
    if index < fuller:
        return is_near or index <= _TOP
    return is_near and fuller >= _TOP
