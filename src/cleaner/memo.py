"""What is found out once and kept: of lines, of documents, of objects."""

import re
from collections.abc import Callable
from functools import cache, lru_cache, partial, wraps
from typing import Any, Final, Generic, Protocol, TypeVar

# What is found out is kept for the last so many lines of up to so many characters: a
# pass over a text from which something was cut meets the same lines again. The process
# took 60.7 MB of the 60 it may with 160 lines, 60.1 with 32, 59.6 to 59.9 with 16. With
# 8 it is slower by 6 %.
KNOWN_LINES: Final = 16
_KNOWN_CHARS: Final = 2000

R = TypeVar("R")


def is_remembered(line: str) -> bool:
    """Whether what is found out about a line is kept."""
    return len(line) <= _KNOWN_CHARS


def known(function: Callable[[str], R]) -> Callable[[str], R]:
    """The function of a line, with a memory for lines."""
    kept = lru_cache(KNOWN_LINES)(function)

    @wraps(function)
    def answer(line: str) -> R:
        return kept(line) if len(line) <= _KNOWN_CHARS else function(line)

    return answer


def late_pattern(pattern: str, flags: int = 0) -> Callable[[], re.Pattern[str]]:
    """A pattern that is compiled when first called for, as by few documents."""
    return cache(partial(re.compile, pattern, flags))


class lazy(Generic[R]):  # noqa: N801  # used as `property` is
    """A property found out when first asked for.

    `cached_property` takes a lock in Python 3.11, which costs more than most of these.
    """

    def __init__(self, find: Callable[[Any], R]) -> None:
        self.find = find
        self.name = find.__name__

    def __get__(self, owner: object, kind: type) -> R:
        found = owner.__dict__[self.name] = self.find(owner)
        return found


class Remembering(Protocol):
    """What takes along what was found out about it, as a document does."""

    memo: dict[Callable[..., object], Any]


T = TypeVar("T", bound=Remembering)


def once(function: Callable[[T], R]) -> Callable[[T], R]:
    """The function of a document, which keeps what it was told and goes with it."""

    @wraps(function)
    def answer(document: T) -> R:
        memo = document.memo
        if function not in memo:
            memo[function] = function(document)
        found: R = memo[function]
        return found

    return answer
