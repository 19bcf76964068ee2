"""What repeats across a site's pages: counted in a sketch, frozen before use.

A line's key is a hash of its site and its normal form; no text is held. The counts
stand in a count-min sketch of fixed size, which adds up the same in any order and in
any number of parts. A count is never too low. It is too high by `n` or more with the
probability that a Poisson variable of mean `lines_per_cell` reaches `n`, to the
power of 4.
"""

import re
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from functools import cache
from operator import index
from os import PathLike
from typing import TYPE_CHECKING, Any, Final

from cleaner.arguments import check_text, several
from cleaner.errors import CleanerError, extra
from cleaner.files import read_at_most
from cleaner.markdown import unlinked
from cleaner.spacing import BLANK

if TYPE_CHECKING:
    from hashlib import blake2b

    import numpy as np
    import numpy.typing as npt
    from publicsuffixlist import PublicSuffixList

    Table = npt.NDArray[np.uint32]
    Keys = npt.NDArray[np.uint64]

FORMAT: Final = 2  # of 1 the cells were half as wide
DEFAULT_WIDTH: Final = 1 << 20  # 16 MB; enough for some 30,000 pages
MIN_PAGES: Final = 5  # what fewer pages have in common a story may have printed twice
MAX_WIDTH: Final = 1 << 25  # 512 MB; for what is larger take several memories
_ROWS: Final = 4
_CELL_BYTES: Final = 4
_MAX_COUNT: Final = (1 << 32) - 1
# Packed, cells take a little more than their size at the worst.
_MAX_FILE_BYTES: Final = 2 * _CELL_BYTES * _ROWS * MAX_WIDTH
_BUFFERED_KEYS: Final = 1 << 18
_KEY_BYTES: Final = 8
# Odd, of random bits, one a row.
_MULTIPLIERS: Final = (
    0x9E3779B97F4A7C15,
    0xD6E8FEB86659FD93,
    0xC2B2AE3D27D4EB4F,
    0xA0761D6478BD642F,
)
_has_host: Final = re.compile(r"(?:[a-z][a-z0-9+.-]*:)?//", re.IGNORECASE).match
# A scheme, and no host behind it: "mailto:". A host has nothing there but its port.
_is_hostless: Final = re.compile(
    r"[a-z][a-z0-9+.-]*:(?!//|\d+(?:[/?#]|$))", re.IGNORECASE
).match
_PAGES: Final = ""  # the line under which a site's pages are counted


def site_of(url: str) -> str | None:
    """The registered domain of a URL or a host name; None if there is none.

    TypeError for what is no str, MissingPackageError without the extra `sites`.

    >>> site_of("https://news.bbc.co.uk/story/1"), site_of("a.github.io")
    ('bbc.co.uk', 'a.github.io')
    """
    from urllib.parse import urlsplit  # takes its time, and few give addresses

    check_text(url, "url: ")
    url = url.strip(BLANK)
    if _is_hostless(url):
        return None
    try:
        host = urlsplit(url if _has_host(url) else f"//{url}").hostname
    except ValueError:
        return None
    if not host or _is_address(host):
        return host or None
    host = _in_ascii(host)
    return _suffixes().privatesuffix(host) or host


def _in_ascii(host: str) -> str:
    """The host as it is looked up, which may be written in two ways."""
    try:
        return host if host.isascii() else host.encode("idna").decode("ascii")
    except UnicodeError:
        return host


def _is_address(host: str) -> bool:
    from ipaddress import ip_address

    try:
        ip_address(host)
    except ValueError:
        return False
    return True


@cache
def _suffixes() -> "PublicSuffixList":
    with extra("sites", "a site memory"):
        from publicsuffixlist import PublicSuffixList
    return PublicSuffixList()


def page_keys(url: str, text: str) -> list[int]:
    """The keys of a page's lines, each once, and the one that counts its site's pages.

    No keys if the URL has no host. What an engine groups by, for `from_counts`.
    """
    check_text(text, "text: ")
    site = site_of(url)
    if site is None:
        return []
    lines = {normal(line) for line in unlinked(text).text.split("\n")}
    return [_key(site, line) for line in sorted({*lines, _PAGES})]


def normal(line: str) -> str:
    """A line without case and odd spaces; numbers stay, since dates are the story's.

    >>> normal("  Join  our\u00a0Newsletter ")
    'join our newsletter'
    """
    return " ".join(line.strip(BLANK).casefold().split())


def _key(site: str, line: str) -> int:
    data = f"{site}\n{line}".encode("utf-8", "surrogatepass")
    return int.from_bytes(_blake2b()(data, digest_size=_KEY_BYTES).digest())


@cache
def _blake2b() -> "type[blake2b]":
    from hashlib import blake2b

    return blake2b


class SiteMemory:
    r"""Counts on how many of a site's pages a line stands.

    `width` is the number of cells in each of four rows, a power of two; it takes 16
    bytes a cell. With as many cells as there are lines to come, fewer than one in a
    million that stand on one page count as MIN_PAGES. Show each page once. Threads must
    not share one: give each its own, then `merge`. ValueError for another width.

    >>> memory = SiteMemory()
    >>> for n in range(20):
    ...     memory.observe("a.com", f"Story {'x' * n}.\n\nJoin our newsletter")
    >>> memory.freeze().pages("a.com", "Join our newsletter")
    (20, 20)
    """

    def __init__(self, width: int = DEFAULT_WIDTH) -> None:
        import numpy as np

        width = index(width)  # a TypeError for 2.5
        if not _is_width(width):
            raise ValueError(
                f"width must be a power of two from 2 to {MAX_WIDTH}, not {width}"
            )
        self.width = width
        self._table: Table = np.zeros((_ROWS, width), np.uint32)
        self._buffer: list[int] = []

    def observe(self, url: str, text: str) -> None:
        """Count a page's lines for the site of a URL or host; without one, nothing.

        TypeError for what is no str.
        """
        self._buffer.extend(page_keys(url, text))
        if len(self._buffer) >= _BUFFERED_KEYS:
            self._flush()

    @classmethod
    def from_counts(
        cls,
        keys: "Sequence[int] | Keys",
        pages: "Sequence[int] | npt.NDArray[np.int64]",
        width: int = DEFAULT_WIDTH,
    ) -> "SiteMemory":
        """From keys of `page_keys` and on how many pages each stands.

        ValueError for keys that are none, and for numbers of pages below 0.
        """
        import numpy as np

        if not _are_keys(keys):
            raise ValueError("a key is a whole number from 0, as of page_keys")
        if not (np.asarray(pages) >= 0).all():  # nor what is no number
            raise ValueError("no line stands on fewer than 0 pages")
        memory = cls(width)
        memory._add(keys, pages)
        return memory

    def merge(self, other: "SiteMemory") -> None:
        """Add what another memory has counted; ValueError if its width is another."""
        import numpy as np

        if not isinstance(other, SiteMemory):
            raise TypeError(f"merge takes a SiteMemory, not {type(other).__name__}")
        if other.width != self.width:
            raise ValueError(
                f"memories of width {self.width} and {other.width} can't be merged"
            )
        total = self.table.astype(np.uint64) + other.table
        self._table = np.minimum(total, _MAX_COUNT).astype(np.uint32)

    @property
    def table(self) -> "Table":
        """The sketch, all pages counted."""
        self._flush()
        return self._table

    @property
    def lines_per_cell(self) -> float:
        """Lines counted by cells of a row: what the error depends on."""
        return float(self.table[0].sum(dtype="u8")) / self.width

    def freeze(self) -> "FrozenSiteMemory":
        """A copy that can be used, and no longer changes."""
        table = self.table.copy()
        table[table < MIN_PAGES] = 0  # decides nothing, and packs well
        return FrozenSiteMemory(table)

    def save(self, path: str | PathLike[str]) -> None:
        """Write the counts to a file: a line of JSON, and the cells, packed.

        What was there stays until the whole is written.
        """
        from json import dumps

        from cleaner.atomic import replacing  # its imports take their time

        head = dumps({"format": FORMAT, "width": self.width})
        with ExitStack() as placed, replacing(path, placed) as file:
            file.write(head.encode() + b"\n" + _packed(self.table))

    @classmethod
    def load(cls, path: str | PathLike[str]) -> "SiteMemory":
        """Read what `save` wrote. Raises CleanerError if it is something else."""
        from json import loads

        held = read_at_most(path, _MAX_FILE_BYTES)
        if held is None:
            raise CleanerError(f"{path} is no saved site memory: it is too large")
        head, _, data = held.partition(b"\n")
        try:
            table = _unpacked(data, _width(loads(head)))
        except (ValueError, KeyError, TypeError, RecursionError, zlib.error) as error:
            raise CleanerError(f"{path} is no saved site memory: {error}") from error
        memory = cls(table.shape[1])
        memory._table = table
        return memory

    def _flush(self) -> None:
        if self._buffer:
            buffer, self._buffer = self._buffer, []
            self._add(buffer, [1] * len(buffer))

    def _add(
        self,
        keys: "Sequence[int] | Keys",
        pages: "Sequence[int] | npt.NDArray[np.int64]",
    ) -> None:
        import numpy as np

        weights = np.asarray(pages, np.float64)
        for row, cells in zip(self._table, _cells(keys, self.width), strict=True):
            touched, at = np.unique(cells, return_inverse=True)
            counts = np.bincount(at, weights) + row[touched]
            row[touched] = np.minimum(counts, _MAX_COUNT)


def _are_keys(keys: Any) -> bool:  # noqa: ANN401  # whatever an engine gave
    import numpy as np

    if isinstance(keys, np.ndarray):
        return keys.dtype.kind in "iu" and bool((keys >= 0).all())
    return all(isinstance(key, int) and 0 <= key < 1 << 64 for key in keys)


def _cells(keys: "Sequence[int] | Keys", width: int) -> "Iterator[Keys]":
    """For each row the cell of each key."""
    import numpy as np

    array = np.asarray(keys, np.uint64)
    shift = np.uint64(64 - width.bit_length() + 1)
    return (array * np.uint64(multiplier) >> shift for multiplier in _MULTIPLIERS)


def _packed(table: "Table") -> bytes:
    return zlib.compress(table.astype("<u4").tobytes(), 1)


def _is_width(width: int) -> bool:
    return width.bit_count() == 1 and 1 < width <= MAX_WIDTH


def _width(known: Any) -> int:  # noqa: ANN401  # whatever JSON held
    if known["format"] != FORMAT:
        raise ValueError(f"format {known['format']!r}; this package reads {FORMAT}")
    width = known["width"]
    if type(width) is not int:
        raise ValueError(f"its width is no int, but {type(width).__name__}")
    if not _is_width(width):
        raise ValueError(f"its width is {width}, no power of two up to {MAX_WIDTH}")
    return width


def _unpacked(data: bytes, width: int) -> "Table":
    """The cells; no more is unpacked than they take, whatever the data holds."""
    import numpy as np

    size = _CELL_BYTES * _ROWS * width
    packed = zlib.decompressobj()
    cells = packed.decompress(data, size + 1)
    if len(cells) != size or not packed.eof or packed.unused_data:
        raise ValueError(f"not the cells of {_ROWS} rows of {width}")
    return np.frombuffer(cells, "<u4").astype(np.uint32).reshape(_ROWS, width)


class FrozenSiteMemory:
    """What is known of sites; immutable, hashable, picklable, fit for a Config."""

    __slots__ = ("_digest", "_table")

    def __init__(self, table: "Table") -> None:
        from hashlib import sha256

        table.flags.writeable = False
        self._table = table
        self._digest = sha256(table.astype("<u4").tobytes()).hexdigest()

    @property
    def digest(self) -> str:
        """What tells it from one that knows other counts."""
        return self._digest

    def pages(self, url: str, line: str) -> tuple[int, int]:
        """On how many pages of the URL's site the line stands, and of how many.

        What stands on fewer than MIN_PAGES is told as 0.
        """
        check_text(line, "line: ")
        counts = self.pages_of(url, [unlinked(line).text])
        return (counts[0], counts[1]) if counts else (0, 0)

    def pages_of(self, url: str, lines: Iterable[str]) -> list[int]:
        """For each line its pages, and last all the pages of the site.

        A line is to come as `unlinked` gives it. The list is empty if the URL has no
        host. TypeError for one string in place of several.
        """
        site = site_of(url)
        if site is None:
            return []
        held = list(several("lines", lines))
        for line in held:
            check_text(line, "lines: ")
        keys = [_key(site, line) for line in (*map(normal, held), _PAGES)]
        width = self._table.shape[1]
        rows = zip(self._table, _cells(keys, width), strict=True)
        first, *others = (row[cells] for row, cells in rows)
        for other in others:
            first = first.clip(max=other)
        found: list[int] = first.tolist()
        return found

    def __repr__(self) -> str:
        return f"FrozenSiteMemory(digest={self.digest[:12]}…)"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, FrozenSiteMemory) and self.digest == other.digest

    def __hash__(self) -> int:
        return hash(self.digest)

    def __deepcopy__(self, _: object) -> "FrozenSiteMemory":
        return self

    def __reduce__(self) -> tuple[object, tuple[bytes, int]]:
        return _thawed, (_packed(self._table), self._table.shape[1])


def _thawed(data: bytes, width: int) -> FrozenSiteMemory:
    return FrozenSiteMemory(_unpacked(data, width))
