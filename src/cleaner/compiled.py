"""The compiled pass, or None where the package could not be compiled.

The plain way stands in then: slower, the same output.
"""

from importlib import import_module
from types import ModuleType


def _found() -> ModuleType | None:
    try:
        return import_module("cleaner._scan")
    except ModuleNotFoundError:  # one that is there but broken is an error
        return None


scan = _found()
