"""Links and emphasis in Markdown: readers' eyes, and markup that is never torn."""

import re
from itertools import pairwise

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from laws import PRESETS
from strategies import documents, texts

from cleaner import Edit, SiteMemory, apply, clean, explain
from cleaner.markdown import unlinked
from cleaner.spacing import BLANK
from cleaner.training.samples import labelled

TARGET = "https://harbour.example/a_(b)?c=d"
LINK = f"[%s]({TARGET})"
EMPHASIS = ("**%s**", "_%s_", "**_%s_**", f"**{LINK}**", f"[_%s_]({TARGET})")
each_preset = pytest.mark.parametrize("preset", PRESETS)


@st.composite
def linked(draw: st.DrawFn) -> tuple[str, str]:
    """A text, and the same with links and emphasis over words, sentences and lines."""
    plain = draw(st.one_of(documents(), texts()))
    words = re.split(r"(\s+)", plain.translate(dict.fromkeys(map(ord, "[]\\*_"))))
    plain = "".join(words)
    at = 0
    while at < len(words):
        after = at + 1 + 2 * draw(st.integers(0, 8))
        part = "".join(words[at:after])
        if part and part == part.strip(BLANK) and draw(st.booleans()):
            ends_line = "\n" in "".join(words[after : after + 1] or "\n")
            is_plain = ends_line and not re.search(r"\n|\s\s", part)
            words[at:after] = [
                draw(st.sampled_from((LINK, *EMPHASIS * is_plain))) % part
            ]
        at = after + 1
    return plain, "".join(words)


@each_preset
@settings(max_examples=settings().max_examples // 5)
@given(pair=linked())
@example(pair=("A viral T +1.58% thread", f"A [viral T]({TARGET}) +1.58% thread"))
@example(pair=("He left.\n\nAdvertisement", "He left.\n\n__Advertisement__"))
@example(pair=("&nbsp; He left.", f"[&nbsp;]({TARGET}) He left."))
@example(pair=("He paid\x80 \x910", "He paid\x80 **\x910**"))
@example(pair=("He paid.\x85\x85\n\nShe left", "He **paid.**\x85\x85\n\nShe left"))
def test_links_and_emphasis_change_no_cut(preset: str, pair: tuple[str, str]) -> None:
    plain, text = pair
    assume(unlinked(text).text == plain)  # not where one stands in brackets of its own
    done = explain(text, preset)
    assert unlinked(done.text).text == clean(plain, preset)
    assert apply(text, done.edits) == done.text


@pytest.mark.xfail(
    strict=True,
    reason="of a link over lines whose first goes, the mark that opens it moves "
    "up to the line before, whose emphasis no longer ends that line",
)
def test_a_link_over_lines_that_go_leaves_the_emphasis_above_it() -> None:
    above = (
        "The council met on Monday to discuss the new bridge over the river.\n**0**\n"
    )
    text = f"{above}[$(document).ready(\r\n- No.\n$(document).ready(]({TARGET})\n"
    assert unlinked(clean(text)).text == clean(unlinked(text).text)


def test_a_link_goes_with_its_words_behind_a_line_break() -> None:
    text = f"He left.[\nAdvertisement]({TARGET})\nShe stayed."
    assert clean(text) == clean(unlinked(text).text)


MARKS = (
    "*",
    "**",
    "_",
    "[",
    "![",
    "](/c)",
    "](<d/e>)",
    '](/f "g")',
    "](/h",
    ")",
    "]",
    "\\",
)
WHOLE = ("[a b](/c)", "[ab](/c)", "[a](/c)")
part = st.one_of(st.sampled_from(WHOLE), st.sampled_from((*MARKS, " ", "\n", "a", "b")))
parts_of_links = st.lists(part, min_size=3)


class Drawn:
    """Answers in place of draws."""

    def __init__(self, *answers: object) -> None:
        self.answers = iter(answers)

    def draw(self, _: object) -> object:
        return next(self.answers)


# A cut takes a link, another what is right behind it.
@example(text="[x](/y)\n", data=Drawn([0, 1, 2], True, True))
# The words go, the blank space around them stays.
@example(text="[\nx ](/y)", data=Drawn([1, 2], True))
@example(text="[ x\ny ](/z)", data=Drawn([1, 2, 3, 4], True, False, True))
# One link begins in blank space between two cuts.
@example(text="x[ y](/z)", data=Drawn([0, 1, 2, 3], True, False, True))
@given(text=parts_of_links.map("".join), data=st.data())
def test_edits_take_of_the_source_what_they_take_of_what_is_seen(
    text: str, data: st.DataObject
) -> None:
    page = unlinked(text)
    places = st.lists(st.integers(0, len(page.text)), unique=True, max_size=6)
    edits = [
        Edit(start, end, "", "promotion", "x", 1.0, "")
        for start, end in pairwise(sorted(data.draw(places)))
        if data.draw(st.booleans())
    ]
    pieces = page.in_source(edits)
    assert all(a.end <= b.start for a, b in pairwise(pieces))
    markup = {i for mark in page.marks for i in range(mark.start, mark.end)}
    gone = {i for piece in pieces for i in range(piece.start, piece.end)}
    letters = [i for i in range(len(text)) if i not in markup]
    assert "".join(text[i] for i in letters) == page.text
    assert [i for i in letters if i not in gone] == [
        i for at, i in enumerate(letters) if not any(a <= at < b for a, b, *_ in edits)
    ]
    for opens in page.marks:
        closes = page.marks[opens.partner]
        assert page.marks[closes.partner] == opens
        if closes.start < opens.start:
            continue
        inside = range(opens.end, closes.start)
        words = {i for i in inside if text[i].strip(BLANK)}
        ends = {*range(opens.start, opens.end), *range(closes.start, closes.end)}
        assert ends <= gone if words <= gone else ends.isdisjoint(gone)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ('[one](/a "b") [two](<c/d>)', "one two"),
        ("[[1]](#cite) and [a [b](/c) d](/e)", "[1] and [a b d](/e)"),
        ("![ferry](a.jpg) [![ferry](a.jpg)](/b)", "![ferry](a.jpg) ![ferry](a.jpg)"),
        ("[ferry\nlist](/a)", "ferry\nlist"),
        ('[a](/ferry-\nlist) [b](/c\n"d\ne")', "a b"),
        ("[ferry\n\nlist](/a)", "[ferry\n\nlist](/a)"),
        ("[ferry\r\n\r\nlist](/a)", "[ferry\r\n\r\nlist](/a)"),
        (r"\[ferry](/a) [b](/c d) [](/e) [ ](/f) [g]() [h][i] [j](EFE)",) * 2,
    ],
)
def test_what_is_a_link(text: str, shown: str) -> None:
    assert unlinked(text).text == shown


def test_a_text_without_links_is_the_same_object() -> None:
    text = "He left [sic](as they say), [1] and stayed."
    assert unlinked(text).text is text


def test_a_word_put_in_stands_before_a_link_or_behind_it() -> None:
    story = "They sail to Ukraine again, where the ferry is certainly missed. " * 3
    done = explain(f"{story}\n\nThe ferry to [Ukraine](/a)certainly sails on Monday.")
    assert done.text.endswith("The ferry to [Ukraine](/a) certainly sails on Monday.")


def test_a_site_memory_knows_a_line_with_links_and_without() -> None:
    memory = SiteMemory(1_024)
    for page in range(9):
        url = f"https://harbour.example/{page}"
        memory.observe(url, f"Page {page}.\n[Join us](/a)")
    for line in ("Join us", "[Join us](/a)"):
        assert memory.freeze().pages("https://harbour.example/", line) == (9, 9)


def test_labels_of_a_text_with_links_are_those_of_its_lines() -> None:
    text = "[The ferry](/a-\nb) sails again.\n\n[Read more](/b)"
    label = {"line": 3, "start": 33, "end": 48, "label": "related_link"}
    sample = labelled({"id": "1", "text": text, "labels": [label]})
    assert sample.lines == ["The ferry sails again.", "Read more"]
    assert sample.labels == ["", "related_link"]
