"""What sites print around their articles, word for word, by language and slot.

A `line` is all of a line; an `opening` is what a longer line begins with, near enough.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from cleaner.languages.houses import (
    ar,
    cs,
    da,
    de,
    en,
    es,
    fr,
    hi,
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
from cleaner.languages.houses import (
    id as indonesian,
)

HOUSES: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = MappingProxyType(
    {
        "ar": ar.PHRASES,
        "cs": cs.PHRASES,
        "da": da.PHRASES,
        "de": de.PHRASES,
        "en": en.PHRASES,
        "es": es.PHRASES,
        "fr": fr.PHRASES,
        "hi": hi.PHRASES,
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
