from collections.abc import Sequence
from typing import Any

import pytest

pl = pytest.importorskip("polars", reason="needs polars")

from pipeline import CLEAN, TEXTS, WANTED, cleaned

import cleaner.integrations.polars  # noqa: F401  # brings .cleaner
from cleaner.errors import UnknownNameError

CLEANED = pl.col("text").cleaner.clean()


def frame(texts: Sequence[str | None], kind: Any = pl.String) -> Any:
    return pl.DataFrame({"text": pl.Series(texts, dtype=kind), "id": range(len(texts))})


@pytest.mark.parametrize("kind", [pl.String, pl.Categorical])
def test_a_column_is_cleaned(kind: Any) -> None:
    done = frame(TEXTS, kind).with_columns(CLEANED)
    assert done["text"].to_list() == WANTED
    assert done.schema == {"text": pl.String, "id": pl.Int64}
    assert done["id"].to_list() == list(range(len(TEXTS)))


@pytest.mark.parametrize("engine", ["in-memory", "streaming"])
def test_lazily_and_streaming_too(engine: Any) -> None:
    texts = TEXTS * 50
    done = frame(texts).lazy().with_columns(CLEANED).collect(engine=engine)
    assert done["text"].to_list() == WANTED * 50


def test_in_groups_and_filters() -> None:
    done = frame(TEXTS).filter(pl.col("text") != CLEANED)["text"].to_list()
    pairs = zip(TEXTS, WANTED, strict=True)
    assert done == [text for text, wanted in pairs if text != wanted]


def test_nothing_stays_nothing() -> None:
    for texts in ([], [None, None], CLEAN):
        assert frame(texts).with_columns(CLEANED).equals(frame(texts))


def test_the_configuration_counts() -> None:
    done = frame(TEXTS).select(pl.col("text").cleaner.clean("strict"))
    assert done["text"].to_list() == cleaned(TEXTS, "strict")


def test_a_wrong_preset_is_told_at_once() -> None:
    with pytest.raises(UnknownNameError, match="did you mean 'strict'"):
        pl.col("text").cleaner.clean("strickt")


def test_numbers_are_an_error() -> None:
    with pytest.raises(Exception, match="a column of strings, not of int64"):
        frame([]).select(pl.Series("text", [1]).cast(pl.Int64).alias("text")).select(
            CLEANED
        )
