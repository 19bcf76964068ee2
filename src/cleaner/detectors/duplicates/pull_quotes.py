"""Pull quotes and standfirsts: lines that stand word for word inside a paragraph."""

from collections.abc import Iterator
from typing import Final

from cleaner.detectors.duplicates.measures import (
    ENDS,
    QUOTES,
    STOPS,
    folded,
    is_paragraph,
    word_count,
)
from cleaner.document import Document
from cleaner.edits import Finding

_QUOTE_CHARS: Final = range(60, 400)
_QUOTE_WORDS: Final = 12
_STANDFIRST_WORDS: Final = 10
_STANDFIRST_END: Final = 3  # lines among which a standfirst stands
_LEAD_END: Final = 5  # what the lead or a caption says may be said again below
_PROBE_CHARS: Final = 24

# More lines that end in no mark are a list, a table or verse; a text longer than that
# is no article. Both bound the cost.
_MAX_QUOTES: Final = 40
_MAX_ARTICLE_CHARS: Final = 200_000
_CLOSERS: Final = frozenset(ENDS + QUOTES + ":;,")


def find_pull_quotes(document: Document) -> Iterator[Finding]:
    """Lines that stand word for word inside a paragraph of their own document."""
    text, lines = document.text, document.lines
    if not lines or len(text) > _MAX_ARTICLE_CHARS:
        return
    quotes = [line for line in lines[_STANDFIRST_END:] if line[-1] not in _CLOSERS]
    if len(quotes) > _MAX_QUOTES:
        quotes = []
    top = lines[0 if lines[0].endswith(STOPS) else 1 : _STANDFIRST_END]
    for line in (*top, *quotes):
        if len(line) in _QUOTE_CHARS:
            middle = (len(line) - _PROBE_CHARS) // 2
            probe = line[middle : middle + _PROBE_CHARS]
            if text.rfind(probe, 0, text.rfind(probe)) >= 0:
                index = lines.index(line)
                if _is_pulled(document, index, probe):
                    yield document.cut(index, "stands in a paragraph")


def _is_pulled(document: Document, index: int, probe: str) -> bool:
    """Whether a longer paragraph holds the line, which is no headline."""
    lines = document.lines
    line = lines[index]
    key = folded(line)
    if index == 0 and not is_paragraph(line):  # a headline, though it ends in a stop
        return False
    if document.title and folded(document.title) == key:
        return False
    is_top = index < _STANDFIRST_END
    if word_count(line) < (_STANDFIRST_WORDS if is_top else _QUOTE_WORDS):
        return False
    return any(
        probe in other and is_paragraph(other) and folded(other).find(key) > 0
        for other in lines[index + 1 if is_top else _LEAD_END :]
        if len(other) > len(line)
    )
