from collections.abc import Sequence
from typing import Any

import pytest

pd = pytest.importorskip("pandas", reason="needs pandas")

from pipeline import TEXTS, WANTED, cleaned

import cleaner.integrations.pandas  # noqa: F401  # brings .cleaner

KINDS = ["str", "string", "object", "category"]
each_kind = pytest.mark.parametrize("kind", KINDS)


def series(texts: Sequence[str | None], kind: str) -> Any:
    index = [f"row {number}" for number in range(len(texts))]
    return pd.Series(texts, index=index, dtype=kind, name="body")


@each_kind
def test_a_series_keeps_index_name_and_type(kind: str) -> None:
    given = series(TEXTS, kind)
    was = given.copy()
    done = given.cleaner.clean()
    wanted = series(WANTED, kind)
    pd.testing.assert_series_equal(done, wanted, check_category_order=False)
    pd.testing.assert_series_equal(given, was)


@each_kind
def test_nothing_stays_nothing(kind: str) -> None:
    for texts in ([], [None, None]):
        given = series(texts, kind)
        done = given.cleaner.clean()
        pd.testing.assert_series_equal(done, given)


def test_categories_keep_their_order() -> None:
    kinds = ["She stayed.", "He left.\n\nAdvertisement", "He left.", "Unused."]
    ordered = pd.CategoricalDtype(kinds, ordered=True)
    done = pd.Series([*kinds[:3], None], dtype=ordered).cleaner.clean()
    assert done.dtype == pd.CategoricalDtype([kinds[0], *kinds[2:]], ordered=True)
    assert done.min() == "She stayed."
    assert done.to_list()[:3] == ["She stayed.", "He left.", "He left."]
    assert done.isna()[3]


def test_what_is_missing_stays_as_it_was() -> None:
    missing = [None, float("nan"), pd.NA]
    done = pd.Series([*missing, "He left."], dtype=object).cleaner.clean()
    assert [type(value) for value in done[:3]] == [type(value) for value in missing]


def test_labels_may_stand_twice_in_the_index() -> None:
    given = pd.Series(TEXTS, index=[0] * len(TEXTS))
    assert given.cleaner.clean().astype(object).where(
        given.notna(), None
    ).to_list() == (WANTED)


def test_the_configuration_counts() -> None:
    given = series(TEXTS, "object")
    wanted = series(cleaned(TEXTS, "strict"), "object")
    pd.testing.assert_series_equal(given.cleaner.clean("strict"), wanted)


def test_numbers_are_an_error_that_names_the_row() -> None:
    with pytest.raises(TypeError, match=r"texts\[0\].* cleaner takes str, not int"):
        pd.Series([1, 2]).cleaner.clean()
    with pytest.raises(TypeError, match=r"texts\[3\]"):
        pd.Series(["He left.", None, None, 5], dtype=object).cleaner.clean()
