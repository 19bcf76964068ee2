"""Progress on a terminal, by tqdm where it is installed."""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final, NoReturn

from cleaner.io.formats import STANDARD
from cleaner.io.rows import Row, Source

if TYPE_CHECKING:
    from tqdm import tqdm

_SHOWN_EVERY_ROWS: Final = 16


class Progress:
    """A bar on standard error: of bytes where the sizes are known, or of documents."""

    def __init__(self, names: Sequence[str], *, wanted: bool) -> None:
        self._bar = _bar(names) if wanted else None
        self._done = 0  # bytes of the sources before the one at work

    def through(self, source: Source, rows: Iterator[Row]) -> Iterator[Row]:
        """The rows as they are; the bar moves with them."""
        if self._bar is None:
            yield from rows
            return
        for count, row in enumerate(rows):
            yield row
            if not self._bar.total:
                self._bar.update()
            elif count % _SHOWN_EVERY_ROWS == 0:
                self._bar.update(self._done + source.position() - self._bar.n)
        self._done += source.size or 0

    def close(self) -> None:
        """Leave the line to what comes after."""
        if self._bar is not None:
            if self._bar.total:
                self._bar.update(self._bar.total - self._bar.n)
            self._bar.close()


def _bar(names: Sequence[str]) -> "tqdm[NoReturn] | None":
    if sys.stderr is None or not sys.stderr.isatty():
        return None
    try:
        from tqdm import tqdm
    except ImportError:
        return None
    sizes = [_size(name) for name in names]
    if all(sizes):
        total = sum(size for size in sizes if size)
        return tqdm(total=total, unit="B", unit_scale=True, leave=False)
    return tqdm(unit=" documents", leave=False)


def _size(name: str) -> int | None:
    """A file's size; None of what has none, or is not there."""
    path = Path("/dev/stdin" if name == STANDARD else name)
    return path.stat().st_size if path.is_file() else None
