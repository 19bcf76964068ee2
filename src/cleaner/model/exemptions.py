"""Lines in doubt that the line model is not asked about.

It has learned from news, where a lone short line is often noise. Such lines are also
in tables, lists, references, and short paragraphs, and in sentences that an extractor
broke up.
"""

import re
from collections.abc import Sequence
from typing import Final

from cleaner.detectors.glossary import is_in_glossary
from cleaner.detectors.looks import (
    heads_prose,
    is_amid_code,
    is_amid_facts,
    is_cut_off,
    is_figure,
    is_of_columns,
)
from cleaner.detectors.stubs import names_own_list
from cleaner.document import COLONS, GOES_ON, PROSE_WIDTH, is_open, runs_on, width
from cleaner.model.features import is_in_doubt
from cleaner.patterns.sentences import is_spoken

_ITEM_MARK: Final = re.compile(
    r"[(（]?(?:[^\W\d_]{0,2}\d{1,3}|[^\W\d_]{1,3})[.:)、．：）]"
)
_DIGITS: Final = re.compile(r"\d+")
_STOPS: Final = ".。．।"
_COUNT: Final = re.compile(r"(\d{1,3}) ")
# A table's cell that holds a sum, a share or a measure: "$14.55", "3 %".
_VALUE: Final = re.compile(r"[$€£¥%]|\d[.,]\d")
# A row that gives a price: "- $35 to $60 - Buy on Amazon", "Desk Price: $1078.99".
_PRICED: Final = re.compile(r"(?:- ?|[^:]{2,40}: ?)?[$€£]\d")
_STROKES: Final = "=-~"
_OPENING_BRACKETS: Final = "([（【"
_SECTIONS: Final = re.compile(r"([*_])(?: ?\1){2,10}")  # "* * *" stands between them
_ADDRESS: Final = re.compile(r".{0,90}?https?://\S+")  # and whose it is
# The players of a side, by rows: "Town: Dacre; Pope, Hill, Low, Ash; Kerr, Finn"
_LINE_UP: Final = re.compile(
    r"[^:：]{2,40}[:：] ?[^:：;/]{2,60}[;/](?:[^,、;/]{2,60}[,、;/]){4}"
)
_BESIDE_LINE_UP: Final = 2
# As of goals, by halves too: "Union 2(0―1、2―0)1".
_SCORE: Final = re.compile(
    r"\D\b\d{1,2} ?(?:\([^()]{3,20}\) ?|[-–―:])\d{1,2}\b(?![-–―:.]\d)"
)
# "Telephone: 010-62328487", "Office: Market Street 4": a name, and what it is of.
_NAMED: Final = re.compile(r"[^:：]{2,20}[:：] ?(?!http)[^/\s]")
_TELEPHONE: Final = re.compile(r"\d{3,4}[-－ ]?\d{4}|\d{6}")
# A sentence that a house signs: "… gave the town 60 days to reply. - Rappler.com"
_SIGNED: Final = re.compile(r"\w[.!?][”\"’»)]{0,2} [–—-] ?[\w.]{3,20}\Z")
_BESIDE_CELLS: Final = 3
_MIN_FIGURES: Final = 3
_LAST_VALUE: Final = 5  # lines below the first of three labels
_MAX_LABEL_CHARS: Final = 30
_MIN_VALUES: Final = 2
# A list that a sentence announces: how far up that is looked for.
_MAX_ITEMS: Final = 20
_MIN_ITEMS: Final = 2
_MAX_OWN_LINES: Final = 40  # of such a list
_MIN_ANNOUNCING_CHARS: Final = 60
_MIN_REST_CHARS: Final = 48
_MIN_PROSE_SPACES: Final = 5
_MAX_PARTS: Final = 2  # of a broken sentence, above a line
_DOI_SIGNS: Final = ("doi.org/", "DOI: ", "doi: ")
_PLUS: Final = "+ "  # "+ AI could strengthen democracy.": an item of a round-up


def is_exempt(lines: Sequence[str], index: int) -> bool:
    """Whether it is of a table, a list or a sentence, heads prose, or has a DOI.

    >>> story = "The council voted on Monday to keep the old bridge open to walkers, "
    >>> lines = [story + "and to close it to cars from May.", "D4: Ana", "D5: Li", "X"]
    >>> [is_exempt(lines, index) for index in range(4)]
    [False, True, True, False]
    """
    return any(is_so(lines, index) for is_so in _EXEMPTIONS)


def _is_of_match(lines: Sequence[str], index: int) -> bool:
    """Whether a line gives a score, or stands beside the players of a side.

    Of the lines of 14,840 articles it would take two such, "12:15-13:00 BST"; both are
    content. Reports of matches are rare there.
    """
    near = lines[max(index - _BESIDE_LINE_UP, 0) : index + _BESIDE_LINE_UP + 1]
    return _SCORE.search(lines[index]) is not None or any(map(_LINE_UP.match, near))


def _is_row(lines: Sequence[str], index: int) -> bool:
    line = lines[index]
    return "\t" in line or "`" in line or line[0] == "|" or bool(_PRICED.match(line))


def _opens_bracket(lines: Sequence[str], index: int) -> bool:
    """Whether a line breaks off behind a bracket: "in the journal (", and its name."""
    return lines[index][-1] in _OPENING_BRACKETS


def _is_at_underline(lines: Sequence[str], index: int) -> bool:
    """Whether a line is a heading in a README with a line drawn under it, or either."""
    return any(
        _is_underline(lines, at) for at in range(index, min(index + 2, len(lines)))
    )


def _is_underline(lines: Sequence[str], index: int) -> bool:
    """Whether a line is drawn under the one above."""
    line = lines[index]
    return (
        index > 0
        and line[0] in _STROKES
        and line == line[0] * len(line)
        and len(line) == len(lines[index - 1])
    )


def _is_short_paragraph(lines: Sequence[str], index: int) -> bool:
    """Whether a short line is a sentence or speech, and stands between two paragraphs.

    "They wanted to share this story." On sites that it had not seen the model took two
    of these in 1,278 articles, one of them content.
    """
    if not 0 < index < len(lines) - 1:
        return False
    if lines[index][-1] not in _STOPS and not is_spoken(lines[index]):
        return False
    return not is_in_doubt(lines[index - 1]) and not is_in_doubt(lines[index + 1])


def _is_amid_figures(lines: Sequence[str], index: int) -> bool:
    """Whether a line stands among a table's cells, each on a line of its own.

    Of 2,583 such lines that extractors make of WCXB's articles 1,720 are content; in
    3,636 labelled news articles stands none.
    """
    around = lines[max(index - _BESIDE_CELLS, 0) : index + _BESIDE_CELLS + 1]
    figures = list(filter(is_figure, around))
    values = sum(_VALUE.search(figure) is not None for figure in figures)
    return len(figures) >= _MIN_FIGURES and values >= _MIN_VALUES


def _is_amid_labels(lines: Sequence[str], index: int) -> bool:
    """Whether a line is one of three labels or values that take turns.

    "Price:", "$137", "Measured Weight:", "1 lb. 1 oz.", "Weight Limit:", "400 lb".
    """
    last = min(index, len(lines) - _LAST_VALUE)
    starts = range(max(index - _LAST_VALUE, 0), last + 1)
    return any(
        all(map(_names_value, lines[at : at + _LAST_VALUE : 2])) for at in starts
    )


def _names_value(line: str) -> bool:
    return line[-1] in COLONS and len(line) <= _MAX_LABEL_CHARS


def _is_of_broken_sentence(lines: Sequence[str], index: int) -> bool:
    """Whether a line is a link in a sentence, or goes on behind one.

    "… published in the journal", "Nature", "on May 27.". Of 34 that it would take of
    11,204 articles 8 are content; 22 would leave half a sentence about the author.
    "in his", "latest feature story", ". My biggest takeaway?": of ten such of 14,000
    texts three are content, and the others' rest stays.
    """
    if index and any(map(_is_rest, lines[index + 1 : index + 2])):
        return True  # the first is the headline
    before = lines[max(index - 2, 0) : index]
    if before and is_cut_off(before[-1]):
        return True
    return len(before) > 1 and lines[index][0].islower() and is_cut_off(before[0])


def _is_amid_sentence(lines: Sequence[str], index: int) -> bool:
    """Whether a line is a word amid a sentence: "I mean, we have", "Google", "and the".

    Of 12,482 articles it would take four such, of half a sentence each.
    """
    if not 0 < index < len(lines) - 1 or " " in lines[index]:
        return False
    before = lines[index - 1]
    is_prose = before.count(" ") >= _MIN_PROSE_SPACES and is_open(before)
    return is_prose and runs_on(lines[index + 1])


def _is_behind_open_prose(lines: Sequence[str], index: int) -> bool:
    """Whether, in a script without small letters, prose breaks off above a line.

    "… 周三的", "自然", "杂志上发表了。". Of 12,482 articles it would take three.
    """
    first = lines[index][0]
    if not first.isalpha() or first.lower() != first.upper():
        return False
    for above in reversed(lines[max(index - _MAX_PARTS, 0) : index]):
        if not is_open(above):
            return False
        if width(above) >= PROSE_WIDTH:
            return True
    return False


def _is_rest(line: str) -> bool:
    """Whether a line goes on with the one above, and is no other label or address.

    "World Nuclear News", "reported that a final decision on the site and costs is due."
    Of five such that the model would take of 11,204 articles three are content, and the
    others would leave half a sentence about an author.
    """
    if line[0] in GOES_ON:
        return True
    return line[0].islower() and len(line) >= _MIN_REST_CHARS and not is_open(line)


def _has_doi(lines: Sequence[str], index: int) -> bool:
    """Whether the address of a paper stands in a line or the next."""
    near = lines[index : index + 2]
    return any(sign in line for line in near for sign in _DOI_SIGNS)


def _is_of_addresses(lines: Sequence[str], index: int) -> bool:
    """Whether a line is one of several addresses: sources, or links to more.

    Of 20 such lines that it would take of labelled texts nine are content.
    """
    if not _ADDRESS.fullmatch(lines[index]):
        return False
    near = lines[max(index - 1, 0) : index + 2]
    return sum(_ADDRESS.fullmatch(line) is not None for line in near) > 1


def _parts_sections(lines: Sequence[str], index: int) -> bool:
    return _SECTIONS.fullmatch(lines[index]) is not None


def _is_quoted(lines: Sequence[str], index: int) -> bool:
    """Whether a line is quoted, as in mails; of 12,482 articles it would take none."""
    return lines[index][0] == ">"


def _is_signed(lines: Sequence[str], index: int) -> bool:
    return _SIGNED.search(lines[index]) is not None


def _is_item(lines: Sequence[str], index: int) -> bool:
    """Whether a line and one beside it are items of a list."""
    beside = (lines[at] for at in (index - 1, index + 1) if 0 <= at < len(lines))
    return any(_are_items(lines[index], other) for other in beside)


def _is_of_round_up(lines: Sequence[str], index: int) -> bool:
    """Whether a line is an item with a plus, or one of two below it, or right above.

    It would take twelve such lines of four round-ups of news; none is noise.
    """
    near = lines[max(index - 2, 0) : index + 2]
    return any(line.startswith(_PLUS) for line in near)


def _is_announced(lines: Sequence[str], index: int) -> bool:
    """Whether a line is of a list that a sentence with a colon leads up to."""
    for above in range(index - 1, max(index - _MAX_ITEMS, 0) - 1, -1):
        if lines[above][-1] in COLONS:
            items = lines[above + 1 : above + 1 + _MIN_ITEMS]
            is_sentence = len(lines[above]) >= _MIN_ANNOUNCING_CHARS
            return (
                is_sentence
                and len(items) == _MIN_ITEMS
                and all(map(is_in_doubt, items))
            )
        if not is_in_doubt(lines[above]):
            return False
    return False


def _is_of_own_list(lines: Sequence[str], index: int) -> bool:
    """Whether a list of the story's own leads to a line: "Ingredients", "Specs"."""
    for above in range(index - 1, max(index - _MAX_OWN_LINES, 0) - 1, -1):
        if names_own_list(lines[above]):
            return True
        if not is_in_doubt(lines[above]):
            return False
    return False


def _is_wide_fact(lines: Sequence[str], index: int) -> bool:
    """Whether a line is one of several facts with a wide colon, as about a film.

    With a narrow one they are as often whom to ask, below a company's account.
    """
    return "：" in lines[index] and is_amid_facts(lines, index)


def _is_whom_to_ask(lines: Sequence[str], index: int) -> bool:
    """Whether a line names a telephone, or stands beside one that does, named too.

    So end official notices and calls for papers.
    """
    if not _NAMED.match(lines[index]):
        return False
    near = lines[max(index - 1, 0) : index + 2]
    return any(_NAMED.match(line) and _TELEPHONE.search(line) for line in near)


def _heads_rows(lines: Sequence[str], index: int) -> bool:
    """Whether the rows below a line count from one, as under the head of a table."""
    below = [_COUNT.match(line) for line in lines[index + 1 : index + 3]]
    return [found and found[1] for found in below] == ["1", "2"]


def _are_items(line: str, other: str) -> bool:
    """Whether a line and the one beside it are of one list: they count, or open alike.

    >>> _are_items("2 Ann Lee", "1 Bo Ray"), _are_items("D4: Ana", "D5: Li")
    (True, True)
    """
    first, second = _COUNT.match(line), _COUNT.match(other)
    if first and second and abs(int(first[1]) - int(second[1])) == 1:
        return True
    mark = _item_mark(line)
    return mark != "" and is_in_doubt(other) and _item_mark(other) == mark


def _item_mark(line: str) -> str:
    """What opens the line as an item of a list, figures folded: "D0:", "0.", "Dr."."""
    found = _ITEM_MARK.match(line)
    return _DIGITS.sub("0", found.group()) if found else ""


_EXEMPTIONS: Final = (
    is_amid_code,  # the two that tell most of them come first
    _is_announced,
    _is_row,
    _opens_bracket,
    _is_at_underline,
    _is_of_match,
    _is_short_paragraph,
    _is_amid_figures,
    is_of_columns,
    _is_amid_labels,
    _is_wide_fact,
    _has_doi,
    _is_of_broken_sentence,
    _is_amid_sentence,
    _is_behind_open_prose,
    _is_item,
    _is_of_round_up,
    _is_whom_to_ask,
    _heads_rows,
    _is_of_addresses,
    _parts_sections,
    _is_quoted,
    _is_signed,
    heads_prose,
    is_in_glossary,
    _is_of_own_list,
)
