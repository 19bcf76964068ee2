"""Pull quotes over who said them: "Tools are what we make of them." / "Ann Lee, …"."""

from collections.abc import Iterator, Sequence
from typing import Final

from cleaner.detectors.duplicates.measures import folded, word_count
from cleaner.detectors.looks import is_full_name
from cleaner.document import Document, is_open
from cleaner.edits import Finding
from cleaner.gaps import Gap, lines_over

_MAX_QUOTE_CHARS: Final = 400
_MIN_QUOTE_WORDS: Final = 6
_MAX_SPEAKER_CHARS: Final = 120
_MAX_ARTICLE_CHARS: Final = 200_000
_MAX_SPEAKERS: Final = 20  # more are a list; each costs a look through the text
NESTED: Final = "nested_mark"  # the slot
_OPENINGS: Final = ("“‘", "“ ‘")
_QUOTE: Final = "a quote of the story over its speaker"  # a reason
_SPEAKER: Final = "who said the quote above"  # a reason


def find_attributed_quotes(document: Document) -> Iterator[Finding]:
    """Lines that the story holds word for word, over a name and an office, and both.

    Links break the story's rows; so it is searched over their ends.
    """
    lines = document.lines
    speakers = [
        index
        for index in document.open_lines
        if ", " in lines[index]  # as in few
        and index > 1
        and _is_speaker(lines[index])
        and not _is_speaker(lines[index - 1])  # as in a list of people
        and _is_quote(*lines[index - 2 : index])
    ]
    if len(document.text) > _MAX_ARTICLE_CHARS or len(speakers) > _MAX_SPEAKERS:
        return
    for index in speakers:
        if _stands_again(document, index - 1):
            yield document.cut(index - 1, _QUOTE)
            yield document.cut(index, _SPEAKER)


def find_speakers(document: Document, gaps: Sequence[Gap]) -> Iterator[Finding]:
    """Names and offices right below a copy that is gone."""
    lines = document.lines
    for above in lines_over(document, gaps, "duplicate"):
        if above + 1 < len(lines) and _is_speaker(lines[above + 1]):
            yield document.cut(above + 1, _SPEAKER)


def _is_speaker(line: str) -> bool:
    """Whether a line is a full name, a comma and an office, as "Ann Lee, CEO of …"."""
    name, comma, office = line.partition(", ")
    return (
        comma != ""
        and len(line) <= _MAX_SPEAKER_CHARS
        and office[:1].isupper()
        and "(" not in office  # the credit of a caption
        and is_full_name(name)
        and is_open(line)
    )


def _is_quote(above: str, line: str) -> bool:
    """Whether a line, below another one, is no row of hard-wrapped text."""
    is_row = is_open(line) and is_open(above)
    is_short = len(line) <= _MAX_QUOTE_CHARS and not is_row
    return is_short and word_count(line) >= _MIN_QUOTE_WORDS


def _stands_again(document: Document, index: int) -> bool:
    """Whether the rest of the story holds a line, its rows joined."""
    lines = document.lines
    key = folded(lines[index])
    rest = (lines[:index], lines[index + 1 :])
    return any(key in folded(" ".join(part)) for part in rest)


def find_nested_quotes(document: Document) -> Iterator[Finding]:
    """Lines in both quotation marks at once, as pull quotes are set, and in the story.

    Who said it may stand behind.
    """
    lines = document.lines
    places = filter(None, document.candidates_of(NESTED))  # but the first line
    quotes = {index: quote for index in places if (quote := _nested(lines[index]))}
    if len(document.text) > _MAX_ARTICLE_CHARS or len(quotes) > _MAX_SPEAKERS:
        return
    story = [folded(line) for i, line in enumerate(lines) if quotes and i not in quotes]
    for index, quote in quotes.items():
        said = folded(quote)
        if word_count(quote) >= _MIN_QUOTE_WORDS and any(said in one for one in story):
            yield document.cut(index, "stands in a paragraph")


def _nested(line: str) -> str:
    """What stands in both marks at the start of a line; "" if nothing does."""
    end = line.find("’”")
    opening = next(filter(line.startswith, _OPENINGS), "")
    return line[len(opening) : end] if opening and end > 0 else ""
