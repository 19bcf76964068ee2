"""Site memory: what is counted, what is cut, what holds whatever the order."""

import pickle
import zlib
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import texts

from cleaner import Cleaner, CleanerError, Config, Edit, SiteMemory, apply
from cleaner.sites import FrozenSiteMemory, _cells, page_keys, site_of

SMALL = 1 << 12
URL = "https://www.news.example.co.uk/story/"
STORY = "The council met on Monday to discuss bridge number {} over the river, he said."
MORE = "It will be built of stone from the quarry that stands behind hill number {}."


def page(number: int, *lines: str) -> str:
    return "\n\n".join((STORY.format(number), *lines, MORE.format(number)))


def taught(*lines: str, pages: int = 20, of: int = 20) -> FrozenSiteMemory:
    """A memory of `of` pages of which `pages` have the lines."""
    memory = SiteMemory(SMALL)
    for number in range(of):
        memory.observe(URL, page(number, *(lines if number < pages else ())))
    return memory.freeze()


def cut(memory: FrozenSiteMemory, text: str, **hints: str) -> list[str]:
    done = Cleaner(Config().with_(memory=memory)).explain(text, url=URL, **hints)
    return [
        text[edit.start : edit.end].strip()
        for edit in done.edits
        if edit.detector == "site_memory"
    ]


def test_what_most_pages_print_goes_with_its_count_as_reason() -> None:
    memory = taught("Xook-tsíib")
    text = page(99, "Xook-tsíib")
    done = Cleaner(Config().with_(memory=memory)).explain(text, url=URL)
    assert done.text == page(99)
    (edit,) = done.edits
    assert (edit.label, edit.detector) == ("boilerplate", "site_memory")
    assert edit.reason == "stands on 20 of 20 pages of the site"


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("Yes.", "a short answer"),
        ("* * *", "a separator"),
        ("Summary:", "it announces what stays"),
    ],
)
def test_natural_repeats_stay(line: str, why: str) -> None:
    assert cut(taught(line), page(99, line)) == [], why


def test_what_fewer_than_half_of_the_pages_print_stays() -> None:
    intro = (
        "Each week our reporters answer what readers have asked them about the town."
    )
    assert cut(taught(intro, pages=9), page(99, intro)) == []
    assert cut(taught(intro, pages=10), page(99, intro)) == [intro]


def test_what_too_few_pages_print_stays() -> None:
    assert cut(taught("Xook-tsíib", pages=4, of=4), page(99, "Xook-tsíib")) == []


def test_a_line_of_too_few_pages_is_told_as_of_none() -> None:
    counts = [taught("Xook-tsíib", pages=n).pages(URL, "Xook-tsíib") for n in (4, 5)]
    assert counts == [(0, 20), (5, 20)]


def test_a_name_that_a_link_cut_out_of_a_sentence_stays() -> None:
    lines = ("As editor of", "Battery Technology")
    text = page(99, *lines, ", Anderson leads a team of nine.")
    assert cut(taught(*lines), text) == ["As editor of"]


def test_a_line_that_the_page_prints_twice_stays() -> None:
    text = page(99, "Town Gazette", "A short line", "Town Gazette", "Another")
    assert cut(taught("Town Gazette"), text) == []


def test_the_pages_own_headline_stays() -> None:
    headline = "Tandem PV installs panel at UC Merced"
    text = f"{headline}\n\n{page(99)}"
    assert cut(taught(headline), text, title=headline + " | Site") == []
    assert cut(taught(headline), text) == [headline]


def test_a_page_that_was_counted_again_and_again_stays() -> None:
    memory = SiteMemory(SMALL)
    for _ in range(20):
        memory.observe(URL, page(1, "Xook-tsíib"))
    text = page(1, "Xook-tsíib")
    done = Cleaner(Config().with_(memory=memory.freeze())).explain(text, url=URL)
    assert (done.edits, done.withheld) == ((), ())


def test_counts_add_up_over_many_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = taught("Xook-tsíib", pages=15)
    monkeypatch.setattr("cleaner.sites._BUFFERED_KEYS", 1)  # a batch a page
    assert taught("Xook-tsíib", pages=15).digest == whole.digest


def test_other_sites_and_no_url_are_not_concerned() -> None:
    cleaner = Cleaner(Config().with_(memory=taught("Xook-tsíib")))
    text = page(99, "Xook-tsíib")
    assert cleaner.clean(text) is text
    for url in ("https://other.org/", "", "http://[bad", "/story"):
        assert cleaner.clean(text, url=url) is text


def test_only_the_labels_asked_for_go() -> None:
    config = Config().with_(memory=taught("Xook-tsíib"), remove={"promotion"})
    text = page(99, "Xook-tsíib")
    assert Cleaner(config).clean(text, url=URL) is text


def test_allow_wins() -> None:
    config = Config().with_(memory=taught("Xook-tsíib"), allow=["Xook-tsíib"])
    text = page(99, "Xook-tsíib")
    assert Cleaner(config).clean(text, url=URL) is text


@pytest.mark.parametrize(
    ("url", "site"),
    [
        ("https://news.bbc.co.uk:443/a", "bbc.co.uk"),
        ("NEWS.BBC.CO.UK", "bbc.co.uk"),
        ("http://a.blogspot.com/x", "a.blogspot.com"),
        ("http://192.168.0.1/x", "192.168.0.1"),
        ("http://[::1]/x", "::1"),
        ("example.com/go?u=https://other.org", "example.com"),
        ("http://münchen.de/a", "xn--mnchen-3ya.de"),
        ("http://xn--mnchen-3ya.de/a", "xn--mnchen-3ya.de"),
        (f"http://{'ü' * 80}.de", f"{'ü' * 80}.de"),
        ("localhost", "localhost"),
        ("co.uk", "co.uk"),
        ("\u00a0https://news.bbc.co.uk/story/1\n", "bbc.co.uk"),
        (" a.com:80 ", "a.com"),
        ("a.com:80/x", "a.com"),
        ("localhost:8080?x", "localhost"),
        ("https:a.com", None),
        ("https:/a.com", None),
        ("https:8.8.8.8", None),
        ("mailto:editor@a.com", None),
        ("http://[bad", None),
        ("", None),
    ],
)
def test_site_of(url: str, site: str | None) -> None:
    assert site_of(url) == site


some_pages = st.lists(st.tuples(st.sampled_from(("a.com", "b.org")), texts()))


@given(some_pages, st.integers(0, 10), st.randoms())
def test_parts_and_order_do_not_matter(
    pages: list[tuple[str, str]],
    cut_at: int,
    random: "st.random.Random",  # type: ignore[name-defined]
) -> None:
    whole, one, other = (SiteMemory(SMALL) for _ in range(3))
    for site, text in pages:
        whole.observe(site, text)
    random.shuffle(pages)
    for site, text in pages[:cut_at]:
        one.observe(site, text)
    for site, text in pages[cut_at:]:
        other.observe(site, text)
    one.merge(other)
    assert (one.table == whole.table).all()
    assert one.freeze() == whole.freeze()


@given(some_pages)
def test_a_count_is_never_too_low(pages: list[tuple[str, str]]) -> None:
    exact = Counter(key for site, text in pages for key in page_keys(site, text))
    keys = list(exact)
    for width in (2, 16):  # so small that much collides
        memory = SiteMemory(width)
        for site, text in pages:
            memory.observe(site, text)
        for row, cells in zip(memory.table, _cells(keys, width), strict=True):
            assert (row[cells] >= list(exact.values())).all()


MEMORY = taught("Sarah Miller", "Council Approves New Bridge Over River")


@given(texts(), st.sampled_from(("strict", "default", "body")))
def test_laws_hold_with_a_memory(text: str, preset: str) -> None:
    cleaner = Cleaner(Config(preset).with_(memory=MEMORY))
    done = cleaner.explain(text, url=URL)
    assert apply(text, done.edits) == done.text
    assert cleaner.explain(done.text, url=URL).text is done.text
    assert cleaner.clean_many([text], urls=[URL]) == [done.text]
    below = Cleaner(Config("strict").with_(memory=MEMORY)).explain(text, url=URL)
    assert removed(below.edits) <= removed(done.edits)


def removed(edits: tuple[Edit, ...]) -> set[int]:
    removals = (edit for edit in edits if not edit.replacement)
    return {at for edit in removals for at in range(edit.start, edit.end)}


def test_saved_and_loaded_it_is_the_same(tmp_path: Path) -> None:
    memory = SiteMemory(SMALL)
    for number in range(20):
        memory.observe(URL, page(number, "Xook-tsíib"))
    memory.save(tmp_path / "sites")
    again = SiteMemory.load(tmp_path / "sites")
    assert again.freeze() == memory.freeze()
    assert b"Xook" not in (tmp_path / "sites").read_bytes()


CELLS = zlib.compress(bytes(32))  # of a memory of width 2


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{}\n",
        b"x\ny",
        b"[" * 5000,
        b'{"format": 2, "width": 4096}\nxxxx',
        b'{"format": 2, "width": 2.0}\n' + CELLS,
        b'{"format": 2, "width": "2"}\n' + CELLS,
        b'{"format": 1, "width": 2}\n' + CELLS,
        b'{"width": 2}\n' + CELLS,
        b'{"format": 2, "width": 2}\n' + CELLS[:-1],
        b'{"format": 2, "width": 2}\n' + CELLS + b"more",
        b'{"format": 2, "width": 3}\n' + zlib.compress(bytes(48)),
        b'{"format": 2, "width": -2}\n' + CELLS,
        b'{"format": 2, "width": 1099511627776}\n' + CELLS,
        b'{"format": 2, "width": 1208925819614629174706176}\n' + CELLS,
        b'{"format": 2, "width": 2}\n' + zlib.compress(bytes(1 << 26)),
    ],
)
def test_another_file_is_refused(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "sites").write_bytes(data)
    with pytest.raises(CleanerError, match="no saved site memory"):
        SiteMemory.load(tmp_path / "sites")


@pytest.mark.parametrize(
    ("head", "told"),
    [
        (b'{"format": 1, "width": 2}', "format 1; this package reads 2"),
        (b'{"format": 2, "width": 2.0}', "its width is no int, but float"),
        (b'{"format": 2, "width": 3}', "its width is 3, no power of two"),
    ],
)
def test_what_is_wrong_with_a_file_is_told(
    tmp_path: Path, head: bytes, told: str
) -> None:
    (tmp_path / "sites").write_bytes(head + b"\n" + CELLS)
    with pytest.raises(CleanerError, match=told):
        SiteMemory.load(tmp_path / "sites")


def test_wrong_widths_are_refused() -> None:
    with pytest.raises(ValueError, match="must be a power of two"):
        SiteMemory(1000)
    with pytest.raises(ValueError, match="can't be merged"):
        SiteMemory(SMALL).merge(SiteMemory(2 * SMALL))


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda memory: memory.observe("a.com", None), "text: cleaner takes str, not"),
        (lambda memory: memory.observe("a.com", b"x"), "text: cleaner takes str; dec"),
        (lambda memory: memory.observe(None, "x"), "url: cleaner takes str, not None"),
        (lambda memory: memory.freeze().pages(None, "x"), "url: cleaner takes str"),
        (lambda memory: memory.freeze().pages("a.com", None), "line: cleaner takes"),
        (lambda memory: memory.freeze().pages_of("a.com", "x"), "lines takes several"),
        (lambda memory: memory.merge(memory.freeze()), "merge takes a SiteMemory, not"),
        (
            lambda _: SiteMemory(cast("int", 2.5)),
            "'float' object cannot be interpreted as an int",
        ),
    ],
)
def test_arguments_of_a_wrong_kind_are_told(
    call: Callable[[Any], object], message: str
) -> None:
    with pytest.raises(TypeError, match=message):
        call(SiteMemory(SMALL))


def test_a_config_with_a_memory_pickles_hashes_and_digests() -> None:
    config = Config().with_(memory=taught("Xook-tsíib"))
    again = pickle.loads(pickle.dumps(config))
    assert again == config
    assert hash(again) == hash(config)
    assert again.digest == config.digest
    other = Config().with_(memory=taught("Town Gazette"))
    assert len({Config().digest, config.digest, other.digest}) == 3
    text = page(99, "Xook-tsíib")
    assert pickle.loads(pickle.dumps(Cleaner(config))).clean(text, url=URL) == page(99)


def test_counts_stop_at_the_top() -> None:
    (key, *_) = page_keys("a.com", "x")
    memory = SiteMemory.from_counts([key, key], [4_000_000_000] * 2, SMALL)
    assert memory.table.max() == (1 << 32) - 1
    memory.merge(memory)
    assert memory.table.max() == (1 << 32) - 1


def test_a_line_on_few_of_very_many_pages_stays() -> None:
    """When counts ended at 65,535 it stood, to all appearance, on half of them."""
    site, *_ = page_keys("a.com", "")
    keys = page_keys("a.com", "Xook-tsíib")
    pages = [200_000 if key == site else 40_000 for key in keys]
    frozen = SiteMemory.from_counts(keys, pages, SMALL).freeze()
    assert frozen.pages("a.com", "Xook-tsíib") == (40_000, 200_000)
    text = page(99, "Xook-tsíib")
    assert Cleaner(Config(memory=frozen)).clean(text, url="https://a.com/") is text


def test_what_was_saved_stays_when_saving_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "sites"
    SiteMemory(SMALL).save(path)
    was = path.read_bytes()
    monkeypatch.setattr("cleaner.sites._packed", lambda _: 1 // 0)
    with pytest.raises(ZeroDivisionError):
        SiteMemory(2 * SMALL).save(path)
    assert path.read_bytes() == was
    assert list(tmp_path.iterdir()) == [path]


def test_no_line_stands_on_fewer_pages_than_none() -> None:
    for wrong in (-5, float("nan")):
        with pytest.raises(ValueError, match="fewer than 0 pages"):
            SiteMemory.from_counts([1, 2], [1, wrong], SMALL)  # type: ignore[list-item]


def test_keys_are_those_of_pages() -> None:
    arrays = map(np.array, ([-1], [1.5]))
    for wrong in ([-1], [1.5], ["1"], [1 << 64], *arrays):
        with pytest.raises(ValueError, match="a key is a whole number from 0"):
            SiteMemory.from_counts(wrong, [1], SMALL)  # type: ignore[arg-type]
    assert not SiteMemory.from_counts([], [], SMALL).table.any()


def test_a_line_is_a_text() -> None:
    with pytest.raises(TypeError, match="lines: cleaner takes str, not int"):
        SiteMemory(SMALL).freeze().pages_of("a.example", [5])  # type: ignore[list-item]


def test_what_tells_a_frozen_memory_cannot_be_changed() -> None:
    frozen = SiteMemory(SMALL).freeze()
    with pytest.raises(AttributeError):
        frozen.digest = "another"  # type: ignore[misc]
