"""Ray Data: `dataset.map_batches(CleanBatch("text"), batch_format="pyarrow")`."""

from collections import Counter
from typing import Any

from cleaner.integrations import extra

with extra("ray"):
    import pyarrow as pa
    import pyarrow.compute as pc
    import ray.data

from cleaner.integrations.batches import CleanBatch

__all__ = ("CleanBatch", "count_labels")


def count_labels(dataset: "ray.data.Dataset", counts: str) -> Counter[str]:
    """How many edits of each label the workers made, from the column `counts`.

    Of what was written, so that work done twice after a failure counts once.
    """
    sums = dataset.select_columns([counts]).map_batches(
        _summed, batch_format="pyarrow", fn_args=[counts]
    )
    total = Counter[str]()
    for row in sums.iter_rows():
        total.update(row)
    return +total


def _summed(table: Any, counts: str) -> Any:
    column = table[counts].combine_chunks()
    labels = [field.name for field in column.type]
    return pa.table({label: [pc.sum(column.field(label))] for label in labels})
