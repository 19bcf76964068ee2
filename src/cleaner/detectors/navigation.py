"""Navigation: tags, breadcrumbs, pages, archives, jump links, tables of contents."""

import math
from collections.abc import Iterator
from functools import cache
from itertools import groupby
from typing import Final

from cleaner.detectors.looks import without_facts
from cleaner.detectors.stubs import openings, stub_lines, stubs_of
from cleaner.document import LONE, OPEN, PROSE, Document, runs_on
from cleaner.edits import Finding
from cleaner.memo import late_pattern, once
from cleaner.patterns import Rule, find_by
from cleaner.wording import bare

_ITEM: Final = r"[\p{L}\p{N}&'’. -]{1,40}"

TAGS: Final = (
    Rule(
        "filed_under",
        "line",
        r"[#|]?[ ]?{filed_under}[ ]?[:：|][^.!?。！？\n]{0,900}",
        1000,
    ),
    Rule("posted_in", "line", r"{posted_in}{_}[^!?\n]{1,600}", 700),
    # a blog's: "Labels: bees, honey", not "labels:" in code
    Rule(
        "blog_labels",
        "line",
        r"(?-i:(?=L)){blog_labels}[ ][^.,!?:\n]{2,60}(?:,[ ][^.,!?:\n]{1,40}){1,20}",
    ),
    # "Posted in News, Bees | Tagged honey | 3 Comments"
    Rule(
        "posted_list",
        "line",
        r"{posted_list}{_}(?-i:\p{Lu})[^.!?|•\n]{1,80}[|•][^.!?\n]{1,300}",
        400,
    ),
)

_ABSTRACT: Final = "abstract_heading"  # the slot
_find_tags: Final = find_by(TAGS)


def find_tags(document: Document) -> Iterator[Finding]:
    """What the rules find; amid the story no facts: "Topics: bees" by "Fee: none".

    A paper's keywords are its own.
    """
    end = document.starts[document.closing.start] if document.closing else math.inf
    found = _find_tags(document)
    if found and any(map(_is_abstract, document.lines)):
        return
    yield from (finding for finding in found if finding.start >= end)
    yield from without_facts(document, (f for f in found if f.start < end))


def _is_abstract(line: str) -> bool:
    """Whether a line is "Abstract", or begins with it and a colon or stop."""
    return bare(line) in stubs_of(_ABSTRACT) or line.startswith(_abstracts())


@cache
def _abstracts() -> tuple[str, ...]:
    return tuple(heading for mark in ":.：" for heading in openings(_ABSTRACT, mark))


JUMPS: Final = (
    Rule(
        "jump",
        "line",
        r"(?:[‹«<←↑^•]|-{1,5})?[ ]?{jump}[ ]?(?:[›»>→↑^]|-{1,5}|…|\.{2})?\.?",
        60,
    ),
    # "Previous post  How to start a career in bridges"
    Rule(
        "jump_to", "line", r"[←•]?[ ]?{jump_to}:?{_}(?-i:\p{Lu})[^.!\n]{8,140}[→]?", 180
    ),
    Rule("as_seen_on", "line", r"{as_seen_on}{_}(?-i:\p{Lu})[^.!?\n]{1,40}", 60),
    Rule(
        "page_of",
        "line",
        r"(?:{jump?}[ ]?[›»>|]?{_})?{page_of}{_}?\d{1,3}{_}(?:{of}|/){_}\d{1,3}"
        r"(?:{_}[›»>|]?[ ]?{jump?})?",
        80,
    ),
    # the pages of an article, as "Pages: 1 2 3 4"
    Rule("page_list", "line", r"{page_list}(?:[ ]\d{1,2}){2,20}[ ]?[›»>]?", 60),
    Rule(
        "gallery",
        "line",
        r"{gallery}(?:{_}\d{1,3}{_}(?:{of?}|/){_}(?:/[ ])?\d{1,3})?",
        60,
    ),
    Rule("gallery_count", "line", r"\d{1,3}{_}{gallery_count}", 30),
    # "Hide Caption 3 of 10 Photos: The crash" within the run-together text of a gallery
    Rule("hide_caption", "inline", r"{hide_caption}{_}\d{1,3}{_}{of}{_}\d{1,3}"),
    # the button alone, in front of the first sentence
    Rule("hide_caption", "inline", r"\A{hide_caption}{_}(?=(?-i:\p{Lu}\p{Ll}))"),
    # "The hall Mon, July 18, 2016 Our pictures Play slideshow Getty Images 1 of 35 …"
    Rule(
        "play_slideshow",
        "line",
        r"[^\n]{3,300}{play_slideshow}{_}[^\n]{0,60}\d{1,3}{_}{of}{_}\d{1,3}[^\n]{0,250}",
        600,
    ),
    # the categories of a story: "News, People", "Lead, Lithium, News"
    Rule(
        "news_category",
        "line",
        r"(?-i:(?:\p{Lu}[\p{L} &]{1,24},[ ]){1,4}){news_category}"
        r"(?-i:(?:,[ ]\p{Lu}[\p{L} &]{1,24}){0,4})",
        100,
    ),
    Rule(
        "news_category",
        "line",
        r"{news_category}(?-i:(?:,[ ]\p{Lu}[\p{L} &]{1,24}){1,4})",
        100,
    ),
    # the kinds of press releases: "Forschungsergebnisse, Forschungs- / Wissenstransfer"
    Rule("release_kind", "line", r"{release_kind}(?:,{_}{release_kind}){1,4}", 140),
    # in the text of a gallery: "1 of 26 Full Screen Autoplay Close Skip Ad … Buy Photo"
    Rule(
        "gallery_control",
        "inline",
        r"(?:\d{1,3}{_}{of}{_}\d{1,3}{_})?{gallery_control}(?!\w)(?:{_}×|\.)?",
    ),
    # not "More from The Post:", which leads up to an excerpt
    Rule(
        "more_by",
        "line",
        r"(?!{cites_more?}{_}[^:\n]{1,60}:\Z){more_by}{_}(?-i:\p{Lu})[^.!?\n]{1,60}",
        80,
    ),
)

_STEP: Final = r"[ ]?(?:[>»›/→|]|::)[ ]?"

BREADCRUMBS: Final = (
    Rule(
        "home",
        "line",
        r"{home}:?[ ]?"
        + _ITEM
        + r"(?:"
        + _STEP
        + _ITEM
        + r"){0,6}(?:"
        + _STEP
        + r"[^\n]{0,150})?",
        240,
    ),
    # "You are here:", alone or with the path behind it
    Rule(
        "path_label",
        "line",
        r"{path_label}{colon}(?:[^.!?\n]{0,80}[>»›→/|][^.!?\n]{0,120})?",
        220,
    ),
)

# Such as "December 2024 (12)", "diciembre de 2024", "2024年12月".
_MONTH: Final = late_pattern(
    r"(?P<name>[^\W\d_]{3,12})\.? (?:de )?(?:19|20)\d\d(?: ?\(\d{1,5}\))?"
    r"|(?:19|20)\d\d年 ?\d{1,2}月(?: ?\(\d{1,5}\))?"
)
_MIN_MONTHS: Final = 3
_MONTH_ENDS: Final = frozenset("0123456789)月")


def find_archives(document: Document) -> Iterator[Finding]:
    """Months in a row after the story, as archives list them, and their heading."""
    lines = document.lines
    dated = [index for index in document.tail if lines[index][-1] in _MONTH_ENDS]
    months = [index for index in dated if _is_month(lines[index])]
    for _, group in groupby(enumerate(months), lambda row: row[1] - row[0]):
        run = [index for _, index in group]
        if len(run) < _MIN_MONTHS:
            continue
        above = run[0] - 1
        if above >= 0 and bare(lines[above]) in stubs_of("archive"):
            yield document.cut(above, "the heading of an archive")
        for index in run:
            yield document.cut(index, "a month of an archive")


def _is_month(line: str) -> bool:
    month = _MONTH().fullmatch(line)
    if not month:
        return False
    return month["name"] is None or month["name"].lower() in stubs_of("month")


_HASHTAGS: Final = late_pattern(r"(?:#\w[\w-]{0,60}[ ,]{0,3}){3,40}")


def find_hashtags(document: Document) -> Iterator[Finding]:
    """Lines of hashtags after the story."""
    for index in document.closing:
        line = document.lines[index]
        if line[0] == "#" and _HASHTAGS().fullmatch(line):
            yield document.cut(index, "hashtags after the end")


CONTENTS: Final = "contents_heading"  # the slot
_MAX_ENTRY_CHARS: Final = 160
_MIN_ENTRIES: Final = 2
_ENTRY_MARK: Final = late_pattern(
    r"(?:(?:[-*+•·▪●◦○>#]{1,6}|\d{1,3}(?:\.\d{1,3}){0,3}[.)]?)\s{1,3}){1,2}"
)


def find_contents(document: Document) -> Iterator[Finding]:
    """Headings over tables of contents, and entries that head the parts below.

    On 47 sites of WCXB an extractor left the heading by itself.
    """
    done = 0
    for heading, _ in sorted(stub_lines(document, stubs_of(CONTENTS).keys())):
        entries = range(0) if heading < done else _entries(document, heading + 1)
        if entries or _has_lost_list(document, heading):
            done = max(done, entries.stop)
            for index in (heading, *entries):
                yield document.cut(index, "a table of contents")


def _entries(document: Document, first: int) -> range:
    """The lines from the first on that stand again below, if two have several words."""
    lines, last = document.lines, _last_places(document)
    stop = first
    while stop < len(lines) and last.get(_entry(lines[stop]), 0) > stop:
        stop += 1
    are_told = sum(" " in line for line in lines[first:stop]) >= _MIN_ENTRIES
    return range(first, stop if are_told else first)


@once
def _last_places(document: Document) -> dict[str, int]:
    """Where each line that may be a heading stands last."""
    lines = enumerate(document.lines)
    return {_entry(line): at for at, line in lines if len(line) <= _MAX_ENTRY_CHARS}


def _entry(line: str) -> str:
    """A line without its marks, as of an item: "• 2. Le Wagon: ..."."""
    mark = _ENTRY_MARK().match(line)
    return bare(line[mark.end() if mark else 0 :])


def _has_lost_list(document: Document, heading: int) -> bool:
    """Whether prose, or a heading over prose, stands where the list should.

    Where a sub-heading stands further up this is one, too: in a guide to theses.
    """
    goes_on = any(map(runs_on, document.lines[heading + 1 : heading + 2]))
    if goes_on or document.shapes.find(LONE, 0, heading + 1) >= 0:
        return False
    below = document.shapes[heading + 1 : heading + 3]
    return below[:1] in (b"", bytes([PROSE])) or below == bytes([OPEN, PROSE])
