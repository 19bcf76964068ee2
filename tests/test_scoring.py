"""The scoring, on made-up documents small enough to count by hand."""

import json
import math
from collections.abc import Sequence
from pathlib import Path

import baselines
import labelled
import pytest
import quality
import score
import scoring
import sights
from scoring import FIGURES, Item, Record, judge, tally, to_record

from cleaner import Edit

TEXT = "Title here\n\nThe mayor spoke.\nRead more\n \u200b\nMore spam at end. SPAM"
"""Line 0 headline, 2 content, 3 related link, 5 content with a stretch at its end."""


def record(text: str, *labels: tuple[int, str, str], **fields: str) -> Record:
    """A record; a label is a line, a name and the stretch or "" for the whole line."""
    rows: list[dict[str, object]] = []
    for line, name, stretch in labels:
        start, end = scoring.line_spans(text)[line]
        if stretch:
            start = text.index(stretch, start)
            end = start + len(stretch)
        row = {"line": line, "label": name, "start": start, "end": end}
        rows.append(row | ({"text": stretch} if stretch else {}))
    head = {"id": "x", "lang": "en", "title": None, "text": text}
    return to_record(head | fields | {"labels": rows})


def edit(start: int, end: int, new: str = "", label: str = "promotion") -> Edit:
    return Edit(start, end, new, label, "test", 1.0, "a test")


def cut(text: str, part: str) -> Edit:
    start = text.index(part)
    return edit(start, start + len(part))


ARTICLE = record(
    TEXT,
    (0, "headline", ""),
    (3, "related_link", ""),
    (5, "promotion", "SPAM"),
)


def of_kind(kind: str, items: Sequence[Item]) -> list[tuple[int, int]]:
    return [(item.size, item.gone) for item in items if item.kind == kind]


def figures(
    rec: Record, edits: Sequence[Edit], *, body: bool = False
) -> dict[str, float]:
    rows = [tally(judge(rec, edits, body=body))]
    found = scoring.estimate(FIGURES, rows, 10, 0)
    return {name: x.value for name, x in found.items()}


def test_default_scoring_sorts_lines() -> None:
    items = judge(ARTICLE, [])
    assert of_kind("kept", items) == [(9, 0)]
    assert of_kind("content", items) == [(14, 0), (14, 0)]  # the stretch apart
    assert of_kind("positive", items) == [(8, 0)]
    assert of_kind("stretch", items) == [(4, 0)]


def test_body_scoring_counts_the_kept_labels_as_noise() -> None:
    items = judge(ARTICLE, [], body=True)
    assert of_kind("kept", items) == []
    assert of_kind("positive", items) == [(9, 0), (8, 0)]


def test_figures_of_a_perfect_cut() -> None:
    found = figures(ARTICLE, [cut(TEXT, "Read more"), cut(TEXT, "SPAM")])
    assert found["false cuts"] == found["false chars"] == found["kept lost %"] == 0
    assert found["precision"] == found["recall"] == 1
    assert found["inline"] == found["inline prec."] == 1
    assert math.isnan(found["fused"])


def test_figures_of_a_bad_cut() -> None:
    edits = [cut(TEXT, "Title"), cut(TEXT, "The mayor"), cut(TEXT, "end. SPAM")]
    found = figures(ARTICLE, edits)
    assert found["kept lost %"] == 100  # 5 of 9 characters
    assert found["false cuts"] == 500  # 8 of 14 characters; 4 are too few
    assert found["false chars"] == pytest.approx(1000 * 12 / 28)
    assert found["precision"] == found["recall"] == 0
    assert found["inline"] == 1
    assert found["inline prec."] == 0.5


@pytest.mark.parametrize(("part", "done"), [("abcd", False), ("abcde", True)])
def test_a_line_is_gone_when_half_of_its_characters_are(
    part: str, *, done: bool
) -> None:
    rec = record("abcde fghij", (0, "other", ""))
    (item,) = judge(rec, [cut(rec.text, part)])
    assert (item.label, item.done) == ("boilerplate", done)


@pytest.mark.parametrize(("part", "found"), [("2 345678", 0), ("2 3456789", 1)])
def test_a_stretch_is_found_when_eight_tenths_are_gone(part: str, found: int) -> None:
    rec = record("Good text. 012 3456789", (0, "credit", "012 3456789"))
    assert figures(rec, [cut(rec.text, part)])["inline"] == found


def test_inline_kept_labels_count_neither_way_in_default_scoring() -> None:
    rec = record("By Ann Lee. The mayor spoke.", (0, "byline", "By Ann Lee."))
    found = figures(rec, [cut(rec.text, "By Ann Lee.")])
    assert found["false cuts"] == found["false chars"] == 0
    assert math.isnan(found["inline"])
    assert found["inline, all"] == 1
    assert figures(rec, [], body=True)["inline"] == 0


def test_a_line_that_is_all_stretches_is_no_content_line() -> None:
    rec = record("SPAM HAM\nText.", (0, "other", "SPAM"), (0, "other", "HAM"))
    assert of_kind("content", judge(rec, [])) == [(5, 0)]


def test_many_lines_of_a_label_share_the_weight_of_five() -> None:
    text = "\n".join(["menu"] * 10 + ["Ad"] + ["Content."] * 2)
    labels = [(n, "navigation", "") for n in range(10)]
    rec = record(text, *labels, (10, "advertisement", ""))
    edits = [edit(0, 4), edit(5, 9), cut(text, "Ad"), cut(text, "Content.")]
    found = figures(rec, edits)
    assert found["recall"] == pytest.approx((2 * 0.5 + 1) / (10 * 0.5 + 1))
    assert found["precision"] == pytest.approx(2 / (2 + 1))
    sums = tally(judge(rec, edits))
    by_label = scoring.estimate(scoring.label_figures([sums]), [sums], 10, 0)
    assert by_label["navigation"].value == pytest.approx(0.2)
    assert by_label["advertisement"].value == 1


def test_fused_tokens_and_repairs() -> None:
    text = "He left theIsis-k camp on aMonday with iPhone."
    rec = record(text, (0, "fused", "theIsis-k"), (0, "fused", "aMonday"))
    spots = [text.index("Isis"), text.index("Phone"), text.index("aMonday")]
    repairs = [edit(at, at, " ", "fused") for at in spots]  # the last: just before
    found = figures(rec, repairs)
    assert found["fused"] == 0.5
    assert found["fused prec."] == pytest.approx(1 / 3)
    assert found["false chars"] == 0


def test_fused_needs_its_own_label() -> None:
    rec = record("On theMonday it rained.", (0, "fused", "theMonday"))
    assert figures(rec, [edit(6, 6, " ", "encoding")])["fused"] == 0


def test_a_repair_removes_nothing_but_blank_replacements_do() -> None:
    rec = record("It’s fine.")
    assert figures(rec, [edit(0, 10, "It's fine.", "encoding")])["false chars"] == 0
    assert figures(rec, [edit(0, 10, " ")])["false chars"] == 1000


def test_offsets_count_code_points_and_any_string_is_scored() -> None:
    rec = record("\U0001f600\ud800 Ad\r\nText\u3000\u00ad", (0, "advertisement", ""))
    assert of_kind("positive", judge(rec, [])) == [(4, 0)]
    assert of_kind("content", judge(rec, [])) == [(4, 0)]


@pytest.mark.parametrize(
    ("part", "name"),
    [
        ("Read more", "right"),
        ("SPAM", "right"),
        ("end. SPAM", "wrong"),
        ("Title here", "kept"),
        ("The mayor", "wrong"),
        ("\n \u200b\n", "unjudged"),
    ],
)
def test_verdicts(part: str, name: str) -> None:
    (verdict,) = scoring.verdicts(ARTICLE, [cut(TEXT, part)])
    assert verdict.name == name


def test_verdicts_on_repairs() -> None:
    rec = record("On theMonday it rained.", (0, "fused", "theMonday"))
    edits = [
        edit(6, 6, " ", "fused"),
        edit(16, 16, " ", "fused"),
        edit(0, 2, "In", "encoding"),
    ]
    names = [verdict.name for verdict in scoring.verdicts(rec, edits)]
    assert names == ["right", "wrong", "unjudged"]


def test_documents_are_pooled_and_intervals_hold_the_value() -> None:
    rows = [{"positive": 1.0, "positive done": done} for done in (0, 1, 1, 1)]
    figure = scoring.Figure("recall", ("positive done",), ("positive",))
    found = scoring.estimate([figure], rows, 500, 7)["recall"]
    assert found == scoring.estimate([figure], rows, 500, 7)["recall"]
    assert (found.value, found.total) == (0.75, 4)
    assert 0 <= found.low < 0.75 < found.high <= 1


def test_floors() -> None:
    floors = {"a/en/recall": 0.5, "a/en/false cuts": 3.0, "a/de/recall": 0.1}
    good = {"a/en/recall": 0.5, "a/en/false cuts": 2.0, "a/de/recall": 0.2}
    assert not list(scoring.regressions(floors, good))
    bad = {"a/en/recall": 0.4, "a/en/false cuts": 3.1}
    assert len(list(scoring.regressions(floors, bad))) == 3


LINES = "The mayor spoke.\n{}\nAll went home."


@pytest.mark.parametrize(
    ("name", "line", "drops"),
    [
        ("C4 rules", "We like it", True),
        ("C4 rules", "We like it.", False),
        ("C4 rules", "We like...", True),
        ("C4 rules", "See it.", True),
        ("C4 rules", "Read our Privacy Policy now.", True),
        ("RefinedWeb", "LATEST NEWS", True),
        ("RefinedWeb", "1.2K views", True),
        ("RefinedWeb", "Home", True),
        ("RefinedWeb", "We like it", False),
        ("repeats", "The mayor spoke.", True),
        ("repeats", "The mayor left.", False),
        ("cues+repeats", "READ MORE: Another mayor", True),
        ("cues+repeats", "He asked to read more", False),
    ],
)
def test_baselines(name: str, line: str, *, drops: bool) -> None:
    text = LINES.format(line)
    found = [text[x.start : x.end] for x in baselines.BASELINES[name](text)]
    assert found == ([line] if drops else [])


def test_refinedweb_cuts_a_phrase_out_of_a_short_line() -> None:
    text = LINES.format(" The shop has 3 items in cart today")
    (found,) = baselines.refinedweb(text)
    assert text[found.start : found.end] == "items in cart"


def test_the_score_is_fitted_in_folds_of_whole_sites(tmp_path: Path) -> None:
    urls = ["https://www.a.co.uk/1", "https://news.a.co.uk/2", "https://b.co.uk/", None]
    row = {"id": "x", "lang": "en", "title": "", "text": TEXT, "labels": []}
    data = tmp_path / "data.jsonl"
    data.write_text("".join(json.dumps(row | {"url": url}) + "\n" for url in urls))
    sites = [sample.site for sample in score._samples(str(data))]
    assert sites == ["a.co.uk", "a.co.uk", "b.co.uk", "x"]


LABELLED = {
    "text": "They say on theMonday.\nAdvertisement",
    "labels": [{"line": 1, "label": "advertisement", "start": 23, "end": 36}],
}
FUSED = {"line": 0, "label": "fused", "start": 12, "end": 21, "text": "theMonday"}


def written(path: Path, *rows: object) -> str:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return str(path)


def test_records_as_the_training_reads_them_are_scored(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = written(tmp_path / "data.jsonl", LABELLED)
    assert quality.main([data, "--preset", "strict", "--rounds", "5"]) == 0
    assert "| others " in capsys.readouterr().out


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({"text": "x"}, ":2: no field 'labels'"),
        ({"labels": []}, ":2: no field 'text'"),
        (
            LABELLED | {"labels": [FUSED | {"label": "promo"}]},
            ":2: no label 'promo': see docs/labels.md",
        ),
    ],
)
def test_data_that_cannot_be_scored_is_told_with_its_line(
    row: object, message: str, tmp_path: Path
) -> None:
    data = written(tmp_path / "data.jsonl", LABELLED, row)
    with pytest.raises(SystemExit, match=f"^quality.py: {data}{message}$"):
        quality.main([data])


def test_data_without_documents_is_told(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match=r"^quality.py: no documents to score$"):
        quality.main([written(tmp_path / "data.jsonl")])


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match=r"none\.jsonl: No such file or directory$"):
        quality.main([str(tmp_path / "none.jsonl")])


@pytest.mark.parametrize(
    ("labels", "name", "precision"),
    [([], "unjudged", math.nan), ([FUSED], "wrong", 0.0)],
)
def test_repairs_are_judged_where_fused_words_are_labelled(
    labels: list[object], name: str, precision: float, tmp_path: Path
) -> None:
    """In the whole data: a document without any is judged by the others' labels."""
    other = LABELLED | {"labels": labels}
    path = Path(written(tmp_path / "data.jsonl", LABELLED, other))
    rec, _ = labelled.read([path])
    repair = edit(15, 15, " ", "fused")
    assert [verdict.name for verdict in scoring.verdicts(rec, [repair])] == [name]
    found = figures(rec, [repair])["fused prec."]
    assert found == pytest.approx(precision, nan_ok=True)
    assert any(sights._false(rec, [repair], body=False)) == (name == "wrong")
