"""Reads case files: the text itself, its noise in brackets.

=== name of the case (origin)
@title a hint, if any
The council met on Monday.

⟦promotion|Subscribe to our newsletter⟧ ⟦fused|theIsis-k⇒the Isis-k⟧
"""

import re
from pathlib import Path
from typing import NamedTuple

CASES = Path(__file__).parent / "cases"
_MARK = re.compile(r"⟦([a-z_]+)\|(.*?)⟧", re.DOTALL)


class Mark(NamedTuple):
    label: str
    start: int  # into the text without marks
    end: int
    replacement: str

    def pieces(self, text: str) -> set[tuple[str, int, int]]:
        """Label and span of each line in it, without the blank space around."""
        return pieces(self.label, text, self.start, self.end)


class Case(NamedTuple):
    name: str
    text: str
    marks: tuple[Mark, ...]
    title: str | None
    lang: str | None


def pieces(label: str, text: str, start: int, end: int) -> set[tuple[str, int, int]]:
    """A span cut at line ends, each part stripped."""
    return {
        (label, start + match.start(), start + match.end())
        for match in re.finditer(r"\S(?:[^\n]*\S)?", text[start:end])
    }


def parsed(block: str) -> Case:
    """One case from its text, which starts after the "=== "."""
    name, _, body = block.partition("\n")
    hints = dict(re.findall(r"^@(title|lang) (.*)\n", body, re.MULTILINE))
    body = re.sub(r"^@(title|lang) .*\n", "", body, flags=re.MULTILINE).rstrip("\n")
    return Case(name, *unmarked(body), hints.get("title"), hints.get("lang"))


def unmarked(body: str) -> tuple[str, tuple[Mark, ...]]:
    """The text without its marks, and the marks."""
    text = ""
    marks = []
    done = 0
    for match in _MARK.finditer(body):
        text += body[done : match.start()]
        found, arrow, replacement = match[2].partition("⇒")
        marks.append(Mark(match[1], len(text), len(text) + len(found), replacement))
        assert bool(arrow) == bool(replacement), match[0]
        text += found
        done = match.end()
    return text + body[done:], tuple(marks)


def load(path: Path) -> list[Case]:
    """The cases of a file, in order."""
    blocks = re.split(r"^=== ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return [parsed(block) for block in blocks[1:]]
