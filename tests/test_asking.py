"""How the line model is asked: again of what is left, until it takes none.

The model here takes the last line that opens with "x", and no other.
"""

from collections.abc import Sequence
from types import SimpleNamespace
from typing import cast

import pytest

from cleaner import Cleaner, Config, proposals
from cleaner.document import Document
from cleaner.gaps import Gap
from cleaner.model import LineModel

NOON = "She left the house at noon, " * 9 + "and came to the quay."
DUSK = "Dusk came over the harbour, " * 9 + "and the boats went out."
TEXT = f"{NOON}\n\nx One\n\nx Two\n\n{DUSK}\n\nx Three"

Looks = list[tuple[int, Sequence[int] | None]]  # how many lines, and what is gone


def cleaner_that_looks(looks: Looks, allow: Sequence[str] = ()) -> Cleaner:
    def find(
        lines: Sequence[str],
        _kind: str,
        _least: float,
        _title: str | None,
        gone: Sequence[int] | None,
    ) -> dict[int, float]:
        looks.append((len(lines), gone))
        found = [index for index, line in enumerate(lines) if line.startswith("x")]
        return {found[-1]: 0.9} if found else {}

    cleaner = Cleaner(Config("default").with_(allow=allow))
    model = cast(LineModel, SimpleNamespace(find=find))
    cleaner._tools = cleaner._tools._replace(model=model, surest=0.9)
    return cleaner


def test_all_that_it_takes_one_after_the_other_goes_at_once() -> None:
    looks: Looks = []
    cleaner = cleaner_that_looks(looks)
    assert cleaner.clean(TEXT) == f"{NOON}\n\n{DUSK}"
    assert looks == [
        (5, None),
        (4, [0, 0, 0, 0, 1]),
        (3, [0, 0, 1, 1]),
        (2, [0, 2, 1]),
        (2, [0, 2, 1]),  # by the next pass
    ]


def test_what_went_before_is_told() -> None:
    looks: Looks = []
    tools = cleaner_that_looks(looks)._tools
    proposals.by_line_model(tools, Document(TEXT), [Gap(0, 2, "bio")], "noise")
    assert [gone for _, gone in looks][:2] == [[2, 0, 0, 0, 0, 0], [2, 0, 0, 0, 1]]


@pytest.mark.parametrize(
    ("allowed", "left", "asked"),
    [("x Three", TEXT, 1), ("x Two", TEXT.removesuffix("\n\nx Three"), 3)],
)
def test_a_line_that_may_not_go_ends_it(allowed: str, left: str, asked: int) -> None:
    looks: Looks = []
    cleaner = cleaner_that_looks(looks, allow=[allowed])
    assert cleaner.clean(TEXT) == left
    assert len(looks) == asked
