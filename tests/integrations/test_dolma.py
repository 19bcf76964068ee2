import gzip
import importlib.util
import json
from pathlib import Path
from typing import Any

import pytest
from pipeline import ROOT, WORDS, cleaned, run

from cleaner import Cleaner, Config
from cleaner.integrations.dolma import attributes_of

PAGES = [{"id": str(at), "text": text} for at, text in enumerate(WORDS)]
UNREPAIRED = Cleaner(Config().with_(repair=()))


def write(path: Path, rows: list[dict[str, str]]) -> None:
    path.parent.mkdir(parents=True)
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(row) + "\n" for row in rows)


def mixer() -> Any:
    """The Rust part alone: the Python part needs numpy 1 and old pins."""
    spec = importlib.util.find_spec("dolma")
    if spec is None or spec.origin is None:
        pytest.skip("needs dolma")
    (native,) = Path(spec.origin).parent.glob("dolma.*.so")
    inner = importlib.util.spec_from_file_location("dolma.dolma", native)
    assert inner is not None
    assert inner.loader is not None
    module = importlib.util.module_from_spec(inner)
    inner.loader.exec_module(module)
    return module


def test_cutting_the_spans_gives_the_clean_text() -> None:
    for page, row in zip(PAGES, attributes_of(PAGES), strict=True):
        text = page["text"]
        spans = [span for spans in row["attributes"].values() for span in spans]
        for start, end, score in sorted(spans, reverse=True):
            assert 0 <= score <= 1
            text = text[:start] + text[end:]
        assert text == UNREPAIRED.clean(page["text"])
        assert row["id"] == page["id"]


def test_nothing_stays_nothing() -> None:
    assert list(attributes_of([])) == []
    for text in ("", None):
        assert list(attributes_of([{"id": "a", "text": text}])) == [
            {"id": "a", "attributes": {}}
        ]


def test_its_mixer_cuts(tmp_path: Path) -> None:
    mix = mixer().mixer_entrypoint
    source = tmp_path / "documents" / "pages.jsonl.gz"
    target = tmp_path / "attributes" / "cleaner" / "pages.jsonl.gz"
    write(source, PAGES)
    target.parent.mkdir(parents=True)
    run(ROOT / "examples" / "dolma_attributes.py", source, target, cwd=tmp_path)
    labels = {label for row in attributes_of(PAGES) for label in row["attributes"]}
    stream = {
        "name": "pages",
        "documents": [str(source)],
        "attributes": ["cleaner"],
        "output": {"path": str(tmp_path / "out"), "max_size_in_bytes": 10**9},
        "span_replacement": [
            {"span": f"$.attributes.{label}", "min_score": 0.0, "replacement": ""}
            for label in sorted(labels)
        ],
    }
    work = {"input": str(tmp_path / "in"), "output": str(tmp_path / "work")}
    mix(json.dumps({"streams": [stream], "work_dir": work, "processes": 1}))
    (mixed,) = (tmp_path / "out").glob("*.gz")
    with gzip.open(mixed, "rt", encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    assert [row["text"] for row in rows] == [UNREPAIRED.clean(text) for text in WORDS]
    assert [row["id"] for row in rows] == [page["id"] for page in PAGES]
    assert cleaned(WORDS) != WORDS
