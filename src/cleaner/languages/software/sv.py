"""Swedish."""

PHRASES = {
    "banner_opening": (
        "för att ge en bra upplevelse använder vi teknik som cookies",
        "när du samtycker till dessa tekniker kan vi behandla data",
        "om du inte samtycker eller om du återkallar ditt samtycke",
    ),
    "widget_line": (
        "denna webbplats använder akismet för att minska skräppost",
        "lär dig om hur din kommentarsdata bearbetas",
    ),
    "widget_opening": ("spara mitt namn, min e-postadress och webbplats i",),
}
