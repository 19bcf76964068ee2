"""The rungs, with detectors that find what says of itself how sure they are.

[label:score] is what a rule finds, {label:score|...} a longer one around it,
<label:score> what the line model takes for noise, «label:score» for no body, ~ opens a
line that is off the page.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from types import SimpleNamespace

import pytest

from cleaner import Cleaned, Cleaner, Config, Edit, core
from cleaner.document import Candidates, Document
from cleaner.gaps import Gap
from cleaner.model import Kind
from cleaner.model.page import Noise, Verdict
from cleaner.proposals import OWN_RULE, PAGE, Bits, Tools

RULE = re.compile(r"\[(\w+):([\d.]+)\]")
AROUND = re.compile(r"\{(\w+):([\d.]+)\|.*?\}")
MODEL = re.compile(r"<(\w+):([\d.]+)>")
NOT_BODY = re.compile(r"«(\w+):([\d.]+)»")
OFF_PAGE = re.compile(r"^~.*$", re.MULTILINE)
PROSE = "She left the house at noon. " * 10 + "Dusk came."


def matched(pattern: re.Pattern[str], text: str) -> Iterator[Edit]:
    for found in pattern.finditer(text):
        label, score = found.groups()
        name = OWN_RULE if label == "own" else "test"
        yield Edit(found.start(), found.end(), "", label, name, float(score), "t")


class Seen(list[tuple[str | None, ...]]):
    """The hints that every pass was given."""


@pytest.fixture(autouse=True)
def seen(monkeypatch: pytest.MonkeyPatch) -> Seen:
    passes = Seen()

    def proposed(_: Tools, document: Document, silent: Bits) -> tuple[list[Edit], Bits]:
        passes.append((document.title, document.url))
        return [*matched(RULE, document.text), *matched(AROUND, document.text)], silent

    def by_line_model(
        _: Tools, document: Document, _gaps: Sequence[Gap], kind: Kind
    ) -> list[Edit]:
        pattern = MODEL if kind == "noise" else NOT_BODY
        return list(matched(pattern, document.text))

    def by_page_model(_: Tools, document: Document, _noise: Noise) -> list[Edit]:
        return [
            Edit(found.start(), found.end(), "", "boilerplate", PAGE, 0.0, "t")
            for found in OFF_PAGE.finditer(document.text)
        ]

    for found in (proposed, by_line_model, by_page_model):
        monkeypatch.setattr(core, found.__name__, found)
    monkeypatch.setattr(Tools, "surest", 1.0)
    return passes


def explained(text: str, preset: str = "default") -> Cleaned:
    return Cleaner(preset).explain(text)


@pytest.mark.parametrize(
    ("preset", "text", "expected"),
    [
        ("strict", "Noon came[notice:0.98], later", "Noon came, later"),
        ("strict", "Noon came and[notice:0.97]", "Noon came and[notice:0.97]"),
        ("strict", "Noon came and[byline:1.0]", "Noon came and[byline:1.0]"),
        ("strict", "Noon came and <notice:0.99>", "Noon came and"),
        ("strict", "Noon came [own:1.0]", "Noon came"),
        ("default", "Noon came and[notice:0.01]", "Noon came and"),
        ("default", "Noon came and[byline:0.99]", "Noon came and[byline:0.99]"),
        (
            "default",
            "Noon came[notice:0.5]<bio:0.6>, then dusk",
            "Noon came, then dusk",
        ),
        ("body", "Noon came and[byline:0.9]", "Noon came and"),
        (
            "body",
            "Noon came, then dusk, [bio:0.9][byline:0.9]",
            "Noon came, then dusk,",
        ),
        (
            "default",
            "Noon came and «boilerplate:0.99»",
            "Noon came and «boilerplate:0.99»",
        ),
        ("body", "Noon came and «boilerplate:0.99»<notice:0.99>", "Noon came and"),
        # A part of what a less sure edit would take waits for it.
        ("strict", "Noon {bio:0.5|[notice:0.98]}, dusk", None),
        (
            "strict",
            "Noon {byline:0.5|[notice:0.98]}, dusk and night came",
            "Noon {byline:0.5|}, dusk and night came",
        ),
        (
            "default",
            "Noon{bio:0.5|[notice:0.98]}, dusk and a night",
            "Noon, dusk and a night",
        ),
        # What shows only when something else is gone, goes too.
        (
            "strict",
            "Noon[no[bio:0.98]tice:0.98], dusk and then night",
            "Noon, dusk and then night",
        ),
        ("page", "Noon came[bio:0.98].\n~Menu\n~Search", "Noon came."),
        ("page", f"Noon.\n~{PROSE}\nDusk[bio:0.98].", "Noon.\nDusk."),
    ],
)
def test_a_rung_takes_what_is_sure_enough(
    preset: str, text: str, expected: str | None
) -> None:
    done = explained(text, preset)
    assert done.text == (text if expected is None else expected)
    assert done.withheld == ()
    assert done.original is text


def withheld(done: Cleaned) -> list[tuple[str, str, list[str]]]:
    """The rungs that were not taken, why, and what each would have cut."""
    return [
        (rung, reason, [done.original[e.start : e.end].strip() for e in edits])
        for rung, reason, edits in done.withheld
    ]


TOO_MUCH = "more than 70% of the text would go"


@pytest.mark.parametrize(
    ("preset", "text", "left", "expected"),
    [
        # 14 of 20 characters are 70 %, 14 of 19 are more.
        ("strict", "Noon,x[notice:0.999]", "Noon,x", []),
        (
            "strict",
            "Noon[notice:0.999].",
            None,
            [("strict", TOO_MUCH, ["[notice:0.999]"])],
        ),
        # Of the text that the rung below left, not of the original.
        (
            "default",
            "Noon came and dusk.[notice:0.98][credit:0.97]",
            "Noon came and dusk.",
            [],
        ),
        (
            "default",
            "Noo[notice:0.98][bio:0.5]",
            "Noo[bio:0.5]",
            [("default", TOO_MUCH, ["[bio:0.5]"])],
        ),
        (
            "default",
            "[notice:0.98]",
            None,
            [
                ("strict", "nothing would be left", ["[notice:0.98]"]),
                ("default", "nothing would be left", ["[notice:0.98]"]),
            ],
        ),
        (
            "strict",
            "\u200b\n[bio:0.99]\n",
            None,
            [("strict", "nothing would be left", ["[bio:0.99]"])],
        ),
        ("page", "~Menu", None, [("page", "nothing would be left", ["~Menu"])]),
        # The rung above goes on from the last that was taken.
        (
            "body",
            "N[bio:0.5][credit:0.5][notice:0.5][byline:0.9]",
            None,
            [
                ("default", TOO_MUCH, ["[bio:0.5]", "[credit:0.5]", "[notice:0.5]"]),
                (
                    "body",
                    TOO_MUCH,
                    ["[bio:0.5]", "[credit:0.5]", "[notice:0.5]", "[byline:0.9]"],
                ),
            ],
        ),
    ],
)
def test_a_rung_that_takes_too_much_leaves_the_one_below(
    preset: str, text: str, left: str | None, expected: list[tuple[str, str, list[str]]]
) -> None:
    done = explained(text, preset)
    assert withheld(done) == expected
    assert done.text == (text if left is None else left)
    if left is None:
        assert done.text is text
        assert done.edits == ()


def nested(depth: int) -> str:
    """What takes as many passes to be gone."""
    text = "[notice:0.99]"
    for _ in range(depth - 1):
        text = f"[no{text}tice:0.99]"
    return f"{PROSE} {text}"


def test_what_does_not_settle_is_left_alone() -> None:
    assert explained(nested(core.MAX_PASSES), "strict").text == PROSE
    text = nested(core.MAX_PASSES + 1)
    done = explained(text, "strict")
    assert done.text is text
    ((rung, reason, edits),) = done.withheld
    assert (rung, reason) == ("strict", "not settled after 12 passes")
    assert len(edits) == 2 * core.MAX_PASSES - 1


def test_every_pass_is_told_the_hints(seen: Seen) -> None:
    hints = {"title": "A", "lang": "de", "url": "a.com"}
    Cleaner("strict").explain(nested(3), **hints)
    assert set(seen) == {("A", "a.com")}
    assert len(seen) == 4
    for explain in (core.explain, core.clean):
        seen.clear()
        explain(nested(3), "strict", **hints)
        assert set(seen) == {("A", "a.com")}


def test_the_gate_looks_at_a_line_once() -> None:
    cleaner = Cleaner("strict")
    gate = cleaner._tools.gate
    looks: list[str] = []

    def look(document: Document) -> Candidates:
        looks.append(document.text)
        return gate(document)

    cleaner._tools = cleaner._tools._replace(gate=look)
    text = f"{PROSE}\n[bio:0.99]\nDusk came.\n[no[bio:0.99]tice:0.99]\nNight came."
    assert cleaner.clean(text) == f"{PROSE}\nDusk came.\nNight came."
    assert looks == [text, "[notice:0.99]"]  # a line cut in its midst is a new one


@pytest.mark.parametrize(("is_article", "left"), [(True, "Noon."), (False, None)])
def test_on_pages_that_are_no_article_only_what_is_sure_goes(
    is_article: bool, left: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    weights = SimpleNamespace(judge=lambda _: Verdict([], is_article))
    monkeypatch.setattr(core, "page_model", lambda: weights)
    text = "Noon.[bio:0.97]"
    assert explained(text, "page").text == (left or text)
    assert explained("Noon.[bio:0.98]", "page").text == "Noon."


@pytest.mark.parametrize(
    ("preset", "expected"), [("default", []), ("body", [f"{PROSE}\nDusk."])]
)
def test_gaps_are_looked_at_where_the_rung_takes_what_they_show(
    preset: str, expected: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    looks: list[str] = []

    def by_gaps(
        _: Tools, document: Document, _gaps: Sequence[Gap], labels: Collection[str]
    ) -> list[Edit]:
        looks.extend([document.text] if "caption" in labels else [])
        return []

    monkeypatch.setattr(core, "by_gaps", by_gaps)
    explained(f"{PROSE}\n[bio:0.99]\n[credit:0.5]\nDusk.", preset)
    assert looks == expected


def test_what_lies_off_the_content_of_a_page_leaves_no_gap(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    looks: list[list[str]] = []

    def by_gaps(
        _: Tools, _document: Document, gaps: Sequence[Gap], _labels: Collection[str]
    ) -> list[Edit]:
        looks.append([gap.label for gap in gaps])
        return []

    monkeypatch.setattr(core, "by_gaps", by_gaps)
    explained(f"~Menu\n{PROSE}\n[bio:0.99]\nDusk.", "page")
    assert looks == [["bio"]]


def test_labels_that_are_not_asked_for_stay() -> None:
    config = Config("default").with_(remove={"bio"})
    text = f"{PROSE} [bio:0.99] [notice:0.99] [own:1.0]"
    assert Cleaner(config).clean(text) == f"{PROSE} [notice:0.99]"


def test_what_stands_in_noise_that_is_not_asked_for_stays_with_it() -> None:
    config = Config("default").with_(remove={"notice"})
    text = "Noon {bio:0.5|[notice:0.98]}, dusk"
    assert Cleaner(config).clean(text) is text


def test_rows_and_their_hints_go_by_position(seen: Seen) -> None:
    rows = ["Noon.[bio:0.99]", None, "Dusk."]
    cleaner = Cleaner("default")
    done = cleaner.clean_many(
        rows, titles=["A", "B", "C"], urls=[None, "b", "c"], langs=["x", "y", "z"]
    )
    assert done == ["Noon.", None, "Dusk."]
    assert set(seen) == {("A", None), ("C", "c")}
    assert cleaner.explain_many(iter(rows)) == [
        row and cleaner.explain(row) for row in rows
    ]


@pytest.mark.parametrize("name", ["titles", "urls", "langs"])
@pytest.mark.parametrize("hints", [[], ["a"], ["a"] * 3])
def test_hints_of_another_length_are_refused(name: str, hints: list[str]) -> None:
    with pytest.raises(ValueError, match=f"^2 texts but {len(hints)} {name}$"):
        Cleaner().clean_many(["Noon.", "Dusk."], **{name: hints})
