"""Documents to learn from: labelled lines, and pages aligned with a reference text."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from hashlib import sha256
from itertools import accumulate, chain, pairwise
from pathlib import Path
from typing import Any, Final, NamedTuple
from urllib.parse import urlsplit

from cleaner.document import Document
from cleaner.errors import CleanerError, extra
from cleaner.io.rows import InputError
from cleaner.labels import FRAME, LABELS
from cleaner.markdown import unlinked
from cleaner.model.features import is_in_doubt
from cleaner.model.scoring import Kind
from cleaner.training.alignment import content_lines

CONTENT_LINE, NOISE_LINE, FRAME_LINE, MIXED_LINE = 0, 1, 2, 3

# What extractors make of a page. A line of it counts little beside a labelled one:
# there are many, and alignment is a rough labelling.
PAGE_COLUMNS: Final = ("trafilatura", "readability_lxml", "newspaper4k", "justext")
_PAGE_WEIGHT: Final = 0.05
# A line of which more is marked as noise inside is no example of a good one.
_MIXED_SHARE: Final = 0.3
# One long menu must not drown the rest: a label's lines in a document share this much.
_LABEL_LINES: Final = 5
_KNOWN_LABELS: Final = frozenset(LABELS) | {"other"}  # noise of no other kind
# Documents without a URL that share a line of this length count as one site.
_SHARED_LINE_CHARS: Final = 20
_UNKNOWN: Final = "document:"  # what begins so is no site's name
_GENERIC_SECOND_LEVELS: Final = frozenset(
    ("ac", "co", "com", "edu", "go", "gov", "ne", "net", "or", "org")
)


class SampleError(InputError, ValueError):
    """Training data that cannot be used."""


class NoExampleError(SampleError):
    """There is nothing to learn from: more of the same would not help."""


NOTHING_LEFT: Final = "rules leave no line in doubt; label noise that they miss"


@dataclass(frozen=True, slots=True)
class Sample:
    """One document: its lines, what each is, and how much each counts when scored."""

    name: str
    site: str
    lines: Sequence[str]
    targets: Sequence[int]
    weights: Sequence[float]
    labels: Sequence[str]
    title: str | None = None
    language: str = ""
    labelled: bool = True
    weight: float = 1.0
    text: str = ""
    # By kind of model: which detector removes each line before it is asked, or "".
    ruled: Mapping[Kind, Sequence[str]] = field(default_factory=dict)


def read(paths: Iterable[str | Path]) -> list[Sample]:
    """All samples of the files: `.jsonl` is labelled, `.parquet` holds pages."""
    samples: list[Sample] = []
    for path in map(Path, paths):
        samples += read_labelled(path) if is_labelled(path) else read_pages(path)
    return join_sites(samples)


def is_labelled(path: Path) -> bool:
    """Whether a file holds labelled documents, not pages, by its ending."""
    if path.suffix not in {".jsonl", ".parquet"}:
        raise CleanerError(f"{path}: neither .jsonl nor .parquet")
    return path.suffix == ".jsonl"


def read_labelled(path: Path) -> Iterator[Sample]:
    """One sample for each record with `text` and `labels`.

    A record without an `id` goes by its file and line.
    """
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            if not line.strip():
                continue
            with _told(f"{path}:{number}"):
                record = json.loads(line.decode("utf-8-sig"))
                if not isinstance(record, dict):
                    raise TypeError("a record is a JSON object")
                if record.get("id") is None:
                    record["id"] = f"{path.name}:{number}"
                yield labelled(record)


@contextmanager
def _told(place: str) -> Iterator[None]:
    """A record that cannot be used raises SampleError, which names its place."""
    try:
        yield
    except KeyError as error:
        raise SampleError(f"{place}: no field {error}") from None
    except RecursionError:
        raise SampleError(f"{place}: nested too deep to be read") from None
    except (ValueError, TypeError) as error:
        raise SampleError(f"{place}: {error}") from None


def labelled(record: Mapping[str, Any]) -> Sample:
    """The sample of a record: whole-line labels count, inline ones blur a line."""
    text = _text_in("text", record["text"])
    as_read = unlinked(text)
    document = Document(as_read.text)
    whole, inside = _marks(_labels_in(record), text)
    sizes = Counter(whole.values())
    numbers = line_numbers(text, map(as_read.place, document.starts))
    labels = [whole.get(number, "") for number in numbers]
    return Sample(
        name=str(record.get("id", "")),
        site=rough_site_of(_text_in("url", record.get("url")))
        or f"{_UNKNOWN}{record.get('id')}",
        lines=document.lines,
        targets=[
            _target(label, inside[number] / len(line))
            for label, number, line in zip(labels, numbers, document.lines, strict=True)
        ],
        weights=[
            min(1.0, _LABEL_LINES / sizes[name]) if name else 1.0 for name in labels
        ],
        labels=labels,
        title=_text_in("title", record.get("title")) or None,
        language=_text_in("lang", record.get("lang")),
        text=document.text,
    )


def _labels_in(record: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The labels of a record. TypeError for what can be none."""
    labels = record["labels"]
    if not isinstance(labels, list) or not all(isinstance(x, dict) for x in labels):
        raise TypeError("field 'labels' holds no list of JSON objects")
    for number, label in enumerate(labels):
        for name in ("line", "start", "end"):
            if type(label.get(name)) is not int:
                raise TypeError(f"labels[{number}]: {name!r} is no whole number")
        if not isinstance(label.get("label"), str):
            raise TypeError(f"labels[{number}]: 'label' holds no text")
    return labels


def _text_in(name: str, held: object) -> str:
    """What a field holds, "" for null. TypeError if that is no text."""
    if held is not None and not isinstance(held, str):
        raise TypeError(f"field {name!r} holds no text")
    return held or ""


def _marks(
    labels: Iterable[Mapping[str, Any]], text: str
) -> tuple[dict[int, str], Counter[int]]:
    """By a line's number, the label of the whole, and the characters marked inside.

    ValueError for a label that is none, names no line, or a range outside its line.
    """
    starts = [0, *accumulate(len(line) + 1 for line in text.split("\n"))]
    whole: dict[int, str] = {}
    inside: Counter[int] = Counter()
    for label in labels:
        if label["label"] not in _KNOWN_LABELS:
            raise ValueError(f"no label {label['label']!r}: see docs/labels.md")
        number, start, end = label["line"], label["start"], label["end"]
        _check_range(number, start, end, starts)
        if "text" in label:
            inside[number] += end - start
        else:
            whole[number] = label["label"]
    return whole, inside


def _check_range(number: int, start: int, end: int, starts: Sequence[int]) -> None:
    """ValueError for a range outside its line; the last start is past the end."""
    last = len(starts) - 2
    if not 0 <= number <= last:
        raise ValueError(f"no line {number}: the text ends at line {last}")
    if end <= start:
        raise ValueError(f"a label ends where it starts: {start}")
    low, high = starts[number], starts[number + 1] - 1
    if start < low or end > high:
        raise ValueError(
            f"line {number} is {low} to {high}, and its label {start} to {end}: "
            "lines count from 0, ranges from the start of the text"
        )


def line_numbers(text: str, starts: Iterable[int]) -> list[int]:
    """The numbers of the lines that start there, where blank ones count too."""
    breaks = (text.count("\n", a, b) for a, b in pairwise([0, *starts]))
    return list(accumulate(breaks))


def _target(label: str, inside: float) -> int:
    if label:
        return FRAME_LINE if label in FRAME else NOISE_LINE
    return MIXED_LINE if inside > _MIXED_SHARE else CONTENT_LINE


def read_pages(path: Path) -> Iterator[Sample]:
    """One sample for each text that an extractor made of an article's page."""
    rows = page_rows(path, ("url", "main_content"), PAGE_COLUMNS)
    for number, row in enumerate(rows):
        if row.get("page_type", "") in {"", "article"}:
            yield from _page(f"page {number}", row)


def page_rows(
    path: Path, needed: Sequence[str], texts: Sequence[str]
) -> Iterator[dict[str, str]]:
    """The rows of a Parquet file of pages, with each page's `site`; "" for null.

    SampleError for a file that can't be read, that lacks a needed column or all of
    `texts`, or in which one of these holds something else.
    """
    with extra("train", "training"):
        import pyarrow as pa
        from pyarrow import parquet
    try:
        file = parquet.ParquetFile(path)
        columns = _columns(path, file.schema_arrow.names, needed, texts)
        batches = file.iter_batches(64, columns=columns)
        rows = chain.from_iterable(batch.to_pylist() for batch in batches)
        for number, row in enumerate(rows):
            with _told(f"{path}: row {number}"):
                told = {name: _text_in(name, held) for name, held in row.items()}
                yield {**told, "site": rough_site_of(told["url"])}
    except (pa.ArrowException, UnicodeDecodeError) as error:
        raise SampleError(f"{path}: no whole Parquet file of texts: {error}") from None


def _columns(
    path: Path, names: Sequence[str], needed: Sequence[str], texts: Sequence[str]
) -> list[str]:
    """What to read of a file's columns."""
    if not set(needed) <= set(names):
        raise SampleError(f"{path}: needs the columns {', '.join(needed)}")
    if not set(texts) & set(names):
        raise SampleError(f"{path}: needs one of the columns {', '.join(texts)}")
    wanted = dict.fromkeys((*needed, "title", "page_type", *texts))
    return [name for name in wanted if name in names]


def _page(name: str, row: Mapping[str, str]) -> Iterator[Sample]:
    for column in PAGE_COLUMNS:
        document = Document(unlinked(row.get(column, "")).text)
        lines = document.lines
        if not lines:
            continue
        content = content_lines(lines, row["main_content"]).tolist()
        aligned = [CONTENT_LINE if is_content else NOISE_LINE for is_content in content]
        targets = _without_frame(lines, aligned)
        yield Sample(
            name=f"{name} {column}",
            site=row["site"] or name,
            lines=lines,
            targets=targets,
            weights=[1.0] * len(lines),
            labels=["aligned" if target == NOISE_LINE else "" for target in targets],
            title=row.get("title", "").strip() or None,
            labelled=False,
            weight=_PAGE_WEIGHT,
            text=document.text,
        )


def _without_frame(lines: Sequence[str], targets: Sequence[int]) -> list[int]:
    """The targets; above the story nobody knows what is noise, and what its frame."""
    prose = (index for index, line in enumerate(lines) if not is_in_doubt(line))
    story = next(prose, len(lines))
    above = (MIXED_LINE if t == NOISE_LINE else t for t in targets[:story])
    return [*above, *targets[story:]]


def rough_site_of(url: str) -> str:
    """The registered domain, near enough: two labels, three below a generic one.

    `cleaner.sites.site_of` knows all suffixes, by an extra that training does without.
    """
    host = (urlsplit(url).hostname or "").lower()
    parts = host.split(".")
    if parts[-1].isdigit():  # an address in numbers
        return host
    keep = 3 if len(parts) > 2 and parts[-2] in _GENERIC_SECOND_LEVELS else 2  # noqa: PLR2004
    return ".".join(parts[-keep:])


def join_sites(samples: Sequence[Sample]) -> list[Sample]:
    """The samples with one name for all sites that a shared line betrays as one.

    Only documents whose site nobody knows are joined to others.
    """
    parents: dict[str, str] = {}

    def root(site: str) -> str:
        while parents.setdefault(site, site) != site:
            site = parents[site]
        return site

    first_seen: dict[str, str] = {}
    for sample in samples:
        if not sample.site.startswith(_UNKNOWN):
            continue
        for line in dict.fromkeys(sample.lines):
            key = re.sub(r"\d+", "0", line.casefold())
            if len(key) >= _SHARED_LINE_CHARS:
                parents[root(sample.site)] = root(
                    first_seen.setdefault(key, sample.site)
                )
    return [replace(sample, site=root(sample.site)) for sample in samples]


def extent(samples: Sequence[Sample]) -> str:
    """How many documents and sites there are."""
    return f"{len(samples)} documents of {len({s.site for s in samples})} sites"


def few_sites(samples: Sequence[Sample]) -> str:
    """Their extent, and what is to be done where sites are too few."""
    sites = extent(samples)
    unknown = sum(sample.site.startswith(_UNKNOWN) for sample in samples)
    if not unknown:
        return f"{sites}; those of more sites are needed"
    return (
        f"{sites}; the {unknown} without url count as one site where they share a line "
        f"of {_SHARED_LINE_CHARS} characters: add url"
    )


class Residual(NamedTuple):
    """What rules left of a sample: the lines, by index, and how many went between."""

    left: list[int]
    gone: list[int]  # before each line that is left, and after the last


def residual(sample: Sample, kind: Kind, spared: int, salt: str) -> Residual:
    """The sample as rules leave it, `spared` of 256 detectors kept from it.

    Which, depends on the sample's name: on unseen texts rules find less than on those
    they were written on.
    """
    left: list[int] = []
    gone = [0]
    for index, detector in enumerate(sample.ruled.get(kind, [""] * len(sample.lines))):
        if detector and not _falls(f"{sample.name} {detector} {salt}", spared):
            gone[-1] += 1
        else:
            left.append(index)
            gone.append(0)
    return Residual(left, gone)


def _falls(key: str, of_256: int) -> bool:
    return _digest(key)[0] < of_256


def fold(site: str, count: int, salt: str) -> int:
    """The fold of a site: fixed by its name, so a site never stands on both sides."""
    return int.from_bytes(_digest(f"{salt} {site}")[:8]) % count


def _digest(key: str) -> bytes:
    return sha256(key.encode("utf-8", "surrogatepass")).digest()  # JSON may hold halves
