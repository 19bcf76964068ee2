"""Where the story stops and the page goes on: the tail, and what stands in it.

Every figure here was set on labelled articles of some forty corpora.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from operator import add
from typing import Final

from cleaner.detectors.stubs import stub_lines, stubs_of
from cleaner.document import (
    COLONS,
    NARROW_PER_WIDE,
    OPEN,
    WIDE_FROM,
    Document,
    bare,
    is_item,
    is_open,
    known,
    once,
    width,
)
from cleaner.edits import Finding

_EMOJI_FROM: Final = "\U0001f000"

LABEL_WIDTH: Final = 45  # headings, tags, kickers, dates stay below it
_HEADLINE_WIDTHS: Final = range(24, 181)
_TYPICAL_HEADLINE_WIDTH: Final = 38  # the middle one of a list; verses are shorter
_MIN_HEADLINE_WORDS: Final = 4
_MIN_HEADLINES: Final = 3
_MIN_TAGS: Final = 4
_SURE_TAGS: Final = 8  # so many in a row are a menu, whatever stands around it
_MAX_TAG_WORDS: Final = 6

_QUESTION_MARKS: Final = frozenset("?!？！…")
_OPENS_ITEM: Final = frozenset("-–—•*+·▪►▶»>✓◦●○■□§#|/([（【@")
_QUOTES: Final = frozenset("\"“”„«»'‘")
_AROUND_WORDS: Final = ".,;:!?()[]\"'“”‘’«»„…।，。：；、！？"
_MIN_STEM_LENGTH: Final = 4
_STEM_LENGTH: Final = 6
_SHARED: Final = 0.5  # of a line's words: above it a caption or a summary of the story
_CAPITALIZED: Final = 0.85
_KEY_LENGTH: Final = 15  # of the name in an entry like "Birthplace: Boston"
_SCORE: Final = re.compile(r"\b\d{1,3} ?[-–:] ?\d{1,3}\b")
_LONG_NUMBER: Final = re.compile(r"\d{7}")  # a telephone's
_BY: Final = stubs_of("by_author")
_TAG_HEADINGS: Final = stubs_of("tag_heading")
_MAX_TAG_SPACES: Final = 3
_NO_TAG: Final = frozenset("0123456789:：@/|=•·–—(（[")


def starts_lower(line: str) -> bool:
    """Whether a line goes on with a sentence: its first letter is a small one."""
    return line[0].islower() or line[0] in ",;.)"


@known
def is_headline_like(line: str) -> bool:
    """Whether a line could be the headline of a story, by its shape alone."""
    if not (is_open(line) or line[-1] in _QUESTION_MARKS):
        return False
    if line[0] in _OPENS_ITEM or starts_lower(line) or "@" in line or "http" in line:
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
        and not starts_lower(line)
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


def headline_runs(document: Document, span: range) -> Iterator[range]:
    """Runs of at least three headlines, with the dates and kickers between them."""
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
        if len(run) >= _MIN_HEADLINES:
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
    goes_on = run.stop < len(lines) and starts_lower(lines[run.stop])
    if goes_on or before[-1] in COLONS or before[0] in ".,;":
        return False
    headlines = [lines[index] for index in run if is_headline_like(lines[index])]
    widths = sorted(map(width, headlines))
    titles = 2 * sum(map(is_title_case, headlines)) > len(headlines)
    return (
        len(headlines) >= max(_MIN_HEADLINES, len(run) / 2)
        and widths[len(widths) // 2] >= _TYPICAL_HEADLINE_WIDTH
        and sum(map(is_open, headlines)) * 3 >= 2 * len(headlines)
        and not _are_parallel(headlines)
        and (titles or shared(headlines, document.story) <= _SHARED)
    )


def _are_parallel(lines: Sequence[str]) -> bool:
    """Whether most lines open alike, or as an entry of a list or table does."""
    openings = sorted(line.split(" ", 1)[0][:_STEM_LENGTH].lower() for line in lines)
    alike = max(len(list(group)) for _, group in groupby(openings))
    return 2 * max(alike, sum(map(is_entry, lines))) > len(lines)


def is_entry(line: str) -> bool:
    """Whether a line is an entry: a figure, a quotation, "Born: 1931", "Leeds 2-1"."""
    keyed = ":" in line[:_KEY_LENGTH] or "：" in line[: _KEY_LENGTH // NARROW_PER_WIDE]
    scored = _SCORE.search(line) or _LONG_NUMBER.search(line)
    return keyed or scored is not None or line[0].isdigit() or line[0] in _QUOTES


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
        elif len(word) >= _MIN_STEM_LENGTH:
            stems.add(word[:_STEM_LENGTH])
    return frozenset(stems)


def shared(lines: Iterable[str], story: str) -> float:
    """The share of the lines' words that the story has, mean over the lines."""
    shares = [
        sum(stem in story for stem in words) / len(words)
        for words in map(vocabulary, lines)
        if words
    ]
    return sum(shares) / len(shares) if shares else 1.0


@known
def is_title_case(line: str) -> bool:
    """Whether a line's longer words are capitalized, as English headlines' are."""
    words = [word for word in line.split() if len(word) >= _MIN_STEM_LENGTH]
    capitals = sum(word[0].isupper() or not word[0].isalpha() for word in words)
    return len(words) >= _MIN_STEM_LENGTH and capitals >= _CAPITALIZED * len(words)


def find_closing_headlines(document: Document) -> Iterator[Finding]:
    """Lists of other stories' headlines after the end of the story."""
    for run in _lists_of_stories(document):
        for index in run:
            yield document.cut(index, "headlines after the end")


@once  # two detectors ask one after the other
def _lists_of_stories(document: Document) -> tuple[range, ...]:
    if len(document.closing) < _MIN_HEADLINES:
        return ()
    runs = headline_runs(document, document.closing)
    return tuple(run for run in runs if _is_list_of_stories(document, run))


def find_closing_tags(document: Document) -> Iterator[Finding]:
    """Tags, sections and names of blocks after the end of the story.

    At least four in a row, or any that touch a list of other stories. Among items of
    which a third are no tags they are items of the same list.
    """
    span = document.closing
    if len(span) < _MIN_HEADLINES:
        return
    runs = _lists_of_stories(document)
    edges = {run.start - 1 for run in runs} | {run.stop for run in runs}
    taken = {index for run in runs for index in run}
    for tags in _tag_runs(document, span, taken):
        is_list = len(tags) >= _MIN_TAGS and not _is_amid_list(document, span, tags)
        if is_list or edges.intersection(tags):
            for index in tags:
                yield document.cut(index, "tags after the end")


def _is_byline(lines: Sequence[str], index: int) -> bool:
    """Whether a line is "Written by", or the name under it."""
    return not _BY.keys().isdisjoint((bare(lines[index]), bare(lines[index - 1])))


def _tag_runs(document: Document, span: range, taken: set[int]) -> Iterator[list[int]]:
    """Tags in a row, none of them led up to by a colon or followed by a sentence."""
    lines = document.lines
    free = (
        index
        for index in span
        if index not in taken and is_tag(lines[index]) and not _is_byline(lines, index)
    )
    for _, group in groupby(enumerate(free), key=lambda pair: pair[1] - pair[0]):
        tags = [index for _, index in group]
        led_up_to = lines[tags[0] - 1][-1] in ":：,，"
        goes_on = tags[-1] + 1 < len(lines) and starts_lower(lines[tags[-1] + 1])
        if not (led_up_to or goes_on):
            yield tags


def _is_amid_list(document: Document, span: range, tags: Sequence[int]) -> bool:
    """Whether a third of the open lines that a few tags stand among are no tags."""
    if len(tags) >= _SURE_TAGS:
        return False
    shapes, start, stop = document.shapes, tags[0], tags[-1] + 1
    while start > span.start and shapes[start - 1] == OPEN:
        start -= 1
    while stop < span.stop and shapes[stop] == OPEN:
        stop += 1
    others = sum(not is_tag(line) for line in document.lines[start:stop])
    is_inside = start < tags[0] and tags[-1] + 1 < stop
    return is_inside and 3 * others > stop - start


def find_headed_tags(document: Document) -> Iterator[Finding]:
    """A heading such as "Tags" after the end, and the tags below it."""
    lines, span = document.lines, document.closing
    for heading, _ in stub_lines(document, _TAG_HEADINGS.keys()):
        stop = heading + 1
        while stop < len(lines) and len(lines[stop]) <= LABEL_WIDTH:
            if not is_open(lines[stop]) or lines[stop].count(" ") > _MAX_TAG_SPACES:
                break
            stop += 1
        if heading in span and stop - heading > 1:
            for index in range(heading, stop):
                yield document.cut(index, "tags under their heading")
