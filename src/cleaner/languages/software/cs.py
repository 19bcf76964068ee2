"""Czech."""

PHRASES = {
    "banner_opening": (
        "abychom poskytli co nejlepší služby, používáme k ukládání",
        "nesouhlas nebo odvolání souhlasu může nepříznivě",
        "souhlas s těmito technologiemi nám umožní zpracovávat",
    ),
    "widget_line": (
        "přečtěte si, jak se zpracovávají údaje z vašich komentářů",
        "tento web používá akismet na omezení spamu",
    ),
    "widget_opening": ("uložit do prohlížeče jméno, e-mail a webovou stránku",),
}
