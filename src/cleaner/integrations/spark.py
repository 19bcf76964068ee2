"""Spark: a data frame with a column cleaned, by `mapInArrow`."""

from collections.abc import Iterable, Iterator
from typing import Any

from cleaner.config import Config
from cleaner.integrations import extra

with extra("spark"):
    import pyarrow as pa
    from pyspark.sql import DataFrame
    from pyspark.sql.pandas.types import from_arrow_type
    from pyspark.sql.types import StructType

from cleaner.integrations.arrow import COUNTS, EDITS
from cleaner.integrations.batches import CleanBatch


def clean_frame(
    frame: DataFrame,
    column: str = "text",
    *,
    edits: str | None = None,
    counts: str | None = None,
    config: str | Config = "default",
) -> DataFrame:
    """The frame with a column cleaned; `edits` and `counts` as in `clean_table`."""
    clean = CleanBatch(column, edits=edits, counts=counts, config=config)
    schema = StructType(list(frame.schema))
    for name, kind in ((edits, EDITS), (counts, COUNTS)):
        if name is not None:
            schema.add(name, from_arrow_type(kind))

    def cleaned(batches: Iterable[pa.RecordBatch]) -> Iterator[Any]:
        return map(clean, batches)

    return frame.mapInArrow(cleaned, schema)
