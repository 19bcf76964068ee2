"""Whole pages to learn from: their text, and which of its lines are content."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from cleaner.document import Document
from cleaner.markdown import unlinked
from cleaner.model.page_features import NAMES, Page, describe
from cleaner.training.alignment import content_lines
from cleaner.training.samples import (
    NOISE_LINE,
    is_labelled,
    line_numbers,
    page_rows,
    read_labelled,
)

WHOLE_PAGE_COLUMNS: Final = ("resiliparse_page", "inscriptis_page")
BARE: Final = "bare"
STORY: Final = "story"
TITLED: Final = ", titled"
# A reference of fewer words, or of which less stands in the page, is of another page.
_MIN_WORDS: Final = 20
_MIN_SHARE: Final = 0.5
# What a sample counts: a page's first text with its title is the whole of it, and the
# others, much like it, must not outweigh it.
_UNTITLED_WEIGHT: Final = 0.25
_OTHER_WEIGHT: Final = 0.5
_BARE_WEIGHT: Final = 0.15
_STORY_WEIGHT: Final = 0.25
_SINCE_TITLE: Final = NAMES.index("since_title")
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


def read_samples(path: Path) -> Iterator[PageSample]:
    """The samples of a file: pages in `.parquet`, labelled stories in `.jsonl`."""
    return read_stories(path) if is_labelled(path) else read_whole_pages(path)


def read_stories(path: Path) -> Iterator[PageSample]:
    """Labelled stories, with their titles and without.

    They teach words of languages that few pages are in, and what to leave alone.
    """
    for story in read_labelled(path):
        content = np.array([target != NOISE_LINE for target in story.targets])
        words = _word_counts(story.lines)
        if words[content].sum() >= _MIN_WORDS:
            for title in dict.fromkeys((None, (story.title or "").strip() or None)):
                page = describe(story.text, title)
                source = STORY + TITLED if title else STORY
                yield PageSample(
                    source, story.site, "article", page, content, words, _STORY_WEIGHT
                )


def _word_counts(lines: Sequence[str]) -> NDArray[np.int64]:
    return np.array([len(_WORD.findall(line)) for line in lines], np.int64)


def read_whole_pages(path: Path) -> Iterator[PageSample]:
    """The samples of a file of pages: each text with the page's title and without.

    Copies of the first text bare of its noise teach where there is nothing to cut, with
    a title as of a story whose headline is gone.
    """
    needed = ("url", "main_content", "page_type")
    for row in page_rows(path, needed, WHOLE_PAGE_COLUMNS):
        columns = [name for name in WHOLE_PAGE_COLUMNS if name in row]
        for number, column in enumerate(columns):
            yield from _samples(row, column, first=number == 0)


def _samples(
    row: Mapping[str, str], column: str, *, first: bool
) -> Iterator[PageSample]:
    document = Document(unlinked(row[column]).text)
    reference = row["main_content"]
    content = content_lines(document.lines, reference)
    words = _word_counts(document.lines)
    found, wanted = int(words[content].sum()), len(_WORD.findall(reference))
    if found < max(_MIN_WORDS, _MIN_SHARE * wanted):
        return
    title = row.get("title", "").strip()
    site, kind = row["site"], row["page_type"]
    page = describe(document.text)
    weight = 1.0 if first else _OTHER_WEIGHT
    less = weight * (_UNTITLED_WEIGHT if title else 1)
    sample = PageSample(column, site, kind, page, content, words, less)
    yield sample
    if first:
        yield _bare(sample, document, content)
    if title:
        page = describe(document.text, title)
        titled = replace(sample, source=column + TITLED, page=page, weight=weight)
        yield titled
        story = content & (page.rows[_SINCE_TITLE] > 0)
        if first and story.any():
            yield _bare(titled, document, story, title)


def _bare(
    sample: PageSample,
    document: Document,
    kept: NDArray[np.bool_],
    title: str | None = None,
) -> PageSample:
    """The sample of some of the lines, all of them content."""
    numbers = zip(line_numbers(document.text, document.starts), kept, strict=True)
    gone = {number for number, is_kept in numbers if not is_kept}
    raw = document.text.split("\n")
    lines = [line for number, line in enumerate(raw) if number not in gone]
    return replace(
        sample,
        source=BARE,
        page=describe("\n".join(lines), title),
        content=sample.content[kept],
        words=sample.words[kept],
        weight=_BARE_WEIGHT,
    )
