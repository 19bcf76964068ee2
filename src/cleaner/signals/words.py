"""Words of a text as arrays: one look at every character, from which signals count."""

import unicodedata
from collections.abc import Iterable
from functools import cache
from itertools import accumulate, chain
from typing import Final, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

Codes: TypeAlias = npt.NDArray[np.uint32]
Classes: TypeAlias = npt.NDArray[np.uint8]
Keys: TypeAlias = npt.NDArray[np.uint64]
Counts: TypeAlias = npt.NDArray[np.int64]
Mask: TypeAlias = npt.NDArray[np.bool_]
Shares: TypeAlias = npt.NDArray[np.float64]

# What a character is, a bit each.
SPACE: Final = 1
LETTER: Final = 2
UPPERCASE: Final = 4
DIGIT: Final = 8
WORD: Final = 16  # of a word: letters with their marks, numbers, the underscore
JOINT: Final = 32  # of a word too, if it stands between two such
UNSPACED: Final = 64  # of a script that puts no spaces between words
SYMBOL: Final = 128

# Unicode's Sentence_Terminal characters and three Khmer ones: what FineWeb counts as
# the end of a line (datatrove 0.10.1, utils/text.py).
TERMINAL_MARKS: Final = frozenset(
    "!.?։؝؞؟۔܀܁܂߹࠷࠹࠽࠾।॥၊။።፧፨᙮᜵᜶។៕៖៙៚᠃᠉᥄᥅᪨᪩᪪᪫᭚᭛᭞᭟᭽᭾᰻᰼᱾᱿‼‽⁇⁈⁉⸮⸼⹓⹔。꓿꘎꘏꛳꛷꡶꡷꣎꣏꤯꧈꧉꩝꩞꩟꫰꫱꯫﹒﹖﹗！．？｡"
    "𐩖𐩗𐽕𐽖𐽗𐽘𐽙𐾆𐾇𐾈𐾉𑁇𑁈𑂾𑂿𑃀𑃁𑅁𑅂𑅃𑇅𑇆𑇍𑇞𑇟𑈸𑈹𑈻𑈼𑊩𑑋𑑌𑗂𑗃𑗉𑗊𑗋𑗌𑗍𑗎𑗏𑗐𑗑𑗒𑗓𑗔𑗕𑗖𑗗𑙁𑙂𑜼𑜽𑜾𑥄𑥆𑩂𑩃𑪛𑪜𑱁𑱂𑻷𑻸𑽃𑽄𖩮𖩯𖫵𖬷𖬸𖭄𖺘𛲟𝪈"
)
# A word of these alone is a symbol: cc_net's marks, control characters, the above.
_CC_NET_MARKS: Final = (
    "!/—”:％１〈&(、━\\【#%「」，】；+^]~“《„';’{|∶´[=-`*．（–？！：$～«〉,><》)?）。…@_.\""
    "}►»"
)
_CONTROLS: Final = (*range(9), *range(11, 32), *range(127, 160))
_JOINTS: Final = "'’.,"
_UNSPACED_RANGES: Final = ((0x3040, 0x30FF), (0x3400, 0x4DBF), (0x4E00, 0x9FFF))
_LAST: Final = 0x20000  # from here on all is taken for Chinese characters
UNSPACED_WORD_CHARS: Final = 2  # the mean in Chinese

_BASE: Final = 0x9E3779B97F4A7C15  # odd, of random bits: 2**64 over the golden ratio


@cache
def _table() -> Classes:
    """The class of every character up to the last that differs."""
    characters = [chr(code) for code in range(_LAST)]
    kinds = np.array([unicodedata.category(c) for c in characters])
    general = kinds.astype("U1")
    table = np.zeros(_LAST + 1, np.uint8)
    for bit, holds in (
        (SPACE, np.array([c.isspace() for c in characters])),
        (LETTER, general == "L"),
        (UPPERCASE, kinds == "Lu"),
        (DIGIT, kinds == "Nd"),
        (WORD, np.isin(general, ["L", "M", "N"])),
        (JOINT, kinds == "Cf"),
    ):
        table[:-1] |= np.where(holds, bit, 0).astype(np.uint8)
    marks = chain(map(ord, _CC_NET_MARKS), _CONTROLS, map(ord, TERMINAL_MARKS))
    table[list(marks)] |= SYMBOL
    table[[ord(c) for c in _JOINTS]] |= JOINT
    table[ord("_")] |= WORD
    for first, last in _UNSPACED_RANGES:
        table[first : last + 1] |= UNSPACED
    table[_LAST] = LETTER | WORD | UNSPACED
    return table


def codes_of(text: str) -> Codes:
    """The text's code points."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


def classes_of(codes: Codes) -> Classes:
    """What each character is."""
    return _table().take(np.minimum(codes, _LAST))


class Words(NamedTuple):
    """The words of a text, and of each its key (equal for equal words), its length."""

    keys: Keys
    lengths: Counts
    has_letter: Mask
    is_symbol: Mask

    def at(self, places: Counts) -> "Words":
        """Those at the places."""
        return Words(
            self.keys.take(places),
            self.lengths.take(places),
            self.has_letter.take(places),
            self.is_symbol.take(places),
        )


NO_WORDS: Final = Words(
    np.zeros(0, np.uint64),
    np.zeros(0, np.int64),
    np.zeros(0, np.bool_),
    np.zeros(0, np.bool_),
)


def split_words(codes: Codes, classes: Classes) -> Words:
    """The words and the runs of marks between them, which count as words.

    Where a script puts no spaces between words, a word is two characters. A number
    with its marks or a contraction is one word.

    >>> text = "Don't pay 3.5 million, he said."
    >>> codes = codes_of(text)
    >>> split_words(codes, classes_of(codes)).lengths.tolist()
    [5, 3, 3, 7, 1, 2, 4, 1]
    """
    kinds = classes & (WORD | UNSPACED)
    joints = ((classes[1:-1] & JOINT) != 0).nonzero()[0] + 1
    between = joints[((kinds[joints - 1] == WORD) & (kinds[joints + 1] == WORD))]
    kinds[between] = WORD
    shown = (classes & SPACE) == 0
    is_first = np.ones(len(codes), np.bool_)
    is_first[1:] = (kinds[1:] != kinds[:-1]) | (shown[1:] != shown[:-1])
    unspaced = ((kinds & UNSPACED) != 0).nonzero()[0]
    if unspaced.size:
        is_first[unspaced] |= _every_other(unspaced)
    starts = is_first.nonzero()[0]
    return _words(codes, classes, starts).at(shown.take(starts).nonzero()[0])


def _every_other(places: Counts) -> Mask:
    """Of each run of neighbouring places the first, third, fifth and so on."""
    is_start = np.ones(len(places), np.bool_)
    is_start[1:] = places[1:] - places[:-1] > 1
    starts = places[is_start][np.cumsum(is_start) - 1]
    is_even: Mask = (places - starts) % UNSPACED_WORD_CHARS == 0
    return is_even


def given_words(words: Iterable[str]) -> Words:
    """The words as somebody else has split them.

    >>> given_words(["do", "n't", "…"]).is_symbol.tolist()
    [False, False, True]
    """
    words = [word for word in words if word]
    codes = codes_of("".join(words))
    starts = np.array([0, *accumulate(map(len, words))][:-1], np.int64)
    return _words(codes, classes_of(codes), starts)


def keys_of(words: Iterable[str]) -> frozenset[int]:
    """The keys that the words have."""
    return frozenset(given_words(words).keys.tolist())


def _words(codes: Codes, classes: Classes, starts: Counts) -> Words:
    """The pieces that start there, each up to the next."""
    if not starts.size:
        return NO_WORDS
    ends = np.concatenate((starts[1:], [len(codes)]))
    lengths = ends - starts
    within = np.arange(len(codes)) - starts.repeat(lengths)
    weighed = (codes + np.uint32(1)) * _powers(int(lengths.max())).take(within)
    # The bit of marks turned over, so that one look tells "any letter" and "all marks".
    held = np.bitwise_or.reduceat(classes ^ SYMBOL, starts)
    return Words(
        np.add.reduceat(weighed, starts),
        lengths,
        held & LETTER != 0,
        held & SYMBOL == 0,
    )


def _powers(count: int) -> Keys:
    """The first powers of the base, modulo 2**64."""
    return _all_powers(1 << max(count - 1, 63).bit_length())


@cache
def _all_powers(count: int) -> Keys:
    powers = np.full(count, _BASE, np.uint64)
    powers[0] = 1
    return np.multiply.accumulate(powers)
