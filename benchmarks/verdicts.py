"""How the published filters' verdicts change when the text is cleaned first.

python benchmarks/verdicts.py DATA.jsonl [DATA.parquet:column ...] [--limit N]
"""

import argparse
from collections import Counter
from collections.abc import Sequence

from speed.corpus import read

from cleaner import clean, quality
from cleaner.signals import VERDICTS


def main() -> None:
    """Print a table for each file."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("data", nargs="+", help="JSONL with a field text, or Parquet")
    parser.add_argument("--limit", type=int, help="documents of each file")
    options = parser.parse_args()
    for source in options.data:
        _tell(source, list(read(source))[: options.limit])


def _tell(source: str, texts: Sequence[str]) -> None:
    pairs = [(quality(text).verdicts, quality(clean(text)).verdicts) for text in texts]
    print(f"\n{source}: {len(texts)} documents\n")
    print("| filter | dropped as it is | cleaned first | saved | lost | saved from |")
    print("|---|---|---|---|---|---|")
    for name in VERDICTS:
        before, after = (sum(bool(p[side][name]) for p in pairs) for side in (0, 1))
        saved = [a[name][0] for a, b in pairs if a[name] and not b[name]]
        lost = sum(bool(b[name]) and not a[name] for a, b in pairs)
        first = ", ".join(f"{r} {n}" for r, n in Counter(saved).most_common(3))
        print(f"| {name} | {before} | {after} | {len(saved)} | {lost} | {first} |")


if __name__ == "__main__":
    main()
