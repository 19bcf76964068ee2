"""What the harnesses share: where inputs come from, and how a run is started."""

import sys
from collections.abc import Callable, Iterable
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

import atheris

ROOT = Path(__file__).parent.parent
sys.path += [str(ROOT / "benchmarks"), str(ROOT / "tests")]
_FOLDER = TemporaryDirectory()
_MAX_WORD_BYTES = 64  # of an entry of a dictionary


def articles() -> list[str]:
    """The texts at hand: the seeds, and those of the cases."""
    from caselib import CASES, load

    seeds = [
        path.read_text(encoding="utf-8") for path in (ROOT / "seeds").glob("*.txt")
    ]
    return seeds + [case.text for path in CASES.glob("*.txt") for case in load(path)]


def phrases() -> list[str]:
    """Every phrase that a rule looks for."""
    from cleaner.languages import LANGUAGES

    slots = [slot for known in LANGUAGES.values() for slot in known.phrases.values()]
    return sorted({phrase for slot in slots for phrase in slot})


def scratch(data: bytes) -> str:
    """The name of a file with these bytes; there is one, written anew each time."""
    path = Path(_FOLDER.name) / "input"
    path.write_bytes(data)
    return str(path)


def run(
    check: Callable[[bytes], None], seeds: Iterable[bytes], words: Iterable[str] = ()
) -> None:
    """Try inputs grown from the seeds until one raises what it must not."""
    name = Path(sys.argv[0]).stem
    corpus = Path(__file__).parent / "corpus" / name
    corpus.mkdir(parents=True, exist_ok=True)
    for seed in seeds:
        (corpus / sha256(seed).hexdigest()[:16]).write_bytes(seed)
    dictionary = corpus.with_suffix(".dict")
    dictionary.write_text("".join(["# words\n", *map(_entry, words)]))
    options = [str(corpus), f"-dict={dictionary}", f"-artifact_prefix={corpus}-"]
    atheris.Setup([*sys.argv[:1], *options, *sys.argv[1:]], check)
    atheris.Fuzz()


def _entry(word: str) -> str:
    data = word.encode()
    if len(data) > _MAX_WORD_BYTES:
        return ""
    return '"' + "".join(f"\\x{byte:02x}" for byte in data) + '"\n'
