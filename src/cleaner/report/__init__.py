"""The review page: one file that shows what was cut, to judge it and to learn from it.

A person sees the riskiest cuts first, marks what is wrong, and exports the documents
judged as labelled lines, which `python -m cleaner.training` reads.
"""

import base64
import hashlib
import heapq
import json
from collections import Counter
from collections.abc import Sequence
from importlib import resources
from typing import Any, BinaryIO, Final
from urllib.parse import urlsplit

from cleaner.edits import Cleaned, Edit
from cleaner.errors import extra
from cleaner.io.rows import Row
from cleaner.labels import FRAME, LABELS, NOISE
from cleaner.report.charts import Chart, bars, histogram
from cleaner.tally import Tally
from cleaner.workers import Outcome

# A page of this size opens in a second or two; the summary counts all documents.
MAX_DOCUMENTS: Final = 5_000
MAX_CHARS: Final = 40_000_000

UNKNOWN: Final = "not told"

# The safest of documents, one without cuts, goes first when there are too many.
_NO_RISK: Final = (-2.0, 0)


class Report:
    """Collects a run's documents, the riskiest if there are too many for one page."""

    def __init__(self, preset: str) -> None:
        self._environment = _environment()  # a missing package is told before the work
        self._preset = preset
        self._kept: list[tuple[tuple[float, int], int, dict[str, Any]]] = []
        self._chars = 0
        self._seen = 0
        self._seen_chars = 0
        self._scores: Counter[int] = Counter()  # in hundredths
        self.by_label, self.by_language, self.by_site = Tally(), Tally(), Tally()

    def add(self, outcome: Outcome) -> None:
        """Take a document up; a row without text is none."""
        row, done, _ = outcome
        if done is None:
            return
        self._count(row, done)
        number = -self._seen  # of equals, the first to come is the last to go
        heapq.heappush(self._kept, (_risk(done.edits), number, _document(row, done)))
        self._chars += len(done.original)
        while len(self._kept) > MAX_DOCUMENTS or (
            self._chars > MAX_CHARS and len(self._kept) > 1
        ):
            dropped = heapq.heappop(self._kept)[2]
            self._chars -= len(dropped["text"])

    def _count(self, row: Row, done: Cleaned) -> None:
        self._seen += 1
        self._seen_chars += len(done.original)
        self.by_label.add_by_label(done.edits)
        self.by_language.add(row.hints.lang or UNKNOWN, done.edits)
        self.by_site.add(_site(row.hints.url), done.edits)
        for edit in done.edits:
            self._scores[round(edit.score * 100)] += 1

    def write(self, out: BinaryIO) -> None:
        """Write the page."""
        documents = [kept[2] for kept in sorted(self._kept, key=lambda k: -k[1])]
        page = self._environment.get_template("page.html.j2").render(
            **self._totals(), **self._parts(documents)
        )
        out.write(page.encode("utf-8", "replace"))

    def _totals(self) -> dict[str, Any]:
        counts = self.by_label.counts()
        return {
            "preset": self._preset,
            "shown": len(self._kept),
            "seen": self._seen,
            "cuts": sum(count.cuts for count in counts),
            "share": sum(count.chars for count in counts) / max(self._seen_chars, 1),
        }

    def _parts(self, documents: Sequence[dict[str, Any]]) -> dict[str, Any]:
        script = _file("page.js")
        data = _embedded(documents)
        counts = self.by_label.counts()
        return {
            "labels": [
                (row.name, LABELS.get(row.name, ""), row.cuts) for row in counts
            ],
            "all_labels": [name for name in LABELS if name in NOISE | FRAME],
            "languages": [row.name for row in self.by_language.counts()],
            "sites": sorted({document["site"] for document in documents}),
            "charts": self._charts(),
            "style": _file("page.css"),
            "script": script,
            "script_hash": _hash(script),
            "data": data,
            "digest": hashlib.sha256(data.encode()).hexdigest(),
        }

    def _charts(self) -> list[Chart]:
        return [
            bars("Characters removed, by label", self.by_label.counts(), coloured=True),
            histogram("Cuts, by score", self._scores),
            bars("Characters removed, by language", self.by_language.counts()),
            bars("Characters removed, by site", self.by_site.counts()),
        ]


def _environment() -> Any:  # noqa: ANN401  # jinja2 is optional
    with extra("report", "the report"):
        import jinja2
    return jinja2.Environment(
        loader=jinja2.PackageLoader("cleaner.report", ""),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )


def _file(name: str) -> str:
    return resources.files(__name__).joinpath(name).read_text(encoding="utf-8")


def _hash(script: str) -> str:
    """What lets this script run, and no other that a text may smuggle in."""
    digest = hashlib.sha256(script.encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"


def _embedded(documents: Sequence[dict[str, Any]]) -> str:
    """JSON that no text in it can break out of; the template takes it as it is."""
    text = json.dumps(documents, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _risk(edits: Sequence[Edit]) -> tuple[float, int]:
    """How much a document's riskiest cut needs a look: the least sure, the longest."""
    risks = ((-edit.score, edit.end - edit.start) for edit in edits)
    return max(risks, default=_NO_RISK)


def _document(row: Row, done: Cleaned) -> dict[str, Any]:
    return {
        "id": row.where,
        "title": row.hints.title or "",
        "url": row.hints.url or "",
        "lang": row.hints.lang or "",
        "language": row.hints.lang or UNKNOWN,
        "site": _site(row.hints.url),
        "text": done.original,
        "edits": [list(edit) for edit in done.edits],
        "withheld": [f"{held.preset}: {held.reason}" for held in done.withheld],
    }


def _site(url: str | None) -> str:
    """The host of an address, without www."""
    try:
        return (urlsplit(url or "").hostname or UNKNOWN).removeprefix("www.")
    except ValueError:
        return UNKNOWN
