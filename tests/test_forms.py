"""The benchmark that sets stories in other forms: no word moves, every cut counts."""

import forms
import pytest
import scoring

from cleaner import Cleaner

STORY = (
    "The hall opens in May, the mayor Ann Lee told the Harbour Gazette. It took long.",
    "She said: “It was dear.” Nobody at the County Hall of Mill Town had an answer.",
)


@pytest.mark.parametrize("name", forms.FORMS)
def test_a_form_keeps_all_that_is_said_in_order(name: str) -> None:
    text = forms.FORMS[name](STORY)
    marks = "->" if name in ("listed", "quoted") else ""
    words = [word for word in text.split() if word not in marks]
    assert "".join(words) == "".join(STORY).replace(" ", "")


def test_a_form_of_its_own_lines() -> None:
    assert forms.torn(STORY * 4) != forms.on_lines(STORY * 4)
    assert forms.by_sentence(STORY).count("\n") > forms.apart(STORY).count("\n")
    assert max(map(len, forms.wrapped(STORY).split("\n"))) <= forms.WIDTH


def test_the_story_is_what_nothing_is_labelled_on() -> None:
    text = "Hall\n\nIt opens.\nRead more"
    label = {"line": 3, "label": "related_link", "start": 16, "end": 25}
    record = scoring.to_record({"text": text, "labels": [label]})
    assert forms.story(record) == ["Hall", "It opens."]


def test_what_goes_is_counted_without_blank_space() -> None:
    loss = forms.lost("He left.\n\nAdvertisement\n\nShe stayed.", Cleaner())
    assert [detector for detector, _ in loss.cuts] == ["advert_stub"]
    assert loss.gone == len("Advertisement")


def test_beside_its_noise_only_what_goes_of_the_story_counts() -> None:
    text = "Hall opens\nSign up to our newsletter\nNobody left. Click here. She stayed."
    label = {"line": 1, "label": "promotion", "start": 11, "end": 36}
    record = scoring.to_record({"text": text, "labels": [label]})
    loss = forms.lost_beside_noise(record, Cleaner())
    assert "".join(cut for _, cut in loss.cuts).strip() == "Click here."
    assert loss.chars == len("HallopensNobodyleft.Clickhere.Shestayed.")
