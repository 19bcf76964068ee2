"""Links to other stories that a cue gives away."""

from collections.abc import Iterator
from typing import Final

from cleaner.detectors.looks import without_facts
from cleaner.document import Document
from cleaner.edits import Finding
from cleaner.patterns import Rule, find_by
from cleaner.patterns.rules import HEADLINE
from cleaner.patterns.slots import CAPITALS_END

_OPENS: Final = r"[\[(«»>→•*+#▶►|\-–—\s]{0,4}"
_CLOSES: Final = r"[\])»>→!.…|\s]{0,4}"
# What a headline may end in. After a colon the story goes on: "Read this: … He writes:"
_MARK: Final = r"[^:：]?"
# Nor does a sentence follow: "Mira: yo no tengo nada contra los perros."
_NO_SENTENCE: Final = r"(?!\s*(?-i:\p{Ll})[^\n]*\.[\"”’»]?\Z)"
_AFTER_CUE: Final = (
    _NO_SENTENCE + rf"(?:\s*(?P<{HEADLINE}>{{headline}}" + _MARK + r"))?" + _CLOSES
)

# "More from AI and Robotics", "READ MORE ON UKRAINE", not "More by luck than judgment"
MORE_ON_RULE: Final = Rule(
    "read_more_on",
    "line",
    _OPENS
    + r"(?!{idiom_of_more?}{_}(?-i:\p{Ll})[^\n]{0,60}[^:\n]\Z"
    + r"|{cites_more?}{_}[^:\n]{1,50}:\Z)"
    + r"{read_more_on}{_}[^.!?:]{1,50}[:»>→…]?",
    80,
    from_line=1,
)
# "More from The Post:" leads up to an excerpt, unless headlines stand below.
CITES_MORE_RULE: Final = Rule(
    "cites_more", "line", r"{cites_more}{_}[^.!?:\n]{1,50}:", 80, from_line=1
)

RULES: Final = (
    # "Read More:  China highway collapse …", with the headline or without; not whom to
    # ask: "Mehr Infos: Rathaus, Telefon 03501 470147".
    Rule(
        "read_more",
        "line",
        _OPENS
        + r"{read_more}{colon}"
        + r"(?![^\n]{0,200}\b{contact_label?}\b[.:]?[ ]\d{2,5}[ /-]?\d{2})"
        + _AFTER_CUE,
    ),
    # "READ | Storm hits the coast", "Opinion | Who pays for the bridge", no table's row
    Rule(
        "pipe_cue",
        "line",
        r"(?:[-–—*•][ ])?{pipe_cue}[ ](?-i:[\p{Lu}\p{N}‘“'\"])"
        r"(?:[^|\n ]{1,30}[ ]){4,24}[^|\n ]{1,30}(?<![.:;,|])",
        200,
        from_line=1,
    ),
    # "READ MORE | Storm hits the coast", "Read more » Storm hits the coast"
    Rule(
        "read_more",
        "line",
        # not "—Sigue leyendo —dijo Marta."
        r"(?![–—])" + _OPENS + r"{read_more}\s{0,3}[|»›>→–—-]{1,3}\s{0,3}{headline}.?",
    ),
    Rule("read_more", "tail", r"[\[(]{read_more}{colon}\s*{headline}.?[\])]"),
    # "… and Juno followed in May 2021. RELATED: Mallory's tour bus towed", no sentence
    Rule(
        "trailing_link",
        "tail",
        r"(?-i:(?=\p{Lu})){trailing_link}{colon}\s*(?-i:[\p{Lu}\p{N}‘'\"“])"
        r"[^.\n]{14,160}(?<![.!:…\s])",
    ),
    # "… and Juno followed in May 2021. Read more:", with nothing behind
    Rule("trailing_link", "tail", r"(?-i:(?=\p{Lu})){trailing_link}{colon}"),
    # Indonesian: a cue and headline before the mark of a video that stood there
    Rule(
        "video_cue",
        "inline",
        r"(?-i:(?=\p{Lu})){video_cue}[ :][^\[\]\n]{8,200}(?=\[{embed_tag})",
    ),
    # the cue in capitals, run into the headline
    Rule(
        "glued_cue",
        "line",
        _OPENS + r"{glued_cue}(?-i:(?<=\p{Lu})\p{Lu}\p{Ll}).{8,200}",
        220,
    ),
    # German: a headline and its date, which ran together
    Rule(
        "dated_link",
        "line",
        r"[^\n]{3,120}(?<=[\p{L}»“\"!?]){dated_link}\d\.\d{2}\.\d{4}",
        160,
        from_line=3,
    ),
    MORE_ON_RULE,
    # German nouns have capitals: "Mehr zu Elon Musk", not "Mehr zu Fuß gehen"
    Rule(
        "read_more_on_name",
        "line",
        _OPENS + r"{read_more_on_name}{_}(?:[^.!?:]{1,40}[ ])?"
        r"(?-i:\p{Lu})[^ .!?:]{0,30}[:»>→…]?",
        80,
        from_line=1,
    ),
    Rule("read_more_on", "line", r"[\[(]{read_more_on}{_}[^.!?]{1,120}[\])]", 160),
    # READ MORE UKRAINE STORIES
    Rule(
        "read_more",
        "line",
        r"{read_more}{_}(?-i:\p{Lu})[\p{L}'’ -]{1,40}{_}{stories}[:.…»]?",
        80,
    ),
    # a box that ran together: "MOST READ IN NEWS WEB OF LIES Spider is … RIP TIDE …"
    Rule(
        "headline_run",
        "line",
        r"{headline_run}{_}(?-i:[\p{Lu}'‘“\"])[^\n]{60,1600}(?<![.!?…:;,])",
        1700,
    ),
    # "… the company said. read more", also before the next sentence of the same line.
    Rule("more_link", "tail", r"[\[(]?{more_link}[\])]?[.…»›→>\s]{0,4}"),
    Rule(
        "more_link",
        "inline",
        r"(?<=[.!?][\"”)]?[ ])(?-i:{more_button})(?={_}(?-i:\p{Lu}))",
    ),
    # "China: the new space superpower Read more", the teaser and its button, not "Why
    # men should read more"
    Rule(
        "more_link",
        "line",
        r"(?!\d{1,2}/\d)(?-i:[\p{Lu}\p{N}‘'\"“])"  # no caption: "1/4 The hall …"
        r"(?:[^.!]{12,240}[^\s.!,;:]|[^\n]{12,120}[^\s.,;:]){_}"
        r"(?!(?-i:\p{Lu}{2}))(?<!\b{who_reads?}[ ](?=(?-i:\p{Ll}))){more_button}"
        r"[…»›→>]{0,2}",
    ),
    # Read More @ HarveyOrganBlog.com. Also: Read or Share this story: http://…
    Rule(
        "read_at",
        "line",
        r"{read_at}(?:{_}|{colon}|(?<=@))(?!{within}{0,160}{_}{and_less}\b)"
        r"{within}{1,160}[.!…»>]{0,2}",
        220,
    ),
    # Not "See more at dawn."
    Rule(
        "read_at_site",
        "line",
        r"{read_at_site}(?:{_}|{colon}[ ]{0,3})(?!{small_word})"
        r"{within}{1,160}[.!…»>]{0,2}",
        220,
    ),
    Rule("also_on_site", "line", r"{also_on_site}{_}{url}.{0,200}"),
    # Portuguese: a pointer in capitals between two sentences that have small letters:
    # "LEIA A ÍNTEGRA DA DENÚNCIA"; a list of names that follows is what it points to
    Rule(
        "capital_cue",
        "inline",
        r"(?-i:(?<=\p{Ll}[\"”]?[ ]?[.!?…][\"”]?[ ])(?:>>[ ])?(?=\p{Lu}{4}))"
        r"(?=(?:\p{Lu}{1,20}[ ]){1,4}{link_noun}[ ]){capital_cue}"
        r"(?-i:(?>(?:[ ](?:[\p{Lu}-]{2,20}|\p{Lu}(?=[ ]\p{Lu}{2}))(?!\p{Ll})){2,15})"
        r"(?=[ ](?:\p{Lu}\p{Ll}|[AEO][ ]\p{Ll}))(?!(?:[ ]\p{Lu}\p{Ll}{1,20}){3}))",
    ),
    # and where in a video to look, at the end: "assista a partir do minuto 1:50"
    Rule(
        "video_minute",
        "inline",
        r"(?<=[.!?…][\"”]?[ ])(?:[*]{3}[ ])?(?:{watch_cue}(?:[ ]{watch_from}){1,2}[ ]"
        r"{video_minute}[ ]\d{1,2}:\d\d(?:[ ]{of_video})?"
        r"|{video_minute}[ ]\d{1,2}:\d\d[ ]{of_video}):?(?:[ ][*]{3})?\Z",
    ),
    # "Read the full op-ed here.", "See the most-read stories in Sports this hour »"
    Rule(
        "see_full",
        "sentence",
        r"{see_full}\b(?!{within}{0,90}\b{comparison?}\b(?![ ]\d))"
        r"{within}{0,90}\b{link_place}(?:[.:!…]{1,3}|{_}?»|\Z)",
    ),
    # "See more photos from the game here.", not "See more stars here.": what is linked
    Rule(
        "to_see",
        "sentence",
        r"{to_see}\b(?!{within}{0,90}\b{comparison?}\b(?![ ]\d))"
        r"{within}{0,90}?\b{to_be_seen}\b{within}{0,90}?\b{link_place}"
        r"(?:[.:!…]{1,3}|{_}?»|\Z)",
    ),
    # "To read more posts like this visit A Bad Witch's Blog at www.badwitch.co.uk"
    Rule(
        "visit_to_read",
        "sentence",
        r"{visit_to_read}\b{within}{0,160}?(?<!\b{somebody?}[ ])\b{go_to}\b"
        r"(?!{_}{article?}{_}(?!{within}{0,60}\b{of_page?}\b)(?-i:\p{Ll}))"
        r"{within}{0,160}{sentence_end}",
    ),
    # "For more information, visit our Disclosure page.": not another's, as in a story
    Rule(
        "for_details",
        "sentence",
        r"{for_details}\b{within}{0,160}?\b{go_to}\b{within}{0,80}?\b{of_page}\b"
        r"{within}{0,120}{sentence_end}",
    ),
)

# A match or a broadcast is what a text tells of: "Watch: The Mill, BBC Two, 9pm".
_NO_DATE: Final = r"(?!.*\d[ ]?[ap]\.?m\.?\Z)"
_NO_POST: Final = r"(?!.*(?:[( ]@|pic\.twitter|t\.co/))"  # quoted, it is content

COLON_CUES: Final = (
    # "Watch: Atlas robot performs …": as the first line it is the headline itself, and
    # as an item ("- Video: 4K at 60 fps", "Video: 6.2K/30p") a fact.
    Rule(
        "colon_cue",
        "line",
        r"(?![-•*][ ]|\w{1,20}:[ ]\d(?:\.\d)?K\b)"
        + _OPENS
        + r"{colon_cue}"
        + _NO_POST
        + _NO_DATE
        + _AFTER_CUE,
        from_line=1,
    ),
    # "Look: Storm hits the coast", but not a sentence: "Look: Nobody likes to pay tax."
    # Nor what heads a part of the story: "Latest: talks on Thursday"
    Rule(
        "colon_word",
        "line",
        _OPENS
        + r"{colon_word}(?![^\n]*\p{Ll}\.\Z|[:：]?[ ]?(?-i:\p{Ll}))"
        + _NO_POST
        + _NO_DATE
        + _AFTER_CUE,
        from_line=1,
    ),
    # "See: Storm hits the coast of Jutland", neither a source nor "See: Chapter 3"
    Rule(
        "see_colon",
        "line",
        r"{see_colon}{_}(?-i:[\p{Lu}‘“'\"])(?![^\n]{0,200}(?:[(\[]|{url}))"
        r"(?:\S{1,30}{_}){4,25}\S{1,30}(?<![.:;,])",
        200,
        from_line=3,
    ),
)

_find_colon_cues: Final = find_by(COLON_CUES)


def find_colon_cues(document: Document) -> Iterator[Finding]:
    """What the rules find, but for facts: "Video: 1080p" over "Weight: 512g"."""
    return without_facts(document, _find_colon_cues(document))


# "Click here to see photos of today's rally.", "If you'd like to help us, click here."
CLICKS: Final = (
    Rule(
        "click_here",
        "sentence",
        # no step of a guide: "3. Click here on “Delete”."
        r"(?<!(?:\A|[.!?:][ ])\d{1,2}[.)][ ])[\[(]?{click_here}\b"
        r"(?:(?-i:[^.!?\p{Ll}]{0,80})" + CAPITALS_END + r"|"
        r"[^.!?]{0,160}(?:[.!?]{1,3}[\])]?|(?<!:)\Z)|[^.!?:,]{0,60}:)",
    ),
    Rule(
        "click_end",
        "sentence",
        r"(?!{within}{0,120}\b{told_to?}\b)"  # no email told of
        r"(?:{within}{0,120}\b)?{to_reader}\b{within}{0,120}{_}{click_end}"
        r"[)\]]?(?:[.!:…»]|\Z)[.…]{0,2}",
    ),
)

# "The Best of Ann Lee", the last line of a page: a link to the author's texts.
CLOSING: Final = (
    Rule("best_of", "line", r"{best_of}{_}{name}", 60, from_line=3, last_lines=1),
    # "… disse ele. confira o vídeo:", with nothing behind
    Rule(
        "end_cue",
        "inline",
        r"(?<=[ ])(?:\*{1,3}[ ])?{end_cue}\b[^.!?:\n]{0,80}[ ]?:"
        r"(?:[ ]{end_cue}:)?\Z",
        last_lines=1,
    ),
)
