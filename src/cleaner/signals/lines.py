"""What the lines of a text look like: signals of C4, FineWeb, RefinedWeb, RedPajama."""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Final, NamedTuple, TypeAlias

import numpy as np

from cleaner.signals.repetition import repeats
from cleaner.signals.words import (
    DIGIT,
    SPACE,
    TERMINAL_MARKS,
    UPPERCASE,
    Classes,
    Counts,
    Mask,
    Shares,
)

FINEWEB_SHORT_LINE_CHARS: Final = 30

C4_END_MARKS: Final = (".", "?", "!", '"', "'")
C4_MIN_WORDS: Final = 3
C4_MAX_WORD_CHARS: Final = 1000
C4_BANNED: Final = (
    "javascript",
    "terms of use",
    "privacy policy",
    "cookie policy",
    "uses cookies",
    "use of cookies",
    "use cookies",
)
C4_CITATION: Final = re.compile(r"\[\d*]|\[edit]|\[citation needed]")

# RefinedWeb's line corrections (Penedo et al. 2023, appendix G.2), with the numbers of
# DCLM's dclm_baseline_refinedweb.yaml where the paper gives none.
REFINEDWEB_MAX_UPPERCASE: Final = 0.5
REFINEDWEB_MIN_WORDS: Final = 2
REFINEDWEB_COUNTER: Final = re.compile(
    r"\W*\d[\d.,]*\s*[KMB]?\s+(?:likes|shares|comments|retweets|reposts|quotes"
    r"|bookmarks|upvotes|downvotes|downloads|views|followers)\W*",
    re.IGNORECASE,
)
_MAX_COUNTER_CHARS: Final = 40

REDPAJAMA_END_MARKS: Final = (".", "!", "?", "”")
REDPAJAMA_BULLETS: Final = tuple("•‣▶◀◦■□▪▫–")

# One class in front, so that the search skips to it.
_SENTENCE_BREAK: Final = re.compile(
    r"[.!?…。！？।](?:(?<=[。！？।])(?!\n)"
    r"|(?<![.!?…].)[.!?…]*+[\"'”’»)\]]*+[^\S\n])"  # of several in a row the first
)

SentenceCounter: TypeAlias = Callable[[Sequence[str]], int]


class Lines(NamedTuple):
    """A text's lines at any break that Unicode knows, bare of the space around them."""

    all: list[str]
    shown: list[str]  # those that are not blank
    sizes: Counts  # of those shown, in characters
    word_counts: Counts
    ends: Counts  # where those shown end in the text, their break included


def lines_of(text: str, classes: Classes) -> Lines:
    r"""The lines of a text of such characters.

    >>> from cleaner.signals.words import classes_of, codes_of
    >>> text = "One line.\n\nTwo."
    >>> lines_of(text, classes_of(codes_of(text))).word_counts.tolist()
    [2, 1]
    """
    raw = text.splitlines(keepends=True)
    bare = [line.strip() for line in raw]
    shown = [line for line in bare if line]
    ends = np.cumsum(_sizes(raw))[_sizes(bare) > 0]
    starts_word = (classes & SPACE) == 0
    starts_word[1:] &= ~starts_word[:-1]
    return Lines(bare, shown, _sizes(shown), _counts(starts_word, ends), ends)


def _counts(holds: Mask, ends: Counts) -> Counts:
    """For each line that ends there of how many characters something holds."""
    if not ends.size:
        return np.zeros(0, np.int64)
    starts = np.concatenate(([0], ends[:-1]))
    return np.add.reduceat(holds, starts, dtype=np.int64)


def _sizes(pieces: list[str]) -> Counts:
    return np.fromiter(map(len, pieces), np.int64, len(pieces))


def count_sentences(lines: Sequence[str]) -> int:
    """How many sentences there are in lines; none goes on in the next.

    >>> count_sentences(["He left. She stayed!", "It rose 3.5 per cent."])
    3
    """
    return len(lines) + len(_SENTENCE_BREAK.findall("\n".join(lines) + "\n"))


def fineweb(text: str, words: int) -> Iterator[tuple[str, float]]:
    """FineWeb's signals (Penedo et al. 2024), of a text with so many words."""
    lines = [line for line in text.split("\n") if line and not line.isspace()]
    count = len(lines) or 1
    breaks = text.count("\n")
    ended = sum(line[-1] in TERMINAL_MARKS for line in lines)
    short = sum(len(line) <= FINEWEB_SHORT_LINE_CHARS for line in lines)
    yield "lines", len(lines)
    yield "line_punct_ratio", ended / count
    yield "short_line_ratio", short / count
    yield "char_dup_ratio", repeats(lines).characters / (len(text) - breaks or 1)
    yield "list_ratio", breaks / (words or 1)


def c4(lines: Lines, sentences_in: SentenceCounter) -> Iterator[tuple[str, float]]:
    """C4's signals (Raffel et al. 2020): what its rules keep of the lines.

    A page whose kept lines hold both "lorem ipsum" and a curly bracket is told by the
    one that comes first.
    """
    prose = list(_c4_prose(lines))
    page = "\n".join(prose).lower()
    banned = tuple(phrase for phrase in C4_BANNED if phrase in page)
    kept = [
        line for line in prose if not any(phrase in line.lower() for phrase in banned)
    ]
    dropped_by = ""
    if "lorem ipsum" in page or "{" in page:
        dropped_by = next(filter(None, map(_c4_drops, prose)), "")
    yield "c4_kept_chars", sum(map(len, kept)) / (int(lines.sizes.sum()) or 1)
    yield "c4_sentences", sentences_in(kept)
    yield "c4_lorem_ipsum", float(dropped_by == "lorem ipsum")
    yield "c4_curly_bracket", float(dropped_by == "{")


def _c4_prose(lines: Lines) -> Iterator[str]:
    """The lines of three words or more that end a sentence, without citation marks."""
    for line, words in zip(lines.shown, lines.word_counts.tolist(), strict=True):
        bare = C4_CITATION.sub("", line) if "[" in line else line
        if (
            words >= C4_MIN_WORDS
            and bare.endswith(C4_END_MARKS)
            and not bare.endswith("...")
            and not _has_endless_word(line)
        ):
            yield bare


def _has_endless_word(line: str) -> bool:
    return (
        len(line) > C4_MAX_WORD_CHARS
        and max(map(len, line.split())) > C4_MAX_WORD_CHARS
    )


def _c4_drops(line: str) -> str:
    """What in a line makes C4 drop the page; "" if nothing."""
    lower = line.lower()
    if "lorem ipsum" in lower:
        return "lorem ipsum"
    return "{" if "{" in line and "javascript" not in lower else ""


def per_line(text: str, classes: Classes, lines: Lines) -> Iterator[tuple[str, float]]:
    """RedPajama-V2's signals of lines, as means over them, and RefinedWeb's share."""
    count = len(lines.shown) or 1
    uppercase = _shares((classes & UPPERCASE) != 0, lines)
    digits = _shares((classes & DIGIT) != 0, lines)
    ended = sum(line.endswith(REDPAJAMA_END_MARKS) for line in lines.shown)
    bullets = sum(line.startswith(REDPAJAMA_BULLETS) for line in lines.shown)
    corrected = _is_corrected(lines, uppercase, digits)
    yield "refinedweb_lines", int(np.count_nonzero(corrected)) / count
    yield "rps_lines_ending_with_terminal_punctution_mark", ended / count
    yield "rps_lines_javascript_counts", _javascripts(text) / count
    yield "rps_lines_num_words", int(lines.word_counts.sum()) / count
    yield "rps_lines_numerical_chars_fraction", float(digits.sum()) / count
    yield "rps_lines_start_with_bulletpoint", bullets / count
    yield "rps_lines_uppercase_letter_fraction", float(uppercase.sum()) / count


def _javascripts(text: str) -> int:
    """How often the word stands; only ASCII letters have its letters in lower case."""
    return text.encode("utf-8", "surrogatepass").lower().count(b"javascript")


def _shares(holds: Mask, lines: Lines) -> Shares:
    """For each line shown the share of its characters of which something holds."""
    return _counts(holds, lines.ends) / lines.sizes


def _is_corrected(lines: Lines, uppercase: Shares, digits: Shares) -> Mask:
    """Whether RefinedWeb would drop a line."""
    counters = np.fromiter(map(_is_counter, lines.shown), np.bool_, len(lines.shown))
    is_short = lines.word_counts < REFINEDWEB_MIN_WORDS
    is_shouted = uppercase > REFINEDWEB_MAX_UPPERCASE
    corrected: Mask = counters | is_short | is_shouted | (digits == 1)
    return corrected


def _is_counter(line: str) -> bool:
    is_short = len(line) <= _MAX_COUNTER_CHARS
    return is_short and REFINEDWEB_COUNTER.fullmatch(line) is not None
