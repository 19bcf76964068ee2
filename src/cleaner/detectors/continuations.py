"""Lines that go on with a line that goes: pages cut at their links by an extractor."""

from bisect import bisect_left
from collections.abc import Iterator
from typing import Final

from cleaner.document import Document, is_open
from cleaner.edits import Finding
from cleaner.patterns import Find

_MAX_REST_CHARS: Final = 160
_MIN_ROW_CHARS: Final = 60


def with_rest(find: Find) -> Find:
    """The detector, and the lines that go on where a line it finds breaks off."""

    def find_all(document: Document) -> list[Finding]:
        found = []
        for finding in find(document):
            found.append(finding)
            index = bisect_left(document.starts, finding.start)
            found += _rest(document, index, finding)
        return found

    return find_all


def _rest(document: Document, index: int, finding: Finding) -> Iterator[Finding]:
    """The lines after a whole line found, as long as each goes on with the last."""
    lines = document.lines
    if index == len(lines) or document.span(index) != (finding.start, finding.end):
        return
    while index + 1 < len(lines) and (is_open(lines[index]) or lines[index][-1] == ","):
        if _is_wrapped(document, index):
            return
        index += 1
        if len(lines[index]) > _MAX_REST_CHARS or not _opens_small(lines[index]):
            return
        yield document.cut(index, "goes on with such a line")


def _is_wrapped(document: Document, index: int) -> bool:
    """Whether a line is as long as a row of hard-wrapped prose, and the next is one."""
    return len(document.lines[index]) >= _MIN_ROW_CHARS and document.touches_next(index)


def _opens_small(line: str) -> bool:
    """Whether a line opens with a comma or a word in small letters, no name as "eBay".

    >>> _opens_small("and follow us"), _opens_small("eBay was down")
    (True, False)
    """
    word = line.split(None, 1)[0].rstrip(".,;:!'’")
    return line[0] == "," or (word.isalpha() and word.islower())
