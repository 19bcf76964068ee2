"""Links in Markdown: what a reader sees of them, and where that stands in the text.

Detectors look at a page as its readers do: "[Read more](https://…)" says "Read more".
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from typing import Final, NamedTuple

from cleaner.edits import Edit, edit_of
from cleaner.memory import late_pattern
from cleaner.spacing import BLANK

# CommonMark 0.31, "Links": a target without spaces, its brackets in pairs, and perhaps
# a title, here in quotation marks. No link reaches over a blank line; html2text breaks
# lines in targets and titles.
_TOKEN: Final = late_pattern(
    r"\\.|(?P<opens>!?\[)|(?P<blank>\r?\n[ \t]*\r?\n|\r[ \t]*\r)|\](?P<target>\((?=[^()\s]*[/#.:@])"
    r"(?:<[^<>\n]{1,2000}>|(?:[^()\s<]|\n(?!\s)|\([^()\s]{0,300}\))++)"
    r"(?:[ \t]{0,9}[ \t\n]"
    r"(?:\"(?:[^\"\n]|\n(?!\s)){0,300}\"|'(?:[^'\n]|\n(?!\s)){0,300}'))?[ \t]{0,9}\))?"
)


class Mark(NamedTuple):
    """Markup that readers do not see: `text[start:end]`, at a place of what they do."""

    at: int
    start: int
    end: int


class Unlinked(NamedTuple):
    """A text as its readers see it, and what opens and closes each link, in turn."""

    source: str
    text: str
    marks: Sequence[Mark] = ()

    def in_source(self, edits: list[Edit]) -> list[Edit]:
        """The same edits in the text with its markup.

        A link goes when all that is seen of it goes; of others the markup stays.
        """
        if not self.marks:
            return edits
        gone = _gone(self.marks, edits)
        pieces = (p for edit in edits for p in _pieces(self.marks, gone, edit))
        return [p for p in pieces if self.source[p.start : p.end] != p.replacement]

    def place(self, at: int) -> int:
        """Where a character that is read stands in the source."""
        return _source(self.marks, bisect_left(self.marks, (at + 1,)), at)


def unlinked(text: str) -> Unlinked:
    """The text without the markup of its links; the same object where there is none.

    >>> unlinked("[Read more](https://a.example/b) or leave.").text
    'Read more or leave.'
    """
    if "[" not in text or "](" not in text:  # the first look is the quicker one
        return Unlinked(text, text)
    parts: list[str] = []
    marks: list[Mark] = []
    done = size = 0
    for start, end in _markup(text):
        parts.append(text[done:start])
        size += start - done
        marks.append(Mark(size, start, end))
        done = end
    if not marks:
        return Unlinked(text, text)
    return Unlinked(text, "".join((*parts, text[done:])), marks)


def _markup(text: str) -> Iterator[tuple[int, int]]:
    """What opens and what closes each link, in turn: of one in another the inner."""
    opened: list[re.Match[str]] = []
    done = 0
    for token in _TOKEN().finditer(text):
        if token["opens"]:
            opened.append(token)
        elif token["blank"]:
            opened.clear()
        elif token[0].startswith("]") and opened:
            opening = opened.pop()
            is_link = token["target"] and opening[0] == "[" and opening.start() >= done
            if is_link and text[opening.end() : token.start()].strip(BLANK):
                yield opening.span()
                yield token.span()
                done = token.end()


def _gone(marks: Sequence[Mark], edits: Iterable[Edit]) -> frozenset[int]:
    """The marks of links of which nothing is left to be seen, by their places."""
    starts: list[int] = []  # of what goes, and where that ends
    ends: list[int] = []
    for edit in edits:
        if ends and ends[-1] == edit.start and not edit.replacement:
            ends[-1] = edit.end
        else:  # what is put in stands in the link in which the edit starts
            starts.append(edit.start + bool(edit.replacement))
            ends.append(edit.end)
    gone: set[int] = set()
    for opening in range(0, len(marks), 2):
        run = bisect_right(starts, marks[opening].at) - 1
        if run >= 0 and marks[opening + 1].at <= ends[run]:
            gone |= {opening, opening + 1}
    return frozenset(gone)


def _pieces(
    marks: Sequence[Mark], gone: AbstractSet[int], edit: Edit
) -> Iterator[Edit]:
    """An edit in the text with its markup: in pieces, where markup within it stays."""
    first = bisect_left(marks, (edit.start,))
    if first % 2 and first < len(marks) and marks[first].at == edit.start:
        first += 1  # what closes a link before it
    after = bisect_left(marks, (edit.end,), first)
    if after % 2 and after < len(marks) and marks[after].at == edit.end:
        after += 1  # what closes the last link in it
    start = _source(marks, first, edit.start)
    replacement = edit.replacement
    for index in range(first, after):
        mark = marks[index]
        if index in gone:
            continue
        if start < mark.start:
            yield edit_of((start, mark.start, replacement, *edit[3:]))
            replacement = ""
        start = mark.end
    end = _source(marks, after, edit.end)
    if start < end or replacement:
        yield edit_of((start, end, replacement, *edit[3:]))


def _source(marks: Sequence[Mark], index: int, at: int) -> int:
    """A place of the text that is seen, in the source, behind so many marks."""
    return at + (marks[index - 1].end - marks[index - 1].at if index else 0)
