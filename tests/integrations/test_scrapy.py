import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("scrapy", reason="needs scrapy")

from pipeline import ROOT, TEXTS, WANTED, cleaned, explained, run
from scrapy.utils.reactor import install_reactor
from scrapy.utils.test import get_crawler

from cleaner import Config, SiteMemory
from cleaner.integrations.scrapy import CleanItems

# `get_crawler` of older ones wants it there.
install_reactor("twisted.internet.asyncioreactor.AsyncioSelectorReactor")


@dataclass
class Page:
    body: str | None


def pipeline(**settings: object) -> Any:
    crawler = get_crawler(settings_dict=settings)
    return CleanItems.from_crawler(crawler), crawler.stats


def texts(items: Iterable[Any]) -> list[str | None]:
    return [item["text"] for item in items]


def test_items_are_cleaned_and_counted() -> None:
    items, stats = pipeline()
    done = [items.process_item({"text": text, "id": 1}) for text in TEXTS]
    assert texts(done) == WANTED
    assert all(item["id"] == 1 for item in done)
    words = [text for text in TEXTS if text is not None]
    edits = [edit for result in explained(words) for edit in result.edits]
    counts = stats.get_stats()
    found = {key: value for key, value in counts.items() if key.startswith("cleaner/")}
    assert found.pop("cleaner/without_text") == TEXTS.count(None)
    assert sum(found.values()) == len(edits)
    assert set(found) == {f"cleaner/{edit.label}" for edit in edits}


def test_settings_name_field_and_preset() -> None:
    items, _ = pipeline(CLEANER_FIELD="body", CLEANER_PRESET="strict")
    done = [items.process_item(Page(text)).body for text in TEXTS]
    assert done == cleaned(TEXTS, "strict")


def test_an_item_without_the_field_passes() -> None:
    items, stats = pipeline()
    assert items.process_item({"title": "a"}) == {"title": "a"}
    assert stats.get_value("cleaner/without_text") == 1


def test_the_texts_of_a_list_are_cleaned_one_by_one() -> None:
    items, stats = pipeline()
    given = ["He left.\n\nAdvertisement", "She stayed."]
    item = {"text": given}
    assert items.process_item(item) == {"text": ["He left.", "She stayed."]}
    assert given[0].endswith("Advertisement")  # a list may be shared between items
    assert stats.get_value("cleaner/advertisement") == 1


@pytest.mark.parametrize("value", [b"He left.", 5, ["He left.", None], {"a": "b"}])
def test_what_is_no_text_passes_and_is_counted(value: object) -> None:
    items, stats = pipeline()
    assert items.process_item({"text": value}) == {"text": value}
    assert stats.get_value("cleaner/not_text") == 1


def test_title_and_url_of_an_item_are_hints() -> None:
    memory = SiteMemory(1 << 12)
    for n in range(20):
        memory.observe("a.com", f"Story {n}.\n\nXook-tsíib")
    items, _ = pipeline(CLEANER_PRESET=Config(memory=memory.freeze()))
    text = "He left.\n\nXook-tsíib"
    item = {"title": "He left", "url": "https://a.com/1", "text": text}
    assert items.process_item(dict(item)) == item | {"text": "He left."}
    for other in ({"url": "b.com"}, {"url": ["https://a.com/1"]}, {"title": 5}):
        assert items.process_item({"text": text, **other}) == {"text": text, **other}


def test_the_title_is_that_of_each_item() -> None:
    title = "Harbour bridge opens in May"
    text = f"{title}\n\nThe council met on Monday, he said.\n\n{title}"
    items, _ = pipeline(CLEANER_PRESET="body")
    done = items.process_item({"title": title, "text": text})
    assert done["text"] == "The council met on Monday, he said."


def test_the_example_crawls(tmp_path: Path) -> None:
    run(ROOT / "examples" / "scrapy_items.py", cwd=tmp_path)
    assert json.loads((tmp_path / "pages.jsonl").read_text()) == {"text": "He left."}
