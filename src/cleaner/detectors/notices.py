"""Notices: copyright, syndication, disclaimers, consent, other boilerplate."""

from typing import Final

from cleaner.patterns import Rule

_MARK: Final = r"(?:©|\(c\)|&copy;)"
_YEARS: Final = r"\d{4}(?:[ ]?[-–—/,][ ]?\d{2,4})?(?!\d)"
_REST: Final = r"[^\n]{0,200}"

COPYRIGHT: Final = (
    Rule("copyright", "line", r"{copyright}[ :]{0,2}" + _MARK + _REST),
    Rule(
        "copyright",
        "line",
        r"{copyright}[ :]{0,2}" + _YEARS + r"[,.:]?(?:[ ]by)?[ ](?-i:\p{Lu})" + _REST,
        160,
    ),
    Rule("copyright", "line", _MARK + r"[ ]?{copyright}\b" + _REST, 160),
    Rule(
        "copyright_sign",
        "line",
        r"\(?{copyright_sign}[ \xa0]?" + _YEARS + r"[,.]?[ ](?-i:\p{Lu})" + _REST,
    ),
    Rule("rights", "line", r"(?:[^\n]{0,160}[\s.,|–-])?{rights}(?!\w)" + _REST, 360),
    Rule("reuse", "tail", r"{article_noun}{_}[^.!?\n]{0,80}{reuse}" + _REST),
    Rule("distributed_by", "line", r"{distributed_by}{_}(?-i:\p{Lu})[^\n]{0,80}", 120),
)

SYNDICATION: Final = (
    Rule(
        "first_published",
        "tail",
        r"[\[(*]?{this_article}{_}(?:[^.!?\n]{1,60}{_})?{first_published}{_}"
        r"[^!?\n]{1,140}",
    ),
    Rule(
        "first_published",
        "tail",
        r"[\[(*]?{first_published}{_}(?:{article}{_})?(?-i:\p{Lu})[^,!?\n]{1,80}",
    ),
    Rule(
        "posted_permission",
        "tail",
        r"[\[(*]?(?:{this_article}{_}(?:[^.!?\n]{1,40}{_})?)?{posted_permission}"
        r"(?:{_}[^!?\n]{1,140})?",
    ),
    Rule(
        "appeared_first",
        "tail",
        r"{blog_post}{_}[^\n]{3,250}{_}{appeared_first}{_}[^\n]{2,80}",
    ),
)

DISCLAIMERS: Final = (
    Rule(
        "views_expressed",
        "tail",
        r"[*(]?(?:[^.!?\n]{1,60}{_})?{views_expressed}\b[^!?\n]{0,250}?{views_own}"
        r"[^!?\n]{0,200}",
    ),
    Rule("disclaimer_label", "line", r"[*]?{disclaimer_label}{colon}[^\n]{1,600}", 700),
    Rule("affiliate", "tail", r"[*(]?[^.!?\n]{0,200}{affiliate}(?!\w)[^!?\n]{0,250}"),
    Rule(
        "no_advice",
        "tail",
        r"[*(]?{article_noun}{_}[^.!?\n]{0,160}{no_advice}[^!?\n]{0,200}",
    ),
    Rule("fair_use", "line", r"[^\n]{0,400}{fair_use}[^\n]{0,900}", 1200),
    Rule("stock_notice", "tail", r"[(\[*]?{stock_notice}[^!?\n]{0,80}"),
)

_OR: Final = r"[ \xa0]?[|·•,/–-][ \xa0]?"

CONSENT: Final = (
    Rule("consent", "sentence", r"[^.!?\n]{0,200}{consent}(?!\w)[^.!?\n]{0,200}[.!]?"),
    Rule(
        "legal_link",
        "line",
        r"(?:{legal_word}" + _OR + r"){0,3}{legal_link}"
        r"(?:(?:" + _OR + r"|{_})(?:{legal_link}|{legal_word})){0,8}",
        160,
    ),
    Rule("legal_word", "line", r"{legal_word}(?:" + _OR + r"{legal_word}){1,6}", 100),
)
