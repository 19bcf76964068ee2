"""Signatures: what the gate's one scan looks for beside phrases.

A signature is a few characters in a row: a tuple of classes, each written as in a
pattern between brackets ("a-z0-9"). Case matters.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from cleaner.spacing import ODD_SPACES

# The classes of characters and their unlikely neighbours are those of ftfy's own test
# (ftfy.badness 6.3, Apache-2.0), in places wider: what it finds bad, these find.
_CLASSES: Final = {
    "c1": "\x80-\x9f",
    "bad": "¦¤¨¬¯¸ƒˆˇ˘˛˜†‡‰⌐◊\ufffdªº",
    "law": "¶§",
    "money": "¢£¥₧€",
    "opens": "¡«¿©΄΅‘‚“„•‹\uf8ff",
    "closes": "®»˝”›™",
    "figure": "²³¹±¼½¾×µ÷⁄∂∆∏∑√∞∩∫≈≠≡≤≥№",
    "face": "Ò-ÖÙ-Üò-öø-üŐŌŪŲ°",
    "upper": "À-ÑØÜÝĂĀĄĆČĎĐĘĚĒĖĞĢİĪĶĹĽŁĻŃŇŅŒŘŚŞŠŢŤŮŰŸŹŻŽҐ",
    "lower": "ßà-ñăąāćčďđęěēėğģįīķĺľłļœŕśşšťüźżžґﬁﬂ",
    "letter": "ÞΑ-ΩΆΈΉΊΌΎΏΪΫЁ-Яα-ωάέήίΰа-џ",
    "low_letter": "α-ωάέήίΰа-џ",
    "box": "│┌┐┘├┤┬┼═-╬▀▄█▌▐░▒▓",
    "common": "\xa0\xad·´–—―…’",
}
_BROKEN: Final = (
    ("{c1}\ufffd",),  # \ufffd stands for a lone surrogate too
    ("{bad}{lower}{upper}{box}{opens}{closes}{money}{figure}{law}{letter}", "{bad}"),
    ("{bad}", "{lower}{upper}{box}{opens}{closes}{money}{figure}{law}"),
    ("{lower}{low_letter}{box}{closes}{money}{figure}", "{upper}"),
    ("{box}{closes}{money}{figure}", "{lower}"),
    ("{lower}{box}{closes}", "{money}"),
    ("{upper}{box}", "{figure}{law}"),
    ("{lower}{upper}{box}{money}{closes}", "{opens}", "{figure}"),
    ("{lower}{upper}{money}{figure}{box}{law}", "{closes}", "{opens}"),
    ("{money}{figure}{box}", "{opens}"),
    ("{upper}", "{opens}{money}°"),
    ("{box}", "{face}{closes}"),
    ("{lower}{upper}{money}{figure}{opens}{closes}{law}", "{box}"),
    ("{lower}{upper}", "{opens}{closes}", "0-9A-Z_a-z\xaa-\uffff"),
    ("Œœ", "\x00-@[-`{{-\uffff"),
    ("ÂÃÎÐ", "€œŠš¢£Ÿž\xa0\xad®©°·»¡ {opens}{closes}–—´"),
    ("×", "²³"),
    (
        "ØÙ",
        "{common}{money}{bad}{figure}{opens}ŸŠ®°µ»",
        "ØÙ",
        "{common}{money}{bad}{figure}{opens}ŸŠ®°µ»",
    ),
    ("à", "²µ¹¼½¾"),
    ("√", "±∂†≠®™´≤≥¥µø"),
    ("≈", "°¢"),
    ("‚", "Ä", "ìîïòôúùû†°¢π"),
    ("‚", "âó", "àä°ê"),
    ("в", "Ђ"),
    ("ВГРС", "{bad}{opens}{closes}{money}°µ", "ВГРС"),
    ("Г", "ў", "В", "Ђ", "В"),
    ("β", "€", "™\xa0Ά\xad®°"),
    ("ΒΓΞΟ", "{bad}{opens}{closes}{money}°", "ΒΓΞΟ"),
    ("ā", "€"),
)

# Letters of the alphabets that have capitals, those that fused words are looked for in.
LOWER: Final = "a-zß-öø-ÿāăąćċčďđēėęěğģīįıķĺļľłńņňōőœŕřśşšţťūůűųźżžșțάέήία-ώа-џґ"
UPPER: Final = "A-ZÀ-ÖØ-ÞĀĂĄĆĊČĎĐĒĖĘĚĞĢĪĮİĶĹĻĽŁŃŅŇŌŐŒŔŘŚŞŠŢŤŪŮŰŲŹŻŽȘȚΆΈΉΊΌΎΏΑ-ΩЀ-ЯҐ"
INDIC: Final = "\u0900-\u0963"  # Devanagari without its full stop and digits

# Marks at which words are fused.
STOPS: Final = ".!?"
CLOSERS: Final = "”\"»)’'"  # before a full stop
QUOTES: Final = '“”„"'
BEFORE_QUOTES: Final = ".,!?:"
INDIC_QUOTES: Final = "\"'”’"
_DIGIT: Final = "0-9"
_FUSED: Final[Mapping[str, tuple[tuple[str, ...], ...]]] = {
    "fused_capital": ((LOWER, LOWER, UPPER),),
    "fused_stop": (
        (LOWER, LOWER, STOPS, UPPER),
        (LOWER, LOWER, CLOSERS, STOPS, UPPER),
        (LOWER, STOPS, ")", UPPER),
        (CLOSERS, STOPS, ")", UPPER),
    ),
    "fused_year": (("12", _DIGIT, _DIGIT, _DIGIT, ".", UPPER, LOWER),),
    "fused_bracket": (("A-Za-z", "A-Za-z", ")", "A-Z", "a-z"),),
    "fused_quote": (
        (LOWER, LOWER, QUOTES, LOWER + UPPER),
        (LOWER, LOWER, BEFORE_QUOTES, QUOTES, LOWER + UPPER),
    ),
    "fused_indic": ((INDIC, STOPS, INDIC), (INDIC, STOPS, INDIC_QUOTES, INDIC)),
}

BRACKET_END: Final = "bracket_end"  # of a headline in brackets, of one cut short
ARROW: Final = "arrow"  # of a link
HANDLE: Final = "handle"  # of whoever signed a post
SLASHED: Final = "slashed"  # a name, a slash and a name
CODE: Final = "code"  # marks of it, where capitals and stops join words

# What the gate looks for beside phrases: in which lines those of a kind stand.
SIGNATURES: Final[Mapping[str, tuple[tuple[str, ...], ...]]] = MappingProxyType(
    {
        "broken_encoding": tuple(
            tuple(part.format(**_CLASSES) for part in signature)
            for signature in _BROKEN
        ),
        "entity": (("&", "#0-9A-Za-z"),),  # whether or not it ends in ";"
        **_FUSED,
        BRACKET_END: (("]",), ("…", ")"), (".", ".", ".", ")")),
        ARROW: (("»›→",), (">", ">"), tuple("&gt;&gt;")),
        HANDLE: (("(", "@"),),
        SLASHED: (
            (LOWER + UPPER, "/", UPPER),
            (LOWER + UPPER, f" {ODD_SPACES}", "/|", f" {ODD_SPACES}", UPPER),
        ),
        CODE: tuple(map(tuple, ("{", "()", "=>", ");", ":=", "```"))),
    }
)

# The slot whose phrases the gate looks for at the end of longer words.
GLUED: Final = "run_on"
