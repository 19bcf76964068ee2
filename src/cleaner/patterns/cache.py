"""Compiled patterns kept on disk: a machine compiles each once, not every process.

One file a pattern, named by a digest of all that its code depends on, in a folder for
each version. What is missing, damaged or not the user's own counts as not there: the
pattern is compiled and its file written anew. Where no file can be, all goes on
without. Nothing is kept open or in memory, so threads and forks have nothing to share.
"""

import hashlib
import io
import os
import pickle
import stat
import sys
from contextlib import suppress
from functools import cache
from importlib.machinery import EXTENSION_SUFFIXES
from pathlib import Path
from typing import Final

import regex

from cleaner import __version__

VARIABLE: Final = "CLEANER_CACHE"  # the folder to use; empty: none
_KEPT_VERSIONS: Final = 3  # besides this one: environments may be in use in turn
_MAX_FILES: Final = 10_000  # five times all patterns: a checkout's phrases have changed
_MAX_FILE_BYTES: Final = 1 << 20  # the largest is 57 KB
_DIGEST_BYTES: Final = 32
# Another regex, Python or processor may have other code; the last two are named by the
# endings of compiled modules.
_VERSION: Final = "\0".join(
    (
        __version__,
        regex.__version__,
        f"{sys.hexversion:x}",
        *EXTENSION_SUFFIXES,
        sys.byteorder,
    )
)
_READ: Final = (
    os.O_RDONLY
    | getattr(os, "O_BINARY", 0)
    | getattr(os, "O_NOFOLLOW", 0)  # no way to a file elsewhere
    | getattr(os, "O_NONBLOCK", 0)  # nor to a pipe that keeps one waiting
)


def compiled_pattern(pattern: str, flags: int) -> "regex.Pattern[str]":
    """The pattern, out of its file or compiled. Raises regex.error if it is none."""
    folder = _folder()
    if folder is None:
        return _compile(pattern, flags)
    key = _digest(f"{_VERSION}\0{flags:d}\0{pattern}".encode("utf-8", "surrogatepass"))
    path = folder / key.hex()
    found = _loaded(path, key)
    if found is None:
        found = _compile(pattern, flags)
        _store(path, key, found)
    return found


def _compile(pattern: str, flags: int) -> "regex.Pattern[str]":
    # Callers remember their patterns: a second memory would only hold them longer.
    return regex.compile(pattern, flags, cache_pattern=False)


def _digest(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


class _Unpickler(pickle.Unpickler):
    """Calls what makes a pattern out of its code, and nothing else.

    The pattern's text stays behind, since nothing asks for it: of all patterns together
    it takes a megabyte.
    """

    def find_class(self, module: str, name: str) -> object:
        if (module, name) != ("regex._regex", "compile"):
            raise pickle.UnpicklingError(f"{module}.{name} makes no pattern")
        make = super().find_class(module, name)
        return lambda _text, *code: make("", *code)


def _loaded(path: Path, key: bytes) -> "regex.Pattern[str] | None":
    """What a file holds; None if it isn't there, or is not what was written for it."""
    try:
        data = _read(path)
    except OSError:
        return None
    told, code = data[:_DIGEST_BYTES], data[_DIGEST_BYTES:]
    if told != _digest(key + code):
        return None
    try:
        found = _Unpickler(io.BytesIO(code)).load()
    except pickle.UnpicklingError:
        return None
    return found if isinstance(found, regex.Pattern) else None


def _read(path: Path) -> bytes:
    """What the user's own file holds; nothing if it is another's or too large."""
    descriptor = os.open(path, _READ)
    try:
        status = os.fstat(descriptor)
        if status.st_size > _MAX_FILE_BYTES or not _is_own(status, others=0o022):
            return b""
        return os.read(descriptor, status.st_size)
    finally:
        os.close(descriptor)


def _is_own(status: os.stat_result, *, others: int) -> bool:
    """Whether it belongs to the user, and others have none of these rights."""
    if sys.platform == "win32":  # where a user's folders are closed to others
        return True
    return status.st_uid == os.geteuid() and not status.st_mode & others


def _store(path: Path, key: bytes, found: "regex.Pattern[str]") -> None:
    """Write a pattern's file, whole or not at all; another process may do so too."""
    code = pickle.dumps(found, pickle.HIGHEST_PROTOCOL)
    part = path.with_name(f"{os.urandom(8).hex()}.part")
    with suppress(OSError):  # a full disk, a folder that was deleted
        try:
            with open(part, "xb", opener=_open_private) as file:
                file.write(_digest(key + code) + code)
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)


def _open_private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


@cache
def _folder() -> Path | None:
    """The folder of this version, made if need be; None if there can't be one."""
    try:
        base = _base()
        if base is None:
            return None
        folder = base / f"patterns-{_digest(_VERSION.encode())[:8].hex()}"
        if not os.path.lexists(folder):
            folder.mkdir(0o700, parents=True, exist_ok=True)
            _delete_old(folder)
        status = folder.lstat()
        if not stat.S_ISDIR(status.st_mode) or not _is_own(status, others=0o077):
            return None
        if len(os.listdir(folder)) > _MAX_FILES:  # noqa: PTH208  # quicker
            _delete(folder)
            folder.mkdir(0o700)
    except OSError:
        return None
    return folder


def _base() -> Path | None:
    """Where each version has a folder; None if none is wanted, or there is no home."""
    named = os.environ.get(VARIABLE)
    if named is not None:
        return Path(named).absolute() if named else None
    variable = "LOCALAPPDATA" if sys.platform == "win32" else "XDG_CACHE_HOME"
    caches = Path(os.environ.get(variable, ""))
    if not caches.is_absolute():
        caches = Path(os.path.expanduser("~/.cache"))  # noqa: PTH111  # "~" if no home
    return caches / "article-cleaner" if caches.is_absolute() else None


def _delete_old(folder: Path) -> None:
    """The folders of other versions go, but those that were last written to."""
    found = folder.parent.glob("patterns-" + "[0-9a-f]" * 16)
    others = [path for path in found if path != folder]
    others.sort(key=lambda path: path.lstat().st_mtime, reverse=True)
    for old in others[_KEPT_VERSIONS:]:
        _delete(old, ignore_errors=True)  # it may be another user's


def _delete(folder: Path, *, ignore_errors: bool = False) -> None:
    import shutil  # slow to load, and rarely needed

    shutil.rmtree(folder, ignore_errors=ignore_errors)
