"""Scores and ranks of an index under other weights."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from govtransparency.arguments import Arguments
from govtransparency.checked_calls import checked
from govtransparency.errors import InputError, nearest
from govtransparency.nodes import ROOT
from govtransparency.ranking import RankRule, rank
from govtransparency.texts.bilingual import quoted
from govtransparency.texts.problems import argument_problems
from govtransparency.texts.problems import threshold_problems as problems

if TYPE_CHECKING:
    from collections.abc import Mapping

    from govtransparency.index import Index
    from govtransparency.scoring.evaluator import Scoring

__all__ = ["Rescored", "rescore", "rescored"]


@dataclass(frozen=True)
class Rescored:
    """What the index becomes under other weights; made by `rescore`.

    Attributes
    ----------
    values : ndarray
        The index's scores, in the order of `units`; NaN for a unit without one.
    units : Index
    rule : RankRule
        The recipe's.
    tie_breakers : DataFrame or None
        The scores of the nodes that break ties, where the rule names any.
    status : tuple of str
        What the figures are, as `Index.status`.

    Examples
    --------
    >>> from govtransparency import Framework, Node, Recipe, build_index
    >>> tree = Framework([Node("index", ""), Node("a", "index"), Node("b", "index")])
    >>> index = build_index(pd.DataFrame({"a": [9.0, 1.0], "b": [2.0, 3.0]}, index=["X", "Y"]), Recipe(tree))
    >>> found = rescore(index, {"a": 1, "b": 3})
    >>> found.scores.to_dict(), found.ranks.to_dict()
    ({'X': 25.0, 'Y': 75.0}, {'X': 2, 'Y': 1})
    """

    values: np.ndarray
    units: pd.Index
    rule: RankRule
    tie_breakers: pd.DataFrame | None = None
    status: tuple[str, ...] = ()

    @cached_property
    def scores(self) -> pd.Series:
        """Score of each unit on the index, unrounded."""
        return pd.Series(self.values, index=self.units, name=ROOT)

    @cached_property
    def ranks(self) -> pd.Series:
        """Rank of each unit by the recipe's rule, 1 = best."""
        return rank(self.scores, self.rule, tie_breakers=self.tie_breakers)


@checked
def rescore(index: Index, weights: Mapping[str, float] | pd.Series) -> Rescored:
    """Return scores and ranks of the index under other weights, in microseconds.

    Treatment and normalisation do not depend on weights and are not run again; of the tree, only the nodes whose
    children's weights change and their ancestors are computed again.

    Parameters
    ----------
    index : Index
    weights : mapping of code to weight
        For any nodes, non-negative, of any sum; siblings that are not named keep their weight, and all of them count in
        proportion, as in `Framework.with_weights`. A weight of 0 takes the node out of its parent's mean, but not out
        of its parent's coverage.

    Returns
    -------
    Rescored
        With ``.scores`` and ``.ranks``: for positive weights, to the last digit those of
        ``build_index(table, replace(recipe, framework=recipe.framework.with_weights(weights)))``. A unit all of whose
        children have weight 0 gets no score.

    Raises
    ------
    InputError
        For a code that is not in the framework, a weight that is negative or not a number, and siblings that all have
        weight 0.

    Examples
    --------
    >>> from govtransparency import Framework, Node, Recipe, build_index
    >>> tree = Framework([Node("index", ""), Node("a", "index"), Node("b", "index")])
    >>> table = pd.DataFrame({"a": [0.0, 10.0, 6.0], "b": [10.0, 0.0, 6.0]}, index=["X", "Y", "Z"])
    >>> index = build_index(table, Recipe(tree))
    >>> index.ranks.to_dict(), rescore(index, {"a": 3}).ranks.to_dict()
    ({'X': 2, 'Y': 2, 'Z': 1}, {'X': 3, 'Y': 1, 'Z': 2})
    """
    return rescored(index, index.scoring.holding(weights.keys()), _weight_vector(index, weights))


def rescored(index: Index, scoring: Scoring, weights: np.ndarray, values: np.ndarray | None = None) -> Rescored:
    """Return the index under other weights of its scoring, or of what that holds, or under other values.

    Parameters
    ----------
    index : Index
    scoring : Scoring
        ``index.scoring``, or what its `holding` returns.
    weights : ndarray of ``scoring.codes``
    values : ndarray, units x ``scoring.inputs``, optional
    """
    found, units, rule = scoring.evaluate(weights, values)[0], index.scores.index, index.recipe.rank
    if values is not None:
        found = {code: values[:, at] for at, code in enumerate(scoring.inputs)} | found
    columns = {
        code: _among(found[code], scoring.units, units) if code in found else index.scores[code].to_numpy()
        for code in (ROOT, *rule.tie_breakers)
    }
    breakers = pd.DataFrame(columns, index=units) if rule.tie_breakers else None
    return Rescored(columns[ROOT], units, rule, breakers, index.status)


def _among(scores: np.ndarray, some: pd.Index, units: pd.Index) -> np.ndarray:
    """Return scores of some units as scores of all; units that a treatment left out have none."""
    return scores if len(some) == len(units) else pd.Series(scores, index=some).reindex(units).to_numpy()


def _weight_vector(index: Index, weights: Mapping[str, float] | pd.Series) -> np.ndarray:
    """Return the weights of all nodes of the index's scoring, the recipe's own where none is named."""
    known, new = index.recipe.framework.weights.index, dict(weights)
    with Arguments("rescore") as check:
        for code, weight in new.items():
            if code not in known:
                check.refuse(problems.UNKNOWN_NODE.format(code=code, nearest=nearest(code, known)))
            if not (isinstance(weight, (int, float, np.number)) and 0 <= weight < math.inf):
                check.expect(f"weights[{code!r}]", weight, argument_problems.AT_LEAST.format(low=0))
    vector = index.scoring.weights.copy()
    place = index.scoring.column
    for code, weight in new.items():
        if code in place:
            vector[place[code]] = weight
    if not vector.all():
        counted = {*index.recipe.averaged.weights.index, ROOT}  # a pillar that is only shown may lose its score
        refused = [
            problems.ALL_ZERO.format(parent=parent.code, children=quoted(parent.children))
            for parent in index.scoring.parents
            if parent.code in counted and not vector[parent.columns].any()
        ]
        if refused:
            raise InputError(refused, title="rescore")
    return vector
