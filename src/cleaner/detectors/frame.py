"""The frame of an article: headline, standfirst, byline, captions.

Only the preset `body` removes these. A first line is a headline by its place and shape,
so everything headline-like above the story goes at once: what is left begins with it.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from cleaner.detectors.credits import BRACKETED, FORMS, OWNER
from cleaner.detectors.duplicates.measures import folded
from cleaner.document import CLOSING_MARKS, Document, is_open
from cleaner.edits import Finding
from cleaner.patterns import Rule, find_by

_DAY: Final = r"(?:{month}\.?{_}\d{1,2}\p{L}{0,2}|\d{1,2}\p{L}{0,2}\.?{_}{month}\.?)"
_WEEKDAY: Final = r"(?:{weekday}[.,]?{_})?"
_CLOCK: Final = (
    r"\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:[ \xa0]?[ap]\.?m\.?)?"
    r"(?:[ \xa0]\(?[A-Z]{2,5}\)?)?"
)
_AT: Final = r"[ \xa0]?[,|·•–—-]?[ \xa0]?(?:{at}{_})?"
# A day without a year or an hour may as well be a heading.
_WHEN: Final = (
    _WEEKDAY + r"(?:" + _DAY + r",?{_}\d{4}(?:" + _AT + _CLOCK + r")?"
    r"|" + _DAY + _AT + _CLOCK + r")"
)
_DASH: Final = r"[–—•|·(-]{0,2}[ \xa0]{0,3}"

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
        r"(?-i:(?!\p{Ll}))"
        + _DASH
        + r"{published}(?:{colon}|{_}|[ ]?[|·])?(?:{_})?"
        + r"(?:(?:{on}{_})?(?=[^\n]{0,40}\d)[^.!?\n]{1,80}|"
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
)
_find_cued_bylines: Final = find_by(BYLINES)

_TOP: Final = 12  # lines from the start among which the frame stands
_MAX_NAME_CHARS: Final = 50
_MAX_NAME_WORDS: Final = 4
_MAX_ADDRESS_INDEX: Final = 4
_SCHEMES: Final = ("http://", "https://", "www.")
_DASH_SIGN: Final = "—"  # the shorter one opens items of lists
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
    for index in _addresses(lines) if lines else ():
        yield document.cut(index, "the story's address")
    for before, index in enumerate(range(1, len(lines))):
        name = lines[index].lstrip("— ")
        signed = lines[index][0] == _DASH_SIGN and "," not in name and _is_name(name)
        if signed and not lines[before].endswith(_CLOSING_QUOTES):
            yield document.cut(index, "name after a dash")


def _addresses(lines: Sequence[str]) -> Iterator[int]:
    """Where the story's own address stands: near the top or last, and in no list."""
    edge = [*range(min(_MAX_ADDRESS_INDEX, len(lines))), len(lines) - 1]
    for index in dict.fromkeys(edge):
        near = (*lines[max(index - 1, 0) : index], *lines[index + 1 : index + 2])
        alone = not any(line.startswith(_SCHEMES) or line[-1:] == ":" for line in near)
        if alone and lines[index].startswith(_SCHEMES) and " " not in lines[index]:
            yield index


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
# A question or a call is a headline if it is short or in title case; else a lead.
_MAX_CALL_CHARS: Final = 60
_MIN_TITLE_WORD: Final = 4
_TITLE_SHARE: Final = 0.6
_MAX_KICKER_CHARS: Final = 24
_MAX_KICKERS: Final = 2
_MAX_FRAME_LINES: Final = 4
_MAX_LEADING: Final = 8  # lines from the start among which a known title is looked for


def find_headline(document: Document) -> Iterator[Finding]:
    r"""The article's own title above the story.

    >>> story = "The ferry was out of service for a day, the operator said on Tuesday, "
    >>> story += "and two hundred passengers had to wait.\n"
    >>> document = Document("Ferry stands still for a day\n" + story * 3)
    >>> [document.text[start:end] for start, end, *_ in find_headline(document)]
    ['Ferry stands still for a day']
    """
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
    """The lines between headline and story: open ones, and one that sums it up."""
    frame = _frame(document)
    for index in frame[1:]:
        yield document.cut(index, "between headline and story")
    if frame and (summary := _summary(document, frame)) is not None:
        yield document.cut(summary, "sums up the story")


def _frame(document: Document) -> list[int]:
    """The headline-like lines above the first paragraph, without the bylines."""
    lines = document.lines
    if len(lines) < _MAX_FRAME_LINES or _is_prose(lines[0]):
        return []
    others = _covered(document, _find_others(document)) | set(_addresses(lines))
    found: list[int] = []
    for index, line in enumerate(lines[:_TOP]):
        if _is_prose(line) and (found or line[-1] not in "?!"):
            return found if len(found) <= _MAX_FRAME_LINES else []
        if index in others or (found and _is_name(line)):
            continue
        if index < _MAX_KICKERS and len(line) <= _MAX_KICKER_CHARS and _is_name(line):
            continue
        after = lines[min(index + 1, len(lines) - 1)]
        if not _is_headline_like(line, after) or (found and not is_open(line)):
            return found[:1]
        found.append(index)
    return []


def _is_prose(line: str) -> bool:
    return len(line) >= _MIN_PROSE_CHARS and not is_open(line)


def _is_headline_like(line: str, after: str) -> bool:
    """Whether a line has a headline's shape and does not run on in the next."""
    if len(line) not in _HEADLINE_CHARS or (line.isascii() and " " not in line):
        return False
    if line[-1] in "—–-" or after[0] in ",.;:)" or after[0].islower():
        return False  # a dateline, or it runs on
    if is_open(line):
        return True
    called = line.rstrip(CLOSING_MARKS + ":")[-1:] in ("?", "!")
    return called and (len(line) <= _MAX_CALL_CHARS or _is_title_case(line))


def _is_title_case(line: str) -> bool:
    words = [word for word in line.split() if len(word) >= _MIN_TITLE_WORD]
    return sum(not word[0].islower() for word in words) >= _TITLE_SHARE * len(words)


_SUMMARY_CHARS: Final = range(60, 221)
_MIN_SUMMARY_WORDS: Final = 6
_MIN_SHARED: Final = 0.6
_WORD: Final = re.compile(r"\w{4,}")


def _summary(document: Document, frame: list[int]) -> int | None:
    """A sentence under the headline that the story repeats, or over a byline."""
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


_CAPTION_CHARS: Final = 600
_TEXT: Final = r"[^\n]{8,500}?"

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
        _TEXT + r"[ \xa0][\[(]" + OWNER + r"[ ]?[/,|][ ]?{wire_agency}[\])]\.?",
        300,
    ),
    # agency first: "Reuters In 2014 ...", "© AFP The cardinal ..."
    Rule(
        "photo_agency",
        "line",
        r"(?:©[ ]?)?(?:"
        + OWNER
        + r"[ ]?[/][ ]?)?{photo_agency}{_}"
        + r"(?:-[ ]?(?:{photo_agency}|{agency_desk}){_})?(?-i:\p{Lu})[^\n]{15,300}",
        300,
    ),
    Rule(
        "slash_agency",
        "line",
        OWNER + r"[ ]?{slash_agency}{_}(?-i:\p{Lu})[^\n]{15,500}",
        _CAPTION_CHARS,
    ),
    Rule(
        "agency_prefix",
        "line",
        r"{agency_prefix}{_}(?-i:\p{Lu})[^\n]{15,250}[^.!?\"”\s]",
        260,
    ),
    Rule("copyright_sign", "line", r"©[ ]?(?!\d)[^\n]{20,300}", 320),
    Rule(
        "caption_label",
        "line",
        r"{caption_label}[ ]?[:–—-][ ]?[^\n]{10,560}",
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
        r"(?:{article}{_})?(?:[^.!?,\n]{0,24}{_})?{picture_shows}{_}[^\n]{5,540}",
        _CAPTION_CHARS,
    ),
    # a video's title with its length
    Rule(
        "clock_mark",
        "line",
        r"(?-i:\p{Lu})[^\n]{12,200}[^\d\s:]{1,20}[ |]{0,3}\d{1,2}:\d{2}",
        240,
    ),
)


def _find_others(document: Document) -> Iterator[Finding]:
    """Bylines and captions, which may stand among headline and standfirst."""
    yield from _find_cued_bylines(document)
    yield from _find_captions(document)


_find_captions: Final = find_by(CAPTIONS)
SLOTS: Final = frozenset(rule.slot for rule in (*BYLINES, *CAPTIONS))
