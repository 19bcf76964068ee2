"""Arrow columns of every kind hold what the library gives, however they are cut."""

import sys
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

pa = pytest.importorskip("pyarrow", reason="needs pyarrow")

from pipeline import ROOT

sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "benchmarks")]

from laws import PRESETS
from strategies import REAL_TEXTS, documents, texts

from cleaner import Cleaned, Cleaner, Edit, apply
from cleaner.integrations.arrow import clean_array, clean_table

KINDS = [
    *(pa.string(), pa.large_string(), pa.string_view()),
    pa.dictionary(pa.int32(), pa.string()),
]
each_preset = pytest.mark.parametrize("preset", PRESETS)
rows_of_texts = st.lists(st.one_of(documents(), texts(), st.none()), max_size=5)


def held(rows: Sequence[str | None]) -> list[str | None]:
    """The rows as Arrow can hold them: it knows no lone surrogates."""
    return [row and row.encode("utf-8", "replace").decode() for row in rows]


def check_table(rows: Sequence[str | None], kind: Any, preset: str) -> None:
    """The table's rows are the library's, can be replayed, and are clean."""
    column = pa.array(rows, pa.string()).cast(kind)
    table = clean_table(pa.table({"text": column}), edits="cut", config=preset)
    done: list[Cleaned | None] = Cleaner(preset).explain_many(rows)
    for text, row, wanted in zip(rows, table.to_pylist(), done, strict=True):
        if text is None or wanted is None:
            assert row == {"text": None, "cut": None}
            continue
        edits = [Edit(**cut) for cut in row["cut"]]
        assert edits == list(wanted.edits)
        assert apply(text, edits) == row["text"] == wanted.text
    clean = table.column("text")
    assert clean_array(clean, preset) is clean


@each_preset
@pytest.mark.parametrize("kind", KINDS, ids=str)
def test_every_text_at_hand(kind: Any, preset: str) -> None:
    step = 1 if (kind, preset) == (pa.string(), "default") else 7
    check_table([*held(REAL_TEXTS[::step]), None], kind, preset)


@each_preset
@settings(max_examples=settings().max_examples // 5)
@given(rows=rows_of_texts, kind=st.sampled_from(KINDS))
def test_any_text(preset: str, rows: list[str | None], kind: Any) -> None:
    check_table(held(rows), kind, preset)


@each_preset
@settings(max_examples=settings().max_examples // 5)
@given(rows=rows_of_texts, cuts=st.lists(st.integers(0, 5), max_size=3))
def test_any_chunking(preset: str, rows: list[str | None], cuts: list[int]) -> None:
    rows = held(rows)
    edges = [0, *sorted(min(cut, len(rows)) for cut in cuts), len(rows)]
    chunks = [pa.array(rows[a:b], pa.string()) for a, b in pairwise(edges)]
    column = pa.chunked_array(chunks, pa.string())
    clean = clean_array(column, preset)
    assert clean.to_pylist() == Cleaner(preset).clean_many(rows)
    assert [len(chunk) for chunk in clean.chunks] == [len(chunk) for chunk in chunks]
    assert (clean is column) == (clean.to_pylist() == rows)
