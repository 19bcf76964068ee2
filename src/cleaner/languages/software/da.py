"""Danish."""

PHRASES = {
    "banner_opening": (
        "for at give de bedste oplevelser bruger vi",
        "for at give dig de bedste oplevelser bruger vi teknologier",
    ),
    "widget_opening": (
        "dette websted bruger akismet til",
        "gem mit navn, mail og websted i denne browser til næste gang",
        "læs om hvordan din kommentar bliver behandlet",
    ),
}
