"""How far assessors agree on the marks they gave, on which indicators they do not, and who stands apart."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import numpy as np
import pandas as pd

from govtransparency.arrays import floats, scaled
from govtransparency.errors import InputError, check_level, nearest
from govtransparency.ranking import snapped, varies

__all__ = [
    "Alpha",
    "agreement",
    "assessor_agreement",
    "check_marks",
    "cohen_kappa",
    "fleiss_kappa",
    "krippendorff_alpha",
]

MEASUREMENTS = ("nominal", "ordinal", "interval", "ratio")
WEIGHTS = ("none", "linear", "quadratic")


@dataclass(frozen=True)
class Alpha:
    """Krippendorff's alpha; made by `krippendorff_alpha`.

    Attributes
    ----------
    alpha, low, high : float
        1 for full agreement, 0 for chance, below 0 for disagreement by rule; with the bootstrap interval over units.
        NaN where every mark is the same: agreement is then certain but uninformative.
    units, marks : int
        With at least two marks, and how many marks those are.
    """

    alpha: float
    low: float
    high: float
    units: int
    marks: int


def agreement(
    marks: pd.DataFrame, *, level: float = 0.95, resamples: int = 1000, rng: int | np.random.Generator = 0
) -> pd.DataFrame:
    """Agreement between assessors, for each indicator and overall.

    Parameters
    ----------
    marks : DataFrame
        Columns unit, indicator, assessor, mark, as `govtransparency.read_marks` gives it.
    level : float
        Of the interval of alpha.
    resamples : int
        Bootstrap resamples of the units.
    rng : int or Generator

    Returns
    -------
    DataFrame, indexed by indicator in the marks' order, last row ``all``
        pairs : int, pairs of marks on the same unit and indicator.
        identical : float, share of the pairs with equal marks, 0 to 1.
        mean_difference : float, mean absolute difference within pairs, in the indicator's unit.
        alpha, alpha_low, alpha_high : float, `krippendorff_alpha` for interval data, with its interval.
        alpha_nominal, alpha_ordinal, alpha_ratio : float, the same for other kinds of data (ratio: NaN where a mark is
        negative).
        cohen_kappa, weighted_kappa : float, `cohen_kappa`, unweighted and with quadratic weights: the mean over pairs
        of assessors, each counting as often as it shares a unit.
        fleiss_kappa : float.

        In ``all``, where units of measurement differ, only pairs and identical have a value; a coefficient is NaN too
        where every mark is the same or no unit has two marks.

    Raises
    ------
    InputError
        For missing columns, marks that are no numbers, and an assessor who marked one indicator of a unit twice.

    Notes
    -----
    Krippendorff, K. (2011), Computing Krippendorff's alpha-reliability; Cohen (1960, 1968); Fleiss (1971). The kappas
    and the nominal alpha are for marks with few values; on shares and counts they call 0.94 and 0.95 a disagreement.

    Examples
    --------
    >>> marks = pd.DataFrame({"unit": list("XXYYZZ"), "indicator": "a",
    ...                       "assessor": list("121212"), "mark": [1.0, 1, 0, 0, 1, 0]})
    >>> agreement(marks).loc["a", ["pairs", "identical", "alpha"]].round(3).to_dict()
    {'pairs': 3.0, 'identical': 0.667, 'alpha': 0.444}
    """
    given = check_marks(marks, title="agreement")
    generator = np.random.default_rng(rng)
    rows = {}
    for code, part in given.groupby("indicator", sort=False):
        x = _ratings(part)
        gaps = _pair_gaps(x)
        if not gaps.size:
            rows[code] = [0, *[np.nan] * (len(COLUMNS) - 1)]
            continue
        whole = krippendorff_alpha(x, level=level, resamples=resamples, rng=generator)
        others = [
            krippendorff_alpha(x, measurement=kind, resamples=0).alpha
            if kind != "ratio" or np.nanmin(x) >= 0
            else np.nan
            for kind in ("nominal", "ordinal", "ratio")
        ]
        kappas = [_mean_kappa(x, "none"), _mean_kappa(x, "quadratic"), fleiss_kappa(x)]
        rows[code] = [gaps.size, np.mean(gaps == 0), gaps.mean(), whole.alpha, whole.low, whole.high, *others, *kappas]
    table = pd.DataFrame.from_dict(rows, orient="index", columns=COLUMNS)
    pairs = table["pairs"].sum()
    share = (table["identical"] * table["pairs"]).sum() / pairs if pairs else np.nan
    table.loc["all"] = [pairs, share, *[np.nan] * (len(COLUMNS) - 2)]
    return table.astype({"pairs": int}).rename_axis("indicator")


COLUMNS = [
    "pairs",
    "identical",
    "mean_difference",
    "alpha",
    "alpha_low",
    "alpha_high",
    "alpha_nominal",
    "alpha_ordinal",
    "alpha_ratio",
    "cohen_kappa",
    "weighted_kappa",
    "fleiss_kappa",
]


def assessor_agreement(marks: pd.DataFrame) -> pd.DataFrame:
    """Which assessors stand apart: each against the colleagues who marked the same unit and indicator.

    Parameters
    ----------
    marks : DataFrame
        As for `agreement`.

    Returns
    -------
    DataFrame, indexed by assessor
        marks : int, given. shared : int, of them with a colleague's mark beside it.
        identical : float, share of the pairs with a colleague that are equal.
        severity : float, mean of own mark less the colleagues' mean, in standard deviations of the indicator's marks:
        negative for the stricter assessor.
        distance : float, mean absolute difference on that scale.
        alpha_without : float, mean interval alpha of the indicators, each counting by its pairs, once the assessor is
        left out; NaN where no pair is left. Compare with ``alpha_all``, the same with everybody.

    Raises
    ------
    InputError
        As `agreement`.

    Examples
    --------
    >>> marks = pd.DataFrame({"unit": list("XXYYZZ"), "indicator": "a",
    ...                       "assessor": list("121212"), "mark": [1.0, 1, 0, 0, 1, 0]})
    >>> assessor_agreement(marks)[["shared", "identical", "severity"]].round(3).values.tolist()
    [[3.0, 0.667, 0.609], [3.0, 0.667, -0.609]]
    """
    given = check_marks(marks, title="assessor_agreement")
    pieces = []
    for code, part in given.groupby("indicator", sort=False):
        x = part.pivot(index="unit", columns="assessor", values="mark")
        count, total = x.notna().sum(axis=1), x.sum(axis=1)
        spread = part["mark"].std()
        for name in x:
            own = x[name].dropna()
            own = own[count[own.index] > 1]
            if not len(own):
                continue
            others = (total[own.index] - own) / (count[own.index] - 1)
            scale = spread if varies(floats(part["mark"])) else 1.0
            equal = x.loc[own.index].eq(own, axis=0).sum(axis=1) - 1
            frame = {
                "assessor": name,
                "indicator": code,
                "gap": (own - others) / scale,
                "equal": equal,
                "pairs": count[own.index] - 1,
            }
            pieces.append(pd.DataFrame(frame))
    assessors = given["assessor"].drop_duplicates().tolist()
    compared = pd.concat(pieces, ignore_index=True) if pieces else pd.DataFrame(columns=["assessor", "gap"])
    everybody = _mean_alpha(given)
    rows = {}
    for name in assessors:
        own = compared[compared["assessor"] == name]
        shared = len(own)
        rows[name] = (
            int((given["assessor"] == name).sum()),
            shared,
            own["equal"].sum() / own["pairs"].sum() if shared else np.nan,
            own["gap"].mean() if shared else np.nan,
            own["gap"].abs().mean() if shared else np.nan,
            _mean_alpha(given[given["assessor"] != name]),
            everybody,
        )
    columns = ["marks", "shared", "identical", "severity", "distance", "alpha_without", "alpha_all"]
    return pd.DataFrame.from_dict(rows, orient="index", columns=columns).rename_axis("assessor")


def krippendorff_alpha(
    ratings: pd.DataFrame | np.ndarray,
    *,
    measurement: str = "interval",
    level: float = 0.95,
    resamples: int = 1000,
    rng: int | np.random.Generator = 0,
) -> Alpha:
    """Krippendorff's alpha: ``1 - D_o / D_e``, observed over expected disagreement.

    Parameters
    ----------
    ratings : DataFrame or ndarray, units x assessors
        NaN where an assessor did not mark a unit. Units with fewer than two marks are left out.
    measurement : {"nominal", "ordinal", "interval", "ratio"}
        What counts as disagreement of two marks c and k: any difference; the marks given between them; ``(c - k)^2``;
        ``((c - k)/(c + k))^2``.
    level : float
    resamples : int
        Bootstrap resamples of the units; 0 for no interval.
    rng : int or Generator

    Returns
    -------
    Alpha

    Raises
    ------
    InputError
        For an unknown measurement, negative marks with ratio, and a level outside 0 to 1.

    Notes
    -----
    Krippendorff, K. (2011), Computing Krippendorff's alpha-reliability. With n marks of units that have m_u each,
    ``D_o = (1/n) sum_u sum_{c != k in u} d(c, k) / (m_u - 1)`` and ``D_e = sum_{c != k} d(c, k) / (n (n - 1))`` over
    all marks. The ordinal d is the interval one of the marks' mid-ranks among all marks.

    Examples
    --------
    >>> nan = float("nan")
    >>> ratings = np.array([[1, 1, nan, 1], [2, 2, 3, 2], [3, 3, 3, 3], [4, 4, 4, nan]])
    >>> round(krippendorff_alpha(ratings, measurement="nominal").alpha, 3)
    0.819
    """
    check_level(level, title="krippendorff_alpha")
    if measurement not in MEASUREMENTS:
        raise InputError(
            f"measurement {measurement!r} is unknown; {nearest(measurement, MEASUREMENTS)}", title="krippendorff_alpha"
        )
    x, _ = scaled(snapped(floats(ratings), axis=None))  # no measurement depends on the unit of the marks
    if measurement == "ratio" and (x < 0).any():
        raise InputError("a negative mark has no ratio; use measurement='interval'", title="krippendorff_alpha")
    x = x[np.sum(~np.isnan(x), axis=1) > 1]
    if not len(x):
        return Alpha(np.nan, np.nan, np.nan, 0, 0)
    # Values and how often each unit has each of them.
    values, places = np.unique(x[~np.isnan(x)], return_inverse=True)
    counts = np.zeros((len(x), len(values)))
    np.add.at(counts, (np.nonzero(~np.isnan(x))[0], places), 1)
    value = _alphas(counts, values, np.ones((1, len(x))), measurement)[0]
    low = high = np.nan
    if resamples and not np.isnan(value):
        chosen = np.random.default_rng(rng).integers(len(x), size=(resamples, len(x)))
        chosen += len(x) * np.arange(resamples)[:, None]
        weights = np.bincount(chosen.ravel(), minlength=resamples * len(x)).reshape(resamples, len(x))
        drawn = _alphas(counts, values, weights.astype(float), measurement)
        drawn = drawn[~np.isnan(drawn)]
        if drawn.size:
            low, high = np.quantile(drawn, [(1 - level) / 2, (1 + level) / 2])
    return Alpha(float(value), float(low), float(high), len(x), int(counts.sum()))


def _alphas(counts: np.ndarray, values: np.ndarray, weights: np.ndarray, measurement: str) -> np.ndarray:
    """Return alpha of many resamples of the units."""
    of_unit = counts.sum(axis=1)
    marks = weights @ of_unit
    if measurement == "ordinal":
        pooled = weights @ counts
        # Mid-ranks depend on the marks drawn, so each resample has its own.
        scores = np.cumsum(pooled, axis=1) - pooled / 2
        observed = np.empty(len(weights))
        for draw, score in enumerate(scores):
            first, second = counts @ score, counts @ score**2
            observed[draw] = np.sum(weights[draw] * 2 * (of_unit * second - first**2) / (of_unit - 1))
        total, squares = np.sum(pooled * scores, axis=1), np.sum(pooled * scores**2, axis=1)
        expected = 2 * (marks * squares - total**2)
    elif measurement == "interval":
        centred = values - np.average(values, weights=counts.sum(axis=0))
        first, second = counts @ centred, counts @ centred**2
        observed = weights @ (2 * (of_unit * second - first**2) / (of_unit - 1))
        expected = 2 * (marks * (weights @ second) - (weights @ first) ** 2)
    else:
        with np.errstate(invalid="ignore"):
            apart = (values[:, None] != values).astype(float)
            if measurement == "ratio":
                apart = np.nan_to_num((values[:, None] - values) / (values[:, None] + values)) ** 2
        observed = weights @ (np.sum((counts @ apart) * counts, axis=1) / (of_unit - 1))
        pooled = weights @ counts
        expected = np.sum((pooled @ apart) * pooled, axis=1)
    # where one value was drawn, or values too near each other to be squared, there is nothing to expect
    several = np.sum(weights @ counts > 0, axis=1) > 1
    clear = several & (expected > 1e-12 * np.abs(expected).max(initial=0.0))
    with np.errstate(invalid="ignore", divide="ignore"):
        alpha = 1 - (observed / marks) / (expected / (marks * (marks - 1)))
    return np.where(clear, alpha, np.nan)


def cohen_kappa(first: pd.Series | np.ndarray, second: pd.Series | np.ndarray, *, weights: str = "none") -> float:
    """Cohen's kappa of two assessors: agreement beyond what their habits would give by chance.

    ``1 - D_o / D_e``, the mean disagreement of the pairs over that of all pairings of their marks.

    Parameters
    ----------
    first, second : Series (matched by unit) or arrays of equal length
        NaN where an assessor did not mark the unit.
    weights : {"none", "linear", "quadratic"}
        Any difference counts 1; or its size; or its square. Sizes are those of the marks, so categories must be numbers
        that mean something.

    Returns
    -------
    float
        NaN without shared units and where both always give the same single mark.

    Raises
    ------
    InputError
        For unknown weights.

    Examples
    --------
    >>> cohen_kappa(np.array([1, 1, 0, 0]), np.array([1, 0, 0, 0]))
    0.5
    """
    if weights not in WEIGHTS:
        raise InputError(f"weights {weights!r} is unknown; {nearest(weights, WEIGHTS)}", title="cohen_kappa")
    if isinstance(first, pd.Series) and isinstance(second, pd.Series):
        second = second.reindex(first.index)
    pairs = np.stack([floats(first), floats(second)])
    if (lacking := np.isnan(pairs).any(axis=0)).any():
        pairs = pairs[:, ~lacking]
    if not pairs.size:
        return float("nan")
    a, b = scaled(snapped(pairs, axis=None))[0]
    values, count_a = np.unique(a, return_counts=True)
    others, count_b = np.unique(b, return_counts=True)
    power = {"none": 0, "linear": 1, "quadratic": 2}[weights]
    observed = float(np.mean(_disagreement(a - b, power)))
    expected = float(count_a @ _disagreement(values[:, None] - others, power) @ count_b) / len(a) ** 2
    return 1 - observed / expected if expected > 0 else float("nan")


def _disagreement(gap: np.ndarray, power: int) -> np.ndarray:
    """Return the size of the gaps to the power; without a power, 1 for any gap."""
    return np.abs(gap) ** power if power else (gap != 0).astype(float)


def fleiss_kappa(ratings: pd.DataFrame | np.ndarray) -> float:
    """Fleiss' kappa of any number of assessors, nominal: agreement beyond chance (Fleiss 1971).

    ``(P - P_e) / (1 - P_e)``, P the share of a unit's pairs of marks that are equal, P_e that of all marks paired.

    Parameters
    ----------
    ratings : DataFrame or ndarray, units x assessors
        NaN where an assessor did not mark a unit; units with fewer than two marks are left out. The number of marks may
        differ between units: agreement is then the mean over units, and chance the shares among all marks.

    Returns
    -------
    float
        NaN where every mark is the same.

    Examples
    --------
    >>> round(fleiss_kappa(np.array([[1, 1, 1], [0, 0, 1], [0, 0, 0]])), 3)
    0.55
    """
    x = snapped(floats(ratings), axis=None)
    x = x[np.sum(~np.isnan(x), axis=1) > 1]
    if not len(x):
        return float("nan")
    counts = np.stack([np.sum(x == value, axis=1) for value in np.unique(x[~np.isnan(x)])], axis=1)
    of_unit = counts.sum(axis=1)
    agree = np.mean(np.sum(counts * (counts - 1), axis=1) / (of_unit * (of_unit - 1)))
    chance = np.sum((counts.sum(axis=0) / counts.sum()) ** 2)
    return float((agree - chance) / (1 - chance)) if chance < 1 else float("nan")


def check_marks(marks: pd.DataFrame, *, title: str) -> pd.DataFrame:
    """Return the marks that were given, as floats, or raise an error that lists all that is wrong with them."""
    needed = ["unit", "indicator", "assessor", "mark"]
    problems = [
        f"column {column!r} is missing; expected {', '.join(needed)}" for column in needed if column not in marks
    ]
    if problems:
        raise InputError(problems, title=title)
    given = marks.dropna(subset="mark")
    numbers = pd.to_numeric(given["mark"], errors="coerce").astype(float)
    for _, row in given[~np.isfinite(numbers)].head(10).iterrows():
        problems.append(
            f"assessor {row['assessor']!r}, {row['indicator']!r} of {row['unit']!r}: mark {row['mark']!r} is no number"
        )
    twice = given[given.duplicated(["unit", "indicator", "assessor"])]
    for _, row in twice.head(10).iterrows():
        problems.append(f"assessor {row['assessor']!r} marked {row['indicator']!r} of {row['unit']!r} twice")
    if problems:
        raise InputError(problems, title=title)
    x = numbers.to_numpy()
    if snapped(x) is not x:
        numbers = numbers.groupby(given["indicator"], dropna=False).transform(lambda own: snapped(own.to_numpy()))
    return given.assign(mark=numbers)


def _ratings(part: pd.DataFrame) -> np.ndarray:
    """Return the marks of an indicator, units x assessors."""
    return part.pivot(index="unit", columns="assessor", values="mark").to_numpy()


def _pair_gaps(x: np.ndarray) -> np.ndarray:
    first, second = np.triu_indices(x.shape[1], 1)
    gaps = np.abs(x[:, first] - x[:, second])
    return gaps[~np.isnan(gaps)]


def _mean_kappa(x: np.ndarray, weights: str) -> float:
    """Return the kappa of the pairs of assessors, each counting by the units that both have marked."""
    total, count = 0.0, 0
    for first, second in itertools.combinations(range(x.shape[1]), 2):
        shared = int(np.sum(~np.isnan(x[:, first]) & ~np.isnan(x[:, second])))
        kappa = cohen_kappa(x[:, first], x[:, second], weights=weights) if shared > 1 else float("nan")
        if not np.isnan(kappa):
            total, count = total + kappa * shared, count + shared
    return total / count if count else float("nan")


def _mean_alpha(given: pd.DataFrame) -> float:
    """Return the mean interval alpha of the indicators, each counting by its pairs of marks."""
    total, count = 0.0, 0
    for _, part in given.groupby("indicator", sort=False):
        x = _ratings(part)
        pairs, alpha = len(_pair_gaps(x)), krippendorff_alpha(x, resamples=0).alpha
        if pairs and not np.isnan(alpha):
            total, count = total + alpha * pairs, count + pairs
    return total / count if count else float("nan")
