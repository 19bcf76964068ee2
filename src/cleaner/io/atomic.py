"""Files that appear whole or not at all."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO


@contextmanager
def replacing(path: str) -> Iterator[BinaryIO]:
    """A stream whose bytes become the file's when the block ends without an error.

    They are written beside it, synced and renamed: a crash, a full disk or a signal
    leaves what was there. A link stays a link to the new file, a file keeps its mode.
    What is no regular file, such as /dev/null or a named pipe, is written straight.
    """
    target = Path(os.path.realpath(path))
    if target.exists() and not target.is_file():
        with target.open("wb") as out:
            yield out
        return
    beside = target.with_name(f".{target.name[:100]}.{secrets.token_hex(6)}.part")
    try:
        with beside.open("xb") as out:
            if target.exists():
                os.fchmod(out.fileno(), target.stat().st_mode & 0o7777)
            yield out
            out.flush()
            os.fsync(out.fileno())
        beside.replace(target)
    except BaseException:
        with suppress(FileNotFoundError):
            beside.unlink()
        raise
    _sync_directory(target.parent)


def _sync_directory(path: Path) -> None:
    """Make the new name last; not every file system can."""
    with suppress(OSError):
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
