"""The gate: in which lines a phrase may stand at all, by one scan of the text.

It may let too much through and never holds a match back: what a phrase or a shape
means is said by the pattern that is tried behind the gate.
"""

import re
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from cleaner.document import Document, Slot
from cleaner.languages import ANY, LANGUAGES
from cleaner.signatures import SIGNATURES

if TYPE_CHECKING:
    import regex

Candidates = Mapping[Slot, Sequence[int]]
Gate = Callable[[Document], Candidates]

# What may stand for a space inside a phrase; extractors leave the odd ones behind.
SPACES: Final = " \t\u00a0\u2009\u202f\u3000"

# Letters beyond ASCII that patterns which ignore case take for ASCII ones.
_ASCII_LOOKALIKES: Final = (  # long s, kelvin, dotted and dotless i
    ("\u017f", "s"),
    ("\u212a", "k"),
    ("\u0130", "i"),
    ("\u0131", "i"),
)

# A scan for bytes that ignores case does so for ASCII only, and compiles a hundred
# times faster than one that knows all scripts. So a phrase is looked for by its longest
# part without other letters that have cases; if that is shorter than this, by its first
# letters in all their cases.
_MIN_CASELESS_CHARS: Final = 8
_MAX_SPELLED_CHARS: Final = 10

_SHORT_WORD_CHARS: Final = 8  # longer ones are rarely a part of others


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
        return plain_gate(slots)
    return hyperscan_gate(slots)


def filled(names: Iterable[str], languages: Iterable[str]) -> frozenset[Slot]:
    """The slots of these names that have phrases or shapes in these languages."""
    slots = (Slot(language, name) for language in languages for name in names)
    return frozenset(slot for slot in slots if phrases_of(slot) or _shapes_of(slot))


def phrases_of(slot: Slot) -> tuple[str, ...]:
    """A slot's own phrases."""
    return LANGUAGES[slot.language].phrases.get(slot.name, ())


def _shapes_of(slot: Slot) -> tuple[str, ...]:
    return SIGNATURES.get(slot.name, ()) if slot.language == ANY else ()


def literal(phrase: str) -> str:
    """The pattern of a phrase: its words, with one or two spaces of any kind between.

    A single short word must stand as a word: "tel" is no part of "hotel".

    >>> import re
    >>> bool(re.fullmatch(literal("read more"), "read\u00a0 more"))
    True
    >>> bool(re.search(literal("tel"), "hotel"))
    False
    """
    words = f"[{SPACES}]{{1,2}}".join(map(re.escape, phrase.split(" ")))
    is_short = _is_short_word(phrase)
    return f"(?<![0-9A-Za-z_]){words}(?![0-9A-Za-z_])" if is_short else words


def _is_short_word(phrase: str) -> bool:
    return len(phrase) <= _SHORT_WORD_CHARS and phrase.isascii() and phrase.isalpha()


def carried(gate: Gate, document: Document, before: Document) -> Candidates:
    """What the gate finds in a text that edits made of another, scanned before.

    Lines that came through unchanged keep what was found in them.
    """
    known: dict[str, list[Slot]] = {line: [] for line in before.lines}
    for slot, indices in before.candidates.items():
        for index in indices:
            line = before.lines[index]
            known[line].append(slot)
    found: dict[Slot, list[int]] = {}
    fresh = []
    for index, line in enumerate(document.lines):
        slots = known.get(line)
        if slots is None:
            fresh.append(index)
        else:
            for slot in slots:
                found.setdefault(slot, []).append(index)
    if not fresh:
        return found
    part = Document("\n".join(document.lines[index] for index in fresh))
    again = gate(part)
    return _united(
        found, {slot: [fresh[i] for i in indices] for slot, indices in again.items()}
    )


def _searched(phrases: Iterable[str]) -> "regex.Pattern[str]":
    import regex

    alternatives = "|".join(map(literal, phrases))
    return regex.compile(alternatives, regex.V0 | regex.IGNORECASE)


def plain_gate(slots: frozenset[Slot]) -> Gate:
    """A search of every line for every slot, behind one for any phrase at all."""
    import regex

    with_phrases = sorted(slot for slot in slots if phrases_of(slot))
    any_phrase = _searched(p for slot in with_phrases for p in phrases_of(slot))
    searched = [(slot, _searched(phrases_of(slot))) for slot in with_phrases]
    shapes = [
        (slot, regex.compile("|".join(_shapes_of(slot)), regex.V0))
        for slot in sorted(slots)
        if _shapes_of(slot)
    ]

    def find(document: Document) -> Candidates:
        found: dict[Slot, list[int]] = {}
        for index, line in enumerate(document.lines):
            raw = _scannable(document.raw_lines[document.numbers[index]])
            hits = [slot for slot, shape in shapes if shape.search(raw)]
            if any_phrase.search(line):
                hits += [slot for slot, pattern in searched if pattern.search(line)]
            for slot in hits:
                found.setdefault(slot, []).append(index)
        return found

    return find


def hyperscan_gate(slots: frozenset[Slot]) -> Gate:
    """One compiled scan of the whole text for every phrase and shape at once.

    Where it meets a space or letter that its literals don't know, a second scan of the
    text without them tells what it missed.
    """
    import hyperscan

    ordered = sorted(slots)
    odd = len(ordered)  # the number under which odd characters are reported
    database = _database(ordered)
    local = threading.local()  # scratch space is one a thread

    def scan(data: bytes) -> list[tuple[int, int]]:
        if not hasattr(local, "scratch"):
            local.scratch = hyperscan.Scratch(database)
        hits: list[tuple[int, int]] = []
        database.scan(
            data,
            match_event_handler=lambda at, _from, to, *_: hits.append((to, at)),
            scratch=local.scratch,
        )
        return hits

    def find(document: Document) -> Candidates:
        data = _encoded(document.text)
        hits = scan(data)
        if not hits:
            return {}
        found = _by_slot(document, data, ordered, hits)
        if any(at == odd for _, at in hits):
            plain = _without_odd(data)
            found = _united(found, _by_slot(document, plain, ordered, scan(plain)))
        return found

    return find


def _database(ordered: Sequence[Slot]) -> Any:  # noqa: ANN401  # ships no types
    import hyperscan

    rows = [
        (number, expression, flag)
        for number, slot in enumerate(ordered)
        for expressions, flag in (
            (_keys(phrases_of(slot)), hyperscan.HS_FLAG_CASELESS),
            (map(str.encode, _shapes_of(slot)), hyperscan.HS_FLAG_UTF8),
        )
        for expression in expressions
    ]
    odd = b"|".join(re.escape(odd) for odd, _ in _ODD)
    rows.append((len(ordered), odd, hyperscan.HS_FLAG_SINGLEMATCH))
    database = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
    ids, expressions, flags = map(list, zip(*rows, strict=True))
    database.compile(expressions=expressions, ids=ids, flags=flags)
    return database


def _keys(phrases: Iterable[str]) -> set[bytes]:
    """The expressions that tell of the phrases, without those that others imply."""
    caseless = {phrase: _caseless_part(phrase) for phrase in phrases}
    parts = {part for part in caseless.values() if part}
    least = {p for p in parts if not any(_implies(p, o) for o in parts - {p})}
    spelled = {_spelled(phrase) for phrase, part in caseless.items() if not part}
    return {_bounded(part) for part in least} | spelled


def _implies(part: str, other: str) -> bool:
    """Whether wherever the part stands the other one does."""
    return other in part and not _is_short_word(other)


def _bounded(part: str) -> bytes:
    """An expression for the part, as a word if it is a short one."""
    expression = re.escape(part.encode())
    return rb"\b%b\b" % expression if _is_short_word(part) else expression


def _caseless_part(phrase: str) -> str:
    """The longest part with no letter beyond ASCII that has cases; "" if too short."""
    parts = "".join("\n" if _has_cases(c) else c for c in phrase).split("\n")
    longest = max(parts, key=lambda part: len(part.encode()))
    is_whole = len(parts) == 1
    return longest if is_whole or len(longest.strip()) >= _MIN_CASELESS_CHARS else ""


def _has_cases(character: str) -> bool:
    return not character.isascii() and len(_cases()[character]) > 1


def _spelled(phrase: str) -> bytes:
    """The bytes of a phrase's first letters, each in all its cases."""
    letters = (_cases()[c] if _has_cases(c) else {c} for c in phrase)
    start = [sorted(letter) for letter in letters][:_MAX_SPELLED_CHARS]
    return b"".join(
        b"(?:" + b"|".join(re.escape(c.encode()) for c in letter) + b")"
        for letter in start
    )


@cache
def _cases() -> Mapping[str, set[str]]:
    """For each character, itself and those that differ from it only in case."""
    folded: dict[str, set[str]] = {}
    for character in map(chr, range(0x20000)):
        if character.lower() != character or character.upper() != character:
            folded.setdefault(character.casefold(), set()).add(character)
    return _Cases(
        {character: alike for alike in folded.values() for character in alike}
    )


class _Cases(dict[str, set[str]]):
    def __missing__(self, character: str) -> set[str]:
        return {character}


def _encoded(text: str) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError:
        return _scannable(text).encode()


_SURROGATE: Final = re.compile("[\ud800-\udfff]")


def _scannable(text: str) -> str:
    """The text with lone surrogates, which no scanner takes, as U+FFFD."""
    return _SURROGATE.sub("\ufffd", text)


# What the scan's literals don't know, and what it stands for there.
_ODD: Final = tuple(
    (odd.encode(), plain.encode())
    for odd, plain in (
        *((space, " ") for space in SPACES[1:]),
        *_ASCII_LOOKALIKES,
        ("  ", " "),
    )
)


def _without_odd(data: bytes) -> bytes:
    for odd, plain in _ODD:
        data = data.replace(odd, plain)
    return data


def _by_slot(
    document: Document,
    data: bytes,
    ordered: Sequence[Slot],
    hits: Iterable[tuple[int, int]],
) -> Candidates:
    """The lines of the hits, which are (offset of the phrase's end, slot number)."""
    found: dict[Slot, list[int]] = {}
    number = counted = 0  # line breaks before the offset up to which they are counted
    for end, slot_number in sorted(hits):
        number += data.count(b"\n", counted, end)
        counted = end
        index = document.index_of(number)
        if index is not None and slot_number < len(ordered):
            indices = found.setdefault(ordered[slot_number], [])
            if not indices or indices[-1] != index:
                indices.append(index)
    return found


def _united(one: Candidates, other: Candidates) -> Candidates:
    return {
        slot: sorted({*one.get(slot, ()), *other.get(slot, ())})
        for slot in sorted(one.keys() | other.keys())
    }
