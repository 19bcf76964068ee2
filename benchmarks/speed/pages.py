"""A web page around a text: for extractors, which start from HTML."""

from html import escape
from itertools import count, islice
from typing import Final

LINKS: Final = 120
TEASERS: Final = 24
SCRIPT: Final = "window.settings=" + '{"slot":"top","sizes":[[300,250]]},' * 400

_STORIES: Final = tuple(
    f"Council number {number} votes on the harbour wall" for number in range(TEASERS)
)


def page_of(text: str) -> str:
    """The text's lines as paragraphs, among menus, scripts, teasers and a footer.

    About 30 KB beside the text; a real page is often ten times as long.
    """
    lines = [line for line in text.splitlines() if line.strip()]
    title = escape(lines[0][:80]) if lines else "Untitled"
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8">'
        f"<title>{title}</title><script>{SCRIPT}</script></head><body>"
        f'<header><nav class="menu"><ul>{_menu()}</ul></nav></header>'
        f"<main><article><h1>{title}</h1>{_paragraphs(lines)}</article></main>"
        f'<aside class="related">{_teasers()}</aside>'
        f"<footer><p>© The Harbour Post. All rights reserved.</p></footer>"
        f"</body></html>"
    )


def _paragraphs(lines: list[str]) -> str:
    return "".join(f"<p>{escape(line)}</p>\n" for line in lines)


def _menu() -> str:
    numbers = islice(count(), LINKS)
    return "".join(f'<li><a href="/topic/{n}">Topic {n}</a></li>' for n in numbers)


def _teasers() -> str:
    return "".join(
        f'<div class="teaser"><a href="/{n}"><h3>{story}</h3></a><p>Read more</p></div>'
        for n, story in enumerate(_STORIES)
    )
