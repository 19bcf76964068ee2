"""Labels without articles, put together with the articles that somebody has.

    python benchmarks/labels.py benchmarks/news-labels.jsonl ARTICLES.parquet
    python benchmarks/labels.py benchmarks/page-labels.jsonl WCXB.parquet --texts TEXT …

An entry names its article by the start of the SHA-256 of the text, and lines by label,
numbered as `str.split` does at each LF; `mixed` are good lines with noise inside. What
comes out can be scored by `quality.py` and trained on. It was labelled in one reading,
and what rules cut there and the reader let pass is noise, so precision leans high.
"""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from itertools import accumulate
from pathlib import Path
from typing import Any, Final

_KEY_DIGITS: Final = 16


def labelled(
    articles: Iterable[Mapping[str, Any]], entries: Mapping[str, Mapping[str, Any]]
) -> Iterator[dict[str, Any]]:
    """The articles that have an entry, as records with labels."""
    for article in articles:
        entry = entries.get(key_of(article["text"]))
        if entry:
            yield {**article, "labels": list(_labels(article["text"], entry))}


def key_of(text: str) -> str:
    """What an entry knows its article by."""
    return sha256(text.encode()).hexdigest()[:_KEY_DIGITS]


def _labels(text: str, entry: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    lines = text.split("\n")
    starts = [0, *accumulate(len(line) + 1 for line in lines)]
    for label, numbers in entry["labels"].items():
        for number in numbers:
            yield _label(number, label, starts)
    for number in entry.get("mixed", ()):
        yield {**_label(number, "other", starts), "text": lines[number]}


def _label(number: int, label: str, starts: list[int]) -> dict[str, Any]:
    end = starts[number + 1] - 1
    return {"line": number, "label": label, "start": starts[number], "end": end}


def _articles(path: Path) -> Iterator[dict[str, Any]]:
    yield from _rows(path, ["id", "lang", "url", "title", "text"])


def _rows(path: Path, columns: list[str]) -> Iterator[dict[str, Any]]:
    from pyarrow import parquet

    for batch in parquet.ParquetFile(path).iter_batches(1024, columns=columns):
        yield from batch.to_pylist()


def _pages(path: Path, texts: list[str]) -> Iterator[dict[str, Any]]:
    """What extractors made of pages, an article for each of these columns."""
    for row in _rows(path, ["id", "url", "title", *texts]):
        known = {name: row[name] for name in ("url", "title")}
        for name in texts:
            if row[name]:
                yield {**known, "id": f"{row['id']} {name}", "text": row[name]}


def main() -> None:
    """Write the labelled articles, and say how many entries found none."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("labels", type=Path)
    parser.add_argument(
        "articles", type=Path, help="Parquet: id, lang, url, title, text"
    )
    parser.add_argument(
        "--texts", nargs="+", help="columns of a Parquet of pages: id, url, title, …"
    )
    arguments = parser.parse_args()
    with arguments.labels.open() as file:
        entries = {entry["text"]: entry for entry in map(json.loads, file)}
    found: set[str] = set()  # two ids may have one text
    path, texts = arguments.articles, arguments.texts
    for record in labelled(_pages(path, texts) if texts else _articles(path), entries):
        print(json.dumps(record, ensure_ascii=False))
        found.add(key_of(record["text"]))
    print(f"{len(found)} of {len(entries)} articles found", file=sys.stderr)


if __name__ == "__main__":
    main()
