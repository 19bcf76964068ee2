"""What users may build on, pinned: the public interface, and what is cut of many texts.

    python tests/pinned.py

renews both files in tests/pinned/; tell the change in CHANGELOG.md first.
"""

import argparse
import hashlib
import inspect
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from caselib import CASES, Case, load, parsed

import cleaner
from cleaner import PRESETS, Cleaner, errors, html
from cleaner.cli import options

ROOT: Final = Path(__file__).parents[1]
INTERFACE: Final = ROOT / "tests" / "pinned" / "interface.txt"
OUTPUT: Final = ROOT / "tests" / "pinned" / "output.txt"
_DIGEST_CHARS: Final = 12


def interface() -> list[str]:
    """A line for each name, signature, table entry, error and flag."""
    return [*_names(), *_tables(), *_errors(), *_flags()]


def _names() -> Iterator[str]:
    for module in (cleaner, html):
        for name in module.__all__:
            value, known = getattr(module, name), f"{module.__name__}.{name}"
            if callable(value):
                yield from _described(known, value)
            else:
                yield f"{known}: table"


def _described(name: str, value: object) -> Iterator[str]:
    """The signature, and if it is a class what stands in it; of an error its bases."""
    if not inspect.isclass(value):
        yield _signed(name, value)
        return
    if issubclass(value, Exception):
        yield f"{name}: error"
        return
    yield _signed(name, value)
    for part, held in sorted(vars(value).items()):
        if isinstance(held, property):
            yield f"{name}.{part}: property"
        elif inspect.isroutine(held) and not part.startswith("_"):
            yield _signed(f"{name}.{part}", getattr(value, part))


def _signed(name: str, value: object) -> str:
    assert callable(value)
    return f"{name}{_SET.sub(_sorted, str(inspect.signature(value)))}"


_SET: Final = re.compile(r"frozenset\(\{([^}]*)\}\)")  # the order differs by run


def _sorted(found: re.Match[str]) -> str:
    return f"{{{', '.join(sorted(found[1].split(', ')))}}}"


def _tables() -> Iterator[str]:
    yield from (f"label {name}" for name in cleaner.LABELS)
    yield from (f"preset {name}" for name in PRESETS)
    yield from (f"language {code}" for code in sorted(cleaner.LANGUAGES))
    yield from (f"detector {d.name}: {d.label}" for d in cleaner.DETECTORS.values())


def _errors() -> Iterator[str]:
    for name, kind in sorted(vars(errors).items()):
        if inspect.isclass(kind) and issubclass(kind, errors.CleanerError):
            bases = ", ".join(base.__name__ for base in kind.__bases__)
            yield f"cleaner.errors.{name}({bases})"


def _flags() -> Iterator[str]:
    for action in options._parser()._actions:
        names = " ".join(action.option_strings) or action.dest
        told = f"flag {names} {action.metavar or ''}".rstrip()
        choices = f" of {', '.join(action.choices)}" if action.choices else ""
        usual = action.default
        given = usual is None or usual is argparse.SUPPRESS
        yield told + choices + ("" if given else f" ({usual})")


def texts() -> dict[str, Case]:
    """The texts whose output is pinned, by a digest of text and hints."""
    seeds = sorted((ROOT / "seeds").glob("*.txt"))
    cases = [case for path in sorted(CASES.glob("*.txt")) for case in load(path)]
    cases += load(ROOT / "tests" / "sown.txt")
    cases += [parsed(f"{path.stem}\n{path.read_bytes().decode()}") for path in seeds]
    return {_digest([case.text, case.title, case.lang]): case for case in cases}


def _digest(values: Iterable[object]) -> str:
    return hashlib.sha256(repr(list(values)).encode()).hexdigest()[:_DIGEST_CHARS]


def output() -> dict[str, str]:
    """For each of the texts a digest of what every preset does to it.

    Not of the reasons: they are for people.
    """
    cleaners = [Cleaner(preset) for preset in PRESETS]
    return {
        key: _digest(_told(cleaner, case) for cleaner in cleaners)
        for key, case in texts().items()
    }


def _told(cleaner: Cleaner, case: Case) -> object:
    done = cleaner.explain(case.text, title=case.title, lang=case.lang)
    withheld = [(rung.preset, rung.reason) for rung in done.withheld]
    return [tuple(edit[:-1]) for edit in done.edits], withheld


def as_lines(digests: dict[str, str]) -> list[str]:
    return [f"{key} {digest}" for key, digest in sorted(digests.items())]


def main() -> None:
    """Write both files anew."""
    for path, lines in ((INTERFACE, interface()), (OUTPUT, as_lines(output()))):
        path.parent.mkdir(exist_ok=True)
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
