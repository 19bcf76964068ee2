"""Score texts that extractors made of web pages, before and after cleaning.

    python benchmarks/extraction.py DATA.parquet|DATA.jsonl|FOLDER [--preset default]

benchmarks/README.md says what DATA holds and how it is scored.
"""

import argparse
import gzip
import json
import re
import statistics
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from cleaner import PRESETS, Cleaner
from cleaner.document import Document
from cleaner.html import extract
from cleaner.training.alignment import content_lines

GRAM = 4
"""Words in a shingle of article-extraction-benchmark's measure."""
HEADLINE_SHARE = 0.6
"""A reference's first line that shares so much with the title is the headline."""
NOT_TEXTS = frozenset({"id", "url", "page_type", "title", "main_content", "html"})
TOKEN = re.compile(r"\w+")


class Page(NamedTuple):
    """A web page: what extractors made of it, and what they should have."""

    kind: str
    title: str
    url: str
    reference: str
    texts: Mapping[str, str]
    html: str


class Scores(NamedTuple):
    """Precision and recall of one text, and F1."""

    precision: float
    recall: float
    f1: float


class Benchmark(NamedTuple):
    """Pages, how a text is scored, and how the scores of many are one figure."""

    pages: list[Page]
    score: Callable[[str, str], Scores]
    pool: Callable[[Iterable[Scores]], Scores]


# --- Measures


def word_overlap(text: str, reference: str) -> Scores:
    """WCXB's measure of a page: words in common, each as often as it stands.

    >>> word_overlap("The bridge", "the old bridge").recall
    0.6666666666666666
    """
    return _scores(*(Counter(TOKEN.findall(x.lower())) for x in (text, reference)))


def shingle_overlap(text: str, reference: str) -> Scores:
    """article-extraction-benchmark's measure of a page: runs of four words."""
    return _scores(_shingles(text), _shingles(reference))


def _shingles(text: str) -> Counter[tuple[str, ...]]:
    words = TOKEN.findall(text)
    starts = range(max(1, len(words) - GRAM + 1)) if words else ()
    return Counter(tuple(words[at : at + GRAM]) for at in starts)


def _scores(found: Counter[Any], wanted: Counter[Any]) -> Scores:
    if not found and not wanted:
        return Scores(1.0, 1.0, 1.0)
    both = (found & wanted).total()
    if not both:
        return Scores(0.0, 0.0, 0.0)
    return _with_f1(both / found.total(), both / wanted.total())


def _with_f1(precision: float, recall: float) -> Scores:
    total = precision + recall
    return Scores(precision, recall, 2 * precision * recall / total if total else 0.0)


def mean_of_each(scores: Iterable[Scores]) -> Scores:
    """WCXB's figure: the mean over pages, of F1 as well."""
    return Scores(*map(statistics.fmean, zip(*scores, strict=True)))


def f1_of_means(scores: Iterable[Scores]) -> Scores:
    """article-extraction-benchmark's figure: F1 of mean precision and mean recall."""
    precision, recall, _ = mean_of_each(scores)
    return _with_f1(precision, recall)


# --- Data


def load(source: Path) -> Benchmark:
    """The benchmark in a folder (article-extraction-benchmark) or a file (WCXB)."""
    if source.is_dir():
        return Benchmark(list(_folder(source)), shingle_overlap, f1_of_means)
    rows = _parquet(source) if source.suffix == ".parquet" else _jsonl(source)
    return Benchmark([_page(row) for row in rows], word_overlap, mean_of_each)


def _parquet(source: Path) -> Iterator[Mapping[str, Any]]:
    from pyarrow import parquet

    for batch in parquet.ParquetFile(source).iter_batches(64):
        yield from batch.to_pylist()


def _jsonl(source: Path) -> Iterator[Mapping[str, Any]]:
    with source.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _page(row: Mapping[str, Any]) -> Page:
    texts = {
        name: value or ""
        for name, value in row.items()
        if name not in NOT_TEXTS and isinstance(value, str | None)
    }
    kind, title, url, html = (
        row.get(name) or "" for name in ("page_type", "title", "url", "html")
    )
    return Page(kind, title, url, row["main_content"] or "", texts, html)


def _folder(source: Path) -> Iterator[Page]:
    """`ground-truth.json`, `output/NAME.json` by extractor, `html/ID.html.gz`."""
    truth = json.loads((source / "ground-truth.json").read_text(encoding="utf-8"))
    outputs = {
        path.stem: json.loads(path.read_text(encoding="utf-8"))
        for path in sorted((source / "output").glob("*.json"))
    }
    for name, row in truth.items():
        texts = {
            column: rows.get(name, {}).get("articleBody") or ""
            for column, rows in outputs.items()
        }
        file = source / "html" / f"{name}.html.gz"
        html = gzip.decompress(file.read_bytes()).decode() if file.exists() else ""
        yield Page("article", "", row.get("url") or "", row["articleBody"], texts, html)


def has_headline(page: Page) -> bool:
    """Whether the reference begins with the page's title."""
    first = page.reference.strip().partition("\n")[0]
    title = set(TOKEN.findall(page.title.lower()))
    words = set(TOKEN.findall(first.lower()))
    return bool(words) and len(words & title) >= HEADLINE_SHARE * len(words)


# --- Quality


class Row(NamedTuple):
    """One text column: before and after cleaning, and what a line cleaner could do."""

    pages: int
    before: Scores
    after: Scores
    ceiling: Scores

    @property
    def closed(self) -> float | None:
        """The share of the gap between before and ceiling; None if there is none."""
        gap = self.ceiling.f1 - self.before.f1
        return (self.after.f1 - self.before.f1) / gap if gap > 0 else None


def only_content(text: str, reference: str) -> str:
    r"""The lines of a text that stand in the reference.

    >>> only_content("Home\n\nThe bridge is open again.", "The bridge is open again.")
    'The bridge is open again.'
    """
    lines = Document(text).lines
    kept = zip(lines, content_lines(lines, reference).tolist(), strict=True)
    return "\n".join(line for line, is_content in kept if is_content)


def rows(
    benchmark: Benchmark, column: str, clean: Callable[[str, Page], str]
) -> dict[str, Row]:
    """The column's figures over all pages, under "all", and by type of page."""
    found: defaultdict[str, list[tuple[Scores, Scores, Scores]]] = defaultdict(list)
    for page in benchmark.pages:
        text = page.texts.get(column, "")
        versions = (text, clean(text, page), only_content(text, page.reference))
        before, after, ceiling = (
            benchmark.score(version, page.reference) for version in versions
        )
        for group in ("all", page.kind):
            found[group].append((before, after, ceiling))
    return {
        group: Row(len(scores), *map(benchmark.pool, zip(*scores, strict=True)))
        for group, scores in found.items()
    }


def _cleaned(cleaner: Cleaner, text: str, page: Page, *, title: bool) -> str:
    return cleaner.clean(text, title=(page.title or None) if title else None)


def _table(benchmark: Benchmark, options: argparse.Namespace) -> Iterator[str]:
    cleaner = Cleaner(options.preset)
    clean = partial(_cleaned, cleaner, title=options.title)
    columns = options.columns or sorted(
        {column for page in benchmark.pages for column in page.texts}
    )
    yield f"{'text':18} {'pages':18} {'':>4}  before  after  ceiling  closed  recall"
    for column in columns:
        for group, row in sorted(rows(benchmark, column, clean).items()):
            yield _line(column, group, row)


def _line(column: str, group: str, row: Row) -> str:
    closed = "-" if row.closed is None else f"{row.closed:.2f}"
    return (
        f"{column:18} {group:18} {row.pages:4}  {row.before.f1:.4f} {row.after.f1:.4f}"
        f"  {row.ceiling.f1:.4f}  {closed:>6}  "
        f"{row.before.recall:.4f} -> {row.after.recall:.4f}"
    )


# --- Speed


def _speeds(pages: Sequence[str], rounds: int) -> Iterator[str]:
    """Documents a second from HTML to clean text, beside trafilatura alone."""
    import trafilatura

    ways: dict[str, Callable[[str], object]] = {
        "trafilatura alone": partial(trafilatura.extract, include_comments=False),
        "trafilatura, default": partial(extract, extractor="trafilatura"),
        "resiliparse, default": partial(extract, extractor="resiliparse"),
        "resiliparse, page": partial(extract, extractor="page"),
    }
    for run in ways.values():
        _timed(run, pages)  # patterns are compiled when first needed
    taken = [[_timed(run, pages) for run in ways.values()] for _ in range(rounds)]
    yield f"{'HTML to text':22} {'docs/s':>8} {'x trafilatura':>14}"
    for place, name in enumerate(ways):
        best = min(times[place] for times in taken)
        ratio = statistics.median(times[0] / times[place] for times in taken)
        yield f"{name:22} {len(pages) / best:8.1f} {ratio:14.2f}"


def _timed(run: Callable[[str], object], pages: Iterable[str]) -> float:
    start = time.thread_time()
    for page in pages:
        run(page)
    return time.thread_time() - start


def _html(folder: Path) -> list[str]:
    """The pages of a folder of .html and .html.gz files."""
    files = sorted(folder.rglob("*.html")) + sorted(folder.rglob("*.html.gz"))
    return [_bytes(path).decode("utf-8", "replace") for path in files]


def _bytes(path: Path) -> bytes:
    data = path.read_bytes()
    return gzip.decompress(data) if path.suffix == ".gz" else data


# --- The command


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("data", type=Path, nargs="?")
    parser.add_argument("--preset", choices=PRESETS, default="default")
    parser.add_argument("--columns", nargs="+", help="texts to score; all without it")
    parser.add_argument("--types", nargs="+", help="only pages of these types")
    parser.add_argument("--title", action="store_true", help="give the title as a hint")
    parser.add_argument(
        "--headless", action="store_true", help="only references without a headline"
    )
    parser.add_argument("--html", type=Path, help="a folder of pages to time")
    parser.add_argument("--rounds", type=int, default=3)
    return parser


def main() -> None:
    """Print the table of figures, and the speeds where there is HTML."""
    options = _parser().parse_args()
    html = _html(options.html) if options.html else []
    if options.data:
        benchmark = load(options.data)
        pages = [
            page
            for page in benchmark.pages
            if (not options.types or page.kind in options.types)
            and not (options.headless and has_headline(page))
        ]
        html += [page.html for page in pages if page.html]
        for line in _table(benchmark._replace(pages=pages), options):
            print(line, flush=True)
    if html:
        print("\n".join(_speeds(html, options.rounds)))


if __name__ == "__main__":
    main()
