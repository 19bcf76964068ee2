"""Training of the page model: what it reads, that it repeats itself, that it learns."""

import json
import random
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pytest

np = pytest.importorskip("numpy")
pytest.importorskip("sklearn")
pa = pytest.importorskip("pyarrow")

from pyarrow import parquet

from cleaner.model import page_storage
from cleaner.training import command, page_fitting, page_samples
from cleaner.training.alignment import content_lines
from cleaner.training.pages import cross_validated, report
from cleaner.training.samples import SampleError

SETTINGS = page_fitting.PageSettings(trees=12, levels=4, learning_rate=0.3, strength=1)
WORDS = ("council", "bridge", "harbour", "walkers", "ferry", "budget", "museum", "town")
NOISE = ("Home", "News", "Sport", "Share", "Log in", "Subscribe", "Contact", "© 2024")


def record(number: int) -> dict[str, object]:
    """A made-up page: a menu, sentences, a foot."""
    pick = random.Random(number)
    prose = [
        " ".join(pick.choices(WORDS, k=pick.randint(14, 30))).capitalize() + "."
        for _ in range(pick.randint(3, 8))
    ]
    menu = [f"• {pick.choice(NOISE)}" for _ in range(pick.randint(4, 12))]
    text = "\n".join([*menu, "", *prose, "", *pick.choices(NOISE, k=6)])
    return {
        "url": f"https://www.site{number % 20}.com/{number}",
        "page_type": ("article", "forum")[number // 20 % 2],
        "title": prose[0][:30],
        "main_content": "\n".join(prose),
        "resiliparse_page": text,
        "inscriptis_page": text if number % 3 else None,
    }


def write(path: Path, rows: list[Mapping[str, object]]) -> Path:
    parquet.write_table(pa.Table.from_pylist(rows), path)
    return path


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("pages") / "pages.parquet"
    return write(path, [record(number) for number in range(80)])


def test_each_text_is_read_with_title_and_without_and_bare(pages: Path) -> None:
    found = list(page_samples.read_whole_pages(pages))
    first, bare, titled, story = found[:4]
    assert [first.source, bare.source] == ["resiliparse_page", "bare"]
    assert [titled.source, story.source] == ["resiliparse_page, titled", "bare"]
    assert bare.content.all()
    assert bare.words.sum() == first.words[first.content].sum()
    assert (titled.content == first.content).all()
    assert Counter(sample.source for sample in found) == {
        "resiliparse_page": 80,
        "resiliparse_page, titled": 80,
        "bare": 160,
        "inscriptis_page": 53,
        "inscriptis_page, titled": 53,
    }


def test_a_bare_story_with_a_title_has_lost_its_headline(tmp_path: Path) -> None:
    headline = "The council keeps the old bridge open"
    row = record(1)
    text = f"{headline}\n\n{row['resiliparse_page']}"
    reference = f"{headline}\n{row['main_content']}"
    row |= {"title": headline, "main_content": reference, "resiliparse_page": text}
    path = write(tmp_path / "pages.parquet", [row | {"inscriptis_page": None}])
    first, bare, _, story = page_samples.read_whole_pages(path)
    assert len(bare.content) == first.content.sum()
    assert len(story.content) == first.content.sum() - 1


def test_labelled_stories_are_read_beside_pages(tmp_path: Path) -> None:
    row = record(1)
    prose, noise = str(row["main_content"]), "Share"
    end = len(prose) + 1 + len(noise)
    label = {"line": prose.count("\n") + 1, "label": "interaction"}
    label |= {"start": len(prose) + 1, "end": end}
    story = {"id": "1", "url": row["url"], "title": row["title"], "labels": [label]}
    path = tmp_path / "stories.jsonl"
    path.write_text(json.dumps(story | {"text": f"{prose}\n{noise}"}), "utf-8")
    found = list(page_samples.read_samples(path))
    assert [sample.source for sample in found] == ["story", "story, titled"]
    assert all(sample.content[:-1].all() for sample in found)
    assert not any(sample.content[-1] for sample in found)


def test_pages_whose_reference_is_of_another_page_are_left_out(tmp_path: Path) -> None:
    row = record(1) | {"main_content": " ".join(str(n) for n in range(99))}
    path = write(tmp_path / "pages.parquet", [row, record(2)])
    assert {s.site for s in page_samples.read_whole_pages(path)} == {"site2.com"}


def test_a_file_without_references_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "pages.parquet", [{"url": "https://a.example/"}])
    with pytest.raises(SampleError, match="main_content"):
        list(page_samples.read_whole_pages(path))


NO_TEXT = {"url": "a.com", "page_type": "article", "main_content": "He left."}
NO_NOISE = record(1) | {"resiliparse_page": record(1)["main_content"]}


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([], "too few pages with resiliparse_page: those of more sites"),
        ([NO_TEXT], "needs one of the columns resiliparse_page, inscriptis_page"),
        ([NO_NOISE], "lines of content, and others after it, are needed"),
    ],
)
def test_pages_that_do_not_do(
    rows: list[Mapping[str, object]],
    message: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    stories = tmp_path / "stories.jsonl"
    story = {"text": record(1)["main_content"], "labels": []}
    stories.write_text(json.dumps(story))
    pages = [write(tmp_path / "pages.parquet", rows)] if rows else []
    data = [str(path) for path in (stories, *pages)]
    assert command.main([*data, "--page", "-o", str(tmp_path / "out")]) == 4
    assert message in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


STORY = [
    "The council voted on Monday to keep the old bridge open to walkers.",
    "Cars have to take the ferry from May, which runs until ten at night.",
]


@pytest.mark.parametrize(
    ("lines", "reference", "content"),
    [
        (["Ferry", "Bridge", *STORY], STORY, [2, 3]),
        (["Ferry", *["News"] * 12, "Ferry", *STORY], ["Ferry", *STORY], [13, 14, 15]),
        ([STORY[0], "More", STORY[0]], STORY[:1], [0]),
        (["The old bridge", *STORY], STORY, [1, 2]),
        (["By the", *STORY, "", "* * *"], STORY, [1, 2]),
    ],
    ids=["menu", "nearest", "copy", "teaser", "no words"],
)
def test_each_word_of_a_reference_counts_once(
    lines: list[str], reference: list[str], content: list[int]
) -> None:
    found = content_lines(lines, "\n".join(reference))
    assert np.flatnonzero(found).tolist() == content


@pytest.fixture(autouse=True)
def two_folds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cleaner.training.pages.FOLDS", 2)
    monkeypatch.setattr("cleaner.training.page_fitting._INNER_FOLDS", 2)


def test_it_repeats_itself(pages: Path) -> None:
    samples = list(page_samples.read_whole_pages(pages))[::2]
    files = [page_storage.dumps(page_fitting.fit(samples, SETTINGS)) for _ in "ab"]
    assert files[0] == files[1]


def test_it_learns(pages: Path) -> None:
    samples = list(page_samples.read_whole_pages(pages))
    judged = cross_validated(samples, SETTINGS)
    whole = [page for page in judged if page.sample.source != "bare"]
    assert np.mean([page.f1 for page in whole]) > 0.95
    text = "\n".join(report(judged, SETTINGS))
    assert "resiliparse_page        forum" in text
    assert "## Calibration" in text


def test_the_command_writes_a_model(
    pages: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("cleaner.training.pages.PageSettings", lambda **_: SETTINGS)
    file = tmp_path / "page.json"
    assert command.main([str(pages), "--page", "-o", str(file), "--about", "so"]) == 0
    assert page_storage.loads(file.read_bytes()).about == "so"
    assert "# Page model" in capsys.readouterr().out
