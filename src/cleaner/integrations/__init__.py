"""One small file a framework, none imported by the rest of the package."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from cleaner.config import Config, config_of
from cleaner.core import cleaner_of
from cleaner.errors import CleanerError


def rewritten(
    texts: Iterable[str | None], config: str | Config, key: str | None
) -> Iterator[tuple[str | None, dict[str, Any]]]:
    """Each text, clean, and what its metadata gets: under `key` the edits as dicts."""
    for done in cleaner_of(config_needing_no_url(config)).explain_many(texts):
        if done is None:
            yield None, {}
        else:
            yield done.text, {key: [e._asdict() for e in done.edits]} if key else {}


def dumps(config: str | Config) -> str:
    """The configuration as a preset's name or JSON, equal in every run.

    A pickled Config is not: its sets have no order. Raises CleanerError for one with a
    site memory, which has no such form.

    >>> dumps(Config("strict"))
    'strict'
    >>> loads(dumps(Config(languages=frozenset({"en"})))).languages
    frozenset({'en'})
    """
    config = config_of(config)
    if config == Config(config.preset):
        return config.preset
    if config.memory:
        raise CleanerError(
            "a site memory can't be written as JSON: use Cleaner.clean_many"
        )
    held = config._asdict()
    del held["memory"]
    plain = {k: sorted(v) if isinstance(v, frozenset) else v for k, v in held.items()}
    return json.dumps(plain, sort_keys=True)


def loads(text: str) -> Config:
    """The Config that `dumps` told of, or of a preset."""
    if not text.startswith("{"):
        return Config(text)
    return Config().with_(**json.loads(text))


def config_needing_no_url(config: str | Config) -> Config:
    """The configuration, checked where it is given.

    Raises CleanerError for a site memory too: no text comes with its URL here.
    """
    config = config_of(config)
    if config.memory:
        raise CleanerError(
            "a site memory needs the URL of each text, and none is given here: "
            "use url= where there is one, or Cleaner.clean_many(texts, urls=...)"
        )
    return config
