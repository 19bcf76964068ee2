"""The command that trains: what it writes, what it refuses, how it ends."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("sklearn")
from traininglib import SETTINGS, record

from cleaner import model
from cleaner.errors import CleanerError
from cleaner.training import command, fitting


def test_the_command_writes_a_file_and_a_report(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fitting, "Settings", lambda **_: SETTINGS)
    data, out = tmp_path / "data.jsonl", tmp_path / "model.json"
    data.write_text("".join(json.dumps(record(n)) + "\n" for n in range(60)))
    assert command.main([str(data), "-o", str(out), "--errors", "1"]) == 0
    report, told = capsys.readouterr()
    assert "60 documents" in report
    warning = "warning: strict needs at least 149 documents of 29 sites"
    assert f"\n{warning}" in report
    assert told.startswith(f"cleaner.training: {warning}")
    for heading in ("## Calibration", "## By label", "## Worst errors"):
        assert heading in report
    assert model.load(out).forests["noise"].leaves > 1
    assert command.main([str(data), "-o", str(out)]) == 0
    assert "## Worst errors" not in capsys.readouterr().out


def marked(**fields: object) -> str:
    label = {"line": 0, "label": "promotion", "start": 0, "end": 5, **fields}
    return json.dumps({"text": "Hello\n\nthere", "labels": [label]}) + "\n"


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("data.jsonl", "{}\n", "data.jsonl:1: no field 'text'"),
        ("data.jsonl", "{\n", "data.jsonl:1: Expecting property name"),
        ("data.jsonl", "[" * 99_999, "data.jsonl:1: nested too deep"),
        ("data.jsonl", '"caf\xe9"\n', "data.jsonl:1: 'utf-8' codec can't decode"),
        ("data.jsonl", '{"text": 5, "labels": []}\n', "field 'text' holds no text"),
        (
            "data.jsonl",
            '{"text": "He left.", "labels": [], "url": 5}\n',
            "data.jsonl:1: field 'url' holds no text",
        ),
        ("data.parquet", "PAR1", "data.parquet: no whole Parquet file of texts"),
        ("data.jsonl", marked(label="foo"), "no label 'foo'"),
        ("data.jsonl", marked(line=3), "no line 3: the text ends at line 2"),
        ("data.jsonl", "\n \n" + marked(line=1), "data.jsonl:3: line 1 is 6 to 6, and"),
        ("data.jsonl", marked(end=6), "line 0 is 0 to 5, and its label 0 to 6"),
        ("data.jsonl", marked(end=6, text="Hello\n"), "line 0 is 0 to 5, and"),
        ("data.jsonl", marked(line=2, start=6, end=9), "line 2 is 7 to 12, and"),
        ("data.jsonl", marked(end=0), "a label ends where it starts: 0"),
        ("data.jsonl", "", "no line is labelled as noise"),
        (
            "data.jsonl",
            '{"text": "Hello there", "labels": []}\n',
            "no line is labelled as noise",
        ),
    ],
)
def test_data_that_cannot_be_used(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    name: str,
    text: str,
    message: str,
) -> None:
    (tmp_path / name).write_bytes(text.encode("latin-1"))
    assert command.main([str(tmp_path / name), "-o", str(tmp_path / "out")]) == 4
    assert message in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("options", [[], ["--page"]], ids=["lines", "page"])
def test_data_that_is_not_read_and_data_that_is_not_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], options: list[str]
) -> None:
    arguments = [*options, "-o", str(tmp_path / "out")]
    assert command.main([str(tmp_path / "data.txt"), *arguments]) == 2
    assert "data.txt: neither .jsonl nor .parquet" in capsys.readouterr().err
    assert command.main([str(tmp_path / "data.jsonl"), *arguments]) == 4
    told = f"cleaner.training: {tmp_path / 'data.jsonl'}: No such file or directory\n"
    assert capsys.readouterr().err == told


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({"url": "http://["}, "row 0: Invalid IPv6 URL"),
        ({"url": 5}, "row 0: field 'url' holds no text"),
        ({"title": b"\xe9"}, "row 0: field 'title' holds no text"),
    ],
)
@pytest.mark.parametrize("options", [[], ["--page"]], ids=["lines", "page"])
def test_pages_that_cannot_be_used(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    row: dict[str, object],
    message: str,
    options: list[str],
) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    names = ("url", "page_type", "main_content", "trafilatura", "resiliparse_page")
    path, out = tmp_path / "pages.parquet", tmp_path / "out"
    table = pyarrow.Table.from_pylist([dict.fromkeys(names, "He left.") | row])
    parquet.write_table(table, path)
    assert command.main([str(path), *options, "-o", str(out)]) == 4
    assert message in capsys.readouterr().err
    assert not out.exists()


def test_what_is_read_is_not_written_over(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = tmp_path / "data.jsonl"
    data.write_text(json.dumps(record(1)) + "\n")
    assert command.main([str(data), "-o", str(data)]) == 2
    assert "is also read" in capsys.readouterr().err
    assert json.loads(data.read_text()) == record(1)


def test_a_missing_package_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "cleaner.training.fitting", None)
    arguments = command._arguments(["x.jsonl", "-o", str(tmp_path / "out")])
    with pytest.raises(CleanerError, match=r"pip install 'article-cleaner\[train\]'"):
        command._run(arguments)


@pytest.mark.parametrize("name", ["none/out", "data.jsonl/out", "folder"])
def test_an_output_that_cannot_be_written_is_told_first(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    name: str,
) -> None:
    monkeypatch.setattr(
        "cleaner.training.command.train", lambda *_: pytest.fail("was trained")
    )
    data = tmp_path / "data.jsonl"
    data.write_text("")
    (tmp_path / "folder").mkdir()
    assert command.main([str(data), "-o", str(tmp_path / name)]) == 4
    assert f"{name}: can't be written" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("option", "told"),
    [
        (["--about", "caf\udce9"], "--about is not UTF-8"),
        (["--seed", "-1"], "--seed is a number from 0 to 4294967295"),
        (["--seed", "4294967296"], "--seed is a number from 0 to 4294967295"),
        (["--errors", "-1"], "--errors is a number from 0 on"),
        (["-o", "-"], "--output is a file of JSON; the report goes to standard"),
        (["-o", "mine.json.gz"], "--output is a file of JSON; the report goes to"),
    ],
)
def test_a_number_that_cannot_be_is_told_before_the_work(
    capsys: pytest.CaptureFixture[str], option: list[str], told: str
) -> None:
    with pytest.raises(SystemExit, match="2"):
        command.main(["x.jsonl", "-o", "out", *option])
    assert told in capsys.readouterr().err


STOPPED = """
import os, sys
from cleaner.training import command
command.train = lambda *_: os.kill(os.getpid(), int(sys.argv[1]))
sys.exit(command.main(sys.argv[2:]))
"""


@pytest.mark.usefixtures("_signals_count")
@pytest.mark.parametrize("name", ["SIGHUP", "SIGINT", "SIGTERM"])
def test_a_training_that_is_stopped_leaves_nothing(tmp_path: Path, name: str) -> None:
    number = getattr(signal, name)
    data, out = tmp_path / "data.jsonl", tmp_path / "model.json"
    data.write_text("")
    done = subprocess.run(
        [sys.executable, "-c", STOPPED, str(int(number)), data, "-o", out],
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (128 + number, b"")
    assert [*tmp_path.iterdir()] == [data]


UNREAD = """
import sys
from cleaner import model
from cleaner.training import command
command.train = lambda *_: (model.shipped(), [])
command.warnings = lambda _: ["told where nobody can hear it"]
command.report = lambda *_: ["a line"]
sys.exit(command.main(sys.argv[1:]))
"""


def test_a_report_that_nobody_reads_is_no_fault(tmp_path: Path) -> None:
    data, out = tmp_path / "data.jsonl", tmp_path / "model.json"
    data.write_text("")
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as unread:
        status = subprocess.call(
            [sys.executable, "-c", UNREAD, data, "-o", out],
            stdout=unread,
            stderr=unread,
        )
    assert status == 141
    assert model.load(out).digest == model.shipped().digest


@pytest.mark.parametrize("option", ["--ablation", "--errors=3"])
def test_what_a_page_model_has_none_of_is_refused(option: str) -> None:
    with pytest.raises(SystemExit):
        command.main(["x.parquet", "-o", "out", "--page", option])


def test_pages_without_a_page(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "data.jsonl").write_text("")
    arguments = [str(tmp_path / "data.jsonl"), "--page", "-o", str(tmp_path / "out")]
    assert command.main(arguments) == 4
    assert "no page or story in the data" in capsys.readouterr().err
