"""English."""

PHRASES = {
    "ad_marker": (
        "advertisement",
        "advertisements",
        "article continues after ad",
        "article continues below advertisement",
        "continue reading the main story",
        "story continues below",
    ),
    "read_more": (
        "also read",
        "also see",
        "more on this story",
        "read also",
        "read more",
        "read next",
        "related",
        "related article",
        "related articles",
        "related stories",
        "related story",
        "see also",
        "watch",
    ),
}
