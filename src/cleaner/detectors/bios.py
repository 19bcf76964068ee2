"""Who wrote or issued the text: author lines, contacts, a company's own account."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final

from cleaner.detectors.stubs import stubs_of
from cleaner.document import Document
from cleaner.edits import Finding
from cleaner.languages import LANGUAGES
from cleaner.patterns import Rule, find_by

_IN: Final = r"(?:[^.!?\n]|[.](?=\w))"  # within a sentence that may hold an address
_EMAIL: Final = r"(?:[\w.+-]{1,60}@[\w-]{1,60}\.[\w.-]{1,40}|\[email[ \xa0]protected\])"

CONTACTS: Final = (
    Rule(
        "reached_at",
        "tail",
        r"[^.!?\n]{0,120}{reached_at}{_}(?:(?:{article}|{contact_way})(?:{_}|[:,]{_})){0,3}"
        r"(?:" + _EMAIL + r"|@\w|https?://|[\d(+]|{channel}(?!\w))[^!?\n]{0,160}",
    ),
    Rule(
        "contact_label",
        "line",
        r"[•*(|]?[ ]?{contact_label}{colon}[ ]?(?:" + _EMAIL + r"|@\w|https?://|[\d(+])"
        r"[^!?\n]{0,120}",
        160,
    ),
    Rule(
        "follow_author",
        "tail",
        r"[(\[]?{follow_author}{_}[^.!?\n]{0,60}(?:@\w|{channel}(?!\w))[^!?\n]{0,200}",
    ),
    # "Contact Blake Apgar at bapgar@reviewjournal.com", "Follow Neil Clark @NeilClark66"
    Rule(
        "author_signed",
        "sentence",
        r"{reach_out}\b" + _IN + r"{0,120}?" + _EMAIL + _IN + r"{0,160}[.!]?",
    ),
    Rule(
        "author_signed",
        "line",
        r"(?:{reach_out}|{follow})\b[^.!?\n]{0,60}?@\w{2,40}[^.!?\n]{0,60}[.!]?",
        140,
    ),
    # "Visit The Pilot at pilotonline.com"
    Rule(
        "visit_site",
        "sentence",
        r"{visit_site}(?!\w)[^.!?\n]{0,60}?{url}(?:{_}[^.!?\n]{1,60})?[.!]?",
    ),
    Rule("about_author", "line", r"{about_author}{colon}?", 60),
    Rule("author_signed", "line", r"{name},?[ ]?[–—-]?[ ]" + _EMAIL, 100),
    Rule("author_signed", "line", r"{name}:[ ][\d+(][\d() .-]{6,20},[ ]@\w{1,40}", 100),
)

_AUTHOR: Final = (
    Rule(
        "author_role",
        "line",
        r"[—–*-]{0,2}[ ]?(?:{author_title}{_})?{name}(?:,[^.!?\n]{1,80},)?{_}{is_a}{_}"
        r"(?:[^.!?,\n]{1,60}{_})?{author_role}(?!\w)[^\n]{0,900}",
        1000,
    ),
    Rule("author_work", "line", r"[^.!?\n]{0,60}{author_work}{_}[^\n]{0,600}", 700),
)
_TRAIT: Final = "author_trait"
AUTHOR_SLOTS: Final = frozenset({*(rule.slot for rule in _AUTHOR), _TRAIT})
# Lines from the end in which a line that begins "X is a reporter" is about the author;
# further up it is about someone in the story.
_LAST_LINES: Final = 6
_FIRST_LINES: Final = 3
_find_author_lines: Final = find_by(
    rule._replace(from_line=_FIRST_LINES, last_lines=_LAST_LINES) for rule in _AUTHOR
)


def find_authors(document: Document) -> Iterator[Finding]:
    """Lines near the end that say who the author is, and those that go on about them."""
    lines = document.lines
    first = max(len(lines) - _LAST_LINES, _FIRST_LINES)
    if first >= len(lines):
        return
    found = set(_accounts(document, range(first, len(lines))))
    starts = {document.start(index): index for index in range(first, len(lines))}
    found |= {
        starts[finding.start]
        for finding in _find_author_lines(document)
        if finding.start in starts
    }
    for index in range(first + 1, len(lines)):
        if index - 1 in found and lines[index].split(" ", 1)[0].lower() in _PRONOUNS:
            found.add(index)
    for index in sorted(found):
        yield document.cut(index, "an author's account")


_PRONOUNS: Final = stubs_of("author_pronoun")
_MIN_ACCOUNT_TRAITS: Final = 3  # two where a role opens the line
_MAX_TRAIT_CHARS: Final = 700
_MIN_TRAIT_CHARS: Final = 40
_QUOTED: Final = frozenset('"“”')


def _accounts(document: Document, span: range) -> Iterator[int]:
    """Lines with several things that only accounts of authors say, of a new name."""
    lines = document.lines
    slots = (slot for slot in document.candidates if slot.name == _TRAIT)
    places = {index for slot in slots for index in document.candidates[slot]}
    for index in sorted(places.intersection(span)):
        line = lines[index]
        if (
            _MIN_TRAIT_CHARS <= len(line) <= _MAX_TRAIT_CHARS
            and _QUOTED.isdisjoint(line)
            and _opens_account(line, lines[_FIRST_LINES:index])
        ):
            yield index


def _opens_account(line: str, story: Sequence[str]) -> bool:
    """Whether the line opens with a role, or with a name that the story lacks."""
    words = line.lstrip("—–*- ").split()
    if words[0].lower() in _OPENINGS:
        role = _phrases("author_role").search(line, 0, _OPENING_CHARS)
        return role is not None and _trait_count(line) >= _MIN_ACCOUNT_TRAITS - 1
    name = words[1].strip(",.()") if len(words) > 1 else ""
    is_name = words[0][:1].isupper() and name[:1].isupper() and name[-1:].islower()
    return (
        is_name
        and words[0].lower() not in _OPENERS
        and not any(name in text for text in story)
        and _trait_count(line) >= _MIN_ACCOUNT_TRAITS
    )


def _trait_count(line: str) -> int:
    return len(set(map(str.lower, _phrases(_TRAIT).findall(line))))


_OPENINGS: Final = stubs_of("author_opening")
_OPENERS: Final = stubs_of("sentence_opener")
_OPENING_CHARS: Final = 60


@cache
def _phrases(slot: str) -> re.Pattern[str]:
    words = {w for lang in LANGUAGES.values() for w in lang.phrases.get(slot, ())}
    whole = "|".join(map(re.escape, sorted(words)))
    return re.compile(rf"(?<!\w)(?:{whole})(?!\w)", re.IGNORECASE)


ABOUT: Final = "about"  # the slot
_MAX_HEADING_CHARS: Final = 80
_MIN_ACCOUNT_CHARS: Final = 60
_NAME_CHARS: Final = 90  # the account names its company within its first clause


def find_companies(document: Document) -> Iterator[Finding]:
    r"""In the second half: "About X" over a paragraph that begins with X.

    >>> from cleaner import explain
    >>> account = "Acme is a maker of ferries that has yards in thirty countries."
    >>> done = explain("The ferry was sold. " * 5 + "\nAbout Acme\n" + account)
    >>> [done.original[edit.start:edit.end].strip()[:10] for edit in done.edits]
    ['About Acme', 'Acme is a ']
    """
    lines, openings = document.lines, _about_openings()
    slots = (slot for slot in document.candidates if slot.name == ABOUT)
    places = {index for slot in slots for index in document.candidates[slot]}
    for index in sorted(places - {len(lines) - 1}):
        heading = lines[index]
        if heading.startswith(openings) and len(heading) <= _MAX_HEADING_CHARS:
            account = lines[index + 1]
            name = heading.rstrip(": ").split(" ")[1]
            named = name in account[:_NAME_CHARS] and name[:1].isupper()
            is_late = document.start(index) * 2 >= len(document.text)
            if named and is_late and len(account) >= _MIN_ACCOUNT_CHARS:
                yield document.cut(index, "about a company")
                yield document.cut(index + 1, "about a company")


@cache
def _about_openings() -> tuple[str, ...]:
    words = [w for lang in LANGUAGES.values() for w in lang.phrases.get(ABOUT, ())]
    return tuple(f"{form} " for w in words for form in (w.capitalize(), w.upper()))
