"""The speed suite on a few generated articles: every row is there, and finds noise."""

import doctest
import io
import json
import re
from collections.abc import Mapping
from contextlib import redirect_stdout
from importlib.util import find_spec
from itertools import count, islice
from pathlib import Path
from types import ModuleType
from xml.etree import ElementTree as ET

import pytest
import throughput
from speed import adversarial, corpus, detectors, latency, speeds, synthetic, tables
from speed.corpus import digest, sample
from speed.peers import PEERS, is_installed
from speed.targets import TARGETS, Target

from cleaner import PRESETS, explain

Row = Mapping[str, str]
Tables = Mapping[str, Mapping[str, Row]]
TITLES = {
    "speed": "Speed",
    "latency": "Latency",
    "memory": "Memory",
    "startup": "Start",
    "scaling": "Processes",
}
PLOT = "speed.svg"


def output(*arguments: str) -> str:
    out = io.StringIO()
    with redirect_stdout(out):
        throughput.main([*arguments, "--rounds", "1", "--scale", "0.005"])
    return out.getvalue()


def tables_in(text: str) -> Tables:
    """Cells by title of the table, name of the row and column."""
    found: dict[str, dict[str, Row]] = {}
    header: list[str] = []
    rows: dict[str, Row] = {}
    for line in text.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("## "):
            found[line[3:]] = rows = {}
        elif line.startswith("|  |"):
            header = cells
        elif line.startswith("| ") and "---" not in line:
            rows[cells[0]] = dict(zip(header, cells, strict=True))
    return found


def number(cell: str) -> float:
    found = re.search(r"[\d.,]+", cell)
    assert found, cell
    return float(found[0].replace(",", ""))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("speed")


@pytest.fixture(scope="module")
def report(folder: Path) -> Tables:
    """What a run of all sections prints."""
    return tables_in(output("--plot", str(folder / PLOT)))


def test_every_preset_and_way_of_calling_has_speed_and_edits(report: Tables) -> None:
    missing = set() if find_spec("pyarrow") else {speeds.ARROW}
    rows = report["Speed"]
    assert {*PRESETS, "strict, no line model", "default, clean_many"} < rows.keys()
    own = {name for name in rows if name.startswith(tuple(PRESETS))} - missing
    assert len(own) + len(missing) == len(PRESETS) * 2 - 1 + 4
    for name in own:
        assert number(rows[name]["MB/s"]) > 0
        assert (number(rows[name]["found"]) > 0) == ("nothing" not in name)


def test_a_peer_that_is_missing_is_a_row_that_says_so(report: Tables) -> None:
    for peer in PEERS:
        told = report["Speed"][peer.name]["found"]
        assert (told == "not installed") != is_installed(peer)


def test_every_target_stands_beside_its_row(report: Tables) -> None:
    for (section, name), target in TARGETS.items():
        row = report[TITLES[section]][name]
        if "not installed" not in row.values():
            assert row["target"] == str(target)
            assert row["met"] in {"yes", "no", "moonshot"}


def test_every_long_text_is_timed_beside_its_half(report: Tables) -> None:
    rows = report["Twice the input"]
    assert rows.keys() == adversarial.TEXTS.keys()
    assert any(number(row["edits"]) for row in rows.values())
    assert all(number(row["twice the input"]) > 0 for row in rows.values())


def test_shares_add_up(report: Tables) -> None:
    """What is measured is no more than all: the rest is not below nothing."""
    rows = report["Shares"].values()
    shares = [float(row["share of the time"].rstrip("%")) for row in rows]
    assert min(shares) >= 0
    assert sum(shares) == pytest.approx(100, abs=0.05 * len(shares))  # each is rounded
    assert sum(number(row["edits"]) for row in rows) > 0


def test_what_is_timed_within_another_counts_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ticks = count()
    monkeypatch.setattr("time.thread_time_ns", lambda: next(ticks))
    clock = detectors.Clock()
    gate = clock.timed("gate", lambda: None)
    carried = clock.timed("carried", lambda: [gate(), gate()])
    clock.timed("pass", lambda: [gate(), carried()])()
    assert clock.spent == {"gate": 3, "carried": 3, "pass": 3}
    assert clock.spent.total() == next(ticks) - 1  # from the first look to the last
    assert clock.calls == {"gate": 3, "carried": 1, "pass": 1}


def test_nothing_is_found_where_nothing_was_sown(report: Tables) -> None:
    rows = report["Generated articles"]
    assert {name: number(row["found"]) > 0 for name, row in rows.items()} == {
        "ASCII": True,
        "others": True,
        "without noise": False,
    }


def test_a_digest_stands_for_each_presets_output(report: Tables) -> None:
    digests = {name: row["digest"] for name, row in report["Output"].items()}
    assert digests.keys() == PRESETS.keys()
    assert digests["strict"] != digests["default"]


def test_streams_and_processes_change_documents(report: Tables) -> None:
    for title, name in (("Memory", "default"), ("Processes", "2 processes")):
        assert number(report[title][name]["changed"]) > 0


def test_the_plot_has_a_bar_a_row(report: Tables, folder: Path) -> None:
    plot = ET.fromstring((folder / PLOT).read_text("utf-8"))
    told = plot.attrib["aria-label"]
    timed = [row for row in report["Speed"].values() if row["MB/s"]]
    assert told.count(": 1/") == len(timed)
    bars = plot.findall("{*}rect[@height='15']")
    assert len(bars) == len(timed)


def test_it_reads_labelled_lines(folder: Path) -> None:
    path = folder / "data.jsonl"
    texts = [made.text for made in islice(synthetic.articles(synthetic.ALL), 30)]
    path.write_text("\n".join(json.dumps({"text": text}) for text in texts), "utf-8")
    told = output(str(path), "--only", "latency")
    assert "30 documents, " in told
    assert digest(texts) in told
    assert tables_in(told).keys() == {"Latency"}


def test_rows_without_a_text_are_left_out(tmp_path: Path) -> None:
    rows = tmp_path / "rows.jsonl"
    rows.write_text('{"text": null}\n{"text": "a"}\n{"text": ""}\n')
    assert [*corpus.read(str(rows))] == ["a"]


def test_generated_articles_are_the_same_in_every_run() -> None:
    made = synthetic.corpus(synthetic.ALL, 0.02)
    texts = [article.text for article in made]
    assert digest(texts) == "550936f4f74d5b78"
    assert any(article.sown == 0 for article in made)
    sown = [article for article in made if article.sown]
    assert all(explain(article.text).edits for article in sown)


def test_a_sample_is_from_all_over_the_texts() -> None:
    assert sample(["a", "b", "c", "d", "e", "f"], 2) == ["b", "e"]


def test_a_target_is_reached_at_its_bound() -> None:
    share = Target(10, 6, "1/")
    assert [share.reached_by(ratio) for ratio in (10.1, 10, 6)] == [
        "no",
        "yes",
        "moonshot",
    ]
    assert str(share) == "≥ 1/10, moonshot 1/6"
    assert Target(1.8, at_least=True).reached_by(1.79) == "no"


@pytest.mark.parametrize("module", [corpus, latency, tables])
def test_examples(module: ModuleType) -> None:
    failed, attempted = doctest.testmod(module)
    assert (failed, attempted > 0) == (0, True)
