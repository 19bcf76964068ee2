"""Photographers and the houses they work for: "Ann Lee/The Harbour Gazette"."""

from collections.abc import Iterator, Sequence
from typing import Final

from cleaner.detectors.stubs import stubs_of
from cleaner.document import CLOSING_MARKS, Document
from cleaner.edits import Finding
from cleaner.memo import late_pattern
from cleaner.patterns.signatures import SLASHED

_MAX_LINE_CHARS: Final = 110
_MIN_CHARS_BEFORE: Final = 70
_MIN_NAME_WORDS: Final = 2
_COLON: Final = ":"  # "Text: Ann Lee / …"
_BRACKETED: Final = late_pattern(r"[(\[]([^()\[\]\n]{5,120})[)\]](?= ?[“\"‘A-ZÀ-Þ]|\Z)")
_SENTENCE_END: Final = late_pattern(r"[.!?…][\"”’»)]{0,2} ?\Z")
_END_CHARS: Final = 4  # that it matches at most
_SLASH: Final = late_pattern(r" ?[/|] ?")
_SMALL_WORDS: Final = frozenset(
    {"and", "for", "of", "the", "via", "de", "da", "del", "van", "von"}
)


def find_photographers(document: Document) -> Iterator[Finding]:
    r"""Names and houses with a slash between, as a line or in brackets behind one.

    >>> document = Document("The hall opens in May.\nAnn Lee/The Washington Post")
    >>> document.candidates = {("any", SLASHED): [1]}
    >>> [document.text[start:end] for start, end, *_ in find_photographers(document)]
    ['Ann Lee/The Washington Post']
    """
    for index in document.candidates_of(SLASHED):
        line = document.lines[index]
        if len(line) <= _MAX_LINE_CHARS and _is_credit(line):
            yield document.cut(index, "a photographer and the house")
            continue
        for match in _BRACKETED().finditer(line):
            if _is_behind(line, *match.span()) and _is_signed(_parts(match[1])):
                yield document.cut_part(
                    index, *match.span(), "a photographer and the house"
                )


def _is_behind(line: str, start: int, end: int) -> bool:
    """Whether a place is behind a sentence; a short caption keeps its credit."""
    is_last = end == len(line)
    return (
        not (is_last and start < _MIN_CHARS_BEFORE)
        and _SENTENCE_END().search(line, max(start - _END_CHARS, 0), start) is not None
    )


def _is_credit(line: str) -> bool:
    """Whether a line is "(Ann Lee/Harbour News)", or "Ann Lee / …" and a known house.

    Without brackets two names may be a pair, "Ann Lee/Ben Okoro".
    """
    parts = _parts(line.strip("()[] "))
    if len(parts) == 1 or not all(parts) or not _are_names(parts):
        return False
    in_brackets = line[0] in "([" and line[-1] in ")]" and "|" not in line
    return in_brackets or _is_house(parts[-1]) or _is_house(parts[0])


def _is_signed(parts: Sequence[str]) -> bool:
    return len(parts) > 1 and _are_names(parts) and _is_house(parts[-1])


def _parts(text: str) -> list[str]:
    return _SLASH().split(text.rstrip(CLOSING_MARKS))


def _are_names(parts: Sequence[str]) -> bool:
    """Whether all words have capitals but for small ones, and the first are a name."""
    name = parts[0].split()
    if len(name) < _MIN_NAME_WORDS or _is_by(name[0]) or _COLON in parts[0]:
        return False
    words = [word for part in parts for word in part.replace(",", " ").split()]
    return all(word[0].isupper() or word in _SMALL_WORDS for word in words)


def _is_by(word: str) -> bool:
    return any(word.lower() in stubs_of(slot) for slot in ("byline_word", "by_word"))


def _is_house(name: str) -> bool:
    """Whether a name is that of a house, or sounds like one: "Harbour Gazette"."""
    words = name.lower().split()
    if not words:
        return False
    return " ".join(words) in stubs_of("press_house") or (
        len(words) > 1 and words[-1] in stubs_of("paper_noun")
    )
