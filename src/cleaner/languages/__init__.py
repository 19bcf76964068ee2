"""The languages: what each calls the things that rules look for.

A language is a table of slots, each with its phrases in small letters; an apostrophe is
written as on a typewriter, and stands for that of printers, too. A slot is what a rule
names in braces, or a detector asks for by its name; a language may leave any out.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from cleaner.languages import any as any_language
from cleaner.languages import (
    ar,
    bg,
    cs,
    da,
    de,
    el,
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
from cleaner.languages import (
    id as indonesian,
)
from cleaner.languages.houses import HOUSES
from cleaner.languages.software import SOFTWARE

ANY: Final = "any"  # phrases of no language: agencies, brands, machine left-overs

# Slots whose phrases count as of no language: the owner's name behind them decides. So
# "Foto", a word of eleven languages, is tried once.
POOLED: Final = frozenset({"credit_by", "credit_label"})


class Language(NamedTuple):
    """A language's English name, and its phrases by slot."""

    name: str
    phrases: Mapping[str, tuple[str, ...]]


_LANGUAGES: Final = {
    ANY: Language("no language", any_language.PHRASES),
    "ar": Language("Arabic", ar.PHRASES),
    "bg": Language("Bulgarian", bg.PHRASES),
    "cs": Language("Czech", cs.PHRASES),
    "da": Language("Danish", da.PHRASES),
    "de": Language("German", de.PHRASES),
    "el": Language("Greek", el.PHRASES),
    "en": Language("English", en.PHRASES),
    "es": Language("Spanish", es.PHRASES),
    "fr": Language("French", fr.PHRASES),
    "hi": Language("Hindi", hi.PHRASES),
    "id": Language("Indonesian", indonesian.PHRASES),
    "it": Language("Italian", it.PHRASES),
    "ja": Language("Japanese", ja.PHRASES),
    "ko": Language("Korean", ko.PHRASES),
    "nl": Language("Dutch", nl.PHRASES),
    "no": Language("Norwegian", no.PHRASES),
    "pl": Language("Polish", pl.PHRASES),
    "pt": Language("Portuguese", pt.PHRASES),
    "ru": Language("Russian", ru.PHRASES),
    "sv": Language("Swedish", sv.PHRASES),
    "tr": Language("Turkish", tr.PHRASES),
    "uk": Language("Ukrainian", uk.PHRASES),
    "vi": Language("Vietnamese", vi.PHRASES),
    "zh": Language("Chinese", zh.PHRASES),
}

LANGUAGES: Final = MappingProxyType(
    {
        code: row._replace(
            phrases={**row.phrases, **HOUSES.get(code, {}), **SOFTWARE.get(code, {})}
        )
        for code, row in _LANGUAGES.items()
    }
)
