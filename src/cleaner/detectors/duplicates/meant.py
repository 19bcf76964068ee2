"""What is said again for a reason: a question to a second candidate, a form."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import Final

from cleaner.detectors.duplicates.measures import folded, is_paragraph
from cleaner.document import COLONS, QUESTION_MARKS, is_open
from cleaner.languages import ANY
from cleaner.patterns.slots import phrases
from cleaner.wording import bare

_HEADLINES: Final = 2  # units: there a headline stands twice
_MIN_ASKED: Final = 3
_MAX_CITED: Final = 3
_MIN_DIFFERENT: Final = 2
_LINES_A_DIFFERENCE: Final = 5
_MIN_SPACES: Final = 3  # of a sentence, not "Share this story:"


def without_asked_anew(
    texts: Sequence[str], places: Iterable[Sequence[int]]
) -> Iterator[tuple[int, int]]:
    """The units that stand further up, each with where; not what is asked anew.

    A headline is asked again only where several questions are.
    """
    for first, *others in places:
        asks = bool(others) and texts[first][-1:] in QUESTION_MARKS
        is_asked = asks and (first > 0 or _asks_several(texts))
        answer = folded(texts[first + 1]) if is_asked else ""
        for index in others:
            if not (is_asked and _is_asked_anew(texts, index, answer)):
                yield index, first


def _is_asked_anew(texts: Sequence[str], index: int, earlier: str) -> bool:
    """Whether the answer to a question is not the earlier one, folded."""
    answer = "".join(texts[index + 1 : index + 2])
    if index < _HEADLINES or not answer or is_open(answer):
        return False
    return texts[index - 1] != texts[index] and folded(answer) != earlier


def _asks_several(texts: Sequence[str]) -> bool:
    """Whether questions head paragraphs, as in a list of questions and answers."""
    below = pairwise(texts[1:])
    asked = (
        above[-1:] in QUESTION_MARKS and is_paragraph(text) for above, text in below
    )
    return sum(asked) >= _MIN_ASKED


def is_meant(texts: Sequence[str], run: Sequence[int]) -> bool:
    """Whether a run of units that stand again is quoted, or a form filled in anew."""
    return _is_cited(texts, run) or _is_form(run)


def _is_form(run: Sequence[int]) -> bool:
    """Whether several lines of a run differ: plans of weeks, replies to each part.

    All 49 runs of 12,482 articles that are printed twice differ in one line at most.
    """
    lines = run[-1] - run[0] + 1
    differ = lines - len(run)
    return differ >= _MIN_DIFFERENT and _LINES_A_DIFFERENCE * differ >= lines


def _is_cited(texts: Sequence[str], run: Sequence[int]) -> bool:
    """Whether a few paragraphs are quoted after a colon, as essays and forums do."""
    above = texts[run[0] - 1] if run[0] else ""
    is_announced = above[-1:] in COLONS and (
        above.count(" ") >= _MIN_SPACES or _names_speaker(above)
    )
    are_paragraphs = all(is_paragraph(texts[index]) for index in run)
    return len(run) <= _MAX_CITED and is_announced and are_paragraphs


def _names_speaker(line: str) -> bool:
    """Whether a line is who said what is below, as forums quote: "wolfmw said:"."""
    return bare(line).endswith(_verbs())


@cache
def _verbs() -> tuple[str, ...]:
    return tuple(f" {verb}" for verb in phrases(ANY, "speech_verb"))
