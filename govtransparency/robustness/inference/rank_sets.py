"""Confidence sets for ranks, and the set of the best, from scores and their errors."""

from __future__ import annotations

from typing import Any, get_args

import numpy as np
import pandas as pd

from govtransparency.arguments import Arguments
from govtransparency.checked_calls import checked
from govtransparency.ranking import rank
from govtransparency.robustness.inference.degrees_of_freedom import Degrees, check_degrees, degrees_of
from govtransparency.robustness.inference.multiple_comparisons import (
    Side,
    all_above,
    difference_errors,
    drawn_errors,
    each_set,
    holm_sets,
    p_values_of_order,
)
from govtransparency.robustness.inference.scores_and_errors import best_first, check_scores

__all__ = ["rank_confidence_sets", "top_set"]


@checked
def rank_confidence_sets(  # noqa: PLR0913 (options of a public function, by keyword)
    estimates: pd.Series,
    errors: pd.Series | pd.DataFrame,
    *,
    level: float = 0.95,
    simultaneous: bool = True,
    side: Side = "two-sided",
    step_down: bool = True,
    df: Degrees = None,
    resamples: int = 1000,
    rng: int | np.random.Generator = 0,
) -> pd.DataFrame:
    """Return confidence sets for the ranks of units whose scores have errors.

    One unit is proven above another where their difference, over its standard error, exceeds a critical value that
    is valid for all differences at once. A unit's best rank is then one more than the number of units proven above it,
    and its worst the number of units less those proven below it. Scores are compared at 10 decimals, as `rank` does.

    Parameters
    ----------
    estimates : Series, unit -> score, higher is better
    errors : Series, unit -> standard error; or DataFrame, units x units, covariance of the scores
        A Series means that errors are independent between units.
    level : float
        Least probability, in large samples, that the sets contain the true ranks.
    simultaneous : bool
        True: of all units at once. False: of each unit by itself, narrower; valid only for a unit chosen before seeing
        the scores.
    side : {"two-sided", "best", "worst"}
        "best" bounds only the best rank a unit may have (``high`` is then the number of units), "worst" only the worst
        (``low`` is 1).
    step_down : bool
        Compute the critical value again without the differences already proven, until no more are found.
    df : float, or DataFrame, units x units, optional
        Degrees of freedom of the errors, one number for all differences or one for each. By default
        ``errors.attrs["df"]``, which `indicator_errors`, `assessor_errors`, `sampling_errors` and `add_errors` set;
        without it infinitely many, as if the errors were known.
    resamples : int
        Draws of the errors for the critical value. None are needed where the degrees of freedom are finite.
    rng : int or Generator

    Returns
    -------
    DataFrame, indexed by unit in the order of `estimates`
        estimate : float; rank, low, high : int, 1 = best, low <= rank <= high.

    Raises
    ------
    InputError
        Listing units without an estimate or an error, errors that are negative or of other units, a covariance that is
        not symmetric or not positive semi-definite, degrees of freedom that are not positive, options out of range.

    Notes
    -----
    Known errors: Mogstad, M., Romano, J. P., Shaikh, A. M. and Wilhelm, D. (2024), Inference for ranks with
    applications to mobility across neighbourhoods and academic achievement across countries, Review of Economic Studies
    91(1). The hypotheses are, for every ordered pair, that the first is not above the second; the critical value is the
    quantile, over draws Z from N(0, covariance), of the largest ``(Z_j - Z_k) / s_jk`` of the pairs not yet rejected.
    One set of draws serves all steps. Units are drawn in the order of the estimates, so that the order of the table
    does not matter.

    Estimated errors, with finite degrees of freedom: a covariance estimated from few observations has few dimensions,
    and the maximum drawn from it is far too small. So each pair is judged by itself, ``(x_j - x_k) / s_jk`` against
    Student's t with the pair's degrees of freedom, and Holm's rule (1979, Scandinavian Journal of Statistics 6) keeps
    the level over all ordered pairs, however they depend on each other; Bonferroni's rule without `step_down`.

    Examples
    --------
    >>> scores = pd.Series({"A": 90.0, "B": 71.0, "C": 70.0, "D": 40.0})
    >>> rank_confidence_sets(scores, pd.Series(2.0, index=scores.index))[["rank", "low", "high"]].values.tolist()
    [[1, 1, 1], [2, 2, 3], [3, 2, 3], [4, 4, 4]]
    """
    with Arguments("rank_confidence_sets") as check:
        _check(check, estimates, errors, df, level, resamples, rng)
        check.choice("side", side, get_args(Side))
    return _sets(estimates, errors, level, side, _given(errors, df), simultaneous, step_down, resamples, rng)


def _sets(  # noqa: PLR0913 (the options of both public functions, checked before)
    estimates: pd.Series,
    errors: pd.Series | pd.DataFrame,
    level: float,
    side: Side,
    df: Degrees,
    simultaneous: bool,
    step_down: bool,
    resamples: int,
    rng: int | np.random.Generator,
) -> pd.DataFrame:
    scores, covariance, order = best_first(estimates, errors)
    degrees = degrees_of(df, estimates.index)
    spread = difference_errors(covariance)
    if np.isfinite(degrees).any():
        chances = p_values_of_order(scores, spread, degrees if degrees.ndim == 0 else degrees[np.ix_(order, order)])
        low, high = holm_sets(chances, 1 - level, side, step_down, simultaneous)
    else:
        draws = drawn_errors(covariance, resamples, np.random.default_rng(rng))
        if simultaneous:
            above = all_above(scores, spread, draws, level, step_down)
            low, high = 1 + above.sum(axis=0), len(scores) - above.sum(axis=1)
        else:
            low, high = each_set(scores, spread, draws, level, side, step_down)
    sets = pd.DataFrame({"low": low, "high": high}, index=estimates.index[order]).reindex(estimates.index)
    if side == "best":
        sets["high"] = len(scores)
    elif side == "worst":
        sets["low"] = 1
    sets.insert(0, "rank", rank(estimates))
    sets.insert(0, "estimate", estimates.astype(float))
    return sets


@checked
def top_set(
    estimates: pd.Series,
    errors: pd.Series | pd.DataFrame,
    k: int,
    *,
    level: float = 0.95,
    step_down: bool = True,
    df: Degrees = None,
    resamples: int = 1000,
    rng: int | np.random.Generator = 0,
) -> pd.Index:
    """Return the units that cannot be excluded from the best k, best estimate first.

    The set contains all the truly best k with a probability of at least `level`: the units whose one-sided simultaneous
    confidence set reaches rank k (Mogstad and others 2024, section 3.4). Parameters as in `rank_confidence_sets`.

    Parameters
    ----------
    estimates, errors, level, step_down, df, resamples, rng
        As in `rank_confidence_sets`.
    k : int
        1 to the number of units.

    Returns
    -------
    Index of units

    Raises
    ------
    InputError
        As `rank_confidence_sets`, and for a k that is not from 1 to the number of units.

    Examples
    --------
    >>> scores = pd.Series({"A": 90.0, "B": 71.0, "C": 70.0, "D": 40.0})
    >>> list(top_set(scores, pd.Series(2.0, index=scores.index), 2))
    ['A', 'B', 'C']
    """
    with Arguments("top_set") as check:
        _check(check, estimates, errors, df, level, resamples, rng)
        check.count("k", k, most=len(estimates) if isinstance(estimates, pd.Series) else None)
    sets = _sets(estimates, errors, level, "best", _given(errors, df), True, step_down, resamples, rng)
    return sets[sets["low"] <= k].sort_values("estimate", ascending=False, kind="stable").index


def _check(check: Arguments, estimates: Any, errors: Any, df: Any, level: Any, resamples: Any, rng: Any) -> None:
    """Check the arguments that both functions share."""
    check.level("level", level)
    check.count("resamples", resamples)
    check.rng("rng", rng)
    check_scores(check, estimates, errors)
    check_degrees(
        check, "df", _given(errors, df), estimates.index if isinstance(estimates, pd.Series) else pd.Index([])
    )


def _given(errors: Any, df: Degrees) -> Degrees:
    """Return the degrees of freedom given, or those that the errors carry."""
    return getattr(errors, "attrs", {}).get("df") if df is None else df
