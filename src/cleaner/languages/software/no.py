"""Norwegian."""

PHRASES = {
    "banner_opening": ("for å gi de beste opplevelsene bruker vi teknologier",),
    "widget_line": (
        "dette nettstedet bruker akismet for å redusere spam",
        "finn ut mer om hvordan kommentardataene dine behandles",
    ),
    "widget_opening": (
        "lagre mitt navn, e-post og nettside i denne nettleseren for neste gang",
    ),
}
