"""Readers' comments below a story: from the first of them to the end of the text."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from cleaner.detectors.stubs import stubs_of, words_of
from cleaner.document import MIN_PROSE_LINES, Document, is_prose
from cleaner.edits import Finding
from cleaner.patterns import Rule, find_by
from cleaner.wording import bare

# As weblogs print them: "Ann Lee says:", "12. Ana Ruiz sagt:", "• Bo Ray said..."
_HEADERS: Final = (
    Rule(
        "comment_says",
        "line",
        r"(?:[•*-][ ]?)?(?:\d{1,4}[.)][ ]?)?[^.!?:,\n]{2,40}[ ]{comment_says}",
        80,
    ),
)
_STORY: Final = r"{_}[“„«\"][^\n]{2,200}[”“»\"]"  # its title
# "5 thoughts on “A Bridge at Dawn”", "Ein Gedanke zu „…“"
_HEADINGS: Final = (
    Rule("answers_to", "line", r"\d{1,4}{_}{answers_to}" + _STORY, 240),
    Rule("one_answer_to", "line", r"{one_answer_to}" + _STORY, 240),
)
RULES: Final = _HEADERS + _HEADINGS
_find_headers: Final = find_by(_HEADERS)
_find_headings: Final = find_by(_HEADINGS)

_ABOVE_FIRST: Final = 3  # lines among which what heads the comments may stand
_MIN_BUTTONS: Final = 2


def find_comments(document: Document) -> Iterator[Finding]:
    """What heads the comments, and all from the first on, if something tells of them.

    A story, too, may set out who says what, under "1. Ann Lee says:", and have
    readers' comments below.
    """
    headings = [it for it in _find_headings(document) if _is_heading(document, it)]
    yield from headings
    first, second = _first_comments(document)
    near = range(max(first - _ABOVE_FIRST, 0), second)
    is_headed = any(document.line_at(found.start) in near for found in headings)
    if second and (is_headed or _tells_of_comments(document.lines, first)):
        for index in range(first, len(document.lines)):
            yield document.cut(index, "readers' comments")


def _is_heading(document: Document, found: Finding) -> bool:
    """Whether a heading stands below the story, and not above a part of it."""
    index = document.line_at(found.start)
    below = document.lines[index + 1 : index + 2]
    return _has_story(document.lines[:index]) and not any(map(is_prose, below))


def _first_comments(document: Document) -> tuple[int, int]:
    """Where the first two comments below a story start; zeros if there are none."""
    headers = sorted(
        {document.line_at(found.start) for found in _find_headers(document)}
    )
    match headers:
        case [first, second, *_] if _has_story(document.lines[:first]):
            return first, second
    return 0, 0


def _has_story(lines: Sequence[str]) -> bool:
    return sum(map(is_prose, lines)) >= MIN_PROSE_LINES


def _tells_of_comments(lines: Sequence[str], first: int) -> bool:
    """Whether their count stands above the first, or a button, "Reply", with each."""
    if any(map(_is_count, lines[max(first - _ABOVE_FIRST, 0) : first])):
        return True
    buttons = stubs_of("comment_stub")
    pressed = Counter(
        words for line in lines[first:] if (words := bare(line)) in buttons
    )
    return any(count >= _MIN_BUTTONS for count in pressed.values())


def _is_count(line: str) -> bool:
    """Whether a line is "42 Comments" or "Comments (42)"."""
    found = words_of("comments_word").search(line)
    if found is None:
        return False
    rest = line[: found.start()] + line[found.end() :]
    return rest.strip(" ():").isdecimal()
