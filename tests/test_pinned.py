"""What users may build on changes only where it is told."""

import os
import subprocess
import sys
from pathlib import Path

import pinned

RENEW = "then renew by: python tests/pinned.py"
# Another hash seed and locale, nothing compiled; every fourth text, the last one first.
ELSEWHERE = f"""if True:
    import sys
    sys.path.insert(0, {str(pinned.ROOT / "tests")!r})
    sys.modules |= dict.fromkeys(["cleaner._scan", "cleaner._lines", "cleaner._page"])
    import pinned
    from cleaner.compiled import lines, page, scan
    assert scan is lines is page is None
    some = [*pinned.texts().items()][::-4]
    pinned.texts = lambda: dict(some)
    print(*pinned.as_lines(pinned.output()), sep=chr(10))
"""


def held(path: Path) -> list[str]:
    return path.read_text("utf-8").splitlines()


def test_the_interface_is_the_pinned_one() -> None:
    now, was = pinned.interface(), held(pinned.INTERFACE)
    new = [f"+ {line}" for line in now if line not in was]
    gone = [f"- {line}" for line in was if line not in now]
    changes = "\n".join(gone + new)
    assert not changes, f"Note it in CHANGELOG.md, {RENEW}\n{changes}"
    assert now == was, f"Another order of names: note it in CHANGELOG.md, {RENEW}"


def test_output_is_the_pinned_one() -> None:
    now = pinned.output()
    was = dict(line.split() for line in held(pinned.OUTPUT))
    names = {key: case.name for key, case in pinned.texts().items()}
    changed = [names[key] for key in now.keys() & was if now[key] != was[key]]
    assert not changed, f"Changed output: tell it in CHANGELOG.md, {RENEW}\n{changed}"
    others = [names.get(key, key) for key in now.keys() ^ was.keys()]
    assert not others, f"New or changed texts, {RENEW}\n{others}"


def test_output_is_the_same_in_another_process_the_plain_way() -> None:
    env = {**os.environ, "PYTHONHASHSEED": "7", "LC_ALL": "POSIX", "PYTHONUTF8": "0"}
    code = [sys.executable, "-c", ELSEWHERE]
    done = subprocess.run(code, env=env, capture_output=True, text=True, check=True)
    there = done.stdout.splitlines()
    assert len(there) > 100
    assert {*there} <= {*held(pinned.OUTPUT)}
