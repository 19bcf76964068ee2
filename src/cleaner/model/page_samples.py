"""Whole pages to learn from: their text, and which of its lines are content."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from cleaner.document import Document
from cleaner.model.page_features import Page, describe
from cleaner.model.samples import CONTENT_LINE, SampleError, align, site_of

WHOLE_PAGE_COLUMNS: Final = ("resiliparse_page", "inscriptis_page")
# A reference of fewer words, or of which less stands in the page, is of another page.
BARE: Final = "bare"
_MIN_WORDS: Final = 20
_MIN_SHARE: Final = 0.5
_BARE_WEIGHT: Final = 0.3
_WORD: Final = re.compile(r"\w+")


@dataclass(frozen=True)
class PageSample:
    """A page's text as numbers, and what each of its lines is."""

    source: str
    site: str
    kind: str
    page: Page = field(repr=False)
    content: NDArray[np.bool_] = field(repr=False)
    words: NDArray[np.int64] = field(repr=False)
    weight: float = 1.0


def read_whole_pages(path: Path) -> Iterator[PageSample]:
    """The samples of a file of pages: each text, and the first one bare of its noise.

    The bare copies teach where there is nothing to cut.
    """
    from pyarrow import parquet

    file = parquet.ParquetFile(path)
    names = set(file.schema_arrow.names)
    columns = [name for name in WHOLE_PAGE_COLUMNS if name in names]
    if not {"url", "main_content", "page_type"} <= names:
        raise SampleError(f"{path}: needs the columns url, main_content, page_type")
    extra = [name for name in ("title",) if name in names]
    wanted = ["url", "main_content", "page_type", *extra, *columns]
    for batch in file.iter_batches(64, columns=wanted):
        for row in batch.to_pylist():
            for number, column in enumerate(columns):
                yield from _samples(row, column, first=number == 0)


def _samples(
    row: Mapping[str, Any], column: str, *, first: bool
) -> Iterator[PageSample]:
    document = Document(row[column] or "")
    reference = row["main_content"] or ""
    content = np.array(align(document.lines, reference)) == CONTENT_LINE
    words = np.array([len(_WORD.findall(line)) for line in document.lines], np.int64)
    found, wanted = int(words[content].sum()), len(_WORD.findall(reference))
    if found < max(_MIN_WORDS, _MIN_SHARE * wanted):
        return
    title = ((row.get("title") or "").strip() or None) if first else None
    site, kind = site_of(row["url"]), row["page_type"] or ""
    page = describe(document.text, title)
    yield PageSample(column, site, kind, page, content, words)
    if first:
        page = describe(_bare(document, content))
        kept = content[content]
        yield PageSample(BARE, site, kind, page, kept, words[content], _BARE_WEIGHT)


def _bare(document: Document, content: NDArray[np.bool_]) -> str:
    """The text without its lines of noise."""
    text = document.text
    numbers = [text.count("\n", 0, start) for start in document.starts]
    noise = {number for number, is_ in zip(numbers, content, strict=True) if not is_}
    return "\n".join(
        raw for number, raw in enumerate(text.split("\n")) if number not in noise
    )
