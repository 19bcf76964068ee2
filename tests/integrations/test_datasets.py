from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

datasets = pytest.importorskip("datasets", reason="needs datasets")

from pipeline import ROOT, TEXTS, WANTED, cleaned, run

from cleaner import Config
from cleaner.integrations.datasets import CleanBatch

FINGERPRINT = """if True:
    import sys
    from datasets import Dataset
    from datasets.fingerprint import Hasher
    from cleaner import Config, core
    from cleaner.integrations.datasets import CleanBatch
    config = Config("body").with_(languages=["de", "en", "it"], model=sys.argv[1])
    if sys.argv[2] == "phrase":
        from cleaner.languages import en  # before they are read
        en.PHRASES[next(iter(en.PHRASES))] = ("a new phrase",)
    if sys.argv[2] == "config":
        config = config.with_(languages=["de", "en"])
    data = Dataset.from_dict({"text": ["He left."]}).with_format("arrow")
    print(Hasher.hash(CleanBatch(config=config)))
"""


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(datasets.config, "HF_DATASETS_CACHE", tmp_path)


def pages(texts: Sequence[str | None], **columns: Any) -> Any:
    features = datasets.Features({"text": datasets.Value("string")})
    data = datasets.Dataset.from_dict({"text": texts}, features=features)
    for name, values in columns.items():
        data = data.add_column(name, values)
    return data.with_format("arrow")


def column(data: Any, name: str = "text") -> list[Any]:
    return list(data.with_format(None)[name])


@pytest.mark.parametrize("num_proc", [None, 2])
def test_map_cleans_a_column(num_proc: int | None) -> None:
    data = pages(TEXTS * 3, id=list(range(len(TEXTS) * 3)))
    done = data.map(CleanBatch("text"), batched=True, num_proc=num_proc, batch_size=4)
    assert column(done) == WANTED * 3
    assert column(done, "id") == list(range(len(TEXTS) * 3))
    assert done.features == data.features


def test_what_was_cut_can_be_told() -> None:
    step = CleanBatch("text", edits="cut", counts="counts")
    done = pages(TEXTS).map(step, batched=True)
    rows = zip(column(done, "cut"), column(done, "counts"), TEXTS, strict=True)
    for cut, counts, text in rows:
        if text is None:
            assert cut is None
            assert not any((counts or {}).values())
        else:
            assert sum(counts.values()) == len(cut)


def test_a_stream_is_cleaned() -> None:
    stream = pages(TEXTS).to_iterable_dataset().with_format("arrow")
    done = stream.map(CleanBatch("text", config="strict"), batched=True, batch_size=3)
    texts = [row["text"] for row in done.with_format(None)]
    assert texts == cleaned(TEXTS, "strict")


def test_nothing_stays_nothing() -> None:
    for texts in ([], [None, None]):
        done = pages(texts).map(CleanBatch("text"), batched=True)
        assert column(done) == texts


def test_the_same_work_is_found_in_the_cache() -> None:
    config = Config().with_(languages=["en", "de"])
    first, again, other = (
        pages(TEXTS).map(CleanBatch("text", config=config), batched=True)
        for config in (config, config.with_(languages=["de", "en"]), "strict")
    )
    assert first._fingerprint == again._fingerprint != other._fingerprint


def test_the_fingerprint_goes_by_what_cleaning_means(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from cleaner.model import dumps, shipped

    model, other = tmp_path / "model.json", tmp_path / "other.json"
    model.write_bytes(dumps(shipped()))
    other.write_bytes(dumps(shipped()).replace(b'"about":"', b'"about":"more '))
    seen = []
    for seed, file, change in (
        *(("1", model, ""), ("7", model, "")),
        *(("1", other, ""), ("1", model, "phrase"), ("1", model, "config")),
    ):
        monkeypatch.setenv("PYTHONHASHSEED", seed)
        seen.append(run(FINGERPRINT, file, change, cwd=ROOT))
    assert seen[0] == seen[1]
    assert len(set(seen)) == 4


def test_a_worker_that_dies_loses_nothing(tmp_path: Path) -> None:
    code = """if True:
        import os, sys
        from datasets import Dataset
        from cleaner.integrations.datasets import CleanBatch
        from pipeline import TEXTS, WANTED
        marker = sys.argv[1]
        def clean(table):
            if not os.path.exists(marker):
                open(marker, "w").close()
                os._exit(1)
            return CleanBatch("text")(table)
        data = Dataset.from_dict({"text": TEXTS * 2}).with_format("arrow")
        try:
            data.map(clean, batched=True, num_proc=2)
        except RuntimeError as error:
            print("died")
        done = data.map(clean, batched=True, num_proc=2).with_format(None)
        print(list(done["text"]) == WANTED * 2)
    """
    folder = ROOT / "tests" / "integrations"
    assert run(code, tmp_path / "marker", cwd=folder) == "died\nTrue\n"
