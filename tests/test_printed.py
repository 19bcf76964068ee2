"""Headings of other stories go with the list below them, and what software prints."""

import pytest

from cleaner import LANGUAGES, clean
from cleaner.languages import ANY
from cleaner.patterns.slots import phrases

STORY = """The port authority approved a plan to dredge the harbour on Tuesday, a \
project that has divided the town for a decade.

Officials said the work would begin in March and cost about 40 million, most of it \
paid by the shipping companies that use the port.

Fishermen who work the estuary say that the silt will bury the mussel beds, and they \
have asked a court to stop the project until a new survey is done."""
TITLES = """- Harbour wall to close for repairs after the storm of last week
- Council votes to keep the old bridge open to walkers and cars
- Ferry to the islands sails again after two months in the dock"""


@pytest.mark.parametrize("language", sorted({*LANGUAGES} - {ANY}))
def test_a_heading_and_the_headlines_below_it_go(language: str) -> None:
    left = [
        heading
        for heading in phrases(language, "story_stub")
        if clean(f"{STORY}\n\n{heading.capitalize()}\n\n{TITLES}") != STORY
    ]
    assert not left


@pytest.mark.parametrize("language", sorted({*LANGUAGES} - {ANY}))
@pytest.mark.parametrize("slot", ["widget_line", "banner_line"])
def test_what_the_software_of_sites_prints_goes(language: str, slot: str) -> None:
    left = [
        line
        for line in phrases(language, slot)
        if clean(f"{STORY}\n\n{line.capitalize()}") != STORY
    ]
    assert not left
