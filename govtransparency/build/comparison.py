"""Compare a report with its rebuild: the first difference, by file, row and column, or key, with both values."""

from __future__ import annotations

import csv
import itertools
import json
import math
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from pathlib import Path
from typing import Any

from govtransparency.build.manifest import NAME, VOLATILE

__all__ = ["KINDS", "Change", "changed_surroundings", "first_difference", "table_change"]


ORDER = {".csv": 0, ".json": 1, ".ipynb": 2}  # the plainest explanation of a difference comes first
ABSENT = "nothing"
KINDS = ("texts", "rows", "columns")  # what can change in a table besides its numbers


@dataclass(frozen=True)
class Change:
    """How a table differs from its reference.

    Attributes
    ----------
    size : float
        The largest change of a number; 0 where none changed.
    kinds : frozenset of str
        What else changed: ``texts`` (cells that are not a number in both), ``rows``, ``columns``.
    where : str
        The largest change of a number, or the first other difference, with both values.
    """

    size: float
    kinds: frozenset[str]
    where: str

    def __str__(self) -> str:
        """Return size and kinds as the changelog names them, the size rounded up to three digits."""
        words = [kind for kind in KINDS if kind in self.kinds]
        if self.size:
            step = Decimal(10) ** (Decimal(self.size).adjusted() - 2)
            words.insert(0, f"{float((Decimal(self.size) / step).to_integral_value(ROUND_CEILING) * step):g}")
        return ", ".join(words)


def table_change(old: str, new: str, *, keys: int, tolerance: float) -> Change | None:
    """Return how a table differs from its reference, or None: numbers by their distance, all else by equality.

    Parameters
    ----------
    old, new : str
        The reference and the table, as CSV.
    keys : int
        How many leading columns name a row; their values are compared as texts.
    tolerance : float
        How far a number may lie from that of the reference, as a share of the range of the reference's column; of
        the largest magnitude where all its numbers are equal.

    Examples
    --------
    >>> old, new = "unit,score\\na,1.5\\nb,0.5\\n", "unit,score\\na,1.75\\nb,0.5\\n"
    >>> table_change(old, new, keys=1, tolerance=1e-12).where
    "row 'a', column 'score': the reference has 1.5, now 1.75"
    """
    (head, was), (now_head, now) = (_keyed(text, keys) for text in (old, new))
    places: dict[str, str] = {}
    if head != now_head:
        places["columns"] = f"the reference has the columns {', '.join(head)}, now {', '.join(now_head)}"
    if list(was) != list(now):
        gone, come = [key for key in was if key not in now], [key for key in now if key not in was]
        told = f"{len(gone)} rows gone, {len(come)} new" if gone or come else "the rows are in another order"
        places["rows"] = told + "".join(f", such as {' '.join(key)!r}" for key in [*gone, *come][:1])
    size, largest = 0.0, ""
    for column in head:
        if column not in now_head:
            continue
        numbers = [number for row in was.values() if (number := _number(row[column])) is not None]
        span = (max(numbers) - min(numbers) or max(map(abs, numbers))) if numbers else 0.0
        for key in was:
            if key not in now or (a := was[key][column]) == (b := now[key][column]):
                continue
            where = f"row {' '.join(key)!r}, column {column!r}: the reference has {a or ABSENT}, now {b or ABSENT}"
            x, y = _number(a), _number(b)
            if x is None or y is None:
                places.setdefault("texts", where)
            elif abs(x - y) > max(tolerance * span, size):
                size, largest = abs(x - y), where
    if not places and not size:
        return None
    return Change(size, frozenset(places), "; ".join([largest] * (size > 0) + list(places.values())))


def _keyed(text: str, keys: int) -> tuple[list[str], dict[tuple[str, ...], dict[str, str]]]:
    """Return the heads of the columns of values, and each row by its keys."""
    head, *rows = csv.reader(text.splitlines(keepends=True))
    return head[keys:], {tuple(row[:keys]): dict(zip(head[keys:], row[keys:], strict=True)) for row in rows}


def _number(text: str) -> float | None:
    """Return the finite number that a cell holds, or None."""
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def first_difference(old: Path, new: Path) -> str | None:
    """Return the first difference between two folders in one line, or None when there is none.

    Tables are compared cell by cell, JSON and notebooks key by key, the manifest without what may differ between
    two runs, anything else byte by byte. Tables come first, the manifest last.

    Parameters
    ----------
    old, new : Path
        The report and its rebuild.
    """
    there = {
        folder: {path.relative_to(folder) for path in folder.rglob("*") if path.is_file()} for folder in (old, new)
    }
    for name in sorted(there[old] | there[new], key=lambda name: (_order(name), name.as_posix())):
        if name not in there[new]:
            return f"{name}: stands in the report, but the rebuild has not made it"
        if name not in there[old]:
            return f"{name}: the rebuild has made it, but the report lacks it"
        a, b = old / name, new / name
        if a.read_bytes() != b.read_bytes() and (found := _compare(a, b)):
            return f"{name}{found}"
    return None


def changed_surroundings(old: Path, new: Path) -> list[str]:
    """Return what differs between the manifests' code and environments, a phrase each: it explains a difference."""
    if not (old / NAME).exists():  # notebooks run by hand write none
        return []
    before, after = (json.loads((folder / NAME).read_text(encoding="utf-8")) for folder in (old, new))
    return [
        f"{'.'.join(map(str, path))} was {_shown(a)}, is {_shown(b)}"
        for key in ("code", "environment")
        for path, a, b in _json_differences(before.get(key, {}), after.get(key, {}), (key,))
        if path[-1] not in ("commit", "dirty")
    ]


def _order(name: Path) -> tuple[int, int]:
    return (name == Path(NAME), ORDER.get(name.suffix, len(ORDER)))


def _compare(old: Path, new: Path) -> str | None:
    compare = COMPARE.get(old.suffix, _compare_bytes)
    try:
        return compare(old, new)
    except (ValueError, csv.Error):  # one of them is spoilt
        return _compare_bytes(old, new)


def _compare_csv(old: Path, new: Path) -> str | None:
    tables = []
    for path in (old, new):
        with path.open(encoding="utf-8", newline="") as file:
            tables.append(list(csv.reader(file)))
    a, b = tables
    header = a[0] if a else []
    for row, (left, right) in enumerate(itertools.zip_longest(a, b), 1):
        if left == right:
            continue
        if left is None or right is None:
            where = "the rebuild" if left is None else "the report"
            return f": row {row} stands only in {where}: {','.join(right if left is None else left)}"
        for column, (was, now) in enumerate(itertools.zip_longest(left, right, fillvalue=ABSENT)):
            if was != now:
                name = repr(header[column]) if column < len(header) and row > 1 else str(column + 1)
                unit = f" ({left[0]})" if row > 1 and column else ""
                return f": row {row}{unit}, column {name}: the report has {was}, the rebuild {now}"
    return ": the same cells, but written differently (line ends, quotes or a byte-order mark)"


def _compare_json(old: Path, new: Path) -> str | None:
    a, b = (json.loads(path.read_text(encoding="utf-8")) for path in (old, new))
    if old.name == NAME:
        a, b = ({key: value for key, value in item.items() if key not in VOLATILE} for item in (a, b))
    for path, was, now in _json_differences(a, b, ()):
        place = "".join(f"[{key}]" if isinstance(key, int) else f".{key}" for key in path).lstrip(".")
        return f": {place}: the report has {_shown(was)}, the rebuild {_shown(now)}"
    return None if old.name == NAME else ": the same values, but written differently"


def _json_differences(a: Any, b: Any, path: tuple) -> Iterator[tuple[tuple, Any, Any]]:
    if isinstance(a, dict) and isinstance(b, dict):
        for key in dict.fromkeys([*a, *b]):
            yield from _json_differences(a.get(key, ABSENT), b.get(key, ABSENT), (*path, key))
    elif isinstance(a, list) and isinstance(b, list):
        for number, (left, right) in enumerate(itertools.zip_longest(a, b, fillvalue=ABSENT)):
            yield from _json_differences(left, right, (*path, number))
    elif type(a) is not type(b) or a != b:
        yield path, a, b


def _shown(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 200 else f"{text[:200]}..."


def _compare_bytes(old: Path, new: Path) -> str:
    a, b = old.read_bytes(), new.read_bytes()
    place = next((i for i, (left, right) in enumerate(zip(a, b, strict=False)) if left != right), min(len(a), len(b)))
    line = a[:place].count(b"\n") + 1
    return f": differs from byte {place + 1} on (line {line}); {len(a)} bytes in the report, {len(b)} in the rebuild"


COMPARE = {".csv": _compare_csv, ".json": _compare_json, ".ipynb": _compare_json}
