"""A configuration that can't be is refused where a step is made, not on a worker."""

from importlib import import_module
from typing import Any

import pytest

from cleaner import CleanerError, Config, SiteMemory

# What of the adapter takes a configuration, by its package.
MADE = {
    "datatrove": ("CleanText", "datatrove"),
    "haystack": ("CleanDocuments", "haystack"),
    "langchain": ("CleanDocuments", "langchain_core"),
    "llama_index": ("CleanNodes", "llama_index.core"),
}
REMEMBERING = Config(memory=SiteMemory(2).freeze())


def made(name: str, config: Any) -> object:
    make, package = MADE[name]
    pytest.importorskip(package, reason=f"needs {package}")
    adapter = import_module(f"cleaner.integrations.{name}")
    return getattr(adapter, make)(config=config)


@pytest.mark.parametrize("name", MADE)
def test_an_unknown_preset(name: str) -> None:
    with pytest.raises((CleanerError, ValueError), match="strickt"):
        made(name, "strickt")


@pytest.mark.parametrize("name", sorted(MADE.keys() - {"datatrove"}))
def test_a_site_memory_without_urls(name: str) -> None:
    with pytest.raises((CleanerError, ValueError), match="needs the URL"):
        made(name, REMEMBERING)


def test_polars() -> None:
    pl = pytest.importorskip("polars", reason="needs polars")
    import_module("cleaner.integrations.polars")

    with pytest.raises(CleanerError, match="strickt"):
        pl.col("text").cleaner.clean("strickt")
    with pytest.raises(CleanerError, match="needs the URL"):
        pl.col("text").cleaner.clean(REMEMBERING)


def test_dolma() -> None:
    from cleaner.integrations.dolma import attributes_of

    for config in ("strickt", REMEMBERING):
        with pytest.raises(CleanerError):
            attributes_of([], config)


def test_duckdb() -> None:
    duckdb = pytest.importorskip("duckdb", reason="needs duckdb")
    pytest.importorskip("pyarrow", reason="needs pyarrow")
    from cleaner.integrations.duckdb import register

    with pytest.raises(CleanerError, match="strickt"):
        register(duckdb.connect(), "strickt")
