"""Patterns with named slots, which the phrases of a language fill."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, Final, Literal

from cleaner.document import Slot
from cleaner.languages import ANY, LANGUAGES
from cleaner.patterns.gate import SPACE, SPACES, alternation, phrases_of

if TYPE_CHECKING:
    import regex

# Some owners are written in small letters: "dpa", "privat", "pixabay.com". There is one
# way to read a list of owners, or a pattern would try them all: what is a word in
# capitals is no owner of the table, nor is a plus within one a join.
_LETTERS: Final = r"\p{L}\p{M}\p{N}'’.@_-"
_CAPITAL: Final = r"(?-i:[\p{Lu}\p{N}@])"
_PLUS: Final = r"(?<!" + _CAPITAL + r"[+" + _LETTERS + r"]{0,40})[+]"
# No full stop but an initial's: after one a new sentence would begin.
_JOIN: Final = (
    r"(?:(?<!\p{Ll}{3}\.){_}(?:©[ ]?)?"
    r"|[ ]?(?:[/,|·•–—&:;]|" + _PLUS + r")[ ]?(?:©[ ]?)?)"
)
_PARTICLE: Final = r"(?:(?!(?-i:\p{Lu})){name_particle}{_})?"

# Named pieces that patterns of every language share; they may name others, and slots.
PIECES: Final = {
    "_": f"[{SPACES}]{{1,3}}",
    "colon": r"[ \t]?[:：]",
    "headline": r"[^\s](?:.{0,200}[^\s.:])?",
    "sentence_end": r"[.!?…。！？।]{0,3}[\"”’»)\]]{0,2}",
    # the sentence, which may hold an address, "www.Facebook.com", but not "said.Ann is"
    "within": r"(?:[^.!?。！？।\n]|[.](?=\w)(?!(?-i:\p{Lu}\p{Ll}{2,20}[ ])))",
    # it goes on with a sentence, unlike "leute.tagesspiegel.de"
    "small_word": r"(?-i:\p{Ll}{1,20})(?![\p{L}.@/:-])",
    "url": (
        r"(?:(?:https?://|www\.)\S{1,300}"
        r"|\b[\w-]{1,60}\.(?:com|org|net|co|de|tv|uk)\b\S{0,200})"
    ),
    "handle": r"@\w{1,40}",
    # what a text itself asks for, unlike its page, has one
    "deadline": r"\b(?:{until?}[ ]\d|{until_end?}\b)",
    "name": r"(?-i:\p{Lu})[\p{L}'’.-]{0,30}(?:[ ][\p{L}'’.-]{1,30}){0,4}",
    "owner_word": (
        r"(?:" + _CAPITAL + r"[+" + _LETTERS + r"]{0,40}"
        r"|{credit_owner}(?!\p{Ll})[\w.-]{0,20}"
        r"(?<!(?<![" + _LETTERS + r"])" + _CAPITAL + r"[" + _LETTERS + r"]{0,40}))"
    ),
    "owner": r"{owner_word}(?:" + _JOIN + _PARTICLE + r"{owner_word}){0,10}",
}

# "GET THE FOX NEWS APP May told reporters …": there a sentence ends without a mark.
CAPITALS_END: Final = r"(?-i:(?<=\p{Lu}{2})(?=[ ]\p{Lu}\p{Ll}))"

Extent = Literal["line", "sentence", "tail", "inline"]

# All but the inline ones are matched where a line or sentence starts.
_EXTENTS: Final[Mapping[Extent, str]] = {
    "line": r"(?:%s)\Z",
    # At its mark, or the end of the line, or of its capitals, but in no middle of one.
    "sentence": r"(?:%s)(?:(?<=[^\w\s,;–—-])(?=\s)|$|" + CAPITALS_END + r")",
    "tail": r"(?:%s)\Z",
    "inline": r"(?:%s)",
}
# A language may have no phrases of one with a question mark: "{article?}".
_SLOT: Final = re.compile(r"\{([a-z_]+)(\??)\}")
_NOTHING: Final = "(?!)"  # matches nowhere
# Characters. A call keeps all groups and repeats of the pattern and puts them back:
# to call an owner's words and particles, too, took credits three times as long, and
# saved a twentieth of the code.
_WORTH_A_CALL: Final = 1000


def phrases(language: str, slot: str) -> tuple[str, ...]:
    """What fills a slot: a language's own phrases and those of no language.

    A rule that waits for a phrase of no language takes every language's.
    """
    codes = LANGUAGES if language == ANY else (language, ANY)
    return tuple(phrase for code in codes for phrase in phrases_of(Slot(code, slot)))


@cache
def phrase_set(slot: str) -> frozenset[str]:
    """The phrases of a slot in every language, to look words up in."""
    return frozenset(phrases(ANY, slot))


@cache
def filled_pattern(
    extent: Extent, pattern: str, language: str
) -> "regex.Pattern[str] | None":
    """What it compiles to with a language's phrases; None if a needed slot has none."""
    import regex

    from cleaner.patterns.cache import compiled_pattern

    whole = _filled(_EXTENTS[extent] % pattern, language)
    if whole is None:
        return None
    return compiled_pattern(whole, regex.V0 | regex.IGNORECASE | regex.VERBOSE)


def _filled(whole: str, language: str) -> str | None:
    """The pattern for a language; None if a slot that it needs has no phrases.

    What is long and stands in it more than once is compiled where it stands first, and
    called from the other places: that takes two thirds of the memory, and of the time
    to compile.
    """
    empty = []
    uses = Counter(names_in(whole))
    named: set[str] = set()

    def fill(match: re.Match[str]) -> str:
        name = match[1]
        if name in named:
            return f"(?&{name})"
        if name in PIECES:
            text = _SLOT.sub(fill, PIECES[name])
        else:
            text = alternation(phrases(language, name)) or _NOTHING
            empty.extend([name] if text == _NOTHING and not match[2] else [])
        if uses[name] == 1 or len(text) < _WORTH_A_CALL:
            return text if name in PIECES else f"(?:{text})"
        named.add(name)
        return f"(?P<{name}>{text})"

    pattern = _SLOT.sub(fill, whole)
    return None if empty else _with_one_space(pattern)


def names_in(pattern: str) -> Iterator[str]:
    """The slots and pieces of a pattern, and those of its pieces."""
    for name, _ in _SLOT.findall(pattern):
        yield name
        yield from names_in(PIECES.get(name, ""))


def _with_one_space(pattern: str) -> str:
    """The pattern, with what stands for a space inside of phrases written once."""
    first, *others = pattern.split(SPACE)
    if not others:
        return pattern
    return f"{first}(?P<space>{SPACE}){'(?&space)'.join(others)}"
