"""docs/api.md is true: names, signatures, extras and languages are the code's."""

import re
import tomllib
from pathlib import Path

import pinned

from cleaner import LANGUAGES
from cleaner.languages import ANY

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
INTERFACE = [
    line
    for line in pinned.interface()
    if line.startswith("cleaner.") and not line.startswith("cleaner.errors.")
]
BLOCK = re.compile(r"^```py\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SIGNATURE = re.compile(r"^\w.*?(?=^\w|\Z)", re.MULTILINE | re.DOTALL)


def section(title: str) -> str:
    return PAGE.partition(f"\n## {title}\n")[2].partition("\n## ")[0]


def without_modules(told: str) -> str:
    return re.sub(r"\b(?:[a-z_]+\.)+(?=\w)", "", told)


def plain(signature: str) -> str:
    """A signature in one form: no modules, blanks, or quoted types, nor `self`."""
    told = re.sub(r"(: |-> )'([^']*)'", r"\1\2", without_modules(signature))
    told = re.sub(r"= QualityConfig\(.*?\)\)", "= QualityConfig())", told)
    told = "".join(told.split()).replace('"', "'").replace("Ellipsis", "...")
    told = told.replace("(self,", "(").replace("(self)", "()").replace(",)", ")")
    return re.sub(r"->(?:None|Self)$", "", told)


def test_every_name_stands_there() -> None:
    for line in INTERFACE:
        name = without_modules(re.split("[(:]", line)[0])
        assert re.search(rf"\b{name}\b", PAGE), name


def test_every_signature_is_that_of_the_code() -> None:
    shown = [
        found for block in BLOCK.findall(PAGE) for found in SIGNATURE.findall(block)
    ]
    known = {plain(line) for line in INTERFACE}
    assert len(shown) > 20
    assert [told for told in shown if plain(told) not in known] == []


def test_every_extra_is_told_once() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    told = re.findall(r"^\| `([\w-]+)` \|", section("Extras"), re.MULTILINE)
    assert sorted(told) == sorted(project["optional-dependencies"])


def test_every_language_is_told_by_its_name() -> None:
    told = dict(re.findall(r"`(\w+)` (\w+)", section("Languages")))
    assert told == {code: row.name for code, row in LANGUAGES.items() if code != ANY}
