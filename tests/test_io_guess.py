"""What nothing tells to be text is not cleaned as text where it looks like more."""

import gzip
from pathlib import Path

import pytest
from commandlib import CLEAN, NOISY, cleaned, piped, status_of

from cleaner.cli.options import job_of
from cleaner.errors import CleanerError
from cleaner.io.guess import looks_like
from cleaner.io.rows import InputError

OTHERS = {
    "jsonl": b'\xef\xbb\xbf\n{"id": 1, "text": "Advertisement"}\n{"id": 2}',
    "parquet": b"PAR1\x15\x04\x15\x00PAR1",
    "warc": b"WARC/1.1\r\nWARC-Type: warcinfo\r\n",
    "html": b"\n<!DOCTYPE html>\n<title>Advertisement</title>",
}


@pytest.mark.parametrize(
    ("format_name", "data"),
    [
        *OTHERS.items(),
        ("jsonl", b'{"text":\t"\xff", "n": 1e999}'),
        ("html", b'<html lang="en">'),
        ("html", b'<?xml version="1.0"?>\r\n<!doctype HTML PUBLIC "x">'),
        (None, b""),
        (None, b"{}\n"),
        (None, b"{\n  1\n}"),
        (None, b'{"text": "a"} is how a row looks'),
        (None, b"{" * 100_000),
        (None, b'[{"a": 1}]'),
        (None, b"PAR1 is a receptor."),
        (None, b"WARC/1.0 is a format."),
        (None, b"<htmlelement>"),
        (None, b"He writes:\n<html>\n"),
    ],
)
def test_what_a_document_looks_like(format_name: str | None, data: bytes) -> None:
    assert looks_like(data) == format_name


@pytest.mark.parametrize("other", OTHERS)
def test_over_a_pipe_it_is_a_fault(other: str) -> None:
    told = f"looks like {other}: say -F {other}, or -F text if it is text"
    for given in (OTHERS[other], gzip.compress(OTHERS[other])):
        done = piped(given=given)
        assert (done.returncode, done.stdout) == (4, b"")
        assert f"cleaner: standard input: {told}" in done.stderr.decode()


def test_asked_for_or_told_by_its_ending_text_is_text(tmp_path: Path) -> None:
    row = b'{"text": "Advertisement"}\n\n'
    for name, arguments in (("a", ["-F", "text"]), ("a.txt.gz", []), ("a.md", [])):
        given = tmp_path / name
        given.write_bytes(row + NOISY.encode())
        assert cleaned(given, *arguments, name="out") == row + CLEAN.encode()


def test_of_many_files_each_is_seen_to(tmp_path: Path) -> None:
    files = [tmp_path / name for name in ("a.txt", "b", "c")]
    for file, data in zip(
        files, (NOISY.encode(), OTHERS["html"], b"Two."), strict=True
    ):
        file.write_bytes(data)
    out, side = tmp_path / "out", tmp_path / "out.rejected"
    with pytest.raises(InputError, match="b: looks like html: say -F html"):
        status_of(*files, "-o", out)
    assert status_of(*files, "-o", out, "--on-error", "skip") == 3
    assert out.read_text() == f"{CLEAN}Two."
    assert side.read_bytes() == OTHERS["html"]


@pytest.mark.parametrize("name", ["x.csv", "x.TSV.gz", "x.xml", "x.pdf", "x.docx"])
def test_endings_of_other_formats_are_refused(name: str) -> None:
    for arguments in ([name], ["x.jsonl", name], ["-o", name], ["--edits", name]):
        with pytest.raises(CleanerError, match=f"^{name}: .* is not known: .* -F text"):
            job_of(arguments)
    with pytest.raises(CleanerError, match="is not known"):
        job_of(["-F", "jsonl", "-o", name])
    assert job_of(["-F", "text", name, "-o", f"new-{name}"]).format.name == "text"
    assert job_of(["-F", "jsonl", name]).format.name == "jsonl"
