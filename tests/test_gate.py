"""The gate may let too much through and never holds a match back."""

from collections.abc import Callable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from strategies import PHRASES, texts

import cleaner.patterns.gate as gate_module
from cleaner import Cleaned, Cleaner, Edit, explain
from cleaner.compiled import scan
from cleaner.detectors import DETECTORS
from cleaner.detectors.bylines import COUNTED
from cleaner.document import Candidates, Document, Slot
from cleaner.languages import LANGUAGES
from cleaner.patterns import ANY_CHARS
from cleaner.patterns.gate import (
    SPACES,
    Gate,
    Limits,
    carried,
    filled,
    gate,
    pattern_of,
    phrases_of,
    plain_gate,
)
from cleaner.patterns.signatures import GLUED
from cleaner.proposals import _frame_candidates

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


def everywhere(document: Document) -> Candidates:
    """The gate that holds nothing back."""
    return dict.fromkeys(sorted(SLOTS), range(len(document.lines)))


@given(texts())
@example("chia sẻ facebook chia sẻ facebook\n")  # buttons in a row, none of their slot
@example("Told:\nThe council met on Monday.\nArticles have appeared → \n")
@example("BARCROFT MEDIA | \n")  # a house, a bar and nothing
@example("AGENCIAS\n")  # a rule of no language, tried everywhere, matches those of all
def test_a_gated_text_comes_out_as_an_ungated_one(text: str) -> None:
    for preset in ("strict", "default", "body"):
        plain = Cleaner(preset)
        plain._tools = plain._tools._replace(gate=everywhere)
        assert told(plain.explain(text)) == told(explain(text, preset))


def told(done: Cleaned) -> list[object]:
    """The result, its reasons without the language."""
    withheld = [(each[:2], list(map(bare, each.edits))) for each in done.withheld]
    return [done.text, list(map(bare, done.edits)), withheld]


def bare(edit: Edit) -> Edit:
    return edit._replace(reason=edit.reason.partition("/")[0])


@given(texts())
def test_rules_that_found_nothing_find_nothing_in_fewer_lines(text: str) -> None:
    for preset in ("strict", "default", "body"):
        asking = Cleaner(preset)
        asking._tools = asking._tools._replace(by_line=0)
        assert asking.explain(text) == explain(text, preset)


@pytest.mark.parametrize("name", GATES)
def test_a_short_phrase_with_a_mark_is_found_within_a_word(name: str) -> None:
    found = GATES[name](Document("creative commons license:"))
    assert found[Slot("sv", "colon_word")] == [0]  # "se:"


FEW = frozenset(
    {
        *(
            Slot("en", n)
            for n in ("about", "also_on_site", "distributed_by", "hat_tip")
        ),
        *(Slot("en", n) for n in (GLUED, "article")),
        *(Slot("any", n) for n in ("fused_bracket", "broken_encoding", "ticker_open")),
        Slot("any", "bracket_end"),
        Slot("zh", "credit_suffix"),
        Slot("sv", "colon_word"),
    }
)

FOUND: dict[str, dict[str, list[int]]] = {
    "Not ABOUT it": {"about": [0]},
    "about": {"about": [0]},
    "a\nabout\n\nb about\n  about": {"article": [0], "about": [1, 2, 3]},
    "about_x 9about abouts roundabout": {},  # a short one stands as a word
    "aboutß éabout": {"about": [0]},
    "roundabout, about": {"about": [0]},
    "about me roundabout": {"about": [0]},
    "roundabout about roundabout": {"about": [0]},
    "\U0001f600)Two": {},
    "caf\ud800)Two": {"broken_encoding": [0]},
    "aboutſ": {},
    "the bus": {"article": [0]},
    "Read  more\u00a0on us": {"also_on_site": [0]},
    "read \u3000\tmore   on": {"also_on_site": [0]},
    "readmore of us": {},
    "watch onto": {"also_on_site": [0]},  # a longer one anywhere
    "DİSTRıBUTED BY us": {"distributed_by": [0]},
    "diſtributed by": {"distributed_by": [0]},
    "distributed-by": {},
    "the bridgeaccording to him": {"article": [0], GLUED: [0]},
    "Bridgefrom him": {GLUED: [0]},
    "bridge Xfrom him": {GLUED: [0]},
    "according to him": {},
    "from him, éfrom him": {},
    "bridgeaccordingly, bridgefroms": {},
    "摄": {"credit_suffix": [0]},
    "本报供图报道": {"credit_suffix": [0]},
    "(AP)Two": {"fused_bracket": [0]},
    "See (AP)two (B)Two": {},
    "caf\ud800e": {"broken_encoding": [0]},
    "caf\ufffd": {"broken_encoding": [0]},
    "b\U0001f600b": {},
    "(more…)\nmore]\n(more...)\n(more..)": {"bracket_end": [0, 1, 2]},
    "(.": {"ticker_open": [0]},
    "H/T: me": {"hat_tip": [0]},
    "ſE: b": {"colon_word": [0]},
    "xse:": {"colon_word": [0]},
    "": {},
}


@pytest.mark.parametrize("make", [plain_gate, gate])
def test_each_gate_finds(make: Callable[[frozenset[Slot]], Gate]) -> None:
    find = make(FEW)
    for text, expected in FOUND.items():
        found = find(Document(text))
        assert {slot.name: list(at) for slot, at in found.items()} == expected, text
        assert list(found) == sorted(found)


def test_a_gate_without_slots_finds_nothing() -> None:
    assert gate(frozenset())(Document("about")) == {}


@pytest.mark.parametrize("is_compiled", [True, False])
def test_the_plain_gate_stands_in(
    is_compiled: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not is_compiled:
        monkeypatch.setattr(gate_module, "scan", None)
    made = gate.__wrapped__(FEW)
    compiled = made.__qualname__ == "compiled_gate.<locals>.find"
    assert compiled == (is_compiled and scan is not None)


def test_what_a_line_keeps_is_carried_over() -> None:
    before = Document("about\nb\nabout\nb\nc")
    before.candidates = {
        Slot("en", "about"): [0, 2],
        Slot("en", "x"): [1],
        Slot("en", "y"): [3, 4],
    }

    def found_in(text: str) -> tuple[Candidates, list[str]]:
        asked = []

        def find(document: Document) -> Candidates:
            asked.extend(document.lines)
            return {Slot("en", "about"): range(len(document.lines))}

        found, fresh = carried(Document(text), before, find)
        assert len(fresh.get(Slot("en", "about"), ())) == len(asked)
        return found, asked

    about, x, y = (Slot("en", name) for name in ("about", "x", "y"))
    assert found_in("about\nb\nc") == ({about: [0], x: [1], y: [2]}, [])
    assert found_in("about\nabout") == ({about: [0, 1]}, [])
    assert found_in("b\nabout\nc") == ({x: [0], about: [1], y: [2]}, [])
    assert found_in("") == ({}, [])
    assert found_in("about\nb\nd") == ({about: [0, 2], x: [1]}, ["d"])
    assert found_in("abou\nc") == ({about: [0], y: [1]}, ["abou"])
    assert found_in("c\nb") == ({x: [1], y: [0]}, [])
    assert found_in("c\nc\nb") == ({about: [1], x: [2], y: [0]}, ["c"])


@pytest.mark.parametrize("found_by", [plain_gate, gate])
def test_a_phrase_counts_in_no_line_longer_than_its_slot_looks_at(
    found_by: Callable[[frozenset[Slot], Limits], Gate],
) -> None:
    find = found_by(FEW, frozenset({("about", 8)}))
    document = Document("  about me  \nabout him\n(ap)Two, about me")
    assert find(document)[Slot("en", "about")] == [0]
    assert find(document)[Slot("any", "fused_bracket")] == [2]


def test_lines_are_looked_at_by_the_longest_rule_of_a_slot() -> None:
    assert DETECTORS["jump"].longest("page_of") < ANY_CHARS
    assert DETECTORS["contact_line"].longest("reached_at") == ANY_CHARS  # a tail
    assert DETECTORS["company_account"].longest("about") == 80


@pytest.mark.parametrize("find", GATES.values(), ids=GATES)
def test_a_word_of_many_languages_is_tried_once(find: Gate) -> None:
    found = find(Document("Foto: Ana Ruiz"))
    assert [slot for slot in found if slot.name == "credit_label"] == [
        Slot("any", "credit_label")
    ]


def test_bylines_beside_a_date_are_told_by_all_dates() -> None:
    """Of dates a byline's rules ask how many there are."""
    tools = Cleaner()._tools
    lines = ["The council met.", "4 March 2026", "It was late.", "9 March 2026"]
    document = Document("\n".join(lines))
    near = _frame_candidates(tools, document, [0, 1])
    assert {index for slot, at in near.items() if slot.name == COUNTED for index in at}
    assert max(index for at in near.values() for index in at) == 3
    assert not _frame_candidates(tools, document, [0])
