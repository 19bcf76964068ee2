"""What stories lose in the forms in which extractors give them.

    python benchmarks/forms.py DATA.jsonl [MORE.jsonl ...] [--preset body] [--show]

Of a labelled document the content lines are set anew in each form, without its noise,
so every character that goes is one too many; in the last row all of it on one line, of
which those count that go of content lines.
"""

import argparse
import re
import sys
import textwrap
from collections.abc import Callable, Sequence
from itertools import accumulate, chain
from pathlib import Path
from random import Random
from types import MappingProxyType
from typing import Final, NamedTuple

from labelled import DataError, read
from scoring import Record, is_removal

from cleaner import Cleaner

PRESETS: Final = ("strict", "default", "body")
WIDTH: Final = 72  # of hard-wrapped lines
TORN: Final = 0.35  # of the names in a paragraph, as links have it
_SENTENCE_END: Final = re.compile(r"(?<=[.!?।”\"])\s+|(?<=[。！？])")
# A name in mid-sentence, as links are set on.
_NAME: Final = re.compile(r"(?<=[a-zà-ÿ,] )[A-ZÀ-Þ][\w’'-]+(?: [A-ZÀ-Þ][\w’'-]+){0,3}")

Paragraphs = Sequence[str]
Form = Callable[[Paragraphs], str]


def on_lines(paragraphs: Paragraphs) -> str:
    """A paragraph a line."""
    return "\n".join(paragraphs)


def apart(paragraphs: Paragraphs) -> str:
    """Blank lines between."""
    return "\n\n".join(paragraphs)


def in_one_line(paragraphs: Paragraphs) -> str:
    """The whole story on one line."""
    return " ".join(paragraphs)


def by_sentence(paragraphs: Paragraphs) -> str:
    """A sentence a line, paragraphs apart."""
    return "\n\n".join("\n".join(_SENTENCE_END.split(p)) for p in paragraphs)


def wrapped(paragraphs: Paragraphs) -> str:
    """Rows of so many characters, paragraphs apart."""
    return "\n\n".join("\n".join(_rows(paragraph)) for paragraph in paragraphs)


def _rows(paragraph: str) -> list[str]:
    return textwrap.wrap(
        paragraph, WIDTH, break_long_words=False, break_on_hyphens=False
    )


def torn(paragraphs: Paragraphs) -> str:
    """Names on lines of their own, as text nodes joined by line feeds have links."""
    draw = Random(len(paragraphs)).random  # noqa: S311  # the same for the same text

    def own_line(name: re.Match[str]) -> str:
        return f"\n{name[0]}\n" if draw() < TORN else name[0]

    nodes = "\n".join(_NAME.sub(own_line, paragraph) for paragraph in paragraphs)
    return "\n".join(node.strip() for node in nodes.split("\n"))


def set_in(paragraphs: Paragraphs) -> str:
    """Four spaces before each."""
    return "\n".join(f"    {paragraph}" for paragraph in paragraphs)


def listed(paragraphs: Paragraphs) -> str:
    """Each a point of a list."""
    return "\n".join(f"- {paragraph}" for paragraph in paragraphs)


def quoted(paragraphs: Paragraphs) -> str:
    """As e-mail quotes."""
    return "\n".join(f"> {paragraph}" for paragraph in paragraphs)


def with_returns(paragraphs: Paragraphs) -> str:
    r"""Lines that end in "\r\n"."""
    return "\r\n".join(paragraphs)


FORMS: Final = MappingProxyType(
    {
        form.__name__.replace("_", " "): form
        for form in (
            on_lines,
            apart,
            in_one_line,
            by_sentence,
            wrapped,
            torn,
            set_in,
            listed,
            quoted,
            with_returns,
        )
    }
)


class Loss(NamedTuple):
    """What of a story goes in a form; characters are counted without blank space."""

    chars: int
    cuts: tuple[tuple[str, str], ...]  # by which detector, and what

    @property
    def gone(self) -> int:
        """How many characters the cuts are of."""
        return sum(_size(cut) for _, cut in self.cuts)


def story(record: Record) -> list[str]:
    """The lines of a document on which nothing is labelled."""
    labelled = {label.line for label in record.labels}
    lines = enumerate(record.text.split("\n"))
    return [line.strip() for at, line in lines if line.strip() and at not in labelled]


def lost(text: str, cleaner: Cleaner) -> Loss:
    """What a cleaner takes from a text that is all story; repairs take nothing."""
    removals = filter(is_removal, cleaner.explain(text).edits)
    cuts = ((edit.detector, text[edit.start : edit.end]) for edit in removals)
    return Loss(_size(text), tuple(cuts))


def lost_beside_noise(record: Record, cleaner: Cleaner) -> Loss:
    """What a cleaner takes from a story that stands on one line with its noise."""
    lines = record.text.split("\n")
    labelled = {label.line for label in record.labels}
    stripped = {at: line.strip() for at, line in enumerate(lines) if line.strip()}
    ends = accumulate(len(line) + 1 for line in stripped.values())
    spans = [
        (end - 1 - len(line), end - 1)
        for end, (at, line) in zip(ends, stripped.items(), strict=True)
        if at not in labelled
    ]
    text = " ".join(stripped.values())
    cuts = (
        (edit.detector, text[max(start, edit.start) : min(end, edit.end)])
        for edit in filter(is_removal, cleaner.explain(text).edits)
        for start, end in spans
    )
    chars = sum(_size(text[start:end]) for start, end in spans)
    return Loss(chars, tuple(cut for cut in cuts if cut[1].strip()))


def _size(text: str) -> int:
    return sum(map(len, text.split()))


def main() -> None:
    """Print a row a form, and with --show every cut."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("data", nargs="+", type=Path, help="labelled documents")
    parser.add_argument("--preset", choices=PRESETS, default="default")
    parser.add_argument("--show", action="store_true", help="every cut, by detector")
    options = parser.parse_args()
    try:
        records = [record for record in read(options.data) if story(record)]
    except DataError as error:
        sys.exit(f"forms.py: {error}")
    cleaner = Cleaner(options.preset)
    print(
        "| form | texts | with a cut | of 1,000 characters |\n| --- | --: | --: | --: |"
    )
    for name, form in FORMS.items():
        losses = [lost(form(story(record)), cleaner) for record in records]
        _print(name, losses, show=options.show)
    losses = [lost_beside_noise(record, cleaner) for record in records]
    _print("in one line with noise", losses, show=options.show)


def _print(name: str, losses: Sequence[Loss], *, show: bool) -> None:
    """A row, and below it every cut if they are asked for."""
    print(_row(name, losses))
    for detector, cut in chain.from_iterable(loss.cuts for loss in losses if show):
        print(f"{detector}: {cut!r}")


def _row(name: str, losses: Sequence[Loss]) -> str:
    cut = sum(bool(loss.cuts) for loss in losses)
    share = sum(x.gone for x in losses) / sum(x.chars for x in losses)
    return f"| {name} | {len(losses)} | {cut} | {1000 * share:.2f} |"


if __name__ == "__main__":
    main()
