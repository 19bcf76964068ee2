"""Training: that it repeats itself, that it learns at all, and what it reports."""

import random
from dataclasses import replace
from typing import Any

import pytest
from modellib import score

np = pytest.importorskip("numpy")
pytest.importorskip("sklearn")
import threadpoolctl
from traininglib import SETTINGS, record

from cleaner import model
from cleaner.model import Asked
from cleaner.training import fitting, lines, samples, word_fitting
from cleaner.training import report as training_report


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
