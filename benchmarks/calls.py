"""What calls without a mark take along of a story that stands on one line with them.

    python benchmarks/calls.py DATA.jsonl [MORE.jsonl ...] [--preset body] [--show]

A labelled call that goes where it stands alone is set between sentences of content of
other documents in its language; of what goes of these every character is one too many.
"""

import argparse
import re
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from typing import Final, NamedTuple

from forms import PRESETS
from labelled import DataError, read
from scoring import Record, is_removal

from cleaner import Cleaner

CALLS: Final = frozenset(
    {"promotion", "interaction", "related_link", "notice", "advertisement"}
)
CALL_CHARS: Final = range(9, 90)
MIN_PARAGRAPH_CHARS: Final = 90
FOUND: Final = 0.8  # of a call's characters
SLACK_CHARS: Final = 3  # blank space and a mark that go with it
ROUNDS: Final = 4_000  # of each language, drawn with a fixed seed
MIN_CALLS: Final = 20  # of a language
_SENTENCE: Final = re.compile(r"[^\W\d_a-z].{40,260}?[.!?。।](?= |$)")


class Trial(NamedTuple):
    """A call between sentences, and what goes."""

    call: str
    after: str
    is_found: bool
    taken: int  # characters of the sentences around that go with it


def calls_of(record: Record) -> Iterator[str]:
    """The lines that are a call as a whole and end in no mark."""
    lines = record.text.split("\n")
    for label in record.labels:
        call = lines[label.line].strip()
        is_whole = label.end - label.start >= len(call) in CALL_CHARS
        if is_whole and label.name in CALLS and call[-1].isalnum():
            yield call


def sentences_of(record: Record) -> Iterator[str]:
    """The first sentence of each paragraph of content."""
    labelled = {label.line for label in record.labels}
    for at, line in enumerate(record.text.split("\n")):
        is_paragraph = at not in labelled and len(line) > MIN_PARAGRAPH_CHARS
        if is_paragraph and (sentence := _SENTENCE.match(line.strip())):
            yield sentence[0]


def goes_alone(call: str, sentences: Sequence[str], cleaner: Cleaner) -> bool:
    """Whether a rule takes a call on a line of its own between paragraphs."""
    above, below = " ".join(sentences[:2]), " ".join(sentences[2:4])
    text = f"{above}\n\n{call}\n\n{below}"
    start, end = len(above) + 2, len(above) + 2 + len(call)
    return any(
        edit.start <= start and end <= edit.end and edit.detector != "line_model"
        for edit in filter(is_removal, cleaner.explain(text).edits)
    )


def tried(call: str, around: Sequence[str], cleaner: Cleaner) -> Trial:
    """What goes where a call stands behind one sentence and before two."""
    before, after, last = around
    text = f"{before} {call} {after} {last}"
    start, end = len(before) + 1, len(before) + 1 + len(call)
    spans = [
        (edit.start, edit.end)
        for edit in filter(is_removal, cleaner.explain(text).edits)
        if edit.start < end and edit.end > start
    ]
    within = sum(min(high, end) - max(low, start) for low, high in spans)
    taken = sum(high - low for low, high in spans) - within
    return Trial(call, after, within >= FOUND * len(call), taken)


def trials(records: Sequence[Record], cleaner: Cleaner) -> list[Trial]:
    """So many draws of a call and sentences around it; none where calls are few."""
    sentences = sorted({s for record in records for s in sentences_of(record)})
    known = sorted({call for record in records for call in calls_of(record)})
    calls = [call for call in known if goes_alone(call, sentences, cleaner)]
    if len(calls) < MIN_CALLS:
        return []
    random = Random(0)  # noqa: S311  # the same for the same data
    return [
        tried(random.choice(calls), random.sample(sentences, 3), cleaner)
        for _ in range(ROUNDS)
    ]


def main() -> None:
    """Print a row a language, and with --show every call that takes more along."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("data", nargs="+", type=Path, help="labelled documents")
    parser.add_argument("--preset", choices=PRESETS, default="default")
    parser.add_argument("--show", action="store_true", help="each, and what follows")
    options = parser.parse_args()
    by_language: defaultdict[str, list[Record]] = defaultdict(list)
    try:
        for record in read(options.data):
            by_language[record.lang].append(record)
    except DataError as error:
        sys.exit(f"calls.py: {error}")
    print(
        "| language | found, of 100 | of those, take more along |\n| --- | --: | --: |"
    )
    for language, records in sorted(by_language.items()):
        if made := trials(records, Cleaner(options.preset)):
            _print(language, made, show=options.show)


def _print(language: str, made: Sequence[Trial], *, show: bool) -> None:
    found = [trial for trial in made if trial.is_found]
    greedy = [trial for trial in found if trial.taken > SLACK_CHARS]
    shares = 100 * len(found) / len(made), 100 * len(greedy) / max(1, len(found))
    print(f"| {language} | {shares[0]:.0f} | {shares[1]:.1f} |")
    for trial in greedy if show else ():
        print(f"{trial.call!r}, {trial.taken} of {trial.after!r}")


if __name__ == "__main__":
    main()
