"""What is compiled, or None where the package could not be compiled.

The plain way stands in then: slower, the same output. The sources are in native/.
"""

from importlib import import_module
from types import ModuleType


def _found(name: str) -> ModuleType | None:
    try:
        return import_module(name)
    except ModuleNotFoundError:  # one that is there but broken is an error
        return None


scan = _found("cleaner._scan")  # a pass over a text
lines = _found("cleaner._lines")  # the line model
page = _found("cleaner._page")  # the page model
