"""Links to other stories that a cue gives away."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import takewhile
from typing import Final

from cleaner.detectors.looks import (
    heads_prose,
    is_headline_like,
    is_reference,
    is_title_case,
    leads_up,
    runs_on,
)
from cleaner.detectors.stubs import openings, stub_lines, stubs_of
from cleaner.document import COLONS, Document, is_item, is_open, is_prose
from cleaner.edits import Finding
from cleaner.patterns import Rule, find_by
from cleaner.patterns.signatures import ARROW

_OPENS: Final = r"[\[(«»>→•*+#▶►|\-–—\s]{0,4}"
_CLOSES: Final = r"[\])»>→!.…|\s]{0,4}"
# What a headline may end in. After a colon the story goes on: "Read this: … He writes:"
_MARK: Final = r"[^:：]?"
# Nor does a sentence follow: "Mira: yo no tengo nada contra los perros."
_NO_SENTENCE: Final = r"(?!\s*(?-i:\p{Ll})[^\n]*\.[\"”’»]?\Z)"
_AFTER_CUE: Final = _NO_SENTENCE + r"(?:\s*{headline}" + _MARK + r")?" + _CLOSES

MORE_ON: Final = "read_more_on"  # the slot
# "More from AI and Robotics", "READ MORE ON UKRAINE"
_MORE_ON: Final = Rule(
    MORE_ON, "line", _OPENS + r"{read_more_on}{_}[^.!?:]{1,50}[:»>→…]?", 80, from_line=1
)

RULES: Final = (
    # "Read More:  China highway collapse …", with the headline or without.
    Rule(
        "read_more",
        "line",
        _OPENS + r"{read_more}{colon}" + _AFTER_CUE,
    ),
    # "READ MORE | Storm hits the coast", "Read more » Storm hits the coast"
    Rule(
        "read_more",
        "line",
        _OPENS + r"{read_more}\s{0,3}[|»›>→–—-]{1,3}\s{0,3}{headline}.?",
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
    _MORE_ON,
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
    # "China: the new space superpower Read more", the teaser and its button
    Rule(
        "more_link",
        "line",
        r"(?!\d{1,2}/\d)(?-i:[\p{Lu}\p{N}‘'\"“])"  # no caption: "1/4 The hall …"
        r"(?:[^.!]{12,240}[^\s.!,;:]|[^\n]{12,120}[^\s.,;:]){_}"
        r"(?!(?-i:\p{Lu}{2})){more_button}[…»›→>]{0,2}",
    ),
    # Read More @ HarveyOrganBlog.com. Also: Read or Share this story: http://…
    Rule(
        "read_at",
        "line",
        r"{read_at}(?:{_}|{colon}|(?<=@)){within}{1,160}[.!…»>]{0,2}",
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
        r"{see_full}\b{within}{0,90}\b{link_place}(?:[.:!…]{1,3}|{_}?»|\Z)",
    ),
    # "See more photos from the game here.", not "See more stars here.": what is linked
    Rule(
        "to_see",
        "sentence",
        r"{to_see}\b{within}{0,90}?\b{to_be_seen}\b{within}{0,90}?\b{link_place}"
        r"(?:[.:!…]{1,3}|{_}?»|\Z)",
    ),
    # "To read more posts like this visit A Bad Witch's Blog at www.badwitch.co.uk"
    Rule(
        "visit_to_read",
        "sentence",
        r"{visit_to_read}\b{within}{0,160}?\b{go_to}\b{within}{0,160}{sentence_end}",
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
    Rule(
        "colon_word",
        "line",
        _OPENS + r"{colon_word}(?![^\n]*\p{Ll}\.\Z)" + _NO_POST + _NO_DATE + _AFTER_CUE,
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

# "Click here to see photos of today's rally.", "If you'd like to help us, click here."
CLICKS: Final = (
    Rule(
        "click_here",
        "sentence",
        r"[\[(]?{click_here}\b(?:[^.!?]{0,160}(?:[.!?]{1,3}[\])]?|(?<!:)\Z)|[^.!?:,]{0,60}:)",
    ),
    Rule(
        "click_end",
        "sentence",
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
        r"(?<=[ \xa0])(?:\*{1,3}[ ])?{end_cue}\b[^.!?:\n]{0,80}[ ]?:"
        r"(?:[ ]{end_cue}:)?\Z",
        last_lines=1,
    ),
)

_MAX_LISTED: Final = 40
_MAX_LISTED_CHARS: Final = 160
_MAX_LAST_TITLES: Final = 6
_MAX_LAST_TITLE_BYTES: Final = 120  # in UTF-8: a Chinese sentence has fewer signs
_MIN_LISTED: Final = 3  # so many in a row are a list, even amid the story
_MAX_SUBHEADING_CHARS: Final = 45
_OF_CODE: Final = frozenset("`|<>[]{}_")
_HEADING: Final = "story_stub"  # the slot


def find_listed(document: Document) -> Iterator[Finding]:
    """A heading such as "You may also like" and the headlines that it announces.

    Where prose goes on below, only the next line is surely announced, or what looks
    like a list: a line by itself may be the sub-heading of what follows. After the end
    of a story in paragraphs all are.
    """
    lines = document.lines
    for index in _headings(document):
        yield document.cut(index, "heading of other stories")
        below = lines[index + 1 : index + 1 + _MAX_LISTED]
        listed = len(below) if _are_last_titles(below) else _listed(below)
        stop = index + 1 + listed
        if stop < len(lines) and index + 1 not in document.closing:
            listed = _surely_listed(lines[index + 1 : stop])
        for other in range(index + 1, index + 1 + listed):
            yield document.cut(other, "listed under such a heading")


_find_more_on: Final = find_by((_MORE_ON,))


def find_announced(document: Document) -> Iterator[Finding]:
    """Headlines in a row under "More from Energy", also amid the story."""
    lines = document.lines
    for heading in _find_more_on(document):
        below = document.line_at(heading.start) + 1
        listed = _listed(lines[below : below + _MAX_LISTED])
        heads = _surely_listed(lines[below : below + listed])
        if heads >= _MIN_LISTED:
            for index in range(below, below + heads):
                yield document.cut(index, "under more of a kind")


def _headings(document: Document) -> Iterator[int]:
    """The lines, but for a title, that announce other stories and nothing else."""
    for index, _ in stub_lines(document, stubs_of(_HEADING).keys()):
        if index and _announces_stories(document.lines, index):
            yield index
    for index, _ in stub_lines(document, _cues().keys()):
        if index and document.lines[index][-1] in COLONS:  # "Read more:"
            yield index


def _announces_stories(lines: Sequence[str], index: int) -> bool:
    """Whether neither books stand under a line, nor prose that it heads."""
    below = lines[index + 1 : index + 2]
    return not any(map(is_reference, below)) and not heads_prose(lines, index)


@cache  # as a table: a look into its keys takes no more steps than there are lines
def _cues() -> Mapping[str, str]:
    cues, headings = stubs_of("link_stub", "read_more"), stubs_of(_HEADING)
    return {words: reason for words, reason in cues.items() if words not in headings}


def _are_last_titles(below: Sequence[str]) -> bool:
    """Whether a few short lines end the text: some titles end in a full stop."""
    cites = _cites()
    return (
        0 < len(below) <= _MAX_LAST_TITLES
        and is_open(below[-1])
        and 2 * sum(map(is_open, below)) >= len(below)
        and not any(
            len(line.encode()) > _MAX_LAST_TITLE_BYTES or line.startswith(cites)
            for line in below
        )
    )


def _listed(lines: Sequence[str]) -> int:
    """How many lines look like headlines, until one does not."""
    cites = _cites()
    for count, line in enumerate(lines):
        is_headline = is_open(line) or line[-1] in "?!"
        if len(line) > _MAX_LISTED_CHARS or not is_headline or line.startswith(cites):
            return count
        # a sentence that a link broke
        if any(map(runs_on, lines[count + 1 : count + 2])):
            return count
    return len(lines)


@cache
def _cites() -> tuple[str, ...]:
    """What opens a line that cites where the story comes from, and is no headline."""
    return (*openings("byline_word", " "), *openings("cited_word"), "http")


def _surely_listed(lines: Sequence[str]) -> int:
    """How many of the lines are no sub-heading of the prose that goes on below them."""
    heads = sum(1 for _ in takewhile(_is_listed_item, lines))
    if heads > 1:
        return heads
    heads = 0
    while heads < len(lines) and is_headline_like(lines[heads]):
        heads += 1
    if heads and heads == len(lines) and len(lines[-1]) <= _MAX_SUBHEADING_CHARS:
        heads -= heads > 1
    if heads >= _MIN_LISTED or not lines:
        return heads
    is_long = len(lines[0]) > _MAX_SUBHEADING_CHARS
    return int(is_headline_like(lines[0]) and (is_long or is_title_case(lines[0])))


def _is_listed_item(line: str) -> bool:
    """Whether a line is an item of a list, and a headline, no code or reference."""
    words = line.partition(" ")[2].lstrip()
    is_plain = words != "" and _OF_CODE.isdisjoint(words)
    return is_item(line) and is_plain and is_headline_like(words)


def find_linked(document: Document) -> Iterator[Finding]:
    """Headlines over a lone "Read more": the link to the story of that name."""
    lines = document.lines
    for index, _ in stub_lines(document, _links()):
        if index > 1 and _is_linked(lines[index - 2], lines[index - 1]):
            yield document.cut(index - 1, "headline over such a link")


@cache
def _links() -> frozenset[str]:
    """Over "Read the whole article" stands an excerpt's end, over these a teaser."""
    return frozenset(stubs_of("more_link").keys() & stubs_of("link_stub"))


def _is_linked(above: str, line: str) -> bool:
    return (
        is_prose(above) and len(line) > _MAX_SUBHEADING_CHARS and is_headline_like(line)
    )


_ARROWS: Final = ("»", "›", "→", " >>")  # ">>" closes brackets of code, too
_GTGT: Final = "&gt;&gt;"
_OPENING_ARROWS: Final = (">> ", "» ", "→ ", f"{_GTGT} ")
_MAX_ARROW_CHARS: Final = 140
_MIN_ARROW_CHARS: Final = 8


def find_arrows(document: Document) -> Iterator[Finding]:
    """Lines that an arrow opens or closes, which quotes nothing: links of a page."""
    if "«" in document.text:
        return
    steps: set[int] = set()  # of what a line with a colon tells
    for index in filter(None, document.candidates_of(ARROW)):
        line = document.lines[index]
        if not (line.endswith(_ARROWS) or line.startswith(_OPENING_ARROWS)):
            continue
        if index - 1 in steps or leads_up(document.lines[index - 1]):
            steps.add(index)
        elif _MIN_ARROW_CHARS <= len(line) <= _MAX_ARROW_CHARS and _is_link(line):
            yield document.cut(index, "a line with an arrow")


def _is_link(line: str) -> bool:
    """Whether a line with an arrow is no sentence, or a question behind the arrow."""
    words = line.replace(_GTGT, ">>").strip("»›→> ")
    asks = line[-1] == "?" and line.startswith(_OPENING_ARROWS)
    return asks or (words != "" and is_open(words))
