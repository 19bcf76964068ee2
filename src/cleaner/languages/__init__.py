"""The languages: what each calls the things that rules look for.

A language is a table of slots, each with its phrases in small letters; an apostrophe is
written as on a typewriter, and stands for that of printers, too. A slot is what a rule
names in braces, or a detector asks for by its name; a language may leave any out.
"""

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from types import MappingProxyType
from typing import Final, NamedTuple

Phrases = Mapping[str, tuple[str, ...]]  # by slot

ANY: Final = "any"  # phrases of no language: agencies, brands, machine left-overs

# Slots whose phrases count as of no language: the owner's name behind them decides. So
# "Foto", a word of eleven languages, is tried once.
POOLED: Final = frozenset({"credit_by", "credit_label"})

# Where a language may have a module of its code: its own words, and what sites and
# their software print in it.
_TABLES: Final = ("languages", "languages.houses", "languages.software")


class Language(NamedTuple):
    """A language's code and English name, and its phrases by slot."""

    code: str
    name: str

    @property
    def phrases(self) -> Phrases:
        """What it calls things, read when first asked for."""
        return _phrases(self.code)


@cache
def _phrases(code: str) -> Phrases:
    found: dict[str, tuple[str, ...]] = {}
    for table in _TABLES:
        module = f"cleaner.{table}.{code}"
        if find_spec(module):
            found.update(import_module(module).PHRASES)
    return MappingProxyType(found)


LANGUAGES: Final = MappingProxyType(
    {
        code: Language(code, name)
        for code, name in (
            (ANY, "no language"),
            ("ar", "Arabic"),
            ("bg", "Bulgarian"),
            ("cs", "Czech"),
            ("da", "Danish"),
            ("de", "German"),
            ("el", "Greek"),
            ("en", "English"),
            ("es", "Spanish"),
            ("fr", "French"),
            ("hi", "Hindi"),
            ("id", "Indonesian"),
            ("it", "Italian"),
            ("ja", "Japanese"),
            ("ko", "Korean"),
            ("nl", "Dutch"),
            ("no", "Norwegian"),
            ("pl", "Polish"),
            ("pt", "Portuguese"),
            ("ru", "Russian"),
            ("sv", "Swedish"),
            ("tr", "Turkish"),
            ("uk", "Ukrainian"),
            ("vi", "Vietnamese"),
            ("zh", "Chinese"),
        )
    }
)
