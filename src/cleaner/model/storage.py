"""Model files: plain JSON, checked field by field. No code is ever loaded."""

import hashlib
import json
from array import array
from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, Final, NamedTuple, TypeVar, get_args

from cleaner.errors import ModelFileError
from cleaner.files import packaged, read_at_most
from cleaner.model.features import FEATURES
from cleaner.model.scoring import (
    PROBABILITY_UNITS,
    Kind,
    LineForest,
    LineModel,
    WordTable,
    packed,
    unpacked,
)

WORD_BUCKETS: Final = 34
OF_WORDS: Final = ("word_noise", "word_frame", "word_inset")
LAYOUT: Final = (*FEATURES, *((name, WORD_BUCKETS) for name in OF_WORDS))


class Header(NamedTuple):
    """What a file of weights says of itself, as JSON holds it."""

    format: str  # "cleaner line model"
    version: int
    features: list[Any]


HEADER: Final = Header("cleaner line model", 3, [list(feature) for feature in LAYOUT])
MAX_FILE_BYTES: Final = 32_000_000
_MAX_LEAVES: Final = 1 << 16
_MAX_PLANES: Final = 24
_MAX_WEIGHT: Final = 1 << 20
_MAX_SUM: Final = 1 << 40


def load(path: str | Path) -> LineModel:
    """The model in a file that `python -m cleaner.training` wrote.

    Raises ModelFileError for another file, and OSError as `open` does.
    """
    if not Path(path).is_file() and Path(path).exists():
        raise ModelFileError(
            f"{path}: no regular file, and a model is read more than once"
        )
    data = read_at_most(path, MAX_FILE_BYTES)
    if data is None:
        raise ModelFileError(
            f"{path}: more than {MAX_FILE_BYTES} bytes are no line model"
        )
    return loads(data, str(path))


@cache
def shipped() -> LineModel:
    """The model that comes with the package; read once a process."""
    return loads(packaged("model/weights.json"), "weights.json")


def loads(data: bytes, name: str = "model") -> LineModel:
    """The model in a file's bytes; ModelFileError if it is none, told with the name."""
    return made_of(data, name, _model)


M = TypeVar("M")


def made_of(data: bytes, name: str, make: Callable[[Mapping[str, Any], str], M]) -> M:
    """What is made of a file's fields and digest; ModelFileError if that can't be."""
    try:
        fields = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise ModelFileError(f"{name}: not JSON: {error}") from None
    try:
        return make(fields, hashlib.sha256(data).hexdigest())
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError) as error:
        reason = f"no {error}" if isinstance(error, KeyError) else str(error)
        raise ModelFileError(f"{name}: {reason}") from None


def check_header(fields: Mapping[str, Any], header: Header) -> None:
    """ValueError if a file is of another kind, or for another release."""
    if not isinstance(fields, dict) or fields.get("format") != header.format:
        raise ValueError(f"not a {header.format.removeprefix('cleaner ')}")
    if fields["version"] != header.version:
        told = f"version {fields['version']!r}"
        raise ValueError(f"{told}; this package reads {header.version}")
    if fields["features"] != header.features:
        raise ValueError("made for other features than this package's; train it anew")


def dumps(model: LineModel) -> bytes:
    """The file's bytes; loading them gives the same scores."""
    pairs = [unpacked(weights) for weights in model.word_table.packed]
    fields = {
        "format": HEADER.format,
        "version": HEADER.version,
        "about": model.about,
        "features": HEADER.features,
        "words": model.word_table.names,
        "word_noise": [noise for noise, _ in pairs],
        "word_frame": [frame for _, frame in pairs],
        "noise_cuts": list(model.noise_cuts),
        "frame_cuts": list(model.frame_cuts),
        "inset_cuts": list(model.inset_cuts),
        "forests": {kind: _forest_fields(f) for kind, f in model.forests.items()},
    }
    text = json.dumps(fields, ensure_ascii=False, separators=(",", ":"))
    return text.encode(errors="backslashreplace") + b"\n"  # half a surrogate pair


def _forest_fields(forest: LineForest) -> dict[str, Any]:
    return {
        "leaves": forest.leaves,
        "masks": [[_text_of(mask) for mask in masks] for masks in forest.masks],
        "planes": [_text_of(plane) for plane in forest.planes],
        "base": forest.base,
        "curve": [list(point) for point in forest.curve],
    }


def _model(fields: Mapping[str, Any], digest: str) -> LineModel:
    check_header(fields, HEADER)
    return LineModel(
        about=str(fields["about"]),
        word_table=_word_table(fields),
        noise_cuts=_cuts(fields["noise_cuts"]),
        frame_cuts=_cuts(fields["frame_cuts"]),
        inset_cuts=_cuts(fields["inset_cuts"]),
        forests={kind: _forest(fields["forests"][kind]) for kind in get_args(Kind)},
        digest=digest,
    )


def _word_table(fields: Mapping[str, Any]) -> WordTable:
    found = fields["words"].split("\n") if fields["words"] else []
    noise, frame = fields["word_noise"], fields["word_frame"]
    if not len(found) == len(set(found)) == len(noise) == len(frame):
        raise ValueError("as many words, all different, as weights are needed")
    weights = _integers((*noise, *frame))
    if weights and not -_MAX_WEIGHT <= min(weights) <= max(weights) <= _MAX_WEIGHT:
        raise ValueError(f"a word's weight is beyond {_MAX_WEIGHT}")
    return WordTable(fields["words"], array("q", map(packed, noise, frame)))


def _integers(values: Any) -> tuple[int, ...]:  # noqa: ANN401 - whatever JSON held
    found = tuple(values)
    if not {int}.issuperset(map(type, found)):  # True is none
        raise ValueError("whole numbers are needed")
    return found


def _cuts(values: Any) -> tuple[int, ...]:  # noqa: ANN401
    cuts = _integers(values)
    if len(cuts) >= WORD_BUCKETS or list(cuts) != sorted(cuts):
        raise ValueError(f"word cuts must rise and be fewer than {WORD_BUCKETS}")
    if any(abs(cut) > _MAX_SUM for cut in cuts):
        raise ValueError(f"a cut is beyond {_MAX_SUM}")
    return cuts


def _forest(fields: Mapping[str, Any]) -> LineForest:
    (leaves,) = _integers([fields["leaves"]])
    if not 0 < leaves <= _MAX_LEAVES:
        raise ValueError(f"{leaves} leaves; 1 to {_MAX_LEAVES} are possible")
    masks = tuple(tuple(_bits(m, leaves) for m in row) for row in fields["masks"])
    if [len(row) for row in masks] != [size for _, size in LAYOUT]:
        raise ValueError("a forest needs one mask for each bucket of each feature")
    planes = tuple(_bits(plane, leaves) for plane in fields["planes"])
    if len(planes) > _MAX_PLANES:
        raise ValueError(f"{len(planes)} planes; at most {_MAX_PLANES} are possible")
    (base,) = _integers([fields["base"]])
    if abs(base) > _MAX_SUM:
        raise ValueError(f"a base is beyond {_MAX_SUM}")
    return LineForest(leaves, masks, planes, base, _curve(fields["curve"]))


def _text_of(bits: int) -> str:
    """The bits in base64, the lowest byte first: two thirds of what digits take."""
    return b64encode(bits.to_bytes((bits.bit_length() + 7) // 8, "little")).decode()


def _bits(text: str, leaves: int) -> int:
    bits = int.from_bytes(b64decode(text, validate=True), "little")
    if bits >> leaves:
        raise ValueError(f"a mask does not fit {leaves} leaves")
    return bits


def _curve(points: Any) -> tuple[tuple[int, int], ...]:  # noqa: ANN401
    curve = tuple((x, y) for x, y in map(_integers, points))
    rising = all(a[0] < b[0] and a[1] <= b[1] for a, b in pairwise(curve))
    if not curve or not rising or curve[0][1] < 0 or curve[-1][1] > PROBABILITY_UNITS:
        raise ValueError("a curve must rise from 0 to 1 in millionths")
    return curve
