"""Swedish."""

PHRASES = {
    "banner_line": (
        "jag godkänner att mina uppgifter sparas enligt integritetspolicyn",
        "webbplatsen kan inte fungera korrekt utan dessa cookies",
    ),
    "banner_opening": (
        "för att ge en bra upplevelse använder vi teknik som cookies",
        "marknadsföringscookies används för att spåra besökare på",
        "när du samtycker till dessa tekniker kan vi behandla data",
        "nödvändiga cookies hjälper till att göra en webbplats användbar",
        "om du inte samtycker eller om du återkallar ditt samtycke",
    ),
    "widget_line": (
        "denna webbplats använder akismet för att minska skräppost",
        "din kommentar inväntar granskning",
        "lär dig om hur din kommentarsdata bearbetas",
        "prenumerera på: kommentarer till inlägget (atom",
        "tyvärr måste du vara inloggad för att skriva en kommentar",
        "tyvärr är kommentarer avstängda för det här inlägget",
    ),
    "widget_opening": (
        "den här e-postadressen skyddas mot spambots. du måste tillåta",
        "det här inlägget är lösenordsskyddat. ange lösenordet för att se",
        "det här innehållet är lösenordsskyddat. vänligen ange ditt",
        "endast inloggade kunder som har köpt denna produkt får lämna en",
        "hittade en likadan kommentar; det verkar som om du redan hade",
        "spara mitt namn, min e-postadress och webbplats i",
    ),
}
