"""Edits by hand: which of two wins, what blank space goes, how two passes join."""

import pytest

from cleaner.edits import Cleaned, Edit, apply, compose, resolve, widen


def cut(start: int, end: int, label: str = "promotion") -> Edit:
    return Edit(start, end, "", label, "test", 1.0, "test")


def put(at: int, text: str, end: int | None = None) -> Edit:
    return Edit(at, at if end is None else end, text, "fused", "test", 1.0, "test")


def without(text: str, noise: str) -> str:
    """The text after each occurrence of `noise` is removed."""
    edits = []
    at = text.find(noise)
    while at >= 0:
        edits.append(cut(at, at + len(noise)))
        at = text.find(noise, at + len(noise))
    return apply(text, widen(text, edits))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A\n\nNOISE\n\nB", "A\n\nB"),
        ("A\nNOISE\n\nB", "A\n\nB"),  # the longer separator stays
        ("A\n\nNOISE\nB", "A\n\nB"),
        ("A\r\n\r\nNOISE\r\nB\r\n", "A\r\n\r\nB\r\n"),
        ("A\n\nNOISE\nNOISE\n\n\nB", "A\n\n\nB"),
        ("A\n\nNOISE", "A"),
        ("A\n\nNOISE\n", "A\n"),  # the final newline stays
        ("A\n\nNOISE\n \n\n", "A\n \n\n"),
        ("NOISE\n\nA", "A"),
        ("\n\nNOISE\n\nA", "\n\nA"),
        ("NOISE\nNOISE\nA\nNOISE\n", "A\n"),
        ("A  \n   NOISE  \n    B", "A  \n    B"),  # indentation belongs to its line
        ("A\n\u200b\nNOISE\nB", "A\n\u200b\nB"),
        ("A. NOISE B.", "A. B."),
        ("A.  NOISE B.", "A.  B."),
        ("A. NOISE\n\nB", "A.\n\nB"),
        ("A. NOISE  \nB", "A.  \nB"),
        ("A\n\nNOISE B.", "A\n\nB."),
        ("A\nNOISE  B.", "A\nB."),  # a line break outweighs spaces
        ("A. NOISE", "A."),
        ("NOISE A.", "A."),
        ("A (NOISE) B", "A () B"),
    ],
)
def test_blank_space_around_a_removal(text: str, expected: str) -> None:
    assert without(text, "NOISE") == expected


def test_a_repair_takes_no_blank_space() -> None:
    assert widen("one  two", [put(4, "x", 5)]) == [put(4, "x", 5)]


def test_the_longer_wins_then_the_earlier_proposed() -> None:
    line, part, other = cut(0, 20, "bio"), cut(5, 9, "credit"), cut(15, 25, "notice")
    assert resolve([part, other, line]) == [line]
    first, second = cut(3, 6, "bio"), cut(3, 6, "notice")
    assert resolve([first, second]) == [first]


def test_neighbours_both_stay() -> None:
    assert resolve([cut(5, 9), cut(0, 5)]) == [cut(0, 5), cut(5, 9)]


def test_an_insertion_needs_room() -> None:
    assert resolve([put(5, " "), cut(0, 5)]) == [cut(0, 5)]
    assert resolve([put(6, " "), cut(0, 5)]) == [cut(0, 5), put(6, " ")]


def test_compose_keeps_the_names_of_removals_that_meet() -> None:
    text = "abcdefgh"
    first, second = [cut(2, 4, "bio")], [cut(1, 4, "notice")]
    both = compose(first, second)
    assert [(e.start, e.end, e.label) for e in both] == [
        (1, 2, "notice"),
        (2, 4, "bio"),
        (4, 6, "notice"),
    ]
    assert apply(text, both) == "agh"


def test_a_removal_leaves_a_repair_its_rest() -> None:
    both = compose([put(2, "XYZ", 4)], [cut(4, 6, "notice")])
    assert both == [put(2, "XY", 4), cut(4, 5, "notice")]
    assert apply("abcdefgh", both) == "abXYfgh"
    both = compose([put(2, "XYZ", 4)], [cut(1, 3, "notice"), cut(4, 6, "bio")])
    assert both == [cut(1, 2, "notice"), put(2, "Y", 4), cut(4, 5, "notice")]


def test_a_repair_that_meets_another_edit_takes_its_place() -> None:
    assert compose([put(2, "XYZ", 4)], [put(4, "z", 6)]) == [put(2, "XYz", 5)]
    both = compose([cut(2, 4, "bio")], [put(1, "bC", 3)])
    assert both == [put(1, "bC", 5)]


def test_compose_drops_what_undoes_itself() -> None:
    assert compose([put(2, "X")], [cut(2, 3)]) == []


def test_offsets_of_what_is_gone_and_what_is_repaired() -> None:
    text = "One. Shop! theIsis."
    edits = (cut(5, 11), put(14, " "))
    done = Cleaned(apply(text, edits), edits, text, ())
    assert done.text == "One. the Isis."
    assert [done.to_original(n) for n in (0, 4, 5, 9, 14)] == [0, 4, 11, 14, 19]
    assert [done.from_original(n) for n in (0, 7, 11, 15, 19)] == [0, 5, 5, 10, 14]
