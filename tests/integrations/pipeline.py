"""What every adapter is given, and what it must give back."""

import json
import multiprocessing
import subprocess
import sys
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import ParamSpec, TypeVar

import pytest

from cleaner import Cleaned, Cleaner

P = ParamSpec("P")
R = TypeVar("R")

ROOT = Path(__file__).parents[2]
SEEDS = [path.read_text("utf-8") for path in sorted((ROOT / "seeds").glob("*.txt"))]
NOISY = [
    *SEEDS,
    "He left.\n\nAdvertisement\n\nShe stayed.",
    "Sales rose by 4 percent, it said.\r\n\r\nRead More:  Harbour wall closed",
    "Zürich 🚆 wächst, sagt sie.\n\nSign up for our free newsletter!\n",
]
CLEAN = ["The council met on Monday, he said.", "", " \n\n", "日本の記事です。"]
TEXTS = [NOISY[0], None, *CLEAN, *NOISY[1:], None]
WORDS = [text for text in TEXTS if text is not None]


def cleaned(texts: Iterable[str | None], config: str = "default") -> list[str | None]:
    cleaner = Cleaner(config)
    return [None if text is None else cleaner.clean(text) for text in texts]


def explained(texts: Iterable[str]) -> list[Cleaned]:
    return [Cleaner().explain(text) for text in texts]


WANTED = cleaned(TEXTS)
assert WANTED != TEXTS
assert cleaned(TEXTS, "strict") != WANTED


def write_jsonl(path: Path, texts: Iterable[str | None]) -> None:
    rows = ({"id": str(at), "text": text} for at, text in enumerate(texts))
    lines = (json.dumps(row) + "\n" for row in rows)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(lines), encoding="utf-8")


each_start = pytest.mark.parametrize("start", ["fork", "spawn"])


def in_worker(start: str, call: Callable[P, R], *given: P.args, **named: P.kwargs) -> R:
    context = multiprocessing.get_context(start)
    with ProcessPoolExecutor(1, mp_context=context) as pool:
        return pool.submit(call, *given, **named).result()


def run(script: str | Path, *arguments: object, cwd: Path) -> str:
    """What a script prints, run by this Python; its errors are the test's."""
    code = ["-c", script] if isinstance(script, str) else [str(script)]
    done = subprocess.run(
        [sys.executable, *code, *map(str, arguments)],
        cwd=cwd,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout
