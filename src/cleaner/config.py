"""Config: what to remove and repair, and the presets it starts from."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Self

from cleaner.detectors import DETECTORS, Detector
from cleaner.detectors.own import compiled_rules
from cleaner.errors import UnknownNameError
from cleaner.labels import FRAME, NOISE, REPAIRS
from cleaner.languages import ANY, LANGUAGES
from cleaner.patterns import PIECES
from cleaner.sites import FrozenSiteMemory

if TYPE_CHECKING:
    from cleaner.model import LineModel
    from cleaner.model.page import PageModel

# Raised whenever a change of code, not of phrases, changes what is cut.
OUTPUT_VERSION: Final = 1


class Rung(NamedTuple):
    """One step of cleaning: what it may remove, and how much of the text at most."""

    preset: str
    labels: frozenset[str]
    min_score: float
    max_share: float  # of the characters of the rung below
    # For whole pages: find the content, and clean what is no article by this score.
    other_pages_score: float | None = None


# One labelled article in 1,300 is noise for more than these shares of its characters.
_STRICT: Final = Rung("strict", NOISE, 0.98, 0.7)
_DEFAULT: Final = Rung("default", NOISE, 0.0, 0.7)
_BODY: Final = Rung("body", NOISE | FRAME, 0.0, 0.7)
_PAGE: Final = Rung("page", NOISE, 0.0, 1.0, _STRICT.min_score)

_LADDERS: Final[Mapping[str, tuple[Rung, ...]]] = MappingProxyType(
    {
        "strict": (_STRICT,),
        "default": (_STRICT, _DEFAULT),
        "body": (_STRICT, _DEFAULT, _BODY),
        # The model learnt from pages as they are: on what strict left of them F1 was
        # 0.837, out of folds by site, on the pages themselves 0.841.
        "page": (_PAGE,),
    }
)

PRESETS: Final = MappingProxyType(
    {
        "strict": "only edits that are right 98 times in 100",
        "default": "all noise; headline, standfirst, byline and captions stay",
        "body": "the bare body: these four go too",
        "page": "the text of a whole web page: its main content, cleaned",
    }
)


class _Fields(NamedTuple):
    preset: str
    remove: frozenset[str] | None
    repair: frozenset[str]
    languages: frozenset[str] | None
    deny: tuple[str, ...]
    allow: tuple[str, ...]
    model: str | None
    memory: FrozenSiteMemory | None


class Config(_Fields):
    """What a Cleaner does. Frozen, hashable, picklable; `with_` makes a changed copy.

    `remove` holds the labels to remove (None: those of the preset), `repair` those to
    repair, `languages` codes of LANGUAGES (None: all). `deny` and `allow` are the
    user's own patterns, for the `regex` package: a line that one of `deny` matches as
    a whole is removed, a line in which one of `allow` is found is never touched.
    `model` names a file of line model weights (None: those shipped). `memory` is what
    `SiteMemory.freeze` gives: what sites repeat; it needs the hint `url`.

    Raises UnknownNameError for a name that does not exist, InvalidRuleError for a
    pattern that is none.

    >>> sorted(Config("body").with_(remove={"promotion", "bio"}).remove)
    ['bio', 'promotion']
    """

    __slots__ = ()

    def __new__(  # noqa: PLR0913, PLR0917  # a parameter a field
        cls,
        preset: str = "default",
        remove: frozenset[str] | None = None,
        repair: frozenset[str] = REPAIRS,
        languages: frozenset[str] | None = None,
        deny: tuple[str, ...] = (),
        allow: tuple[str, ...] = (),
        model: str | None = None,
        memory: FrozenSiteMemory | None = None,
    ) -> Self:
        """A checked configuration."""
        _check("preset", [preset], PRESETS)
        _check("label", remove or (), NOISE | FRAME)
        _check("repair", repair, REPAIRS)
        _check("language", languages or (), LANGUAGES.keys() - {ANY})
        compiled_rules(deny), compiled_rules(allow)
        fields = preset, remove, repair, languages, deny, allow, model, memory
        return super().__new__(cls, *fields)

    def with_(  # noqa: PLR0913  # a parameter a field
        self,
        *,
        preset: str | None = None,
        remove: Iterable[str] | None = None,
        repair: Iterable[str] | None = None,
        languages: Iterable[str] | None = None,
        deny: Iterable[str] | None = None,
        allow: Iterable[str] | None = None,
        model: str | None = None,
        memory: FrozenSiteMemory | None = None,
    ) -> "Config":
        """A copy with what is named changed."""
        return Config(
            preset=preset or self.preset,
            remove=self.remove if remove is None else frozenset(remove),
            repair=self.repair if repair is None else frozenset(repair),
            languages=self.languages if languages is None else frozenset(languages),
            deny=self.deny if deny is None else tuple(deny),
            allow=self.allow if allow is None else tuple(allow),
            model=model or self.model,
            memory=memory or self.memory,
        )

    @property
    def rungs(self) -> tuple[Rung, ...]:
        """The steps that lead to the preset, with the labels that this config takes."""
        return tuple(
            rung._replace(labels=self._taken(rung.labels) | self.repair)
            for rung in _LADDERS[self.preset]
        )

    def _taken(self, labels: frozenset[str]) -> frozenset[str]:
        return labels if self.remove is None else labels & self.remove

    @property
    def detectors(self) -> tuple[Detector, ...]:
        """The detectors whose label the highest rung takes, in table order."""
        labels = self.rungs[-1].labels
        return tuple(row for row in DETECTORS.values() if row.label in labels)

    @property
    def line_model(self) -> "LineModel | None":
        """The line model to ask; None where its label is not removed."""
        if "boilerplate" not in self.rungs[-1].labels:
            return None
        from cleaner.model import load, shipped

        return shipped() if self.model is None else load(self.model)

    @property
    def digest(self) -> str:
        """Hex digits that change when configuration, phrases, rules or weights do.

        A change of code changes it by OUTPUT_VERSION. Equal between runs and machines,
        so fit to name a cache.
        """
        import json
        from hashlib import sha256

        known = {code: dict(lang.phrases) for code, lang in LANGUAGES.items()}
        rows = [
            (row.name, row.label, row.score, repr(row.rules)) for row in self.detectors
        ]
        meaning: dict[str, Any] = {
            name: sorted(value) if isinstance(value, frozenset) else value
            for name, value in self._asdict().items()
        }
        meaning["model"] = self.line_model and self.line_model.digest
        meaning["memory"] = self.memory and self.memory.digest
        weights = page_weights().digest if self.preset == "page" else None
        whole = [OUTPUT_VERSION, meaning, weights, rows, PIECES, known]
        return sha256(json.dumps(whole, sort_keys=True).encode()).hexdigest()


def page_weights() -> "PageModel":
    """The model of whole pages, loaded with the first of them."""
    from cleaner.model.page_storage import shipped as shipped_pages

    return shipped_pages()


def _check(kind: str, names: Iterable[str], known: Iterable[str]) -> None:
    for name in names:
        if name not in known:
            raise UnknownNameError(kind, name, sorted(known))
