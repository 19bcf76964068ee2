"""Places of a labelled document worth a look: false cuts, misses, what was kept."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from scoring import Record, judge, line_spans, touches, verdicts

from cleaner import Edit

CONTEXT = 160
"""Characters shown before and after a place."""


class Sight(NamedTuple):
    """A place worth a look, and what to say of it."""

    start: int
    end: int
    label: str
    note: str


def _note(edit: Edit) -> str:
    change = f" → {edit.replacement!r}" if edit.replacement else ""
    return f"[{edit.detector} {edit.score:.2f} {edit.reason}{change}]"


def _sight(edit: Edit, note: str) -> Sight:
    return Sight(edit.start, edit.end, edit.label, f"{note} {_note(edit)}")


def _false(record: Record, edits: Sequence[Edit], *, body: bool) -> Iterator[Sight]:
    items = judge(record, edits, body=body)
    lines = [x for x in items if x.kind == "content" and x.done]
    for x in verdicts(record, edits, body=body):
        if x.edit.label == "fused" and x.name == "wrong":
            yield _sight(x.edit, "repair")
        elif x.content:
            is_line = any(touches(x.edit, line) for line in lines)
            yield _sight(x.edit, "line" if is_line else f"part ({x.content})")


def _kept(record: Record, edits: Sequence[Edit], *, body: bool) -> Iterator[Sight]:
    for x in verdicts(record, edits, body=body):
        if x.kept:
            yield _sight(x.edit, f"part ({x.kept})")


def _missed(record: Record, edits: Sequence[Edit], *, body: bool) -> Iterator[Sight]:
    for x in judge(record, edits, body=body):
        if x.kind in {"positive", "stretch", "token"} and not x.done:
            near = (edit for edit in edits if touches(edit, x))
            note = " ".join([x.kind, *map(_note, near)])
            yield Sight(x.start, x.end, x.label, note)


SHOWN = {"false": _false, "missed": _missed, "kept": _kept}


def in_context(text: str, start: int, end: int) -> str:
    """Show a place marked in its line, between the lines around it."""
    if part := text[start:end].strip():  # a removal may take line feeds along
        start = text.index(part, start)
        end = start + len(part)
    spans = [(a, b) for a, b in line_spans(text) if text[a:b].strip()]
    before = [text[a:b] for a, b in spans if b < start][-1:]
    after = [text[a:b] for a, b in spans if a > end][:1]
    left = text[:start].rpartition("\n")[2][-CONTEXT:]
    right = text[end:].partition("\n")[0][:CONTEXT]
    lines = [f"    {x[:CONTEXT]}" for x in before]
    lines += [f"  > {left}⟦{text[start:end]}⟧{right}"]
    return "\n".join(lines + [f"    {x[:CONTEXT]}" for x in after])
