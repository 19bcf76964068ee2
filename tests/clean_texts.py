"""Texts of many kinds in which nothing is noise, made from small stocks of words."""

import random
import textwrap
from collections.abc import Callable, Iterator
from types import MappingProxyType
from typing import Final

NAMES: Final = ("Anna", "Bilal", "Chiara", "Dmitri", "Elif", "Farid", "Greta", "Hana")
PLACES: Final = ("Lund", "Porto", "Graz", "Izmir", "Leeds", "Gdansk", "Oaxaca", "Hue")
THINGS: Final = ("harbour", "orchard", "library", "railway", "clinic", "market", "dam")
VERBS: Final = (
    "repaired",
    "closed",
    "painted",
    "measured",
    "reopened",
    "sold",
    "mapped",
)
FOODS: Final = ("flour", "butter", "lentils", "onions", "rice", "honey", "walnuts")
LINES: Final = (
    "The river carries the evening home",
    "And the lamps go out one by one",
    "We counted the boats till the light was gone",
    "The hills lay down with the sun",
    "A bell was ringing under the foam",
    "My brother was singing alone",
    "The salt came in on the northern wind",
    "And the road was a ribbon of stone",
)


def sentence(rng: random.Random) -> str:
    name, other = rng.sample(NAMES, 2)
    place, thing, verb = map(rng.choice, (PLACES, THINGS, VERBS))
    return rng.choice(
        (
            f"{name} and {other} {verb} the {thing} in {place} that spring.",
            f"The {thing} was {verb} in {rng.randint(1890, 1990)}, said {name}.",
            f"“We {verb} it by hand,” said {name}, “and nobody in {place} noticed.”",
            f"By noon the {thing} was {verb}, and {other} walked back to {place}.",
            f"In {place}, {name} read more books about the {thing} than anyone else.",
            f"Did {name} see who {verb} the {thing}? {other} thinks so.",
        )
    )


def paragraph(rng: random.Random) -> str:
    return " ".join(dict.fromkeys(sentence(rng) for _ in range(rng.randint(3, 6))))


def prose(rng: random.Random) -> str:
    return "\n\n".join(paragraph(rng) for _ in range(rng.randint(3, 7)))


def one_line_prose(rng: random.Random) -> str:
    return " ".join(dict.fromkeys(sentence(rng) for _ in range(rng.randint(9, 25))))


def hard_wrapped_prose(rng: random.Random) -> str:
    return "\n\n".join(textwrap.fill(paragraph(rng), 72) for _ in range(4))


def poem(rng: random.Random) -> str:
    refrain = rng.choice(LINES)
    stanzas = ["\n".join([*rng.sample(LINES, 3), refrain]) for _ in range(4)]
    return "\n\n".join(stanzas)


def lyrics(rng: random.Random) -> str:
    chorus = "\n".join(rng.sample(LINES, 4))
    verses = ["\n".join(rng.sample(LINES, 4)) for _ in range(3)]
    return "\n\n".join(part for verse in verses for part in (verse, chorus))


def drama(rng: random.Random) -> str:
    one, other = rng.sample(NAMES, 2)
    turns = []
    for _ in range(10):
        turns += [
            one.upper(),
            sentence(rng),
            other.upper(),
            rng.choice(("No.", "Yes.", "Why?")),
        ]
    return "\n".join(turns)


def interview(rng: random.Random) -> str:
    turns = []
    for _ in range(6):
        turns += [
            f"Q: What happened to the {rng.choice(THINGS)}?",
            f"A: {paragraph(rng)}",
        ]
    return "\n\n".join(turns)


def recipe(rng: random.Random) -> str:
    foods = [f"- {rng.randint(1, 9) * 50} g {food}" for food in rng.sample(FOODS, 5)]
    steps = [
        f"{n}. Stir the {rng.choice(FOODS)} for {n * 5} minutes." for n in range(1, 6)
    ]
    name, other = rng.sample(FOODS, 2)
    place = rng.choice(PLACES)
    title = f"A plain cake with {name} and {other}, as they bake it in {place}."
    return "\n".join([title, "", "For the dough:", *foods, "", "Method:", *steps])


def table(rng: random.Random) -> str:
    rows = [
        f"| {place} | {rng.randint(1, 99)} | {rng.randint(1, 99)} | {thing} |"
        for place in PLACES
        for thing in rng.sample(THINGS, 2)
    ]
    return "\n".join([paragraph(rng), "", "| Town | 2023 | 2024 | Site |", *rows])


def liturgy(rng: random.Random) -> str:
    answer = "℟. Hear us and keep us through the night."
    calls = [
        f"℣. For all who work at the {thing} of {rng.choice(PLACES)},"
        for thing in THINGS
    ]
    return "\n".join(part for call in calls for part in (call, answer))


def legal(rng: random.Random) -> str:
    clauses = [
        f"{n}.{k} The tenant of the {rng.choice(THINGS)} shall, {n * k + 7} days after "
        f"notice, restore whatever was {rng.choice(VERBS)} under clause {n}."
        for n in range(1, 5)
        for k in range(1, 4)
    ]
    return "\n".join(clauses)


def minutes(rng: random.Random) -> str:
    votes = [
        f"The motion on the {thing} was carried by {rng.randint(9, 20)} votes to "
        f"{rng.randint(1, 8)} on {rng.randint(1, 28)} March."
        for thing in THINGS
        for _ in range(2)
    ]
    return "\n".join(votes)


def results(rng: random.Random) -> str:
    games = [
        f"{home} - {guest} {rng.randint(0, 5)}:{rng.randint(0, 5)}"
        for home in PLACES
        for guest in rng.sample([p for p in PLACES if p != home], 2)
    ]
    return "\n".join([paragraph(rng), "", "All results:", *games])


def chat(rng: random.Random) -> str:
    words = ("ok", "lol", "on my way", "who has the key?", "the door was open", "ok")
    return "\n".join(
        f"[{n // 60 + 10}:{n % 60:02}] {rng.choice(NAMES).lower()}: {rng.choice(words)}"
        for n in range(30)
    )


def code(rng: random.Random) -> str:
    blocks = [
        f"def {verb}_{thing}(n):\n"
        f"    if n < {rng.randint(2, 9)}:\n"
        "        return None\n"
        f"    return n * {rng.randint(2, 9)}\n"
        for verb, thing in zip(VERBS, THINGS, strict=True)
    ]
    return (
        f"{paragraph(rng)}\n\n```python\n"
        + "\n".join(blocks)
        + "```\n\n"
        + paragraph(rng)
    )


def checklist(rng: random.Random) -> str:
    items = [f"- {verb.capitalize()} the {rng.choice(THINGS)}" for verb in VERBS]
    return "\n".join(
        [paragraph(rng), "", "What has to be done:", *items, "", paragraph(rng)]
    )


KINDS: Final = MappingProxyType(
    {
        kind.__name__: kind
        for kind in (
            *(
                prose,
                one_line_prose,
                hard_wrapped_prose,
                poem,
                lyrics,
                drama,
                interview,
            ),
            *(recipe, table, liturgy, legal, minutes, results, chat, code, checklist),
        )
    }
)
EACH: Final = 13  # sixteen kinds: 208 texts


def clean_texts(kind: Callable[[random.Random], str]) -> Iterator[str]:
    """Texts of a kind, the same in every run."""
    for seed in range(EACH):
        yield kind(random.Random(seed))
