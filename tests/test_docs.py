"""The pages of docs/ are true: their snippets run, their links and tests are there."""

import re
import shutil
from pathlib import Path

import pytest
import snippets
from caselib import Case, unmarked
from test_cases import check

from cleaner import LABELS
from cleaner.labels import FRAME

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PAGES = sorted(DOCS.glob("*.md"))
INDEX = DOCS / "README.md"


def named(pages: list[Path]) -> list[object]:
    return [pytest.param(page, id=page.stem) for page in pages]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder but for the benchmarks of a clone."""
    shutil.copytree(ROOT / "benchmarks", tmp_path / "benchmarks")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("page", named(PAGES))
def test_snippets_run(page: Path, folder: Path) -> None:
    snippets.run(page, snippets.blocks_of(page), folder)


NEEDED = {
    name for p in PAGES for block in snippets.blocks_of(p) for name in block.needs
}


@pytest.mark.parametrize("package", sorted(NEEDED))
def test_what_snippets_need_is_there(package: str) -> None:
    pytest.importorskip(package, reason="some snippets were left out")


@pytest.mark.parametrize("page", named([ROOT / "README.md", *PAGES]))
def test_links_lead_somewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    for target in re.findall(r"\]\((?!https?:)([^)\s]+)\)", text):
        name, _, part = target.partition("#")
        linked = page.parent / name if name else page
        assert linked.exists(), target
        assert not part or part in anchors_of(linked), target


def anchors_of(page: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", h.lower()).replace(" ", "-") for h in headings}


def test_the_index_lists_every_page() -> None:
    listed = re.findall(r"\]\((\S+\.md)\)", INDEX.read_text(encoding="utf-8"))
    assert {DOCS / name for name in listed} >= {*PAGES} - {INDEX}


SECTION = re.compile(
    r"^## (\w+)\n\n(.+?)\n\n```text\n(.*?)\n```$", re.MULTILINE | re.DOTALL
)
LABELLED = SECTION.findall((DOCS / "labels.md").read_text(encoding="utf-8"))


def test_every_label_is_told_in_its_order() -> None:
    assert [label for label, *_ in LABELLED] == list(LABELS)


@pytest.mark.parametrize(
    ("label", "told", "example"), LABELLED, ids=[label for label, *_ in LABELLED]
)
def test_the_example_of_a_label(label: str, told: str, example: str) -> None:
    text, marks = unmarked(example)
    assert told.lower().startswith(LABELS[label].lower())
    assert label in {mark.label for mark in marks}
    preset = "body" if label in FRAME else "default"
    check(Case(label, text, marks, None, None), preset)


NAMED = re.findall(
    r"`((?:tests|benchmarks|fuzz|examples)/[\w./]*?)(?:::(\w+))?`",
    "".join(page.read_text(encoding="utf-8") for page in PAGES),
)


def test_the_tests_that_the_limits_name_are_there() -> None:
    text = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`((?:integrations/)?test_[\w*]+\.py)`", text))
    assert named
    assert [name for name in named if not [*ROOT.glob(f"tests/{name}")]] == []


@pytest.mark.parametrize(("path", "name"), sorted(set(NAMED)))
def test_what_is_named_is_there(path: str, name: str) -> None:
    file = ROOT / path
    assert file.exists()
    assert not name or re.search(
        rf"^\s*(?:def |class )?{name}\b", file.read_text("utf-8"), re.MULTILINE
    )
