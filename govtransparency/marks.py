"""How far assessors agree on the marks they gave."""

from __future__ import annotations

import numpy as np
import pandas as pd

__all__ = ["agreement"]


def agreement(marks: pd.DataFrame) -> pd.DataFrame:
    """Agreement between assessors, for each indicator and overall.

    Parameters
    ----------
    marks : DataFrame
        Columns unit, indicator, assessor, mark, as `govtransparency.read_marks` gives it.

    Returns
    -------
    DataFrame, indexed by indicator in the marks' order, last row ``all``
        pairs : int, pairs of marks on the same unit and indicator.
        identical : float, share of the pairs with equal marks, 0 to 1.
        mean_difference : float, mean absolute difference within pairs, in the indicator's unit (NaN in ``all``,
        where units differ).
        alpha : float, Krippendorff's alpha for interval data, 1 for full agreement, 0 for chance (NaN in ``all``, and
        where every mark is the same, so that agreement is certain but uninformative).

    Notes
    -----
    Krippendorff, K. (2011), Computing Krippendorff's alpha-reliability: ``alpha = 1 - D_o / D_e`` with squared
    differences, units with fewer than two marks left out. For interval data D_o is the mean within-unit and D_e the
    total variance of the pairable marks.

    Examples
    --------
    >>> marks = pd.DataFrame({"unit": list("XXYYZZ"), "indicator": "a",
    ...                       "assessor": list("121212"), "mark": [1.0, 1, 0, 0, 1, 0]})
    >>> agreement(marks).loc["a", ["pairs", "identical", "alpha"]].round(3).to_dict()
    {'pairs': 3.0, 'identical': 0.667, 'alpha': 0.444}
    """
    given = marks.dropna(subset="mark")
    rows = {code: _indicator(part) for code, part in given.groupby("indicator", sort=False)}
    table = pd.DataFrame.from_dict(rows, orient="index", columns=["pairs", "identical", "mean_difference", "alpha"])
    pairs = table["pairs"].sum()
    share = (table["identical"] * table["pairs"]).sum() / pairs if pairs else np.nan
    table.loc["all"] = [pairs, share, np.nan, np.nan]
    return table.astype({"pairs": int}).rename_axis("indicator")


def _indicator(part: pd.DataFrame) -> list[float]:
    x = part.pivot(index="unit", columns="assessor", values="mark").to_numpy()
    x = x[np.sum(~np.isnan(x), axis=1) > 1]
    first, second = np.triu_indices(x.shape[1], 1)
    gaps = np.abs(x[:, first] - x[:, second])
    gaps = gaps[~np.isnan(gaps)]
    if not gaps.size:
        return [0, np.nan, np.nan, np.nan]
    return [gaps.size, float(np.mean(gaps == 0)), float(np.mean(gaps)), _interval_alpha(x)]


def _interval_alpha(x: np.ndarray) -> float:
    """Return Krippendorff's alpha of marks (units x assessors), at least two a unit, with squared differences."""
    count = np.sum(~np.isnan(x), axis=1)
    within = np.nansum((x - np.nanmean(x, axis=1, keepdims=True)) ** 2, axis=1)
    observed = np.sum(within * count / (count - 1)) / count.sum()
    expected = np.nansum((x - np.nanmean(x)) ** 2) / (count.sum() - 1)
    return float(1 - observed / expected) if expected > 0 else np.nan
