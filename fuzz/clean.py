"""Any text: every law, for every preset, and the plain gate as good as the compiled."""

import atheris
from harness import articles, phrases, run

with atheris.instrument_imports(include=["cleaner"]):
    from cleaner import Cleaner, explain
    from cleaner.languages import LANGUAGES
    from cleaner.patterns.gate import filled, plain_gate

from laws import broken

PLAIN = Cleaner("body")
SLOTS = {slot for row in PLAIN.config.detectors for slot in row.slots}
PLAIN._tools = PLAIN._tools._replace(gate=plain_gate(filled(SLOTS, LANGUAGES)))


def check(data: bytes) -> None:
    """No law is broken, and hints do no harm."""
    text = data.decode("utf-8", "surrogateescape")
    assert not list(broken(text))
    hints = {"title": text.partition("\n")[0], "url": text[:20], "lang": text[:2]}
    assert PLAIN.explain(text, **hints) == explain(text, "body", **hints)


if __name__ == "__main__":
    run(check, (text.encode() for text in articles()), phrases())
