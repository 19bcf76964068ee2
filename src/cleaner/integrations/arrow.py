"""Arrow columns in, the same out, from any object with the Arrow C interface.

Type, length, order, chunks and nulls stay; where nothing is found, so does the object.
"""

from collections import Counter
from operator import is_
from typing import Any, Final

from cleaner.config import Config
from cleaner.core import Cleaner
from cleaner.edits import Cleaned
from cleaner.errors import extra
from cleaner.integrations import columns
from cleaner.integrations.columns import COUNTS, EDITS
from cleaner.labels import LABELS

with extra("arrow"):
    import pyarrow as pa

_NONE: Final = dict.fromkeys(LABELS, 0)


def clean_array(
    array: Any, config: str | Config = "default", urls: Any = None, titles: Any = None
) -> Any:
    r"""The array with its texts cleaned. Raises TypeError for one of anything else.

    ValueError names the row of a text that is not UTF-8. `urls`, which a site memory
    needs, and `titles` are arrays as long, of hints.

    >>> clean_array(pa.array(["He left.\n\nAdvertisement", None])).to_pylist()
    ['He left.', None]
    """
    column = columns.as_column(array)
    cleaner = columns.cleaner_for(config, urls)
    pairs = columns.with_hints(column, columns.HintColumns(urls, titles))
    cleaned = [_cleaned(cleaner, *pair) for pair in pairs]
    if all(map(is_, cleaned, (chunk for chunk, _ in pairs))):
        return array
    return columns.joined(column, cleaned, column.type)


def _cleaned(cleaner: Cleaner, chunk: Any, hints: columns.HintColumns) -> Any:
    texts = columns.texts_of(chunk)
    cleaned = cleaner.clean_many(texts, **hints._asdict())
    return chunk if cleaned == texts else columns.with_texts(chunk, cleaned)


def clean_table(  # noqa: PLR0913  # columns to read and to make
    table: Any,
    column: str = "text",
    *,
    url: str | None = None,
    title: str | None = None,
    edits: str | None = None,
    counts: str | None = None,
    config: str | Config = "default",
) -> Any:
    r"""The table or record batch with a column cleaned; UnknownNameError if not there.

    `url` names the column of URLs, for a site memory, `title` that of titles, which
    tell the headline; `edits` names a new column for what was cut, `counts` one for the
    number of edits by label, null where the text is.

    >>> table = pa.table({"text": ["He left.\n\nAdvertisement"]})
    >>> clean_table(table, counts="cut")["cut"][0]["advertisement"].as_py()
    1
    """
    whole = table if isinstance(table, pa.Table | pa.RecordBatch) else pa.table(table)
    place = columns.place_of(column, whole.schema.names, edits, counts)
    field, given = whole.schema.field(place), columns.named(column, whole)
    hints = columns.hints_of(whole, url, title)
    if edits is None and counts is None:
        cleaned = clean_array(given, config, *hints)
        return table if cleaned is given else whole.set_column(place, field, cleaned)
    cleaner = columns.cleaner_for(config, hints.urls)
    parts = [_told(cleaner, *pair) for pair in columns.with_hints(given, hints)]
    texts, *more = (
        columns.joined(given, [part[at] for part in parts], kind)
        for at, kind in enumerate((given.type, EDITS, COUNTS))
    )
    whole = whole.set_column(place, field, texts)
    for name, made in zip((edits, counts), more, strict=True):
        whole = whole if name is None else whole.append_column(name, made)
    return whole


def _told(cleaner: Cleaner, chunk: Any, hints: columns.HintColumns) -> tuple[Any, ...]:
    """The chunk, clean, and what belongs in the two columns beside it."""
    done = cleaner.explain_many(columns.texts_of(chunk), **hints._asdict())
    return (
        columns.with_texts(chunk, [row and row.text for row in done]),
        columns.by_row(chunk, [row and row.edits for row in done], EDITS),
        columns.by_row(chunk, [row and _counts(row) for row in done], COUNTS),
    )


def _counts(row: Cleaned) -> dict[str, int]:
    return {**_NONE, **Counter(edit.label for edit in row.edits)}
