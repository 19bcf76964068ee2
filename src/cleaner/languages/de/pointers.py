"""Sentences that point readers to other pages: "Hier geht es zu …"."""

PHRASES = {
    "click_here": (
        "bitte hier klicken",
        "hier klicken für",
        "hier klicken und",
        "hier klicken, um",
        "klicken sie auf den folgenden link",
        "klicken sie auf diesen link",
        "klicken sie hier",
    ),
}
