"""Patterns on disk: the same ones, wherever they lie and whoever else wants them."""

import os
import shutil
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import cachelib
import pinned
import pytest
import regex
from cachelib import FLAGS, PATTERN, POSIX, anew, file_of, folder_of, is_right

from cleaner.patterns import cache as pattern_cache
from cleaner.patterns.cache import compiled_pattern

base, made = cachelib.base, cachelib.made  # fixtures


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
