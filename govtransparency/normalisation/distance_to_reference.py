"""Normalisers that measure against a reference value: the mean, the best, the worst, a target, a unit."""

from __future__ import annotations

from typing import Literal, get_args

import numpy as np

from govtransparency.errors import InputError, nearest
from govtransparency.normalisation.normaliser_decorator import Sample, normaliser, scale_ends

Overshoot = Literal["reached", "missed"]


@normaliser
def ratio_to_best(sample: Sample, *, cap: bool = False) -> np.ndarray:
    """Ratio to the best value, or to the best goalpost where there is one.

    ``I = x / best``, and where less is better ``I = best / x``: the best has 1, a unit half as good 1/2 (Handbook step
    5, distance to the leader). A ratio wants a ratio scale: its zero must be a true zero (Handbook Table 14 shows what
    happens to temperatures).

    Parameters
    ----------
    values : number, array, Series, or DataFrame (units x indicators)
        Not negative; positive where less is better.
    goalposts : pair (worst, best), or DataFrame with those columns, optional
    cap : bool
        Hold values better than the goalpost at 1.
    direction, log, within, reference, decimals, rounding
        As every normaliser takes them; see `govtransparency.normalisation`. Turning values by a change of sign would
        give the worst the highest ratio: the ratio itself is turned.

    Returns
    -------
    like `values`, 0 to 1 without a goalpost or reference.

    Raises
    ------
    InputError
        Naming every indicator with a negative value, a zero where less is better, or a best value of 0.

    Examples
    --------
    >>> import pandas as pd
    >>> ratio_to_best(pd.Series([2.0, 4.0, 8.0])).tolist()
    [0.25, 0.5, 1.0]
    >>> ratio_to_best(pd.Series([2.0, 4.0, 8.0]), direction=-1).tolist()
    [1.0, 0.5, 0.25]
    """
    ratio = _ratio(sample, sample.extremes()[1], "best value")
    return np.minimum(ratio, 1.0) if cap else ratio


@normaliser
def ratio_to_worst(sample: Sample) -> np.ndarray:
    """Ratio to the worst value, or to the worst goalpost where there is one.

    ``I = x / worst``, and where less is better ``I = worst / x``: the worst has 1, a unit twice as good 2 (Handbook
    Table 15).

    Parameters
    ----------
    values : number, array, Series, or DataFrame (units x indicators)
        Not negative; positive where less is better.
    goalposts : pair (worst, best), or DataFrame with those columns, optional
    direction, log, within, reference, decimals, rounding
        As every normaliser takes them; see `govtransparency.normalisation`.

    Returns
    -------
    like `values`, 1 or more without a goalpost or reference.

    Raises
    ------
    InputError
        Naming every indicator with a negative value, a zero where less is better, or a worst value of 0.

    Examples
    --------
    >>> import pandas as pd
    >>> ratio_to_worst(pd.Series([2.0, 4.0, 8.0]), direction=-1).tolist()
    [4.0, 2.0, 1.0]
    """
    return _ratio(sample, sample.extremes()[0], "worst value")


@normaliser
def ratio_to_mean(sample: Sample) -> np.ndarray:
    """Ratio to the mean.

    ``I = x / mean``, and where less is better ``I = mean / x`` (Handbook step 5, distance to a reference): more than 1
    is better than the mean.

    Parameters
    ----------
    values : number, array, Series, or DataFrame (units x indicators)
        Not negative; positive where less is better.
    goalposts : ignored
    direction, log, within, reference, decimals, rounding
        As every normaliser takes them; see `govtransparency.normalisation`.

    Returns
    -------
    like `values`, positive or 0.

    Raises
    ------
    InputError
        Naming every indicator with a negative value, a zero where less is better, or a mean of 0.

    Examples
    --------
    >>> import pandas as pd
    >>> ratio_to_mean(pd.Series([1.0, 2.0, 3.0])).tolist()
    [0.5, 1.0, 1.5]
    """
    return _ratio(sample, sample.mean(), "mean")


@normaliser
def difference_to_mean(sample: Sample) -> np.ndarray:
    """Difference to the mean, in units of the mean.

    ``I = (x - mean) / |mean|``, negated where less is better (Handbook step 5, distance to a reference, second form).

    Parameters
    ----------
    values : number, array, Series, or DataFrame (units x indicators)
    goalposts : ignored
    direction, log, within, reference, decimals, rounding
        As every normaliser takes them; see `govtransparency.normalisation`.

    Returns
    -------
    like `values`; 0 is the mean.

    Raises
    ------
    InputError
        Naming every indicator whose mean is 0.

    Examples
    --------
    >>> import pandas as pd
    >>> difference_to_mean(pd.Series([1.0, 2.0, 3.0]), direction=-1).tolist()
    [0.5, 0.0, -0.5]
    """
    return _difference(sample, sample.mean(), "mean")


@normaliser
def difference_to_best(sample: Sample) -> np.ndarray:
    """Difference to the best value, or the best goalpost, in units of it: ``I = (x - best) / |best|``.

    Negated where less is better; 0 is the best, everything else below.

    Parameters
    ----------
    values : number, array, Series, or DataFrame (units x indicators)
    goalposts : pair (worst, best), or DataFrame with those columns, optional
    direction, log, within, reference, decimals, rounding
        As every normaliser takes them; see `govtransparency.normalisation`.

    Returns
    -------
    like `values`.

    Raises
    ------
    InputError
        Naming every indicator whose best value is 0.

    Examples
    --------
    >>> import pandas as pd
    >>> difference_to_best(pd.Series([1.0, 2.0, 4.0])).tolist()
    [-0.75, -0.5, 0.0]
    """
    return _difference(sample, sample.extremes()[1], "best value")


@normaliser
def difference_to_worst(sample: Sample) -> np.ndarray:
    """Difference to the worst value, or the worst goalpost, in units of it: ``I = (x - worst) / |worst|``.

    Negated where less is better; 0 is the worst, everything else above (Handbook Table 15).

    Parameters
    ----------
    values : number, array, Series, or DataFrame (units x indicators)
    goalposts : pair (worst, best), or DataFrame with those columns, optional
    direction, log, within, reference, decimals, rounding
        As every normaliser takes them; see `govtransparency.normalisation`.

    Returns
    -------
    like `values`.

    Raises
    ------
    InputError
        Naming every indicator whose worst value is 0.

    Examples
    --------
    >>> import pandas as pd
    >>> difference_to_worst(pd.Series([1.0, 2.0, 4.0]), direction=-1).tolist()
    [0.75, 0.5, 0.0]
    """
    return _difference(sample, sample.extremes()[0], "worst value")


@normaliser
def above_below_mean(
    sample: Sample, *, threshold: float = 0.2, scores: tuple[float, float, float] = (-1.0, 0.0, 1.0)
) -> np.ndarray:
    """Whether a unit is above the mean, below it, or about it.

    With ``d = (x - mean) / |mean|``, negated where less is better: the first score where ``d < -threshold``, the last
    where ``d > threshold``, the second between (Handbook step 5, indicators above or below the mean). It is little
    moved by outliers, and throws away what lies within the classes.

    Parameters
    ----------
    values : number, array, Series, or DataFrame (units x indicators)
    goalposts : ignored
    threshold : float
        Half of the neutral region, as a share of the mean; 0 or more.
    scores : three float
        For below, about and above the mean; rising.
    direction, log, within, reference, decimals, rounding
        As every normaliser takes them; see `govtransparency.normalisation`.

    Returns
    -------
    like `values`, each one of `scores`.

    Raises
    ------
    InputError
        Naming every indicator whose mean is 0; for a negative threshold.

    Examples
    --------
    >>> import pandas as pd
    >>> above_below_mean(pd.Series([1.0, 2.0, 3.0])).tolist()
    [-1.0, 0.0, 1.0]
    """
    if not threshold >= 0:
        raise InputError(f"threshold {threshold!r}: expected 0 or more", title="above_below_mean")
    low, middle, high = scores
    if not low < middle < high:
        raise InputError(f"scores {scores!r}: expected three rising numbers", title="above_below_mean")
    distance = _difference(sample, sample.mean(), "mean")
    score = np.select([distance < -threshold - 1e-12, distance > threshold + 1e-12], [low, high], middle)
    return np.where(np.isnan(distance), np.nan, score)


@normaliser
def distance_to_unit(sample: Sample, *, unit: str, form: Literal["ratio", "difference"] = "ratio") -> np.ndarray:
    """Measure against one unit, by its name: a model, a neighbour, the capital.

    ``ratio``: ``I = x / ref``, and where less is better ``I = ref / x``; ``difference``: ``I = (x - ref) / |ref|``,
    negated where less is better (Handbook step 5, distance to a reference).

    Parameters
    ----------
    values : Series, or DataFrame (units x indicators)
        With the units as index.
    goalposts : ignored
    unit : str
        Its label in the index; of `reference` where that is given.
    form : {"ratio", "difference"}
    direction, log, within, reference, decimals, rounding
        As every normaliser takes them; see `govtransparency.normalisation`. The unit must be in the reference, and in
        every group of `within`.

    Returns
    -------
    like `values`; the unit itself has 1 (ratio) or 0 (difference).

    Raises
    ------
    InputError
        For a unit that is not there, with the nearest name; naming every indicator that the unit lacks, or of which it
        has 0, and for a ratio those with a negative value or a zero where less is better.

    Examples
    --------
    >>> import pandas as pd
    >>> distance_to_unit(pd.Series({"X": 2.0, "Y": 5.0}), unit="X").to_dict()
    {'X': 1.0, 'Y': 2.5}
    """
    if form not in ("ratio", "difference"):
        raise InputError(f"form {form!r}: expected 'ratio' or 'difference'", title="distance_to_unit")
    places = np.flatnonzero(sample.units == unit)
    if len(places) != 1:
        where = f" of group {sample.group!r}" if sample.group else ""
        what = f"is no unit{where}" if not len(places) else f"stands {len(places)} times among the units{where}"
        raise InputError(f"reference unit {unit!r} {what}; {nearest(unit, sample.units)}", title="distance_to_unit")
    value = sample.reference[places[0]]
    if missing := [sample.name(column) for column in np.flatnonzero(np.isnan(value)).tolist()]:
        raise InputError(
            [f"{name}: the reference unit {unit!r} has no value; fill it first" for name in missing],
            title="distance_to_unit",
        )
    what = f"value of {unit!r}"
    return _ratio(sample, value, what) if form == "ratio" else _difference(sample, value, what)


@normaliser
def distance_to_target(
    sample: Sample, *, to: tuple[float, float] = (0.0, 100.0), overshoot: Overshoot = "reached"
) -> np.ndarray:
    """Closeness to the target, which is the best goalpost.

    ``I = to[1] - (to[1] - to[0]) d / D`` with d the distance to the target and D that of the worst goalpost, or of the
    sample's farthest value where none is given (Handbook step 5, distance to a reference).

    Parameters
    ----------
    values : number, array, Series, or DataFrame (units x indicators)
    goalposts : pair (worst, best), or DataFrame with those columns
        The best one is the target and must be given.
    to : pair of float
        The score farthest from the target and the score at it.
    overshoot : {"reached", "missed"}
        What a value beyond the target means: it has reached it (full score), or it has missed it by as much as it is
        beyond ("nominal is best").
    direction, log, within, reference, decimals, rounding
        As every normaliser takes them; see `govtransparency.normalisation`. Under "missed" the direction only says on
        which side the worst goalpost lies.

    Returns
    -------
    like `values`, within `to`.

    Raises
    ------
    InputError
        Naming every indicator without a target, or all of whose values are at it and no worst goalpost is given.

    Examples
    --------
    >>> import pandas as pd
    >>> distance_to_target(pd.Series([0.0, 5.0, 12.0]), (0, 10)).tolist()
    [0.0, 50.0, 100.0]
    >>> distance_to_target(pd.Series([0.0, 5.0, 12.0]), (0, 10), overshoot="missed").tolist()
    [0.0, 50.0, 80.0]
    """
    if overshoot not in get_args(Overshoot):
        raise InputError(f"overshoot {overshoot!r}: expected 'reached' or 'missed'", title="distance_to_target")
    if problems := [
        f"{sample.name(column)} has no target; give its best goalpost in the framework"
        for column in np.flatnonzero(np.isnan(sample.best)).tolist()
    ]:
        raise InputError(problems, title="distance_to_target")
    measured = _short_of(sample, sample.reference, overshoot)
    farthest = np.max(measured, axis=0, initial=0.0, where=~np.isnan(measured))
    farthest = np.where(np.isnan(sample.worst), farthest, sample.best - sample.worst)
    sample.refuse(~(farthest > 0), "is nowhere short of its target", "give it a worst goalpost, or leave it out")
    distance = _short_of(sample, sample.x, overshoot)
    least, most = scale_ends(to)
    return most - (most - least) * np.minimum(distance / farthest, 1.0)


def _short_of(sample: Sample, x: np.ndarray, overshoot: Overshoot) -> np.ndarray:
    gap = sample.best - x
    return np.maximum(gap, 0.0) if overshoot == "reached" else np.abs(gap)


def _ratio(sample: Sample, reference: np.ndarray, what: str) -> np.ndarray:
    """Divide raw values by the reference value; where less is better, the reference value by them."""
    _refuse_missing(sample)
    fewer = sample.direction < 0
    raw, measure = sample.x * sample.direction, reference * sample.direction
    remedy = "a ratio needs a true zero; use min_max, or a difference, for it"
    with np.errstate(invalid="ignore", divide="ignore"):
        sample.refuse((raw < 0).any(axis=0), "has negative values", remedy)
        sample.refuse(fewer & (raw == 0).any(axis=0), "has a zero, and less of it is better", remedy)
        sample.refuse(~(measure > 0), f"has a {what} of {_listed(measure)}", remedy)
        return np.where(fewer, measure / raw, raw / measure)


def _difference(sample: Sample, reference: np.ndarray, what: str) -> np.ndarray:
    _refuse_missing(sample)
    sample.refuse(
        reference == 0, f"has a {what} of 0, which nothing can be divided by", "use z_score or min_max for it"
    )
    return (sample.x - reference) / np.abs(reference)


def _refuse_missing(sample: Sample) -> None:
    sample.refuse(np.isnan(sample.reference).all(axis=0), "", "fill it or leave it out")


def _listed(measure: np.ndarray) -> str:
    """Return the reference values that are not positive, as an error shows them."""
    return " or ".join(f"{value:g}" for value in dict.fromkeys(measure[~(measure > 0)].tolist()))
