"""Makes the k-th step of a run fail: opening, reading, writing, syncing, renaming.

Whatever opens a file by its path gets one whose raw reads, writes and closing are
counted; so are the calls to `os` and to the package's own steps that are named here.
"""

# ruff: noqa: ANN401  # whatever a call takes
import errno
import io
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from importlib import import_module
from pkgutil import resolve_name
from typing import Any, Final

import pytest

# What a step may raise, by a name for the tests.
KINDS: Final[dict[str, Callable[[], BaseException]]] = {
    "no space": lambda: OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)),
    "input/output": lambda: OSError(errno.EIO, os.strerror(errno.EIO)),
    "no memory": MemoryError,
    "interrupted": KeyboardInterrupt,
}

SYSTEM_CALLS: Final = ("open", "stat", "chmod", "fsync", "replace", "close")
OWN_STEPS: Final = (
    ("cleaner.io.text", "decode"),
    ("cleaner.io.text", "encode"),
    ("cleaner.io.jsonl", "escaped"),
    ("cleaner.io.jsonl", "spliced"),
    ("cleaner.io.parquet", "_values"),
    ("cleaner.io.parquet", "_changed"),
    ("cleaner.io.warc", "decode"),
    ("cleaner.io.warc", "serialised"),
    ("cleaner.io.html", "decoded_html"),
    ("cleaner.io.compression", "decompressed"),
    ("cleaner.io.compression", "compressed"),
    ("cleaner.workers", "_outcome"),
)


class Steps:
    """Counts steps; the one with the number `fails_at` raises."""

    def __init__(self, fails_at: int | None, kind: str) -> None:
        self.done: list[str] = []
        self._fails_at = fails_at
        self._kind = kind

    def take(self, name: str) -> None:
        """One more step."""
        self.done.append(name)
        if len(self.done) - 1 == self._fails_at:
            fault = KINDS[self._kind]()
            raise fault

    def counted(self, name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        """The call, as a step."""

        def step(*args: Any, **kwargs: Any) -> Any:
            self.take(name)
            return call(*args, **kwargs)

        return step


def _file_of(steps: Steps) -> type[io.FileIO]:
    class CountedFile(io.FileIO):
        def readinto(self, buffer: Any, /) -> int | None:
            steps.take("read")
            return super().readinto(buffer)

        def readall(self) -> bytes:
            steps.take("read")
            return super().readall()

        def write(self, data: Any, /) -> int | None:  # type: ignore[override]
            steps.take("write")
            return super().write(data)

        def close(self) -> None:
            was_open = not self.closed
            super().close()
            if was_open:
                steps.take("close file")

    return CountedFile


def _open_of(steps: Steps) -> Callable[..., Any]:
    plain, file = io.open, _file_of(steps)

    def opened(path: Any, mode: str = "r", *args: Any, **kwargs: Any) -> Any:
        steps.take("open file")
        if kwargs.get("opener") or isinstance(path, int) or "b" not in mode:
            return plain(path, mode, *args, **kwargs)
        raw = file(path, mode.replace("b", ""))
        return io.BufferedReader(raw) if "r" in mode else io.BufferedWriter(raw)

    return opened


@contextmanager
def failing(fails_at: int | None, kind: str = "input/output") -> Iterator[Steps]:
    """Inside, the step of that number fails once; None lets all pass."""
    steps = Steps(fails_at, kind)
    with pytest.MonkeyPatch.context() as patch:
        for name in SYSTEM_CALLS:
            patch.setattr(os, name, steps.counted(name, getattr(os, name)))
        for module, name in OWN_STEPS:
            found = import_module(module)
            patch.setattr(found, name, steps.counted(name, getattr(found, name)))
        patch.setattr(io, "open", _open_of(steps))
        yield steps


@contextmanager
def failing_calls(places: Iterable[str], fails_at: int | None) -> Iterator[Steps]:
    """Inside, a call of one of these names fails, that of the number."""
    steps = Steps(fails_at, "input/output")
    with pytest.MonkeyPatch.context() as patch:
        for place in places:
            owner, _, name = place.rpartition(".")
            found = resolve_name(owner)
            patch.setattr(found, name, steps.counted(place, getattr(found, name)))
        yield steps


def every_fault(
    run: Callable[[], object], kinds_a_step: int
) -> Iterator[tuple[int, str]]:
    """The number of each step of a run, with so many kinds of faults, by turns."""
    with failing(None) as steps:
        run()
    kinds = tuple(KINDS)
    for number in range(len(steps.done)):
        for turn in range(kinds_a_step):
            yield number, kinds[(number + turn) % len(kinds)]
