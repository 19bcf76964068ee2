"""Indonesian."""

PHRASES = {
    "widget_opening": (
        "pelajari bagaimana data komentar anda diproses",
        "situs ini menggunakan akismet untuk",
    ),
}
