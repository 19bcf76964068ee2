"""Goes through a file of texts, a JSON string a line, in a process of its own.

    python -m speed.stream default|split FILE

Prints the most memory that the process held, and how many texts were changed. Imports
nothing that only one of the two needs.
"""

import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

from speed.fresh import peak_megabytes
from speed.timing import split_and_join


def _default() -> Callable[[str], str]:
    from cleaner import Cleaner

    return Cleaner("default").clean


RUNS: Final[Mapping[str, Callable[[], Callable[[str], str]]]] = MappingProxyType(
    {"split": lambda: split_and_join, "default": _default}
)


def main() -> None:
    """Run what the arguments name over the file."""
    _, name, path = sys.argv
    run = RUNS[name]()
    changed = 0
    with Path(path).open(encoding="utf-8") as lines:
        for line in lines:
            text = json.loads(line)
            changed += run(text) != text
    print(json.dumps([peak_megabytes(), changed]))


if __name__ == "__main__":
    main()
