"""JSON lines: the text is spliced, every other byte stays; faults name their row."""

import codecs
import gzip
import json
from pathlib import Path

import pytest
from commandlib import CLEAN, NOISY, cleaned, status_of
from hypothesis import given as given_by
from hypothesis import strategies as st

from cleaner.io.jsonl import JsonlWriter, read
from cleaner.io.rows import InputError, Reading, Row, Source

TEXT, NEW = json.dumps(NOISY).encode(), json.dumps(CLEAN).encode()


def rows_of(data: bytes, tmp_path: Path) -> list[Row]:
    path = tmp_path / "rows"
    path.write_bytes(data)
    with path.open("rb") as stream:
        return list(read(Source("rows", stream, stream.tell, None), Reading()))


@pytest.fixture
def rows(tmp_path: Path) -> Path:
    return tmp_path / "rows.jsonl"


@pytest.mark.parametrize(
    "frame",
    [
        b'{"text":%s}\n',
        b'{"text":%s}',
        b'\xef\xbb\xbf { "id" : 12345678901234567890,"text"\t: %s , "x":1.50 }\r\n',
        b'{"text": "old", "text": %s, "n": [NaN, -Infinity, 1e400, {"text": "in"}]}\n',
        b'{"same": %b, "text": %%s}\n' % TEXT,
        b'{"t\\u0065xt": %s, "other": "\\ud800 \\/ caf\xe9"}\n',
        b'\n{"text": null, "a": 1}\n\n{"text": %s}\n   \n',
        b'{"big": %b, "text": %%s}\n' % (b"9" * 10_000),
    ],
)
def test_every_other_byte_stays(rows: Path, frame: bytes) -> None:
    rows.write_bytes(frame % TEXT)
    assert cleaned(rows) == frame % NEW


def test_dotted_paths_and_names_with_dots(rows: Path) -> None:
    frame = b'{"a.b": 1, "a": {"b": {"c" : "no"}, "b": {"c": %s, "d": 2.0}}}\n'
    rows.write_bytes(frame % TEXT)
    assert cleaned(rows, "-f", "a.b.c") == frame % NEW
    frame = b'{"a.b": %s, "a": {"b": "no"}}\n'
    rows.write_bytes(frame % TEXT)
    assert cleaned(rows, "-f", "a.b") == frame % NEW


def test_escapes_stay_as_the_row_has_them(rows: Path) -> None:
    noisy = "Café \U0001f600.\n\nAdvertisement\n\nShe stayed."
    short = "Café \U0001f600.\n\nShe stayed."
    for is_ascii in (True, False):
        rows.write_text(json.dumps({"text": noisy}, ensure_ascii=is_ascii) + "\n")
        expected = json.dumps({"text": short}, ensure_ascii=is_ascii) + "\n"
        assert cleaned(rows).decode() == expected


def test_a_lone_surrogate_is_an_escape_again(tmp_path: Path) -> None:
    (row,) = rows_of(b'{"text": "\\ud800 \xc3\xa9"}', tmp_path)
    assert row.text == "\ud800 é"
    with (tmp_path / "out").open("wb") as out:
        JsonlWriter(out).write(row, "\ud800é")
    assert (tmp_path / "out").read_bytes() == b'{"text": "\\ud800\xc3\xa9"}'


def test_hints_are_taken_from_the_row(tmp_path: Path) -> None:
    (row,) = rows_of(b'{"title": "T", "url": 3, "lang": "de", "text": ""}', tmp_path)
    assert (row.hints.title, row.hints.url, row.hints.lang) == ("T", None, "de")


def test_a_text_is_no_hint_to_itself(tmp_path: Path) -> None:
    path = tmp_path / "rows"
    path.write_bytes(b'{"title": "T", "url": "U"}')
    with path.open("rb") as stream:
        source = Source("rows", stream, stream.tell, None)
        (row,) = read(source, Reading(field="title"))
    assert (row.text, row.hints.title, row.hints.url) == ("T", None, "U")


def test_null_on_the_way_to_a_text_is_no_text(tmp_path: Path) -> None:
    path = tmp_path / "rows"
    path.write_bytes(b'{"a": null}\n{"a": {"b": null}}\n{"a": 1}\n')
    with path.open("rb") as stream:
        source = Source("rows", stream, stream.tell, None)
        found = [(row.text, row.fault) for row in read(source, Reading(field="a.b"))]
    assert found == [(None, "")] * 2 + [(None, "no field 'a.b'; there are: a")]


def test_a_dot_may_stand_in_a_name_on_the_way_to_a_text(tmp_path: Path) -> None:
    path = tmp_path / "rows"
    path.write_bytes(
        b'{"a.b": {"c": "He left."}, "a": {"x": 1}}\n{"a": {"b": {"x": 1}}}\n'
    )
    with path.open("rb") as stream:
        source = Source("rows", stream, stream.tell, None)
        found = [(row.text, row.fault) for row in read(source, Reading(field="a.b.c"))]
    missing = "no field 'a.b.c'; there are: a.b.x"
    assert found == [("He left.", ""), (None, missing)]


def test_of_several_files_only_the_first_keeps_its_byte_order_mark(rows: Path) -> None:
    rows.write_bytes(codecs.BOM_UTF8 + b'{"text": "a"}\n{"text": 1}\n')
    out, more = rows.with_name("out.jsonl"), rows.with_name("more.jsonl")
    more.write_bytes(rows.read_bytes())
    assert status_of(rows, more, "-o", out, "--on-error", "keep") == 3
    assert out.read_bytes() == rows.read_bytes() + more.read_bytes()[3:]
    for line in out.read_text("utf-8-sig").splitlines():
        json.loads(line)


FAULTY = (
    (b"[1]", "not a JSON object, of which one a line is read; jq -c '.[]' makes"),
    (b'{"text": 12}', "field 'text' holds no text"),
    (b'{"text": ["a"]}', "field 'text' holds no text"),
    (b'{"a": 1, "b": 2}', "no field 'text'; there are: a, b"),
    (b"{}", "no field 'text'; there are: none"),
    *(
        (row, "not JSON: the row ends inside an object; if that goes on below, jq -c .")
        for row in (b"{", b'{"text": "a"', b'{"text": "a",', b'{"text": {"a": [ ')
    ),
    (b'{"text": "a" 1}', "not JSON: ',' was expected at character 13"),
    (b'{"text" "a"}', "not JSON: ':' was expected at character 8"),
    (b'{"text": "a"} {}', "not JSON: more than one value at character 14"),
    (b'{"text": "a}', "not JSON: Unterminated string starting at character 9"),
    (b"{text: 1}", "a name in quotes was expected"),
    (b'{"text": "caf\xe9"}', "byte 13 is not UTF-8"),
    (b'{"a": ' + b"[" * 100_000, "nested too deep"),
    ('{"text": "a"}'.encode("utf-16"), "not a JSON object"),
)


@pytest.mark.parametrize(("row", "message"), FAULTY)
def test_a_faulty_row_is_named(tmp_path: Path, row: bytes, message: str) -> None:
    first, second = rows_of(b'{"text": "a"}\n' + row.replace(b"\n", b" "), tmp_path)
    assert first.fault == ""
    assert message in second.fault
    assert second.where == "rows:2"
    assert second.text is None


@pytest.mark.parametrize("row", [b"not json", b"12", b'"a"'])
def test_only_arrays_are_called_so(tmp_path: Path, row: bytes) -> None:
    (found,) = rows_of(row, tmp_path)
    assert found.fault == "not a JSON object, of which one a line is read"


def test_on_error(rows: Path, capfd: pytest.CaptureFixture[str]) -> None:
    good, bad = b'{"text": %s}\n', b'{"text": 1}\n'
    rows.write_bytes(good % TEXT + bad + good % TEXT)
    out, side = rows.with_name("out.jsonl"), rows.with_name("out.jsonl.rejected")
    told = r"rows\.jsonl:2: field 'text' holds no text \(--on-error keep"
    with pytest.raises(InputError, match=told):
        status_of(rows, "-o", out)
    assert not out.exists()
    assert status_of(rows, "-o", out, "--on-error", "keep") == 3
    assert out.read_bytes() == good % NEW + bad + good % NEW
    assert not side.exists()
    assert status_of(rows, "-o", out, "--on-error", "skip") == 3
    assert out.read_bytes() == good % NEW * 2
    assert side.read_bytes() == bad
    assert "rows.jsonl:2: field 'text' holds no text" in capfd.readouterr().err


def test_rejected_rows_have_a_place_from_the_start(
    rows: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    rows.write_bytes(b'{"text": "a"}\n')
    (side := rows.with_name("side")).write_bytes(b"old")
    for faulty in (rows.with_name("none") / "side", side / "below"):
        with pytest.raises(InputError, match="can't be written; is its folder"):
            status_of(rows, "--on-error", "skip", "--rejected", faulty)
    assert status_of(rows, "--on-error", "skip", "--rejected", side) == 0
    assert side.read_bytes() == b"old"
    assert f"{side}: of an earlier run" in capfd.readouterr().err


def test_bytes_that_are_not_utf8(rows: Path, capfd: pytest.CaptureFixture[str]) -> None:
    text = b"caf\xe9.\\n\\nAdvertisement\\n\\n\xf0\x9f\x98\x80 \xe2\x82 ok."
    frame = b'{"x": "\xff", "text": "%s"}\n' % text
    rows.write_bytes(frame)
    cut = frame.replace(b"Advertisement\\n\\n", b"")
    assert cleaned(rows, "--encoding-errors", "keep") == cut
    replaced = cut.replace(b"\xe9", "�".encode()).replace(b"\xe2\x82", "�".encode())
    assert cleaned(rows, "--encoding-errors", "replace") == replaced
    told = capfd.readouterr().err
    assert "3 bytes are not UTF-8, the first at 23: kept" in told
    assert "3 bytes are not UTF-8, the first at 23: replaced" in told


def test_files_without_a_last_newline_do_not_run_together(rows: Path) -> None:
    rows.write_bytes(b'{"text": "a"}')
    out = rows.with_name("out")
    status_of(rows, rows, "-o", out)
    assert out.read_bytes() == b'{"text": "a"}\n{"text": "a"}'


def test_a_row_too_large_is_an_error(rows: Path) -> None:
    rows.write_bytes(gzip.compress(b"\n" * 5000 + b" " * (1 << 21)))
    with pytest.raises(InputError, match="1 MiB for one document; --max-document"):
        cleaned(rows, "--max-document", "1", "--max-expansion", "2000")


def test_rows_without_end_stop_where_they_are_too_many(rows: Path) -> None:
    rows.write_bytes(gzip.compress(b"\n" * (1 << 22)))
    with pytest.raises(InputError, match="200 times its size; --max-expansion"):
        cleaned(rows, "--max-document", "1")


@given_by(st.dictionaries(st.text(), st.none() | st.floats() | st.text()), st.text())
def test_what_json_writes_is_spliced_as_json_reads_it(
    others: dict[str, object], text: str
) -> None:
    import io

    before = json.dumps({**others, "text": text}).encode()
    source = Source("x", io.BytesIO(before), lambda: 0, None)
    (row,) = read(source, Reading())
    assert row.text == text
    out = io.BytesIO()
    JsonlWriter(out).write(row, text + "x")
    assert out.getvalue() == json.dumps({**others, "text": text + "x"}).encode()


def test_a_byte_is_not_kept_beside_a_character_that_stands_for_one(
    tmp_path: Path,
) -> None:
    rows = tmp_path / "rows.jsonl"
    for told in ("\U0010ff80".encode(), rb"\udbff\udf80"):  # itself, and escaped
        rows.write_bytes(b'{"text": "a ' + told + b' \xe9"}\n')
        with pytest.raises(InputError, match=r"can't be kept beside U\+10FF80"):
            cleaned(rows, "--encoding-errors", "keep")


def test_a_row_that_is_too_large_is_named(tmp_path: Path) -> None:
    rows = tmp_path / "rows.jsonl"
    rows.write_text('{"text": "a"}\n{"text": "' + "a" * (1 << 20) + '"}\n')
    with pytest.raises(InputError, match=r"rows\.jsonl:2: more than 1 MiB"):
        cleaned(rows, "--max-document", "1")
