"""Rules: patterns whose slots a language's phrases fill."""

import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from cleaner.document import (
    KNOWN_LINES,
    Document,
    Slot,
    is_remembered,
    known,
    late_pattern,
)
from cleaner.edits import Finding
from cleaner.gate import SPACE, SPACES, Gate, alternation, filled, gate, phrases_of
from cleaner.languages import ANY, LANGUAGES

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
    r"(?:(?<!\p{Ll}{3}\.){_}(?:©[ \xa0]?)?"
    r"|[ \xa0]?(?:[/,|·•–—&:;]|" + _PLUS + r")[ \xa0]?(?:©[ \xa0]?)?)"
)
_PARTICLE: Final = r"(?:(?!(?-i:\p{Lu})){name_particle}{_})?"

# Named pieces that patterns of every language share; they may name others, and slots.
PIECES: Final = {
    "_": f"[{SPACES}]{{1,3}}",
    "colon": r"[ \t\xa0]?[:：]",
    "headline": r"[^\s](?:.{0,200}[^\s.:])?",
    "sentence_end": r"[.!?…。！？।]{0,3}[\"”’»)\]]{0,2}",
    "within": r"(?:[^.!?\n]|[.](?=\w))",  # the sentence, which may hold an address
    "url": (
        r"(?:(?:https?://|www\.)\S{1,300}"
        r"|\b[\w-]{1,60}\.(?:com|org|net|co|de|tv|uk)\b\S{0,200})"
    ),
    "handle": r"@\w{1,40}",
    "name": r"(?-i:\p{Lu})[\p{L}'’.-]{0,30}(?:[ \xa0][\p{L}'’.-]{1,30}){0,4}",
    "owner_word": (
        r"(?:" + _CAPITAL + r"[+" + _LETTERS + r"]{0,40}"
        r"|{credit_owner}(?!\p{Ll})[\w.-]{0,20}"
        r"(?<!(?<![" + _LETTERS + r"])" + _CAPITAL + r"[" + _LETTERS + r"]{0,40}))"
    ),
    "owner": r"{owner_word}(?:" + _JOIN + _PARTICLE + r"{owner_word}){0,10}",
}

Extent = Literal["line", "sentence", "tail", "inline"]

# All but the inline ones are matched where a line or sentence starts.
_EXTENTS: Final[Mapping[Extent, str]] = {
    "line": r"(?:%s)\Z",
    "sentence": r"(?:%s)(?=\s|$)",
    "tail": r"(?:%s)\Z",
    "inline": r"(?:%s)",
}
# French quotes close after a space; German, Czech and Danish ones as others open.
_SENTENCE_END: Final = late_pattern(
    r"[.!?…。！？।؟](?:[ \xa0\u202f]»(?=\s|$)|[\"”“’»«)\]]{0,2})"
)
_NEEDS_NO_SPACE: Final = frozenset("。！？")
_SLOT: Final = re.compile(r"\{([a-z_]+)\}")
# Characters. A call keeps all groups and repeats of the pattern and puts them back:
# to call an owner's words and particles, too, took credits three times as long, and
# saved a twentieth of the code.
_WORTH_A_CALL: Final = 1000


ANY_CHARS: Final = sys.maxsize
ANY_LINES: Final = sys.maxsize


class Rule(NamedTuple):
    """A pattern that says: this is noise.

    `slot` is the kind of phrase that a line must hold to be tried at all. The pattern
    is verbose, ignores case, and names slots and PIECES in braces. Extents: a whole
    `line`, a `sentence` within one, a `tail` from a sentence's start to the line's
    end, or `inline`, with bounds of its own.
    """

    slot: str
    extent: Extent
    pattern: str
    max_chars: int = 300  # longer lines are not tried by rules for a whole line
    from_line: int = 0  # nor are lines before this: there the headline stands
    last_lines: int = ANY_LINES  # nor lines before the last so many

    @property
    def longest(self) -> int:
        """The longest line that is tried."""
        return self.max_chars if self.extent == "line" else ANY_CHARS


Find = Callable[[Document], Iterable[Finding]]


def phrases(language: str, slot: str) -> tuple[str, ...]:
    """What fills a slot: a language's own phrases and those of no language.

    A rule that waits for a phrase of no language takes every language's.
    """
    codes = LANGUAGES if language == ANY else (language, ANY)
    return tuple(phrase for code in codes for phrase in phrases_of(Slot(code, slot)))


def _filled(rule: Rule, language: str) -> str | None:
    """The rule's pattern for a language; None if a slot stays empty.

    What is long and stands in it more than once is compiled where it stands first, and
    called from the other places: that takes two thirds of the memory, and of the time
    to compile.
    """
    empty = []
    uses = Counter(_names(rule.pattern))
    named: set[str] = set()

    def fill(match: re.Match[str]) -> str:
        name = match[1]
        if name in named:
            return f"(?&{name})"
        if name in PIECES:
            text = _SLOT.sub(fill, PIECES[name])
        else:
            words = phrases(language, name)
            empty.extend([name] if not words else [])
            text = alternation(words)
        if uses[name] == 1 or len(text) < _WORTH_A_CALL:
            return text if name in PIECES else f"(?:{text})"
        named.add(name)
        return f"(?P<{name}>{text})"

    pattern = _SLOT.sub(fill, _EXTENTS[rule.extent] % rule.pattern)
    return None if empty else _with_one_space(pattern)


def _names(pattern: str) -> Iterator[str]:
    """The slots and pieces of a pattern, and those of its pieces."""
    for name in _SLOT.findall(pattern):
        yield name
        yield from _names(PIECES.get(name, ""))


def _with_one_space(pattern: str) -> str:
    """The pattern, with what stands for a space inside of phrases written once."""
    first, *others = pattern.split(SPACE)
    if not others:
        return pattern
    return f"{first}(?P<space>{SPACE}){'(?&space)'.join(others)}"


@cache
def _compiled(rule: Rule, language: str) -> "regex.Pattern[str] | None":
    import regex

    from cleaner.pattern_cache import compiled

    pattern = _filled(rule, language)
    if pattern is None:
        return None
    return compiled(pattern, regex.V0 | regex.IGNORECASE | regex.VERBOSE)


_OPENS_BRACKET: Final = re.compile(r"(?:\[\\\[\(\]|\\[\[(])(?![?*])")


def _needed(rule: Rule) -> tuple[tuple[str, str], ...]:
    """Signs that what the rule matches holds, one of each: a look spares many a try."""
    slot = f"{{{rule.slot}}}{{colon}}"
    has_colon = slot in rule.pattern.replace(f"{slot}?", "")
    opens = _OPENS_BRACKET.match(rule.pattern)
    return (*([(":", "：")] if has_colon else []), *([("[", "(")] if opens else []))


Starts = Callable[[str], Sequence[int]]

# What opens a rule: so many characters, none past a mark that surely ends a sentence.
_OPENING: Final = re.compile(r"(?:\[\^\.!\?(?:\\n)?\]|\{within\})\{0,(\d+)\}")
# Slots that stand behind such an opening. One gate finds them all: a gate takes 300 KB.
_OPENED: Final = (
    "consent", "form_message", "inbox", "newsstand", "player_message", "promo_code",
    "reached_at", "republish", "trademark",
)  # fmt: skip
_SURE_END: Final = late_pattern(r"[.!?](?=\s)")
_FEW_STARTS: Final = 2  # tried as soon as looked through


def _starts(rule: Rule) -> Starts:
    """Where in a line a rule is tried: where a sentence starts.

    A rule whose slot stands behind such an opening is tried where the gate finds a
    phrase of the slot in the sentence: texts of one line have many.
    """
    opening = _OPENING.match(rule.pattern) if rule.slot in _OPENED else None
    if not opening or not rule.pattern.startswith(f"{{{rule.slot}}}", opening.end()):
        return _sentence_starts
    most = int(opening[1])

    def starts(line: str) -> Sequence[int]:
        found = _sentence_starts(line)
        if len(found) <= _FEW_STARTS:
            return found
        return _before_phrases(rule.slot, line, found, most)

    return starts


def _before_phrases(
    slot: str, line: str, starts: Sequence[int], most: int
) -> list[int]:
    """The starts of sentences in which a phrase may begin, `most` characters on."""
    longest = _longest_phrase(slot)
    parts = []
    for start in starts:
        end = _SURE_END().search(line, start, start + most)
        stop = (end.end() if end else start + most) + longest
        parts.append(f".{line[start:stop]}")  # with the full stop none is blank
    sentences = Document("\n".join(parts))
    sentences.candidates = _gate_of_opened()(sentences)
    return [starts[at] for at in sentences.candidates_of(slot)]


@cache
def _longest_phrase(slot: str) -> int:
    return 2 * max(map(len, phrases(ANY, slot)))  # each space may be two


@cache
def _gate_of_opened() -> Gate:
    return gate(filled(_OPENED, LANGUAGES))


class _Tried(NamedTuple):
    """A rule, and what a line must be like to be tried by it."""

    rule: Rule
    longest: int
    needed: tuple[tuple[str, str], ...]
    starts: Starts
    patterns: "dict[str, regex.Pattern[str] | None]"  # by language, when first tried

    def pattern(self, language: str) -> "regex.Pattern[str] | None":
        """What the rule compiles to; a look that hashes no rule."""
        if language not in self.patterns:
            self.patterns[language] = _compiled(self.rule, language)
        return self.patterns[language]


def _tried(rule: Rule) -> _Tried:
    return _Tried(rule, rule.longest, _needed(rule), _starts(rule), {})


def find_by(rules: Iterable[Rule]) -> Find:
    """A detector that proposes what the rules match in the lines the gate let through.

    Its reasons name slot and language, as in "read_more/en".
    """
    by_slot: dict[str, list[_Tried]] = {}
    for rule in rules:
        by_slot.setdefault(rule.slot, []).append(_tried(rule))
    longest = {name: max(t.longest for t in tried) for name, tried in by_slot.items()}

    def find(document: Document) -> list[Finding]:
        lines = document.lines
        found: list[Finding] = []
        for slot, indices in document.candidates.items():
            if (most := longest.get(slot.name)) is None:
                continue
            suspects = [(i, line) for i in indices if len(line := lines[i]) <= most]
            if suspects:
                found += _found_in(document, slot, suspects, by_slot[slot.name])
        return found

    return find


def _found_in(
    document: Document,
    slot: Slot,
    suspects: Sequence[tuple[int, str]],
    rules: Iterable[_Tried],
) -> list[Finding]:
    """What the rules of a slot match in the lines that may hold its phrases."""
    count, reason = len(document.lines), f"{slot.name}/{slot.language}"
    found: list[Finding] = []
    whole: set[int] = set()  # lines that go as a whole, and need no other rule
    for tried in rules:
        is_whole = tried.rule.extent == "line"
        left = suspects
        if is_whole and whole:
            left = [suspect for suspect in suspects if suspect[0] not in whole]
        for index, start, end in _matches(tried, slot.language, left, count):
            found.append(document.cut_part(index, start, end, reason))
            if is_whole:
                whole.add(index)
    return found


def _matches(
    tried: _Tried, language: str, suspects: Sequence[tuple[int, str]], count: int
) -> list[tuple[int, int, int]]:
    """What a rule matches in lines not too long, nor too early, nor without a sign.

    The line of each match, of `count` in all, and where in it the match begins, ends.
    """
    found: list[tuple[int, int, int]] = []
    rule, longest, needed, starts, _ = tried
    first = max(rule.from_line, count - rule.last_lines)
    for index, line in suspects:
        if len(line) > longest or index < first:
            continue
        for one, other in needed:
            if one not in line and other not in line:
                break
        else:
            if pattern := tried.pattern(language):
                find = _known_spans if is_remembered(line) else _spans
                for start, end in find(pattern, rule.extent, starts, line):
                    found.append((index, start, end))
    return found


def is_reported(words: str) -> bool:
    """Whether somebody says it: a story may report what a page would say itself.

    In headlines of other stories "Says" has a capital.
    """
    return _reported().search(words) is not None


@cache  # "“Something went wrong,” the pilot said"
def _reported() -> re.Pattern[str]:
    verbs = "|".join(map(re.escape, phrases(ANY, "speech_verb")))
    return re.compile(
        r"(?:[.,!?…][”\"»“’']|[,”\"»“])[,.]?\s(?:[–—-]\s)?(?:[\w’'.-]+\s){0,5}?(?:"
        + verbs
        + r")\b"
    )


def _spans(
    pattern: "regex.Pattern[str]", extent: Extent, starts: Starts, line: str
) -> tuple[tuple[int, int], ...]:
    """What the pattern matches in a line, without the blank space around it."""
    if extent == "line":
        is_found = pattern.match(line) and not is_reported(line)
        return ((0, len(line)),) if is_found else ()
    matches = _found(pattern, extent, starts, line)
    spans = [_trimmed(line, *match.span()) for match in matches]
    return tuple(
        (start, end)
        for start, end in spans
        if start < end and (extent == "inline" or not is_reported(line[start:end]))
    )


_known_spans: Final = lru_cache(KNOWN_LINES)(_spans)


def _found(
    pattern: "regex.Pattern[str]", extent: Extent, starts: Starts, line: str
) -> Iterator["regex.Match[str]"]:
    if extent == "inline":
        yield from pattern.finditer(line)
        return
    done = 0
    for start in starts(line):
        match = pattern.match(line, start) if start >= done else None
        if match:
            done = match.end()
            yield match


@known
def _sentence_starts(line: str) -> tuple[int, ...]:
    """Where a sentence may start: after an end mark and a space, if it needs one."""
    starts = [0]
    for end in _SENTENCE_END().finditer(line):
        if line[end.start()] in _NEEDS_NO_SPACE:
            starts.append(end.start() + 1)
        if line[end.end() : end.end() + 1] in (" ", "\t", "\xa0"):
            starts.append(end.end() + 1)
    return tuple(starts)


def _trimmed(line: str, start: int, end: int) -> tuple[int, int]:
    part = line[start:end]
    return end - len(part.lstrip()), start + len(part.rstrip())
