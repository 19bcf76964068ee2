"""The published signals of a text, from one look at its characters."""

from collections.abc import Sequence
from functools import lru_cache

from cleaner.signals.gopher import gopher
from cleaner.signals.lines import (
    SentenceCounter,
    c4,
    count_sentences,
    fineweb,
    lines_of,
    per_line,
)
from cleaner.signals.repetition import repetition
from cleaner.signals.verdicts import GOPHER_STOP_WORDS
from cleaner.signals.words import (
    classes_of,
    codes_of,
    given_words,
    keys_of,
    split_words,
)

_keys_of = lru_cache(32)(keys_of)  # sets of stop words


def measured(
    text: str,
    *,
    words: Sequence[str] | None = None,
    sentences_in: SentenceCounter = count_sentences,
    stop_words: frozenset[str] = GOPHER_STOP_WORDS,
) -> dict[str, float]:
    """The signals of a text.

    Given words and what counts a line's sentences, they stand in for the text's own.
    """
    codes = codes_of(text)
    classes = classes_of(codes)
    own = split_words(codes, classes) if words is None else given_words(words)
    lines = lines_of(text, classes)
    return {
        "characters": len(text),
        **dict(c4(lines, sentences_in)),
        **dict(gopher(text, own, lines.all, _keys_of(stop_words))),
        **dict(repetition(text, own)),
        **dict(fineweb(text, len(own.keys))),
        **dict(per_line(text, classes, lines)),
    }
