"""What it would take: the least improvement in one indicator that brings a unit to a rank."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from numbers import Real
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from govtransparency.arguments import Arguments
from govtransparency.checked_calls import checked
from govtransparency.data.indicator_columns import Scale
from govtransparency.errors import InputError, nearest
from govtransparency.framework import Framework
from govtransparency.index import build_index
from govtransparency.methods import ByNode
from govtransparency.nodes import ROOT, Node
from govtransparency.normalisation import normalise
from govtransparency.robustness.thresholds.rescore import rescored
from govtransparency.robustness.thresholds.threshold_arguments import check_ranked_unit
from govtransparency.texts.problems import threshold_problems as problems

if TYPE_CHECKING:
    from govtransparency.index import Index

__all__ = ["Steps", "start_and_limit", "what_would_it_take"]


FINE = 1e-12  # precision of the least gain, as a share of the possible gain
SCAN = 33  # points looked at where a gain may also cost places

Steps = Mapping[str, Scale | Sequence[float]]
RankAt = Callable[[float], tuple[float, pd.Series]]  # from a value to the unit's rank and the others' scores
UNSCORED = (np.inf, pd.Series(dtype=float))  # the recipe refuses the table with this value: all units equal, say


@checked
def what_would_it_take(
    index: Index, unit: Any, rank: int, *, steps: Steps | None = None, table: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Return the least gain in each indicator that brings a unit to a rank, everything else unchanged.

    Parameters
    ----------
    index : Index
    unit : unit
    rank : int
        The rank to reach or better, by the recipe's own rounding and tie rule.
    steps : mapping of indicator code, or of unit of measurement, to Scale or sequence of float, optional
        The values an indicator can take, such as ``{"yes/no": [0, 1]}``; a `Scale` of whole numbers is counted up. Any
        value by default.
    table : DataFrame, units x columns, optional
        What the index was built from; needed where its treatments read columns that are not indicators.

    Returns
    -------
    DataFrame, one row per indicator, in the framework's order and each in its own unit of measurement
        value : float, the unit's value; NaN where it is missing or not applicable.
        needed : float, the least good value that reaches the rank; NaN where none does.
        gain : float, ``needed - value``, negative where less is better; NaN also for a value that is missing.
        share : float, gain as a share of the possible gain, 0 to 1.
        limit : float, the best possible value: the best goalpost, else the end of the scale, else the best value
        observed.
        rank : float, the rank at `needed`, or at `limit` where the rank is not reached; inf where the recipe cannot
        score the table with the limit in it (because all units then have the same value). The unit's own rank for an
        indicator that is not applicable to it, which cannot improve.
        reachable : bool, whether this indicator alone can bring the unit to the rank.
        confirmed : bool, whether the rebuilt index reaches the rank at `needed` and not just before it.

    Raises
    ------
    InputError
        For a unit that is unknown or has no rank, a rank outside 1 to the number of ranked units, steps that are not
        numbers or are given for neither an indicator nor a unit of measurement, and a table that is not a DataFrame.

    Notes
    -----
    Where no other unit's score depends on this unit's value, the rank can only improve with it and bisection finds the
    least gain. Where the normalisation depends on the sample, a gain may cost places as well as win them: the search
    then tries 33 points between the value and the limit and every value that another unit has there, and bisects below
    the first that reaches the rank; a short range between two of these points, where rounded scores tie by chance, can
    be missed. Every answer is checked by building the index again.

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
    with Arguments("what_would_it_take") as check:
        check_ranked_unit(check, "unit", index, unit)
        check.count("rank", rank, most=int(index.ranks.notna().sum()))
        scales = _scales(check, framework, steps)
        if table is not None and not (isinstance(table, pd.DataFrame) and _has_all(table, framework, unit)):
            check.expect("table", table, problems.SOURCE_TABLE)
    source = index.raw if table is None else table
    rows = []
    for code in framework.indicators:
        node = framework.node(code)
        rows.append(_row(index, source, unit, rank, node, scales.get(code, scales.get(node.unit, Scale()))))
    columns = ["value", "needed", "gain", "share", "limit", "rank", "reachable", "confirmed"]
    return pd.DataFrame(rows, index=pd.Index(framework.indicators, name="indicator"), columns=columns)


def _has_all(table: pd.DataFrame, framework: Framework, unit: Any) -> bool:
    return unit in table.index and {*framework.indicators} <= {*table.columns}


def _scales(check: Arguments, framework: Framework, steps: Steps | None) -> dict[str, Scale]:
    """Return the scale that each key of the steps gives; refuse unknown keys, and values that are not numbers."""
    if steps is None:
        return {}
    if not isinstance(steps, Mapping):
        check.expect("steps", steps, problems.STEPS)
        return {}
    measures = {framework.node(code).unit for code in framework.indicators} - {""}
    known = [*framework.indicators, *sorted(measures)]
    found = {}
    for key, given in steps.items():
        if key not in known:
            check.refuse(problems.UNKNOWN_STEPS.format(key=key, nearest=nearest(key, known)))
        values: list[Any] = list(given) if isinstance(given, Iterable) else [given]
        if isinstance(given, Scale):
            found[key] = given
        elif isinstance(given, Iterable) and all(isinstance(value, Real) for value in values):
            found[key] = Scale(values=tuple(sorted(map(float, values))))
        else:
            check.expect(f"steps[{key!r}]", given, problems.STEP_VALUES)
    return found


def _row(index: Index, table: pd.DataFrame, unit: Any, rank: int, node: Node, scale: Scale) -> tuple[Any, ...]:
    value = float(index.raw[node.code][unit])
    start, limit = start_and_limit(index.raw[node.code], node, scale, value)
    if index.not_applicable.at[unit, node.code]:
        return value, np.nan, np.nan, np.nan, limit, float(index.ranks[unit]), False, True
    rebuilt = _by_rebuilding(index, table, unit, node.code)
    if not np.isnan(value) and index.ranks[unit] <= rank:
        return value, value, 0.0, 0.0, limit, float(index.ranks[unit]), True, bool(rebuilt(value)[0] <= rank)
    possible = (limit - start) * node.direction
    if possible < 0 or (possible == 0 and not np.isnan(value)):
        return value, np.nan, np.nan, np.nan, limit, float(index.ranks[unit]), False, True
    search = _Search(rank, node.direction, scale, index.raw[node.code], start, limit, bool(np.isnan(value)))
    searches = [rebuilt]
    if not index.recipe.treat and not np.isnan(value):
        searches.insert(0, _by_column(index, unit, node))
    for rank_at in searches:
        found, before = search.least(rank_at)
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


def start_and_limit(column: pd.Series, node: Node, scale: Scale, value: float) -> tuple[float, float]:
    """Return where the search starts and the best value: goalposts, else ends of the scale, else of the sample."""
    better = node.direction > 0
    allowed = scale.values or (scale.low, scale.high)
    worst_end, best_end = (min(allowed), max(allowed)) if better else (max(allowed), min(allowed))
    limit = node.best if not np.isnan(node.best) else best_end if np.isfinite(best_end) else np.nan
    if np.isnan(limit):
        limit = column.max() if better else column.min()
    elif np.isfinite(best_end):
        limit = min(limit, best_end) if better else max(limit, best_end)
    if scale.values:  # the best of the listed values that is not beyond the limit
        within = [step for step in scale.values if (limit - step) * node.direction >= 0]
        limit = max(within, key=lambda step: step * node.direction, default=limit)
    elif scale.integer:
        limit = np.floor(limit) if better else np.ceil(limit)
    if not np.isnan(value):
        return value, float(limit)
    worst = node.worst if not np.isnan(node.worst) else worst_end if np.isfinite(worst_end) else np.nan
    return float((column.min() if better else column.max()) if np.isnan(worst) else worst), float(limit)


def _by_rebuilding(index: Index, table: pd.DataFrame, unit: Any, code: str) -> RankAt:
    """Return the function from a value to the unit's rank and the others' scores that builds the whole index again."""

    def rank_at(value: float) -> tuple[float, pd.Series]:
        changed = table.copy()
        changed[code] = changed[code].astype(float)
        changed.loc[unit, code] = value
        try:
            other = build_index(changed, index.recipe, not_applicable=index.not_applicable)
        except InputError:
            return UNSCORED
        return float(other.ranks[unit]), other.scores[ROOT].drop(unit)

    return rank_at


def _by_column(index: Index, unit: Any, node: Node) -> RankAt:
    """Return the same function computed from the one column that changes and the nodes above it."""
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


@dataclass(frozen=True, eq=False)
class _Search:
    """The search for the least value of one indicator that brings the unit to the rank.

    Attributes
    ----------
    rank : int
    direction : {1, -1}
    scale : Scale
    column : Series, unit -> value of the indicator
    start, limit : float
        The unit's value, or the worst where it is missing, and the best possible value.
    missing : bool
        Whether the unit's value is missing, so that the start itself may be the answer.
    """

    rank: int
    direction: int
    scale: Scale
    column: pd.Series
    start: float
    limit: float
    missing: bool

    def least(self, rank_at: RankAt) -> tuple[float, float]:
        """Return the least good value that reaches the rank, and one just before it that does not; NaN where none."""

        def reaches(value: float) -> bool:
            return rank_at(value)[0] <= self.rank

        if self.scale.values:
            return self._least_listed(reaches)
        found, before = self._least_between(reaches, self._points(rank_at))
        return self._least_whole(reaches, found, before) if self.scale.integer else (found, before)

    def _gain(self, value: float) -> float:
        return (value - self.start) * self.direction

    def _within(self, value: float) -> bool:
        """Whether the limit is not passed."""
        return (self.limit - value) * self.direction >= 0

    def _least_listed(self, reaches: Callable[[float], bool]) -> tuple[float, float]:
        """Try the values of the scale in turn."""
        before = np.nan if self.missing else self.start
        for value in sorted(self.scale.values, key=lambda value: value * self.direction):
            gain = self._gain(value)
            if (gain > 0 or (gain == 0 and self.missing)) and self._within(value):
                if reaches(value):
                    return value, before
                before = value
        return np.nan, np.nan

    def _points(self, rank_at: RankAt) -> np.ndarray:
        """Return the values to try: the two ends where the others' scores are the same at both, else many between."""
        if rank_at(self.start)[1].equals(rank_at(self.limit)[1]):
            return np.array([self.start, self.limit])
        between = self.column[(self.column - self.start) * self.direction > 0].to_numpy()
        between = between[(self.limit - between) * self.direction > 0]
        points = np.concatenate([np.linspace(self.start, self.limit, SCAN), between])
        return np.unique(points)[:: self.direction]

    def _least_between(self, reaches: Callable[[float], bool], points: np.ndarray) -> tuple[float, float]:
        """Bisect below the first point that reaches the rank; the start counts only where the value is missing."""
        hit = next((at for at, value in enumerate(points) if (at or self.missing) and reaches(value)), None)
        if hit is None:
            return np.nan, np.nan
        if hit == 0:
            return float(points[0]), np.nan
        low, high = float(points[hit - 1]), float(points[hit])
        while abs(high - low) > FINE * abs(self.limit - self.start):
            middle = (low + high) / 2
            if middle in (low, high):
                break
            low, high = (low, middle) if reaches(middle) else (middle, high)
        return high, low

    def _least_whole(self, reaches: Callable[[float], bool], found: float, before: float) -> tuple[float, float]:
        """Round up to a whole number, in the direction of the indicator."""
        if np.isnan(before):  # none reaches the rank, or the start does
            return found, before
        rounded_up = np.floor if self.direction < 0 else np.ceil
        close = float(np.rint(found))  # the search ends slightly past a whole number that reaches the rank
        whole = close if abs(close - found) < 1e-6 and reaches(close) else float(rounded_up(found))
        if not self._within(whole):
            return np.nan, np.nan
        last = whole - self.direction
        return whole, last if self._gain(last) >= 0 else before
