"""What the gate looks for: phrases and signatures, and how they are looked up."""

import pytest
import regex

from cleaner.document import Slot
from cleaner.patterns.gate import (
    _ENDS_WORD,
    _IS_GLUED,
    _OPENS_WORD,
    SPACES,
    _by_gram,
    _folded,
    _folded_units,
    _is_word,
    _keys,
    _scannable,
    alternation,
    filled,
    is_short_word,
    pattern_of,
    phrases_of,
    signatures_of,
)
from cleaner.patterns.signatures import GLUED


def test_filled_are_slots_with_phrases_or_signatures() -> None:
    names, codes = ("about", "fused_bracket", "nonsense"), ("en", "any")
    assert filled(names, codes) == {Slot("en", "about"), Slot("any", "fused_bracket")}


@pytest.mark.parametrize(
    ("phrases", "text", "expected"),
    [
        (["tel"], "hotel, hotels, tel_ tel: TEL XX", ["tel", "TEL"]),
        (["telephone"], "hoteltelephones", ["telephone"]),  # nine letters
        (["telegram"], "xtelegram telegram", ["telegram"]),  # eight
        (["tel:"], "hotel: b", ["tel:"]),
        (["téléph"], "atéléph", ["téléph"]),
        (
            ["read more", "read more on", "read"],
            "read more one read morex",
            ["read more on", "read more"],
        ),
        (["read more"], "read \u2009more read   more read\nmore", ["read \u2009more"]),
        (["a.b", "a+b"], "acb a.b a+b", ["a.b", "a+b"]),
        (["go", "gone"], "gone go gon", ["gone", "go"]),
        (["© by", "go"], "© by go", ["© by", "go"]),
    ],
)
def test_an_alternation_takes_the_longest(
    phrases: list[str], text: str, expected: list[str]
) -> None:
    pattern = regex.compile(alternation(phrases), regex.IGNORECASE)
    assert pattern.findall(text) == expected


def test_what_stands_in_a_slot() -> None:
    glued = pattern_of(Slot("en", GLUED))
    assert (
        glued.findall("bridgefrom Xfrom éfrom from bridgefroms bridgeFROM")
        == ["from"] * 2
    )
    assert pattern_of(Slot("any", "fused_bracket")).findall("(AP)Two (ap)Two") == [
        "AP)Tw",
        "ap)Tw",
    ]
    assert pattern_of(Slot("en", "about")).findall("About roundabout") == ["About"]


def test_all_cases_of_a_letter_are_one() -> None:
    units = _folded_units()
    assert len(units) == 0x10000
    for letters in ("aA", "sSſ", "kK\u212a", "iIİı", "éÉ", "яЯ", "σςΣ", "ßẞ", "µμΜ"):
        assert len({units[ord(letter)] for letter in letters}) == 1, letters
    assert {chr(units[ord(space)]) for space in SPACES} == {" "}
    assert _folded("Read\u3000MORE…") == "read more…"
    ascii_letters = "".join(map(chr, range(128)))
    assert _folded(ascii_letters) == "".join(map(chr, units[:128]))
    assert _folded("\U0001f600\uffff") == "\uffff\uffff"
    plain = "0_-.中я"
    assert _folded(plain) == plain


def test_what_is_sought_for_a_slot() -> None:
    assert ("about", _OPENS_WORD | _ENDS_WORD) in set(_keys(Slot("en", "about")))
    assert ("distributed by", 0) in set(_keys(Slot("en", "distributed_by")))
    glued = set(_keys(Slot("en", GLUED)))
    assert ("according", _IS_GLUED | _ENDS_WORD) in glued
    assert {("afrom", _ENDS_WORD), ("zfrom", _ENDS_WORD)} < glued
    assert len({_OPENS_WORD, _ENDS_WORD, _IS_GLUED}) == 3


def test_short_phrases_are_looked_up_in_every_line() -> None:
    by_gram = _by_gram({Slot("sv", "colon_word"), Slot("en", "about")})
    assert ("about", Slot("en", "about"), True) in by_gram["abou"]
    assert all(len(phrase) < 4 for phrase, _, _ in by_gram[""])
    assert all(
        len(phrase) >= 4
        for gram in by_gram.keys() - {""}
        for phrase, _, _ in by_gram[gram]
    )


def test_a_signature_knows_no_language() -> None:
    assert signatures_of(Slot("any", "fused_bracket"))
    assert signatures_of(Slot("en", "fused_bracket")) == ()
    assert signatures_of(Slot("any", "about")) == ()
    assert phrases_of(Slot("en", "nonsense")) == ()


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [("telegram", True), ("telephone", False), ("tél", False), ("tel.", False)],
)
def test_a_short_word(phrase: str, expected: bool) -> None:
    assert is_short_word(phrase) is expected


@pytest.mark.parametrize(
    ("word", "line", "expected"),
    [
        ("tel", "tel", True),
        ("tel", "a tel b", True),
        ("tel", "hotel, tel", True),
        ("tel", "hotel", False),
        ("tel", "tels", False),
        ("tel", "_tel", False),
        ("tel", "tel1", False),
        ("tel", "btel hotel", False),
        ("aba", "ababa aba", True),
        ("tel", "étel", True),
    ],
)
def test_a_word_stands_alone(word: str, line: str, expected: bool) -> None:
    assert _is_word(word, line) is expected


def test_lines_as_classes_see_them() -> None:
    assert _scannable("a\ud800b\udfffc\ue000\U00010000\uffff") == (
        "a\ufffdb\ufffdc\ue000\uffff\uffff"
    )
    plain = "plain"
    assert _scannable(plain) is plain
