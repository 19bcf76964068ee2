"""Lone headlines of other stories amid the story, known by what they don't share."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain, groupby
from typing import Final

from cleaner.detectors.looks import (
    is_amid_facts,
    is_cut_off,
    is_entry,
    is_full_name,
    is_headline_like,
    is_label,
    is_signed_caption,
    is_title_case,
    leads_up,
    lone_lines,
    share_in,
    vocabulary,
)
from cleaner.detectors.stubs import words_of
from cleaner.document import (
    CALL_MARKS,
    COLONS,
    OPEN,
    Document,
    is_open,
    is_prose,
    runs_on,
)
from cleaner.edits import Finding
from cleaner.memo import known, late_pattern, once
from cleaner.patterns.signatures import BRACKET_END

# A sub-heading is shorter, and its paragraph takes up its words; what is foreign to a
# short story can't be told.
_MIN_CHARS: Final = 45
_MIN_WORDS: Final = 6  # of four letters and more
_MAX_SHARED: Final = 0.35
_MIN_STORY_CHARS: Final = 1200

# After the end; what is longer is often a sentence that lost its full stop.
_MAX_END_CHARS: Final = 120
_MIN_END_WORDS: Final = 5
_MAX_SHARED_END: Final = 0.25
_MANY_LABELS: Final = 6
_MOSTLY: Final = 0.8
_MAX_SHARED_TITLE: Final = 0.4  # if it is set as a title
# What a headline has not: a sentence and the start of another one, the end of a
# quotation that began above, a semicolon ("Reporting by Ann Lee; editing by Bo Ray").
_NO_HEADLINE: Final = late_pattern(
    r"(?<!\d)[.!?…][\"”’»]?\s|;|^[^“„«]*”|^[^«]*»(?!.*«)"
)

# After the last sentence of a paragraph: "[The 10 Weirdest Ways We Die]", but for the
# source of a quotation, and what was cut short: "(Betrug in den USA: Ein Traum? …)".
_BRACKETED: Final = late_pattern(
    r"(?<=[.!?…»“”\"]) {1,3}(?:"
    r"(?<![»“”\"_] )\[(?P<title>[^\[\],]{24,160})\]"
    r"|\((?![a-z])[^()]{30,200} (?:…|\.\.\.)\)"
    r")[.!]?\Z"
)
_BRACKETED_LINE: Final = late_pattern(
    r"\[(?![a-z\d])(?:[^\s\[\]]+ ){4,30}[^\s\[\]]+\]\Z"
)
_DATES: Final = late_pattern(r"(?:\b\d{1,2}\.?, ){2}")  # when a play is on: news to use
_CITED: Final = late_pattern(r", \d{4}\]\Z")  # a source and its date
_MAX_BRACKETED: Final = 240
_CLOSES: Final = ("]", "].", "…)", "…).", "...)", "...).")


def find_foreign_headlines(document: Document) -> Iterator[Finding]:
    """Headlines between two paragraphs that share next to nothing with the story."""
    lines = document.lines
    suspects = [
        index
        for index in _lone(document)
        if len(lines[index]) >= _MIN_CHARS
        and is_headline_like(lines[index])
        and is_title_case(lines[index])
        and _names_nobody(lines[index])
    ]
    if suspects and len(document.text) >= _MIN_STORY_CHARS:
        for index in suspects:
            if _is_apart(lines, index) and _is_foreign(document, index):
                yield document.cut(index, "headline of another story")


def _lone(document: Document) -> Iterator[int]:
    """Where an open line stands between a paragraph and one that starts afresh."""
    lines = document.lines
    return (index for index in lone_lines(document) if not runs_on(lines[index + 1]))


def _names_nobody(line: str) -> bool:
    """Whether a line has not the shape of a caption: "Ann Lee, Professor of Law".

    Nor that of an item: "The Long Road by Ann Lee (May 13th)".
    """
    is_plain = "," not in line and "©" not in line and line[-1] != ")"
    return is_plain and line.isprintable()


def _is_apart(lines: Sequence[str], index: int) -> bool:
    """Whether a line shares next to nothing with the two beside it."""
    words = vocabulary(lines[index])
    return (
        len(words) >= _MIN_WORDS
        and words.isdisjoint(vocabulary(lines[index + 1]))
        and len(words & vocabulary(lines[index - 1])) <= 1
    )


def _is_foreign(document: Document, index: int) -> bool:
    words = vocabulary(document.lines[index])
    counts = _word_counts(document)
    return sum(counts[word] > 1 for word in words) <= _MAX_SHARED * len(words)


@once
def _word_counts(document: Document) -> Counter[str]:
    """In how many lines each word stands."""
    return Counter(chain.from_iterable(map(vocabulary, document.lines)))


def find_bracketed_headlines(document: Document) -> Iterator[Finding]:
    """Headlines in brackets: a line of their own, or the end of a paragraph."""
    for index in document.candidates_of(BRACKET_END):
        line = document.lines[index]
        if not line.endswith(_CLOSES):
            continue
        if line[0] == "[":
            if _is_bracketed_link(document.lines, index):
                yield document.cut(index, "a line in square brackets")
            continue
        match = _BRACKETED().search(line, max(len(line) - _MAX_BRACKETED, 0))
        if match and (match["title"] is None or is_title_case(match["title"])):
            start = match.start() + 1
            yield document.cut_part(index, start, match.end(), "headline in brackets")


def _is_bracketed_link(lines: Sequence[str], index: int) -> bool:
    """Whether a line in brackets is a headline, not a remark of the editor's."""
    line = lines[index]
    return (
        0 < index < len(lines) - 1
        and _BRACKETED_LINE().match(line) is not None
        and _DATES().search(line) is None
        and (is_open(line[1:-1]) or line[-2] in CALL_MARKS)
        and _CITED().search(line) is None
        and not is_open(lines[index - 1])
        and not leads_up(lines[index - 1])
        and any(map(is_prose, lines[index - 1 : index + 2 : 2]))
        and not runs_on(lines[index + 1])
    )


# A headline set as a title, and the length of its video: "Storm Hits the Coast 3:33".
_TIMED: Final = late_pattern(r"((?:\S+ ){5,18})\d:[0-5]\d\Z")
_MAX_TIMED_CHARS: Final = 150  # the longest of those in the texts has 77


def find_timed_headlines(document: Document) -> Iterator[Finding]:
    """Headlines of videos between two paragraphs, with their length."""
    lines = document.lines
    for index in _lone(document):
        line = lines[index]
        match = len(line) <= _MAX_TIMED_CHARS and _TIMED().match(line)
        if not match or match[1].endswith(", "):  # a runner, her country, her time
            continue
        if is_title_case(match[1]) and not _has_weekday(match[1]):
            yield document.cut(index, "a headline with the length of its video")


def _has_weekday(words: str) -> bool:
    """Whether a day is named: "Doors Open on the Old Quay Saturday 9:30"."""
    return words_of("weekday").search(words) is not None


def find_foreign_closing_lines(document: Document) -> Iterator[Finding]:
    """Unfinished lines after the end that share next to nothing with the story."""
    lines = document.lines
    span = document.closing
    free = _unannounced(lines, span)
    suspects = {
        index
        for index in free
        if _is_suspect(lines[index])
        and not is_signed_caption(lines[index])
        and not _next_runs_on(lines, index)
        and not is_amid_facts(lines, index)
    }
    if suspects:
        suspects -= _amid_labels(document)
    if not suspects:
        return
    story = document.story
    if len(story) < _MIN_STORY_CHARS:
        return
    for index in sorted(suspects):
        words = vocabulary(lines[index])
        limit = _MAX_SHARED_TITLE if is_title_case(lines[index]) else _MAX_SHARED_END
        if len(words) >= _MIN_END_WORDS and share_in(story, words) <= limit:
            yield document.cut(index, "shares nothing with the story before it")


def _unannounced(lines: Sequence[str], span: range) -> Iterator[int]:
    """The open lines that no line with a colon leads up to."""
    announced = span.start > 0 and lines[span.start - 1][-1] in COLONS
    for index in span:
        if not is_open(lines[index]):
            announced = lines[index][-1] in COLONS
        elif not announced:
            yield index


def _next_runs_on(lines: Sequence[str], index: int) -> bool:
    """Whether the next line goes on with a line's sentence, as a stripped link does."""
    after = lines[index + 1] if index + 1 < len(lines) else "-"
    return runs_on(after) and "://" not in after


def _amid_labels(document: Document) -> set[int]:
    """The lines of long lists after the end of which most are as short as labels."""
    found: set[int] = set()
    for shape, group in groupby(document.closing, document.shapes.__getitem__):
        items = list(group)
        labels = sum(is_label(document.lines[index]) for index in items)
        if shape == OPEN and labels >= max(_MANY_LABELS, _MOSTLY * len(items)):
            found.update(items)
    return found


def _is_somebody(line: str) -> bool:
    """Whether a line is a name and what its bearer is: "Ana Ruiz, Mayor, Harbour"."""
    name, comma, _ = line.partition(",")
    return comma != "" and is_full_name(name)


@known
def _is_suspect(line: str) -> bool:
    """Whether an open line has a headline's shape and is no entry, quotation, tweet."""
    return (
        len(line) <= _MAX_END_CHARS
        and line[-1] not in ")]"
        and "#" not in line
        and not is_cut_off(line)
        and ") " not in line  # names: "The Gazette (London) and others"
        and is_headline_like(line)
        and not is_entry(line)
        and not _is_somebody(line)
        and (is_title_case(line) or _NO_HEADLINE().search(line) is None)
    )
