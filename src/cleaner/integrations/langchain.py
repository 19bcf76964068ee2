"""LangChain: a document transformer."""

from collections.abc import Sequence
from typing import Any

from cleaner.config import Config
from cleaner.errors import extra
from cleaner.integrations import config_needing_no_url, rewritten

with extra("langchain"):
    from langchain_core.documents import BaseDocumentTransformer, Document


class CleanDocuments(BaseDocumentTransformer):
    """Documents with their text cleaned; ids and metadata stay.

    `edits` names a key of the metadata for what was cut, as a list of dicts.
    """

    def __init__(
        self, config: str | Config = "default", *, edits: str | None = None
    ) -> None:
        self.config = config_needing_no_url(config)
        self.edits = edits

    def transform_documents(
        self, documents: Sequence[Document], **_options: Any
    ) -> list[Document]:
        """The documents, clean, in order."""
        texts = (document.page_content for document in documents)
        return [
            document.model_copy(
                update={"page_content": text, "metadata": document.metadata | told}
            )
            for document, (text, told) in zip(
                documents, rewritten(texts, self.config, self.edits), strict=True
            )
        ]
