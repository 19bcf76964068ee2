"""The command: a filter from text to article."""

import sys
from collections.abc import Sequence

from cleaner.cli.job import Job
from cleaner.cli.options import job_of
from cleaner.cli.run import run
from cleaner.shell import ended


def main(arguments: Sequence[str] | None = None) -> int:
    """Clean the files named, or standard input; returns the exit status."""
    return ended("cleaner", lambda: run(_job(arguments)))


def _job(arguments: Sequence[str] | None) -> Job:
    try:
        return job_of(arguments)
    except SystemExit:
        if sys.stdout is not None:
            sys.stdout.flush()  # or a full disk is met where no error is told
        raise
