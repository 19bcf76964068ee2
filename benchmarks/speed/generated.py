"""Speed on generated articles, where what was sown is known."""

from typing import Final

from cleaner import Cleaner
from speed.setting import Setting, edits_in
from speed.synthetic import ALL, ASCII, CLEAN_SHARE, OTHERS, Article, corpus
from speed.tables import Table, figure, share
from speed.timing import Row, Timed, each, paired

MEGABYTES: Final = 2.0
HEADER: Final = ("", "MB/s", "docs/s", "share", "sown", "found")
NOTE: Final = (
    "`default` on generated articles with noise of known kinds, 7 in 10 of them; and "
    "on such articles into which none was sown. Others: German, Russian, Chinese."
)
# Languages, and the share of articles into which nothing is sown.
KINDS: Final = (
    ("ASCII", ASCII, CLEAN_SHARE),
    ("others", OTHERS, CLEAN_SHARE),
    ("without noise", ALL, 1.0),
)


def table(setting: Setting) -> Table:
    """A row a kind of article."""
    size = MEGABYTES * setting.scale
    made = {name: corpus(languages, size, clean) for name, languages, clean in KINDS}
    rows = [_row(name, articles) for name, articles in made.items()]
    timed = paired(rows, setting.rounds)
    cells = [_cells(one, made[one.row.name]) for one in timed]
    return Table("Generated articles", HEADER, cells, NOTE)


def _cells(timed: Timed, articles: list[Article]) -> tuple[str, ...]:
    return (
        timed.row.name,
        figure(timed.megabytes_a_second),
        figure(timed.documents_a_second),
        share(timed.ratio),
        f"{sum(article.sown for article in articles):,}",
        timed.row.found,
    )


def _row(name: str, articles: list[Article]) -> Row:
    cleaner = Cleaner()
    texts = [article.text for article in articles]
    return Row(name, each(cleaner.clean), texts, f"{edits_in(cleaner, texts):,} edits")
