"""The review page as a file: whole, inert, bounded, and true to the run."""

import io
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from commandlib import NOISY, status_of

from cleaner import Config, explain
from cleaner.io.rows import Hints, Row
from cleaner.workers import Outcome

pytest.importorskip("jinja2", reason="needs the extra report")

from cleaner import report
from cleaner.report import Report
from cleaner.report.charts import bars, histogram
from cleaner.tally import Count

HOSTILE = "</script><script>alert(1)</script><!--<script>\u2028&amp; \ud800"


def outcome(text: str, where: str = "a:1", **hints: str) -> Outcome:
    return Outcome(Row(where, text, b"", Hints(**hints)), explain(text))


def page_of(*outcomes: Outcome) -> str:
    made = Report("default")
    for each in outcomes:
        made.add(each)
    out = io.BytesIO()
    made.write(out)
    return out.getvalue().decode()


class Scripts(HTMLParser):
    """What an HTML parser takes for scripts, and for addresses to load."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str | None, str]] = []
        self.loaded: list[str] = []
        self._kind: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self._kind = (given.get("type") or "") if tag == "script" else None
        self.loaded += (given[name] or "" for name in ("src", "href") if name in given)

    def handle_data(self, data: str) -> None:
        if self._kind is not None:
            self.found.append((self._kind, data))
            self._kind = None


def scripts_of(page: str) -> Scripts:
    parser = Scripts()
    parser.feed(page)
    return parser


def documents_of(page: str) -> list[dict[str, Any]]:
    kind, data = scripts_of(page).found[0]
    assert kind == "application/json"
    found: list[dict[str, Any]] = json.loads(data)
    return found


def test_it_holds_texts_and_edits_as_they_are() -> None:
    text = f"{HOSTILE}\n\n{NOISY}"
    made = outcome(text, title=HOSTILE, url=f"https://www.a.example/{HOSTILE}")
    (document,) = documents_of(page_of(made))
    assert document["text"] == text
    assert document["title"] == HOSTILE
    assert document["site"] == "a.example"
    assert made.done
    assert document["edits"] == [list(edit) for edit in made.done.edits]


def test_nothing_scraped_can_run_and_nothing_is_loaded() -> None:
    page = page_of(
        outcome(
            NOISY + HOSTILE,
            where=HOSTILE,
            title=HOSTILE,
            lang=HOSTILE,
            url=f"https://{HOSTILE}",
        )
    )
    parser = scripts_of(page)
    assert len(parser.found) == 2
    assert parser.loaded == ["data:,", "#document"]
    assert "alert(1)</script>" not in page
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    assert policy
    assert "default-src 'none'" in policy[1]
    assert report._hash(parser.found[1][1]) in policy[1]


def test_only_the_riskiest_stay_where_there_are_too_many(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(report, "MAX_DOCUMENTS", 2)
    many = [outcome("Fine.", f"fine:{n}") for n in range(3)]
    page = page_of(*many, outcome(NOISY, "noisy"), *many)
    assert [document["id"] for document in documents_of(page)] == ["fine:0", "noisy"]
    assert "holds the 2 documents with the riskiest cuts of 7" in page
    monkeypatch.setattr(report, "MAX_CHARS", 10)
    assert [d["id"] for d in documents_of(page_of(*many, outcome(NOISY)))] == ["a:1"]


def test_rows_without_text_are_no_documents() -> None:
    page = page_of(Outcome(Row("a", None, b""), None, "broken"), outcome("Fine."))
    assert len(documents_of(page)) == 1
    assert "Nothing was cut." in page


def test_from_the_command(tmp_path: Path) -> None:
    rows, page = tmp_path / "a.jsonl", tmp_path / "a.html"
    rows.write_text(json.dumps({"text": NOISY, "lang": "en", "title": "T"}) + "\n")
    assert status_of(rows, "--check", "--report", page) == 1
    (document,) = documents_of(page.read_text(encoding="utf-8"))
    assert (document["id"], document["lang"]) == (f"{rows}:1", "en")


def test_what_a_preset_withheld_is_told() -> None:
    text = "Read More: One\nRead More: Two\nHe left.\n"
    (document,) = documents_of(page_of(outcome(text)))
    withheld = explain(text, Config()).withheld
    assert withheld
    assert document["withheld"] == [f"{w.preset}: {w.reason}" for w in withheld]


def test_plots_tell_what_they_leave_out() -> None:
    counts = [Count(f"s{n}", 1, 1, 100 - n) for n in range(20)]
    chart = bars("", [*counts, Count("none", 3, 0, 0)])
    assert len(chart.bars) == 14
    assert chart.note == "and 6 more with 501"
    assert chart.bars[0].share == 1
    tenths = histogram("", dict.fromkeys(range(80, 100), 2))
    assert [bar[:2] for bar in tenths.bars] == [
        ("0.8 and up", "20"),
        ("0.9 and up", "20"),
    ]
