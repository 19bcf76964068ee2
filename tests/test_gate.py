"""The gate may let too much through and never holds a match back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import PHRASES, texts

from cleaner import Cleaner, explain
from cleaner.detectors import DETECTORS
from cleaner.document import Document
from cleaner.languages import LANGUAGES
from cleaner.patterns import (
    _hyperscan_gate,
    _own_phrases,
    _plain_gate,
    everywhere,
    filled,
)

SLOTS = filled(frozenset().union(*(row.slots for row in DETECTORS.values())), LANGUAGES)
GATES = {"plain": _plain_gate(SLOTS), "hyperscan": _hyperscan_gate(SLOTS)}

spaces = st.sampled_from((" ", "\u00a0", "\u202f", "\u3000", "\t"))
neighbours = st.sampled_from(
    ("", " ", "é", "ß", "я", "中", "İ", "ſ", "\u0301", "…", "“")
)
endings = st.sampled_from(("", "\n", "\r\n", "\r", "\u2028", "\n\u200b\n"))
cases = st.sampled_from((str.lower, str.upper, str.title, str.capitalize, str.swapcase))


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
    import regex

    from cleaner.patterns import _alternation

    document = Document(text)
    found = GATES[name](document)
    for slot in SLOTS:
        words = _own_phrases(slot)
        if not words:
            continue
        pattern = regex.compile(_alternation(words), regex.V0 | regex.IGNORECASE)
        lines = {i for i, line in enumerate(document.lines) if pattern.search(line)}
        assert lines <= set(found.get(slot, ())), slot


@given(texts())
def test_a_gated_text_comes_out_as_an_ungated_one(text: str) -> None:
    for preset in ("strict", "default", "body"):
        plain = Cleaner(preset)
        plain._gate = everywhere(SLOTS)
        assert plain.explain(text) == explain(text, preset)
