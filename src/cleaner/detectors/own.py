"""The user's own rules: lines to remove, and lines to leave alone."""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Final

from cleaner.document import Document
from cleaner.edits import Finding
from cleaner.errors import InvalidRuleError, RuleTimeoutError

if TYPE_CHECKING:
    import regex

MAX_SECONDS_A_LINE: Final = 1.0  # a rule that needs longer backtracks without bounds


@cache
def compiled_rules(patterns: tuple[str, ...]) -> "tuple[regex.Pattern[str], ...]":
    """The patterns, compiled. Raises InvalidRuleError that names a faulty one."""
    return tuple(map(_compiled, patterns))


def _compiled(pattern: str) -> "regex.Pattern[str]":
    import regex

    try:
        rule = regex.compile(pattern)
    except regex.error as error:
        raise InvalidRuleError(f"rule {pattern!r}: {error}") from error
    if rule.fullmatch(""):
        raise InvalidRuleError(f"rule {pattern!r} matches the empty line; narrow it")
    return rule


def find_denied(
    document: Document, rules: "Sequence[regex.Pattern[str]]"
) -> Iterator[Finding]:
    """The lines that a rule matches as a whole."""
    for index, line in enumerate(document.lines):
        for rule in rules:
            if _tried(rule, line, whole=True):
                yield document.cut(index, f"own rule {rule.pattern}")
                break


def find_allowed(
    document: Document, rules: "Sequence[regex.Pattern[str]]"
) -> list[tuple[int, int]]:
    """The spans of the lines in which a rule is found."""
    return [
        document.span(index)
        for index, line in enumerate(document.lines)
        if any(_tried(rule, line, whole=False) for rule in rules)
    ]


def _tried(rule: "regex.Pattern[str]", line: str, *, whole: bool) -> bool:
    match = rule.fullmatch if whole else rule.search
    try:
        return match(line, timeout=MAX_SECONDS_A_LINE) is not None
    except TimeoutError:
        raise RuleTimeoutError(
            f"rule {rule.pattern!r} took more than {MAX_SECONDS_A_LINE} s on a line "
            f"of {len(line)} characters; bound its repeats"
        ) from None
