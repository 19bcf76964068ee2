"""Navigation that a cue gives away: tags, breadcrumbs, pages, galleries, jump links."""

from typing import Final

from cleaner.patterns import Rule

_ITEM: Final = r"[\p{L}\p{N}&'’. -]{1,40}"

TAGS: Final = (
    Rule(
        "filed_under",
        "line",
        r"[#|]?[ ]?{filed_under}[ \xa0]?[:：|][^.!?。！？\n]{0,900}\.?",
        1000,
    ),
    Rule("posted_in", "line", r"{posted_in}{_}[^!?\n]{1,600}", 700),
)

JUMPS: Final = (
    Rule(
        "jump", "line", r"(?:[‹«<↑^•]|-{1,5})?[ ]?{jump}[ ]?(?:[›»>↑^]|-{1,5})?\.?", 60
    ),
    # "Previous post  How to start a career in bridges"
    Rule(
        "jump_to", "line", r"[←•]?[ ]?{jump_to}:?{_}(?-i:\p{Lu})[^.!\n]{8,140}[→]?", 180
    ),
    Rule("as_seen_on", "line", r"{as_seen_on}{_}(?-i:\p{Lu})[^.!?\n]{1,40}", 60),
    Rule(
        "page_of",
        "line",
        r"(?:{jump}[ ]?[›»>|]?{_})?{page_of}{_}?\d{1,3}{_}(?:{of}|/){_}\d{1,3}"
        r"(?:{_}[›»>|]?[ ]?{jump})?",
        80,
    ),
    Rule(
        "gallery",
        "line",
        r"{gallery}(?:{_}\d{1,3}{_}(?:{of}|/){_}(?:/[ ])?\d{1,3})?",
        60,
    ),
    Rule("gallery_count", "line", r"\d{1,3}{_}{gallery_count}", 30),
    # "Hide Caption 3 of 10 Photos: The crash" within the run-together text of a gallery
    Rule("hide_caption", "inline", r"{hide_caption}{_}\d{1,3}{_}{of}{_}\d{1,3}"),
    Rule("more_by", "line", r"{more_by}{_}(?-i:\p{Lu})[^.!?\n]{1,60}", 80),
)

_STEP: Final = r"[ ]?(?:[>»›/→|]|::)[ ]?"

BREADCRUMBS: Final = (
    Rule(
        "home",
        "line",
        r"{home}:?[ ]?"
        + _ITEM
        + r"(?:"
        + _STEP
        + _ITEM
        + r"){0,6}(?:"
        + _STEP
        + r"[^\n]{0,150})?",
        240,
    ),
)
