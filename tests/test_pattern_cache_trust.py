"""Patterns on disk: from no file but the user's own and undamaged."""

import os
import pickle
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

import cachelib
import pytest
import regex
from cachelib import FLAGS, PATTERN, POSIX, anew, file_of, folder_of, is_right

from cleaner.patterns import cache as pattern_cache
from cleaner.patterns.cache import compiled_pattern

base, made = cachelib.base, cachelib.made  # fixtures


def written(key: bytes, code: bytes) -> bytes:
    return pattern_cache._digest(key + code) + code


# Damage


def damaged(whole: bytes) -> Iterator[bytes]:
    step = max(1, len(whole) // 60)
    yield from (whole[:size] for size in range(0, len(whole), step))
    for place in range(0, len(whole), step):
        yield whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :]
    yield whole + b"\0"


def test_a_damaged_file_is_written_anew(base: Path, made: list[str]) -> None:
    anew()
    file = file_of(base)
    whole = file.read_bytes()
    for count, data in enumerate(damaged(whole), 2):
        file.write_bytes(data)
        assert is_right(anew())
        assert len(made) == count
        assert file.read_bytes() == whole


def test_the_file_of_another_pattern_is_not_taken_for_it(
    base: Path, made: list[str]
) -> None:
    anew()
    file = file_of(base)
    whole = file.read_bytes()
    compiled_pattern("another", FLAGS)
    (other,) = set(folder_of(base).iterdir()) - {file}
    other.replace(file)
    assert is_right(anew())
    assert file.read_bytes() == whole
    assert len(made) == 3


def test_a_huge_file_is_not_read(
    base: Path, made: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    anew()
    with file_of(base).open("r+b") as file:
        file.truncate(1 << 40)
    monkeypatch.setattr("os.read", pytest.fail)
    assert is_right(anew())
    assert len(made) == 2


def test_a_folder_in_the_place_of_a_file(base: Path, made: list[str]) -> None:
    anew()
    file = file_of(base)
    file.unlink()
    file.mkdir()
    assert is_right(anew())
    assert [path.name for path in folder_of(base).iterdir()] == [file.name]
    assert len(made) == 2


class Call:
    """Pickled as a call."""

    def __init__(self, function: Callable[..., object], argument: str) -> None:
        self.call = function, (argument,)

    def __reduce__(self) -> tuple[Callable[..., object], tuple[str]]:
        return self.call


@pytest.mark.parametrize("held", [Call(os.mkdir, "x"), Call(regex.compile, PATTERN), 1])
def test_nothing_is_called_but_what_makes_patterns_of_code(
    held: object, base: Path, made: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not even by a file that is as it was written."""
    anew()
    monkeypatch.chdir(base)
    file = file_of(base)
    file.write_bytes(written(bytes.fromhex(file.name), pickle.dumps(held)))
    assert is_right(anew())
    assert len(made) == 2
    assert len(list(base.iterdir())) == 1


# Other users


def be_another(monkeypatch: pytest.MonkeyPatch) -> None:
    user = os.geteuid() + 1
    monkeypatch.setattr(os, "geteuid", lambda: user)


@POSIX
@pytest.mark.parametrize("umask", [0o000, 0o002, 0o077])
def test_others_have_no_rights(umask: int, base: Path, made: list[str]) -> None:
    usual = os.umask(umask)
    try:
        anew()
    finally:
        os.umask(usual)
    assert stat.S_IMODE(folder_of(base).stat().st_mode) == 0o700
    assert stat.S_IMODE(file_of(base).stat().st_mode) == 0o600
    anew()
    assert len(made) == 1


@POSIX
@pytest.mark.parametrize("mode", [0o770, 0o702, 0o707, 0o750])
def test_a_folder_open_to_others_is_not_used(
    mode: int, base: Path, made: list[str]
) -> None:
    anew()
    folder_of(base).chmod(mode)
    assert is_right(anew())
    file_of(base).unlink()
    assert is_right(anew())
    assert list(folder_of(base).iterdir()) == []
    assert len(made) == 3


@POSIX
def test_the_folder_of_another_is_not_used(
    base: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    anew()
    file_of(base).unlink()
    be_another(monkeypatch)
    assert is_right(anew())
    assert list(folder_of(base).iterdir()) == []


@POSIX
def test_a_link_in_the_place_of_the_folder_is_not_followed(
    base: Path, made: list[str]
) -> None:
    anew()
    folder = folder_of(base)
    elsewhere = base.parent / "elsewhere"
    folder.rename(elsewhere)
    folder.symlink_to(elsewhere)
    assert is_right(anew())
    assert len(made) == 2


@POSIX
def test_the_file_of_another_is_not_read(
    made: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    anew()
    be_another(monkeypatch)
    assert is_right(compiled_pattern(PATTERN, FLAGS))
    assert len(made) == 2


@POSIX
@pytest.mark.parametrize("mode", [0o620, 0o602])
def test_a_file_that_others_may_write_is_written_anew(
    mode: int, base: Path, made: list[str]
) -> None:
    anew()
    file_of(base).chmod(mode)
    assert is_right(anew())
    assert len(made) == 2
    assert stat.S_IMODE(file_of(base).stat().st_mode) == 0o600


@POSIX
def test_a_link_in_the_place_of_a_file_is_not_followed(
    base: Path, made: list[str]
) -> None:
    anew()
    file = file_of(base)
    elsewhere = base.parent / "elsewhere"
    file.rename(elsewhere)
    whole = elsewhere.read_bytes()
    file.symlink_to(elsewhere)
    assert is_right(anew())
    assert len(made) == 2
    assert not file.is_symlink()
    assert elsewhere.read_bytes() == whole


@POSIX
def test_a_pipe_keeps_nobody_waiting(base: Path, made: list[str]) -> None:
    anew()
    file = file_of(base)
    file.unlink()
    os.mkfifo(file)
    assert is_right(anew())
    assert len(made) == 2
    assert file.is_file()
