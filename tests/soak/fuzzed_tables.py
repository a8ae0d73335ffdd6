"""Tables as files of every format, their bytes damaged at random: what the fuzz gives to the readers of files."""

from __future__ import annotations

import io
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np

import govtransparency as gt
from tests.faults.table_writers import FORMS, Rows, file_of, packed

__all__ = ["sound_rows", "table_case", "table_outcome"]

Damage = Callable[[bytes, np.random.Generator], bytes]
TREE = gt.Framework([gt.Node("index", ""), *(gt.Node(code, "index") for code in ("a", "b", "c"))])
SHARE_WITHIN = 0.6  # of the damaged workbooks, those damaged within a part, whose packing stays sound


def sound_rows(form: str) -> Rows:
    """Return the rows of the table in that form; only a workbook and Parquet hold numbers as numbers."""
    lines = [[f"u{n}", n / 4, f"{n},5", "n/a" if n % 4 else "12%"] for n in range(1, 9)]
    texts = [[str(cell).replace(".", ",") for cell in line] for line in lines]
    return [["unit", "a", "b", "c"], *(texts if form in ("csv", "tsv") else lines)]


def table_case(rng: np.random.Generator, damages: tuple[Damage, ...]) -> tuple[str, bytes]:
    """Return the name of a file and its damaged bytes."""
    form = FORMS[int(rng.integers(len(FORMS)))]
    content = file_of(sound_rows(form), form)
    for _ in range(int(rng.choice([1, 1, 2, 4]))):
        damage = damages[int(rng.integers(len(damages)))]
        within = form in ("xlsx", "ods") and rng.random() < SHARE_WITHIN
        content = _within(content, damage, rng) if within else damage(content, rng)
    return f"table.{form}", content


def _within(content: bytes, damage: Damage, rng: np.random.Generator) -> bytes:
    """Return a workbook with one of its parts damaged; one that cannot be unpacked any more is damaged as it is."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
    except Exception:  # whatever the module zipfile says of a broken archive
        return damage(content, rng)
    if not parts:
        return damage(content, rng)
    chosen = sorted(parts)[int(rng.integers(len(parts)))]
    parts[chosen] = damage(parts[chosen], rng)
    return packed(parts)


def table_outcome(name: str, content: bytes) -> str:
    """Return "read" or "refused" for a file as a sheet of figures; every other ending raises."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        try:
            table = gt.read_table(path, TREE, decimal=",", unlisted="pass")
        except gt.InputError as error:
            if name not in str(error):
                raise AssertionError(f"names no file: {error}") from None
            return "refused"
        if np.isinf(table.to_numpy()).any():
            raise AssertionError("an infinite value")
        if [item.name for item in Path(folder).iterdir()] != [name] or path.read_bytes() != content:
            raise AssertionError("a file was written")
    return "read"
