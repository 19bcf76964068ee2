"""Copies go, all at once; natural repetition stays; odd input does no harm."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from worklib import executed, is_steep

from cleaner import DETECTORS
from cleaner.core import MAX_PASSES
from cleaner.detectors.duplicates.measures import folded, stem, word_count
from cleaner.document import Document
from cleaner.edits import Edit, apply, resolve
from cleaner.spacing import widen

ROWS = [row for row in DETECTORS.values() if row.label == "duplicate"]

LEAD = (
    "The ferry to the northern islands will go on after all, the county said on "
    "Monday, since the money for two more years has been found."
)
PARAGRAPHS = (
    f"""{LEAD}
Nobody had expected that after the long debate of the spring, in which the line had \
been called a luxury by more than one speaker.
The islanders, some nine hundred of them, had hoped for ten years at the least, and \
they will now ask the government in the capital for help.
Until then the old boat, which was built in 1974, will have to do its work in every \
weather, four times a day, and on Sundays twice."""
).split("\n")


def cut(text: str, title: str | None = None) -> str:
    """The text after the detectors of copies have settled."""
    for _ in range(MAX_PASSES):
        document = Document(text, title=title)
        edits = [
            Edit(*finding[:2], "", row.label, row.name, row.score, finding.reason)
            for row in ROWS
            for finding in row.find(document)
        ]
        if not edits:
            return text
        text = apply(text, widen(text, resolve(edits)))
    pytest.fail("does not settle")


def passes(text: str) -> int:
    """How often the detectors find something until they have settled."""
    count = 0
    while (shorter := _once(text)) != text:
        text, count = shorter, count + 1
    return count


def _once(text: str) -> str:
    document = Document(text)
    found = [finding for row in ROWS for finding in row.find(document)]
    edits = [Edit(*f[:2], "", "duplicate", "x", 1.0, f.reason) for f in found]
    return apply(text, widen(text, resolve(edits)))


@given(st.text(alphabet='ab .…"“\n\r\t高。क़ा1', max_size=400))
def test_never_raises_and_cuts_inside_the_text(text: str) -> None:
    document = Document(text)
    for row in ROWS:
        for finding in row.find(document):
            assert 0 <= finding.start < finding.end <= len(text)


@given(st.lists(st.sampled_from([*PARAGRAPHS, LEAD[:70] + "…", "Ferry saved"])))
def test_settles_and_loses_nothing_that_stood_once(lines: list[str]) -> None:
    left = cut("\n\n".join(lines)).split("\n\n")
    assert set(lines) & set(PARAGRAPHS) == set(left) & set(PARAGRAPHS)


@pytest.mark.parametrize("size", [1, 2, 3, 4])
def test_a_block_printed_again_goes_in_one_pass(size: int) -> None:
    block = "\n\n".join(PARAGRAPHS[:size])
    assert cut(f"{block}\n\n{block}") == block
    assert passes(f"{block}\n\n{block}\n\n{block}") == 1


def test_of_two_copies_the_fuller_stays() -> None:
    for end in ("…", "...", " [...]", "[…]", " [&hellip;]", "... Read more"):
        stump = LEAD[:70].rstrip() + end
        assert cut(f"{stump}\n\n{LEAD}") == LEAD
        assert cut(f"{LEAD}\n\n{stump}") == LEAD


def test_digits_are_never_trivia() -> None:
    one, other = (LEAD.replace("two", figure) for figure in ("2.5", "25"))
    assert cut(f"{one}\n\n{other}") == f"{one}\n\n{other}"
    assert folded("3-1") != folded("3-2")


def test_letters_of_other_scripts_are_never_dropped() -> None:
    for one, other in [("की बात", "का बात"), ("дом там", "дым там"), ("집에", "집을")]:
        assert folded(one) != folded(other)
        assert folded(one)


def test_trivia() -> None:
    assert folded("« Ça\u00a0va »…") == folded('"ça va".')
    assert stem("And so on and so forth") == "And so on and so forth"
    assert word_count("สวัสดีชาวโลก") > 1
    assert word_count("1 2 3 | 4") == 0


def test_the_title_says_what_the_headline_is() -> None:
    text = "Local news.\n\nFerry saved for now\n\nFerry saved for now\n\n" + LEAD
    assert cut(text) == text
    assert cut(text, "Ferry saved for now") == text.replace(
        "Ferry saved for now\n\n", "", 1
    )


POEM = "\n".join(
    [
        "The Mill",
        "The mill goes round, the mill goes round,",
        "And all the corn to flour is ground;",
        "And who has eaten, who has fed,",
        "Has lived by water and by bread.",
        "The mill goes round, the mill goes round.",
    ]
    * 3
)
DRAMA = "\n\n".join(
    f"{who}\n{line}"
    for who in ("ANNA", "OTTO")
    for line in [
        "And you are sure that he will come tonight?",
        "I am.",
        "I am.",
        "Then let us wait.",
    ]
    * 3
)
MINUTES = "\n".join(
    f"{number}. {subject}\n{LEAD.replace('ferry', subject)}\n"
    "The motion was put to the vote and carried with no one against."
    for number, subject in enumerate(["roof", "road", "pool", "fees"], 1)
)
RECIPE = "\n".join(
    ["Stir well and let the dough rest for ten minutes under a cloth."]
    + ["200 g flour", "Stir in the milk."] * 3
)
LITANY = (
    "Holy Mary, mother of God,\npray for us now and at the hour of our death.\n" * 9
)
CLAUSES = "\n".join(
    f"({letter}) The Tenant shall not {verb} the premises or any part of them without "
    "the consent of the Landlord in writing, which shall not be withheld unreasonably."
    for letter, verb in zip(
        "abcd", ["assign", "charge", "sublet", "alter"], strict=True
    )
)
CHAT = "\n".join(f"[12:0{n}] <ann> ok\nann has joined the channel" for n in range(9))
TABLE = "\n".join(
    f"{team}\t3\t1\t1\t1\t4\t4\t4" for team in ["Ashby", "Ashby", "Milton"]
)
CODE = "\n".join(
    [
        "def read(path):",
        "    with open(path) as file:",
        "        return file.read()",
        "",
    ]
    * 4
)


@pytest.mark.parametrize(
    "text", [POEM, DRAMA, MINUTES, RECIPE, LITANY, CLAUSES, CHAT, TABLE, CODE]
)
def test_natural_repetition_stays(text: str) -> None:
    assert cut(text) == text


@pytest.mark.parametrize(
    ("make", "size"),
    [
        (lambda n: "x\n" * n, 3000),
        (lambda n: "a " * n, 10_000),
        (lambda n: "…" * n, 5000),
        (
            lambda n: "\n".join(f"The plan {i} is on it now" for i in range(n)),
            500,
        ),
        (lambda n: "\n".join("The plan is on it " + "x" * i for i in range(n)), 200),
        (lambda n: "\n".join(["The plan on the table now is the one"] * n), 1000),
        (lambda n: " ".join(f"The plan {i} is on the table." for i in range(n)), 500),
        (lambda n: "\n".join(LEAD[:i] for i in range(1, len(LEAD))) * n, 3),
        (lambda n: "\n".join(f"{i} " + "ab" * 40 for i in range(n)), 200),
    ],
    ids=range(9),
)
def test_twice_the_text_is_twice_the_work(
    make: Callable[[int], str], size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cleaner.memo._KNOWN_CHARS", -1)

    def work(count: int) -> int:
        text = make(count)
        return executed(lambda: [[*row.find(Document(text))] for row in ROWS])

    assert not is_steep(work(size), work(2 * size))
