"""Every step of the command fails in turn: the old file is whole, or the new one is."""

import gzip
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from commandlib import CLEAN, NOISY
from faultlib import KINDS, every_fault, failing

from cleaner import Cleaned, Cleaner, cli, shell
from cleaner.errors import MissingPackageError
from cleaner.io import compression

OLD = b"what was there"
STATUS = {"no space": 4, "input/output": 4, "no memory": 4, "interrupted": 130}
ROWS = 6


@pytest.fixture(autouse=True)
def _streams_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shell, "_let_go_of_output", lambda: None)
    monkeypatch.setattr("signal.signal", lambda *_: None)


def lines() -> bytes:
    rows = ({"n": n, "text": NOISY, "other": "x" * 9000} for n in range(ROWS))
    return "".join(json.dumps(row) + "\n" for row in rows).encode()


def for_report() -> bytes:
    pytest.importorskip("jinja2", reason="needs the extra report")
    return NOISY.encode()


def zstd(data: bytes) -> bytes:
    try:
        return bytes(compression._zstd().compress(data))
    except MissingPackageError:
        pytest.skip("needs the extra zstd")


def parquet(_: bytes = b"") -> bytes:
    pa = pytest.importorskip("pyarrow", reason="needs the extra parquet")
    import pyarrow.parquet as pq

    sink = pa.BufferOutputStream()
    texts = [NOISY, None, CLEAN] * 2
    pq.write_table(pa.table({"text": texts}), sink, row_group_size=3)
    return bytes(sink.getvalue())


def wet() -> bytes:
    pytest.importorskip("fastwarc", reason="needs the extra warc")
    head = "WARC/1.0\r\nWARC-Type: conversion\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n"
    return (head % (len(NOISY), NOISY)).encode() * 6


# What is read, by name, what is asked for, and the names of what is written.
JOBS: dict[str, tuple[str, Callable[[], bytes], list[str], list[str]]] = {
    "text": ("a.txt", NOISY.encode, ["-o", "b.txt"], ["b.txt"]),
    "edits": (
        "a.txt",
        NOISY.encode,
        ["-o", "b.txt", "--edits", "e.jsonl"],
        ["b.txt", "e.jsonl"],
    ),
    "report": ("a.txt", for_report, ["--check", "--report", "r.html"], ["r.html"]),
    "jsonl": ("a.jsonl", lines, ["-o", "b.jsonl"], ["b.jsonl"]),
    "rejected": (
        "a.jsonl",
        lambda: lines() + b"[]\n" + lines(),
        ["-o", "b.jsonl", "--on-error", "skip"],
        ["b.jsonl", "b.jsonl.rejected"],
    ),
    "gzip": ("a.jsonl.gz", lambda: gzip.compress(lines()), ["-o", "b.gz"], ["b.gz"]),
    "zstd": ("a.jsonl.zst", lambda: zstd(lines()), ["-o", "b.zst"], ["b.zst"]),
    "parquet": ("a.parquet", parquet, ["-o", "b.parquet"], ["b.parquet"]),
    "spooled": (
        "a.parquet.gz",
        lambda: gzip.compress(parquet()),
        ["-o", "b.parquet"],
        ["b.parquet"],
    ),
    "wet": ("a.wet", wet, ["-o", "b.gz", "--preset", "default"], ["b.gz"]),
}


def files_in(path: Path) -> dict[str, bytes]:
    return {found.name: found.read_bytes() for found in path.iterdir()}


class Run:
    """A run of the command in a folder that is made anew for each."""

    def __init__(self, folder: Path, job: str) -> None:
        self.folder = folder
        self.given, make, self.arguments, self.written = JOBS[job]
        self.data = make()

    def prepare(self) -> None:
        for path in self.folder.iterdir():
            path.unlink()
        (self.folder / self.given).write_bytes(self.data)
        for name in self.written:
            (self.folder / name).write_bytes(OLD)

    def __call__(self) -> int:
        try:
            return cli.main([self.given, *self.arguments])
        except SystemExit as end:
            return int(end.code or 0)


@pytest.mark.parametrize("job", JOBS)
def test_any_step_may_fail(
    job: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    run = Run(tmp_path, job)
    run.prepare()
    passed = run()
    new = files_in(tmp_path)
    assert passed == {"rejected": 3, "report": 1}.get(job, 0)
    assert all(new[name] != OLD for name in run.written)
    run.prepare()
    for number, kind in every_fault(run, len(KINDS) if job == "edits" else 1):
        run.prepare()
        with failing(number, kind) as steps:
            status = run()
        where = (number, steps.done[-1], kind, status)
        now = files_in(tmp_path)
        assert now.keys() == new.keys(), where
        assert now[run.given] == run.data, where
        assert all(now[name] in (OLD, new[name]) for name in run.written), where
        is_done = all(now[name] == new[name] for name in run.written)
        assert status in {STATUS[kind], passed}, where
        assert is_done or status == STATUS[kind], where
    capfd.readouterr()


@pytest.mark.parametrize(("on_error", "written"), [("keep", 6), ("skip", 5)])
def test_a_row_that_fails_is_written_once(
    on_error: str,
    written: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    explain, calls, fails_at, kind = Cleaner.explain, 0, 0, ""

    def fail(self: Cleaner, text: str, **hints: str | None) -> Cleaned:
        nonlocal calls
        calls += 1
        if calls % ROWS == fails_at:
            fault = KINDS[kind]()
            raise fault
        return explain(self, text, **hints)

    monkeypatch.setattr(Cleaner, "explain", fail)
    given, out, side = (tmp_path / name for name in ("a.jsonl", "b.jsonl", "c.jsonl"))
    given.write_bytes(lines())
    options = ["--on-error", on_error, "-o", str(out), "--rejected", str(side)]
    for fails_at in range(ROWS):  # noqa: B007  # in the function above
        for kind in ("no memory", "input/output"):  # noqa: B007
            assert cli.main([str(given), *options]) == 3
            done = [json.loads(line) for line in out.read_bytes().splitlines()]
            (rejected,) = map(json.loads, side.read_bytes().splitlines())
            assert rejected["text"] == NOISY
            cleaned = [row["n"] for row in done if row["text"] == CLEAN]
            assert sorted([*cleaned, rejected["n"]]) == list(range(ROWS))
            assert len(done) == written
    capfd.readouterr()
