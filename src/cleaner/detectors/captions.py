"""Captions: what describes a picture, and names its owner or says so."""

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Final

from cleaner.detectors.credits import FORMS
from cleaner.detectors.duplicates.measures import QUOTES
from cleaner.detectors.looks import is_over_prose
from cleaner.detectors.stubs import stub_lines, stubs_of
from cleaner.document import COLONS, Document, is_open
from cleaner.edits import Finding
from cleaner.gaps import Gap, lines_over, shortened_lines
from cleaner.memo import late_pattern, once
from cleaner.patterns import Rule, find_by

_CAPTION_CHARS: Final = 600
_HEADING: Final = "caption_heading"  # the slot
_MAX_HEADED_CHARS: Final = 240  # the longest of the BBC's in the texts has 90
# A photographer's name; two agencies in brackets are a byline.
_NAME: Final = r"(?-i:\p{Lu})[\p{L}'’.-]{0,30}(?:[ ](?-i:\p{Lu})[\p{L}'’.-]{0,30}){1,4}"
_TEXT: Final = r"[^\n]{8,500}?"
_CREDIT: Final = (
    r"(?:[ |](?P<bracket>[\[(])(?:©[ ]?)?"
    r"|(?:[.”\")][ ]|[ ]?\|[ ]|[ ][–—/-][ ]))%s(?(bracket)[ ]?[\])])\.?"
)

# Within a sentence; a full stop after an initial or a title ends none.
_IN: Final = r"(?:[^.!?;@#\n]|(?<=\b\p{L}{1,2})\.)"

CAPTIONS: Final = (
    # a description with the credit at its end, in brackets or after a full stop
    *(
        Rule(slot, "line", _TEXT + _CREDIT % form, _CAPTION_CHARS)
        for slot, form in FORMS
    ),
    Rule("photo_agency", "line", r"(?-i:\p{Lu})[^.!?\n]{8,120}{_}{photo_agency}", 140),
    Rule(
        "wire_agency",
        "line",
        _TEXT + r"[ ][\[(]" + _NAME + r"[ ]?[/,|][ ]?{wire_agency}[\])]\.?",
        300,
    ),
    # a paper's own: "Here is how. (Ann Lee/The Washington Post)"
    Rule(
        "paper_agency",
        "line",
        _TEXT + r"[ ]\(" + _NAME + r"[ ]?/[ ]?{paper_agency}\)\.?",
        _CAPTION_CHARS,
        from_line=1,
    ),
    # an agency in square brackets: "… on the quay in May [Splash]"
    Rule(
        "bracketed_agency",
        "line",
        _TEXT + r"[ ]\[(?-i:(?=\p{Lu})){bracketed_agency}\]",
        300,
        from_line=1,
    ),
    # the BBC's: "Image caption The hall in May", also with an owner run into it
    Rule(
        _HEADING,
        "line",
        r"(?:[^.!?\n]{2,80}(?-i:(?<=\p{L})(?=\p{Lu})))?{caption_heading}"
        r"{_}?(?-i:(?=\p{Lu}))[^\n]{10,400}",
        500,
        from_line=1,
    ),
    # and with a comma, in all its languages: "Подпись к фото, Старый мост"
    Rule("caption_comma", "line", r"{caption_comma}[^\n]{2,400}", 440, from_line=1),
    # agency first: "Reuters In 2014 ...", "© AFP The cardinal ..."
    Rule(
        "photo_agency",
        "line",
        r"(?:©[ ]?)?(?:{owner}[ ]?[/][ ]?)?{photo_agency}{_}"
        # With an end mark it is as often a credit run into a paragraph of the story.
        r"(?:-[ ]?(?:{photo_agency}|{agency_desk}){_})?(?-i:\p{Lu})[^\n]{15,300}"
        r"[^.!?\"”\s]",
        300,
    ),
    Rule(
        "slash_agency",
        "line",
        r"{owner}[ ]?{slash_agency}{_}(?-i:\p{Lu})[^\n]{15,500}",
        _CAPTION_CHARS,
    ),
    Rule(
        "agency_prefix",
        "line",
        r"{agency_prefix}{_}(?-i:\p{Lu})[^\n]{15,250}[^.!?\"”\s]",
        260,
    ),
    Rule("copyright_sign", "line", r"©[ ]?(?!\d)[^\n]{20,300}", 320),
    # and last: "The hall in May © AFP", "(Quelle: Ana Ruiz/imago images)"
    Rule(
        "copyright_sign",
        "line",
        r"[^.!?\n]{8,200}[.]?[ ][(]?©[ ]?(?!\d){owner}[)]?",
        260,
        from_line=1,
    ),
    Rule(
        "source",
        "line",
        r"[^.!?\n]{8,200}[ ]\({source}{colon}[ ]{0,3}"
        r"(?:{owner}[ ]?/[ ]?)?{photo_agency}\)",
        260,
        from_line=1,
    ),
    # a mark where the picture stood, and nothing else: "(Symbolbild)"
    Rule(
        "caption_end",
        "line",
        r"(?:[(\[]{caption_end}[)\]]\.?|{caption_end}\.)",
        30,
        from_line=1,
    ),
    # or without brackets, where it heads no part of a guide: "Symbolbild"
    Rule("stock_picture", "line", r"{stock_picture}\.?", 30, from_line=1),
    Rule(
        "caption_label",
        "line",
        r"{caption_label}[ ]?[:–—-][ ]?[^\n]{10,560}",
        _CAPTION_CHARS,
    ),
    Rule(
        "pictured",
        "line",
        # Not "Der Mann (Mitte 30) flüchtete.", nor what comes "(Mitte Mai)", nor who
        # is hurt "(left knee injury)"
        r"[^\n]{0,300}[(（]{pictured}"
        r"(?:,?{_}(?!\d|{month}\b|(?-i:[\p{Ll} ]+)[)）])[^()\n]{1,40})?[)）]"
        r"(?:[^\n]{0,200}[^:：\n])?",  # nor what leads up to the pictures
        300,
    ),
    Rule("pictured_mark", "line", r"[^\n]{2,120}{pictured_mark}[^\n]{0,120}", 200),
    # Chinese: a description, the photographer, and that he took it
    Rule(
        "credit_suffix",
        "line",
        r"[^\n]{2,120}[。，,（( ][^\s。！？，,()（）]{1,12}"
        r"(?:[ ·、/]{1,2}[^\s。！？，,()（）]{1,7}){0,2}"
        r"[ ]?{credit_suffix}[)）]?。?",
        160,
    ),
    # behind a sentence, that a house gave or sent it: "会议现场。广州市科协供图"
    Rule(
        "picture_given",
        "line",
        r"[^\n]{1,160}[。\s][^\s。，,]{2,24}{picture_given}(?:，{same_below})?",
        200,
    ),
    Rule(
        "picture_sent",
        "line",
        r"[^\n]{2,160}[。\s]{picture_sent}(?:[（(][^（）()\n]{1,20}{credit_suffix}[)）])?",
        200,
    ),
    Rule(
        "picture_from",
        "line",
        r"[^。，,\n]{2,100}。?[（(]{picture_from}[^()（）\n]{1,30}[)）]",
        140,
    ),
    # what a picture shows is told in the present, and such a line lacks its full stop
    Rule(
        "photo_verb",
        "line",
        r"(?-i:\p{Lu})"
        + _IN
        + r"{4,160}{_}{photo_verb}(?!\w)"
        + _IN
        + r"{3,160}(?<![:,.\"”’])",
        300,
        from_line=2,
    ),
    # a description with "file photo" at its end; Vietnamese sites count pictures
    Rule(
        "caption_end",
        "line",
        r"[^\n]{8,400}(?:[(\[,–—-][ ]?|[.”\")][ ]){caption_end}[.)\]]{0,2}",
        _CAPTION_CHARS,
        from_line=1,
    ),
    Rule(
        "caption_number",
        "line",
        r"[^\n]{8,300}[–-][ ]{caption_number}[ ]\d{1,2}\.?",
        320,
        from_line=1,
    ),
    # "… (Photo: screen grab from the broadcast)": an owner in small letters
    Rule(
        "credit_label",
        "line",
        _TEXT
        + r"(?:[ ][(\[]|[.!?”\")][ ])(?-i:(?=\p{Lu})){credit_label}{colon}[ ]{0,3}"
        + r"[^.!?:\n]{2,50}[.)\]]{0,2}",
        _CAPTION_CHARS,
        from_line=1,
    ),
    # a sentence and, whoever that is, the owner: "… Credit: Lee et al., (2026)"
    Rule(
        "picture_credit",
        "line",
        _TEXT + r"[.!?”\")][ ](?-i:(?=\p{Lu})){picture_credit}{colon}[ ]{0,3}"
        r"(?-i:(?=[\p{Lu}©]))"
        r"(?:[^.!?\n]|(?<=\b\p{L}{1,8})\.(?=,|[ ][\p{Lu},(]|\w|\Z)){2,140}",
        _CAPTION_CHARS,
    ),
    # and in a Chinese paper's English: "… October 13, 2016. [Photo/Agencies]"
    Rule(
        "slashed_photo",
        "line",
        _TEXT + r"[ ]\[(?-i:(?=\p{Lu})){slashed_photo}[ ]?/[ ]?"
        r"(?-i:(?=\p{Lu}))[^\[\]\n]{2,40}\]\.?",
        _CAPTION_CHARS,
    ),
    # not "Photos of the damage were shared widely."
    Rule(
        "shown_here",
        "line",
        r"{shown_here}{_}(?![^.\n]{0,80}[ ]{formerly?}\b)[^\n]{5,300}",
        360,
    ),
    *(
        Rule(
            slot,
            "line",
            r"(?:{article?}{_})?(?:[^.!?,\n]{0,24}{_})?{" + slot + r"}{_}[^\n]{5,540}",
            _CAPTION_CHARS,
            from_line=1,  # the first may be the claim that a check of facts begins with
        )
        for slot in ("picture_shows", "agency_picture")
    ),
    # an agency's, above the story: "This photo released by the city shows …"
    Rule(
        "agency_picture",
        "line",
        r"{this_picture}{_}(?:[^.!?,\n]|[.,](?=[ ]?\d)){0,24}"
        r"{agency_picture}{_}[^\n]{5,540}",
        _CAPTION_CHARS,
    ),
    # a video's title with its length, not "It leaves the hall at 10:44"
    Rule(
        "clock_mark",
        "line",
        r"(?-i:\p{Lu})[^\n]{12,200}[^\d\s:]{1,20}[ |]{0,3}"
        r"(?-i:(?<![\p{Ll},][ ]))\d{1,2}:\d{2}",
        240,
    ),
)


_find_by_cue: Final = find_by(CAPTIONS)

_MAX_KICKED_CHARS: Final = 260
_MIN_LISTED_COMMAS: Final = 3
_KICKER_CHARS: Final = range(4, 41)
_NO_KICKER: Final = frozenset(".0123456789")
_MIN_KICKED: Final = 2
_MIN_DISTINCT: Final = 0.75  # of them


# Who wrote the story, at its end: "… said. (dpa/AFP)", "… said. (Reuters, dpa/ Tsp)"
_SIGNED: Final = late_pattern(
    r"[.!?…”\"] [\[(]\w{1,20}(?: ?[/,] ?\w{1,20}){1,5}[\])]\.?\Z"
)


@once  # the detectors of the frame ask one after the other
def find_captions(document: Document) -> tuple[Finding, ...]:
    """Captions that a credit or a phrase gives away, and those under kickers."""
    found = [
        *_find_by_cue(document),
        *_find_headed(document),
        *_find_kicked(document),
    ]
    if found and _SIGNED().search(document.lines[-1]):
        return tuple(f for f in found if f.start != document.starts[-1])
    return tuple(found)


def _find_headed(document: Document) -> Iterator[Finding]:
    """Lines that are no more than "Image caption", and the caption below each."""
    for index, _ in stub_lines(document, stubs_of(_HEADING).keys()):
        if not document.lines[index][0].isalpha():  # a guide's own heading
            continue
        yield document.cut(index, "heading of a caption")
        below = document.lines[index + 1 : index + 2]
        if below and len(below[0]) <= _MAX_HEADED_CHARS and is_open(below[0]):
            yield document.cut(index + 1, "a caption under its heading")


def _find_kicked(document: Document) -> Iterator[Finding]:
    """Lines that open with words in capitals and a colon, as tabloids set captions.

    They stand apart and few have the words of others; else the text is a transcript.
    """
    kicked = [
        (index, line.partition(":")[0])
        for index, line in enumerate(document.lines)
        if index and len(line) <= _MAX_KICKED_CHARS and _has_kicker(line)
    ]
    indices = [index for index, _ in kicked]
    kickers = {kicker for _, kicker in kicked}
    apart = all(b - a > 1 for a, b in pairwise(indices))
    differ = len(kickers) >= _MIN_DISTINCT * len(kicked)
    if differ and len(kicked) >= _MIN_KICKED and apart:
        for index in indices:
            yield document.cut(index, "words in capitals, a colon and a description")


def _has_kicker(line: str) -> bool:
    """Whether words in capitals open a line: no speaker, no "P.P.S.", no "ERROR 1"."""
    kicker, colon, rest = line.partition(": ")
    if not (colon and rest) or len(kicker) not in _KICKER_CHARS:
        return False
    if rest.count(",") >= _MIN_LISTED_COMMAS and is_open(rest):
        return False  # "INGREDIENTS: flour, eggs, milk, salt"
    is_plain = _NO_KICKER.isdisjoint(kicker)
    return kicker.isupper() and is_plain and rest[0] not in QUOTES


# Paragraphs of the story stand over credits as well, the first of all.
_MAX_CREDITED_CHARS: Final = 260
_BELOW_HEADLINE: Final = 2


def find_credited(document: Document, gaps: Iterable[Gap]) -> Iterator[Finding]:
    """The lines that ended in a credit, and open ones inside the story over one.

    The credits are gone.
    """
    lines = document.lines
    for index in shortened_lines(document, gaps, "credit"):
        if len(lines[index]) <= _CAPTION_CHARS:
            yield document.cut(index, "before a credit")
    for index in lines_over(document, gaps, "credit"):
        line = lines[index]
        tells = line[0].isalpha() and line[-1] not in COLONS and is_open(line)
        is_inside = index >= _BELOW_HEADLINE and is_over_prose(lines, index)
        if tells and is_inside and len(line) <= _MAX_CREDITED_CHARS:
            yield document.cut(index, "right over a credit")
