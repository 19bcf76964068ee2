"""Labels that come without their articles."""

from typing import Any

import labels

TEXT = "News.\nSubscribe now\n\nA bridge opens. Read more"


def made(entry: dict[str, Any], text: str = TEXT) -> list[dict[str, Any]]:
    articles = [{"id": "a", "text": text}, {"id": "b", "text": "Unknown."}]
    return list(labels.labelled(articles, {labels.key_of(TEXT): entry}))


def test_an_article_gets_the_labels_of_its_text() -> None:
    [record] = made({"labels": {"promotion": [1]}, "mixed": [3]})
    assert record["id"] == "a"
    assert record["labels"] == [
        {"line": 1, "label": "promotion", "start": 6, "end": 19},
        {"line": 3, "label": "other", "start": 21, "end": 46}
        | {"text": "A bridge opens. Read more"},
    ]


def test_a_text_that_changed_gets_none() -> None:
    assert made({"labels": {"promotion": [1]}}, TEXT + " ") == []
