"""Rows through a Cleaner, here or in other processes; in order, in bounded memory."""

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from queue import SimpleQueue
from typing import Final, NamedTuple, NoReturn

from cleaner.config import Config
from cleaner.core import Cleaner, cleaner_of
from cleaner.edits import Cleaned
from cleaner.errors import CleanerError
from cleaner.io.rows import Hints, Row, described

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
        yield _outcome(row, _result(cleaner, (row.text, row.hints)))


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
        return f"a bug in cleaner, please report it: {described(error)}"


_Chunk = list[Row]
_Results = list[_Result]


class _Worker(NamedTuple):
    """A process that cleans, and the way to it and back.

    The standard library's pool has one way back for all: one process that is ended
    while it writes there blocks it for ever.
    """

    process: BaseProcess
    pipe: Connection


class _DiedError(Exception):
    """A worker is gone."""


def _spread(rows: Iterable[Row], config: Config, jobs: int) -> Iterator[Outcome]:
    """Each chunk goes to the next worker, and is waited for in its turn."""
    workers: list[_Worker] = []
    waiting: deque[tuple[_Chunk, _Worker]] = deque()
    try:
        faults: list[Exception] = []
        for number, chunk in enumerate(_chunks(_until_fault(rows, faults))):
            if len(workers) < jobs:
                workers.append(_started(config))
            worker = workers[number % jobs]
            waiting.append((chunk, worker))
            _send(worker, _slim(chunk))
            if len(waiting) > _CHUNKS_A_JOB * jobs:
                yield from _finished(*waiting[0])
                waiting.popleft()
        while waiting:
            yield from _finished(*waiting[0])
            waiting.popleft()
        for fault in faults:  # told when all rows before it are out, as by one process
            raise fault
    except _DiedError:
        under_way = [row for chunk, _ in waiting for row in chunk]
        raise WorkerError(_died(under_way, config)) from None
    finally:
        for worker in workers:
            _end(worker)


def _send(worker: _Worker, chunk: list[_Hinted]) -> None:
    try:
        worker.pipe.send(chunk)
    except ConnectionError:
        raise _DiedError from None


def _received(worker: _Worker) -> _Results:
    """What its oldest chunk came to. Raises what kept the worker from cleaning."""
    try:
        results: _Results | Exception = worker.pipe.recv()
    except (EOFError, OSError):  # the latter amid a message
        raise _DiedError from None
    if isinstance(results, Exception):
        raise results
    return results


def _started(config: Config) -> _Worker:
    """A process started afresh, so that it inherits no lock that a thread holds."""
    afresh = multiprocessing.get_context("spawn")
    here, there = afresh.Pipe()
    process = afresh.Process(target=_serve, args=(there, config), daemon=True)
    with _undisturbed(), closing(there):
        process.start()
    return _Worker(process, here)


def _end(worker: _Worker) -> None:
    """Whatever it is at: nothing is shared with it that could be left locked."""
    worker.process.terminate()
    worker.process.join()
    worker.pipe.close()


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Signals wait meanwhile, here and in a process that is started meanwhile.

    One that is cut off while it starts would show a traceback.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _ending())
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _ending() -> tuple[signal.Signals, ...]:
    """The signals that end a process; not all systems have the last."""
    return signal.SIGINT, signal.SIGTERM, signal.SIGHUP


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


def _until_fault(rows: Iterable[Row], faults: list[Exception]) -> Iterator[Row]:
    """The rows up to where the input can't be read further; why not, if so."""
    try:
        yield from rows
    except Exception as error:  # noqa: BLE001  # raised when all before it are out
        faults.append(error)


def _slim(chunk: _Chunk) -> list[_Hinted]:
    """What a worker needs of the rows."""
    return [(row.text, row.hints) for row in chunk]


def _finished(chunk: _Chunk, worker: _Worker) -> Iterator[Outcome]:
    for row, result in zip(chunk, _received(worker), strict=True):
        if isinstance(result, Cleaned):
            yield _outcome(row, result._replace(original=row.text or ""))
        else:
            yield _outcome(row, result)


def _serve(pipe: Connection, config: Config) -> NoReturn:
    """What a worker does until its parent ends.

    Ctrl-C and a closed terminal reach both; it leaves them to its parent.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(signal, "SIGHUP"):  # not on Windows
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _ending())
    chunks: SimpleQueue[list[_Hinted]] = SimpleQueue()
    threading.Thread(target=_receive, args=(pipe, chunks), daemon=True).start()
    while True:
        results = _work(chunks.get(), config)
        try:
            pipe.send(results)
        except (ConnectionError, MemoryError):
            os._exit(1)


def _receive(pipe: Connection, chunks: "SimpleQueue[list[_Hinted]]") -> NoReturn:
    """Takes in all that is sent, or both ends might wait to be read.

    Where it can't, for want of memory too, the process ends, which its parent sees.
    """
    while True:
        try:
            chunks.put(pipe.recv())
        except Exception:  # noqa: BLE001
            os._exit(1)


def _work(chunk: list[_Hinted], config: Config) -> _Results | Exception:
    try:
        cleaner = cleaner_of(config)
    except Exception as error:  # noqa: BLE001  # its parent raises it
        return error
    results = [_result(cleaner, hinted) for hinted in chunk]
    return [r._replace(original="") if isinstance(r, Cleaned) else r for r in results]


def _died(rows: Sequence[Row], config: Config) -> str:
    """Which row did it: those under way are tried again, one by one."""
    worker = _started(config)
    try:
        for row in rows:
            try:
                _send(worker, _slim([row]))
                _received(worker)
            except _DiedError:
                return f"{row.where}: the process that cleaned it died"
    finally:
        _end(worker)
    between = f"{rows[0].where} and {rows[-1].where}" if rows else "start and end"
    return f"a process was killed between {between}; is memory short?"
