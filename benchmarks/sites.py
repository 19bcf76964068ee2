"""What a site memory finds: on sites of a file, on a made-up farm, and what it takes.

    python benchmarks/sites.py news DATA.parquet [--show]
    python benchmarks/sites.py farm
    python benchmarks/sites.py scale [--pages 1000000] [--width 16777216]

`news` learns from two thirds of the pages of each site with eight or more, and counts
what goes from the last third that rules and line model leave, each third in turn;
`--show` prints each such cut between its neighbours, to be read. `farm` makes sites
whose templates are known. `scale` times observing pages and tells how often an unseen
line counts.
"""

import argparse
import random
import resource
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple
from zlib import crc32

from cleaner import Cleaned, Cleaner, Config, Edit, SiteMemory
from cleaner.sites import MIN_PAGES, site_of

MIN_SITE_PAGES: Final = 8
FARM_SITES: Final = 100
SHARE_WITH_INTRO: Final = 0.2
SHARE_WITH_ANSWER: Final = 0.3
SHARE_WITH_HEADING: Final = 0.1
WORDS: Final = [
    "council",
    "bridge",
    "river",
    "harbour",
    "minister",
    "market",
    "team",
    "season",
    "company",
    "report",
    "school",
    "police",
    "court",
    "train",
    "airport",
    "budget",
    "winter",
    "museum",
    "election",
    "doctor",
    "energy",
    "village",
]


class Page(NamedTuple):
    """A page, and which of its lines its template printed."""

    url: str
    text: str
    template: frozenset[str]


def news(path: str, *, show: bool) -> None:
    """Learn from two thirds of each site's pages, count on the last."""
    import pyarrow.parquet

    found = defaultdict[str, list[dict[str, Any]]](list)
    for row in pyarrow.parquet.read_table(path).to_pylist():
        site = row["url"] and site_of(row["url"])
        if site:
            found[site].append(row)
    sites = {s: rows for s, rows in found.items() if len(rows) >= MIN_SITE_PAGES}
    for third in range(3):
        memory = SiteMemory()
        held_out = []
        for site, row in ((s, row) for s, rows in sites.items() for row in rows):
            if crc32(row["id"].encode()) % 3 == third:
                held_out.append(row)
            else:
                memory.observe(site, row["text"])
        _tell_news(held_out, memory, len(sites), show=show)


def _tell_news(
    rows: Sequence[Mapping[str, Any]], memory: SiteMemory, sites: int, *, show: bool
) -> None:
    plain = Cleaner()
    knowing = Cleaner(Config().with_(memory=memory.freeze()))
    gone = Counter[str]()
    for row in rows:
        hints = {"title": row["title"], "lang": row["lang"], "url": row["url"]}
        before = _lines_gone(plain.explain(row["text"], **hints))
        done = knowing.explain(row["text"], **hints)
        new = _lines_gone(done) - before
        gone["rules and model"] += len(before)
        gone["more with the memory"] += len(new)
        gone["pages with more"] += bool(new)
        gone["lines"] += sum(bool(line.strip()) for line in row["text"].split("\n"))
        if show and new:
            _show(row, new)
    print(f"{sites} sites, {len(rows)} held-out pages: {dict(gone)}")


def _without_memory(done: Cleaned) -> tuple[Edit, ...]:
    return tuple(edit for edit in done.edits if edit.detector != "site_memory")


def _lines_gone(done: Cleaned) -> set[int]:
    """The numbers of the lines of which nothing is kept."""
    gone = set()
    start = 0
    for number, line in enumerate(done.original.split("\n")):
        end = start + len(line)
        kept = done.from_original(end) - done.from_original(start)
        if line.strip() and kept <= len(line) - len(line.strip()):
            gone.add(number)
        start = end + 1
    return gone


def _show(row: Mapping[str, Any], new: set[int]) -> None:
    lines = row["text"].split("\n")
    print(f"\n== {row['url']}")
    for number in sorted(new):
        around = [lines[n][-60:] for n in (number - 1, number - 2) if n >= 0]
        after = [line for line in lines[number + 1 : number + 3] if line.strip()]
        print(f"  {next(filter(str.strip, around), '')!r}")
        print(f"  ⟦{lines[number].strip()[:160]}⟧ of {len(lines)}, at {number}")
        print(f"  {(after or [''])[0][:60]!r}")


def farm(site_pages: Sequence[int] = (8, 12, 20, 50, 200)) -> None:
    """Recall and false cuts of the memory alone by the number of pages seen."""
    print(f"{'pages':>6} {'recall':>8} {'false cuts per 1,000':>21}")
    for pages in site_pages:
        memory = SiteMemory()
        rng = random.Random(pages)  # noqa: S311  # pages to measure on
        seen, held_out = [], []
        for site in range(FARM_SITES):
            made = list(_farm_pages(rng, site, pages + 5))
            seen += made[:pages]
            held_out += made[pages:]
        for page in seen:
            memory.observe(page.url, page.text)
        _tell_farm(pages, held_out, memory)


def _tell_farm(pages: int, held_out: Sequence[Page], memory: SiteMemory) -> None:
    cleaner = Cleaner(Config().with_(memory=memory.freeze()))
    sums = Counter[str]()
    for page in held_out:
        lines = page.text.split("\n")
        done = cleaner.explain(page.text, url=page.url)
        gone = _lines_gone(done)
        by_others = _lines_gone(done._replace(edits=_without_memory(done)))
        for number, line in enumerate(lines):
            kind = "template" if line in page.template else "story"
            sums[kind] += 1
            sums[f"{kind} gone"] += number in gone
            sums[f"{kind} gone by the memory"] += number in gone - by_others
    recall = sums["template gone"] / sums["template"]
    false = 1000 * sums["story gone by the memory"] / sums["story"]
    print(f"{pages:6} {recall:8.3f} {false:21.2f}   {dict(sums)}")


def _farm_pages(rng: random.Random, site: int, count: int) -> Iterator[Page]:
    """Pages of one template around stories that repeat what stories repeat."""
    head = [_phrase(rng, 2) for _ in range(rng.randint(1, 5))]
    foot = [_phrase(rng, rng.randint(2, 4)) for _ in range(rng.randint(2, 8))]
    foot.append(_sentence(rng, rng.randint(12, 25)))
    inside = _phrase(rng, 5)
    intro = _sentence(rng, 20)  # of a series, on one story in five
    for number in range(count):
        story = [_sentence(rng, rng.randint(12, 40)) for _ in range(rng.randint(5, 15))]
        if rng.random() < SHARE_WITH_INTRO:
            story.insert(0, intro)
        if rng.random() < SHARE_WITH_ANSWER:
            story.insert(2, "Yes.")
        if rng.random() < SHARE_WITH_HEADING:
            story.insert(3, "What comes next")
        story.insert(rng.randint(1, len(story) - 1), inside)
        text = "\n".join([*head, *story, *foot])
        template = frozenset([*head, *foot, inside])
        yield Page(f"https://www.site{site}.com/{number}", text, template)


def _phrase(rng: random.Random, words: int) -> str:
    return " ".join(rng.choices(WORDS, k=words)).title()


def _sentence(rng: random.Random, words: int) -> str:
    chosen = [*rng.choices(WORDS, k=words), str(rng.randrange(10**6))]
    rng.shuffle(chosen)
    return " ".join(chosen).capitalize() + "."


def scale(pages: int, width: int) -> None:
    """Observe so many pages of 20 lines, 20 pages a site; tell time, memory, error."""
    memory = SiteMemory(width)
    start = time.thread_time()
    for number in range(pages):
        site = f"site{number // 20}.com"
        story = [f"Line {number} {line} of a story" for line in range(15)]
        template = [f"Line {line} of {site}" for line in range(5)]
        memory.observe(site, "\n".join([*story, *template]))
    taken = time.thread_time() - start
    frozen = memory.freeze()
    site = "site0.com"
    *counts, _ = frozen.pages_of(site, (f"unseen {n}" for n in range(10**6)))
    wrong = sum(count >= MIN_PAGES for count in counts)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{pages} pages in {taken:.0f} s ({pages / taken:.0f} a second), cells "
        f"{memory.table.nbytes / 1e6:.0f} MB, peak of the process {peak:.0f} MB, "
        f"{memory.lines_per_cell:.2f} lines a cell; of 1,000,000 unseen lines {wrong} "
        f"count as {MIN_PAGES} pages or more"
    )


def main() -> None:
    """Run the part that is named."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parts = parser.add_subparsers(dest="part", required=True)
    on_news = parts.add_parser("news")
    on_news.add_argument("data")
    on_news.add_argument("--show", action="store_true")
    parts.add_parser("farm")
    on_scale = parts.add_parser("scale")
    on_scale.add_argument("--pages", type=int, default=10**6)
    on_scale.add_argument("--width", type=int, default=1 << 24)
    options = parser.parse_args()
    if options.part == "news":
        news(options.data, show=options.show)
    elif options.part == "farm":
        farm()
    else:
        scale(options.pages, options.width)


if __name__ == "__main__":
    main()
