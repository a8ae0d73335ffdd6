"""The published ranks of the record: whose they are, and how far they hold under other weights."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from govtransparency.profiles.basis_of_figures import signed_names
from govtransparency.profiles.record_of_unit import published_ranks_of_year
from govtransparency.record.facts import facts
from govtransparency.record.statements import sentence
from govtransparency.texts.bilingual import Text, in_columns
from govtransparency.texts.record_words import SHARES_DRAWN

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from govtransparency.editions import Edition, Panel
    from govtransparency.robustness import Ensemble

__all__ = ["claims_held", "names_for_figures", "published_over_years", "published_places"]


def claims_held(edition: Edition, ensembles: Mapping[str, Mapping[str, Ensemble]]) -> pd.DataFrame:
    """Return in what share of the weightings each published rank of the record comes out as published.

    Parameters
    ----------
    edition : Edition
    ensembles : mapping of group to what `weightings` returns

    Returns
    -------
    DataFrame, one row per claim
        group_zh, group_en, fact_zh, fact_en, near and any (shares, 0 to 1), source_id. Claims on ranks and listed
        places of the whole index, of units of the edition.
    """
    columns = ["group_zh", "group_en", "fact_zh", "fact_en", "near", "any", "source_id"]
    if edition.record is None:
        return pd.DataFrame(columns=columns)
    rows: dict[tuple[str, str, float], tuple[object, ...]] = {}
    for unit, fact in _places(edition):
        group, name, rank = fact["group"], fact["entity_zh"], fact["value"]
        shares = [_share(ensemble, unit, rank) for ensemble in ensembles.get(group, {}).values()]
        if shares and (group, name, rank) not in rows:  # a rank is often said as a listed place too
            said = sentence(fact, Text(name, edition.units.at[unit, "name_en"]), Text("", ""))
            names = edition.groups[group]
            rows[group, name, rank] = (names["zh"], names["en"], *said, *shares, fact["source_id"])
    table = pd.DataFrame(list(rows.values()), columns=columns)
    if edition.status != "simulated":
        return table
    return table.assign(**in_columns("basis", [SHARES_DRAWN] * len(table)))


def names_for_figures(edition: Edition) -> pd.DataFrame:
    """Return what figures call the units: name_zh, name_en, and for simulated figures `published_places`.

    Real names bear the sign of simulated figures, but for those whose place is published, which figures mark.
    """
    names = signed_names(edition)
    if edition.status != "simulated":
        return names
    places = published_places(edition).reindex(names.index)
    return names.mask(places.notna(), edition.units[["name_zh", "name_en"]], axis=0).assign(published=places)


def published_places(edition: Edition) -> pd.Series:
    """Return the rank, or the place in a list that states its order, that the record has for units, by unit.

    Examples
    --------
    >>> from govtransparency import read_edition
    >>> published_places(read_edition("cgti", 2024)).loc[["370200", "340000"]].tolist()
    [2.0, 7.0]
    """
    return pd.Series(published_ranks_of_year(edition, edition.year), name="published", dtype=float)


def published_over_years(panel: Panel) -> pd.DataFrame:
    """Return `published_places` of each simulated edition of a panel, units x years; empty of other editions."""
    drawn = {year: edition for year, edition in panel.editions.items() if edition.status == "simulated"}
    return pd.DataFrame({year: published_places(edition) for year, edition in drawn.items()})


def _places(edition: Edition) -> Iterator[tuple[str, dict[str, Any]]]:
    """Give each rank and listed place of the whole index that the record states, with its unit."""
    if edition.record is None:
        return
    units = {(group, name): unit for unit, group, name in edition.units[["group", "name_zh"]].itertuples()}
    for fact in facts(edition.record, edition.year, groups=edition.groups).to_dict("records"):
        unit = units.get((fact["group"], fact["entity_zh"]))
        if fact["kind"] in ("rank", "list_position") and not fact["node_zh"] and unit is not None:
            yield unit, fact


def _share(ensemble: Ensemble, unit: str, rank: float) -> float:
    row = ensemble.acceptability.loc[unit]
    return float(row.get(rank, 0.0))
