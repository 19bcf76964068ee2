"""Sentences, inserts and lines that one phrase gives away, whatever stands around it.

Their phrases are such as no story says to its reader: "lesen Sie hier", "suscríbete".
"""

from typing import Final

from cleaner.document import QUESTION_MARKS
from cleaner.patterns import Rule

# Within a sentence, brackets as a whole; a full stop inside a word or after a day ends
# none: "tagesspiegel.de/checkpoint", "am 10. Mai". One that does both is tried once.
_IN: Final = (
    r"(?:[^()\[\].!?…。！？।\n]|\.(?>(?=(?-i:\p{Ll}|\p{N}))|(?<=\b\d{1,2}\.))"
    r"|\([^()\n]{0,160}\)|\[[^\[\]\n]{0,160}\])"
)
_IN_CHARS: Final = 162  # at most: a bracket
# No part of a longer word (Chinese has no spaces), and German "Sie", not "sie": they.
# Nor what somebody says: "チャンネル登録をお願いしますと頭を下げた", he bowed and said.
_START: Final = r"(?<![\p{Lu}\p{Ll}\p{Devanagari}])"
_END: Final = (
    r"(?![\p{Lu}\p{Ll}\p{Devanagari}]|[ ]?{quoting?})"
    r"(?<!(?-i:\bsie)(?:[ ]\w{1,6})?)"
)
# Not in the middle of one, as after "Dr.", nor in capitals that run into the next one.
_STARTS: Final = (
    r"(?:\A|(?!(?-i:\p{Ll})))(?!(?-i:[^\p{Ll}.!?:\n]{12,90}[ ]\p{Lu}\p{Ll}))"
)
# Nor a step of a guide: "3. Click here on …".
_NO_STEP: Final = r"(?<!(?:\A|[.!?:][ ])\d{1,2}[.)][ ])(?!\d{1,2}[.)][ ])"
_OPEN: Final = r"[\[(»>→*•–—-]{0,3}[ ]?"
_QUOTES: Final = r"[\"”’»)\]]{0,2}"
_AFTER: Final = r"(?<=[.!?…।؟。！？][\"”’»)\]]{0,2}[ ]{0,3})"  # what a sentence ends in
# Not "Lesen Sie auch das Kleingedruckte.": advice, which a full stop ends.
_NO_ADVICE: Final = r"(?![^.!?:\n]{2,360}\.(?:[ ]|\Z))"
# Nor "Lesen Sie auch den Text, bevor Sie gehen.", which names something to read.
_NO_CLAUSE: Final = r"(?![^.!?:,\n]{0,180},[^.!?:\n]{1,180}\.(?:[ ]|\Z))"
# Nor "Lesen Sie auch Gedichte? Ja.": a question, with its answer.
_NO_QUESTION: Final = r"(?![ ][^.!?:\n\"'“„«‘]{1,180}\?[ ])"
_STATED: Final = ".!…。！।"  # a question calls nobody: "Who reads the newsletter?"
_ENDS: Final = _STATED + QUESTION_MARKS
# "Den Bericht finden Sie hier.", not "Ruhe finden Sie hier.": something to read or see.
_LINKED: Final = r"(?=[^.!?\n]{0,360}(?<![\p{Lu}\p{Ll}]){linked}(?![\p{Lu}\p{Ll}]))"
# The phrase ends its sentence: "Alle Zahlen finden Sie hier."
_ENDED: Final = r"(?=[ ]?(?:[.!:»)\]।]{1,3}(?:[ ]|\Z)|[。！]|\Z))"
# Not "…: every week it says what they need.", but "…: leute.tagesspiegel.de"
_COLON: Final = r":(?![ ]{small_word})"
_MAX_CALL: Final = 180  # to either side of the phrase; longer ones only mention it


def _sentence(
    slot: str,
    before: int = _MAX_CALL,
    given: str = "",
    after: str = "",
    ends: str = _ENDS,
) -> Rule:
    """A sentence with the phrase in it, after at most so many characters.

    At the end of its line it may hold a colon and a headline without a full stop;
    else it ends at the colon, since what follows may be the story's.
    """
    part = f"(?:(?!:[ ]){_IN}){{0,{_MAX_CALL}}}"
    starts = _NO_STEP + (_STARTS if before else "")
    pattern = (
        f"{starts}{given}{_OPEN}{_IN}{{0,{before}}}?{_START}{{{slot}}}{_END}{after}"
        f"(?:{part}(?:"
        f":[ ]{_IN}{{4,{_MAX_CALL}}}[!?]{{0,2}}{_QUOTES}\\Z|"
        f"[{ends}]{{0,3}}{_QUOTES}[.]?\\Z|"
        f"(?:[{ends}]{{1,3}}|[{ends}]{{0,2}}{_COLON}){_QUOTES})|:{_QUOTES})"
    )
    return Rule(slot, "sentence", pattern, lead_chars=_IN_CHARS * (before + 1))


def _in_brackets(slot: str) -> Rule:
    """A remark in brackets with the phrase in it: "(voir notre texte ici)"."""
    part = r"[^()\[\]\n]{0,160}"
    pattern = r"\(" + part + f"?{_START}{{{slot}}}{_END}" + part + r"\)"
    return Rule(slot, "inline", pattern)


LINKS: Final = (
    _sentence("link_call", ends=_STATED),
    _sentence("link_start", before=0, after=_NO_ADVICE + _NO_QUESTION),
    _sentence("link_start", before=0, after=_LINKED + _NO_CLAUSE + _NO_QUESTION),
    # Not "Hier finden Sie kein Video und keinen Bildschirm, nur Bücher."
    _sentence(
        "link_hint",
        given=r"(?!{within}{0,300}\b{negation?}\b)" + _LINKED,
        ends=_STATED,
    ),
    _sentence("link_hint", after=_ENDED, ends=_STATED),
    # Polish: "… 27 października. POLECAMY: PAP dotarła …", a link's name is gone
    Rule("cue_word", "inline", _AFTER + r"(?-i:(?=\p{Lu})){cue_word}:(?=[ ]|\Z)"),
    _in_brackets("link_call"),
    Rule("link_hint", "inline", r"\([ ]?{link_hint}" + _END + r"[ .…]{0,4}\)"),
    # "… said on Monday. Zur Meldung", "… el lunes. Leer más"
    Rule(
        "tail_link",
        "inline",
        _AFTER + r"[\[(]?{tail_link}" + _END + r"[^.!?。\n]{0,16}[:…»>\])]{0,3}\Z",
    ),
    # "[Lesen Sie auch unseren Ausblick …]", within a paragraph or alone
    Rule("read_more", "inline", r"\[{read_more}" + _END + r"[^\[\]\n]{3,300}\]"),
    Rule(
        "read_more",
        "inline",
        _AFTER + r"\({read_more}{colon}\s*[^()\n]{12,200}\)",
    ),
)

PROMOTIONS: Final = (
    # Not "Notre chaîne YouTube compte 40 000 abonnés et trois salariés."
    _sentence(
        "promo_call", given=r"(?!{own_channel?}[ ][^.!?:\n]{12,180}\.)", ends=_STATED
    ),
    _in_brackets("promo_call"),
    # "[Mit dem Newsletter … Zur kostenlosen Anmeldung geht es hier.]" is one insert.
    Rule(
        "insert_word",
        "inline",
        r"(?<![\p{L}\p{N}])\[(?-i:(?!\p{Ll}))(?=[^\[\]\n]{16,900}\])"
        r"(?![^\[\]\n]{0,900}(?<!\w){edit_mark?}(?!\w))"  # "[…, d. Red.]"
        r"[^\[\]\n]{0,880}?{insert_word}" + _END + r"[^\[\]\n]{0,880}\]",
    ),
)

# Not "Wer jetzt bestellen will, muss bis Mai warten.": a sentence of its own, or what
# a dash or a colon sets off, and nothing behind it.
_ORDER: Final = (
    r"{order_call}" + _END + r"(?:[^.!?,\n]{1,40}{order_call}" + _END + r")?"
)
_SET_OFF: Final = r"(?:\A|(?<=[.!?…:–—-][\"”’»)\]]{0,2}[ ]{1,3}))"
# Or what is told of something for sale, alone or as the end of a compound.
_FOR_SALE: Final = r"(?=[^\n]{0,900}{for_sale}(?![\p{Lu}\p{Ll}]))"

# A paragraph that ends in "HIER bestellen" is an advert from its start.
ADVERTS: Final = (
    Rule(
        "order_call",
        "line",
        r"[^\n]{0,900}?" + _SET_OFF + _ORDER + r"[.!?…:]{0,3}",
        1000,
        from_line=1,
    ),
    Rule("order_call", "sentence", _ORDER + r"[.!…:]{1,3}"),
    # "Das Heft können Sie hier bestellen!"
    _sentence("order_call", given=_FOR_SALE, after=_ENDED, ends=_STATED),
    # and, if it ends the paragraph, all that leads up to it
    Rule(
        "order_call",
        "line",
        _FOR_SALE + r"[^\n]{0,900}?{order_call}" + _END + r"[^.!?\n]{0,120}[.!?…]{0,3}",
        1000,
        from_line=1,
    ),
)

PROMPTS: Final = (_sentence("reader_prompt", after=r"(?!{within}{0,160}{deadline})"),)

# "Las opiniones … no reflejan necesariamente la línea de este diario."
_DISCLAIMED: Final = (
    _START + r"{disclaims}(?!\w){within}{0,80}?(?<!\w){publisher}(?!\w)"
)

# A line goes as a whole if the phrase stands in its first two sentences.
_TWO_SENTENCES: Final = (
    r"(?:[^.!?।。！？\n]{0,300}[.!?।。！？]{1,3}[ ]{0,2})?[^.!?।。！？\n]{0,300}?"
)
# Not "The court held that the article is its author's own opinion." in any language
_NOT_TOLD: Final = r"(?<!(?<!\w){that?}[ ][^.!?।。！？\n]{0,160})"

NOTICES: Final = (
    Rule(
        "house_text",
        "line",
        _TWO_SENTENCES + _START + r"{house_text}" + _NOT_TOLD + r".*",
        500,
    ),
    Rule("disclaims", "line", r".*?" + _DISCLAIMED + r".*", 500),
    Rule(
        "disclaims",
        "tail",
        _IN + r"{0,200}?" + _DISCLAIMED + r"[^\n]{0,300}",
        lead_chars=_IN_CHARS * 200,
    ),
    # who translated it, and from which language
    Rule(
        "translated_from",
        "line",
        r"[(*\[]?{translated_from}(?!\w)[^.!?,\n]{0,80}[.)\]]{0,2}",
        110,
        from_line=1,
    ),
    Rule(
        "house_text",
        "tail",
        _IN + r"{0,200}?" + _START + r"{house_text}" + _NOT_TOLD + r"[^\r\n]{0,300}",
        lead_chars=_IN_CHARS * 200,
    ),
)
