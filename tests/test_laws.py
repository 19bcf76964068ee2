"""What holds for every text and every preset."""

import pickle
from itertools import pairwise

import pytest
from clean_texts import KINDS, clean_texts
from hypothesis import example, given, settings
from hypothesis import strategies as st
from laws import PRESETS, broken
from strategies import REAL_TEXTS, documents, texts

from cleaner import Cleaner, Edit, apply, explain
from cleaner.edits import compose

any_text = st.one_of(st.text(), st.text(st.characters(categories=["Cs", "Zs", "Ll"])))
a_text = st.one_of(documents(), texts(), any_text)
rows_of_texts = st.lists(st.one_of(a_text, st.none()), max_size=6)
each_preset = pytest.mark.parametrize("preset", PRESETS)


# `body`, knowing what default cut, took too much here, and when cleaning again did not.
TOO_MUCH_AT_FIRST = (
    "AER 0TADTRAT 0AT ae AE:0A0 00ER DIE NEUE A? 000000000aa.AER 0TADTRAT 0AT "
    f"aeAe:0A0 00ER DIE NEUE A؟\n{'0' * 49}. CREDIT:0a\n$(DOCUMENT).READY(\n"
    "A000000000 0000000000 NEW v 0001 IMAGe"
)


@each_preset
@given(text=a_text)
@example(TOO_MUCH_AT_FIRST)
def test_laws_hold_for_any_text(preset: str, text: str) -> None:
    assert not list(broken(text, [preset]))


@each_preset
def test_laws_hold_for_texts_at_hand(preset: str) -> None:
    made = [next(clean_texts(kind)) for kind in KINDS.values()]
    for text in (*REAL_TEXTS[:: 5 if preset == "page" else 2], *made):
        assert not list(broken(text, [preset])), text


@each_preset
@settings(max_examples=settings().max_examples // 5)
@given(rows=rows_of_texts, data=st.data())
def test_a_batch_is_the_single_calls_however_it_is_cut(
    preset: str, rows: list[str | None], data: st.DataObject
) -> None:
    cleaner = Cleaner(preset)
    single = [None if text is None else Cleaner(preset).explain(text) for text in rows]
    texts = [done and done.text for done in single]
    assert cleaner.explain_many(rows) == single
    cut = data.draw(st.integers(0, len(rows)))
    parts = cleaner.explain_many(rows[:cut]) + cleaner.explain_many(rows[cut:])
    assert parts == single
    order = data.draw(st.permutations(range(len(rows))))
    shuffled = cleaner.clean_many(rows[at] for at in order)
    assert shuffled == [texts[at] for at in order]
    copied = pickle.loads(pickle.dumps(cleaner))
    assert copied.explain_many(rows) == single


@pytest.mark.parametrize(
    ("text", "preset", "expected"),
    [
        ("Advertisement", "strict", "Advertisement"),
        ("(AP Photo/Ana Ruiz)", "default", "(AP Photo/Ana Ruiz)"),
        ("Advertisement\n\n(AP Photo/Ana Ruiz)", "default", "(AP Photo/Ana Ruiz)"),
        ("Advertisement\n\n(AP Photo/Ana Ruiz)", "page", None),
        ("(AP Photo/Ana Ruiz)\n\nBy Ann Weller", "body", "By Ann Weller"),
        ("He left.\n\nSubscribe now\n\nLeave a Comment", "default", None),
    ],
)
def test_a_rung_that_would_empty_a_text_falls_back(
    text: str, preset: str, expected: str | None
) -> None:
    done = explain(text, preset)
    assert done.text == (expected or text)
    assert done.withheld[-1].preset == preset


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
