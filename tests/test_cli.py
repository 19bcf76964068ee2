"""The command over real pipes: what it is asked, what it writes, what it says."""

import fcntl
import os
import pty
import struct
import subprocess
import termios
from pathlib import Path

import commandlib
import pytest
from commandlib import CLEAN, COMMAND, NOISY, SEED, piped, status_of

from cleaner import DETECTORS, LABELS, __version__, clean, explain
from cleaner.cli import main
from cleaner.cli.options import job_of
from cleaner.errors import CleanerError

noisy = commandlib.noisy  # a fixture

TEXT = SEED.read_bytes().decode()


def test_a_filter_with_every_cut_told() -> None:
    done = piped("--explain", "--stats", SEED)
    assert done.returncode == 0
    assert done.stdout.decode() == clean(TEXT)
    lines = done.stderr.decode().splitlines()
    edits = explain(TEXT).edits
    for line, edit in zip(lines, edits, strict=False):
        assert line.startswith(f"{SEED}: {edit.start}-{edit.end} ")
        assert edit.label in line
        assert edit.reason in line
    table = lines[len(edits) :]
    assert table[0].split() == ["label", "documents", "cuts", "characters"]
    assert f"1 document of {len(TEXT):,} characters, 0 withheld, 0 failed" in table[-1]


def test_line_ends_final_newline_and_locale() -> None:
    given = "Café.\r\n\r\nRead More: Two\r\n\r\nThree."
    env = {
        **os.environ,
        "LC_ALL": "POSIX",
        "PYTHONUTF8": "0",
        "PYTHONCOERCECLOCALE": "0",
    }
    done = piped("-", given=given.encode(), env=env)
    assert done.stdout.decode() == "Café.\r\n\r\nThree."
    assert done.stderr == b""


def test_bad_bytes_name_their_offset_and_write_nothing() -> None:
    done = piped(given=b"abc\xff")
    assert (done.returncode, done.stdout) == (4, b"")
    assert b"standard input: byte 3 is not UTF-8" in done.stderr


def test_what_looks_like_utf_16_is_told_of_and_stays() -> None:
    data = "He left.\n\nAdvertisement".encode("utf-16-le")
    done = piped(given=data)
    assert (done.returncode, done.stdout) == (0, data)
    assert b"standard input: it is full of zero bytes, as UTF-16 is" in done.stderr
    assert piped(given=b"one zero\0 in a text").stderr == b""


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_a_mark_of_utf_16_leads_to_the_command_that_converts(encoding: str) -> None:
    done = piped(given="\ufeffHe left.".encode(encoding))
    assert done.returncode == 4
    assert (
        b"byte 0 is not UTF-8; it is marked as UTF-16: iconv -f utf-16" in done.stderr
    )


def test_a_missing_file_is_one_line_and_status_4() -> None:
    done = piped("no-such\nfile")
    assert done.returncode == 4
    assert b"No such file" in done.stderr


def test_a_missing_file_is_told_before_the_others_are_cleaned() -> None:
    done = piped(SEED, "no-such-file")
    assert (done.returncode, done.stdout) == (4, b"")
    assert done.stderr == b"cleaner: no-such-file: No such file or directory\n"


def test_usage_errors_are_one_line_and_status_2(
    noisy: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    for arguments, message in (
        (["--preset", "defualt"], "did you mean 'default'?"),
        (["--preset", ""], "no preset ''"),
        (["--keep", "promo"], "no label 'promo'"),
        (["--remove", "byline"], "try 'body'"),
        (["--remove", ","], "--remove ',': no name in it"),
        (["--lang", "xx"], "no language 'xx'"),
        (["-F", "yaml"], "no format 'yaml'"),
        (["-j", "-1"], "--jobs must be 0 or more"),
        (["--check", "-o", "x"], "leave --output out"),
        (["--on-error", "skip"], "--rejected"),
        (["--on-error", "skip", "-o", "/dev/null"], "say with --rejected where"),
        (["--on-error", "skip", "-o", "/dev/stdout"], "say with --rejected where"),
        ([str(noisy), "x.jsonl"], "several formats (jsonl, text)"),
        (["-f", "body"], "--field: text has no fields; -F says what is read"),
        (["-", "-"], "can be read once"),
        ([""], "the name of a file is empty"),
        (["-o", ""], "the name of a file is empty"),
        (["--rules", ""], "the name of a file is empty"),
    ):
        with pytest.raises(CleanerError) as caught:
            status_of(noisy, *arguments)
        assert message in str(caught.value)
    with pytest.raises(SystemExit) as ended:
        main(["--no-such-option"])
    assert ended.value.code == 2
    capfd.readouterr()


@pytest.mark.skipif(not hasattr(os, "sched_setaffinity"), reason="needs affinities")
def test_all_processors_are_those_allowed() -> None:
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(before)})
    try:
        assert job_of(["-j", "0"]).processes == 1
    finally:
        os.sched_setaffinity(0, before)


def test_a_faulty_preset_ends_with_2() -> None:
    done = piped("--preset", "none", SEED)
    assert (done.returncode, done.stderr.count(b"\n")) == (2, 1)


def test_labels_languages_and_presets(noisy: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.txt"
    for arguments, expected in (
        (["--keep", "advertisement"], NOISY),  # links know the marker, too
        (["--remove", "promotion,bio"], NOISY),
        (["--remove", "advertisement"], CLEAN),
        (["--preset", "strict", "--lang", "en"], CLEAN),
    ):
        assert status_of(noisy, "-o", out, *arguments) == 0
        assert out.read_text() == expected
    status_of(SEED, "-o", out, "--preset", "body")
    assert out.read_bytes().decode() == clean(TEXT, "body")


def test_keep_holds_repairs_off(tmp_path: Path) -> None:
    given, out = tmp_path / "a.txt", tmp_path / "b.txt"
    given.write_text(
        "It â€œworksâ€\x9d, he said of the cafÃ© on Monday.", encoding="utf-8"
    )
    for arguments in (["--keep", "encoding,fused"], ["--remove", "fused"]):
        status_of(given, "-o", out, *arguments)
        assert out.read_bytes() == given.read_bytes()
    status_of(given, "-o", out)
    assert "café" in out.read_text()


def test_check(noisy: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    fine = tmp_path / "fine.txt"
    fine.write_text(CLEAN)
    assert status_of("--check", noisy, fine) == 1
    assert capfd.readouterr() == ("", f"{noisy}: 1 edit\n")
    assert status_of("--check", fine) == 0
    assert capfd.readouterr() == ("", "")


def test_check_finds_what_it_says(tmp_path: Path) -> None:
    given = tmp_path / "a.txt"
    given.write_text("It was open on Monday, he said of the cafÃ© by the bridge.\n")
    assert status_of("--check", given) == 1
    assert status_of("--check", "--keep", "encoding,fused", given) == 0
    told = " ".join(piped("--help").stdout.decode().split())
    assert "noise or something to repair, and exit 1 if anything has" in told
    assert "noise alone: --keep encoding,fused" in told


def test_where_no_row_is_written_none_is_left_out(tmp_path: Path) -> None:
    given = tmp_path / "a.jsonl"
    given.write_text('{"text": 1}\n{"text": "He left."}\n')
    for view in ("--check", "--diff"):
        assert status_of(given, view, "--on-error", "skip") == 3
    assert [*tmp_path.iterdir()] == [given]


def test_check_tells_of_what_is_withheld(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    given = tmp_path / "a.txt"
    given.write_text("Share this article\n\nAdvertisement\n\nSubscribe now\n")
    assert status_of("--check", "--stats", given) == 0
    told = capfd.readouterr().err
    assert " characters, 1 withheld, 0 failed" in told
    assert "edits were withheld in 1 of 1 documents: see --explain" in told


def test_diff_is_precise_to_the_word_and_safe_on_a_terminal(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    given = tmp_path / "a.txt"
    given.write_text(
        "It opens on Monday, he said. Sign up for our free newsletter!\n\n"
        "\x1b[31mAdvertisement\x1b[0m\n\nAdvertisement\n\nShe stayed.\n"
    )
    status_of("--diff", given)
    shown = capfdbinary.readouterr().out.decode()
    assert "said.[- Sign up for our free newsletter!-]" in shown
    assert "[-Advertisement-]" in shown
    assert "\x1b" not in shown


def test_diff_is_coloured_on_a_terminal_only(noisy: Path) -> None:
    for extra, is_coloured in ({}, True), ({"NO_COLOR": "1"}, False):
        leader, follower = pty.openpty()
        env = {**os.environ, **extra}
        done = subprocess.run(
            [*COMMAND, "--diff", noisy], stdout=follower, env=env, check=False
        )
        os.close(follower)
        shown = os.read(leader, 100_000)
        os.close(leader)
        assert done.returncode == 0
        assert (b"\x1b[31;9mAdvertisement" in shown) is is_coloured


def test_progress_is_seen_on_a_terminal_only(noisy: Path, tmp_path: Path) -> None:
    pytest.importorskip("tqdm", reason="needs the extra progress")
    leader, follower = pty.openpty()
    fcntl.ioctl(follower, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    subprocess.run(
        [*COMMAND, noisy, "-o", tmp_path / "out"], stderr=follower, check=True
    )
    os.close(follower)
    shown = os.read(leader, 100_000)
    os.close(leader)
    assert b"0%" in shown
    assert b"B/s" in shown


def test_version_and_lists() -> None:
    assert piped("--version").stdout.decode().strip() == __version__
    listed = piped("--list").stdout.decode()
    for name in (*LABELS, *DETECTORS):
        assert f"  {name} " in listed


def test_messages_cannot_steer_a_terminal() -> None:
    done = piped(
        "-F", "jsonl", given=b'{"te\\u001b[31mxt": 1, "\\u001b]0;hi\\u0007": 2}\n'
    )
    assert done.returncode == 4
    assert b"\x1b" not in done.stderr
    assert b"te\\x1b[31mxt" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ("-o", "x.jsonl"),
            "text is written there, not jsonl: name it otherwise, or say -F jsonl if",
        ),
        (("-F", "jsonl", "-o", "x.parquet.gz"), "jsonl is written there, not parquet"),
        (
            ("-F", "html", "-o", "x.jsonl"),
            "x.jsonl: text is written there, not jsonl: name it otherwise\n",
        ),
        (
            ("x.html", "-o", "y.html"),
            "y.html: text is written there, not html: name it otherwise\n",
        ),
        (("--edits", "x.parquet"), "x.parquet: jsonl is written there, not parquet"),
        (("--report", "x.jsonl"), "x.jsonl: html is written there, not jsonl"),
        (("--rejected", "x.jsonl"), "x.jsonl: text is written there, not jsonl"),
        (("x.jsonl.bz2",), "x.jsonl.bz2: gzip and zstd are known, .bz2 is not"),
        (("-o", "x.txt.XZ"), "x.txt.XZ: gzip and zstd are known, .xz is not"),
        (("--edits", "x.zip"), "x.zip: gzip and zstd are known, .zip is not"),
        (("--remove", "bio,credit", "--keep", "bio"), "both name bio"),
        (("-o", "/nowhere/x.txt"), "/nowhere/x.txt: No such file or directory"),
    ],
)
def test_what_makes_no_sense_is_told(
    arguments: tuple[str, ...],
    message: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    done = piped(*arguments, given=NOISY.encode())
    assert done.returncode in (2, 4)
    assert message in done.stderr.decode()


def test_pages_become_text(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("<p>He left.</p>")
    job = job_of([str(page), "-o", str(tmp_path / "page.txt")])
    assert job.format.name == "html"


def test_options_with_several_names_add_up(tmp_path: Path) -> None:
    text = b"He left.\n\nFoo\n\nShe stayed.\n\nBar\n\nAdvertisement\n\nThey came.\n"
    for name in ("Foo", "Bar"):
        (tmp_path / name).write_text(f"deny {name}\n")
    rules = ("--rules", tmp_path / "Foo", "--rules", tmp_path / "Bar")
    done = piped(
        *map(str, rules), "--keep", "advertisement", "--keep", "bio", given=text
    )
    assert done.stdout == text.replace(b"Foo\n\n", b"").replace(b"Bar\n\n", b"")
