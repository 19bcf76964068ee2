"""Document quality: signals, and what the published filters make of them.

text → words and lines as arrays → signals → verdicts and a score.
"""

from collections.abc import Mapping
from typing import NamedTuple

from cleaner.signals.table import SIGNALS
from cleaner.signals.verdicts import VERDICTS, QualityConfig, verdicts

__all__ = ("SIGNALS", "VERDICTS", "Quality", "QualityConfig", "quality")

_DEFAULT = QualityConfig()


class Quality(NamedTuple):
    """What is known of a document.

    `score` is an estimate of the share of the text's characters that are article, from
    0 to 1. `verdicts` holds for each published filter the reasons for which it would
    drop the document, in the order in which datatrove tries them; none if it keeps it.
    `signals` are those of SIGNALS.
    """

    score: float
    verdicts: Mapping[str, tuple[str, ...]]
    signals: Mapping[str, float]


def quality(
    text: str, *, lang: str | None = None, config: QualityConfig = _DEFAULT
) -> Quality:
    r"""Signals, verdicts and a score for a document, before or after cleaning.

    The published limits are for English. Where `lang` says that a text is in another
    language, rules that hold in English only are left out: the stop words, and for
    scripts without spaces or with end marks of their own those on word length and
    sentences. Raises TypeError if the text is not a str or `config` no QualityConfig.

    >>> done = quality("The council met on Monday, he said.\n\nRead More: Two\n")
    >>> done.verdicts["c4"], round(done.signals["noise_related_link"], 2)
    (('too_few_sentences',), 0.31)
    """
    from cleaner.signals.measures import measured
    from cleaner.signals.noise import noise
    from cleaner.signals.score import score

    if not isinstance(config, QualityConfig):
        raise TypeError(f"config is a QualityConfig, not {type(config).__name__}")
    made_of = dict(noise(text, lang))
    signals = measured(text, stop_words=config.stop_words) | made_of
    return Quality(score(signals), verdicts(signals, config, lang), signals)
