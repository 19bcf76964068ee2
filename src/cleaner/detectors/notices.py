"""Notices: copyright, syndication, disclaimers, consent, other boilerplate."""

from collections.abc import Iterator
from typing import Final

from cleaner.detectors.looks import is_announced, lone_lines
from cleaner.document import Document, is_item
from cleaner.edits import Finding
from cleaner.patterns import Rule, find_by

_MARK: Final = r"(?:©|\(c\)|&copy;)"
_YEARS: Final = r"\d{4}(?:[ ]?[-–—/,][ ]?\d{2,4})?(?!\d)"
# What follows in the line, unless the story does: "… reserved. WASHINGTON (AP) — The"
_REST: Final = r"(?:(?!\)[ ]?[—–-][ ])[^\n]){0,200}"
_STOP: Final = r"(?:[.!]|(?=[\s\"”’»)\]*]*\Z))"  # its end, never a word within
_UNTIL_STOP: Final = r"{within}{0,200}" + _STOP

# What no sentence ends in that a second one follows, but for the rights.
_NO_STORY: Final = (
    r"(?:(?!\p{Ll}{2}[.!?][”\"’]?[ ](?!{rights})(?-i:\p{Lu}\p{Ll}{0,20}[ ]\p{Ll}))"
    r"[^\n])"
)

COPYRIGHT: Final = (
    Rule("copyright", "line", r"{copyright}[ :]{0,2}" + _MARK + _REST),
    Rule(
        "copyright",
        "line",
        r"{copyright}[ :]{0,2}"
        + _YEARS
        + r"[,.:]?(?:[ ]{copyright_by})?[ ](?-i:\p{Lu})"
        + _REST,
        160,
    ),
    Rule("copyright", "line", _MARK + r"[ ]?{copyright}\b" + _REST, 160),
    Rule(
        "copyright_sign",
        "line",
        r"\(?{copyright_sign}[ ]?" + _YEARS + r"[,.]?[ ](?-i:\p{Lu})" + _REST,
    ),
    # behind a story: "… said Lee. © 2018 Harbour Media Group."
    Rule(
        "copyright_sign",
        "tail",
        r"{copyright_sign}[ ]?" + _YEARS + r"[,.]?[ ](?-i:\p{Lu})[^!?\n]{2,60}",
    ),
    # Not "All rights reserved for citizens were suspended."
    Rule(
        "rights",
        "line",
        r"(?:"
        + _NO_STORY
        + r"{0,160}[\s.,|–-])?{rights}(?!\w|[ ](?-i:\p{Ll}))"
        + _REST,
        360,
    ),
    # behind a story: "… said Lee. Copyright 2012 The Gazette. All rights reserved."
    Rule(
        "rights",
        "tail",
        r"(?:©|\(c\)|{copyright?})[^\n]{0,160}[\s.,|–-]{rights}(?!\w|[ ](?-i:\p{Ll}))"
        + _REST,
    ),
    # and after it: "If you want to reuse some of our content, please contact:"
    Rule(
        "reuse",
        "sentence",
        r"{article_noun}{_}[^.!?\n]{0,80}{reuse}"
        + _UNTIL_STOP
        + r"(?:{_}{within}{0,120}\b{reach_out}\b"
        + _UNTIL_STOP
        + r")?",
    ),
    # Not "Distributed by Acme Media, the film made millions.", nor a film's "… by Acme"
    Rule(
        "distributed_by",
        "line",
        r"(?=[^\n]{0,120}\b{syndicate}\b)"
        r"{distributed_by}{_}(?-i:\p{Lu})(?:(?!,[ ](?-i:\p{Ll}))[^\n]){0,80}",
        120,
    ),
)

SYNDICATION: Final = (
    Rule(
        "first_published",
        "tail",
        r"[\[(*]?(?:{this_article}|{the_original?}){_}"
        r"(?:[^.!?\n]{1,60}{_})?{first_published}{_}"
        r"[^!?\n]{1,140}",
    ),
    Rule(
        "first_published",
        "tail",
        r"[\[(*]?{first_published}{_}(?:{article?}{_})?"
        r"(?-i:(?=\p{Lu}|[\w-]{1,40}\.[\w.-]{2,40}\Z))[^,!?\n]{2,80}",
    ),
    # German: told by the editors, "Redaktionelle Anmerkung: Der Text erschien zuerst …"
    Rule(
        "noted_origin",
        "line",
        r"{editors_note}:{_}[^.!?:\n]{4,60}{_}{noted_origin}{_}[^!?\n]{2,240}",
        340,
    ),
    # Chinese: the headline that it had before
    Rule(
        "original_title",
        "line",
        r"(?:[(（]{original_title}{colon}[ ]{0,3}[^。\n]{2,120}[)）]"
        r"|{original_title}{colon}[ ]{0,3}[^。：:\n]{2,120})",
        140,
    ),
    Rule("original_title", "line", r"{original_title}《[^《》\n]{2,120}》", 140),
    # at the end: in a lesson it is the problem that was set
    Rule(
        "former_title",
        "line",
        r"[(（]{former_title}{colon}[ ]{0,3}[^。\n]{2,120}[)）]",
        140,
        from_line=3,
        last_lines=2,
    ),
    Rule(
        "posted_permission",
        "tail",
        r"[\[(*]?(?:{this_article}{_}(?:[^.!?\n]{1,40}{_})?)?{posted_permission}"
        r"(?!{_}{article}{_}(?-i:\p{Ll}))"  # "Reprinted from a copper plate, it …"
        r"(?![^.!?\n]{1,140},[ ](?!{apposed?}\b)(?-i:\p{Ll}))"
        r"(?:{_}[^!?\n]{1,140}|[.!])?",
    ),
    Rule(
        "appeared_first",
        "tail",
        r"{blog_post}{_}(?-i:(?!\p{Ll}))[^\n]{3,250}{_}{appeared_first}{_}"
        r"(?-i:(?![\p{Ll}\d]{1,20}[ ]\p{Ll}))[^\n]{2,80}",  # a site's name
    ),
)

DISCLAIMERS: Final = (
    # "You have permission to republish this article under a Creative Commons license …"
    # Not "The letters may be reproduced in a biography, the judge found."
    Rule(
        "republish",
        "sentence",
        r"(?={within}{0,600}(?:©|\b{house_word}\b))(?!{within}{0,300}\b{formerly}\b)"
        r"{within}{0,300}{republish}\b{within}{0,300}" + _STOP + r"[)*]?",
    ),
    # Not "Aspirin was a registered trademark of Bayer."
    Rule(
        "trademark",
        "sentence",
        r"(?!{within}{0,300}\b{formerly}\b){within}{0,300}{trademark}{_}(?-i:\p{Lu})"
        # "… of Adidas, which has sued."
        r"(?!{within}{0,200},[ ](?!{licensed?}\b)(?-i:\p{Ll}))" + _UNTIL_STOP,
    ),
    Rule(
        "views_expressed",
        "tail",
        r"[*(]?(?:[^.!?\n]{1,120}{_})?{views_expressed}\b[^!?\n]{0,250}?{views_own}"
        r"[^!?\n]{0,200}",
    ),
    Rule("disclaimer_label", "line", r"[*]?{disclaimer_label}{colon}[^\n]{1,600}", 700),
    # "This post contains affiliate links", not "Most influencers' posts contain …"
    Rule(
        "affiliate",
        "sentence",
        r"[*(]?(?:(?={within}{0,400}\b{house_voice}\b)[^.!?\n]{0,200})?{affiliate}(?!\w)"
        + _UNTIL_STOP,
    ),
    # whose it is: not "They get a commission when you buy it."
    Rule(
        "commission",
        "sentence",
        r"(?=[^.!?\n]{0,400}\b{commission_mark}\b)"
        r"[*(]?[^.!?\n]{0,200}{commission}(?!\w)" + _UNTIL_STOP,
    ),
    Rule(
        "no_advice",
        "sentence",
        r"(?=[^.!?\n]{0,300}\b{negation}\b|[^.!?\n]{0,300}{only_for})"
        r"[*(]?{article_noun}{_}[^.!?\n]{0,160}{no_advice}" + _UNTIL_STOP,
    ),
    Rule(
        "fair_use",
        "line",
        r"(?=[^\n]{0,1200}\b{house_word}\b)[^\n]{0,400}{fair_use}[^\n]{0,900}",
        1200,
    ),
    # "This story was auto-generated by …", "This interview was edited for length …"
    Rule(
        "auto_note",
        "sentence",
        r"(?:{editors_note}:?{_})?[*(\[]?{article_noun}\b{within}{0,160}{auto_note}\b"
        + _UNTIL_STOP
        + r"[)\]*]?",
    ),
    Rule("stock_notice", "tail", r"[(\[*]?{stock_notice}[^!?\n]{0,80}"),
)

_OR: Final = r"[ ]?[|·•,/–-][ ]?"

CONSENT: Final = (
    Rule(
        "consent",
        "sentence",
        r"[^.!?\n]{0,200}{consent}(?!\w)[^.!?\n]{0,200}" + _STOP,
    ),
)

LEGAL_LINKS: Final = (
    Rule(
        "legal_link",
        "line",
        r"(?:[•*·][ ])?(?:{legal_word?}" + _OR + r"){0,3}{legal_link}"
        r"(?:(?:" + _OR + r"|{_})(?:{legal_link}|{legal_word?})){0,8}",
        160,
        from_line=1,
    ),
    # Not "Data protection, press", a heading
    Rule(
        "legal_word",
        "line",
        r"{legal_word}(?:[ ]?[|·•/–-][ ]?{legal_word}){1,6}",
        100,
        from_line=1,
    ),
)
_find_legal_links: Final = find_by(LEGAL_LINKS)


def find_legal_links(document: Document) -> Iterator[Finding]:
    """Links to terms and policies, one by one or in a row.

    Between two paragraphs one is a heading where the text has others: terms of hire.
    """
    lines = document.lines
    found = {document.line_at(f.start): f for f in _find_legal_links(document)}
    heads = set(lone_lines(document)) if found else set[int]()
    for index, finding in found.items():
        is_heading = index in heads and len(heads) > 1
        is_listed = is_item(lines[index]) and is_announced(lines, index)
        if not (is_heading or is_listed):
            yield finding
