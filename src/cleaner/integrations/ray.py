"""Ray Data: `dataset.map_batches(CleanBatch("text"), batch_format="pyarrow")`."""

from collections import Counter
from typing import Any

from cleaner.errors import extra

with extra("ray"):
    import pyarrow as pa
    import pyarrow.compute as pc
    import ray.data

from cleaner.integrations.batches import CleanBatch
from cleaner.integrations.site_memory import keys_of
from cleaner.sites import DEFAULT_WIDTH, SiteMemory

__all__ = ("CleanBatch", "count_labels", "fit_ray")


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
    return pa.table(
        {label: [pc.sum(column.field(label), min_count=0)] for label in labels}
    )


def fit_ray(
    dataset: "ray.data.Dataset",
    *,
    url: str = "url",
    text: str = "text",
    width: int = DEFAULT_WIDTH,
) -> SiteMemory:
    """The memory of the pages of a dataset, counted by Ray Data.

    Pages without URL or text are left out. What stands on one page only decides
    nothing and is not fetched, which leaves more room for the rest.
    """

    def keyed(table: Any) -> dict[str, Any]:
        return {"key": keys_of(table[url], table[text])}

    pages = dataset.select_columns([url, text])
    counts = pages.map_batches(keyed, batch_format="pyarrow").groupby("key").count()
    repeated = counts.map_batches(_repeated, batch_format="numpy")
    memory = SiteMemory(width)
    for batch in repeated.iter_batches(batch_size=None, batch_format="numpy"):
        counted = batch["key"].view("u8"), batch["count()"]
        memory.merge(SiteMemory.from_counts(*counted, width))
    return memory


def _repeated(counts: dict[str, Any]) -> dict[str, Any]:
    repeats = counts["count()"] > 1
    return {name: column[repeats] for name, column in counts.items()}
