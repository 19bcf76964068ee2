"""Scrapy: an item pipeline. Settings: CLEANER_FIELD ("text"), CLEANER_PRESET."""

from typing import Any, Self

from cleaner.core import cleaner_of
from cleaner.errors import extra

with extra("scrapy"):
    from itemadapter import ItemAdapter
    from scrapy.crawler import Crawler


class CleanItems:
    """Cleans a field of each item and counts the edits by label in the statistics.

    So it does the items without that field, as `cleaner/without_text`.
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
        if (text := adapter.get(self.field)) is None:
            self.stats.inc_value("cleaner/without_text")
            return item
        done = self.cleaner.explain(text)
        adapter[self.field] = done.text
        for edit in done.edits:
            self.stats.inc_value(f"cleaner/{edit.label}")
        return item
