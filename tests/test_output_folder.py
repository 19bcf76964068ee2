"""Several inputs, and an output folder in which each has a file of its name."""

import gzip
import json
from pathlib import Path

import commandlib
import pytest
from commandlib import CLEAN, NOISY, status_of

from cleaner.errors import CleanerError
from cleaner.io.rows import InputError

noisy = commandlib.noisy  # a fixture


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "clean"
    path.mkdir()
    return path


def test_in_a_folder_each_input_has_a_file_of_its_name(
    noisy: Path, folder: Path, tmp_path: Path
) -> None:
    fine = tmp_path / "fine.txt"
    fine.write_text(CLEAN.upper())
    assert status_of(noisy, fine, "-o", folder) == 0
    assert (folder / "noisy.txt").read_text() == CLEAN
    assert (folder / "fine.txt").read_text() == CLEAN.upper()


@pytest.mark.parametrize("jobs", [1, 2])
def test_inputs_with_no_rows_or_with_many_have_theirs(
    folder: Path, tmp_path: Path, jobs: int
) -> None:
    rows = [json.dumps({"text": f"{number}. {NOISY}"}) for number in range(200)]
    parts = {"a": [], "b": rows, "c": [], "d": rows[:1], "e": []}
    for name, some in parts.items():
        (tmp_path / f"{name}.jsonl").write_text("".join(f"{row}\n" for row in some))
    files = sorted(tmp_path.glob("*.jsonl"))
    assert status_of(*files, "-o", folder, "-j", str(jobs)) == 0
    for name, some in parts.items():
        written = (folder / f"{name}.jsonl").read_text().splitlines()
        assert written == [row.replace("Advertisement\\n\\n", "") for row in some]


def test_of_the_files_in_a_folder_none_appears_before_all_are_whole(
    noisy: Path, folder: Path, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.txt"
    broken.write_bytes(b"caf\xe9")
    with pytest.raises(InputError, match="byte 3"):
        status_of(noisy, broken, "-o", folder)
    assert not [*folder.iterdir()]
    args = (noisy, broken, "-o", folder, "--on-error", "skip")
    with pytest.raises(CleanerError, match="say with --rejected"):
        status_of(*args)
    rejected = tmp_path / "rejected.txt"
    assert status_of(*args, "--rejected", rejected) == 3
    assert (folder / "noisy.txt").read_text() == CLEAN
    assert [one.name for one in folder.iterdir()] == ["noisy.txt"]
    assert rejected.read_bytes() == b"caf\xe9"


def test_what_has_no_place_in_a_folder_is_told(
    noisy: Path, folder: Path, tmp_path: Path
) -> None:
    for files, output, message in (
        (["-"], folder, "standard input has no name for a file in it"),
        ([noisy, noisy], folder, "both go to"),
        ([noisy], tmp_path, "is also the input"),
        ([noisy], f"{tmp_path}/none/", "no such folder: make it first"),
        ([noisy, noisy], f"{tmp_path}/none", "no such folder: make it first"),
    ):
        with pytest.raises(CleanerError, match=message):
            status_of(*files, "-o", output)
    assert noisy.read_text() == NOISY


def test_a_folder_called_as_standard_output_is_none(
    noisy: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfdbinary: pytest.CaptureFixture[bytes],
) -> None:
    monkeypatch.chdir(tmp_path)
    folder = Path("-")
    folder.mkdir()
    assert status_of(noisy, "-o", "-") == 0
    assert capfdbinary.readouterr().out == CLEAN.encode()
    assert not [*folder.iterdir()]


def test_pages_become_texts_in_a_folder(folder: Path, tmp_path: Path) -> None:
    pytest.importorskip("trafilatura")
    page = tmp_path / "page.HTM.gz"
    page.write_bytes(gzip.compress(b"<p>He left.</p>"))
    assert status_of(page, "-o", folder) == 0
    assert [one.name for one in folder.iterdir()] == ["page.txt.gz"]
