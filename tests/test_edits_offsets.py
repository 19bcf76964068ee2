"""Offsets and stretches: to the original and back, through edits by hand."""

import pytest
from editlib import cut, put
from hypothesis import given
from hypothesis import strategies as st

from cleaner.edits import Cleaned, apply


def test_offsets_of_what_is_gone_and_what_is_repaired() -> None:
    text = "One. Shop! theIsis."
    edits = (cut(5, 11), put(14, " "))
    done = Cleaned(apply(text, edits), edits, text, ())
    assert done.text == "One. the Isis."
    assert [done.to_original(n) for n in (0, 4, 5, 9, 14)] == [0, 4, 11, 14, 19]
    assert [done.from_original(n) for n in (0, 7, 11, 15, 19)] == [0, 5, 5, 10, 14]


def test_offsets_within_a_longer_repair_and_behind_it() -> None:
    edits = (put(2, "XYZ", 4), cut(5, 7))
    done = Cleaned("abXYZeh", edits, "abcdefgh", ())
    assert [done.to_original(n) for n in range(7)] == [0, 1, 2, 3, 4, 4, 7]
    assert [done.from_original(n) for n in range(8)] == [0, 1, 2, 3, 5, 6, 6, 6]
    shorter = Cleaned("aXd", (put(1, "X", 3),), "abcd", ())
    assert [shorter.from_original(n) for n in range(4)] == [0, 1, 2, 2]


@pytest.mark.parametrize("offset", [-1, 15])
def test_offsets_outside_the_text_are_refused(offset: int) -> None:
    done = Cleaned("One. the Isis.", (), "One. the Isis.", ())
    for ask in (done.to_original, done.from_original):
        assert ask(0) == 0
        assert ask(14) == 14
        with pytest.raises(ValueError, match=rf"offset {offset} .*: 0 to 14"):
            ask(offset)
        with pytest.raises(TypeError, match="an offset is an int, not float"):
            ask(float(offset))  # type: ignore[arg-type]


@st.composite
def edited(draw: st.DrawFn) -> Cleaned:
    """A text with removals, repairs and insertions, which may touch."""
    original = draw(st.text("abc", max_size=12))
    places = sorted(draw(st.lists(st.integers(0, len(original)), max_size=8)))
    edits = tuple(
        put(start, draw(st.sampled_from(["", "", "X", "XYZ"])), end)
        for start, end in zip(places[::2], places[1::2], strict=False)
    )
    return Cleaned(apply(original, edits), edits, original, ())


def sources(done: Cleaned) -> list[set[int]]:
    """For each character of the clean text the places that it comes from."""
    found: list[set[int]] = []
    at = 0
    for edit in done.edits:
        found += ({place} for place in range(at, edit.start))
        found += [set(range(edit.start, edit.end))] * len(edit.replacement)
        at = edit.end
    return [*found, *({place} for place in range(at, len(done.original)))]


@given(edited(), st.data())
def test_a_stretch_spans_what_its_characters_come_from(
    done: Cleaned, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(done.text)))
    end = data.draw(st.integers(start, len(done.text)))
    places = set().union(*sources(done)[start:end])
    low, high = done.span_in_original(start, end)
    assert 0 <= low <= high <= len(done.original)
    assert (low, high) == (min(places), max(places) + 1) if places else low == high


@given(edited(), st.data())
def test_a_stretch_of_the_original_spans_what_it_has_become(
    done: Cleaned, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(done.original)))
    end = data.draw(st.integers(start, len(done.original)))
    places = [
        at for at, found in enumerate(sources(done)) if found & {*range(start, end)}
    ]
    low, high = done.span_from_original(start, end)
    assert 0 <= low <= high <= len(done.text)
    assert (low, high) == (places[0], places[-1] + 1) if places else low == high


def test_a_stretch_that_ends_before_it_starts_is_refused() -> None:
    done = Cleaned("He left.", (), "He left.", ())
    for span in (done.span_in_original, done.span_from_original):
        with pytest.raises(ValueError, match="a stretch from 3 can't end at 2"):
            span(3, 2)


@given(edited())
def test_of_a_kept_character_span_and_offset_agree(done: Cleaned) -> None:
    for at, char in enumerate(done.text):
        if char in "abc":
            place = done.to_original(at)
            assert done.span_in_original(at, at + 1) == (place, place + 1)


def test_what_is_cut_beside_a_stretch_is_not_in_it() -> None:
    text = "One. Shop! theIsis."
    edits = (cut(5, 11), put(14, " "))
    done = Cleaned(apply(text, edits), edits, text, ())
    assert done.text == "One. the Isis."
    assert done.span_in_original(0, 5) == (0, 5)
    assert done.span_in_original(5, 8) == (11, 14)
    assert done.span_in_original(4, 6) == (4, 12)
    assert done.span_in_original(8, 9) == (14, 14)  # the space that was put in


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (0, 4), (2, 1)])
def test_stretches_outside_the_text_are_refused(start: int, end: int) -> None:
    with pytest.raises(ValueError, match=r"is not in the text|can't end at 1"):
        Cleaned("abc", (), "abc", ()).span_in_original(start, end)
