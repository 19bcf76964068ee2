"""The command over real pipes: what it writes, what it says, how it ends."""

import fcntl
import json
import os
import pty
import signal
import struct
import subprocess
import sys
import termios
import time
from pathlib import Path

import pytest
from commandlib import CLEAN, COMMAND, NOISY, piped, status_of

from cleaner import DETECTORS, LABELS, SiteMemory, __version__, clean, explain
from cleaner.cli import main
from cleaner.cli.options import job_of
from cleaner.errors import CleanerError, ModelFileError
from cleaner.io.rows import InputError
from cleaner.model import dumps, shipped

SEED = Path(__file__).parents[1] / "seeds" / "002_5ab24ec68f6929dc.txt"
TEXT = SEED.read_bytes().decode()


@pytest.fixture
def noisy(tmp_path: Path) -> Path:
    path = tmp_path / "noisy.txt"
    path.write_text(NOISY, encoding="utf-8")
    return path


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


def test_edits_hold_the_text_cut(noisy: Path, tmp_path: Path) -> None:
    edits = tmp_path / "edits.jsonl"
    status_of(noisy, "-o", tmp_path / "out", "--edits", edits)
    rows = [json.loads(line) for line in edits.read_text().splitlines()]
    (edit,) = explain(NOISY).edits
    was = NOISY[edit.start : edit.end]
    assert rows == [{"document": str(noisy), **edit._asdict(), "text": was}]


def test_several_texts_come_one_after_the_other(noisy: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.txt"
    status_of(noisy, noisy, "-o", out)
    assert out.read_text() == CLEAN * 2


def test_texts_do_not_run_into_one_another(tmp_path: Path) -> None:
    texts = ("He left.", "", "It rains.\r\n", "She stayed.\r", "The end.")
    files = [tmp_path / f"{number}.txt" for number in range(len(texts))]
    for file, text in zip(files, texts, strict=True):
        file.write_bytes(text.encode())
    out = tmp_path / "out.txt"
    status_of(*files, "-o", out)
    assert out.read_bytes() == b"He left.\nIt rains.\r\nShe stayed.\rThe end."


def test_a_closed_pipe_is_silent() -> None:
    with subprocess.Popen(
        COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdin
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        process.stdin.write(b"He left the house at noon.\n" * 30_000)
        process.stdin.close()
        assert process.stderr.read() == b""
    assert process.returncode == 141


@pytest.mark.parametrize("asked", [str(SEED), "--list", "--help", "--version"])
def test_a_full_disk_is_one_line(asked: str) -> None:
    env = {**os.environ, "PYTHONUNBUFFERED": ""}  # else argparse hides it
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [*COMMAND, asked],
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
            env=env,
        )
    assert done.returncode == 4
    assert done.stderr == b"cleaner: No space left on device\n"


@pytest.mark.parametrize(
    ("arguments", "status"), [(["no-such-file"], 4), (["--preset", "none"], 2)]
)
def test_the_status_stays_where_no_message_can_be_written(
    arguments: list[str], status: int
) -> None:
    reader, closed = os.pipe()
    os.close(reader)
    full = os.open("/dev/full", os.O_WRONLY)
    for stderr in (closed, full):
        done = subprocess.run([*COMMAND, *arguments], stderr=stderr, check=False)
        os.close(stderr)
        assert done.returncode == status


@pytest.mark.parametrize(
    ("asked", "status", "is_written"),
    [("--on-error=keep", 3, True), ("--stats", 4, True), ("--explain", 4, False)],
)
def test_messages_that_can_not_be_told_end_nothing_unlike_what_was_asked_for(
    tmp_path: Path, asked: str, status: int, is_written: bool
) -> None:
    rows, out = tmp_path / "rows.jsonl", tmp_path / "out.jsonl"
    rows.write_text(json.dumps({"text": "He left.\n\nAdvertisement"}) + "\n{]\n")
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [*COMMAND, "--on-error", "keep", asked, str(rows), "-o", str(out)],
            stderr=full,
            check=False,
        )
    assert done.returncode == status
    assert out.exists() == is_written
    if is_written:
        assert out.read_text() == '{"text": "He left."}\n{]\n'


def test_closed_standard_streams_are_told() -> None:
    for closing, message in ("<&-", b"input is closed"), (">&-", b"output is closed"):
        done = subprocess.run(
            ["sh", "-c", f'"$0" -m cleaner {closing}', sys.executable],
            stdin=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            check=False,
        )
        assert done.returncode == 4
        assert message in done.stderr
        assert b"Traceback" not in done.stderr


@pytest.mark.usefixtures("_signals_count")
@pytest.mark.parametrize(
    ("number", "status"),
    [(signal.SIGHUP, 129), (signal.SIGINT, 130), (signal.SIGTERM, 143)],
)
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_signal_leaves_no_file_and_says_nothing(
    tmp_path: Path, number: signal.Signals, status: int, jobs: str
) -> None:
    out = tmp_path / "out.jsonl"
    out.write_text("as it was")
    with subprocess.Popen(
        [*COMMAND, "-F", "jsonl", "-j", jobs, "-o", out],
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdin
        assert process.stderr
        process.stdin.write(json.dumps({"text": NOISY}).encode() + b"\n")
        process.stdin.flush()
        wait_for(lambda: len(list(tmp_path.iterdir())) > 1)
        process.send_signal(number)
        said = process.stderr.read()
    # A SIGINT that meets a module being imported ends Python by the signal itself,
    # which a shell shows as 130, too.
    assert process.returncode in {status, -number}
    assert said == b""
    assert [path.name for path in tmp_path.iterdir()] == ["out.jsonl"]
    assert out.read_text() == "as it was"


def test_nohup_is_heeded(tmp_path: Path) -> None:
    out = tmp_path / "out.txt"
    with subprocess.Popen(
        ["nohup", *COMMAND, "-", "-o", out], stdin=subprocess.PIPE
    ) as process:
        assert process.stdin
        wait_for(lambda: any(tmp_path.iterdir()))
        process.send_signal(signal.SIGHUP)
        process.stdin.write(NOISY.encode())
    assert process.returncode == 0
    assert out.read_text() == CLEAN


def wait_for(condition: object, seconds: float = 30) -> None:
    assert callable(condition)
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.02)


def test_output_must_not_be_input(noisy: Path, tmp_path: Path) -> None:
    link, hard = tmp_path / "link", tmp_path / "hard"
    link.symlink_to(noisy)
    hard.hardlink_to(noisy)
    for out in (noisy, link, hard):
        with pytest.raises(CleanerError, match="is also the input"):
            status_of(noisy, "-o", out)
    for option in ("--edits", "--report", "--rejected"):
        told = f"^the text and {option} both go to .*new: give one of them"
        with pytest.raises(CleanerError, match=told):
            status_of(noisy, "-o", tmp_path / "new", option, tmp_path / "new")
    assert noisy.read_text() == NOISY


def test_output_must_not_be_rules_or_a_model(noisy: Path, tmp_path: Path) -> None:
    rules, model, memory = (tmp_path / name for name in ("rules", "model", "memory"))
    rules.write_text("deny Our shop\n")
    model.write_bytes(dumps(shipped()))
    SiteMemory().save(memory)
    options = ("--rules", rules), ("--model", model), ("--memory", memory)
    for option, name in options:
        before = name.read_bytes()
        for output in ("-o", "--edits"):
            with pytest.raises(CleanerError, match="is also the input"):
                status_of("-F", "jsonl", noisy, option, name, output, name)
        assert name.read_bytes() == before


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_model_is_no_pipe(noisy: Path, tmp_path: Path) -> None:
    os.mkfifo(pipe := tmp_path / "pipe")
    with pytest.raises(ModelFileError, match="pipe: no regular file, and a model is"):
        status_of(noisy, "--model", pipe)


def test_standard_output_is_for_one(noisy: Path, tmp_path: Path) -> None:
    for arguments, what in (
        ((), b"the text and --edits"),
        (("--diff",), b"--diff and --edits"),
        (("--check", "--report", "-"), b"--edits and --report"),
    ):
        refused = piped("--edits", "-", *arguments, noisy)
        assert refused.returncode == 2
        assert what + b" both go to standard output: give one of" in refused.stderr
    for one in ("-", "/dev/stdout"):
        refused = piped("-o", "/dev/stdout", "--edits", one, noisy)
        assert b"the text and --edits both go to " in refused.stderr
    assert piped("-o", "/dev/null", "--edits", "/dev/null", noisy).returncode == 0
    out = tmp_path / "edits.jsonl"
    with out.open("wb") as stream:
        done = subprocess.run(
            [*COMMAND, "--check", "--edits", "-", noisy], stdout=stream, check=False
        )
    assert done.returncode == 1
    assert json.loads(out.read_bytes())["label"] == "advertisement"


def test_standard_input_must_not_be_the_output(noisy: Path) -> None:
    with noisy.open("rb") as given:
        done = subprocess.run(
            [*COMMAND, "-o", noisy], stdin=given, capture_output=True, check=False
        )
    assert done.returncode == 2
    assert noisy.read_text() == NOISY


def test_an_odd_input_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"a folder: name the files in it$"):
        status_of(tmp_path, "-o", tmp_path / "out.parquet")
    with pytest.raises(InputError, match="MiB"):
        status_of("/dev/zero", "-o", tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


def test_odd_file_names(tmp_path: Path) -> None:
    for name in ("-dash.txt", "two\nlines.txt", os.fsdecode(b"caf\xe9.txt")):
        given = tmp_path / name
        given.write_text(NOISY)
        status_of(given, "-o", tmp_path / "out", "--edits", tmp_path / "edits")
        assert (tmp_path / "out").read_text() == CLEAN


def test_version_and_lists() -> None:
    assert piped("--version").stdout.decode().strip() == __version__
    listed = piped("--list").stdout.decode()
    for name in (*LABELS, *DETECTORS):
        assert f"  {name} " in listed


def test_a_model_file_is_checked_before_anything_is_read(tmp_path: Path) -> None:
    bad = tmp_path / "model.json"
    bad.write_text("{}")
    with pytest.raises(CleanerError, match=r"model\.json"):
        status_of(SEED, "--model", bad)


def test_what_is_no_memory_of_sites_is_told(tmp_path: Path) -> None:
    bad = tmp_path / "sites"
    bad.write_text("{}")
    with pytest.raises(CleanerError, match="sites is no saved site memory"):
        status_of("-F", "jsonl", SEED, "--memory", bad)
    with pytest.raises(CleanerError, match="text has no URL"):
        status_of(SEED, "--memory", bad)


def test_messages_cannot_steer_a_terminal() -> None:
    done = piped(
        "-F", "jsonl", given=b'{"te\\u001b[31mxt": 1, "\\u001b]0;hi\\u0007": 2}\n'
    )
    assert done.returncode == 4
    assert b"\x1b" not in done.stderr
    assert b"te\\x1b[31mxt" in done.stderr


@pytest.mark.skipif(not Path("/dev/fd").exists(), reason="needs /dev/fd")
@pytest.mark.parametrize(
    "name", ["/dev/stdout", "/dev/fd/1", "//dev/stdout", "/tmp/../dev/./fd/1", "link"]
)
def test_an_open_stream_is_written_where_it_stands(
    tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("there").symlink_to("/dev/stdout")
    Path("link").symlink_to("there")
    assert piped("-o", name, given=NOISY.encode()).stdout == CLEAN.encode()
    log = tmp_path / "log"
    log.write_bytes(b"start\n")
    with log.open("ab") as out:
        subprocess.run(
            [*COMMAND, "-o", name], input=NOISY.encode(), stdout=out, check=True
        )
        out.write(b"after\n")
    assert log.read_bytes() == f"start\n{CLEAN}after\n".encode()


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
