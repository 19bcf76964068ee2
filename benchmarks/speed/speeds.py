"""Speed of every preset and way of calling, with the peers' beside it."""

from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from typing import Final

from cleaner import PRESETS, Cleaner
from speed.corpus import sample
from speed.peers import PEERS, is_installed, peer_row, versions
from speed.setting import Setting, edits_in, without_line_model
from speed.tables import Table, figure, share
from speed.targets import verdict
from speed.timing import YARDSTICK, Row, Timed, each, paired

HEADER: Final = ("", "MB", "MB/s", "docs/s", "share", "found", "target", "met")
NOTE: Final = (
    "Text in UTF-8, processor time. `share`: of the speed of splitlines + join on the "
    "same texts, the median of {} paired rounds. Peers and `page` get a sample; "
    "those that start from HTML get a generated page around each text, which is not "
    "in MB. `found`: edits, documents changed or dropped, or texts extracted. "
    "`target`: what the project aims at, and what it dreams of; how fast it is says "
    "the share. {}"
)
ARROW: Final = "default, Arrow to Arrow"
# Looks for the content of a page by the label that goes without the line model.
WHOLE_PAGES: Final = "page"
WHOLE_PAGES_CHARACTERS: Final = 2_000_000


def speeds(setting: Setting) -> list[Timed]:
    """Every row that can be run here, the yardstick first."""
    rows = [Row("splitlines + join", YARDSTICK, setting.texts, "0")]
    rows += _presets(setting.texts)
    rows += _batches(setting.texts)
    rows += _clean(setting.texts)
    rows += [peer_row(peer, setting) for peer in PEERS if is_installed(peer)]
    return paired(rows, setting.rounds)


def table(timed: Sequence[Timed], setting: Setting) -> Table:
    """Cleaner's rows, then the peers', those that are not installed included."""
    rows = [_cells(row) for row in timed]
    missing = [peer.name for peer in PEERS if not is_installed(peer)]
    missing += [] if find_spec("pyarrow") else [ARROW]
    rows += [(name, *[""] * 4, "not installed", "", "") for name in missing]
    return Table("Speed", HEADER, rows, NOTE.format(setting.rounds, versions()))


def _cells(timed: Timed) -> tuple[str, ...]:
    return (
        timed.row.name,
        figure(timed.megabytes_a_second * timed.seconds),
        figure(timed.megabytes_a_second),
        figure(timed.documents_a_second),
        "1" if timed.row.run is YARDSTICK else share(timed.ratio),
        timed.row.found,
        *verdict("speed", timed.row.name, timed.ratio),
    )


def _presets(texts: Sequence[str]) -> Iterator[Row]:
    for preset in PRESETS:
        if preset == WHOLE_PAGES:
            few = sample(texts, WHOLE_PAGES_CHARACTERS)
            yield _one_by_one(preset, Cleaner(preset), few)
            continue
        without = Cleaner(without_line_model(preset))
        yield _one_by_one(f"{preset}, no line model", without, texts)
        yield _one_by_one(preset, Cleaner(preset), texts)


def _one_by_one(name: str, cleaner: Cleaner, texts: Sequence[str]) -> Row:
    return Row(name, each(cleaner.clean), texts, _edits(cleaner, texts))


def _edits(cleaner: Cleaner, texts: Sequence[str]) -> str:
    return f"{edits_in(cleaner, texts):,} edits"


def _batches(texts: Sequence[str]) -> Iterator[Row]:
    cleaner = Cleaner()
    found = _edits(cleaner, texts)
    yield Row("default, clean_many", cleaner.clean_many, texts, found)
    if find_spec("pyarrow"):
        import pyarrow as pa

        from cleaner.integrations.arrow import clean_array

        array = pa.array(texts)
        yield Row(ARROW, lambda _texts: clean_array(array), texts, found)


def _clean(texts: Sequence[str]) -> Iterator[Row]:
    """The documents in which nothing is found, as they are."""
    cleaner = Cleaner()
    done = map(cleaner.explain, texts)
    clean = [text.text for text in done if not text.edits and not text.withheld]
    if not clean:
        return
    yield Row("default, nothing to find", each(cleaner.clean), clean, "0 edits")
    yield Row(
        "default, nothing to find, clean_many", cleaner.clean_many, clean, "0 edits"
    )


def is_own(timed: Timed) -> bool:
    """Whether it is a row of cleaner's, not of a peer or the yardstick."""
    return timed.row.name.startswith(tuple(PRESETS))
