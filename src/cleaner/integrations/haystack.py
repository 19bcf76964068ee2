"""Haystack: a component for its pipelines."""

from dataclasses import replace
from typing import Any

from cleaner.config import Config
from cleaner.errors import extra
from cleaner.integrations import config_needing_no_url, dumps, loads, rewritten

with extra("haystack"):
    from haystack import Document, component, default_to_dict


@component
class CleanDocuments:
    """Documents with their text cleaned, under new ids where they changed.

    `config` is a Config or a preset's name; `edits` names a key of the metadata for
    what was cut, as a list of dicts.
    """

    def __init__(
        self, config: str | Config = "default", *, edits: str | None = None
    ) -> None:
        given = loads(config) if isinstance(config, str) else config
        self.config = config_needing_no_url(given)
        self.edits = edits

    def to_dict(self) -> dict[str, Any]:
        """The component as YAML may hold it."""
        return default_to_dict(  # type: ignore[no-any-return]
            self, config=dumps(self.config), edits=self.edits
        )

    @component.output_types(documents=list[Document])
    def run(self, documents: list[Document]) -> dict[str, list[Document]]:
        """The documents, clean, in order."""
        texts = [document.content for document in documents]
        done = rewritten(texts, self.config, self.edits)
        pairs = zip(documents, done, strict=True)
        return {"documents": [_clean(document, *each) for document, each in pairs]}


def _clean(document: Document, text: str | None, told: dict[str, Any]) -> Document:
    if text == document.content and not told:
        return document
    return replace(document, content=text, meta=document.meta | told, id="")
