"""The page model: features, scores, the file, and the preset that uses it."""

import json
import pickle
from importlib import resources
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import texts

from cleaner import clean, explain
from cleaner.document import Document
from cleaner.errors import ModelFileError
from cleaner.model import page, page_features, page_storage

STORY = "\n\n".join(
    f"The council met on {day} to discuss the new bridge over the river, and decided "
    f"after {hours} hours of debate to keep it open to walkers, its spokesman said."
    for day, hours in (("Monday", "two"), ("Tuesday", "three"), ("Friday", "nine"))
)
MENU = "\n".join(f"  • {name}" for name in ("Home", "News", "Sport", "Weather", "Shop"))
FOOT = "Follow us\n  • Facebook\n  • Instagram\n\nTerms of Use\nPrivacy Policy\n© 2024"
PAGE = f"Skip to content\n{MENU}\n\nBridge stays open\n\n{STORY}\n\n{FOOT}\n"

any_text = st.one_of(
    texts(), st.text(), st.text(st.characters(categories=["Cs", "Lo"]))
)


@given(any_text, st.one_of(st.none(), st.text(max_size=20)))
def test_a_column_of_features_for_each_line(text: str, title: str | None) -> None:
    document = Document(text)
    if document.lines:
        found = page_features.describe(text, title)
        assert found.rows.shape == (len(page_features.NAMES), len(document.lines))
        length = found.rows[page_features.NAMES.index("length")].tolist()
        assert all(
            a <= b for a, b in zip(map(len, document.lines), length, strict=True)
        )


@given(st.text("aé中0 .\n", max_size=60), st.text("aé中0 .\n", max_size=60))
def test_a_word_has_one_hash_wherever_it_stands(before: str, after: str) -> None:
    alone = page_features.describe("Brücke").words.tolist()
    found = page_features.describe(f"{before}\n brücke, {after}").words.tolist()
    assert set(alone) <= set(found)


@given(any_text)
def test_chances_are_chances(text: str) -> None:
    if Document(text).lines:
        found = page.likely_lines(page_storage.shipped(), page_features.describe(text))
        assert ((found >= 0) & (found <= page.CHANCE_UNITS)).all()


def test_lines_are_scored_alike_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    model, described = page_storage.shipped(), page_features.describe(PAGE)
    whole = page.likely_lines(model, described)
    monkeypatch.setattr(page, "_LINES_AT_ONCE", 3)
    assert (page.likely_lines(model, described) == whole).all()


def test_the_best_lines_are_all_from_some_probability_up() -> None:
    likely, words = np.array([100, 900, 500, 500]), np.array([50, 50, 5, 5])
    assert page.best_lines(likely, words).tolist() == [False, True, True, True]


def test_the_story_of_a_page_stays_and_its_frame_goes() -> None:
    found = clean(PAGE, "page")
    assert STORY in found
    assert not {"Home", "Instagram", "Privacy Policy"} & set(found.split())
    assert clean(found, "page") is found


def test_what_is_no_page_stays_as_it_is() -> None:
    assert clean(STORY, "page") is STORY


SHORT: dict[str, str] = {
    "en": "The old bridge is open again. Its repair took two years and cost more than "
    "the council had planned, a spokesman said on Monday.\n\nWalkers may cross it from "
    "Friday on.",
    "de": "Die alte Brücke ist wieder offen. Der Umbau dauerte zwei Jahre und kostete "
    "mehr als geplant, sagte ein Sprecher am Montag.\n\nFußgänger dürfen ab Freitag "
    "hinüber.",
}


@pytest.mark.parametrize("story", SHORT.values(), ids=SHORT)
@pytest.mark.parametrize("title", [None, "The bridge", "Offen"])
def test_a_very_short_story_stays_whole(story: str, title: str | None) -> None:
    assert clean(story, "page", title=title) is story


def test_its_edits_say_who_made_them() -> None:
    edits = [e for e in explain(PAGE, "page").edits if e.detector == "page_content"]
    assert edits
    assert {edit.label for edit in edits} == {"boilerplate"}


def test_allowed_lines_stay() -> None:
    from cleaner import Config

    assert "Instagram" in clean(PAGE, Config("page", allow=("Instagram",)))
    assert "Instagram" not in clean(PAGE, "page")


def test_weights_are_small_enough_to_ship() -> None:
    files = [
        resources.files("cleaner.model") / name
        for name in ("weights.json", "page_weights.json")
    ]
    assert sum(len(file.read_bytes()) for file in files) < 2_000_000


def test_a_file_is_read_as_it_was_written() -> None:
    data = (resources.files("cleaner.model") / "page_weights.json").read_bytes()
    assert page_storage.dumps(page_storage.loads(data)) == data


def _changed(path: tuple[Any, ...], value: object) -> bytes:
    data = (resources.files("cleaner.model") / "page_weights.json").read_bytes()
    fields = json.loads(data)
    inner = fields
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value
    return json.dumps(fields).encode()


@pytest.mark.parametrize(
    ("path", "value", "reason"),
    [
        (("format",), "line model", "not a page model"),
        (("version",), 99, "version 99"),
        (("features", 0), "size", "other features"),
        (("words", 0), "AAAA", "tables of 65536 words"),
        (("words", 0), "?", "base64"),
        (("kinds",), [], "tables of 16384 words"),
        (("forest", "rows", 0, 0), -1, "not there"),
        (("forest", "rows", 0, 0), 9999, "not there"),
        (("forest", "rows", 0), [1], "inhomogeneous"),
        (("forest", "rows"), [[1, 1]], "full levels"),
        (("forest", "leaves", 0, 0), 1.5, "whole numbers"),
        (("forest", "leaves", 0, 0), 1 << 40, "too large"),
        (("forest", "leaves"), [[1]], "leaf an answer"),
        (("forest", "thresholds"), [[1]], "needs a threshold"),
        (("forest", "base"), None, "whole numbers"),
        (("chances", 3), 999, "rise"),
    ],
)
def test_a_wrong_file_is_refused(
    path: tuple[Any, ...], value: object, reason: str
) -> None:
    with pytest.raises(ModelFileError, match=reason):
        page_storage.loads(_changed(path, value))


@pytest.mark.parametrize("data", [b"", b"[]", b"\xff", b"{}", b"[" * 5000])
def test_what_is_no_model_is_refused(data: bytes) -> None:
    with pytest.raises(ModelFileError):
        page_storage.loads(data)


def test_a_blank_title_is_no_title() -> None:
    assert clean(PAGE, "page", title=" \u200b") == clean(PAGE, "page")


def test_a_model_that_was_asked_can_be_sent_to_another_process() -> None:
    model = page_storage.shipped()
    found = model.judge(Document(PAGE))
    assert pickle.loads(pickle.dumps(model)).judge(Document(PAGE)) == found
