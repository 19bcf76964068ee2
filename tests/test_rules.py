"""Files of the user's own rules: what they mean, and how a fault is told."""

from pathlib import Path

import pytest
from commandlib import cleaned, status_of

from cleaner import InvalidRuleError, RuleTimeoutError
from cleaner.detectors import own
from cleaner.detectors.own import compiled_rules, find_allowed, parse_rules
from cleaner.document import Document
from cleaner.io.rows import InputError

TEXT = (
    "The bridge opened on Monday, she said.\n\n"
    "get the Harbour\u00a0Gazette on paper\n\nPage 3 of 12\n\n"
    "Read More: the book\n\nAdvertisement\n"
)
RULES = r"""
# one site's furniture
deny Get the Harbour Gazette on paper
  deny   /Page \d+ of \d+/
allow Read More: the book
allow /^Advert/
"""


def test_long_texts_have_more_time(monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[float] = []

    def matches(_rule: object, _line: str, *, whole: bool, seconds: float) -> bool:  # noqa: ARG001
        given.append(seconds)
        return False

    monkeypatch.setattr(own, "_is_match", matches)
    rules = compiled_rules(("Page 3", "Page 4"))
    for chars in (10, 1_000_000):
        find_allowed(Document("a" * chars), rules)
    assert given[::2] == pytest.approx([1.00002, 3])


def test_phrases_and_patterns(tmp_path: Path) -> None:
    given, rules = tmp_path / "a.txt", tmp_path / "rules"
    given.write_text(TEXT)
    rules.write_text(RULES)
    assert cleaned(given, "--rules", rules).decode() == (
        "The bridge opened on Monday, she said.\n\nRead More: the book\n\n"
        "Advertisement\n"
    )


@pytest.mark.parametrize(
    ("rules", "message"),
    [
        ("\n  remove this", "mine:2:3: neither 'deny RULE' nor 'allow RULE'"),
        ("deny", "mine:1:1: neither"),
        ("# fine\ndeny  /a(b/", r"mine:2:11: missing \)"),
        ("allow /a*/", "mine:1:7: matches the empty line"),
        ("\ufeffdeny //", "mine:1:6: matches the empty line"),
        (r" deny /edition \d+/i", "mine:1:7: a rule that begins with / must end with"),
        ("deny /Page/  # editions", r"mine:1:6: .* flags go inside, as in /\(\?i\)"),
        ("allow /", "mine:1:7: a rule that begins with / must end with it"),
        # Found by fuzzing, or beside what was found.
        (f"deny /{'(' * 3000}a{')' * 3000}/", "mine:1:6: nested too deep"),
        ("deny /a{4294967294}/", "mine:1:6: its repeats unroll to more than 1"),
        (f"deny /a{{{'9' * 5000}}}/", "mine:1:6: its repeats unroll"),
        ("deny /(?:a{1000}){0,1000}/", "matches the empty line"),
        ("deny /(?:a{1000}){1000}/", "mine:1:6: its repeats unroll"),
        ("deny /x|(?=a)(?R)/", "mine:1:6: calls a part of itself"),
        ("deny /(a)(?1)/", "mine:1:6: calls a part of itself"),
        (r"deny /a\\(?R)?b/", "mine:1:6: calls a part of itself"),
        ("deny /(?<n>a)(?&n)/", "mine:1:6: calls a part of itself"),
        ("deny /(?<n>a)(?P>n)/", "mine:1:6: calls a part of itself"),
        ("deny /(?u)(?a)a/", "mine:1:6: ASCII, LOCALE and UNICODE"),
    ],
)
def test_faults_name_line_and_column(rules: str, message: str) -> None:
    with pytest.raises(InvalidRuleError, match=message):
        parse_rules(rules, "mine")


UUID = "-".join(rf"[\da-f]{{{n}}}" for n in (8, 4, 4, 4, 12))


def test_repeats_side_by_side_add_up() -> None:
    assert parse_rules(f"deny /{UUID} {UUID} [(){{9}}]{{999}}/", "mine").deny


def test_a_paren_that_may_be_missing_is_no_call() -> None:
    assert parse_rules(r"deny /(\(?1)+ of \d{4}-\d{2}/", "mine").deny


def test_rules_that_are_not_utf8(tmp_path: Path) -> None:
    rules = tmp_path / "rules"
    rules.write_bytes(b"deny caf\xe9")
    with pytest.raises(InvalidRuleError, match="byte 8 is not UTF-8"):
        status_of(rules, "--rules", rules)


def test_a_rule_that_runs_away_is_a_fault_of_its_row(tmp_path: Path) -> None:
    given, rules = tmp_path / "a.txt", tmp_path / "rules"
    given.write_text("a" * 5000)
    rules.write_text("deny /(?:a|aa)+(?:a|aa)+(?:a|aa)+b/")
    with pytest.raises(InputError, match=r"a\|aa") as caught:
        status_of(given, "--rules", rules, "-o", tmp_path / "out")
    assert "took more than" in str(caught.value)
    assert RuleTimeoutError.__name__ not in str(caught.value)


def test_a_pattern_for_what_begins_with_a_slash() -> None:
    assert parse_rules("deny //Home/", "mine").deny == ("/Home",)


def test_line_breaks_of_any_system_end_a_rule_and_no_other_separator_does() -> None:
    for end in ("\n", "\r\n", "\r"):
        found = parse_rules(f"deny One{end}{end}allow Two{end}", "mine")
        assert (found.deny, found.allow) == (("(?i:One)",), ("(?i:Two)",))
    assert parse_rules("deny Follow\u2028us", "mine").deny == (r"(?i:Follow\s+us)",)


@pytest.mark.parametrize("is_found", [False, True])
def test_lines_that_are_slow_together_run_out_of_time(
    monkeypatch: pytest.MonkeyPatch,
    is_found: bool,
) -> None:
    given: list[float] = []

    def is_match(*_: object, seconds: float, **__: object) -> bool:
        given.append(seconds)
        return is_found and len(given) % 2 == 0

    monkeypatch.setattr(own, "monotonic", lambda: 0.3 * len(given))
    monkeypatch.setattr(own, "_is_match", is_match)
    rules = compiled_rules(("one", "two"))
    with pytest.raises(RuleTimeoutError, match="'two' took more than its time"):
        find_allowed(Document("a\nb\nc"), rules)
    assert [round(left, 1) for left in given] == [1.0, 0.7, 0.4, 0.1]
