"""What is published and what is drawn in the tables of a simulated edition, said in each row of a unit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from govtransparency.nodes import ROOT
from govtransparency.record.facts import facts
from govtransparency.texts.bilingual import Text, in_columns
from govtransparency.texts.figure_words import FIGURES
from govtransparency.texts.status_words import BADGE

if TYPE_CHECKING:
    from govtransparency.editions import Edition

__all__ = ["published_figures", "signed_units", "with_basis"]

DRAWN, PUBLISHED = "drawn", "published"
COLUMNS = {
    "rank": "rank",
    "list_position": "list position",
    "score": "score",
    "rank_within_province": "rank_in_province",
}
SHOWN_IN = {"list position": "rank", "score": ROOT}  # other columns that hold a figure of that name


def published_figures(edition: Edition) -> dict[str, tuple[str, ...]]:
    """Return which figures of each unit a published fact of the year states.

    Returns
    -------
    dict of unit to names
        "rank", "score", "rank_in_province", "list position" (a place in a list that states no order), and the codes of
        pillars whose score is published.
    """
    if edition.record is None:
        return {}
    codes = {name.zh: code for code, name in edition.nodes.items()}
    keys = zip(edition.units["group"], edition.units["name_zh"], strict=True)
    units = dict(zip(keys, edition.units.index, strict=True))
    found: dict[str, dict[str, None]] = {}
    for fact in facts(edition.record, edition.year, groups=edition.groups).to_dict("records"):
        unit, node = units.get((fact["group"], fact["entity_zh"])), fact["node_zh"]
        figure = COLUMNS.get(fact["kind"]) if not node else codes.get(node) if fact["kind"] == "score" else None
        if unit is not None and figure is not None:
            found.setdefault(unit, {})[figure] = None
    return {unit: tuple(figures) for unit, figures in found.items()}


def signed_units(edition: Edition) -> pd.DataFrame:
    """Return the units as tables call them: in a simulated edition with a sign after the name of a real body.

    A unit is a real body where a published fact pins it (``pinned_by``); the others are placeholders.

    Examples
    --------
    >>> from govtransparency import read_edition
    >>> signed_units(read_edition("cgti", 2024)).loc[["310000", "370200"], "name_en"].tolist()
    ['Shanghai (simulated)', 'Qingdao (simulated)']
    """
    units = edition.units
    if edition.status != "simulated" or "pinned_by" not in units:
        return units
    real = units["pinned_by"].fillna("").astype(str) != ""
    names = units.loc[real, ["name_zh", "name_en"]].itertuples(index=False, name=None)
    signed = in_columns(
        "name", [FIGURES["drawn_of"].format(name=Text(*name), status=BADGE["simulated"]) for name in names]
    )
    units = units.copy()
    for column, values in signed.items():
        units.loc[real, column] = values
    return units


def with_basis(table: pd.DataFrame, edition: Edition) -> pd.DataFrame:
    """Return a table of a simulated edition with a last column that says what each unit's figures rest on.

    Parameters
    ----------
    table : DataFrame
        Units in the index or in a column ``unit``; another table is returned as it is.
    edition : Edition

    Returns
    -------
    DataFrame
        ``basis`` is "drawn", "published", or "published: rank, score; drawn: the rest" where facts state some of the
        row's numbers.
    """
    if edition.status != "simulated" or not ("unit" in table or "unit" in table.index.names):
        return table
    units = table["unit"] if "unit" in table else table.index.get_level_values("unit")
    numbers = {str(name) for name in table.select_dtypes("number")}
    stated = published_figures(edition)
    return table.assign(basis=[_basis(stated.get(unit, ()), numbers) for unit in units])


def _basis(figures: tuple[str, ...], numbers: set[str]) -> str:
    """Return what a row rests on, from the unit's published figures and the columns of numbers."""
    there = {name: {name, SHOWN_IN.get(name, name)} & numbers for name in figures}
    named = [name for name, columns in there.items() if columns]
    if not named:
        return DRAWN
    covered = {column for columns in there.values() for column in columns}
    return PUBLISHED if covered == numbers else f"{PUBLISHED}: {', '.join(named)}; {DRAWN}: the rest"
