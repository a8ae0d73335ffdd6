"""Compare a report with its rebuild: the first difference, by file, row and column, or key, with both values."""

from __future__ import annotations

import csv
import itertools
import json
import math
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from govtransparency.build.manifest import NAME, VOLATILE
from govtransparency.texts.bilingual import Text, joined, words
from govtransparency.texts.problems import build_problems as problems

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

__all__ = ["KINDS", "Change", "changed_surroundings", "first_difference", "table_change"]


ORDER = {".csv": 0, ".json": 1, ".ipynb": 2}  # the plainest explanation of a difference comes first
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
    where : Text
        The largest change of a number, or the first other difference, with both values.
    """

    size: float
    kinds: frozenset[str]
    where: Text

    def __str__(self) -> str:
        """Return size and kinds as the changelog names them, the size rounded up to three digits."""
        changed = [kind for kind in KINDS if kind in self.kinds]
        if self.size:
            step = Decimal(10) ** (Decimal(self.size).adjusted() - 2)
            changed.insert(0, f"{float((Decimal(self.size) / step).to_integral_value(ROUND_CEILING) * step):g}")
        return ", ".join(changed)


def table_change(old: str, new: str, *, keys: int, tolerance: float) -> Change | None:
    r"""Return how a table differs from its reference, or None: numbers by their distance, all else by equality.

    Parameters
    ----------
    old, new : str
        The reference and the table, as CSV.
    keys : int
        How many leading columns name a row; their values are compared as texts.
    tolerance : float
        The largest difference of a number that does not count, as a share of the range of the reference's column; of
        the largest magnitude where all numbers of the column are equal.

    Examples
    --------
    >>> old, new = "unit,score\na,1.5\nb,0.5\n", "unit,score\na,1.75\nb,0.5\n"
    >>> print(table_change(old, new, keys=1, tolerance=1e-12).where)
    row 'a', column 'score': the reference has 1.5, now 1.75
    """
    (head, was), (now_head, now) = (_keyed(text, keys) for text in (old, new))
    places: dict[str, Text] = {}
    if head != now_head:
        places["columns"] = problems.COLUMNS_DIFFER.format(was=words(head), now=words(now_head))
    if list(was) != list(now):
        places["rows"] = _changed_rows(was, now)
    size, largest = 0.0, Text("", "")
    for column in (column for column in head if column in now_head):
        numbers = [number for row in was.values() if (number := _number(row[column])) is not None]
        span = (max(numbers) - min(numbers) or max(map(abs, numbers))) if numbers else 0.0
        for key in was:
            if key not in now or (a := was[key][column]) == (b := now[key][column]):
                continue
            shown = {"was": a or problems.ABSENT, "now": b or problems.ABSENT}
            where = problems.VALUE_DIFFERS.format(row=" ".join(key), column=column, **shown)
            x, y = _number(a), _number(b)
            if x is None or y is None:
                places.setdefault("texts", where)
            elif abs(x - y) > max(tolerance * span, size):
                size, largest = abs(x - y), where
    if not places and not size:
        return None
    return Change(size, frozenset(places), joined(*[largest] * (size > 0), *places.values()))


def _changed_rows(was: Collection[tuple[str, ...]], now: Collection[tuple[str, ...]]) -> Text:
    """Return which rows are gone and new, or that their order has changed."""
    gone, come = [key for key in was if key not in now], [key for key in now if key not in was]
    if not gone and not come:
        return problems.ROWS_REORDERED
    return problems.ROWS_DIFFER.format(gone=len(gone), new=len(come), row=" ".join([*gone, *come][0]))


def _keyed(text: str, keys: int) -> tuple[list[str], dict[tuple[str, ...], dict[str, str]]]:
    """Return the headings of the columns of values, and each row by its keys."""
    head, *rows = csv.reader(text.splitlines(keepends=True))
    return head[keys:], {tuple(row[:keys]): dict(zip(head[keys:], row[keys:], strict=True)) for row in rows}


def _number(text: str) -> float | None:
    """Return the finite number that a cell holds, or None."""
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def first_difference(old: Path, new: Path) -> Text | None:
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
            return problems.ONLY_IN_REPORT.format(file=name)
        if name not in there[old]:
            return problems.ONLY_IN_REBUILD.format(file=name)
        a, b = old / name, new / name
        if a.read_bytes() != b.read_bytes() and (found := _compare(a, b)):
            return problems.IN_FILE.format(file=name, found=found)
    return None


def changed_surroundings(old: Path, new: Path) -> list[Text]:
    """Return what differs between the manifests' code and environments, one phrase each: it explains a difference."""
    if not (old / NAME).exists():  # notebooks run by hand write none
        return []
    before, after = (json.loads((folder / NAME).read_text(encoding="utf-8")) for folder in (old, new))
    return [
        problems.CHANGED.format(key=".".join(map(str, path)), was=_shown(a), now=_shown(b))
        for key in ("code", "environment")
        for path, a, b in _json_differences(before.get(key, {}), after.get(key, {}), (key,))
        if path[-1] not in ("commit", "dirty")
    ]


def _order(name: Path) -> tuple[int, int]:
    return (name == Path(NAME), ORDER.get(name.suffix, len(ORDER)))


def _compare(old: Path, new: Path) -> Text | None:
    compare = COMPARE.get(old.suffix, _compare_bytes)
    try:
        return compare(old, new)
    except (ValueError, csv.Error):  # one of them cannot be read
        return _compare_bytes(old, new)


def _compare_csv(old: Path, new: Path) -> Text | None:
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
            only = problems.ROW_ONLY_IN_REBUILD if left is None else problems.ROW_ONLY_IN_REPORT
            return only.format(row=row, cells=",".join(right if left is None else left))
        return _changed_cell(row, left, right, header)
    return problems.CELLS_WRITTEN_DIFFERENTLY


def _changed_cell(row: int, left: list[str], right: list[str], header: list[str]) -> Text:
    """Return the first cell that differs between two rows that are not equal."""
    cells = enumerate(itertools.zip_longest(left, right, fillvalue=problems.ABSENT))
    column, (was, now) = next((column, pair) for column, pair in cells if pair[0] != pair[1])
    named = column < len(header) and row > 1
    return problems.CELL_DIFFERS.format(
        row=row,
        unit=problems.UNIT.format(unit=left[0]) if row > 1 and column else "",
        column=problems.COLUMN_NAMED.format(name=header[column])
        if named
        else problems.COLUMN_NUMBERED.format(number=column + 1),
        was=was,
        now=now,
    )


def _compare_json(old: Path, new: Path) -> Text | None:
    a, b = (json.loads(path.read_text(encoding="utf-8")) for path in (old, new))
    if old.name == NAME:
        a, b = ({key: value for key, value in item.items() if key not in VOLATILE} for item in (a, b))
    for path, was, now in _json_differences(a, b, ()):
        place = "".join(f"[{key}]" if isinstance(key, int) else f".{key}" for key in path).lstrip(".")
        return problems.KEY_DIFFERS.format(key=place, was=_shown(was), now=_shown(now))
    return None if old.name == NAME else problems.VALUES_WRITTEN_DIFFERENTLY


def _json_differences(a: Any, b: Any, path: tuple) -> Iterator[tuple[tuple, Any, Any]]:
    if isinstance(a, dict) and isinstance(b, dict):
        for key in dict.fromkeys([*a, *b]):
            yield from _json_differences(a.get(key, problems.ABSENT), b.get(key, problems.ABSENT), (*path, key))
    elif isinstance(a, list) and isinstance(b, list):
        for number, (left, right) in enumerate(itertools.zip_longest(a, b, fillvalue=problems.ABSENT)):
            yield from _json_differences(left, right, (*path, number))
    elif type(a) is not type(b) or a != b:
        yield path, a, b


def _shown(value: Any) -> Text | str:
    if isinstance(value, Text):
        return value
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 200 else f"{text[:200]}..."


def _compare_bytes(old: Path, new: Path) -> Text:
    a, b = old.read_bytes(), new.read_bytes()
    place = next((i for i, (left, right) in enumerate(zip(a, b, strict=False)) if left != right), min(len(a), len(b)))
    line = a[:place].count(b"\n") + 1
    return problems.BYTES_DIFFER.format(byte=place + 1, line=line, was=len(a), now=len(b))


COMPARE = {".csv": _compare_csv, ".json": _compare_json, ".ipynb": _compare_json}
