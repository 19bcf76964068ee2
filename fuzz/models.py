"""Any file of weights: a ModelFileError, or a model that scores and can be saved.

An input is a file as it stands, and what to put in the place of which fields of a
good one.
"""

import json
from contextlib import suppress
from importlib import resources
from typing import Any

import atheris
from harness import run

with atheris.instrument_imports(include=["cleaner"]):
    from cleaner.document import Document
    from cleaner.model import page, page_storage, scoring, storage

from test_model import LINES, tiny
from test_page import PAGE

LINE_FIELDS = json.loads(storage.dumps(tiny()))
PAGE_FIELDS = json.loads(
    resources.files("cleaner.model").joinpath("page_weights.json").read_bytes()
)
NUMBERS = (0, -1, 1, 2, 9, 1 << 14, 1 << 15, 1 << 20, 1 << 31, 1 << 63, 1 << 200)
ODD = (None, True, *NUMBERS, 0.5, 1e308, float("nan"), "", "0", "-1", "ff" * 9, "é A")
NESTED = ([], {}, [[]], [0], [[0]], [[1, 2], [3]], [[[0]]], [[0, 1]], ["AA=="], [None])
MOST_CHANGES = 3


def check(data: bytes) -> None:
    """As a line model or as a page model."""
    provider = atheris.FuzzedDataProvider(data)
    is_page = _one_in(provider, 4)  # the slower one
    fields = PAGE_FIELDS if is_page else LINE_FIELDS
    for _ in range(provider.ConsumeIntInRange(1, MOST_CHANGES)):
        fields = _changed(fields, provider)
    for raw in (data, json.dumps(fields).encode()):
        with suppress(storage.ModelFileError):
            if is_page:
                _use_page_model(page_storage.loads(raw))
            else:
                _use_line_model(storage.loads(raw))


def _changed(value: Any, provider: atheris.FuzzedDataProvider) -> Any:
    """A copy with something within it replaced, left out or doubled."""
    if not value or not isinstance(value, dict | list) or _one_in(provider, 8):
        return _other(provider)
    if isinstance(value, dict):
        key = provider.PickValueInList(sorted(value))
        rest = {name: part for name, part in value.items() if name != key}
        changed = {key: _changed(value[key], provider)}
        return rest if _one_in(provider, 16) else {**rest, **changed}
    at = provider.ConsumeIntInRange(0, len(value) - 1)
    count = 2 if _one_in(provider, 16) else 0 if _one_in(provider, 16) else 1
    return [*value[:at], *[_changed(value[at], provider)] * count, *value[at + 1 :]]


def _one_in(provider: atheris.FuzzedDataProvider, times: int) -> bool:
    return bool(provider.ConsumeIntInRange(0, times - 1) == times - 1)


def _other(provider: atheris.FuzzedDataProvider) -> Any:
    if provider.ConsumeBool():
        return provider.ConsumeInt(3)
    return provider.PickValueInList([*ODD, *NESTED])


def _use_line_model(model: scoring.LineModel) -> None:
    for kind in model.forests:
        asked = scoring.Asked(LINES, range(len(LINES)), "T", None, kind)
        for score in scoring.score(model, asked):
            assert 0 <= score <= 1
    assert storage.loads(storage.dumps(model)).forests == model.forests


def _use_page_model(model: page.PageModel) -> None:
    document = Document(PAGE)
    model.is_article(document)
    for finding in model.find_noise(document):
        assert finding.score is None or 0 < finding.score <= 1
    assert page_storage.loads(page_storage.dumps(model)).about == model.about


def seeds() -> list[bytes]:
    """Bytes to choose by, and the start of a file."""
    start = storage.dumps(tiny())[:200]
    return [start, *(bytes([at]) * 16 for at in range(0, 256, 5)), b"[" * 5000]


if __name__ == "__main__":
    run(check, seeds())
