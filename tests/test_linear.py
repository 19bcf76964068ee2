"""Twice the hostile text is at most about twice the work, for every part.

What C does in one line of Python `benchmarks/scaling.py` times.
"""

from collections.abc import Callable
from functools import partial

import pytest
from parts import all_parts
from scaling import BY_SLOT, HOSTILE, STORY
from worklib import executed, is_steep

from cleaner.detectors import DETECTORS
from cleaner.document import Document
from cleaner.languages import LANGUAGES
from cleaner.patterns.gate import filled, gate

CHARS = 1500
LONGEST = 4 * CHARS
PARTS = all_parts()
SLOTS = frozenset[str]().union(*(row.slots for row in DETECTORS.values()))
FIND = gate(filled(SLOTS, LANGUAGES))


def work(text: str) -> dict[str, int]:
    found = FIND(Document(text))

    def run(part: Callable[[Document], object]) -> None:
        document = Document(text)
        document.candidates = found
        part(document)

    return {name: executed(partial(run, part)) for name, part in PARTS.items()}


@pytest.fixture(autouse=True)
def _no_memory_for_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cleaner.memo._KNOWN_CHARS", -1)


@pytest.fixture(autouse=True, scope="module")
def _loaded() -> None:
    for part in PARTS.values():
        part(Document(STORY))


def steep(once: dict[str, int], twice: dict[str, int]) -> set[str]:
    return {part for part in PARTS if is_steep(once[part], twice[part])}


@pytest.mark.parametrize("name", [*HOSTILE, *BY_SLOT])
def test_twice_the_text_is_twice_the_work(name: str) -> None:
    make = (HOSTILE | BY_SLOT)[name]
    # A longer text may be the first with copies or a tail, or the first to need what is
    # loaded once; longer ones tell.
    chars, found = CHARS, set(PARTS)
    while found and chars <= LONGEST:
        found &= steep(work(make(chars)), work(make(2 * chars)))
        chars *= 2
    assert not found
