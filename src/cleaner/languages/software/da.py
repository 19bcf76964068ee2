"""Danish."""

PHRASES = {
    "banner_line": ("hjemmesiden kan ikke fungere optimalt uden disse cookies",),
    "banner_opening": (
        "for at give de bedste oplevelser bruger vi",
        "for at give dig de bedste oplevelser bruger vi teknologier",
        "marketing cookies bruges til at spore brugere på tværs af",
        "nødvendige cookies hjælper med at gøre en hjemmeside brugbar ved",
        "præference cookies gør det muligt for en hjemmeside at huske",
        "statistiske cookies giver hjemmesideejere indsigt i brugernes",
    ),
    "widget_line": (
        "beklager, der er lukket for kommentarer til dette indlæg",
        "desværre. du skal være logget ind for at skrive en kommentar",
        "dette websted bruger akismet til at reducere spam",
        "din kommentar afventer godkendelse",
        "læs om hvordan din kommentar bliver behandlet",
    ),
    "widget_opening": (
        "denne email adresse bliver beskyttet mod spambots. du skal have",
        "dette indhold er adgangskodebeskyttet. for at se det, indtast",
        "dette indlæg er adgangskodebeskyttet. indtast adgangskoden for",
        "gem mit navn, mail og websted i denne browser til næste gang",
        "kun kunder, der er logget ind og har købt denne vare, kan",
    ),
}
