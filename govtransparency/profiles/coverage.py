"""How complete the data of an edition are: by group, indicator, pillar and unit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from govtransparency.names import named_nodes
from govtransparency.nodes import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from govtransparency.editions import Edition
    from govtransparency.index import Index

__all__ = ["cell_states", "coverage_by_indicator", "coverage_by_pillar", "coverage_of_units", "overview"]


def cell_states(edition: Edition, group: str) -> pd.DataFrame:
    """Return what is in each cell of a group's table: units x indicators of observed, not_applicable or missing."""
    table = edition.tables[group]
    states = pd.DataFrame("observed", index=table.index, columns=table.columns).mask(table.isna(), "missing")
    return states.mask(edition.not_applicable[group], "not_applicable")


def overview(edition: Edition) -> pd.DataFrame:
    """Return for each group: units, indicators, and how many cells are observed, not applicable and missing.

    Coverage is the share of the applicable cells that are observed.
    """
    rows = []
    for group, names in edition.groups.items():
        states = cell_states(edition, group).to_numpy()
        counts = [int((states == state).sum()) for state in ("observed", "not_applicable", "missing")]
        rows.append(
            (names["zh"], names["en"], *states.shape, *counts, counts[0] / (counts[0] + counts[2] or float("nan")))
        )
    columns = ["group_zh", "group_en", "units", "indicators", "observed", "not_applicable", "missing", "coverage"]
    return pd.DataFrame(rows, columns=columns)


def coverage_by_indicator(edition: Edition, groups: Iterable[str]) -> pd.DataFrame:
    """Return the share of units that have a value, one row per indicator, one column per group; the emptiest first.

    Of the units to which the indicator is applicable; NaN where it is applicable to none. The groups share a framework.
    """
    shares = pd.DataFrame(
        {group: edition.tables[group].notna().sum() / (~edition.not_applicable[group]).sum() for group in groups}
    )
    framework = edition.frameworks[str(shares.columns[0])]
    named = named_nodes(framework, list(framework.indicators), "indicator")
    named = pd.concat([named, shares.reset_index(drop=True)], axis=1)
    return named.iloc[shares.mean(axis=1).reset_index(drop=True).sort_values(kind="stable").index].reset_index(
        drop=True
    )


def coverage_by_pillar(indices: Mapping[str, Index]) -> pd.DataFrame:
    """Return the mean coverage of each pillar and of the index, one row per node, one column per group.

    The groups share a framework.
    """
    framework = next(iter(indices.values())).recipe.framework
    codes = [ROOT, *reversed(framework.pillars)]
    shares = pd.DataFrame({group: index.coverage[codes].mean() for group, index in indices.items()})
    return pd.concat([named_nodes(framework, codes, "node"), shares.reset_index(drop=True)], axis=1)


def coverage_of_units(edition: Edition, indices: Mapping[str, Index]) -> pd.DataFrame:
    """Return the units that lack anything: coverage of the index, what is required, whether it is met; least first.

    With the numbers of indicators observed, not applicable and missing.
    """
    parts = []
    for group, index in indices.items():
        part = edition.units.loc[index.coverage.index, ["name_zh", "name_en"]]
        part.insert(0, "group_zh", edition.groups[group]["zh"])
        part.insert(1, "group_en", edition.groups[group]["en"])
        required = index.recipe.missing.required(ROOT)
        states = cell_states(edition, group)
        for state in ("observed", "not_applicable", "missing"):
            part[state] = (states == state).sum(axis=1)
        part = part.assign(coverage=index.coverage[ROOT], required=required, ranked=index.ranks.notna())
        parts.append(part)
    table = pd.concat(parts)
    return table[table["coverage"] < 1].sort_values("coverage", kind="stable")
