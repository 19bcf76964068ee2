"""One number for a document: how much of it is article.

A logistic model over a few signals, fitted to the share of a text's characters that
are article: labelled news in many languages, and pages of seven kinds as nine
extractors leave them, each source weighed the same. It is an estimate of a share. It
is no judgement of how well a text is written, how true or how useful it is, and none
of whether it is an article at all: a clean product page scores high.
"""

from collections.abc import Mapping, Sequence
from math import exp, log1p
from operator import mul
from typing import Final

# Fitted by benchmarks/score.py, which prints them.
_CONSTANT: Final = -2.315
_WEIGHTS: Final[Mapping[str, float]] = {
    "kept": 4.344,
    "prose_chars": 2.24,
    "story_start": -0.454,
    "story_end": -0.27,
    "c4_kept_chars": 0.683,
    "line_punct_ratio": -0.406,
    "short_line_ratio": -1.104,
    "char_dup_ratio": -4.168,
    "dup_line_char_frac": 2.406,
    "alpha_words": -1.443,
    "refinedweb_lines": 1.537,
    "rps_lines_numerical_chars_fraction": -4.051,
    "rps_lines_uppercase_letter_fraction": -4.748,
    "rps_lines_num_words": 0.199,
    "words": -0.01,
}
FEATURES: Final = tuple(_WEIGHTS)
_COUNTS: Final = frozenset({"words", "rps_lines_num_words"})  # taken by their logarithm


def features(signals: Mapping[str, float]) -> list[float]:
    """What the model looks at."""
    return [
        log1p(signals[name]) if name in _COUNTS else signals[name] for name in FEATURES
    ]


def score(signals: Mapping[str, float]) -> float:
    """The share of the text that is article, as far as signals tell; 3 decimals."""
    if not signals["words"]:
        return 0.0
    return score_of(features(signals))


def score_of(found: Sequence[float]) -> float:
    """The same from features."""
    z = _CONSTANT + sum(map(mul, _WEIGHTS.values(), found))
    return round(1 / (1 + exp(-z)), 3)
