"""Every property test of the suite, on examples drawn from a new seed, as many as the time allows."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ONCE = 75.0  # seconds on two cores for as many examples as the tests ask for
FULL = 20 * ONCE


def run(*, seconds: float | None = None, seed: int) -> list[dict]:
    """Search for an example that breaks a property; a row for the lot."""
    times = (FULL if seconds is None else seconds) / ONCE
    with tempfile.TemporaryDirectory() as figures:
        command = [
            *(sys.executable, "-m", "pytest", "-q", "-n", "2", "-m", "", "-p", "tests.soak.search", "--tb", "short"),
            *("--hypothesis-profile", "search", "--hypothesis-seed", str(seed), "-p", "no:cacheprovider"),
            *("--times", str(times), "--figures", figures, "tests"),
        ]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False)
        counts: Counter[str] = Counter()
        failed: set[str] = set()
        for path in Path(figures).glob("*.json"):
            found = json.loads(path.read_text(encoding="utf-8"))
            counts.update(found["cases"])
            failed.update(found["failed"])
    if done.returncode:
        print(done.stdout[-20_000:], done.stderr[-2_000:], sep="\n", file=sys.stderr)
    broken = len(failed) if done.returncode in (0, 1) else len(counts) or 1
    what = f"properties that do not hold, of {len(counts)}"
    return [{"what": what, "cases": counts.total(), "value": broken, "limit": 0, "passed": done.returncode == 0}]
