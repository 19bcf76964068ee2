"""The compiled way of the page model says what the plain way says, on any text."""

from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import REAL_TEXTS, documents, texts

from cleaner.document import Document
from cleaner.model import page, page_features, page_storage, page_text
from cleaner.model.page import PageForest, PageModel, PageSums
from cleaner.model.page_context import Rows

_page = pytest.importorskip("cleaner._page", reason="nothing was compiled")
SHIPPED = page_storage.shipped()
COMPILED: Any = SHIPPED.compiled  # it is asked of what is no text, too
FEATURES = len(page_storage.ROWS)
# What the features look at: classes of characters, marks, digits, wide scripts, spaces.
SIGNS = (
    "aAbZ09 \t.,:;!?…\"'“()[]•*-–|/>@#©€ßİıΣςǅéन中文かไ한٣²।。、。\u0301\u00a0\u200b"
    "\u2003\u3000\x1c\x85\r\ud800\udfff\uffff\U0001f600\U00010400\U00020000"
)
line = st.one_of(
    st.text(st.sampled_from(SIGNS), max_size=30),
    st.sampled_from(["Home", "  • Sport", "The bridge", "The bridge is open.", "of"]),
    st.integers(1, 40).map("The bridge over the river stays open. ".__mul__),
)
pages = st.lists(line, max_size=70).map("\n".join)
anything = st.one_of(pages, documents(), texts(), st.text())
titles = st.one_of(st.none(), line, st.just("The bridge over the river"))


def sums_of(model: PageModel, text: str, title: str | None) -> list[list[int]]:
    assert model.compiled is not None
    lines, kinds = model.compiled.sums(text, title)
    starts, ends, words, totals = np.frombuffer(lines, np.int64).reshape(4, -1)
    return as_lists(PageSums(starts, ends, words, totals, kinds))


def as_lists(found: PageSums) -> list[list[int]]:
    return [np.array(part).tolist() for part in found]


def test_a_page_without_a_line_has_no_noise() -> None:
    assert SHIPPED.judge(Document("\u200b")).noise == []
    assert COMPILED.noise(b"") == []


@given(anything, titles)
def test_every_sum_is_the_plain_one(text: str, title: str | None) -> None:
    if Document(text).lines:  # the model is asked of no other
        found = as_lists(page.plain_sums(SHIPPED, page_features.describe(text, title)))
        assert sums_of(SHIPPED, text, title) == found


@pytest.mark.parametrize("title", [None, "A page, and its title"])
def test_scraped_texts_get_the_same_sums(title: str | None) -> None:
    for text in (*REAL_TEXTS, "\n\n".join(REAL_TEXTS)):
        found = as_lists(page.plain_sums(SHIPPED, page_features.describe(text, title)))
        assert sums_of(SHIPPED, text, title) == found


def telling(feature: int, values: set[int]) -> PageModel:
    """A model whose sums rise with each of the feature's values, and right above it."""
    cuts = sorted(values | {value + 1 for value in values})
    cuts += [32_001] * (-len(cuts) % 63)
    trees = np.array(cuts, np.int16).reshape(-1, 63)
    order = [*in_levels(0, 63)]
    return replace(
        SHIPPED,
        forest=PageForest(
            rows=np.full(trees.shape, feature, np.int16),
            thresholds=trees[:, order],
            leaves=np.tile(np.arange(64, dtype=np.int16), (len(trees), 1)),
            base=0,
        ),
    )


def in_levels(low: int, high: int) -> list[int]:
    """The places of a sorted row in the order in which a tree of full levels asks."""
    ranges, order = [(low, high)], []
    while ranges[0][0] < ranges[0][1]:
        order += [(low + high) // 2 for low, high in ranges]
        ranges = [
            half
            for low, high in ranges
            for half in ((low, (low + high) // 2), ((low + high) // 2 + 1, high))
        ]
    return order


@cache
def seen(text: str, title: str | None) -> Rows:
    described = page_features.describe(text, title)
    kinds = page.kind_sums(described.words, SHIPPED.kinds)
    return page.tree_rows(described, page.word_sums(described, SHIPPED.words), kinds)


WORDS = ("The", "bridge", "is", "open,", "it", "said!", "•", "©", "中", "Ä", "9")
LONG = "\n".join(
    "\n" * (n % 4 == 0) + " " * (n % 5) + text * (1 + n % 3)
    for n, text in enumerate(WORDS * 9)
)


@pytest.mark.parametrize("feature", range(FEATURES))
def test_every_feature_is_the_plain_one(feature: int) -> None:
    for text in (LONG, *REAL_TEXTS[::40]):
        for title in (None, "The bridge is open"):
            values = seen(text, title)[feature].tolist()
            model = telling(feature, set(values))
            totals = sums_of(model, text, title)[3]
            assert totals == model.forest.totals(seen(text, title)).tolist()


small = st.integers(-(1 << 15), (1 << 15) - 1)


@st.composite
def forests(draw: st.DrawFn) -> PageForest:
    """Trees that ask alike and unlike things, with leaves near and far."""
    trees, nodes = draw(st.integers(1, 9)), (1 << draw(st.integers(1, 8))) - 1
    random = np.random.default_rng(draw(st.integers(0, 99)))
    lowest, highest = sorted(draw(st.tuples(small, small)))
    asked = draw(st.integers(1, 400))
    return PageForest(
        rows=random.integers(0, FEATURES, (trees, nodes), np.int16),
        thresholds=random.integers(-3, asked, (trees, nodes), np.int16),
        leaves=random.integers(
            lowest, highest, (trees, nodes + 1), np.int16, endpoint=True
        ),
        base=draw(small),
    )


@given(forests(), st.sampled_from((1, 7, 8, 9, 120, 127, 128, 129, 256, 300)))
def test_any_trees_give_the_plain_sums(forest: PageForest, lines: int) -> None:
    text = "\n".join([row for row in LONG.split("\n") * 4 if row][:lines])
    model = replace(SHIPPED, forest=forest)
    assert sums_of(model, text, None)[3] == forest.totals(seen(text, None)).tolist()


def test_every_character_is_seen_as_the_plain_way_sees_it() -> None:
    for start in range(0, 0x20000, 0x1000):
        signs = map(chr, range(start, start + 0x1000))
        text = "\n".join(f"{sign}a{sign}A{sign}" for sign in signs)
        found = as_lists(page.plain_sums(SHIPPED, page_features.describe(text, None)))
        assert sums_of(SHIPPED, text, None) == found


HOSTILE = {
    "a long line": "a" * 3_000_000,
    "a long line of words": "ab " * 700_000,
    "many lines": "a\n" * 100_000,
    "many different lines": "\n".join(map(str, range(60_000))),
    "many blank lines": "\n" * 500_000 + "a",
    "marks": "!\n.\n" * 20_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_texts_get_the_same_sums(text: str) -> None:
    found = as_lists(page.plain_sums(SHIPPED, page_features.describe(text, None)))
    assert sums_of(SHIPPED, text, None) == found


@pytest.mark.parametrize("text", ["", " \n\t\n"])
def test_of_no_lines_nothing_is_told(text: str) -> None:
    lines, kinds = COMPILED.sums(text, "A title")
    assert (lines, kinds) == (b"", (0,) * len(page.KINDS))


line_sums = st.tuples(
    st.integers(0, 9), st.integers(0, 9), st.integers(0, 400), st.integers(-4000, 4000)
)


@given(st.lists(line_sums, min_size=1, max_size=60))
def test_the_noise_is_the_plain_one(rows: list[tuple[int, ...]]) -> None:
    columns = np.array(rows, np.int64).T.copy()
    starts, ends, words, totals = columns
    sums = PageSums(starts, ends, words, totals, (0,))
    expected = page.plain_noise(SHIPPED.chances, sums)
    assert COMPILED.noise(columns.tobytes()) == expected


@given(anything)
def test_the_plain_way_judges_the_same(text: str) -> None:
    plain = replace(SHIPPED)
    vars(plain)["compiled"] = None
    assert plain.judge(Document(text)) == SHIPPED.judge(Document(text))


@pytest.mark.parametrize("lines", ["a", b"a", bytes(31)])
def test_what_is_of_no_lines_is_refused(lines: object) -> None:
    with pytest.raises(TypeError, match="what `sums` gives"):
        COMPILED.noise(lines)


@pytest.mark.parametrize("args", [(b"a", None), ("a", b"b"), ("a",)])
def test_what_is_no_text_is_refused(args: tuple[object, ...]) -> None:
    with pytest.raises(TypeError):
        COMPILED.sums(*args)


@pytest.mark.parametrize(
    "change",
    [
        {0: b"short"},
        {0: b"\x10" * 65536},
        {1: b"short"},
        {2: b"short"},
        {3: b"short"},
        {4: 0},
        {4: 2},
        {4: 1 << 40},
        {5: 2},
        {5: -1},
        {5: 511},
        {6: b"\xff\xff"},
        {6: FEATURES.to_bytes(2, "little")},
        {7: b"short"},
        {8: b"short"},
        {9: b""},
        {9: b"short"},
        {9: b"\xff\xff"},
        {9: (1001).to_bytes(2, "little")},
    ],
)
def test_what_is_no_model_is_refused(change: dict[int, object]) -> None:
    tables = SHIPPED.words.tobytes(), SHIPPED.kinds.tobytes()
    none = bytes(2)
    whole = [*page_text.alphabet(), *tables, 1, 1, none, none, bytes(4), none, 0]
    assert _page.Model(*whole).sums("a", None)
    wrong = [change.get(place, part) for place, part in enumerate(whole)]
    with pytest.raises(ValueError, match=r"page model|not there|a table needs"):
        _page.Model(*wrong)
