"""From HTML to clean text, and what happens where a package is missing."""

import sys

import pytest
from commandlib import piped

from cleaner.errors import MissingPackageError, UnknownNameError
from cleaner.html import EXTRACTORS, extract

STORY = (
    "The council met on Monday to discuss the new bridge, and decided to keep it open.",
    "“We were told nothing,” said Anna Berg, who runs a bakery near the old bridge.",
)
HTML = f"""<html><head><title>Bridge reopens</title></head><body>
<nav><ul><li>Home</li><li>News</li></ul></nav><article><h1>Bridge reopens</h1>
<p>{STORY[0]}</p><p>Read more: <a href="/x">Harbour wall closed</a></p>
<p>{STORY[1]}</p></article><footer>© 2024</footer></body></html>"""


@pytest.mark.parametrize("extractor", EXTRACTORS)
@pytest.mark.parametrize("html", [HTML, HTML.encode()], ids=["str", "bytes"])
def test_the_story_comes_out_clean(extractor: str, html: str | bytes) -> None:
    pytest.importorskip(extractor.replace("page", "resiliparse"))
    found = extract(html, extractor)
    assert all(line in found for line in STORY)
    assert "Read more" not in found


@pytest.mark.parametrize("extractor", EXTRACTORS)
def test_an_empty_page_gives_an_empty_text(extractor: str) -> None:
    pytest.importorskip(extractor.replace("page", "resiliparse"))
    assert extract("", extractor) == ""


@pytest.mark.parametrize("extractor", EXTRACTORS)
def test_halves_of_characters_lose_no_page(extractor: str) -> None:
    pytest.importorskip(extractor.replace("page", "resiliparse"))
    found = extract(HTML.replace("Berg", "\ud83d\ude00 B\ud800rg"), extractor)
    assert STORY[1].replace("Berg", "😀 B\ufffdrg") in found


@pytest.mark.parametrize("extractor", EXTRACTORS)
def test_a_reference_to_any_character_loses_no_page(extractor: str) -> None:
    pytest.importorskip(extractor.replace("page", "resiliparse"))
    codes = (*range(0x21), 0x7F, 0x80, 0x9F, 0xD800, 0xFFFD, 0xFFFE, 0xFFFF, 0x110000)
    for form in ("&#%d;", "&#%d ", "&#0%d;", "&#x%x;", "&#X0%X;", "&#x%x "):
        for reference in (form % code for code in codes):
            html = HTML.replace("bakery near", f"bakery{reference}near")
            for page in (html, html.encode()):
                assert STORY[0] in extract(page, extractor), reference


@pytest.mark.parametrize("extractor", EXTRACTORS)
@pytest.mark.parametrize("wrong", [None, 5])
def test_what_is_no_page_is_refused(extractor: str, wrong: object) -> None:
    with pytest.raises(TypeError, match="takes str or bytes, not"):
        extract(wrong, extractor)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="extractor takes str, not list"):
        extract(HTML, [extractor])  # type: ignore[arg-type]


def test_a_config_takes_the_place_of_the_preset() -> None:
    pytest.importorskip("resiliparse")
    assert "Bridge reopens" in extract(HTML, "resiliparse")
    assert "Bridge reopens" not in extract(HTML, "resiliparse", "body")


@pytest.mark.parametrize(
    ("extractor", "module"),
    [("trafilatura", "trafilatura"), ("page", "resiliparse.parse.html")],
)
def test_a_missing_package_names_the_command(
    extractor: str, module: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(MissingPackageError, match=r"article-cleaner\[html\]"):
        extract(HTML, extractor)


def test_an_unknown_extractor_names_the_known() -> None:
    with pytest.raises(UnknownNameError, match="known: trafilatura, resiliparse, page"):
        extract(HTML, "boilerpipe")


@pytest.mark.parametrize("extractor", ["trafilatura", "page"])
def test_an_empty_name_is_no_preset(extractor: str) -> None:
    for package in ("trafilatura", "resiliparse"):
        pytest.importorskip(package, reason="needs the extra html")
    with pytest.raises(UnknownNameError, match="no preset ''"):
        extract(HTML, extractor, "")


def test_the_command_takes_the_whole_page_for_the_preset_page() -> None:
    pytest.importorskip("resiliparse")
    done = piped("-F", "html", "--preset", "page", given=HTML.encode())
    assert done.stdout.decode() == f"{extract(HTML, 'page')}\n"
