"""How long the import and the first calls take, each in a process of its own."""

import json
import statistics
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from speed import fresh
from speed.corpus import sample
from speed.setting import Setting
from speed.tables import Table, figure
from speed.targets import verdict

CHARACTERS: Final = 500_000  # of the documents that call for one rule after the other
IMPORT: Final = "import cleaner"
# Milliseconds of the first call, of that and the import, and its edits.
FIRST_CALL: Final = f"""
import time
begun = time.process_time()
{IMPORT}
imported = time.process_time()
done = cleaner.explain(
    "The council met on Monday, he said.\\\n\\\nRead More:  Harbour wall closed\\\n\\\n"
    "Every boat was back by noon, and nobody was hurt in the storm.\\\n\\\nMore news"
)
called = time.process_time()
print([1000 * (called - imported), 1000 * (called - begun), len(done.edits)])
"""
# Milliseconds that texts take longer for the first time, and their edits.
WARM_UP: Final = f"""
import json, pathlib, sys, time
{IMPORT}
texts = json.loads(pathlib.Path(sys.argv[1]).read_text("utf-8"))
cleaner.clean("He left.")
begun = time.process_time()
edits = sum(len(cleaner.explain(text).edits) for text in texts)
first = time.process_time()
edits = sum(len(cleaner.explain(text).edits) for text in texts)
print([1000 * (2 * first - begun - time.process_time()), edits])
"""
NOTE: Final = (
    "Processor time of fresh processes, median of {}. The import: what it takes beyond "
    "bare Python; the first call: beyond the import. Cold: both, without compiled "
    "bytecode and any cache. Warm-up: what {} documents take longer the first time, "
    "since a rule is compiled, or its pattern read from the cache, when its phrase is "
    "first met."
)


def table(setting: Setting) -> Table:
    """The import, the first call, that with nothing in any cache, and the warm-up."""
    rounds = range(setting.rounds)
    texts = sample(setting.texts, setting.sized(CHARACTERS))
    with tempfile.TemporaryDirectory() as cache:
        _first_call(cache)
        _warm_up(texts, cache)
        rows = [
            _row("import", ((_imported(), "") for _ in rounds)),
            _row("first call", (_first_call(cache) for _ in rounds)),
            _row("first call, cold", (_cold_call() for _ in rounds)),
            _row("warm-up", (_warm_up(texts, cache) for _ in rounds)),
            _row("warm-up, no cache", (_warm_up(texts, "") for _ in rounds)),
        ]
    header = ("", "ms", "edits", "target", "met")
    return Table("Start", header, rows, NOTE.format(setting.rounds, len(texts)))


def _row(name: str, measured: Iterable[tuple[float, object]]) -> tuple[str, ...]:
    times, edits = zip(*measured, strict=True)
    milliseconds = statistics.median(times)
    reached = verdict("startup", name, milliseconds)
    return (name, figure(milliseconds), str(edits[0]), *reached)


def _imported() -> float:
    bare = fresh.processor_seconds("-c", "pass")
    return 1000 * (fresh.processor_seconds("-c", IMPORT) - bare)


def _first_call(cache: str) -> tuple[float, int]:
    milliseconds, _, edits = fresh.run("-c", FIRST_CALL, CLEANER_CACHE=cache)
    return milliseconds, edits


def _cold_call() -> tuple[float, int]:
    with tempfile.TemporaryDirectory() as empty:
        _, milliseconds, edits = fresh.run(
            "-c", FIRST_CALL, PYTHONPYCACHEPREFIX=empty, CLEANER_CACHE=empty
        )
    return milliseconds, edits


def _warm_up(texts: list[str], cache: str) -> tuple[float, int]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "texts.json"
        path.write_text(json.dumps(texts), "utf-8")
        milliseconds, edits = fresh.run("-c", WARM_UP, str(path), CLEANER_CACHE=cache)
    return milliseconds, edits
