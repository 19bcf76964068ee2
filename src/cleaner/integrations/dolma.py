"""dolma: rows of attributes, so that its mixer does the cutting. Needs no package."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from cleaner.config import Config
from cleaner.core import Cleaner, cleaner_of
from cleaner.integrations import config_needing_no_url


def attributes_of(
    documents: Iterable[Mapping[str, Any]], config: str | Config = "default"
) -> Iterator[dict[str, Any]]:
    r"""A row for each document: spans by `cleaner__PRESET__LABEL`, with their scores.

    Half-open, in code points. Cutting them all gives what `clean` gives without
    repairs, which a mixer cannot make.

    >>> page = {"id": "a", "text": "He left.\n\nAdvertisement"}
    >>> for name, spans in next(attributes_of([page]))["attributes"].items():
    ...     print(name, [span[:2] for span in spans])
    cleaner__default__advertisement [[8, 23]]
    """
    cleaner = cleaner_of(config_needing_no_url(config).with_(repair=()))
    return (_attributes(document, cleaner) for document in documents)


def _attributes(document: Mapping[str, Any], cleaner: Cleaner) -> dict[str, Any]:
    spans: dict[str, list[list[float]]] = {}
    text = document["text"]
    for edit in () if text is None else cleaner.explain(text).edits:
        name = f"cleaner__{cleaner.config.preset}__{edit.label}"
        spans.setdefault(name, []).append([edit.start, edit.end, edit.score])
    return {"id": document["id"], "attributes": spans}
