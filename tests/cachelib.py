"""An empty cache of patterns, and a pattern that goes into it, for tests."""

import sys
from collections.abc import Iterator
from pathlib import Path

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
