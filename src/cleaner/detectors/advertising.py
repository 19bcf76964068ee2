"""Markers where adverts stood."""

from typing import Final

from cleaner.patterns import Rule

RULES: Final = (
    # In the middle of an article that is one line; nobody writes these in prose.
    Rule("ad_break", "inline", r"[\[(]?\b{ad_break}\b[.:)\]]{0,2}"),
    Rule("ad_break", "line", r"\W{0,4}(?:{ad_stub}\W{1,5}){0,2}{ad_break}\W{0,4}", 120),
)
