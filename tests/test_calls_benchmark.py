"""The benchmark that sets calls between sentences: what goes beside them counts."""

from types import SimpleNamespace

import calls
import pytest
from scoring import to_record

from cleaner import Cleaner, Edit

STORY = (
    "The harbour town has lived from fishing for three hundred years, whatever came.",
    "On Monday morning the council met in the old hall by the market to talk of it.",
    "Nobody knows what the repairs will cost, since no offers have been asked for yet.",
)
CALL = "Sign up for our newsletter"
ABOVE, BELOW = f"{STORY[0]} It has rained since.", f"{STORY[1]} It may snow soon."
TEXT = f"{ABOVE}\n{CALL}\nSign up!\n{BELOW}"


def label(line: int, noise: str) -> dict[str, object]:
    start = TEXT.index(noise)
    end = start + len(noise)
    return {"line": line, "label": "promotion", "start": start, "end": end}


LABELS = [label(1, CALL), label(2, "Sign up!")]
RECORD = to_record({"text": TEXT, "labels": LABELS})


def test_what_is_set_between_sentences() -> None:
    assert list(calls.calls_of(RECORD)) == [CALL]
    assert list(calls.sentences_of(RECORD)) == list(STORY[:2])


def test_a_call_that_stays_alone_is_not_set_anywhere() -> None:
    assert calls.goes_alone(CALL, STORY * 2, Cleaner())
    assert not calls.goes_alone("The mayor came, too", STORY * 2, Cleaner())


def test_what_goes_beside_a_call_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    sure = calls.tried(f"{CALL}.", STORY, Cleaner())
    assert sure.is_found
    assert sure.taken <= calls.SLACK_CHARS
    start = len(STORY[0]) + 1
    end = start + len(f"{CALL} {STORY[1]}")
    greedy = Edit(start, end, "", "promotion", "promotion_cue", 0.98, "")
    done = SimpleNamespace(edits=[greedy])
    monkeypatch.setattr(Cleaner, "explain", lambda *_: done)
    assert calls.tried(CALL, STORY, Cleaner()).taken == len(f" {STORY[1]}")
