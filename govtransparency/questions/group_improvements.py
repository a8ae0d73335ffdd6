"""The least improvements that bring every unit of a group one rank up: of one indicator, and of several together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from govtransparency.aggregation import transform_of
from govtransparency.checked_calls import arguments_checked
from govtransparency.data.indicator_columns import Scale
from govtransparency.index import build_index, normalised_values
from govtransparency.nodes import ROOT
from govtransparency.questions.sample_dependence import depends_on_other_units
from govtransparency.ranking import round_scores
from govtransparency.robustness.thresholds.improvement import start_and_limit, what_would_it_take
from govtransparency.scoring.compiler import compile_scoring

if TYPE_CHECKING:
    from collections.abc import Mapping

    from govtransparency.index import Index

__all__ = ["joint_improvements", "next_ranks", "single_improvements"]

HALVINGS = 40  # of a range of values: to 1e-12 of it
SHARES = 1000  # steps of a common share
LONGEST = 20_000  # rows scored at a time
NEAR = 1e-9  # of a step of a scale: what bisection leaves


def next_ranks(index: Index) -> pd.Series:
    """Return the next better rank that another unit holds, for each ranked unit but the first."""
    held = np.sort(index.ranks.dropna().unique())
    better = {rank: held[place - 1] for place, rank in enumerate(held) if place}
    return index.ranks.map(better).dropna().map(np.floor).astype(int).rename("target")


def single_improvements(index: Index, targets: pd.Series, scales: Mapping[str, Scale]) -> pd.DataFrame:
    """Return the least gain of each indicator that alone brings each unit to its target.

    Parameters
    ----------
    index : Index
    targets : Series, unit -> rank
        Of ranked units; better than the rank held.
    scales : mapping of unit of measurement to Scale
        The values that indicators can take.

    Returns
    -------
    DataFrame, one row per unit and indicator that reaches the target
        unit, indicator, value, needed, share (of the possible gain); the smallest share first within each unit. As
        `what_would_it_take`, which is asked unit by unit where a score may depend on other units.
    """
    columns = ["unit", "indicator", "value", "needed", "share"]
    if not _separate(index):
        found = []
        for unit, target in targets.items():
            moves = what_would_it_take(index, unit, target, steps=_known(index, scales)).query("reachable")
            found.append(moves.rename_axis("indicator").reset_index().assign(unit=unit)[columns])
        table = pd.concat(found, ignore_index=True) if found else pd.DataFrame(columns=columns)
        return table.sort_values(["unit", "share"], kind="stable", ignore_index=True)
    tree = index.recipe.framework
    cells = [_ends(index, targets.index, code, scales).assign(indicator=code).reset_index() for code in tree.indicators]
    table = pd.concat(cells, ignore_index=True)
    applies = ~_at(index.not_applicable, table).astype(bool)
    table = table[
        applies & ((table["limit"] - table["start"]) * table["indicator"].map(tree.directions).astype(float) > 0)
    ]
    table = table[_reaches(index, table, targets, table["limit"].to_numpy())].reset_index(drop=True)
    table["needed"] = _least_that_reach(index, table, targets, scales)
    table["value"] = _at(index.raw, table)
    table["share"] = (table["needed"] - table["start"]) / (table["limit"] - table["start"])
    table = table[table["share"] <= 1]
    return table.sort_values(["unit", "share"], kind="stable", ignore_index=True)[columns]


def _at(values: pd.DataFrame, cells: pd.DataFrame) -> np.ndarray:
    """Return the value of each cell, named by its unit and its indicator."""
    rows, columns = values.index.get_indexer(cells["unit"]), values.columns.get_indexer(cells["indicator"])
    return values.to_numpy()[rows, columns]


def _least_that_reach(index: Index, cells: pd.DataFrame, targets: pd.Series, scales: Mapping[str, Scale]) -> np.ndarray:
    """Return the least gains of cells whose start does not reach the target and whose limit does, on their scales."""
    tree = index.recipe.framework
    of_code = [
        (places, _scale(index, str(code), scales), tree.node(str(code)).direction)
        for code, places in cells.groupby("indicator").indices.items()
    ]

    def on_scale(values: np.ndarray) -> np.ndarray:
        found = np.empty(len(values))
        for places, scale, direction in of_code:
            found[places] = _next_on_scale(values[places], scale, direction)
        return found

    low, high = (cells[end].to_numpy(dtype=float, copy=True) for end in ("start", "limit"))
    just_above = 3 * NEAR * cells["indicator"].map(tree.directions).astype(float).to_numpy()
    for _ in range(HALVINGS):
        open_ones = np.flatnonzero(on_scale(low + just_above) != on_scale(high))
        if not len(open_ones):
            break
        middle = (low[open_ones] + high[open_ones]) / 2
        enough = _reaches(index, cells.iloc[open_ones], targets, middle)
        low[open_ones[~enough]], high[open_ones[enough]] = middle[~enough], middle[enough]
    return on_scale(high)


def joint_improvements(index: Index, targets: pd.Series, scales: Mapping[str, Scale]) -> pd.DataFrame:
    """Return the least share of what can be gained that, in all indicators under a node at once, reaches the target.

    A value moves by that share of the way to its best; one on a scale of steps by the whole steps within it.

    Parameters
    ----------
    index, targets, scales
        As in `single_improvements`.

    Returns
    -------
    DataFrame, one row per unit and node that reaches the target
        unit, node (a pillar, or the index for all indicators), share; the smallest share first within each unit. Empty
        where a score may depend on other units.
    """
    empty = pd.DataFrame({"unit": [], "node": [], "share": []})
    if not _separate(index) or targets.empty:
        return empty
    tree = index.recipe.framework
    codes = list(tree.indicators)
    nodes = [node for node in (*tree.children(ROOT), ROOT) if node in tree.leaves]
    under = np.array([[code in tree.leaves[node] for code in codes] for node in nodes])
    rows = [(unit, place) for unit in targets.index for place in range(len(nodes))]
    units = pd.Index([unit for unit, _ in rows])
    own = index.raw.loc[units, codes].to_numpy(dtype=float)
    free = under[[place for _, place in rows]] & ~index.not_applicable.loc[units, codes].to_numpy()

    def moved(shares: np.ndarray) -> np.ndarray:
        values = own.copy()
        for place, code in enumerate(codes):
            scale, node = _scale(index, code, scales), tree.node(code)
            start, limit = ends[code].loc[units].to_numpy().T
            better = free[:, place] & ((limit - start) * node.direction > 0) & (shares > 0)
            to = _last_on_scale(start + shares * (limit - start), scale, node.direction, start)
            values[:, place] = np.where(better, to, values[:, place])
        return values

    ends = {code: _ends(index, targets.index, code, scales) for code in codes}
    low, high = np.zeros(len(rows), dtype=int), np.full(len(rows), SHARES)
    reached = _are_reached(index, moved(high / SHARES), units, targets)
    while (high - low > 1).any():
        middle = (low + high) // 2
        enough = _are_reached(index, moved(middle / SHARES), units, targets)
        low, high = np.where(enough, low, middle), np.where(enough, middle, high)
    table = pd.DataFrame({"unit": units, "node": [nodes[place] for _, place in rows], "share": high / SHARES})[reached]
    return table.sort_values(["unit", "share"], kind="stable", ignore_index=True)


def _separate(index: Index) -> bool:
    """Return whether each unit's score rises with its own values alone, and ranks compare rounded scores."""
    recipe, rule = index.recipe, index.recipe.rank
    means = all(transform_of(recipe.aggregator(code)) is not None for code in (*recipe.framework.pillars, ROOT))
    return means and rule.ties == "min" and not rule.tie_breakers and not depends_on_other_units(recipe)


def _known(index: Index, scales: Mapping[str, Scale]) -> dict[str, Scale]:
    measures = {index.recipe.framework.node(code).unit for code in index.recipe.framework.indicators}
    return {measure: scale for measure, scale in scales.items() if measure in measures}


def _scale(index: Index, code: str, scales: Mapping[str, Scale]) -> Scale:
    return scales.get(index.recipe.framework.node(code).unit, Scale())


def _reaches(index: Index, cells: pd.DataFrame, targets: pd.Series, values: np.ndarray) -> np.ndarray:
    """Return whether each unit reaches its target with one value in place of its own."""
    codes = list(index.recipe.framework.indicators)
    rows = index.raw.loc[cells["unit"], codes].to_numpy(dtype=float, copy=True)
    rows[np.arange(len(rows)), pd.Index(codes).get_indexer(cells["indicator"])] = values
    return _are_reached(index, rows, pd.Index(cells["unit"]), targets)


def _are_reached(index: Index, rows: np.ndarray, units: pd.Index, targets: pd.Series) -> np.ndarray:
    """Return for each row of values of a unit whether it would bring the unit to its target."""
    rule = index.recipe.rank
    best = np.sort(
        round_scores(index.scores.loc[index.ranks.notna(), ROOT], decimals=rule.decimals, rounding=rule.rounding)
    )
    needed = best[::-1][targets[units].to_numpy() - 1]
    found = [
        _scores(index, rows[start : start + LONGEST], units[start : start + LONGEST])
        for start in range(0, len(rows), LONGEST)
    ]
    scores = np.concatenate(found) if found else np.empty(0)
    return round_scores(scores, decimals=rule.decimals, rounding=rule.rounding) >= needed


def _scores(index: Index, rows: np.ndarray, units: pd.Index) -> np.ndarray:
    table = pd.DataFrame(rows, columns=list(index.recipe.framework.indicators))
    cells = index.not_applicable.loc[units, table.columns].set_axis(table.index)
    if index.recipe.treat:
        return build_index(table, index.recipe, not_applicable=cells).scores[ROOT].to_numpy()
    with arguments_checked():  # the values lie between those of the index, whose table was checked
        values = normalised_values(table, index.recipe, cells if cells.to_numpy().any() else None)
    return compile_scoring(index.recipe, values).own[0][ROOT]


def _next_on_scale(values: np.ndarray, scale: Scale, direction: int) -> np.ndarray:
    """Return the least good values of the scale that are no worse; NaN where there is none."""
    if scale.values:
        steps = np.sort(np.array(scale.values) * direction)
        return np.append(steps, np.nan)[np.searchsorted(steps, values * direction - NEAR)] * direction
    return np.ceil(values * direction - NEAR) * direction if scale.integer else values


def _last_on_scale(values: np.ndarray, scale: Scale, direction: int, least: np.ndarray) -> np.ndarray:
    """Return the best values of the scale that are no better; the least where there is none."""
    if scale.values:
        steps = np.sort(np.array(scale.values) * direction)
        values = (
            np.insert(steps, 0, -np.inf)[np.searchsorted(steps, values * direction + NEAR, side="right")] * direction
        )
    elif scale.integer:
        values = np.floor(values * direction + NEAR) * direction
    return np.maximum(values * direction, least * direction) * direction


def _ends(index: Index, units: pd.Index, code: str, scales: Mapping[str, Scale]) -> pd.DataFrame:
    """Return where each unit's value of an indicator starts from and its best: start, limit."""
    column, node, scale = index.raw[code], index.recipe.framework.node(code), _scale(index, code, scales)
    rows = [start_and_limit(column, node, scale, float(value)) for value in column[units]]
    return pd.DataFrame(rows, index=pd.Index(units, name="unit"), columns=["start", "limit"])
