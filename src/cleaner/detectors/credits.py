"""Credits: who took or owns a picture, as a line, in brackets, or as a sentence.

What names an owner is told by its letters: capitals, figures and handles, joined by
slashes, commas or one of a few small words. So prose about an agency stays.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from cleaner.detectors.continuations import with_rest
from cleaner.detectors.looks import without_facts
from cleaner.detectors.stubs import stub_lines, stubs_of
from cleaner.document import CLOSING_MARKS, COLONS, Document, is_open
from cleaner.edits import Finding
from cleaner.patterns import Rule, find_by

_BY: Final = r"(?:[ ]?(?:[|,·–—-]|//?)[ ]?|{_}{credit_via}{_})"
_DESK: Final = r"(?:{_}{agency_desk}){0,2}"
_OPEN: Final = r"(?:[-–—•>#/]{1,4}[ ])?[\[(（|]?[ ]?(?:©[ ]?)?"
_CLOSE: Final = r"[ ]?[.]?[\])）]?[.。]?"

_LABELLED: Final = (
    # It is no mark or number, as in "Photography: 9/10" and "Images: 46".
    r"{credit_label}{colon}[ ]{0,3}(?!\d{1,3}(?:/\d{1,3}|[.;,]|\Z))"
    r"(?:©[ ]?)?(?:{name_particle}{_})?{owner}"
)
_ATTRIBUTED: Final = r"{credit_by}(?:{_}|{colon}[ ]{0,3})(?:{name_particle}{_})?{owner}"
_AGENCY: Final = (
    r"(?:{owner}" + _BY + r")?{photo_agency}" + _DESK + r"(?:[ ]?[/|][ ]?{owner})?"
)
_SLASHED: Final = r"{owner}[ ]?{slash_agency}(?!\w)(?:[ ]?[/|,][ ]?{owner})?"
_AGENCY_PHOTO: Final = (
    r"{agency_photo}(?:[ ]?[/:,][ ]?|{_}|(?<=/)[ ]?)"
    r"(?:{name_particle}{_})?{owner}"
)

_IMAGE_FROM: Final = r"{image_from}[ ]?[^。！？!?:：()（）\n]{1,24}"

# What ends a line after the owner: a licence, a house, or a note such as "/ cropped".
_NOTE: Final = (
    r"(?:[ ]?/[ ]?[\p{L}-]{1,15}|[ ]?[(/,][ ]?CC[ 0-][^()\n]{0,40}"
    r"|[ ]\((?-i:\p{Lu})[^()\n]{1,40}\))?"
)

# Within a sentence; a full stop inside an address or a name ends none.
_IN: Final = r"(?:[^.!?:。！？\n]|[.](?=\w))"

# "Ann T. Lee"
_PERSON: Final = (
    r"(?!{byline_word?}[ ])"
    r"(?-i:\p{Lu}[\p{L}'’.-]{0,20}(?:[ ]\p{Lu}[\p{L}'’.-]{0,20}){1,3})"
)

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
        r"(?:" + _OPEN + _LABELLED + _CLOSE + r"(?:{_}|\Z)){2,5}",
    ),
    Rule(
        "featured_image",
        "line",
        _OPEN + r"{featured_image}(?:{colon}|{_}{credit_via}{_})[^.!?]{1,100}" + _CLOSE,
    ),
    Rule("credit_by", "line", _OPEN + r"{credit_by}{colon}", 40),
    # a credit and its buttons: "Credit: NASA View full size image"
    Rule("credit_button", "line", r"[^\n]{0,200}{credit_button}[^\n]{0,60}", 300),
    # "Chart on phone image via Shutterstock", "Ann Lee/The Gazette via AP"
    Rule(
        "credit_via",
        "line",
        r"[^.!?:\n]{2,70}{_}{credit_via}{_}(?:{photo_agency}|{wire_agency})"
        r"(?:{_}{owner_word})?",
        110,
    ),
    # "annlee/Pixabay"
    Rule("photo_agency", "line", r"[\w.@-]{2,40}[ ]?/[ ]?{photo_agency}" + _CLOSE, 70),
    # "Featured image via Flickr user Ann Lee / CC BY-SA 2.0.", "… on Flickr"
    Rule(
        "featured_image",
        "line",
        _OPEN + r"{featured_image}{_}{credit_via}{_}[^!?]{1,100}",
        140,
    ),
    Rule(
        "credit_by",
        "line",
        _OPEN + r"{credit_by}{_}[^.!?\n]{2,100}{_}{found_on}{_}{photo_agency}",
        140,
    ),
    # "The hall.Image copyrightGETTY IMAGES"
    Rule(
        "image_copyright",
        "inline",
        r"(?<=[.!?\p{L}]){image_copyright}(?-i:[A-Z ]{2,40})\Z",
    ),
    # "Foto von Ana Ruiz auf Unsplash"
    Rule(
        "credit_by",
        "line",
        _OPEN + r"{credit_by}{_}{owner}{_}\p{L}{1,4}{_}{photo_agency}" + _CLOSE,
        120,
    ),
    # "Foto Ansa", "Photo AFP/Ana Ruiz"
    Rule(
        "credit_label",
        "line",
        _OPEN
        + r"{credit_label}{_}(?:{photo_agency}|{wire_agency})(?:[ ]?[/,][ ]?{owner})?"
        + _CLOSE,
        80,
    ),
    # a label with the credit in brackets, as behind "Symbolbild"
    Rule("credit_label", "line", r"{credit_label}{_}[(\[]" + _LABELLED + r"[)\]]", 120),
    # a list: "Porträtfotos: Ana Ruiz; picture alliance/dpa; Wikimedia Commons; dpa"
    Rule(
        "photo_agency",
        "line",
        _OPEN + r"{credit_label}{colon}[^!?\n]{0,200}?{photo_agency}[^!?\n]{0,120}",
        300,
    ),
    Rule("copyright_sign", "line", r"(?:{url}[ ])?©[ ]?(?!\d){owner}", 120),
    # Chinese: the photographer first, "孙鲁一 摄"
    Rule(
        "credit_suffix",
        "line",
        r"[(（]?[^\s。！？，,()（）]{1,7}"
        r"(?:[ ·、/]{1,2}[^\s。！？，,()（）]{1,7}){0,2}"
        r"[ ]?{credit_suffix}[)）]?。?",
        30,
    ),
    Rule(
        "credit_said",
        "line",
        r"[(（]?[^。\n()（）]{0,24}{credit_said}[^。\n()（）]{0,24}[)）]?[.。]?",
        50,
    ),
    # an owner in a script without capitals: "图/视觉中国"
    Rule("image_from", "line", r"[(（▲]{0,2}" + _IMAGE_FROM + r"[)）]?。?", 45),
    Rule("image_from", "inline", r"[(（]" + _IMAGE_FROM + r"[)）]"),
    # Maya, in a Spanish paper: "Oochel cortesía de la Filmoteca", "Boonil Freepik"
    Rule("picture_word", "line", r"{picture_word}(?:[ ][^!?\n]{2,90}[^.!?:\s])?", 110),
    # owners in small letters: "Фото: пресс-служба мэрии", "Fot. materiały prasowe"
    Rule(
        "credit_source",
        "line",
        _OPEN
        + r"{credit_label}(?:{colon}[ ]{0,3}{credit_source}"
        + _IN
        + r"{0,60}"
        + _CLOSE
        + r"|{_}{credit_source}"
        + _IN
        + r"{0,30}[\])）]?)",
        110,
        from_line=1,
    ),
    # a paper's: "Credit...Ann Lee/The Gazette"
    Rule("credit_dots", "line", r"{credit_dots}[ ]?{owner}" + _CLOSE, 120),
    # with the house it was for, as "Ann Lee for The Gazette"
    Rule("for_house", "line", _OPEN + _PERSON + r"[ ]{for_house}" + _CLOSE, 80),
    # under a chart, as "Chart: The Post. Source: Bureau of Bridges"
    Rule(
        "chart_label",
        "line",
        r"{chart_label}[^.!?\n]{1,80}[.;•|]?[ ]{source}:[^!?\n]{1,120}",
        220,
    ),
    Rule(
        "chart_label",
        "line",
        r"{data_label}[^.!?;\n]{1,100};[ ]{chart_label}[^.!?\n]{1,80}",
        200,
    ),
    # of a press release: "Photo - https://photos.example.com/bridge.jpg"
    Rule("media_link", "line", r"{media_link}s?://\S{4,300}"),
    Rule("credit_stub", "line", _OPEN + r"{credit_stub}" + _CLOSE, 60),
    Rule("provided_by", "line", r"©[ ]?{provided_by}{_}{owner}", 120),
    # "Image copyright Getty Images", "Image source, PA Media"
    Rule(
        "image_copyright", "line", r"{image_copyright},?(?:{_})?{owner}" + _CLOSE, 120
    ),
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
        r"(?:{article}{_})?{picture}{_}(?:[^.!?]{1,60}{_})?{credited_to}{_}"
        r"(?:{article}{_})?{owner}" + _CLOSE,
    ),
)

_BRACKETED: Final = r"[\[(](?:©[ ]?)?%s[ ]?[\])]"

# Behind the last sentence of a paragraph or a long caption. A short caption would go
# with it; and "(dpa/Reuters)" or "(Agência Brasil)" there says who wrote the story.
_BEHIND: Final = (
    r"(?=[^\n]{3,160}\Z)(?<=[^\n]{70})(?!\d)"
    r"(?![\[(](?:[^/,:()\n]{1,60}|\w{1,20}(?:[ ]?[/,][ ]?\w{1,20}){0,5})[\])])"
)
# Credits inside a longer line.
INLINE: Final = (
    *(Rule(slot, "tail", _BEHIND + _OPEN + form + _CLOSE) for slot, form in FORMS),
    *(
        Rule(slot, "inline", _BRACKETED % form + r"(?=[ ]+[\p{Lu}“\"‘])")
        for slot, form in FORMS
    ),
    Rule(
        "credit_by",
        "inline",
        r"\A{credit_by}{_}{owner}" + _BY + r"{photo_agency}(?={_}\p{Lu})",
    ),
    # where a blog has it from: "[Via Harbour News]"
    Rule(
        "via_open",
        "inline",
        r"(?:\A|(?<=[.!?…][\"”’»)]{0,2}[ ]{0,3}))"
        r"{via_open}{_}(?!{wire_agency}\]){owner}\]",
    ),
    # behind a photographer: "… Purchase Licensing Rights, opens new tab"
    Rule(
        "licence_button",
        "inline",
        r"(?<![\"“„«‘']){licence_button}(?:,[ ]{new_window})?",
    ),
    # in front of the first sentence: "Ann Lee/Getty Images The hall opens in May."
    Rule(
        "photo_agency",
        "inline",
        r"\A(?-i:\p{Lu})[\p{L}'’.-]{1,20}(?-i:[ ]\p{Lu}[\p{L}'’.-]{0,20}){0,3}"
        r"[ ]?/[ ]?(?>{photo_agency})[ ](?=(?-i:\p{Lu}))",
    ),
)

_find_lines: Final = with_rest(find_by(LINES))
_find_inline: Final = with_rest(find_by(INLINE))
_OPENING_CHARS: Final = 40

_MAX_NAME_CHARS: Final = 50
_MAX_NAME_WORDS: Final = 6
_MIN_FACTS: Final = 3
_LINES_OF_FACT: Final = 2  # a label and a name


def find_credit_lines(document: Document) -> Iterator[Finding]:
    """Credits that are lines, but for who filmed it, in the facts about a film."""
    return without_facts(document, _find_lines(document))


def find_inline_credits(document: Document) -> Iterator[Finding]:
    """Credits in a line, but for one behind what opens another line, too.

    Without its credit a caption would be taken for a copy of that.
    """
    found = [*_find_inline(document)]
    lines = document.lines if found else ()
    openings = Counter(line[:_OPENING_CHARS] for line in lines)
    for finding in found:
        index = document.line_at(finding.start)
        is_end = finding.end == document.span(index)[1]
        if not is_end or openings[lines[index][:_OPENING_CHARS]] == 1:
            yield finding


def find_split_credits(document: Document) -> Iterator[Finding]:
    r"""A label and the owner's name that stand on lines of their own.

    >>> document = Document("The hall opens in May.\n| Copyright:\nAna Ruiz")
    >>> [document.text[start:end] for start, end, *_ in find_split_credits(document)]
    ['| Copyright:', 'Ana Ruiz']
    """
    lines, labels = document.lines, stubs_of("credit_label", "source")
    if _are_facts(lines):
        return
    for index, words in stub_lines(document, labels.keys()):
        label = lines[index]
        after = lines[index + 1] if index + 1 < len(lines) else ""
        is_part = label[0] == "|"
        is_source = labels[words].startswith("source")
        if label[-1] not in COLONS or (is_source and not is_part):
            continue
        if is_part or _is_owner(after):
            yield document.cut(index, "label of a credit")
        if _is_owner(after):
            yield document.cut(index + 1, "a credit under its label")
        if is_part and index and _is_capitalized_owner(lines[index - 1]):
            yield document.cut(index - 1, "a credit before a label")


def _are_facts(lines: Sequence[str]) -> bool:
    """Whether labels stand over names in a row, as of who made a film.

    "|" sets off a credit.
    """
    facts = [
        index
        for index, (above, line) in enumerate(pairwise(lines))
        if above[-1] in COLONS and above[0] != "|" and _is_owner(line)
    ]
    in_a_row = sum(below - above == _LINES_OF_FACT for above, below in pairwise(facts))
    return in_a_row >= _MIN_FACTS - 1


def _is_owner(line: str) -> bool:
    """Whether a line is a few words, most with capitals: "Ana Ruiz", "BTU, Team 3"."""
    if not line or len(line) > _MAX_NAME_CHARS or not is_open(line):
        return False
    words = line.strip(CLOSING_MARKS).split()
    capitals = sum(not word[0].islower() for word in words)
    return len(words) <= _MAX_NAME_WORDS and 2 * capitals > len(words)


def _is_capitalized_owner(line: str) -> bool:
    """Whether an owner's words all have capitals, unlike a caption's."""
    return _is_owner(line) and not any(word[0].islower() for word in line.split())
