"""Hypothesis without deadlines; with --no-skips, what is skipped has failed.

--hypothesis-profile=thorough tries thirty times as many texts. Compiled patterns are
kept in a folder that goes with the run; with CLEANER_CACHE set to nothing, nowhere.
"""

import os
import signal
import tempfile
from collections.abc import Generator, Iterator
from typing import TypeVar

import pytest
from hypothesis import settings

# The machines that run the tests are shared.
settings.register_profile("cleaner", deadline=None)
settings.register_profile("thorough", deadline=None, max_examples=3000)
settings.load_profile("cleaner")

if os.environ.get("CLEANER_CACHE") != "":
    _CACHE = tempfile.TemporaryDirectory()  # until the run ends
    os.environ["CLEANER_CACHE"] = _CACHE.name

R = TypeVar("R", pytest.TestReport, pytest.CollectReport)


@pytest.fixture
def _signals_count() -> Iterator[None]:
    """What a shell starts in the background ignores SIGINT, and so do its children.

    What nohup starts ignores SIGHUP, which Windows has not.
    """
    hang_up = [signal.SIGHUP] if hasattr(signal, "SIGHUP") else []
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, *hang_up)}
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for number in hang_up:
        signal.signal(number, signal.SIG_DFL)
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--no-skips", action="store_true", help="a skip is a failure")


def judged(config: pytest.Config, report: R) -> R:
    if report.skipped and config.getoption("--no-skips"):
        report.outcome = "failed"
        report.longrepr = f"skipped: {report.longrepr}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    return judged(item.config, (yield))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    return judged(collector.config, (yield))
