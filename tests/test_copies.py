"""What a copy is: each document, and the lines that go from it, and why."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_duplicates import LEAD, ROWS
from test_duplicates import PARAGRAPHS as P

from cleaner.detectors.duplicates import openings, pull_quotes
from cleaner.detectors.duplicates.measures import (
    folded,
    has_spaces,
    is_paragraph,
    is_wide,
    stem,
    word_count,
)
from cleaner.detectors.duplicates.pull_quotes import find_pull_quotes
from cleaner.document import Document
from cleaner.languages import LANGUAGES

H = "Ferry saved for now"
_MARK = re.compile(r"⟦(.*?)\|(.*)⟧")


def cases() -> list[object]:
    """Each case of the file as its lines, and why some of them go."""
    text = Path(__file__).with_name("copies.txt").read_text(encoding="utf-8")
    blocks = [block.split("\n") for block in text.rstrip("\n").split("\n\n=== ")[1:]]
    return [pytest.param(*parsed(lines), id=name) for name, *lines in blocks]


def parsed(marked: list[str]) -> tuple[list[str], dict[int, str]]:
    known = {"x": "x" * 100, "tab": "\t"}
    lines = [_MARK.sub(r"\2", line).format(*P, **known) for line in marked]
    found = ((at, _MARK.fullmatch(line)) for at, line in enumerate(marked))
    return lines, {at: mark[1] for at, mark in found if mark}


def reasons(text: str, title: str | None = None) -> dict[int, str]:
    """Why each line goes that does, by its place."""
    document = Document(text, title=title)
    found = [finding for row in ROWS for finding in row.find(document)]
    return {text[: cut.start].count("\n"): cut.reason for cut in found}


@pytest.mark.parametrize(("lines", "expected"), cases())
def test_what_is_a_copy(lines: list[str], expected: dict[int, str]) -> None:
    assert reasons("\n".join(lines)) == expected


def test_the_title_is_a_headline_wherever_it_first_stands() -> None:
    near = ["Local news.", H, H, LEAD]
    assert reasons("\n".join(near)) == {}
    assert reasons("\n".join(near), H) == {2: "headline"}
    assert reasons("\n".join(["Local news.", "Hm", *[H, "Hm 2"] * 2, LEAD]), H) == {}


def gone(text: str) -> list[tuple[str, str]]:
    """What goes, and why."""
    document = Document(text)
    found = [finding for row in ROWS for finding in row.find(document)]
    return [(text[cut.start : cut.end].strip(), cut.reason) for cut in found]


def test_the_sentences_of_a_line() -> None:
    line = " ".join(P)
    assert gone(f"{P[0]} {line}") == [(P[0], "adjacent")]
    assert gone(f"{line} Hm. {P[1]} So it ends.") == []  # the story may quote it
    assert gone(line) == gone(P[0]) == []
    # In one line the start of a longer sentence is the story's own.
    assert gone(f"{P[1]} {LEAD[:44]}. {P[2]} {LEAD}") == []


@pytest.mark.parametrize("end", [*".!?…।。！？", '."', "!”", "?»"])
def test_sentences_end_in_marks_of_every_script(end: str) -> None:
    sentence = P[1].rstrip(".") + end
    assert gone(f"{P[0]} {sentence} {sentence} {P[3]}") == [(sentence, "adjacent")]


def test_sentences_of_a_line_that_stand_again() -> None:
    """Few may be quoted from a text printed in full; many, or at once, are copies."""
    few, many = P[:2], [*P, "It was decided by the board in the end, after an hour."]
    hm = "Hm. So it went on. Nobody knew what would come of it in the end."
    assert gone(f"{' '.join(few)} {hm} {' '.join(few)} So it ends.") == []
    for parts, between in ((few, ""), (many, hm)):
        text = f"{' '.join(parts)} {between} {' '.join(parts)} So it ends."
        assert gone(text) == [(part, "block") for part in parts]


def test_an_abbreviation_ends_no_sentence() -> None:
    broken = P[1].rstrip(".") + " by Dr."
    text = f"{P[0]} {broken} Berg. {P[2]} {broken} Hall."
    assert gone(text) == []
    assert gone(f"{text} {P[2]} So it ends.") == [(P[2], "block")]


def test_measures() -> None:
    assert folded("“Don’t\u200b  GO” – he said…") == "dont go - he said"
    assert folded(" *-| (A) ;") == "a"
    assert [
        word_count(t) for t in ("a b1 2 -", "高铁为", "高铁为何 ab", "ไทยไท", "ไทยไ")
    ] == [
        2,
        1,
        3,
        1,
        0,
    ]
    assert [is_wide(t) for t in ("ab", "é", "\u2e7f", "\u2e80", "ab高c")] == [
        False,
        False,
        False,
        True,
        True,
    ]
    assert [has_spaces(t) for t in ("高a", "ไa", "a高", "é")] == [
        False,
        False,
        True,
        True,
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x" * 99, False),
        ("x" * 100, True),
        ("é" * 99, False),
        ("é" * 100, True),
        ("高" * 33, False),
        ("高" * 34, True),
        ("高" * 33 + "a", True),
    ],
)
def test_a_paragraph_is_long_by_its_script(text: str, expected: bool) -> None:
    assert is_paragraph(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The mill was... Read more", "The mill was"),
        ("The mill was Read more", "The mill was"),
        ("The mill was READ MORE:", "The mill was"),
        ("The mill Weiterlesen", "The mill Weiterlesen"),
        ("The mill… Weiterlesen", "The mill"),
        ("a … b", "a … b"),
        ("The mill....", "The mill"),
        ("The mill ..", "The mill"),
        ("The mill .", "The mill ."),
        ("The mill (...)”", "The mill"),
        ("The mill ...]]]", "The mill ...]]]"),
        ("The mill &#8230;", "The mill"),
        ("Read more", "Read more"),
        ("The mill… " + "x" * 20, "The mill… " + "x" * 20),
        ("Read more…", "Read more"),
        ("…", ""),
        (" \n", " \n"),
        ("The Weiterlesen", "The Weiterlesen"),
    ],
)
def test_a_stem_has_no_mark_of_a_cut(text: str, expected: str) -> None:
    assert stem(text) == expected


def test_a_stem_has_no_call_of_up_to_four_words() -> None:
    known = [language.phrases.get("read_more", ()) for language in LANGUAGES.values()]
    calls = [
        call
        for phrases in known
        for call in phrases
        if len(call.split()) < 5 and call[-1].isalpha()
    ]
    assert {1, 2, 3, 4} == {len(call.split()) for call in calls}
    for call in calls:
        assert stem(f"The mill was… {call}") == "The mill was"


Q13 = "that he would never leave the old harbour again in all his days"
Q12 = "that he would never leave the beautiful old harbour town in days"
Q11 = "that he would never leave the beautiful old harbour again voluntarily"
Q10 = "that he would never leave the beautiful harbour town voluntarily"
Q9 = "that he never left the beautiful harbourside somewhat voluntarily"
AT_59 = "that he would never leave the old harbour again in all days"
AT_60 = "that he would never leave the old harbours again in all days"
LATER = ["Head", P[0], P[1], P[2], "Q", P[3], "+"]


@pytest.mark.parametrize(
    ("quote", "lines", "expected"),
    [
        (Q13, LATER, True),
        (Q12, LATER, True),
        (Q11, LATER, False),
        (AT_60, LATER, True),
        (AT_59, LATER, False),
        (f"{Q13} and " + "so on and " * 33, LATER, True),  # 398 characters
        (f"{Q13} and " + "so on and " * 33 + "on", LATER, False),  # 400
        (f"{Q13}.", LATER, False),  # a sentence
        (Q13, ["Head", P[0], P[1], P[2], "Q", "+"], True),
        (Q13, ["Head", P[0], P[1], "+", "Q", P[3]], False),  # the lead, or a caption
        (Q13, ["Head", P[0], P[1], P[2], "+", "Q"], False),
        (Q13, ["Head", P[0], P[1], P[2], "Hm.", "+", "Q"], True),
        (Q11, ["Head", "Q", P[0], P[3], "+"], True),  # a standfirst
        (Q10, ["Head", "Q", P[0], P[3], "+"], True),
        (Q9, ["Head", "Q", P[0], P[3], "+"], False),
        (Q11, ["Head", P[0], "Q", P[3], "+"], True),
        (Q11, ["Head", P[0], P[1], "Q", P[3], "+"], False),
        (Q13, ["Q", P[0], P[3], "+"], False),  # a headline
        (Q13, ["Head", "Q", "+"], True),
        (f"{Q13}.", ["Head", "Q", P[0], "+"], True),
        (f"{Q13}, and {Q12}.", ["Q", P[0], P[3], "+"], True),  # a lead
        (f"{Q13}, and {Q12}", ["Q", P[0], P[3], "+"], False),  # a long headline
        (Q13, ["Head", P[0], P[1], "Q", P[3], "+"], True),
        ((f"{Q13} and " + "so on and " * 40)[:399], LATER, True),
        ((f"{Q13} and " + "so on and " * 40)[:401], LATER, False),
        (Q13, ["Head", "+", "Q"], False),
        (f"{Q13}.", ["Q", P[0], P[3], "+"], False),
        (Q13, ["Head", P[0], P[1], P[2], "Q", P[3], "so (+)", "-"], True),
        (Q13, ["Head", P[0], P[1], P[2], "Q", P[3], f"Said {Q13}, long ago."], False),
        (Q13, [*LATER, *(f"Line {n}" for n in range(39))], True),
        (Q13, [*LATER, *(f"Line {n}" for n in range(40))], False),  # a list
        (Q13, [*LATER[:-1], "+" + " x" * 99_000], True),
        (Q13, [*LATER[:-1], "+" + " x" * 100_000], False),  # no article
    ],
)
@pytest.mark.parametrize("is_compiled", [True, False])
def test_what_is_a_pull_quote(
    quote: str,
    lines: list[str],
    expected: bool,
    is_compiled: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if not is_compiled:
        monkeypatch.setattr(pull_quotes, "scan", None)
    told = f"He told us at night {quote.strip('.')}, and he kept it, on the whole."
    text = "\n".join(lines).replace("Q", quote).replace("+", told)
    at = {lines.index("Q"): "stands in a paragraph"}
    assert reasons(text) == (at if expected else {})


@pytest.mark.parametrize(
    ("at", "expected"), [((-1, 24), True), ((0,), False), ((23,), False)]
)
def test_the_middle_of_a_pull_quote_stands_as_it_is(
    at: tuple[int, ...], expected: bool
) -> None:
    letters, start = list(Q13), (len(Q13) - 24) // 2
    for place in at:
        letters[start + place] = "–"
    quote = "".join(letters)
    told = quote.replace("–", "-")
    text = "\n".join(
        ["Head", quote, f"He told us at night {told}, and he kept to it. Yes."]
    )
    assert len(list(find_pull_quotes(Document(text)))) == expected


@pytest.mark.parametrize(("chars", "count"), [(200_000, 1), (200_001, 0)])
def test_pull_quotes_are_sought_in_articles_only(chars: int, count: int) -> None:
    text = "\n".join(["Head", Q13, f"He told us at night {Q13}, and he kept to it. "])
    assert len(list(find_pull_quotes(Document(text.ljust(chars, "x"))))) == count


def test_what_opens_a_paragraph_is_not_pulled_from_it() -> None:
    text = f"Head\n{Q13}\n{Q13}, he told us, and he meant it: {Q13}."
    assert list(find_pull_quotes(Document(text))) == []


def test_the_title_is_no_pull_quote() -> None:
    text = "\n".join(
        ["Head", Q13, f"He told us at night {Q13}, and kept to it, by and large."]
    )
    assert reasons(text, Q13) == {}
    assert reasons(text, "Head") == {1: "stands in a paragraph"}


PARTS = (
    "Share", "Read more", "Key quote", H, "Ferry saved for now – The Harbour Post",
    "The ferry", "- Ana", "Ana, who runs the yard", "高铁为何日出而作", "Straße",
    "STRASSE", "Captain Lee on deck in May", "Captain Lee on deck",
    "They said on Monday that the ferry is", "“They said on Monday that the ferry…”",
    "| a | b |", "Dusk came over the old harbour wall, he said... Read more",
    *P[:4], P[0][:70] + "…", P[1] + " And more of it.",
)  # fmt: skip


@settings(max_examples=400)
@given(st.lists(st.sampled_from(PARTS), min_size=2, max_size=14), st.booleans())
def test_lines_left_out_of_the_look_are_no_copies(
    lines: list[str], is_titled: bool
) -> None:
    text, title = "\n".join(lines), H if is_titled else None
    found = reasons(text, title)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(openings, "scan", None)
        assert found == reasons(text, title)
