"""Several editions of an index side by side: scores and ranks by year, each rebuilt by its own recipe."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from govtransparency.arguments import Arguments
from govtransparency.editions.config import STATUSES, Status
from govtransparency.editions.load import list_editions, read_edition
from govtransparency.errors import InputError, nearest
from govtransparency.nodes import ROOT
from govtransparency.texts.problems import edition_problems as problems

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

__all__ = ["Panel", "read_panel"]


@dataclass(frozen=True)
class Panel:
    """Editions of one index side by side; made by `read_panel`.

    Attributes
    ----------
    scores, ranks : dict of group to DataFrame, units x years
        NaN where a unit is not in the edition or not ranked. Years in which the group has no edition have no column.
    status : Series, year -> status of the edition's figures
    units : DataFrame, indexed by unit
        name_zh and name_en, of the latest edition with the unit.

    Examples
    --------
    >>> panel = read_panel("cgti", status="third-party", until=2012)
    >>> list(panel.ranks["province"]), panel.status.to_dict()
    ([2011, 2012], {2011: 'third-party', 2012: 'third-party'})
    """

    scores: Mapping[str, pd.DataFrame]
    ranks: Mapping[str, pd.DataFrame]
    status: pd.Series
    units: pd.DataFrame


def read_panel(
    index: str, *, until: int | str | None = None, status: Status | None = None, root: str | Path | None = None
) -> Panel:
    """Rebuild every edition of an index by its own recipe.

    Parameters
    ----------
    index : str
        A folder of ``data/raw``.
    until : int or str, optional
        The last year; by default the latest edition.
    status : str, optional
        Only editions whose figures have this status; by default all. A change from real to simulated figures is not a
        change of rank.
    root : path, optional
        ``data/raw``.

    Returns
    -------
    Panel
        Units are matched by their code.

    Raises
    ------
    InputError
        For a wrong argument, an index without editions, and every problem of the editions' files.

    Examples
    --------
    >>> panel = read_panel("cgti", status="third-party", until=2012)
    >>> panel.scores["province"].shape
    (26, 2)
    """
    with Arguments("panel") as check:
        if status is not None:
            check.choice("status", status, STATUSES)
        if until is not None and not re.fullmatch(r"\d+", str(until)):
            check.count("until", until)
    there = list_editions(root)
    mine = there[there["index"] == index]
    if mine.empty:
        problem = problems.NO_INDEX.format(index=index, nearest=nearest(index, there["index"].unique()))
        raise InputError(problem, title="panel")
    mine = mine[mine["year"] <= (mine["year"].max() if until is None else int(until))]
    mine = mine[mine["status"] == (mine["status"] if status is None else status)]
    if mine.empty:
        of_status = problems.OF_STATUS.format(status=status) if status else ""
        up_to = problems.UNTIL.format(until=until) if until is not None else ""
        raise InputError(problems.NO_EDITION_OF.format(index=index, status=of_status, until=up_to), title="panel")
    scores: dict[str, dict[int, pd.Series]] = {}
    ranks: dict[str, dict[int, pd.Series]] = {}
    names = []
    for year in mine["year"]:
        edition = read_edition(index, year, root=root)
        names.append(edition.units[["name_zh", "name_en"]])
        for group in edition.tables:
            built = edition.index_of(group)
            scores.setdefault(group, {})[year] = built.scores[ROOT]
            ranks.setdefault(group, {})[year] = built.ranks
    units = pd.concat(names[::-1])
    return Panel(
        scores={group: _side_by_side(columns) for group, columns in scores.items()},
        ranks={group: _side_by_side(columns) for group, columns in ranks.items()},
        status=pd.Series(mine["status"].to_numpy(), index=mine["year"].to_numpy(), name="status"),
        units=units[~units.index.duplicated()],
    )


def _side_by_side(columns: Mapping[int, pd.Series]) -> pd.DataFrame:
    table = pd.DataFrame(columns)
    table.index.name = "unit"
    return table
