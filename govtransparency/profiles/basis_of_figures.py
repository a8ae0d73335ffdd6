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
    from govtransparency.editions import Edition, Panel

__all__ = ["published_figures", "real_names", "signed_names", "signed_units", "with_basis"]

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


def real_names(edition: Edition) -> pd.Series:
    """Return whether each unit bears the name of a government, not of a placeholder."""
    if "pinned_by" not in edition.units:
        return pd.Series(True, index=edition.units.index)
    return edition.units["pinned_by"].fillna("") != ""


def signed_names(edition: Edition) -> pd.DataFrame:
    """Return name_zh and name_en of all units, in a simulated edition with its sign after real names."""
    names = edition.units[["name_zh", "name_en"]]
    return names if edition.status != "simulated" else _signed(names, real_names(edition))


def signed_units(panel: Panel) -> pd.DataFrame:
    """Return the units of a panel, in one of simulated editions with their sign after real names."""
    if set(panel.status) != {"simulated"}:
        return panel.units
    real = pd.concat([real_names(edition) for edition in panel.editions.values()]).groupby(level=0).any()
    return panel.units.assign(**_signed(panel.units, real.reindex(panel.units.index, fill_value=False)))


def _signed(names: pd.DataFrame, real: pd.Series) -> pd.DataFrame:
    texts = [
        FIGURES["drawn_of"].format(name=Text(zh, en), status=BADGE["simulated"]) if known else Text(zh, en)
        for zh, en, known in zip(names["name_zh"], names["name_en"], real, strict=True)
    ]
    return pd.DataFrame(in_columns("name", texts), index=names.index)


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
