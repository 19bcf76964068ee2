"""What is said again for a reason: a question to a second candidate, a quotation."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Final

from cleaner.detectors.duplicates.measures import folded, is_paragraph
from cleaner.document import COLONS, is_open

_QUESTIONS: Final = "?？؟"
_ABOVE_LEAD: Final = 2  # units: there a headline stands twice
_MIN_ASKED: Final = 3
_MAX_CITED: Final = 3


def without_asked_anew(
    texts: Sequence[str], places: Iterable[Sequence[int]]
) -> Iterator[tuple[int, int]]:
    """The units that stand further up, each with where; not what is asked anew.

    A headline is asked again only where several questions are.
    """
    for first, *others in places:
        is_headline = bool(others) and first == 0 and not _asks_several(texts)
        for index in others:
            if is_headline or not _is_asked_anew(texts, index, first):
                yield index, first


def _is_asked_anew(texts: Sequence[str], index: int, first: int) -> bool:
    """Whether a unit is a question, and its answer not the earlier one's."""
    if index < _ABOVE_LEAD or texts[index][-1:] not in _QUESTIONS:
        return False
    answer = "".join(texts[index + 1 : index + 2])
    if not answer or is_open(answer) or texts[index - 1] == texts[index]:
        return False
    return folded(texts[first + 1]) != folded(answer)


def _asks_several(texts: Sequence[str]) -> bool:
    """Whether questions head paragraphs, as in a list of questions and answers."""
    below = pairwise(texts[1:])
    asked = (above[-1:] in _QUESTIONS and is_paragraph(text) for above, text in below)
    return sum(asked) >= _MIN_ASKED


def is_cited(texts: Sequence[str], run: Sequence[int]) -> bool:
    """Whether a few paragraphs are quoted after a colon, as an essay does."""
    is_announced = run[0] > 0 and texts[run[0] - 1][-1:] in COLONS
    are_paragraphs = all(is_paragraph(texts[index]) for index in run)
    return len(run) <= _MAX_CITED and is_announced and are_paragraphs
