"""From HTML to a clean article: an extractor makes text of it, a preset cleans it.

Needs the extra `html`: pip install 'article-cleaner[html]'.
"""

import re
from collections.abc import Callable
from importlib import import_module
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from cleaner.config import Config
from cleaner.core import clean
from cleaner.errors import UnknownNameError, extra

__all__ = ("EXTRACTORS", "Extractor", "Text", "extract", "extracted")

# References to characters that XML can't hold: C0 but for tab and line breaks, U+FFFE,
# U+FFFF. Over one of them trafilatura gives up the whole page.
_NO_XML: Final = (
    r"(?i)&#(?:0*(?:[1-8]|1[124-9]|2\d|3[01]|6553[45])(?!\d)"
    r"|x0*(?:[1-8bcef]|1[\da-f]|fff[ef])(?![\da-f]));?"
)


class Text(NamedTuple):
    """What an extractor made of a page: its text, and the page's own title."""

    text: str
    title: str | None = None


class Extractor(NamedTuple):
    """A way from HTML to text, and the preset that suits its texts."""

    run: Callable[[str | bytes], Text]
    preset: str


def extract(  # noqa: PLR0913  # the hints of `clean`
    html: str | bytes,
    extractor: str = "trafilatura",
    config: str | Config | None = None,
    *,
    title: str | None = None,
    url: str | None = None,
    lang: str | None = None,
) -> str:
    """The clean article of an HTML page; "" if the extractor finds none.

    `extractor` is a name of EXTRACTORS: "trafilatura" and "resiliparse" look for the
    article by its tags and leave the rest to `default`; "page" takes the text of the
    whole page and finds the content by the preset `page`. `config` is a preset's name
    or a Config in place of those. Bytes are decoded as the extractor does. The hints
    are those of a `Cleaner`.

    Raises TypeError for a page that is neither str nor bytes and an extractor's name
    that is no str, UnknownNameError for an extractor that does not exist, and
    MissingPackageError, which names the command, where its package is missing.
    """
    found = extracted(html, extractor)
    if config is None:
        config = EXTRACTORS[extractor].preset
    hint = title or found.title
    return clean(found.text, config, title=hint, url=url, lang=lang)


def extracted(html: str | bytes, extractor: str = "trafilatura") -> Text:
    """The text of an HTML page before it is cleaned, and its title if that is told.

    Trafilatura tells none. Cleaned by `explain`, with the preset that EXTRACTORS names,
    it has its edits on record. Raises as `extract` does.
    """
    if not isinstance(extractor, str):
        raise TypeError(f"extractor takes str, not {type(extractor).__name__}")
    if extractor not in EXTRACTORS:
        raise UnknownNameError("extractor", extractor, EXTRACTORS)
    return EXTRACTORS[extractor].run(_whole(html))


def _whole(html: str | bytes) -> str | bytes:
    """The page without halves of characters, which extractors can't encode."""
    if isinstance(html, bytes):
        return html
    if not isinstance(html, str):
        raise TypeError(f"extract takes str or bytes, not {type(html).__name__}")
    return html.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _by_trafilatura(html: str | bytes) -> Text:
    held = (
        re.sub(_NO_XML, " ", html)
        if isinstance(html, str)
        else re.sub(_NO_XML.encode(), b" ", html)
    )
    text = _package("trafilatura").extract(held, include_comments=False)
    return Text(text or "")


def _by_resiliparse(html: str | bytes, *, main_content: bool) -> Text:
    parser = _package("resiliparse.parse.html").HTMLTree
    tree = (
        parser.parse(html)
        if isinstance(html, str)
        else parser.parse_from_bytes(html, _encoding(html))
    )
    to_text = _package("resiliparse.extract.html2text").extract_plain_text
    return Text(to_text(tree, main_content=main_content), tree.title or None)


def _encoding(html: bytes) -> str:
    found: str = _package("resiliparse.parse.encoding").detect_encoding(html)
    return found


def _package(name: str) -> Any:  # noqa: ANN401  # a module without types
    with extra("html", "this extractor"):
        return import_module(name)


EXTRACTORS: Final = MappingProxyType(
    {
        "trafilatura": Extractor(_by_trafilatura, "default"),
        "resiliparse": Extractor(
            lambda html: _by_resiliparse(html, main_content=True), "default"
        ),
        "page": Extractor(
            lambda html: _by_resiliparse(html, main_content=False), "page"
        ),
    }
)
