"""Needs: where a document lacks what a detector needs, that would find nothing."""

import pytest
from strategies import PHRASES, REAL_TEXTS

from cleaner.detectors import DETECTORS, NEEDS, SIGNS
from cleaner.document import SHORT_LINE_CHARS, Document
from cleaner.languages import LANGUAGES
from cleaner.patterns.gate import filled, gate

ROWS = [row for row in DETECTORS.values() if row.need in {*SIGNS, *NEEDS}]
FIND = gate(filled(frozenset[str]().union(*(row.slots for row in ROWS)), LANGUAGES))
PROSE = (
    "The council met on Monday to talk about the new bridge, which is to open in May."
)
HEADLINE = "Harbour Wall to Close for Years after the Storm of April"


def has(need: str, document: Document) -> bool:
    if need in SIGNS:
        return bool(document.signs & SIGNS[need])
    return NEEDS[need](document)


def found_unasked(text: str) -> list[str]:
    """The detectors that find something in a text without what they need."""
    document = Document(text)
    document.candidates = FIND(document)
    return [
        row.name
        for row in ROWS
        if not has(row.need, document) and list(row.find(document))
    ]


def test_in_real_texts() -> None:
    assert [name for text in REAL_TEXTS for name in found_unasked(text)] == []


@pytest.mark.parametrize("line", ["{}", "{}:"])
def test_around_a_phrase_alone_on_its_line(line: str) -> None:
    around = f"{PROSE}\n{HEADLINE}\n{line}\n{HEADLINE} II\n{PROSE}"
    short = [phrase for phrase in PHRASES if len(phrase) < SHORT_LINE_CHARS]
    assert not {p for p in short if found_unasked(around.format(p))}
