import doctest
import importlib
from pathlib import Path

import pytest

from cleaner import integrations

MODULES = sorted(Path(integrations.__file__).parent.glob("*.py"))


@pytest.mark.parametrize("name", [path.stem for path in MODULES])
def test_docstrings_are_true(name: str) -> None:
    whole = "cleaner.integrations" + ("" if name == "__init__" else f".{name}")
    try:
        module = importlib.import_module(whole)
    except ImportError as error:
        pytest.skip(str(error))
    assert doctest.testmod(module).failed == 0
