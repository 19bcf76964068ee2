"""Where the story stops and the page goes on: other headlines, tags and sections.

Every figure here was set on labelled articles of some forty corpora.
"""

import math
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from cleaner.detectors.looks import (
    LABEL_WIDTH,
    TYPICAL_HEADLINE_WIDTH,
    gives_figure,
    is_entry,
    is_full_name,
    is_headline_like,
    is_label,
    is_of_columns,
    is_tag,
    is_title_case,
    leads_up,
    share_in,
    vocabulary,
)
from cleaner.detectors.stubs import ends_in_by, names_own_list, stub_lines, stubs_of
from cleaner.document import COLONS, Document, is_open, runs_on, width
from cleaner.edits import Finding
from cleaner.gaps import Gap
from cleaner.memo import late_pattern, once
from cleaner.wording import bare

_MIN_HEADLINES: Final = 3
_LIST_HEADING_WORDS: Final = range(1, 5)
# "Hart; Nair, Cole; Oakes, Ray; Okoro", "Rovers v Marford, 3pm", "Ann Lee, teacher",
# "Dr Ann Lee - Home Secretary": players, fixtures, who signs or is named.
_OWN: Final = late_pattern(
    r"[^;]+;[^;]+;|.{2,40} vs?\.? (?:(?! - )[^:]){2,40}\Z"
    r"|(?P<name>[^,–—-]{5,40})(?:, | [–—-] )[^.!?:]{3,60}\Z"
)
_MIN_RUN_LINES: Final = 4  # of three in a row one may be the story's
_MIN_TAGS: Final = 4
_OPENING_CHARS: Final = 6
_MAX_SHARED: Final = 0.5  # of a line's words; with more it sums up the story
_MAX_TAG_SPACES: Final = 3
_TAGS_PER_KNOWN: Final = 3  # at most
# What shows, where it is gone, that the page had gone on there.
_OF_PAGE: Final = frozenset(
    {"bio", "interaction", "navigation", "notice", "promotion", "related_link"}
)
_TAGS: Final = "tags after the end"  # a reason


def _headline_runs(document: Document, span: range) -> Iterator[range]:
    """Runs of at least four lines: headlines, dates and kickers between them."""
    lines = document.lines
    start = span.start
    while start < span.stop:
        stop = start
        while stop < span.stop and (
            is_headline_like(lines[stop]) or (stop > start and is_label(lines[stop]))
        ):
            stop += 1
        while stop > start and not is_headline_like(lines[stop - 1]):
            stop -= 1
        run = _without_tags(lines, start, stop)
        if len(run) >= _MIN_RUN_LINES:
            yield run
        start = max(stop, start + 1)


def _without_tags(lines: Sequence[str], start: int, stop: int) -> range:
    """A run without what may be tags at its two ends."""
    while stop - start > _MIN_HEADLINES and is_tag(lines[start]):
        start += 1
    while stop - start > _MIN_HEADLINES and is_tag(lines[stop - 1]):
        stop -= 1
    return range(start, stop)


def _is_list_of_stories(document: Document, run: range) -> bool:
    """Whether a run is of headlines, not of the story's own entries or verses."""
    lines = document.lines
    before = lines[run.start - 1]
    goes_on = run.stop < len(lines) and runs_on(lines[run.stop])
    if goes_on or before[-1] in COLONS or before[0] in ".,;":
        return False
    if _own_list(document) < run.stop:
        return False
    headlines = [lines[index] for index in run if is_headline_like(lines[index])]
    widths = sorted(map(width, headlines))
    titles = 2 * sum(map(is_title_case, headlines)) > len(headlines)
    return (
        len(headlines) >= max(_MIN_HEADLINES, len(run) / 2)
        and widths[len(widths) // 2] >= TYPICAL_HEADLINE_WIDTH
        and sum(map(is_open, headlines)) * 3 >= 2 * len(headlines)
        and not _are_parallel(headlines)
        and not _is_stanza(document, run)
        and not _are_own(headlines)
        and not _heads_list(before)
        and not _heads_list(lines[run.start])
        and (titles or _shared(headlines, document.story) <= _MAX_SHARED)
    )


def _are_own(lines: Sequence[str]) -> bool:
    """Whether most of the lines have the form of a list that a story ends with."""
    return 3 * sum(map(_is_own, lines)) >= 2 * len(lines)


def _is_own(line: str) -> bool:
    match = _OWN().match(line)
    if match is None:
        return False
    return match["name"] is None or is_full_name(match["name"])


def _heads_list(line: str) -> bool:
    """Whether a line heads a list of the story's own: "Who has qualified"."""
    first, *rest = line.split()
    return (
        first.lower() in stubs_of("list_opener")
        and len(rest) in _LIST_HEADING_WORDS
        and is_label(line)
        and all(word[0].islower() for word in rest)
        and bare(line) not in stubs_of("story_stub")
    )


def _shared(lines: Sequence[str], story: str) -> float:
    """The share of the lines' words that the story has, mean over the lines."""
    shares = [share_in(story, words) for words in map(vocabulary, lines) if words]
    return sum(shares) / len(shares) if shares else 1.0


def _is_stanza(document: Document, run: range) -> bool:
    """Whether blank lines part all the lines above a run, and none of its own."""
    is_first = _first_that_touches(document) >= run.start - 1
    return is_first and all(map(document.touches_next, run[:-1]))


@once  # many runs ask
def _first_that_touches(document: Document) -> int:
    last = len(document.lines) - 1
    return next(filter(document.touches_next, range(last)), last)


def _are_parallel(lines: Sequence[str]) -> bool:
    """Whether most lines open alike, or as an entry of a list or table does."""
    openings = sorted(line.split(" ", 1)[0][:_OPENING_CHARS].lower() for line in lines)
    alike = max(len(list(group)) for _, group in groupby(openings))
    if 2 * alike > len(lines):
        return True
    entries = sum(is_entry(line) or gives_figure(line) for line in lines)
    return 2 * entries >= len(lines)


def find_closing_headlines(document: Document) -> Iterator[Finding]:
    """Lists of other stories' headlines after the end of the story."""
    for run in _lists_of_stories(document):
        for index in run:
            yield document.cut(index, "headlines after the end")


@once  # two detectors ask one after the other
def _lists_of_stories(document: Document) -> tuple[range, ...]:
    if len(document.closing) < _MIN_RUN_LINES:
        return ()
    runs = _headline_runs(document, document.closing)
    return tuple(run for run in runs if _is_list_of_stories(document, run))


def find_closing_tags(document: Document) -> Iterator[Finding]:
    """Tags, sections and names of blocks after the end of the story.

    They touch a list of other stories, or are at least four in a row of which a third
    are words of the story: a story's own list at its end has others.
    """
    runs = _lists_of_stories(document)
    edges = {run.start - 1 for run in runs} | {run.stop for run in runs}
    for tags in _closing_tags(document):
        if edges.intersection(tags) or (
            _are_sections(document, tags)
            and _are_of_story(document, tags)
            and not _heads_list(document.lines[tags[0]])
            and not _is_stanza(document, range(tags[0] + 1, tags[-1] + 1))
        ):
            for index in tags:
                yield document.cut(index, _TAGS)


def find_tags_by_gaps(document: Document, gaps: Sequence[Gap]) -> Iterator[Finding]:
    """At least four such lines in a row below a line of the page that is gone."""
    places = [gap.at for gap in gaps if gap.label in _OF_PAGE]
    ends = [*places, math.inf]
    for run in _closing_tags(document) if places else ():
        above = document.span(run[0] - 1)[1]
        first = ends[bisect_left(ends, above)]
        tags = [index for index in run if document.starts[index] >= first]
        if _are_sections(document, tags):
            for index in tags:
                yield document.cut(index, _TAGS)


def _closing_tags(document: Document) -> Iterator[list[int]]:
    """Lines like tags in a row after the end, but for those in a list of stories."""
    if len(document.closing) < _MIN_TAGS:
        return
    taken = {index for run in _lists_of_stories(document) for index in run}
    yield from _tag_runs(document, document.closing, taken)


@once  # each run of tags asks
def _own_list(document: Document) -> int:
    """Where what is the story's own begins after its end, under "Line-ups"."""
    places = (i for i in document.closing if names_own_list(document.lines[i]))
    return next(places, len(document.lines))


def _are_sections(document: Document, tags: Sequence[int]) -> bool:
    """Whether they are enough, and not all of them names."""
    names = (is_full_name(document.lines[index]) for index in tags)
    return len(tags) >= _MIN_TAGS and not all(names)


def _are_of_story(document: Document, tags: Sequence[int]) -> bool:
    """Whether a third of them have no word that the story lacks."""
    words = map(vocabulary, map(document.lines.__getitem__, tags))
    known = sum(share_in(document.story, stems) == 1 for stems in words if stems)
    return _TAGS_PER_KNOWN * known >= len(tags)


def _is_byline(lines: Sequence[str], index: int) -> bool:
    """Whether a line is "Written by", or the name under it or under "May 4 by"."""
    is_by = bare(lines[index]) in stubs_of("by_author")
    return is_by or ends_in_by(lines[index - 1])


def _tag_runs(document: Document, span: range, taken: set[int]) -> Iterator[list[int]]:
    """Tags in a row, none of them led up to by a colon or followed by a sentence."""
    lines = document.lines
    free = (
        index
        for index in span
        if index not in taken
        and is_tag(lines[index])
        and not _is_byline(lines, index)
        and not is_of_columns(lines, index)
    )
    for _, group in groupby(enumerate(free), key=lambda pair: pair[1] - pair[0]):
        tags = [index for _, index in group]
        goes_on = tags[-1] + 1 < len(lines) and runs_on(lines[tags[-1] + 1])
        is_led_up_to = leads_up(lines[tags[0] - 1])
        if not (is_led_up_to or goes_on or _own_list(document) <= tags[-1]):
            yield tags


def find_headed_tags(document: Document) -> Iterator[Finding]:
    """A heading such as "Tags" after the end, and the tags below it."""
    lines, span = document.lines, document.closing
    stop = 0
    headings = stub_lines(document, stubs_of("tag_heading").keys())
    for heading, _ in sorted(headings):
        if heading < stop:  # among the tags of another
            continue
        stop = heading + 1
        while stop < len(lines) and len(lines[stop]) <= LABEL_WIDTH:
            if not is_open(lines[stop]) or lines[stop].count(" ") > _MAX_TAG_SPACES:
                break
            stop += 1
        tags = range(heading + 1, stop)
        is_sure = bare(lines[heading]) not in stubs_of("topic_heading")
        if heading in span and tags and (is_sure or _are_of_story(document, tags)):
            for index in range(heading, stop):
                yield document.cut(index, "tags under their heading")
