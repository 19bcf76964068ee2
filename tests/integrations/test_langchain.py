import asyncio

import pytest

pytest.importorskip("langchain_core", reason="needs langchain-core")

from langchain_core.documents import Document
from pipeline import WORDS, cleaned, each_start, explained, in_worker

from cleaner import Config
from cleaner.integrations.langchain import CleanDocuments

PAGES = [
    Document(text, id=str(at), metadata={"url": f"https://example.org/{at}"})
    for at, text in enumerate(WORDS)
]


def test_text_is_cleaned_and_the_rest_stays() -> None:
    done = CleanDocuments().transform_documents(PAGES)
    assert [page.page_content for page in done] == cleaned(WORDS)
    assert [page.id for page in done] == [page.id for page in PAGES]
    assert [page.metadata for page in done] == [page.metadata for page in PAGES]
    assert [page.page_content for page in PAGES] == WORDS


def test_what_was_cut_can_be_told() -> None:
    done = CleanDocuments(edits="cut").transform_documents(PAGES)
    told = [[tuple(cut.values()) for cut in page.metadata["cut"]] for page in done]
    assert told == [list(result.edits) for result in explained(WORDS)]
    assert all("cut" not in page.metadata for page in PAGES)


def test_asynchronously_too() -> None:
    done = asyncio.run(CleanDocuments("strict").atransform_documents(PAGES))
    assert [page.page_content for page in done] == cleaned(WORDS, "strict")


def test_nothing_stays_nothing() -> None:
    assert CleanDocuments().transform_documents([]) == []


@each_start
def test_workers_clean_the_same(start: str) -> None:
    transformer = CleanDocuments(Config(languages=frozenset({"en", "de"})))
    done = in_worker(start, transformer.transform_documents, PAGES)
    assert done == transformer.transform_documents(PAGES)
