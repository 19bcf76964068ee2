"""Verdicts: which published filter would drop a document, and by which of its rules."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from types import MappingProxyType
from typing import Final, NamedTuple

from cleaner.arguments import check_text, several
from cleaner.signals.table import DUPLICATE_NGRAMS, TOP_NGRAMS

GOPHER_STOP_WORDS: Final = frozenset(
    {"the", "be", "to", "of", "and", "that", "have", "with"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class QualityConfig:
    """The limits of the rules, each named as the reason it gives; None: no such rule.

    The defaults are the published ones, the names those of datatrove's filters.

    >>> QualityConfig(gopher_short_doc=100, short_line_ratio=None).char_dup_ratio
    0.01
    """

    lorem_ipsum: float | None = 0
    curly_bracket: float | None = 0
    too_few_sentences: float | None = 5
    gopher_short_doc: float | None = 50
    gopher_long_doc: float | None = 100_000
    gopher_below_avg_threshold: float | None = 3
    gopher_above_avg_threshold: float | None = 10
    gopher_too_many_hashes: float | None = 0.1
    gopher_too_many_ellipsis: float | None = 0.1
    gopher_too_many_bullets: float | None = 0.9
    gopher_too_many_end_ellipsis: float | None = 0.3
    gopher_below_alpha_threshold: float | None = 0.8
    gopher_enough_stop_words: float | None = 2
    empty: float | None = 1
    dup_para_frac: float | None = 0.3
    dup_para_char_frac: float | None = 0.2
    dup_line_frac: float | None = 0.3
    dup_line_char_frac: float | None = 0.2
    top_2_gram: float | None = 0.2
    top_3_gram: float | None = 0.18
    top_4_gram: float | None = 0.16
    duplicated_5_n_grams: float | None = 0.15
    duplicated_6_n_grams: float | None = 0.14
    duplicated_7_n_grams: float | None = 0.13
    duplicated_8_n_grams: float | None = 0.12
    duplicated_9_n_grams: float | None = 0.11
    duplicated_10_n_grams: float | None = 0.10
    line_punct_ratio: float | None = 0.12
    short_line_ratio: float | None = 0.67
    char_dup_ratio: float | None = 0.01
    list_ratio: float | None = 0.3
    stop_words: frozenset[str] = GOPHER_STOP_WORDS

    def __post_init__(self) -> None:
        """TypeError for a limit that is no number, and for words that are none.

        ValueError for a limit of nan, which nothing is over or under.
        """
        words = frozenset(several("stop_words", self.stop_words))
        for word in words:
            check_text(word, "stop_words: ")
        object.__setattr__(self, "stop_words", words)
        for name in (field.name for field in fields(self)[:-1]):
            if not isinstance(limit := getattr(self, name), float | int | None):
                kind = type(limit).__name__
                raise TypeError(f"{name} takes a number or None, not {kind}")
            if limit != limit:  # noqa: PLR0124  # nan
                raise ValueError(f"{name} takes a number or None, not {limit}")


class Rule(NamedTuple):
    """A reason to drop a document: a signal that is under, or over, its limit."""

    reason: str
    signal: str
    is_floor: bool


def _floor(reason: str, signal: str | None = None) -> Rule:
    return Rule(reason, signal or reason, is_floor=True)


def _ceiling(reason: str, signal: str | None = None) -> Rule:
    return Rule(reason, signal or reason, is_floor=False)


# In the order in which datatrove 0.10.1 tries them.
VERDICTS: Final[Mapping[str, tuple[Rule, ...]]] = MappingProxyType(
    {
        "c4": (
            _ceiling("lorem_ipsum", "c4_lorem_ipsum"),
            _ceiling("curly_bracket", "c4_curly_bracket"),
            _floor("too_few_sentences", "c4_sentences"),
        ),
        "gopher_quality": (
            _floor("gopher_short_doc", "words"),
            _ceiling("gopher_long_doc", "words"),
            _floor("gopher_below_avg_threshold", "mean_word_length"),
            _ceiling("gopher_above_avg_threshold", "mean_word_length"),
            _ceiling("gopher_too_many_hashes", "hash_to_word_ratio"),
            _ceiling("gopher_too_many_ellipsis", "ellipsis_to_word_ratio"),
            _ceiling("gopher_too_many_bullets", "bullet_lines"),
            _ceiling("gopher_too_many_end_ellipsis", "ellipsis_lines"),
            _floor("gopher_below_alpha_threshold", "alpha_words"),
            _floor("gopher_enough_stop_words", "stop_words"),
        ),
        "gopher_repetition": (
            _floor("empty", "characters"),
            _ceiling("dup_para_frac"),
            _ceiling("dup_para_char_frac"),
            _ceiling("dup_line_frac"),
            _ceiling("dup_line_char_frac"),
            *(_ceiling(f"top_{n}_gram") for n in TOP_NGRAMS),
            *(_ceiling(f"duplicated_{n}_n_grams") for n in DUPLICATE_NGRAMS),
        ),
        "fineweb": (
            _floor("empty", "lines"),
            _floor("line_punct_ratio"),
            _ceiling("short_line_ratio"),
            _ceiling("char_dup_ratio"),
            _ceiling("list_ratio"),
        ),
    }
)

_ENGLISH_STOP_WORDS: Final = "gopher_enough_stop_words"
_UNSPACED: Final = frozenset({"zh", "ja", "th", "lo", "km", "my"})
_UNMARKED: Final = frozenset({"th", "lo"})  # a sentence ends with a space
_NO_LATIN_END_MARKS: Final = frozenset({*_UNSPACED, "hi", "bn", "ne", "am"})
# Rules that no text of a language can meet, or any does, whatever its quality.
_UNFIT: Final[Mapping[str, frozenset[str]]] = {
    "gopher_below_avg_threshold": _UNSPACED,
    "gopher_above_avg_threshold": _UNSPACED,
    "too_few_sentences": _NO_LATIN_END_MARKS,
    "line_punct_ratio": _UNMARKED,
}


def verdicts(
    signals: Mapping[str, float], config: QualityConfig, lang: str | None
) -> dict[str, tuple[str, ...]]:
    """For each filter the reasons to drop the document; none if it would keep it."""
    unfit = set(_unfit(config, lang))
    return {
        name: tuple(
            rule.reason
            for rule in rules
            if rule.reason not in unfit and _is_broken(rule, signals, config)
        )
        for name, rules in VERDICTS.items()
    }


def _is_broken(rule: Rule, signals: Mapping[str, float], config: QualityConfig) -> bool:
    limit, value = getattr(config, rule.reason), signals[rule.signal]
    if limit is None:
        return False
    return bool(value < limit if rule.is_floor else value > limit)


def _unfit(config: QualityConfig, lang: str | None) -> Iterator[str]:
    language = (lang or "en").replace("_", "-").partition("-")[0].lower()
    if language != "en" and config.stop_words == GOPHER_STOP_WORDS:
        yield _ENGLISH_STOP_WORDS
    for reason, languages in _UNFIT.items():
        if language in languages:
            yield reason
