"""The ranks and scores that a publisher gives its index: ``[record]`` of an ``edition.toml``, read from a file."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from govtransparency.data.indicator_columns import Column, Scale
from govtransparency.data.sheet import read_sheet
from govtransparency.data.sheet_form import SheetForm
from govtransparency.data.unit_matching import UnitList
from govtransparency.editions.config import UNCOUNTED
from govtransparency.editions.sheets import sheet_files
from govtransparency.texts.bilingual import Text, bilingual

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import pandas as pd

__all__ = ["OfficialRanks", "Uncounted", "read_official"]

SCALES = {"rank": Scale(low=1), "score": Scale()}


class Uncounted(NamedTuple):
    """Why official ranks do not count among those rebuilt exactly, though they may be.

    Attributes
    ----------
    reason : Text
    missing : tuple of float
        Figures that stand for no figure, such as zeros that were filled in; empty where none do.
    """

    reason: Text
    missing: tuple[float, ...] = ()


class OfficialRanks(NamedTuple):
    """The file that ``[record]`` names, and rank and score of each unit; missing where the file has no such column."""

    files: tuple[Path, ...] = ()
    table: pd.DataFrame | None = None
    uncounted: Uncounted | None = None


def read_official(path: Path, config: Mapping[str, Any], units: pd.DataFrame, root: Path) -> OfficialRanks:
    """Read the official ranks and scores of an edition; none where it has no ``[record]``.

    Parameters
    ----------
    path : Path
        The edition's folder.
    config : mapping
        Its ``edition.toml``. All columns of the file but those that ``[record]`` names are left alone.
    units : DataFrame, indexed by unit
    root : Path
        ``data/raw``.

    Raises
    ------
    InputError
        As `govtransparency.read_table`; or if the file is not there.
    """
    if "record" not in config:
        return OfficialRanks()
    entry = config["record"]
    ((file, _),) = sheet_files(path, [entry], path.parent.name, root)
    names = {entry[what]: f"official {what}" for what in SCALES if what in entry}
    columns = {f"official {what}": Column(entry.get(what, what), scale=scale) for what, scale in SCALES.items()}
    form = replace(SheetForm.of(entry), names=names, others_ignored=True)
    read = read_sheet(file, columns, units=UnitList.of(units, config["groups"]), form=form, year=config["year"])
    table = read.values.reindex(columns=list(columns)).set_axis(list(SCALES), axis=1)
    why = entry.get(UNCOUNTED)
    uncounted = None if why is None else Uncounted(bilingual(why), tuple(map(float, why.get("missing", ()))))
    return OfficialRanks((file,), table.reindex(units.index).dropna(how="all"), uncounted)
