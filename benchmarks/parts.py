"""What looks at a document, part by part: detectors, and the work between them."""

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from functools import partial
from typing import Final

from cleaner.config import Config, page_model
from cleaner.detectors import DETECTORS, NEEDS
from cleaner.detectors.own import find_allowed, find_denied
from cleaner.document import Document
from cleaner.edits import Edit, apply, compose, resolve
from cleaner.errors import RuleTimeoutError
from cleaner.gaps import Gap, gaps_after
from cleaner.markdown import unlinked
from cleaner.model import Asked, shipped
from cleaner.model.features import in_doubt
from cleaner.model.scoring import totals
from cleaner.proposals import admitted, tools_of
from cleaner.spacing import widen
from cleaner.wrapped import without_torn

Part = Callable[[Document], object]

_CUT_EVERY: Final = 4  # characters: almost as many cuts as there may be
_GAP_LABELS: Final = ("credit", "related_link", "bio")


def all_parts() -> dict[str, Part]:
    """Every detector, the looks before them, what asks the models, what edits."""
    parts: dict[str, Part] = {
        row.name: partial(_all, row.find) for row in DETECTORS.values()
    }
    parts |= {
        f"{row.name}, by gaps": partial(_by_gaps, row.find_by_gaps)
        for row in DETECTORS.values()
        if row.find_by_gaps
    }
    parts |= {f"need: {name}": needed for name, needed in NEEDS.items()}
    return {**parts, **_OF_THE_USER, **_OF_MODELS, **_OF_EDITS}


def _all(find: Callable[..., Iterable[object]], *given: object) -> list[object]:
    """All that is found; a rule of the user's own may run out of its time."""
    found: list[object] = []
    with suppress(RuleTimeoutError):
        found += find(*given)
    return found


def _by_gaps(
    find: Callable[[Document, list[Gap]], Iterable[object]], document: Document
) -> list[object]:
    """What is found where a line went above every line."""
    labels = (_GAP_LABELS[at % 3] for at in range(len(document.starts)))
    gaps = [
        Gap(at, 1, label) for at, label in zip(document.starts, labels, strict=True)
    ]
    return _all(find, document, gaps)


def _admitted(document: Document) -> list[Edit]:
    """What is let through of many cuts within lines."""
    cuts = _cuts(document.text) if document.lines else []
    return admitted(cuts, _NOTHING_OWN, document)


_OWN: Final = tools_of(Config(deny=(".*a{3}.*",), allow=("b|Advert.*4",)))
_NOTHING_OWN: Final = tools_of(Config())
_OF_THE_USER: Final[Mapping[str, Part]] = {
    "find_denied": lambda document: _all(find_denied, document, _OWN.deny),
    "find_allowed": lambda document: _all(find_allowed, document, _OWN.allow),
    "admitted": _admitted,
}
_OF_MODELS: Final[Mapping[str, Part]] = {
    "line_model": lambda document: totals(
        shipped(), Asked(document.lines, in_doubt(document.lines))
    ),
    "page_content": lambda document: page_model().judge(document),
}


def _cuts(text: str) -> list[Edit]:
    """Cuts of one to three characters all over a text."""
    return [
        Edit(at, at + 1 + at % 3, "", "promotion", "x", 1.0, "x")
        for at in range(0, len(text) - _CUT_EVERY, _CUT_EVERY)
    ]


def _line_cuts(document: Document) -> list[Edit]:
    """Cuts of every other line."""
    spans = map(document.span, range(0, len(document.lines), 2))
    return [Edit(*span, "", "promotion", "x", 1.0, "x") for span in spans]


def _resolved(document: Document) -> list[Edit]:
    """Many cuts of which two overlap."""
    cuts = _cuts(document.text)
    return resolve([*cuts, *(cut._replace(end=cut.end + 1) for cut in cuts[:1])])


def _composed(document: Document) -> list[Edit]:
    first = _cuts(document.text)
    return compose(first, _cuts(apply(document.text, first)))


def _unlinked(document: Document) -> list[Edit]:
    """The text without its links, and cuts all over it in the text with them."""
    read = unlinked(document.text)
    return read.in_source(_cuts(read.text))


_OF_EDITS: Final[Mapping[str, Part]] = {
    "resolve": _resolved,
    "widen": lambda document: widen(document.text, _line_cuts(document)),
    "compose": _composed,
    "unlinked": _unlinked,
    "gaps_after": lambda document: gaps_after(document, [], _line_cuts(document)),
    "without_torn": lambda document: without_torn(
        document, _line_cuts(document), set()
    ),
}
