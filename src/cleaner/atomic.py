"""Files that appear whole or not at all."""

import errno
import io
import os
import re
import secrets
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from os import PathLike
from pathlib import Path
from typing import Any, BinaryIO, Final

_STREAM: Final = re.compile(r"//?(?:dev/(stdout|stderr)|(?:dev|proc/self)/fd/(\d+))")
_STREAMS: Final = {"stdout": 1, "stderr": 2}
_MAX_LINKS: Final = 40  # in a row; as Linux has it


@contextmanager
def replacing(path: str | PathLike[str], placed: ExitStack) -> Iterator[BinaryIO]:
    """A stream whose bytes become the file's when `placed` ends without an error.

    They are written beside it and synced when the block ends, then renamed: a crash, a
    full disk or a signal leaves what was there. Of files that share `placed` none is
    renamed before all are whole. A link stays a link to the new file, a file keeps its
    mode; PermissionError if it may not be written. What is no regular file, such as
    /dev/null or a pipe, is written straight, and so is a file that is open as
    /dev/stdout.
    """
    if (descriptor := _descriptor(path)) is not None:
        with os.fdopen(os.dup(descriptor), "wb") as out:
            yield out
        return
    target = Path(os.path.realpath(path))
    if not may_replace(path):
        with _opened(target, "wb", target) as out:
            yield out
        return
    if target.exists() and not os.access(target, os.W_OK):  # to rename asks no leave
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(target))
    start = target.name.encode(errors="ignore")[:100].decode(errors="ignore")
    beside = target.with_name(f".{start}.{secrets.token_hex(6)}.part")
    placed.push(_placing(beside, target))
    with _opened(beside, "xb", target) as out:
        if target.exists():
            beside.chmod(target.stat().st_mode & 0o7777)
        yield out
        out.flush()
        os.fsync(out.fileno())


def _descriptor(path: str | PathLike[str]) -> int | None:
    """The number of the open file that a name stands for, be it by links."""
    place = Path(path)
    for _ in range(_MAX_LINKS):
        if stream := _STREAM.fullmatch(os.path.normpath(place)):
            return _STREAMS.get(stream[1]) or int(stream[2])
        if not place.is_symlink():
            break
        place = place.parent / place.readlink()
    return None


def may_replace(path: str | PathLike[str]) -> bool:
    """Whether it is a regular file, or may become one: no stream, device, folder."""
    target = Path(os.path.realpath(path))
    return _descriptor(path) is None and (target.is_file() or not target.exists())


def may_write(path: str | PathLike[str]) -> bool:
    """Whether `replacing` may write it, as far as can be told without trying."""
    if _descriptor(path) is not None:
        return True
    target = Path(os.path.realpath(path))
    if not may_replace(path):
        return os.access(target, os.W_OK) and not target.is_dir()
    there = [target] if target.exists() else []
    return target.parent.is_dir() and all(
        os.access(one, os.W_OK) for one in (*there, target.parent)
    )


def _opened(path: Path, mode: str, target: Path) -> BinaryIO:
    """A file to write to; errors name the target, as the user did."""
    with _naming(target):
        return io.BufferedWriter(_Named(path, mode, target))


class _Named(io.FileIO):
    """A file whose errors of writing name another, that it is to become."""

    def __init__(self, path: Path, mode: str, target: Path) -> None:
        super().__init__(path, mode)
        self._target = target

    def write(self, data: Any) -> int:  # noqa: ANN401  # as the base has it
        with _naming(self._target):
            return super().write(data)


@contextmanager
def _naming(target: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        error.filename = str(target)
        raise


def _placing(beside: Path, target: Path) -> Callable[..., None]:
    def place(error: object, *_: object) -> None:
        try:
            if error is None:
                beside.replace(target)
        finally:
            with suppress(OSError):  # gone by now, or another error is under way
                beside.unlink()
        _sync_directory(target.parent)

    return place


def _sync_directory(path: Path) -> None:
    """Make the new name last; not every file system can."""
    with suppress(OSError):
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
