"""Links and emphasis in Markdown: what a reader sees, and where it stands in the text.

Detectors see a page as its readers do: "**[Read more](https://…)**" says "Read more".
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from itertools import permutations
from typing import Final, NamedTuple

from cleaner.edits import Edit, edit_of
from cleaner.memo import late_pattern
from cleaner.spacing import BLANK, skip_blank, skip_blank_back

# CommonMark 0.31, "Links": a target without spaces, its brackets in pairs, and perhaps
# a title, here in quotation marks. No link reaches over a blank line; html2text breaks
# lines in targets and titles.
_TOKEN: Final = late_pattern(
    r"\\.|(?P<opens>!?\[)|(?P<blank>\r?\n[ \t]*\r?\n|\r[ \t]*\r)"
    r"|\](?P<target>\((?=[^()\s]*[/#.:@])"
    r"(?:<[^<>\n]{1,2000}>|(?:[^()\s<]|\n(?!\s)|\([^()\s]{0,300}\))++)"
    r"(?:[ \t]{0,9}[ \t\n]"
    r"(?:\"(?:[^\"\n]|\n(?!\s)){0,300}\"|'(?:[^'\n]|\n(?!\s)){0,300}'))?[ \t]{0,9}\))?"
)


# CommonMark 0.31, "Emphasis", that ends a line: what is cut off its end leaves no space
# before the mark then, which would be none. A word's own underscore is "my_file"'s.
_EMPHASIS: Final = late_pattern(
    # The first mark, then what may stand before it: so the search is for marks.
    r"([*_](?<![\w*][*_])[*_]{0,4})(?=[^\s*_])"
    r"(?:[^\s*_]|[^\S\n](?!\s)|(?<=\w)_(?=\w)){1,500}(?<=[^\s*_])"
    # "\x85" is blank space until it is repaired: "…" in the wrong encoding.
    r"([*_]{1,5})(?=(?:\]\([^()\s]{1,500}\))?[^\S\n\x85]*$)",
    re.MULTILINE,
)

Span = tuple[int, int]
Pair = tuple[Span, Span]  # what opens, and what closes it


class Mark(NamedTuple):
    """Markup that readers do not see: `text[start:end]`, at a place of what they do.

    The mark at the index `partner` closes what this one opens, or the other way round.
    """

    at: int
    start: int
    end: int
    partner: int


class Unlinked(NamedTuple):
    """A text as its readers see it, and the marks of its links and emphasis."""

    source: str
    text: str
    marks: Sequence[Mark] = ()

    def in_source(self, edits: list[Edit]) -> list[Edit]:
        """The same edits in the text with its markup.

        Marks go when all but blank space goes between them; others stay.
        """
        if not self.marks:
            return edits
        gone = _gone(self.marks, edits, self.text)
        pieces = [p for edit in edits for p in _pieces(self.marks, gone, edit)]
        pieces = sorted([*pieces, *_left_out(self.marks, gone, pieces)])
        return [p for p in pieces if self.source[p.start : p.end] != p.replacement]

    def place(self, at: int) -> int:
        """Where a character that is read stands in the source."""
        return _source(self.marks, bisect_left(self.marks, (at + 1,)), at)


def unlinked(text: str) -> Unlinked:
    """The text without the marks of its links and emphasis; the same where are none.

    >>> unlinked("[Read more](https://a.example/b) or **leave it.**").text
    'Read more or leave it.'
    """
    marks = _marks(text)
    if not marks:
        return Unlinked(text, text)
    ends = (0, *(mark.end for mark in marks))
    starts = (*(mark.start for mark in marks), len(text))
    seen = "".join(text[end:start] for end, start in zip(ends, starts, strict=True))
    return Unlinked(text, seen, marks)


def _marks(text: str) -> list[Mark]:
    """What opens and what closes each link and emphasis, in the order of the text."""
    pairs: list[Pair] = []
    if "[" in text and "](" in text:  # the first look is the quicker one
        pairs += _links(text)
    if "*" in text or "_" in text:
        pairs += _emphasis(text, [span for pair in pairs for span in pair])
    spans = sorted(span for pair in pairs for span in pair)
    index = {span: at for at, span in enumerate(spans)}
    partner = {one: index[other] for pair in pairs for one, other in permutations(pair)}
    marks: list[Mark] = []
    hidden = 0
    for start, end in spans:
        marks.append(Mark(start - hidden, start, end, partner[start, end]))
        hidden += end - start
    return marks


def _emphasis(text: str, taken: Sequence[Span]) -> Iterator[Pair]:
    """What opens and closes each emphasis, but for marks within those of links."""
    spans = sorted(taken)
    for match in _EMPHASIS().finditer(text):
        pair = match.span(1), match.span(2)
        mirrored = match[1] == match[2][::-1]
        if mirrored and not any(_is_within(spans, span) for span in pair):
            yield pair


def _is_within(spans: Sequence[Span], span: Span) -> bool:
    at = bisect_right(spans, span) - 1
    return at >= 0 and span[0] < spans[at][1]


def _links(text: str) -> Iterator[Pair]:
    """What opens and what closes each link: of one in another the inner."""
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
                yield opening.span(), token.span()
                done = token.end()


def _gone(marks: Sequence[Mark], edits: Iterable[Edit], text: str) -> frozenset[int]:
    """The marks between which nothing but blank space is left, by their places."""
    starts: list[int] = []  # of what goes with the blank space around it
    ends: list[int] = []  # and where that ends
    for edit in edits:
        says = bool(edit.replacement.strip(BLANK))
        if ends and edit.start <= ends[-1] and not says:
            ends[-1] = skip_blank(text, edit.end, len(text))
        else:  # what is put in stands in the link in which the edit starts
            starts.append(
                edit.start + 1 if says else skip_blank_back(text, edit.start, 0)
            )
            ends.append(skip_blank(text, edit.end, len(text)))
    gone: set[int] = set()
    for opening, mark in enumerate(marks):
        if mark.partner < opening:
            continue
        run = bisect_right(starts, mark.at) - 1
        if run >= 0 and marks[mark.partner].at <= ends[run]:
            gone |= {opening, mark.partner}
    return frozenset(gone)


def _left_out(
    marks: Sequence[Mark], gone: Iterable[int], pieces: Sequence[Edit]
) -> Iterator[Edit]:
    """Edits for the marks that go, but stand beyond blank space that stays."""
    for index in gone:
        _, start, end, partner = marks[index]
        after = bisect_right(pieces, (end,))
        is_taken = after and end <= pieces[after - 1].end
        if not is_taken:
            beside = pieces[after if index < partner else after - 1]
            yield edit_of((start, end, "", *beside[3:]))


def _pieces(
    marks: Sequence[Mark], gone: AbstractSet[int], edit: Edit
) -> Iterator[Edit]:
    """An edit in the text with its markup: in pieces, where markup within it stays."""
    first = _behind_closing(marks, bisect_left(marks, (edit.start,)), edit.start)
    after = bisect_left(marks, (edit.end,), first)
    after = _behind_closing(marks, after, edit.end)
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


def _behind_closing(marks: Sequence[Mark], index: int, at: int) -> int:
    """The first mark from the index on that closes nothing at this place."""
    while index < len(marks) and marks[index].at == at and marks[index].partner < index:
        index += 1
    return index


def _source(marks: Sequence[Mark], index: int, at: int) -> int:
    """A place of the text that is seen, in the source, behind so many marks."""
    return at + (marks[index - 1].end - marks[index - 1].at if index else 0)
