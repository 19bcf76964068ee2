"""Give it the text that your extractor gave you; get the article back.

document → detectors propose edits → resolve settles overlaps → apply → again until
nothing is proposed. Every cut is on record: `explain` tells what went and why.
"""

from typing import TYPE_CHECKING

from cleaner.config import PRESETS, Config
from cleaner.core import Cleaner, clean, explain
from cleaner.detectors import DETECTORS
from cleaner.edits import Cleaned, Edit, Withheld, apply
from cleaner.errors import (
    CleanerError,
    InvalidRuleError,
    MissingPackageError,
    ModelFileError,
    RuleTimeoutError,
    UnknownNameError,
)
from cleaner.labels import LABELS
from cleaner.languages import LANGUAGES
from cleaner.sites import FrozenSiteMemory, SiteMemory

if TYPE_CHECKING:
    from cleaner.signals import Quality, QualityConfig, quality

__version__ = "0.1.0"

__all__ = (
    "DETECTORS",
    "LABELS",
    "LANGUAGES",
    "PRESETS",
    "Cleaned",
    "Cleaner",
    "CleanerError",
    "Config",
    "Edit",
    "FrozenSiteMemory",
    "InvalidRuleError",
    "MissingPackageError",
    "ModelFileError",
    "Quality",
    "QualityConfig",
    "RuleTimeoutError",
    "SiteMemory",
    "UnknownNameError",
    "Withheld",
    "apply",
    "clean",
    "explain",
    "quality",
)


def __getattr__(name: str) -> object:
    """What few ask for, imported when first asked for."""
    if name == "html":
        import cleaner.html as found_html

        return found_html
    if name not in ("Quality", "QualityConfig", "quality"):
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from cleaner import signals

    found: object = getattr(signals, name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
