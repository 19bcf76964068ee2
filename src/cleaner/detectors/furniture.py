"""What pages carry besides the story: addresses, sources, buttons, names of files."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Final

from cleaner.detectors.looks import (
    gives_figure,
    is_citation,
    is_full_name,
    is_over_prose,
)
from cleaner.detectors.stubs import is_amid_sentence, stub_lines, stubs_of, words_of
from cleaner.document import COLONS, OPEN, PROSE, Document, is_item, is_open, is_prose
from cleaner.edits import Finding
from cleaner.memo import known, late_pattern, once
from cleaner.spacing import BLANK
from cleaner.wording import bare

_MIN_DOUBLED_CHARS: Final = 30
_MAX_ADDRESS_CHARS: Final = 110
_MAX_GAP_LINES: Final = 4  # between a line with a number or an address and the next
_MIN_CONTACTS: Final = 2
_MAX_HEADED_LINES: Final = 5  # name, house, street, town, and then the number
_MAX_TITLE_SPACES: Final = 2  # of a name behind which a title stands, with a full stop
_MAIL: Final = late_pattern(r"[\w.+-]{1,60}@[\w-]{1,60}\.[a-z]{2}")
_MAIL_ONLY: Final = late_pattern(r"[\w.+-]{1,60}@(?:[\w-]{1,60}\.){1,4}[a-z]{2,6}\Z")
_NUMBER: Final = late_pattern(
    r"\+\d{1,3}[ \d()/.-]{7}"
    r"|(?<![\d.])\(?0?\d{2,4}\)?[ ./-]{1,3}\d{3,4}[ .-]\d{3,4}(?!\d)"
)
_FIGURE: Final = late_pattern(r"\d")
_IMAGE_FILE: Final = late_pattern(  # not "exiftool -DateTimeOriginal DSC_0417.JPG"
    r"(?!.* --?[a-z])[\w .()@%+~-]{1,100}\.(?:jpe?g|png|gif|webp|svg|bmp|tiff?)\Z",
    re.IGNORECASE,
)

# As cameras name pictures: "DSC_0147".
_CAMERA_FILE: Final = late_pattern(
    r"(?:DSC[NF]?|IMG|PXL|MVI)[_-]\d{4,8}(?:[_-]\d{1,6})?\Z"
)
# With a number, unlike the names in programs: "673-harbour-ferry-wall".
_FILE_STEM: Final = late_pattern(
    r"(?=.{20,100}\Z)(?=(?:.*[-_])?\d{3})[a-z\d]+(?:[-_][a-z\d]{1,60}){3,20}\Z"
)

_ADDRESS_ONLY: Final = late_pattern(r"(?:https?://|www\.)\S{4,400}\Z")
_MANY_ADDRESSES: Final = 5
EMBED_ADDRESS: Final = "embed_url"  # the slot
_MAX_LEAD_CHARS: Final = 32
_MAX_LEAD_WORDS: Final = 4

# "Quelle 3: YouTube // ZDFheute": the same word, a number, and where to look.
_SOURCE: Final = late_pattern(r"([^\W\d_]{3,20}) ?\d{1,3} ?[:.)] ?(?=\S)")
_PLACE: Final = late_pattern(r"//|\bwww\.|https?:")
_MIN_SOURCES: Final = 3

_MIN_NETWORKS: Final = 2
_MIN_HOURS: Final = 2  # one more, if one of them is a start

# "Storm hits the coast 5:26", a video's title with its length, and a player's clock.
_TITLE_CLOCK: Final = late_pattern(r"(\S.{14,160}?)[ |]{1,3}\d{1,2}:\d{2}\Z")
_SLASHES: Final = ("/", "|")
_COLON: Final = late_pattern("[:：]")
_BRANCH: Final = "|-"
_LEFT_OVER: Final = late_pattern(r"00?:\d{2}\Z|\|\Z")
_ENDS_IN_TIME: Final = late_pattern(r"\d:\d{2}\Z")
_CLOCK: Final = late_pattern(r"\d{1,2}:\d{2}\Z")
_CLOCK_STARTS: Final = ("0:00", "00:00")


def find_contacts(document: Document) -> Iterator[Finding]:
    """Addresses and telephone numbers after the end, with the names around them.

    By itself only the last line, the writer's e-mail address: "ann.lee@gazette.com".
    """
    span = document.closing
    if span and _MAIL_ONLY().match(document.lines[-1]) and _is_signature(document):
        yield document.cut(len(document.lines) - 1, "an e-mail address after the end")
    if len(span) < _MIN_CONTACTS:
        return
    lines = document.lines
    short = [index for index in span if len(lines[index]) <= _MAX_ADDRESS_CHARS]
    numbers = [index for index in short if _has_number(lines[index])]
    if not numbers:
        return
    mails = [index for index in short if _MAIL().search(lines[index])]
    if not mails:  # branches of an office, or restaurants
        return
    places = sorted({*numbers, *mails})
    helps = all(_is_helpline(lines[index]) for index in numbers)
    if len(places) < _MIN_CONTACTS or helps:
        return
    block = _first_block(lines, span.start, places)
    if block[-1] > places[0]:
        for index in block:
            yield document.cut(index, "contacts after the end")


def _is_signature(document: Document) -> bool:
    """Whether the last line stands below the story or a name, with no word for it."""
    *_, above, _ = document.lines
    return is_prose(above) or is_full_name(above)


def _first_block(lines: Sequence[str], start: int, places: Sequence[int]) -> range:
    """The first place with the names above it, and the places that follow closely."""
    first = last = places[0]
    while first > max(start, places[0] - 3) and _is_address(lines[first - 1]):
        first -= 1
    for place in places[1:]:
        if place - last > _MAX_GAP_LINES:
            break
        last = place
    return range(first, last + 1)


@known
def _has_number(line: str) -> bool:
    """Whether a telephone number stands in a line; few lines have a figure at all."""
    return _FIGURE().search(line) is not None and _NUMBER().search(line) is not None


def _is_helpline(line: str) -> bool:
    """Whether a number is somebody's that a story names, not just "Tel.: 01 23"."""
    whose = bare(_COLON().split(line, 1)[0])
    return gives_figure(line) and whose not in stubs_of("contact_label")


def _is_address(line: str) -> bool:
    if len(line) > _MAX_ADDRESS_CHARS or is_item(line):
        return False
    return is_open(line) or line[-1] in COLONS


def find_headed_contacts(document: Document) -> Iterator[Finding]:
    r"""In the second half: "Pressekontakt", and what leads to the last number below.

    >>> from cleaner import explain
    >>> text = "The ferry was sold. " * 5 + "\nPressekontakt:\nAna Falk\nana@hafen.de"
    >>> [edit.label for edit in explain(text).edits]
    ['bio', 'bio', 'bio']
    """
    headings = stub_lines(document, stubs_of("contact_heading").keys())
    stop = 0
    for heading, _ in sorted(headings):
        if heading < stop or document.starts[heading] * 2 < len(document.text):
            continue  # among the contacts of another, or in the first half
        last = _last_contact(document.lines, heading)
        stop = last + 1
        for index in range(heading, stop) if last > heading else ():
            yield document.cut(index, "whom to ask")


def _last_contact(lines: Sequence[str], heading: int) -> int:
    """The last number or e-mail address closely below a heading; itself if none."""
    last = heading
    for index in range(heading + 1, len(lines)):
        if index - last > _MAX_HEADED_LINES or not _may_be_contact(lines[index]):
            break
        if _has_number(lines[index]) or _MAIL().search(lines[index]):
            last = index
    return last


def _may_be_contact(line: str) -> bool:
    """Whether a line is no sentence and heads nothing: "Marc Tabie, M.Sc."."""
    if len(line) > _MAX_ADDRESS_CHARS or line[-1] in COLONS:
        return False
    return is_open(line) or line.count(" ") <= _MAX_TITLE_SPACES


def find_sources(document: Document) -> Iterator[Finding]:
    """Numbered lists of where pictures and videos come from."""
    numbered: defaultdict[str, list[int]] = defaultdict(list)
    for index in document.open_lines:
        line = document.lines[index]
        if "//" in line or "www." in line or "http" in line:
            match = _SOURCE().match(line)
            if match and _PLACE().search(line):
                numbered[match[1]].append(index)
    for indices in numbered.values():
        if len(indices) >= _MIN_SOURCES:
            for index in indices:
                yield document.cut(index, "numbered sources")


def find_image_files(document: Document) -> Iterator[Finding]:
    r"""Names of image files, which stood in the place of the image.

    >>> document = Document("The plane that day:\nplane_photo_w_mark_0_146")
    >>> [document.text[start:end] for start, end, *_ in find_image_files(document)]
    ['plane_photo_w_mark_0_146']
    """
    for index in document.open_lines:
        line = document.lines[index]
        is_file = "." in line[-5:] and _IMAGE_FILE().match(line)
        if is_file or (" " not in line and _is_stem(line)):
            yield document.cut(index, "a file's name")


def _is_stem(line: str) -> bool:
    """Whether a word is the name of a file without its ending."""
    return (_FILE_STEM().match(line) or _CAMERA_FILE().match(line)) is not None


def find_embed_addresses(document: Document) -> Iterator[Finding]:
    """The address of a video or post alone on its line, where the page shows it.

    In a list of links a name stands above it, and not the end of a sentence.
    """
    lines = document.lines
    for index in document.candidates_of(EMBED_ADDRESS):
        above = lines[index - 1] if index else ":"
        is_shown = not is_open(above) and above[-1] not in COLONS
        if is_shown and _is_page(lines[index]) and not _lists_pages(document):
            yield document.cut(index, "the address of what is shown there")


def find_doubled_lines(document: Document) -> Iterator[Finding]:
    """The second half of lines that say all they say twice, as captions come out."""
    for index, line in enumerate(document.lines):
        half, odd = divmod(len(line), 2)
        is_twice = odd and line[half] in BLANK and line[:half] == line[half + 1 :]
        is_column = odd and line[half] == "\t"
        is_wide = half >= _MIN_DOUBLED_CHARS and line[0].isalnum()
        if is_twice and is_wide and not is_column:
            yield document.cut_part(index, half, len(line), "says it all twice")


def _is_page(line: str) -> bool:
    """Whether a line is the address of a page and nothing else."""
    return _ADDRESS_ONLY().match(line) is not None


@once  # of several lines
def _lists_pages(document: Document) -> bool:
    """Whether addresses stand on many lines, as in a list of an article's sources."""
    return sum(map(_is_page, document.lines)) >= _MANY_ADDRESSES


def find_closing_addresses(document: Document) -> Iterator[Finding]:
    """After the end, addresses of pages with the line that leads up to each."""
    span = document.tail
    lines = document.lines
    for index in span[1:]:
        lead = lines[index - 1]
        if (
            _is_page(lines[index])
            and not is_citation(lines[index])
            and lead[-1] in COLONS
            and len(lead) <= _MAX_LEAD_CHARS
            and lead.count(" ") < _MAX_LEAD_WORDS
            and lead[0].isupper()
            and not _lists_pages(document)
        ):
            yield document.cut(index - 1, "leads up to an address")
            yield document.cut(index, "an address after the end")


def find_button_lines(document: Document) -> Iterator[Finding]:
    r"""Names of networks, and buttons, on lines of their own, one after the other.

    >>> document = Document("Hall opens\nFacebook\nTwitter\nIt was full.")
    >>> [document.text[start:end] for start, end, *_ in find_button_lines(document)]
    ['Facebook', 'Twitter']
    """
    buttons = stubs_of("channel", "share_button").keys()
    places = {
        place
        for place, _ in stub_lines(document, buttons)
        if not is_amid_sentence(document, place)
    }
    if not places:  # as in most texts
        return
    networks = stub_lines(document, stubs_of("channel").keys())
    named = {place: words for place, words in networks if place in places}
    yield from _repeated_networks(document, named)
    yield from _button_runs(document, places, named)


def _repeated_networks(
    document: Document, named: Mapping[int, str]
) -> Iterator[Finding]:
    """Networks, by line, whose name comes again, as below each picture."""
    times = Counter(named.values())
    heads = {place for place in named if is_over_prose(document.lines, place)}
    compared = heads if len({named[place] for place in heads}) > 1 else set[int]()
    for place, words in named.items():
        # no "x" or "google" of code
        is_code = len(words) == 1 or not document.lines[place][0].isalpha()
        if times[words] >= _MIN_NETWORKS and not (is_code or place in compared):
            yield document.cut(place, "the name of a network, several times")


def _button_runs(
    document: Document, places: AbstractSet[int], named: Mapping[int, str]
) -> Iterator[Finding]:
    """Buttons one below the other, those of two networks or more among them."""
    for start in sorted(places):
        if start - 1 in places:
            continue
        stop = start
        while stop in places:
            stop += 1
        networks = {named[place] for place in range(start, stop) if place in named}
        announced = start > 0 and document.lines[start - 1][-1] in COLONS
        run = range(start, stop)
        is_told = announced or _are_told_of(document, run, named)
        if len(networks) >= _MIN_NETWORKS and not is_told:
            for place in run:
                yield document.cut(place, "buttons one after the other")


def _are_told_of(document: Document, run: range, named: Mapping[int, str]) -> bool:
    """Whether only networks stand amid a story in whose sentences one is named."""
    is_amid = run.start > 1 and run.start not in document.closing
    if not is_amid or any(place not in named for place in run):
        return False
    below_prose = document.shapes.find(PROSE, 0, run.start) >= 0
    return below_prose and _tells_of_networks(document)


@once  # each run asks
def _tells_of_networks(document: Document) -> bool:
    return any(map(words_of("network").search, filter(is_prose, document.lines)))


def find_video_titles(document: Document) -> Iterator[Finding]:
    """A video's title that stands again with its length, and left-overs of a player."""
    lines = document.lines
    for index in document.open_lines:
        line = lines[index]
        if not (line[-1].isdigit() or line in _SLASHES):
            continue
        if _is_left_over(document, index):
            yield document.cut(index, "left over of a player")
        match = _TITLE_CLOCK().match(line)
        above = lines[index - 1] if index else ""
        if match and match[1] in above:
            yield document.cut(index, "a video's title and its length")
            if above == match[1]:
                yield document.cut(index - 1, "a video's title")


@once
def _lists_hours(document: Document) -> bool:
    """Whether hours stand apart, as over the entries of a programme or a live blog."""
    lines = document.lines
    clocks = {index for index in document.open_lines if _CLOCK().match(lines[index])}
    hours = {lines[i] for i in clocks if clocks.isdisjoint((i - 1, i + 1))}
    least = _MIN_HOURS + (not hours.isdisjoint(_CLOCK_STARTS))
    return len(hours) >= least and set(_SLASHES).isdisjoint(lines)


def _is_left_over(document: Document, index: int) -> bool:
    """Whether a line is the clock of a player, or the slash between its two times."""
    line = document.lines[index]
    if _lists_hours(document):
        return False
    if line == "/":  # code has some, too
        return any(
            map(_ENDS_IN_TIME().search, document.lines[max(index - 2, 0) : index + 3])
        )
    if line in _CLOCK_STARTS:
        return True
    above = document.lines[max(index - 2, 0) : index]
    if _CLOCK().match(line) and any(
        near in _SLASHES or near in _CLOCK_STARTS for near in above
    ):
        return True
    after_open = index > 0 and document.shapes[index - 1] == OPEN
    is_left = after_open and _LEFT_OVER().match(line) is not None
    return is_left and not _is_drawn(document.lines, index)


def _is_drawn(lines: Sequence[str], index: int) -> bool:
    """Whether a bar is of a table or drawing: bars stand amid the lines beside it."""
    if lines[index] != "|":
        return False
    near = lines[max(index - 2, 0) : index + 3]
    branches = any(line.startswith(_BRANCH) for line in near)
    return branches or sum("|" in line[1:] for line in near) > 1
