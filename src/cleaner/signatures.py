"""Signatures: shapes, not phrases, that the gate's one scan looks for.

Raw expressions that Hyperscan and `regex` both take: case matters, ranges are
explicit, and neither a word boundary nor a Unicode property is used.
"""

# the letters that look alike are the point

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from cleaner.languages import LANGUAGES

# The classes of characters and their unlikely neighbours are those of ftfy's own test
# (ftfy.badness 6.3, Apache-2.0), in places wider: what it finds bad, these find. None
# starts with an ASCII letter: so the scan passes over ASCII text five times as fast.
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
    "[{c1}\ufffd]",  # \ufffd stands for a lone surrogate too
    "[{bad}{lower}{upper}{box}{opens}{closes}{money}{figure}{law}][{bad}]",
    "[{letter}][{bad}]",
    "[{bad}][{lower}{upper}{box}{opens}{closes}{money}{figure}{law}]",
    "[{lower}{low_letter}{box}{closes}{money}{figure}][{upper}]",
    "[{box}{closes}{money}{figure}][{lower}]",
    "[{lower}{box}{closes}][{money}]",
    "[{upper}{box}][{figure}{law}]",
    "[{lower}{upper}{box}{money}{closes}][{opens}][{figure}]",
    "[{lower}{upper}{money}{figure}{box}{law}][{closes}][{opens}]",
    "[{money}{figure}{box}][{opens}]",
    "[{upper}][{opens}{money}]",
    "[{box}][{face}{closes}]",
    "[{lower}{upper}{money}{figure}{opens}{closes}{law}][{box}]",
    "[{lower}{upper}][{opens}{closes}][0-9A-Z_a-z\xaa-\U0010ffff]",
    "[Œœ][^A-Za-z]",
    "[{upper}]°",
    "[ÂÃÎÐ][€œŠš¢£Ÿž\xa0\xad®©°·»{opens}{closes}–—´]",
    "×[²³]",
    "(?:[ØÙ][{common}{money}{bad}{figure}{opens}ŸŠ®°µ»]){{2}}",
    "à[²µ¹¼½¾]",
    "√[±∂†≠®™´≤≥¥µø]",
    "≈[°¢]",
    "‚Ä[ìîïòôúùû†°¢π]",
    "‚[âó][àä°ê]",
    "вЂ",
    "[ВГРС][{bad}{opens}{closes}{money}°µ][ВГРС]",
    "ГўВЂВ",
    "Ã[\xa0¡]",
    "[ÃÂ] ",
    "β€[™\xa0Ά\xad®°]",
    "[ΒΓΞΟ][{bad}{opens}{closes}{money}°][ΒΓΞΟ]",
    "ā€",
    "&#?[0-9A-Za-z]{{1,24}};",
)

# Letters of the alphabets that have capitals, those that fused words are looked for in.
LOWER: Final = "a-zß-öø-ÿāăąćċčďđēėęěğģīįıķĺļľłńņňōőœŕřśşšţťūůűųźżžșțάέήία-ώа-џґ"
UPPER: Final = "A-ZÀ-ÖØ-ÞĀĂĄĆĊČĎĐĒĖĘĚĞĢĪĮİĶĹĻĽŁŃŅŇŌŐŒŔŘŚŞŠŢŤŪŮŰŲŹŻŽȘȚΆΈΉΊΌΎΏΑ-ΩЀ-ЯҐ"
INDIC: Final = "\u0900-\u0963"  # Devanagari without its full stop and digits

_RUN_ON: Final = "|".join(
    word
    for code in sorted(LANGUAGES)
    for word in LANGUAGES[code].phrases.get("run_on", ())
)
_FUSED: Final[Mapping[str, str]] = {
    "fused_capital": f"[{LOWER}][{LOWER}][{UPPER}]",
    "fused_stop": f"[{LOWER}][{LOWER}][”\"»)’']?[.!?]\\)?[{UPPER}]",
    "fused_year": f"[12][0-9][0-9][0-9][.][{UPPER}][{LOWER}]",
    "fused_bracket": "[A-Za-z][A-Za-z]\\)[A-Z][a-z]",
    "fused_quote": f'[{LOWER}][{LOWER}][.,!?:]?[“”„"][{LOWER}{UPPER}]',
    "fused_indic": f"[{INDIC}][.!?][\"'”’]?[{INDIC}]",
    "fused_run_on": f"[A-Z][a-z][a-z][a-z]{{1,20}}(?:{_RUN_ON})",
}

# What the gate looks for beside phrases: in which lines the shapes of a kind stand.
SIGNATURES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "broken_encoding": tuple(shape.format(**_CLASSES) for shape in _BROKEN),
        **{name: (shape,) for name, shape in _FUSED.items()},
    }
)
