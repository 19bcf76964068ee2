"""Document quality: signals, and what the published filters make of them."""

from cleaner.signals.measures import measured
from cleaner.signals.verdicts import VERDICTS, QualityConfig, verdicts
