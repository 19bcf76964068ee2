"""Who issued the text: contacts, a company's own account."""

from collections.abc import Iterator
from functools import cache
from typing import Final

from cleaner.detectors.looks import plain_words
from cleaner.detectors.stubs import stubs_of
from cleaner.document import OPEN, PROSE, Document
from cleaner.edits import Finding
from cleaner.languages import ANY
from cleaner.patterns import ANY_CHARS, Rule
from cleaner.patterns.slots import phrases

# Its end: no word within, nor the full stop of "3 to 6 p.m. daily".
_STOP: Final = r"(?:[.!](?![ ](?-i:\p{Ll}))|(?=[\s\"”’»)\]]*\Z))"
# What ends it is no full stop: "Mail us at ana@harbour.org. Ana Ruiz is …"
_EMAIL: Final = (
    r"(?:[\w.+-]{1,60}@[\w-]{1,60}\.(?:[\w-]|\.(?=\w)(?!(?-i:\p{Lu}\p{Ll}))){1,40}"
    r"|\[email[ ]protected\])"
)
# Not "Forward the text to report@phishing.example."; the piece `name` has small words,
# too, as in "The writer is a chef".
_NAME: Final = (
    r"(?-i:\p{Lu}[\p{L}'’.-]{0,30}"
    r"(?:[ ](?:\p{Ll}{2,3}[ ])?\p{Lu}[\p{L}'’.-]{0,30}){0,4})"
)
_LAST_LINES: Final = 15
_NUMBER: Final = r"(?=[(+]?\d[\d() ./x-]{5,})[\d(+]"  # not "2045"
# Not "He could not be reached via Facebook."
_REACHED: Final = (
    r"(?<!\b{not_reached?}[ ]){reached_at}{_}"
    r"(?:(?:{article}|{contact_way})(?:{_}|[:,]{_})){0,3}"
)

CONTACTS: Final = (
    # Chinese: in brackets, the author's place of work
    Rule(
        "author_note",
        "line",
        r"[(（]{author_note}[^()（）。\n]{3,60}[)）]",
        90,
        from_line=3,
    ),
    Rule(
        "reached_at",
        "tail",
        r"[^.!?\n]{0,120}"
        + _REACHED
        + r"(?:"
        + _EMAIL
        + r"|@\w|https?://|{channel}(?!\w))(?:[^.!?\n]|\.(?![ ])){0,160}",
    ),
    # By telephone, helplines and lawyers of the story are reached as well.
    Rule(
        "reached_at",
        "tail",
        r"{author_pronoun}\b[^.!?\n]{0,60}" + _REACHED + _NUMBER + r"[^!?\n]{0,160}",
    ),
    Rule(
        "contact_label",
        "line",
        r"[•*(|]?[ ]?{contact_label}{colon}[ ]{0,3}"
        r"(?:" + _EMAIL + r"|@\w|https?://)[^!?\n]{0,120}",
        160,
        last_lines=_LAST_LINES,  # further up it is about something in the story
    ),
    Rule(
        "follow_author",
        "tail",
        r"[(\[]?{follow_author}{_}[^.!?\n]{0,60}(?:@\w|{channel}(?!\w))"
        r"(?![ ]{and_you?}\b)[^!?\n]{0,200}",
    ),
    # "Contact Blake Apgar at bapgar@reviewjournal.com", "Follow Neil @NeilClark66"; not
    # "… to clerk@hafen.example by 30 April", to take part in what the text tells of.
    Rule(
        "author_signed",
        "sentence",
        # Neither "Message-ID: <2001@mail.example>" nor "Tips sent to …"
        r"{reach_out}\b(?!-|[ ]{of_mail?}\b|{within}{0,60}\b{authority?}\b)"
        r"(?:{within}|(?<=[ ](?-i:\p{Lu}))\.){0,120}?"
        + _EMAIL
        + r"(?!{within}{0,80}(?:\b(?:{to_take_part}|{if_you_know?})\b|{deadline}))"
        + r"{within}{0,160}"
        + _STOP,
        lead_chars=ANY_CHARS,  # it names no such phrase
    ),
    Rule(
        "author_signed",
        "line",
        r"(?:{reach_out}|{follow})\b[^.!?\n]{0,60}?@\w{2,40}[^.!?\n]{0,60}[.!]?",
        140,
    ),
    # as in "Ann Lee [Email her] is a retired teacher ..."
    Rule(
        "follow_author",
        "line",
        r"{name}[ ][\[(]{follow_author}[\])][^\n]{0,400}",
        500,
    ),
    # as in "You can follow Ann on Twitter @annlee"
    Rule(
        "you_can_follow",
        "line",
        r"{you_can_follow}{_}[^.!?\n]{2,60}?@\w{2,40}[.!]?",
        140,
    ),
    # "Visit The Pilot at pilotonline.com"
    Rule(
        "visit_site",
        "sentence",
        r"{visit_site}(?!\w)[^.!?\n]{0,60}?{url}(?:{_}[^.!?\n]{1,60})?" + _STOP,
    ),
    Rule("about_author", "line", r"{about_author}{colon}?", 60),
    # the heading and what it heads: "About the author: Ann Lee is the founder of …"
    Rule(
        "about_author",
        "line",
        r"{about_author}:[ ]" + _NAME + r",?{_}{is_a?}\b[^\n]{10,900}",
        950,
    ),
    Rule("author_signed", "line", _NAME + r",?[ ]?[–—-]?[ ]" + _EMAIL, 100),
    Rule("author_signed", "line", r"{name}:[ ][\d+(][\d() .-]{6,20},[ ]@\w{1,40}", 100),
)

ABOUT: Final = "about"  # the slot
MAX_HEADING_CHARS: Final = 80
_MIN_ACCOUNT_CHARS: Final = 60
_MAX_PART_CHARS: Final = 24
_PART: Final = bytes([OPEN, PROSE])
_NAME_CHARS: Final = 90  # the account names its company within its first clause
_CAPITALIZES_NOUNS: Final = "de"  # "Über Geld" may head a part of the story


def find_companies(document: Document) -> Iterator[Finding]:
    r"""In the second half: "About X" over a paragraph that begins with X.

    >>> from cleaner import explain
    >>> account = "Acme is a maker of ferries that has yards in thirty countries."
    >>> done = explain("The ferry was sold. " * 5 + "\nAbout Acme\n" + account)
    >>> [done.original[edit.start:edit.end].strip()[:10] for edit in done.edits]
    ['About Acme', 'Acme is a ']
    """
    lines, openings = document.lines, _about_openings()
    for index in document.candidates_of(ABOUT):
        heading, account = lines[index], "".join(lines[index + 1 : index + 2])
        if len(heading) > MAX_HEADING_CHARS or not heading.startswith(openings):
            continue
        if _is_part(document, index):
            continue
        is_late = document.starts[index] * 2 >= len(document.text)
        is_long = len(account) >= _MIN_ACCOUNT_CHARS
        if is_late and is_long and _names_company(document, heading, account):
            yield document.cut(index, "about a company")
            yield document.cut(index + 1, "about a company")


def _is_part(document: Document, index: int) -> bool:
    """Whether headings over prose stand above and below: parts of a guide."""
    return all(_heads_part(document, at) for at in (index - 2, index + 2))


def _heads_part(document: Document, index: int) -> bool:
    heading = document.lines[index] if 0 <= index < len(document.lines) else ""
    is_part = document.shapes[index : index + 2] == _PART
    is_about = heading.startswith(_about_openings())
    return is_part and len(heading) <= _MAX_PART_CHARS and not is_about


def _names_company(document: Document, heading: str, account: str) -> bool:
    """Whether what a heading is about is a name, which the account gives as well."""
    name, whole = _company(heading), heading.partition(" ")[2].rstrip(": ")
    if not name[:1].isupper() or not _has_name(name, account[:_NAME_CHARS]):
        return False
    return (" " in whole and whole in account) or not _is_word(document, name)


def _has_name(name: str, opening: str) -> bool:
    """Whether an opening has a name, not a longer word that begins so."""
    _, found, rest = opening.partition(name)
    goes_on = rest.removeprefix("s")[:1].isalpha()  # but for a genitive
    return found != "" and not (goes_on and name.isascii())


def _company(heading: str) -> str:
    """Of "About X" the first word, of "About the X" and in German X; "" for a noun."""
    about, _, named = heading.rstrip(": ").partition(" ")
    first, _, rest = named.partition(" ")
    has_article = first.islower()
    if not has_article and about.casefold() not in phrases(_CAPITALIZES_NOUNS, ABOUT):
        return first
    name = rest if has_article else named
    return "" if name.isalpha() and name.istitle() else name


def _is_word(document: Document, first: str) -> bool:
    """Whether it opens sentences, or stands in the text in small letters: "That"."""
    small = first.lower()
    return small in stubs_of("sentence_opener") or small in plain_words(document)


@cache
def _about_openings() -> tuple[str, ...]:
    words = phrases(ANY, ABOUT)
    return tuple(f"{form} " for w in words for form in (w.capitalize(), w.upper()))
