"""Log-in, and what the forms of a page say."""

PHRASES = {
    "form_message": (
        "bitte geben sie eine gültige",
        "bitte geben sie ihre e-mail",
        "bitte javascript aktivieren",
        "deine e-mail-adresse wird nicht veröffentlicht",
        "erforderliche felder sind",
        "geben sie ihre e-mail-adresse an, um",
        "geben sie ihre e-mail-adresse ein, um",
        "ihre e-mail-adresse wird nicht veröffentlicht",
        "vielen dank für ihre anmeldung",
    ),
    "log_in": (
        "anmelden, um zu kommentieren",
        "melden sie sich an, um einen kommentar",
        "melden sie sich an, um zu kommentieren",
        "sie müssen angemeldet sein, um",
        "zum kommentieren anmelden",
    ),
    "log_in_stub": (
        "abmelden",
        "anmelden",
        "bitte melden sie sich an",
        "einloggen",
        "jetzt registrieren",
        "login",
        "mein konto",
        "passwort vergessen",
        "registrieren",
    ),
}
