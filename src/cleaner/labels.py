"""The labels an edit can carry. A name never changes; a new one is a release."""

from types import MappingProxyType
from typing import Final

LABELS: Final = MappingProxyType(
    {
        "duplicate": "repeats text that stands elsewhere in the document",
        "related_link": "a pointer to another story or page",
        "promotion": "a call to action, an advert, an appeal, spam",
        "credit": "who owns or took a picture, a video, a chart",
        "advertisement": "a marker where an advert stood",
        "interaction": "comment prompts, share buttons, polls, form messages",
        "navigation": "menus, breadcrumbs, tags, section names, pagination",
        "notice": "copyright, cookies, terms, disclaimers, syndication",
        "bio": "about the author, the publisher or the issuing company",
        "placeholder": "left-overs of a machine: players, embeds, templates",
        "boilerplate": "noise that no rule names",
        "headline": "the article's own title as a line of its own",
        "standfirst": "the article's own summary above the body",
        "byline": "author, agency, date, place, reading time standing alone",
        "caption": "describes a picture or video",
        "fused": "a repair: two words or sentences that ran together",
        "encoding": "a repair: text decoded with the wrong encoding, HTML's entities",
    }
)

REPAIRS: Final = frozenset({"fused", "encoding"})

# What belongs to the article without being its body: only `body` removes it.
FRAME: Final = frozenset({"headline", "standfirst", "byline", "caption"})

NOISE: Final = frozenset(LABELS) - REPAIRS - FRAME
