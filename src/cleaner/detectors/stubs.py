"""Lines that are nothing but a button, a prompt or a heading of a machine.

They are known as a whole, so a look into a table of the short lines is enough.
"""

from collections.abc import Iterator, Mapping
from typing import Final

from cleaner.document import Document
from cleaner.edits import Finding
from cleaner.languages import LANGUAGES
from cleaner.patterns import Find

MAX_CHARS: Final = 48  # the longest stub in the tables, with its marks
_MARKS: Final = "[](){}<>«»‹›【】（）:：.!！…*•·|/\\-–—→➜►▶▸▼↓+#\"“”'’© \t\u00a0"


def find_stubs(*slots: str) -> Find:
    """A detector of short lines that are a phrase of these slots and nothing more."""
    table = _table(slots)

    def find(document: Document) -> Iterator[Finding]:
        for index, line in enumerate(document.lines):
            if len(line) <= MAX_CHARS and (reason := table.get(bare(line))):
                yield document.cut(index, reason)

    return find


def bare(line: str) -> str:
    """A short line without its marks, case and odd spaces.

    >>> bare("» Read More…")
    'read more'
    """
    return " ".join(line.strip(_MARKS).casefold().split())


def _table(slots: tuple[str, ...]) -> Mapping[str, str]:
    """For each phrase, the reason that it gives."""
    return {
        bare(phrase): f"{slot}/{code}"
        for slot in slots
        for code, language in LANGUAGES.items()
        for phrase in language.phrases.get(slot, ())
    }
