"""Any file of rules: a fault with its place, or rules that keep what they allow."""

import atheris
from harness import run, scratch

with atheris.instrument_imports(include=["cleaner"]):
    from cleaner import Cleaner, InvalidRuleError, RuleTimeoutError
    from cleaner.cli.options import job_of
    from cleaner.detectors.own import compiled_rules, find_allowed
    from cleaner.document import Document

from laws import LAWS

TEXT = (
    "The bridge opened on Monday, she said.\n\nRead More: the book\n\n"
    "get the Harbour\u00a0Gazette on paper\n\nPage 3 of 12\n\nAdvertisement\naaaaaaa\n"
)
HELD = ("replays", "is_sorted_and_disjoint", "only_repairs_write")
SEEDS = (
    b"\xef\xbb\xbf# furniture\r\ndeny Get the Harbour Gazette on paper\n",
    b"  deny   /Page \\d+ of \\d+/\nallow Read More: the book\nallow /^Advert/",
    b"deny /(?i)(a|b)*?(?=c)[[a-z]--[q]]\\p{L}++(?<n>x)(?P=n)/\nallow /(?:foo){e<2}/",
    b"allow /\\X\\N{DIGIT ONE}\\L<x>(?R)(?1)(?>a)(?(1)a|b)[[:alpha:]]\\K\\G/",
)
WORDS = (
    "deny allow / (?: (?i) (?V1) (?r) (?b) {1,99} {e} \\p{ (?| (?<= (?& ){s<9} ]] ++"
)


def check(data: bytes) -> None:
    """The rules are refused for a reason, or do what they say."""
    path = scratch(data)
    compiled_rules.cache_clear()  # it would hold the rules of every input
    try:
        config = job_of(["--rules", path]).config
    except InvalidRuleError as error:
        assert str(error).startswith(f"{path}:")
        return
    try:
        done = Cleaner(config).explain(TEXT)
        allowed = find_allowed(Document(TEXT), compiled_rules(config.allow))
    except RuleTimeoutError:
        return
    assert all(LAWS[name](done, "default") for name in HELD)
    assert all(TEXT[start:end] in done.text for start, end in allowed)


if __name__ == "__main__":
    run(check, SEEDS, WORDS.split())
