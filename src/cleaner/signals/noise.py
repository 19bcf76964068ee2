"""What the cleaner makes of a text: how much of it is noise, where the story stands."""

from collections.abc import Iterator

from cleaner.core import explain
from cleaner.document import PROSE, Document
from cleaner.edits import Cleaned
from cleaner.labels import NOISE
from cleaner.markdown import unlinked


def noise(text: str, lang: str | None) -> Iterator[tuple[str, float]]:
    """The share of each kind of noise, what is kept, and where the story stands."""
    done = explain(text, lang=lang)
    size = len(text) or 1
    shares = dict.fromkeys(sorted(NOISE), 0)
    for edit in done.edits:
        if edit.label in shares:
            shares[edit.label] += edit.end - edit.start
    yield "kept", len(done.text) / size
    for label, characters in shares.items():
        yield f"noise_{label}", characters / size
    yield from _story(done, size)


def _story(done: Cleaned, size: int) -> Iterator[tuple[str, float]]:
    read = unlinked(done.text)
    document = Document(read.text)
    spans = [
        document.span(index)
        for index, shape in enumerate(document.shapes)
        if shape == PROSE
    ]
    start, end = 0, 0
    if spans:
        first, last = read.place(spans[0][0]), read.place(spans[-1][1] - 1)
        start, end = done.span_in_original(first, last + 1)
    yield "story_start", start / size
    yield "story_end", end / size
    whole = len(unlinked(done.original).text) or 1
    yield "prose_chars", sum(b - a for a, b in spans) / whole
