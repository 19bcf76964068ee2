"""Links to other stories that a cue gives away."""

from collections.abc import Iterator
from typing import Final

from cleaner.detectors.stubs import stubs_of
from cleaner.document import Document, is_open
from cleaner.edits import Finding
from cleaner.patterns import Rule

_OPENS: Final = r"[\[(«»>→•*▶►|\-–—\s]{0,4}"
_CLOSES: Final = r"[\])»>→!.…|\s]{0,4}"

RULES: Final = (
    # "Read More:  China highway collapse …", with the headline or without.
    Rule(
        "read_more",
        "line",
        _OPENS + r"{read_more}{colon}(?:\s*{headline}.?)?" + _CLOSES,
    ),
    # "READ MORE | Storm hits the coast", "Read more » Storm hits the coast"
    Rule(
        "read_more",
        "line",
        _OPENS + r"{read_more}\s{0,3}[|»›>→–—-]{1,3}\s{0,3}{headline}.?",
    ),
    Rule("read_more", "tail", r"[\[(]{read_more}{colon}\s*{headline}.?[\])]"),
    # "Watch: Atlas robot performs …": as the first line it is the headline itself.
    Rule(
        "colon_cue",
        "line",
        _OPENS + r"{colon_cue}(?:\s*{headline}.?)?" + _CLOSES,
        from_line=1,
    ),
    # "More from AI and Robotics", "READ MORE ON UKRAINE"
    Rule(
        "read_more_on",
        "line",
        _OPENS + r"{read_more_on}{_}[^.!?:]{1,50}[:»>→…]?",
        80,
        1,
    ),
    Rule("read_more_on", "line", r"[\[(]{read_more_on}{_}[^.!?]{1,120}[\])]", 160),
)

# "Click here to see photos of today's rally."
CLICKS: Final = (
    Rule(
        "click_here", "sentence", r"[\[(]?{click_here}\b[^.!?]{0,120}[.!:?]{0,3}[\])]?"
    ),
)

MAX_LISTED: Final = 40
MAX_LISTED_CHARS: Final = 160
_HEADINGS: Final = stubs_of("story_stub")


def find_listed(document: Document) -> Iterator[Finding]:
    """A heading such as "You may also like" and the headlines that it announces.

    Where prose goes on below, only the next line is surely announced: the others may
    be the sub-heading of what follows. After the end of the story all are.
    """
    lines = document.lines
    for words in sorted(document.short_lines.keys() & _HEADINGS.keys()):
        for index in document.short_lines[words]:
            if index == 0:  # a title
                continue
            yield document.cut(index, "heading of other stories")
            listed = _listed(lines[index + 1 : index + 1 + MAX_LISTED])
            if index + 1 + listed < len(lines) and index not in document.tail:
                listed = min(listed, 1)
            for other in range(index + 1, index + 1 + listed):
                yield document.cut(other, "listed under such a heading")


def _listed(lines: list[str]) -> int:
    """How many lines look like headlines, until one does not."""
    for count, line in enumerate(lines):
        if len(line) > MAX_LISTED_CHARS or not is_open(line):
            return count
    return len(lines)
