"""Credits: who took or owns a picture, as a line, in brackets, or as a sentence.

What names an owner is told by its letters: capitals, figures and handles, joined by
slashes, commas or one of a few small words. So prose about an agency stays.
"""

from typing import Final

from cleaner.patterns import Rule

_WORD: Final = r"(?-i:[\p{Lu}\p{N}@])[\p{L}\p{M}\p{N}'’.@_+-]{0,40}"
# No full stop but an initial's: after one a new sentence would begin.
_JOIN: Final = r"(?:(?<!\p{Ll}{3}\.){_}|[ \xa0]?[/,|·•–—&:][ \xa0]?)"
OWNER: Final = _WORD + r"(?:" + _JOIN + r"(?:{name_particle}{_})?" + _WORD + r"){0,10}"
_BY: Final = r"(?:[ \xa0]?[/|,·–—-][ \xa0]?|{_}{credit_via}{_})"
_DESK: Final = r"(?:{_}{agency_desk}){0,2}"
_OPEN: Final = r"[\[(|]?[ \xa0]?(?:©[ \xa0]?)?"
_CLOSE: Final = r"[ \xa0]?[.]?[\])]?[.]?"

_LABELLED: Final = r"{credit_label}{colon}[ \xa0]?(?:{name_particle}{_})?" + OWNER
_ATTRIBUTED: Final = (
    r"{credit_by}(?:{_}|{colon}[ \xa0]?)(?:{name_particle}{_})?" + OWNER
)
_AGENCY: Final = (
    r"(?:"
    + OWNER
    + _BY
    + r")?{photo_agency}"
    + _DESK
    + r"(?:[ \xa0]?[/|][ \xa0]?"
    + OWNER
    + r")?"
)
_SLASHED: Final = (
    OWNER + r"[ \xa0]?{slash_agency}(?!\w)(?:[ \xa0]?[/|,][ \xa0]?" + OWNER + r")?"
)
_AGENCY_PHOTO: Final = (
    r"{agency_photo}(?:[ \xa0]?[/:,][ \xa0]?|{_})(?:{name_particle}{_})?" + OWNER
)

# What ends a line after the owner: a licence or a note such as "/ cropped".
_NOTE: Final = r"(?:[ \xa0]?/[ \xa0]?[\p{L}-]{1,15})?"

FORMS: Final = (
    ("credit_label", _LABELLED),
    ("credit_by", _ATTRIBUTED),
    ("photo_agency", _AGENCY),
    ("slash_agency", _SLASHED),
    ("agency_photo", _AGENCY_PHOTO),
)

LINES: Final = (
    *(Rule(slot, "line", _OPEN + form + _NOTE + _CLOSE, 160) for slot, form in FORMS),
    Rule(
        "credit_label",
        "line",
        r"(?:" + _OPEN + _LABELLED + _CLOSE + r"{_}){1,4}" + _OPEN + _LABELLED + _CLOSE,
    ),
    Rule(
        "featured_image",
        "line",
        _OPEN + r"{featured_image}(?:{colon}|{_}{credit_via}{_})[^.!?]{1,100}" + _CLOSE,
    ),
    Rule("credit_by", "line", _OPEN + r"{credit_by}{colon}", 40),
    Rule("copyright_sign", "line", r"©[ \xa0]?(?!\d)" + OWNER, 120),
    Rule("provided_by", "line", r"©[ \xa0]?{provided_by}{_}" + OWNER, 120),
    Rule("image_copyright", "line", r"{image_copyright}(?:{_})?" + OWNER + _CLOSE, 120),
)

# A machine's rewording of a credit: "The image credit goes to ...".
SENTENCES: Final = (
    Rule(
        "credit_noun",
        "tail",
        r"(?:{article}{_})?{credit_noun}(?:{_}[^.!?]{1,60})?{_}{credited_to}{_}[^!?]{1,120}",
    ),
    Rule(
        "credited_to",
        "tail",
        r"(?:{article}{_})?{picture}{_}(?:[^.!?]{1,60}{_})?{credited_to}{_}(?:{article}{_})?"
        + OWNER
        + _CLOSE,
    ),
)

BRACKETED: Final = r"[\[(](?:©[ \xa0]?)?%s[ \xa0]?[\])]"

# Credits inside a longer line. One that ends a line makes it a caption, which keeps it.
INLINE: Final = (
    *(
        Rule(slot, "inline", BRACKETED % form + r"(?=[ \xa0]+[\p{Lu}“\"‘])")
        for slot, form in FORMS
    ),
    Rule(
        "credit_by",
        "inline",
        r"\A{credit_by}{_}" + OWNER + r"?" + _BY + r"{photo_agency}(?={_}\p{Lu})",
    ),
)
