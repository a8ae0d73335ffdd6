"""Normalisers that keep the distances between units: min-max, standard scores and their kin."""

from __future__ import annotations

import numpy as np

from govtransparency.arrays import scaled
from govtransparency.errors import InputError
from govtransparency.normalisation.normaliser_decorator import CONSTANT, Sample, no_range, normaliser, scale_ends


@normaliser
def unscaled(sample: Sample) -> np.ndarray:
    """Leave the values as they are, only turned by their direction.

    For components that come already scaled, and for the aggregations that scale by themselves (`topsis`, `vikor`,
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
    are the sample's own extremes: scores of different samples or years then do not compare; use goalposts or
    `reference`.

    Parameters
    ----------
    values : number, array, Series, or DataFrame (units x indicators)
        NaN is missing.
    goalposts : pair (worst, best), or DataFrame with those columns, optional
        In the values' own unit.
    to : pair of float
        The scale's ends, rising.
    cap : bool
        Hold values beyond a goalpost at the scale's end, as UNDP's indices do.
    direction, log, within, reference, decimals, rounding
        As every normaliser takes them; see `govtransparency.normalisation`. With ``log=True`` the goalposts are given
        before the logarithm, as UNDP gives those of income.

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
    least, most = scale_ends(to)
    low, high = sample.extremes()
    no = no_range(low, high)
    if no.any():
        own = np.isnan(sample.worst) & np.isnan(sample.best)
        sample.refuse(no & own, *CONSTANT)
        both = ~np.isnan(sample.worst) & ~np.isnan(sample.best)
        sample.refuse(
            no & both, "has no way up from its worst to its best goalpost", "give goalposts that go with its direction"
        )
        sample.refuse(
            no,
            "has no range: no value is on the right side of its only goalpost",
            "give it both worst and best in the framework",
        )
    share = (sample.x - low) / (high - low)
    if cap:
        share = np.clip(share, 0.0, 1.0)
    return least + (most - least) * share


@normaliser
def z_score(sample: Sample, *, mean: float = 50.0, sd: float = 10.0, ddof: int = 1) -> np.ndarray:
    """Standardise to a given mean and standard deviation.

    ``I = mean + sd (x - m) / s`` with the sample's mean m and standard deviation s (Handbook step 5, with the divisor
    n - 1), or those of `reference`. Goalposts are not used. Scores are unbounded and depend on who else is in the
    sample. A published mean and standard deviation can be given as the goalposts m and m + s of ``min_max(to=(mean,
    mean + sd), cap=False)``.

    Parameters
    ----------
    values : number, array, Series, or DataFrame (units x indicators)
    goalposts : ignored
    mean, sd : float
        Of the scores; `sd` is positive. The default 50 and 10 keeps nearly all scores positive.
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
    _check_moments(mean, sd)
    return mean + sd * _standard(sample, ddof)


@normaliser
def robust_z(sample: Sample, *, mean: float = 50.0, sd: float = 10.0) -> np.ndarray:
    """Standardise by the median and the median absolute deviation, which a few outliers do not move.

    ``I = mean + sd (x - median) / (1.4826 MAD)`` with ``MAD = median |x - median|``; the factor makes the denominator
    the standard deviation of a normal sample (Hampel 1974; Rousseeuw and Croux 1993).

    Parameters
    ----------
    values : number, array, Series, or DataFrame (units x indicators)
    goalposts : ignored
    mean, sd : float
        Of the scores, were the sample normal.
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
    _check_moments(mean, sd)
    sample.spread()
    centre = np.nanmedian(sample.reference, axis=0)
    spread = 1.482602218505602 * np.nanmedian(np.abs(sample.reference - centre), axis=0)
    sample.refuse(
        ~(spread > 8 * np.spacing(np.abs(centre))),
        "has a median absolute deviation of 0, for more than half of its values are the same",
        "use z_score or goalposts for it",
    )
    return mean + sd * (sample.x - centre) / spread


@normaliser
def logistic(sample: Sample, *, to: tuple[float, float] = (0.0, 100.0), steepness: float = 1.0) -> np.ndarray:
    """Logistic curve over the standard score: outliers are drawn in, and all scores stay within the scale.

    ``I = to[0] + (to[1] - to[0]) / (1 + exp(-k z))`` with z the standard score (divisor n - 1) and k the steepness. The
    mean comes in the middle of the scale.

    Parameters
    ----------
    values : number, array, Series, or DataFrame (units x indicators)
    goalposts : ignored
    to : pair of float
        The scale's ends, which are approached and not reached.
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
    if not steepness > 0:
        raise InputError(f"steepness {steepness!r}: expected a positive number", title="logistic")
    least, most = scale_ends(to)
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
    if not adjusted:
        return 100 + 10 * _standard(sample, ddof)
    mean = sample.mean()
    low, high = sample.extremes()
    seen = ~np.isnan(sample.x)
    inf = np.where(np.isnan(sample.worst), np.minimum(low, np.min(sample.x, 0, initial=np.inf, where=seen)), low)
    sup = np.where(np.isnan(sample.best), np.maximum(high, np.max(sample.x, 0, initial=-np.inf, where=seen)), high)
    sample.refuse(no_range(inf, sup), *CONSTANT)
    return 100 + 60 * (sample.x - mean) / (sup - inf)


def _check_moments(mean: float, sd: float) -> None:
    """Refuse a mean or standard deviation of the scores under which higher would not mean more transparent."""
    if not (np.isfinite(mean) and 0 < sd < np.inf):
        raise InputError(f"mean {mean!r}, sd {sd!r}: expected a number and a positive number", title="normalise")


def _standard(sample: Sample, ddof: int) -> np.ndarray:
    sample.spread()
    few = np.sum(~np.isnan(sample.reference), axis=0) <= ddof
    sample.refuse(few, f"has too few values for ddof = {ddof}", "fill it, or leave it out")
    reference, power = scaled(sample.reference, axis=0)
    x = reference if sample.x is sample.reference else sample.x / power
    return (x - np.nanmean(reference, axis=0)) / np.nanstd(reference, axis=0, ddof=ddof)
