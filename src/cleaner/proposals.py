"""What is proposed for a document: by detectors, own rules, memory and models."""

from bisect import bisect_left, bisect_right
from collections.abc import (
    Callable,
    Collection,
    Iterable,
    Iterator,
    Mapping,
    Sequence,
)
from collections.abc import Set as AbstractSet
from functools import lru_cache
from operator import itemgetter
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple

from cleaner.config import Config
from cleaner.detectors import DETECTORS, NEEDS, SIGNS, Detector
from cleaner.detectors.bylines import COUNTED
from cleaner.detectors.looks import is_amid_code
from cleaner.detectors.own import compiled_rules, find_allowed, find_denied
from cleaner.detectors.recurring import find_recurring
from cleaner.document import Candidates, Document, Slot
from cleaner.edits import Edit, Finding, edit_of
from cleaner.gaps import Gap, gone_lines, without_lines
from cleaner.labels import FRAME
from cleaner.languages import ANY, LANGUAGES
from cleaner.patterns.gate import Gate, Limits, filled, found_in, gate
from cleaner.sites import FrozenSiteMemory
from cleaner.wrapped import without_rests, without_torn

if TYPE_CHECKING:
    import regex

    from cleaner.model import Kind, LineModel
    from cleaner.model.page import Noise

# Lists told by their shape, and the label of those whose lines may have a cue.
_LISTS: Final = frozenset({"closing_headlines", "closing_tags"})
_LISTED: Final = "related_link"

# The detectors' names for what stands in no table.
OWN_RULE: Final = "own_rule"
MODEL: Final = "line_model"
SITE_MEMORY: Final = "site_memory"
PAGE: Final = "page_content"

_UNNAMED: Final = "boilerplate"  # noise that no rule names
_NOT_CONTENT: Final = "not the page's main content"  # a reason

SITE_MEMORY_SCORE: Final = 0.95

# Out of folds by site, rules and model together then cut 1.9 English content lines in
# 1,000 and 1.1 % of headlines, standfirsts, bylines and captions; below, more of these.
# Of what is no body rules take most already: what the model adds has to be surer. From
# 0.96 to 0.95 what it takes wrongly rises from 0.1 to 0.3 lines in 1,000, and what it
# takes rightly by a quarter.
MIN_MODEL_SCORES: Final[Mapping["Kind", float]] = MappingProxyType(
    {"noise": 0.80, "not_body": 0.96}
)

# Those that know for themselves what they may take among lines of a program.
_KNOW_CODE: Final = frozenset({OWN_RULE, MODEL, PAGE, "broken_encoding", "markup"})

# Those that a phrase calls for; bylines begin with "by", as parts of sentences do.
_BY_PHRASE: Final = frozenset(
    row.name for row in DETECTORS.values() if row.rules and row.label not in FRAME
)

_BYLINE: Final = DETECTORS["byline"]
_CAPTION: Final = DETECTORS["caption"]


Bits = int  # some detectors of a table: a bit each, by their places in it


class Tools(NamedTuple):
    """A configuration made ready: all that looks at a document."""

    detectors: Mapping[Bits, Detector]  # by their bit
    always: Bits  # those that wait for nothing
    by_sign: Sequence[tuple[int, Bits]]  # those that need a sign
    needing: Sequence[tuple[Callable[[Document], bool], Bits]]  # by what they need
    called_by: Mapping[str, Bits]  # the others, by slot
    by_line: Bits  # those that judge a line by what stands in it
    by_gaps: Sequence[Detector]  # those that look at lines that are gone, too
    gate: Gate
    deny: "tuple[regex.Pattern[str], ...]"
    allow: "tuple[regex.Pattern[str], ...]"
    model: "LineModel | None"
    surest: float  # what the line model gives at most; 0 without one
    memory: FrozenSiteMemory | None
    languages: frozenset[str]


def tools_of(config: Config) -> Tools:
    """The tools of a configuration: rules compiled, gate and models loaded."""
    detectors = config.detectors
    names = frozenset[str]().union(*(row.slots for row in detectors))
    known = LANGUAGES if config.languages is None else config.languages
    languages = frozenset((ANY, *known))
    model = config.line_model
    return Tools(
        detectors={1 << at: row for at, row in enumerate(detectors)},
        always=_needing("", detectors),
        by_sign=[
            (sign, rows)
            for need, sign in SIGNS.items()
            if (rows := _needing(need, detectors))
        ],
        needing=[
            (has, rows)
            for need, has in NEEDS.items()
            if (rows := _needing(need, detectors))
        ],
        called_by=_called_by(detectors),
        by_line=_rows(row.is_by_line for row in detectors),
        by_gaps=[row for row in detectors if row.find_by_gaps],
        gate=gate(filled(names, languages), _limits(detectors)),
        deny=compiled_rules(config.deny),
        allow=compiled_rules(config.allow),
        model=model,
        surest=model.forests["noise"].surest if model else 0.0,
        memory=config.memory,
        languages=languages,
    )


def _limits(detectors: Iterable[Detector]) -> Limits:
    """How long the lines are at most in which phrases of their slots count."""
    longest: dict[str, int] = {}
    for row in detectors:
        for name in row.slots:
            longest[name] = max(row.longest(name), longest.get(name, 0))
    return frozenset(longest.items())


def _rows(are: Iterable[bool]) -> Bits:
    """Those of the table for which it is true."""
    return sum(1 << at for at, is_one in enumerate(are) if is_one)


def _needing(need: str, detectors: Iterable[Detector]) -> Bits:
    return _rows(not row.waits and row.need == need for row in detectors)


def _called_by(detectors: Iterable[Detector]) -> Mapping[str, Bits]:
    called: dict[str, Bits] = {}
    for at, row in enumerate(detectors):
        for slot in row.slots if row.waits else ():
            called[slot] = called.get(slot, 0) | 1 << at
    return called


def proposed(
    tools: Tools, document: Document, silent: Bits = 0
) -> tuple[list[Edit], Bits]:
    """What every detector proposes for a document, in table order.

    With it the detectors that find nothing, be it in fewer of the lines; `silent` are
    those that this is known of.
    """
    found: list[Edit] = []
    due = _due(tools, document) & ~silent
    while due:
        bit = due & -due  # the lowest: the first in the table
        due ^= bit
        row = tools.detectors[bit]
        if findings := list(row.find(document)):
            found += [_edit(f, row.label, row.name, row.score) for f in findings]
        elif bit & tools.by_line:
            silent |= bit
    found = _without_frame(tools, document, _after_cues(found))
    found = without_torn(document, found, _BY_PHRASE)
    found = without_rests(document, found, _BY_PHRASE)
    if tools.deny or tools.memory:
        found += _by_user_or_site(tools, document)
    return admitted(found, tools, document), silent


def _after_cues(edits: list[Edit]) -> list[Edit]:
    """The edits without lists told by shape, if a cue tells a line of one otherwise.

    That line goes first; the next pass looks at the list without it.
    """
    listed = {edit.start for edit in edits if edit.detector in _LISTS}
    if listed.isdisjoint(_known_otherwise(edits) if listed else ()):
        return edits
    return [edit for edit in edits if edit.detector not in _LISTS]


def _known_otherwise(edits: Iterable[Edit]) -> Iterator[int]:
    """Where the edits start that a cue calls for, but for links to other stories."""
    for edit in edits:
        if edit.label != _LISTED and DETECTORS[edit.detector].rules:
            yield edit.start


def _by_user_or_site(tools: Tools, document: Document) -> Iterator[Edit]:
    """What the user's own rules and the memory of sites propose."""
    if tools.deny:
        for finding in find_denied(document, tools.deny):
            yield _edit(finding, _UNNAMED, OWN_RULE, 1.0)
    if tools.memory:
        for finding in find_recurring(document, tools.memory):
            yield _edit(finding, _UNNAMED, SITE_MEMORY, SITE_MEMORY_SCORE)


def _due(tools: Tools, document: Document) -> Bits:
    """The detectors that may find something."""
    due = tools.always | called(tools, document.candidates)
    signs = document.signs
    for sign, rows in tools.by_sign:
        if signs & sign:
            due |= rows
    for has, rows in tools.needing:
        if has(document):
            due |= rows
    return due


def called(tools: Tools, slots: Iterable[Slot]) -> Bits:
    """The detectors that wait for phrases of these slots."""
    rows = 0
    for _, name in slots:
        rows |= tools.called_by.get(name, 0)
    return rows


def by_gaps(
    tools: Tools, document: Document, gaps: Sequence[Gap], labels: Collection[str]
) -> list[Edit]:
    """What detectors of these labels propose by the lines that are gone."""
    found = [
        _edit(finding, row.label, row.name, row.score)
        for row in tools.by_gaps
        if row.find_by_gaps and row.label in labels
        for finding in row.find_by_gaps(document, gaps)
    ]
    return admitted(without_torn(document, found, _BY_PHRASE), tools, document)


def by_line_model(
    tools: Tools, document: Document, gaps: Sequence[Gap], kind: "Kind"
) -> list[Edit]:
    """The lines in doubt that the line model takes for what the kind says.

    It is asked again of the lines that are left, until it takes none.
    """
    if tools.model is None:
        return []
    taken: dict[int, Edit] = {}
    left = list(range(len(document.lines)))
    gone = gone_lines(document, gaps)
    while chances := _chances(tools.model, document, kind, left, gone):
        more = _taken(tools, document, kind, chances, taken)
        if not more:
            break
        left, gone = without_lines(left, gone, more)
        taken |= more
    return sorted(taken.values())


def _chances(
    model: "LineModel",
    document: Document,
    kind: "Kind",
    left: Sequence[int],
    gone: Sequence[int] | None,
) -> dict[int, float]:
    """The lines that the model takes of those that are left, and how likely each is."""
    lines = [document.lines[index] for index in left]
    least = MIN_MODEL_SCORES[kind]
    found = model.find(lines, kind, least, document.title, gone)
    return {left[place]: chance for place, chance in found.items()}


def _taken(
    tools: Tools,
    document: Document,
    kind: "Kind",
    chances: Mapping[int, float],
    taken: Mapping[int, Edit],
) -> dict[int, Edit]:
    """The edits of those lines that may go, too, by line, beside those taken before."""
    edits = [
        _edit(document.cut(index, "the line model"), _UNNAMED, MODEL, chance)
        for index, chance in chances.items()
    ]
    if kind == "noise":
        edits = _without_frame(tools, document, edits)
    edits = without_torn(document, [*taken.values(), *edits], _BY_PHRASE)
    by_line = {
        document.line_at(edit.start): edit for edit in admitted(edits, tools, document)
    }
    return {index: by_line[index] for index in by_line.keys() - taken.keys()}


def _without_frame(tools: Tools, document: Document, edits: list[Edit]) -> list[Edit]:
    """The edits but for bylines and captions among lines that go without a cue."""
    unnamed = [edit.start for edit in edits if edit.label == _UNNAMED]
    if not unnamed:
        return edits
    lines = {bisect_left(document.starts, start) for start in unnamed}
    framed = _framed(tools, document, lines)
    return [e for e in edits if e.label != _UNNAMED or e.start not in framed]


def _framed(tools: Tools, document: Document, lines: AbstractSet[int]) -> set[int]:
    """Where bylines begin that rules know, and captions among these lines.

    Presets may keep those. Of 13 such lines that the model took on sites it had not
    seen 3 were noise.
    """
    from copy import copy  # few texts come to this

    near = sorted({i for at in lines for i in (at - 1, at, at + 1)})
    again = copy(document)
    again.memo = {}
    again.gate = None  # another looked
    again.candidates = _frame_candidates(tools, document, near)
    starts = {finding.start for finding in _BYLINE.find(again)}
    again.candidates = {  # captions are told line by line
        slot: [index for index in indices if index in lines]
        for slot, indices in again.candidates.items()
    }
    return starts.union(finding.start for finding in _CAPTION.find(again))


def _frame_candidates(
    tools: Tools, document: Document, near: Sequence[int]
) -> Candidates:
    """What the gate of bylines and captions finds in lines and beside them.

    In all lines if there is a date: of those a byline's rules ask how many there are.
    """
    find = _frame_gate(tools.languages)
    found = found_in(document, [i for i in near if 0 <= i < len(document.lines)], find)
    is_counted = any(slot.name == COUNTED for slot in found)
    return find(document) if is_counted else found


@lru_cache(8)  # sets of languages
def _frame_gate(languages: frozenset[str]) -> Gate:
    return gate(filled(_BYLINE.slots | _CAPTION.slots, languages))


def by_page_model(tools: Tools, document: Document, noise: "Noise") -> list[Edit]:
    """The lines that the page model takes for none of a whole page's main content."""
    edits = [
        edit_of((start, end, "", _UNNAMED, PAGE, score, _NOT_CONTENT))
        for start, end, score in noise
    ]
    return admitted(edits, tools, document)


def _edit(finding: Finding, label: str, detector: str, score: float) -> Edit:
    start, end, reason, replacement = finding
    return edit_of((start, end, replacement, label, detector, score, reason))


def admitted(edits: list[Edit], tools: Tools, document: Document) -> list[Edit]:
    """The edits that touch no line which the user allows, and no code.

    A rule of the user's own reaches into code.
    """
    if edits and (fences := document.fences):
        edits = [e for e in edits if e.detector == OWN_RULE or not _touches(e, fences)]
    edits = _outside_code(edits, document)
    if edits and tools.allow:
        allowed = find_allowed(document, tools.allow)
        edits = [e for e in edits if not _touches(e, allowed)]
    return edits


def _outside_code(edits: Sequence[Edit], document: Document) -> list[Edit]:
    """The edits but those of a line of a program, or of one between two such."""
    places = [
        None if edit.detector in _KNOW_CODE else document.line_at(edit.start)
        for edit in edits
    ]
    asked = {place for place in places if place is not None}  # a line may be long
    code = {place for place in asked if is_amid_code(document.lines, place)}
    return [e for e, place in zip(edits, places, strict=True) if place not in code]


def _touches(edit: Edit, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether an edit meets one of the spans, which are in order and apart."""
    at = bisect_right(spans, edit.start, key=itemgetter(1))  # the first that ends later
    return at < len(spans) and spans[at][0] < edit.end
