"""What every section is given."""

from collections.abc import Sequence
from typing import NamedTuple

from cleaner import Cleaner, Config
from cleaner.config import removable


class Setting(NamedTuple):
    """The corpus, and how much is done with it."""

    texts: Sequence[str]
    rounds: int
    scale: float  # of the full size of what is generated and sampled

    def sized(self, full: float) -> int:
        """The full size, scaled; at least one."""
        return max(int(full * self.scale), 1)


def without_line_model(preset: str) -> Config:
    """The preset without the label that the line model gives.

    One detector of closing lines gives it too, and is left out with it.
    """
    return Config(preset, removable(preset) - {"boilerplate"})


def edits_in(cleaner: Cleaner, texts: Sequence[str]) -> int:
    """How many edits the texts get."""
    return sum(len(cleaner.explain(text).edits) for text in texts)
