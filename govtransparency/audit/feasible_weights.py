"""What undisclosed weights can be, from published pillar scores and totals."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd

from govtransparency.errors import InputError

__all__ = ["FeasibleWeights", "feasible_weights"]


MOST_VECTORS = 5_000_000
SLACK = 1e-9


@dataclass(frozen=True)
class FeasibleWeights:
    """The weights with which published pillar scores give the published totals; made by `feasible_weights`.

    The set is an answer as a whole. No member of it is "the" weights, however round its numbers are, nor is the middle
    of a bound.

    Attributes
    ----------
    bounds : DataFrame, pillar x (low, high)
        Least and greatest weight of each pillar in any vector of the set, 0 to 1; NaN where the set is empty. Bounds
        of different pillars are not reached together.
    grid : DataFrame, a row a vector, a column a pillar
        The members of the set of which every weight is a multiple of the grid, in falling order of the first pillar's
        weight, then of the second's, and so on.
    equal_weights : bool
        Whether equal weights are in the set.
    scores : DataFrame, bodies x pillars
    totals : Series, body -> total
    decimals, scores_decimals : int; None where pillar scores count as exact
    min_weight : float
    """

    bounds: pd.DataFrame
    grid: pd.DataFrame
    equal_weights: bool
    scores: pd.DataFrame
    totals: pd.Series
    decimals: int
    scores_decimals: int | None
    min_weight: float

    @property
    def possible(self) -> bool:
        """Whether any weights at all give the totals."""
        return bool(self.bounds.notna().all(axis=None))

    def narrowing(self, bodies: pd.DataFrame | None = None) -> pd.DataFrame:
        """Tell how wide the bounds would be, were the total of one more body known.

        Parameters
        ----------
        bodies : DataFrame, bodies x pillars, optional
            Pillar scores of the further bodies, each tried alone. By default one body a pillar: the first body of
            `scores` with 10 points less on that pillar alone. Both are suppositions, not data.

        Returns
        -------
        DataFrame, bodies x pillars
            Width of each weight's bounds, high less low; the first row, ``now``, as it is.

        Notes
        -----
        What a total would be depends on the weights. It is worked out, and rounded, for each vector at which one of
        the present bounds is reached; the width is the mean over these. Where the present set is a point, nothing is
        left to narrow.

        Raises
        ------
        InputError
            Where no weights are possible, or the bodies lack a pillar.
        """
        if not self.possible:
            raise InputError("no weights give the totals, so there is nothing to narrow", title="narrowing")
        if bodies is None:
            first = self.scores.iloc[0]
            bodies = pd.DataFrame(
                [first - 10 * (self.scores.columns == code) for code in self.scores],
                index=[f"10 less on {code}" for code in self.scores],
            )
        if lacking := [f"no scores on the pillar {code!r}" for code in self.scores if code not in bodies]:
            raise InputError(lacking, title="narrowing")
        bodies = bodies[list(self.scores)].astype(float)
        pillar_error, total_error = _half(self.scores_decimals), _half(self.decimals)
        rows = _rows(self.scores.to_numpy(), self.totals.to_numpy(), pillar_error, total_error)
        supposed = _extremes(*rows, self.min_weight)[1]
        widths = {"now": (self.bounds["high"] - self.bounds["low"]).to_numpy()}
        for name, scores in zip(bodies.index, bodies.to_numpy(), strict=True):
            totals = np.round(supposed @ scores, self.decimals)
            found = [
                _extremes(*_join(rows, _rows(scores[None], [total], pillar_error, total_error)), self.min_weight)[0]
                for total in np.unique(totals)
            ]
            count = [np.sum(totals == total) for total in np.unique(totals)]
            widths[str(name)] = np.average([high - low for low, high in found], axis=0, weights=count)
        return pd.DataFrame.from_dict(widths, orient="index", columns=self.scores.columns)

    def summary(self, language: str = "en") -> str:
        """Say in one sentence what the totals tell of the weights, in ``"en"`` or ``"zh"``."""
        count, low, high = len(self.grid), self.bounds["low"], self.bounds["high"]
        if not self.possible:
            return {
                "en": "No weights give the published totals from the published pillar scores.",
                "zh": "没有任何一组权重能由已公布的分项得分得出已公布的总分。",
            }[language]
        widest = str((high - low).idxmax())
        en = (
            f"The published scores leave the weights open: {count} vectors on the grid fit, the weight of {widest} "
            f"alone can be anything from {low[widest]:.1%} to {high[widest]:.1%}, and equal weights are "
            f"{'possible' if self.equal_weights else 'not possible'}. None of these vectors is the publisher's own."
        )
        zh = (
            f"已公布的得分不足以确定权重：网格上有{count}组权重相符，仅{widest}一项的权重就可在{low[widest]:.1%}至"
            f"{high[widest]:.1%}之间，等权{'可能' if self.equal_weights else '不可能'}成立。"
            "其中任何一组都不能当作发布方的权重。"
        )
        return {"en": en, "zh": zh}[language]


def feasible_weights(
    scores: pd.Series | pd.DataFrame | Mapping[str, float],
    total: float | pd.Series | Mapping[str, float],
    decimals: int = 2,
    grid: float | None = 0.05,
    min_weight: float = 0.0,
    *,
    scores_decimals: int | str | None = "as total",
) -> FeasibleWeights:
    """Find every set of weights with which pillar scores give a total, all of them rounded.

    Parameters
    ----------
    scores : Series or mapping of pillar to score, or DataFrame (bodies x pillars)
        As published.
    total : float, or Series or mapping of body to total
        As published.
    decimals : int
        Decimals to which the totals are rounded.
    grid : float or None
        Step of the vectors that are listed; 1 must be a multiple of it. None lists none.
    min_weight : float
        Least weight a pillar can have: a supposition of yours, 0 if you have none.
    scores_decimals : int or None
        Decimals to which the pillar scores are rounded; those of the totals by default. None takes them as exact.

    Returns
    -------
    FeasibleWeights
        Bounds of each weight, vectors on the grid, whether equal weights are among them. They say what the weights can
        be. Nothing in them says what the weights are.

    Raises
    ------
    InputError
        Listing every score and total that is no number or has more decimals than it is said to be rounded to, body
        with only one of the two, and option out of its range.

    Notes
    -----
    A pillar score s printed to d decimals stands for any number in ``s -+ h``, h = 0.5 10^-d, and the total T for any
    in ``T -+ H``. For weights that are not negative there is a true score within its rounding for which the total
    comes out if and only if ``sum w (s - h) <= T + H`` and ``sum w (s + h) >= T - H``: linear in w, so bounds are
    linear programmes (SciPy's HiGHS), two a pillar. Scores are taken to combine as a weighted mean.

    Examples
    --------
    Two pillars and a total to no decimals:

    >>> found = feasible_weights({"a": 80, "b": 40}, 60, decimals=0, grid=0.5, scores_decimals=None)
    >>> found.bounds.round(4).values.tolist()
    [[0.4875, 0.5125], [0.4875, 0.5125]]
    >>> found.grid.values.tolist(), found.equal_weights
    ([[0.5, 0.5]], True)
    """
    known = decimals if isinstance(scores_decimals, str) else scores_decimals
    table, totals = _check(scores, total, decimals, known, grid, min_weight)
    low, high = _rows(table.to_numpy(), totals.to_numpy(), _half(known), _half(decimals))
    found = _extremes(low, high, min_weight)[0]
    bounds = pd.DataFrame({"low": found[0], "high": found[1]}, index=table.columns)
    vectors = pd.DataFrame(_grid(low, high, grid, min_weight), columns=table.columns)
    equal = np.full((1, table.shape[1]), 1 / table.shape[1])
    return FeasibleWeights(
        bounds=bounds,
        grid=vectors,
        equal_weights=bool(_fits(equal, low, high)[0] and equal[0, 0] >= min_weight - SLACK),
        scores=table,
        totals=totals,
        decimals=decimals,
        scores_decimals=known,
        min_weight=min_weight,
    )


def _half(decimals: int | None) -> float:
    return 0.0 if decimals is None else 0.5 * 10.0**-decimals


def _check(
    scores: Any, total: Any, decimals: int, scores_decimals: int | None, grid: float | None, min_weight: float
) -> tuple[pd.DataFrame, pd.Series]:
    """Return the scores as bodies x pillars and the totals by body, all checked."""
    table = scores if isinstance(scores, pd.DataFrame) else pd.DataFrame([dict(scores)], index=["body"])
    given = pd.Series(dict(total) if isinstance(total, (Mapping, pd.Series)) else {table.index[0]: total}, dtype=object)
    problems = [f"body {body!r} has scores but no total" for body in table.index.difference(given.index)]
    problems += [f"body {body!r} has a total but no scores" for body in given.index.difference(table.index)]
    for what, places in (("decimals", decimals), ("scores_decimals", scores_decimals)):
        if places is not None and (isinstance(places, bool) or not isinstance(places, int) or not 0 <= places <= 10):
            problems.append(f"{what} {places!r}: expected a whole number from 0 to 10")
    if table.shape[1] < 2:
        problems.append(f"{table.shape[1]} pillar; expected at least two, since one weighs 1")
    if not 0 <= min_weight * table.shape[1] <= 1:
        problems.append(f"min_weight {min_weight:g}: expected a share from 0 to 1/{table.shape[1]}")
    if grid is not None and not (0 < grid <= 1 and abs(round(1 / grid) * grid - 1) <= SLACK):
        problems.append(f"grid {grid:g}: expected a step of which 1 is a multiple, such as 0.05; or None")
    if problems:
        raise InputError(problems, title="feasible_weights")
    cells = [(f"body {body!r}, pillar {code!r}", table.at[body, code]) for body in table.index for code in table]
    problems = list(_number_problems(cells, scores_decimals))
    problems += _number_problems([(f"total of {body!r}", given[body]) for body in table.index], decimals)
    steps = 0 if grid is None else round((1 - min_weight * table.shape[1]) / grid + 0.5)
    if (count := math.comb(steps + table.shape[1] - 1, table.shape[1] - 1)) > MOST_VECTORS:
        problems.append(f"grid {grid:g} has up to {count:,} vectors; take a wider step or None")
    if problems:
        raise InputError(problems, title="feasible_weights")
    return table.astype(float), given[table.index].astype(float)


def _number_problems(cells: list[tuple[str, Any]], decimals: int | None) -> list[str]:
    problems = []
    for where, cell in cells:
        try:
            number = float(cell)
        except (TypeError, ValueError):
            number = math.nan
        if not math.isfinite(number):
            problems.append(f"{where}: {cell!r} is no number; every score and total must be published")
        elif decimals is not None and abs(number - round(number, decimals)) > SLACK:
            problems.append(f"{where}: {cell} has more than {decimals} decimals; say how many are printed")
    return problems


Rows = tuple[np.ndarray, np.ndarray]


def _rows(scores: np.ndarray, totals: Any, pillar_error: float, total_error: float) -> Rows:
    """Return both sides of what weights must satisfy, bodies x (pillars and the total): weights @ row <= total."""
    totals = np.asarray(totals, dtype=float)[:, None]
    low = np.hstack([scores - pillar_error, totals + total_error])
    high = np.hstack([scores + pillar_error, totals - total_error])
    return low, high


def _join(first: Rows, second: Rows) -> Rows:
    return np.vstack([first[0], second[0]]), np.vstack([first[1], second[1]])


def _fits(weights: np.ndarray, low: np.ndarray, high: np.ndarray) -> np.ndarray:
    """Return which rows of weights give every total."""
    below = weights @ low[:, :-1].T <= low[:, -1] + SLACK
    above = weights @ high[:, :-1].T >= high[:, -1] - SLACK
    return (below & above).all(axis=1)


def _extremes(low: np.ndarray, high: np.ndarray, min_weight: float) -> tuple[tuple[np.ndarray, np.ndarray], np.ndarray]:
    """Return the least and greatest weight of each pillar, and the vectors that reach them; NaN where none fits."""
    from scipy.optimize import linprog

    count = low.shape[1] - 1
    sides = {
        "A_ub": np.vstack([low[:, :-1], -high[:, :-1]]),
        "b_ub": np.concatenate([low[:, -1], -high[:, -1]]) + SLACK,
        "A_eq": np.ones((1, count)),
        "b_eq": [1.0],
        "bounds": (min_weight, 1.0),
    }
    vectors = np.full((2, count, count), np.nan)
    for side, sign in enumerate((1.0, -1.0)):
        for pillar in range(count):
            found = linprog(sign * np.eye(count)[pillar], method="highs", **sides)
            if found.status == 0:
                vectors[side, pillar] = found.x
            elif found.status != 2:
                raise InputError(f"the linear programme failed: {found.message}", title="feasible_weights")
    reached = np.diagonal(vectors, axis1=1, axis2=2)
    return (reached[0], reached[1]), vectors.reshape(-1, count)


def _grid(low: np.ndarray, high: np.ndarray, grid: float | None, min_weight: float) -> np.ndarray:
    """Return the vectors on the grid that give every total, from the greatest first weight down."""
    count = low.shape[1] - 1
    if grid is None:
        return np.empty((0, count))
    steps = round(1 / grid)
    least = math.ceil(min_weight * steps - SLACK)
    free = steps - least * count
    if free < 0:
        return np.empty((0, count))
    bars = np.array(list(combinations(range(free + count - 1), count - 1)), dtype=int).reshape(-1, count - 1)
    edges = np.hstack([np.full((len(bars), 1), -1), bars, np.full((len(bars), 1), free + count - 1)])
    weights = (np.diff(edges, axis=1) - 1 + least)[::-1] / steps
    return weights[_fits(weights, low, high)]
