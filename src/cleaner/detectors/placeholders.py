"""Left-overs of machines: embeds, players, templates, scripts, tickers."""

from typing import Final

from cleaner.detectors.continuations import with_rest
from cleaner.detectors.looks import is_amid_code
from cleaner.detectors.stubs import is_amid_sentence, opens_as_story
from cleaner.document import Document
from cleaner.edits import Finding
from cleaner.patterns import Rule, find_by, is_of

# Of a quoted tweet only the links go; two of them may have run together, and one with
# the word before it, where the signature follows.
EMBEDS: Final = (
    Rule(
        "short_link",
        "inline",
        r"(?:(?<!\w)|(?=\S{18,80}[ ])){short_link}"
        r"(?:\w{1,30}?{embed}\w{1,30}|\w{1,30}(?:/[\w/]{1,30})?…?)",
    ),
    Rule("embed", "inline", r"{embed}\w{1,30}…?"),
    # Indonesian: in brackets, the name of what stood there
    Rule("embed_tag", "inline", r"\[{embed_tag}[^\[\]\n]{0,40}\]"),
    # Portuguese: where a blog's recording is played, "SONORA_TEMER", "SONORA 2111 FUX"
    Rule(
        "audio_mark",
        "inline",
        r"(?-i:(?=\p{Lu}{6})){audio_mark}(?-i:"
        r"(?<=_)\p{Lu}{3,14}(?:[ _]\p{Lu}{3,14})?(?:[ ]\d{4})?"
        r"|[ ]\d{4}(?:[ ]\p{Lu})?[ ]\p{Lu}{3,14})(?!\w)(?![ ](?-i:\p{Ll}|\d))",
    ),
    Rule("embed_note", "line", r"{embed_note}[^.!?]{0,120}"),
    Rule(
        "embed_code",
        "line",
        r"(?=[^\n]{0,980}//|[^<]{0,980}\Z)[^\n]{0,80}{embed_code}[^\n]{0,900}",
        1000,
    ),
    Rule(
        "embed_note_at", "line", r"{embed_note_at}{_}[^.!?]{1,60}{_}\(@\w[^!?]{1,120}"
    ),
)

_LABEL: Final = "player_label"  # the slots
_FRAME: Final = "player_frame"
PLAYERS: Final = (
    # "WATCH Ann's Bridge Share Tweet Email More... EMBED URL<script …"
    Rule(
        "embed_controls",
        "inline",
        r"\A[^\n]{0,200}{embed_controls}[^\n]{0,900}:\d\d(?!\d)",
    ),
    # "… to rewrite history. Watch the ridiculous exchange below:"; of "Watch it here:"
    # the post may follow
    Rule(
        "watch_below",
        "tail",
        r"{watch_below}{_}(?!{watched?}\b)(?:[\w'’”“-]{1,16}{_}){0,7}"
        r"(?:{place_below}[.:!]{0,2}|{place_here}[.!])",
    ),
    Rule(
        "player_message",
        "sentence",
        r"[^.!?\n]{0,100}{player_message}(?![ ]{games?})[^.!?\n“]{0,150}(?:[.!]|\Z)",
    ),
    Rule(
        "player_count",
        "line",
        r"(?:{player_count}[:\s-]{1,3}[\d:.%]{1,8}[\s/|-]{0,3}){1,4}",
        80,
    ),
    # such as "Listen to this article · 8:41 min Learn more"
    Rule(
        "listen_article",
        "line",
        r"{listen_article}[ ]\d{1,3}:\d\d[^.\n]{0,20}",
        60,
    ),
    # "SCROLL DOWN FOR VIDEO Ann Lee, 34, had …", between two sentences or before one
    Rule(
        "scroll_cue",
        "inline",
        r"(?:\A|(?<=[.!?…][\"”’»)]{0,2}[ ]{0,3})){scroll_cue}[.:]?"
        r"(?=[ ](?-i:\p{Lu})|\s*\Z)",
    ),
    # of a post: "View this post on Instagram A post shared by Ann Lee (@annlee)"
    Rule(
        "view_post",
        "inline",
        r"(?:\A|(?<=[.!?…][\"”’»)]{0,2}[ ]{0,3})){view_post}"
        r"(?:[ ]{shared_by}[ ][^()\n]{1,60}\(@[\w.]{1,40}\)"
        r"(?:[ ]\w{2}[ ]\w{3}[ ]\d{1,2},[ ]\d{4})?)?",
    ),
    Rule(_LABEL, "line", r"{player_label}{colon}?(?:\.{3}|…)?", 40),
    Rule(
        "media_call",
        "line",
        r"{media_call}{_}(?:[^.!?:]{0,100}{_})?{pointer}[ ]?[.:!…]{0,3}",
        140,
    ),
    # "Watch the video from the harbour below.", not "Watch the steam below."
    Rule(
        "to_play",
        "line",
        r"{to_play}{_}(?:[^.!?:]{0,80}{_})?{to_be_seen}{_}(?:[^.!?:]{0,80}{_})?{pointer}"
        r"[ ]?[.:!…]{0,3}",
        140,
    ),
    Rule("player_setting", "line", r"\W{0,2}{player_setting}[^.!?]{0,200}", 240),
    # "Play TITLE Facebook Twitter Google Plus Embed", "JUST WATCHED … MUST WATCH …"
    Rule(_FRAME, "line", r"[^\n]{0,260}{player_frame}[^\n]{0,200}", 400),
    # a video's title, its button and its length
    Rule("video_clock", "line", r"[^\n]{4,200}[ ]{video_clock}[ ]?\d{1,2}:\d{2}", 240),
    Rule("media_warning", "line", r"[*(\[]?{media_warning}[^!?]{0,100}[!)\]]?", 140),
)

# Not in the middle of "BRK.B" or "NYSE:BRK.B", nor in brackets, which would be torn.
_NOT_WITHIN: Final = r"(?<![\w.:])(?<!\((?-i:[A-Z0-9.:,+−% -]{0,40}))"
# "BTCUSD, -3.85%" and "(.SPX)", which sites put after the name of what is traded.
TICKERS: Final = (
    Rule(
        "ticker_change",
        "inline",
        _NOT_WITHIN + r"(?-i:[A-Z][A-Z0-9.]{0,11}|\d{6}){ticker_change}\d{1,3}\.\d\d%",
    ),
    # "LUNAUSD, -6.67 value": the sign was lost
    Rule(
        "ticker_change",
        "inline",
        _NOT_WITHIN + r"(?-i:[A-Z]{3,9}){ticker_change}\d{1,3}\.\d\d(?=[ ][\p{L},.])",
    ),
    # what a site sells beside a company's code: "(NYSE:F - Get Free Report)"
    Rule("get_report", "inline", r"[ ][–-][ ]{get_report}(?=\))"),
    Rule("yield_code", "inline", r"{yield_code}\dY,[ ]\d{1,2}\.\d{1,3}%"),
    # but for a file's ending in brackets, such as EXE
    Rule(
        "ticker_open",
        "inline",
        r"(?<=\w[ ])(?!\(\.{file_suffix}\))(?-i:\(\.[A-Z][A-Z0-9]{1,15}\))",
    ),
)

# "[video]" alone is part of many a headline; with attributes it is none.
_ATTRIBUTES: Final = r"[ ](?:[\w-]{1,30}=|https?:)[^\[\]]{1,400}"
_TEMPLATE: Final = "template_open"  # the slot
_COMMENT: Final = "comment_open"  # the slot
_COMMENT_END: Final = ("-->", "–>")
_MAX_COMMENT_LINES: Final = 20

MARKUP: Final = (
    # not the code that an article shows, which says in words what it does
    Rule(
        "script",
        "line",
        r"(?![^\n]{0,3300}//[ ]\p{L})[^\n]{0,300}{script}[^\n]{0,3000}",
        4000,
    ),
    Rule("lorem_ipsum", "line", r"[^\n]{0,60}{lorem_ipsum}[^\n]{0,900}", 1000),
    # not in the code that an article shows: <title>{{ name }}</title>, src="{{ path }}"
    Rule(
        _TEMPLATE,
        "inline",
        r"(?<![>\"'=/])\{\{[ ]?[\w.|-]{1,60}[ ]?\}\}(?![<\"'/])",
    ),
    # Chinese, where sentences need no space between them: "…公交车。<br>北京公交…"
    Rule(
        "line_break",
        "inline",
        r"(?<=[。！？；』」）]){line_break}(?:{line_break}){0,5}"
        r"(?=[\p{Han}“‘「『（【\d]|\s*\Z)",
    ),
    # one that goes on in the next lines is code that is shown, too
    Rule(_COMMENT, "line", r"(?!<!-{2,3}\Z)<[ ]?!-{0,2}–?[^<>]{0,300}(?:(?:--|–)>)?"),
    Rule("shortcode_open", "inline", r"{shortcode_open}" + _ATTRIBUTES + r"\]"),
    Rule("shortcode_close", "inline", r"{shortcode_close}\]"),
    # glued between a story and what was set beside it, a box or a quote
    Rule("glued_ruler", "inline", r"(?<=[.!?”’]){glued_ruler}=*(?=[\p{L}“‘])"),
    Rule("ruler", "line", r"(?:_{3,8}|—{3,8})"),
    # the name that a system gives to a picture of the screen
    Rule(
        "screen_shot",
        "inline",
        r"{screen_shot}{_}\d{4}-\d{2}-\d{2}{_}\w{1,4}{_}[\d.]{5,8}(?:{_}[AP]M)?",
    ),
)

# Marks of a writer's links and BBCode.
MARKS: Final = (
    # Polish: the label of sources whose links are gone, at the very end
    Rule(
        "empty_source",
        "inline",
        r"(?:\A|(?<=[.!?…:”\"][ ]{1,3}))(?-i:(?=\p{Lu})){empty_source}"
        r"[ ]?:[ \"”„,]{0,8}\Z",
        last_lines=1,
    ),
    Rule("link_mark", "inline", r"{link_mark}"),
    Rule("bb_code", "inline", r"{bb_code}"),
    Rule(
        "bb_code",
        "inline",
        r"\[(b|i|u|quote|img|url(?:=[^\[\]\n]{1,300})?)\](?=[^\n]{0,1000}?{bb_code})",
    ),
)

_find_in_players: Final = find_by(PLAYERS)
_find_left_overs: Final = find_by(MARKUP)


@with_rest
def find_players(document: Document) -> list[Finding]:
    """What players leave, but for words of a story: "Das", "Video", "ist die Folge"."""
    found = _find_in_players(document)
    return [finding for finding in found if not _is_told(document, finding)]


def _is_told(document: Document, finding: Finding) -> bool:
    """Whether a sentence goes on over a label, or a story is before a frame."""
    if is_of(finding, _LABEL):
        return is_amid_sentence(document, document.line_at(finding.start))
    line = document.text[finding.start : finding.end]
    return is_of(finding, _FRAME) and opens_as_story(line, _FRAME)


def find_markup(document: Document) -> list[Finding]:
    """Left-overs of markup, but for comments and "{{ name }}" in code that is shown."""
    found = list(_find_all(document))
    for opening in [finding for finding in found if is_of(finding, _COMMENT)]:
        found += _to_its_end(document, opening)
    return found


@with_rest
def _find_all(document: Document) -> list[Finding]:
    shows_templates = "{%" in document.text
    return [
        finding
        for finding in _find_left_overs(document)
        if not (is_of(finding, _TEMPLATE) and shows_templates)
        and not (
            is_of(finding, _COMMENT)
            and is_amid_code(document.lines, document.line_at(finding.start))
        )
    ]


def _to_its_end(document: Document, opening: Finding) -> list[Finding]:
    """The lines of a comment below the one that opens it, to the one that ends it."""
    if document.text[opening.start : opening.end].endswith(_COMMENT_END):
        return []
    first = document.line_at(opening.start) + 1
    below = document.lines[first : first + _MAX_COMMENT_LINES]
    for count, line in enumerate(below, 1):
        if line.endswith(_COMMENT_END):
            lines = range(first, first + count)
            return [document.cut(at, "of a comment in the markup") for at in lines]
    return []
