"""The one table of detectors.

A detector is a row: a name, the label it gives, the function that finds, a summary.
Lists, checks, documentation and tests derive from the table.
"""

from collections.abc import Iterable
from types import MappingProxyType
from typing import Final, NamedTuple

from cleaner.detectors import links
from cleaner.patterns import Find, Rule, find_by


class Detector(NamedTuple):
    """A row of the table. `score` is the measured share of its edits that are right."""

    name: str
    label: str
    find: Find
    summary: str
    score: float
    slots: frozenset[str] = frozenset()  # the phrases it waits for
    rules: tuple[Rule, ...] = ()


def _cues(
    name: str, label: str, rules: Iterable[Rule], summary: str, score: float
) -> Detector:
    """A row that is rules only."""
    rules = tuple(rules)
    slots = frozenset(rule.slot for rule in rules)
    return Detector(name, label, find_by(rules), summary, score, slots, rules)


_ROWS: Final = (
    _cues(
        "related_cue",
        "related_link",
        links.RULES,
        "a pointer to another story that says so: Read more, See also, Watch",
        0.98,
    ),
)

DETECTORS: Final = MappingProxyType({row.name: row for row in _ROWS})
