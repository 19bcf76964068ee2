"""How texts lie in Arrow columns: plain or in dictionaries, whole or in chunks."""

from collections.abc import Sequence
from itertools import islice
from typing import Any, Final, NamedTuple

from cleaner.arrow_types import is_text
from cleaner.config import Config
from cleaner.core import Cleaner, cleaner_of
from cleaner.edits import Edit
from cleaner.errors import CleanerError, UnknownNameError, extra
from cleaner.integrations import config_needing_no_url
from cleaner.labels import LABELS

with extra("arrow"):
    import pyarrow as pa
    from pyarrow import types


class HintColumns(NamedTuple):
    """A column or list of each kind, as long as the texts, or None."""

    urls: Any = None
    titles: Any = None


_KINDS: Final = {int: pa.int32(), str: pa.string(), float: pa.float64()}
_FIELDS: Final = {name: _KINDS[kind] for name, kind in Edit.__annotations__.items()}
# The types of the columns that `edits` and `counts` name.
EDITS: Final = pa.list_(pa.struct(_FIELDS))
COUNTS: Final = pa.struct(dict.fromkeys(LABELS, pa.int32()))


def as_column(array: Any, name: str = "") -> Any:
    """The array, or its chunks, as pyarrow's.

    TypeError if it holds no texts, ValueError for one that is not UTF-8.
    """
    if isinstance(array, pa.Array | pa.ChunkedArray):
        column = array
    elif hasattr(array, "__arrow_c_stream__"):
        column = pa.chunked_array(array)
    elif hasattr(array, "__arrow_c_array__"):
        column = pa.array(array)
    else:
        raise TypeError(f"cleaner takes an Arrow array, not {type(array).__name__}")
    if not is_text(column.type):
        raise TypeError(f"cleaner takes a column of strings, not of {column.type}")
    _check_utf8(column, name)
    return column


def _check_utf8(column: Any, name: str) -> None:
    """ValueError that names the row, and the column, of what can't be decoded."""
    try:
        column.validate(full=True)
    except pa.ArrowInvalid:
        where = f" of column {name!r}" if name else ""
        for row, value in enumerate(column):
            try:
                value.as_py()
            except UnicodeDecodeError as error:
                raise ValueError(
                    f"row {row}{where}: byte {error.start} is not UTF-8; "
                    "cast the column to binary and decode it first"
                ) from error


def chunks_of(column: Any) -> list[Any]:
    """The arrays that a column consists of."""
    return column.chunks if isinstance(column, pa.ChunkedArray) else [column]


def named(name: str, table: Any) -> Any:
    """The texts of that name; UnknownNameError if there are none."""
    return as_column(table.column(place_of(name, table.schema.names)), name)


def hints_of(table: Any, url: str | None, title: str | None) -> HintColumns:
    """The columns of these names, where one is given."""
    return HintColumns(
        *(None if name is None else named(name, table) for name in (url, title))
    )


def cleaner_for(config: str | Config, urls: Any) -> Cleaner:
    """The cleaner. CleanerError for a site memory where there are no URLs."""
    return cleaner_of(config_needing_no_url(config) if urls is None else config)


def with_hints(column: Any, given: HintColumns) -> list[tuple[Any, HintColumns]]:
    """The column's arrays, each with lists of the hints of its rows.

    With hints, without dictionaries: there one text stands for rows of many pages.
    """
    told = {name: hints for name, hints in given._asdict().items() if hints is not None}
    for name, hints in told.items():
        if len(hints) != len(column):
            raise ValueError(f"{len(column)} texts but {len(hints)} {name}")
    arrays = chunks_of(column)
    if told and types.is_dictionary(column.type):
        arrays = list(map(_in_rows, arrays))
    rows = {name: iter(as_column(hints).to_pylist()) for name, hints in told.items()}
    parts = []
    for chunk in arrays:
        taken = {name: list(islice(row, len(chunk))) for name, row in rows.items()}
        parts.append((chunk, HintColumns(**taken)))
    return parts


def _in_rows(chunk: Any) -> Any:
    """The array without its dictionary; Arrow can't take string views out of one."""
    return pa.array(chunk.to_pylist(), chunk.type.value_type)


def joined(like: Any, arrays: list[Any], kind: Any) -> Any:
    """The arrays as one column of type `kind`, in chunks if `like` is."""
    many = isinstance(like, pa.ChunkedArray)
    arrays = [array if array.type == kind else _cast(array, kind) for array in arrays]
    return pa.chunked_array(arrays, kind) if many else arrays[0]


def _cast(array: Any, kind: Any) -> Any:
    if not types.is_dictionary(kind):
        return array.cast(kind)
    return _encoded(array, None, kind)


def _encoded(words: Any, indices: Any, kind: Any) -> Any:
    """The words by these indices, or as they are, as a dictionary of that type."""
    found = words.dictionary_encode()
    codes = found.indices if indices is None else found.indices.take(indices)
    make = pa.DictionaryArray.from_arrays
    return make(codes.cast(kind.index_type), found.dictionary, ordered=kind.ordered)


def texts_of(chunk: Any) -> list[str | None]:
    """The texts of an array, those in its dictionary once each."""
    values = chunk.dictionary if types.is_dictionary(chunk.type) else chunk
    texts: list[str | None] = values.to_pylist()
    return texts


def with_texts(chunk: Any, texts: Sequence[str | None]) -> Any:
    """The array with those texts in place of what `texts_of` gave."""
    if not types.is_dictionary(chunk.type):
        return pa.array(texts, chunk.type)
    # Encoded anew: texts that differed may be the same by now.
    words = pa.array(texts, chunk.type.value_type)
    return _encoded(words, chunk.indices, chunk.type)


def by_row(chunk: Any, values: Sequence[Any], kind: Any) -> Any:
    """An array with a value a row, given one for each of `texts_of`."""
    made = pa.array(values, kind)
    return made.take(chunk.indices) if types.is_dictionary(chunk.type) else made


def place_of(column: str, names: list[str], *new: str | None) -> int:
    """Where the column stands.

    CleanerError if nowhere or in several places, or if a new one is there.
    """
    if column not in names:
        raise UnknownNameError("column", column, names)
    if names.count(column) > 1:
        raise CleanerError(f"several columns {column!r}: rename all but one")
    wanted = [name for name in new if name is not None]
    for at, name in enumerate(wanted):
        if name in (*names, *wanted[:at]):
            raise CleanerError(
                f"there is a column {name!r}: give the new one another name"
            )
    return names.index(column)
