"""Lines that a site prints on more of its pages than its stories can explain."""

from collections import Counter
from collections.abc import Collection, Iterator
from typing import Final

from cleaner.document import CLOSED, COLONS, PROSE, Document, is_open, runs_on
from cleaner.edits import Finding
from cleaner.sites import MIN_PAGES, FrozenSiteMemory

# Of a site's pages. In news the sub-headings and the intro of a series stand on up to a
# third of them, and what every story of one kind announces on up to a half.
_MIN_SHARE: Final = 0.5
# More of the prose than this recurs only where the page itself was counted repeatedly.
_MAX_PROSE_SHARE: Final = 0.5
_MIN_LETTERS: Final = 2
_SHORT_ANSWER_WORDS: Final = 3  # "Yes.", "I did."
_CLOSING_QUOTES: Final = "’'\""  # before the rest of a sentence


def find_recurring(document: Document, memory: FrozenSiteMemory) -> Iterator[Finding]:
    """The lines that recur on the pages of the document's site."""
    if not (document.url and document.lines):
        return
    *counts, all_pages = memory.pages_of(document.url, document.lines) or [0]
    least = max(MIN_PAGES, _MIN_SHARE * all_pages)
    recurring = {index: pages for index, pages in enumerate(counts) if pages >= least}
    if not recurring or _is_the_story_itself(document, recurring):
        return
    times = Counter(document.lines)
    for index, pages in recurring.items():
        line = document.lines[index]
        if times[line] > 1 or _is_title(line, document.title):
            continue
        if _can_be_furniture(document.lines, index, recurring):
            reason = f"stands on {pages} of {all_pages} pages of the site"
            yield document.cut(index, reason)


def _is_title(line: str, title: str | None) -> bool:
    """Whether it is the page's own headline, which other pages print as a link."""
    return title is not None and title.casefold().startswith(line.casefold())


def _is_the_story_itself(document: Document, recurring: Collection[int]) -> bool:
    """Whether the prose recurs, or the shorter sentences where there is no other."""
    kind = PROSE if PROSE in document.shapes else CLOSED
    shapes = enumerate(document.shapes)
    sizes = {i: len(document.lines[i]) for i, shape in shapes if shape == kind}
    again = sum(size for index, size in sizes.items() if index in recurring)
    return again > _MAX_PROSE_SHARE * sum(sizes.values())


def _can_be_furniture(lines: list[str], index: int, recurring: Collection[int]) -> bool:
    """Not so a separator, a short answer, a name that a link cut out of a sentence.

    Nor what announces a line that stays.
    """
    line = lines[index]
    if sum(map(str.isalpha, line)) < _MIN_LETTERS:
        return False
    after = lines[index + 1] if index + 1 < len(lines) else ""
    stays = after and index + 1 not in recurring
    if stays and (line[-1] in COLONS or runs_on(after) or after[0] in _CLOSING_QUOTES):
        return False
    return is_open(line) or len(line.split()) > _SHORT_ANSWER_WORDS
