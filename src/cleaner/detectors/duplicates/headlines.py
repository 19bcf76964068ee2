"""The headline once more: twice in a line, behind a date, without its speaker."""

import re
from collections.abc import Iterator
from typing import Final

from cleaner.detectors.duplicates.measures import (
    DASHES,
    QUOTES,
    STOPS,
    TRAILING,
    folded,
    word_count,
)
from cleaner.document import COLONS, MIN_PROSE_LINES, PROSE, Document, is_open
from cleaner.edits import Finding
from cleaner.memo import late_pattern
from cleaner.spacing import BLANK

_MIN_HEADLINE_WORDS: Final = 5
_TOP_LINES: Final = 6  # where it may stand again
_MORE_CHARS: Final = frozenset(range(3, 46))
_MORE_OR_LESS_CHARS: Final = _MORE_CHARS | frozenset(range(-49, -4))
_REMARK: Final = re.compile(r" [(\[]\w{4,12}[)\]]\Z")  # "(video)"
_REMARK_ENDS: Final = (")", "]")
_TRIVIAL: Final = TRAILING + QUOTES + DASHES + BLANK  # at the end of a text
_SPEAKER: Final = re.compile(r"[^:]{3,45} ?: ")  # "Ann Lee: “We stay”"

_WORD: Final = late_pattern(r"\w+")
_MIN_DOUBLED_CHARS: Final = 22
_MAX_DOUBLED_CHARS: Final = 250


def find_doubled_openings(document: Document) -> Iterator[Finding]:
    """The first of two copies that open the text, in one line: the second goes on.

    >>> document = Document("Ferry stands still again Ferry stands still again. It …")
    >>> [document.text[start:end] for start, end, *_ in find_doubled_openings(document)]
    ['Ferry stands still again ']
    """
    first = document.lines[0] if document.lines else ""
    head = first[: _MAX_DOUBLED_CHARS + _MIN_DOUBLED_CHARS].casefold()
    again = head.find(head[:_MIN_DOUBLED_CHARS], _MIN_DOUBLED_CHARS)
    if not _MIN_DOUBLED_CHARS < again <= _MAX_DOUBLED_CHARS:
        return
    line = first.casefold()
    opening = line[:again].rstrip(BLANK)
    if not line.startswith(opening, again):
        opening = opening.rstrip(_TRIVIAL)
    end = _end_of_copy(line, again)
    is_refrain = opening in line[end:]
    is_folded = len(line) != len(first)  # so offsets are others
    if not end or is_refrain or is_folded:
        return
    # a sentence that stands again at once is found by its own detector
    if is_open(opening):
        until = len(line[:again].rstrip(QUOTES))  # a mark before it quotes the second
        yield document.cut_part(0, 0, until, "opens the line twice")


def _end_of_copy(line: str, again: int) -> int:
    """Where the second copy of the words before `again` ends; 0 if a word differs.

    >>> _end_of_copy("The bridge is safe The “bridge” is safe, he said", 19)
    39
    """
    behind = _WORD().finditer(line, again)
    end = 0
    for word in _WORD().finditer(line, 0, again):
        other = next(behind, None)
        if other is None or other[0] != word[0]:
            return 0
        end = other.end()
    return end


def find_prefixed_headlines(document: Document) -> Iterator[Finding]:
    r"""Lines below the headline of a story in prose that say it again.

    There may be more before it, a remark in brackets behind it, or less: without the
    speaker or the section that opened the headline.

    >>> prose = "\n" + "The ferry stood still, and so did all of its passengers. " * 2
    >>> text = "Ferry stands still for a day\n11 Jul 2022 Ferry stands still for a day"
    >>> document = Document(text + 3 * prose)
    >>> [document.text[s:e] for s, e, *_ in find_prefixed_headlines(document)]
    ['11 Jul 2022 Ferry stands still for a day']
    """
    lines = document.lines
    if document.shapes.count(PROSE) < MIN_PROSE_LINES:
        return
    first = lines[0]
    chars = _MORE_OR_LESS_CHARS if ":" in first else _MORE_CHARS
    size = len(first)
    suspects = [  # by their lengths, since most have another
        index
        for index, line in enumerate(lines[:_TOP_LINES])
        if len(line) - size in chars
    ]
    if suspects:
        last = _last(first)
        suspects = [i for i in suspects if _may_end_alike(lines[i], last)]
    if not suspects or word_count(first) < _MIN_HEADLINE_WORDS:
        return
    headline, said = folded(first), _said(first)
    for index in suspects:
        if _is_again(lines[index], first, headline, said):
            yield document.cut(index, "the headline with more or less around it")


def _may_end_alike(line: str, last: str) -> bool:
    """Whether a line says the headline last, or has a remark behind: a quick look."""
    return _last(line) == last or line.endswith(_REMARK_ENDS)


def _last(text: str) -> str:
    """The last sign of the folded text."""
    return text.rstrip(_TRIVIAL)[-1:].casefold()[-1:]


def _said(headline: str) -> str:
    """What a headline says without its speaker or section; "" if it names none."""
    speaker = _SPEAKER.match(headline)
    rest = headline[speaker.end() :] if speaker else ""
    return folded(rest) if word_count(rest) >= _MIN_HEADLINE_WORDS else ""


def _is_again(line: str, first: str, headline: str, said: str) -> bool:
    """Whether a line says what the first one does, as a headline."""
    more = len(line) - len(first)
    if more < 0:
        ends_alike = line.endswith(STOPS) == first.endswith(STOPS)
        return bool(said) and ends_alike and folded(line) == said
    leads_up = line[-1] in COLONS and first[-1] not in COLONS  # "To rename a file:"
    if line.endswith(STOPS) or leads_up:
        return False
    return folded(line).endswith(headline) or (
        (remark := _REMARK.search(line)) is not None
        and folded(line[: remark.start()]) == headline
    )
