"""The least change of weights that makes two units swap."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, get_args

import numpy as np
import pandas as pd

from govtransparency.arguments import Arguments
from govtransparency.checked_calls import checked
from govtransparency.nodes import ROOT
from govtransparency.robustness.thresholds.nearest_weights import distance, nearest_weights
from govtransparency.robustness.thresholds.pair_leads import PairLeads, ranking_order, upper_first
from govtransparency.robustness.thresholds.threshold_arguments import check_node, check_ranked_unit
from govtransparency.robustness.thresholds.weight_space import STEP, batches, weight_space
from govtransparency.texts.problems import threshold_problems as problems
from govtransparency.texts.threshold_words import SWAP
from govtransparency.ties import NEAR

if TYPE_CHECKING:
    from govtransparency.index import Index
    from govtransparency.robustness.thresholds.nearest_weights import Norm
    from govtransparency.texts.bilingual import Text

__all__ = ["Swap", "pairwise_swaps", "weight_to_swap"]

Change = Literal["one", "l1", "l2", "linf"]


@dataclass(frozen=True)
class Swap:
    """The least change of weights at which two units swap; made by `weight_to_swap`.

    Attributes
    ----------
    above, below : unit
        The upper and the lower unit under the recipe's weights.
    norm : {"one", "l1", "l2", "linf"}
    node : str or None
    feasible : bool
        Whether any such change exists. Where it does not, `distance` is NaN and the fields after it are None.
    distance : float
        Of the weights from the recipe's, in the norm; for ``"one"`` the change of that one weight.
    nominal, weights : Series, child -> weight
        The recipe's weights, and those at which the two units' unrounded scores are equal.
    weight : str or None
        For ``"one"``, the child whose weight changes.
    before, after : Series, unit -> rank
        Ranks of the unrounded scores, recomputed just before and just beyond `weights`.
    confirmed : bool
        Whether the recomputed scores put `above` first just before the threshold and `below` first just beyond.
    each : DataFrame or None
        For ``"one"``, one row per child: weight, threshold, change, alone, relative, feasible; see `weight_to_swap`.
    status : tuple of str
        What the figures are, as `Index.status`.

    Examples
    --------
    >>> from govtransparency import Framework, Node, Recipe, build_index
    >>> tree = Framework([Node("index", ""), Node("a", "index"), Node("b", "index")])
    >>> table = pd.DataFrame({"a": [10.0, 0.0, 6.0], "b": [0.0, 10.0, 3.0]}, index=["X", "Y", "Z"])
    >>> swap = weight_to_swap(build_index(table, Recipe(tree)), "X", "Z", "l1")
    >>> swap.above, swap.below, swap.weights.round(4).to_dict()
    ('X', 'Z', {'a': 0.4286, 'b': 0.5714})
    """

    above: object
    below: object
    norm: Change
    node: str | None
    feasible: bool
    distance: float
    nominal: pd.Series = field(repr=False)
    weights: pd.Series | None = field(default=None, repr=False)
    weight: str | None = None
    before: pd.Series | None = field(default=None, repr=False)
    after: pd.Series | None = field(default=None, repr=False)
    confirmed: bool = False
    each: pd.DataFrame | None = field(default=None, repr=False)
    status: tuple[str, ...] = ()

    @property
    def text(self) -> Text:
        """The change in a sentence, in both languages."""
        units = {"above": str(self.above), "below": str(self.below)}
        if self.weights is None:
            return SWAP["no_one" if self.norm == "one" else "none"].format(**units)
        if self.norm != "one":
            return SWAP["several"].format(distance=f"{self.distance:.3g}", norm=self.norm, **units)
        ends = {"nominal": f"{self.nominal[self.weight]:.3g}", "threshold": f"{self.weights[self.weight]:.3g}"}
        return SWAP["one"].format(weight=self.weight, **ends, **units)


@checked
def weight_to_swap(index: Index, a: object, b: object, norm: Change = "one", *, node: str | None = ROOT) -> Swap:
    """Return the least change of weights that makes two units swap.

    Parameters
    ----------
    index : Index
    a, b : unit
        In either order.
    norm : {"one", "l1", "l2", "linf"}
        ``"one"``: one weight changes and the others are rescaled in proportion. Otherwise all weights change, and the
        change is measured as the sum of the absolute changes (twice the weight that moves), the Euclidean length, or
        the largest change.
    node : str or None
        The node whose children's weights change: ``"index"`` for the pillars; None for the effective weights of all
        indicators.

    Returns
    -------
    Swap
        Infeasible where the upper unit is below the lower one on no child: no weights then put it below.

    Raises
    ------
    InputError
        For an unknown norm or node, and a unit that is unknown, unranked or given twice; where no exact threshold
        exists (see `docs/thresholds.md`); and, except for ``"one"``, for units that lack different children.

    Notes
    -----
    With ``d`` the difference of the two units' terms and ``B = sum_{j != k} w_j d_j / (1 - w_k)``, weight k has its
    threshold at ``t = B / (B - d_k)``. Where a unit lacks a child its score is a ratio in t, and the threshold the
    nearest root of a quadratic. A threshold is where unrounded scores are equal: a rule that rounds ties units earlier.

    `each` has for every child the ``threshold``, the ``change`` to it, and the measure of Triantaphyllou and Sanchez
    (1997): the change of that weight ``alone``, before all are divided by their new sum, and that change ``relative``
    to the weight (1 is 100 %). Both measures name the same weights; only their sizes differ.

    Examples
    --------
    >>> from govtransparency import Framework, Node, Recipe, build_index
    >>> tree = Framework([Node("index", ""), Node("a", "index", weight=3), Node("b", "index", weight=1)])
    >>> table = pd.DataFrame({"a": [10.0, 0.0], "b": [0.0, 10.0]}, index=["X", "Y"])
    >>> swap = weight_to_swap(build_index(table, Recipe(tree)), "X", "Y")
    >>> swap.weight, round(swap.distance, 9), swap.confirmed
    ('a', 0.25, True)
    """
    with Arguments("weight_to_swap") as check:
        check.choice("norm", norm, get_args(Change))
        check_node(check, index, node)
        check_ranked_unit(check, "a", index, a)
        check_ranked_unit(check, "b", index, b)
        if not check.problems and a == b:
            check.refuse(problems.SAME_UNIT.format(unit=a))
    space = weight_space(index, node)
    rows = [space.place(a), space.place(b)]
    space.refuse_not_linear(rows)
    pair = upper_first(space, np.array(rows[:1]), np.array(rows[1:]))
    return _one_weight(pair) if norm == "one" else _all_weights(pair, norm)


def _recomputed_swap(
    pair: PairLeads,
    norm: Change,
    weights: np.ndarray,
    beyond: np.ndarray,
    child: str | None = None,
    each: pd.DataFrame | None = None,
) -> Swap:
    """Return the swap, its ranking recomputed at the threshold, just before it and just beyond it."""
    space, above, below = pair.space, int(pair.above[0]), int(pair.below[0])
    just_before, just_beyond = (pair.just_beyond(weights, end) for end in (space.nominal, beyond))
    sides = [space.scores(w) for w in (just_before, weights, just_beyond)]
    before, at, after = (float(side.iloc[above] - side.iloc[below]) for side in sides)
    tied = pair.leads(space.nominal[None])[0] == 0
    # the other weights share what one of them gives or takes, so its change is the largest
    size = distance(weights, space.nominal, "linf" if norm == "one" else norm)
    return Swap(
        space.units[above],
        space.units[below],
        norm,
        space.node,
        True,
        size,
        space.series(space.nominal),
        space.series(weights),
        child,
        space.ranks(sides[0]),
        space.ranks(sides[2]),
        bool((tied or before > 0) and abs(at) <= space.score_noise and after < 0),
        each,
        space.index.status,
    )


def _one_weight(pair: PairLeads) -> Swap:
    space, each = pair.space, _each_weight(pair)
    names = space.units[pair.above[0]], space.units[pair.below[0]]
    nominal = space.series(space.nominal)
    if not each["feasible"].any():
        return Swap(*names, "one", space.node, False, np.nan, nominal, each=each, status=space.index.status)
    place = int(_first_least(each["change"].abs().to_numpy()[None])[0])
    child, weight, threshold = space.children[place], space.nominal[place], float(each["threshold"].iloc[place])
    end = float(threshold > weight)
    if threshold == weight:  # already tied: beyond is where the lower unit gains
        end = float(pair.leads(space.with_one_changed([place], [weight + STEP * (1 - weight)]))[0] < 0)
    at, beyond = space.with_one_changed([place], [threshold])[0], space.with_one_changed([place], [end])[0]
    return _recomputed_swap(pair, "one", at, beyond, child, each)


def _each_weight(pair: PairLeads) -> pd.DataFrame:
    space, rows = pair.space, []
    for weight, *sides in zip(space.nominal.tolist(), *(side[0].tolist() for side in pair.crossings()), strict=True):
        found = [side for side in sides if not np.isnan(side)]
        threshold = min(found, key=lambda t: abs(t - weight), default=np.nan)
        alone = threshold * (1 - weight) / (1 - threshold) - weight if weight < 1 else np.nan
        rows.append((weight, threshold, threshold - weight, alone, alone / weight, bool(found)))
    columns = ["weight", "threshold", "change", "alone", "relative", "feasible"]
    return pd.DataFrame(rows, index=list(space.children), columns=columns)


def _all_weights(pair: PairLeads, norm: Norm) -> Swap:
    space, above, below = pair.space, int(pair.above[0]), int(pair.below[0])
    names, nominal = (space.units[above], space.units[below]), space.series(space.nominal)
    upper, lower = space.comparable([above, below])
    ahead = upper - lower
    if ahead.min() >= 0:
        return Swap(*names, norm, space.node, False, np.nan, nominal, status=space.index.status)
    weights = nearest_weights(space.nominal, -ahead[None], norm=norm)
    assert weights is not None
    beyond = np.zeros(len(ahead))
    beyond[int(np.argmin(ahead))] = 1.0
    return _recomputed_swap(pair, norm, weights, beyond)


def _first_least(changes: np.ndarray) -> np.ndarray:
    """Return the column of the least change of each row, the first of those that differ in the last digits only."""
    changes = np.where(np.isnan(changes), np.inf, changes)
    return np.argmax(changes <= changes.min(axis=1, keepdims=True) + NEAR, axis=1)


@checked
def pairwise_swaps(index: Index, *, node: str | None = ROOT) -> pd.DataFrame:
    """Return the least change of one weight that swaps each pair of units, as `weight_to_swap` finds it.

    Parameters
    ----------
    index : Index
    node : str or None
        As in `weight_to_swap`.

    Returns
    -------
    DataFrame, one row per pair, in the order of the ranking
        above, below : unit; gap : float, difference of their unrounded scores; weight : str, the child whose weight
        changes, missing where no single weight swaps the pair; nominal, threshold, change : float; feasible and
        confirmed : bool. Confirmed: the lead, computed from whole vectors of weights, has the right sign just before
        and just beyond.

    Raises
    ------
    InputError
        As `weight_to_swap`.

    Examples
    --------
    >>> from govtransparency import Framework, Node, Recipe, build_index
    >>> tree = Framework([Node("index", ""), Node("a", "index", weight=3), Node("b", "index", weight=1)])
    >>> table = pd.DataFrame({"a": [10.0, 0.0], "b": [0.0, 10.0]}, index=["X", "Y"])
    >>> pairwise_swaps(build_index(table, Recipe(tree)))[["above", "below", "weight", "threshold"]].values.tolist()
    [['X', 'Y', 'a', 0.5]]
    """
    with Arguments("pairwise_swaps") as check:
        check_node(check, index, node)
    space = weight_space(index, node)
    space.refuse_not_linear()
    order, _ = ranking_order(space)
    first, second = np.triu_indices(len(order), 1)
    above, below = order[first], order[second]
    threshold, child, confirmed = np.full(len(above), np.nan), np.full(len(above), -1), np.zeros(len(above), dtype=bool)
    for some in batches(len(above)):
        pairs = upper_first(space, above[some], below[some])
        above[some], below[some] = pairs.above, pairs.below
        found = np.stack(pairs.crossings(), axis=2).reshape(len(pairs.above), -1)
        best = _first_least(np.abs(found - np.repeat(space.nominal, 2)))
        threshold[some] = found[np.arange(len(found)), best]
        child[some] = np.where(np.isnan(threshold[some]), -1, best // 2)
        confirmed[some] = _confirmed(pairs, child[some], threshold[some])
    feasible = child >= 0
    scores = index.scores.loc[space.units, ROOT].to_numpy()
    codes = np.array([*space.children, None], dtype=object)
    nominal = np.where(feasible, space.nominal[child], np.nan)
    return pd.DataFrame(
        {
            "above": space.units[above],
            "below": space.units[below],
            "gap": scores[above] - scores[below],
            "weight": codes[child],
            "nominal": nominal,
            "threshold": threshold,
            "change": threshold - nominal,
            "feasible": feasible,
            "confirmed": confirmed,
        }
    )


def _confirmed(pairs: PairLeads, child: np.ndarray, threshold: np.ndarray) -> np.ndarray:
    """Return for which pairs the lead changes sign between the weights just before and just beyond the threshold."""
    nominal = pairs.space.nominal[child]
    before, beyond, up = signs = np.zeros((3, len(child)))
    for share in (STEP, 1e3 * STEP, 0.5, 1.0):  # a small lead shows only further away
        left = np.flatnonzero((child >= 0) & (signs == 0).any(axis=0))
        some, places, t, start = pairs.subset(left), child[left], threshold[left], nominal[left]
        for side, end in ((before, start), (beyond, (t > start) * 1.0), (up, np.ones(len(t)))):
            found = np.sign(some.leads(some.space.with_one_changed(places, t + share * (end - t))))
            side[left] = np.where(side[left] == 0, found, side[left])
    return np.where(threshold == nominal, beyond * up < 0, (before > 0) & (beyond < 0))
