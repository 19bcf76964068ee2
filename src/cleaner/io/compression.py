"""Gzip and Zstandard, in and out; what is cut short is an error, never a short text."""

import gzip
import io
import sys
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import PurePath
from types import MappingProxyType, ModuleType
from typing import Any, BinaryIO, Final, cast

from cleaner.errors import CleanerError, extra
from cleaner.io.rows import InputError, Reading

_GZIP_MAGIC: Final = b"\x1f\x8b"
_ZSTD_MAGIC: Final = b"\x28\xb5\x2f\xfd"
_ZSTD_STARTS: Final = frozenset(  # also of a frame to skip, as pzstd puts first
    (_ZSTD_MAGIC, *(bytes([kind]) + b"\x2a\x4d\x18" for kind in range(0x50, 0x60)))
)
_MAGIC: Final = MappingProxyType({".gz": _GZIP_MAGIC, ".zst": _ZSTD_MAGIC})
SUFFIXES: Final = tuple(_MAGIC)
_OTHER_SUFFIXES: Final = (".7z", ".br", ".bz2", ".lz4", ".lzma", ".xz", ".zip")

# What reading a damaged archive raises; the error of zstd has no base but Exception.
_DAMAGED: Final[tuple[type[Exception], ...]] = (EOFError, gzip.BadGzipFile, zlib.error)


def damaged() -> tuple[type[Exception], ...]:
    """What reading a damaged archive raises, with the packages loaded so far."""
    name = _zstd_name()
    return (*_DAMAGED, sys.modules[name].ZstdError) if name in sys.modules else _DAMAGED


def check_ending(name: str) -> None:
    """CleanerError if a name tells a compression that is not known here."""
    suffix = PurePath(name).suffix.lower()
    if suffix in _OTHER_SUFFIXES:
        raise CleanerError(
            f"{name}: gzip and zstd are known, {suffix} is not: "
            "unpack what is read before, pack what is written after"
        )


def decompressed(stream: io.BufferedReader, name: str, reading: Reading) -> BinaryIO:
    """The stream without its compression, which its first bytes tell.

    Raises InputError if its name tells a compression and it ends before it starts;
    reading it does once it has unpacked to more than it may.
    """
    if len(start := _start(stream)) < len(_ZSTD_MAGIC):
        stream = io.BufferedReader(_Refilled(stream))
        start = _start(stream)
    suffix = PurePath(name).suffix.lower()
    if len(start) < len(_MAGIC.get(suffix, b"")):
        raise InputError(f"{name}: cut short: {len(start)} bytes are no {suffix} file")
    packed = _Counted(stream)
    if start.startswith(_GZIP_MAGIC):
        unpacked = gzip.GzipFile(fileobj=cast("BinaryIO", packed), mode="rb")
    elif start in _ZSTD_STARTS:
        unpacked = _zstd().ZstdFile(packed)
    else:
        return stream

    def check(size: int) -> None:
        reading.check_expansion(name, packed.count, size)

    return io.BufferedReader(_Checked(cast("BinaryIO", unpacked), check))


def _start(stream: io.BufferedReader) -> bytes:
    return stream.peek(len(_ZSTD_MAGIC))[: len(_ZSTD_MAGIC)]


class _Refilled(io.RawIOBase):
    """A stream whose first read gives its first bytes, though they come singly."""

    def __init__(self, stream: io.BufferedReader) -> None:
        self._stream = stream
        self._start = stream.read(len(_ZSTD_MAGIC))

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:  # noqa: ANN401  # as the base has it
        data, self._start = self._start or self._stream.read1(len(buffer)), b""
        buffer[: len(data)] = data
        return len(data)


class _Counted:
    """A stream that tells how much was read of it."""

    def __init__(self, stream: io.BufferedReader) -> None:
        self._stream = stream
        self.count = 0

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(size)
        self.count += len(data)
        return data


class _Checked(io.RawIOBase):
    """A stream that has the size of what was read so far checked."""

    def __init__(self, stream: BinaryIO, check: Callable[[int], None]) -> None:
        self._stream = stream
        self._check = check
        self._count = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:  # noqa: ANN401  # as the base has it
        data = self._stream.read(len(buffer))
        buffer[: len(data)] = data
        self._count += len(data)
        self._check(self._count)
        return len(data)


@contextmanager
def compressed(out: BinaryIO, name: str, *, by_write: bool) -> Iterator[BinaryIO]:
    """A stream that compresses as the ending of a name says.

    `by_write`: each write is an archive of its own, as web archives have it, so that
    a reader can start at any record. Else the archive ends with the block, and not at
    all after an error: then it is not to be mistaken for a whole one.
    """
    suffix = PurePath(name).suffix.lower()
    if suffix not in SUFFIXES:
        yield out
    elif by_write:
        pack = _gzipped if suffix == ".gz" else _zstd().compress
        yield cast("BinaryIO", _Packed(out, pack))
    else:
        packer = _gzip_packer() if suffix == ".gz" else _zstd().ZstdCompressor()
        yield cast("BinaryIO", _Packed(out, packer.compress))
        out.write(packer.flush())


def _gzipped(data: bytes) -> bytes:
    return gzip.compress(data, mtime=0)


def _gzip_packer() -> Any:  # noqa: ANN401  # zlib names no type
    return zlib.compressobj(zlib.Z_BEST_COMPRESSION, wbits=16 + zlib.MAX_WBITS)


class _Packed(io.RawIOBase):
    """Compresses what is written."""

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

    name = _zstd_name()
    with extra("zstd", "Zstandard"):
        try:
            return import_module(name)
        except ModuleNotFoundError as error:
            error.name = name  # not "backports", under which many packages stand
            raise
