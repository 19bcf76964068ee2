"""Labels that come without their articles."""

import json
from pathlib import Path
from typing import Any

import labels
import pytest

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


def test_an_article_that_two_have_is_found_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "labels.jsonl"
    keys = map(labels.key_of, (TEXT, "Nobody has this."))
    path.write_text("\n".join(json.dumps({"text": key, "labels": {}}) for key in keys))
    articles = [{"id": "a", "text": TEXT}, {"id": "b", "text": TEXT}]
    monkeypatch.setattr(labels, "_articles", lambda _: articles)
    monkeypatch.setattr("sys.argv", ["labels.py", str(path), "articles.parquet"])
    labels.main()
    told = capsys.readouterr()
    assert told.err == "1 of 2 articles found\n"
    assert len(told.out.splitlines()) == 2


def test_each_text_of_a_page_is_an_article(monkeypatch: pytest.MonkeyPatch) -> None:
    row = {"id": "7", "url": "https://a.com/b", "title": "T", "fat": TEXT, "lean": ""}
    monkeypatch.setattr(labels, "_rows", lambda *_: [row])
    (made,) = labels._pages(Path("pages.parquet"), ["fat", "lean"])
    known = {"url": row["url"], "title": row["title"]}
    assert made == {"id": "7 fat", "text": TEXT, **known}
