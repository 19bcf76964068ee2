"""The line model: exact, strict about its file, the same alone and in company."""

import json
import pickle
from collections.abc import Sequence
from functools import cache
from operator import ge
from types import SimpleNamespace
from typing import cast, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from modellib import PROSE, score

from cleaner import Config, ModelFileError, model
from cleaner.document import Document
from cleaner.model import features, line_words, scoring, storage
from cleaner.model.scoring import Asked
from cleaner.proposals import by_line_model, tools_of

LINES = [
    "Old bridge stays open",
    "By Anna Example",
    PROSE,
    "Share this article on Facebook",
    PROSE.replace("Monday", "Tuesday"),
    "Read more: Storm hits the coast",
    "Harbour to be dredged again",
    "© 2024 Example News. All rights reserved",
]


@cache
def tiny() -> scoring.LineModel:
    """One leaf for lines that end in a digit or a letter, one for all others."""
    masks = [[0b11] * size for _, size in storage.LAYOUT]
    end = [name for name, _ in storage.LAYOUT].index("end")
    masks[end] = [0b01 if code in (0, 10) else 0b10 for code in range(len(masks[end]))]
    forest = scoring.LineForest(
        leaves=2,
        masks=tuple(map(tuple, masks)),
        planes=(0b01, 0b00, 0b01),
        base=-2,
        curve=((-2, 100_000), (3, 900_000)),
    )
    return scoring.LineModel(
        about="made up",
        word_table=scoring.word_table(
            {
                "read": scoring.packed(9, -2),
                "^read": scoring.packed(3, 0),
                "=Storm": scoring.packed(4, 0),
            }
        ),
        noise_cuts=(-5, 0, 12),
        frame_cuts=(0,),
        inset_cuts=(-1, 4),
        forests={"noise": forest, "not_body": forest},
        digest="",
    )


def fields() -> dict[str, object]:
    return json.loads(model.dumps(tiny()))  # type: ignore[no-any-return]


def scored(
    lines: Sequence[str],
    chosen: Sequence[int],
    title: str | None = None,
    gone: Sequence[int] | None = None,
    kind: scoring.Kind = "noise",
) -> list[float]:
    return score(model.shipped(), Asked(lines, chosen, title, gone, kind))


def described(lines: Sequence[str]) -> list[tuple[int, ...]]:
    texts = [line_words.plain_words(line) for line in lines]
    return features.describe(lines, range(len(lines)), texts, "Old bridge stays open")


def test_in_doubt_are_short_lines_and_lines_without_an_end() -> None:
    assert features.in_doubt(LINES) == [0, 1, 3, 5, 6, 7]
    assert features.in_doubt([PROSE.rstrip("."), "x" * 300]) == [0]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (
            (
                "市议会周一晚上投票决定，旧桥将继续向行人开放，但从五月起禁止汽车通行，"
                "发言人周二表示，此举旨在保护桥梁。"
            ),
            False,
        ),
        ("点击查看更多精彩内容", True),
        (
            (
                "परिषद ने सोमवार की शाम को पुराने पुल को पैदल चलने वालों के लिए खुला रखने "
                "और मई से कारों के लिए बंद करने का निर्णय लिया।"
            ),
            False,
        ),
        ("यह भी पढ़ें: तूफान तट से टकराया", True),
    ],
)
def test_in_doubt_knows_scripts_without_spaces(line: str, *, expected: bool) -> None:
    assert features.is_in_doubt(line) is expected


def test_every_code_lies_within_its_feature() -> None:
    odd = [
        "*",
        "…",
        "«»",
        "\u0301a",
        "A" * 5000,
        "1",
        "—",
        "(x",
        "？",
        "a.",
        '."',
        "ß" * 199,
    ]
    for lines in (LINES, odd, *([line] for line in odd)):
        for row in described(lines):
            for code, (name, size) in zip(row, features.FEATURES, strict=True):
                assert 0 <= code < size, name


def test_the_groups_name_every_feature_once() -> None:
    named = sorted(name for group in features.GROUPS.values() for name in group)
    assert named == sorted(name for name, _ in storage.LAYOUT)


def test_alone_and_in_company_give_the_same_score() -> None:
    chosen = features.in_doubt(LINES)
    together = scored(LINES, chosen, "Old bridge stays open")
    for index, expected in zip(chosen, together, strict=True):
        alone = scored(LINES, [index], "Old bridge stays open")
        assert alone == [expected]


@given(st.lists(st.integers(0, 9), min_size=9, max_size=9), st.integers(0, 8))
def test_more_lines_gone_never_speak_for_a_line(gone: list[int], where: int) -> None:
    # So a text from which noise went isn't found noisier when it is cleaned again.
    more = [lines + (place == where) for place, lines in enumerate(gone)]
    for kind in get_args(scoring.Kind):
        less_sure, surer = (
            scored(LINES, range(8), None, lines, kind) for lines in (gone, more)
        )
        assert all(map(ge, surer, less_sure))


def test_what_is_not_body_holds_what_is_noise_and_frame() -> None:
    found = [scored(LINES, [1, 3], kind=kind) for kind in get_args(scoring.Kind)]
    assert 3 * found[0][0] < found[1][0]  # the byline
    assert min(found[0][1], found[1][1]) > 0.7  # a share prompt


def test_nothing_chosen_costs_nothing() -> None:
    assert scored(LINES, []) == []
    assert scored([], []) == []


def test_a_forest_adds_up_the_leaves_that_are_left() -> None:
    assert score(tiny(), Asked(["Read more"], [0], kind="not_body")) == [0.9]
    assert score(tiny(), Asked(["Read more."], [0], kind="not_body")) == [0.1]
    forest = tiny().forests["noise"]
    row = [*described(["Read more"])[0], 0, 0, 0]
    assert forest.total(row) == -2 + 5
    assert [forest.probability(total) for total in (-9, -2, 0, 3, 9)] == [
        0.1,
        0.1,
        0.42,
        0.9,
        0.9,
    ]


ROWS = """The harbour office has put the minutes of its last three meetings on
the web, and clubs that own a berth may read them without an account.

The office will not store pictures of the boats themselves in future,
since it lacks the room to keep files as large as those that hold
the minutes, and asks the clubs to send it their own.

Read more"""


def taken_of(text: str, *sure: int) -> list[str]:
    """What goes where the line model is sure of these lines."""
    document = Document(text)
    lines = {document.lines[index] for index in sure}

    def find(left: Sequence[str], *_: object) -> dict[int, float]:
        return {index: 0.9 for index, line in enumerate(left) if line in lines}

    found = cast("scoring.LineModel", SimpleNamespace(find=find))
    tools = tools_of(Config())._replace(model=found)
    edits = by_line_model(tools, document, (), "noise")
    return [text[edit.start : edit.end] for edit in edits]


def test_a_row_of_a_sentence_does_not_go_alone() -> None:
    assert taken_of(ROWS, 4, 5) == ["Read more"]


LINKS = """The assistance that the office gave has been told of, the clerk said of it to
the paper that asked, on
Twitter
and in a letter to the clubs that own a berth in the harbour.
It had a list of
voters
in nine districts, and lent boats to
the clubs
that had none.
Read more"""


def test_a_small_part_of_a_sentence_that_broke_at_links_stays() -> None:
    assert taken_of(LINKS, 2, 4, 5, 6, 9) == [*LINKS.split("\n")[4:7], "Read more"]


def test_a_text_that_broke_at_every_tag_is_not_asked_about() -> None:
    parts = ["name", ":", "Update web servers", ":", "hosts", ":", "webservers"]
    shipped = model.shipped()
    assert 3 in shipped.find(LINES, "noise", 0.5)
    assert shipped.find(LINES + 2 * parts, "noise", 0.5) == {}


def test_a_sentence_has_to_be_surer() -> None:
    open_line, sentence = "Follow us on Facebook", "Follow us on Facebook."
    shipped = model.shipped()
    forest = shipped.forests["noise"]
    for share, found in ((850_000, [True, False]), (910_000, [True, True])):
        sure = forest._replace(curve=((0, share),))
        made = shipped._replace(forests={**shipped.forests, "noise": sure})
        asked = ([*LINES, line] for line in (open_line, sentence))
        assert [len(LINES) in made.find(a, "noise", 0.8) for a in asked] == found


def test_a_line_whose_words_are_clearly_content_is_left_alone() -> None:
    lines = ["Read more", PROSE, "Read on", "Read more"]
    # not the line right under the story, where a byline may stand; but all behind it
    assert score(tiny(), Asked(lines, [0, 2, 3])) == [0.0, 0.0, 0.9]


@pytest.mark.parametrize("line", [*LINES, "a_b-c'd \x1c e\x85f  g", "A1 b2/c3", "!?"])
def test_both_ways_to_find_words_agree(line: str) -> None:
    found = line_words._WORD.findall(line.casefold())
    assert line_words.plain_words(line) == found


def test_a_line_s_words_add_up() -> None:
    assert tiny().word_codes("Read more") == (3, 0, 1)
    assert tiny().word_codes("Storm hits the coast") == (2, 1, 2)
    assert tiny().word_codes("STORM hits the coast") == (2, 1, 1)


@pytest.mark.parametrize(
    "pair", [(0, 0), (-1, 1), (1, -1), (-70_000, -70_000), (2**30, -(2**30))]
)
def test_packed_weights_come_back(pair: tuple[int, int]) -> None:
    assert scoring.unpacked(scoring.packed(*pair)) == pair


def test_a_file_gives_the_same_model() -> None:
    data = model.dumps(tiny())
    again = model.loads(data)
    assert model.dumps(again) == data
    assert again.forests == tiny().forests
    assert again.digest
    assert pickle.loads(pickle.dumps(again)) == again


def test_half_a_surrogate_pair_in_a_word_is_kept() -> None:
    odd = tiny()._replace(word_table=scoring.word_table({"a\ud800b": 5}))
    assert model.loads(model.dumps(odd)).word_table == odd.word_table


def test_the_shipped_model_is_small_and_certain_of_the_obvious() -> None:
    assert len(model.dumps(model.shipped())) < 2_000_000
    scores = dict(enumerate(scored(LINES, range(len(LINES)))))
    assert scores[3] > 0.7
    assert scores[7] > 0.5
    assert max(scores[2], scores[4]) < 0.1


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"format": "another"}, "not a line model"),
        ({"version": 99}, "version 99; this package reads 3"),
        ({"features": [["length", 3]]}, "made for other features"),
        ({"words": "read\nmore\nand\nnow"}, "as many words"),
        ({"words": "read\nmore\nread"}, "all different"),
        ({"word_noise": [1.5, 2, 0]}, "whole numbers"),
        ({"word_noise": [1 << 40, 0, 0]}, "beyond"),
        ({"noise_cuts": [3, 1]}, "must rise"),
        ({"noise_cuts": list(range(99))}, "must rise"),
        ({"noise_cuts": [1 << 50]}, "a cut is beyond"),
        ({"inset_cuts": [3, 1]}, "must rise"),
        ({"forests": {}}, "no 'noise'"),
    ],
)
def test_a_wrong_file_is_refused(change: dict[str, object], message: str) -> None:
    data = json.dumps(fields() | change).encode()
    with pytest.raises(ModelFileError, match=f"mine: .*{message}"):
        model.loads(data, "mine")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"leaves": 0}, "0 leaves"),
        ({"leaves": 1}, "does not fit"),
        ({"leaves": 1 << 30}, "leaves; 1 to"),
        ({"masks": [["Aw=="]]}, "one mask for each bucket"),
        ({"planes": ["zz"]}, "padding"),
        ({"planes": ["//8="]}, "does not fit"),
        ({"planes": ["AQ=="] * 99}, "99 planes"),
        ({"base": 0.5}, "whole numbers"),
        ({"base": -1 << 50}, "a base is beyond"),
        ({"curve": []}, "must rise"),
        ({"curve": [[0, 5], [1, 4]]}, "must rise"),
        ({"curve": [[0, 0], [1, 2_000_000]]}, "must rise"),
    ],
)
def test_a_wrong_forest_is_refused(change: dict[str, object], message: str) -> None:
    wrong = fields()
    wrong["forests"]["noise"] |= change  # type: ignore[index]
    with pytest.raises(ModelFileError, match=message):
        model.loads(json.dumps(wrong).encode())


@pytest.mark.parametrize("data", [b"", b"\xff\xfe\x00", b"[1]", b"{}", b"[" * 100_000])
def test_what_is_no_model_is_refused(data: bytes) -> None:
    with pytest.raises(ModelFileError):
        model.loads(data)
