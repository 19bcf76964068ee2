"""Rows through a Cleaner, here or in other processes; in order, in bounded memory."""

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Generator, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from typing import Final, NamedTuple

from cleaner.config import Config
from cleaner.core import Cleaner, cleaner_of
from cleaner.edits import Cleaned
from cleaner.errors import CleanerError
from cleaner.io.rows import Hints, Row

# What a process is handed at once: enough that handing over costs little.
_CHUNK_ROWS: Final = 64
_CHUNK_SIZE: Final = 1_000_000  # characters to clean and bytes that wait with them
# Chunks under way for each process: one at work, one waiting for it.
_CHUNKS_A_JOB: Final = 2


class WorkerError(CleanerError):
    """A process that cleans died; the message names the row."""


class Outcome(NamedTuple):
    """A row, and what became of it: cleaned, passed through, or a fault."""

    row: Row
    done: Cleaned | None
    fault: str = ""


_Hinted = tuple[str | None, Hints]
_Result = Cleaned | str | None  # a str is a fault


def outcomes_of(
    rows: Iterable[Row], config: Config, jobs: int
) -> Generator[Outcome, None, None]:
    """What becomes of each row, in order; closing it ends the processes."""
    if jobs > 1:
        yield from _spread(rows, config, jobs)
        return
    cleaner = cleaner_of(config)
    for row in rows:
        yield _outcome(row, _result(cleaner, _slim([row])[0]))


def _outcome(row: Row, result: _Result) -> Outcome:
    if isinstance(result, str):
        return Outcome(row, None, result)
    return Outcome(row, result, row.fault)


def _result(cleaner: Cleaner, hinted: _Hinted) -> _Result:
    text, hints = hinted
    if text is None:
        return None
    try:
        return cleaner.explain(text, **hints._asdict())
    except CleanerError as error:
        return str(error)
    except MemoryError:
        return "not enough memory"
    except Exception as error:  # noqa: BLE001  # one row must not end a long run
        return f"a bug in cleaner, please report it: {type(error).__name__}: {error}"


_Chunk = list[Row]


def _spread(rows: Iterable[Row], config: Config, jobs: int) -> Iterator[Outcome]:
    waiting: deque[tuple[_Chunk, Future[list[_Result]]]] = deque()
    others = multiprocessing.active_children()
    pool = _pool(config, jobs)
    try:
        for chunk in _chunks(rows):
            with _undisturbed():
                waiting.append((chunk, pool.submit(_work, _slim(chunk))))
            if len(waiting) > _CHUNKS_A_JOB * jobs:
                yield from _finished(*waiting[0])
                waiting.popleft()
        while waiting:
            yield from _finished(*waiting[0])
            waiting.popleft()
    except BrokenProcessPool:
        under_way = [row for chunk, _ in waiting for row in chunk]
        raise WorkerError(_died(under_way, config)) from None
    except BaseException:
        for process in multiprocessing.active_children():
            if process not in others:
                process.terminate()
        raise
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Signals wait meanwhile, here and in a process that is started meanwhile.

    One that is cut off while it starts would show a traceback.
    """
    _mask("SIG_BLOCK")
    try:
        yield
    finally:
        _mask("SIG_UNBLOCK")


def _mask(how: str) -> None:
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(getattr(signal, how), (signal.SIGINT, signal.SIGTERM))


def _pool(config: Config, jobs: int) -> ProcessPoolExecutor:
    """Processes started afresh, so that none inherits a lock that a thread holds."""
    return ProcessPoolExecutor(
        jobs, multiprocessing.get_context("spawn"), _start, (config,)
    )


def _chunks(rows: Iterable[Row]) -> Iterator[_Chunk]:
    chunk: _Chunk = []
    size = 0
    for row in rows:
        chunk.append(row)
        size += len(row.text or "") + row.raw_bytes
        if len(chunk) == _CHUNK_ROWS or size > _CHUNK_SIZE:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


def _slim(chunk: _Chunk) -> list[_Hinted]:
    """What a worker needs of the rows."""
    return [(row.text, row.hints) for row in chunk]


def _finished(chunk: _Chunk, future: Future[list[_Result]]) -> Iterator[Outcome]:
    for row, result in zip(chunk, future.result(), strict=True):
        if isinstance(result, Cleaned):
            yield _outcome(row, result._replace(original=row.text or ""))
        else:
            yield _outcome(row, result)


_config: Config | None = None  # a worker's own


def _start(config: Config) -> None:
    """Make a worker ready; it leaves Ctrl-C to its parent and ends when that does."""
    global _config  # noqa: PLW0603  # what a process pool offers for state
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _mask("SIG_UNBLOCK")
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _config = config


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent:
        parent.join()
        os._exit(1)


def _work(chunk: list[_Hinted]) -> list[_Result]:
    if _config is None:
        raise RuntimeError("a worker was not made ready")
    # Made with the first chunk, so that what fails is told as what it is.
    cleaner = cleaner_of(_config)
    results = [_result(cleaner, hinted) for hinted in chunk]
    return [r._replace(original="") if isinstance(r, Cleaned) else r for r in results]


def _died(rows: Sequence[Row], config: Config) -> str:
    """Which row did it: those under way are tried again, one by one."""
    with _pool(config, 1) as pool:
        for row in rows:
            try:
                pool.submit(_work, _slim([row])).result()
            except BrokenProcessPool:
                return f"{row.where}: the process that cleaned it died"
    between = f"{rows[0].where} and {rows[-1].where}" if rows else "start and end"
    return f"a process was killed between {between}; is memory short?"
