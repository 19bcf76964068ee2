"""Indonesian."""

PHRASES = {
    "widget_line": (
        "pelajari bagaimana data komentar anda diproses",
        "situs ini menggunakan akismet untuk mengurangi spam",
    ),
}
