"""The languages: what each calls the things that rules look for."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from cleaner.languages import any as any_language
from cleaner.languages import en

ANY: Final = "any"  # phrases of no language: agencies, brands, machine left-overs


class Language(NamedTuple):
    """A language's English name, and its phrases by slot."""

    name: str
    phrases: Mapping[str, tuple[str, ...]]


LANGUAGES: Final = MappingProxyType(
    {
        ANY: Language("no language", any_language.PHRASES),
        "en": Language("English", en.PHRASES),
    }
)
