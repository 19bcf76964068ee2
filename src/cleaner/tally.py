"""Counts of what went, by label, language or site."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from cleaner.edits import Edit
from cleaner.workers import Outcome


class Count(NamedTuple):
    """What goes by one name: in how many documents, how many cuts and characters."""

    name: str
    documents: int
    cuts: int
    chars: int


class Tally:
    """Counts by some name of an edit or its document, added up row by row."""

    def __init__(self) -> None:
        self._documents: Counter[str] = Counter()
        self._cuts: Counter[str] = Counter()
        self._chars: Counter[str] = Counter()

    def add(self, name: str, edits: Sequence[Edit]) -> None:
        """Count a document, and the edits in it that go by the name."""
        self._documents[name] += 1
        self._cuts[name] += len(edits)
        self._chars[name] += sum(edit.end - edit.start for edit in edits)

    def add_by_label(self, edits: Sequence[Edit]) -> None:
        """Count a document's edits, each under its label."""
        for label in {edit.label for edit in edits}:
            self.add(label, [edit for edit in edits if edit.label == label])

    def counts(self) -> list[Count]:
        """The counts, the most characters first."""
        names = sorted(self._documents, key=lambda name: (-self._chars[name], name))
        return [
            Count(name, self._documents[name], self._cuts[name], self._chars[name])
            for name in names
        ]


class Stats:
    """What a run did: a table by label, and its documents in all."""

    def __init__(self) -> None:
        self.documents = 0
        self.changed = 0
        self.withheld = 0
        self.failed = 0
        self.chars = 0
        self.by_label = Tally()

    def add(self, outcome: Outcome) -> None:
        """Count a row; one without text is no document."""
        if outcome.fault:
            self.failed += 1
        elif outcome.done:
            self.documents += 1
            self.changed += bool(outcome.done.edits)
            self.withheld += bool(outcome.done.withheld)
            self.chars += len(outcome.done.original)
            self.by_label.add_by_label(outcome.done.edits)

    def table(self, seconds: float) -> Iterator[str]:
        """The table, line by line."""
        yield f"{'label':<14} {'documents':>10} {'cuts':>10} {'characters':>12}"
        rows = self.by_label.counts()
        for name, documents, cuts, chars in rows:
            yield f"{name:<14} {documents:>10,} {cuts:>10,} {chars:>12,}"
        cuts, chars = sum(row.cuts for row in rows), sum(row.chars for row in rows)
        yield f"{'all':<14} {self.changed:>10,} {cuts:>10,} {chars:>12,}"
        rate = self.documents / seconds if seconds else 0.0
        ending = "" if self.documents == 1 else "s"
        yield (
            f"{self.documents:,} document{ending} of {self.chars:,} characters, "
            f"{self.withheld:,} withheld, {self.failed:,} failed, "
            f"{seconds:.1f} s, {rate:,.0f} a second"
        )
