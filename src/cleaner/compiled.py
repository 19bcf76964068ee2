"""What is compiled, or None where the package could not be compiled.

The plain way stands in then: slower, the same output. The sources are in native/, and
say what each function takes; here stands for the checker of types what it gives.
"""

from collections.abc import Callable
from importlib import import_module
from types import ModuleType
from typing import Any, Protocol, cast

# The lines that are not blank, where each starts, the shape of each, and the signs.
Cut = tuple[list[str], list[int], bytes, int]


class Scanner(Protocol):
    """Phrases and signatures, made ready to be looked for."""

    find: Callable[[str, bytes], dict[Any, list[int]]]  # by the slots it was made with


class Scan(Protocol):
    """A pass over a text."""

    Scanner: Callable[..., Scanner]
    cut: Callable[[str, bytes], Cut]
    short_lines: Callable[..., dict[str, list[int]]]
    open_alike: Callable[[list[str], bytes, int, bool], list[int]]
    pulled: Callable[[str, list[str], list[int], bytes], list[int]]


class LineScorer(Protocol):
    """The weights of a line model, made ready."""

    totals: Callable[..., list[int | None]]


class Lines(Protocol):
    """The line model."""

    Model: Callable[..., LineScorer]
    suspects: Callable[..., list[int]]


class PageScorer(Protocol):
    """The weights of a page model, made ready."""

    sums: Callable[[str, str | None], tuple[bytes, tuple[int, ...]]]
    noise: Callable[[bytes], list[tuple[int, int, float]]]


class Pages(Protocol):
    """The page model."""

    Model: Callable[..., PageScorer]


def _found(name: str) -> ModuleType | None:
    try:
        return import_module(name)
    except ModuleNotFoundError:  # one that is there but broken is an error
        return None


scan = cast("Scan | None", _found("cleaner._scan"))
lines = cast("Lines | None", _found("cleaner._lines"))
page = cast("Pages | None", _found("cleaner._page"))
