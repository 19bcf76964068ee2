"""Headlines of other stories, told by their place or by the credit before them."""

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import takewhile
from typing import Final

from cleaner.detectors.looks import is_headline_like, is_title_case
from cleaner.document import PROSE, Document, is_open, is_prose, width
from cleaner.edits import Finding
from cleaner.memo import late_pattern

# Two Vietnamese sites: of 17 texts with either, none had a line of the story there.
_LEAST_TITLE_CHARS: Final = 25
# All 25 such lines of 12,482 articles are Vietnamese; in English they name two books.
_VIETNAMESE: Final = late_pattern("[ạ-ỹ]")  # the letters with marks below
_BETWEEN_TITLES: Final = " / "
_INDENT: Final = "\n" + " " * 4
_MAX_INDENTED: Final = 3

# One agency closes its page with seven or eight links and the headline once more; of
# 104 texts none had a line of the story there.
_MIN_CLOSING_LINKS: Final = 4
_MAX_CLOSING_LINKS: Final = 8
_MAX_CLOSING_WIDTH: Final = 140

COPYRIGHT_SIGN: Final = "copyright_sign"  # the slot
_CREDITED_CHARS: Final = range(60, 181)
_CREDIT_CHARS: Final = 40


def find_top_links(document: Document) -> Iterator[Finding]:
    """Other stories' headlines: in one line at the top, or set in below the lead."""
    lines = document.lines
    if lines and _BETWEEN_TITLES in lines[0] and _are_titles(lines[0], lines[1:2]):
        yield document.cut(0, "headlines with a slash between")
    if _INDENT not in document.text:  # as in most
        return
    indented = list(takewhile(partial(_is_set_in, document), range(1, len(lines))))
    below = len(indented) + 1
    beside = (0, below) if below < len(lines) else (0,)
    is_all_set_in = any(_has_indent(document, index) for index in beside)
    if 1 < len(indented) <= _MAX_INDENTED and not is_all_set_in:
        for index in indented:
            yield document.cut(index, "headlines set in below the lead")


def _are_titles(line: str, below: Sequence[str]) -> bool:
    titles = line.split(_BETWEEN_TITLES)
    return (
        min(map(len, titles)) >= _LEAST_TITLE_CHARS
        and not titles[0][-1].isdigit()  # "3 / 5 stars"
        and is_open(line)
        and ". " not in line
        and any(map(is_prose, below))
        and _VIETNAMESE().search(line) is not None
    )


def _is_set_in(document: Document, index: int) -> bool:
    """Whether a line stands just four spaces from the margin, like a headline."""
    return _has_indent(document, index) and is_headline_like(document.lines[index])


def _has_indent(document: Document, index: int) -> bool:
    start = document.starts[index]
    before = document.text[max(start - len(_INDENT), 0) : start]
    return len(before) >= _INDENT.count(" ") and _INDENT.endswith(before)


def find_credited(document: Document) -> Iterator[Finding]:
    """A link's picture and headline: "© AP Photo / Ann Lee Bridge Is to Be Rebuilt"."""
    for index in document.candidates_of(COPYRIGHT_SIGN):
        line = document.lines[index]
        is_credit = line[0] == "©" and " / " in line[:_CREDIT_CHARS]
        is_link = is_open(line) and is_title_case(line)  # a caption is none
        if is_credit and is_link and len(line) in _CREDITED_CHARS:
            yield document.cut(index, "a credit and another story's headline")


def find_closing_links(document: Document) -> Iterator[Finding]:
    """Headlines above the last line, which is the first one once more."""
    lines = document.lines
    last = len(lines) - 1
    if last < 1 or not lines[0].startswith(lines[last]):
        return
    above = range(last - 1, 0, -1)[:_MAX_CLOSING_LINKS]
    links = list(takewhile(partial(_is_closing_link, document), above))
    # not verses, of which the last may be the first
    if len(links) >= _MIN_CLOSING_LINKS and PROSE in document.shapes:
        for index in links:
            yield document.cut(index, "a headline above the story's own")


def _is_closing_link(document: Document, index: int) -> bool:
    line = document.lines[index]
    return is_headline_like(line) and width(line) <= _MAX_CLOSING_WIDTH
