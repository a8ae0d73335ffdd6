"""Rows that stand twice, and the column that tells them apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from govtransparency.data.distinct_cells import SHOWN
from govtransparency.data.unit_matching import filled_down
from govtransparency.files.number_forms import PLAIN
from govtransparency.files.year_heads import year_of_head
from govtransparency.texts.bilingual import Text, joined, quoted
from govtransparency.texts.problems import table_problems as problems

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

__all__ = ["duplicate_problems"]

LISTED = 10  # values of a column that a problem lists


def duplicate_problems(
    cells: pd.DataFrame,
    keys: pd.DataFrame,
    describe: Callable[[pd.Series, int, int], Text],
    *,
    unused: Collection[str],
    unit: str | None = None,
) -> tuple[list[Text], str | None]:
    """Return one problem for all rows that stand twice, if there are any, and the column that tells them apart, if any.

    Parameters
    ----------
    cells : DataFrame
        The rows, indexed by line.
    keys : DataFrame
        Columns ``row``, a position in `cells`, and those that together must stand once.
    describe : callable
        From a row of `keys`, its line and the line of its first to what stands twice.
    unused : collection of str
        The columns of `cells` that mean nothing so far, one of which may tell the rows apart.
    unit : str, optional
        The only column that names the unit; one in front of it may say where the unit lies.
    """
    identity = [column for column in keys.columns if column != "row"]
    again = keys.duplicated(identity).to_numpy()
    if not again.any():
        return [], None
    firsts = keys.drop_duplicates(identity)
    places = []
    for _, one in keys[again].head(SHOWN).iterrows():
        first = firsts.loc[(firsts[identity] == one[identity]).all(axis=1), "row"].iloc[0]
        places.append(describe(one, cells.index[one["row"]], cells.index[first]))
    count = int(again.sum())
    if (column := _of_places(cells, keys, identity, unused, unit)) is not None:
        said = {"count": count, "places": joined(*places), "values": quoted(_values(cells[column])[:LISTED])}
        template = problems.SAME_NAME[bool((cells[column] == "").any())]
        return [template.format(column=column, unit=unit, **said)], column
    column = next((name for name in unused if _tells_apart(cells[name], keys, identity)), None)
    if column is not None:
        values = _values(cells[column])
        texts = {"places": joined(*places), "values": quoted(values[:LISTED])}
        template = problems.TOLD_APART["year" if _are_years(values) else "other"]
        return [template.format(count=count, column=column, value=values[-1], **texts)], column
    if count == 1:
        return [problems.KEEP_ONE.format(place=places[0])], None
    return [problems.KEEP_ONE_EACH.format(count=count, places=joined(*places))], None


def _of_places(
    cells: pd.DataFrame, keys: pd.DataFrame, identity: list[str], unused: Collection[str], unit: str | None
) -> str | None:
    """Return the column of texts in front of that of units which, filled down, tells units of the same name apart."""
    heads = list(cells.columns)
    for column in heads[: heads.index(unit)] if unit is not None else ():
        values = _values(cells[column])
        if column in unused and values and not _are_years(values) and not all(map(PLAIN.fullmatch, values)):
            places = filled_down(cells[column]).map(str).to_numpy()
            if not keys.assign(**{"": places[keys["row"]]}).duplicated([*identity, ""]).any():
                return str(column)
    return None


def _tells_apart(column: pd.Series, keys: pd.DataFrame, identity: list[str]) -> bool:
    """Return whether rows that stand twice differ there; so do they in a column of figures, so its values are few."""
    values, most = _values(column), keys.groupby(identity).size().max()
    if not _are_years(values) and (len(values) > most or all(map(PLAIN.fullmatch, values))):
        return False
    own = keys.assign(**{"": column.map(str).to_numpy()[keys["row"]]})
    return not own.duplicated([*identity, ""]).any()


def _values(column: pd.Series) -> list[str]:
    return [value for value in dict.fromkeys(map(str, column)) if value]


def _are_years(values: list[str]) -> bool:
    return bool(values) and all(year_of_head(value) is not None for value in values)
