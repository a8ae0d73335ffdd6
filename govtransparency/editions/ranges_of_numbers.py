"""The ranges of what is stated of a simulated edition: ``ranges.csv``, read and held against its groups."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from govtransparency.data_dictionary.file_checks import read_described
from govtransparency.data_dictionary.input_files import RANGES
from govtransparency.errors import InputError, nearest
from govtransparency.stated_numbers import Range
from govtransparency.texts.problems import range_problems as problems

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

    from govtransparency.editions.edition import Edition
    from govtransparency.texts.bilingual import Text

__all__ = ["ranges_of", "read_ranges"]


def ranges_of(edition: Edition, group: str = "") -> dict[str, Range]:
    """Return the ranges of the numbers that are stated of a group, or of all groups together; empty where none are.

    Parameters
    ----------
    edition : Edition
    group : str
        Nothing for the numbers of all groups together.

    Returns
    -------
    dict of name of a number to Range
    """
    own = edition.ranges[edition.ranges["group"] == group].set_index("statement")[["low", "high", "simulations"]]
    return {str(row.Index): Range(row.low, row.high, row.simulations) for row in own.itertuples()}


def read_ranges(folder: Path, status: str, groups: Collection[str]) -> pd.DataFrame:
    """Read the ``ranges.csv`` of an edition; where there is none, return its columns alone.

    Parameters
    ----------
    folder : Path
        Of the edition.
    status : str
        Of its figures.
    groups : collection of str

    Returns
    -------
    DataFrame
        statement, group, low, high, simulations; an empty group is all groups together.

    Raises
    ------
    InputError
        Listing every problem of the file.
    """
    path = folder / RANGES.name
    if not path.exists():
        return pd.DataFrame(columns=list(RANGES.columns))
    if status != "simulated":
        raise InputError(problems.NOT_SIMULATED.format(status=status), title=str(path))
    written = read_described(path, RANGES)[list(RANGES.columns)]
    numbers = {name: pd.to_numeric(written[name]).astype(float) for name in ("low", "high")}
    table = written.assign(**numbers, simulations=pd.to_numeric(written["simulations"]).astype(int))
    if wrong := list(_row_problems(table, groups)):
        raise InputError(wrong, title=str(path))
    return table.reset_index(drop=True)


def _row_problems(table: pd.DataFrame, groups: Collection[str]) -> Iterator[Text]:
    """Give the groups that there are not, and the ranges whose ends have changed places."""
    for line, group, low, high in table[["group", "low", "high"]].itertuples(name=None):
        if group and group not in groups:
            yield problems.UNKNOWN_GROUP.format(line=line, group=group, nearest=nearest(group, groups))
        if low > high:
            yield problems.TURNED.format(line=line, low=f"{low:.15g}", high=f"{high:.15g}")
