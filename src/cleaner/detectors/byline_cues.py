"""What tells a byline by its words: an author, an agency, a date, a source."""

from typing import Final

from cleaner.patterns import Rule

# "March 4", "4. März", "4 de marzo", "4. mars"
_DAY: Final = (
    r"(?:{month}\.?{_}\d{1,2}\p{L}{0,2}"
    r"|\d{1,2}\p{L}{0,2}\.?{_}(?:\p{L}{2,3}{_})?{month}\.?)"
)
_YEAR: Final = r"(?:,?{_}(?:\p{L}{2,3}{_})?\d{4}|,\d{4})"
_WEEKDAY: Final = r"(?:{weekday}\.?,?{_})?"
_CLOCK: Final = (
    r"\d{1,2}[:.h]\d{2}(?:[:.]\d{2})?(?:[ ]?[ap]\.?m\.?)?"
    r"(?:[ ]?{clock_unit}|[ ]\(?[A-Z]{2,5}\)?)?"
)
# Between day and hour: a mark, "at", "um", "a las".
_AT: Final = r"[ ]?[,|·•–—-]?[ ]?(?:\p{L}{1,4}\.?{_}(?:\p{L}{2,3}{_})?)?"
# A day without a year or an hour may as well be a heading.
_WHEN: Final = (
    _WEEKDAY + r"(?:" + _DAY + _YEAR + r"(?:" + _AT + _CLOCK + r")?"
    r"|" + _DAY + _AT + _CLOCK + r")"
)
# Full stops that end no sentence, as in "3:32 p.m. ET Dec. 14".
_SHORT_STOP: Final = r"(?<=\d|\b[ap]|\b[ap]\.m|(?-i:\b\p{Lu}\p{Ll}{0,3}))\."
_ENDED: Final = r"(?:\A|(?<=[.!?…।。][\"”’»)]{0,2}[ ]{0,3}))"  # no sentence is open
_DASH: Final = r"[–—•*|·(-]{0,2}[ ]{0,3}"
# Not "Publicado el 3 de mayo de 1936, el decreto nunca se aplicó.": a full stop, after
# a clause, three small words in a row or one at the end.
_NO_SENTENCE: Final = (
    r"(?-i:(?![^\n]{0,300}?"
    r"(?:,[ ]\p{Ll}|(?:[ ][\p{Ll}’']{1,20}){3}[ ]|[ ]\p{Ll}{2,20}(?=\.\Z))"
    r"[^\n]{0,300}\.\Z))"
)

BYLINES: Final = (
    Rule(
        "month",
        "line",
        _DASH
        + _WHEN
        + r"(?:[:.)]?(?:[ ]?[|·•–—-][^.!?\n]{0,60})?|{_}{byline_word?}{_}{owner})",
        100,
    ),
    Rule(
        "month",
        "line",
        _DASH + _CLOCK + r",?(?:{_}\p{L}{1,3})?{_}" + _WEEKDAY + _DAY + _YEAR,
        60,
    ),
    Rule(
        "published",
        "line",
        r"(?-i:(?!\p{Ll}))"
        + _NO_SENTENCE
        + _DASH
        + r"{published}(?:{colon}|,|{_}|[ ]?[|·])?(?:{_})?"
        + r"(?:(?=[^\n]{0,40}\d)(?:[^.!?\n]|"
        + _SHORT_STOP
        + r"){1,80}|"
        + _WHEN
        + r")?[.)]?",
        110,
    ),
    Rule(
        "published", "line", r"[^\n]{1,60}[|·•–—][ ]?{published}{_}[^.!?\n]{0,60}", 120
    ),
    Rule("reading_time", "line", _DASH + r"\w{1,9}[ -]?{reading_time}", 40),
    # its label first, as in "Lesezeit: 3 Minuten"
    Rule(
        "reading_label",
        "line",
        _DASH + r"{reading_label}(?:{colon}|{_})[ ]?\d{1,3}[^\d.!?\n]{0,16}\.?",
        40,
    ),
    Rule(
        "by_author",
        "line",
        _NO_SENTENCE
        + _DASH
        + r"{by_author}(?:{colon}[ ]{0,3}|{_})(?!{by_means?}\Z){owner}"
        + r"(?:[ ]?[|•–—,/:][^.!?\n]{0,80})?[.:,]?",
        160,
    ),
    Rule("by_author", "line", r"{by_author}{colon}?", 30),
    Rule(
        "posted_by",
        "line",
        _NO_SENTENCE + _DASH + r"{posted_by}{_}[^.!?\n]{2,100}[.,]?",
        140,
    ),
    Rule(
        "contributed",
        "line",
        _DASH + r"(?:[^.!?\n]|(?<=\b\p{L}{1,2})\.){2,300}{_}{contributed}[^!?\n]{0,80}",
        400,
    ),
    Rule(
        "contributed",
        "tail",
        _DASH + r"[^.!?\n]{2,200}{_}{contributed}[^.!?\n]{0,60}\.?\)?",
    ),
    Rule(
        "reporting_by",
        "tail",
        _DASH
        + r"{reporting_by}{_}"
        + _NO_SENTENCE
        + r"(?:(?-i:\p{Lu})[^!?\n]{2,600}|{wire_agency}[.)]{0,2})",
    ),
    # "Billeaud reported from Phoenix. Ritter and AP writer Ann Lee contributed."
    Rule(
        "reported_from",
        "line",
        r"(?!{author_pronoun}[ ])"
        r"(?-i:\p{Lu}[\p{L}.’'-]*(?:,?[ ](?:\p{Ll}{1,3}[ ])?\p{Lu}[\p{L}.’'-]*){0,6})"
        r"[ ]{reported_from}{_}"
        r"(?-i:\p{Lu})[^!?\n]{2,40}?\."
        r"(?:[ ](?=[^\n]{0,400}(?:{contributed}|{reported_from}))[^!?\n]{2,400})?",
        600,
        last_lines=4,
    ),
    Rule(
        "source",
        "line",
        r"[(（]?{source}[ ]?{colon}[ ]{0,3}"
        r"(?:[^!?\s][^!?\n]{1,150}|https?://\S{8,300})",
        400,
    ),
    Rule(
        "hat_tip",
        "line",
        _NO_SENTENCE + r"\(?{hat_tip}\)?[: ]{1,2}[^!?\n]{2,60}",
        80,
    ),
    # Not an Italian street: "Via Ganaceto 89, Modena"
    Rule(
        "credit_via",
        "line",
        r"(?![^\n]*[ ]\d{1,4}(?:,|\Z))[(\[]?{credit_via}{_}{owner}[)\]]?",
        60,
    ),
    Rule("wire_agency", "line", r"[\[(–—/]?[ ]?{wire_agency}[\])/]?\.?", 50),
    # "Le Monde avec AFP", "Com Agência Brasil"
    Rule(
        "wire_agency",
        "line",
        r"\(?(?:{owner}{_})?{with_inputs}{_}{wire_agency}\)?",
        60,
    ),
    # at the end of the story: "(Tsp, AFP)", "(avec AFP)", "(dpa/rt)"; one name may cite
    # a report
    Rule(
        "wire_agency",
        "inline",
        _ENDED
        + r"(?:[(\[][ ]?(?:{with_inputs}{_}|(?:[\p{Lu}\p{Ll}]{2,12}[ ]?[,/][ ]?){1,2})"
        r"{wire_agency}(?:[,/][ ]?[\p{Lu}\p{Ll}]{2,12}){0,2}[ ]?[)\]]"
        r"|[(\[]{wire_agency}[ ]?/[ ]?[\p{Lu}\p{Ll}]{2,12}"
        r"(?:[ ][\p{Lu}\p{Ll}]{2,12})?[)\]]"
        r"|/[ ]?{wire_agency}[ ]?/)\.?\Z",
    ),
    Rule(
        "inputs_from",
        "inline",
        _ENDED + r"[(\[]{inputs_from}{_}(?-i:\p{Lu})[^()\[\]\n]{1,60}[)\]]\.?\Z",
    ),
    # Hindi says "with" after the agency's name
    Rule("inputs_with", "inline", _ENDED + r"\([^()\n]{1,50}{inputs_with}\)\.?\Z"),
    # Chinese: "reporter" and the name, in brackets or on a line
    Rule(
        "reporter_mark",
        "inline",
        r"[（(\[【]{reporter_mark}[ :：]{0,2}[^（）()。\n]{2,24}[)）\]】]。?\Z",
    ),
    Rule(
        "reporter_mark",
        "line",
        r"{reporter_mark}[ :：/|｜]{1,3}[^。，？?！!\n]{2,20}",
        40,
    ),
)
