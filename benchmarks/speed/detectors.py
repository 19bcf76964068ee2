"""Where the time goes: each detector's share of it."""

import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from types import MappingProxyType
from typing import Any, Final
from unittest.mock import patch

from cleaner import Cleaner, Config, core, proposals
from cleaner.detectors import NEEDS, Detector
from cleaner.document import Document
from cleaner.edits import Finding
from cleaner.proposals import MODEL, Tools, tools_of
from speed.corpus import megabytes, sample
from speed.setting import Setting
from speed.tables import Table, figure
from speed.timing import settled

CHARACTERS: Final = 2_000_000
GATE: Final = "gate"
REST: Final = "the rest"
# What the loop does beside asking detectors, by its name there.
STEPS: Final = MappingProxyType(
    {
        "Document": "lines and their shapes",
        "carried": "gate, of a later pass",
        "by_line_model": MODEL,
        "resolve": "settling overlaps",
        "widen": "blank space around cuts",
        "apply": "applying edits",
        "compose": "joining passes",
        "without_blank": "edits as they are told",
    }
)
HEADER: Final = ("", "share of the time", "µs a document", "calls", "edits")
NOTE: Final = (
    "`default`, all passes, {:.1f} MB of the corpus: {} µs a document. What detectors "
    "share is counted with the first that asks. One round: shares, not speeds."
)


class Clock:
    """Nanoseconds and calls by name: own time, without what is timed within."""

    def __init__(self) -> None:
        self.spent: Counter[str] = Counter()
        self.calls: Counter[str] = Counter()
        self._within = [0]  # what timed calls took, for each that is under way

    def timed(self, name: str, run: Callable[..., Any]) -> Callable[..., Any]:
        """The function, with its time on record."""

        def measured(*args: Any, **kwargs: Any) -> Any:  # noqa: ANN401
            self._within.append(0)
            start = time.thread_time_ns()
            result = run(*args, **kwargs)
            took = time.thread_time_ns() - start
            self.spent[name] += took - self._within.pop()
            self._within[-1] += took
            self.calls[name] += 1
            return result

        return measured

    def detector(self, row: Detector) -> Detector:
        """The detector, timed until its last finding."""

        def find(document: Document) -> Iterable[Finding]:
            return list(row.find(document))

        return row._replace(find=self.timed(row.name, find))

    def tools(self, config: Config) -> Tools:
        """The tools of a configuration, timed."""
        tools = tools_of(config)
        return tools._replace(
            detectors={bit: self.detector(row) for bit, row in tools.detectors.items()},
            gate=self.timed(GATE, tools.gate),
        )


def table(setting: Setting) -> Table:
    """A row a detector, the slowest first."""
    texts = sample(setting.texts, setting.sized(CHARACTERS))
    done = [Cleaner().explain(text) for text in texts]
    edits = Counter(edit.detector for one in done for edit in one.edits)
    clock, whole = _measured(texts)
    clock.spent[REST] = whole - clock.spent.total()
    parts = [
        (
            name,
            f"{spent / whole:.1%}",
            figure(spent / len(texts) / 1000),
            f"{clock.calls[name]:,}" if name in clock.calls else "",
            f"{edits[name]:,}",
        )
        for name, spent in clock.spent.most_common()
    ]
    a_document = figure(whole / len(texts) / 1000)
    return Table("Shares", HEADER, parts, NOTE.format(megabytes(texts), a_document))


def _measured(texts: Sequence[str]) -> tuple[Clock, int]:
    """The parts' nanoseconds, and those of all."""
    clock = Clock()
    steps = {at: clock.timed(name, getattr(core, at)) for at, name in STEPS.items()}
    needs = {name: clock.timed(f"is there: {name}", f) for name, f in NEEDS.items()}
    with (
        patch.dict(vars(core), {**steps, "tools_of": clock.tools}),
        patch.dict(vars(proposals), {"NEEDS": needs}),
        settled(),
    ):
        cleaner = Cleaner()
        start = time.thread_time_ns()
        for text in texts:
            cleaner.clean(text)
        return clock, time.thread_time_ns() - start
