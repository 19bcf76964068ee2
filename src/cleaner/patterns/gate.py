"""The gate: in which lines a phrase or signature may stand, by one look at the text.

It may let too much through and never holds a match back: what a phrase or a signature
means is said by the pattern that is tried behind the gate.
"""

import re
import sys
from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final

from cleaner.characters import cased, units
from cleaner.compiled import Scanner, scan
from cleaner.document import KINDS, Candidates, Document, Slot
from cleaner.languages import ANY, LANGUAGES, POOLED
from cleaner.patterns.automaton import Signature, automaton
from cleaner.patterns.signatures import GLUED, SIGNATURES
from cleaner.spacing import ODD_SPACES

if TYPE_CHECKING:
    import regex

Gate = Callable[[Document], Candidates]
# Names of slots, and how long the lines are at most in which their phrases count.
Limits = frozenset[tuple[str, int]]
NO_LIMITS: Final[Limits] = frozenset()

# What may stand for a space inside a phrase; extractors leave the odd ones behind.
SPACES: Final = f" \t{ODD_SPACES}\u3000"

SPACE: Final = f"[{SPACES}]{{1,2}}"
APOSTROPHE: Final = "['’]"  # as typewriters have it, and as printers set it
_AS_WRITTEN: Final = {" ": SPACE, "'": APOSTROPHE}

# Letters beyond ASCII that patterns which ignore case take for ASCII ones.
_ASCII_LOOKALIKES: Final = (  # long s, kelvin, dotted and dotless i, apostrophe
    ("\u017f", "s"),
    ("\u212a", "k"),
    ("\u0130", "i"),
    ("\u0131", "i"),
    ("\u2019", "'"),
)

_REMEMBERED: Final = 32  # gates, each of a megabyte
_SHORT_WORD_CHARS: Final = 8  # longer ones are rarely a part of others


@lru_cache(_REMEMBERED)
def gate(slots: frozenset[Slot], limits: Limits = NO_LIMITS) -> Gate:
    """The fastest gate to be had here: the compiled one, or the plain one."""
    if not slots:
        return lambda _: {}
    if scan is None:
        return plain_gate(slots, limits)
    return compiled_gate(slots, limits, scan.Scanner)


def filled(names: Iterable[str], languages: Iterable[str]) -> frozenset[Slot]:
    """The slots of these names that have phrases or signatures in these languages."""
    slots = (Slot(language, name) for language in languages for name in names)
    return frozenset(slot for slot in slots if phrases_of(slot) or signatures_of(slot))


def phrases_of(slot: Slot) -> tuple[str, ...]:
    """A slot's own phrases; a pooled one has every language's, as of no language."""
    if slot.name not in POOLED:
        return LANGUAGES[slot.language].phrases.get(slot.name, ())
    return _pooled(slot.name) if slot.language == ANY else ()


@cache
def _pooled(name: str) -> tuple[str, ...]:
    every = (language.phrases.get(name, ()) for language in LANGUAGES.values())
    return tuple(sorted(frozenset().union(*every)))


def signatures_of(slot: Slot) -> tuple[Signature, ...]:
    """A slot's signatures, which know no language."""
    return SIGNATURES.get(slot.name, ()) if slot.language == ANY else ()


def is_short_word(phrase: str) -> bool:
    """Whether a phrase must stand as a word: longer ones are rarely parts of others."""
    return len(phrase) <= _SHORT_WORD_CHARS and phrase.isascii() and phrase.isalpha()


def alternation(phrases: Iterable[str]) -> str:
    r"""A pattern of phrases, the longest first, that looks at each letter once.

    Between words stand one or two spaces of any kind. A single short word must stand as
    a word: "tel" is no part of "hotel".

    >>> import re
    >>> found = re.compile(alternation(["read more", "read", "tel"]))
    >>> found.search("hotel: read\u00a0 more")[0]
    'read\xa0 more'
    """
    tries: tuple[_Trie, _Trie] = {}, {}
    for phrase in phrases:
        node = tries[is_short_word(phrase)]
        for letter in phrase:
            node = node.setdefault(letter, {})
        node[""] = {}
    whole, short = (_branches(trie) if trie else "" for trie in tries)
    word = f"(?<![0-9A-Za-z_]){short}(?![0-9A-Za-z_])" if short else ""
    return "|".join(filter(None, (whole, word)))


_Trie = dict[str, "_Trie"]


def _branches(trie: _Trie) -> str:
    parts = [
        _written(letter) + _branches(below)
        for letter, below in sorted(trie.items())  # in one order everywhere
        if letter
    ]
    if "" in trie:  # a phrase ends here
        parts.append("")
    return parts[0] if len(parts) == 1 else f"(?:{'|'.join(parts)})" if parts else ""


@cache
def _written(letter: str) -> str:
    return _AS_WRITTEN.get(letter, re.escape(letter))


def carried(
    document: Document, before: Document, find: Gate
) -> tuple[Candidates, Candidates]:
    """What the gate finds in a text made from another, and what of it in new lines.

    Only these are looked at: of lines that stood in the other it is known.
    """
    places = _places(document.lines, before.lines)
    fresh: Candidates = {}
    if len(places) < len(document.lines):
        new = sorted({*range(len(document.lines))} - {*places.values()})
        fresh = found_in(document, new, find)
    found = {
        slot: [places[index] for index in indices if index in places]
        for slot, indices in before.candidates.items()
    }
    for slot, indices in fresh.items():
        found[slot] = sorted([*found.get(slot, ()), *indices])
    ordered = sorted(found) if fresh else found
    return {slot: found[slot] for slot in ordered if found[slot]}, fresh


def _places(lines: Sequence[str], before: Sequence[str]) -> dict[int, int]:
    """Where the lines of another text stand now, by where they stood.

    In their order; if that leaves some, since others are new, by what the lines say.
    """
    places = _places_in_order(lines, before)
    return places if len(places) == len(lines) else _places_by_text(lines, before)


def _places_in_order(lines: Sequence[str], before: Sequence[str]) -> dict[int, int]:
    places: dict[int, int] = {}
    at, count = 0, len(lines)
    for index, line in enumerate(before):
        if at < count and line == lines[at]:
            places[index] = at
            at += 1
    return places


def _places_by_text(lines: Sequence[str], before: Sequence[str]) -> dict[int, int]:
    """Of equal lines the first stands for the first."""
    left: dict[str, list[int]] = {}
    for at in reversed(range(len(lines))):
        left.setdefault(lines[at], []).append(at)
    return {at: left[line].pop() for at, line in enumerate(before) if left.get(line)}


def found_in(document: Document, indices: Sequence[int], find: Gate) -> Candidates:
    """What the gate finds in these lines of a document."""
    some = find(Document("\n".join(map(document.raw_line, indices))))
    return {slot: [indices[at] for at in rows] for slot, rows in some.items()}


# The plain gate: each line folded, its grams looked up, a pattern for each signature.


def pattern_of(slot: Slot) -> "regex.Pattern[str]":
    """What stands in the lines that the gate must let through for a slot."""
    import regex

    from cleaner.patterns.cache import compiled_pattern

    if signatures := signatures_of(slot):
        rows = ("".join(f"[{part}]" for part in signature) for signature in signatures)
        return compiled_pattern("|".join(rows), regex.V0)
    if slot.name == GLUED:
        words = "|".join(phrases_of(slot))
        return compiled_pattern(f"(?<=[A-Za-z])(?:{words})(?![0-9A-Za-z_])", regex.V0)
    return compiled_pattern(alternation(phrases_of(slot)), regex.V0 | regex.IGNORECASE)


_GRAM_CHARS: Final = 4
_OF_WORD: Final = frozenset("abcdefghijklmnopqrstuvwxyz0123456789_")
Sought = tuple[str, Slot, bool]  # a folded phrase, and whether it must be a word


def plain_gate(slots: frozenset[Slot], limits: Limits = NO_LIMITS) -> Gate:
    """A look at every four characters of every line, by a dictionary."""
    alone = {slot for slot in slots if signatures_of(slot) or slot.name == GLUED}
    patterns = [(slot, pattern_of(slot)) for slot in sorted(alone)]
    by_gram = _by_gram(slots - alone)
    fold = dict(enumerate(_folded_units()))
    longest = dict(limits)

    def find(document: Document) -> Candidates:
        found: dict[Slot, list[int]] = defaultdict(list)
        for index in range(len(document.lines)):
            line = _scannable(document.raw_line(index))
            folded = _SPACE_RUN.sub(" ", line.translate(fold))
            hits = {slot for slot, pattern in patterns if pattern.search(line)}
            hits.update(_slots_in(folded, by_gram))
            size = len(document.lines[index])
            for slot in hits:
                if size <= longest.get(slot.name, size):
                    found[slot].append(index)
        return dict(sorted(found.items()))

    return find


_SPACE_RUN: Final = re.compile(" {2,}")


def _by_gram(slots: Iterable[Slot]) -> dict[str, list[Sought]]:
    """The phrases by their first characters; short ones under ""."""
    by_gram: dict[str, list[Sought]] = defaultdict(list)
    for slot in slots:
        for phrase in phrases_of(slot):
            folded = _folded(phrase)
            gram = folded[:_GRAM_CHARS] if len(folded) >= _GRAM_CHARS else ""
            by_gram[gram].append((folded, slot, is_short_word(phrase)))
    return by_gram


def _slots_in(line: str, by_gram: Mapping[str, Sequence[Sought]]) -> Iterable[Slot]:
    grams = {line[at : at + _GRAM_CHARS] for at in range(len(line))} | {""}
    for gram in grams & by_gram.keys():
        for phrase, slot, must_be_word in by_gram[gram]:
            if phrase in line and (not must_be_word or _is_word(phrase, line)):
                yield slot


def _is_word(phrase: str, line: str) -> bool:
    """Whether a phrase stands in a line with no letter or digit beside it."""
    at = line.find(phrase)
    while at >= 0:
        end = at + len(phrase)
        beside = line[max(at - 1, 0) : at] + line[end : end + 1]
        if _OF_WORD.isdisjoint(beside):
            return True
        at = line.find(phrase, at + 1)
    return False


def _scannable(line: str) -> str:
    """The line as classes see it: lone surrogates as U+FFFD, all beyond as U+FFFF."""
    if line.isascii() or max(line) < "\ud800":
        return line
    return "".join(
        "\uffff" if c > "\uffff" else "\ufffd" if "\ud800" <= c <= "\udfff" else c
        for c in line
    )


# The compiled gate. It folds a phrase's characters, runs spaces together, and looks it
# up by seven, five or, of a short one, one that are least common.

# What a key asks of the characters beside it: no letter or digit before it, none after
# it, a letter before it.
_OPENS_WORD, _ENDS_WORD, _IS_GLUED = 1, 2, 4
_MIDDLE_CHARS: Final = 5
_LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"


def compiled_gate(
    slots: frozenset[Slot],
    limits: Limits,
    scanner_of: Callable[..., Scanner],
) -> Gate:
    """One compiled pass over the text for every phrase and signature at once."""
    ordered = tuple(sorted(slots))
    keys = tuple(
        (key, number, asks)
        for number, slot in enumerate(ordered)
        for key, asks in _keys(slot)
    )
    signatures = [
        (at, signature)
        for at, slot in enumerate(ordered)
        for signature in signatures_of(slot)
    ]
    classes, states, told = automaton(signatures)
    all_folded = _folded_units().tobytes()
    by_name = dict(limits)
    longest = tuple(by_name.get(slot.name, sys.maxsize) for slot in ordered)
    scanner = scanner_of(ordered, longest, all_folded, classes, keys, states, told)

    def find(document: Document) -> Candidates:
        # As written: an odd space may be a part of a broken character.
        return scanner.find(document.written, KINDS)

    return find


def _keys(slot: Slot) -> Iterable[tuple[str, int]]:
    """What is sought for a slot, and what each asks of the characters beside it."""
    for phrase in phrases_of(slot):
        if slot.name != GLUED:
            yield phrase, _OPENS_WORD | _ENDS_WORD if is_short_word(phrase) else 0
        elif len(phrase) >= _MIDDLE_CHARS:
            yield phrase, _IS_GLUED | _ENDS_WORD
        else:  # by every letter that it may be glued to
            yield from ((letter + phrase, _ENDS_WORD) for letter in _LETTERS)


def _folded(phrase: str) -> str:
    """The phrase in characters that stand for all their cases."""
    return _scannable(phrase).translate(_folded_units())


@cache
def _folded_units() -> "array[int]":
    """For each character up to U+FFFF, one that stands for all its cases."""
    folded = units()
    groups: dict[str, list[int]] = defaultdict(list)
    for character in cased():
        groups[character.casefold()].append(ord(character))
    for alike, codes in groups.items():
        unit = ord(alike) if len(alike) == 1 else codes[0]
        for code in codes:
            folded[code] = min(unit, 0xFFFF)
    for odd, plain in _ASCII_LOOKALIKES:
        folded[ord(odd)] = ord(plain)
    for space in SPACES:
        folded[ord(space)] = ord(" ")
    return folded
