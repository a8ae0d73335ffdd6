"""Normalisers that keep the relative distances between units: min-max, standard scores and similar scales."""

from __future__ import annotations

import numpy as np

from govtransparency.arguments import Arguments
from govtransparency.arrays import scaled
from govtransparency.normalisation.normaliser_decorator import normaliser
from govtransparency.normalisation.normaliser_sample import Sample, no_range, scale_ends
from govtransparency.texts.problems import normalisation_problems as problems


@normaliser
def unscaled(sample: Sample) -> np.ndarray:
    """Leave the values as they are, only multiplied by their direction.

    For components that are already on a scale, and for the aggregations that scale by themselves (`topsis`, `vikor`,
    `promethee`, `copeland`, `kemeny`, `borda_count`).

    Parameters
    ----------
    values : number, array, Series, or DataFrame (units x indicators)
    goalposts : ignored
    direction, log, within, reference, decimals, rounding
        As every normaliser takes them; see `govtransparency.normalisation`.

    Returns
    -------
    like `values`, negated where `direction` is -1.

    Examples
    --------
    >>> import pandas as pd
    >>> unscaled(pd.Series([2.0, 3.0]), direction=-1).tolist()
    [-2.0, -3.0]
    """
    return sample.x


@normaliser
def min_max(sample: Sample, *, to: tuple[float, float] = (0.0, 100.0), cap: bool = True) -> np.ndarray:
    """Min-max: the worst goalpost becomes ``to[0]``, the best ``to[1]``.

    ``I = to[0] + (to[1] - to[0]) (x - worst) / (best - worst)`` (OECD/JRC Handbook 2008, step 5). Goalposts not given
    are the sample's own extremes; scores of different samples or years are then not comparable, so use goalposts or
    `reference` for those.

    Parameters
    ----------
    values : number, array, Series, or DataFrame (units x indicators)
        NaN is missing.
    goalposts : pair (worst, best), or DataFrame with those columns, optional
        In the values' own unit.
    to : pair of float
        The ends of the scale, rising.
    cap : bool
        Give values beyond a goalpost the score at that end of the scale, as UNDP's indices do.
    direction, log, within, reference, decimals, rounding
        As every normaliser takes them; see `govtransparency.normalisation`. With ``log=True`` give the goalposts in the
        unit of the raw values, as UNDP does for income.

    Returns
    -------
    like `values`, within `to` when capped.

    Raises
    ------
    InputError
        Naming every indicator without a range: constant or wholly missing, and no goalposts.

    Examples
    --------
    >>> import pandas as pd
    >>> min_max(pd.Series([2.0, 3.0, 6.0])).tolist()
    [0.0, 25.0, 100.0]
    >>> min_max(pd.Series([2.0, 3.0, 6.0]), (0, 5), to=(0, 1)).tolist()
    [0.4, 0.6, 1.0]
    >>> min_max(pd.Series([10.0, 100.0]), (1, 100), log=True).tolist()
    [50.0, 100.0]
    """
    with Arguments("min_max") as check:
        least, most = scale_ends(check, to)
    low, high = sample.extremes()
    without = no_range(low, high)
    if without.any():
        goalposts = 2 - np.isnan(sample.worst).astype(int) - np.isnan(sample.best)
        sample.refuse(without & (goalposts == 0), problems.NO_RANGE)
        sample.refuse(without & (goalposts == 2), problems.AGAINST_DIRECTION)
        sample.refuse(without, problems.BEYOND_GOALPOST)
    share = (sample.x - low) / (high - low)
    if cap:
        share = np.clip(share, 0.0, 1.0)
    return least + (most - least) * share


@normaliser
def z_score(sample: Sample, *, mean: float = 50.0, sd: float = 10.0, ddof: int = 1) -> np.ndarray:
    """Standardise to a given mean and standard deviation.

    ``I = mean + sd (x - m) / s`` with the sample's mean m and standard deviation s (Handbook step 5, with the divisor
    n - 1), or those of `reference`. Goalposts are not used. Scores are unbounded and depend on the other units of the
    sample. A published mean and standard deviation can be given as the goalposts m and m + s of ``min_max(to=(mean,
    mean + sd), cap=False)``.

    Parameters
    ----------
    values : number, array, Series, or DataFrame (units x indicators)
    goalposts : ignored
    mean, sd : float
        Of the scores; `sd` is positive. With the defaults 50 and 10 nearly all scores are positive.
    ddof : int
        1 divides by n - 1, 0 by n.
    direction, log, within, reference, decimals, rounding
        As every normaliser takes them; see `govtransparency.normalisation`.

    Returns
    -------
    like `values`.

    Raises
    ------
    InputError
        Naming every indicator that is constant, or has fewer than two values.

    Examples
    --------
    >>> import pandas as pd
    >>> z_score(pd.Series([1.0, 2.0, 3.0])).tolist()
    [40.0, 50.0, 60.0]
    """
    with Arguments("z_score") as check:
        _check_moments(check, mean, sd)
        check.count("ddof", ddof, least=0)
    return mean + sd * _standard(sample, ddof)


@normaliser
def robust_z(sample: Sample, *, mean: float = 50.0, sd: float = 10.0) -> np.ndarray:
    """Standardise by the median and the median absolute deviation, which a few outliers do not change.

    ``I = mean + sd (x - median) / (1.4826 MAD)`` with ``MAD = median |x - median|``; the factor makes the denominator
    the standard deviation of a normal sample (Hampel 1974; Rousseeuw and Croux 1993).

    Parameters
    ----------
    values : number, array, Series, or DataFrame (units x indicators)
    goalposts : ignored
    mean, sd : float
        Of the scores of a normal sample; `sd` is positive.
    direction, log, within, reference, decimals, rounding
        As every normaliser takes them; see `govtransparency.normalisation`.

    Returns
    -------
    like `values`.

    Raises
    ------
    InputError
        Naming every indicator whose median absolute deviation is 0: more than half of its values are the same.

    Examples
    --------
    >>> import pandas as pd
    >>> robust_z(pd.Series([1.0, 2.0, 3.0, 4.0, 500.0])).round(2).tolist()
    [36.51, 43.26, 50.0, 56.74, 3402.21]
    """
    with Arguments("robust_z") as check:
        _check_moments(check, mean, sd)
    sample.spread()
    centre = np.nanmedian(sample.reference, axis=0)
    spread = 1.482602218505602 * np.nanmedian(np.abs(sample.reference - centre), axis=0)
    sample.refuse(~(spread > 8 * np.spacing(np.abs(centre))), problems.NO_DEVIATION)
    return mean + sd * (sample.x - centre) / spread


@normaliser
def logistic(sample: Sample, *, to: tuple[float, float] = (0.0, 100.0), steepness: float = 1.0) -> np.ndarray:
    """Logistic curve of the standard score: outliers count less, and all scores stay within the scale.

    ``I = to[0] + (to[1] - to[0]) / (1 + exp(-k z))`` with z the standard score (divisor n - 1) and k the steepness. The
    mean gets the middle of the scale.

    Parameters
    ----------
    values : number, array, Series, or DataFrame (units x indicators)
    goalposts : ignored
    to : pair of float
        The ends of the scale, which no score reaches.
    steepness : float
        k, positive.
    direction, log, within, reference, decimals, rounding
        As every normaliser takes them; see `govtransparency.normalisation`.

    Returns
    -------
    like `values`, within `to`.

    Raises
    ------
    InputError
        Naming every indicator that is constant; for a steepness that is not positive.

    Examples
    --------
    >>> import pandas as pd
    >>> logistic(pd.Series([1.0, 2.0, 3.0])).round(2).tolist()
    [26.89, 50.0, 73.11]
    """
    with Arguments("logistic") as check:
        check.number("steepness", steepness, low=0, closed=(False, True))
        least, most = scale_ends(check, to)
    return least + (most - least) * (1 + np.tanh(steepness * _standard(sample, 1) / 2)) / 2


@normaliser
def mazziotta_pareto_scale(sample: Sample, *, adjusted: bool = False, ddof: int = 0) -> np.ndarray:
    """Put the indicators on the scale of the Mazziotta-Pareto index, or of the adjusted one.

    Plain: ``I = 100 + 10 z`` with the sample's mean and standard deviation (De Muro, Mazziotta and Pareto 2011, Social
    Indicators Research 104). Adjusted: ``I = 60 (x - Min) / (Max - Min) + 70`` with
    ``Min, Max = ref -+ (sup - inf) / 2``, so that the reference value has 100 and the range is about 70 to 130
    (Mazziotta and Pareto 2016, Social Indicators Research 127): ref is the mean of the values, or of `reference` (the
    base year); inf and sup are the goalposts, or the extremes of the values and the reference together. Aggregate with
    `mazziotta_pareto` or `adjusted_mazziotta_pareto`.

    Parameters
    ----------
    values : number, array, Series, or DataFrame (units x indicators)
    goalposts : pair (worst, best), or DataFrame with those columns, optional
        Used by the adjusted scale only.
    adjusted : bool
    ddof : int
        Of the plain scale: 0 divides by n, as its authors do.
    direction, log, within, reference, decimals, rounding
        As every normaliser takes them; see `govtransparency.normalisation`.

    Returns
    -------
    like `values`; mean 100 over the reference.

    Raises
    ------
    InputError
        Naming every indicator that is constant.

    Examples
    --------
    >>> import pandas as pd
    >>> mazziotta_pareto_scale(pd.Series([1.0, 2.0, 6.0]), adjusted=True).tolist()
    [76.0, 88.0, 136.0]
    """
    with Arguments("mazziotta_pareto_scale") as check:
        check.count("ddof", ddof, least=0)
    if not adjusted:
        return 100 + 10 * _standard(sample, ddof)
    mean = sample.mean()
    low, high = sample.extremes()
    seen = ~np.isnan(sample.x)
    inf = np.where(np.isnan(sample.worst), np.minimum(low, np.min(sample.x, 0, initial=np.inf, where=seen)), low)
    sup = np.where(np.isnan(sample.best), np.maximum(high, np.max(sample.x, 0, initial=-np.inf, where=seen)), high)
    sample.refuse(no_range(inf, sup), problems.NO_RANGE)
    return 100 + 60 * (sample.x - mean) / (sup - inf)


def _check_moments(check: Arguments, mean: float, sd: float) -> None:
    """Refuse a mean or standard deviation of the scores with which higher would not be better."""
    check.number("mean", mean)
    check.number("sd", sd, low=0, closed=(False, True))


def _standard(sample: Sample, ddof: int) -> np.ndarray:
    """Return the standard scores, with the mean and standard deviation of the reference."""
    sample.spread()
    few = np.sum(~np.isnan(sample.reference), axis=0) <= ddof
    sample.refuse(few, problems.FEW_VALUES, ddof=ddof)
    reference, power = scaled(sample.reference, axis=0)
    x = reference if sample.x is sample.reference else sample.x / power
    return (x - np.nanmean(reference, axis=0)) / np.nanstd(reference, axis=0, ddof=ddof)
