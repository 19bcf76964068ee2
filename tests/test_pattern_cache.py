"""Patterns on disk: the same ones, from no file but the user's own and undamaged."""

import os
import pickle
import shutil
import stat
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pinned
import pytest
import regex

from cleaner.patterns import cache as pattern_cache
from cleaner.patterns.cache import compiled_pattern

FLAGS = regex.V0 | regex.IGNORECASE | regex.VERBOSE
PATTERN = r"(?:read[ \t]{1,2}(?P<what>more|on)|straße)(?=\s|$)"
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="needs owners and modes")


@pytest.fixture(autouse=True)
def base(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty cache, looked for anew."""
    base = tmp_path / "cache"
    monkeypatch.setenv("CLEANER_CACHE", str(base))
    pattern_cache._folder.cache_clear()
    yield base
    pattern_cache._folder.cache_clear()


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The patterns that had to be compiled."""
    made = []
    compile_anew = pattern_cache._compile

    def counted(pattern: str, flags: int) -> "regex.Pattern[str]":
        made.append(pattern)
        return compile_anew(pattern, flags)

    monkeypatch.setattr(pattern_cache, "_compile", counted)
    return made


def folder_of(base: Path) -> Path:
    (folder,) = base.iterdir()
    return folder


def file_of(base: Path) -> Path:
    (file,) = folder_of(base).iterdir()
    return file


def anew() -> "regex.Pattern[str]":
    """As the next process gets it."""
    pattern_cache._folder.cache_clear()
    return compiled_pattern(PATTERN, FLAGS)


def is_right(found: "regex.Pattern[str]") -> bool:
    return (
        found.pattern in {PATTERN, ""}  # out of a file it has no text
        and bool(found.flags & regex.IGNORECASE)
        and [m["what"] for m in found.finditer("Read  on, READ MORE read more")]
        == ["MORE", "more"]
        and found.match("STRASSE ") is None
        and found.match("Straße") is not None
    )


def written(key: bytes, code: bytes) -> bytes:
    return pattern_cache._digest(key + code) + code


def test_a_pattern_is_compiled_once(made: list[str]) -> None:
    assert is_right(anew())
    assert is_right(anew())
    assert made == [PATTERN]


@pytest.mark.parametrize(
    ("pattern", "flags"), [(PATTERN + " ", FLAGS), (PATTERN, regex.V0 | regex.VERBOSE)]
)
def test_other_words_or_flags_are_another_pattern(
    pattern: str, flags: int, made: list[str]
) -> None:
    assert anew() != compiled_pattern(pattern, flags)
    assert made == [PATTERN, pattern]


def test_what_is_no_pattern_is_an_error_and_no_file(base: Path) -> None:
    with pytest.raises(regex.error):
        compiled_pattern("(", FLAGS)
    assert list(folder_of(base).iterdir()) == []


@pytest.mark.parametrize("variable", ["", None])
def test_none_is_wanted_or_there_is_no_home(
    variable: str | None,
    base: Path,
    made: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("os.path.expanduser", lambda path: path)
    monkeypatch.chdir(base.parent)
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")  # to be ignored, says its standard
    monkeypatch.setenv("LOCALAPPDATA", "relative")
    monkeypatch.delenv("CLEANER_CACHE")
    if variable is not None:
        monkeypatch.setenv("CLEANER_CACHE", variable)
    assert is_right(anew())
    assert is_right(anew())
    assert made == [PATTERN] * 2
    assert list(base.parent.iterdir()) == []


@pytest.mark.parametrize(
    ("caches", "place"), [("caches", "caches"), ("", "home/.cache")]
)
def test_it_lies_where_caches_lie(
    caches: str, place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CLEANER_CACHE")
    for variable in ("XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(variable, str(tmp_path / caches) if caches else "relative")
    for variable in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(variable, str(tmp_path / "home"))
    anew()
    assert file_of(tmp_path / place / "article-cleaner").is_file()


def test_the_import_asks_for_no_folder(base: Path) -> None:
    code = "import sys, cleaner; print(*sys.modules)"
    loaded = subprocess.check_output([sys.executable, "-c", code], text=True).split()
    assert "cleaner" in loaded
    assert not {"cleaner.patterns.cache", "pickle", "hashlib"} & {*loaded}
    assert not base.exists()


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


# Versions


def test_all_that_code_depends_on_is_told() -> None:
    told = pattern_cache._VERSION.split("\0")
    assert {regex.__version__, sys.byteorder, f"{sys.hexversion:x}"} < {*told}
    if sys.platform == "linux":
        assert any(os.uname().machine in part for part in told)


def test_another_version_has_files_of_its_own(
    base: Path, made: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    anew()
    old = file_of(base)
    monkeypatch.setattr(pattern_cache, "_VERSION", "another")
    anew()
    assert len(made) == 2
    (new,) = set(base.glob("*/*")) - {old}
    shutil.copy(old, new)
    shutil.copy(old, new.parent / old.name)
    assert is_right(anew())
    assert len(made) == 3


def test_of_old_versions_the_last_stay(
    base: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And what is no version's folder is left alone."""
    elsewhere = base.parent / "elsewhere"
    elsewhere.mkdir()
    for name in ("patterns", "patterns-mine", "x"):
        (base / name).mkdir(parents=True)
    link = base / f"patterns-{0:016x}"
    link.symlink_to(elsewhere)
    os.utime(link, (0, 0), follow_symlinks=False)
    others = {path.name for path in base.iterdir()}
    made: list[str] = []
    for version in range(8):
        monkeypatch.setattr(pattern_cache, "_VERSION", str(version))
        anew()
        made += {path.name for path in base.iterdir()} - {*others, *made}
        os.utime(base / made[-1], (1e10 - version % 7,) * 2)  # as clocks go: ahead
    assert len(made) == 8
    assert {path.name for path in base.iterdir()} == {*others, *made[:3], made[7]}
    assert elsewhere.exists()


def test_too_many_files_are_deleted(
    base: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pattern_cache, "_MAX_FILES", 20)
    for number in range(100):
        pattern_cache._folder.cache_clear()
        compiled_pattern(f"{number}", FLAGS)
    assert 0 < len(list(folder_of(base).iterdir())) <= 21


# Places


def test_a_place_that_can_not_be(base: Path, made: list[str]) -> None:
    base.write_bytes(b"")
    assert is_right(anew())
    assert is_right(anew())
    assert len(made) == 2


def test_a_folder_that_can_not_be_made(
    base: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "mkdir", refuse)
    assert is_right(anew())
    assert not base.exists()


def test_a_folder_that_is_deleted_meanwhile(base: Path) -> None:
    anew()
    shutil.rmtree(base)
    assert is_right(compiled_pattern(PATTERN, FLAGS))
    assert is_right(anew())
    assert file_of(base).is_file()


@POSIX
def test_a_full_disk(base: Path, made: list[str]) -> None:
    import resource

    pattern_cache._folder()
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, limits[1]))
    try:
        assert is_right(anew())
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert list(folder_of(base).iterdir()) == []
    assert is_right(anew())
    assert is_right(anew())
    assert len(made) == 2


def test_cut_off_while_writing(base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", interrupt)
        with pytest.raises(KeyboardInterrupt):
            anew()
    assert list(folder_of(base).iterdir()) == []


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


# Several at once


def test_threads_that_want_the_same(base: Path) -> None:
    barrier = threading.Barrier(8)

    def want(_: int) -> bool:
        barrier.wait()
        return is_right(anew())

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(want, range(8)))
    assert [path.suffix for path in folder_of(base).iterdir()] == [""]


# Compiles again and again, with files that are deleted and damaged meanwhile.
RACER = f"""if True:
    import sys, time
    from pathlib import Path
    from cleaner.patterns import cache as pattern_cache
    patterns = [f"{{n}}|" + {PATTERN!r} for n in range(12)]
    end = time.monotonic() + 1
    while time.monotonic() < end:
        for pattern in patterns:
            found = pattern_cache.compiled_pattern(pattern, {int(FLAGS)})
            assert found.fullmatch(pattern.partition("|")[0])
            assert found.search("read MORE")["what"] == "MORE"
"""


def test_processes_that_want_the_same(base: Path) -> None:
    racers = [subprocess.Popen([sys.executable, "-c", RACER]) for _ in range(3)]
    count = 0
    while any(racer.poll() is None for racer in racers):
        for file in base.glob("*/*"):
            count += 1
            with suppress(OSError):
                file.write_bytes(b"x") if count % 2 else file.unlink()
    assert [racer.returncode for racer in racers] == [0] * 3
    assert count > 24


# The same output


OUTPUT = f"""if True:
    import sys
    sys.path.insert(0, {str(pinned.ROOT / "tests")!r})
    import pinned
    some = [*pinned.texts().items()][::40]
    pinned.texts = lambda: dict(some)
    print(*pinned.as_lines(pinned.output()), sep=chr(10))
"""


def test_the_output_is_the_same_without_and_with_a_cache_cold_and_warm(
    base: Path,
) -> None:
    command = [sys.executable, "-c", OUTPUT]
    without, cold, warm = (
        subprocess.check_output(
            command, env={**os.environ, "CLEANER_CACHE": cache}, text=True
        ).splitlines()
        for cache in ("", str(base), str(base))
    )
    assert without == cold == warm
    assert len(without) > 20
    assert {*without} <= {*pinned.OUTPUT.read_text("utf-8").splitlines()}
    assert len(list(folder_of(base).iterdir())) > 50
