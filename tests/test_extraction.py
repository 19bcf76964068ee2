"""The extraction benchmark: its measures, its two formats, its figures."""

import gzip
import json
from pathlib import Path

import extraction
import pytest

TEXT = "Home\nThe bridge is open again.\nThe bridge is open again.\nIt was closed."
REFERENCE = "The bridge is open again.\nIt was closed."


def test_word_overlap_counts_each_word_as_often_as_it_stands() -> None:
    assert extraction.word_overlap("a a b", "A b c") == pytest.approx((2 / 3,) * 3)
    assert extraction.word_overlap("", "") == (1, 1, 1)
    assert extraction.word_overlap("a", "") == (0, 0, 0)


def test_shingle_overlap_wants_four_words_in_a_row() -> None:
    scores = extraction.shingle_overlap("a b c d e", "a b c d")
    assert scores == pytest.approx((1 / 2, 1, 2 / 3))
    assert extraction.shingle_overlap("A b", "a b") == (0, 0, 0)


def test_pooling() -> None:
    scores = [extraction.Scores(1, 0, 0), extraction.Scores(0, 1, 0)]
    assert extraction.mean_of_each(scores).f1 == 0
    assert extraction.f1_of_means(scores).f1 == 0.5


def test_wcxb_rows(tmp_path: Path) -> None:
    row = {
        "id": "1",
        "url": "https://a.example/",
        "page_type": "forum",
        "title": "Bridge",
        "main_content": REFERENCE,
        "with": ["open"],
        "one": TEXT,
        "two": None,
    }
    file = tmp_path / "pages.jsonl"
    file.write_text(json.dumps(row) + "\n", encoding="utf-8")
    (page,) = extraction.load(file).pages
    assert (page.kind, page.title, page.reference) == ("forum", "Bridge", REFERENCE)
    assert page.texts == {"one": TEXT, "two": ""}


def test_article_extraction_benchmark_folder(tmp_path: Path) -> None:
    (tmp_path / "output").mkdir()
    (tmp_path / "html").mkdir()
    truth = {"x": {"articleBody": REFERENCE, "url": "https://a.example/"}}
    (tmp_path / "ground-truth.json").write_text(json.dumps(truth), encoding="utf-8")
    output = {"x": {"articleBody": TEXT}}
    (tmp_path / "output" / "one.json").write_text(json.dumps(output), encoding="utf-8")
    (tmp_path / "html" / "x.html.gz").write_bytes(gzip.compress(b"<p>Bridge"))
    benchmark = extraction.load(tmp_path)
    (page,) = benchmark.pages
    assert (page.texts, page.html) == ({"one": TEXT}, "<p>Bridge")
    assert benchmark.score is extraction.shingle_overlap


def test_the_ceiling_keeps_each_line_of_the_reference_once() -> None:
    assert extraction.only_content(TEXT, REFERENCE) == REFERENCE


def test_rows_by_type_with_the_share_of_the_gap_closed() -> None:
    page = extraction.Page("forum", "", "", REFERENCE, {"one": TEXT}, "")
    benchmark = extraction.Benchmark(
        [page], extraction.word_overlap, extraction.mean_of_each
    )
    found = extraction.rows(benchmark, "one", lambda text, _: text)
    assert found.keys() == {"all", "forum"}
    assert found["all"].closed == 0
    assert found["all"].ceiling == (1, 1, 1)
    best = extraction.rows(benchmark, "one", lambda _, page: page.reference)
    assert best["all"].closed == 1


@pytest.mark.parametrize(
    ("title", "found"), [("The bridge is open", True), ("Harbour", False), ("", False)]
)
def test_has_headline(title: str, found: bool) -> None:
    page = extraction.Page("article", title, "", REFERENCE, {}, "")
    assert extraction.has_headline(page) is found
