"""The README is true: its examples run, its set-up commands are the tested ones."""

import re
from pathlib import Path

import snippets

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_examples_run(tmp_path: Path) -> None:
    blocks = [b for b in snippets.blocks_of(ROOT / "README.md") if b.kind == "python"]
    assert blocks
    snippets.run(ROOT / "README.md", blocks, tmp_path)


def test_ci_runs_the_test_command() -> None:
    commands = re.findall(r"^python3 -m venv .*$", README, re.MULTILINE)
    assert len(commands) == 2
    assert commands[1] in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def test_it_is_short() -> None:
    assert README.count("\n") <= 150
