"""No pattern of the package can be made to try without end."""

import random
import re
import sys
from collections.abc import Iterator
from functools import partial
from importlib import import_module
from itertools import chain
from pathlib import Path

import pytest
import regex
from backtracking import parsed, spoilt, takes_letters, unbounded, written

import cleaner
from cleaner import clean
from cleaner.detectors import DETECTORS
from cleaner.document import Document, Slot
from cleaner.languages import ANY, LANGUAGES, POOLED
from cleaner.patterns import ANY_CHARS, Rule
from cleaner.patterns.gate import SPACES, alternation, gate
from cleaner.patterns.gate import filled as slots_of
from cleaner.patterns.rules import _spans
from cleaner.patterns.sentences import sentence_starts
from cleaner.patterns.slots import _EXTENTS, _SLOT, PIECES, filled_pattern, phrases
from cleaner.patterns.starts import MAX_CROSSING_CHARS, starts_near

ROWS = DETECTORS.values()
RULES = list(dict.fromkeys(r for row in ROWS for r in (*row.rules, *row.asked_rules)))
FLAGS = re.VERBOSE | re.IGNORECASE
MAX_LINE_CHARS = 900  # of a line that a pattern for whole lines is tried on
LINES_A_RULE = 15
NOT_IMPORTED = ("__main__", "integrations", "training")  # need more
# What stops a pattern that tries without end; the others take milliseconds.
SECONDS = 20


def filled(rule: Rule, language: str, rng: random.Random) -> str:
    """The rule's pattern with one phrase in each slot."""

    def fill(match: re.Match[str]) -> str:
        if piece := PIECES.get(match[1]):
            return _SLOT.sub(fill, piece)
        known = phrases(language, match[1])
        return f"(?:{re.escape(rng.choice(known))})" if known else "(?!)"

    return _SLOT.sub(fill, _EXTENTS[rule.extent] % rule.pattern)


def compiled(rule: Rule, language: str) -> "regex.Pattern[str] | None":
    return filled_pattern(rule.extent, rule.pattern, language)


def language_of(rule: Rule) -> str:
    """One that fills all slots, English before others."""
    return next(code for code in ("en", *LANGUAGES) if compiled(rule, code))


def rule_name(rule: Rule) -> str:
    return f"{rule.slot}-{rule.extent}-{RULES.index(rule)}"


@pytest.mark.parametrize("rule", RULES, ids=rule_name)
def test_a_rule_is_bounded(rule: Rule) -> None:
    """Its repeats have an end, or take no letters, or its lines are short."""
    found = unbounded(parsed(filled(rule, language_of(rule), random.Random(0)), FLAGS))
    assert not any(unbounded(body) for body in found)
    is_short = rule.extent == "line" and rule.max_chars <= MAX_LINE_CHARS
    assert is_short or not any(map(takes_letters, found))


@pytest.mark.parametrize("rule", RULES, ids=rule_name)
def test_a_rule_gives_up(rule: Rule) -> None:
    """On lines that it nearly matches, with all of its repeats drawn out."""
    rng = random.Random(rule_name(rule))
    language = language_of(rule)
    pattern = compiled(rule, language)
    assert pattern
    for _ in range(LINES_A_RULE):
        tree = parsed(filled(rule, language, rng), FLAGS)
        line = spoilt(written(tree, rng), rng)
        line = line[: rule.max_chars if rule.extent == "line" else 2000]
        if rule.extent == "inline":
            spans = [m.span() for m in pattern.finditer(line, timeout=SECONDS)]
            assert spans == sorted(set(spans))
        else:
            match = pattern.match(line, timeout=SECONDS)
            assert match is None or match.end() <= len(line)


def spelt_out(rule: Rule, language: str) -> "regex.Pattern[str]":
    """The rule's pattern, with all phrases in each of its slots."""

    def fill(match: re.Match[str]) -> str:
        if piece := PIECES.get(match[1]):
            return _SLOT.sub(fill, piece)
        return f"(?:{alternation(phrases(language, match[1])) or '(?!)'})"

    pattern = _SLOT.sub(fill, _EXTENTS[rule.extent] % rule.pattern)
    return regex.compile(pattern, regex.V0 | regex.IGNORECASE | regex.VERBOSE)


@pytest.mark.parametrize("rule", RULES, ids=rule_name)
def test_what_is_compiled_once_means_the_same(rule: Rule) -> None:
    """On lines that the rule takes, or nearly does, with spaces of all kinds."""
    rng = random.Random(rule_name(rule))
    language = language_of(rule)
    pattern, plain = compiled(rule, language), spelt_out(rule, language)
    assert pattern
    for _ in range(5):
        tree = parsed(filled(rule, language, rng), FLAGS)
        taken = written(tree, rng)[:500]
        odd = "".join(rng.choice(SPACES) if c == " " else c for c in taken)
        for line in (taken, odd, spoilt(taken, rng)):
            starts = sentence_starts(line)
            found = _spans(pattern, rule.extent, line, starts)
            assert found == _spans(plain, rule.extent, line, starts)


IN_SENTENCES = [rule for rule in RULES if rule.extent in ("sentence", "tail")]
ENDS = (". ", "! ", "? ", "… ", ".” ", "。", "; ", ".x", " ")
FIND = gate(slots_of({rule.slot for rule in IN_SENTENCES}, LANGUAGES))


@pytest.mark.parametrize("rule", IN_SENTENCES, ids=rule_name)
def test_no_more_stands_before_a_phrase_than_the_rule_says(rule: Rule) -> None:
    """Or the rule is tried at every start."""

    def fill(match: re.Match[str]) -> str:
        if piece := PIECES.get(match[1]):
            return _SLOT.sub(fill, piece)
        spaces = 2  # each may be two
        return f".{{0,{spaces * max(map(len, phrases(ANY, match[1])))}}}"

    lead, phrase, _ = rule.pattern.partition(f"{{{rule.slot}}}")
    assert phrase or rule.lead_chars == ANY_CHARS
    assert parsed(_SLOT.sub(fill, lead), FLAGS).getwidth()[1] <= rule.lead_chars


def test_a_phrase_goes_on_into_the_next_sentence_only_so_far() -> None:
    for language in LANGUAGES.values():
        for phrase in chain.from_iterable(language.phrases.values()):
            if len(sentence_starts(phrase)) > 1:
                assert 2 * len(phrase) <= MAX_CROSSING_CHARS, phrase


@pytest.mark.parametrize("rule", IN_SENTENCES, ids=rule_name)
def test_sentences_without_a_phrase_need_no_try(
    rule: Rule, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In lines of many, with and without phrases, and with ends that are none."""
    monkeypatch.setattr("cleaner.memo._KNOWN_CHARS", 0)
    rng = random.Random(rule_name(rule))
    language = language_of(rule)
    pattern = compiled(rule, language)
    assert pattern
    for _ in range(40):
        tree = parsed(filled(rule, language, rng), FLAGS)
        taken = [written(tree, rng)[:400] for _ in range(3)]
        others = ["He left", "The 3.5 m wall, he said", *map(spoilt, taken, [rng] * 3)]
        parts = rng.sample([*taken, *others, *others], 9)
        line = "".join(part + rng.choice(ENDS) for part in parts)
        document = Document(line.replace("\n", " "))
        document.gate = FIND
        (line,) = document.lines
        slot = Slot(language if rule.slot not in POOLED else ANY, rule.slot)
        starts = starts_near(document, 0, slot, rule.lead_chars)
        found = _spans(pattern, rule.extent, line, starts)
        assert found == _spans(pattern, rule.extent, line, sentence_starts(line))


def makes_pattern(held: object) -> bool:
    """Whether a module holds a pattern that is compiled when first asked for."""
    made_by = getattr(held, "__wrapped__", None)
    if isinstance(made_by, partial):
        return made_by.func is re.compile
    told = getattr(made_by, "__annotations__", {})
    return told == {"return": re.Pattern[str]}  # and takes nothing


def own_patterns() -> Iterator[tuple[str, str]]:
    """Every pattern that a module holds, by the names of both."""
    root = Path(cleaner.__file__).parent
    for path in sorted(root.rglob("*.py")):
        parts = path.relative_to(root).with_suffix("").parts
        if parts[0] not in NOT_IMPORTED and "fitting" not in parts[-1]:
            name = ".".join(("cleaner", *parts)).removesuffix(".__init__")
            import_module(name)
            for key, held in vars(sys.modules[name]).items():
                value = held() if makes_pattern(held) else held
                is_pattern = isinstance(value, re.Pattern | regex.Pattern)
                if is_pattern and isinstance(value.pattern, str):
                    yield f"{name}.{key}", value.pattern


def test_no_repeat_without_end_stands_in_another() -> None:
    found = dict(own_patterns())
    assert len(found) > 40
    for name, pattern in found.items():
        bodies = unbounded(parsed(pattern))
        assert not any(unbounded(body) for body in bodies), name


# Each took minutes, or hours, before its pattern was mended.
HANGING = (
    "Hier auf unserer Themenseite " + "1." * 40 + "x (",
    "'''aaaaaa " * 12 + "the support of readersx, the support of readers",
    "your subscription has been" + "is protected by recaptcha" * 16 + "x" * 120,
    "Photo: A" + "+B-" * 45 + " (",
    "(Photo: A" + "+B-" * 90 + " x) He left.",
)


@pytest.mark.parametrize("line", HANGING)
def test_what_hung_comes_to_an_end(line: str) -> None:
    assert line.startswith(clean(line, "body")[:5])
