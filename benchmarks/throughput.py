"""How fast texts are cleaned, as a share of splitlines + join over the same texts.

    python benchmarks/throughput.py [DATA.jsonl] [DATA.parquet:column ...]

Prints Markdown; without data, on generated articles. Speeds are of the thread's
processor time, in interleaved rounds; a speed stands beside the edits it found, and its
target where it has one. `benchmarks/README.md` tells of the sections.
"""

import argparse
import os
import platform
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Final

from speed import (
    adversarial,
    detectors,
    generated,
    latency,
    memory,
    output,
    scaling,
    speeds,
    startup,
    synthetic,
)
from speed.chart import svg
from speed.corpus import digest, megabytes, read
from speed.setting import Setting
from speed.tables import Table, markdown

from cleaner.compiled import scan

SYNTHETIC_MEGABYTES: Final = 4.0
FIRST: Final = "speed"
SECTIONS: Final[Mapping[str, Callable[[Setting], Table]]] = MappingProxyType(
    {
        "output": output.table,
        "generated": generated.table,
        "latency": latency.table,
        "detectors": detectors.table,
        "adversarial": adversarial.table,
        "memory": memory.table,
        "startup": startup.table,
        "scaling": scaling.table,
    }
)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the sections that are asked for, and print their tables."""
    options = _options(arguments)
    setting = _setting(options)
    print(_about(setting, options.plot))
    for name in options.only:
        start = time.monotonic()
        print(markdown(_table(name, setting, options.plot)), flush=True)
        print(f"{name}: {time.monotonic() - start:.0f} s", file=sys.stderr)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("data", nargs="*", help="JSONL with a field text, or Parquet")
    parser.add_argument("--rounds", type=int, default=7)
    names = [FIRST, *SECTIONS]
    parser.add_argument(
        "--only", nargs="+", choices=names, default=names, help="these sections"
    )
    parser.add_argument("--plot", type=Path, help="write the section speed as SVG")
    parser.add_argument(
        "--scale",
        type=float,
        default=1.0,
        help="of all that is generated or sampled: 0.01 for a quick try",
    )
    return parser


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = _parser()
    options = parser.parse_args(arguments)
    if options.plot and not options.plot.absolute().parent.is_dir():
        parser.error(f"--plot {options.plot}: there is no such folder")
    return options


def _setting(options: argparse.Namespace) -> Setting:
    texts = [text for source in options.data for text in read(source)]
    if not options.data:
        size = SYNTHETIC_MEGABYTES * options.scale
        texts = [made.text for made in synthetic.corpus(synthetic.ALL, size)]
    return Setting(texts, options.rounds, options.scale)


def _table(name: str, setting: Setting, plot: Path | None) -> Table:
    if name != FIRST:
        return SECTIONS[name](setting)
    timed = speeds.speeds(setting)
    if plot:
        plot.write_text(svg(timed), "utf-8")
    return speeds.table(timed, setting)


def _about(setting: Setting, plot: Path | None) -> str:
    """What was measured, and where: with it the figures can be compared."""
    way = "plain" if scan is None else "compiled"
    image = (
        f"![Shares of the speed of splitlines + join]({plot.name})\n\n" if plot else ""
    )
    return (
        f"# How fast\n\n{image}"
        f"{len(setting.texts):,} documents, {megabytes(setting.texts):.1f} MB, digest "
        f"`{digest(setting.texts)}`; Python {platform.python_version()}, {way} pass, "
        f"{_processor()}, load {os.getloadavg()[0]:.1f}.\n"
    )


def _processor() -> str:
    path = Path("/proc/cpuinfo")
    told = path.read_text("utf-8").splitlines() if path.exists() else []
    names = (line.partition(": ")[2] for line in told if line.startswith("model name"))
    return next(names, platform.machine())


if __name__ == "__main__":
    main()
