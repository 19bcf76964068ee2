"""Simple methods to compare with, each a function from a text to the lines it drops.

They mark whole lines only, and run on every language as published, although their
authors ask for other marks and words outside English.
"""

import re
from collections.abc import Callable, Iterator, Mapping

from scoring import line_spans

from cleaner import Edit


def _cut(start: int, end: int, reason: str) -> Edit:
    return Edit(start, end, "", "boilerplate", "baseline", 1.0, reason)


def _lines(text: str) -> Iterator[tuple[int, int, str]]:
    for start, end in line_spans(text):
        if line := text[start:end].strip():
            yield start, end, line


def _drop(text: str, is_noise: Callable[[str], bool], reason: str) -> list[Edit]:
    return [_cut(a, b, reason) for a, b, line in _lines(text) if is_noise(line)]


# C4 (allenai/c4, as in datatrove's c4_filters.py); its page rules are left out.
C4_END_MARKS = (".", "?", "!", '"', "'")
C4_MIN_WORDS = 3
C4_MAX_WORD_LENGTH = 1000
C4_BANNED = (
    "javascript",
    "terms of use",
    "privacy policy",
    "cookie policy",
    "uses cookies",
    "use of cookies",
    "use cookies",
)


def _is_c4_noise(line: str) -> bool:
    words = line.split()
    lower = line.lower()
    return (
        not line.endswith(C4_END_MARKS)
        or line.endswith("...")
        or len(words) < C4_MIN_WORDS
        or max(map(len, words)) > C4_MAX_WORD_LENGTH
        or any(phrase in lower for phrase in C4_BANNED)
    )


def c4(text: str) -> list[Edit]:
    """Drop the lines that C4's rules drop."""
    return _drop(text, _is_c4_noise, "C4")


# RefinedWeb's line corrections (appendix G.2), with the numbers of DCLM's
# dclm_baseline_refinedweb.yaml where the paper gives none.
REFINEDWEB_MAX_UPPER = 0.5
REFINEDWEB_MIN_WORDS = 2
REFINEDWEB_MAX_PATTERN_WORDS = 10
COUNTER = re.compile(
    r"\W*\d[\d.,]*\s*[KMB]?\s+(?:likes|shares|comments|retweets|reposts|quotes"
    r"|bookmarks|upvotes|downvotes|downloads|views|followers)\W*",
    re.IGNORECASE,
)
SUBSTRING = re.compile(r"^sign-in|read more\.\.\.$|items in cart", re.IGNORECASE)


def _is_refinedweb_noise(line: str) -> bool:
    return (
        sum(map(str.isupper, line)) > REFINEDWEB_MAX_UPPER * len(line)
        or line.isnumeric()
        or len(line.split()) < REFINEDWEB_MIN_WORDS
        or COUNTER.fullmatch(line) is not None
    )


def _substrings(start: int, text: str) -> Iterator[Edit]:
    for match in SUBSTRING.finditer(text):
        yield _cut(start + match.start(), start + match.end(), "substring")


def refinedweb(text: str) -> list[Edit]:
    """Drop and shorten the lines that RefinedWeb's line corrections do."""
    cuts: list[Edit] = []
    for start, end, line in _lines(text):
        if _is_refinedweb_noise(line):
            cuts.append(_cut(start, end, "RefinedWeb"))
        elif len(line.split()) <= REFINEDWEB_MAX_PATTERN_WORDS:
            cuts += _substrings(text.index(line, start), line)
    return cuts


def repeats(text: str) -> list[Edit]:
    """Drop every line that stood in the document before."""
    cuts: list[Edit] = []
    seen: set[str] = set()
    for start, end, line in _lines(text):
        if line in seen:
            cuts.append(_cut(start, end, "repeat"))
        seen.add(line)
    return cuts


CUES = (
    "read more",
    "also read",
    "see also",
    "related",
    "watch:",
    "more on",
    "you may also like",
    "subscribe",
    "sign up",
    "follow us",
    "join our",
    "download",
    "click here",
    "share this",
    "leave a comment",
    "advertisement",
    "photo",
    "image",
    "copyright",
    "©",
)


def cues(text: str) -> list[Edit]:
    """Drop the lines that begin with one of twenty obvious cues, and repeats."""
    found = _drop(text, lambda x: x.lower().startswith(CUES), "cue")
    return [*found, *repeats(text)]


BASELINES: Mapping[str, Callable[[str], list[Edit]]] = {
    "C4 rules": c4,
    "RefinedWeb": refinedweb,
    "repeats": repeats,
    "cues+repeats": cues,
}
