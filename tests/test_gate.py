"""The gate may let too much through and never holds a match back."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import PHRASES, texts

from cleaner import Cleaner, explain
from cleaner.detectors import DETECTORS
from cleaner.document import Document, Slot
from cleaner.gate import (
    SPACES,
    everywhere,
    filled,
    gate,
    pattern_of,
    phrases_of,
    plain_gate,
)
from cleaner.languages import LANGUAGES

SLOTS = filled(frozenset().union(*(row.slots for row in DETECTORS.values())), LANGUAGES)
GATES = {"plain": plain_gate(SLOTS), "in use": gate(SLOTS)}
SEARCHED = {slot: pattern_of(slot) for slot in SLOTS if phrases_of(slot)}

spaces = st.sampled_from((*SPACES, "  ", "\u00a0 "))
neighbours = st.sampled_from(
    ("", " ", "é", "ß", "я", "中", "İ", "ſ", "\u0301", "…", "“")
)
endings = st.sampled_from(("", "\n", "\r\n", "\r", "\u2028", "\n\u200b\n"))


def lookalike(words: str) -> str:
    return words.translate(str.maketrans("ski", "ſ\u212aİ"))


cases: st.SearchStrategy[Callable[[str], str]] = st.sampled_from(
    (str, str.upper, str.title, str.capitalize, lookalike)
)


@st.composite
def variants(draw: st.DrawFn) -> str:
    """A phrase as the web may print it."""
    words = draw(cases)(draw(st.sampled_from(PHRASES))).split(" ")
    phrase = draw(spaces).join(words)
    parts = draw(neighbours), phrase, draw(neighbours), draw(endings)
    return "".join(parts) + draw(st.sampled_from(("", "He left.")))


@pytest.mark.parametrize("name", GATES)
@given(text=st.one_of(variants(), texts()))
def test_gate_holds_no_phrase_back(name: str, text: str) -> None:
    document = Document(text)
    found = GATES[name](document)
    for slot, pattern in SEARCHED.items():
        lines = {i for i, line in enumerate(document.lines) if pattern.search(line)}
        assert lines <= set(found.get(slot, ())), slot


@given(texts())
def test_a_gated_text_comes_out_as_an_ungated_one(text: str) -> None:
    for preset in ("strict", "default", "body"):
        plain = Cleaner(preset)
        plain._tools = plain._tools._replace(gate=everywhere(SLOTS))
        assert plain.explain(text) == explain(text, preset)


@pytest.mark.parametrize("name", GATES)
def test_a_short_phrase_with_a_mark_is_found_within_a_word(name: str) -> None:
    found = GATES[name](Document("creative commons license:"))
    assert found[Slot("sv", "colon_cue")] == [0]  # "se:"
