"""Repairs: nothing broken escapes the signatures, and time grows with the length."""

from functools import reduce

import pytest
from ftfy.badness import MOJIBAKE_CATEGORIES, is_bad
from ftfy.chardata import CHARMAP_ENCODINGS
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import SENTENCES, texts
from worklib import executed, is_steep

from cleaner import Config, clean, explain
from cleaner.document import Document, Slot
from cleaner.labels import REPAIRS
from cleaner.languages import LANGUAGES
from cleaner.patterns.gate import filled, gate, plain_gate
from cleaner.patterns.signatures import (
    ARROW,
    BRACKET_END,
    CODE,
    HANDLE,
    SIGNATURES,
    SLASHED,
)
from cleaner.repair.encoding import (
    BROKEN,
    ENTITY,
    changes,
    find_broken_encoding,
    repaired,
)
from cleaner.repair.fused import SHAPES, find_fused
from cleaner.repair.words import english

SLOTS = filled(SIGNATURES, LANGUAGES)
GATES = {"plain": plain_gate(SLOTS), "in use": gate(SLOTS)}
BROKEN_SLOT = Slot("any", BROKEN)
EVERYWHERE = {slot: range(1) for slot in SLOTS}

CODEPAGES = (*CHARMAP_ENCODINGS, "cp850", "cp866", "koi8-r", "cp1252", "iso8859-15")
SUSPECTS = "".join(
    chr(code)
    for code in range(0x80, 0xFFFE)
    if is_bad(f"a{chr(code)}¤") or is_bad(f"Ã{chr(code)}")
) + "".join(c for c in "".join(MOJIBAKE_CATEGORIES.values()) if c != "-")
GLUE = "aZ .,?!1&;#\t\x1a\u0301Привет’“ÂÃâà\u00a0\u2028\x85\ud83d\ude00"

sound = st.one_of(
    st.sampled_from(SENTENCES),
    st.text(st.characters(categories=("L", "N", "P", "S", "Zs")), max_size=12),
)


@st.composite
def mojibake(draw: st.DrawFn) -> str:
    """A text read once or twice with the wrong codepage, beside one that is sound."""
    pages = draw(st.lists(st.sampled_from(CODEPAGES), min_size=1, max_size=2))
    errors = draw(st.sampled_from(("replace", "ignore")))
    broken = reduce(
        lambda text, page: text.encode(errors="replace").decode(page, errors),
        pages,
        draw(sound),
    )
    return draw(st.sampled_from(("", "He left. ", "“So,” "))) + broken


suspicious = st.text(st.sampled_from(SUSPECTS + GLUE), max_size=8)
entities = st.sampled_from(("&amp;", "&eacute;", "&#8217;", "&lt;", "&#10;", "&AUML;"))
lines = st.one_of(
    mojibake(),
    suspicious,
    st.lists(st.one_of(suspicious, entities, sound), max_size=4).map("".join),
    st.text(st.characters(), max_size=20),
)


@pytest.mark.parametrize("name", GATES)
@given(line=lines)
@settings(max_examples=1000)
def test_what_has_no_signature_needs_no_repair(name: str, line: str) -> None:
    document = Document(line)
    document.candidates = {BROKEN_SLOT: range(len(document.lines))}
    everywhere = list(find_broken_encoding(document))
    document.candidates = GATES[name](document)
    assert list(find_broken_encoding(document)) == everywhere


@pytest.mark.parametrize("name", GATES)
@given(text=texts())
def test_what_has_no_shape_is_not_fused(name: str, text: str) -> None:
    document = Document(text)
    document.candidates = dict.fromkeys(SLOTS, range(len(document.lines)))
    plain = list(find_fused(document))
    document.candidates = GATES[name](document)
    assert list(find_fused(document)) == plain


def replayed(text: str, edits: list[tuple[int, int, str]]) -> str:
    for start, end, replacement in reversed(edits):
        text = text[:start] + replacement + text[end:]
    return text


@given(st.text("aâ€™ é", max_size=40), st.text("aé’ x", max_size=40).filter(bool))
def test_small_edits_make_the_whole_change(before: str, after: str) -> None:
    if not before:
        return
    edits = list(changes(before, after))
    assert replayed(before, edits) == after
    assert all(replacement for _, _, replacement in edits)


@given(lines)
def test_a_repair_repairs_the_line(line: str) -> None:
    document = Document(line)
    document.candidates = EVERYWHERE
    if len(document.lines) != 1 or "\x85" in line:
        return
    edits = [(f.start, f.end, f.replacement) for f in find_broken_encoding(document)]
    raw = document.raw_line(0)
    assert replayed(line, edits) == line.replace(raw, repaired(raw))


def test_edits_far_apart_stay_apart() -> None:
    line = "The cafÃ© by the river and the rosÃ© they served â€“ all of it."
    edits = explain(line, Config().with_(remove=())).edits
    assert [line[edit.start : edit.end] for edit in edits] == ["Ã©", "Ã©", "â€“"]


def test_surrogates_become_the_character_they_mean_or_a_replacement() -> None:
    assert clean("He laughed \ud83d\ude00 and \ud83d left.") == (
        "He laughed \U0001f600 and \ufffd left."
    )


def test_an_ampersand_escaped_over_and_over_is_one() -> None:
    nested = "Catch &" + "amp;" * 20_000 + " Release, &amp;amp;lt;b&gt;."
    assert repaired(nested) == "Catch & Release, &lt;b&gt;."


def test_next_line_characters_stay() -> None:
    assert clean("One sentence.\x85Another one.") == "One sentence.\x85Another one."


@pytest.mark.parametrize(
    "unit",
    [
        "\u0301",
        "â€™",
        "Ã",
        "theUk",
        "ended.The ",
        'said."But ',
        "Trumpsaid ",
        "है.यह ",
        "&amp;",
        "(CNN)The ",
        "a“b",
        "\ud800",
    ],
)
def test_twice_the_text_is_twice_the_work(
    unit: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cleaner.memo._KNOWN_CHARS", -1)

    def work(count: int) -> int:
        document = Document("caf\u00c3\u00a9 " + unit * count)
        document.candidates = GATES["in use"](document)
        return executed(
            lambda: [*find_fused(document), *find_broken_encoding(document)]
        )

    work(10)
    assert not is_steep(work(2000), work(4000))


@given(texts())
@settings(deadline=None)
def test_without_repair_nothing_is_repaired(text: str) -> None:
    edits = explain(text, Config().with_(repair=())).edits
    assert not REPAIRS & {edit.label for edit in edits}


def test_every_shape_has_a_signature() -> None:
    others = {ARROW, BRACKET_END, CODE, HANDLE, SLASHED}
    assert SIGNATURES.keys() == {BROKEN, ENTITY, *SHAPES} | others


def test_words_are_sorted_lower_case_and_few() -> None:
    assert 4_000 < len(english()) < 5_000
    assert all(word.isalpha() and word.islower() for word in english())
