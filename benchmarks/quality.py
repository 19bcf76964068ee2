"""Score `cleaner` on labelled documents: python benchmarks/quality.py DATA.jsonl.

benchmarks/README.md says how it is scored and what the options do.
"""

import argparse
import hashlib
import json
import math
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

from baselines import BASELINES
from labelled import DataError, read
from scoring import (
    FIGURES,
    Estimate,
    Record,
    estimate,
    judge,
    label_figures,
    regressions,
    tally,
    verdicts,
)
from sights import SHOWN, in_context

from cleaner import Cleaner, Edit

PRESETS = ("strict", "default", "body")
GROUPS = ("en", "de", "others", "all")
ROUNDS = 1000
SEED = 0
DIGEST_LENGTH = 16
FLOOR_DIGITS = 4

Editor: TypeAlias = Callable[[Record], Sequence[Edit]]
Results: TypeAlias = dict[str, dict[str, dict[str, Estimate]]]
"""Estimates by method, group of languages and figure."""


class Method(NamedTuple):
    """Something that edits documents, and the scoring that suits it."""

    name: str
    edit: Editor
    body: bool


# --- What is run


def _explain(cleaner: Cleaner, record: Record, *, title: bool) -> Sequence[Edit]:
    hint = record.title or None if title else None
    return cleaner.explain(record.text, title=hint).edits


def _preset(preset: str, *, title: bool) -> Method:
    name = f"{preset}+title" if title else preset
    run = partial(_explain, Cleaner(preset), title=title)
    return Method(name, run, body=preset == "body")


def _baseline(name: str, *, body: bool) -> Method:
    return Method(name, lambda record: BASELINES[name](record.text), body=body)


def methods(options: argparse.Namespace) -> list[Method]:
    """List the presets, each once more with titles, then the baselines."""
    presets = [options.preset] if options.preset else PRESETS
    titles = [False, True] if options.title else [False]
    chosen = [_preset(preset, title=title) for title in titles for preset in presets]
    if options.baselines:
        body = options.preset == "body"
        chosen += [_baseline(name, body=body) for name in BASELINES]
    return chosen


def digest(paths: Iterable[Path]) -> str:
    """Name the data that a figure holds for."""
    data = b"".join(path.read_bytes() for path in paths)
    return hashlib.sha256(data).hexdigest()[:DIGEST_LENGTH]


def _group(lang: str) -> str:
    return lang if lang in GROUPS else "others"


def measure(
    method: Method, records: Sequence[Record], rounds: int
) -> dict[str, dict[str, Estimate]]:
    """Score one method on every group of languages."""
    rows = defaultdict[str, list[Mapping[str, float]]](list)
    for record in records:
        row = tally(judge(record, method.edit(record), body=method.body))
        rows[_group(record.lang)].append(row)
        rows["all"].append(row)
    figures = [*FIGURES, *label_figures(rows["all"])]
    return {
        group: estimate(figures, rows[group], rounds, SEED)
        for group in GROUPS
        if group in rows
    }


# --- Tables

Figures = Mapping[str, Estimate]
Totals = tuple[tuple[str, float], ...]  # labels, and how many lines have each


def _cell(x: Estimate | None) -> str:
    if x is None or math.isnan(x.value):
        return "-"
    interval = f" ({x.low:.2f}-{x.high:.2f})" if x.low < x.high else ""
    return f"{x.value:.3f}{interval}"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Align a Markdown table."""
    filled = [head, *rows]
    widths = [max(map(len, column)) for column in zip(*filled, strict=True)]
    lines = [
        "| " + " | ".join(map(str.ljust, row, widths)).rstrip() + " |" for row in filled
    ]
    rule = "|" + "|".join("-" * (width + 2) for width in widths) + "|"
    return "\n".join([lines[0], rule, *lines[1:]])


def tables(results: Results, group: str) -> Iterator[str]:
    """Set all methods side by side: the figures, then what is removed by label.

    What counts as noise hangs on the scoring, so each has a table by label of its own.
    """
    columns = {name: groups[group] for name, groups in results.items()}
    names = [figure.name for figure in FIGURES]
    rows = ([x, *(_cell(by[name]) for name in names)] for x, by in columns.items())
    yield _table([group, *names], rows)
    alike = defaultdict[Totals, dict[str, Figures]](dict)
    for method, by in columns.items():
        totals = {x: by[x].total for x in sorted(by.keys() - {*names}) if by[x].total}
        alike[tuple(totals.items())][method] = by
    for labels, methods in alike.items():
        yield _by_label(f"{group}, by label", labels, methods)


def _by_label(head: str, labels: Totals, methods: Mapping[str, Figures]) -> str:
    """What methods of one scoring remove of each label."""
    rows = (
        [label, f"{total:.0f}", *(_cell(by.get(label)) for by in methods.values())]
        for label, total in labels
    )
    return _table([head, "lines", *methods], rows)


def to_json(results: Results) -> Mapping[str, object]:
    """Give estimates as numbers; None where there is nothing to count."""
    return {
        method: {
            group: {name: _finite(x) for name, x in figures.items()}
            for group, figures in groups.items()
        }
        for method, groups in results.items()
    }


def _finite(x: Estimate) -> dict[str, float | None]:
    return {k: None if math.isnan(v) else v for k, v in x._asdict().items()}


# --- Floors


def values_of(results: Results) -> dict[str, float]:
    """Name every figure that a floor can hold."""
    return {
        f"{method}/{group}/{figure.name}": round(value, FLOOR_DIGITS)
        for method, groups in results.items()
        if method not in BASELINES
        for group, figures in groups.items()
        for figure in FIGURES
        if not math.isnan(value := figures[figure.name].value)
    }


def check_floors(options: argparse.Namespace, data: str, results: Results) -> int:
    """Compare with the pinned floors, or pin new ones; give the exit status."""
    path: Path = options.floors
    pinned: dict[str, Any] = {"data": data, "floors": {}}
    if path.exists() or not options.update_floors:
        pinned = json.loads(path.read_text("utf-8"))
    values = values_of(results)
    problems = list(regressions(pinned["floors"], values))
    if pinned["data"] != data:
        problems.insert(0, f"other data: {data}, the floors are for {pinned['data']}")
    sys.stderr.writelines(f"{problem}\n" for problem in problems)
    if options.update_floors and (options.allow_regression or not problems):
        pinned = {"data": data, "floors": values}
        path.write_text(json.dumps(pinned, indent=1, sort_keys=True) + "\n", "utf-8")
        return 0
    return 1 if problems else 0


# --- Single cuts and misses


def show(options: argparse.Namespace, records: Iterable[Record]) -> None:
    """List false cuts, misses or lost lines of the kept labels."""
    method = _preset(options.preset or "default", title=options.title)
    counts: Counter[str] = Counter()
    for record in records:
        edits = method.edit(record)
        for x in SHOWN[options.show](record, edits, body=method.body):
            if options.label not in {None, x.label}:
                continue
            counts[x.label] += 1
            if options.limit is None or counts.total() <= options.limit:
                print(f"{record.lang} {record.id} @{x.start}: {x.label}, {x.note}")
                print(in_context(record.text, x.start, x.end), end="\n\n")
    print(", ".join(f"{label} {n}" for label, n in counts.most_common()) or "none")


# --- Calibration


class Firings(NamedTuple):
    """How one family of edits fared, and in how many documents."""

    names: Counter[str]
    documents: set[str]
    scores: list[float]


def _prefix(reason: str) -> str:
    """Cut a reason off where it begins to quote or to count."""
    return re.split(r"[:\"'“(\d]", reason, maxsplit=1)[0].strip()


def calibration(
    method: Method, records: Iterable[Record]
) -> dict[tuple[str, str], Firings]:
    """Gather verdicts by detector, and by detector and reason."""
    rows = defaultdict[tuple[str, str], Firings](lambda: Firings(Counter(), set(), []))
    for record in records:
        for x in verdicts(record, method.edit(record)):
            for reason in {"", _prefix(x.edit.reason)}:
                row = rows[x.edit.detector, reason]
                row.names[x.name] += 1
                row.documents.add(record.id)
                row.scores.append(x.edit.score)
    return dict(sorted(rows.items()))


def _firings_row(key: tuple[str, str], row: Firings) -> list[str]:
    right, wrong = row.names["right"], row.names["wrong"]
    counts = (len(row.scores), len(row.documents), wrong, right)
    rest = (row.names["kept"], row.names["unjudged"])
    share = (right + 1) / (right + wrong + 2)
    score = sum(row.scores) / len(row.scores)
    return [*key, *map(str, counts + rest), f"{share:.3f}", f"{score:.3f}"]


def calibrate(options: argparse.Namespace, records: Iterable[Record]) -> None:
    """Print what a score table can be set from."""
    method = _preset(options.preset or "default", title=options.title)
    head = "detector,reason,firings,documents,wrong,right,kept,unjudged,(r+1)/(n+2)"
    rows = calibration(method, records).items()
    print(_table([*head.split(","), "score"], [_firings_row(*row) for row in rows]))


# --- The command


def parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    add = parser.add_argument
    add("data", type=Path, nargs="+", help="labelled documents, JSON lines")
    add("--preset", choices=PRESETS, help="this one alone; listings take default")
    add("--title", action="store_true", help="also with titles; listings only with")
    add("--lang", help="only documents in this language")
    add("--baselines", action="store_true", help="simple methods beside it")
    add("--rounds", type=int, default=ROUNDS, help="of the bootstrap")
    add("--json", type=Path, metavar="FILE", help="write the figures there")
    add("--show", choices=SHOWN, help="list places instead of figures")
    add("--label", help="list only this label")
    add("--limit", type=int, help="list so many places at most")
    add("--calibrate", action="store_true", help="verdicts by detector and reason")
    add("--floors", type=Path, metavar="FILE", help="fail under these figures")
    add("--update-floors", action="store_true", help="pin today's figures")
    add("--allow-regression", action="store_true", help="pin them even if worse")
    return parser.parse_args(arguments)


def score(options: argparse.Namespace, records: Sequence[Record]) -> int:
    """Print the tables, write the figures and check the floors."""
    results: Results = {
        method.name: measure(method, records, options.rounds)
        for method in methods(options)
    }
    groups = [x for x in GROUPS if all(x in by for by in results.values())]
    if len(groups) == 2:  # noqa: PLR2004 - "all" is the same as the other
        groups.remove("all")
    print(*chain.from_iterable(tables(results, x) for x in groups), sep="\n\n")
    data = digest(options.data)
    if options.json:
        report = {"data": data, "documents": len(records), "results": to_json(results)}
        options.json.write_text(json.dumps(report, indent=1) + "\n", "utf-8")
    return check_floors(options, data, results) if options.floors else 0


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and give its exit status."""
    options = parse(arguments)
    try:
        everything = read(options.data)
    except DataError as error:
        sys.exit(f"quality.py: {error}")
    records = [x for x in everything if options.lang in {None, x.lang}]
    if not records:
        sys.exit("quality.py: no documents to score")
    if options.show:
        show(options, records)
    elif options.calibrate:
        calibrate(options, records)
    else:
        return score(options, records)
    return 0


if __name__ == "__main__":
    sys.exit(main())
