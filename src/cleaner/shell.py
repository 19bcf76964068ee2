"""What a command owes the shell: it heeds signals, tells errors, ends with a status."""

import os
import re
import signal
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from io import TextIOWrapper
from pathlib import Path
from types import FrameType
from typing import Final, NoReturn

from cleaner.errors import CleanerError
from cleaner.io.rows import InputError, described
from cleaner.workers import WorkerError

USAGE: Final = 2
INPUT_OR_OUTPUT_FAILED: Final = 4

# What would act on a terminal or hide in a line: controls, and marks that turn text.
_UNSAFE: Final = re.compile(
    "[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)


class _Terminated(BaseException):
    """SIGTERM: unwinds, so that no half-written file stays."""


class _HungUp(BaseException):
    """SIGHUP, as when a terminal is closed: the same."""


_SIGNALS: Final = {"SIGTERM": _Terminated, "SIGHUP": _HungUp}

# What ends a run without a word, as in other filters.
_SILENT: Final[dict[type[BaseException], int]] = {
    _HungUp: 129,
    KeyboardInterrupt: 130,
    BrokenPipeError: 141,
    _Terminated: 143,
}


def ended(name: str, work: Callable[[], int]) -> int:
    """The exit status of a command's work, whose errors are told in a line."""
    _heed_signals()
    _make_printable()
    try:
        return work()
    except tuple(_SILENT) as error:
        _let_go_of_output()
        return _SILENT[type(error)]
    except Exception as error:  # noqa: BLE001  # no traceback reaches a user
        with suppress(OSError, AttributeError):
            sys.stdout.flush()  # whole rows that were done
        _let_go_of_output()
        status, message = _failure(error)
        tell(f"{name}: {message}")
        return status


def tell(*lines: str) -> None:
    """Messages on standard error; that this is closed or full ends nothing."""
    with suppress(OSError):
        show(lines)


def show(lines: Iterable[str]) -> None:
    """What was asked for, on standard error; OSError if it is full."""
    for line in lines:
        print(printable(line), file=sys.stderr)


def is_terminal() -> bool:
    """Whether standard output is shown to somebody."""
    return sys.stdout is not None and sys.stdout.isatty()


def printable(text: str) -> str:
    r"""The text with what would act on a terminal spelled out.

    >>> printable("a\x1b[31mb")
    'a\\x1b[31mb'
    """
    return _UNSAFE.sub(lambda found: repr(found[0])[1:-1], text)


def _heed_signals() -> None:
    for name in _SIGNALS:
        number = getattr(signal, name, None)  # Windows has no SIGHUP
        if number and signal.getsignal(number) != signal.SIG_IGN:  # as under nohup
            signal.signal(number, _stop)


def _stop(number: int, frame: FrameType | None) -> NoReturn:  # noqa: ARG001
    raise _SIGNALS[signal.Signals(number).name]


def _make_printable() -> None:
    """Messages are UTF-8, whatever the locale, and a name that is not can be told."""
    if sys.stderr is None:  # closed; print would take standard output instead
        sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _let_go_of_output() -> None:
    """Keep the interpreter from writing to a closed or full output as it ends."""
    with suppress(OSError, AttributeError):  # it may be none, or no file
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _failure(error: Exception) -> tuple[int, str]:
    """The exit status and the message of an error."""
    if isinstance(error, MemoryError):
        return INPUT_OR_OUTPUT_FAILED, "not enough memory"
    if isinstance(error, OSError) and not isinstance(error, CleanerError):
        named = f"{error.filename}: " if error.filename else ""
        return INPUT_OR_OUTPUT_FAILED, f"{named}{error.strerror or error}"
    if isinstance(error, InputError | WorkerError):
        return INPUT_OR_OUTPUT_FAILED, str(error)
    if isinstance(error, CleanerError):
        return USAGE, str(error)
    return INPUT_OR_OUTPUT_FAILED, _bug(error)


def _bug(error: Exception) -> str:
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    file = Path(trace.tb_frame.f_code.co_filename).name if trace else ""
    where = f"{file}:{trace.tb_lineno}" if trace else "nowhere"
    return f"a bug, please report it: {described(error)} ({where})"
