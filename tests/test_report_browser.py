"""The review page in a real browser: what is marked, filtered, exported, and inert."""

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from commandlib import status_of

from cleaner import explain
from cleaner.training.samples import read_labelled

# With this set, a missing browser is a failure: the continuous tests have one.
IS_REQUIRED = os.environ.get("CLEANER_BROWSER") == "1"
CHROMIUM = os.environ.get("CLEANER_CHROMIUM") or shutil.which("chromium")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

if not IS_REQUIRED:
    if CHROMIUM is None:
        pytest.skip("needs Chromium", allow_module_level=True)
    pytest.importorskip("playwright", reason="needs the extra browser")
    pytest.importorskip("jinja2", reason="needs the extra report")

pytestmark = pytest.mark.browser

SCRIPT = "<script>document.title = 'run'</script><img src=x onerror=alert(1)>"
ROWS = [
    {
        "title": f"The bridge {SCRIPT}",
        "url": "https://www.gazette.example/bridge",
        "lang": "en",
        "text": "The council 😀 met on Monday, he said.\n\n"
        f"Read More: The harbour wall\n\n{SCRIPT}\n\n"
        "It opens in May, she said. Sign up for our free newsletter!\n\n"
        "Whatever the machine left here\n",
    },
    {
        "title": "Kein Rauschen",
        "url": "https://zeitung.example/a",
        "lang": "de",
        "text": "Der Stadtrat hat am Montag getagt, hieß es.\n",
    },
    {
        "title": "Two markers",
        "url": "javascript:alert(1)",
        "lang": "en",
        "text": "He left at noon, he said.\n\nAdvertisement\n\nShe stayed.\n\n"
        "Story continues below\n\nIt rained.\n",
    },
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=CHROMIUM, headless=True, args=list(FLAGS)
        )
        yield started
        started.close()


def made(path: Path, rows: list[dict[str, str]]) -> Path:
    data, page = path / "rows.jsonl", path / "page.html"
    data.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    status_of(data, "--check", "--report", page)
    return page


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(tmp_path_factory.mktemp("report"), ROWS)


@pytest.fixture
def page(browser: Any, file: Path) -> Iterator[Any]:
    """The page, freshly opened; whatever it says or asks for is a failure."""
    context = browser.new_context(accept_downloads=True)
    opened = context.new_page()
    said: list[str] = []
    opened.on("console", lambda message: said.append(message.text))
    opened.on("pageerror", lambda error: said.append(str(error)))
    opened.on("dialog", lambda dialog: said.append(dialog.message))
    opened.on("request", lambda request: said.append(request.url))
    opened.goto(file.as_uri())
    opened.wait_for_selector(".row")
    yield opened
    context.close()
    assert [line for line in said if line not in {file.as_uri(), "data:,"}] == []


def rows_of(page: Any) -> list[str]:
    found: list[str] = page.locator(".row .what").all_inner_texts()
    return found


def count_of(page: Any, count: int) -> None:
    """Wait until the list has so many rows; the search takes a moment."""
    from playwright.sync_api import expect

    expect(page.locator(".row")).to_have_count(count)


def test_highlights_stand_where_the_edits_are(page: Any) -> None:
    text = ROWS[0]["text"]
    edits = explain(text, title=ROWS[0]["title"], lang="en").edits
    page.keyboard.press("2")
    page.get_by_text("The bridge <script>").first.click()
    shown = page.locator("#document mark").all_text_contents()
    assert [s.strip() for s in shown if s.strip()] == [
        text[edit.start : edit.end].strip() for edit in edits
    ]
    lines = page.locator("#document .l").all()
    assert [line.locator("span").first.text_content() for line in lines] == text.split(
        "\n"
    )


def test_scripts_in_a_text_are_text(page: Any) -> None:
    page.keyboard.press("2")
    page.get_by_text("The bridge <script>").first.click()
    assert SCRIPT in page.locator("#document .text").inner_text()
    assert page.locator("#document h2").inner_text() == ROWS[0]["title"]
    assert page.locator("#document script, #document img").count() == 0
    assert page.title().startswith("Review")
    page.get_by_text("Two markers").first.click()
    assert page.locator("#document a").count() == 0


def test_the_riskiest_cut_comes_first(page: Any) -> None:
    scores = [float(score) for score in page.locator(".row .score").all_inner_texts()]
    assert len(scores) == 4
    assert scores == sorted(scores)
    assert page.locator("mark.is-current").is_visible()


def test_filters_and_search(page: Any) -> None:
    page.locator(".chip[data-label=related_link]").click()
    assert rows_of(page) == ["Read More: The harbour wall"]
    page.locator(".chip[data-label=related_link]").click()
    page.locator("#query").fill("NEWSLETTER")
    count_of(page, 2)
    page.keyboard.press("Enter")  # leaves the field
    page.keyboard.press("2")
    count_of(page, 1)
    page.keyboard.press("/")
    page.keyboard.press("Escape")  # clears it
    count_of(page, 3)
    page.locator("#language").select_option("de")
    assert rows_of(page) == ["Kein Rauschen"]
    page.locator("#language").select_option("")
    page.locator("#site").select_option("gazette.example")
    assert len(rows_of(page)) == 1


def test_hover_and_focus_tell_why(page: Any) -> None:
    page.keyboard.press("2")
    page.get_by_text("Two markers").first.click()
    mark = page.locator("mark", has_text="Advertisement")
    edit = next(e for e in explain(ROWS[2]["text"]).edits if e.label == "advertisement")
    for show in (mark.hover, mark.focus):
        show()
        told = page.locator("#tip").inner_text()
        assert edit.reason in told
        assert edit.detector in told
        assert f"{edit.score:.2f}" in told
        page.mouse.move(0, 0)
        mark.blur()
        assert page.locator("#tip").is_hidden()


def test_with_and_without(page: Any) -> None:
    page.keyboard.press("2")
    page.get_by_text("Two markers").first.click()
    mark = page.locator("mark", has_text="Advertisement")
    mark.click()
    assert "is-out" in (mark.get_attribute("class") or "")
    mark.focus()
    page.keyboard.press("Enter")
    assert "is-out" not in (mark.get_attribute("class") or "")
    page.keyboard.press("c")
    shown = page.locator("#document .text").inner_text()
    assert "Advertisement" not in shown
    assert "She stayed." in shown
    page.keyboard.press("c")
    assert mark.is_visible()


def exported(page: Any, path: Path) -> list[dict[str, Any]]:
    with page.expect_download() as download:
        page.locator("#export").click()
    download.value.save_as(path)
    lines = path.read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def test_corrections_are_labelled_lines_that_the_training_reads(
    page: Any, tmp_path: Path
) -> None:
    assert page.locator("#export").is_disabled()
    page.get_by_text("Read More: The harbour wall").first.click()
    page.keyboard.press("n")
    page.locator(".row", has_text="Sign up for").click()
    page.keyboard.press("y")
    page.locator("[data-line='8']").click()  # what no rule found
    page.locator("[data-choice=placeholder]").click()
    page.locator(".row .what", has_text="Advertisement").click()
    page.get_by_label("Label of this cut").select_option("promotion")
    path = tmp_path / "corrections.jsonl"
    first, second = exported(page, path)
    text = ROWS[0]["text"]
    call, missed = "Sign up for our free newsletter!", "Whatever the machine left here"
    at = {part: text.index(part) for part in (call, missed)}
    assert first["labels"] == [
        {
            "line": 6,
            "label": "promotion",
            "start": at[call],
            "end": at[call] + len(call),
            "text": call,
        },
        {
            "line": 8,
            "label": "placeholder",
            "start": at[missed],
            "end": at[missed] + len(missed),
        },
    ]
    assert (first["text"], first["lang"], first["url"], first["title"]) == (
        text,
        "en",
        ROWS[0]["url"],
        ROWS[0]["title"],
    )
    assert first["id"].endswith("rows.jsonl:1")
    labels = [
        (label["line"], label["label"], "text" in label) for label in second["labels"]
    ]
    assert labels[0] == (2, "promotion", False)
    assert labels[1][0] == 6
    samples = list(read_labelled(path))
    assert [sample.name for sample in samples] == [first["id"], second["id"]]
    lines = samples[0].lines
    assert samples[0].labels[lines.index(missed)] == "placeholder"
    assert samples[0].labels[lines.index("Read More: The harbour wall")] == ""


def test_judgements_outlive_a_reload(page: Any) -> None:
    page.keyboard.press("n")
    page.reload()
    page.wait_for_selector(".row.is-wrong")
    page.keyboard.press("n")
    assert page.locator(".row.is-wrong").count() == 0
    assert page.locator("#export").is_disabled()


def test_judgements_are_not_those_of_other_documents(
    browser: Any, tmp_path: Path
) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(made(tmp_path, ROWS).as_uri())
        page.keyboard.press("n")
        page.wait_for_selector(".row.is-wrong")
        others = [{**row, "text": row["text"].replace("noon", "nine")} for row in ROWS]
        made(tmp_path, others)  # of the same name and length
        page.reload()
        page.wait_for_selector(".row")
        assert page.locator(".row.is-wrong").count() == 0


def test_it_works_by_keyboard_alone(page: Any) -> None:
    page.keyboard.press("j")
    selected = page.locator(".row[aria-selected=true]")
    assert selected.get_attribute("aria-posinset") == "2"
    page.keyboard.press("k")
    assert selected.get_attribute("aria-posinset") == "1"
    page.keyboard.press("m")
    focused = page.evaluate("document.activeElement.className")
    assert focused == "add"
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    assert page.locator("#labels").is_visible()
    page.keyboard.press("Enter")
    assert page.locator(".l.is-added").count() == 1
    page.keyboard.press("?")
    assert page.locator("#keys").is_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("3")
    assert page.locator("#summary svg rect").count() > 3
    with page.expect_download():
        page.keyboard.press("e")


def test_dark_and_light(page: Any) -> None:
    def paper() -> str:
        color: str = page.evaluate(
            "getComputedStyle(document.getElementById('document')).backgroundColor"
        )
        return color

    page.emulate_media(color_scheme="light")
    light = paper()
    page.keyboard.press("t")
    assert paper() != light
    page.keyboard.press("t")
    assert paper() == light
    page.emulate_media(color_scheme="dark")
    assert paper() == light  # what was chosen stays


def test_thousands_of_documents_stay_quick(browser: Any, tmp_path: Path) -> None:
    from io import BytesIO

    from cleaner.io.rows import Hints, Row
    from cleaner.report import Report
    from cleaner.workers import Outcome

    text = ROWS[0]["text"] + "It rained on the harbour all day, she said.\n" * 60
    done = explain(text)
    made = Report("default")
    for number in range(5000):
        made.add(Outcome(Row(f"a:{number}", text, b"", Hints(f"T {number}")), done))
    path = tmp_path / "page.html"
    out = BytesIO()
    made.write(out)
    path.write_bytes(out.getvalue())
    page = browser.new_page()
    page.goto(path.as_uri())
    page.wait_for_selector(".row")
    assert page.locator(".row").count() < 60
    took = page.evaluate(
        """() => {
          const start = performance.now();
          const key = () => new KeyboardEvent("keydown", {key: "j", bubbles: true});
          for (let i = 0; i < 20; i++) document.dispatchEvent(key());
          return (performance.now() - start) / 20;
        }"""
    )
    assert took < 100  # milliseconds a step; about 5 on an idle machine
    page.close()


MARK = """labels => {
  for (const { line, label } of labels) {
    document.querySelector(`[data-line="${line}"]`).click();
    document.querySelector(`[data-choice="${label}"]`).click();
  }
}"""


def test_from_a_review_to_a_model_to_a_clean_text(browser: Any, tmp_path: Path) -> None:
    """The loop: what a person marked as missed, a model trained on it cuts."""
    if not IS_REQUIRED:
        pytest.importorskip("sklearn", reason="needs the extra train")
    from traininglib import SETTINGS, record

    from cleaner.model.storage import dumps
    from cleaner.training.lines import train
    from cleaner.training.samples import read

    made_up = [record(number) for number in range(60)]
    kept = ("title", "url", "text")
    rows = [{key: str(one[key]) for key in kept} for one in made_up]
    page = browser.new_page(accept_downloads=True)
    page.goto(made(tmp_path, rows).as_uri())
    page.keyboard.press("2")
    labels = {str(one["title"]) + str(one["url"]): one["labels"] for one in made_up}
    for place in range(len(rows)):
        page.keyboard.press("j" if place else "k")
        link = page.locator("#document .head a").inner_text()
        title = page.locator("#document h2").inner_text()
        page.evaluate(MARK, labels[title + link])
    corrections = tmp_path / "corrections.jsonl"
    assert len(exported(page, corrections)) == len(rows)
    page.close()
    model = tmp_path / "model.json"
    learnt, _ = train(read([corrections]), SETTINGS)
    model.write_bytes(dumps(learnt))
    given, out = tmp_path / "a.txt", tmp_path / "b.txt"
    text = str(made_up[0]["text"])
    noise = text.rsplit("\n", maxsplit=1)[-1]
    given.write_text(text)
    assert status_of(given, "-o", out, "--model", model, "--remove", "boilerplate") == 0
    assert out.read_text() == text[: out.stat().st_size]
    assert noise not in out.read_text()
