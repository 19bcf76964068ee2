"""Texts to measure on: from files, and pieces of them by size."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from pathlib import Path


def read(source: str) -> Iterator[str]:
    """The texts of a JSONL file, or of a column of a Parquet file; no empty ones."""
    path, _, column = source.partition(":")
    if path.endswith(".parquet"):
        import pyarrow.parquet

        table = pyarrow.parquet.read_table(path, columns=[column or "text"])
        yield from filter(None, table[column or "text"].to_pylist())
        return
    with Path(path).open(encoding="utf-8") as lines:
        yield from filter(None, (json.loads(line)[column or "text"] for line in lines))


def megabytes(texts: Sequence[str]) -> float:
    """How much text it is, in UTF-8."""
    return sum(len(text.encode("utf-8", "surrogatepass")) for text in texts) / 1e6


def digest(texts: Sequence[str]) -> str:
    """Hex digits that tell whether two runs measured the same texts.

    >>> digest(["He left."]) == digest(["He ", "left."])
    False
    """
    whole = hashlib.sha256()
    for text in texts:
        whole.update(text.encode("utf-8", "surrogatepass") + b"\0")
    return whole.hexdigest()[:16]


def sample(texts: Sequence[str], characters: int) -> list[str]:
    """So much of the texts, taken from all over them."""
    step = max(sum(map(len, texts)) // characters, 1)
    return list(texts[step // 2 :: step])


def pieces(texts: Sequence[str], size: int, count: int) -> list[str]:
    r"""Up to `count` documents of about `size` bytes in UTF-8.

    Each begins as a text does; short ones are followed by the next, and all are cut
    where a line or a word ends.

    >>> pieces(["He left.", "She stayed at home."], 14, 9)
    ['He left.\n\nShe']
    """
    made: list[str] = []
    held = ""
    for text in texts:
        held = f"{held}\n\n{text}" if held else text
        data = held.encode("utf-8", "replace")
        if len(data) >= size:
            made.append(_cut(data[:size].decode("utf-8", "ignore")))
            held = ""
        if len(made) == count:
            break
    return made


def _cut(text: str) -> str:
    """The text up to its last line end, or space if that would leave too little."""
    for end in (text.rfind("\n"), text.rfind(" ")):
        if end > len(text) * 3 // 4:
            return text[:end]
    return text
