"""The weights under which a unit is first."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from govtransparency.errors import InputError
from govtransparency.framework import ROOT
from govtransparency.index import Index
from govtransparency.robustness.nearest import NORMS, by_rows, distance, nearest_weights
from govtransparency.robustness.weightspace import TIE, WeightSpace, weight_space

__all__ = ["FirstRegion", "can_be_first"]

STEP = 1e-6


@dataclass(frozen=True)
class FirstRegion:
    """Whether and where a unit is first; made by `can_be_first`.

    Attributes
    ----------
    unit : unit
    possible : bool
        Whether any weights make it first, alone or with others.
    alone : bool
        Whether any make it first alone.
    margin : float
        The greatest lead over the best of the others that weights give it, in the units of the terms; negative where it
        cannot be first, NaN where there are no others.
    witness : Series or None
        Weights with that lead.
    nearest : Series or None
        Weights nearest to the recipe's under which it is first.
    distance : float
        Of `nearest`, in `norm`; 0 where it is first already, NaN where it cannot be.
    norm : str
    node : str or None
    within : float or None
    rank : float
        Under the recipe's weights; of unrounded scores.
    before, after : Series or None
        Ranks recomputed just before and just beyond `nearest`; None where it is first already or cannot be.
    confirmed : bool
        Whether the recomputed ranking has it first at the witness, not first before `nearest` and first beyond; where
        it can be first only with others, whether it is so at `nearest` but for the last digits.

    Examples
    --------
    >>> from govtransparency import Framework, Node, Recipe, build_index
    >>> tree = Framework([Node("index", ""), Node("a", "index"), Node("b", "index")])
    >>> table = pd.DataFrame({"a": [10.0, 6.0, 0.0], "b": [0.0, 3.0, 10.0]}, index=["X", "Y", "Z"])
    >>> found = can_be_first(build_index(table, Recipe(tree)), "Y")
    >>> found.possible, found.rank, round(found.margin, 3)
    (False, 3.0, -5.0)
    """

    unit: object
    possible: bool
    alone: bool
    margin: float
    distance: float
    norm: str
    node: str | None
    within: float | None
    rank: float
    confirmed: bool
    witness: pd.Series | None = field(default=None, repr=False)
    nearest: pd.Series | None = field(default=None, repr=False)
    before: pd.Series | None = field(default=None, repr=False)
    after: pd.Series | None = field(default=None, repr=False)


def can_be_first(
    index: Index, unit: Any, *, norm: str = "l1", node: str | None = ROOT, within: float | None = None
) -> FirstRegion:
    """Return whether any weights make a unit first, and the nearest that do.

    Parameters
    ----------
    index : Index
    unit : unit
    norm : {"l1", "l2", "linf"}
        In which the nearest weights are near; see `weight_to_swap`.
    node : str or None
        The node whose children's weights change; None for the effective weights of all indicators.
    within : float, optional
        Only weights that come from changing each by at most this share of itself and dividing by the new sum, as
        ``weights_within`` draws them; 0.25 is a quarter up or down. Any weights by default.

    Returns
    -------
    FirstRegion

    Raises
    ------
    InputError
        For an unknown or unranked unit or norm, `within` outside 0 to 1, units that lack different children, and where
        the index is no mean in these weights.

    Notes
    -----
    The greatest margin is a linear programme: maximise e with ``sum_j w_j (z_aj - z_bj) >= e`` for all b, w >= 0 and
    sum w = 1; the nearest weights are those of least distance with e = 0 (see `nearest_weights`).

    Examples
    --------
    >>> from govtransparency import Framework, Node, Recipe, build_index
    >>> tree = Framework([Node("index", ""), Node("a", "index", weight=3), Node("b", "index", weight=1)])
    >>> table = pd.DataFrame({"a": [10.0, 0.0, 1.0], "b": [0.0, 10.0, 1.0]}, index=["X", "Y", "Z"])
    >>> index = build_index(table, Recipe(tree))
    >>> found = can_be_first(index, "Y")
    >>> found.possible, round(found.distance, 9), found.nearest.round(9).to_dict()
    (True, 0.5, {'a': 0.5, 'b': 0.5})
    >>> can_be_first(index, "Z").possible, can_be_first(index, "Y", within=0.25).possible
    (False, False)
    """
    problems = [] if norm in NORMS else [f"norm {norm!r}: expected one of {', '.join(NORMS)}"]
    if within is not None and not 0 <= within < 1:
        problems.append(f"within {within!r}: expected a share from 0 to below 1, such as 0.25")
    if problems:
        raise InputError(problems, title="can_be_first")
    space, terms = _compared(index, node)
    row = space.place(unit)
    leads = np.delete(terms[row] - terms, row, axis=0)
    leads[np.abs(leads) <= TIE * space.scale] = 0.0
    values = space.values()
    rank = 1.0 + float((values - values[row] > TIE * space.scale).sum())
    common: dict[str, Any] = {"norm": norm, "node": node, "within": within, "rank": rank}
    if not len(leads):
        here = space.series(space.nominal)
        return FirstRegion(unit, True, True, np.nan, 0.0, confirmed=True, witness=here, nearest=here, **common)
    bounds = _bounds(space.nominal, within)
    margin, witness = _greatest_margin(leads, bounds, space.scale)
    possible, alone = margin >= -TIE * space.scale, margin > TIE * space.scale
    if not possible:
        confirmed = bool(_first_lead(space, row, witness) < 0)
        return FirstRegion(
            unit, False, False, margin, np.nan, confirmed=confirmed, witness=space.series(witness), **common
        )
    if rank == 1:
        nearest = space.nominal
    else:  # where no lead is to be had, a tie within the noise is first
        slack = 0.0 if alone else 2 * TIE * space.scale
        found = nearest_weights(space.nominal, np.vstack([leads + slack, bounds]), norm=norm)
        nearest = witness if found is None else found
    return FirstRegion(
        unit,
        True,
        alone,
        margin,
        distance(nearest, space.nominal, norm),
        witness=space.series(witness),
        nearest=space.series(nearest),
        **_confirmed(space, row, rank, nearest, witness, alone),
        **common,
    )


def _compared(index: Index, node: str | None) -> tuple[WeightSpace, np.ndarray]:
    """Return the node's weight space and the terms of all ranked units, made once and kept with the index."""
    kept = index.__dict__.setdefault("_compared", {})
    if node not in kept:
        space = weight_space(index, node)
        kept[node] = space, space.comparable(range(len(space.units)))
    return kept[node]


def _bounds(nominal: np.ndarray, within: float | None) -> np.ndarray:
    """Return rows A of ``A w >= 0``: the weights reached by changing each by at most that share, then rescaling."""
    m = len(nominal)
    if within is None or m == 1:
        return np.empty((0, m))
    first, second = np.nonzero(~np.eye(m, dtype=bool))
    rows = np.zeros((len(first), m))
    rows[np.arange(len(first)), first] = -(1 - within) * nominal[second]
    rows[np.arange(len(first)), second] = (1 + within) * nominal[first]
    return rows


def _greatest_margin(leads: np.ndarray, bounds: np.ndarray, scale: float) -> tuple[float, np.ndarray]:
    """Return the greatest least lead that weights give, and weights that give it, by HiGHS."""
    from scipy.optimize import linprog

    m = leads.shape[1]

    within = np.hstack([-bounds, np.zeros((len(bounds), 1))])

    def solve(some: np.ndarray) -> np.ndarray:
        upper = np.vstack([np.hstack([-leads[some] / scale, np.ones((len(some), 1))]), within])
        found = linprog(
            np.append(np.zeros(m), -1.0),
            upper,
            np.zeros(len(upper)),
            np.append(np.ones(m), 0.0)[None],
            [1.0],
            [(0, None)] * m + [(None, None)],
            method="highs",
            options={"primal_feasibility_tolerance": 1e-10, "dual_feasibility_tolerance": 1e-10},
        )
        if found.status != 0:
            raise RuntimeError(f"linear programme: {found.message}")
        return found.x

    # the least leads at every corner and in the middle decide most often
    corners = np.vstack([np.eye(m), np.full((1, m), 1 / m)])
    found = by_rows(solve, lambda x: leads @ x[:m] / scale - x[m], leads @ corners.T)
    assert found is not None
    weights = np.maximum(found[:m], 0.0)
    weights /= weights.sum()
    return float((leads @ weights).min()), weights


def _first_lead(space: WeightSpace, row: int, weights: np.ndarray) -> float:
    """Return the unit's lead over the best of the others in the index recomputed under the weights."""
    scores = space.scores(weights).to_numpy()
    return float(scores[row] - np.delete(scores, row).max())


def _confirmed(
    space: WeightSpace, row: int, rank: float, nearest: np.ndarray, witness: np.ndarray, alone: bool
) -> dict[str, Any]:
    noise = 1e-8 * max(1.0, float(np.abs(space.scores(nearest).to_numpy()).max()))
    if rank == 1 or not alone:
        return {"confirmed": _first_lead(space, row, nearest) > -noise}
    before, after = nearest + STEP * (space.nominal - nearest), nearest + STEP * (witness - nearest)
    leads = [_first_lead(space, row, weights) for weights in (before, after, witness)]
    return {
        "before": space.ranks(before),
        "after": space.ranks(after),
        "confirmed": leads[0] < 0 < min(leads[1:]),
    }
