"""The line that goes on with one that goes: pages cut at links by an extractor."""

from bisect import bisect_left
from typing import Final

from cleaner.document import Document, is_open
from cleaner.edits import Finding
from cleaner.patterns import Find
from cleaner.wrapped import MIN_ROW_CHARS

_MAX_REST_CHARS: Final = 160
_MAX_REST_WORDS: Final = 8  # of one that ends a sentence
_COMMENTS: Final = ("#", "//", "/*")


def with_rest(find: Find) -> Find:
    """The detector, and the line that goes on where a line it finds breaks off."""

    def find_all(document: Document) -> list[Finding]:
        found = []
        for finding in find(document):
            found.append(finding)
            index = bisect_left(document.starts, finding.start)
            if _has_rest(document, index, finding):
                found.append(document.cut(index + 1, "goes on with such a line"))
        return found

    return find_all


def _has_rest(document: Document, index: int, finding: Finding) -> bool:
    """Whether a whole line is found, and the next goes on with it, and ends it.

    In none of 14,700 articles does one end later; in lower case verses would. Below a
    comment stands code.
    """
    lines = document.lines
    if index + 1 >= len(lines) or document.span(index) != (finding.start, finding.end):
        return False
    return (
        (is_open(lines[index]) or lines[index][-1] == ",")
        and not lines[index].startswith(_COMMENTS)
        and not _is_wrapped(document, index)
        and _is_rest(lines[index + 1])
        and not any(map(_is_rest, lines[index + 2 : index + 3]))
    )


def _is_wrapped(document: Document, index: int) -> bool:
    """Whether a line is as long as a row of hard-wrapped prose, and the next is one."""
    return len(document.lines[index]) >= MIN_ROW_CHARS and document.touches_next(index)


def _is_rest(line: str) -> bool:
    """Whether a line opens small and is no sentence: "van Gogh painted it in 1888."."""
    is_short = is_open(line) or line.count(" ") < _MAX_REST_WORDS
    return is_short and len(line) <= _MAX_REST_CHARS and _opens_small(line)


def _opens_small(line: str) -> bool:
    """Whether a line opens with a comma or a word in small letters, no name as "eBay".

    >>> _opens_small("and follow us"), _opens_small("eBay was down")
    (True, False)
    """
    word = line.split(None, 1)[0].rstrip(".,;:!'’")
    return line[0] == "," or (word.isalpha() and word.islower())
