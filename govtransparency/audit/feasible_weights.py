"""Find the undisclosed weights that published pillar scores and totals allow."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Any, Literal, cast, get_args

import numpy as np
import pandas as pd

from govtransparency.arguments import Arguments, is_number
from govtransparency.checked_calls import checked
from govtransparency.errors import InputError
from govtransparency.texts.audit_words import FEASIBLE_WEIGHTS
from govtransparency.texts.bilingual import Language, Text
from govtransparency.texts.problems import audit_problems as problems

__all__ = ["FeasibleWeights", "feasible_weights"]


MOST_VECTORS = 5_000_000
SLACK = 1e-9


@dataclass(frozen=True)
class FeasibleWeights:
    """The weights with which published pillar scores give the published totals; made by `feasible_weights`.

    Only the whole set is an answer. No single member of it is "the" weights, even with round numbers, nor is the middle
    of the bounds.

    Attributes
    ----------
    bounds : DataFrame, pillar x (low, high)
        Least and greatest weight of each pillar in any vector of the set, 0 to 1; NaN where the set is empty. The
        bounds of different pillars are not reached by the same vector.
    grid : DataFrame, one row per vector, one column per pillar
        The members of the set whose weights are all multiples of the grid, sorted by the first pillar's weight from
        high to low, then by the second's, and so on.
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
        """Whether any weights give the totals."""
        return bool(self.bounds.notna().all(axis=None))

    def narrowing(self, bodies: pd.DataFrame | None = None) -> pd.DataFrame:
        """Return how wide the bounds would be if the total of one more body were known.

        Parameters
        ----------
        bodies : DataFrame, bodies x pillars, optional
            Pillar scores of further bodies, each tried alone. By default one body per pillar: the first body of
            `scores` with 10 points less on that pillar alone. Both are assumptions, not data.

        Returns
        -------
        DataFrame, bodies x pillars
            Width of each weight's bounds, high less low; the first row, ``now``, with the present bodies.

        Raises
        ------
        InputError
            Where no weights are possible, the bodies lack a pillar, or a score is not a number.

        Notes
        -----
        The further total depends on the weights. It is computed, and rounded, for each vector at which one of the
        present bounds is reached; the width is the mean over these. Where the present set is a point, nothing can be
        narrowed.
        """
        if bodies is None:
            first = self.scores.iloc[0]
            bodies = pd.DataFrame(
                [first - 10 * (self.scores.columns == code) for code in self.scores],
                index=[f"10 less on {code}" for code in self.scores],
            )
        with Arguments("narrowing") as check:
            if not self.possible:
                check.refuse(problems.NO_FEASIBLE_WEIGHTS)
            lacking = [code for code in self.scores if code not in bodies]
            for code in lacking:
                check.refuse(problems.NO_PILLAR.format(pillar=code))
            if not lacking:
                bodies = check.table("bodies", bodies[list(self.scores)])
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

    def summary(self, language: Language = "en") -> str:
        """Return in a few sentences what the totals tell about the weights, in ``"en"`` or ``"zh"``."""
        with Arguments("summary") as check:
            check.choice("language", language, get_args(Language))
        return getattr(self._summary(), language)

    def _summary(self) -> Text:
        low, high = self.bounds["low"], self.bounds["high"]
        if not self.possible:
            return FEASIBLE_WEIGHTS["none"]
        widest = str((high - low).idxmax())
        return FEASIBLE_WEIGHTS["open"].format(
            count=len(self.grid),
            pillar=widest,
            low=low[widest],
            high=high[widest],
            equal=FEASIBLE_WEIGHTS["possible" if self.equal_weights else "impossible"],
        )


@checked
def feasible_weights(
    scores: pd.Series | pd.DataFrame | Mapping[str, float],
    total: float | pd.Series | Mapping[str, float],
    decimals: int = 2,
    grid: float | None = 0.05,
    min_weight: float = 0.0,
    *,
    scores_decimals: int | Literal["as total"] | None = "as total",
) -> FeasibleWeights:
    """Find every set of weights with which rounded pillar scores give a rounded total.

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
        Least weight that a pillar is assumed to have.
    scores_decimals : int or None
        Decimals to which the pillar scores are rounded; those of the totals by default. None takes them as exact.

    Returns
    -------
    FeasibleWeights
        Bounds of each weight, vectors on the grid, whether equal weights are possible. They say what the weights can
        be, not what they are.

    Raises
    ------
    InputError
        For every score and total that is not a number or has more decimals than given, every body that lacks a score or
        a total, and every option out of its range.

    Notes
    -----
    A pillar score s printed to d decimals means any number in ``s -+ h``, h = 0.5 10^-d, and the total T for any
    in ``T -+ H``. For weights that are not negative there is a true score within its rounding for which the total
    comes out if and only if ``sum w (s - h) <= T + H`` and ``sum w (s + h) >= T - H``: linear in w, so bounds are
    linear programmes (SciPy's HiGHS), two per pillar. The total is assumed to be a weighted mean.

    Examples
    --------
    Two pillars and a total to no decimals:

    >>> found = feasible_weights({"a": 80, "b": 40}, 60, decimals=0, grid=0.5, scores_decimals=None)
    >>> found.bounds.round(4).values.tolist()
    [[0.4875, 0.5125], [0.4875, 0.5125]]
    >>> found.grid.values.tolist(), found.equal_weights
    ([[0.5, 0.5]], True)
    """
    as_total = isinstance(scores_decimals, str) and scores_decimals == "as total"
    known = decimals if as_total else cast("int | None", scores_decimals)
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
    by_body = dict(total) if isinstance(total, (Mapping, pd.Series)) else dict.fromkeys(table.index[:1], total)
    given = pd.Series(by_body, dtype=object)
    pillars = table.shape[1]
    with Arguments("feasible_weights", last=False) as check:
        for body in table.index.difference(given.index):
            check.refuse(problems.NO_TOTAL.format(body=body))
        for body in given.index.difference(table.index):
            check.refuse(problems.NO_SCORES.format(body=body))
        check.count("decimals", decimals, least=0, most=10)
        if scores_decimals is not None:
            check.count("scores_decimals", scores_decimals, least=0, most=10)
        if not len(table):
            check.expect("scores", scores, problems.NO_BODIES)
        if pillars < 2:
            check.refuse(problems.FEW_PILLARS.format(count=pillars))
        check.number("min_weight", min_weight, low=0, high=1 / max(pillars, 1))
        if grid is not None and not (is_number(grid) and 0 < grid <= 1 and abs(round(1 / grid) * grid - 1) <= SLACK):
            check.expect("grid", grid, problems.GRID_STEP)
    with Arguments("feasible_weights") as check:
        cells = [
            (problems.SCORE_OF.format(body=body, pillar=code), table.at[body, code])
            for body in table.index
            for code in table
        ]
        _check_numbers(check, cells, scores_decimals)
        _check_numbers(check, [(problems.TOTAL_OF.format(body=body), given[body]) for body in table.index], decimals)
        steps = 0 if grid is None else round((1 - min_weight * pillars) / grid + 0.5)
        if (count := math.comb(steps + pillars - 1, pillars - 1)) > MOST_VECTORS:
            check.refuse(problems.TOO_MANY_VECTORS.format(grid=f"{grid:g}", count=f"{count:,}"))
    return table.astype(float), given[table.index].astype(float)


def _check_numbers(check: Arguments, cells: list[tuple[Text, Any]], decimals: int | None) -> None:
    """Refuse each cell that is not a number or has more decimals than were printed."""
    for where, cell in cells:
        try:
            number = math.nan if isinstance(cell, (bool, complex)) else float(cell)
        except (TypeError, ValueError, OverflowError):
            number = math.nan
        if not math.isfinite(number):
            check.refuse(problems.NOT_PUBLISHED.format(where=where, value=repr(cell)))
        elif decimals is not None and abs(number - round(number, decimals)) > SLACK:
            check.refuse(problems.MORE_DECIMALS.format(where=where, value=cell, decimals=decimals))


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
                raise InputError(problems.LINEAR_PROGRAMME.format(message=found.message), title="feasible_weights")
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
