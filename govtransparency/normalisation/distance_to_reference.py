"""Normalisers that measure against a reference value: the mean, the best, the worst, a target, a unit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, get_args

import numpy as np

from govtransparency.arguments import Arguments
from govtransparency.data.same_unit import nearest_unit
from govtransparency.normalisation.normaliser_decorator import normaliser
from govtransparency.normalisation.normaliser_sample import Sample, scale_ends
from govtransparency.texts.problems import normalisation_problems as problems

if TYPE_CHECKING:
    from govtransparency.texts.bilingual import Text

Overshoot = Literal["reached", "missed"]
Form = Literal["ratio", "difference"]


@normaliser
def ratio_to_best(sample: Sample, *, cap: bool = False) -> np.ndarray:
    """Ratio to the best value, or to the best goalpost where there is one.

    ``I = x / best``, and where less is better ``I = best / x``: the best has 1, a unit half as good 1/2 (Handbook step
    5, distance to the leader). A ratio needs a ratio scale, with a true zero (Handbook Table 14 shows what happens to
    temperatures).

    Parameters
    ----------
    values : number, array, Series, or DataFrame (units x indicators)
        Not negative; positive where less is better.
    goalposts : pair (worst, best), or DataFrame with those columns, optional
    cap : bool
        Give values better than the goalpost 1.
    direction, log, within, reference, decimals, rounding
        As every normaliser takes them; see `govtransparency.normalisation`. Where less is better the ratio is inverted:
        a change of sign would give the worst the highest ratio.

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
    ratio = _ratio(sample, sample.extremes()[1], problems.BEST)
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
    return _ratio(sample, sample.extremes()[0], problems.WORST)


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
    return _ratio(sample, sample.mean(), problems.MEAN)


@normaliser
def difference_to_mean(sample: Sample) -> np.ndarray:
    """Difference to the mean, relative to the mean.

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
    return _difference(sample, sample.mean(), problems.MEAN)


@normaliser
def difference_to_best(sample: Sample) -> np.ndarray:
    """Difference to the best value, or the best goalpost, relative to it: ``I = (x - best) / |best|``.

    Negated where less is better; the best has 0, all others less.

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
    return _difference(sample, sample.extremes()[1], problems.BEST)


@normaliser
def difference_to_worst(sample: Sample) -> np.ndarray:
    """Difference to the worst value, or the worst goalpost, relative to it: ``I = (x - worst) / |worst|``.

    Negated where less is better; the worst has 0, all others more (Handbook Table 15).

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
    return _difference(sample, sample.extremes()[0], problems.WORST)


@normaliser
def above_below_mean(
    sample: Sample, *, threshold: float = 0.2, scores: tuple[float, float, float] = (-1.0, 0.0, 1.0)
) -> np.ndarray:
    """Score whether a unit is below the mean, near it, or above it.

    With ``d = (x - mean) / |mean|``, negated where less is better: the first score where ``d < -threshold``, the last
    where ``d > threshold``, the second between (Handbook step 5, indicators above or below the mean). Outliers have
    little effect on it, but differences within a class are lost.

    Parameters
    ----------
    values : number, array, Series, or DataFrame (units x indicators)
    goalposts : ignored
    threshold : float
        Half of the neutral region, as a share of the mean; 0 or more.
    scores : three float
        For units below, near and above the mean; rising.
    direction, log, within, reference, decimals, rounding
        As every normaliser takes them; see `govtransparency.normalisation`.

    Returns
    -------
    like `values`, each one of `scores`.

    Raises
    ------
    InputError
        Naming every indicator whose mean is 0; for a negative threshold, and scores that do not rise.

    Examples
    --------
    >>> import pandas as pd
    >>> above_below_mean(pd.Series([1.0, 2.0, 3.0])).tolist()
    [-1.0, 0.0, 1.0]
    """
    with Arguments("above_below_mean") as check:
        check.number("threshold", threshold, low=0)
        low, middle, high = check.rising("scores", scores, problems.SCORES, count=3)
    distance = _difference(sample, sample.mean(), problems.MEAN)
    score = np.select([distance < -threshold - 1e-12, distance > threshold + 1e-12], [low, high], middle)
    return np.where(np.isnan(distance), np.nan, score)


@normaliser
def distance_to_unit(sample: Sample, *, unit: str, form: Form = "ratio") -> np.ndarray:
    """Measure against one unit, given by name: a model, a neighbour, the capital.

    ``ratio``: ``I = x / ref``, and where less is better ``I = ref / x``; ``difference``: ``I = (x - ref) / |ref|``,
    negated where less is better (Handbook step 5, distance to a reference).

    Parameters
    ----------
    values : Series, or DataFrame (units x indicators)
        With the units as index.
    goalposts : ignored
    unit : str
        Its label in the index of the values, or of `reference` where that is given.
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
        For an unknown unit, with the nearest name; naming every indicator for which the unit has no value or 0, and for
        a ratio those with a negative value, or with a zero where less is better.

    Examples
    --------
    >>> import pandas as pd
    >>> distance_to_unit(pd.Series({"X": 2.0, "Y": 5.0}), unit="X").to_dict()
    {'X': 1.0, 'Y': 2.5}
    """
    places = [place for place, one in enumerate(sample.units) if one == unit]
    with Arguments("distance_to_unit") as check:
        check.choice("form", form, get_args(Form))
        if not len(places):
            template = problems.UNKNOWN_UNIT_IN_GROUP if sample.group else problems.UNKNOWN_UNIT
            check.refuse(template.format(unit=unit, group=sample.group, nearest=nearest_unit(unit, sample.units)))
        elif len(places) > 1:
            check.refuse(problems.DUPLICATE_UNIT.format(unit=unit, count=len(places)))
    value = sample.reference[places[0]]
    sample.refuse(np.isnan(value), problems.UNIT_WITHOUT_VALUE, unit=unit)
    of_unit = problems.VALUE_OF_UNIT.format(unit=unit)
    return _ratio(sample, value, of_unit) if form == "ratio" else _difference(sample, value, of_unit)


@normaliser
def distance_to_target(
    sample: Sample, *, to: tuple[float, float] = (0.0, 100.0), overshoot: Overshoot = "reached"
) -> np.ndarray:
    """Score the closeness to the target, which is the best goalpost.

    ``I = to[1] - (to[1] - to[0]) d / D`` with d the distance to the target, and D the distance of the worst goalpost;
    where that is not given, of the farthest value of the sample (Handbook step 5, distance to a reference).

    Parameters
    ----------
    values : number, array, Series, or DataFrame (units x indicators)
    goalposts : pair (worst, best), or DataFrame with those columns
        The best one is the target and must be given.
    to : pair of float
        The score farthest from the target and the score at it.
    overshoot : {"reached", "missed"}
        Whether a value beyond the target has reached it (full score), or has missed it by the distance beyond it
        ("nominal is best").
    direction, log, within, reference, decimals, rounding
        As every normaliser takes them; see `govtransparency.normalisation`. With "missed" the direction only says on
        which side of the target the worst goalpost is.

    Returns
    -------
    like `values`, within `to`.

    Raises
    ------
    InputError
        Naming every indicator without a target, and those whose values all reach it and that have no worst goalpost.

    Examples
    --------
    >>> import pandas as pd
    >>> distance_to_target(pd.Series([0.0, 5.0, 12.0]), (0, 10)).tolist()
    [0.0, 50.0, 100.0]
    >>> distance_to_target(pd.Series([0.0, 5.0, 12.0]), (0, 10), overshoot="missed").tolist()
    [0.0, 50.0, 80.0]
    """
    with Arguments("distance_to_target") as check:
        check.choice("overshoot", overshoot, get_args(Overshoot))
        least, most = scale_ends(check, to)
    sample.refuse(np.isnan(sample.best), problems.NO_TARGET)
    measured = _short_of(sample, sample.reference, overshoot)
    farthest = np.max(measured, axis=0, initial=0.0, where=~np.isnan(measured))
    farthest = np.where(np.isnan(sample.worst), farthest, sample.best - sample.worst)
    sample.refuse(~(farthest > 0), problems.NOT_SHORT_OF_TARGET)
    distance = _short_of(sample, sample.x, overshoot)
    return most - (most - least) * np.minimum(distance / farthest, 1.0)


def _short_of(sample: Sample, x: np.ndarray, overshoot: Overshoot) -> np.ndarray:
    """Return how far each value is from the target."""
    gap = sample.best - x
    return np.maximum(gap, 0.0) if overshoot == "reached" else np.abs(gap)


def _ratio(sample: Sample, reference: np.ndarray, measure: Text) -> np.ndarray:
    """Divide raw values by the reference value; where less is better, the reference value by the raw values."""
    sample.refuse_missing()
    less_is_better = sample.direction < 0
    raw, divisor = sample.x * sample.direction, reference * sample.direction
    with np.errstate(invalid="ignore", divide="ignore"):
        sample.refuse((raw < 0).any(axis=0), problems.NEGATIVE)
        sample.refuse(less_is_better & (raw == 0).any(axis=0), problems.ZERO)
        sample.refuse(~(divisor > 0), problems.NOT_POSITIVE, measure=measure, value=divisor)
        return np.where(less_is_better, divisor / raw, raw / divisor)


def _difference(sample: Sample, reference: np.ndarray, measure: Text) -> np.ndarray:
    """Return the difference to the reference value, relative to its magnitude."""
    sample.refuse_missing()
    sample.refuse(reference == 0, problems.ZERO_MEASURE, measure=measure)
    return (sample.x - reference) / np.abs(reference)
