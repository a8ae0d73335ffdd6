"""Aggregations with a further step: for indices whose publishers round or rescale a pillar before it counts further."""

from __future__ import annotations

import numpy as np
import pandas as pd

from govtransparency.aggregation.means import arithmetic_mean
from govtransparency.errors import InputError
from govtransparency.methods import Aggregator, Normaliser, Rounding, method_of
from govtransparency.normalisation import NORMALISERS, min_max
from govtransparency.ranking import round_scores


@method_of("aggregate")
def rounded(
    scores: pd.DataFrame,
    weights: pd.Series,
    *,
    aggregate: Aggregator = arithmetic_mean,
    decimals: int,
    rounding: Rounding = "half_even",
) -> pd.Series:
    """Aggregate, then round the parent's score before it counts further.

    Only to rebuild an index whose publisher does so: rounding inside an index invents ties.

    Parameters
    ----------
    scores : DataFrame, units x children
    weights : Series, child -> weight
    aggregate : aggregator
        What zeros, missing children and ties do is as it says.
    decimals : int
    rounding : {"half_even", "half_up", "down"}

    Returns
    -------
    Series, unit -> score.

    Raises
    ------
    ValueError
        For an unknown rounding; and what `aggregate` refuses.

    Examples
    --------
    >>> table = pd.DataFrame({"a": [1.0], "b": [2.0]}, index=["X"])
    >>> rounded(table, pd.Series({"a": 1, "b": 1}), decimals=0, rounding="half_up").to_dict()
    {'X': 2.0}
    """
    parent = aggregate(scores, weights)
    return pd.Series(round_scores(parent, decimals=decimals, rounding=rounding), index=scores.index)


@method_of("aggregate")
def rescaled(
    scores: pd.DataFrame,
    weights: pd.Series,
    *,
    aggregate: Aggregator = arithmetic_mean,
    normalise: Normaliser = min_max,
    goalposts: tuple[float, float] | None = None,
) -> pd.Series:
    """Aggregate, then normalise the parent's score before it counts further.

    For indices that standardise or rank a pillar again, so that its spread does not decide how much it counts.

    Parameters
    ----------
    scores : DataFrame, units x children
    weights : Series, child -> weight
    aggregate : aggregator
        What zeros, missing children and ties do is as it says.
    normalise : normaliser
        Depends on the set of units unless it is given goalposts or a reference.
    goalposts : pair of float, optional
        Worst and best score of the parent.

    Returns
    -------
    Series, unit -> score.

    Raises
    ------
    InputError
        Where the parent's scores cannot be normalised, naming the children; and what `aggregate` refuses.

    Examples
    --------
    >>> table = pd.DataFrame({"a": [1.0, 2.0, 3.0], "b": [1.0, 4.0, 3.0]}, index=["X", "Y", "Z"])
    >>> rescaled(table, pd.Series({"a": 1, "b": 1})).to_dict()
    {'X': 0.0, 'Y': 100.0, 'Z': 100.0}
    """
    parent = pd.Series(np.asarray(aggregate(scores, weights), dtype=float), index=scores.index, name="score")
    try:
        return normalise(parent, goalposts)
    except InputError as error:
        made = f"the score made of {', '.join(map(repr, scores))} cannot be rescaled; give goalposts, or do without"
        raise InputError([made, *error.problems], title="rescaled") from None


# which registry the name of a method inside an edition's file is looked up in, besides the aggregators
rescaled.choices = {"normalise": NORMALISERS}  # type: ignore[attr-defined]
