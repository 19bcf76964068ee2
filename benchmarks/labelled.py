"""Files of labelled documents, read to be scored."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from scoring import Record, to_record


class DataError(Exception):
    """A file that can't be scored, and where; one line."""


def read(paths: Iterable[Path]) -> list[Record]:
    """Read labelled files; DataError for what can't be scored."""
    records = [record for path in paths for record in _records(path)]
    has_fused = any(x.name == "fused" for record in records for x in record.labels)
    return [record._replace(has_fused=has_fused) for record in records]


def _records(path: Path) -> Iterator[Record]:
    try:
        lines = path.read_bytes().split(b"\n")
    except OSError as error:
        raise DataError(f"{path}: {error.strerror}") from None
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield _record(line, f"{path}:{number}")


def _record(line: bytes, where: str) -> Record:
    try:
        return to_record(json.loads(line))
    except KeyError as error:
        raise DataError(f"{where}: no field {error}") from None
    except (ValueError, TypeError) as error:
        raise DataError(f"{where}: {error}") from None
