"""Lines and sentences that the software of sites prints word for word."""

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from typing import Final

from cleaner.detectors.houses import (
    AFTER_OPENING,
    AFTER_WHOLE,
    Spans,
    bare_phrases,
    sentences,
)
from cleaner.detectors.looks import is_announced
from cleaner.detectors.stubs import is_of_story, words_of
from cleaner.document import Document, Slot, is_prose
from cleaner.edits import Finding
from cleaner.patterns import Find
from cleaner.wording import bare

_MIN_TOLD: Final = 2  # paragraphs: a story may speak of cookies once


def find_printed(whole: str, opening: str) -> Find:
    """A detector of lines and sentences that are a phrase, or that one opens.

    None is found in a text that is about such words: a policy, or a guide to them.
    """
    rests = {whole: AFTER_WHOLE, opening: AFTER_OPENING}

    def find(document: Document) -> Sequence[Finding]:
        found: list[Finding] = []
        touched: set[int] = set()
        for slot, indices in document.candidates.items():
            for index in indices if slot.name in rests else ():
                rest = rests[slot.name]()
                for start, end in _spans(document, index, slot, rest):
                    reason = f"{slot.name}/{slot.language}"
                    found.append(document.cut_part(index, start, end, reason))
                    touched.add(index)
        return () if found and _is_on_privacy(document, touched) else found

    return find


def _spans(document: Document, index: int, slot: Slot, rest: re.Pattern[str]) -> Spans:
    """What of a line is printed, unless the text announces it."""
    line = document.lines[index]
    words = bare(line)
    if is_announced(document.lines, index):
        return ()
    if words in bare_phrases(slot):
        return () if is_of_story(document, index, words) else [(0, len(line))]
    found = [(s, e) for s, e in sentences(line, slot, rest) if _ends(line, e)]
    return _joined(line, found)


def _ends(line: str, end: int) -> bool:
    """Whether no sentence goes on there, as behind "e.g."."""
    return not line[end:].lstrip()[:1].islower()


def _joined(line: str, spans: Sequence[tuple[int, int]]) -> Sequence[tuple[int, int]]:
    """The spans, those as one between which there is only blank space."""
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        goes_on = joined and not line[joined[-1][1] : start].strip()
        joined.append((joined.pop()[0] if goes_on else start, end))
    return joined


def _is_on_privacy(document: Document, touched: AbstractSet[int]) -> bool:
    """Whether the headline names privacy, or the text's own prose tells of it."""
    tells = words_of("privacy_word").search
    if any(map(tells, filter(None, (document.title, document.lines[0])))):
        return True
    prose = (i for i, line in enumerate(document.lines) if is_prose(line))
    own = (document.lines[i] for i in prose if i not in touched)
    return sum(map(bool, map(tells, own))) >= _MIN_TOLD
