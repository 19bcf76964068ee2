"""What comes out, as digests: equal before and after a change of speed only."""

import hashlib
from typing import Final

from cleaner import PRESETS, Cleaner
from speed.setting import Setting
from speed.tables import Table

HEADER: Final = ("", "changed", "edits", "withheld", "digest")
NOTE: Final = (
    "Of every document's text, edits and what was withheld. Equal digests on the same "
    "corpus: the same output, byte for byte."
)


def table(setting: Setting) -> Table:
    """A row a preset."""
    rows = [_row(preset, setting) for preset in PRESETS]
    return Table("Output", HEADER, rows, NOTE)


def _row(preset: str, setting: Setting) -> tuple[str, ...]:
    cleaner = Cleaner(preset)
    whole = hashlib.sha256()
    changed = edits = withheld = 0
    for text in setting.texts:
        done = cleaner.explain(text)
        told = (done.text, done.edits, done.withheld)
        whole.update(repr(told).encode("utf-8", "surrogatepass"))
        changed += done.text is not text
        edits += len(done.edits)
        withheld += sum(len(held.edits) for held in done.withheld)
    counts = (f"{count:,}" for count in (changed, edits, withheld))
    return (preset, *counts, f"`{whole.hexdigest()[:16]}`")
