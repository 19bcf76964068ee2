"""Edits by hand: which of two wins, what blank space goes, how two passes join."""

import sys
from itertools import pairwise
from typing import Any

import pytest
from editlib import cut, put
from hypothesis import given
from hypothesis import strategies as st

from cleaner.edits import Edit, apply, compose, resolve
from cleaner.spacing import BLANK, ZERO_WIDTH, widen, without_blank


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
        ("A. NOISE  B.", "A.  B."),
        ("A\n\u200b\nNOISE\n \nB", "A\n\u200b\nB"),  # the first, if equal
        ("A\r\nNOISE\r\n\r\nB", "A\r\n\r\nB"),
        ("A\nNOISE\r\nB", "A\r\nB"),
        ("A \nNOISE\n B", "A \n B"),
        ("A  \nNOISE\n\n\nB", "A  \n\n\nB"),
        ("NOISE\n\n\n", "\n\n\n"),
        (" NOISE ", "  "),
        ("NOISE", ""),
        ("NOISE \nA", "A"),
        (" NOISE\n\n\nA", "A"),
        ("A  NOISE", "A"),
        ("A  NOISE \n", "A \n"),
        ("  NOISE A", "  A"),
        ("A\n  NOISE  B", "A\n  B"),
        ("A NOISE, NOISE B", "A, B"),  # a mark clings to the word in front
        ("A NOISE . B", "A. B"),
        ("A Inc. NOISE, B", "A Inc., B"),
        ("A. NOISE. B", "A. . B"),
        ("“A” NOISE. B", "“A”. B"),
        ("A (B NOISE) C", "A (B) C"),
        ("A NOISE : B", "A : B"),  # as in French
        ("A NOISE ... B", "A ... B"),
        ("A NOISE .net B", "A .net B"),
        ("A NOISE!= B", "A != B"),
        ("A NOISE, ![b](c)", "A, ![b](c)"),
        ("- NOISE. B", "- . B"),
        ("A\u200d NOISE, B", "A\u200d , B"),  # it shapes the letter
        ("ANOISEB NOISE C", "AB C"),
        ("A NOISE\u3000\u200b NOISE B", "A B"),
    ],
)
def test_blank_space_around_a_removal(text: str, expected: str) -> None:
    assert without(text, "NOISE") == expected


def test_a_repair_takes_no_blank_space() -> None:
    assert widen("one  two", [put(4, "x", 5)]) == [put(4, "x", 5)]
    edits = [put(0, "x", 1), cut(2, 3), put(4, "x", 5), cut(6, 7)]
    assert widen("a b c d", edits) == [edits[0], cut(2, 4), edits[2], cut(5, 7)]
    assert widen("a b c d", [cut(0, 1), put(2, "x", 3)])[0] == cut(0, 2)


def test_of_a_run_of_removals_each_takes_the_space_before_the_next() -> None:
    assert widen("A\n\nB\nC \n\nD", [cut(3, 4), cut(5, 6)]) == [cut(3, 5), cut(5, 9)]
    assert widen("A. B C. D", [cut(3, 4), cut(5, 6)]) == [cut(3, 5), cut(5, 6)]


@pytest.mark.parametrize(
    "sign", [*"\t\n\r\x0b\x0c\x1c\x85\xa0\u2009\u2028\u3000", *ZERO_WIDTH]
)
def test_blank_space_of_every_kind_goes(sign: str) -> None:
    assert sign in BLANK
    assert without(f"A{sign}{sign}NOISE{sign}B", "NOISE") == f"A{sign}{sign}B"


def test_what_python_takes_for_space_is_blank() -> None:
    spaces = {char for char in map(chr, range(sys.maxunicode + 1)) if char.isspace()}
    assert set(BLANK) == spaces | set(ZERO_WIDTH)
    assert len(BLANK) == len(set(BLANK))


def test_no_letter_is_blank() -> None:
    assert not any(map(str.isprintable, BLANK.replace(" ", "")))
    assert not set(BLANK) & set("\u0301\x00\ufffe\u2063")


def test_without_edits_the_text_is_the_same_object() -> None:
    text = "ab"
    assert apply(text, []) is text
    assert apply(text, [cut(0, 1)]) == "b"


@pytest.mark.parametrize(
    "edits",
    [
        [cut(2, 3), cut(0, 1)],
        [cut(0, 2), cut(1, 3)],
        [cut(2, 1)],
        [cut(3, 5)],
        [cut(-1, 1)],
    ],
)
def test_edits_that_fit_no_text_are_refused(edits: list[Edit]) -> None:
    with pytest.raises(ValueError, match="out of order, overlapping or not in the"):
        apply("abcd", edits)


@pytest.mark.parametrize("edits", [[], [Edit(0, 1, "", "notice", "x", 1.0, "")]])
@pytest.mark.parametrize("wrong", [b"text", None, 5])
def test_what_is_no_text_is_refused(wrong: object, edits: list[Edit]) -> None:
    with pytest.raises(TypeError, match="cleaner takes str"):
        apply(wrong, edits)  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", [dict, list, tuple])
def test_rows_that_are_no_edits_are_refused_and_lead_to_edits(kind: type) -> None:
    edit = cut(0, 1)
    row: Any = edit._asdict() if kind is dict else kind(edit)
    name = kind.__name__
    with pytest.raises(
        TypeError, match=rf"edits, not {name}: Edit\(\*\*row\) .* a dict"
    ):
        apply("ab", [row])
    made = Edit(**row) if kind is dict else Edit(*row)
    assert apply("ab", [made]) == "b"


@pytest.mark.parametrize(
    ("text", "edits", "expected"),
    [
        ("One. Two", [cut(4, 5, "bio"), cut(5, 8)], [cut(4, 8)]),
        ("One. Two", [cut(0, 4), cut(4, 5, "bio")], [cut(0, 5)]),
        ("One. Two", [cut(0, 4), cut(4, 5), cut(5, 8)], [cut(0, 5), cut(5, 8)]),
        ("One. Two", [cut(0, 4), cut(5, 8)], [cut(0, 4), cut(5, 8)]),
        ("One. Two", [cut(0, 3), cut(4, 5)], [cut(0, 3), cut(4, 5)]),
        ("One. Two", [cut(0, 4), put(4, "x", 5)], [cut(0, 4), put(4, "x", 5)]),
        ("One. Two", [put(0, "x", 4), cut(4, 5)], [put(0, "x", 4), cut(4, 5)]),
        ("One. Two", [put(4, "x", 5), cut(5, 8)], [put(4, "x", 5), cut(5, 8)]),
        ("One. Two", [cut(1, 2), cut(2, 3)], [cut(1, 2), cut(2, 3)]),
        ("a bc", [cut(1, 2), cut(2, 3), cut(3, 4)], [cut(1, 3), cut(3, 4)]),
    ],
)
def test_mere_blank_space_is_told_with_its_neighbour(
    text: str, edits: list[Edit], expected: list[Edit]
) -> None:
    assert without_blank(text, edits) == expected


def test_a_removal_takes_no_blank_space_that_is_repaired() -> None:
    text = "One.\n\x85Shop!\x85\nTwo."  # a broken "…", and blank until it is repaired
    edits = [put(5, "…", 6), cut(6, 11), put(11, "…", 12)]
    assert widen(text, edits) == edits


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


def test_compose_counts_what_went_before() -> None:
    first = [cut(0, 1), put(2, "XY", 3), cut(4, 6)]
    assert compose(first, [cut(4, 5)]) == [*first, cut(6, 7)]
    assert compose(first, [cut(0, 1)]) == [cut(0, 1), cut(1, 2), *first[1:]]
    assert compose(first, [cut(3, 4)]) == [*first[:2], cut(3, 4), cut(4, 6)]
    assert compose([cut(0, 1)], [cut(3, 4)]) == [cut(0, 1), cut(4, 5)]


def test_of_several_the_longest_gives_the_name() -> None:
    both = [cut(1, 2, "bio"), cut(2, 6, "notice")]
    assert compose([put(1, "XY", 2)], both) == [cut(1, 5, "notice")]


def test_compose_keeps_apart_what_only_touches() -> None:
    assert compose([cut(2, 4)], [put(2, "x", 3)]) == [cut(2, 4), put(4, "x", 5)]
    assert compose([cut(2, 4)], [put(1, "x", 2)]) == [put(1, "x", 2), cut(2, 4)]


def test_a_removal_swallows_a_repair_and_leaves_what_follows() -> None:
    first = [put(2, "X", 3), cut(4, 6, "bio")]
    assert compose(first, [cut(1, 5, "notice")]) == [
        cut(1, 4, "notice"),
        cut(4, 6, "bio"),
        cut(6, 7, "notice"),
    ]


def test_compose_drops_what_undoes_itself() -> None:
    assert compose([put(2, "X")], [cut(2, 3)]) == []


spans = st.tuples(st.integers(0, 9), st.integers(0, 4))


@given(st.lists(spans, max_size=8))
def test_what_is_resolved_is_sorted_apart_and_all_that_can_be(
    spans: list[tuple[int, int]],
) -> None:
    edits = [cut(start, start + size, str(n)) for n, (start, size) in enumerate(spans)]
    chosen = resolve(edits)
    assert chosen == sorted(chosen, key=lambda edit: edit.start)
    assert not any(is_near(a, b) for a, b in pairwise(chosen))
    for number, edit in enumerate(edits):
        stronger = [
            other
            for at, other in enumerate(edits)
            if (other.start - other.end, at) < (edit.start - edit.end, number)
        ]
        beaten = any(other in chosen and is_near(edit, other) for other in stronger)
        assert (edit in chosen) != beaten


def test_a_clash_among_many_edits_settles_its_own_run_alone() -> None:
    apart = [cut(at, at + 2) for at in range(0, 300, 5)]
    longer, shorter = cut(101, 107), cut(106, 108)
    chosen = resolve([*apart, shorter, longer])
    assert chosen == sorted({*apart, longer} - {cut(100, 102), cut(105, 107)})


def is_near(a: Edit, b: Edit) -> bool:
    """Whether two share a character, or an insertion stands in or at the other."""
    low, high = max(a.start, b.start), min(a.end, b.end)
    return low < high or (low == high and (a.start == a.end or b.start == b.end))
