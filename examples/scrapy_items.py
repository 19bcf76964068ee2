"""A spider whose items are cleaned."""

import scrapy
from scrapy.crawler import CrawlerProcess


class Pages(scrapy.Spider):
    """Stands for one that crawls."""

    name = "pages"
    custom_settings = {  # noqa: RUF012
        "ITEM_PIPELINES": {"cleaner.integrations.scrapy.CleanItems": 300},
        "FEEDS": {"pages.jsonl": {"format": "jsonlines", "overwrite": True}},
    }

    async def start(self):  # noqa: ANN201, D102
        yield {"text": "He left.\n\nAdvertisement"}


process = CrawlerProcess()
process.crawl(Pages)
process.start()
