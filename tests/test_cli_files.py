"""The command's files: which it reads, which it writes, and which it leaves alone."""

import json
import os
import subprocess
from pathlib import Path

import commandlib
import pytest
from commandlib import CLEAN, COMMAND, NOISY, SEED, piped, status_of

from cleaner import SiteMemory, explain
from cleaner.errors import CleanerError, ModelFileError
from cleaner.io.rows import InputError
from cleaner.model import dumps, shipped

noisy = commandlib.noisy  # a fixture


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
