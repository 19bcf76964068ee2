"""Czech."""

PHRASES = {
    "banner_line": ("webová stránka nemůže správně fungovat bez těchto cookies",),
    "banner_opening": (
        "abychom poskytli co nejlepší služby, používáme k ukládání",
        "marketingové cookies jsou používány pro sledování návštěvníků na",
        "nesouhlas nebo odvolání souhlasu může nepříznivě",
        "nutné cookies pomáhají, aby byla webová stránka použitelná tak",
        "souhlas s těmito technologiemi nám umožní zpracovávat",
    ),
    "widget_line": (
        "komentář čeká na schválení",
        "komentáře k tomuto příspěvku nejsou bohužel povoleny",
        "přečtěte si, jak se zpracovávají údaje z vašich komentářů",
        "tento web používá akismet na omezení spamu",
        "váš komentář čeká na schválení",
    ),
    "widget_opening": (
        "pouze přihlášení zákazníci, kteří zakoupili tento produkt, mohou",
        "tato e-mailová adresa je chráněna před spamboty. pro její",
        "tento příspěvek je chráněn heslem. abyste si mohli prohlížet",
        "uložit do prohlížeče jméno, e-mail a webovou stránku",
    ),
}
