"""How far assessors agree on their marks, on which indicators they do not, and which assessors differ from the rest."""

from __future__ import annotations

import itertools
from functools import partial

import numpy as np
import pandas as pd

from govtransparency.arguments import Arguments
from govtransparency.arrays import floats
from govtransparency.checked_calls import checked
from govtransparency.coherence.agreement_coefficients import (
    KappaWeights,
    Measurement,
    cohen_kappa,
    fleiss_kappa,
    krippendorff_alpha,
)
from govtransparency.data.marks import check_marks
from govtransparency.errors import Attempts
from govtransparency.ties import varies

__all__ = ["agreement", "assessor_agreement"]


@checked
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
        of assessors, weighted by the number of units that both marked.
        fleiss_kappa : float.

        In ``all`` only pairs and identical have a value, since the units of measurement differ. A coefficient is also
        NaN where every mark is the same or no unit has two marks.

    Raises
    ------
    InputError
        For missing columns, marks that are not numbers, an assessor who marked one indicator of a unit twice, and an
        option out of its range.

    Notes
    -----
    Krippendorff, K. (2011), Computing Krippendorff's alpha-reliability; Cohen (1960, 1968); Fleiss (1971). The kappas
    and the nominal alpha are for marks with few values: on shares and counts 0.94 and 0.95 already disagree.

    Examples
    --------
    >>> marks = pd.DataFrame({"unit": list("XXYYZZ"), "indicator": "a",
    ...                       "assessor": list("121212"), "mark": [1.0, 1, 0, 0, 1, 0]})
    >>> agreement(marks).loc["a", ["pairs", "identical", "alpha"]].round(3).to_dict()
    {'pairs': 3.0, 'identical': 0.667, 'alpha': 0.444}
    """
    with Arguments("agreement") as check:
        check.level("level", level)
        check.count("resamples", resamples, least=0)
        check.rng("rng", rng)
        given = Attempts(check.problems)(partial(check_marks, marks, title=""))
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
            for kind in OTHER_MEASUREMENTS
        ]
        kappas = [_mean_kappa(x, "none"), _mean_kappa(x, "quadratic"), fleiss_kappa(x)]
        rows[code] = [gaps.size, np.mean(gaps == 0), gaps.mean(), whole.alpha, whole.low, whole.high, *others, *kappas]
    table = pd.DataFrame.from_dict(rows, orient="index", columns=COLUMNS)
    pairs = table["pairs"].sum()
    share = (table["identical"] * table["pairs"]).sum() / pairs if pairs else np.nan
    table.loc["all"] = [pairs, share, *[np.nan] * (len(COLUMNS) - 2)]
    return table.astype({"pairs": int}).rename_axis("indicator")


OTHER_MEASUREMENTS: tuple[Measurement, ...] = ("nominal", "ordinal", "ratio")
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


@checked
def assessor_agreement(marks: pd.DataFrame) -> pd.DataFrame:
    """Compare each assessor with the colleagues who marked the same unit and indicator.

    Parameters
    ----------
    marks : DataFrame
        As for `agreement`.

    Returns
    -------
    DataFrame, indexed by assessor
        marks : int, number given. shared : int, how many of them a colleague also marked.
        identical : float, share of equal marks among the pairs with a colleague.
        severity : float, mean of own mark less the colleagues' mean, in standard deviations of the indicator's marks:
        negative for the stricter assessor.
        distance : float, mean absolute difference on that scale.
        alpha_without : float, mean interval alpha of the indicators, weighted by their pairs, without the assessor; NaN
        where no pair is left. Compare with ``alpha_all``, the same with all assessors.

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


def _ratings(part: pd.DataFrame) -> np.ndarray:
    """Return the marks of an indicator, units x assessors."""
    return part.pivot(index="unit", columns="assessor", values="mark").to_numpy()


def _pair_gaps(x: np.ndarray) -> np.ndarray:
    first, second = np.triu_indices(x.shape[1], 1)
    gaps = np.abs(x[:, first] - x[:, second])
    return gaps[~np.isnan(gaps)]


def _mean_kappa(x: np.ndarray, weights: KappaWeights) -> float:
    """Return the mean kappa over pairs of assessors, weighted by the number of units that both have marked."""
    total, count = 0.0, 0
    for first, second in itertools.combinations(range(x.shape[1]), 2):
        shared = int(np.sum(~np.isnan(x[:, first]) & ~np.isnan(x[:, second])))
        kappa = cohen_kappa(x[:, first], x[:, second], weights=weights) if shared > 1 else float("nan")
        if not np.isnan(kappa):
            total, count = total + kappa * shared, count + shared
    return total / count if count else float("nan")


def _mean_alpha(given: pd.DataFrame) -> float:
    """Return the mean interval alpha of the indicators, weighted by their pairs of marks."""
    total, count = 0.0, 0
    for _, part in given.groupby("indicator", sort=False):
        x = _ratings(part)
        pairs, alpha = len(_pair_gaps(x)), krippendorff_alpha(x, resamples=0).alpha
        if pairs and not np.isnan(alpha):
            total, count = total + alpha * pairs, count + pairs
    return total / count if count else float("nan")
