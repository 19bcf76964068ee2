"""Where adverts stood: markers, and lines that are nothing else."""

PHRASES = {
    "ad_break": (
        "artikel geht unter der anzeige weiter",
        "der artikel geht nach der anzeige weiter",
        "der artikel wird nach der anzeige fortgesetzt",
        "der text geht nach der anzeige weiter",
        "nach der werbung weiterlesen",
        "weiterlesen nach unserer empfehlung",
    ),
    "ad_stub": (
        "advertorial",
        "anzeige",
        "anzeigen",
        "artikel geht unten weiter",
        "nach der anzeige geht es weiter",
        "weiterlesen nach der werbung",
        "werbung",
    ),
}
