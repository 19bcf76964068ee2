"""Made-up articles to train a line model on, and settings that make it soon done."""

import random

import pytest

pytest.importorskip("sklearn")
from cleaner.training import fitting

SETTINGS = fitting.Settings(trees=8, tree_leaves=6, leaf_lines=3)
SUBJECTS = ("The council", "A spokesman", "The harbour", "Her neighbour", "The school")
VERBS = ("announced", "repaired", "discussed", "visited", "opened", "rejected")
OBJECTS = ("the old bridge", "a new plan", "the budget", "the ferry", "a small museum")
NOISE = ("Read more: {}", "Share this {}", "Subscribe to {}", "Advertisement {}")


def record(number: int) -> dict[str, object]:
    """A made-up article of one site: prose, sub-headings, and noise at the end."""
    pick = random.Random(number)

    def sentence() -> str:
        return f"{pick.choice(SUBJECTS)} {pick.choice(VERBS)} {pick.choice(OBJECTS)}"

    prose = [". ".join(sentence() for _ in range(5)) + "." for _ in range(4)]
    lines = [sentence(), *prose[:2], sentence() + ".", *prose[2:]]
    noise = [pick.choice(NOISE).format(sentence()) for _ in range(3)]
    text = "\n".join([*lines, *noise])
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    marked = [(0, "headline"), *((len(lines) + i, "related_link") for i in range(3))]
    labels = [
        {"line": i, "label": label, "start": starts[i], "end": starts[i + 1] - 1}
        for i, label in marked
    ]
    url = f"https://www.site{number % 12}.com/{number}"
    return {
        "id": str(number),
        "url": url,
        "title": lines[0],
        "text": text,
        "labels": labels,
    }
