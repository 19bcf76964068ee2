"""Parquet: one column changes; types, other columns, metadata and row groups stay."""

import gzip
import os
import pty
import subprocess
from contextlib import nullcontext
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from commandlib import CLEAN, COMMAND, NOISY, cleaned, piped, status_of

from cleaner.arrow_types import is_text
from cleaner.io import parquet
from cleaner.io.rows import InputError, Reading, Source

pa = pytest.importorskip("pyarrow", reason="needs the extra parquet")
pq = pytest.importorskip("pyarrow.parquet")

ROWS = [NOISY, None, CLEAN, "", NOISY]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "a.parquet"


def table(kind: Any) -> Any:
    if pa.types.is_dictionary(kind):
        texts = pa.array(ROWS).dictionary_encode().cast(kind)
    else:
        texts = pa.array(ROWS, kind)
    nested = pa.array([{"n": [n]} for n in range(len(ROWS))])
    columns = {"id": pa.array(range(len(ROWS)), pa.int64()), "text": texts, "x": nested}
    return pa.table(columns).replace_schema_metadata({"maker": "test", "v": "1"})


@pytest.mark.parametrize(
    "kind",
    [
        pa.string(),
        pa.large_string(),
        pa.string_view(),
        pa.dictionary(pa.int32(), pa.string()),
    ],
    ids=str,
)
def test_round_trip(file: Path, kind: Any) -> None:
    given = table(kind)
    try:
        pq.write_table(given, file, row_group_size=2, compression="zstd")
    except pa.ArrowNotImplementedError:  # string views, by pyarrow 18
        pytest.skip(f"pyarrow {pa.__version__} writes no {kind}")
    out = file.with_name("b.parquet")
    assert status_of(file, "-o", out) == 0
    before, after = pq.ParquetFile(file), pq.ParquetFile(out)
    assert after.schema_arrow.equals(before.schema_arrow, check_metadata=True)
    assert after.schema.equals(before.schema)
    sizes = [after.metadata.row_group(n).num_rows for n in range(3)]
    assert sizes == [2, 2, 1]
    assert after.metadata.row_group(0).column(0).compression == "ZSTD"
    read = pq.read_table(out)
    assert read.column("text").to_pylist() == [CLEAN, None, CLEAN, "", CLEAN]
    assert read.drop(["text"]).equals(pq.read_table(file).drop(["text"]))


@pytest.mark.parametrize(
    ("kind", "holds"),
    [
        *((kind, True) for kind in (pa.string(), pa.large_string(), pa.string_view())),
        *((kind, False) for kind in (pa.binary(), pa.int64(), pa.list_(pa.string()))),
        (pa.null(), True),
        (pa.dictionary(pa.int32(), pa.large_string()), True),
        (pa.dictionary(pa.int8(), pa.int64()), False),
    ],
    ids=str,
)
def test_files_and_columns_hold_the_same_texts(kind: Any, holds: bool) -> None:
    schema = pa.schema([("text", kind)])
    assert is_text(kind) is holds
    with nullcontext() if holds else pytest.raises(InputError, match=", not text"):
        parquet._check_column("a", schema, "text")


def timed(moment: int) -> Any:
    unit = pa.timestamp("us")
    nested = pa.array([[moment]] * len(ROWS), pa.list_(unit))
    moments = pa.array([*range(len(ROWS) - 1), moment], unit)
    return table(pa.string()).append_column("at", moments).append_column("l", nested)


@pytest.mark.parametrize("is_old", [True, False], ids=["INT96", "INT64"])
def test_timestamps_stay_as_they_are_stored(file: Path, is_old: bool) -> None:
    given = timed(1_700_000_000_000_001)
    pq.write_table(given, file, 2, use_deprecated_int96_timestamps=is_old)
    out = file.with_name("b.parquet")
    assert status_of(file, "-o", out) == 0
    assert pq.ParquetFile(out).schema.equals(pq.ParquetFile(file).schema)
    kept = ["id", "at", "l"]
    assert pq.read_table(out, columns=kept).equals(pq.read_table(file, columns=kept))


def test_timestamps_that_cannot_be_written_again_are_told(file: Path) -> None:
    for year, day in (("after 2261", 253_402_214_400), ("before 1678", -(1 << 35))):
        given = timed(day * 1_000_000)
        pq.write_table(given, file, use_deprecated_int96_timestamps=True)
        with pytest.raises(InputError, match=rf"INT96 \(at, l\) .*{year}.*INT64"):
            cleaned(file)
        assert status_of("--check", file) == 1  # nothing is written
    both = [pq.ParquetFile(file).schema.column(3)]
    pq.write_table(timed(5), file)
    both.append(pq.ParquetFile(file).schema.column(4))
    old, fault = parquet._int96(both)
    assert old == ["at"]
    assert "INT96 (at) beside some in INT64 (l.list.element)" in fault


def test_what_rows_are_sorted_by_stays_told(file: Path) -> None:
    by = [pq.SortingColumn(at, descending=at == 2) for at in (0, 2, 1)]
    pq.write_table(table(pa.string()), file, 2, sorting_columns=by)
    out = file.with_name("b.parquet")
    status_of(file, "-o", out)
    metadata = pq.ParquetFile(out).metadata
    groups = [metadata.row_group(at) for at in range(3)]
    assert [group.sorting_columns for group in groups] == [tuple(by[:2])] * 3
    other = file.with_name("c.parquet")
    pq.write_table(table(pa.string()), other)
    with pytest.raises(InputError, match="sorted differently, can't become one"):
        status_of(file, other, "-o", out)


@pytest.mark.parametrize("nested", ["item", "element"])
def test_each_column_keeps_its_compression(file: Path, nested: str) -> None:
    pq.write_table(
        table(pa.string()),
        file,
        compression={"id": "none", "text": "zstd", f"x.n.list.{nested}": "gzip"},
        use_compliant_nested_type=nested == "element",
    )
    out = file.with_name("b.parquet")
    assert status_of(file, "-o", out) == 0
    group = pq.ParquetFile(out).metadata.row_group(0)
    assert pq.ParquetFile(out).schema.equals(pq.ParquetFile(file).schema)
    found = [group.column(at).compression for at in range(group.num_columns)]
    assert found == ["UNCOMPRESSED", "ZSTD", "GZIP"]


def test_a_row_group_without_rows_stays(file: Path) -> None:
    given = table(pa.string())
    with pq.ParquetWriter(file, given.schema) as written:
        for part in (given, given.slice(0, 0), given, given.slice(0, 0)):
            written.write_table(part)
    out = file.with_name("b.parquet")
    assert status_of(file, "-o", out) == 0
    groups = pq.ParquetFile(out).metadata
    sizes = [groups.row_group(at).num_rows for at in range(groups.num_row_groups)]
    assert sizes == [5, 0, 5, 0]


@pytest.mark.parametrize("as_integer", [True, False])
def test_decimals_stay_as_they_are_stored(file: Path, *, as_integer: bool) -> None:
    prices = pa.array([Decimal("1.50"), None], pa.decimal128(7, 2))
    given = pa.table({"text": [NOISY, CLEAN], "price": prices})
    pq.write_table(given, file, store_decimal_as_integer=as_integer)
    out = file.with_name("b.parquet")
    assert status_of(file, "-o", out) == 0
    assert pq.ParquetFile(out).schema.equals(pq.ParquetFile(file).schema)
    assert pq.read_table(out).column("price").to_pylist() == prices.to_pylist()


def test_no_rows_and_nothing_but_nulls(file: Path) -> None:
    for given in (table(pa.string()).slice(0, 0), pa.table({"text": pa.nulls(3)})):
        pq.write_table(given, file)
        out = file.with_name("b.parquet")
        assert status_of(file, "-o", out) == 0
        assert pq.read_table(out).equals(given)


def test_rows_that_fail_go_to_a_side_file(file: Path) -> None:
    bad = pa.Array.from_buffers(pa.string(), 2, pa.array(["ab", "cd"]).buffers())
    data = pa.py_buffer(b"a\xffcd")
    bad = pa.Array.from_buffers(pa.string(), 2, [None, bad.buffers()[1], data])
    pq.write_table(pa.table({"text": bad, "n": [1, 2]}), file)
    out = file.with_name("b.parquet")
    with pytest.raises(InputError, match=r"a\.parquet:1: byte 1 is not UTF-8"):
        status_of(file, "-o", out)
    assert status_of(file, "-o", out, "--on-error", "skip") == 3
    assert pq.read_table(out).to_pydict() == {"text": ["cd"], "n": [2]}
    side = pq.read_table(file.with_name("b.parquet.rejected"))
    assert side.column("n").to_pylist() == [1]
    assert status_of(file, "-o", out, "--encoding-errors", "replace") == 0
    assert pq.read_table(out).column("text").to_pylist() == ["a�", "cd"]
    assert status_of(file, "-o", out, "--encoding-errors", "keep") == 0
    kept = pq.read_table(out).column("text").cast(pa.binary()).to_pylist()
    assert kept == [b"a\xff", b"cd"]


def test_a_hint_that_is_not_utf_8_takes_none_from_another_row(file: Path) -> None:
    title = pa.array([b"Caf\xe9", b"One"], pa.binary()).view(pa.string())
    url = pa.array([1, 2])  # no text
    pq.write_table(pa.table({"text": [CLEAN] * 2, "title": title, "url": url}), file)
    with file.open("rb") as stream:
        rows = [*parquet.read(Source("a", stream, stream.tell, None), Reading())]
    assert [row.hints.title for row in rows] == ["Caf\udce9", "One"]
    out = file.with_name("b.parquet")
    assert status_of(file, "-o", out) == 0
    assert pq.read_table(out).equals(pq.read_table(file))


def test_where_every_row_fails_the_columns_stay(file: Path) -> None:
    bad = pa.array([b"a\xff"], pa.binary()).view(pa.string())
    pq.write_table(pa.table({"text": bad, "n": [1]}), file)
    out = file.with_name("b.parquet")
    assert status_of(file, "-o", out, "--on-error", "skip") == 3
    assert pq.read_table(out).to_pydict() == {"text": [], "n": []}
    side = pq.read_table(file.with_name("b.parquet.rejected"), columns=["n"])
    assert side.to_pydict() == {"n": [1]}


def test_what_is_no_such_file(file: Path) -> None:
    pq.write_table(table(pa.string()), file)
    data = file.read_bytes()
    for column, message in (
        ("none", "no column 'none'; there are: id"),
        ("id", "int64"),
    ):
        with pytest.raises(InputError, match=message):
            cleaned(file, "-f", column)
    twice = pa.table([["a"], ["b"]], names=["text", "text"])
    pq.write_table(twice, file.with_name("b.parquet"))
    with pytest.raises(InputError, match="several columns 'text'"):
        cleaned(file.with_name("b.parquet"))
    for damaged in (data[:-20], b"", b"PAR1"):
        file.write_bytes(damaged)
        with pytest.raises(InputError, match="not a whole Parquet file"):
            cleaned(file)
    assert not file.with_name("out-a.parquet").exists()


@pytest.mark.parametrize(
    ("error", "kind", "told"),
    [
        (pa.ArrowMemoryError("malloc"), MemoryError, "malloc"),
        (pa.ArrowNotImplementedError("LZO"), InputError, "can't be read: LZO"),
    ],
    ids=["memory", "codec"],
)
def test_a_whole_file_is_not_called_damaged(
    file: Path,
    error: Exception,
    kind: type[Exception],
    told: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(*_: object) -> None:
        raise error

    pq.write_table(table(pa.string()), file)
    monkeypatch.setattr(parquet, "_codecs", fail)
    with pytest.raises(kind, match=told):
        cleaned(file)


def test_several_files_make_one_if_their_columns_do(file: Path) -> None:
    pq.write_table(table(pa.string()), file)
    out, other = file.with_name("b.parquet"), file.with_name("c.parquet")
    status_of(file, file, "-o", out)
    assert pq.read_table(out).num_rows == 2 * len(ROWS)
    pq.write_table(pa.table({"text": ["a"]}), other)
    with pytest.raises(InputError, match="can't become one"):
        status_of(file, other, "-o", out)


def test_a_group_that_unpacks_without_end(file: Path) -> None:
    texts = pa.table({"text": ["a" * (1 << 22)]})
    pq.write_table(texts, file, compression="zstd", use_dictionary=False)
    with pytest.raises(InputError, match="200 times its size"):
        cleaned(file, "--max-document", "1")


def test_a_text_that_is_too_large(file: Path) -> None:
    pq.write_table(pa.table({"text": [CLEAN, "é" * (1 << 19) + "e"]}), file)
    with pytest.raises(InputError, match=r"a\.parquet:2: more than 1 MiB"):
        status_of(file, "-o", file.with_name("b.parquet"), "--max-document", "1")


def test_over_pipes(file: Path) -> None:
    pq.write_table(table(pa.string()), file)
    done = subprocess.run(
        [*COMMAND, "-F", "parquet", "-"],
        input=gzip.compress(file.read_bytes()),
        capture_output=True,
        check=True,
    )
    read = pq.read_table(pa.BufferReader(done.stdout))
    assert read.column("text").to_pylist() == [CLEAN, None, CLEAN, "", CLEAN]


def test_a_terminal_is_written_no_parquet_but_what_can_be_read(file: Path) -> None:
    pq.write_table(table(pa.string()), file)
    for option, status in ("--explain", 2), ("--diff", 0), ("--check", 1):
        leader, follower = pty.openpty()
        done = subprocess.run(
            [*COMMAND, option, file],
            stdout=follower,
            stderr=subprocess.PIPE,
            check=False,
        )
        os.close(follower)
        os.close(leader)
        assert done.returncode == status
        assert (b"name a file by -o FILE" in done.stderr) is (status == 2)
    assert piped(file).stdout.startswith(b"PAR1")
