"""Training: what it reads, that it repeats itself, and that it learns at all."""

import json
import os
import random
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from modellib import score

np = pytest.importorskip("numpy")
pytest.importorskip("sklearn")
import threadpoolctl

from cleaner import model
from cleaner.errors import CleanerError
from cleaner.model import Asked
from cleaner.training import command, fitting, lines, samples, word_fitting
from cleaner.training import report as training_report

SETTINGS = fitting.Settings(trees=8, tree_leaves=6, leaf_lines=3)
SUBJECTS = ("The council", "A spokesman", "The harbour", "Her neighbour", "The school")
VERBS = ("announced", "repaired", "discussed", "visited", "opened", "rejected")
OBJECTS = ("the old bridge", "a new plan", "the budget", "the ferry", "a small museum")
NOISE = ("Read more: {}", "Share this {}", "Subscribe to {}", "Advertisement {}")


def record(number: int) -> dict[str, object]:
    """A made-up article of one site: prose, sub-headings, and noise at the end."""
    pick = random.Random(number)

    def sentence() -> str:
        return f"{pick.choice(SUBJECTS)} {pick.choice(VERBS)} {pick.choice(OBJECTS)}"

    prose = [". ".join(sentence() for _ in range(5)) + "." for _ in range(4)]
    lines = [sentence(), *prose[:2], sentence() + ".", *prose[2:]]
    noise = [pick.choice(NOISE).format(sentence()) for _ in range(3)]
    text = "\n".join([*lines, *noise])
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    marked = [(0, "headline"), *((len(lines) + i, "related_link") for i in range(3))]
    labels = [
        {"line": i, "label": label, "start": starts[i], "end": starts[i + 1] - 1}
        for i, label in marked
    ]
    url = f"https://www.site{number % 12}.com/{number}"
    return {
        "id": str(number),
        "url": url,
        "title": lines[0],
        "text": text,
        "labels": labels,
    }


@pytest.fixture(scope="module")
def documents() -> list[samples.Sample]:
    return samples.join_sites([samples.labelled(record(n)) for n in range(60)])


@pytest.fixture(scope="module")
def trained(
    documents: list[samples.Sample],
) -> tuple[model.LineModel, list[training_report.Scored]]:
    return lines.train(documents, SETTINGS, "made up")


def test_it_learns_what_is_easy(
    trained: tuple[model.LineModel, list[training_report.Scored]],
) -> None:
    made, scored = trained
    at = training_report.figures(scored, 0.5)
    assert at.precision > 0.95
    assert at.recall > 0.95
    assert at.frame_cuts < 0.1
    sample = scored[0].sample
    found = dict(enumerate(score(made, Asked(sample.lines, range(len(sample.lines))))))
    assert [found[i] > 0.5 for i in (3, len(found) - 1)] == [False, True]
    assert made.about == "made up"


def test_insets_are_learnt_from_titles_noise_and_short_lines_of_stories(
    documents: list[samples.Sample],
) -> None:
    one = documents[0]
    again = replace(one, labelled=False)  # the same page by an extractor
    rows = list(word_fitting._insets([one, again]))
    learnt = [(" ".join(words).replace("=", ""), target) for words, target, *_ in rows]
    kinds = [samples.NOISE_LINE] + [samples.CONTENT_LINE] + [samples.NOISE_LINE] * 3
    lines = [one.title, *(one.lines[at] for at in (3, 6, 7, 8))]
    plain = [str(line).replace(":", "").rstrip(".") for line in lines]
    assert learnt == list(zip(plain, kinds, strict=True))


def test_where_no_inset_can_be_learnt_words_say_nothing_of_one(
    documents: list[samples.Sample],
) -> None:
    bare = [
        replace(
            sample,
            title=None,
            lines=[f"{line} " + "and so on. " * 20 for line in sample.lines],
        )
        for sample in documents
    ]
    made = fitting.fit(documents, SETTINGS)
    assert any(word.startswith("=") for word in made.word_weights)
    said = word_fitting.fit_words(bare, word_fitting.places_of(bare), SETTINGS)
    assert not any(word.startswith("=") for word in said.weights)
    assert len(set(said.codes[:, 2].tolist())) == 1


def test_data_without_headlines_and_bylines_will_do() -> None:
    records = [record(number) for number in range(40)]
    for one in records:
        one["labels"] = [label for label in one["labels"] if label["line"]]  # type: ignore[attr-defined]
    learnt, _ = lines.train([samples.labelled(one) for one in records], SETTINGS)
    assert learnt.forests["not_body"].leaves > 1


def test_the_same_seed_gives_the_same_bytes(
    documents: list[samples.Sample],
    trained: tuple[model.LineModel, list[training_report.Scored]],
) -> None:
    again, _ = lines.train(documents, SETTINGS, "made up")
    assert model.dumps(again) == model.dumps(trained[0])


def test_it_trains_in_one_thread(
    documents: list[samples.Sample], monkeypatch: pytest.MonkeyPatch
) -> None:
    fit_trees, seen = fitting._fit_trees, set[int]()

    def watched(*given: Any) -> object:  # noqa: ANN401
        seen.update(pool["num_threads"] for pool in threadpoolctl.threadpool_info())
        return fit_trees(*given)

    monkeypatch.setattr(fitting, "_fit_trees", watched)
    with threadpoolctl.threadpool_limits(2):
        fitting.fit(documents, SETTINGS)
    assert seen == {1}


@pytest.mark.parametrize("hits", [1, 40, 148])
def test_few_lines_are_not_sure_enough_for_strict(hits: int) -> None:
    sums = [*range(-500, -300), *range(300, 300 + hits)]
    points = fitting.curve(sums, [total > 0 for total in sums])
    assert points[-1][1] < 980_000
    assert fitting.curve(range(1, hits + 1), [True] * hits)[-1][1] < 980_000


def test_on_many_lines_a_curve_is_sure(monkeypatch: pytest.MonkeyPatch) -> None:
    pick = random.Random(0)
    sums = sorted(pick.randint(-1500, 1500) for _ in range(4000))
    hits = [pick.random() < 1 / (1 + np.exp(-total / 256)) for total in sums]
    points = fitting.curve(sums, hits)
    monkeypatch.setattr(fitting, "_DOUBT", 1.0)
    raw = dict(fitting.curve(sums, hits))
    assert points[-1][1] > 980_000
    assert all(raw[total] == said for total, said in points if said < 970_000)


def test_of_what_is_less_likely_than_all_lines_nothing_is_known() -> None:
    points = fitting.curve(range(900, 1100), [True] * 200)
    assert points[0] == (0, 500_000)
    assert fitting.curve(range(900, 1100), [False] * 200)[0] == (0, 0)


def test_little_data_is_warned_of(documents: list[samples.Sample]) -> None:
    def warned(count: int, sites: int) -> list[str]:
        samples_of = (replace(documents[0], site=str(n % sites)) for n in range(count))
        scored = [training_report.Scored(s, {0: 0.9}, {}) for s in samples_of]
        return list(training_report.warnings(scored))

    least = "warning: strict needs at least 149 documents of 29 sites to be trusted"
    assert warned(149, 29) == []
    assert warned(148, 29) == [f"{least}; these are 148 of 29"]
    assert warned(200, 28) == [f"{least}; these are 200 of 28"]


@pytest.mark.parametrize(("chance", "is_silent"), [(0.799, True), (0.8, False)])
def test_a_model_that_never_cuts_is_warned_of(
    documents: list[samples.Sample], chance: float, is_silent: bool
) -> None:
    scored = [training_report.Scored(documents[0], {0: 0.1, 1: chance}, {2: 0.99})]
    told = "warning: at 0.8, as default asks, the model cuts no line of these"
    assert (told in training_report.warnings(scored)) is is_silent


def test_of_a_large_site_each_document_counts_less() -> None:
    large = [{**record(n), "url": "https://large.com/a"} for n in range(24)]
    read = [samples.labelled(row) for row in (*large, record(24))]
    page = replace(read[0], labelled=False, weight=0.05)
    weights = [sample.weight for sample in lines.balanced([*read, page])]
    assert weights == [0.5] * 24 + [1.0, 0.025]
    assert lines.balanced(read[:6]) == read[:6]


def test_documents_of_one_name_stay_apart(documents: list[samples.Sample]) -> None:
    # No rule went before, so that no draw hangs on a name.
    named_alike = [replace(sample, name="news.jsonl:1") for sample in documents]
    made = [fitting.fit(given, SETTINGS) for given in (documents, named_alike)]
    assert model.dumps(made[0]) == model.dumps(made[1])


@pytest.mark.parametrize("more", ["", ', "id": null'])
def test_a_record_without_an_id_goes_by_its_line(tmp_path: Path, more: str) -> None:
    path = tmp_path / "data.jsonl"
    path.write_text(2 * f'{{"text": "He left.", "labels": []{more}}}\n')
    first, second = samples.read([path])
    assert (first.name, second.name) == ("data.jsonl:1", "data.jsonl:2")
    assert first.site != second.site


def test_masks_say_what_the_trees_say(documents: list[samples.Sample]) -> None:
    from sklearn.ensemble import HistGradientBoostingClassifier

    places = word_fitting.places_of(documents)
    said = np.array([[i % 16, 7 * i % 16, 5 * i % 16] for i in range(len(places))])
    rows = fitting.gather(documents, "noise", places, said)
    codes = rows.codes.astype(float)
    trees = HistGradientBoostingClassifier(
        max_iter=5, min_samples_leaf=3, random_state=0
    )
    trees.fit(codes, rows.targets == samples.NOISE_LINE)
    forest = fitting.flattened(
        [t.nodes for (t,) in trees._predictors], fitting._baseline(trees)
    )
    for row, expected in zip(codes, trees.decision_function(codes), strict=True):
        found = forest.total([int(code) for code in row]) / fitting._LEAF_SCALE
        assert found == pytest.approx(expected, abs=6 / fitting._LEAF_SCALE)


def test_rules_go_first(documents: list[samples.Sample]) -> None:
    ruled = lines.with_rules(documents)
    assert any(any(sample.ruled["noise"]) for sample in ruled)
    for sample in ruled:
        cut = [i for i, name in enumerate(sample.ruled["noise"]) if name]
        assert {sample.targets[index] for index in cut} <= {samples.NOISE_LINE}
        assert sample.ruled["not_body"][0]  # the headline


def test_what_rules_leave_and_where_lines_went(
    documents: list[samples.Sample],
) -> None:
    sample = replace(documents[0], ruled={"noise": ["a", "", "b", "b", ""]})
    assert samples.residual(sample, "noise", 0, "") == ([1, 4], [1, 2, 0])
    assert samples.residual(sample, "noise", 256, "")[0] == [0, 1, 2, 3, 4]
    assert samples.residual(documents[0], "noise", 0, "").gone == [0] * (
        len(documents[0].lines) + 1
    )


def test_half_a_character_in_an_id_is_no_fault() -> None:
    record = {"id": "\ud800", "text": "He left.", "labels": []}
    sample = replace(samples.labelled(record), ruled={"noise": ["a"]})
    assert samples.residual(sample, "noise", 0, "") == ([], [1])
    assert 0 <= samples.fold(sample.site, 5, "") < 5


def test_a_budget_that_rules_use_up_leaves_the_model_nothing(
    documents: list[samples.Sample],
) -> None:
    scored = [training_report.Scored(documents[0], {3: 1.0}, {}, frozenset({1}))]
    assert training_report.threshold_for(scored, 1) > 1


def test_the_report_tells_nothing_of_groups_without_documents(
    documents: list[samples.Sample],
) -> None:
    def told(*languages: str) -> list[str]:
        scored = [
            training_report.Scored(replace(documents[n], language=language), {}, {})
            for n, language in enumerate(languages)
        ]
        return list(training_report.report(scored, SETTINGS, 5))

    assert [row for row in told("", "fr") if ": " in row and "##" in row] == [
        "\n## all: 2 documents"
    ]
    assert [row for row in told("en", "fr", "de") if "1 documents" in row] == [
        "\n## de: 1 documents",
        "\n## en: 1 documents",
        "\n## rest: 1 documents",
    ]


def test_a_share_of_nothing_is_told_as_such(documents: list[samples.Sample]) -> None:
    nothing = replace(documents[0], targets=[samples.MIXED_LINE] * 9)
    scored = [training_report.Scored(nothing, {}, {})]
    rows = list(training_report.report(scored, SETTINGS, 5))
    assert rows[4].endswith("- of content, - of noise, - of frame lines")
    assert rows[7].split() == ["0.50", "-", "-", "0.0", "-"]


def test_no_site_stands_on_both_sides(
    documents: list[samples.Sample], monkeypatch: pytest.MonkeyPatch
) -> None:
    judged = []

    def fit(seen: list[samples.Sample], _: fitting.Settings) -> set[str]:
        return {sample.site for sample in seen}

    def sums(seen: set[str], sample: samples.Sample, _: str) -> list[tuple[int, int]]:
        assert seen
        assert sample.site not in seen
        judged.append(sample.name)
        return []

    monkeypatch.setattr(fitting, "fit", fit)
    monkeypatch.setattr(lines, "_sums", sums)
    lines._cross_validated(documents, SETTINGS)
    assert sorted(judged) == sorted(2 * [sample.name for sample in documents])


def test_a_record_s_lines_and_targets() -> None:
    text = "Title\n\nGood words here. Share this\n  Follow us \nThe end."
    labels = [
        {"line": 0, "label": "headline", "start": 0, "end": 5},
        {
            "line": 2,
            "label": "interaction",
            "start": 24,
            "end": 34,
            "text": "Share this",
        },
        {"line": 3, "label": "promotion", "start": 37, "end": 46},
    ]
    sample = samples.labelled({"id": "a", "text": text, "labels": labels})
    assert list(sample.lines) == [
        "Title",
        "Good words here. Share this",
        "Follow us",
        "The end.",
    ]
    assert list(sample.targets) == [
        samples.FRAME_LINE,
        samples.MIXED_LINE,
        samples.NOISE_LINE,
        samples.CONTENT_LINE,
    ]
    assert sample.site == "document:a"


def test_addresses_in_numbers_are_sites_of_their_own() -> None:
    urls = "http://10.0.0.1/a", "http://192.168.0.1/b", "https://news.example.co.uk/c"
    sites = "10.0.0.1", "192.168.0.1", "example.co.uk"
    assert tuple(map(samples.rough_site_of, urls)) == sites


def test_documents_that_share_a_line_are_one_site() -> None:
    shared = "Follow us on every channel there is"
    found = samples.join_sites(
        [
            samples.labelled({"id": name, "text": f"{name}\n{line}", "labels": []})
            for name, line in (
                ("a", shared),
                ("b", "Something else entirely"),
                ("c", shared),
            )
        ]
    )
    assert found[0].site == found[2].site != found[1].site


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        (
            None,
            "the 40 without url count as one site where they share a line .* add url",
        ),
        ("https://a.com", "those of more sites are needed"),
    ],
)
def test_too_few_sites_are_told_with_the_reason(url: str | None, reason: str) -> None:
    shared = "\nFollow us on every channel there is"
    made = []
    for number in range(40):
        one = record(number)
        text = f"{one['text']}{shared}"
        made.append(samples.labelled({**one, "url": url, "text": text}))
    told = f"on 3 sites, of 1 in a fold's data: 40 documents of 1 sites; {reason}"
    with pytest.raises(samples.SampleError, match=told):
        lines.train(samples.join_sites(made), SETTINGS)


@pytest.mark.parametrize("noise", ["Advertisement", f"A line of {'noise, ' * 20}too."])
def test_where_no_line_is_in_doubt_sites_are_not_blamed(noise: str) -> None:
    story = "She saw the mayor, who had come by the ferry to speak of the new bridge."
    made = []
    for number in range(40):
        text = f"{number} {story * 2}\n{noise}\n{story[::-1] * 2}."
        start = text.index(noise)
        end = start + len(noise)
        label = {"line": 1, "label": "promotion", "start": start, "end": end}
        url = f"https://www.site{number % 12}.com/{number}"
        one = {"id": number, "url": url, "text": text, "labels": [label]}
        made.append(samples.labelled(one))
    with pytest.raises(samples.SampleError) as caught:
        lines.train(made, SETTINGS)
    told = "rules leave no line in doubt; label noise that they miss"
    assert str(caught.value) == f"{told}: 40 documents of 12 sites"


def test_sites_are_joined_alike_in_every_process() -> None:
    # Folds go by the name of a site: it must not hang on the order of a set.
    code = """
from cleaner.training.samples import join_sites, labelled
lines = [f"a line that two share: {letter}" for letter in "abcdefgh"]
texts = [*lines, "\\n".join(lines)]
made = [labelled({"id": n, "text": t, "labels": []}) for n, t in enumerate(texts)]
print([sample.site for sample in join_sites(made)])
"""
    seeds = ("1", "2", "3")
    told = {
        subprocess.check_output(
            [sys.executable, "-c", code], env={**os.environ, "PYTHONHASHSEED": seed}
        )
        for seed in seeds
    }
    assert len(told) == 1


def test_pages_are_read_and_aligned(tmp_path: Path) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    story = "The council voted on Monday to keep the old bridge open to walkers and to "
    story += "close it to cars from May."
    rows = [
        {
            "url": "https://news.example.co.uk/1",
            "page_type": kind,
            "title": "A bridge",
            "main_content": story,
            "trafilatura": f"By the mayor\n{story}\nMenu and more",
        }
        for kind in ("article", "forum")
    ]
    path = tmp_path / "pages.parquet"
    parquet.write_table(pyarrow.Table.from_pylist(rows), path)
    (page,) = samples.read([path])
    assert (page.site, page.labelled) == ("example.co.uk", False)
    # Above the story it may be noise or its frame.
    assert page.targets == [
        samples.MIXED_LINE,
        samples.CONTENT_LINE,
        samples.NOISE_LINE,
    ]


def test_the_command_writes_a_file_and_a_report(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fitting, "Settings", lambda **_: SETTINGS)
    data, out = tmp_path / "data.jsonl", tmp_path / "model.json"
    data.write_text("".join(json.dumps(record(n)) + "\n" for n in range(60)))
    assert command.main([str(data), "-o", str(out), "--errors", "1"]) == 0
    report, told = capsys.readouterr()
    assert "60 documents" in report
    warning = "warning: strict needs at least 149 documents of 29 sites"
    assert f"\n{warning}" in report
    assert told.startswith(f"cleaner.training: {warning}")
    for heading in ("## Calibration", "## By label", "## Worst errors"):
        assert heading in report
    assert model.load(out).forests["noise"].leaves > 1
    assert command.main([str(data), "-o", str(out)]) == 0
    assert "## Worst errors" not in capsys.readouterr().out


def marked(**fields: object) -> str:
    label = {"line": 0, "label": "promotion", "start": 0, "end": 5, **fields}
    return json.dumps({"text": "Hello\n\nthere", "labels": [label]}) + "\n"


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("data.jsonl", "{}\n", "data.jsonl:1: no field 'text'"),
        ("data.jsonl", "{\n", "data.jsonl:1: Expecting property name"),
        ("data.jsonl", "[" * 99_999, "data.jsonl:1: nested too deep"),
        ("data.jsonl", '"caf\xe9"\n', "data.jsonl:1: 'utf-8' codec can't decode"),
        ("data.jsonl", '{"text": 5, "labels": []}\n', "field 'text' holds no text"),
        (
            "data.jsonl",
            '{"text": "He left.", "labels": [], "url": 5}\n',
            "data.jsonl:1: field 'url' holds no text",
        ),
        ("data.parquet", "PAR1", "data.parquet: no whole Parquet file of texts"),
        ("data.jsonl", marked(label="foo"), "no label 'foo'"),
        ("data.jsonl", marked(line=3), "no line 3: the text ends at line 2"),
        ("data.jsonl", "\n \n" + marked(line=1), "data.jsonl:3: line 1 is 6 to 6, and"),
        ("data.jsonl", marked(end=6), "line 0 is 0 to 5, and its label 0 to 6"),
        ("data.jsonl", marked(end=6, text="Hello\n"), "line 0 is 0 to 5, and"),
        ("data.jsonl", marked(line=2, start=6, end=9), "line 2 is 7 to 12, and"),
        ("data.jsonl", marked(end=0), "a label ends where it starts: 0"),
        ("data.jsonl", "", "of content and of noise"),
        (
            "data.jsonl",
            '{"text": "Hello there", "labels": []}\n',
            "of content and of noise",
        ),
    ],
)
def test_data_that_cannot_be_used(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    name: str,
    text: str,
    message: str,
) -> None:
    (tmp_path / name).write_bytes(text.encode("latin-1"))
    assert command.main([str(tmp_path / name), "-o", str(tmp_path / "out")]) == 4
    assert message in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("options", [[], ["--page"]], ids=["lines", "page"])
def test_data_that_is_not_read_and_data_that_is_not_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], options: list[str]
) -> None:
    arguments = [*options, "-o", str(tmp_path / "out")]
    assert command.main([str(tmp_path / "data.txt"), *arguments]) == 2
    assert "data.txt: neither .jsonl nor .parquet" in capsys.readouterr().err
    assert command.main([str(tmp_path / "data.jsonl"), *arguments]) == 4
    told = f"cleaner.training: {tmp_path / 'data.jsonl'}: No such file or directory\n"
    assert capsys.readouterr().err == told


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({"url": "http://["}, "row 0: Invalid IPv6 URL"),
        ({"url": 5}, "row 0: field 'url' holds no text"),
        ({"title": b"\xe9"}, "row 0: field 'title' holds no text"),
    ],
)
@pytest.mark.parametrize("options", [[], ["--page"]], ids=["lines", "page"])
def test_pages_that_cannot_be_used(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    row: dict[str, object],
    message: str,
    options: list[str],
) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    names = ("url", "page_type", "main_content", "trafilatura", "resiliparse_page")
    path, out = tmp_path / "pages.parquet", tmp_path / "out"
    table = pyarrow.Table.from_pylist([dict.fromkeys(names, "He left.") | row])
    parquet.write_table(table, path)
    assert command.main([str(path), *options, "-o", str(out)]) == 4
    assert message in capsys.readouterr().err
    assert not out.exists()


def test_what_is_read_is_not_written_over(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = tmp_path / "data.jsonl"
    data.write_text(json.dumps(record(1)) + "\n")
    assert command.main([str(data), "-o", str(data)]) == 2
    assert "is also read" in capsys.readouterr().err
    assert json.loads(data.read_text()) == record(1)


def test_a_missing_package_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "cleaner.training.fitting", None)
    arguments = command._arguments(["x.jsonl", "-o", str(tmp_path / "out")])
    with pytest.raises(CleanerError, match=r"pip install 'article-cleaner\[train\]'"):
        command._run(arguments)


@pytest.mark.parametrize("name", ["none/out", "data.jsonl/out", "folder"])
def test_an_output_that_cannot_be_written_is_told_first(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    name: str,
) -> None:
    monkeypatch.setattr(
        "cleaner.training.command.train", lambda *_: pytest.fail("was trained")
    )
    data = tmp_path / "data.jsonl"
    data.write_text("")
    (tmp_path / "folder").mkdir()
    assert command.main([str(data), "-o", str(tmp_path / name)]) == 4
    assert f"{name}: can't be written" in capsys.readouterr().err


LABELLED = """{
  "text": "He left.",
  "labels": [{"line": %s, "start": 0, "end": 8, "label": %s}]
}""".replace("\n", "")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("[1]", "a record is a JSON object"),
        ('{"text": "He left.", "labels": null}', "holds no list of JSON objects"),
        ('{"text": "He left.", "labels": [1]}', "holds no list of JSON objects"),
        (LABELLED % ("0.0", '"bio"'), r"labels\[0\]: 'line' is no whole number"),
        (LABELLED % ("true", '"bio"'), r"labels\[0\]: 'line' is no whole number"),
        (LABELLED % ("0", '["bio"]'), r"labels\[0\]: 'label' holds no text"),
        (
            LABELLED.replace("]", ', {"line": 0, "label": "bio"}]') % ("0", '"bio"'),
            r"labels\[1\]: 'start' is no whole number",
        ),
    ],
)
def test_a_record_of_a_wrong_kind_is_told(tmp_path: Path, line: str, told: str) -> None:
    path = tmp_path / "data.jsonl"
    path.write_text(line)
    with pytest.raises(samples.SampleError, match=f"data.jsonl:1: .*{told}"):
        samples.read([path])


@pytest.mark.parametrize(
    ("option", "told"),
    [
        (["--about", "caf\udce9"], "--about is not UTF-8"),
        (["--seed", "-1"], "--seed is a number from 0 to 4294967295"),
        (["--seed", "4294967296"], "--seed is a number from 0 to 4294967295"),
        (["--errors", "-1"], "--errors is a number from 0 on"),
        (["-o", "-"], "--output is a file of JSON; the report goes to standard"),
        (["-o", "mine.json.gz"], "--output is a file of JSON; the report goes to"),
    ],
)
def test_a_number_that_cannot_be_is_told_before_the_work(
    capsys: pytest.CaptureFixture[str], option: list[str], told: str
) -> None:
    with pytest.raises(SystemExit, match="2"):
        command.main(["x.jsonl", "-o", "out", *option])
    assert told in capsys.readouterr().err


STOPPED = """
import os, sys
from cleaner.training import command
command.train = lambda *_: os.kill(os.getpid(), int(sys.argv[1]))
sys.exit(command.main(sys.argv[2:]))
"""


@pytest.mark.usefixtures("_signals_count")
@pytest.mark.parametrize("name", ["SIGHUP", "SIGINT", "SIGTERM"])
def test_a_training_that_is_stopped_leaves_nothing(tmp_path: Path, name: str) -> None:
    number = getattr(signal, name)
    data, out = tmp_path / "data.jsonl", tmp_path / "model.json"
    data.write_text("")
    done = subprocess.run(
        [sys.executable, "-c", STOPPED, str(int(number)), data, "-o", out],
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (128 + number, b"")
    assert [*tmp_path.iterdir()] == [data]


UNREAD = """
import sys
from cleaner import model
from cleaner.training import command
command.train = lambda *_: (model.shipped(), [])
command.warnings = lambda _: ["told where nobody can hear it"]
command.report = lambda *_: ["a line"]
sys.exit(command.main(sys.argv[1:]))
"""


def test_a_report_that_nobody_reads_is_no_fault(tmp_path: Path) -> None:
    data, out = tmp_path / "data.jsonl", tmp_path / "model.json"
    data.write_text("")
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as unread:
        status = subprocess.call(
            [sys.executable, "-c", UNREAD, data, "-o", out],
            stdout=unread,
            stderr=unread,
        )
    assert status == 141
    assert model.load(out).digest == model.shipped().digest


@pytest.mark.parametrize("option", ["--ablation", "--errors=3"])
def test_what_a_page_model_has_none_of_is_refused(option: str) -> None:
    with pytest.raises(SystemExit):
        command.main(["x.parquet", "-o", "out", "--page", option])


def test_pages_without_a_page(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "data.jsonl").write_text("")
    arguments = [str(tmp_path / "data.jsonl"), "--page", "-o", str(tmp_path / "out")]
    assert command.main(arguments) == 4
    assert "no page or story in the data" in capsys.readouterr().err
