"""What others offer for text and for HTML, each as a function from text to text.

One that is not installed is a row without figures. The extra `bench` installs all.
"""

import warnings
from collections.abc import Callable, Sequence
from importlib import import_module
from importlib.metadata import packages_distributions, version
from importlib.util import find_spec
from typing import Any, Final, NamedTuple

from speed.corpus import sample
from speed.pages import page_of
from speed.setting import Setting
from speed.timing import Row, each

Run = Callable[[str], str | None]  # the text afterwards; None if it is dropped


class Peer(NamedTuple):
    """A name, the packages it needs, how it is made, and how much it is given."""

    name: str
    packages: tuple[str, ...]
    make: Callable[[], Run]
    characters: int
    takes_html: bool = False


def _datatrove(name: str, **options: Any) -> Callable[[], Run]:  # noqa: ANN401
    """A filter of datatrove, which keeps or drops a document, or changes its text."""

    def make() -> Run:
        document = import_module("datatrove.data").Document
        judge = getattr(import_module("datatrove.pipeline.filters"), name)(**options)

        def run(text: str) -> str | None:
            given = document(text=text, id="")
            try:
                kept = judge.filter(given)
            except ZeroDivisionError:  # on texts without a word
                return None
            return given.text if kept is True else None

        return run

    return make


def _symbol_lines() -> Run:
    module = import_module("datatrove.pipeline.formatters")
    run: Run = module.SymbolLinesFormatter().format
    return run


def _ftfy() -> Run:
    run: Run = import_module("ftfy").fix_text
    return run


def _clean_text() -> Run:
    run: Run = import_module("cleantext").clean
    return run


def _trafilatura() -> Run:
    extract = import_module("trafilatura").extract
    return lambda html: extract(html, include_comments=False)


def _justext() -> Run:
    justext = import_module("justext")
    stop_words = justext.get_stoplist("English")

    def run(html: str) -> str:
        found = justext.justext(html.encode(), stop_words)
        return "\n\n".join(p.text for p in found if not p.is_boilerplate)

    return run


def _resiliparse() -> Run:
    parse = import_module("resiliparse.parse.html").HTMLTree.parse
    extract = import_module("resiliparse.extract.html2text").extract_plain_text
    return lambda html: extract(parse(html), main_content=True)


_FAST, _MIDDLING, _SLOW, _HTML = 2_000_000, 1_000_000, 500_000, 400_000
_DATATROVE, _SPACY = ("datatrove",), ("datatrove", "spacy")

# fmt: off
PEERS: Final = (
    Peer("datatrove SymbolLines", _DATATROVE, _symbol_lines, _FAST),
    Peer("datatrove C4, no sentences", _DATATROVE,
        _datatrove("C4QualityFilter", min_num_sentences=-1), _FAST),
    Peer("datatrove C4", _SPACY, _datatrove("C4QualityFilter"), _SLOW),
    Peer("datatrove FineWeb", _SPACY, _datatrove("FineWebQualityFilter"), _SLOW),
    Peer("datatrove GopherQuality", _SPACY,
        _datatrove("GopherQualityFilter"), _SLOW),
    Peer("datatrove GopherRepetition", _SPACY,
        _datatrove("GopherRepetitionFilter"), _SLOW),
    Peer("ftfy", ("ftfy",), _ftfy, _MIDDLING),
    Peer("clean-text", ("cleantext",), _clean_text, _SLOW),
    Peer("resiliparse, from HTML", ("resiliparse",), _resiliparse, _HTML,
        takes_html=True),
    Peer("jusText, from HTML", ("justext",), _justext, _HTML, takes_html=True),
    Peer("trafilatura, from HTML", ("trafilatura",), _trafilatura, _HTML,
        takes_html=True),
)
# fmt: on


def is_installed(peer: Peer) -> bool:
    """Whether its packages can be found."""
    return all(find_spec(package) for package in peer.packages)


def versions() -> str:
    """The versions of what is installed, to stand under the figures."""
    distributions = packages_distributions()
    packages = {package for peer in PEERS for package in peer.packages}
    found = filter(find_spec, packages)
    names = sorted(distributions[package][0] for package in found)
    return ", ".join(f"{name} {version(name)}" for name in names)


def peer_row(peer: Peer, setting: Setting) -> Row:
    """The peer with its share of the corpus, and what it does to that."""
    texts = sample(setting.texts, setting.sized(peer.characters))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # theirs
        run = peer.make()
        if peer.takes_html:
            return Row(peer.name, _on_pages(run, texts), texts, _extracted(run, texts))
        changed = sum(run(text) != text for text in texts)
    return Row(peer.name, each(run), texts, f"{changed:,} documents")


def _on_pages(run: Run, texts: Sequence[str]) -> Callable[[Sequence[str]], None]:
    """A row's run that takes a page for each of its texts, made beforehand."""
    pages = [page_of(text) for text in texts]
    return lambda _texts: each(run)(pages)


def _extracted(run: Run, texts: Sequence[str]) -> str:
    return f"{sum(bool(run(page_of(text))) for text in texts):,} texts"
