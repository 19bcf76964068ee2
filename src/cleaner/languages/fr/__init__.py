"""French: pointers to other stories, all else, and both as one table."""

from cleaner.languages.fr import links, pages

PHRASES = dict(sorted({**links.PHRASES, **pages.PHRASES}.items()))
