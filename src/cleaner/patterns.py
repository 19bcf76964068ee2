"""Rules: patterns whose slots a language's phrases fill, and the gate before them.

A rule's meaning is its pattern. The gate only tells which lines may match at all: it
may let too much through and never holds a match back.
"""

import re
import threading
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import accumulate
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple

from cleaner.document import Document, Slot
from cleaner.edits import Finding
from cleaner.languages import ANY, LANGUAGES

if TYPE_CHECKING:
    import regex

# What may stand for a space inside a phrase; extractors leave no-break ones behind.
SPACE: Final = "[ \t\u00a0\u2000-\u200a\u202f\u3000]"

# Named pieces that patterns of every language share.
PIECES: Final = {
    "_": SPACE + "{1,3}",
    "colon": r"[ \t\xa0]?[:：]",
    "headline": r"[^\s](?:.{0,200}[^\s.:])?",
    "sentence_end": r"[.!?…。！？।]{0,3}[\"”’»)\]]{0,2}",
    "url": r"(?:https?://|www\.)\S{1,300}|\b[\w-]{1,60}\.(?:com|org|net|co|de|tv|uk)\b\S{0,200}",
    "handle": r"@\w{1,40}",
    "name": r"(?-i:\p{Lu})[\p{L}'’.-]{0,30}(?:[ \xa0][\p{L}'’.-]{1,30}){0,4}",
}

Shape = Literal["line", "sentence", "tail", "inline"]

_OPENS_SENTENCE: Final = (
    r"(?:^|(?<=[.!?…。！？।؟][\"”’»)\]]{0,2}[ \t\xa0])|(?<=[。！？]))"
)
_SHAPES: Final[Mapping[Shape, str]] = {
    "line": r"\A(?:%s)\Z",
    "sentence": _OPENS_SENTENCE + r"(?:%s)(?=\s|$)",
    "tail": _OPENS_SENTENCE + r"(?:%s)\Z",
    "inline": r"(?:%s)",
}
_SLOT: Final = re.compile(r"\{([a-z_]+)\}")


class Rule(NamedTuple):
    """A pattern that says: this is noise.

    `slot` is the kind of phrase that a line must hold to be tried at all. The pattern
    is verbose, ignores case, and names slots and PIECES in braces. Shapes: a whole
    `line`, a `sentence` within one, a `tail` from a sentence's start to the line's
    end, or `inline`, with bounds of its own.
    """

    slot: str
    shape: Shape
    pattern: str
    max_chars: int = 300  # longer lines are not tried by rules for a whole line


Find = Callable[[Document], Iterable[Finding]]


def phrases(language: str, slot: str) -> tuple[str, ...]:
    """What fills a slot: a language's own phrases and those of no language."""
    own = LANGUAGES[language].phrases.get(slot, ()) if language != ANY else ()
    return (*own, *LANGUAGES[ANY].phrases.get(slot, ()))


def _alternation(words: Iterable[str]) -> str:
    longest_first = sorted(words, key=lambda phrase: (-len(phrase), phrase))
    return "|".join(_literal(phrase) for phrase in longest_first)


def _literal(phrase: str) -> str:
    return (SPACE + "{1,2}").join(map(re.escape, phrase.split(" ")))


def _filled(rule: Rule, language: str) -> str | None:
    """The rule's pattern for a language; None if a slot stays empty."""
    empty = []

    def fill(match: re.Match[str]) -> str:
        name = match[1]
        if name in PIECES:
            return PIECES[name]
        words = phrases(language, name)
        empty.extend([name] if not words else [])
        return f"(?:{_alternation(words)})"

    pattern = _SLOT.sub(fill, _SHAPES[rule.shape] % rule.pattern)
    return None if empty else pattern


@cache
def _compiled(rule: Rule, language: str) -> "regex.Pattern[str] | None":
    import regex

    pattern = _filled(rule, language)
    if pattern is None:
        return None
    return regex.compile(pattern, regex.V0 | regex.IGNORECASE | regex.VERBOSE)


def find_by(rules: Iterable[Rule]) -> Find:
    """A detector that proposes what the rules match in the lines the gate let through.

    Its reasons name slot and language, as in "read_more/en".
    """
    by_slot: dict[str, list[Rule]] = {}
    for rule in rules:
        by_slot.setdefault(rule.slot, []).append(rule)

    def find(document: Document) -> Iterator[Finding]:
        for slot, indices in document.candidates.items():
            if slot.name in by_slot:
                yield from _matches(document, by_slot[slot.name], slot, indices)

    return find


def _matches(
    document: Document, rules: Sequence[Rule], slot: Slot, indices: Iterable[int]
) -> Iterator[Finding]:
    reason = f"{slot.name}/{slot.language}"
    for rule in rules:
        pattern = _compiled(rule, slot.language)
        if pattern is None:
            continue
        for index in indices:
            line = document.lines[index]
            if rule.shape == "line" and len(line) > rule.max_chars:
                continue
            for match in pattern.finditer(line):
                start, end = _trimmed(line, *match.span())
                if start < end:
                    yield document.cut_part(index, start, end, reason)


def _trimmed(line: str, start: int, end: int) -> tuple[int, int]:
    part = line[start:end]
    return end - len(part.lstrip()), start + len(part.rstrip())


def slots_of(rules: Iterable[Rule]) -> frozenset[str]:
    """The kinds of phrases that a set of rules waits for."""
    return frozenset(rule.slot for rule in rules)


Candidates = Mapping[Slot, Sequence[int]]
Gate = Callable[[Document], Candidates]


def everywhere(slots: Iterable[Slot]) -> Gate:
    """The gate that holds nothing back: the plain way, to compare with."""
    keys = tuple(slots)
    return lambda document: dict.fromkeys(keys, range(len(document.lines)))


@cache
def gate(slots: frozenset[Slot]) -> Gate:
    """The fastest gate to be had here: Hyperscan's, or the plain one."""
    if not slots:
        return everywhere(())
    try:
        import hyperscan  # noqa: F401
    except ImportError:
        return _plain_gate(slots)
    return _hyperscan_gate(slots)


def _own_phrases(slot: Slot) -> tuple[str, ...]:
    return LANGUAGES[slot.language].phrases.get(slot.name, ())


def filled(names: Iterable[str], languages: Iterable[str]) -> frozenset[Slot]:
    """The slots of these names that have phrases in these languages."""
    slots = (Slot(language, name) for language in languages for name in names)
    return frozenset(slot for slot in slots if _own_phrases(slot))


def _plain_gate(slots: frozenset[Slot]) -> Gate:
    """A search of every line for every slot, behind one for any phrase at all."""
    import regex

    def compiled(wanted: Iterable[Slot]) -> "regex.Pattern[str]":
        words = [phrase for slot in wanted for phrase in _own_phrases(slot)]
        return regex.compile(_alternation(words), regex.V0 | regex.IGNORECASE)

    ordered = sorted(slots)
    any_phrase = compiled(ordered)
    patterns = [(slot, compiled([slot])) for slot in ordered]

    def find(document: Document) -> Candidates:
        hits: dict[Slot, list[int]] = {}
        for index, line in enumerate(document.lines):
            if any_phrase.search(line):
                for slot, pattern in patterns:
                    if pattern.search(line):
                        hits.setdefault(slot, []).append(index)
        return hits

    return find


def _hyperscan_gate(slots: frozenset[Slot]) -> Gate:
    """One compiled scan of the whole text for every phrase at once."""
    ordered = sorted(slots)
    database = _database(ordered)
    local = threading.local()  # scratch space is one a thread

    def find(document: Document) -> Candidates:
        import hyperscan

        if not hasattr(local, "scratch"):
            local.scratch = hyperscan.Scratch(database)
        data = _encoded(document.text)
        hits: list[tuple[int, int]] = []
        database.scan(
            data,
            match_event_handler=lambda at, _from, to, _flags, _context: hits.append(
                (at, to)
            ),
            scratch=local.scratch,
        )
        return _by_slot(document, data, ordered, hits) if hits else {}

    return find


def _database(ordered: Sequence[Slot]) -> Any:  # noqa: ANN401  # ships no types
    import hyperscan

    rows = [
        (number, _literal(phrase).encode())
        for number, slot in enumerate(ordered)
        for phrase in _own_phrases(slot)
    ]
    database = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
    flags = hyperscan.HS_FLAG_CASELESS | hyperscan.HS_FLAG_UTF8
    ids, expressions = zip(*rows, strict=True)
    database.compile(expressions=list(expressions), ids=list(ids), flags=flags)
    return database


def _encoded(text: str) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError:  # lone surrogates; line breaks are all that must stay
        return text.encode(errors="replace")


def _by_slot(
    document: Document,
    data: bytes,
    ordered: Sequence[Slot],
    hits: Iterable[tuple[int, int]],
) -> Candidates:
    """The lines of the hits, which are (slot number, offset of the phrase's end)."""
    ends = list(accumulate(len(line) + 1 for line in data.split(b"\n")))
    found: dict[Slot, list[int]] = {}
    for slot_number, end in sorted(hits):
        index = document.index_of(bisect_left(ends, end + 1))
        if index is not None:
            indices = found.setdefault(ordered[slot_number], [])
            if not indices or indices[-1] != index:
                indices.append(index)
    return found
