"""Checks on every text of a file what holds for every text.

    python benchmarks/laws.py DATA.jsonl [DATA.parquet:column ...]

Exits 1 and names the text and the law where one is broken.
"""

import argparse
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, pairwise
from types import MappingProxyType
from typing import Final

from speed.corpus import read

from cleaner import LABELS, Cleaned, Config, apply, explain
from cleaner.labels import REPAIRS

PRESETS: Final = ("strict", "default", "body", "page")
BELOW: Final = MappingProxyType({"default": "strict", "body": "default"})

_LONE_RETURN: Final = re.compile(r"\r(?!\n)")
_LONE_NEWLINE: Final = re.compile(r"(?<!\r)\n")

Law = Callable[[Cleaned, str], bool]  # a text cleaned by a preset, and the preset


def replays(done: Cleaned, _preset: str) -> bool:
    """The edits, applied to the original, give the text."""
    return apply(done.original, done.edits) == done.text


def is_sorted_and_disjoint(done: Cleaned, _preset: str) -> bool:
    """Edits stand in order, within the text, and none touches another's characters."""
    bounds = [0, *chain.from_iterable((e.start, e.end) for e in done.edits)]
    return all(a <= b for a, b in pairwise([*bounds, len(done.original)]))


def is_told_in_full(done: Cleaned, _preset: str) -> bool:
    """Every edit changes something and has a label, a probability and a reason."""
    return all(
        edit.label in LABELS
        and 0 < edit.score <= 1
        and edit.reason
        and done.original[edit.start : edit.end] != edit.replacement
        for edit in done.edits
    )


def is_idempotent(done: Cleaned, preset: str) -> bool:
    """Cleaning the clean text gives the same object back."""
    return explain(done.text, preset).text is done.text


def only_repairs_write(done: Cleaned, _preset: str) -> bool:
    """What is no repair writes nothing."""
    return all(edit.label in REPAIRS for edit in done.edits if edit.replacement)


def keeps_the_rest(done: Cleaned, _preset: str) -> bool:
    """What no edit covers stands in the text as it was, in the same order."""
    place = done_to = 0
    for edit in done.edits:
        kept = done.original[done_to : edit.start] + edit.replacement
        if not done.text.startswith(kept, place):
            return False
        place, done_to = place + len(kept), edit.end
    return done.text[place:] == done.original[done_to:]


def only_deletes_from_the_repaired(done: Cleaned, _preset: str) -> bool:
    """The text is a subsequence of the original with its repairs made."""
    repairs = [edit for edit in done.edits if edit.label in REPAIRS]
    return _is_subsequence(done.text, apply(done.original, repairs))


def only_deletes_without_repairs(done: Cleaned, preset: str) -> bool:
    """With repairs off, the result is a subsequence of the original."""
    config = Config(preset).with_(repair=())
    return _is_subsequence(explain(done.original, config).text, done.original)


def _is_subsequence(text: str, of: str) -> bool:
    characters = iter(of)
    return all(character in characters for character in text)


def splits_no_line_end(done: Cleaned, _preset: str) -> bool:
    r"""No half of a "\r\n" stays behind alone."""
    return all(
        len(half.findall(done.text)) <= len(half.findall(done.original))
        for half in (_LONE_RETURN, _LONE_NEWLINE)
    )


def is_untouched_the_same_object(done: Cleaned, _preset: str) -> bool:
    """A text without edits comes back as the same object."""
    return (done.text is done.original) == (not done.edits)


def is_never_emptied(done: Cleaned, _preset: str) -> bool:
    """A text that says something still does."""
    return bool(done.text.strip()) == bool(done.original.strip())


def covers_the_rung_below(done: Cleaned, preset: str) -> bool:
    """What a lower preset removes, a higher one removes too."""
    below = BELOW.get(preset, preset)
    return _removed(explain(done.original, below)) <= _removed(done)


def leaves_nothing_to_strict(done: Cleaned, preset: str) -> bool:
    """What a preset gives, `strict` leaves as it is, unless the preset was withheld."""
    is_held = preset in [withheld.preset for withheld in done.withheld]
    return is_held or explain(done.text, "strict").text is done.text


def falls_back(done: Cleaned, preset: str) -> bool:
    """A preset that is withheld leaves what the one below gives; the text, without."""
    if preset not in [withheld.preset for withheld in done.withheld]:
        return True
    below = BELOW.get(preset)
    return done.text == (explain(done.original, below).text if below else done.original)


def _removed(done: Cleaned) -> set[int]:
    return {
        at
        for edit in done.edits
        if edit.label not in REPAIRS
        for at in range(edit.start, edit.end)
    }


def maps_offsets_back(done: Cleaned, _preset: str) -> bool:
    """Every kept character's offset leads to the original and back."""
    return all(
        _is_kept_at(done, offset) for offset in range(0, len(done.text), 7)
    )  # every seventh: long texts would take minutes


def _is_kept_at(done: Cleaned, offset: int) -> bool:
    source = done.to_original(offset)
    if any(e.replacement and e.start <= source <= e.end for e in done.edits):
        return True
    same = done.original[source] == done.text[offset]
    return same and done.from_original(source) == offset


LAWS: Final = MappingProxyType(
    {
        law.__name__: law
        for law in (
            replays,
            is_sorted_and_disjoint,
            is_told_in_full,
            is_idempotent,
            only_repairs_write,
            keeps_the_rest,
            only_deletes_from_the_repaired,
            only_deletes_without_repairs,
            splits_no_line_end,
            is_untouched_the_same_object,
            is_never_emptied,
            covers_the_rung_below,
            leaves_nothing_to_strict,
            falls_back,
            maps_offsets_back,
        )
    }
)


def broken(text: str, presets: Iterable[str] = PRESETS) -> Iterator[str]:
    """The names of the laws that a text breaks, with the preset."""
    for preset in presets:
        done = explain(text, preset)
        for name, law in LAWS.items():
            if not law(done, preset):
                yield f"{name} ({preset})"


def main() -> None:
    """Check every text and print what is broken."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("data", nargs="+", help="JSONL with a field text, or Parquet")
    texts = [text for source in parser.parse_args().data for text in read(source)]
    faults = [
        f"text {number}: {fault}"
        for number, text in enumerate(texts)
        for fault in broken(text)
    ]
    print(*faults[:100], sep="\n")
    checks = len(LAWS) * len(PRESETS)
    print(f"{len(texts)} texts, {checks} checks each: {len(faults)} broken")
    sys.exit(bool(faults))


if __name__ == "__main__":
    main()
