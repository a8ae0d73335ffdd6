"""Several editions of an index side by side: scores and ranks by year, each rebuilt by its own recipe."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pandas as pd

from govtransparency.arguments import Arguments
from govtransparency.checked_calls import checked
from govtransparency.editions.config import STATUSES, Status, parse_toml, status_of
from govtransparency.editions.joined_units import current_codes, joined_doubts, under_current_codes
from govtransparency.editions.load import edition_folders, list_editions, read_edition
from govtransparency.editions.root import find_root
from govtransparency.errors import InputError, headed, nearest
from govtransparency.nodes import ROOT
from govtransparency.status_of_data import attribution_of
from govtransparency.texts.bilingual import Text
from govtransparency.texts.problems import edition_problems as problems

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from govtransparency.editions.edition import Edition
    from govtransparency.framework import Framework
    from govtransparency.index import Index

__all__ = ["Panel", "fault_of", "read_panel", "readable_panel"]


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
    frameworks : dict of group to dict of year to Framework
    doubts : DataFrame
        Columns year, group, zh, en: units of an edition and the one before that may be one unit, although no column
        ``formerly`` of ``units.csv`` joins them, or may be two although they have one code.
    editions : dict of year to Edition
    attribution : tuple of Text
        What the licences of the editions' sources ask for, as `Edition.attribution`.

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
    frameworks: Mapping[str, Mapping[int, Framework]] = field(default_factory=dict)
    doubts: pd.DataFrame = field(default_factory=lambda: joined_doubts([], []))
    attribution: tuple[Text, ...] = ()
    editions: Mapping[int, Edition] = field(default_factory=dict)

    @property
    def league(self) -> bool:
        """Whether any of the editions shows a league table; where none does, no unit is named at a rank."""
        return any(edition.league for edition in self.editions.values()) or not self.editions


@checked
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
        ``data/raw``; by default as in `read_edition`.

    Returns
    -------
    Panel
        Units are matched by their code, and by the former codes and names in the column ``formerly`` of ``units.csv``;
        they stand under their latest code.

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
    root = find_root(root, index=index)
    there = list_editions(root)
    mine = there[there["index"] == index]
    if mine.empty:
        problem = problems.NO_INDEX.format(index=index, nearest=nearest(index, there["index"].unique()))
        raise InputError(problem, title="panel")
    mine = mine[mine["year"] <= (mine["year"].max() if until is None else int(until))]
    mine = mine if status is None else mine[mine["status"].isin([status, ""])]  # "": unreadable, as is told below
    if mine.empty:
        of_status = problems.OF_STATUS.format(status=status) if status else ""
        up_to = problems.UNTIL.format(until=until) if until is not None else ""
        raise InputError(problems.NO_EDITION_OF.format(index=index, status=of_status, until=up_to), title="panel")
    editions = [read_edition(index, year, root=root) for year in mine["year"]]
    return _panel([(edition, _indices(edition)) for edition in editions])


def readable_panel(
    index: str,
    *,
    until: int | None = None,
    status: Status | None = None,
    root: str | Path | None = None,
    known: Edition | None = None,
) -> tuple[Panel, dict[int, Text]]:
    """Return the panel of those editions that can be read and rebuilt, and why the others cannot, by year.

    For a report on one edition, which the fault of another must not stop; where that edition is `known`, it is not read
    again.

    Raises
    ------
    InputError
        If there is none.
    """
    kept: list[tuple[Edition, dict[str, Index]]] = []
    refused: dict[int, Text] = {}
    root = find_root(root, index=index)
    for folder in edition_folders(root):
        year = int(folder.name)
        if folder.parent.name != index or (until is not None and year > until):
            continue
        try:
            if status in (None, status_of(parse_toml(folder / "edition.toml"))):
                edition = known if known and known.year == year else read_edition(index, year, root=root)
                kept.append((edition, _indices(edition)))
        except InputError as error:
            refused[year] = fault_of(error, folder)
    if not kept:
        raise InputError(list(refused.values()), title=index)
    return _panel(kept), refused


def fault_of(error: InputError, folder: Path) -> Text:
    """Return the first problem of an edition that cannot be read, with its files as seen from the data's folder."""
    whole = error.heading.en == f"{folder.parent.name} {folder.name}"
    first = error.texts[0] if whole else headed(error)[0]
    return Text(*(text.replace(f"{folder.parents[1]}/", "") for text in first))


def _indices(edition: Edition) -> dict[str, Index]:
    return {group: edition.index_of(group) for group in edition.tables}


def _panel(editions: Sequence[tuple[Edition, Mapping[str, Index]]]) -> Panel:
    """Return the editions and their indices side by side, in the order of their years."""
    scores: dict[str, dict[int, pd.Series]] = {}
    ranks: dict[str, dict[int, pd.Series]] = {}
    frameworks: dict[str, dict[int, Framework]] = {}
    codes = current_codes([edition.units for edition, _ in editions])
    for (edition, indices), current in zip(editions, codes, strict=True):
        for group, index in indices.items():
            scores.setdefault(group, {})[edition.year] = under_current_codes(index.scores[ROOT], current)
            ranks.setdefault(group, {})[edition.year] = under_current_codes(index.ranks, current)
            frameworks.setdefault(group, {})[edition.year] = edition.frameworks[group]
    named = [
        under_current_codes(edition.units[["name_zh", "name_en"]], current)
        for (edition, _), current in zip(editions, codes, strict=True)
    ]
    units = pd.concat(named[::-1])
    return Panel(
        scores={group: _side_by_side(columns) for group, columns in scores.items()},
        ranks={group: _side_by_side(columns) for group, columns in ranks.items()},
        status=pd.Series({edition.year: edition.status for edition, _ in editions}, name="status", dtype=object),
        units=units[~units.index.duplicated()],
        frameworks=frameworks,
        doubts=joined_doubts([edition for edition, _ in editions], codes),
        editions={edition.year: edition for edition, _ in editions},
        attribution=attribution_of(*(edition for edition, _ in editions)),
    )


def _side_by_side(columns: Mapping[int, pd.Series]) -> pd.DataFrame:
    table = pd.DataFrame(columns)
    table.index.name = "unit"
    return table
