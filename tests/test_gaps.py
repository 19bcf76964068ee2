"""Where lines went: gaps keep their place between the lines that stay."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from cleaner.document import Document
from cleaner.edits import Edit, apply
from cleaner.gaps import Gap, gaps_after, gone_lines, shortened_lines
from cleaner.spacing import widen

LINES = st.lists(st.sampled_from(["One.", "Two two.", "Three"]), min_size=1, max_size=8)


def cut(document: Document, index: int) -> Edit:
    return Edit(*document.span(index), "", "promotion", "x", 1.0, "x")


@given(LINES, st.data())
def test_each_line_that_goes_is_counted_between_those_that_stay(
    lines: list[str], data: st.DataObject
) -> None:
    text = data.draw(st.sampled_from(["\n", "\n\n", " \r\n"])).join(lines)
    left = list(range(len(lines)))
    gaps: list[Gap] = []
    for _ in range(2):
        document = Document(text)
        going = data.draw(
            st.sets(st.sampled_from(range(len(left)))) if left else st.just(set())
        )
        edits = widen(text, [cut(document, index) for index in sorted(going)])
        gaps = gaps_after(document, gaps, edits)
        text = apply(text, edits)
        left = [place for index, place in enumerate(left) if index not in going]
    bounds = [-1, *left, len(lines)]
    between = [high - low - 1 for low, high in pairwise(bounds)]
    assert (gone_lines(Document(text), gaps) or [0] * len(between)) == between


def test_a_part_of_a_line_is_no_gap() -> None:
    document = Document("One two three.\nThree.")
    assert gaps_after(document, [], [Edit(4, 8, "", "promotion", "x", 1.0, "x")]) == []
    assert gaps_after(document, [], [Edit(0, 8, "", "promotion", "x", 1.0, "x")]) == []
    repair = Edit(0, 8, "Four", "fused", "x", 1.0, "x")
    assert gaps_after(document, [], [repair]) == []


def test_the_end_of_a_line_is_a_gap_until_the_line_goes() -> None:
    document = Document("One.\nTwo three.\nFour.")
    end = [Edit(8, 15, "", "credit", "x", 1.0, "x")]
    gaps = gaps_after(document, [], end)
    assert gaps == [Gap(5, 0, "credit")]
    after = Document("One.\nTwo\nFour.")
    assert shortened_lines(after, gaps, "credit") == [1]
    assert shortened_lines(after, gaps, "bio") == []
    assert gone_lines(after, gaps) is None
    moved = gaps_after(after, gaps, [cut(after, 0)])
    assert moved == [Gap(0, 1, "promotion"), Gap(1, 0, "credit")]
    assert gaps_after(after, gaps, [cut(after, 1)]) == [Gap(5, 1, "promotion")]


def test_a_gap_within_what_goes_stands_where_that_stood() -> None:
    document = Document("One.\nTwo.\nThree.")
    moved = gaps_after(document, [Gap(7, 2, "bio")], [cut(document, 1)])
    assert moved == [Gap(5, 1, "promotion"), Gap(5, 2, "bio")]
