"""Norwegian."""

PHRASES = {
    "banner_opening": ("for å gi de beste opplevelsene bruker vi teknologier",),
    "widget_opening": (
        "dette nettstedet bruker akismet for",
        "finn ut mer om hvordan kommentardataene dine behandles",
        "lagre mitt navn, e-post og nettside i denne nettleseren for neste gang",
    ),
}
