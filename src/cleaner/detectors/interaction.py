"""What a page asks of its readers: comment, share, vote, log in, fill a form."""

from collections.abc import Iterator
from typing import Final

from cleaner.detectors.continuations import with_rest
from cleaner.detectors.stubs import names_source, opens_as_story
from cleaner.document import Document
from cleaner.edits import Finding
from cleaner.memo import late_pattern
from cleaner.patterns import Rule, find_by, is_of

_NUMBER: Final = r"[\d.,]{0,8}\d\s?[km]?\+?"
_NO_DEADLINE: Final = r"(?![^.!?]{0,160}{deadline})"
# Not "You will see “Thanks for signing up”": what a story or a guide shows.
_UNQUOTED: Final = r"(?<![\"“„«‘`])"
_REST: Final = r"[^.!?]{0,160}{sentence_end}"
# Not a quotation, but a question that may end in a quoted name: "… on 'The Voice?'"
_ASKED: Final = (
    r"(?:(?![\"“„«‘'])[^.!?]{3,200}!?[?][?!]{0,2}"
    r"(?:(?<=[^:,][ ]['‘][^.!?'‘’\"“”]{1,40}[?])['’])?{_})"
)

_MESSAGE: Final = "form_message"  # the slot

RULES: Final = (
    # "31.4k SHARES Share Tweet", "4,101 4,101 Retweets 3,957 3,957 likes"
    Rule(
        "counted",
        "line",
        rf"(?:(?:{_NUMBER}\s{{0,3}}){{1,2}}{{counted_word}}[\s,|]{{0,4}}){{1,4}}"
        r"(?:(?:{share_button}|{channel}|{share_this}{_}{on_channel})[\s,|]{0,4}){0,8}",
        120,
    ),
    Rule("counted", "line", r"{counted_word}\s?[(（:：]\s?\d{1,6}\s?[)）]?", 40),
    # "… to brighten up your day. (Got any ideas? Drop me a line.)", also before a link
    Rule("reader_aside", "inline", r"\({reader_aside}[^()\n]{0,60}(?:\)|\Z)"),
    # "Did you watch? Tell us what you thought in the comments!"
    Rule(
        "in_comments",
        "sentence",
        _ASKED
        + r"{0,3}(?:[^.!?]{0,120}[,:;–—-]\s(?:\w{1,4}\s)?)?{tell_us}\b"
        + _NO_DEADLINE
        + r"[^.!?]{0,80}{in_comments}\b"
        + _REST,
    ),
    # Not "Sharing is caring: how the allotment fed a street"
    Rule(
        "share_this",
        "sentence",
        r"(?:[\W_]{1,4})?{share_this}\b[^.!?]{0,140}"
        r"(?:!|:(?![ ](?!{channel}\b)(?-i:\p{Ll})))",
    ),
    Rule(
        "share_this",
        "line",
        r"{share_this}\b(?:\s(?:{channel}|{share_button}|{on_channel})[\s,:|&]{0,3}){0,12}[.!:]?",
        160,
    ),
    # "Recommend this story to a friend by clicking on the share button below."
    Rule(
        "ask_reader",
        "sentence",
        _ASKED
        + r"{0,3}(?:[\w’']{1,20},?[ ]){0,2}?{ask_reader}\b"
        + _NO_DEADLINE
        + r"[^.!?]{0,80}\b{reply_place}\b"
        + _REST,
    ),
    # "Is Kendall right? Let us know!"
    Rule("let_us_know", "tail", _ASKED + r"{1,3}{let_us_know}\b[^.!?]{0,80}[.!…]{1,3}"),
    # "Please take a moment to SHARE this on Facebook and spread the message …"
    Rule(
        "share_story",
        "sentence",
        r"[\W_]{0,4}(?:{share_lead}{_}){0,2}{share_story}\b"
        r"(?![^.!?\n]{0,60}:[ ](?-i:\p{Ll}))[^.!?]{0,200}{sentence_end}",
    ),
    # "Click to share on WhatsApp (Opens in new window)", in a line of the story
    Rule(
        "click_to_share",
        "inline",
        r"(?-i:(?=\p{Lu})){click_to_share}{_}{channel}{_}\({new_window}\)",
    ),
    # Not "Join the discussion on Thursday evenings"
    Rule(
        "join_talk",
        "line",
        r"{join_talk}\b(?!{_}{on_weekday}\b)[^.!?]{0,80}[.!»:…]{0,3}",
        110,
    ),
    # not "Comments are now closed on the plan, which drew 214 objections."
    Rule(
        "comment_policy",
        "line",
        r".{0,300}{comment_policy}\b(?!{_}{on_topic?}\b).{0,600}",
        900,
    ),
    Rule("share_this", "line", r"{share_this}\b[^.]{0,60}[\s:]{channel}[.!]?", 100),
    # A longer line may go on with the story.
    Rule(
        _MESSAGE,
        "line",
        r".{0,160}" + _UNQUOTED + r"{form_message}.{0,260}",
        300,
    ),
    Rule(
        _MESSAGE,
        "line",
        r".{0,160}{form_message}(?>.{0,240}?{form_message}){2,}.{0,100}",
        700,
    ),
    Rule(
        _MESSAGE,
        "sentence",
        r"[^.!?]{0,80}" + _UNQUOTED + r"{form_message}[^.!?]{0,80}(?:[.!?]{1,3}|\Z)",
    ),
    Rule("form_error", "sentence", r"{form_error}[.!]"),
    Rule("poll", "line", r"[^.!?]{0,40}{poll}\b.{0,300}", 360),
    # Not "He is already a subscriber to the Times."
    Rule(
        "log_in",
        "line",
        r"(?!{somebody?}\b)(?:[\w'’]{1,12}\s){0,4}{log_in}\b.{0,80}",
        120,
    ),
    Rule(
        "reader_call",
        "sentence",
        r"[(\[]?(?:[^.!?]{0,60}\?\s)?{reader_call}\b[^.!?]{0,60}[.!?)\]]{1,3}",
    ),
)

# In the last line only, or over the source: a story may ask too, and answer.
QUESTIONS: Final = (
    # "What do you think of the new hall?"
    Rule(
        "opinion_question",
        "line",
        r"¿?(?:\p{L}{5,20},[ ])?(?:{tell_us?},?{_})?{opinion_question}\b"
        r"[^.!?\n]{0,160}[?](?:{_}[^.!?\n]{3,90}[?]){0,2}",
        260,
        from_line=3,
        last_lines=2,
    ),
    # the same at the end of a paragraph
    Rule(
        "opinion_question",
        "tail",
        r"{opinion_question}\b[^.!?\n]{0,160}[?](?:{_}[^.!?\n]{3,90}[?]){0,2}",
        from_line=3,
        last_lines=2,
    ),
)

# A run of buttons on one line: "Facebook Twitter Google Plus Embed".
BUTTONS: Final = (
    Rule(
        "network_run",
        "line",
        r"(?=.{0,220}{network_run})(?:(?:{channel}|{share_button})[\s,|/·•:+]{1,4}){1,14}"
        r"(?:{channel}|{share_button})\W{0,2}",
        240,
    ),
)

_find_cued: Final = find_by(RULES)
_find_questions: Final = find_by(QUESTIONS)


@with_rest
def find_prompts(document: Document) -> list[Finding]:
    """What a page asks, but for a line that a form's message has behind a story."""
    return [
        finding
        for finding in _find_cued(document)
        if not is_of(finding, _MESSAGE)
        or not opens_as_story(document.text[finding.start : finding.end], _MESSAGE)
    ]


def find_closing_questions(document: Document) -> Iterator[Finding]:
    """What the last line asks of readers, or the one over the text's source."""
    last = len(document.lines) - 1
    for finding in _find_questions(document):
        is_last = document.line_at(finding.start) == last
        if is_last or names_source(document.lines[last]):
            yield finding


_MAX_ASKED: Final = 2  # times, above the form
POLL: Final = "poll_mark"  # the slot
_POLL: Final = late_pattern(r"([^?*\n]{8,200}\?) \* [^\n]{2,400}\Z")


def find_polls(document: Document) -> Iterator[Finding]:
    """A form's question with its answers, and the question above it, once or twice.

    "Will it be built?" over "Will it be built? * Yes, it will. No, it won't."
    """
    lines = document.lines
    for index in document.candidates_of(POLL):
        if match := _POLL().match(lines[index]):
            yield document.cut(index, "a question and its answers")
            if index:
                yield from _asked_at_end(document, index - 1, match[1])


def _asked_at_end(document: Document, index: int, question: str) -> Iterator[Finding]:
    """What of a line asks the question, at its end."""
    kept = line = document.lines[index]
    for _ in range(_MAX_ASKED):
        kept = kept.removesuffix(question).rstrip()
    if kept != line:
        yield document.cut_part(index, len(kept), len(line), "asked above its answers")
