"""What sites print around their articles, word for word, by language and slot.

A short phrase counts where it is a whole line, a long one in any line that holds it.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from cleaner.languages.houses import de, en

HOUSES: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = MappingProxyType(
    {
        "de": de.PHRASES,
        "en": en.PHRASES,
    }
)
