"""Work, counted in lines of Python executed, which are the same in every run."""

import sys
from collections.abc import Callable
from types import FrameType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from _typeshed import TraceFunction

# Twice the text may be a little more than twice the lines, and caches fill up.
_MOST: Final = 2.6
_FEW: Final = 1000  # executed lines that a text of any size may take


def executed(run: Callable[[], object]) -> int:
    """How many lines of Python a call executes."""
    count = 0

    def trace(_frame: FrameType, event: str, _: object) -> "TraceFunction":
        nonlocal count
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        run()
    finally:
        sys.settrace(before)
    return count


def is_steep(once: int, twice: int) -> bool:
    """Whether twice the text was clearly more than twice the work."""
    return twice > _MOST * once + _FEW
