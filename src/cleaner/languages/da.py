"""Danish."""

PHRASES = {
    "ad_break": (
        "artiklen fortsætter efter annoncen",
        "artiklen fortsætter under annoncen",
    ),
    "ad_stub": (
        "annonce",
        "annoncer",
        "artiklen fortsætter efter annoncen",
        "artiklen fortsætter under annoncen",
    ),
    "comment_stub": (
        "kommentarer",
        "kommenter",
        "læg en kommentar",
        "skriv en kommentar",
        "vis kommentarer",
    ),
    "credit_label": (
        "billede",
        "foto",
        "illustration",
    ),
    "link_stub": (
        "læs hele artiklen",
        "læs mere",
        "læs også",
        "se mere",
        "vis mere",
    ),
    "log_in_stub": (
        "log ind",
        "opret bruger",
        "opret konto",
    ),
    "promo_stub": (
        "abonner",
        "annonce",
        "bliv abonnent",
        "nyhedsbrev",
        "tilmeld",
    ),
    "read_more": (
        "læs mere",
        "læs også",
        "læs videre",
        "relaterede artikler",
        "se også",
    ),
    "share_stub": (
        "del",
        "del artiklen",
        "del på facebook",
        "kopier link",
        "print",
        "udskriv",
    ),
    "story_stub": (
        "andre læser",
        "læs også",
        "mest læst",
        "mest læste",
        "relaterede artikler",
        "seneste nyt",
    ),
    "subscribe": (
        "abonner på",
        "følg os",
        "tilmeld dig",
    ),
    "subscribed_to": (
        "app",
        "nyhedsbrev",
        "nyhedsbreve",
        "podcast",
    ),
}
