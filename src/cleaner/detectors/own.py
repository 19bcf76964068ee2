r"""The user's own rules: lines to remove, and lines to leave alone.

A file of rules has one a line: `deny` or `allow`, then a phrase, or a pattern between
slashes. Phrases ignore case, and any blank space does for a space.

    # the furniture of one site
    deny   Get the Harbour Gazette on paper
    deny   /Page \d+ of \d+/
    allow  Read More: the book
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from time import monotonic
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from cleaner.document import Document
from cleaner.edits import Finding
from cleaner.errors import InvalidRuleError, RuleTimeoutError
from cleaner.memo import late_pattern

if TYPE_CHECKING:
    import regex

# What rules may take each time they look through a document. They read some 40
# characters a microsecond; one that needs so much longer backtracks without bounds.
_MAX_SECONDS: Final = 1.0
_SECONDS_A_CHAR: Final = 1e-6
_REMEMBERED: Final = 32  # sets of rules
# Counted repeats are unrolled, which no time limit stops: 0.1 s for so many.
_MAX_REPEATS: Final = 100_000

# Brackets and counts, but for those that stand for themselves.
_NESTED: Final = late_pattern(
    r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\(|\)?\{(?P<times>\d+)|\)", re.DOTALL
)
# A pattern that calls itself, as "(?R)", may take 3 GB a second: none may.
_CALL: Final = late_pattern(r"(?<!\\)(?:\\\\)*\(\?(?:R|0|\d+|&\w+|P>\w+)\)")

_ROW: Final = late_pattern(r"(?P<verb>deny|allow)[ \t]+(?P<rule>\S.*)")


class OwnRules(NamedTuple):
    """Patterns of lines to remove, and of lines to leave alone."""

    deny: tuple[str, ...]
    allow: tuple[str, ...]


def parse_rules(text: str, name: str) -> OwnRules:
    r"""The rules of a file's text; `name` is for messages.

    Raises InvalidRuleError that tells line and column of a fault, counted from 1.

    >>> parse_rules("deny Follow the Gazette!\nallow /Read More: .+ book/", "rules")
    OwnRules(deny=('(?i:Follow\\s+the\\s+Gazette!)',), allow=('Read More: .+ book',))
    """
    found: dict[str, list[str]] = {"deny": [], "allow": []}
    lines = re.split(r"\r\n?|\n", text.removeprefix("\ufeff"))
    for number, line in enumerate(lines, 1):
        row = line.strip()
        if not row or row.startswith("#"):
            continue
        indent = len(line) - len(line.lstrip())
        parts = _ROW().fullmatch(row)
        if parts is None:
            raise InvalidRuleError(
                f"{name}:{number}:{indent + 1}: neither 'deny RULE' nor 'allow RULE'"
            )
        place = (name, number, indent + parts.start("rule") + 1)
        found[parts["verb"]].append(_parsed(parts["rule"], place))
    return OwnRules(tuple(found["deny"]), tuple(found["allow"]))


def _parsed(rule: str, place: tuple[str, int, int]) -> str:
    """The pattern that a rule of a file stands for."""
    import regex

    name, line, column = place
    try:
        pattern = _pattern_of(rule)
        _checked(pattern)
    except regex.error as error:
        fault: Any = error  # its message and its offset have no types yet
        column += 1 + (fault.pos or 0)
        raise InvalidRuleError(f"{name}:{line}:{column}: {fault.msg}") from None
    except ValueError as error:
        raise InvalidRuleError(f"{name}:{line}:{column}: {error}") from None
    return pattern


def _pattern_of(rule: str) -> str:
    """What stands between slashes, or a phrase's pattern. ValueError for one slash."""
    import regex

    if not rule.startswith("/"):
        phrase = r"\s+".join(map(regex.escape, rule.split()))
        return f"(?i:{phrase})"
    if len(rule) > 1 and rule.endswith("/"):
        return rule[1:-1]
    raise ValueError(
        "a rule that begins with / must end with it: "
        "flags go inside, as in /(?i)Page/, and a comment on a line of its own"
    )


def _checked(pattern: str) -> "regex.Pattern[str]":
    """The pattern, compiled. Raises regex.error or ValueError if it is no rule."""
    import regex

    if _repeats(pattern) > _MAX_REPEATS:
        raise ValueError(f"its repeats unroll to more than {_MAX_REPEATS}")
    if _CALL().search(pattern):
        raise ValueError("calls a part of itself, which has no bound")
    try:
        rule = regex.compile(pattern)
    except RecursionError:
        raise ValueError("nested too deep") from None
    if rule.fullmatch(""):
        raise ValueError("matches the empty line")
    return rule


def _repeats(pattern: str) -> float:
    r"""How many parts a pattern has when its counted repeats are unrolled.

    >>> _repeats(r"\d{4}-\d{4}"), _repeats("(?:a{30}b{20}){100}")
    (8.0, 5000.0)
    """
    levels = [0.0]
    for part in _NESTED().finditer(pattern):
        times = max(float(part["times"] or 1), 1.0)
        if part[0] == "(":
            levels.append(0.0)
        elif part[0][0] == ")" and len(levels) > 1:
            inner = levels.pop()
            levels[-1] += max(inner, 1.0) * times
        elif part["times"]:
            levels[-1] += times
    return sum(levels)


@lru_cache(_REMEMBERED)
def compiled_rules(patterns: tuple[str, ...]) -> "tuple[regex.Pattern[str], ...]":
    """The patterns, compiled. Raises InvalidRuleError that names a faulty one."""
    return tuple(map(_compiled, patterns))


def _compiled(pattern: str) -> "regex.Pattern[str]":
    import regex

    try:
        return _checked(pattern)
    except (regex.error, ValueError) as error:
        raise InvalidRuleError(f"rule {pattern!r}: {error}") from error


def find_denied(
    document: Document, rules: "Sequence[regex.Pattern[str]]"
) -> Iterator[Finding]:
    """The lines that a rule matches as a whole."""
    for index, rule in _matched(document, rules, whole=True):
        yield document.cut(index, f"own rule {rule.pattern}")


def find_allowed(
    document: Document, rules: "Sequence[regex.Pattern[str]]"
) -> list[tuple[int, int]]:
    """The spans of the lines in which a rule is found."""
    return [document.span(index) for index, _ in _matched(document, rules, whole=False)]


def _matched(
    document: Document, rules: "Sequence[regex.Pattern[str]]", *, whole: bool
) -> "Iterator[tuple[int, regex.Pattern[str]]]":
    """The lines that a rule matches, with the first that does, in time for all."""
    left = _MAX_SECONDS + _SECONDS_A_CHAR * len(document.text) * len(rules)
    for index, line in enumerate(document.lines):
        for rule in rules:
            start = monotonic()
            is_match = _is_match(rule, line, whole=whole, seconds=left)
            left -= monotonic() - start
            if left <= 0:
                raise _out_of_time(rule, line)
            if is_match:
                yield index, rule
                break


def _is_match(
    rule: "regex.Pattern[str]", line: str, *, whole: bool, seconds: float
) -> bool:
    match = rule.fullmatch if whole else rule.search
    try:
        return match(line, timeout=seconds) is not None
    except TimeoutError:
        raise _out_of_time(rule, line) from None


def _out_of_time(rule: "regex.Pattern[str]", line: str) -> RuleTimeoutError:
    return RuleTimeoutError(
        f"rule {rule.pattern!r} took more than its time, {_MAX_SECONDS} s and "
        f"{_SECONDS_A_CHAR} s a character, on a line of {len(line)} characters; "
        "bound its repeats"
    )
