"""The command over real pipes and files."""

import json
import subprocess
import sys
from pathlib import Path

from cleaner import __version__, clean, explain

SEED = Path(__file__).parents[1] / "seeds" / "002_5ab24ec68f6929dc.txt"
TEXT = SEED.read_bytes().decode()


def run(*arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "cleaner", *arguments]
    return subprocess.run(command, input=given, capture_output=True, check=False)


def test_a_filter() -> None:
    done = run(given=SEED.read_bytes())
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode() == clean(TEXT)


def test_line_ends_and_final_newline_stay() -> None:
    given = b"One.\r\n\r\nRead More: Two\r\n\r\nThree.\r\n"
    assert run("-", given=given).stdout == b"One.\r\n\r\nThree.\r\n"


def test_explain_tells_each_cut_on_one_line() -> None:
    done = run("--explain", str(SEED))
    lines = done.stderr.decode().splitlines()
    edits = explain(TEXT).edits
    assert len(lines) == len(edits)
    for line, edit in zip(lines, edits, strict=True):
        assert line.startswith(f"{edit.start}-{edit.end} ")
        assert edit.label in line
        assert edit.reason in line


def test_json_holds_text_and_edits() -> None:
    row = json.loads(run("--json", str(SEED)).stdout)
    done = explain(TEXT)
    assert row["text"] == done.text
    assert row["edits"] == [edit._asdict() for edit in done.edits]


def test_presets() -> None:
    done = run("--preset", "body", str(SEED))
    assert done.stdout.decode() == clean(TEXT, "body")


def test_a_preset_that_is_not_there_is_a_usage_error() -> None:
    assert run("--preset", "none", str(SEED)).returncode == 2


def test_bad_bytes_name_their_offset_and_write_nothing() -> None:
    done = run(given=b"abc\xff")
    assert (done.returncode, done.stdout) == (4, b"")
    assert b"byte 3 is not UTF-8" in done.stderr
    assert b"Traceback" not in done.stderr


def test_a_missing_file_is_one_line() -> None:
    done = run("no-such-file")
    assert done.returncode == 4
    assert done.stderr.count(b"\n") == 1


def test_a_closed_pipe_is_silent() -> None:
    command = [sys.executable, "-m", "cleaner"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        process.stdin.write(b"He left the house at noon.\n" * 100_000)
        process.stdin.close()
        assert process.stderr.read() == b""
    assert process.returncode == 141


def test_version() -> None:
    assert run("--version").stdout.decode().strip() == __version__
