"""Bylines: author, agency, date, time and place where they stand alone."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Final

from cleaner.detectors.byline_cues import BYLINES
from cleaner.detectors.looks import is_citation, is_label, is_turn, without_facts
from cleaner.detectors.stubs import ends_in_by, is_amid_sentence, stubs_of
from cleaner.document import COLONS, Document, is_open, is_prose, runs_on
from cleaner.edits import Finding
from cleaner.memo import late_pattern, once
from cleaner.patterns import find_by, is_of
from cleaner.patterns.slots import phrase_set
from cleaner.wording import bare

_find_by_cue: Final = find_by(BYLINES)

TOP: Final = 12  # lines from the start among which the frame stands
_BOTTOM: Final = 3
_FIRST_AMID: Final = 4  # lines further up hold the story's own date
_MIN_TIMELINE: Final = 3  # dates amid the story
COUNTED: Final = "month"  # the slot of those
# The slots of what the items of a list have: events their "Date:", books their author.
_OF_ITEMS: Final = ("by_author", "posted_by", "published")
_MAX_NAME_CHARS: Final = 50
_MAX_NAME_WORDS: Final = 4
_MAX_SIGNATURE_CHARS: Final = 30
_MAX_BY_CHARS: Final = 80
_MAX_BY_WORDS: Final = 8
_MAX_ADDRESS_INDEX: Final = 4
_MAX_DATELINE_INDEX: Final = 2
_MAX_DATELINE_CHARS: Final = 50
_SCHEMES: Final = ("http://", "https://", "www.")
_BEHIND_NAMES: Final = late_pattern(" [–/] ")  # the paper
_BETWEEN_NAMES: Final = late_pattern(" (?:and|&|und|et|y|e) ")  # one author and another
_HANDLE: Final = "(@"  # of whoever signed a post
_POSTED: Final = late_pattern(r"\(@\w{1,30}\)\Z")  # above a post's date
_DASH_SIGN: Final = "—"  # the shorter ones open items of lists
_AFTER_PLACE: Final = ("—", "–", " -")
_CLOSING_QUOTES: Final = ('"', "”", "’", "»")
# A date in figures with its hour: "12.07.2022 - 14:30 Uhr"
_DATE: Final = late_pattern(
    r"\W{0,3}(?:\d{1,2}[./-]\d{1,2}[./-](?:19|20)?\d\d|(?:19|20)\d\d[./-]\d{1,2}[./-]\d{1,2}"
    r"|(?:19|20)\d\d年\d{1,2}月\d{1,2}日)(?!\d)"
    r"(?:\W{0,4}(?:\w{1,3} )?\d{1,2}[:.h]\d\d(?::\d\d)?)?[^.!?。\n\d]{0,24}\Z"
)
# The hour alone: "8:02am ET"
_HOUR: Final = late_pattern(r"\d{1,2}[:.]\d\d ?[AaPp]\.?[Mm]\.?(?: [A-Z]{2,4})?")
# A date and "by": "Jul 29,2026 by"
_DATE_BY: Final = late_pattern(r"\w{3,12}\.? \d{1,2}, ?\d{4} \w{2,4}")
# The desk's initials below an agency's story: "burs-rmb/jj", "jm/dm (AFP, dpa)"
_INITIALS: Final = late_pattern(
    r"[a-z]{2,4}(?:[-/][a-z]{2,4}){1,3}(?: \([^()]{2,30}\))?"
)
_LISTED: Final = 4  # lines from a last address up: its title and the one before it


def find_bylines(document: Document) -> Iterator[Finding]:
    """Bylines with a cue, the names beside them at the top, signatures."""
    cued = find_cued(document)
    yield from cued
    lines = document.lines
    found = covered(document, cued)
    for index in range(1, min(len(lines), TOP)):
        beside = index - 1 in found or index + 1 in found
        if beside and index not in found and is_name(lines[index]):
            yield document.cut(index, "name beside a byline")
    yield from _under_by(document)
    for index in addresses(lines):
        yield document.cut(index, "the story's address")
    yield from _signatures(document)
    if len(lines) > _BOTTOM and bare(lines[-1]) in stubs_of("source"):
        yield document.cut(len(lines) - 1, "a source whose link is lost")


def _under_by(document: Document) -> Iterator[Finding]:
    """Names under a date that ends in "by", and the date; not under "A study by".

    Below the top there is one such date, alone: not "Carved in 1720 by", nor when each
    book of a list came out.
    """
    lines = document.lines
    dates = [index for index, line in enumerate(lines) if _DATE_BY().fullmatch(line)]
    for index, (above, line) in enumerate(pairwise(lines), 1):
        if index >= TOP and dates != [index - 1]:
            continue
        is_date = is_label(above) and any(map(str.isdigit, above))
        if is_date and ends_in_by(above) and is_name(line):
            yield document.cut(index - 1, "a date and by")
            yield document.cut(index, "name under by")


@once  # the detectors of the frame ask one after the other
def find_cued(document: Document) -> tuple[Finding, ...]:
    """Bylines that a phrase, a short word before a name, a date or an hour tells."""
    return tuple(_cued(document))


def _cued(document: Document) -> Iterator[Finding]:
    # Not who wrote the play, which is no byline of the review.
    by_cue = [
        finding
        for finding in without_facts(document, _find_by_cue(document))
        if not _is_no_byline(document, document.line_at(finding.start))
    ]
    found = _without_items(document, _without_questions(document, by_cue))
    yield from _without_timelines(document, found)
    lines = document.lines
    top = range(min(len(lines), TOP))
    for index in dict.fromkeys(
        [*top, *range(max(len(lines) - _BOTTOM, 0), len(lines))]
    ):
        if _is_by_name(lines[index]):
            yield document.cut(index, "a name after by")
    for index in top[: _MAX_DATELINE_INDEX + 1]:
        if is_dateline(lines[index]):
            yield document.cut(index, "a place and a dash")
    for index in top:
        if lines[index][-1] not in COLONS and _DATE().match(lines[index]):
            yield document.cut(index, "a date")
    hours = [index for index, line in enumerate(lines) if _HOUR().fullmatch(line)]
    # several are a programme, and one is announced
    if (
        len(hours) == 1
        and hours[0] in top[1:]
        and lines[hours[0] - 1][-1] not in COLONS
    ):
        yield document.cut(hours[0], "an hour")


def _is_no_byline(document: Document, index: int) -> bool:
    """Whether a line is amid a sentence, or is the date of the post above it."""
    above = document.lines[index - 1] if index else ""
    return _POSTED().search(above) is not None or is_amid_sentence(document, index)


def _without_timelines(document: Document, found: Sequence[Finding]) -> list[Finding]:
    """The findings but for dates amid the story, if many: they head its parts.

    If many stand between sentences, those at the top as well: each that went would let
    the next one come to the top.
    """
    dates = {f for f in found if is_of(f, COUNTED)}
    between = _between_sentences(document) if len(dates) >= _MIN_TIMELINE else set()
    if sum(f.start in between for f in dates) < _MIN_TIMELINE:
        amid = set(document.starts[_FIRST_AMID:-1])
        dates = {f for f in dates if f.start in amid}
    return [f for f in found if len(dates) < _MIN_TIMELINE or f not in dates]


def _without_items(document: Document, found: Sequence[Finding]) -> list[Finding]:
    """The findings but for many of one slot amid the story: of a list's items."""
    amid = set(document.starts[_FIRST_AMID:-_BOTTOM])
    kept = list(found)
    for slot in _OF_ITEMS:
        items = {f for f in found if is_of(f, slot) and f.start in amid}
        if len(items) >= _MIN_TIMELINE:
            kept = [f for f in kept if f not in items]
    return kept


def _between_sentences(document: Document) -> set[int]:
    """Where the lines start that a sentence follows, with one further up."""
    ends = [not is_open(line) for line in document.lines]
    first = ends.index(True) if True in ends else len(ends)
    below = range(first + 1, len(ends) - 1)
    return {document.starts[index] for index in below if ends[index + 1]}


def _without_questions(document: Document, found: Iterable[Finding]) -> list[Finding]:
    """The findings but for who asks in an interview, before each of the questions."""
    return [
        finding
        for finding in found
        if not is_of(finding, "reporter_mark")
        or not is_turn(document, document.text[finding.start : finding.end])
    ]


def is_dateline(line: str) -> bool:
    """Whether a place in capitals and a dash are all: "BERKELEY, Calif. (KCRA) —"."""
    if len(line) > _MAX_DATELINE_CHARS or not line.endswith(_AFTER_PLACE):
        return False
    return re.split(r",| \(| [—–-]", line, maxsplit=1)[0].isupper()


def _is_by_name(line: str) -> bool:
    """Whether a line is a word for "by" and names: "Von Ana Ruiz und Jan Falk"."""
    if len(line) > _MAX_BY_CHARS:
        return False
    first, _, rest = line.partition(" ")
    if first.casefold() not in stubs_of("by_word"):
        return False
    names = _BEHIND_NAMES().split(rest, 1)[0].rstrip(".,:").split()
    capitals = [name for name in names if name[0].isupper()]
    return (
        1 < len(names) <= _MAX_BY_WORDS
        and len(capitals) > 1
        and all(
            n[0].isupper() or n.casefold().strip(",") in phrase_set("name_particle")
            for n in names
        )
    )


def _signatures(document: Document) -> Iterator[Finding]:
    """Names after a dash with the paper's below, and those that end the text."""
    lines = document.lines
    for index in range(1, len(lines)):
        if lines[index][0] != _DASH_SIGN or not _is_signature(lines[index]):
            continue
        if any(line.startswith(_HANDLE) for line in lines[index + 1 : index + 3]):
            continue  # of a post that the story quotes
        is_over_name = any(map(_is_signature, lines[index + 1 : index + 2]))
        if is_over_name or not lines[index - 1].endswith(_CLOSING_QUOTES):
            yield document.cut(index, "name after a dash")
            if is_over_name and lines[index + 1][0] != _DASH_SIGN:
                yield document.cut(index + 1, "name under a signature")
    for index in _last_names(lines):
        yield document.cut(index, "a name at the end")


def _is_signature(line: str) -> bool:
    """Whether a line is a name, or two: "— Noah Bierman and Chris Megerian"."""
    return "," not in line and all(
        is_name(" ".join(_without_joins(name.split())))
        for name in _BETWEEN_NAMES().split(line.lstrip("— "), 1)
    )


def _without_joins(words: Iterable[str]) -> Iterator[str]:
    return (
        word for word in words if word.casefold() not in phrase_set("name_particle")
    )


def _last_names(lines: Sequence[str]) -> Sequence[int]:
    """The last line, if it signs the story, or the last two: a name over a place."""
    if len(lines) <= _BOTTOM:
        return ()
    last = len(lines) - 1
    if _INITIALS().fullmatch(lines[last]) or _signs(lines[last], lines[last - 1]):
        return (last,)
    is_place = "," not in lines[last] and is_name(lines[last])
    if is_place and _signs(lines[last - 1], lines[last - 2]):
        return last - 1, last
    return ()


def _signs(line: str, before: str) -> bool:
    """Whether a line is a name, with or without a dash, below a paragraph.

    So is "Ann Lee, Boise", and "Ann Lee, Staff Writer".
    """
    name, _, place = line.lstrip("- ").partition(", ")
    is_short = len(name) <= _MAX_SIGNATURE_CHARS and " " in name and ":" not in name
    is_signed = is_short and is_name(name) and (not place or is_name(place))
    return is_signed and is_prose(before)


def addresses(lines: Sequence[str]) -> Iterator[int]:
    """Where the story's own address stands: near the top or last, and in no list."""
    edge = [*range(min(_MAX_ADDRESS_INDEX, len(lines))), len(lines) - 1][: len(lines)]
    for index in dict.fromkeys(edge):
        line = lines[index]
        if not line.startswith(_SCHEMES) or " " in line or is_citation(line):
            continue
        above, below = lines[max(index - 1, 0) : index], lines[index + 1 : index + 2]
        beside = (*above, *below) if index < _MAX_ADDRESS_INDEX else lines[-_LISTED:-1]
        alone = not any(near.startswith(_SCHEMES) for near in beside)
        announced = any(near[-1] in COLONS for near in above)
        if alone and not announced and not any(map(runs_on, below)):
            yield index


def is_name(line: str) -> bool:
    """Whether a line is a few words with capitals, such as "Ana Ruiz" or "DPA"."""
    if not line or len(line) > _MAX_NAME_CHARS or not is_open(line):
        return False
    words = line.split()
    return len(words) <= _MAX_NAME_WORDS and all(word[0].isupper() for word in words)


def covered(document: Document, findings: Iterable[Finding]) -> set[int]:
    """The indices of the lines at the top that a finding covers from end to end."""
    spans = {finding[:2] for finding in findings}
    top = range(min(len(document.lines), TOP + 1))
    return {index for index in top if document.span(index) in spans} if spans else set()
