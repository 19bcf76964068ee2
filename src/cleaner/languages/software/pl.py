"""Polish."""

PHRASES = {
    "banner_line": (
        "akceptuj wszystkie",
        "akceptuję wszystkie",
        "funkcjonalne zawsze aktywne",
        "odrzuć wszystkie",
        "zarządzaj zgodami plików cookie",
    ),
    "banner_opening": (
        "aby zapewnić jak najlepsze wrażenia, korzystamy z technologii",
        "brak wyrażenia zgody lub wycofanie zgody może niekorzystnie",
        "możesz określić warunki przechowywania lub dostępu do plików cookies",
        "przechowywanie lub dostęp do danych technicznych jest",
        "przechowywanie lub dostęp techniczny, który",
        "strona korzysta z plików cookies w celu realizacji usług",
        "ta strona używa ciasteczek (cookies), dzięki którym",
        "zgoda na te technologie pozwoli nam przetwarzać dane",
    ),
    "widget_line": (
        "anuluj pisanie odpowiedzi",
        "dowiedz się więcej jak przetwarzane są dane komentarzy",
        "dowiedz się, w jaki sposób przetwarzane są dane twoich komentarzy",
        "dumnie wspierane przez wordpressa",
        "najnowsze komentarze",
        "nawigacja wpisu",
        "opublikuj komentarz",
        "przejdź do treści",
        "ta strona używa akismet do redukcji spamu",
        "witryna wykorzystuje akismet, aby ograniczyć spam",
    ),
    "widget_opening": (
        "pola, których wypełnienie jest wymagane, są oznaczone",
        "twój adres e-mail nie zostanie opublikowany",
        "twój adres email nie zostanie opublikowany",
        "wymagane pola są oznaczone *",
        "zapamiętaj moje dane w tej przeglądarce podczas pisania",
        "zapisz moje dane, adres e-mail i witrynę w przeglądarce",
    ),
}
