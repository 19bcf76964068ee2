"""The frame of an article: headline, standfirst, byline, captions.

Only the preset `body` removes these. A first line is a headline by its place and shape,
so everything headline-like above the story goes at once: what is left begins with it.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from cleaner.detectors.credits import BRACKETED, FORMS, OWNER
from cleaner.detectors.duplicates.measures import folded
from cleaner.document import CLOSING_MARKS, Document, is_open
from cleaner.edits import Finding
from cleaner.patterns import Rule, find_by

_DAY: Final = r"(?:{month}\.?{_}\d{1,2}\p{L}{0,2}|\d{1,2}\p{L}{0,2}\.?{_}{month}\.?)"
_WEEKDAY: Final = r"(?:{weekday}[.,]?{_})?"
_CLOCK: Final = r"\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:[ \xa0]?[ap]\.?m\.?)?(?:[ \xa0]\(?[A-Z]{2,5}\)?)?"
_AT: Final = r"[ \xa0]?[,|·•–—-]?[ \xa0]?(?:{at}{_})?"
# A day without a year or an hour may as well be a heading.
_WHEN: Final = (
    _WEEKDAY + r"(?:" + _DAY + r",?{_}\d{4}(?:" + _AT + _CLOCK + r")?"
    r"|" + _DAY + _AT + _CLOCK + r")"
)
_DASH: Final = r"[–—•|·(-]{0,2}[ \xa0]?"

BYLINES: Final = (
    Rule(
        "month",
        "line",
        _DASH + _WHEN + r"[:.)]?(?:[ \xa0]?[|·•–—-][^.!?\n]{0,60})?",
        100,
    ),
    Rule(
        "month",
        "line",
        _DASH + _CLOCK + r",?(?:{_}{at})?{_}" + _WEEKDAY + _DAY + r",?{_}\d{4}",
        60,
    ),
    Rule(
        "published",
        "line",
        _DASH
        + r"{published}(?:{colon}|{_}|[ ]?[|·])?(?:{_})?(?:(?:{on}{_})?(?=[^\n]{0,40}\d)[^.!?\n]{1,80}|"
        + _WHEN
        + r")?[.)]?",
        110,
    ),
    Rule(
        "published", "line", r"[^\n]{1,60}[|·•–—][ ]?{published}{_}[^.!?\n]{0,60}", 120
    ),
    Rule("reading_time", "line", _DASH + r"\w{1,9}[ -]?{reading_time}", 40),
    Rule(
        "by_author",
        "line",
        _DASH
        + r"{by_author}(?:{colon}[ ]?|{_})"
        + OWNER
        + r"(?:[ ]?[|•–—,/:][^.!?\n]{0,80})?[.:,]?",
        160,
    ),
    Rule("by_author", "line", r"{by_author}{colon}?", 30),
    Rule("posted_by", "line", _DASH + r"{posted_by}{_}[^.!?\n]{2,100}[.,]?", 140),
    Rule(
        "contributed",
        "line",
        _DASH + r"(?:[^.!?\n]|(?<=\b\p{L}{1,2})\.){2,300}{_}{contributed}[^!?\n]{0,80}",
        400,
    ),
    Rule(
        "contributed",
        "tail",
        _DASH + r"[^.!?\n]{2,200}{_}{contributed}[^.!?\n]{0,60}\.?\)?",
    ),
    Rule(
        "reporting_by", "tail", _DASH + r"{reporting_by}{_}(?-i:\p{Lu})[^!?\n]{2,300}"
    ),
    Rule(
        "source",
        "line",
        r"\(?{source}[ \xa0]?{colon}[ \xa0]?[^!?\s][^!?\n]{1,150}",
        200,
    ),
    Rule("hat_tip", "line", r"\(?{hat_tip}\)?[: ]{1,2}[^!?\n]{2,60}", 80),
    Rule("credit_via", "line", r"\(?{credit_via}{_}" + OWNER + r"\)?", 60),
    Rule("wire_agency", "line", r"[\[(–—]?[ ]?{wire_agency}[\])]?", 50),
    Rule("link_start", "line", r"[(<]?{link_start}\S{3,300}", 320),
)
_find_cued_bylines: Final = find_by(BYLINES)

_TOP: Final = 12  # lines from the start among which the frame stands
_MAX_NAME_CHARS: Final = 50
_MAX_NAME_WORDS: Final = 4
_DASHES: Final = "—–"
_CLOSING_QUOTES: Final = ('"', "”", "’", "»")


def find_bylines(document: Document) -> Iterator[Finding]:
    """Bylines with a cue, the names beside them at the top, and names after a dash."""
    cued = list(_find_cued_bylines(document))
    yield from cued
    lines = document.lines
    found = _covered(document, cued)
    for index in range(1, min(len(lines), _TOP)):
        beside = index - 1 in found or index + 1 in found
        if beside and index not in found and _is_name(lines[index]):
            yield document.cut(index, "name beside a byline")
    for before, index in enumerate(range(1, len(lines))):
        signed = lines[index][0] in _DASHES and _is_name(lines[index].strip("—– "))
        if signed and not lines[before].endswith(_CLOSING_QUOTES):
            yield document.cut(index, "name after a dash")


def _is_name(line: str) -> bool:
    """Whether a line is a few words with capitals, such as "Ana Ruiz" or "DPA"."""
    if not line or len(line) > _MAX_NAME_CHARS or not is_open(line):
        return False
    words = line.split()
    return len(words) <= _MAX_NAME_WORDS and all(word[0].isupper() for word in words)


def _covered(document: Document, findings: Iterable[Finding]) -> set[int]:
    """The indices of the lines at the top that a finding covers from end to end."""
    spans = {finding[:2] for finding in findings}
    top = range(min(len(document.lines), _TOP + 1))
    return {index for index in top if document.span(index) in spans} if spans else set()


_HEADLINE_CHARS: Final = range(8, 181)
_MIN_PROSE_CHARS: Final = 80
_MAX_FRAME_LINES: Final = 4
_MAX_LEADING: Final = 8  # lines from the start among which a known title is looked for


def find_headline(document: Document) -> Iterator[Finding]:
    """The article's own title above the story."""
    known = _titled(document)
    if known is not None:
        yield document.cut(known, "the title")
    frame = _frame(document)
    if frame and frame[0] != known:
        yield document.cut(frame[0], "first line above the story")


def _titled(document: Document) -> int | None:
    """The line that says what the hint says is the title."""
    title = folded(document.title or "")
    if len(title) < _HEADLINE_CHARS.start:
        return None
    for index, line in enumerate(document.lines[:_MAX_LEADING]):
        if len(line) <= 2 * len(title) and folded(line) == title:
            return index
    return None


def find_standfirst(document: Document) -> Iterator[Finding]:
    """The lines between headline and story: open ones, and a summary of what follows."""
    frame = _frame(document)
    for index in frame[1:]:
        yield document.cut(index, "between headline and story")
    if frame and (summary := _summary(document, frame)) is not None:
        yield document.cut(summary, "sums up the story")


def _frame(document: Document) -> list[int]:
    """The headline-like lines above the first paragraph, bylines among them left out."""
    lines = document.lines
    if len(lines) < _MAX_FRAME_LINES or not _is_headline_like(lines[0], lines[1]):
        return []
    bylines = _covered(document, _find_cued_bylines(document))
    found: list[int] = []
    for index, line in enumerate(lines[:_TOP]):
        if found and _is_prose(line):
            return found if len(found) <= _MAX_FRAME_LINES else []
        if index in bylines or (found and _is_name(line)):
            continue
        if not _is_headline_like(line, lines[index + 1]):
            return found[:1]
        found.append(index)
    return []


def _is_prose(line: str) -> bool:
    return len(line) >= _MIN_PROSE_CHARS and not is_open(line)


def _is_headline_like(line: str, after: str) -> bool:
    """Whether a line has a headline's shape and does not run on in the next."""
    if len(line) not in _HEADLINE_CHARS or after[0] in ",.;:)":
        return False
    ends = is_open(line) or line.rstrip(CLOSING_MARKS + ":")[-1:] in "?!"
    return ends and not after[0].islower()


_SUMMARY_CHARS: Final = range(60, 221)
_MIN_SUMMARY_WORDS: Final = 6
_MIN_SHARED: Final = 0.6
_WORD: Final = re.compile(r"\w{4,}")


def _summary(document: Document, frame: list[int]) -> int | None:
    """A sentence after the headline that the next paragraphs repeat, or over a byline."""
    lines = document.lines
    index = frame[-1] + 1
    while index < _TOP and index < len(lines) - 2 and not _is_prose(lines[index]):
        index += 1
    if index >= len(lines) - 2 or len(lines[index]) not in _SUMMARY_CHARS:
        return None
    if index + 1 in _covered(document, _find_cued_bylines(document)):
        return index
    words = set(_WORD.findall(lines[index].casefold()))
    after = set(_WORD.findall(f"{lines[index + 1]} {lines[index + 2]}".casefold()))
    if len(words) >= _MIN_SUMMARY_WORDS and len(words & after) >= _MIN_SHARED * len(
        words
    ):
        return index
    return None


_CAPTION_CHARS: Final = 420
_TEXT: Final = r"[^\n]{8,300}?"

CAPTIONS: Final = (
    # a description with the credit at its end, in brackets or after a full stop
    *(
        Rule(
            slot,
            "line",
            _TEXT + r"[ \xa0|]" + BRACKETED % form + r"\.?",
            _CAPTION_CHARS,
        )
        for slot, form in FORMS
    ),
    *(
        Rule(
            slot,
            "line",
            _TEXT + r"(?:[.”\")][ \xa0]|[ ]?\|[ ])" + form + r"\.?",
            _CAPTION_CHARS,
        )
        for slot, form in FORMS
    ),
    Rule("photo_agency", "line", r"(?-i:\p{Lu})[^.!?\n]{8,120}{_}{photo_agency}", 140),
    Rule(
        "wire_agency",
        "line",
        _TEXT + r"[ \xa0][\[(](?:" + OWNER + r"[ ]?[/,|][ ]?)?{wire_agency}[\])]\.?",
        300,
    ),
    # agency first: "Reuters In 2014 ...", "© AFP The cardinal ..."
    Rule(
        "photo_agency",
        "line",
        r"(?:©[ ]?)?(?:"
        + OWNER
        + r"[ ]?[/][ ]?)?{photo_agency}{_}(?:-[ ]?(?:{photo_agency}|{agency_desk}){_})?(?-i:\p{Lu})[^\n]{15,300}",
        300,
    ),
    Rule("copyright_sign", "line", r"©[ ]?(?!\d)[^\n]{20,300}", 320),
    Rule(
        "caption_label",
        "line",
        r"{caption_label}[ ]?[:–—-][ ]?[^\n]{10,400}",
        _CAPTION_CHARS,
    ),
    Rule(
        "pictured",
        "line",
        r"[^\n]{0,300}\({pictured}(?:,?{_}[^()\n]{1,40})?\)[^\n]{0,200}",
        300,
    ),
    Rule("shown_here", "line", r"{shown_here}{_}[^\n]{5,300}", 360),
    Rule(
        "picture_shows",
        "line",
        r"(?:{article}{_})?(?:[^.!?,\n]{0,24}{_})?{picture_shows}{_}[^\n]{5,300}",
        360,
    ),
    # a video's title with its length
    Rule(
        "clock_mark",
        "line",
        r"(?-i:\p{Lu})[^\n]{12,200}[^\d\s:]{1,20}[ |]{0,3}\d{1,2}:\d{2}",
        240,
    ),
)
