"""What each row is to reach: a binding figure, and one to try for in earnest."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, NamedTuple


class Target(NamedTuple):
    """Figures that a row is held against; `moonshot` is None where there is none."""

    binding: float
    moonshot: float | None = None
    unit: str = ""  # "1/" for a share of splitlines + join
    at_least: bool = False

    def reached_by(self, figure: float) -> str:
        """What a figure reaches, in a word."""
        if self.moonshot is not None and self._holds(figure, self.moonshot):
            return "moonshot"
        return "yes" if self._holds(figure, self.binding) else "no"

    def _holds(self, figure: float, bound: float) -> bool:
        return figure >= bound if self.at_least else figure <= bound

    def __str__(self) -> str:
        bound = self._told(self.binding)
        if self.moonshot is None:
            return f"{'≥' if self.at_least else '≤'} {bound}"
        return f"≥ {bound}, moonshot {self._told(self.moonshot)}"

    def _told(self, figure: float) -> str:
        share = self.unit == "1/"
        return f"1/{figure:g}" if share else f"{figure:g}{self.unit}"


def _share(binding: float, moonshot: float) -> Target:
    return Target(binding, moonshot, "1/")


# By section and row. A share of 1/10 is ten times the time of splitlines + join.
TARGETS: Final[Mapping[tuple[str, str], Target]] = MappingProxyType(
    {
        ("speed", "default, no line model"): _share(10, 6),
        ("speed", "default"): _share(15, 8),
        ("speed", "strict, no line model"): _share(8, 5),
        ("speed", "strict"): _share(8, 5),
        ("speed", "default, clean_many"): _share(8, 4),
        ("speed", "default, Arrow to Arrow"): _share(6, 2.5),
        ("speed", "default, nothing to find"): _share(5, 3),
        ("speed", "default, nothing to find, clean_many"): _share(3, 1.5),
        ("latency", "default, 3 KB"): Target(8),
        ("startup", "import"): Target(60, unit=" ms"),
        ("startup", "first call"): Target(300, unit=" ms"),
        ("startup", "first call, cold"): Target(1500, unit=" ms"),
        ("memory", "default"): Target(60, unit=" MB"),
        ("scaling", "2 processes"): Target(1.8, at_least=True),
    }
)
# Twice the input, at most twice the time; a tenth is left for noise and caches.
GROWTH: Final = Target(2.2)


def verdict(section: str, name: str, figure: float) -> tuple[str, str]:
    """The row's target, and whether the figure reaches it; empty if it has none."""
    target = TARGETS.get((section, name))
    return (str(target), target.reached_by(figure)) if target else ("", "")
