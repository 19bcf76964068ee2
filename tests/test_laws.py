"""What holds for every text and every preset."""

import pickle
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from laws import LAWS, PRESETS
from strategies import texts

from cleaner import Cleaner, Edit, apply, explain
from cleaner.edits import compose

any_text = st.one_of(st.text(), st.text(st.characters(categories=["Cs", "Zs", "Ll"])))
a_text = st.one_of(texts(), any_text)
a_preset = st.sampled_from(PRESETS)


@pytest.mark.parametrize("law", LAWS)
@given(text=a_text, preset=a_preset)
def test_law(law: str, text: str, preset: str) -> None:
    assert LAWS[law](explain(text, preset), preset)


@given(st.lists(st.one_of(st.none(), a_text), max_size=4), a_preset)
def test_a_batch_is_the_single_calls(rows: list[str | None], preset: str) -> None:
    cleaner = Cleaner(preset)
    single = [None if text is None else cleaner.clean(text) for text in rows]
    assert cleaner.clean_many(rows) == single
    assert pickle.loads(pickle.dumps(cleaner)).clean_many(rows) == single


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


@given(st.text("abcd", max_size=20), st.data())
@settings(max_examples=500)
def test_composed_removals_write_nothing(text: str, data: st.DataObject) -> None:
    first = data.draw(edit_lists(len(text)))
    second = data.draw(edit_lists(len(apply(text, first))))
    removals = [e._replace(label="bio") for e in second if not e.replacement]
    for edit in compose(first, removals):
        assert edit.label == "fused" or not edit.replacement


@pytest.mark.parametrize("wrong", [b"text", bytearray(b"text"), None, 3])
def test_what_is_no_text_is_refused(wrong: object) -> None:
    with pytest.raises(TypeError, match="cleaner takes str"):
        explain(wrong)  # type: ignore[arg-type]
