"""What the software of sites prints, word for word, by language and slot.

Forms for comments, shops, forums, and cookie banners: WordPress, Complianz, OneTrust,
Cookiebot, Borlabs, and the purposes of IAB Europe's Transparency and Consent Framework.
Most of the English was met on sites of WCXB; the rest are the software's translations.
A `line` is all of a line or sentence; an `opening` is what a sentence begins with.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from cleaner.languages.software import (
    ar,
    bg,
    cs,
    da,
    de,
    el,
    en,
    es,
    fr,
    it,
    ja,
    ko,
    nl,
    no,
    pl,
    pt,
    ru,
    sv,
    tr,
    uk,
    vi,
    zh,
)
from cleaner.languages.software import (
    id as indonesian,
)

SOFTWARE: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = MappingProxyType(
    {
        "ar": ar.PHRASES,
        "bg": bg.PHRASES,
        "cs": cs.PHRASES,
        "da": da.PHRASES,
        "de": de.PHRASES,
        "el": el.PHRASES,
        "en": en.PHRASES,
        "es": es.PHRASES,
        "fr": fr.PHRASES,
        "id": indonesian.PHRASES,
        "it": it.PHRASES,
        "ja": ja.PHRASES,
        "ko": ko.PHRASES,
        "nl": nl.PHRASES,
        "no": no.PHRASES,
        "pl": pl.PHRASES,
        "pt": pt.PHRASES,
        "ru": ru.PHRASES,
        "sv": sv.PHRASES,
        "tr": tr.PHRASES,
        "uk": uk.PHRASES,
        "vi": vi.PHRASES,
        "zh": zh.PHRASES,
    }
)
