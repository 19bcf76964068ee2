"""Links to other stories that a cue gives away."""

from typing import Final

from cleaner.patterns import Rule

RULES: Final = (
    Rule("read_more", "line", r"[\[(]?{read_more}{colon}(?:\s*{headline}[?!]?)?[\])]?"),
    Rule("read_more", "line", r"[\[(]?{read_more}[\])]?(?:\.{3}|…)?"),
)
