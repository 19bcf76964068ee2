"""Parquet: one column is cleaned; the others, metadata and row groups stay.

What is read is values, so what the file says of how they are stored is asked for by
itself and told to the writer.
"""

import io
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from itertools import takewhile
from typing import Any, BinaryIO, Final, NamedTuple, cast

from cleaner.arrow_types import is_text
from cleaner.errors import extra
from cleaner.io.encoding import decode, encode, escaped
from cleaner.io.rows import (
    Hints,
    InputError,
    Reading,
    Row,
    Source,
    Writer,
    hints_of,
    is_same,
    row_of,
)

# What is in a list is called as it was: "element" now, "item" in older files.
_NAMED: Final[Mapping[str, Any]] = {"use_compliant_nested_type": False}


class Group(NamedTuple):
    """A row group, read whole: what of it is written again, and how, or why not."""

    table: Any
    column: str
    codecs: list[str]
    options: Mapping[str, Any]
    fault: str


def read(source: Source, reading: Reading) -> Iterator[Row]:
    """The rows, one row group in memory at a time."""
    with extra("parquet", "Parquet"):
        import pyarrow as pa
        from pyarrow import parquet
    try:
        with _seekable(source) as stream:
            file = parquet.ParquetFile(stream)
            coarse = parquet.ParquetFile(
                stream, metadata=file.metadata, coerce_int96_timestamp_unit="us"
            )
            _check_column(source.name, file.schema_arrow, reading.field)
            yield from _rows(source, file, coarse, reading)
    except MemoryError:  # an ArrowException, too
        raise
    except pa.ArrowInvalid as error:
        raise InputError(f"{source.name}: not a whole Parquet file: {error}") from None
    except pa.ArrowException as error:
        raise InputError(f"{source.name}: can't be read: {error}") from None


@contextmanager
def _seekable(source: Source) -> Iterator[BinaryIO]:
    """The stream itself, if it is that of a file, or its bytes in one without a name.

    An archive would be unpacked anew for each step back.
    """
    is_file = isinstance(getattr(source.stream, "raw", None), io.FileIO)
    if is_file and source.stream.seekable():
        yield source.stream
        return
    with tempfile.TemporaryFile() as spooled:
        shutil.copyfileobj(source.stream, spooled)
        spooled.seek(0)
        yield cast("BinaryIO", spooled)


def _check_column(name: str, schema: Any, column: str) -> None:  # noqa: ANN401
    if schema.names.count(column) > 1:
        raise InputError(f"{name}: several columns {column!r}; rename all but one")
    if column not in schema.names:
        known = ", ".join(schema.names)[:200]
        raise InputError(f"{name}: no column {column!r}; there are: {known}")
    kind = schema.field(column).type
    if not is_text(kind):
        raise InputError(f"{name}: column {column!r} is {kind}, not text")


def _rows(source: Source, file: Any, coarse: Any, reading: Reading) -> Iterator[Row]:  # noqa: ANN401
    columns = [file.schema.column(at) for at in range(len(file.schema))]
    old, clash = _int96(columns)
    options = {
        "use_deprecated_int96_timestamps": bool(old),
        "store_decimal_as_integer": any(map(_is_short_decimal, columns)),
        "sorting_columns": _sorting(file.metadata, reading.field),
    }
    done = 0
    total = file.metadata.num_rows
    size = source.size or 0
    for number in range(file.num_row_groups):
        _check_expansion(source.name, file.metadata.row_group(number), reading)
        codecs = _codecs(file.metadata.row_group(number))
        readings = (x.read_row_group(number, columns=old) for x in (file, coarse))
        fault = clash or (_wrapped(*readings) if old else "")
        table = file.read_row_group(number)
        group = Group(table, reading.field, codecs, options, fault)
        if not table.num_rows:
            yield Row(source.name, None, (group, None))
        for at, row in enumerate(_documents(group, source.name, done, reading)):
            source.position = partial(int, size * (done + at) / total)
            yield row
        done += group.table.num_rows
    if not file.num_row_groups:  # the schema is all there is to write
        table = file.schema_arrow.empty_table()
        codecs = ["snappy"] * file.metadata.num_columns
        group = Group(table, reading.field, codecs, options, clash)
        yield Row(source.name, None, (group, None))


def _int96(columns: Iterable[Any]) -> tuple[list[str], str]:
    """Those columns of timestamps in INT96, as Spark writes them, and what is amiss.

    The writer makes all timestamps so, or none.
    """
    old, new = [], []
    for column in columns:
        if column.physical_type == "INT96":
            old.append(column.path)
        elif column.logical_type.type == "TIMESTAMP":
            new.append(column.path)
    if not (old and new):
        return old, ""
    return old, (
        f"timestamps in INT96 ({old[0]}) beside some in INT64 ({new[0]}) can't be "
        "written again: store all in INT64"
    )


def _is_short_decimal(column: Any) -> bool:  # noqa: ANN401
    """Whether it holds decimals as whole numbers, as Spark stores short ones."""
    is_decimal = column.logical_type.type == "DECIMAL"
    return is_decimal and column.physical_type in ("INT32", "INT64")


def _wrapped(exact: Any, wide: Any) -> str:  # noqa: ANN401
    """What is amiss, if timestamps in nanoseconds are other than in microseconds."""
    import pyarrow as pa

    try:
        wide.cast(exact.schema)
    except pa.ArrowInvalid:
        columns = ", ".join(exact.column_names)[:200]
        return (
            f"a timestamp in INT96 ({columns}) before 1678 or after 2261 can't be "
            "written again: store it in INT64 of microseconds"
        )
    return ""


def _sorting(metadata: Any, column: str) -> tuple[Any, ...] | None:  # noqa: ANN401
    """What all row groups are sorted by, up to the text, which changes."""
    groups = [metadata.row_group(at) for at in range(metadata.num_row_groups)]
    if len({group.sorting_columns for group in groups}) != 1:
        return None
    schema = metadata.schema
    kept = takewhile(
        lambda by: schema.column(by.column_index).path != column,
        groups[0].sorting_columns,
    )
    return tuple(kept) or None


def _codecs(group: Any) -> list[str]:  # noqa: ANN401
    """How each column is compressed, in the writer's words."""
    told = (group.column(at).compression for at in range(group.num_columns))
    return ["none" if codec == "UNCOMPRESSED" else codec.lower() for codec in told]


def _check_expansion(name: str, group: Any, reading: Reading) -> None:  # noqa: ANN401
    columns = map(group.column, range(group.num_columns))
    packed = sum(column.total_compressed_size for column in columns)
    reading.check_expansion(name, packed, group.total_byte_size)


def _documents(group: Group, name: str, done: int, reading: Reading) -> Iterator[Row]:
    table = group.table
    columns = [
        _values(table.column(hint))
        if table.column_names.count(hint) == 1
        and hint != group.column
        and is_text(table.schema.field(hint).type)
        else [None] * table.num_rows
        for hint in Hints._fields
    ]
    for at, (data, *hints) in enumerate(
        zip(_values(table.column(group.column)), *columns, strict=True)
    ):
        where = f"{name}:{done + at + 1}"
        reading.check_size(where, _bytes(data))
        given = hints_of(escaped(x) if isinstance(x, bytes) else x for x in hints)
        if isinstance(data, bytes):
            decoded = decode(data, reading.encoding_errors)
            yield row_of(where, decoded, (group, at), given)
        else:
            yield Row(where, data, (group, at), given)


def _bytes(data: str | bytes | None) -> int:
    return len(data.encode() if isinstance(data, str) else data or b"")


def _values(column: Any) -> list[str | bytes | None]:  # noqa: ANN401
    """The texts; bytes, if there are any that are not UTF-8."""
    import pyarrow as pa

    try:
        return cast("list[str | bytes | None]", column.to_pylist())
    except UnicodeDecodeError:
        plain = column.cast(pa.large_string()) if _is_coded(column) else column
        return cast(
            "list[str | bytes | None]", plain.cast(pa.large_binary()).to_pylist()
        )


def _is_coded(column: Any) -> bool:  # noqa: ANN401
    import pyarrow as pa

    return bool(pa.types.is_dictionary(column.type) or column.type == pa.string_view())


class ParquetWriter(Writer):
    """Writes row groups, each when its last row has come."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self._file: Any = None
        self._options: Mapping[str, Any] = {}
        self._group: Group | None = None
        self._kept: list[int] = []
        self._texts: dict[int, bytes] = {}

    def write(self, row: Row, text: str | None) -> None:
        """Take a row up; rows of a group come one after the other."""
        self._turn_to(row)
        _, at = row.raw
        if at is None:
            return
        self._kept.append(at)
        if text is not None and not is_same(row, text):
            self._texts[at] = encode(text, is_kept=row.is_kept)

    def skip(self, row: Row) -> None:
        """Leave a row out; of a group with no other the columns are written."""
        self._turn_to(row)

    def _turn_to(self, row: Row) -> None:
        group, _ = row.raw
        if group is not self._group:
            self._flush()
            self._group = group
            if group.fault:
                raise InputError(f"{row.where}: {group.fault}")

    def close(self, *, is_whole: bool) -> None:
        """Write the last group and the footer, without which no reader takes a file."""
        try:
            if is_whole:
                self._flush()
                self._file.close()
        finally:
            if self._file:
                self._file.is_open = False  # or it would write the footer in the end

    def _flush(self) -> None:
        import pyarrow as pa

        group = self._group
        if group is None:
            return
        table = _changed(group, self._texts)
        if len(self._kept) < table.num_rows:
            table = table.take(pa.array(self._kept, pa.int64()))
        self._opened(table.schema, group).write_table(
            table, row_group_size=max(table.num_rows, 1)
        )
        self._group, self._kept, self._texts = None, [], {}

    def _opened(self, schema: Any, group: Group) -> Any:  # noqa: ANN401
        from pyarrow import parquet

        if self._file is None:
            codecs = dict(zip(_paths(schema), group.codecs, strict=True))
            self._options = group.options
            self._file = parquet.ParquetWriter(
                self._out, schema, compression=codecs, **_NAMED, **group.options
            )
        elif (self._file.schema, self._options) != (schema, group.options):
            raise InputError(
                "files with different columns, or sorted differently, can't become "
                "one: clean each by itself"
            )
        return self._file


def _paths(schema: Any) -> list[str]:  # noqa: ANN401
    """The columns as the writer names them, which need not be their names so far."""
    from pyarrow import parquet

    written = io.BytesIO()
    parquet.write_table(schema.empty_table(), written, **_NAMED)
    columns = parquet.ParquetFile(written).schema
    return [columns.column(at).path for at in range(len(columns))]


def _changed(group: Group, texts: dict[int, bytes]) -> Any:  # noqa: ANN401
    """The table with the new texts in its column, type and chunks as they were."""
    import pyarrow as pa

    if not texts:
        return group.table
    place = group.table.schema.get_field_index(group.column)
    field = group.table.schema.field(place)
    column = group.table.column(place)
    values = [
        texts.get(
            at, value if isinstance(value, bytes) or value is None else value.encode()
        )
        for at, value in enumerate(_values(column))
    ]
    plain = pa.array(values, pa.large_binary()).cast(pa.large_string(), safe=False)
    if pa.types.is_dictionary(field.type):
        made = plain.cast(field.type.value_type).dictionary_encode().cast(field.type)
    else:
        made = plain.cast(field.type, safe=False)
    return group.table.set_column(place, field, made)


def writer(out: BinaryIO) -> Writer:
    """A writer of one Parquet file."""
    return ParquetWriter(out)
