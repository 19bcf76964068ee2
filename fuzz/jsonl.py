"""Any JSONL file: no row lost, no byte beside its text changed, faults named."""

import json
from io import BytesIO
from typing import Any

import atheris
from harness import articles, phrases, run

with atheris.instrument_imports(include=["cleaner"]):
    from cleaner import Config
    from cleaner.io.encoding import POLICIES, escaped, is_utf8, restored
    from cleaner.io.jsonl import JsonlWriter, read
    from cleaner.io.rows import Reading, Source
    from cleaner.workers import Outcome, cleaned

CONFIG = Config()
ODD_ROWS = (
    b'\xef\xbb\xbf { "id" : 12345678901234567890,"text"\t: "a\\nShare" ,"x":1.50 }\r\n',
    b'{"text": "old", "text": "Share", "n": [NaN, -Infinity, 1e400, {"text": "in"}]}\n',
    b'{"t\\u0065xt": "Hi.\\n\\nShare", "other": "\\ud800 \\/ caf\xe9", "lang": "de"}\n',
    b'\n{"text": null, "a": 1}\n[1]\n{"text": 3}\n{"title": "A", "url": "b.com"}\n \n',
    b'{"text": "caf\xe9\\n\\nAdvertisement", "url": "http://a.com"}',
)
WORDS = ('"text":', '\\"', "\\ud83d\\ude00", "\\n\\n", "null", '"title":', '"url":')


def check(data: bytes) -> None:
    """What is read is written, whatever is done with bytes that are not UTF-8."""
    lines = list(BytesIO(data))
    for policy in POLICIES[: 1 if is_utf8(escaped(data)) else None]:
        source = Source("rows", BytesIO(data), lambda: 0, None)
        outcomes = list(cleaned(read(source, Reading("text", policy)), CONFIG, 1))
        assert len(outcomes) == len(lines)
        for number, (line, outcome) in enumerate(zip(lines, outcomes, strict=True), 1):
            assert outcome.row.where == f"rows:{number}"
            assert "bug" not in outcome.fault
            _check_row(line, outcome)


def _check_row(line: bytes, outcome: Outcome) -> None:
    """A row is written as it came, or with the new text and no other change."""
    out = BytesIO()
    text = outcome.done.text if outcome.done else None
    JsonlWriter(out).write(outcome.row, text)
    if text is None or (text is outcome.row.text and not outcome.row.note):
        assert out.getvalue() == line
        return
    members = _members(line)
    last = max(at for at, (name, _) in enumerate(members) if name == "text")
    members[last] = ("text", restored(text) if outcome.row.is_kept else text)
    assert _members(out.getvalue()) == members


def _members(line: bytes) -> list[tuple[str, Any]]:
    """The members of a row, numbers as they are written."""
    found: list[tuple[str, Any]] = json.loads(
        escaped(line).removeprefix("\ufeff"),
        strict=False,
        parse_int=str,
        parse_float=str,
        object_pairs_hook=list,
    )
    return found


def seeds() -> list[bytes]:
    """Each text in a row, with and without escapes; and rows that are odd."""
    rows = [{"title": text[:20], "text": text} for text in articles()]
    written = [
        json.dumps(row, ensure_ascii=bool(at % 2)) for at, row in enumerate(rows)
    ]
    return [*ODD_ROWS, *(row.encode() for row in written)]


if __name__ == "__main__":
    run(check, seeds(), [*WORDS, *phrases()[::8]])
