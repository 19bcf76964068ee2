"""Spark: a data frame with a column cleaned, by `mapInArrow`."""

from collections.abc import Iterable, Iterator
from typing import Any

from cleaner.config import Config
from cleaner.errors import extra

with extra("spark"):
    import pyarrow as pa
    from pyspark.sql import DataFrame
    from pyspark.sql.pandas.types import from_arrow_type
    from pyspark.sql.types import StructType

from cleaner.integrations.batches import CleanBatch
from cleaner.integrations.columns import COUNTS, EDITS
from cleaner.integrations.site_memory import keys_of
from cleaner.sites import DEFAULT_WIDTH, SiteMemory


def clean_frame(  # noqa: PLR0913  # those of `clean_table`
    frame: DataFrame,
    column: str = "text",
    *,
    url: str | None = None,
    title: str | None = None,
    edits: str | None = None,
    counts: str | None = None,
    config: str | Config = "default",
) -> DataFrame:
    """The frame with a column cleaned, by the arguments of `clean_table`."""
    columns = {"url": url, "title": title, "edits": edits, "counts": counts}
    clean = CleanBatch(column, **columns, config=config)
    schema = StructType(list(frame.schema))
    for name, kind in ((edits, EDITS), (counts, COUNTS)):
        if name is not None:
            schema.add(name, from_arrow_type(kind))

    def cleaned(batches: Iterable[pa.RecordBatch]) -> Iterator[Any]:
        return map(clean, batches)

    return frame.mapInArrow(cleaned, schema)


def fit_spark(
    frame: DataFrame,
    *,
    url: str = "url",
    text: str = "text",
    width: int = DEFAULT_WIDTH,
) -> SiteMemory:
    """The memory of the pages of a data frame, counted by Spark.

    Pages without URL or text are left out. What stands on one page only decides
    nothing and is not fetched, which leaves more room for the rest.
    """

    def keyed(batches: Iterable[pa.RecordBatch]) -> Iterator[Any]:
        for batch in batches:
            yield pa.record_batch({"key": keys_of(*batch.columns)})

    keys = frame.select(url, text).mapInArrow(keyed, "key long")
    counts = keys.groupBy("key").count().where("count > 1").toArrow()
    counted = counts["key"].to_numpy().view("u8"), counts["count"].to_numpy()
    return SiteMemory.from_counts(*counted, width)
