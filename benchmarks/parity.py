"""Holds the verdicts against datatrove's filters, on the same words and sentences.

    pip install 'datatrove[processing]==0.10.1' spacy pyarrow
    python benchmarks/parity.py DATA.jsonl [DATA.parquet:column ...] [--limit 5000]

Prints, for each filter, on how many documents verdict and reason agree and every
document on which they don't; then how fast both are: datatrove's filters one after
the other in one run (they share one tokenisation), and the signals with their own.
"""

import argparse
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Any, Final, NamedTuple

from datatrove.data import Document
from datatrove.pipeline.filters import (
    C4QualityFilter,
    FineWebQualityFilter,
    GopherQualityFilter,
    GopherRepetitionFilter,
)
from datatrove.utils.text import split_into_sentences, split_into_words
from speed.corpus import read

from cleaner.signals import QualityConfig
from cleaner.signals.measures import measured
from cleaner.signals.verdicts import verdicts

FILTERS: Final[dict[str, Any]] = {
    "gopher_quality": GopherQualityFilter(),
    "gopher_repetition": GopherRepetitionFilter(),
    "fineweb": FineWebQualityFilter(),
    "c4": C4QualityFilter(),
}
TIMED: Final = ("gopher_quality", "gopher_repetition", "fineweb")
KEPT: Final = "kept"
CONFIG: Final = QualityConfig()  # made once, as `quality` does


class Case(NamedTuple):
    """What both sides say of a document: a filter's first reason, or that it stays."""

    number: int
    verdict: str
    theirs: str
    ours: str
    with_own_words: str


def main() -> None:
    """Compare, then time."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("data", nargs="+", help="JSONL with a field text, or Parquet")
    parser.add_argument("--limit", type=int, default=5000, help="documents in all")
    options = parser.parse_args()
    texts = list(islice(_mixed(options.data), options.limit))
    cases = [case for n, text in enumerate(texts) for case in compared(n, text)]
    for verdict in FILTERS:
        _tell(verdict, [case for case in cases if case.verdict == verdict])
    _tell_speed(texts)


def _mixed(sources: Sequence[str]) -> Iterator[str]:
    """The texts of all sources by turns, so that a limit takes as many of each."""
    turns = [iter(list(read(source))) for source in sources]
    while turns:
        for turn in list(turns):
            text = next(turn, None)
            if text is None:
                turns.remove(turn)
            else:
                yield text


def compared(number: int, text: str) -> Iterator[Case]:
    """A document's verdicts by both sides, on the same words and on ours."""
    words = split_into_words(text)
    given = measured(text, words=words, sentences_in=_sentences)
    same, own = (verdicts(x, CONFIG, None) for x in (given, measured(text)))
    for verdict in FILTERS:
        ours, alone = (next(iter(x[verdict]), KEPT) for x in (same, own))
        yield Case(number, verdict, _theirs(verdict, text), ours, alone)


def _sentences(lines: Sequence[str]) -> int:
    return sum(len(split_into_sentences(line)) for line in lines)


def _theirs(verdict: str, text: str) -> str:
    try:
        said = FILTERS[verdict].filter(Document(text=text, id=""))
    except ZeroDivisionError:
        return "ZeroDivisionError"
    return KEPT if said is True else said[1]


def _tell(verdict: str, cases: Sequence[Case]) -> None:
    differ = [case for case in cases if case.theirs != case.ours]
    own = sum(case.theirs == case.with_own_words for case in cases)
    dropped = sum(case.theirs != KEPT for case in cases)
    print(
        f"{verdict}: {len(cases)} documents, {dropped} dropped by datatrove; the same "
        f"verdict and reason on {1 - len(differ) / len(cases):.2%}, with own words "
        f"and sentences on {own / len(cases):.2%}"
    )
    for case in differ:
        print(f"  document {case.number}: datatrove {case.theirs}, here {case.ours}")


def _tell_speed(texts: Sequence[str], rounds: int = 3) -> None:
    rows: dict[str, Callable[[str], object]] = {
        "datatrove, three filters": _filtered,
        "signals and four verdicts": _judged,
    }
    sample = texts[:300]
    taken = [[_timed(run, sample) for run in rows.values()] for _ in range(rounds)]
    best = [min(column) for column in zip(*taken, strict=True)]
    for name, seconds in zip(rows, best, strict=True):
        print(
            f"{name:28} {seconds / len(sample) * 1e3:8.3f} ms a document"
            f"  x{best[0] / seconds:.1f}"
        )


def _filtered(text: str) -> None:
    for name in TIMED:
        FILTERS[name].filter(Document(text=text, id=""))


def _judged(text: str) -> None:
    verdicts(measured(text), CONFIG, None)


def _timed(run: Callable[[str], object], texts: Sequence[str]) -> float:
    start = time.thread_time()
    for text in texts:
        run(text)
    return time.thread_time() - start


if __name__ == "__main__":
    main()
