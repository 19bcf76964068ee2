"""`clean_table` with its arguments, as the engines want it."""

from typing import Any

from cleaner.config import Config
from cleaner.integrations import dumps, loads
from cleaner.integrations.arrow import clean_table


class CleanBatch:
    """A function from table to table: `clean_table` with these arguments.

    Its pickle is the same in every run, and changes when what it does changes, which
    is what caches of pipelines go by. Where it is loaded, a Cleaner is made once a
    process and configuration.
    """

    def __init__(
        self,
        column: str = "text",
        *,
        edits: str | None = None,
        counts: str | None = None,
        config: str | Config = "default",
    ) -> None:
        self.column = column
        self.edits = edits
        self.counts = counts
        self.config = Config(config) if isinstance(config, str) else config

    def __call__(self, table: Any) -> Any:
        """The table, clean."""
        return clean_table(
            table,
            self.column,
            edits=self.edits,
            counts=self.counts,
            config=self.config,
        )

    def __reduce__(self) -> tuple[Any, ...]:
        config = dumps(self.config), self.config.digest
        return _loaded, (self.column, self.edits, self.counts, *config)


def _loaded(
    column: str, edits: str | None, counts: str | None, config: str, _digest: str
) -> CleanBatch:
    return CleanBatch(column, edits=edits, counts=counts, config=loads(config))
