"""datatrove: a step that cleans, and a filter that keeps what is article."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final

from cleaner.arguments import as_hint, as_share
from cleaner.config import Config, config_of
from cleaner.core import cleaner_of
from cleaner.errors import extra
from cleaner.signals import quality

with extra("datatrove"):
    from datatrove.data import Document
    from datatrove.pipeline.base import PipelineStep
    from datatrove.pipeline.filters.base_filter import BaseFilter
    from datatrove.pipeline.writers.disk_base import DiskWriter

BATCH_DOCUMENTS: Final = 100


class CleanText(PipelineStep):
    """Cleans each document's text and counts the edits by label in its statistics.

    `edits` names a key of the metadata for what was cut. A memory goes by its `url`.
    """

    type = "🧽 - CLEANER"
    name = "article-cleaner"

    def __init__(
        self, config: str | Config = "default", *, edits: str | None = None
    ) -> None:
        super().__init__()
        self.config = config_of(config)
        self.edits = edits

    def run(
        self,
        data: Iterable[Document],
        rank: int = 0,  # noqa: ARG002
        world_size: int = 1,  # noqa: ARG002
    ) -> Iterator[Document]:
        """The documents, clean."""
        data = iter(data)
        while batch := list(islice(data, BATCH_DOCUMENTS)):
            with self.track_time("batch"):
                self._clean(batch)
            yield from batch

    def _clean(self, batch: list[Document]) -> None:
        pages = [(page.text, as_hint(page.metadata.get("url"))) for page in batch]
        texts, urls = zip(*pages, strict=True)
        explained = cleaner_of(self.config).explain_many(texts, urls=urls)
        for document, done in zip(batch, explained, strict=True):
            if done is None:
                continue
            document.text = done.text
            labels = (f"edits_{edit.label}" for edit in done.edits)
            self.stat_update("changed" if done.edits else "unchanged", *labels)
            if self.edits:
                document.metadata[self.edits] = [edit._asdict() for edit in done.edits]


class KeepArticles(BaseFilter):
    """Keeps documents with a quality score of at least `min_score`, a share."""

    name = "article-quality"

    def __init__(
        self, min_score: float, exclusion_writer: DiskWriter | None = None
    ) -> None:
        super().__init__(exclusion_writer)
        self.min_score = as_share("min_score", min_score)

    def filter(self, document: Document) -> bool | tuple[bool, str]:
        """Whether to keep it; a language in its metadata is a hint."""
        lang = as_hint(document.metadata.get("language"))
        done = quality(document.text or "", lang=lang)
        return done.score >= self.min_score or (False, "score")
