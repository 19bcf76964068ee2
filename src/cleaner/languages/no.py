"""Norwegian."""

PHRASES = {
    "ad_break": (
        "artikkelen fortsetter under annonsen",
        "saken fortsetter etter annonsen",
        "saken fortsetter under annonsen",
    ),
    "ad_stub": (
        "annonse",
        "annonser",
        "artikkelen fortsetter under annonsen",
        "saken fortsetter under annonsen",
    ),
    "comment_stub": (
        "kommentarer",
        "kommenter",
        "legg igjen en kommentar",
        "skriv en kommentar",
        "vis kommentarer",
    ),
    "credit_label": (
        "bilde",
        "foto",
        "illustrasjon",
    ),
    "link_stub": (
        "les hele artikkelen",
        "les hele saken",
        "les mer",
        "les også",
        "se mer",
        "vis mer",
    ),
    "log_in_stub": (
        "logg inn",
        "opprett konto",
    ),
    "promo_stub": (
        "abonner",
        "annonse",
        "annonsørinnhold",
        "bli abonnent",
        "nyhetsbrev",
    ),
    "read_more": (
        "bakgrunn:",
        "les hele saken",
        "les mer",
        "les også",
        "les videre",
        "relaterte artikler",
        "se også",
    ),
    "share_stub": (
        "del",
        "del på facebook",
        "del saken",
        "kopier lenke",
        "skriv ut",
        "tips oss",
    ),
    "story_stub": (
        "flere saker",
        "les også",
        "mest lest",
        "mest leste",
        "relaterte artikler",
        "siste nytt",
    ),
    "subscribe": (
        "abonner på",
        "følg oss",
        "meld deg på",
    ),
    "subscribed_to": (
        "app",
        "nyhetsbrev",
        "nyhetsbrevet",
        "podkast",
    ),
}
