"""Aggregations with a further step: for indices whose publishers round or rescale the score of a pillar."""

from __future__ import annotations

import numpy as np
import pandas as pd

from govtransparency.aggregation.means import arithmetic_mean
from govtransparency.arguments import Arguments, end_of_checks
from govtransparency.checked_calls import checked
from govtransparency.errors import InputError
from govtransparency.methods import Aggregator, Normaliser, Rounding, method_of
from govtransparency.normalisation import NORMALISERS, min_max
from govtransparency.ranking import ROUNDINGS, round_scores
from govtransparency.texts.bilingual import quoted
from govtransparency.texts.problems import aggregation_problems as problems

LARGEST_DECIMALS = 300  # beyond it powers of ten leave the floats


@method_of("aggregate")
@checked
def rounded(
    scores: pd.DataFrame,
    weights: pd.Series,
    *,
    aggregate: Aggregator = arithmetic_mean,
    decimals: int,
    rounding: Rounding = "half_even",
) -> pd.Series:
    """Aggregate, then round the parent's score before it is aggregated further.

    Only to rebuild an index whose publisher does so: rounding within an index creates ties.

    Parameters
    ----------
    scores : DataFrame, units x children
    weights : Series, child -> weight
    aggregate : aggregator
        It determines what zeros, missing children and ties do.
    decimals : int
        May be negative: -1 rounds to tens.
    rounding : {"half_even", "half_up", "down"}

    Returns
    -------
    Series, unit -> score.

    Raises
    ------
    InputError
        For decimals or a rounding out of range; and what `aggregate` refuses.

    Examples
    --------
    >>> table = pd.DataFrame({"a": [1.0], "b": [2.0]}, index=["X"])
    >>> rounded(table, pd.Series({"a": 1, "b": 1}), decimals=0, rounding="half_up").to_dict()
    {'X': 2.0}
    """
    with Arguments("rounded") as check:
        check.count("decimals", decimals, least=-LARGEST_DECIMALS, most=LARGEST_DECIMALS)
        check.choice("rounding", rounding, ROUNDINGS)
    parent = aggregate(scores, weights)
    return pd.Series(round_scores(parent, decimals=decimals, rounding=rounding), index=scores.index)


@method_of("aggregate")
@checked
def rescaled(
    scores: pd.DataFrame,
    weights: pd.Series,
    *,
    aggregate: Aggregator = arithmetic_mean,
    normalise: Normaliser = min_max,
    goalposts: tuple[float, float] | None = None,
) -> pd.Series:
    """Aggregate, then normalise the parent's score before it is aggregated further.

    For indices that standardise or rank a pillar again, so that its influence does not depend on its spread.

    Parameters
    ----------
    scores : DataFrame, units x children
    weights : Series, child -> weight
    aggregate : aggregator
        It determines what zeros, missing children and ties do.
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
        If the parent's scores cannot be normalised, naming the children; and what `aggregate` refuses.

    Examples
    --------
    >>> table = pd.DataFrame({"a": [1.0, 2.0, 3.0], "b": [1.0, 4.0, 3.0]}, index=["X", "Y", "Z"])
    >>> rescaled(table, pd.Series({"a": 1, "b": 1})).to_dict()
    {'X': 0.0, 'Y': 100.0, 'Z': 100.0}
    """
    end_of_checks()
    parent = pd.Series(np.asarray(aggregate(scores, weights), dtype=float), index=scores.index, name="score")
    try:
        return normalise(parent, goalposts)
    except InputError as error:
        raise InputError(
            [problems.CANNOT_RESCALE.format(codes=quoted(scores)), *error.texts], title="rescaled"
        ) from None


# the registry of the methods that an edition's file may name for an option, besides the aggregators
rescaled.choices = {"normalise": NORMALISERS}  # type: ignore[attr-defined]
