"""Cleaner: from a text to its article, every change on record."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, partial
from itertools import repeat
from typing import Final, NamedTuple

from cleaner.config import Config, Rung
from cleaner.detectors.own import compiled_rules, find_allowed, find_denied
from cleaner.document import Document
from cleaner.edits import (
    BLANK,
    Cleaned,
    Edit,
    Withheld,
    apply,
    compose,
    resolve,
    widen,
)
from cleaner.languages import ANY, LANGUAGES
from cleaner.patterns import filled, gate

# Real articles settle in two or three; what does not is left as the rung below had it.
MAX_PASSES: Final = 12

OWN_RULE: Final = "own_rule"  # the detector's name for the user's own rules


class Cleaner:
    r"""A compiled configuration: immutable, picklable, safe to share between threads.

    >>> Cleaner().clean("He left.\n\nRead More:  China highway collapse\n")
    'He left.\n'
    """

    def __init__(self, config: "str | Config" = "default") -> None:
        self.config = Config(config) if isinstance(config, str) else config
        self._rungs = self.config.rungs
        self._detectors = self.config.detectors
        self._deny = compiled_rules(self.config.deny)
        self._allow = compiled_rules(self.config.allow)
        languages = self.config.languages or LANGUAGES.keys()
        names = frozenset[str]().union(*(row.slots for row in self._detectors))
        self._gate = gate(filled(names, {ANY, *languages}))

    def __reduce__(self) -> tuple[type["Cleaner"], tuple[Config]]:
        return type(self), (self.config,)

    def clean(
        self,
        text: str,
        *,
        title: str | None = None,
        url: str | None = None,
        lang: str | None = None,
    ) -> str:
        """The text without its noise; the same object where there is none."""
        return self.explain(text, title=title, url=url, lang=lang).text

    def explain(
        self,
        text: str,
        *,
        title: str | None = None,
        url: str | None = None,  # noqa: ARG002  # for what a site repeats
        lang: str | None = None,
    ) -> Cleaned:
        """The clean text with every edit, and what was withheld.

        Raises TypeError for what is no str.
        """
        _check_text(text)
        propose = partial(self._proposed, title=title, lang=lang)
        return _climbed(_Pass(text, propose(text)), self._rungs, propose)

    def clean_many(
        self,
        texts: Iterable[str | None],
        *,
        titles: Iterable[str | None] | None = None,
        urls: Iterable[str | None] | None = None,
        langs: Iterable[str | None] | None = None,
    ) -> list[str | None]:
        """The clean texts in order; None where a text is None."""
        many = self.explain_many(texts, titles=titles, urls=urls, langs=langs)
        return [done.text if done else None for done in many]

    def explain_many(
        self,
        texts: Iterable[str | None],
        *,
        titles: Iterable[str | None] | None = None,
        urls: Iterable[str | None] | None = None,
        langs: Iterable[str | None] | None = None,
    ) -> list[Cleaned | None]:
        """The cleaned texts in order; None where a text is None.

        Hints go by position; a list of hints as long as the texts, or none at all.
        """
        rows = _aligned(texts, titles, urls, langs)
        return [
            None
            if text is None
            else self.explain(text, title=title, url=url, lang=lang)
            for text, title, url, lang in rows
        ]

    def _proposed(
        self, text: str, *, title: str | None, lang: str | None
    ) -> list[Edit]:
        """What every detector proposes for a text, in table order."""
        document = Document(text, title=title, lang=lang)
        document.candidates = self._gate(document)
        found = [
            Edit(
                finding.start,
                finding.end,
                finding.replacement,
                row.label,
                row.name,
                finding.score or row.score,
                finding.reason,
            )
            for row in self._detectors
            for finding in row.find(document)
        ]
        if self._deny:
            found += (
                Edit(start, end, "", "boilerplate", OWN_RULE, 1.0, reason)
                for start, end, reason, *_ in find_denied(document, self._deny)
            )
        if self._allow:
            found = _without(found, find_allowed(document, self._allow))
        return found


def _without(edits: list[Edit], spans: Sequence[tuple[int, int]]) -> list[Edit]:
    """The edits that touch none of the spans."""
    return [
        edit
        for edit in edits
        if not any(edit.start < end and start < edit.end for start, end in spans)
    ]


def _check_text(text: object) -> None:
    if isinstance(text, bytes | bytearray):
        raise TypeError("cleaner takes str; decode first: data.decode('utf-8')")
    if not isinstance(text, str):
        raise TypeError(f"cleaner takes str, not {type(text).__name__}")


def _aligned(
    texts: Iterable[str | None], *hints: Iterable[str | None] | None
) -> Iterator[tuple[str | None, ...]]:
    """Texts with their hints; ValueError if a list of hints is of another length."""
    columns = [list(column) if column is not None else None for column in hints]
    texts = list(texts)
    for column in columns:
        if column is not None and len(column) != len(texts):
            raise ValueError(f"{len(texts)} texts but {len(column)} hints")
    filled_up = (repeat(None, len(texts)) if c is None else c for c in columns)
    return zip(texts, *filled_up, strict=True)


class _Pass(NamedTuple):
    """A text on its way and what the detectors propose for it."""

    text: str
    proposed: Sequence[Edit]


_Propose = Callable[[str], Sequence[Edit]]


def _climbed(start: _Pass, rungs: Iterable[Rung], propose: _Propose) -> Cleaned:
    """From rung to rung; one that takes too much leaves the result of the one below."""
    reached = start
    edits: list[Edit] = []
    withheld = []
    for rung in rungs:
        settled, made = _settled(reached, rung, propose)
        if not made:
            continue
        both = compose(edits, made) if edits else made
        refusal = _refusal(reached.text, settled, rung)
        if refusal:
            told = tuple(edit for edit in both if edit not in edits)
            withheld.append(Withheld(rung.preset, refusal, told))
        else:
            reached, edits = settled, both
    return Cleaned(reached.text, tuple(edits), start.text, tuple(withheld))


def _settled(start: _Pass, rung: Rung, propose: _Propose) -> tuple[_Pass, list[Edit]]:
    """Passes over the text until the rung has nothing to do, and all their edits."""
    state = start
    edits: list[Edit] = []
    for _ in range(MAX_PASSES):
        chosen = resolve(edit for edit in state.proposed if _takes(rung, edit))
        if not chosen:
            break
        chosen = widen(state.text, chosen)
        edits = compose(edits, chosen) if edits else chosen
        text = apply(state.text, chosen)
        state = _Pass(text, propose(text))
    return state, edits


def _takes(rung: Rung, edit: Edit) -> bool:
    return edit.score >= rung.min_score and (
        edit.label in rung.labels or edit.detector == OWN_RULE
    )


def _refusal(before: str, settled: _Pass, rung: Rung) -> str:
    """Why a rung's result can't stand; "" if it can."""
    if any(_takes(rung, edit) for edit in settled.proposed):
        return f"not settled after {MAX_PASSES} passes"
    if not settled.text.strip(BLANK) and before.strip(BLANK):
        return "nothing would be left"
    if len(before) - len(settled.text) > rung.max_share * len(before):
        return f"more than {rung.max_share:.0%} of the text would go"
    return ""


@cache
def _cleaner(config: str | Config) -> Cleaner:
    return Cleaner(config)


def clean(
    text: str,
    config: str | Config = "default",
    *,
    title: str | None = None,
    url: str | None = None,
    lang: str | None = None,
) -> str:
    r"""The text without its noise; the same object where there is none.

    >>> clean("He left.\n\nAdvertisement\n\nShe stayed.")
    'He left.\n\nShe stayed.'
    """
    return _cleaner(config).clean(text, title=title, url=url, lang=lang)


def explain(
    text: str,
    config: str | Config = "default",
    *,
    title: str | None = None,
    url: str | None = None,
    lang: str | None = None,
) -> Cleaned:
    r"""The clean text with every edit, and what was withheld.

    >>> explain("He left.\n\nAdvertisement\n").edits[0].label
    'advertisement'
    """
    return _cleaner(config).explain(text, title=title, url=url, lang=lang)
