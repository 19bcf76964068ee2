"""Cleaner: from a text to its article, every change on record."""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from cleaner.arguments import aligned, check_hints, check_text
from cleaner.config import Config, Rung, config_of, page_model
from cleaner.document import Document
from cleaner.edits import Cleaned, Edit, Withheld, apply, compose, resolve
from cleaner.files import file_stamp
from cleaner.gaps import Gap, gaps_after
from cleaner.labels import FRAME
from cleaner.markdown import Unlinked, unlinked
from cleaner.memo import lazy
from cleaner.patterns.gate import carried
from cleaner.proposals import (
    OWN_RULE,
    PAGE,
    Bits,
    Tools,
    by_gaps,
    by_line_model,
    by_page_model,
    called,
    proposed,
    tools_of,
)
from cleaner.spacing import widen, without_blank

if TYPE_CHECKING:
    from cleaner.model.page import Verdict

# Real articles settle in two or three; what does not is left as the rung below had it.
MAX_PASSES: Final = 12
_REMEMBERED: Final = 32  # configurations; each may hold a memory of some megabytes


class Cleaner:
    r"""A compiled configuration: immutable, picklable, safe to share between threads.

    Of the hints `title` tells which line is the headline, and `url` is what a memory of
    sites goes by. `lang` has to be a str and changes no cut: in which languages phrases
    are sought the configuration says.

    Making one raises what `Config` does, and a CleanerError or OSError for a faulty or
    missing file of weights. Cleaning raises TypeError if a text or hint is not
    a str, ValueError for hints of another number than the texts, and RuleTimeoutError
    where a rule of yours ran out of its time.

    >>> text = "The council met on Monday, he said.\n\nRead More:  Harbour wall closed"
    >>> Cleaner().clean(text)
    'The council met on Monday, he said.'
    """

    __slots__ = ("_config", "_rungs", "_tools")

    def __init__(self, config: str | Config = "default") -> None:
        self._config = config_of(config)
        self._rungs = self._config.rungs
        self._tools = tools_of(self._config)

    @property
    def config(self) -> Config:
        """What it was made of."""
        return self._config

    def __reduce__(self) -> tuple[type["Cleaner"], tuple[Config]]:
        return type(self), (self.config,)

    def __repr__(self) -> str:
        return f"Cleaner({self.config!r})"

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
        url: str | None = None,
        lang: str | None = None,
    ) -> Cleaned:
        r"""The clean text with every edit, and what was withheld.

        >>> done = Cleaner().explain("He left.\n\nAdvertisement")
        >>> done.text, done.edits[0].detector
        ('He left.', 'advert_stub')
        """
        check_text(text)
        check_hints(title=title, url=url, lang=lang)
        read = unlinked(text)
        document = Document(read.text, title=title, url=url)
        return _climbed(_Pass(self._tools, read, document), self._rungs)

    def clean_many(
        self,
        texts: Iterable[str | None],
        *,
        titles: Iterable[str | None] | None = None,
        urls: Iterable[str | None] | None = None,
        langs: Iterable[str | None] | None = None,
    ) -> list[str | None]:
        r"""The clean texts in order; None where a text is None.

        >>> Cleaner().clean_many(["He left.\n\nAdvertisement", None])
        ['He left.', None]
        """
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
        rows = aligned(texts, titles=titles, urls=urls, langs=langs)
        return [
            None
            if text is None
            else self.explain(text, title=title, url=url, lang=lang)
            for text, title, url, lang in rows
        ]


class _Pass:
    """A text on its way, with what is proposed for it, found when first asked for."""

    def __init__(
        self,
        tools: Tools,
        read: Unlinked,
        document: Document,
        before: "_Pass | None" = None,
        edits: Sequence[Edit] = (),
    ) -> None:
        self.tools = tools
        self.read = read
        self.document = document  # of what is read
        self.before = before
        self.edits = edits  # of the document before: they led here

    @lazy
    def gaps(self) -> Sequence[Gap]:
        """Where whole lines went: who asks for that comes last."""
        if self.before is None:
            return ()
        # What lies off the content of a page tells nothing of the lines beside it.
        cleaned = [edit for edit in self.edits if edit.detector != PAGE]
        return gaps_after(self.before.document, self.before.gaps, cleaned)

    @lazy
    def looked(self) -> tuple[list[Edit], Bits]:
        """What is proposed, and the detectors that find nothing, in fewer lines too."""
        document, before, find = self.document, self.before, self.tools.gate
        silent: Bits = 0
        document.gate = find
        if before is None or "looked" not in vars(before):  # a page is cut unseen
            document.candidates = find(document)
        else:
            document.candidates, fresh = carried(document, before.document, find)
            if len(document.lines) <= len(before.document.lines):  # all moved up
                silent = before.looked[1] & ~called(self.tools, fresh)
        return proposed(self.tools, document, silent)

    @lazy
    def noisy(self) -> Sequence[Edit]:
        # It learned from texts that kept their headlines, bylines and captions.
        gaps = [gap for gap in self.gaps if gap.label not in FRAME]
        return by_line_model(self.tools, self.document, gaps, "noise")

    @lazy
    def not_body(self) -> Sequence[Edit]:
        return by_line_model(self.tools, self.document, self.gaps, "not_body")

    @lazy
    def page(self) -> "Verdict":
        return page_model().judge(self.document)

    @lazy
    def off_page(self) -> Sequence[Edit]:
        return by_page_model(self.tools, self.document, self.page.noise)

    def chosen(self, rung: Rung) -> list[Edit]:
        """What the rung takes: of what was found last only where nothing came before.

        Of a whole page first the main content is found; then it is cleaned.
        """
        if rung.other_pages_score is not None:
            if edits := _chosen(self.off_page, rung):
                return edits
            if not self.page.is_article:
                rung = rung._replace(min_score=rung.other_pages_score)
        found = (_chosen(edits, rung) for edits in self._found(rung))
        return next(filter(None, found), [])

    def _found(self, rung: Rung) -> Iterator[Sequence[Edit]]:
        """What is found by rules, by what is gone, and by the line model, in order."""
        yield self.looked[0]
        if self.gaps:
            yield by_gaps(self.tools, self.document, self.gaps, rung.labels)
        if rung.min_score <= self.tools.surest:
            yield self.noisy
        if rung.labels >= FRAME:
            yield self.not_body

    def after(self, edits: list[Edit], in_source: list[Edit]) -> "_Pass":
        """The pass over what the edits leave, which are told of the source, too."""
        now = unlinked(apply(self.read.source, in_source))
        return _Pass(self.tools, now, _with_text(self.document, now.text), self, edits)

    def anew(self) -> "_Pass":
        """The text as if it had come so."""
        fresh = _with_text(self.document, self.read.text)
        return _Pass(self.tools, self.read, fresh)


def _with_text(was: Document, text: str) -> Document:
    """Another text with the same hints."""
    return Document(text, title=was.title, url=was.url)


def _chosen(edits: Sequence[Edit], rung: Rung) -> list[Edit]:
    """What the rung takes of them.

    Overlaps are settled before scores are looked at: a sure edit inside a longer one
    that is not sure enough waits, or a torn rest would stay. Labels that the rung keeps
    take part in this, the user's own rules do not.
    """
    if not edits:  # as in most texts
        return []
    own = [edit for edit in edits if edit.detector == OWN_RULE]
    known = [
        edit
        for edit in edits
        if (edit.label in rung.labels or edit.label in rung.kept)
        and edit.detector != OWN_RULE
    ]
    sure = [
        edit
        for edit in resolve(known)
        if edit.label in rung.labels and edit.score >= rung.min_score
    ]
    return resolve([*own, *sure]) if own else sure


class _Attempt(NamedTuple):
    """Where a rung leads."""

    reached: _Pass
    edits: list[Edit]  # of the source that it started from
    refusal: str  # why it can't stand; "" if it can


def _climbed(start: _Pass, rungs: Iterable[Rung]) -> Cleaned:
    """From rung to rung; one that takes too much leaves the result of the one below."""
    below = start
    edits: list[Edit] = []
    withheld = []
    for rung in rungs:
        tried = _tried(below, rung)
        if not tried.edits:
            continue
        both = compose(edits, tried.edits) if edits else tried.edits
        if tried.refusal:
            kept = set(edits)
            refused = tuple(edit for edit in both if edit not in kept)
            withheld.append(Withheld(rung.preset, tried.refusal, refused))
        else:
            below, edits = tried.reached, both
    original = start.read.source
    trimmed = tuple(without_blank(original, edits))
    return Cleaned(below.read.source, trimmed, original, tuple(withheld))


def _tried(start: _Pass, rung: Rung) -> _Attempt:
    """What a rung makes of what the rung below left.

    What is known of earlier cuts may lead too far. Then it is tried without, as it
    would be if the text below were cleaned once more.
    """
    settled = _settled(start, rung)
    if settled.refusal and start.before:
        again = _tried(start.anew(), rung)
        if again.edits and not again.refusal:
            return again
    return settled


def _settled(start: _Pass, rung: Rung) -> _Attempt:
    """Passes over the text until the rung has nothing to do."""
    state = start
    edits: list[Edit] = []
    refusal = ""
    for _ in range(MAX_PASSES):
        chosen = state.chosen(rung)
        if not chosen:
            break
        chosen = widen(state.document.text, chosen)
        in_source = state.read.in_source(chosen)
        edits = compose(edits, in_source) if edits else in_source
        state = state.after(chosen, in_source)
    else:
        if state.chosen(rung):
            refusal = f"not settled after {MAX_PASSES} passes"
    refusal = refusal or _refusal(start.document, state.document, rung)
    return _Attempt(state, edits, refusal)


def _refusal(before: Document, after: Document, rung: Rung) -> str:
    """Why a rung takes too much; "" if it does not."""
    if before.lines and not after.lines:
        return "nothing would be left"
    if len(before.text) - len(after.text) > rung.max_share * len(before.text):
        return f"more than {rung.max_share:.0%} of the text would go"
    return ""


def cleaner_of(config: str | Config) -> Cleaner:
    """The cleaner of a configuration, made once in a process, and anew for new weights.

    Raises OSError if there is no file of the weights that it names.
    """
    # Checked here: an equal tuple would find what is kept for a Config.
    path = None if isinstance(config, str) else config_of(config).model
    return _made(config, path and file_stamp(path))


@lru_cache(_REMEMBERED)
def _made(config: str | Config, _stamp: object) -> Cleaner:
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

    Hints and errors are those of a `Cleaner`.

    >>> clean("He left.\n\nAdvertisement\n\nShe stayed.")
    'He left.\n\nShe stayed.'
    """
    return cleaner_of(config).clean(text, title=title, url=url, lang=lang)


def explain(
    text: str,
    config: str | Config = "default",
    *,
    title: str | None = None,
    url: str | None = None,
    lang: str | None = None,
) -> Cleaned:
    r"""The clean text with every edit, and what was withheld.

    Hints and errors are those of a `Cleaner`.

    >>> explain("He left.\n\nAdvertisement\n").edits[0].label
    'advertisement'
    """
    return cleaner_of(config).explain(text, title=title, url=url, lang=lang)
