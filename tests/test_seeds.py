"""The three original documents, each with a marked twin."""

from pathlib import Path

import pytest
from caselib import Case, parsed
from test_cases import check

SEEDS = Path(__file__).parents[1] / "seeds"
NAMES = sorted(path.stem for path in SEEDS.glob("*.txt"))


def twin(name: str) -> Case:
    marked = (SEEDS / "marked" / f"{name}.txt").read_text(encoding="utf-8")
    return parsed(f"{name}\n{marked}")


def seed(name: str) -> str:
    return (SEEDS / f"{name}.txt").read_bytes().decode()


def test_there_are_three() -> None:
    assert len(NAMES) == 3


@pytest.mark.parametrize("name", NAMES)
def test_twin_is_the_seed_byte_for_byte(name: str) -> None:
    assert twin(name).text == seed(name)


@pytest.mark.parametrize("name", NAMES)
def test_seed_comes_out_as_marked(name: str) -> None:
    check(twin(name), "default")


def test_paragraphs_stay_one_blank_line_apart() -> None:
    from cleaner import clean

    for name in NAMES:
        text = clean(seed(name))
        assert "\n\n\n" not in text
        assert text == text.strip()
        assert text.count("\n\n") == text.count("\n") / 2
