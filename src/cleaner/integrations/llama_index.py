"""LlamaIndex: a transformation for its pipelines."""

from collections.abc import Sequence
from typing import Any, Final

from cleaner.config import Config
from cleaner.errors import extra
from cleaner.integrations import config_needing_no_url, dumps, loads, rewritten

with extra("llama-index"):
    from llama_index.core.schema import BaseNode, MetadataMode, TransformComponent
    from pydantic import computed_field, field_serializer, field_validator

_EXCLUDED: Final = ("excluded_embed_metadata_keys", "excluded_llm_metadata_keys")


class CleanNodes(TransformComponent):
    """Nodes with their text cleaned; ids and metadata stay.

    `config` is a Config or a preset's name; `edits` names a key of the metadata for
    what was cut, as a list of dicts. The pipeline's cache goes by `digest`.
    """

    config: Config = Config()
    edits: str | None = None

    @classmethod
    def class_name(cls) -> str:
        """The name under which the component is stored."""
        return "CleanNodes"

    @field_validator("config", mode="before")
    @classmethod
    def _loaded(cls, config: str | Config) -> Config:
        return config_needing_no_url(
            loads(config) if isinstance(config, str) else config
        )

    @field_serializer("config")
    def _dumped(self, config: Config) -> str:
        return dumps(config)

    @computed_field  # type: ignore[prop-decorator]
    @property
    def digest(self) -> str:
        """That of the configuration, phrases, rules and weights."""
        return self.config.digest

    def __call__(self, nodes: Sequence[BaseNode], **_options: Any) -> list[BaseNode]:
        """The nodes, clean, in order."""
        texts = [node.get_content(MetadataMode.NONE) for node in nodes]
        done = rewritten(texts, self.config, self.edits)
        return [_clean(*each) for each in zip(nodes, texts, done, strict=True)]


def _clean(node: BaseNode, was: str, done: tuple[str | None, dict[str, Any]]) -> Any:
    text, told = done
    update = {
        "metadata": node.metadata | told,
        # What was cut is neither to be embedded nor to be read by a language model.
        **{name: [*getattr(node, name), *told] for name in _EXCLUDED},
    }
    clean = node.model_copy(update=update)
    if text != was:  # a node that holds no text has no way to set it
        clean.set_content(text)
    return clean
