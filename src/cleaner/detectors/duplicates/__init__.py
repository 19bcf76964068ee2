"""Copies: text that stands in the document once more.

Natural repetition is mostly short, or verse; so a copy must be long, adjacent, part of
a block or the headline, and stand among prose. Digits are never trivia: results and
minutes that differ in a figure are not copies.
"""

from cleaner.detectors.duplicates.attributed import (
    NESTED,
    find_attributed_quotes,
    find_nested_quotes,
    find_speakers,
)
from cleaner.detectors.duplicates.copies import (
    HEADLINE,
    OPENING,
    REPEAT,
    TRUNCATED,
    find_copies,
    has_copies,
)
from cleaner.detectors.duplicates.headlines import (
    find_doubled_openings,
    find_prefixed_headlines,
)
from cleaner.detectors.duplicates.overlaps import find_overlaps
from cleaner.detectors.duplicates.posts import find_quoted_posts
from cleaner.detectors.duplicates.pull_quotes import (
    find_lifted_quotes,
    find_pull_quotes,
)

__all__ = [
    "HEADLINE",
    "NESTED",
    "OPENING",
    "REPEAT",
    "TRUNCATED",
    "find_attributed_quotes",
    "find_copies",
    "find_doubled_openings",
    "find_lifted_quotes",
    "find_nested_quotes",
    "find_overlaps",
    "find_prefixed_headlines",
    "find_pull_quotes",
    "find_quoted_posts",
    "find_speakers",
    "has_copies",
]
