"""The rooms of the house: who may lean on whom, and what a quick import loads."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from importlib import import_module
from itertools import chain
from pathlib import Path
from pkgutil import iter_modules, walk_packages
from types import ModuleType

import pytest

import cleaner
from cleaner import detectors
from cleaner.detectors import DETECTORS
from cleaner.languages import ANY, LANGUAGES, POOLED, de, en
from cleaner.patterns import Rule
from cleaner.patterns.slots import PIECES, names_in
from cleaner.patterns.slots import phrases as phrases_for

SOURCE = Path(cleaner.__file__).parent

FLOORS = {
    "compiled": 0,
    "arguments": 0,
    "arrow_types": 0,
    "atomic": 0,
    "characters": 0,
    "edits": 0,
    "spacing": 0,
    "labels": 0,
    "memo": 0,
    "markdown": 0,
    "document": 0,
    "wording": 0,
    "errors": 0,
    "files": 0,
    "languages": 0,
    "patterns": 1,
    "gaps": 1,
    "sites": 1,
    "wrapped": 1,
    "detectors": 2,
    "repair": 2,
    "model": 3,
    "config": 4,
    "proposals": 5,
    "core": 5,
    "signals": 6,
    "html": 6,
    "io": 7,
    "workers": 8,
    "shell": 9,
    "tally": 9,
    "report": 10,
    "training": 10,
    "cli": 11,
    "__main__": 12,
    "integrations": 12,  # nothing leans on them
}
# On the ground floor a document leans on the edits that it is to be changed by, and
# these on the check of a text, as links do on what edits take of them; the table of
# detectors leans on the repairs in it.
SAME_FLOOR = {
    ("edits", "arguments"),
    ("document", "edits"),
    ("document", "memo"),
    ("document", "spacing"),
    ("document", "wording"),
    ("wording", "memo"),
    ("spacing", "edits"),
    ("markdown", "edits"),
    ("markdown", "memo"),
    ("markdown", "spacing"),
    ("document", "compiled"),
    ("core", "proposals"),
    ("detectors", "repair"),
}
MODULES = sorted(SOURCE.rglob("*.py"))


def room(path: Path) -> str:
    return path.relative_to(SOURCE).with_suffix("").parts[0]


def imported_rooms(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            names |= (
                {f"cleaner.{alias.name}" for alias in node.names}
                if node.module == "cleaner"
                else {node.module}
            )
        elif isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
    return {
        name.split(".")[1]
        for name in names
        if name.startswith("cleaner.") and not name.startswith("cleaner.__")
    }


@pytest.mark.parametrize(
    "path", MODULES, ids=lambda path: str(path.relative_to(SOURCE))
)
def test_a_room_leans_only_on_lower_floors(path: Path) -> None:
    own = room(path)
    if own == "__init__":
        return
    for other in imported_rooms(path) - {own}:
        allowed = FLOORS[other] < FLOORS[own] or (own, other) in SAME_FLOOR
        assert allowed, f"{own} imports {other}"


def test_every_exception_is_in_use() -> None:
    leanings = {
        (room(path), other) for path in MODULES for other in imported_rooms(path)
    }
    assert leanings >= SAME_FLOOR


def test_language_files_are_phrases_only() -> None:
    for path in (SOURCE / "languages").rglob("*.py"):
        if path.stem == "__init__":
            continue
        docstring, table = ast.parse(path.read_text(encoding="utf-8")).body
        assert isinstance(docstring, ast.Expr)
        assert isinstance(table, ast.Assign)
        slots = ast.literal_eval(table.value)
        for slot, phrases in slots.items():
            assert isinstance(phrases, tuple), (path.stem, slot)
            assert list(phrases) == sorted(set(phrases)), (path.stem, slot)
            assert all(p == " ".join(p.lower().split()) and p for p in phrases), (
                path.stem,
                slot,
            )


# What machines write, and German "sie": "they", told from the polite "Sie".
NO_PHRASES = {"CC", "co", "copy", "https", "pic", "protected", "sie", "twitter"}
NO_WORD = re.compile(
    r"\\p\{\w+\}|\\[a-zA-Z]|\{[a-z_\d,]*\??\}|\(\?[-a-z]*:|\(\?P?[<&]\w+>?|\(\?\(\w+\)|\[(?:\\.|[^\]\\])*\]"
)


def test_patterns_hold_no_words() -> None:
    rows = DETECTORS.values()
    rules = [rule for row in rows for rule in (*row.rules, *row.asked_rules)]
    bare = " ".join(NO_WORD.sub(" ", rule.pattern) for rule in rules)
    assert set(re.findall(r"[^\W\d_]{2,}", bare)) == NO_PHRASES


# What a rule can't do without, and some languages lack whose phrases others rules try.
LACKING = {"author_title", "for_sale", "if_you_like", "linked", "stories"}


def test_a_language_with_phrases_for_a_rule_has_what_else_it_needs() -> None:
    rows = DETECTORS.values()
    for rule in {rule for row in rows for rule in (*row.rules, *row.asked_rules)}:
        needed = re.findall(r"\{([a-z_]+)\}", rule.pattern)
        for code, language in LANGUAGES.items():
            if code != ANY and rule.slot in language.phrases.keys() - POOLED:
                empty = {n for n in needed if not phrases_for(code, n)} - PIECES.keys()
                assert empty <= LACKING, (rule.slot, code)


def test_what_ends_calls_is_no_small_word_of_any_language() -> None:
    # Calls of all languages end there: the Turkish "et" is French for "and".
    slots = ("dangling_word", "name_join", "name_particle", "opening_word")
    small = {word for slot in slots for word in phrases_for(ANY, slot)}
    assert small.isdisjoint(phrases_for(ANY, "call_end"))


def test_alternatives_of_rules_stand_in_brackets() -> None:
    rows = DETECTORS.values()
    rules = [rule for row in rows for rule in (*row.rules, *row.asked_rules)]
    for rule in rules:
        plain = re.sub(r"\\.|\[(?:\\.|[^\]\\])*\]", "", rule.pattern)
        while (less := re.sub(r"\([^()]*\)", "", plain)) != plain:
            plain = less
        assert "|" not in plain, rule


def test_every_rule_stands_in_the_table() -> None:
    """Else `Config.digest` would not know of it."""
    rows = DETECTORS.values()
    known = {rule[:3] for row in rows for rule in (*row.rules, *row.asked_rules)}
    for _, module, _ in walk_packages(detectors.__path__, "cleaner.detectors."):
        for name, found in vars(import_module(module)).items():
            held = found if type(found) is tuple else (found,)
            rules = {rule[:3] for rule in held if isinstance(rule, Rule)}
            assert rules <= known, (module, name)


@pytest.mark.parametrize("language", [de, en], ids=["German", "English"])
def test_each_slot_of_a_large_language_stands_in_one_module(
    language: ModuleType,
) -> None:
    """And where English has it, so that a phrase is looked for in one place."""
    home = {
        slot: name
        for _, name, _ in iter_modules(en.__path__)
        for slot in getattr(en, name).PHRASES
    }
    found = [
        (slot, name)
        for _, name, _ in iter_modules(language.__path__)
        for slot in getattr(language, name).PHRASES
    ]
    assert sorted(slot for slot, _ in found) == list(language.PHRASES)
    assert [home.get(slot, name) for slot, name in found] == [n for _, n in found]


def test_every_slot_is_asked_for() -> None:
    """By a rule or the gate, or by a detector that looks its phrases up."""
    rows = DETECTORS.values()
    rules = [rule for row in rows for rule in (*row.rules, *row.asked_rules)]
    asked = {slot for row in rows for slot in row.slots}
    asked |= {name for rule in rules for name in names_in(rule.pattern)}
    asked |= {slot for path in MODULES for slot in looked_up(path)}
    assert {slot for row in LANGUAGES.values() for slot in row.phrases} <= asked


LOOK_UPS = ("find_stubs", "openings", "phrase_set", "phrases", "stubs_of", "words_of")


def looked_up(path: Path) -> Iterator[str]:
    """The slots that a module looks up: `openings("is_a")`, `.phrases["by_word"]`."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    constants = {
        node.target.id: node.value
        for node in tree.body
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name)
    }
    for part in chain.from_iterable(map(asked_by, ast.walk(tree))):
        value = constants.get(part.id) if isinstance(part, ast.Name) else part
        if isinstance(value, ast.Constant) and isinstance(value.value, str):
            yield value.value


def asked_by(node: ast.AST) -> Sequence[ast.expr]:
    """What is given to a call or an index that looks phrases up."""
    if isinstance(node, ast.Call) and ast.unparse(node.func).endswith(LOOK_UPS):
        return node.args
    if isinstance(node, ast.Subscript) and ast.unparse(node.value).endswith(".phrases"):
        return [node.slice]
    return []


def test_modules_and_functions_stay_small() -> None:
    for path in MODULES:
        text = path.read_text(encoding="utf-8")
        most = 1000 if room(path) == "languages" else 400
        assert text.count("\n") <= most, path
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef):
                assert (node.end_lineno or 0) - node.lineno < 50, (path, node.name)


def test_html_is_there_once_asked_for() -> None:
    code = "import cleaner; print(cleaner.html.extract.__name__)"
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert run.stdout == "extract\n"


def test_import_loads_no_optional_package_nor_phrases() -> None:
    code = "import sys, cleaner; print(*sys.modules)"
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    loaded = run.stdout.split()
    assert not {name.split(".")[0] for name in loaded} & {
        *("regex", "ftfy", "numpy", "pyarrow", "lxml"),
        *("trafilatura", "resiliparse", "fastwarc", "pandas", "sklearn"),
    }
    assert not [name for name in loaded if name.startswith("cleaner.languages.")]
