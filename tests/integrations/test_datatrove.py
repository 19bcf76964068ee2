import gzip
import json
import pickle
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("datatrove", reason="needs datatrove")

from datatrove.data import Document
from pipeline import ROOT, TEXTS, WORDS, each_start, explained, in_worker, write_jsonl

from cleaner import Config, quality
from cleaner.integrations.datatrove import BATCH_DOCUMENTS, CleanText, KeepArticles

EXAMPLE = ROOT / "examples" / "datatrove_pipeline.py"
PAGES = [text for text in WORDS if text.strip()]  # its reader drops empty pages
WANTED = [done.text for done in explained(PAGES)]
# The example, but all of it dies in the second file, once the first is done.
KILLED = """if True:
    import sys
    from datatrove.executor import LocalPipelineExecutor
    from datatrove.pipeline.base import PipelineStep
    from datatrove.pipeline.readers import JsonlReader
    from datatrove.pipeline.writers import JsonlWriter
    from cleaner.integrations.datatrove import CleanText

    source, target = sys.argv[2:4]

    class Killer(PipelineStep):
        def __init__(self, first):
            super().__init__()
            self.first = first

        def run(self, data, rank=0, world_size=1):
            import os, signal, time
            for at, document in enumerate(data):
                if rank == 1 and at == 150:
                    while not os.path.exists(self.first):
                        time.sleep(0.1)
                    os.killpg(os.getpgrp(), signal.SIGKILL)
                yield document

    if __name__ == "__main__":
        steps = [JsonlReader(source), CleanText(edits="cut")]
        first = f"{target}/logs/completions/00000"
        steps += [Killer(first), JsonlWriter(target)]
        LocalPipelineExecutor(steps, 2, 2, logging_dir=f"{target}/logs").run()
"""


def run_pipeline(*arguments: object, killed: bool = False) -> int:
    start = ["-c", KILLED] if killed else []
    command = [sys.executable, *start, str(EXAMPLE), *map(str, arguments)]
    done = subprocess.run(
        command, check=False, capture_output=True, start_new_session=True
    )
    return done.returncode


def written(folder: Path) -> list[Any]:
    rows: list[Any] = []
    for path in sorted(folder.glob("*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as file:
            rows += map(json.loads, file)
    return rows


def stats(folder: Path) -> Counter[str]:
    """The cleaner's, over all tasks: stats.json has only those of the last run."""
    found = Counter[str]()
    for path in (folder / "logs" / "stats").iterdir():
        for step in json.loads(path.read_text("utf-8")):
            if step["name"].endswith("article-cleaner"):
                for name, value in step["stats"].items():
                    found[name] += value["total"] if isinstance(value, dict) else value
    return found


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pages")
    for name in ("a", "b"):
        write_jsonl(folder / f"{name}.jsonl", PAGES * 40)
    return folder


def test_two_workers_killed_and_resumed(source: Path, tmp_path: Path) -> None:
    target = tmp_path / "out"
    assert run_pipeline(source, target, 2, 2, killed=True) == -signal.SIGKILL
    completed = {path.name for path in (target / "logs" / "completions").iterdir()}
    assert completed == {"00000"}
    first = (target / "00000.jsonl.gz").stat()
    assert run_pipeline(source, target, 2, 2) == 0
    assert (target / "00000.jsonl.gz").stat().st_mtime_ns == first.st_mtime_ns
    rows = written(target)
    assert [row["text"] for row in rows] == WANTED * 80
    cuts = [[tuple(cut.values()) for cut in row["metadata"]["cut"]] for row in rows]
    assert cuts == [list(done.edits) for done in explained(PAGES)] * 80
    edits = [edit for done in explained(PAGES) for edit in done.edits]
    found = stats(target)
    assert found["changed"] == 80 * sum(bool(done.edits) for done in explained(PAGES))
    assert sum(n for name, n in found.items() if "edits_" in name) == 80 * len(edits)


def clean(step: CleanText, texts: Sequence[str | None]) -> list[str | None]:
    pages = [Document(text=text, id=str(at)) for at, text in enumerate(texts)]
    return [page.text for page in step.run(pages)]


def test_nothing_stays_nothing() -> None:
    assert clean(CleanText(), []) == []
    assert clean(CleanText(edits="cut"), [None, ""]) == [None, ""]


def test_batches_do_not_show() -> None:
    texts = (TEXTS * BATCH_DOCUMENTS)[: 2 * BATCH_DOCUMENTS + 1]
    done = clean(CleanText("strict"), texts)
    assert done == [clean(CleanText("strict"), [text])[0] for text in texts]


def test_what_is_not_article_enough_is_dropped() -> None:
    scores = [quality(text).score for text in PAGES]
    limit = sorted(scores)[len(scores) // 2]
    step = KeepArticles(limit)
    kept = [page.text for page in step.run([Document(text, "") for text in PAGES])]
    pairs = zip(PAGES, scores, strict=True)
    assert kept == [text for text, score in pairs if score >= limit]
    assert 0 < step.stats["dropped_score"].total == len(PAGES) - len(kept)
    assert not list(step.run([Document(None, "")]))


@pytest.mark.parametrize("odd", [None, float("nan"), ["en"], 1])
def test_metadata_that_is_no_text_is_no_hint(odd: Any) -> None:
    page = Document("He left.\n\nAdvertisement", "", metadata={"url": odd})
    assert [page.text for page in CleanText().run([page])] == ["He left."]
    page.metadata["language"] = odd
    assert list(KeepArticles(0).run([page])) == [page]


def test_a_score_that_no_document_has_is_refused() -> None:
    with pytest.raises(ValueError, match="min_score is 0 to 1, not 7"):
        KeepArticles(7)


@each_start
def test_workers_clean_the_same(start: str) -> None:
    step = CleanText(Config().with_(languages=["en", "de"]))
    assert in_worker(start, clean, step, WORDS) == clean(step, WORDS)
    assert clean(pickle.loads(pickle.dumps(step)), WORDS) == clean(step, WORDS)
