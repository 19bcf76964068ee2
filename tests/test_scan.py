"""The compiled pass says what the plain way says, on any text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import documents, texts

from cleaner.detectors import DETECTORS
from cleaner.detectors.duplicates.openings import opening_units
from cleaner.detectors.duplicates.pull_quotes import suspects
from cleaner.document import (
    KINDS,
    SHORT_LINE_CHARS,
    Document,
    plain_cut,
    plain_short_lines,
)
from cleaner.languages import LANGUAGES
from cleaner.memo import known
from cleaner.patterns.automaton import _spans
from cleaner.patterns.gate import NO_LIMITS, carried, compiled_gate, filled, plain_gate
from cleaner.patterns.signatures import SIGNATURES
from cleaner.wording import bare

_scan = pytest.importorskip("cleaner._scan", reason="nothing was compiled")
SLOTS = filled(frozenset().union(*(row.slots for row in DETECTORS.values())), LANGUAGES)
PLAIN, COMPILED = plain_gate(SLOTS), compiled_gate(SLOTS, NO_LIMITS, _scan.Scanner)
CHARS = sorted(
    {
        chr(c)
        for rows in SIGNATURES.values()
        for row in rows
        for p in row
        for start, end in _spans(p)
        for c in range(start, end)
    }
)
broken = st.text(st.sampled_from([*CHARS[:400], "\ud800", "\U0001f600", " ", "\n"]))
anything = st.one_of(documents(), texts(), st.text(), broken)


@given(anything)
def test_lines_are_those_of_the_plain_cut(text: str) -> None:
    assert _scan.cut(text, KINDS) == plain_cut(text)


sized = st.sampled_from([1, 4, 7, 46, 48, 49, 50, 51, 52, 84]).map("x".__mul__)
ended = st.sampled_from(["Closed.", "Prose " * 14 + "ends."])


@pytest.mark.parametrize(
    "end", ["»", " »", "\xa0»", ". »", ".\u202f»\xa0)", "?\xa0»*", "¹", ".²"]
)
def test_french_quotes_and_footnotes_end_as_in_the_plain_cut(end: str) -> None:
    text = f"« Un gratin{end}\nUn gratin{end}\n« {end}\n{end}"
    assert _scan.cut(text, KINDS) == plain_cut(text)


@given(st.lists(sized | ended))
def test_outlines_are_those_of_the_plain_cut(lines: list[str]) -> None:
    text = "\n".join(lines)
    assert _scan.cut(text, KINDS) == plain_cut(text)


@given(anything)
def test_signatures_are_found_where_the_plain_gate_finds_them(text: str) -> None:
    document = Document(text)
    plain, compiled = PLAIN(document), COMPILED(document)
    for slot in SLOTS:
        if slot.name in SIGNATURES:
            assert list(plain.get(slot, ())) == list(compiled.get(slot, ())), slot


@given(anything)
def test_slots_come_in_their_order(text: str) -> None:
    for gate in (PLAIN, COMPILED):
        found = gate(Document(text))
        assert list(found) == sorted(found)


@given(st.lists(st.text(alphabet="aAbBß ΣσςİIi’'“-", max_size=6), max_size=6))
def test_lines_that_open_alike_are_never_overlooked(lines: list[str]) -> None:
    units = memoryview(opening_units()).cast("H")
    passed_over = "".join(chr(code) for code in range(0x10000) if not units[code])
    odd = dict.fromkeys(map(ord, '"’”“‘'), chr(39))
    openings = [s.lstrip(passed_over)[:3].translate(odd).lower() for s in lines]
    alike = {i for i, opening in enumerate(openings) if openings.count(opening) > 1}
    assert alike <= set(_scan.open_alike(lines, opening_units(), 3, True))


@st.composite
def quoting(draw: st.DrawFn) -> str:
    """Lines that are parts of one text, with or without an end mark."""
    alphabet = draw(st.sampled_from(["ab cd", "abç", "a中", "a\U0001f600\ud800"]))
    whole = draw(st.text(alphabet, min_size=90, max_size=500))
    places = st.integers(0, len(whole))
    parts = [
        whole[draw(places) :][: draw(st.integers(50, 420))]
        + draw(st.sampled_from("., 。।"))
        for _ in range(draw(st.integers(1, 8)))
    ]
    more = draw(st.sampled_from([0, 0, 0, 38, 41])) * ["open"]
    return "\n".join([*parts, *more])


@given(quoting())
def test_lines_are_pulled_where_a_search_finds_their_middle(text: str) -> None:
    document = Document(text)
    again = []
    for index in suspects(document):
        line = document.lines[index]
        at = document.starts[index] + (len(line) - 24) // 2
        middle = text[at : at + 24]
        if text.find(middle) != at or text.find(middle, at + 1) >= 0:
            again.append(index)
    cut = document.lines, document.starts, document.shapes
    assert _scan.pulled(text, *cut) == again


@pytest.mark.parametrize(
    ("lines", "starts"),
    [(["a" * 60], [50]), (["a" * 60], [-40]), ([], [0]), ([1], [0])],
)
def test_lines_that_are_not_in_the_text_are_refused(
    lines: list[str], starts: list[int]
) -> None:
    with pytest.raises((ValueError, TypeError), match="line"):
        _scan.pulled("a" * 60 + ".", ["a" * 60 + ".", *lines], [0, *starts], b"po")


@given(texts(), st.data())
def test_what_is_carried_over_is_what_the_gate_finds(
    text: str, data: st.DataObject
) -> None:
    before = Document(text)
    before.candidates = COMPILED(before)
    kept = [line for line in before.lines if data.draw(st.booleans())]
    if data.draw(st.booleans()) and kept:  # a line of which a part went
        kept[-1] = kept[-1][1:]
    after = Document("\n".join(kept))
    found, _ = carried(after, before, COMPILED)
    for slot, indices in COMPILED(after).items():
        assert set(indices) <= set(found.get(slot, ())), slot


@pytest.mark.parametrize("text", ["```py\n~~~\n``\n", "~~~~", "\u0a0a\n~~\n\u0a4a`"])
def test_fences_and_line_breaks_are_told_from_what_is_like_them(text: str) -> None:
    assert _scan.cut(text, KINDS) == plain_cut(text)


def test_only_short_lines_are_remembered() -> None:
    asked = []

    def length(line: str) -> int:
        asked.append(line)
        return len(line)

    remembering = known(length)
    assert [remembering("a"), remembering("a"), len(asked)] == [1, 1, 1]
    assert remembering("a" * 3000) == remembering("a" * 3000) == 3000
    assert len(asked) == 3


@given(
    st.one_of(
        anything, st.text("aZ \t\x1c\x85\u00a0»:.ßİΣ\U0001f600\ud800", max_size=60)
    )
)
def test_short_lines_are_those_of_the_plain_way(text: str) -> None:
    lines = Document(text).lines
    found = _scan.short_lines(lines, SHORT_LINE_CHARS, KINDS, bare)
    assert list(found.items()) == list(plain_short_lines(lines).items())
