"""The frame of an article: headline, standfirst, byline, captions.

Only the preset `body` removes these. A first line is a headline by its place and shape,
so everything headline-like above the story goes at once: what is left begins with it.
"""

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from typing import Final, Literal

from cleaner.detectors.byline_cues import BYLINES
from cleaner.detectors.bylines import (
    TOP,
    addresses,
    covered,
    find_cued,
    is_dateline,
    is_name,
)
from cleaner.detectors.captions import CAPTIONS, find_captions
from cleaner.detectors.duplicates.measures import folded, is_quotation
from cleaner.detectors.looks import is_cut_off, is_turn
from cleaner.document import (
    CALL_MARKS,
    CLOSING_MARKS,
    COLONS,
    PROSE_WIDTH,
    QUESTION_MARKS,
    Document,
    is_item,
    is_open,
    runs_on,
    width,
)
from cleaner.edits import Finding
from cleaner.memo import late_pattern, once
from cleaner.patterns.sentences import is_spoken
from cleaner.wrapped import broken_rows

_MIN_HEADLINE_CHARS: Final = 8
_MAX_HEADLINE_WIDTH: Final = 180
_CUT_SHORT: Final = ("...", "…")
# A call is a headline in title case, a question if it is short, too; else a lead. Of 21
# short calls in small letters 9 were leads, of 43 questions 5.
_MAX_QUESTION_CHARS: Final = 60
_MIN_TITLE_WORD: Final = 4
_TITLE_SHARE: Final = 0.6
_MAX_KICKER_CHARS: Final = 24
_MAX_KICKERS: Final = 2
_MAX_LINK_CHARS: Final = 60
# Of a text that may have a frame: so many lines, or a story in one long line.
_MIN_LINES: Final = 4
_STORY_CHARS: Final = 400
_MIN_TITLE_SPACES: Final = 3  # "Dear neighbours" has fewer
_STEP: Final = late_pattern(r"\w{2,12} \d{1,2}:")  # "Step 1: Turn off the water"
_MAX_FRAME_LINES: Final = 4
_MAX_OVER_SHORT: Final = 2  # over a story that opens with a short line; more are a list
# Each side with its goals, or both sides and then the goals.
_RESULT: Final = late_pattern(
    r"\D{2,40} \d{1,2},?(?: [–-])? \D{2,40} \d{1,2}"
    r"|\D{2,40}[–-]\D{2,40} \d{1,3}[:–-]\d{1,3}(?: \([\d:–-]{3,7}\))?"
)
_OPENING_BRACKETS: Final = frozenset("([（《〈「")
_PLACE: Final = late_pattern(r"([^—–]{2,50}? [—–-]{1,2}) ")
_YEAR: Final = late_pattern(r"\d{4}")
_WORD_CHARS: Final = late_pattern(r"[^\W\d_]+")
_WORDS: Final = late_pattern(r"a(?: a)*")  # each of them an "a" by then
_FIGURES: Final = late_pattern(r"\d+")
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
    if len(title) < _MIN_HEADLINE_CHARS:
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
    if not frame and _opens_over_byline(document):
        yield document.cut(0, "above a byline")


@once  # headline and standfirst ask one after the other
def _frame(document: Document) -> Sequence[int]:
    """The headline-like lines above the first paragraph, without the bylines.

    A kicker counts as the headline if nothing else stands above the paragraph.
    """
    lines = document.lines
    if not _may_have_frame(lines) or _opens_story(document):
        return []
    others = covered(document, _find_others(document)) | set(addresses(lines))
    found: list[int] = []
    kickers: list[int] = []
    for index in range(min(len(lines), TOP)):
        role = _role(document, index, others, found)
        if role == "headline":
            found.append(index)
        elif role == "kicker":
            kickers.append(index)
        elif role != "aside":
            return _above(role, found, kickers)
    return []


# What a line at the top is. The last four end the frame: a paragraph, a line of another
# kind that the story begins with, one without a headline's shape, one that would be
# taken for the headline if that were gone.
_Role = Literal["headline", "kicker", "aside", "paragraph", "story", "short", "lead"]


def _role(
    document: Document, index: int, others: AbstractSet[int], found: Sequence[int]
) -> _Role:
    """What a line is below those found, `others` being bylines and captions."""
    lines = document.lines
    line = lines[index]
    if _is_paragraph(line) and (found or line[-1] not in CALL_MARKS):
        return "paragraph"
    if index in others or (found and is_name(line)):
        return "aside"
    goes_on = index in broken_rows(document) or _leads_to_link(document, index)
    if goes_on or _is_part_of_story(lines, index, found):
        return "story"
    is_headline = _is_headline_over(line, _next(lines, index, others))
    if index < _MAX_KICKERS and len(line) <= _MAX_KICKER_CHARS and is_name(line):
        return "kicker" if " " in line and is_headline else "aside"
    if not is_headline:
        return "short"
    return "lead" if found and not is_open(line) else "headline"


def _above(end: _Role, found: list[int], kickers: list[int]) -> list[int]:
    """What of the lines found is the frame above a line that ends it."""
    if end == "paragraph":
        found = found or kickers[-1:]
        return found if len(found) <= _MAX_FRAME_LINES else []
    if end == "short":
        return found[:1] if len(found) <= _MAX_OVER_SHORT else []
    return found if end == "story" else []


def _may_have_frame(lines: Sequence[str]) -> bool:
    """Whether there are lines enough, or a long one under what may be a headline.

    Of 294 texts with fewer lines and such a one 291 begin with a headline, none with
    content; where the longest has 200 to 400 characters, 36 and eight of 49. "Dear
    neighbours", "Step 1: …" and a question stand over other kinds of text.
    """
    if len(lines) >= _MIN_LINES:
        return True
    has_story = any(len(line) >= _STORY_CHARS for line in lines[1:])
    return has_story and not (
        lines[0].count(" ") < _MIN_TITLE_SPACES
        or lines[0][-1] in QUESTION_MARKS
        or _STEP().match(lines[0])
    )


def _opens_story(document: Document) -> bool:
    """Whether the first line is a paragraph, an interview's first question, speech."""
    first = document.lines[0]
    are_spoken = all(map(is_spoken, document.lines[:2]))
    return _is_paragraph(first) or is_turn(document, first) or are_spoken


def _is_part_of_story(lines: Sequence[str], index: int, found: Sequence[int]) -> bool:
    """Whether a line is none of the frame, though no paragraph.

    Its sentence may go on below, as behind a link.
    """
    return (
        _is_epigraph(lines, index, found)
        or lines[index][-1] in _OPENING_BRACKETS
        or (bool(found) and any(map(runs_on, lines[index + 1 : index + 2])))
        or (bool(found) and all(map(is_spoken, lines[index : index + 2])))
        or _is_remark(lines[index])
        or _is_result(lines[index])
        or _heads_a_part(lines, index)
    )


def _leads_to_link(document: Document, index: int) -> bool:
    """Whether a line's sentence goes on two lines below, behind a link.

    "… has tapped former Bush aide", "Tom Bossert", "to serve as assistant".
    """
    if index + 2 >= len(document.lines):
        return False
    link, rest = document.lines[index + 1 : index + 3]
    return (
        runs_on(rest)
        and len(link) <= _MAX_LINK_CHARS
        and is_open(document.lines[index])
        and is_open(link)
        and document.touches_next(index)
        and document.touches_next(index + 1)
    )


def _is_epigraph(lines: Sequence[str], index: int, found: Sequence[int]) -> bool:
    """Whether a line quotes somebody; without a headline above it may be one itself.

    Not so where a dash and whose it is stand on the line below.
    """
    if quoted := _EPIGRAPH().fullmatch(lines[index]):
        return bool(found) or is_name(quoted["whose"])
    return _EPIGRAPH().fullmatch(" ".join(lines[index : index + 2])) is not None


def _is_remark(line: str) -> bool:
    """Whether brackets stand around it all, as around an editor's remark."""
    return line[0] + line[-1] in _BRACKETS


def _is_result(line: str) -> bool:
    """Whether a line is two sides and a score: "Rovers 2 Athletic 2".

    >>> _is_result("Union - Fortuna 2:2 (0:1)"), _is_result("Union beat Fortuna 2:1")
    (True, False)
    """
    return _RESULT().fullmatch(line) is not None


def _heads_a_part(lines: Sequence[str], index: int) -> bool:
    """Whether a line over a sentence has the form of others: "Tip #1 - Lock it".

    Headlines may begin with a number, and dates with a year stand over other stories.
    """
    form = _form(lines[index])
    if "0" not in form or form.replace(" ", "").isalnum():
        return False
    if _YEAR().search(lines[index]):
        return False
    if any(map(is_open, lines[index + 1 : index + 2])):
        return False
    return sum(_form(line) == form for line in lines[index + 1 :]) > 1


def _form(line: str) -> str:
    """The line with words for words and figures for figures.

    >>> _form("Friday, 7 March"), _form("17:58: Ferries to Föhr cancelled")
    ('a, 0 a', '0:0: a')
    """
    words = _WORDS().sub("a", _WORD_CHARS().sub("a", line))
    return _FIGURES().sub("0", words)


def _next(lines: Sequence[str], index: int, others: AbstractSet[int]) -> str:
    """The next line that is no byline."""
    for after in range(index + 1, len(lines)):
        if after not in others:
            return lines[after]
    return lines[index]


def _is_paragraph(line: str) -> bool:
    """Whether a line is as wide as prose and ends; a headline cut short is no such."""
    if line.endswith(_CUT_SHORT) and _is_headline_sized(line):
        return False
    return width(line) >= PROSE_WIDTH and not is_open(line)


def _is_headline_sized(line: str) -> bool:
    return len(line) >= _MIN_HEADLINE_CHARS and width(line) <= _MAX_HEADLINE_WIDTH


def _is_headline_over(line: str, after: str) -> bool:
    """Whether a line has a headline's shape and does not run on in the next."""
    if not _is_headline_sized(line) or (line.isascii() and " " not in line):
        return False
    if line[-1] in "—–-" or line[0] == "|" or is_item(line):
        return False  # a dateline, a row of a table, an item of a list
    if is_cut_off(line) or runs_on(after):  # no whole line
        return False
    if is_open(line) or line.endswith(_CUT_SHORT):
        return True
    mark = line.rstrip(CLOSING_MARKS + ":")[-1:]
    if not mark or mark not in CALL_MARKS:
        return False
    asks_shortly = mark in QUESTION_MARKS and len(line) <= _MAX_QUESTION_CHARS
    return asks_shortly or _is_mostly_capitalized(line)


def _is_mostly_capitalized(line: str) -> bool:
    """Whether most of a line's longer words begin with no small letter."""
    words = [word for word in line.split() if len(word) >= _MIN_TITLE_WORD]
    return sum(not word[0].islower() for word in words) >= _TITLE_SHARE * len(words)


# A quotation over the story, a dash and whose it is.
_EPIGRAPH: Final = late_pattern(
    r"[\"“„«].{8,300}[\"”“»] ?(?:[–—-]{1,2} ?|\()(?P<whose>[^\W\d_a-z].*?)\)?"
)
_BRACKETS: Final = ("()", "[]", "（）", "【】")
_SUMMARY_CHARS: Final = range(60, 601)
_MIN_SUMMARY_WORDS: Final = 6
_STEM_CHARS: Final = 7
_WORD: Final = late_pattern(r"\w{4,}")
# Set on labelled texts in ten languages: a paragraph under the headline that shares so
# many words with the next two or five. That it is shorter than those after it tells
# little: of 29 by that 11 were leads.
_MIN_SHARED: Final = {2: 0.65, 5: 0.85}


def _summary(document: Document, frame: Sequence[int]) -> int | None:
    """A paragraph under the headline that sums up those below, or over a byline."""
    lines = document.lines
    others = covered(document, find_cued(document))
    index = frame[-1] + 1
    while index < len(lines) - 2 and index in others:
        index += 1
    if index >= len(lines) - 2 or len(lines[index]) not in _SUMMARY_CHARS:
        return None
    after = lines[index + 1 : index + 1 + max(_MIN_SHARED)]
    if is_quotation(lines[index]) or lines[index][-1] in COLONS:
        return None
    place = _PLACE().match(lines[index])
    if place and is_dateline(place[1]):  # so a report begins
        return None
    if index + 1 in others:
        return index
    words = _stems(lines[index])
    if len(words) >= _MIN_SUMMARY_WORDS:
        for count, least in _MIN_SHARED.items():
            if len(words & _stems(" ".join(after[:count]))) >= least * len(words):
                return index
    return None


def _opens_over_byline(document: Document) -> bool:
    """Whether the first line is a paragraph and the second a byline: no headline.

    "As written by Ann Lee:" leads up to an excerpt.
    """
    lines = document.lines
    return (
        len(lines) >= _MIN_LINES
        and lines[1][-1] not in COLONS
        and _is_paragraph(lines[0])
        and len(lines[0]) in _SUMMARY_CHARS
        and 1 in covered(document, find_cued(document))
    )


def _stems(text: str) -> set[str]:
    return {word[:_STEM_CHARS] for word in _WORD().findall(text.casefold())}


def _find_others(document: Document) -> Iterator[Finding]:
    """Bylines and captions, which may stand among headline and standfirst."""
    yield from find_cued(document)
    yield from find_captions(document)


ASKED: Final = (*BYLINES, *CAPTIONS)  # for what may stand above the story
