"""Dominance: comparisons of two units that no weights reverse, and how much other weights the rest survive."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from govtransparency.arguments import Arguments
from govtransparency.checked_calls import checked
from govtransparency.nodes import ROOT
from govtransparency.robustness.thresholds.threshold_arguments import check_node
from govtransparency.robustness.thresholds.weight_space import WeightSpace, batches, mean_leads, weight_space
from govtransparency.texts.problems import threshold_problems as problems

if TYPE_CHECKING:
    from collections.abc import Sequence

    from govtransparency.index import Index

__all__ = ["RobustComparisons", "dominance", "rank_bounds", "robust_comparisons"]


SMALL_LEAD = 1e-5  # share of the values below which a lead is summed from the differences


@checked
def dominance(index: Index, *, node: str | None = ROOT) -> pd.DataFrame:
    """Return which unit dominates which: at least as good on every child and better on one (Pareto).

    No weights of the node's children place a dominated unit above the unit that dominates it.

    Parameters
    ----------
    index : Index
    node : str or None
        The node whose children are compared: ``"index"`` for the pillars, everything else unchanged; None for the
        indicators.

    Returns
    -------
    DataFrame of bool, units x units
        True where the unit of the row dominates that of the column. ``~frame.any()`` are the undominated units.

    Raises
    ------
    InputError
        For a node without children; naming every unit that lacks a child that others have; and where the index is not
        a mean in these weights.

    Examples
    --------
    >>> from govtransparency import Framework, Node, Recipe, build_index
    >>> tree = Framework([Node("index", ""), Node("a", "index"), Node("b", "index")])
    >>> table = pd.DataFrame({"a": [9.0, 5.0, 0.0], "b": [4.0, 0.0, 9.0]}, index=["X", "Y", "Z"])
    >>> frame = dominance(build_index(table, Recipe(tree)))
    >>> frame.loc["X"].tolist(), frame.to_numpy().sum()
    ([False, True, False], np.int64(1))
    """
    with Arguments("dominance") as check:
        check_node(check, index, node)
    space = weight_space(index, node)
    least, most = _extreme_leads(space)
    return pd.DataFrame((least >= 0) & (most > 0), index=space.units, columns=space.units)


def _extreme_leads(space: WeightSpace) -> tuple[np.ndarray, np.ndarray]:
    """Return the least and the greatest lead, among the children, of each unit (row) over each other."""
    terms = space.comparable()
    least, most = (np.full((len(terms), len(terms)), end) for end in (np.inf, -np.inf))
    for column in terms.T:
        lead = column[:, None] - column[None]
        np.minimum(least, lead, out=least)
        np.maximum(most, lead, out=most)
    return least, most


def _mean_leads(space: WeightSpace) -> np.ndarray:
    """Return the lead of each unit (row) over each other under the recipe's weights, 0 where they are tied."""
    values, terms = space.values(), np.nan_to_num(space.terms)
    lead = values[:, None] - values[None]
    # a small lead is summed from the leads on the children, since the difference of two sums has lost its digits
    first, second = np.nonzero(np.abs(lead) <= SMALL_LEAD * np.abs(values).max())
    for batch in batches(len(first)):
        a, b = first[batch], second[batch]
        upper, lower = terms[a], terms[b]
        lead[a, b] = mean_leads(space.nominal, upper - lower, np.maximum(np.abs(upper), np.abs(lower)))
    return lead


@dataclass(frozen=True)
class RobustComparisons:
    """How far the weights can be mixed with any others before each comparison is reversed; see `robust_comparisons`.

    Attributes
    ----------
    r : float
        The level asked for.
    levels : DataFrame, units x units
        r* of the comparison "the unit of the row is above that of the column" where it holds under the recipe's
        weights, 0 to 1; NaN where it does not hold or the units are tied.
    node : str or None
    status : tuple of str
        What the figures are, as `Index.status`.

    Examples
    --------
    >>> from govtransparency import Framework, Node, Recipe, build_index
    >>> tree = Framework([Node("index", ""), Node("a", "index"), Node("b", "index")])
    >>> table = pd.DataFrame({"a": [10.0, 5.0, 0.0], "b": [5.0, 0.0, 10.0]}, index=["X", "Y", "Z"])
    >>> robust_comparisons(build_index(table, Recipe(tree))).prevalence([0.3, 0.5, 1]).round(3).tolist()
    [1.0, 0.333, 0.333]
    """

    r: float
    levels: pd.DataFrame = field(repr=False)
    node: str | None = ROOT
    status: tuple[str, ...] = ()

    @property
    def robust(self) -> pd.DataFrame:
        """Whether each comparison is robust at `r`: units x units, bool."""
        return self.levels >= self.r

    @property
    def share(self) -> float:
        """Share of the comparisons that are robust at `r`; NaN where no two units differ."""
        return float(self.prevalence([self.r]).iloc[0])

    @property
    def fully_robust(self) -> float:
        """Share of the comparisons that no weights reverse (r* = 1)."""
        return float(self.prevalence([1.0]).iloc[0])

    def prevalence(self, levels: Sequence[float] | np.ndarray) -> pd.Series:
        """Return the share of the comparisons that are robust at each level: r -> share, falling with r.

        Parameters
        ----------
        levels : sequence of float
            0 to 1.

        Returns
        -------
        Series, r -> share

        Raises
        ------
        InputError
            For a level outside 0 to 1.
        """
        with Arguments("prevalence") as check:
            if isinstance(levels, str) or np.ndim(levels) != 1:
                check.expect("levels", levels, problems.LEVELS)
            else:
                for level in levels:
                    check.share("levels", level)
        found = self.levels.to_numpy()
        found = np.sort(found[~np.isnan(found)])
        shares = [1 - np.searchsorted(found, r, side="left") / len(found) if len(found) else np.nan for r in levels]
        return pd.Series(shares, index=pd.Index(levels, name="r", dtype=float), name="share", dtype=float)


@checked
def robust_comparisons(index: Index, r: float = 1.0, *, node: str | None = ROOT) -> RobustComparisons:
    """Return how robust each comparison is when the weights are mixed with any others, and the share robust at `r`.

    Foster, McGillivray and Seth (2013): "a above b" is robust at r if it holds under every ``(1 - r) w0 + r v``, v any
    weights. With D the lead under the recipe's weights w0 and d_j the lead on child j, this holds up to
    ``r* = D / (D - min_j d_j)``; ``r* = 1`` where no d_j is negative.

    Parameters
    ----------
    index : Index
    r : float
        0 (the recipe's weights only) to 1 (any weights).
    node : str or None
        As in `dominance`.

    Returns
    -------
    RobustComparisons
        Shares are of the pairs that are strictly ordered under the recipe's weights; ties are left out.

    Raises
    ------
    InputError
        For `r` outside 0 to 1, and as `dominance`.

    Examples
    --------
    >>> from govtransparency import Framework, Node, Recipe, build_index
    >>> tree = Framework([Node("index", ""), Node("a", "index"), Node("b", "index")])
    >>> table = pd.DataFrame({"a": [10.0, 5.0, 0.0], "b": [5.0, 0.0, 10.0]}, index=["X", "Y", "Z"])
    >>> found = robust_comparisons(build_index(table, Recipe(tree)), 0.3)
    >>> found.levels.loc["X"].round(4).tolist(), round(found.share, 4), round(found.fully_robust, 4)
    ([nan, 1.0, 0.3333], 1.0, 0.3333)
    """
    with Arguments("robust_comparisons") as check:
        r = check.share("r", r)
        check_node(check, index, node)
    space = weight_space(index, node)
    least, _ = _extreme_leads(space)
    lead = _mean_leads(space)
    with np.errstate(divide="ignore", invalid="ignore"):
        levels = np.where(least >= 0, 1.0, lead / (lead - least))
    levels = np.where(lead > 0, levels, np.nan)
    frame = pd.DataFrame(levels, index=space.units, columns=space.units)
    return RobustComparisons(r, frame, node, index.status)


@checked
def rank_bounds(index: Index, *, node: str | None = ROOT) -> pd.DataFrame:
    """Return bounds on the ranks that each unit can have under any weights of the node's children.

    A unit cannot pass those that are above it on every child, and cannot be passed by those that are above it on none.
    The exact best and worst ranks, which need an integer programme, lie within these bounds; whether a unit can be
    first is answered exactly by `can_be_first`.

    Parameters
    ----------
    index : Index
    node : str or None
        As in `dominance`.

    Returns
    -------
    DataFrame, unit -> rank, best, worst
        Ranks of unrounded scores; tied units share the best rank.

    Raises
    ------
    InputError
        As `dominance`.

    Examples
    --------
    >>> from govtransparency import Framework, Node, Recipe, build_index
    >>> tree = Framework([Node("index", ""), Node("a", "index"), Node("b", "index")])
    >>> table = pd.DataFrame({"a": [10.0, 5.0, 0.0], "b": [5.0, 0.0, 10.0]}, index=["X", "Y", "Z"])
    >>> rank_bounds(build_index(table, Recipe(tree))).loc["Y"].to_dict()
    {'rank': 3, 'best': 2, 'worst': 3}
    """
    with Arguments("rank_bounds") as check:
        check_node(check, index, node)
    space = weight_space(index, node)
    least, _ = _extreme_leads(space)
    count = len(least)
    rank = 1 + (_mean_leads(space) < 0).sum(axis=1)
    best = 1 + (least > 0).sum(axis=0)
    worst = count - ((least >= 0).sum(axis=1) - 1)
    return pd.DataFrame({"rank": rank, "best": best, "worst": worst}, index=space.units)
