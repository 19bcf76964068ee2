"""`clean_table` with its arguments, as the engines want it."""

from typing import Any

from cleaner.config import Config, config_of
from cleaner.integrations import config_needing_no_url, dumps, loads
from cleaner.integrations.arrow import clean_table
from cleaner.sites import FrozenSiteMemory


class CleanBatch:
    """A function from table to table: `clean_table` with these arguments.

    Its pickle is the same in every run, and changes when what it does changes, which
    is what caches of pipelines go by. Where it is loaded, a Cleaner is made once a
    process and configuration.
    """

    def __init__(  # noqa: PLR0913  # those of `clean_table`
        self,
        column: str = "text",
        *,
        url: str | None = None,
        title: str | None = None,
        edits: str | None = None,
        counts: str | None = None,
        config: str | Config = "default",
    ) -> None:
        self.column = column
        self.url = url
        self.title = title
        self.edits = edits
        self.counts = counts
        checked = config_needing_no_url if url is None else config_of
        self.config = checked(config)

    def __call__(self, table: Any) -> Any:
        """The table, clean."""
        return clean_table(
            table,
            self.column,
            url=self.url,
            title=self.title,
            edits=self.edits,
            counts=self.counts,
            config=self.config,
        )

    def __reduce__(self) -> tuple[Any, ...]:
        memory, digest = self.config.memory, self.config.digest
        config = dumps(self.config._replace(memory=None)), memory, digest
        columns = self.column, self.url, self.title, self.edits, self.counts
        return _loaded, (*columns, *config)


def _loaded(  # noqa: PLR0913, PLR0917  # what `__reduce__` tells
    column: str,
    url: str | None,
    title: str | None,
    edits: str | None,
    counts: str | None,
    config: str,
    memory: FrozenSiteMemory | None,
    _digest: str,
) -> CleanBatch:
    whole = loads(config).with_(memory=memory)
    told = {"url": url, "title": title, "edits": edits, "counts": counts}
    return CleanBatch(column, **told, config=whole)
