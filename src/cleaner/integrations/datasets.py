"""Hugging Face datasets: a column cleaned by `map`, whole or streamed.

`dataset.with_format("arrow").map(CleanBatch("text"), batched=True)`

The cached result is found again until the configuration, a phrase, a rule or a weight
changes.
"""

from cleaner.errors import extra

with extra("datasets"):
    import datasets  # noqa: F401

from cleaner.integrations.batches import CleanBatch

__all__ = ("CleanBatch",)
