"""Rules: patterns that say what is noise, tried in the lines the gate lets through."""

import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from cleaner.document import WIDE_FROM, Document, Slot
from cleaner.edits import Finding
from cleaner.memo import KNOWN_LINES, is_remembered
from cleaner.patterns.sentences import (
    MAX_QUOTED,
    has_opener,
    inner_ends,
    is_about_quotation,
    is_reported,
    is_said,
    sentence_starts,
    unmarked_starts,
    without_quotations,
)
from cleaner.patterns.slots import Extent, filled_pattern
from cleaner.patterns.starts import MAX_LEAD_CHARS, starts_near
from cleaner.wording import is_sign, words_span

if TYPE_CHECKING:
    import regex

ANY_CHARS: Final = sys.maxsize
ANY_LINES: Final = sys.maxsize


class Rule(NamedTuple):
    """A pattern that says: this is noise.

    `slot` is the kind of phrase that a line must hold to be tried at all. The pattern
    is verbose, ignores case, and names slots and PIECES in braces, with a question mark
    those that a language may lack. Alternatives stand in brackets: what each line needs
    is read off the pattern. Extents: a whole `line`, a `sentence` within one, a `tail`
    from a sentence's start to the line's end, or `inline`, with bounds of its own.
    """

    slot: str
    extent: Extent
    pattern: str
    max_chars: int = 300  # longer lines are not tried by rules for a whole line
    from_line: int = 0  # nor are lines before this: there the headline stands
    last_lines: int = ANY_LINES  # nor lines before the last so many
    lead_chars: int = MAX_LEAD_CHARS  # what may stand in a match before its phrase

    @property
    def longest(self) -> int:
        """The longest line that is tried."""
        return self.max_chars if self.extent == "line" else ANY_CHARS


Find = Callable[[Document], Iterable[Finding]]


HEADLINE: Final = "headline"  # the group of what a line links to, in a pattern
_MIN_STORY_SPACES: Final = 5  # of a sentence before a call; fewer words belong to it
_NO_HEADLINE_ENDS: Final = frozenset('.!…。।"”»’—,')
_ENDS_QUOTATION: Final = "”’»"  # the marks that open none
_OPENS_BRACKET: Final = re.compile(r"(?:\[\\\[\(\]|\\[\[(])(?![?*])")


def _needed(rule: Rule) -> tuple[tuple[str, str], ...]:
    """Signs that what the rule matches holds, one of each: a look spares many a try."""
    slot = f"{{{rule.slot}}}{{colon}}"
    has_colon = slot in rule.pattern.replace(f"{slot}?", "")
    opens = _OPENS_BRACKET.match(rule.pattern)
    return (*([(":", "：")] if has_colon else []), *([("[", "(")] if opens else []))


class _Trial(NamedTuple):
    """A rule, and what a line must be like to be tried by it."""

    rule: Rule
    longest: int
    needed: tuple[tuple[str, str], ...]
    patterns: "dict[str, regex.Pattern[str] | None]"  # by language, when first tried

    def pattern(self, language: str) -> "regex.Pattern[str] | None":
        """What the rule compiles to; a look that hashes no rule."""
        if language not in self.patterns:
            self.patterns[language] = filled_pattern(
                self.rule.extent, self.rule.pattern, language
            )
        return self.patterns[language]


def _trial_of(rule: Rule) -> _Trial:
    return _Trial(rule, rule.longest, _needed(rule), {})


def find_by(rules: Iterable[Rule]) -> Find:
    """A detector that proposes what the rules match in the lines the gate let through.

    Its reasons name slot and language, as in "read_more/en".
    """
    by_slot: dict[str, list[_Trial]] = {}
    for rule in rules:
        by_slot.setdefault(rule.slot, []).append(_trial_of(rule))
    longest = {name: max(t.longest for t in trials) for name, trials in by_slot.items()}

    def find(document: Document) -> list[Finding]:
        lines = document.lines
        found: list[Finding] = []
        for slot, indices in document.candidates.items():
            if (most := longest.get(slot.name)) is None:
                continue
            suspects = [(i, line) for i in indices if len(line := lines[i]) <= most]
            if suspects:
                found += _found_in(document, slot, suspects, by_slot[slot.name])
        return found

    return find


def is_of(finding: Finding, slot: str) -> bool:
    """Whether a rule of this slot found it: its reason says so."""
    return finding.reason.startswith(f"{slot}/")


def _found_in(
    document: Document,
    slot: Slot,
    suspects: Sequence[tuple[int, str]],
    rules: Iterable[_Trial],
) -> list[Finding]:
    """What the rules of a slot match in the lines that may hold its phrases."""
    reason = f"{slot.name}/{slot.language}"
    found: list[Finding] = []
    whole: set[int] = set()  # lines that go as a whole, and need no other rule
    for trial in rules:
        is_whole = trial.rule.extent == "line"
        left = suspects
        if is_whole and whole:
            left = [suspect for suspect in suspects if suspect[0] not in whole]
        for index, start, end in _matches(document, trial, slot, left):
            found.append(document.cut_part(index, start, end, reason))
            if is_whole:
                whole.add(index)
    return found


def _matches(
    document: Document, trial: _Trial, slot: Slot, suspects: Sequence[tuple[int, str]]
) -> list[tuple[int, int, int]]:
    """What a rule matches in lines not too long, nor too early, nor without a sign.

    The line of each match, and where in it the match begins and ends.
    """
    found: list[tuple[int, int, int]] = []
    rule, longest, needed, _ = trial
    first = max(rule.from_line, len(document.lines) - rule.last_lines)
    for index, line in suspects:
        if len(line) > longest or index < first:
            continue
        for one, other in needed:
            if one not in line and other not in line:
                break
        else:
            if pattern := trial.pattern(slot.language):
                if is_remembered(line):
                    spans = _known_spans(pattern, rule.extent, line)
                else:
                    spans = _spans_near(document, index, slot, rule, pattern)
                for start, end in spans:
                    if not _is_cited(pattern, line, start, end):
                        found.append((index, start, end))
    return found


def _spans_near(
    document: Document,
    index: int,
    slot: Slot,
    rule: Rule,
    pattern: "regex.Pattern[str]",
) -> tuple[tuple[int, int], ...]:
    """What the pattern matches in a long line, where a phrase of the slot is near."""
    by_sentence = rule.extent in ("sentence", "tail")
    starts = starts_near(document, index, slot, rule.lead_chars) if by_sentence else ()
    return _spans(pattern, rule.extent, document.lines[index], starts)


def _spans(
    pattern: "regex.Pattern[str]", extent: Extent, line: str, starts: Sequence[int]
) -> tuple[tuple[int, int], ...]:
    """What the pattern matches in a line, without the blank space around it."""
    first, last = words_span(line)
    if extent == "line":
        match = pattern.match(line, first, last)
        if not match or is_reported(_own_words(match)):
            return ()
        return () if is_about_quotation(line, first) else ((0, len(line)),)
    if extent == "inline":
        spans = (_trimmed(line, *match.span()) for match in pattern.finditer(line))
        return tuple((start, end) for start, end in spans if start < end)
    spans = (
        _trimmed(line, _before_signs(line, start), end if end < last else len(line))
        for start, end in _found(pattern, extent, line, starts, (first, last))
    )
    return tuple(
        (start, end)
        for start, end in spans
        if start < end and not is_said(line, start, end)
    )


def _own_words(match: "regex.Match[str]") -> str:
    """What a matched line says itself: not what another story's headline in it says.

    "See also: Ferry to be cheaper, mayor says"
    """
    line = match.string
    if HEADLINE not in match.re.groupindex or not match[HEADLINE]:
        return line
    start = match.start(HEADLINE)
    is_title = not line[start].islower() and line[-1] not in _NO_HEADLINE_ENDS
    return line[:start] if is_title else line


@lru_cache(KNOWN_LINES)
def _known_spans(
    pattern: "regex.Pattern[str]", extent: Extent, line: str
) -> tuple[tuple[int, int], ...]:
    """The same of a short line, whose sentences are all tried."""
    return _spans(pattern, extent, line, sentence_starts(line))


def _is_cited(pattern: "regex.Pattern[str]", line: str, start: int, end: int) -> bool:
    """Whether a pattern matches there only by what a quotation behind its start says.

    "The notice “We value your privacy” has two buttons."
    """
    if not has_opener(line[start:end]):  # as most
        return False
    near = line[start : end + MAX_QUOTED]
    told = without_quotations(near)
    if told == near:
        return False
    before = line[max(start - MAX_QUOTED, 0) : start]
    return not pattern.match(before + told, len(before))


def _found(
    pattern: "regex.Pattern[str]",
    extent: Extent,
    line: str,
    starts: Sequence[int],
    words: tuple[int, int],
) -> Iterator[tuple[int, int]]:
    """Where sentences match that start there, among a line's words."""
    first, last = words
    done = first
    for start in starts:
        at = max(start, first)
        match = pattern.match(line, at, last) if at >= done else None
        if match:
            if extent == "sentence":
                match = _to_unmarked_end(pattern, line, match)
            match = _from_unmarked_start(pattern, line, match)
            done = match.end()
            yield match.span()


def _to_unmarked_end(
    pattern: "regex.Pattern[str]", line: str, match: "regex.Match[str]"
) -> "regex.Match[str]":
    """A match up to where another sentence begins in it, if that much matches, too."""
    for end in inner_ends(line, match.start(), match.end()):
        shorter = pattern.match(line, match.start(), end)
        if shorter and shorter.end() == end:
            return shorter
    return match


def _from_unmarked_start(
    pattern: "regex.Pattern[str]", line: str, match: "regex.Match[str]"
) -> "regex.Match[str]":
    """A match of a part of a line from where the call begins, if that matches, too.

    What goes before is a sentence of the story, and no call itself.
    """
    if match.end() - match.start() == len(line):
        return match
    for start in unmarked_starts().finditer(line, match.start(), match.end()):
        before = line[match.start() : start.start()]
        is_spaced = line[start.end()] < WIDE_FROM
        is_short = is_spaced and before.count(" ") < _MIN_STORY_SPACES
        if is_short or pattern.match(line, match.start(), start.start()):
            continue
        shorter = pattern.match(line, start.end(), match.end())
        if shorter and shorter.end() == match.end():
            return shorter
    return match


def _before_signs(line: str, start: int) -> int:
    """Where emoji begin that go with what stands behind them."""
    while start and is_sign(line[start - 1]):
        start -= 1
    return start


def _trimmed(line: str, start: int, end: int) -> tuple[int, int]:
    """A match without blank space around it, nor the end of a quotation before it."""
    part = line[start:end]
    opening = part.lstrip()
    if start:
        opening = opening.lstrip(_ENDS_QUOTATION).lstrip()
    return end - len(opening), start + len(part.rstrip())
