"""Give it the text that your extractor gave you; get the article back.

document → detectors propose edits → resolve settles overlaps → apply → again until
nothing is proposed. Every cut is on record: `explain` tells what went and why.
"""

from cleaner.config import PRESETS, Config
from cleaner.core import Cleaner, clean, explain
from cleaner.detectors import DETECTORS
from cleaner.edits import Cleaned, Edit, Withheld, apply
from cleaner.errors import (
    CleanerError,
    InvalidRuleError,
    RuleTimeoutError,
    UnknownNameError,
)
from cleaner.labels import LABELS
from cleaner.languages import LANGUAGES
from cleaner.signals import Quality, QualityConfig, quality
from cleaner.sites import FrozenSiteMemory, SiteMemory

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
