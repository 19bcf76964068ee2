from inspect import signature

import pytest

pytest.importorskip("haystack", reason="needs haystack-ai")

from haystack import Document, Pipeline
from pipeline import TEXTS, WANTED, cleaned, each_start, explained, in_worker

from cleaner import Config
from cleaner.integrations.haystack import CleanDocuments

PAGES = [Document(content=text, meta={"at": at}) for at, text in enumerate(TEXTS)]
CONFIG = Config("body").with_(languages=["it", "en", "de"], allow=["x"])

# Newer ones load no module that they were not told of.
ALLOWED = {"allowed_modules": ["cleaner.integrations.haystack"]}
if "allowed_modules" not in signature(Pipeline.loads).parameters:
    ALLOWED = {}


def contents(pages: list[Document]) -> list[str | None]:
    return [page.content for page in pages]


def test_text_is_cleaned_and_the_rest_stays() -> None:
    done = CleanDocuments().run(PAGES)["documents"]
    assert contents(done) == WANTED
    assert [page.meta for page in done] == [page.meta for page in PAGES]
    assert contents(PAGES) == TEXTS


def test_an_id_changes_with_the_text() -> None:
    pairs = zip(PAGES, CleanDocuments().run(PAGES)["documents"], strict=True)
    for before, after in pairs:
        assert (before.id == after.id) == (before.content == after.content)


def test_what_was_cut_can_be_told() -> None:
    done = CleanDocuments(edits="cut").run(PAGES)["documents"]
    told = [
        [tuple(cut.values()) for cut in page.meta["cut"]]
        for page in done
        if page.content is not None
    ]
    words = [text for text in TEXTS if text is not None]
    assert told == [list(result.edits) for result in explained(words)]
    assert all("cut" not in page.meta for page in PAGES)


def test_nothing_stays_nothing() -> None:
    assert CleanDocuments().run([]) == {"documents": []}


@pytest.mark.parametrize("config", ["strict", CONFIG])
def test_a_pipeline_can_be_stored_as_yaml(config: str | Config) -> None:
    pipeline = Pipeline()
    pipeline.add_component("cleaner", CleanDocuments(config, edits="cut"))
    again = Pipeline.loads(pipeline.dumps(), **ALLOWED)
    assert again.dumps() == pipeline.dumps()
    given = {"cleaner": {"documents": PAGES}}
    assert again.run(given) == pipeline.run(given)
    if config == "strict":
        done = again.run(given)["cleaner"]["documents"]
        assert contents(done) == cleaned(TEXTS, "strict")


@each_start
def test_workers_clean_the_same(start: str) -> None:
    component = CleanDocuments(CONFIG)
    done = in_worker(start, component.run, PAGES)
    assert contents(done["documents"]) == contents(component.run(PAGES)["documents"])
