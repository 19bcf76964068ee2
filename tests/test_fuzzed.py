"""What fuzzing and readers found, each input for ever: see fuzz/README.md."""

import pytest
from laws import LAWS, PRESETS

from cleaner import explain

PROSE = (
    "The council met on Monday to talk about the new bridge over the river, he said.",
    "The work begins in May, and the old ferry will sail until the road is open.",
)

# Texts that broke a law once, the parts that did it.
TEXTS = (
    # A removal inside of a repair was told as a removal that writes.
    "\udcff" * 64 + ". Click here \udcae",
    # A repair across the end of a link was told as two, of which one changed nothing.
    "Go [a ](/u)\u00c2\u00a0b.",
    # No name stands behind the word, and the one sought for raised IndexError.
    "The ferry was sold. " * 5 + "\nAbout :\n" + "Acme is a maker of ferries. " * 4,
    # Detectors that found nothing in a line were not asked again when it was cut.
    f"{PROSE[0]}\n\nJoin our newsletter! Filed under: Ferry\n\n{PROSE[1]}",
    f"{PROSE[0]}\n\nJoin our newsletter! Read More: Harbour closed\n\n{PROSE[1]}",
    # A link of which only a space is left is none: a line more, and those below are
    # no longer where a rule had passed them over.
    f"[ &shy; ](/c\n/d)\n\n{PROSE[0]}\n\nHarbour closedvom 03.05.2024\n\n{PROSE[1]}",
    # What looked like a byline below a line that the line model took was not asked
    # about again when that was gone.
    (
        f"{PROSE[0]} {PROSE[1]} {PROSE[0]} {PROSE[1]}\n\n{PROSE[0]}\n\n"
        "Join our Discord community to connect with others! Get your questions "
        "answered and stay informed.\n\nGet Started Now"
    ),
)


@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize("text", TEXTS)
def test_laws_hold(text: str, preset: str) -> None:
    done = explain(text, preset)
    assert [name for name, law in LAWS.items() if not law(done, preset)] == []


@pytest.mark.parametrize("title", ["", " ", "\n", "\u200b", "…", "\ud800"])
def test_odd_titles_do_no_harm(title: str) -> None:
    text = f"Ferry saved for now\n\nFerry saved for now\n\n{'The long story. ' * 9}"
    assert explain(text, title=title).edits == explain(text).edits
