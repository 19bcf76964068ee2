"""Every case: what is marked goes or is repaired, and nothing else changes."""

from pathlib import Path

import pytest
from caselib import CASES, Case, load, pieces

from cleaner import LABELS, Cleaned, apply, explain
from cleaner.labels import FRAME, REPAIRS

FILES = sorted(CASES.glob("*.txt"))
KNOWN_FAILURES = "known_failures"


def preset_of(path: Path) -> str:
    return "body" if path.stem in FRAME else "default"


def cases(*, failing: bool) -> list[object]:
    return [
        pytest.param(case, preset_of(path), id=f"{path.stem}: {case.name}")
        for path in FILES
        for case in load(path)
        if (path.stem == KNOWN_FAILURES) == failing
    ]


def removed(done: Cleaned) -> set[tuple[str, int, int]]:
    return {
        piece
        for edit in done.edits
        if edit.label not in REPAIRS
        for piece in pieces(edit.label, done.original, edit.start, edit.end)
    }


def check(case: Case, preset: str) -> None:
    done = explain(case.text, preset, title=case.title, lang=case.lang)
    expected = {
        piece
        for mark in case.marks
        if mark.label not in REPAIRS
        for piece in mark.pieces(case.text)
    }
    assert removed(done) == expected
    repairs = [edit for edit in done.edits if edit.label in REPAIRS]
    for mark in case.marks:
        if mark.label in REPAIRS:
            own = [e for e in repairs if mark.start <= e.start and e.end <= mark.end]
            local = [
                e._replace(start=e.start - mark.start, end=e.end - mark.start)
                for e in own
            ]
            assert apply(case.text[mark.start : mark.end], local) == mark.replacement
            assert {edit.label for edit in own} == {mark.label}
            repairs = [edit for edit in repairs if edit not in own]
    assert not repairs
    if not case.marks:
        assert done.text is case.text
        assert not done.withheld  # it stays because nothing is found


@pytest.mark.parametrize(("case", "preset"), cases(failing=False))
def test_case(case: Case, preset: str) -> None:
    check(case, preset)


# There a space that breaks no line is a broken character's part, or one of a target's.
NO_SPACES = {"encoding", "markdown"}


@pytest.mark.parametrize(
    "path",
    [path for path in FILES if path.stem not in NO_SPACES],
    ids=lambda path: path.stem,
)
def test_a_space_that_breaks_no_line_is_a_space(path: Path) -> None:
    for case in load(path):
        hints = {"title": case.title, "lang": case.lang}
        plain = explain(case.text, preset_of(path), **hints)
        odd = explain(case.text.replace(" ", "\xa0"), preset_of(path), **hints)
        assert odd.edits == plain.edits, case.name


@pytest.mark.parametrize(("case", "preset"), cases(failing=True))
@pytest.mark.xfail(strict=True, raises=AssertionError, reason="known failure")
def test_known_failure(case: Case, preset: str) -> None:
    check(case, preset)


def test_every_label_has_positives_and_negatives() -> None:
    assert {path.stem for path in FILES} >= LABELS.keys() - {"boilerplate"}
    for path in FILES:
        if path.stem in LABELS:
            found = load(path)
            assert any(m.label == path.stem for c in found for m in c.marks), path.stem
            assert any(not case.marks for case in found), path.stem


def test_every_label_in_a_case_exists() -> None:
    for path in FILES:
        for case in load(path):
            assert {mark.label for mark in case.marks} <= LABELS.keys(), case.name
