"""How fast a preset cleans, as a share of splitlines + join over the same texts.

    python benchmarks/throughput.py DATA.jsonl [DATA.parquet:column ...]

Rounds are interleaved and ratios are taken within a round, since machines are noisy.
Speeds are of the thread's processor time. A speed stands beside the edits it found.
"""

import argparse
import json
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from cleaner import Cleaner

PRESETS = ("strict", "default", "body")


class Row(NamedTuple):
    """What is timed: a name, what it does to one text, how many edits it made."""

    name: str
    run: Callable[[str], object]
    edits: int


def main() -> None:
    """Time every preset and print the table."""
    options = _parser().parse_args()
    texts = [text for source in options.data for text in read(source)]
    rows = [Row("splitlines + join", split_and_join, 0), *_presets(texts)]
    seconds = [[_timed(row.run, texts) for row in rows] for _ in range(options.rounds)]
    characters = sum(map(len, texts))
    print(f"{len(texts)} documents, {characters / 1e6:.1f} million characters")
    print(f"{'':20} {'Mchar/s':>9} {'docs/s':>9} {'ratio':>8} {'edits':>8}")
    for column, row in enumerate(rows):
        best = min(taken[column] for taken in seconds)
        ratio = statistics.median(taken[column] / taken[0] for taken in seconds)
        print(
            f"{row.name:20} {characters / best / 1e6:9.1f} {len(texts) / best:9.0f} "
            f"1/{ratio:<6.1f} {row.edits:8}"
        )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("data", nargs="+", help="JSONL with a field text, or Parquet")
    parser.add_argument("--rounds", type=int, default=7)
    return parser


def read(source: str) -> Iterator[str]:
    """The texts of a JSONL file, or of a column of a Parquet file."""
    path, _, column = source.partition(":")
    if path.endswith(".parquet"):
        import pyarrow.parquet

        table = pyarrow.parquet.read_table(path, columns=[column or "text"])
        yield from filter(None, table[column or "text"].to_pylist())
        return
    with Path(path).open(encoding="utf-8") as lines:
        yield from (json.loads(line)[column or "text"] for line in lines)


def split_and_join(text: str) -> str:
    """The yardstick: a text cut into lines and put together again."""
    return "\n".join(text.splitlines())


def _presets(texts: Sequence[str]) -> Iterator[Row]:
    for preset in PRESETS:
        cleaner = Cleaner(preset)
        edits = sum(len(cleaner.explain(text).edits) for text in texts)
        yield Row(preset, cleaner.clean, edits)


def _timed(run: Callable[[str], object], texts: Sequence[str]) -> float:
    start = time.thread_time()
    for text in texts:
        run(text)
    return time.thread_time() - start


if __name__ == "__main__":
    main()
