"""Whether twice the text takes twice the time: hostile texts on every part.

    python benchmarks/scaling.py [--chars 100000] [--over 2.6] [NAME ...]

A row is a hostile text, or a part (a detector, say) on it; `x2` is the time for twice
the text over that for the text, `x4` for four times over twice. Names choose texts. Of
the parts only those are shown whose both ratios are over `--over` and that take a tenth
of a second: 2 is linear, 4 quadratic. Ends with 1 if there are any. Texts of one slot's
phrase ("lines of read_more") are timed if they are named.
"""

import argparse
import random
import time
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from parts import all_parts

import cleaner.memo
from cleaner import Cleaner
from cleaner.config import PRESETS
from cleaner.detectors import DETECTORS
from cleaner.document import Document
from cleaner.languages import LANGUAGES
from cleaner.patterns.gate import filled, gate, plain_gate

Maker = Callable[[int], str]

SENTENCE: Final = "The council met on Monday to discuss the new bridge, he said. "
STORY: Final = "\n\n".join(
    f"{SENTENCE}It will stand {n} years and nobody knows what it costs the town.\n"
    for n in range(5)
)
WORDS: Final = (
    *("harbour", "bridge", "council", "river", "evening", "winter", "market"),
    *("school", "garden", "doctor", "window", "letter", "summer", "village"),
    *("station", "captain", "orchard", "engine", "painter", "winner"),
)


def words(count: int, seed: int) -> str:
    """So many words, others for every seed."""
    return " ".join(random.Random(seed).choices(WORDS, k=count))  # noqa: S311


def times(piece: str) -> Maker:
    """The piece again and again, up to so many characters."""
    return lambda chars: piece * (chars // len(piece))


def each(line: Callable[[int], str], between: str = "\n") -> Maker:
    """Lines made of their numbers."""

    def make(chars: int) -> str:
        count = chars // (len(line(0)) + len(between))
        return between.join(map(line, range(count)))

    return make


def after_story(maker: Maker) -> Maker:
    """What stands after the end of a story, where pages go on."""
    return lambda chars: f"{STORY}\n\n{maker(chars)}"


def halves(first: Maker, second: Maker) -> Maker:
    """Two texts, one after the other, that both grow."""
    return lambda chars: f"{first(chars // 2)}\n{second(chars // 2)}"


def letters(number: int) -> str:
    """Four letters, others for every number."""
    return "".join(chr(ord("a") + number // 26**place % 26) for place in range(4))


def thue_morse(chars: int) -> str:
    """Two lines in an order that repeats no block three times."""
    pair = f"{SENTENCE}One by one they left the hall.", f"{SENTENCE}Nobody spoke."
    count = chars // len(pair[0])
    return "\n".join(pair[n.bit_count() % 2] for n in range(count))


def prefixes(chars: int) -> str:
    """A line and all that it begins with: each opens every longer one."""
    count = int((chars / 6) ** 0.5)
    line = words(count * 2, 1)
    return "\n".join(line[: 40 + 12 * n] for n in range(count))


def opening_of_a_long_line(chars: int) -> str:
    """Half is one line, half are copies of what it opens with."""
    opening = "The old harbour bridge was closed again on Monday after the storm"
    return (
        f"{opening}\n" * (chars // 2 // len(opening))
        + opening
        + " word" * (chars // 10)
    )


def cues(between: str) -> Maker:
    """The shortest phrase of every slot that English has, one after the other."""
    slots = LANGUAGES["en"].phrases.values()
    all_once = "".join(f"{min(slot, key=len)}{between}" for slot in slots)
    return lambda chars: (all_once * (chars // len(all_once) + 1))[:chars]


def cue_a_line(number: int) -> str:
    """A cue and other words behind it."""
    cue = ("Read More: ", "Photo: ", "Subscribe: ", "Tags: ", "By ", "© ")[number % 6]
    return f"{cue}{words(6, number).title()}"


def prose(number: int) -> str:
    """A paragraph that stands nowhere else."""
    return f"{number} {words(18, number)} and so it was, he said on {number}."


# fmt: off
HOSTILE: Final[Mapping[str, Maker]] = MappingProxyType({
    "one letter": times("a"),
    "one letter and an end": lambda chars: "a" * chars + "!",
    "one capital": times("A"),
    "one digit": times("7"),
    "spaces": times(" "),
    "spaces and a letter": lambda chars: " " * chars + "x",
    "a letter, spaces, a letter": lambda chars: "x" + " " * chars + "x",
    "no-break spaces in a line": lambda chars: "x" + "\u00a0" * chars + "x",
    "blank lines": times("\n"),
    "blank lines in a story": lambda chars: STORY + "\n" * chars + STORY,
    "CRLF": times("\r\n"),
    "lines of a space": times(" \n"),
    "lines of a letter": times("a\n"),
    "lines of a sign": times("|\n"),
    "other line breaks": times("a\u2028b\x0bc\x85"),
    "zero-width": times("\u200b"),
    "zero-width in words": times("Read\u200b More\u200d: "),
    "combining marks": lambda chars: "e" + "\u0301" * chars,
    "combining marks, mixed": times("e\u0301\u0327\u0323"),
    "surrogates": times("\ud800a\udc80"),
    "one word": times("word"),
    "words": times("word "),
    "words that hold short ones": times("hotels "),
    "long words a line": each(lambda n: f"{n}{'longword' * 40}"),
    "title words": times("Word "),
    "stops": times("."),
    "stops and spaces": times(". "),
    "stops between small words": times("qrst.Uvwx klmn "),
    "networks amid prose": times(f"{prose(0)}\nFacebook\nTwitter\n"),
    "authors amid prose": times(f"{prose(0)}\nAbout the author\nAbcd Efgh\n"),
    "a question over answers": each(lambda n: f"What now?\nIt was the {n} that went."),
    "headings of teasers": lambda chars: "Deep Dive\n" * (chars // 10) + "Stay connected",
    "contacts under headings": each(lambda n: f"Pressekontakt\nana{n}@hafen.de"),
    "a call and words": lambda chars: "a(" + "Abcd ef " * (chars // 8),
    "houses in brackets": times("The hall opens. (Ann Lee/The Post) And more "),
    "words and a square": each(lambda n: f"the{'Bcdefghi'[: 2 + n % 7]}{n}x²"),
    "links to more by a name": halves(times("Ann Lee\n"), times("More by Ann Lee\n")),
    "ellipses": times("… "),
    "brackets open": times("("),
    "brackets square": times("["),
    "brackets closed": times(")"),
    "brackets in pairs": times("()"),
    "brackets deep": lambda chars: "(" * (chars // 2) + ")" * (chars // 2),
    "braces": times("{{"),
    "angles": times("<"),
    "tags": times("<p class=a>"),
    "comments open": times("<!-- "),
    "ampersands": times("&"),
    "entities": times("&amp;"),
    "quotes": times('"'),
    "quoted words": times('"word" '),
    "quotes open": times("“word "),
    "dashes": times("-"),
    "pipes": times("| word "),
    "arrows": times("→ "),
    "colons": times("a: "),
    "slashes": times("/a"),
    "at signs": times("@a "),
    "hash tags": times("#a "),
    "addresses": times("https://a.b/c?d=e "),
    "links": times("[word](https://a.b/c) "),
    "links open": times("[word](https://a.b/c"),
    "links with titles open": times('[word](/a "b '),
    "links in links": times("[[word](/a)"),
    "targets": times("](/a"),
    "one address": lambda chars: "https://a.com/" + "a/" * (chars // 2),
    "mails": times("a@b.co "),
    "one mail": lambda chars: "a." * (chars // 2) + "@b.co",
    "commas": times("Word, "),
    "names with and": times("Anna Berg and "),
    "initials": times("A. "),
    "dates": times("Monday, 3 May 2021 "),
    "clock times": times("10:30 a.m. "),
    "numbers": times("1.000,00 "),
    "digits a line": each(str),
    "capitals a line": each(lambda n: f"{words(3, n).upper()}"),
    "Chinese": times("市议会周一开会讨论新桥的问题"),
    "Chinese sentences": times("市议会周一开会讨论新桥的问题。"),
    "Chinese lines": each(lambda n: f"{n}市议会周一开会讨论新桥的问题。"),
    "Arabic": times("اجتمع المجلس يوم الاثنين لمناقشة الجسر؟ "),
    "Thai": times("สภาเทศบาลประชุมวันจันทร์"),
    "emoji": times("👩‍👩‍👧"),
    "broken encoding": times("â€œcafÃ©â€\x9d "),
    "broken encoding, one word": times("Ã©"),
    "fused words": times("theIsis-k reportThe nextone isdue"),
    "fused sentences": times("He left.She stayed.It rained."),
    "fused words, each another": each(lambda n: f"{letters(n)}es{letters(n).title()}", " "),
    "fused stops, each another": each(lambda n: f"A{letters(n)}.Bridge", " "),
    "sentences in a line": times(SENTENCE),
    "other sentences in a line": each(prose, " "),
    "equal lines": times(f"{SENTENCE * 2}\n"),
    "equal short lines": times("Read more about this\n"),
    "equal lines, blank between": times(f"{SENTENCE}\n\n"),
    "other lines": each(prose),
    "other lines that open alike": each(lambda n: f"{SENTENCE}{words(9, n)} {n}."),
    "other open lines": each(lambda n: f"{n} {words(6, n).title()}"),
    "near-copies": each(lambda n: f"{SENTENCE}{SENTENCE}{n}"),
    "near-copies, the end alike": each(lambda n: f"{n} {SENTENCE}{SENTENCE}"),
    "near-copies by families": each(lambda n: f"{words(20, n % 50)} {n}."),
    "copies cut short": each(lambda n: f"{SENTENCE}{words(8, n)[: n % 40]}…"),
    "copies by turns": each(lambda n: f"{words(22, n % 3)}."),
    "blocks again": each(lambda n: f"{words(22, n % 200)}."),
    "Thue-Morse lines": thue_morse,
    "prefixes": prefixes,
    "opening of a long line": opening_of_a_long_line,
    "quotes pulled": lambda chars: STORY + "\n".join(words(15, n) for n in range(40))
        + "\n" + "\n".join(words(15, n % 40) + words(30, n) for n in range(chars // 300)),
    "Read More in a line": times("Read More: "),
    "Read More a line": times("Read More: Two\n"),
    "Read More, capitals": times("READ MORE "),
    "cues in a line": cues(" "),
    "cues with colons": cues(": "),
    "cues after stops": cues(". "),
    "cues a line": cues("\n"),
    "cues a paragraph": cues("\n\n"),
    "cues and words": each(cue_a_line),
    "cues between prose": each(lambda n: f"{prose(n)}\n\n{cue_a_line(n)}"),
    "adverts": each(lambda n: f"{prose(n)}\n\nAdvertisement\n"),
    "adverts only": times("Advertisement\n\n"),
    "headlines after the end": after_story(each(lambda n: f"{words(7, n).title()}")),
    "headlines after a story": halves(each(prose), each(
        lambda n: f"Storm {letters(n)} Hits {letters(n)} Coast")),
    "tags among open lines": after_story(each(
        lambda n: f"Harbour\nBridges\nCouncil\nRivers now\n{n}: a longer line stays open")),
    "tags after the end": after_story(each(lambda n: f"{words(1, n).title()}{n}")),
    "sentences after the end": after_story(each(lambda n: f"{words(5, n).title()} {n}.")),
    "addresses after the end": after_story(each(lambda n: f"Tel. {n} 555 {n}")),
    "links after the end": after_story(each(lambda n: f"https://a.com/{n}")),
    "one tail line": after_story(times("Word ")),
    "kickers": each(lambda n: "News" if n % 2 else f"{words(7, n).title()} {n}"),
    "open, prose by turns": each(lambda n: words(5, n).title() if n % 2 else prose(n)),
    "open start": lambda chars: each(lambda n: words(2, n).title())(chars) + STORY,
    "BBCode": lambda chars: "[/b] " + "[b] " * (chars // 4),
    "BBCode, closed far off": lambda chars: "[b] " * (chars // 4) + "[/b]",
    "figures after a call": lambda chars: "Sign up here 1" + ".1" * (chars // 2) + " x",
    "owners": lambda chars: "Photo: A" + "+B" * (chars // 2) + " /(",
    "owners a line": times("(Photo: AFP/AFP/A+B+C+D+E+F+G+H+I+J+K+L+M+N/AFP + x)\n"),
    "owners in brackets": times("(Photo: AFP/AFP/A+B+C+D+E+F+G+H+I+J+K/AFP + x) "),
    "form messages a line": times("please try again " * 20 + "x" * 120 + "\n"),
    "pleas a line": times("' \" ' , ' , ' , ' , ' , ' , ' support us" + "x" * 250 + "\n"),
    "posts quoted": each(lambda n: f"“{words(12, n)}”\n{words(12, n)} — Ann (@ann{n})"),
    "captions": each(lambda n: f"{words(9, n).title()}. Photo: Anna Berg/Reuters"),
    "credits split": times("Photo:\nAnna Berg\n"),
    "bylines": times("By Anna Berg\n"),
    "bios": times("Anna Berg is a reporter for the Gazette.\n"),
    "about us": times("About Acme Corp.\nAcme Corp. is a leading maker of nets.\n"),
    "about many": halves(each(prose), each(
        lambda n: f"About X{letters(n)}\nX{letters(n)} makes nets for boats in thirty countries and more.")),
    "line said twice": each(lambda n: f"{words(9, n)}. {words(9, n)}."),
    "one line said twice": lambda chars: (words(chars // 14, 1) + ". ") * 2,
    "list of sources": each(lambda n: f"{n}. https://a.com/{n}.jpg"),
    "image files": each(lambda n: f"image_{n}.jpg"),
    "brackets a line": each(lambda n: f"[{words(7, n).title()}]"),
    "brackets in prose": each(lambda n: f"{prose(n)} [{words(7, n).title()}]", " "),
    "arrows and quotes": after_story(each(lambda n: f"→ {words(6, n).title()} «")),
    "rows under one that stays": lambda chars: f"{words(11, 0)}\n"
        + each(lambda n: f"read more: {words(9, n)} and")(chars),
    "hard-wrapped": each(lambda n: words(11, n)),
    "one-word prose": each(lambda n: f"Word{n}, ", " "),
})
# fmt: on


def by_slot() -> Mapping[str, Maker]:
    """One phrase of a slot again and again: a line each, and in one line."""
    made: dict[str, Maker] = {}
    for slot, phrases in LANGUAGES["en"].phrases.items():
        shortest = min(phrases, key=len)
        made[f"lines of {slot}"] = after_story(times(f"{shortest}\n"))
        made[f"a line of {slot}"] = times(f"Please {shortest} it. ")
    return made


BY_SLOT: Final = MappingProxyType(by_slot())


class Timed(NamedTuple):
    """A row: what was timed on which text, and the seconds for 1, 2 and 4 times it."""

    text: str
    what: str
    seconds: tuple[float, ...]

    @property
    def ratios(self) -> tuple[float, ...]:
        """How much longer each took than the one of half its size."""
        one, two, four = self.seconds
        return two / one, four / two


SHOWN_SECONDS: Final = 0.1
SIZES: Final = (1, 2, 4)


def forget_lines() -> None:
    """Let no memory for lines stand in for work: of twice the lines it keeps none."""
    cleaner.memo._KNOWN_CHARS = -1  # type: ignore[misc]  # noqa: SLF001


def timed(text: str, makers: Mapping[str, Maker], chars: int) -> Iterator[Timed]:
    """The rows of a hostile text: presets, and every part by itself."""
    texts = [makers[text](chars * size) for size in SIZES]
    for preset in PRESETS:
        clean = Cleaner(preset).clean
        yield Timed(text, f"preset {preset}", tuple(_seconds(clean, t) for t in texts))
    yield Timed(text, "quality", tuple(_seconds(cleaner.quality, t) for t in texts))
    slots = frozenset[str]().union(*(row.slots for row in DETECTORS.values()))
    find = gate(filled(slots, LANGUAGES))
    for name, look in (
        ("gate", find),
        ("plain gate", plain_gate(filled(slots, LANGUAGES))),
    ):
        seconds = tuple(_seconds(lambda t: look(Document(t)), t) for t in texts)  # noqa: B023
        yield Timed(text, name, seconds)
    for name, part in all_parts().items():
        yield Timed(text, name, tuple(_on_document(part, find, t) for t in texts))


def _seconds(run: Callable[[str], object], text: str) -> float:
    start = time.process_time()
    run(text)
    return time.process_time() - start


def _on_document(
    part: Callable[[Document], object], find: Callable[[Document], object], text: str
) -> float:
    document = Document(text)
    document.candidates = find(document)  # type: ignore[assignment]
    start = time.process_time()
    part(document)
    return time.process_time() - start


def is_steep(row: Timed, over: float) -> bool:
    """Whether it takes more than it may, both times, and long enough to tell."""
    return row.seconds[-1] >= SHOWN_SECONDS and min(row.ratios) > over


def main() -> int:
    """Time every hostile text and print what it took."""
    options = _parser().parse_args()
    forget_lines()
    for preset in PRESETS:
        Cleaner(preset).clean(STORY)  # nothing is loaded while the clock runs
    steep = []
    for name in options.names or HOSTILE:
        for row in timed(name, HOSTILE | BY_SLOT, options.chars):
            is_bad = is_steep(row, options.over)
            steep += [row] if is_bad else []
            if is_bad or row.what.startswith("preset"):
                _print(row)
    print(f"{len(steep)} rows over {options.over}")
    for row in steep:
        _print(row)
    return 1 if steep else 0


def _print(row: Timed) -> None:
    two, four = row.ratios
    print(
        f"{row.text:28} {row.what:24} {row.seconds[-1]:8.3f} s  "
        f"x2 {two:5.1f}  x4 {four:5.1f}",
        flush=True,
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help="texts to time")
    parser.add_argument("--chars", type=int, default=100_000)
    parser.add_argument("--over", type=float, default=2.6)
    return parser


if __name__ == "__main__":
    raise SystemExit(main())
