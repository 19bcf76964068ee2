"""Norwegian."""

PHRASES = {
    "banner_opening": (
        "for å gi de beste opplevelsene bruker vi teknologier",
        "nødvendige informasjonskapsler bidrar til å gjøre et nettsted",
    ),
    "widget_line": (
        "beklager, du må være innlogget for å kunne kommentere",
        "beklager, men det er ikke åpent for kommentarer",
        "dette nettstedet bruker akismet for å redusere spam",
        "din kommentar venter på moderering",
        "finn ut mer om hvordan kommentardataene dine behandles",
    ),
    "widget_opening": (
        "dette innlegget er passordbeskyttet. du må oppgi passord for å",
        "lagre mitt navn, e-post og nettside i denne nettleseren for neste gang",
    ),
}
