"""What holds for every text and every preset."""

import pickle
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import texts

from cleaner import LABELS, Cleaned, Cleaner, Edit, apply, explain
from cleaner.edits import compose
from cleaner.labels import REPAIRS

PRESETS = ("strict", "default", "body")
any_text = st.one_of(st.text(), st.text(st.characters(categories=["Cs", "Zs", "Ll"])))
a_text = st.one_of(texts(), any_text)
a_preset = st.sampled_from(PRESETS)


def covered(done: Cleaned) -> set[int]:
    """The characters of the original that are removed."""
    return {
        at
        for edit in done.edits
        if edit.label not in REPAIRS
        for at in range(edit.start, edit.end)
    }


def is_subsequence(part: str, whole: str) -> bool:
    characters = iter(whole)
    return all(character in characters for character in part)


@given(a_text, a_preset)
def test_replay_gives_the_text(text: str, preset: str) -> None:
    done = explain(text, preset)
    assert done.original is text
    assert apply(text, done.edits) == done.text


@given(a_text, a_preset)
def test_edits_are_sorted_disjoint_and_change_something(text: str, preset: str) -> None:
    edits = explain(text, preset).edits
    for edit in edits:
        assert 0 <= edit.start <= edit.end <= len(text)
        assert text[edit.start : edit.end] != edit.replacement
        assert edit.label in LABELS
        assert 0 < edit.score <= 1
        assert edit.reason
    for one, other in pairwise(edits):
        assert one.end <= other.start


@given(a_text, a_preset)
def test_cleaning_twice_changes_nothing(text: str, preset: str) -> None:
    once = explain(text, preset).text
    assert explain(once, preset).text is once


@given(a_text, a_preset)
def test_only_repairs_write(text: str, preset: str) -> None:
    edits = explain(text, preset).edits
    assert all(edit.label in REPAIRS for edit in edits if edit.replacement)
    unrepaired = Cleaner(Cleaner(preset).config.with_(repair=()))
    assert is_subsequence(unrepaired.clean(text), text)


@given(a_text, a_preset)
def test_untouched_is_the_same_object(text: str, preset: str) -> None:
    done = explain(text, preset)
    assert (done.text is text) == (not done.edits)


@given(a_text)
def test_presets_are_nested(text: str) -> None:
    strict, default, body = (covered(explain(text, preset)) for preset in PRESETS)
    assert strict <= default <= body


@given(a_text, a_preset)
def test_an_article_never_comes_back_empty(text: str, preset: str) -> None:
    assert bool(explain(text, preset).text.strip()) == bool(text.strip())


@given(st.lists(st.one_of(st.none(), a_text), max_size=4), a_preset)
def test_a_batch_is_the_single_calls(rows: list[str | None], preset: str) -> None:
    cleaner = Cleaner(preset)
    single = [None if text is None else cleaner.clean(text) for text in rows]
    assert cleaner.clean_many(rows) == single
    assert pickle.loads(pickle.dumps(cleaner)).clean_many(rows) == single


@given(a_text, a_preset, st.data())
def test_offsets_there_and_back(text: str, preset: str, data: st.DataObject) -> None:
    done = explain(text, preset)
    offset = data.draw(st.integers(0, len(done.text)))
    source = done.to_original(offset)
    assert 0 <= source <= len(text)
    touched = any(e.start <= source <= e.end and e.replacement for e in done.edits)
    if not touched:
        assert done.from_original(source) == offset
        if offset < len(done.text):
            assert text[source] == done.text[offset]


def an_edit(start: int, length: int, replacement: str) -> Edit:
    return Edit(start, start + length, replacement, "fused", "test", 1.0, "test")


@st.composite
def edit_lists(draw: st.DrawFn, length: int) -> list[Edit]:
    """Sorted disjoint edits of a text of this length; insertions with room."""
    edits = []
    at = 0
    while at < length and draw(st.booleans()):
        start = draw(st.integers(at, length))
        size = draw(st.integers(0, length - start))
        replacement = draw(st.text("xyz", min_size=not size, max_size=3))
        edits.append(an_edit(start, size, replacement))
        at = start + size + draw(st.integers(0 if size else 1, 2))
    return edits


@given(st.text("abcd", max_size=20), st.data())
@settings(max_examples=500)
def test_compose(text: str, data: st.DataObject) -> None:
    first = data.draw(edit_lists(len(text)))
    middle = apply(text, first)
    second = data.draw(edit_lists(len(middle)))
    both = compose(first, second)
    assert apply(text, both) == apply(middle, second)
    for one, other in pairwise(both):
        assert one.end <= other.start


@pytest.mark.parametrize("wrong", [b"text", bytearray(b"text"), None, 3])
def test_what_is_no_text_is_refused(wrong: object) -> None:
    with pytest.raises(TypeError, match="cleaner takes str"):
        explain(wrong)  # type: ignore[arg-type]
