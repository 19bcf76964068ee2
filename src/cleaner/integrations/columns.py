"""How texts lie in Arrow columns: plain or in dictionaries, whole or in chunks."""

from collections.abc import Iterator, Sequence
from typing import Any, Final, TypeVar

from cleaner.errors import CleanerError, UnknownNameError
from cleaner.integrations import extra

with extra("arrow"):
    import pyarrow as pa
    from pyarrow import types

T = TypeVar("T")

_IS_TEXT: Final = (
    *(types.is_string, types.is_large_string, types.is_string_view),
    types.is_null,
)


def as_column(array: Any) -> Any:
    """The array, or its chunks, as pyarrow's. TypeError if it holds no texts."""
    if isinstance(array, pa.Array | pa.ChunkedArray):
        column = array
    elif hasattr(array, "__arrow_c_stream__"):
        column = pa.chunked_array(array)
    elif hasattr(array, "__arrow_c_array__"):
        column = pa.array(array)
    else:
        raise TypeError(f"cleaner takes an Arrow array, not {type(array).__name__}")
    held = column.type.value_type if types.is_dictionary(column.type) else column.type
    if not any(is_text(held) for is_text in _IS_TEXT):
        raise TypeError(f"cleaner takes a column of strings, not of {held}")
    return column


def texts_of(column: Any) -> list[list[str | None]]:
    """The texts of each chunk, those in its dictionary once each."""
    return [
        (chunk.dictionary if types.is_dictionary(chunk.type) else chunk).to_pylist()
        for chunk in _chunks(column)
    ]


def with_texts(column: Any, texts: Sequence[Sequence[str | None]]) -> Any:
    """The column with those texts in place of what `texts_of` gave."""
    kind = column.type
    put = _encoded if types.is_dictionary(kind) else _plain
    return _joined(column, [put(*pair, kind) for pair in _paired(column, texts)], kind)


def by_row(column: Any, values: Sequence[Sequence[Any]], kind: Any) -> Any:
    """A column of type `kind` with a value a row, given one for each of `texts_of`."""
    put = _looked_up if types.is_dictionary(column.type) else _plain
    return _joined(column, [put(*pair, kind) for pair in _paired(column, values)], kind)


def place_of(column: str, names: list[str], *new: str | None) -> int:
    """Where the column stands. CleanerError if nowhere, or if a new one is there."""
    if column not in names:
        raise UnknownNameError("column", column, names)
    for name in new:
        if name in names:
            raise CleanerError(f"there is a column {name!r} already: name another")
    return names.index(column)


def _chunks(column: Any) -> list[Any]:
    return column.chunks if isinstance(column, pa.ChunkedArray) else [column]


def _paired(column: Any, values: Sequence[T]) -> Iterator[tuple[Any, T]]:
    return zip(_chunks(column), values, strict=True)


def _joined(like: Any, chunks: list[Any], kind: Any) -> Any:
    many = isinstance(like, pa.ChunkedArray)
    return pa.chunked_array(chunks, kind) if many else chunks[0]


def _plain(_chunk: Any, values: Sequence[Any], kind: Any) -> Any:
    return pa.array(values, kind)


def _looked_up(chunk: Any, values: Sequence[Any], kind: Any) -> Any:
    return pa.array(values, kind).take(chunk.indices)


def _encoded(chunk: Any, texts: Sequence[str | None], kind: Any) -> Any:
    # Encoded anew: texts that differed may be the same by now.
    words = pa.array(texts, kind.value_type).dictionary_encode()
    codes = words.indices.take(chunk.indices).cast(kind.index_type)
    return pa.DictionaryArray.from_arrays(codes, words.dictionary, ordered=kind.ordered)
