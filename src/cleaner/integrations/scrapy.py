"""Scrapy: an item pipeline. Settings: CLEANER_FIELD ("text"), CLEANER_PRESET."""

from typing import Any, Self

from cleaner.arguments import as_hint
from cleaner.core import cleaner_of
from cleaner.errors import extra

with extra("scrapy"):
    from itemadapter import ItemAdapter
    from scrapy.crawler import Crawler


class CleanItems:
    """Cleans a field of each item and counts the edits by label in the statistics.

    CLEANER_FIELD names the field: a str, or a list of str, as an ItemLoader makes it,
    cleaned one by one. An item's own fields `title` and `url` are hints, if they are
    str. CLEANER_PRESET is a preset's name or a Config.

    Items without the field pass and count as `cleaner/without_text`, those with
    anything else in it as `cleaner/not_text`. UnknownNameError for a preset that does
    not exist.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.field = crawler.settings.get("CLEANER_FIELD", "text")
        self.cleaner = cleaner_of(crawler.settings.get("CLEANER_PRESET", "default"))
        self.stats = crawler.stats

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """The pipeline as a crawler's settings want it."""
        return cls(crawler)

    def process_item(self, item: Any) -> Any:
        """The item, clean."""
        adapter = ItemAdapter(item)
        value = adapter.get(self.field)
        if value is None:
            self.stats.inc_value("cleaner/without_text")
        elif isinstance(value, str):
            adapter[self.field] = self._clean(value, adapter)
        elif isinstance(value, list) and all(isinstance(v, str) for v in value):
            adapter[self.field] = [self._clean(text, adapter) for text in value]
        else:
            self.stats.inc_value("cleaner/not_text")
        return item

    def _clean(self, text: str, item: ItemAdapter) -> str:
        hints = {name: as_hint(item.get(name)) for name in ("title", "url")}
        done = self.cleaner.explain(text, **hints)
        for edit in done.edits:
            self.stats.inc_value(f"cleaner/{edit.label}")
        return done.text
