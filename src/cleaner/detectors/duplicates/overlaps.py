"""The end of a line once more at the start of the next one: lists taken apart."""

import re
from collections.abc import Iterator
from typing import Final

from cleaner.document import Document, is_open
from cleaner.edits import Finding

_MIN_CHARS: Final = 20
_MAX_CHARS: Final = 400  # which bounds the cost
_GOES_ON: Final = re.compile(r"\n[ \t]*[a-zß-öø-ÿ,.;:]")  # only Latin was met


def find_overlaps(document: Document) -> Iterator[Finding]:
    r"""What of a line only says again how the one above it ends, in mid-sentence.

    In 49 of 49 places of 11,204 articles an extractor had said it twice.

    >>> above = "The yield was at 2.8% versus 2.9% on Thursday."
    >>> document = Document(f"{above}\nwas at 2.8% versus 2.9% on Thursday. Gold rose.")
    >>> [document.text[start:end] for start, end, *_ in find_overlaps(document)]
    ['was at 2.8% versus 2.9% on Thursday. ']
    """
    for match in _GOES_ON.finditer(document.text):
        index = document.line_at(match.end() - 1)
        line = document.lines[index]
        size = _overlap(document.lines[index - 1], line) if index else 0
        if 0 < size < len(line):
            start = len(line) - len(line[size:].lstrip())
            yield document.cut_part(index, 0, start, "the line above ends with it")


def _overlap(above: str, line: str) -> int:
    """How many characters end one line, a sentence, and open the next; 0 if few."""
    start = line[:_MIN_CHARS]
    # Rows of commands and names begin as others end, and so do those of dots.
    if is_open(above) or not any(map(str.isalpha, start)):
        return 0
    above = above[-_MAX_CHARS:]
    at = above.find(start)
    while at >= 0 and not line.startswith(above[at:]):
        at = above.find(start, at + 1)
    return len(above) - at if at >= 0 else 0
