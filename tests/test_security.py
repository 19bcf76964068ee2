"""Data is data: no code runs from it, no path comes of it, and files have bounds."""

import ast
import json
from pathlib import Path

import pytest
from commandlib import CLEAN, NOISY, status_of

from cleaner import CleanerError, InvalidRuleError
from cleaner.errors import ModelFileError, UnknownNameError
from cleaner.integrations import loads as config_of
from cleaner.model import load, page_storage
from cleaner.sites import SiteMemory

SOURCE = Path(__file__).parents[1] / "src" / "cleaner"

# What runs code that stands in data, or reaches out of the process.
CALLS = frozenset(("eval", "exec", "compile", "__import__", "breakpoint", "input"))
MODULES = frozenset(
    (
        *("pickle", "marshal", "shelve", "dill", "cloudpickle", "joblib", "yaml"),
        *("subprocess", "socket", "urllib.request", "http", "ftplib", "ctypes"),
        *("code", "runpy", "xmlrpc", "webbrowser", "telnetlib", "smtplib"),
    )
)
# It unpickles calls of one function: test_pattern_cache_trust.py.
UNPICKLER = SOURCE / "patterns" / "cache.py"
# Each names modules of a table or a constant.
IMPORTERS = {
    *("compiled.py", "html.py", "languages/__init__.py"),
    *("io/compression.py", "io/formats.py"),
}
DEVICE = Path("/dev/zero")


def called(node: ast.AST) -> str:
    return (
        node.func.id
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        else ""
    )


def imported(node: ast.AST) -> set[str]:
    if isinstance(node, ast.Import):
        return {alias.name for alias in node.names}
    return {node.module or ""} if isinstance(node, ast.ImportFrom) else set()


def test_no_code_is_run_from_data() -> None:
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            assert called(node) not in CALLS, path
            names = imported(node) - ({"pickle"} if path == UNPICKLER else set())
            assert not names & MODULES, path
            assert not {name.partition(".")[0] for name in names} & MODULES, path
            if called(node) == "import_module":
                assert path.relative_to(SOURCE).as_posix() in IMPORTERS


def test_only_files_that_were_named_are_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    monkeypatch.chdir(folder)
    names = ("../up", "/tmp/../up", "a/b", "up\x00", "-o", "~", "$HOME", "file:up")
    rows = [
        {"id": n, "path": n, "url": n, "title": n, "lang": n, "text": NOISY}
        for n in names
    ]
    Path("a.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    assert status_of("a.jsonl", "-o", "b.jsonl", "--edits", "e.jsonl") == 0
    written = {str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*")}
    assert written == {"in", "in/a.jsonl", "in/b.jsonl", "in/e.jsonl"}
    cleaned = map(json.loads, Path("b.jsonl").read_text().splitlines())
    assert [row["text"] for row in cleaned] == [CLEAN] * len(names)


@pytest.mark.skipif(not DEVICE.exists(), reason="needs a device without an end")
def test_a_file_without_an_end_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cleaner.sites._MAX_FILE_BYTES", 1 << 20)
    with pytest.raises(ModelFileError, match="no regular file"):
        load(DEVICE)
    with pytest.raises(CleanerError, match="too large"):
        SiteMemory.load(DEVICE)
    with pytest.raises(InvalidRuleError, match="bytes of rules"):
        status_of("-", "--rules", DEVICE, "-o", tmp_path / "out")


@pytest.mark.parametrize("data", [b"[" * 100_000, b" " * 40_000_000])
def test_a_page_model_has_bounds(data: bytes) -> None:
    with pytest.raises(ModelFileError):
        page_storage.loads(data)


def test_a_configuration_of_data_names_known_things_only() -> None:
    assert config_of('{"preset": "body"}').preset == "body"
    with pytest.raises(UnknownNameError):
        config_of('{"preset": "os.system"}')
    with pytest.raises(TypeError):
        config_of('{"__class__": "os.system"}')
