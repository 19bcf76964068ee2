"""Pull quotes and standfirsts: lines that stand word for word inside a paragraph."""

from bisect import bisect_left
from collections.abc import Iterator
from typing import Final

from cleaner.compiled import scan
from cleaner.detectors.duplicates.measures import (
    STOPS,
    folded,
    is_paragraph,
    is_quotation,
    word_count,
)
from cleaner.document import COLONS, Document, is_item
from cleaner.edits import Finding
from cleaner.memo import late_pattern
from cleaner.patterns.sentences import is_quoted, is_reported

_QUOTE_CHARS: Final = range(60, 400)
_QUOTE_WORDS: Final = 12
_STANDFIRST_WORDS: Final = 10
_STANDFIRST_END: Final = 3  # lines among which a standfirst stands
_LEAD_END: Final = 5  # what the lead or a caption says may be said again below
_PROBE_CHARS: Final = 24

_SPEAKER_CHARS: Final = 80  # behind a quotation, that may name who said it
_OPENING_MARKS: Final = frozenset('“"')
_LIFTED: Final = late_pattern(
    r"[“\"](?P<said>[^“”\"]{60,330})[.!?][”\"] {1,3}(?=[A-Z])"
)

# More lines that end in no mark are a list, a table or verse; a text longer than that
# is no article. Both bound the cost.
_MAX_QUOTES: Final = 40
_MAX_ARTICLE_CHARS: Final = 200_000


def find_pull_quotes(document: Document) -> Iterator[Finding]:
    """Lines that stand word for word inside a paragraph of their own document."""
    if len(document.text) > _MAX_ARTICLE_CHARS:
        return
    for index in _standing_again(document):
        probe = _probe(document, index)
        if probe and _is_pulled(document, index, probe):
            yield document.cut(index, "stands in a paragraph")


def find_lifted_quotes(document: Document) -> Iterator[Finding]:
    """A quotation of the story's own words that opens its first line, as op-eds do.

    Below the words stand without marks: who is quoted says them once.
    """
    line = document.lines[0] if document.lines else ""
    if line[:1] not in _OPENING_MARKS:
        return
    match = _LIFTED().match(line)
    if not match or is_reported(line[: match.end() + _SPEAKER_CHARS]):
        return
    if _stands_unquoted(document, match["said"], match.end()):
        yield document.cut_part(0, 0, match.end(), "stands in the story")


def _stands_unquoted(document: Document, said: str, start: int) -> bool:
    """Whether the story says a text again without marks, behind so many characters."""
    at = document.text.find(said, document.starts[0] + start)
    if at < 0:
        return False
    index = document.line_at(at)
    place = at - document.starts[index]
    return not is_quoted(document.lines[index], place)


def _standing_again(document: Document) -> list[int]:
    """Suspects, or those of them of which the middle stands in the text once more."""
    if scan is None:
        return suspects(document)
    lines, starts, shapes = document.lines, document.starts, document.shapes
    return scan.pulled(document.text, lines, starts, shapes)


def suspects(document: Document) -> list[int]:
    """The lines of a quote's length, among those at the top and the open ones."""
    lines = document.lines
    if not lines:
        return []
    first = 0 if lines[0].endswith(STOPS) else 1
    quotes = document.open_lines
    quotes = quotes[bisect_left(quotes, _STANDFIRST_END) :]
    if len(quotes) > _MAX_QUOTES:
        quotes = []
    places = (*range(first, min(_STANDFIRST_END, len(lines))), *quotes)
    return [index for index in places if len(lines[index]) in _QUOTE_CHARS]


def _probe(document: Document, index: int) -> str:
    """The middle of a line, no item, if that stands in the text once more; else ""."""
    line, start = document.lines[index], document.starts[index]
    if is_item(line):
        return ""
    middle = (len(line) - _PROBE_CHARS) // 2
    probe = line[middle : middle + _PROBE_CHARS]
    again = document.text.find(probe, start + len(line)) >= 0
    return probe if again or document.text.find(probe, 0, start) >= 0 else ""


def _is_pulled(document: Document, index: int, probe: str) -> bool:
    """Whether a longer paragraph holds the line, which is no headline."""
    lines = document.lines
    line = lines[index]
    key = folded(line)
    if index == 0 and not is_paragraph(line):  # a headline, though it ends in a stop
        return False
    if document.title and folded(document.title) == key:
        return False
    if index and lines[index - 1][-1] in COLONS:  # it is what that line announces
        return False
    is_top = index < _STANDFIRST_END
    if is_top and is_quotation(line):
        return False
    if word_count(line) < (_STANDFIRST_WORDS if is_top else _QUOTE_WORDS):
        return False
    return any(
        probe in other and is_paragraph(other) and folded(other).find(key) > 0
        for other in lines[index + 1 if is_top else _LEAD_END :]
        if len(other) > len(line)
    )
