"""clean(prose + noise) == clean(prose), for noise sown where it is wont to stand."""

from collections.abc import Iterator
from itertools import product

import pytest
from caselib import Case
from hypothesis import given
from hypothesis import strategies as st
from strategies import SEEDS, SOWN

from cleaner import clean

LINE_ENDS = ("\n", "\r\n")
each_language = pytest.mark.parametrize("case", SOWN, ids=lambda case: case.name)
SEED_PARAGRAPHS = [clean(seed).split("\n\n") for seed in SEEDS]


def noise_of(case: Case) -> list[str]:
    return [case.text[mark.start : mark.end] for mark in case.marks]


def story_of(case: Case) -> list[str]:
    noise = {*noise_of(case), ""}
    return [line for line in case.text.split("\n") if line not in noise]


def sown(case: Case) -> Iterator[tuple[list[str], list[str]]]:
    """The story, and it with one line of noise after each of its paragraphs."""
    story = story_of(case)
    for line, at in product(noise_of(case), range(1, len(story) + 1)):
        yield story, [*story[:at], line, *story[at:]]


@each_language
@pytest.mark.parametrize("preset", ["default", "body"])
def test_a_line_of_noise_goes_and_nothing_else(case: Case, preset: str) -> None:
    for (story, noisy), end, lines in product(sown(case), LINE_ENDS, (1, 2)):
        gap = end * lines
        assert clean(gap.join(noisy), preset) == gap.join(story)
        assert clean(gap.join(noisy) + end, preset) == gap.join(story) + end


@each_language
@pytest.mark.parametrize("preset", ["strict", "page"])
def test_a_careful_preset_takes_the_noise_or_nothing(case: Case, preset: str) -> None:
    for story, noisy in sown(case):
        assert clean("\n\n".join(noisy), preset).split("\n\n") in (story, noisy)


def test_a_careful_preset_takes_most_of_it() -> None:
    for preset in ("strict", "page"):
        whole = [pair for case in SOWN for pair in sown(case)]
        taken = [
            clean("\n\n".join(noisy), preset) == "\n\n".join(story)
            for story, noisy in whole
        ]
        assert sum(taken) > len(whole) / 2, (preset, sum(taken), len(whole))


@each_language
def test_where_a_lone_return_ends_lines_no_prose_is_lost(case: Case) -> None:
    for story, noisy in sown(case):
        text = clean("\r\r".join(noisy))
        assert [part for part in text.split("\r\r") if part in story] == story


def sentences_of(case: Case) -> list[str]:
    """Its calls that are sentences."""
    return [
        case.text[mark.start : mark.end]
        for mark in case.marks
        if mark.label == "promotion" and case.text[mark.end - 1] in ".!"
    ]


@pytest.mark.parametrize(
    "case", [pytest.param(c, id=c.name) for c in SOWN if sentences_of(c)]
)
def test_a_sentence_of_noise_goes_from_within_a_line(case: Case) -> None:
    story = story_of(case)
    for call, at in product(sentences_of(case), range(len(story))):
        noisy = [*story[:at], f"{story[at]} {call}", *story[at + 1 :]]
        for gap in ("\n\n", " "):
            assert clean(gap.join(noisy)) == gap.join(story)


@st.composite
def stories(draw: st.DrawFn) -> tuple[list[str], list[str]]:
    """A story, and it with noise of its language in many places at once."""
    case = draw(st.sampled_from(SOWN))
    english = [story_of(SOWN[0]), *SEED_PARAGRAPHS]
    story = draw(st.sampled_from(english)) if case is SOWN[0] else story_of(case)
    grains = st.lists(st.sampled_from(noise_of(case)), max_size=2, unique=True)
    noisy = [line for part in story for line in (part, *draw(grains))]
    return story, noisy


@pytest.mark.parametrize("preset", ["default", "body"])
@given(texts=stories(), gap=st.sampled_from(("\n", "\n\n", "\r\n", "\r\n\r\n")))
def test_noise_in_many_places_goes(
    preset: str, texts: tuple[list[str], list[str]], gap: str
) -> None:
    story, noisy = texts
    assert clean(gap.join(noisy), preset) == clean(gap.join(story), preset)
