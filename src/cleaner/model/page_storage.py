"""Files of page models: plain JSON, checked field by field. No code is ever loaded."""

import base64
import json
from collections.abc import Mapping
from functools import cache
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from cleaner.errors import ModelFileError
from cleaner.files import packaged
from cleaner.model.page import (
    CHANCE_UNITS,
    KINDS,
    LEVELS,
    RANKED,
    RANKED_AROUND,
    PageForest,
    PageModel,
)
from cleaner.model.page_context import CONTEXT
from cleaner.model.page_features import GROUPS, NAMES
from cleaner.model.page_text import KIND_BITS, WORD_BITS
from cleaner.model.storage import MAX_FILE_BYTES, Header, check_header, made_of

WORD_TABLES: Final = ("content", "end")
ROWS: Final = (
    *NAMES,
    *(f"words_{table}{name}" for table in WORD_TABLES for name in CONTEXT),
    *(f"kind_{name}" for name in KINDS),
    *(f"words_level_{number}" for number in range(len(LEVELS))),
    *(f"words_{name}" for name in GROUPS),
    *(f"words_{table}_head" for table in WORD_TABLES),
    *(f"rank_{number}" for number in range(len(RANKED) + len(RANKED_AROUND))),
)
HEADER: Final = Header("cleaner page model", 2, list(ROWS))

_MAX_TREES: Final = 2000
_MAX_LEVELS: Final = 8
_MAX_CHANCES: Final = 1 << 14


def dumps(model: PageModel) -> bytes:
    """The file of a model, the same bytes for the same weights."""
    fields = {
        "format": HEADER.format,
        "version": HEADER.version,
        "about": model.about,
        "features": HEADER.features,
        "words": _packed(model.words),
        "kinds": _packed(model.kinds),
        "forest": _fields(model.forest),
        "chances": model.chances.tolist(),
    }
    return json.dumps(fields, separators=(",", ":")).encode() + b"\n"


def _packed(tables: NDArray[np.int8]) -> list[str]:
    return [base64.b64encode(row.tobytes()).decode() for row in tables]


def _fields(forest: PageForest) -> dict[str, Any]:
    return {
        "rows": forest.rows.tolist(),
        "thresholds": forest.thresholds.tolist(),
        "leaves": forest.leaves.tolist(),
        "base": forest.base,
    }


def loads(data: bytes, name: str = "page model") -> PageModel:
    """The model in a file's bytes; ModelFileError if it is none, or has other sizes."""
    if len(data) > MAX_FILE_BYTES:
        raise ModelFileError(f"{name}: more than {MAX_FILE_BYTES} bytes are no model")
    return made_of(data, name, _model)


@cache
def shipped() -> PageModel:
    """The weights that come with the package."""
    return loads(packaged("model/page_weights.json"), "page_weights.json")


def _model(fields: Mapping[str, Any], digest: str) -> PageModel:
    check_header(fields, HEADER)
    return PageModel(
        about=str(fields["about"]),
        words=_tables(fields["words"], len(WORD_TABLES), WORD_BITS),
        kinds=_tables(fields["kinds"], len(KINDS), KIND_BITS),
        forest=_forest(fields["forest"], len(ROWS)),
        chances=_chances(fields["chances"]),
        digest=digest,
    )


def _tables(texts: Any, count: int, bits: int) -> NDArray[np.int8]:  # noqa: ANN401
    rows = [base64.b64decode(text, validate=True) for text in texts]
    if [len(row) for row in rows] != [1 << bits] * count:
        raise ValueError(f"{count} tables of {1 << bits} words are needed")
    return np.array([np.frombuffer(row, np.int8) for row in rows])


def _forest(fields: Mapping[str, Any], features: int) -> PageForest:
    rows, thresholds, leaves = (
        _small(fields[name]) for name in ("rows", "thresholds", "leaves")
    )
    trees, nodes = rows.shape
    if not (0 < trees <= _MAX_TREES and 0 < nodes < 1 << _MAX_LEVELS):
        raise ValueError(f"{trees} trees of {nodes} nodes")
    if (nodes + 1) & nodes or leaves.shape != (trees, nodes + 1):
        raise ValueError("a tree needs full levels and a leaf an answer")
    if thresholds.shape != rows.shape:
        raise ValueError("a node needs a threshold")
    if rows.min() < 0 or rows.max() >= features:
        raise ValueError("a tree asks for a feature that is not there")
    (base,) = _small([[fields["base"]]])[0].tolist()
    return PageForest(rows, thresholds, leaves, base)


def _small(values: Any) -> NDArray[np.int16]:  # noqa: ANN401  # whatever JSON held
    found = np.array(values)
    if found.ndim != 2 or found.dtype.kind != "i":  # noqa: PLR2004
        raise ValueError("a table of whole numbers is needed")
    if found.size and max(abs(int(found.min())), int(found.max())) >= 1 << 15:
        raise ValueError("a number is too large")
    return found.astype(np.int16)


def _chances(values: Any) -> NDArray[np.int16]:  # noqa: ANN401
    found: NDArray[np.int16] = _small([values])[0]
    if not 0 < len(found) <= _MAX_CHANCES or (np.diff(found) < 0).any():
        raise ValueError("chances must rise")
    if found[0] < 0 or found[-1] > CHANCE_UNITS:
        raise ValueError("chances must rise from 0 to 1 in thousandths")
    return found
