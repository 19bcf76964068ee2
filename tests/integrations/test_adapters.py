"""What holds of all adapters; needs none of their packages."""

import ast
import tomllib
from functools import cache
from pathlib import Path

import pytest
from pipeline import ROOT, run

import cleaner

SOURCE = Path(cleaner.__file__).parent
FOLDER = SOURCE / "integrations"
# "site_memory" gives engines what they count, and imports none.
SHARED = {"__init__", "arrow", "batches", "columns", "site_memory"}
# What an adapter imports, where that is not of its own name.
NEEDS = {"arrow": "pyarrow", "langchain": "langchain_core", "spark": "pyspark"}
ADAPTERS = sorted({path.stem for path in FOLDER.glob("*.py")} - SHARED | {"arrow"})
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]


@cache
def imported(path: Path) -> set[str]:
    nodes = list(ast.walk(ast.parse(path.read_text("utf-8"))))
    whole = {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)}
    single = [node.names for node in nodes if isinstance(node, ast.Import)]
    return whole | {alias.name for names in single for alias in names}


@pytest.mark.parametrize("name", ADAPTERS)
def test_an_adapter_is_one_small_file_that_nobody_imports(name: str) -> None:
    lines = (FOLDER / f"{name}.py").read_text("utf-8").count("\n")
    assert lines <= (100 if name == "arrow" else 80)
    for path in SOURCE.rglob("*.py"):
        if name != "arrow" or FOLDER not in path.parents:
            assert f"cleaner.integrations.{name}" not in imported(path), path


@pytest.mark.parametrize("name", sorted(set(ADAPTERS) - {"dolma"}))
def test_without_its_package_an_adapter_names_its_extra(name: str) -> None:
    extra = name.replace("_", "-")
    assert extra in PROJECT["optional-dependencies"]
    code = f"""if True:
        import sys
        from cleaner.errors import MissingPackageError
        sys.modules[{NEEDS.get(name, name)!r}] = None
        try:
            import cleaner.integrations.{name}
        except MissingPackageError as error:
            print(error)
    """
    message = run(code, cwd=ROOT)
    assert message.endswith(f"pip install 'article-cleaner[{extra}]'\n")


@pytest.mark.parametrize("name", ADAPTERS)
def test_an_adapter_has_an_example(name: str) -> None:
    examples = (ROOT / "examples").glob("*.py")
    wanted = f"cleaner.integrations.{name}"
    assert any(wanted in path.read_text("utf-8") for path in examples)
