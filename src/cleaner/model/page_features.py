"""What the page model sees of each line of a page, all lines at once, in whole numbers.

One look-up gives every character's class; the rest is counting by line. Nothing here
assumes English, upper case or spaces between words, and no float is ever rounded.
"""

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from cleaner.model.page_context import Rows, clipped, headings, means, shifted, windowed
from cleaner.model.page_repeats import (
    FURTHER_LINES,
    MAX_COPIES,
    copied,
    copies,
    numbered,
    seen,
)
from cleaner.model.page_text import (
    BRACKET,
    BULLET,
    COMMA,
    DASH,
    DIGIT,
    GAP,
    LETTER,
    LOWER,
    QUOTE,
    SIGN,
    STOP,
    UPPER,
    WIDE,
    WORD_BITS,
    Hashes,
    Ints,
    Kinds,
    Lines,
    different_words,
    taken_apart,
)
from cleaner.spacing import BLANK

# The weights were fitted with these: what `document` has for prose may change alone.
_PROSE_WIDTH: Final = 80
_SHORT_WIDTH: Final = 40
_LONG_WIDTH: Final = 200
# What is more counts as so much: so the first page model was fitted.
_FAR_LINES: Final = 60
_MAX_INDENT: Final = 99
_MAX_STEP: Final = 20  # from one line's indent to the next
_MAX_GAP: Final = 9  # blank lines
_MAX_STOPS: Final = 9
_MAX_OPENINGS: Final = 30
_MAX_KNOWN: Final = 30
_MAX_CHARS: Final = 500
_NARROW_PER_WIDE: Final = 3
_TITLE_PERCENT: Final = 60  # of the line and of the title, where it is like that


class Page(NamedTuple):
    """A page's lines as numbers: their features, and their words as hashes."""

    rows: Rows  # a row for each feature, a column for each line
    words: Hashes
    word_lines: Ints  # the line of each word
    groups: Ints  # for each of GROUPS a row with the number of each line's group
    spans: Ints  # where the lines start, and where they end

    @property
    def word_counts(self) -> Ints:
        """How many words stand in each line."""
        counts: Ints = self.rows[FEATURES.index("words")].astype(np.int64)
        return counts


FEATURES: Final = (
    "length", "words", "word_chars", "upper", "other_letters", "wide", "digits",
    "stops", "commas", "quotes", "brackets", "dashes", "bullets", "signs",
    "stop_count", "comma_count", "first", "last", "capitals", "indent", "gap",
    "gap_after", "deeper", "deeper_next", "line_share", "char_share", "line_number",
    "lines_left", "line_count", "char_count", "repeats", "shape_run", "openings",
    "title_share", "title_cover", "since_title", "known_words", "known_count",
    "prose_before", "prose_after", "prose_chars_before", "prose_share",
    "chars_1", "chars_3", "chars_8", "chars_25", "stops_3", "stops_8", "prose_3",
    "prose_8", "prose_25", "bullets_5", "digits_5", "depth_rank",
    "repeats_8", "openings_8", "chars_behind", "chars_ahead", "prose_behind",
    "prose_ahead", "same_length", "repeats_ahead",
    "block_lines", "block_chars", "block_stops", "peers", "peers_chars",
    "copies_before", "copies_after", "since_copy", "seen_before", "seen_after",
    "since_head", "to_head", "head_length", "head_title_share", "section_lines",
    "section_chars", "section_stops", "listed_share", "short_share", "long_share",
    "repeated_share", "gap_share", "mean_stops", "mean_digits", "longest",
    "titled_lines",
)  # fmt: skip
# Lines that belong together: between blank lines, of one shape, with one first word,
# from one heading to the next.
GROUPS: Final = ("block", "alike", "opening", "section")
_NEAR: Final = ("length", "last", "first", "words", "stop_count", "capitals", "indent")
NAMES: Final = FEATURES + tuple(
    f"{name}{step:+}" for step in (-1, 1, -2, 2) for name in _NEAR
)


def describe(text: str, title: str | None = None) -> Page:
    r"""The page's features by line, in the order of `NAMES`; lines as in a Document.

    >>> page = describe("Home\n\nThe bridge is open again.", "The bridge")
    >>> page.rows.shape[1], page.word_lines.tolist()
    (2, [0, 1, 1, 1, 1, 1])
    """
    kinds, lines, words, word_lines = taken_apart(text)
    own = _own(lines, kinds, np.bincount(word_lines, minlength=len(lines.starts)))
    own |= _placed(lines, own["length"])
    own |= _shared(own, words, word_lines, title)
    own |= _headed(own)
    own |= _around(own)
    own |= _whole(own)
    groups = np.array([own.pop(name) for name in GROUPS])
    own |= _grouped(own, groups)
    near = np.array([own[name] for name in _NEAR])
    rows = [
        np.array([own[name] for name in FEATURES]),
        *(shifted(near, step) for step in (-1, 1, -2, 2)),
    ]
    spans = np.array([lines.starts, lines.ends])
    return Page(clipped(np.concatenate(rows)), words, word_lines, groups, spans)


def _own(lines: Lines, kinds: Kinds, words: Ints) -> dict[str, Ints]:
    """What a line says of itself: lengths, classes of characters, place."""
    counts = lines.counts
    ink = np.maximum(counts.sum(axis=0), 1)
    share = 100 * counts // ink
    count = len(ink)
    letters = counts[LOWER] + counts[UPPER] + counts[LETTER] + counts[WIDE]
    length = lines.ends - lines.starts + (_NARROW_PER_WIDE - 1) * counts[WIDE]
    opening = np.append(False, (kinds[:-1] == GAP) | (kinds[:-1] >= STOP))
    capital = np.flatnonzero((kinds == UPPER) & opening[: len(kinds)])
    capitals = np.bincount(
        np.searchsorted(lines.starts, capital, side="right") - 1, minlength=count
    ) + (lines.first == UPPER)
    return {
        "length": length,
        "words": words,
        "word_chars": 10 * letters // np.maximum(words, 1),
        "upper": 100 * counts[UPPER] // np.maximum(letters, 1),
        "other_letters": share[LETTER],
        "wide": share[WIDE],
        "digits": share[DIGIT],
        "stops": share[STOP],
        "commas": share[COMMA],
        "quotes": share[QUOTE],
        "brackets": share[BRACKET],
        "dashes": share[DASH],
        "bullets": share[BULLET],
        "signs": share[SIGN],
        "stop_count": counts[STOP],
        "comma_count": counts[COMMA],
        "first": lines.first,
        "last": lines.last,
        "capitals": 100 * capitals // np.maximum(words, 1),
        "indent": np.minimum(lines.indents, _MAX_INDENT),
        "gap": np.minimum(lines.gaps, _MAX_GAP),
        "gap_after": np.append(np.minimum(lines.gaps[1:], _MAX_GAP), _MAX_GAP),
    }


def _placed(lines: Lines, length: Ints) -> dict[str, Ints]:
    """Where a line stands on the page."""
    count = len(length)
    number = np.arange(count)
    chars = np.cumsum(length)
    total = max(int(chars[-1]), 1)
    rank = np.searchsorted(np.sort(lines.indents), lines.indents)
    return {
        "deeper": np.diff(lines.indents, prepend=0).clip(-_MAX_STEP, _MAX_STEP),
        "deeper_next": np.append(np.diff(lines.indents), 0).clip(-_MAX_STEP, _MAX_STEP),
        "line_share": 1000 * number // count,
        "char_share": 1000 * (chars - length) // total,
        "line_number": number,
        "lines_left": count - 1 - number,
        "line_count": np.full(count, count),
        "char_count": np.full(count, total),
        "depth_rank": 100 * rank // count,
    }


def _shared(
    own: dict[str, Ints], words: Hashes, word_lines: Ints, title: str | None
) -> dict[str, Ints]:
    """What a line has in common with others, with the title, and with the prose."""
    count = len(own["length"])
    first = np.searchsorted(word_lines, np.arange(count))
    place = np.arange(len(words)) - first[word_lines]
    keys = np.zeros(count, np.uint64)
    odd = 2 * place.astype(np.uint64) + np.uint64(1)
    np.add.at(keys, word_lines, words * odd)
    opening = np.zeros(count, np.uint64)
    some = own["words"] > 0
    opening[some] = words[first[some]]
    numbers, same = numbered(opening), numbered(keys)
    shape = own["first"] * 64 + own["indent"] * 4096 + own["last"]
    prose = _is_prose(own)
    known = _known(words, prose[word_lines])
    by_line = np.bincount(word_lines[known], minlength=count)
    return {
        "block": np.cumsum(own["gap"] > 0),
        "alike": numbered(shape * 64 + _magnitudes(own["length"])),
        "opening": numbers,
        "repeats": np.minimum(copies(same), MAX_COPIES),
        "openings": np.minimum(copies(numbers), _MAX_OPENINGS),
        **copied(same),
        **seen(words, word_lines, count),
        "shape_run": _run_lengths(shape),
        "known_words": 100 * by_line // np.maximum(own["words"], 1),
        "known_count": np.minimum(by_line, _MAX_KNOWN),
        **_titled(own, words, word_lines, title),
    }


def _whole(own: dict[str, Ints]) -> dict[str, Ints]:
    """What the page is like as a whole, the same for all of its lines."""
    length = own["length"]
    count = len(length)
    kinds = {
        "listed_share": own["first"] == BULLET,
        "short_share": length < _SHORT_WIDTH,
        "long_share": length >= _LONG_WIDTH,
        "repeated_share": own["repeats"] > 1,
    }
    total = max(int(length.sum()), 1)
    values = {
        **{name: 1000 * length[is_].sum() // total for name, is_ in kinds.items()},
        "gap_share": 100 * np.count_nonzero(own["gap"]) // count,
        "mean_stops": 10 * own["stop_count"].sum() // count,
        "mean_digits": 10 * own["digits"].sum() // count,
        "longest": length.max(),
        "titled_lines": np.count_nonzero(own["since_title"] == 0),
    }
    return {name: np.full(count, value) for name, value in values.items()}


def _is_prose(own: dict[str, Ints]) -> NDArray[np.bool_]:
    ended = (own["last"] == STOP) | (own["last"] == QUOTE) | (own["last"] == BRACKET)
    wide = own["length"] >= _PROSE_WIDTH
    found: NDArray[np.bool_] = wide & (ended | (own["stop_count"] > 1))
    return found


def _known(words: Hashes, prose: NDArray[np.bool_]) -> Ints:
    """Words that stand more often in the page's prose than this once."""
    buckets = (words >> np.uint64(64 - WORD_BITS)).astype(np.int64)
    times: Ints = np.bincount(buckets[prose], minlength=1 << WORD_BITS)
    return np.flatnonzero(times[buckets] > prose).astype(np.int64)


def _headed(own: dict[str, Ints]) -> dict[str, Ints]:
    """The section that a line stands in: its heading, how large it is."""
    length = own["length"]
    is_head = (own["gap"] > 0) & (length < _PROSE_WIDTH)
    is_head &= (own["first"] != BULLET) & (own["last"] != STOP)
    section = np.cumsum(is_head, dtype=np.int64)
    place = np.arange(len(length))
    head = headings(section)
    ends = np.searchsorted(section, section, side="right")
    return {
        "section": section,
        "since_head": np.minimum(place - head, FURTHER_LINES),
        "to_head": np.minimum(ends - place, FURTHER_LINES),
        "head_length": length[head],
        "head_title_share": own["title_share"][head],
        "section_lines": np.minimum(ends - head, FURTHER_LINES),
        "section_chars": means(length, section),
        "section_stops": means(own["stop_count"], section),
    }


def _magnitudes(values: Ints) -> Ints:
    """How many binary digits each value has."""
    return np.searchsorted(1 << np.arange(32), values, side="right")


def _grouped(own: dict[str, Ints], groups: Ints) -> dict[str, Ints]:
    """How large a line's groups are, and what their lines are like."""
    block, peers = groups[:2]
    return {
        "block_lines": np.minimum(copies(block), _FAR_LINES),
        "block_chars": means(own["length"], block),
        "block_stops": means(own["stop_count"], block),
        "peers": np.minimum(copies(peers), _FAR_LINES),
        "peers_chars": means(own["length"], peers),
    }


def _run_lengths(keys: Ints) -> Ints:
    """For each line, how many neighbours in a row have its key."""
    new = np.flatnonzero(np.diff(keys, prepend=-1))
    sizes = np.diff(np.append(new, len(keys)))
    found: Ints = np.minimum(np.repeat(sizes, sizes), _FAR_LINES)
    return found


def _titled(
    own: dict[str, Ints], words: Hashes, word_lines: Ints, title: str | None
) -> dict[str, Ints]:
    """How much a line shares with the title, and how far below such a line it is."""
    count = len(own["length"])
    title = title.strip(BLANK) if title else ""
    wanted = different_words(title) if title else np.zeros(0, np.uint64)
    if not len(wanted):
        nothing = np.full(count, -1)
        return dict.fromkeys(("title_share", "title_cover", "since_title"), nothing)
    # By sorting: numpy 2.0's other way overflows for numbers as large as hashes.
    is_wanted = np.isin(words, wanted, kind="sort")
    hits = np.bincount(word_lines[is_wanted], minlength=count)
    share = 100 * hits // np.maximum(own["words"], 1)
    cover = np.minimum(100, 100 * hits // len(wanted))
    like = (share >= _TITLE_PERCENT) & (cover >= _TITLE_PERCENT)
    return {
        "title_share": share,
        "title_cover": cover,
        "since_title": _distance(like),
    }


def _distance(marked: NDArray[np.bool_]) -> Ints:
    """Lines since the last marked one; the far number where there is none."""
    number = np.arange(len(marked))
    last = np.maximum.accumulate(np.where(marked, number, -_FAR_LINES))
    return np.minimum(number - last, _FAR_LINES)


def _around(own: dict[str, Ints]) -> dict[str, Ints]:
    """What stands near a line: prose, its distance, and sums over windows."""
    prose = _is_prose(own)
    chars = np.where(prose, own["length"], 0)
    total = max(int(chars.sum()), 1)
    done = np.cumsum(chars) - chars
    signals = {
        "chars": np.minimum(own["length"], _MAX_CHARS),
        "stops": np.minimum(own["stop_count"], _MAX_STOPS),
        "prose": chars,
        "listed": own["first"] == BULLET,
        "digits": own["digits"],
        "repeats": own["repeats"],
        "opening": own["openings"],
    }
    signals["jump"] = np.abs(np.diff(signals["chars"], prepend=0))
    return {
        "prose_before": _distance(prose),
        "prose_after": _distance(prose[::-1])[::-1],
        "prose_chars_before": 1000 * done // total,
        "prose_share": np.full(
            len(prose), 1000 * total // max(int(own["length"].sum()), 1)
        ),
        **_means(signals),
    }


# Means over windows: their name, of what, how far they reach back and ahead.
_SIGNALS: Final = (
    "chars", "stops", "prose", "listed", "digits", "repeats", "opening", "jump",
)  # fmt: skip
_WINDOWS: Final = (
    ("chars_1", "chars", 1, 1), ("chars_3", "chars", 3, 3), ("chars_8", "chars", 8, 8),
    ("chars_25", "chars", 25, 25), ("chars_behind", "chars", 5, 0),
    ("chars_ahead", "chars", 0, 5), ("stops_3", "stops", 3, 3),
    ("stops_8", "stops", 8, 8), ("prose_3", "prose", 3, 3), ("prose_8", "prose", 8, 8),
    ("prose_25", "prose", 25, 25), ("prose_behind", "prose", 20, 0),
    ("prose_ahead", "prose", 0, 20), ("same_length", "jump", 3, 3),
    ("bullets_5", "listed", 5, 5), ("digits_5", "digits", 5, 5),
    ("repeats_8", "repeats", 8, 8), ("openings_8", "opening", 8, 8),
    ("repeats_ahead", "repeats", 0, 15),
)  # fmt: skip
_PICKS: Final = np.array(
    [(_SIGNALS.index(of), behind, ahead) for _, of, behind, ahead in _WINDOWS]
)


def _means(signals: dict[str, Ints]) -> dict[str, Ints]:
    rows = np.array([signals[name] for name in _SIGNALS])
    names = (name for name, *_ in _WINDOWS)
    return dict(zip(names, windowed(rows, _PICKS), strict=True))
