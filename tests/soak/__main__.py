"""``python -m tests.soak PART``: run a part of the soak, print its figures, and write them down when asked to.

A part is a module of this folder with ``run(*, seconds, seed)``, which returns a row per figure: what was measured, in
how many cases, the value, its limit and whether that is kept. Seconds choose how many cases there are, at a rate that
the part names, so that the same seed and seconds give the same answer on a slow day too.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib
import os
import platform
import re
import secrets
import sys
import time
from collections.abc import Mapping, Sequence
from datetime import date
from importlib import metadata
from pathlib import Path

PARTS = ("properties", "coverage", "regressions", "fuzz", "kills", "mutants", "load")
USABLE = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
CPU = f"{USABLE} processor{'s' * (USABLE != 1)} ({platform.machine()})"
PAGE = Path(__file__).resolve().parents[2] / "docs" / "reliability.md"


def there() -> list[str]:
    """Return the parts that have a module."""
    return [part for part in PARTS if (Path(__file__).parent / f"{part}.py").exists()]


def number_of(seed: str) -> int:
    """Return a seed given as a whole number, or made from any other text, such as the hash of a tree."""
    return int(seed) if re.fullmatch(r"[0-9]{1,18}", seed) else int(hashlib.sha256(seed.encode()).hexdigest()[:8], 16)


def table(rows: Sequence[Mapping[str, object]]) -> str:
    """Return the figures as a table in Markdown."""
    lines = ["| what | cases | value | limit | kept |", "| --- | ---: | ---: | ---: | --- |"]
    for row in rows:
        cells = [
            f"{row[key]:.6g}" if isinstance(row[key], float) else str(row[key]) for key in ("cases", "value", "limit")
        ]
        lines.append(f"| {row['what']} | {' | '.join(cells)} | {'yes' if row['passed'] else 'no'} |")
    return "\n".join(lines)


def recorded(page: str, part: str, section: str) -> str:
    """Return the page with the section of that part in place of an older one, the parts in their order."""
    front, *sections = re.split(r"(?m)^(?=## )", page)
    by_part = {text.splitlines()[0].removeprefix("## "): text.strip() for text in sections}
    by_part[part] = f"## {part}\n\n{section}"
    return "\n\n".join([front.strip(), *(by_part[name] for name in PARTS if name in by_part)]) + "\n"


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.soak")
    parser.add_argument("part", help=f"one of {', '.join(there())}")
    parser.add_argument("--seconds", type=float, help="about how long; by default the part's full length")
    parser.add_argument("--seed", help="a whole number or any text; by default a new one")
    parser.add_argument("--record", action="store_true", help="write the figures into docs/reliability.md")
    given = parser.parse_args(argv)
    if given.part not in there():
        parser.error(f"there is no part {given.part!r}; there are: {', '.join(there())}")
    seed = secrets.randbelow(2**32) if given.seed is None else number_of(given.seed)
    print(f"{given.part}, seed {seed}", flush=True)
    start = time.monotonic()
    rows = importlib.import_module(f"tests.soak.{given.part}").run(seconds=given.seconds, seed=seed)
    took = time.monotonic() - start
    print(f"{table(rows)}\n{given.part}: {took:.0f} s")
    if given.record:
        version, python = metadata.version("govtransparency"), platform.python_version()
        how = f"{date.today():%Y-%m-%d}, version {version}, Python {python}, seed {seed}, {took:.0f} s on {CPU}."
        PAGE.write_text(recorded(PAGE.read_text(encoding="utf-8"), given.part, f"{how}\n\n{table(rows)}"), "utf-8")
    return int(not all(row["passed"] for row in rows))


if __name__ == "__main__":
    sys.exit(main())
