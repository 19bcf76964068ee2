"""Where adverts stood: markers, and lines that are nothing else."""

PHRASES = {
    "ad_break": (
        "anzeige. scrollen, um weiterzulesen",
        "artikel geht unter der anzeige weiter",
        "artikel wird nach der werbung fortgesetzt",
        "der artikel geht nach der anzeige weiter",
        "der artikel wird nach der anzeige fortgesetzt",
        "der text geht nach der anzeige weiter",
        "inhalt wird nach der werbung fortgesetzt",
        "nach der werbung weiterlesen",
        "weiterlesen nach unserer empfehlung",
    ),
    "ad_stub": (
        "advertorial",
        "anzeige",
        "anzeige schließen",
        "anzeige. scrollen, um weiterzulesen",
        "anzeigen",
        "artikel geht unten weiter",
        "bezahlter inhalt",
        "empfohlen von outbrain",
        "gesponserter inhalt",
        "nach der anzeige geht es weiter",
        "publireportage",
        "sponsored post",
        "top-jobs des tages",
        "weiterlesen nach der werbung",
        "werbung",
        "werbung schließen",
    ),
}
