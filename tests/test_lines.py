"""The compiled way of the line model says what the plain way says, on any text."""

from array import array
from collections.abc import Sequence
from functools import cache
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import REAL_TEXTS, documents, texts

from cleaner import model
from cleaner.document import Document
from cleaner.model import features, line_words, scoring, storage
from cleaner.model.features import copies_of
from cleaner.model.scoring import Asked, word_table

_lines = pytest.importorskip("cleaner._lines", reason="nothing was compiled")
KINDS: tuple[scoring.Kind, ...] = get_args(scoring.Kind)
NAMES = [name for name, _ in storage.LAYOUT]
WORDS = ["read", "^read", "more$", "ss", "^点击", "bühne", "\U0001f600", "a"]
WORDS += ["=Read", "=read", "=A", "=ß", "=点击"]
# What the codes look at: marks, cases that fold to more or less, digits and scripts.
SIGNS = (
    "aAbZ09 \t.,:;!?…\"'“„”’«»()[]（）|@©®•*-–—>/w%_ßİıſΣςᾳŉǅΐﬁ²½٣ष点击"
    "查看ไทยក។。！？、．：।\u0301\u00a0\u2003\u3000\x1c\x85\ud800\udfff"
    "\uffff\U0001f600\U00010400\U0001d7d8\U00020000"
)
marked = st.text(st.sampled_from(SIGNS), max_size=60)
item = st.builds(
    "{}{}{}".format,
    st.sampled_from(["", "4", "12", "2024", "D4", "Dr", "iii", "٣", "²", "_", "Σ1"]),
    st.sampled_from([".", ":", ")", "、", "．", "：", "）", "-"]),
    st.sampled_from(["", " Ana", "..."]),
)
links = st.sampled_from(["www.a.de", "http://a", "Read more: x", "A - B – C", '"a."'])
lines_of_text = st.lists(st.one_of(marked, item, links, st.text()), max_size=12)
anything = st.one_of(documents(), texts(), lines_of_text.map("\n".join))


BITS = 6  # in which every code has room
AT_ONCE = 4  # features whose codes one sum tells


@cache
def spelling(names: Sequence[str]) -> scoring.LineModel:
    """A model whose sums are a line's codes of these features, side by side."""
    masks, planes, leaves = [], [0] * BITS * AT_ONCE, 0
    for name, size in storage.LAYOUT:
        own = range(size) if name in names else range(0)
        others = ~(((1 << len(own)) - 1) << leaves)
        masks.append(
            [others | 1 << leaves + code if own else others for code in range(size)]
        )
        for code in own:
            shift = BITS * names.index(name)
            for power in range(BITS):
                planes[shift + power] |= (code >> power & 1) << leaves + code
        leaves += len(own)
    cut = (1 << leaves) - 1
    bounded = tuple(tuple(mask & cut for mask in row) for row in masks)
    forest = scoring.LineForest(leaves, bounded, tuple(planes), 0, ((0, 0),))
    weights = {w: scoring.packed(3 * n - 9, 11 - 4 * n) for n, w in enumerate(WORDS)}
    cuts = tuple(range(-9, 24)), tuple(range(-16, 17)), tuple(range(8, 41))
    forests: dict[scoring.Kind, scoring.LineForest] = dict.fromkeys(KINDS, forest)
    return scoring.LineModel("", word_table(weights), *cuts, forests, "")


SPELLING = [
    spelling(tuple(NAMES[at : at + AT_ONCE])) for at in range(0, len(NAMES), AT_ONCE)
]


def test_a_spelling_model_tells_the_codes() -> None:
    lines = ["Read more", "Storm hits the coast of the north, he said."]
    texts = list(map(line_words.plain_words, lines))
    rows = features.describe(lines, [0, 1], texts)
    asked = Asked(lines, [0, 1], kind="not_body")
    spelt = [scoring.totals(made, asked) for made in SPELLING]
    for at, row in enumerate(rows):
        sums = [sum_of[at] for sum_of in spelt]
        codes = [
            s >> BITS * n & 63 for s in sums if s is not None for n in range(AT_ONCE)
        ]
        assert codes[: len(row)] == list(row)


def plain(
    made: scoring.LineModel,
    lines: Sequence[str],
    title: str | None,
    gone: Sequence[int] | None,
    kind: scoring.Kind,
) -> list[int | None]:
    return scoring.plain_totals(
        made, Asked(lines, range(len(lines)), title, gone, kind)
    )


@given(anything)
def test_the_same_lines_are_suspects(text: str) -> None:
    lines = Document(text).lines
    assert features.suspects(lines) == features.plain_suspects(lines)


@given(anything, st.data())
def test_every_code_and_sum_is_the_plain_one(text: str, data: st.DataObject) -> None:
    lines = Document(text).lines
    count = len(lines) + 1
    counts = st.lists(st.integers(0, 25), min_size=count, max_size=count)
    title = data.draw(st.one_of(st.none(), marked, st.sampled_from([*lines, ""])))
    gone = data.draw(st.one_of(st.none(), counts))
    for made in (*SPELLING, model.shipped()):
        for kind in KINDS:
            asked = Asked(lines, range(len(lines)), title, gone, kind)
            found = scoring.totals(made, asked)
            assert found == plain(made, lines, title, gone, kind)


def test_scraped_lines_get_the_same_sums() -> None:
    for lines in (Document(text).lines for text in REAL_TEXTS):
        for kind in KINDS:
            title = lines[0] if lines else None
            asked = Asked(lines, range(len(lines)), title, None, kind)
            found = scoring.totals(model.shipped(), asked)
            assert found == plain(model.shipped(), lines, title, None, kind)


def test_every_character_is_seen_as_the_plain_way_sees_it() -> None:
    made = spelling(("end", "start", "case", "word_noise"))
    cased = spelling(("word_inset",))
    for start in range(0, 0x20000, 0x1000):
        signs = map(chr, range(start, start + 0x1000))
        lines = [f"{sign} a{sign}A{sign}" for sign in signs if not sign.isspace()]
        for spelt, split in (
            (made, line_words.plain_words),
            (cased, line_words.cased_words),
        ):
            weights = {word: 8 for line in lines for word in split(line)}
            one = spelt._replace(word_table=word_table(weights))
            asked = Asked(lines, range(len(lines)), kind="not_body")
            found = scoring.totals(one, asked)
            assert found == plain(one, lines, None, None, "not_body")
        told = [*lines, "x" * 300_000]
        assert features.suspects(told) == features.plain_suspects(told)


@pytest.mark.parametrize(
    ("lines", "chosen", "gone"),
    [
        ([""], [0], None),
        ([" a"], [0], None),
        (["a", 1], [0], None),
        (["a"], [1], None),
        (["a"], [-1], None),
        (["a"], ["0"], None),
        (["a"], [0], [0]),
        (["a"], [0], [0, -1]),
        (["a"], [0], [0, 1 << 40]),
        (["a"], [0], [0, "1"]),
    ],
)
def test_what_is_no_document_is_refused(
    lines: list[str], chosen: list[int], gone: list[int] | None
) -> None:
    rest = (0, 0)
    made: Any = model.shipped().compiled
    assert len(made.totals(["a"], [0], None, None, copies_of, [0, 0], *rest)) == 1
    with pytest.raises((ValueError, TypeError, IndexError)):
        made.totals(lines, chosen, None, None, copies_of, gone, *rest)


def test_copies_that_are_not_counted_in_a_dict_are_refused() -> None:
    made: Any = model.shipped().compiled
    with pytest.raises(ValueError, match="dict"):
        made.totals(["a"], [0], None, None, list, None, 1, 0)


@pytest.mark.parametrize(
    "change",
    [
        {0: b"short"},
        {1: b"short"},
        {2: {"a": 1}},
        {2: "a"},
        {2: "a\nb\nc"},
        {3: array("q", [1, 1 << 62 | 1])},
        {4: (tuple(range(34)), (1,), (1,))},
        {4: ((1,), ("a",), (1,))},
        {4: ((1,), (1,))},
        {5: ((1, b"", b"", 0),) * 2},
        {5: ((0, b"", b"", 0),) * 2},
        {5: ((1, bytes(8 * sum(n for _, n in storage.LAYOUT)), b"1", 0),) * 2},
        {5: ((1, bytes(8 * sum(n for _, n in storage.LAYOUT)), b"", 1 << 41),) * 2},
    ],
)
def test_what_is_no_model_is_refused(change: dict[int, object]) -> None:
    forest = SPELLING[0].forests["noise"].in_cells()
    whole = [
        features.classes(),
        line_words.folds(),
        "a\nb",
        array("q", [1, 2]),
        ((1,),) * 3,
        (forest,) * 2,
    ]
    assert _lines.Model(*whole)
    wrong = [change.get(place, part) for place, part in enumerate(whole)]
    with pytest.raises((ValueError, TypeError, OverflowError)):
        _lines.Model(*wrong)
