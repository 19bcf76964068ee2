"""The most memory that a stream of documents takes, beyond the documents themselves."""

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from types import MappingProxyType
from typing import Final

from speed import fresh
from speed.setting import Setting
from speed.synthetic import ALL, articles
from speed.tables import Table, figure
from speed.targets import verdict

MEGABYTES: Final = 100
YARDSTICK: Final = "splitlines + join"
RUNS: Final = MappingProxyType({YARDSTICK: "split", "default": "default"})
NOTE: Final = (
    "Fresh processes that read the corpus, followed by generated articles, one by one: "
    "{:.1f} MB in UTF-8. Beyond the input: the peak less that of splitlines + join."
)


def table(setting: Setting) -> Table:
    """The peak of each way to go through the same stream."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "stream.jsonl"
        size = _write(path, setting)
        peaks = {
            name: fresh.run("-m", "speed.stream", run, str(path))
            for name, run in RUNS.items()
        }
    least, _ = peaks[YARDSTICK]
    rows = [
        _row(name, peak, peak - least, changed)
        for name, (peak, changed) in peaks.items()
    ]
    header = ("", "peak MB", "beyond the input MB", "changed", "target", "met")
    return Table("Memory", header, rows, NOTE.format(size))


def _row(name: str, peak: float, beyond: float, changed: int) -> tuple[str, ...]:
    reached = verdict("memory", name, beyond)
    return (name, figure(peak), figure(beyond), f"{changed:,} documents", *reached)


def _write(path: Path, setting: Setting) -> float:
    """Writes so many megabytes; gives how many it came to."""
    left = MEGABYTES * 1e6 * setting.scale
    size = 0
    with path.open("w", encoding="utf-8") as lines:
        for text in _texts(setting):
            lines.write(json.dumps(text) + "\n")
            size += len(text.encode("utf-8", "surrogatepass"))
            if size >= left:
                break
    return size / 1e6


def _texts(setting: Setting) -> Iterator[str]:
    yield from setting.texts
    yield from (article.text for article in articles(ALL, seed=len(setting.texts)))
