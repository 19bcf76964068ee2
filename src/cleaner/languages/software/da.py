"""Danish."""

PHRASES = {
    "banner_opening": (
        "for at give de bedste oplevelser bruger vi",
        "for at give dig de bedste oplevelser bruger vi teknologier",
    ),
    "widget_line": (
        "dette websted bruger akismet til at reducere spam",
        "læs om hvordan din kommentar bliver behandlet",
    ),
    "widget_opening": ("gem mit navn, mail og websted i denne browser til næste gang",),
}
