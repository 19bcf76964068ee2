import pytest

pytest.importorskip("llama_index.core", reason="needs llama-index-core")

from llama_index.core.ingestion import IngestionCache, IngestionPipeline
from llama_index.core.ingestion.pipeline import get_transformation_hash
from llama_index.core.schema import Document, MetadataMode, TextNode
from pipeline import ROOT, WORDS, cleaned, each_start, explained, in_worker, run

from cleaner import Config
from cleaner.integrations.llama_index import CleanNodes

NODES = [
    kind(text=text, id_=f"{kind.__name__} {at}", metadata={"at": at})
    for kind in (TextNode, Document)
    for at, text in enumerate(WORDS)
]
CONFIG = Config("body").with_(languages=["it", "en", "de"], allow=["x"])


def test_text_is_cleaned_and_the_rest_stays() -> None:
    done = CleanNodes()(NODES)
    assert [node.get_content() for node in done] == cleaned(WORDS) * 2
    assert [node.id_ for node in done] == [node.id_ for node in NODES]
    assert [node.metadata for node in done] == [node.metadata for node in NODES]
    assert [node.get_content() for node in NODES] == WORDS * 2


def test_what_was_cut_can_be_told() -> None:
    done = CleanNodes(edits="cut")(NODES[: len(WORDS)])
    told = [[tuple(cut.values()) for cut in node.metadata["cut"]] for node in done]
    assert told == [list(result.edits) for result in explained(WORDS)]
    assert all("cut" not in node.metadata for node in NODES)
    for mode in (MetadataMode.EMBED, MetadataMode.LLM):
        assert not any("start" in node.get_metadata_str(mode) for node in done)


def test_a_pipeline_caches_by_what_cleaning_means() -> None:
    pipeline = IngestionPipeline(
        transformations=[CleanNodes(config="strict")], cache=IngestionCache()
    )
    first = pipeline.run(nodes=NODES)
    assert [node.get_content() for node in first] == cleaned(WORDS, "strict") * 2
    assert [node.get_content() for node in pipeline.run(nodes=NODES)] == [
        node.get_content() for node in first
    ]
    hashes = {
        get_transformation_hash(NODES, CleanNodes(config=config))
        for config in ("strict", Config("strict"), "default", CONFIG)
    }
    assert len(hashes) == 3


def test_its_dictionary_is_the_same_in_every_run(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    code = """if True:
        from cleaner import Config
        from cleaner.integrations.llama_index import CleanNodes
        config = Config("body").with_(languages=["de", "en", "it"], allow=["x"])
        print(CleanNodes(config=config).to_dict())
    """
    for seed in ("1", "7"):
        monkeypatch.setenv("PYTHONHASHSEED", seed)
        told = run(code, cwd=ROOT).strip()
        assert told == str(CleanNodes(config=CONFIG).to_dict())


@pytest.mark.parametrize("config", ["strict", CONFIG])
def test_it_can_be_stored(config: str | Config) -> None:
    component = CleanNodes(config=config, edits="cut")
    assert CleanNodes.from_dict(component.to_dict()) == component
    assert CleanNodes.from_json(component.to_json()) == component


def test_nothing_stays_nothing() -> None:
    assert CleanNodes()([]) == []


@each_start
def test_workers_clean_the_same(start: str) -> None:
    component = CleanNodes(config=CONFIG)
    done = in_worker(start, component, NODES)
    assert done == component(NODES)
