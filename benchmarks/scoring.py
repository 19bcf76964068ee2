"""How labelled documents are scored: pure functions over a record and its edits.

`judge` turns one document into items (a content line, a positive line, a labelled
stretch, ...), `tally` adds them up, and each figure is a ratio of such sums, so that
documents can be pooled and resampled by adding rows.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from typing import Any, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from cleaner import LABELS, Edit

Mask: TypeAlias = npt.NDArray[np.bool_]
Numbers: TypeAlias = npt.NDArray[np.float64]

KEPT = frozenset({"headline", "standfirst", "byline", "caption"})
"""Labels that `default` scoring counts neither way."""
RENAMED = {"other": "boilerplate"}
FULL_LINES = 5
"""So many lines of one label in a document weigh 1 each; more share that weight."""
TENTHS = {"stretch": 8, "aside": 8}
"""Tenths of its characters with which an item counts as gone; others need half."""
HALF = 5
ZERO_WIDTH = "\u200b\u200c\u200d\u2060\ufeff\u00ad"
BLANK = np.array(
    [*(c for c in range(0x10000) if chr(c).isspace()), *map(ord, ZERO_WIDTH)]
)


class Label(NamedTuple):
    """A labelled line, or a stretch of one."""

    line: int
    name: str
    start: int
    end: int
    whole: bool


class Record(NamedTuple):
    """A labelled document."""

    id: str
    lang: str
    title: str
    text: str
    labels: tuple[Label, ...]
    has_fused: bool = True  # whether the data it is of has labels of fused words


def to_record(row: Mapping[str, Any]) -> Record:
    """Read one line of a labelled file; `id`, `lang` and `title` may be missing.

    KeyError if it has no text or labels, ValueError for a label that there is not.
    """
    labels = tuple(
        Label(x["line"], _known(x["label"]), x["start"], x["end"], "text" not in x)
        for x in row["labels"]
    )
    document_id, lang, title = (row.get(name) or "" for name in ("id", "lang", "title"))
    return Record(document_id, lang, title, row["text"], labels)


def _known(label: str) -> str:
    if label not in LABELS and label not in RENAMED:
        raise ValueError(f"no label {label!r}: see docs/labels.md")
    return label


class Masks(NamedTuple):
    """Which of a text's non-blank characters are what; no character is in two."""

    content: Mask
    noise: Mask
    aside: Mask


class Item(NamedTuple):
    """One thing that is counted, its characters and how many of them are gone.

    Kinds: content, positive and kept lines; a stretch (or one set aside) of a content
    line; the host line of stretches; a fused token; a repair of such a token.
    """

    kind: str
    label: str
    start: int
    end: int
    size: int
    gone: int
    weight: float = 1

    @property
    def done(self) -> bool:
        """Whether it counts as removed, or for fused tokens and repairs as a match."""
        return 10 * self.gone >= TENTHS.get(self.kind, HALF) * self.size > 0


def visible(text: str) -> Mask:
    """Mark the characters that are not blank."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    return ~np.isin(codes, BLANK)


def masks(record: Record, *, body: bool = False) -> Masks:
    """Sort a text's characters by its labels."""
    noise, aside = (np.zeros(len(record.text), np.bool_) for _ in range(2))
    for label in sorted(record.labels, key=lambda x: x.whole):  # whole lines win
        if label.name != "fused":
            is_aside = label.name in KEPT and not body
            noise[label.start : label.end] = not is_aside
            aside[label.start : label.end] = is_aside
    seen = visible(record.text)
    return Masks(seen & ~noise & ~aside, seen & noise, seen & aside)


def is_removal(edit: Edit) -> bool:
    """Tell a removal from a repair: nothing but blank space takes its place."""
    return not visible(edit.replacement).any()


def removed(edits: Iterable[Edit], length: int) -> Mask:
    """Mark the characters that edits take away."""
    mask = np.zeros(length, np.bool_)
    for edit in filter(is_removal, edits):
        mask[edit.start : edit.end] = True
    return mask


def count(mask: Mask, start: int, end: int) -> int:
    """Count the marked characters of a span."""
    return int(np.count_nonzero(mask[start:end]))


def touches(edit: Edit, stretch: Label | Item) -> bool:
    """Whether an edit, or a mere insertion, falls inside a stretch of the text."""
    return edit.start < stretch.end and edit.end > stretch.start


def line_spans(text: str) -> list[tuple[int, int]]:
    """Give start and end of every line, as the labels number them."""
    lengths = [len(line) for line in text.split("\n")]
    ends = accumulate(lengths, lambda end, length: end + 1 + length)
    return [(e - n, e) for e, n in zip(ends, lengths, strict=True)]


def judge(record: Record, edits: Sequence[Edit], *, body: bool = False) -> list[Item]:
    """All that is counted in one document, in `default` or in `body` scoring."""
    parts = masks(record, body=body)
    gone = removed(edits, len(record.text))
    items = [
        *_lines(record, parts, gone, body=body),
        *_stretches(record, parts, gone, body=body),
        *_fused(record, edits),
    ]
    return [item for item in items if item.size]


def _lines(record: Record, parts: Masks, gone: Mask, *, body: bool) -> Iterator[Item]:
    whole = {x.line: x.name for x in record.labels if x.whole}
    lines_of = Counter(whole.values())
    seen = parts.content | parts.noise | parts.aside
    for number, (start, end) in enumerate(line_spans(record.text)):
        label = whole.get(number, "")
        kind = _kind_of(label, body=body)
        mask = seen if label else parts.content
        weight = min(1, FULL_LINES / lines_of[label]) if kind == "positive" else 1
        size, lost = count(mask, start, end), count(mask & gone, start, end)
        yield Item(kind, RENAMED.get(label, label), start, end, size, lost, weight)


def _kind_of(label: str, *, body: bool) -> str:
    if not label:
        return "content"
    return "kept" if label in KEPT and not body else "positive"


def _stretches(
    record: Record, parts: Masks, gone: Mask, *, body: bool
) -> Iterator[Item]:
    whole = {x.line for x in record.labels if x.whole}
    spans = line_spans(record.text)
    seen, hosts = parts.noise | parts.aside, set[int]()
    for x in record.labels:
        if x.line in whole or x.name == "fused":
            continue
        kind = "aside" if x.name in KEPT and not body else "stretch"
        size, lost = (count(m, x.start, x.end) for m in (seen, seen & gone))
        yield Item(kind, RENAMED.get(x.name, x.name), x.start, x.end, size, lost)
        if kind == "stretch":
            hosts.add(x.line)
    for start, end in (spans[number] for number in sorted(hosts)):
        right = count(parts.noise & gone, start, end)
        wrong = count(parts.content & gone, start, end)
        yield Item("host", "", start, end, right + wrong, right)


def _fused(record: Record, edits: Sequence[Edit]) -> Iterator[Item]:
    if not record.has_fused:
        return
    tokens = [x for x in record.labels if x.name == "fused"]
    repairs = [edit for edit in edits if edit.label == "fused"]
    for x in tokens:
        found = any(touches(edit, x) for edit in repairs)
        yield Item("token", "fused", x.start, x.end, 1, found)
    for edit in repairs:
        found = any(touches(edit, x) for x in tokens)
        yield Item("repair", "fused", edit.start, edit.end, 1, found)


def tally(items: Iterable[Item]) -> dict[str, float]:
    """One document's sums: of each kind and line label the weight, what is done, ..."""
    sums = defaultdict[str, float](float)
    for item in items:
        names = [item.kind]
        if item.kind in {"positive", "kept"}:
            names.append(f"label {item.label}")
        for name in names:
            sums[name] += item.weight
            sums[f"{name} done"] += item.weight * item.done
            sums[f"{name} size"] += item.size
            sums[f"{name} gone"] += item.gone
    return sums


class Figure(NamedTuple):
    """A ratio of sums."""

    name: str
    over: tuple[str, ...]
    under: tuple[str, ...]
    scale: float = 1
    less_is_better: bool = False


FIGURES = (
    Figure("false cuts", ("content done",), ("content",), 1000, less_is_better=True),
    Figure(
        "false chars", ("content gone",), ("content size",), 1000, less_is_better=True
    ),
    Figure("precision", ("positive done",), ("positive done", "content done")),
    Figure("recall", ("positive done",), ("positive",)),
    Figure("kept lost %", ("kept done",), ("kept",), 100, less_is_better=True),
    Figure("inline", ("stretch done",), ("stretch",)),
    Figure("inline, all", ("stretch done", "aside done"), ("stretch", "aside")),
    Figure("inline prec.", ("host gone",), ("host size",)),
    Figure("fused", ("token done",), ("token",)),
    Figure("fused prec.", ("repair done",), ("repair",)),
)


def label_figures(tallies: Iterable[Mapping[str, float]]) -> list[Figure]:
    """Recall by label; of the kept labels in `default` scoring, the share lost."""
    names = {key for sums in tallies for key in sums if key.startswith("label ")}
    labels = sorted({" ".join(name.split()[:2]) for name in names})
    return [Figure(x.removeprefix("label "), (f"{x} done",), (x,)) for x in labels]


class Estimate(NamedTuple):
    """A figure, its 95 % interval and what it is a share of; NaN if that is nothing."""

    value: float
    low: float
    high: float
    total: float


def estimate(
    figures: Sequence[Figure],
    tallies: Sequence[Mapping[str, float]],
    rounds: int,
    seed: int,
) -> dict[str, Estimate]:
    """Pool documents; the intervals come from drawing documents with replacement."""
    keys = sorted({key for figure in figures for key in figure.over + figure.under})
    table = np.array([[float(sums.get(key, 0)) for key in keys] for sums in tallies])
    size = len(tallies)
    draws = np.random.default_rng(seed).multinomial(size, [1 / size] * size, rounds)
    sums = dict(zip(keys, np.vstack([np.ones(size), draws]).dot(table).T, strict=True))
    return {figure.name: _estimate(figure, sums) for figure in figures}


def _estimate(figure: Figure, sums: Mapping[str, Numbers]) -> Estimate:
    """Put the first of the sums in figures, the others in their interval."""
    over, under = (
        np.array([sums[key] for key in keys]).sum(axis=0)
        for keys in (figure.over, figure.under)
    )
    ratios: Numbers = np.full_like(under, math.nan)
    np.divide(figure.scale * over, under, out=ratios, where=under > 0)
    known = ratios[1:][~np.isnan(ratios[1:])]
    low, high = np.percentile(known, (2.5, 97.5)) if known.size else [math.nan] * 2
    return Estimate(float(ratios[0]), float(low), float(high), float(under[0]))


def is_worse(figure: str, value: float, floor: float) -> bool:
    """Compare in the figure's own sense: a floor of false cuts is a ceiling."""
    less = any(x.less_is_better for x in FIGURES if x.name == figure)
    return value > floor if less else value < floor


def regressions(
    floors: Mapping[str, float], values: Mapping[str, float]
) -> Iterator[str]:
    """Say which floors do not hold; a figure that was not measured holds none."""
    for key, floor in floors.items():
        if key not in values:
            yield f"{key}: not measured, its floor is {floor}"
        elif is_worse(key.rsplit("/", 1)[-1], values[key], floor):
            yield f"{key}: {values[key]}, its floor is {floor}"


class Verdict(NamedTuple):
    """One edit against the labels: right, wrong, kept (a kept label) or unjudged."""

    edit: Edit
    name: str
    content: int
    kept: int


def verdicts(
    record: Record, edits: Sequence[Edit], *, body: bool = False
) -> list[Verdict]:
    """Hold every edit of a document against its labels."""
    parts = masks(record, body=body)
    return [_verdict(record, parts, edit) for edit in edits]


def _verdict(record: Record, parts: Masks, edit: Edit) -> Verdict:
    if edit.label == "fused" and not record.has_fused:
        return Verdict(edit, "unjudged", 0, 0)
    if edit.label == "fused":
        found = any(touches(edit, x) for x in record.labels if x.name == "fused")
        return Verdict(edit, "right" if found else "wrong", 0, 0)
    content, noise, aside = (count(mask, edit.start, edit.end) for mask in parts)
    size = content + noise + aside
    if not size or not is_removal(edit):
        return Verdict(edit, "unjudged", 0, 0)
    if 10 * noise >= TENTHS["stretch"] * size:
        return Verdict(edit, "right", content, aside)
    is_kept = 10 * (noise + aside) >= TENTHS["stretch"] * size
    return Verdict(edit, "kept" if is_kept else "wrong", content, aside)
