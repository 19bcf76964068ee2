"""What a Cleaner gives here it gives in other processes, in threads and copied."""

import copy
import multiprocessing
import sys
import warnings
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from laws import PRESETS
from strategies import SEEDS, SOWN

from cleaner import Cleaned, Cleaner, Config

TEXTS = [*SEEDS, *(case.text for case in SOWN), None, ""]
STARTS = sorted({"fork", "spawn"} & {*multiprocessing.get_all_start_methods()})


@pytest.fixture(scope="module")
def cleaners() -> list[Cleaner]:
    mine = Config("body").with_(deny=[r"My footer \d+"], languages=["en", "de"])
    return [*map(Cleaner, PRESETS), Cleaner(mine)]


@pytest.fixture(scope="module")
def expected(cleaners: list[Cleaner]) -> list[list[Cleaned | None]]:
    return [cleaner.explain_many(TEXTS) for cleaner in cleaners]


@pytest.mark.parametrize("start", STARTS)
def test_in_other_processes(
    start: str, cleaners: list[Cleaner], expected: list[list[Cleaned | None]]
) -> None:
    context = multiprocessing.get_context(start)
    with warnings.catch_warnings():  # of threads that other tests may have left
        warnings.simplefilter("ignore", DeprecationWarning)
        with context.Pool(1) as pool:
            given = [(cleaner, TEXTS) for cleaner in cleaners]
            assert pool.starmap(Cleaner.explain_many, given) == expected


@pytest.fixture
def _restless() -> Iterator[None]:
    """Threads take turns a thousand times as often."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(usual / 1000)
    yield
    sys.setswitchinterval(usual)


@pytest.mark.usefixtures("_restless")
def test_in_threads_that_share_a_cleaner(
    cleaners: list[Cleaner], expected: list[list[Cleaned | None]]
) -> None:
    with ThreadPoolExecutor(8) as pool:
        for cleaner, wanted in zip(cleaners, expected, strict=True):
            assert list(pool.map(cleaner.explain_many, [TEXTS] * 4)) == [wanted] * 4


@pytest.mark.parametrize("copied", [copy.copy, copy.deepcopy])
def test_a_copy_cleans_the_same(
    copied: Callable[[Cleaner], Cleaner],
    cleaners: list[Cleaner],
    expected: list[list[Cleaned | None]],
) -> None:
    for cleaner, wanted in zip(cleaners, expected, strict=True):
        assert copied(cleaner).explain_many(TEXTS) == wanted
