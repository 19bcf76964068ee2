"""Cuts shown as lines of text: told one by one, as a diff, as JSON."""

import json
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from cleaner.edits import Cleaned
from cleaner.io.encoding import is_utf8
from cleaner.shell import printable

_CONTEXT_LINES: Final = 1
_KEPT_CHARS: Final = 160  # of a kept stretch in a line that is shown, at most
_KEPT, _CUT, _PUT = "kept", "cut", "put"
_PLAIN: Final = {_KEPT: ("", ""), _CUT: ("[-", "-]"), _PUT: ("{+", "+}")}
_COLOURED: Final = {
    _KEPT: ("", ""),
    _CUT: ("\x1b[31;9m", "\x1b[0m"),
    _PUT: ("\x1b[32m", "\x1b[0m"),
}


def told(where: str, done: Cleaned) -> Iterator[str]:
    """A line for each edit, and one for each rung that was withheld."""
    for edit in done.edits:
        was = json.dumps(
            done.original[edit.start : edit.end].strip(), ensure_ascii=False
        )
        now = json.dumps(edit.replacement, ensure_ascii=False)
        became = f" => {now}" if edit.replacement else ""
        place = f"{edit.start}-{edit.end}"
        yield printable(
            f"{where}: {place:<12} {edit.label:<13} {edit.score:.2f}  {was}{became}"
            f"  ({edit.reason})"
        )
    for withheld in done.withheld:
        count = len(withheld.edits)
        yield printable(
            f"{where}: withheld {withheld.preset}: {withheld.reason} ({count} edits)"
        )


def counted(where: str, done: Cleaned) -> Iterator[str]:
    """A line with the number of edits, if there are any."""
    if count := len(done.edits):
        yield printable(f"{where}: {count} edit{'s' * (count > 1)}")


def as_json(where: str, done: Cleaned) -> Iterator[str]:
    """A JSON line for each edit, with the text that went."""
    for edit in done.edits:
        cut: dict[str, object] = {"text": done.original[edit.start : edit.end]}
        yield _dumped({"document": where} | edit._asdict() | cut)


def _dumped(row: dict[str, object]) -> str:
    """JSON that is UTF-8: escapes only where a lone surrogate needs one."""
    line = json.dumps(row, ensure_ascii=False)
    return line if is_utf8(line) else json.dumps(row)


class Piece(NamedTuple):
    """A stretch of a line, and whether it stays, goes or comes."""

    kind: str
    text: str


def diff(where: str, done: Cleaned, *, colour: bool) -> Iterator[str]:
    """The lines that change, with what goes and comes marked to the character."""
    if not done.edits:
        return
    yield f"--- {printable(where)}"
    marks = _COLOURED if colour else _PLAIN
    lines = list(_lines(_pieces(done)))
    for at in _near(lines):
        shown = "".join(_marked(piece, marks) for piece in lines[at])
        yield f"{at + 1:>5}  {shown}"


def _pieces(done: Cleaned) -> Iterator[Piece]:
    at = 0
    for edit in done.edits:
        yield Piece(_KEPT, done.original[at : edit.start])
        yield Piece(_CUT, done.original[edit.start : edit.end])
        yield Piece(_PUT, edit.replacement)
        at = edit.end
    yield Piece(_KEPT, done.original[at:])


def _lines(pieces: Iterable[Piece]) -> Iterator[list[Piece]]:
    """The pieces, line by line of the text that came in."""
    line: list[Piece] = []
    for kind, text in pieces:
        first, *others = text.split("\n")
        line.append(Piece(kind, first))
        for other in others:
            yield line
            line = [Piece(kind, other)]
    yield line


def _near(lines: list[list[Piece]]) -> list[int]:
    """The numbers of the lines that change, and of those around them; not of blank."""
    filled = [
        at for at, line in enumerate(lines) if any(piece.text.strip() for piece in line)
    ]
    changed = (
        place
        for place, at in enumerate(filled)
        if any(piece.text and piece.kind != _KEPT for piece in lines[at])
    )
    around = range(-_CONTEXT_LINES, _CONTEXT_LINES + 1)
    near = {place + step for place in changed for step in around}
    return [filled[place] for place in sorted(near) if 0 <= place < len(filled)]


def _marked(piece: Piece, marks: dict[str, tuple[str, str]]) -> str:
    text = piece.text.removesuffix("\r")
    if not text:
        return ""
    if piece.kind == _KEPT and len(text) > _KEPT_CHARS:
        text = f"{text[: _KEPT_CHARS // 2]} … {text[-_KEPT_CHARS // 2 :]}"
    before, after = marks[piece.kind]
    return f"{before}{printable(text)}{after}"
