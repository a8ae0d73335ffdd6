"""What it would take: the least gain in one indicator that brings a unit to a rank."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from govtransparency.data.sheet import Scale
from govtransparency.errors import InputError, nearest
from govtransparency.framework import Framework
from govtransparency.index import Index, build_index
from govtransparency.methods import ByNode
from govtransparency.nodes import ROOT, Node
from govtransparency.normalisation import normalise
from govtransparency.robustness.thresholds.rescore import rescored

__all__ = ["what_would_it_take"]


FINE = 1e-12  # how near, as a share of the room, the search comes to the least gain
SCAN = 33  # points looked at where a gain may also cost places

Steps = Mapping[str, Scale | Sequence[float]]


def what_would_it_take(
    index: Index, unit: Any, rank: int, *, steps: Steps | None = None, table: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Return for each indicator the least gain that brings a unit to a rank, all else as it is.

    Parameters
    ----------
    index : Index
    unit : unit
    rank : int
        To be reached or bettered, by the recipe's own rounding and tie rule.
    steps : mapping of indicator code, or of unit of measurement, to Scale or sequence of float, optional
        The values an indicator can take, such as ``{"yes/no": [0, 1]}``; a `Scale` of whole numbers is counted up. Any
        value by default.
    table : DataFrame, units x columns, optional
        What the index was built from, needed where its treatments read columns that are no indicators.

    Returns
    -------
    DataFrame, a row an indicator, in the framework's order and each in its own unit of measurement
        value : float, the unit's own; NaN where it is missing.
        needed : float, the least good value that reaches the rank; NaN where none does.
        gain : float, ``needed - value``, negative where less is better; NaN also for a value that is missing.
        share : float, gain as a share of what there is to gain, 0 to 1.
        limit : float, the best the indicator goes to: its best goalpost, else the end of its scale, else the best
        value observed.
        rank : float, the rank at `needed`, or at `limit` where the rank is not reached; inf where the recipe cannot
        score the table with the limit in it (an indicator that all units then have the same of).
        reachable : bool, False: not reachable by this indicator alone.
        confirmed : bool, whether the rebuilt index has the rank at `needed` and not just before it.

    Raises
    ------
    InputError
        For a unit that is unknown or has no rank, a rank outside 1 to the number of ranked units, and steps for what is
        no indicator.

    Notes
    -----
    Where no other unit's score depends on this one's value, the rank can only rise with it and halving finds the least
    gain. Where the normalisation looks at the sample, a gain may cost places as well as win them: the search then looks
    at 33 points between the value and the limit and at every value that another unit has there, and halves from the
    first that reaches the rank; a short stretch of values between two of these points, where rounded scores tie by
    chance, can be passed over. Every answer is checked by building the index again.

    Examples
    --------
    >>> from govtransparency import Framework, Recipe
    >>> ends = {"worst": 0, "best": 10}
    >>> tree = Framework([Node("index", ""), Node("a", "index", **ends), Node("b", "index", **ends)])
    >>> values = pd.DataFrame({"a": [8.0, 5.0], "b": [6.0, 7.0]}, index=["X", "Y"])
    >>> found = what_would_it_take(build_index(values, Recipe(tree)), "Y", 1)
    >>> found[["value", "needed", "gain", "reachable"]].round(6).values.tolist()
    [[5.0, 7.0, 2.0, True], [7.0, 9.0, 2.0, True]]
    """
    framework = index.recipe.framework
    _check(index, unit, rank, steps or {}, framework)
    source = index.raw if table is None else table
    rows = []
    for code in framework.indicators:
        node = framework.node(code)
        scale = _scale((steps or {}).get(code, (steps or {}).get(node.unit)))
        rows.append(_row(index, source, unit, rank, node, scale))
    columns = ["value", "needed", "gain", "share", "limit", "rank", "reachable", "confirmed"]
    return pd.DataFrame(rows, index=pd.Index(framework.indicators, name="indicator"), columns=columns)


def _check(index: Index, unit: Any, rank: int, steps: Steps, framework: Framework) -> None:
    problems = []
    if unit not in index.ranks.index:
        problems.append(f"unit {unit!r} is unknown; {nearest(unit, index.ranks.index)}")
    elif np.isnan(index.ranks[unit]):
        problems.append(f"unit {unit!r} has no rank; see index.excluded")
    count = int(index.ranks.notna().sum())
    if isinstance(rank, bool) or not isinstance(rank, (int, np.integer)) or not 1 <= rank <= count:
        problems.append(f"rank {rank!r}: expected a whole number from 1 to {count}")
    measures = {framework.node(code).unit for code in framework.indicators} - {""}
    known = [*framework.indicators, *sorted(measures)]
    problems += [
        f"steps of {key!r}: no indicator and no unit of measurement; {nearest(key, known)}"
        for key in steps
        if key not in known
    ]
    if problems:
        raise InputError(problems, title="what_would_it_take")


def _scale(given: Scale | Sequence[float] | None) -> Scale:
    if given is None or isinstance(given, Scale):
        return given or Scale()
    return Scale(values=tuple(sorted(float(value) for value in given)))


def _row(index: Index, table: pd.DataFrame, unit: Any, rank: int, node: Node, scale: Scale) -> tuple[Any, ...]:
    value = float(index.raw[node.code][unit])
    start, limit = _room(index.raw[node.code], node, scale, value)
    rebuilt = _by_rebuilding(index, table, unit, node.code)
    searches = [rebuilt]
    if not index.recipe.treat and not np.isnan(value):
        searches.insert(0, _by_column(index, unit, node))
    if not np.isnan(value) and index.ranks[unit] <= rank:
        return value, value, 0.0, 0.0, limit, float(index.ranks[unit]), True, bool(rebuilt(value)[0] <= rank)
    room = (limit - start) * node.direction
    if room < 0 or (room == 0 and not np.isnan(value)):
        return value, np.nan, np.nan, np.nan, limit, float(index.ranks[unit]), False, True
    for rank_at in searches:
        found, before = _least(rank_at, start, limit, rank, node, scale, index.raw[node.code], np.isnan(value))
        at = rebuilt(limit if np.isnan(found) else found)[0]
        if np.isnan(found):
            confirmed = at > rank
        else:
            confirmed = at <= rank and (np.isnan(before) or rebuilt(before)[0] > rank)
        if confirmed:
            break
    reachable = not np.isnan(found)
    share = (found - start) / (limit - start) if limit != start else 0.0
    return value, found, found - value, share, limit, float(at), reachable, bool(confirmed)


def _room(column: pd.Series, node: Node, scale: Scale, value: float) -> tuple[float, float]:
    """Return where the search starts and the best value: goalposts, else the scale's ends, else the sample's."""
    better = node.direction > 0
    allowed = scale.values or (scale.low, scale.high)
    worst_end, best_end = (min(allowed), max(allowed)) if better else (max(allowed), min(allowed))
    limit = node.best if not np.isnan(node.best) else best_end if np.isfinite(best_end) else np.nan
    if np.isnan(limit):
        limit = column.max() if better else column.min()
    elif np.isfinite(best_end):
        limit = min(limit, best_end) if better else max(limit, best_end)
    if scale.values:  # the best value there is that does not pass the limit
        within = [step for step in scale.values if (limit - step) * node.direction >= 0]
        limit = max(within, key=lambda step: step * node.direction, default=limit)
    elif scale.integer:
        limit = np.floor(limit) if better else np.ceil(limit)
    if not np.isnan(value):
        return value, float(limit)
    worst = node.worst if not np.isnan(node.worst) else worst_end if np.isfinite(worst_end) else np.nan
    return float((column.min() if better else column.max()) if np.isnan(worst) else worst), float(limit)


RankAt = Callable[[float], tuple[float, pd.Series]]
UNSCORED = (np.inf, pd.Series(dtype=float))  # with the value the pipeline refuses the table: all units the same, say


def _by_rebuilding(index: Index, table: pd.DataFrame, unit: Any, code: str) -> RankAt:
    """Return the way from a value to the unit's rank and the others' scores through the whole pipeline."""

    def rank_at(value: float) -> tuple[float, pd.Series]:
        changed = table.copy()
        changed[code] = changed[code].astype(float)
        changed.loc[unit, code] = value
        try:
            other = build_index(changed, index.recipe)
        except InputError:
            return UNSCORED
        return float(other.ranks[unit]), other.scores[ROOT].drop(unit)

    return rank_at


def _by_column(index: Index, unit: Any, node: Node) -> RankAt:
    """Return the same from the one column that changes and the nodes above it."""
    recipe, scoring = index.recipe, index.scoring.holding([node.code])
    at = scoring.place[node.code]
    alone = Framework([Node(ROOT, ""), replace(node, parent=ROOT)])
    method, code = recipe.normalise, node.code
    if isinstance(method, ByNode):
        while code and code not in method.methods:
            code = recipe.framework.parent(code)
        method = method.methods.get(code, method.otherwise)
    column = index.table[[node.code]]

    def rank_at(value: float) -> tuple[float, pd.Series]:
        changed = column.copy()
        changed.loc[unit, node.code] = value
        try:
            normalised = normalise(changed, alone, method=method)[node.code]
        except InputError:
            return UNSCORED
        values = scoring.values.copy()
        values[:, at] = np.where(scoring.observed[:, at], normalised, values[:, at])
        found = rescored(index, scoring, scoring.weights, values)
        return float(found.ranks[unit]), found.scores.drop(unit)

    return rank_at


def _least(
    rank_at: RankAt,
    start: float,
    limit: float,
    rank: int,
    node: Node,
    scale: Scale,
    column: pd.Series,
    missing: bool,
) -> tuple[float, float]:
    """Return the least good value that reaches the rank, NaN where none does, and one just before it that does not."""

    def reaches(value: float) -> bool:
        return rank_at(value)[0] <= rank

    if scale.values:
        before = np.nan if missing else start
        for value in sorted(scale.values, key=lambda value: value * node.direction):
            past = (value - start) * node.direction
            if (past > 0 or (past == 0 and missing)) and (limit - value) * node.direction >= 0:
                if reaches(value):
                    return value, before
                before = value
        return np.nan, np.nan
    points = np.array([start, limit])
    if not rank_at(start)[1].equals(rank_at(limit)[1]):
        between = column[(column - start) * node.direction > 0].to_numpy()
        between = between[(limit - between) * node.direction > 0]
        points = np.unique(np.concatenate([np.linspace(start, limit, SCAN), between]))[:: node.direction]
    hit = next((place for place, value in enumerate(points) if (place or missing) and reaches(value)), None)
    if hit is None:
        return np.nan, np.nan
    if hit == 0:
        return float(points[0]), np.nan
    low, high = float(points[hit - 1]), float(points[hit])
    while abs(high - low) > FINE * abs(limit - start):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        low, high = (low, middle) if reaches(middle) else (middle, high)
    if not scale.integer:
        return high, low
    whole = np.floor if node.direction < 0 else np.ceil
    near = float(np.rint(high))  # the search ends a hair past a whole number that reaches the rank
    high = near if abs(near - high) < 1e-6 and reaches(near) else float(whole(high))
    if (limit - high) * node.direction < 0:
        return np.nan, np.nan
    return high, high - node.direction if (high - node.direction - start) * node.direction >= 0 else low
