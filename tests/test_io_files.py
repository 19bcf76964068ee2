"""Compression, and files that appear whole or not at all."""

import codecs
import gzip
import io
import os
import random
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any, BinaryIO

import pytest
from commandlib import CLEAN, NOISY, cleaned, status_of

from cleaner.atomic import replacing
from cleaner.errors import CleanerError, MissingPackageError
from cleaner.io import compression
from cleaner.io.formats import FORMATS, format_of
from cleaner.io.rows import InputError, Reading


@pytest.fixture
def zstd() -> ModuleType:
    try:
        return compression._zstd()
    except MissingPackageError:
        pytest.skip("needs the extra zstd")


def test_a_missing_zstd_is_named_in_full(monkeypatch: pytest.MonkeyPatch) -> None:
    name = compression._zstd_name()
    monkeypatch.setitem(sys.modules, name.partition(".")[0], None)
    monkeypatch.delitem(sys.modules, name, raising=False)
    with pytest.raises(MissingPackageError, match=f"Zstandard needs {name}: pip inst"):
        compression._zstd()


def test_gzip_in_and_out(tmp_path: Path) -> None:
    given = tmp_path / "a.txt"  # the bytes tell, not the name
    given.write_bytes(
        gzip.compress(NOISY[:5].encode()) + gzip.compress(NOISY[5:].encode())
    )
    out = cleaned(given, name="b.txt.gz")
    assert gzip.decompress(out).decode() == CLEAN
    assert cleaned(given, name="c.txt").decode() == CLEAN
    assert cleaned(given, name="d.txt.gz") == out  # no time stamp


def test_texts_in_one_have_no_byte_order_mark_between_them(tmp_path: Path) -> None:
    given, out = tmp_path / "a.txt", tmp_path / "b.txt"
    given.write_bytes(codecs.BOM_UTF8 + b"He left.\n")
    assert status_of(given, given, "-o", out) == 0
    assert out.read_bytes() == given.read_bytes() + b"He left.\n"


class Slow(io.RawIOBase):
    """A pipe that gives its bytes one by one."""

    def __init__(self, data: bytes) -> None:
        self._data = io.BytesIO(data)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        return self._data.readinto(memoryview(buffer)[:1])


@pytest.mark.parametrize("size", [0, 1, 3, 4, 500])
def test_a_slow_pipe(size: int) -> None:
    text = noise(size)
    for data in (text, gzip.compress(text)):
        stream: Any = io.BufferedReader(Slow(data))
        assert compression.decompressed(stream, "a", Reading()).read() == text


def test_zstd_in_and_out(tmp_path: Path, zstd: ModuleType) -> None:
    given = tmp_path / "a.txt.zst"
    halves = NOISY[:5].encode(), NOISY[5:].encode()
    given.write_bytes(b"".join(map(zstd.compress, halves)))
    assert zstd.decompress(cleaned(given, name="b.txt.zst")).decode() == CLEAN


def test_zstd_that_begins_with_a_frame_to_skip(
    tmp_path: Path, zstd: ModuleType
) -> None:
    given = tmp_path / "a.txt"
    for kind in (0x50, 0x5F):  # as pzstd writes it, with the size of what follows
        skipped = bytes([kind]) + b"\x2a\x4d\x18\x04\x00\x00\x00\x00\x01\x02\x03"
        given.write_bytes(skipped + zstd.compress(NOISY.encode()))
        assert cleaned(given, name="b.txt").decode() == CLEAN


@pytest.mark.parametrize("data", [b"", b"\x1f"])
@pytest.mark.parametrize("name", ["a.txt.gz", "a.jsonl.gz", "a.jsonl.ZST"])
def test_an_archive_that_ends_before_it_starts(
    tmp_path: Path, name: str, data: bytes
) -> None:
    given = tmp_path / name
    given.write_bytes(data)
    with pytest.raises(InputError, match=rf"{name}: cut short: {len(data)} bytes"):
        status_of(given, "-o", tmp_path / "b")
    assert not (tmp_path / "b").exists()


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="needs /proc")
def test_an_input_whose_first_bytes_cannot_be_read_is_named() -> None:
    with pytest.raises(InputError, match=r"^/proc/self/mem: "):
        status_of("/proc/self/mem", "-F", "text")


def noise(size: int) -> bytes:
    return "".join(random.Random(1).choices("abcdef \n", k=size)).encode()


def test_damaged_archives_are_errors_and_write_nothing(
    tmp_path: Path, zstd: ModuleType
) -> None:
    given = tmp_path / "a.txt"
    for pack in (gzip.compress, zstd.compress):
        whole = pack(noise(300_000))
        flipped = bytearray(whole)
        flipped[len(whole) // 2] ^= 255
        for damaged in (
            whole[:-1],
            whole[: len(whole) // 2],
            whole[:6],
            whole + b"junk",
            bytes(flipped),
        ):
            given.write_bytes(damaged)
            with pytest.raises(InputError, match=r"a\.txt: "):
                cleaned(given, name="b.txt")
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


def test_an_archive_that_grows_without_end_is_an_error(
    tmp_path: Path, zstd: ModuleType
) -> None:
    given = tmp_path / "a.txt"
    for pack in (gzip.compress, zstd.compress):
        given.write_bytes(pack(bytes(1 << 24)))
        with pytest.raises(InputError, match=r"--max-(document|expansion) allows"):
            cleaned(given, "--max-document", "1", name="b.txt")
        assert len(cleaned(given, name="b.txt")) == 1 << 24  # no more than one document


def test_limits_are_one_or_more_and_sizes(tmp_path: Path) -> None:
    for option in ("--max-document", "--max-expansion"):
        for limit in ("0", str(1 << 60)):
            with pytest.raises(CleanerError, match=f"{option} must be 1 or more"):
                status_of(tmp_path / "a", option, limit)


def test_a_high_limit_takes_no_memory(tmp_path: Path) -> None:
    given = tmp_path / "a.txt"
    given.write_text(NOISY)
    assert cleaned(given, "--max-document", str(1 << 40), name="b").decode() == CLEAN


def test_zstd_without_its_package_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compression, "_zstd_name", lambda: "no_such_package")
    given = tmp_path / "a.txt"
    given.write_bytes(b"\x28\xb5\x2f\xfd")
    with pytest.raises(MissingPackageError, match=r"article-cleaner\[zstd\]"):
        status_of(given)


def test_every_ending_tells_one_format() -> None:
    for row in FORMATS.values():
        for suffix in row.suffixes:
            assert format_of(f"dir.d/A.B{suffix}") is row
            assert format_of(f"a{suffix}.gz".upper()) is row
    assert format_of("a.gz") is None


@contextmanager
def replaced(path: str) -> Iterator[BinaryIO]:
    with ExitStack() as placed, replacing(path, placed) as out:
        yield out


def test_of_two_files_none_appears_before_both_are_whole(tmp_path: Path) -> None:
    def write(second: bytes) -> None:
        with ExitStack() as placed:
            for name, data in (("a", b"new"), ("b", second)):
                with replacing(str(tmp_path / name), placed) as out:
                    out.write(data or b"%d" % (1 // 0))
                assert not (tmp_path / name).exists()

    with pytest.raises(ZeroDivisionError):
        write(b"")
    assert list(tmp_path.iterdir()) == []
    write(b"new")
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {
        "a": b"new",
        "b": b"new",
    }


def test_a_new_file_appears_whole_or_not_at_all(tmp_path: Path) -> None:
    target = tmp_path / "a"
    with replaced(str(target)) as out:
        out.write(b"new")
        assert not target.exists()
    assert target.read_bytes() == b"new"
    with pytest.raises(ZeroDivisionError), replaced(str(target)) as out:
        out.write(b"half %d" % (1 // 0))
    assert target.read_bytes() == b"new"
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_modes_and_links_stay(tmp_path: Path) -> None:
    target, link = tmp_path / "a", tmp_path / "link"
    target.touch(0o640)
    link.symlink_to("a")
    with replaced(str(link)) as out:
        out.write(b"new")
    assert link.is_symlink()
    assert target.read_bytes() == b"new"
    assert target.stat().st_mode & 0o777 == 0o640
    old = os.umask(0o027)
    try:
        with replaced(str(tmp_path / "b")):
            pass
    finally:
        os.umask(old)
    assert (tmp_path / "b").stat().st_mode & 0o777 == 0o640


def test_a_file_that_may_not_be_written_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def may_be_written(path: Path, _: int) -> bool:  # root may write all
        return bool(path.stat().st_mode & 0o200)

    monkeypatch.setattr(os, "access", may_be_written)
    target = tmp_path / "a"
    target.write_bytes(b"old")
    target.chmod(0o444)
    with pytest.raises(PermissionError, match=r"denied.*a'"), replaced(str(target)):
        pass
    assert target.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_a_failing_disk_leaves_what_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    target = tmp_path / "a"
    target.write_bytes(b"old")
    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="No space"), replaced(str(target)) as out:
        out.write(b"new")
    assert target.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_what_is_no_file_is_written_straight(tmp_path: Path) -> None:
    given = tmp_path / "a.txt"
    given.write_text(NOISY)
    assert status_of(given, "-o", "/dev/null") == 0
    with pytest.raises(OSError, match="No space"):
        status_of(given, "-o", "/dev/full")


def test_a_directory_that_may_not_be_written(tmp_path: Path) -> None:
    given = tmp_path / "a.txt"
    given.write_text(NOISY)
    with pytest.raises(OSError, match=r"(?i)permission|no such|read-only"):
        status_of(given, "-o", "/proc/none/out")


def test_an_error_names_the_file_that_was_named(tmp_path: Path) -> None:
    (tmp_path / "a").touch()
    target = tmp_path / "a" / "out"
    with pytest.raises(NotADirectoryError) as caught, replaced(str(target)):
        pass
    assert caught.value.filename == str(target)


def test_a_name_may_be_as_long_as_the_system_takes_it(tmp_path: Path) -> None:
    for name in ("报" * 80 + ".jsonl", "é" * 127, "a" * 255):
        with replaced(str(tmp_path / name)) as out:
            out.write(b"new")
        assert (tmp_path / name).read_bytes() == b"new"


def test_members_are_writable() -> None:
    out = io.BytesIO()
    with compression.compressed(out, "a.gz", by_write=True) as stream:
        assert stream.writable()
        assert stream.write(b"ab") == 2
    assert gzip.decompress(out.getvalue()) == b"ab"
