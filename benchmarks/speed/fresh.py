"""Processes started afresh, with the same packages as this one."""

import json
import os
import resource
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

STATUS = Path("/proc/self/status")


def run(*arguments: str, **variables: str) -> Any:  # noqa: ANN401
    """What a fresh Python prints, read as JSON; None if it prints nothing."""
    done = subprocess.run(  # noqa: S603
        [sys.executable, *arguments],
        env=_environment(variables),
        stdout=subprocess.PIPE,
        check=True,
    )
    return json.loads(done.stdout) if done.stdout.strip() else None


def processor_seconds(*arguments: str) -> float:
    """What a fresh Python takes of the processor's time."""
    before = _of_children()
    run(*arguments)
    return _of_children() - before


def peak_megabytes() -> float:
    """The most memory that this process held since it was started.

    Linux counts what `getrusage` tells from before the start of a program.
    """
    if STATUS.exists():
        told = dict(line.split(":", 1) for line in STATUS.read_text().splitlines())
        return int(told["VmHWM"].split()[0]) * 1024 / 1e6
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 1e6 if sys.platform == "darwin" else peak * 1024 / 1e6


def _environment(variables: Mapping[str, str]) -> dict[str, str]:
    paths = os.pathsep.join(filter(None, sys.path))
    return {**os.environ, "PYTHONPATH": paths, **variables}


def _of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
