"""The corrections made to an edition since it was published: ``corrections.csv``, read and held against its figures."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING

import pandas as pd

from govtransparency.control_characters import control_problems
from govtransparency.data_dictionary.file_checks import read_described
from govtransparency.data_dictionary.input_files import CORRECTIONS
from govtransparency.errors import InputError, nearest
from govtransparency.texts.problems import correction_problems as problems

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from govtransparency.framework import Framework
    from govtransparency.texts.bilingual import Text

__all__ = ["read_corrections"]

EXACT = 1e-12  # of a figure: what reading the same number in two files may differ by
FIGURE = ["unit", "figure"]


def read_corrections(
    folder: Path, groups: pd.Series, frameworks: Mapping[str, Framework], values: pd.DataFrame | None
) -> pd.DataFrame:
    """Read the ``corrections.csv`` of an edition; where there is none, return its columns alone.

    The sheets hold the corrected figures. The last correction of an indicator or a variable must be what they give; a
    figure that the index computes, of a pillar say, follows from others and is not compared.

    Parameters
    ----------
    folder : Path
        Of the edition, called by its year, before which nothing of it is corrected.
    groups : Series
        The group of each unit.
    frameworks : mapping of group to Framework
    values : DataFrame, units x indicators and variables, or None
        Where they cannot be read, only the file itself is checked.

    Returns
    -------
    DataFrame
        date, unit, figure, reason as text; before, after as numbers, missing where the cell is empty. In the order of
        the dates.

    Raises
    ------
    InputError
        Listing every problem of the file.
    """
    path = folder / CORRECTIONS.name
    if not path.exists():
        return pd.DataFrame(columns=list(CORRECTIONS.columns), dtype=object)
    written = read_described(path, CORRECTIONS).reindex(columns=list(CORRECTIONS.columns))
    numbers = {name: pd.to_numeric(written[name]).astype(float) for name in ("before", "after")}
    table = written.assign(**numbers).sort_values("date", kind="stable")
    wrong = [*control_problems(written, lines=["reason"]), *_row_problems(table, int(folder.name))]
    if values is not None:
        wrong += _figure_problems(table, groups, frameworks, values)
    if wrong:
        raise InputError(wrong, title=str(path))
    return table.reset_index(drop=True)


def _row_problems(table: pd.DataFrame, year: int) -> Iterator[Text]:
    """Give the dates before the edition, and the rows that change nothing."""
    for line, date, before, after in table[["date", "before", "after"]].itertuples(name=None):
        if int(date[:4]) < year:
            yield problems.TOO_EARLY.format(line=line, date=date, year=year)
        if _same(before, after):
            yield problems.UNCHANGED.format(line=line, value=_shown(after))


def _figure_problems(
    corrections: pd.DataFrame, groups: pd.Series, frameworks: Mapping[str, Framework], values: pd.DataFrame
) -> Iterator[Text]:
    """Give the corrections of what the edition does not have, and those that do not lead to what its sheets have."""
    for (unit, figure), rows in corrections.groupby(FIGURE, sort=False):
        if unit not in groups.index:
            yield problems.UNKNOWN_UNIT.format(line=rows.index[0], unit=unit, nearest=nearest(unit, groups.index))
            continue
        nodes = [node.code for node in frameworks[groups[unit]].nodes]
        known = [*nodes, *(column for column in values if column not in nodes)]
        if figure not in known:
            yield problems.UNKNOWN_FIGURE.format(line=rows.index[0], figure=figure, nearest=nearest(figure, known))
            continue
        steps = list(zip(rows.index, rows["before"], rows["after"], strict=True))
        for (earlier, _, after), (line, before, _) in pairwise(steps):
            if not _same(before, after):
                yield problems.NOT_FOLLOWING.format(
                    line=line, before=_shown(before), earlier=earlier, after=_shown(after)
                )
        line, _, after = steps[-1]
        if figure in values and not _same(after, values.at[unit, figure]):
            said = {"unit": unit, "figure": figure, "after": _shown(after), "value": _shown(values.at[unit, figure])}
            yield problems.NOT_IN_SHEETS.format(line=line, **said)


def _same(one: float, other: float) -> bool:
    return (math.isnan(one) and math.isnan(other)) or math.isclose(one, other, rel_tol=EXACT)


def _shown(value: float) -> Text | str:
    return problems.NOTHING if math.isnan(value) else f"{value:.15g}"
