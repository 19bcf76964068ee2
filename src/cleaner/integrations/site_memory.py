"""What engines group by and count to fit a site memory: the keys of many pages."""

from typing import Any

from cleaner.sites import page_keys


def keys_of(urls: Any, texts: Any) -> Any:
    """The keys of all pages of two Arrow columns; of pages without URL or text, none.

    An array of signed numbers, since Spark has no others: `.view("u8")` gives the keys.
    """
    import numpy as np

    pages = zip(urls.to_pylist(), texts.to_pylist(), strict=True)
    whole = (page for page in pages if None not in page)
    keys = [key for url, text in whole for key in page_keys(url, text)]
    return np.array(keys, np.uint64).view(np.int64)
