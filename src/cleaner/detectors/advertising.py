"""Markers where adverts stood."""

from typing import Final

from cleaner.patterns import Rule

RULES: Final = (
    # In the middle of an article that is one line; nobody writes these in prose.
    Rule("ad_break", "inline", r"[\[(]?\b{ad_break}\b[.:)\]]{0,2}"),
    # behind a paragraph's last sentence: "… has become. Sponsored"
    Rule(
        "ad_end",
        "inline",
        r"(?<=\p{Ll}[.!?…][\"”’»)\]]{0,2}[ ]{1,3})(?-i:(?=\p{Lu})){ad_end}\Z",
    ),
    # between two sentences, without a mark: "… has become. Advertisement The council"
    Rule(
        "ad_between",
        "inline",
        r"(?<=\p{Ll}[.!?…][\"”’»)\]]{0,2}[ ]{0,3})(?-i:(?=\p{Lu})){ad_between}"
        r"(?=[ ](?-i:\p{Lu}\p{Ll}{0,20}[ ]\p{Ll}))",
    ),
    Rule("ad_break", "line", r"\W{0,4}(?:{ad_stub}\W{1,5}){0,2}{ad_break}\W{0,4}", 120),
)
