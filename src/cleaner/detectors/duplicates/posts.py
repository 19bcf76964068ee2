"""Embedded posts that say what the story has just quoted, word for word."""

from collections.abc import Iterator, Sequence
from typing import Final

from cleaner.detectors.duplicates.measures import QUOTES
from cleaner.document import Document
from cleaner.edits import Finding
from cleaner.memo import known, late_pattern
from cleaner.patterns.signatures import HANDLE

_SIGNED: Final = late_pattern(r"[—–-] ?[^\n()]{2,60}\(@\w{1,30}\)")
_MIN_SIGNED_CHARS: Final = 20  # before it on its line; less, and the post stands above
_MAX_DATE_CHARS: Final = 40  # after it; what is longer is the story's
_LINKS: Final = late_pattern(r"(?:https?://|pic\.twitter\.com/)\S+")
_WORD: Final = late_pattern(r"\w+")
_MIN_WORDS: Final = 8
# Of 21 in the texts at hand 16 follow the quotation at once, the last four lines below.
_LINES_ABOVE: Final = 4
_QUOTES: Final = frozenset(QUOTES)


def find_quoted_posts(document: Document) -> Iterator[Finding]:
    """Signed posts under a line that quotes all their words."""
    lines = document.lines
    for signed in document.candidates_of(HANDLE):
        at, post = _post(lines, signed)
        words = _words(post)
        if words.count(" ") <= _MIN_WORDS:
            continue
        above = lines[max(at - _LINES_ABOVE, 0) : at]
        if any(words in _words(line) for line in above if not _QUOTES.isdisjoint(line)):
            yield document.cut(at, "a post quoted above")


def _post(lines: Sequence[str], signed: int) -> tuple[int, str]:
    """The line of the post that a line signs, and what it says; "" if it signs none."""
    line = lines[signed]
    signature = _SIGNED().search(line)
    if signature is None or not signed:
        return signed, ""
    if len(line) - signature.end() > _MAX_DATE_CHARS:  # the story goes on with it
        return signed, ""
    if signature.start() < _MIN_SIGNED_CHARS:
        return signed - 1, lines[signed - 1]
    return signed, line[: signature.start()]


@known
def _words(text: str) -> str:
    """The words without marks, case and links, a space to either side of each."""
    return f" {' '.join(_WORD().findall(_LINKS().sub(' ', text).casefold()))} "
