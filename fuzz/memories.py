"""Any file of a site memory: a CleanerError, or a memory that counts.

An input is a file as it stands, and a first line with cells yet to be packed.
"""

import zlib
from contextlib import suppress
from pathlib import Path

import atheris
from harness import run, scratch

with atheris.instrument_imports(include=["cleaner"]):
    from cleaner import CleanerError, SiteMemory

PAGES = ("Join our newsletter\nHello", "Join our newsletter\nBye")
WORDS = ('"format"', '"width"', "true", "1e1", "-4", "null", "1099511627776", "[[")


def check(data: bytes) -> None:
    """As it stands, and packed."""
    head, _, cells = data.partition(b"\n")
    for raw in (data, head + b"\n" + zlib.compress(cells, 1)):
        with suppress(CleanerError):
            _use(SiteMemory.load(scratch(raw)))


def _use(memory: SiteMemory) -> None:
    for page in PAGES:
        memory.observe("a.com", page)
    path = scratch(b"")
    memory.save(path)
    assert SiteMemory.load(path).freeze() == memory.freeze()
    stands, pages = memory.freeze().pages("http://www.a.com/x", "join our  newsletter")
    assert min(stands, pages) >= 0


def seeds() -> list[bytes]:
    """Small memories, and small ones with their cells not yet packed."""
    found = []
    for width in (2, 4, 64):
        memory = SiteMemory(width)
        for number in range(width):
            memory.observe("a.com", f"{PAGES[0]}\n{number}")
        path = scratch(b"")
        memory.save(path)
        head, _, cells = Path(path).read_bytes().partition(b"\n")
        found += [head + b"\n" + cells, head + b"\n" + zlib.decompress(cells)]
    return found


if __name__ == "__main__":
    run(check, seeds(), WORDS)
