"""Runs the command: in this process where only files matter, or over real pipes."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from cleaner.cli.options import job_of
from cleaner.cli.run import run

NOISY = "He left.\n\nAdvertisement\n\nShe stayed.\n"
CLEAN = "He left.\n\nShe stayed.\n"
COMMAND = (sys.executable, "-m", "cleaner")
SEED = Path(__file__).parents[1] / "seeds" / "002_5ab24ec68f6929dc.txt"


@pytest.fixture
def noisy(tmp_path: Path) -> Path:
    path = tmp_path / "noisy.txt"
    path.write_text(NOISY, encoding="utf-8")
    return path


def status_of(*arguments: str | Path) -> int:
    """The exit status of a run that raises nothing."""
    return run(job_of([str(argument) for argument in arguments]))


def cleaned(given: Path, *arguments: str | Path, name: str = "") -> bytes:
    """What a run writes of a file."""
    out = given.with_name(name or f"out-{given.name}")
    status_of(given, "-o", out, *arguments)
    return out.read_bytes()


def piped(
    *arguments: str | Path, given: bytes = b"", env: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[bytes]:
    """The installed command over pipes; it never shows a traceback."""
    done = subprocess.run(
        [*COMMAND, *map(str, arguments)],
        input=given,
        capture_output=True,
        check=False,
        env=env,
        timeout=300,
    )
    assert b"Traceback" not in done.stderr
    return done


# Python runs this at its start: texts that end the process which cleans them.
DEADLY = """
import cleaner.core, multiprocessing.connection, os
explain = cleaner.core.Cleaner.explain
def deadly(self, text, **hints):
    if "DEADLY" in text:
        os._exit(1)
    if "FAULTY" in text:
        raise ZeroDivisionError("told")
    return explain(self, text, **hints)
cleaner.core.Cleaner.explain = deadly
recv = multiprocessing.connection._ConnectionBase.recv
def poor(self):
    received = recv(self)
    if multiprocessing.parent_process() and "HUGE" in repr(received):
        raise MemoryError
    return received
multiprocessing.connection._ConnectionBase.recv = poor
"""


def deadly(folder: Path) -> dict[str, str]:
    """An environment in which some texts end the process that cleans them."""
    (folder / "sitecustomize.py").write_text(DEADLY)
    path = [str(folder), *filter(None, [os.environ.get("PYTHONPATH")])]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(path)}
