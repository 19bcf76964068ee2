"""The headline once more, behind a date or the name of a section."""

from collections.abc import Iterator
from typing import Final

from cleaner.detectors.duplicates.measures import STOPS, folded, word_count
from cleaner.document import MIN_PROSE_LINES, PROSE, Document
from cleaner.edits import Finding

_TOP_LINES: Final = 6
_MIN_HEADLINE_WORDS: Final = 5
_PREFIX_CHARS: Final = range(3, 46)


def find_prefixed_headlines(document: Document) -> Iterator[Finding]:
    r"""Lines below the headline of a story in prose that end in it.

    >>> prose = "\n" + "The ferry stood still, and so did all of its passengers. " * 2
    >>> text = "Ferry stands still for a day\n11 Jul 2022 Ferry stands still for a day"
    >>> document = Document(text + 3 * prose)
    >>> [document.text[s:e] for s, e, *_ in find_prefixed_headlines(document)]
    ['11 Jul 2022 Ferry stands still for a day']
    """
    lines = document.lines
    if document.shapes.count(PROSE) < MIN_PROSE_LINES:
        return
    size = len(lines[0])
    suspects = [
        index
        for index, line in enumerate(lines[:_TOP_LINES])
        if len(line) - size in _PREFIX_CHARS and not line.endswith(STOPS)
    ]
    if not suspects or word_count(lines[0]) < _MIN_HEADLINE_WORDS:
        return
    headline = folded(lines[0])
    for index in suspects:
        if folded(lines[index]).endswith(headline):
            yield document.cut(index, "the headline behind other words")
