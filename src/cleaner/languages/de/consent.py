"""Cookies, consent, and links to what is agreed to."""

PHRASES = {
    "consent": (
        "drittplattformen übermittelt",
        "empfohlener redaktioneller inhalt",
        "es gilt die datenschutzerklärung",
        "externe inhalte angezeigt",
        "externen inhalt",
        "externer inhalt",
        "gelten die datenschutzerklärung",
        "habe die datenschutzerklärung gelesen",
        "habe die datenschutzerklärung zur kenntnis",
        "sie in der datenschutzerklärung von",
        "unserer datenschutzerklärung",
        "wir nutzen cookies",
        "wir verwenden cookies",
    ),
    "legal_word": ("kontakt",),
}
