"""Texts of other kinds than news come back as they are."""

import pytest
from clean_texts import KINDS, clean_texts

from cleaner import explain


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("preset", ["strict", "default"])
def test_a_clean_text_is_the_same_object(kind: str, preset: str) -> None:
    for text in clean_texts(KINDS[kind]):
        done = explain(text, preset)
        cuts = [(edit.detector, text[edit.start : edit.end]) for edit in done.edits]
        assert not cuts
        assert done.text is text


def test_half_of_a_pair_of_surrogates_may_be_a_title() -> None:
    story = "The council met on Monday to discuss the new bridge over the river."
    text = f"{story}\nRelated video:\n\ud800\n"
    done = explain(text)
    assert done.original == text
    assert story in done.text
