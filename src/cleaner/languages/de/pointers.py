"""Sentences that point readers to other pages: "Hier geht es zu …"."""

PHRASES = {
    "click_here": (
        "hier klicken",
        "klicken sie auf den folgenden link",
        "klicken sie auf diesen link",
        "klicken sie hier",
    ),
}
