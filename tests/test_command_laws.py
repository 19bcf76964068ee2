"""The command gives what the library gives: every preset, row order, process count."""

import json
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

import pytest
from commandlib import cleaned, piped
from hypothesis import HealthCheck, given, settings
from laws import PRESETS
from strategies import REAL_TEXTS, SEEDS, SOWN, documents

from cleaner import Cleaner, Edit, apply
from cleaner.io.encoding import decode, encode

each_preset = pytest.mark.parametrize("preset", PRESETS)
ROWS = [*SEEDS, *(case.text for case in SOWN), None, "", *REAL_TEXTS[::20]]


def titles_of(texts: Sequence[str | None]) -> list[str | None]:
    """Hints that change cuts: what opens a text."""
    return [text.split("\n")[0] if text else None for text in texts]


def as_jsonl(texts: Sequence[str | None]) -> bytes:
    pairs = enumerate(zip(texts, titles_of(texts), strict=True))
    rows = ({"id": at, "title": t, "text": text, "n": 1.5} for at, (text, t) in pairs)
    return "".join(json.dumps(row) + "\n" for row in rows).encode()


def texts_in(jsonl: bytes) -> list[str | None]:
    return [json.loads(row)["text"] for row in jsonl.splitlines()]


def edits_in(path: Path) -> dict[str, list[Edit]]:
    """The edits of a file that --edits wrote, by the place of their row."""
    told = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    by_row = groupby(told, key=lambda edit: str(edit["document"]))
    return {
        where: [Edit(*(edit[name] for name in Edit._fields)) for edit in edits]
        for where, edits in by_row
    }


def test_titles_of_these_rows_change_cuts() -> None:
    cleaner, titles = Cleaner("body"), titles_of(ROWS)
    assert cleaner.clean_many(ROWS, titles=titles) != cleaner.clean_many(ROWS)


@each_preset
def test_rows_come_out_as_from_the_library(tmp_path: Path, preset: str) -> None:
    given_rows, told = tmp_path / "rows.jsonl", tmp_path / "edits"
    given_rows.write_bytes(as_jsonl(ROWS))
    out = cleaned(given_rows, "--preset", preset, "--edits", told)
    done = Cleaner(preset).explain_many(ROWS, titles=titles_of(ROWS))
    assert texts_in(out) == [row and row.text for row in done]
    edits = edits_in(told)
    for number, row in enumerate(done, 1):
        if row is not None:
            own = edits.pop(f"{given_rows}:{number}", [])
            assert own == list(row.edits)
            assert apply(row.original, own) == row.text
    assert not edits
    again = tmp_path / "again.jsonl"
    again.write_bytes(out)
    assert cleaned(again, "--preset", preset) == out


def test_process_count_and_order_change_no_row(tmp_path: Path) -> None:
    files = [tmp_path / "rows.jsonl", tmp_path / "back.jsonl"]
    for path, rows in zip(files, (ROWS, ROWS[::-1]), strict=True):
        path.write_bytes(as_jsonl(rows))
    one = cleaned(files[0], "--preset", "body")
    assert cleaned(files[0], "--preset", "body", "-j", "2", name="two") == one
    back = cleaned(files[1], "--preset", "body")
    assert texts_in(back)[::-1] == texts_in(one)


@settings(
    max_examples=settings().max_examples // 3,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(text=documents())
@each_preset
def test_a_text_file_comes_out_byte_for_byte(
    tmp_path: Path, preset: str, text: str
) -> None:
    path = tmp_path / "text.txt"
    data = text.encode("utf-8", "surrogatepass")
    path.write_bytes(data)
    options = ("--preset", preset, "--encoding-errors", "keep")
    read = decode(data, "keep")
    expected = encode(Cleaner(preset).clean(read.text), is_kept=read.is_kept)
    assert cleaned(path, *options) == expected


def test_over_pipes_nothing_changes() -> None:
    text = "\r\n".join(case.text for case in SOWN[:3])
    done = piped("--preset", "body", given=text.encode())
    assert done.stdout.decode() == Cleaner("body").clean(text)
    assert (done.returncode, done.stderr) == (0, b"")
