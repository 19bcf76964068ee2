"""Gopher's quality signals: lengths, symbols, letters, stop words.

Rae et al. 2021 (arXiv 2112.11446), appendix A.1.1, in datatrove's reading.
"""

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np

from cleaner.signals.words import Words

BULLETS: Final = ("•", "-")
ELLIPSES: Final = ("...", "…")


def gopher(
    text: str, words: Words, lines: Sequence[str], stop_keys: frozenset[int]
) -> Iterator[tuple[str, float]]:
    """The signals of a text of these words and lines, blank ones included."""
    count, line_count = len(words.keys) or 1, len(lines) or 1
    real = ~words.is_symbol
    real_words = int(np.count_nonzero(real))
    ellipses = sum(map(text.count, ELLIPSES))
    bulleted = sum(line.startswith(BULLETS) for line in lines)
    cut_short = sum(line.endswith(ELLIPSES) for line in lines)
    yield "words", real_words
    yield "mean_word_length", int(words.lengths @ real) / (real_words or 1)
    yield "hash_to_word_ratio", text.count("#") / count
    yield "ellipsis_to_word_ratio", ellipses / count
    yield "bullet_lines", bulleted / line_count
    yield "ellipsis_lines", cut_short / line_count
    yield "alpha_words", int(np.count_nonzero(words.has_letter)) / count
    yield "stop_words", len(stop_keys.intersection(words.keys.tolist()))
