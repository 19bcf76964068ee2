"""Runs the snippets of a Markdown page, in order.

A `python` block is a session, and goes on where the one before it stopped. A `sh` block
is run by the shell; a `text` block right below it is what it prints, "..." for
anything. Words behind `python` and `sh` name the packages that the block needs.
"""

import doctest
import os
import re
import subprocess
import sys
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

_BLOCK = re.compile(
    r"^```(python|sh)((?: \w+)*)\n(.*?)^```\n(?:\n```text\n(.*?)^```\n)?",
    re.MULTILINE | re.DOTALL,
)
# The command and Python of the environment that runs the tests.
_COMMANDS = {"cleaner": "-m cleaner", "python": ""}
# It would change the order of what a command prints.
_ENVIRONMENT = {"PYTHONUNBUFFERED": ""}


class Block(NamedTuple):
    kind: str
    needs: tuple[str, ...]
    code: str
    printed: str
    line: int  # of the page

    @property
    def is_runnable(self) -> bool:
        return all(map(find_spec, self.needs))


def blocks_of(page: Path) -> list[Block]:
    text = page.read_text(encoding="utf-8")
    return [
        Block(
            found[1],
            tuple(found[2].split()),
            found[3],
            found[4] or "",
            text.count("\n", 0, found.start()) + 1,
        )
        for found in _BLOCK.finditer(text)
    ]


def run(page: Path, blocks: Iterable[Block], folder: Path) -> None:
    """Run what has its packages, in a folder; the current one must be that."""
    known: dict[str, object] = {}
    for block in blocks:
        if not block.is_runnable:
            continue
        if block.kind == "python":
            known = _run_session(page.name, block, known)
        else:
            _run_shell(page.name, block, folder)


def _run_session(
    name: str, block: Block, known: dict[str, object]
) -> dict[str, object]:
    where = f"{name}:{block.line}"
    test = doctest.DocTestParser().get_doctest(block.code, known, where, name, 0)
    assert test.examples, where
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS)
    told: list[str] = []
    runner.run(test, out=told.append, clear_globs=False)
    assert not runner.summarize(verbose=False).failed, "".join(told)
    return test.globs


def _run_shell(name: str, block: Block, folder: Path) -> None:
    path = f"{_commands(folder)}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["sh", "-euc", block.code],
        cwd=folder,
        env={**os.environ, **_ENVIRONMENT, "PATH": path},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    where = f"{name}:{block.line}\n{done.stdout}"
    assert done.returncode == 0, where
    printed = re.sub(" +$", "", done.stdout, flags=re.MULTILINE)  # as editors leave it
    is_as_told = doctest.OutputChecker().check_output
    assert is_as_told(block.printed, printed, doctest.ELLIPSIS), where


def _commands(folder: Path) -> Path:
    """A folder with the commands that a shell is to find first."""
    commands = folder / ".bin"
    commands.mkdir(exist_ok=True)
    for name, arguments in _COMMANDS.items():
        command = commands / name
        command.write_text(f'#!/bin/sh\nexec "{sys.executable}" {arguments} "$@"\n')
        command.chmod(0o755)
    return commands
