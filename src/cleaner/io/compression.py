"""Gzip and Zstandard, in and out; what is cut short is an error, never a short text."""

import gzip
import io
import sys
import zlib
from collections.abc import Callable
from pathlib import PurePath
from types import ModuleType
from typing import Any, BinaryIO, Final, cast

from cleaner.errors import MissingPackageError

_GZIP_MAGIC: Final = b"\x1f\x8b"
_ZSTD_MAGIC: Final = b"\x28\xb5\x2f\xfd"
SUFFIXES: Final = (".gz", ".zst")

# What reading a damaged archive raises; the error of zstd has no base but Exception.
DAMAGED: Final[tuple[type[Exception], ...]] = (EOFError, gzip.BadGzipFile, zlib.error)


def damaged() -> tuple[type[Exception], ...]:
    """What reading a damaged archive raises, with the packages loaded so far."""
    name = _zstd_name()
    return (*DAMAGED, sys.modules[name].ZstdError) if name in sys.modules else DAMAGED


def decompressed(stream: io.BufferedReader) -> BinaryIO:
    """The stream without its compression, which its first bytes tell."""
    start = stream.peek(len(_ZSTD_MAGIC))[: len(_ZSTD_MAGIC)]
    if start.startswith(_GZIP_MAGIC):
        return cast("BinaryIO", gzip.GzipFile(fileobj=stream))
    if start == _ZSTD_MAGIC:
        return cast("BinaryIO", io.BufferedReader(_zstd().ZstdFile(stream)))
    return stream


def compressed(out: BinaryIO, name: str, *, by_write: bool) -> BinaryIO:
    """A stream that compresses as the ending of a name says.

    `by_write`: each write is an archive of its own, as web archives have it, so that
    a reader can start at any record.
    """
    suffix = PurePath(name).suffix.lower()
    if suffix not in SUFFIXES:
        return out
    if by_write:
        pack = _gzipped if suffix == ".gz" else _zstd().compress
        return cast("BinaryIO", _Members(out, pack))
    if suffix == ".gz":
        made = gzip.GzipFile(filename="", mode="wb", fileobj=out, mtime=0)
        return cast("BinaryIO", made)
    return cast("BinaryIO", _zstd().ZstdFile(out, "wb"))


def _gzipped(data: bytes) -> bytes:
    return gzip.compress(data, mtime=0)


class _Members(io.RawIOBase):
    """Compresses each write by itself."""

    def __init__(self, out: BinaryIO, pack: Callable[[bytes], bytes]) -> None:
        self._out = out
        self._pack = pack

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:  # noqa: ANN401  # as the base has it
        self._out.write(self._pack(bytes(data)))
        return len(data)


def _zstd_name() -> str:
    return "compression.zstd" if sys.version_info >= (3, 14) else "backports.zstd"


def _zstd() -> ModuleType:
    from importlib import import_module

    try:
        return import_module(_zstd_name())
    except ImportError:
        raise MissingPackageError(
            "Zstandard needs a package: pip install 'article-cleaner[zstd]'"
        ) from None
