"""Phrases of no language: agencies, brands, what machines leave behind."""

PHRASES = {
    "channel": (
        "bluesky",
        "facebook",
        "flipboard",
        "google news",
        "instagram",
        "linkedin",
        "pinterest",
        "reddit",
        "snapchat",
        "telegram",
        "threads",
        "tiktok",
        "twitter",
        "viber",
        "wechat",
        "whatsapp",
        "x",
        "youtube",
    ),
    "embed": (
        "pic.twitter.com/",
        "pic.x.com/",
    ),
}
