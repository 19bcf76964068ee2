"""Config: what to remove and repair, and the presets it starts from."""

from collections.abc import Iterable, Mapping
from os import PathLike, fspath
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Self

from cleaner.arguments import several
from cleaner.detectors import DETECTORS, Detector
from cleaner.detectors.own import compiled_rules
from cleaner.errors import CleanerError, UnknownNameError
from cleaner.files import packaged
from cleaner.labels import FRAME, NOISE, REPAIRS
from cleaner.languages import ANY, LANGUAGES
from cleaner.patterns.slots import PIECES
from cleaner.sites import FrozenSiteMemory

if TYPE_CHECKING:
    from cleaner.model import LineModel
    from cleaner.model.page import PageModel

# Raised whenever a change of code changes what is cut; of phrases, rules, words and
# weights the digest knows.
OUTPUT_VERSION: Final = 1


class Rung(NamedTuple):
    """One step of cleaning: what it may remove, and how much of the text at most."""

    preset: str
    labels: frozenset[str]
    min_score: float
    max_share: float  # of the characters of the rung below
    # For whole pages: find the content, and clean what is no article by this score.
    other_pages_score: float | None = None
    # The preset's labels that a configuration keeps: their edits hold off others.
    kept: frozenset[str] = frozenset()


# Two of 1,560 labelled articles are noise for more of their characters (0.72, 0.82).
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
        "body": "the bare body: headline, standfirst, byline and captions go too",
        "page": "the text of a whole web page: its main content, cleaned",
    }
)

_UNCHANGED: Final[Any] = ...  # None is a value of fields


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
    `model` names a file of line model weights, which take the place of those shipped
    (None); other processes look for it at the same place. `memory` is what
    `SiteMemory.freeze` gives: what sites repeat; it needs the hint `url`.

    Raises UnknownNameError for a name that does not exist, CleanerError for a repair
    among what to remove or a label that the preset never removes, InvalidRuleError for
    an invalid pattern, TypeError for a string in place of several, a name, rule or path
    that is no string, or a memory that is still counting, and ValueError for an empty
    path.

    >>> sorted(Config("body").with_(remove={"promotion", "bio"}).remove)
    ['bio', 'promotion']
    """

    __slots__ = ()

    def __new__(  # noqa: PLR0913, PLR0917  # a parameter a field
        cls,
        preset: str = "default",
        remove: Iterable[str] | None = None,
        repair: Iterable[str] = REPAIRS,
        languages: Iterable[str] | None = None,
        deny: Iterable[str] = (),
        allow: Iterable[str] = (),
        model: str | PathLike[str] | None = None,
        memory: FrozenSiteMemory | None = None,
    ) -> Self:
        """A checked configuration."""
        fields = _Fields(
            preset,
            None if remove is None else frozenset(several("remove", remove)),
            frozenset(several("repair", repair)),
            None if languages is None else frozenset(several("languages", languages)),
            tuple(several("deny", deny)),
            tuple(several("allow", allow)),
            None if model is None else _absolute(model),
            memory,
        )
        _check_fields(fields)
        return super().__new__(cls, *fields)

    @classmethod
    def _make(cls, iterable: Iterable[Any]) -> Self:  # type: ignore[override]
        """What `_replace` and `copy.replace` go through: checked as any other."""
        return cls(*iterable)

    def with_(  # noqa: PLR0913  # a parameter a field
        self,
        *,
        preset: str = _UNCHANGED,
        remove: Iterable[str] | None = _UNCHANGED,
        repair: Iterable[str] = _UNCHANGED,
        languages: Iterable[str] | None = _UNCHANGED,
        deny: Iterable[str] = _UNCHANGED,
        allow: Iterable[str] = _UNCHANGED,
        model: str | PathLike[str] | None = _UNCHANGED,
        memory: FrozenSiteMemory | None = _UNCHANGED,
    ) -> Self:
        """A copy with what is given changed; None means what it means to Config."""
        given: dict[str, Any] = {
            "preset": preset,
            "remove": remove,
            "repair": repair,
            "languages": languages,
            "deny": deny,
            "allow": allow,
            "model": model,
            "memory": memory,
        }
        changed = {name: new for name, new in given.items() if new is not _UNCHANGED}
        return self._replace(**changed)

    @property
    def rungs(self) -> tuple[Rung, ...]:
        """The steps that lead to the preset, with the labels that this config takes."""
        return tuple(map(self._narrowed, _LADDERS[self.preset]))

    def _narrowed(self, rung: Rung) -> Rung:
        kept = frozenset[str]() if self.remove is None else rung.labels - self.remove
        return rung._replace(labels=rung.labels - kept | self.repair, kept=kept)

    @property
    def detectors(self) -> tuple[Detector, ...]:
        """The detectors of the highest rung's labels, kept or not, in table order."""
        labels = self.rungs[-1].labels | self.rungs[-1].kept
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
        """Hex digits that change with configuration, phrases, rules, words or weights.

        A change of code changes it by OUTPUT_VERSION; which `ftfy` and `regex` are
        installed does not. Equal between runs and machines, so fit to name a cache.
        """
        import json
        from hashlib import sha256

        known = {code: dict(lang.phrases) for code, lang in LANGUAGES.items()}
        # All, since what is removed may hang on what another detector sees.
        rows = [
            (row.name, row.label, row.score, repr((row.rules, row.asked_rules)))
            for row in DETECTORS.values()
        ]
        meaning: dict[str, Any] = {
            name: sorted(value) if isinstance(value, frozenset) else value
            for name, value in self._asdict().items()
        }
        model = self.line_model
        meaning["model"] = model and model.digest
        meaning["memory"] = self.memory and self.memory.digest
        weights = page_model().digest if self.preset == "page" else None
        words = packaged("repair/english.txt").decode()
        whole = [OUTPUT_VERSION, meaning, weights, rows, PIECES, known, words]
        return sha256(json.dumps(whole, sort_keys=True).encode()).hexdigest()


def page_model() -> "PageModel":
    """The model of whole pages, loaded with the first of them."""
    from cleaner.model.page_storage import shipped as shipped_pages

    return shipped_pages()


def config_of(config: str | Config) -> Config:
    """A preset's name as the Config that it means. TypeError for what is neither."""
    if isinstance(config, str):
        return Config(config)
    if not isinstance(config, Config):
        kind = type(config).__name__
        raise TypeError(f"a preset's name or a Config is wanted, not {kind}")
    return config


def _absolute(path: object) -> str:
    """The path for other processes, too, which may start in another folder."""
    path = fspath(path) if isinstance(path, PathLike) else path
    if not isinstance(path, str):
        raise TypeError(f"model takes a path as str, not {type(path).__name__}")
    if not path:
        raise ValueError("model takes a file's path, not an empty one")
    return str(Path(path).absolute())


def _check_fields(fields: _Fields) -> None:
    check_names("preset", [fields.preset], PRESETS)
    _check_removed(fields.preset, fields.remove or frozenset())
    check_names("repair", fields.repair, REPAIRS)
    check_names("language", fields.languages or (), LANGUAGES.keys() - {ANY})
    if not isinstance(fields.memory, FrozenSiteMemory | None):
        raise TypeError("memory takes what SiteMemory.freeze() gives")
    _check_rules("deny", fields.deny)
    _check_rules("allow", fields.allow)


def _check_removed(preset: str, labels: frozenset[str]) -> None:
    if repairs := ", ".join(sorted(REPAIRS & labels)):
        raise CleanerError(f"{repairs}: not removed but repaired: name it in `repair`")
    check_names("label", labels, NOISE | FRAME)
    if idle := ", ".join(sorted(labels - removable(preset))):
        raise CleanerError(f"preset {preset!r} never removes {idle}: try 'body'")


def removable(preset: str) -> frozenset[str]:
    """The labels that a preset removes."""
    return _LADDERS[preset][-1].labels


def _check_rules(field: str, rules: tuple[str, ...]) -> None:
    for rule in rules:
        if not isinstance(rule, str):
            raise TypeError(f"{field} takes patterns as str, not {type(rule).__name__}")
    compiled_rules(rules)  # raises for an invalid one


def check_names(kind: str, names: Iterable[str], known: Iterable[str]) -> None:
    """UnknownNameError for a name that is not known, TypeError for what is no str."""
    for name in names:
        if not isinstance(name, str):
            raise TypeError(f"a {kind} is a str, not {type(name).__name__}")
        if name not in known:
            raise UnknownNameError(kind, name, sorted(known))
