"""The importance of each indicator in the index, compared with the weight it was given."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, get_args

import numpy as np
import pandas as pd

from govtransparency.arguments import Arguments
from govtransparency.checked_calls import checked
from govtransparency.nodes import ROOT
from govtransparency.texts.problems import coherence_problems as problems
from govtransparency.ties import snapped, varies

if TYPE_CHECKING:
    from govtransparency.index import Index
    from govtransparency.recipe import Recipe

__all__ = ["correlation_ratio", "importance"]

Of = Literal["indicators", "children"]
LEVELS = 5  # up to this many different values, the mean at each value is the regression
KNOTS = 8


@checked
def importance(index: Index, *, node: str = ROOT, of: Of = "indicators", silent: float = 0.3) -> pd.DataFrame:
    """Measure the importance of each indicator, or child, for a score: its share of the variance of the score.

    Parameters
    ----------
    index : Index
    node : str
        Whose score.
    of : {"indicators", "children"}
        The indicators under the node, or its children.
    silent : float
        Correlation with the score below which an indicator is called silent.

    Returns
    -------
    DataFrame, indexed by code, in the order of the framework
        weight : effective weight within the node. correlation : Pearson's, with the score. linear : its square.
        smooth : correlation ratio ``V(E[S | x]) / V(S)`` by a penalised spline, 0 to 1. relative_weight,
        relative_importance : weight and smooth divided by their largest value. discrepancy : relative_importance less
        relative_weight; its largest absolute value is d_m in the paper. silent : bool, whether the correlation is below
        `silent` or undefined (the indicator does not vary).

        A value that does not vary has importance 0 and no correlation (NaN).

    Raises
    ------
    InputError
        For an `of` that is neither, a `silent` outside -1 to 1, a node that is an indicator, fewer than four units with
        a score, a score that does not vary, and a node that is not in the framework.

    Notes
    -----
    Paruolo, P., Saisana, M. and Saltelli, A. (2013), Ratings and rankings: voodoo or science?, Journal of the Royal
    Statistical Society A 176(3). Weights are trade-offs, not importance: importance also depends on spread and on
    correlation, so that even equal weights rarely give equal importance. See `correlation_ratio` for the smoothing.

    Examples
    --------
    >>> from govtransparency import Framework, Node, Recipe, build_index
    >>> tree = Framework([Node("index", ""), Node("a", "index"), Node("b", "index")])
    >>> table = pd.DataFrame({"a": [0.0, 10, 20, 30, 40, 50], "b": [5.0, 4, 5, 4, 5, 4]})
    >>> importance(build_index(table, Recipe(tree)))[["weight", "linear"]].round(2).values.tolist()
    [[0.5, 0.14], [0.5, 0.6]]
    """
    framework = index.recipe.framework
    framework.node(node)
    score = index.scores[node]
    with Arguments("importance") as check:
        check.choice("of", of, get_args(Of))
        check.number("silent", silent, low=-1, high=1)
        if node in framework.indicators:
            check.refuse(problems.NOT_A_PILLAR.format(node=node, root=ROOT))
        elif score.notna().sum() < 4 or not varies(score.to_numpy()):
            check.refuse(problems.CONSTANT_SCORE.format(node=node))
    codes = list(framework.leaves[node] if of == "indicators" else framework.children(node))
    weights = {code: _weight_within(node, code, index.recipe) for code in codes}
    rows = {}
    for code in codes:
        pair = snapped(pd.concat([index.scores[code], score], axis=1).dropna().to_numpy())
        x, y = pair[:, 0], pair[:, 1]
        if len(x) < 4 or np.ptp(x) == 0 or np.ptp(y) == 0:
            rows[code] = (weights[code], np.nan, 0.0, 0.0)
            continue
        r = float(np.corrcoef(x, y)[0, 1])
        rows[code] = (weights[code], r, r**2, correlation_ratio(x, y))
    table = pd.DataFrame.from_dict(rows, orient="index", columns=["weight", "correlation", "linear", "smooth"])
    table["relative_weight"] = table["weight"] / table["weight"].max()
    table["relative_importance"] = table["smooth"] / table["smooth"].max()
    table["discrepancy"] = table["relative_importance"] - table["relative_weight"]
    table["silent"] = ~(table["correlation"] >= silent)
    return table.rename_axis("code")


def _weight_within(node: str, code: str, recipe: Recipe) -> float:
    """Return the weight of a node beneath another: the product along the branch, of a pool that of its indicators."""
    tree = recipe.averaged
    known = {each.code for each in tree.nodes}
    if node not in known:  # shown, but not averaged to the index
        tree = recipe.framework
    elif code not in known:
        return sum(_weight_within(node, leaf, recipe) for leaf in recipe.framework.leaves[code])
    share, at = 1.0, code
    while at != node:
        share *= tree.weights[at]
        at = tree.parent(at)
    return share


def correlation_ratio(x: np.ndarray, y: np.ndarray) -> float:
    """Return the correlation ratio ``V(E[y | x]) / V(y)``.

    Parameters
    ----------
    x, y : ndarray of equal length
        Without missing values; x takes two values at least, y varies.

    Returns
    -------
    float, 0 to 1

    Notes
    -----
    The expectation is the mean at each value where x takes five values or fewer. Otherwise it is a cubic B-spline on
    quantiles of x with a penalty on second differences (Eilers and Marx 1996), its strength chosen by generalised
    cross-validation among 25, straight line included. The ratio is at least that of the straight line, and in small
    samples somewhat too large: a spline follows chance too.

    Examples
    --------
    >>> x = np.linspace(-1, 1, 41)
    >>> round(correlation_ratio(x, x**2), 2), abs(round(float(np.corrcoef(x, x**2)[0, 1]), 2))
    (1.0, 0.0)
    """
    levels, place = np.unique(x, return_inverse=True)
    total = float(np.var(y))
    if len(levels) <= LEVELS:
        means = np.bincount(place, weights=y) / np.bincount(place)
        return float(np.var(means[place]) / total)
    line = float(np.corrcoef(x, y)[0, 1]) ** 2
    return min(1.0, max(line, float(np.var(_smooth(x, y)) / total)))


def _smooth(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Return the penalised spline's values at x."""
    from scipy.interpolate import BSpline

    inner = np.unique(np.quantile(x, np.linspace(0, 1, min(KNOTS, len(np.unique(x)) - 2))))
    knots = np.concatenate([[inner[0]] * 3, inner, [inner[-1]] * 3])
    basis = BSpline.design_matrix(x, knots, 3).toarray()
    # Greville abscissae make the penalty leave a straight line alone on uneven knots.
    greville = np.array([knots[i + 1 : i + 4].mean() for i in range(basis.shape[1])])
    bend = (
        np.stack([_second_difference(greville[i : i + 3], i, basis.shape[1]) for i in range(basis.shape[1] - 2)])
        * np.ptp(x) ** 2
    )
    gram, penalty, n = basis.T @ basis, bend.T @ bend, len(x)
    penalty *= np.trace(gram) / np.trace(penalty)
    best, fitted = np.inf, np.full(n, y.mean())
    for strength in np.logspace(-6, 8, 25):
        try:
            coefficients = np.linalg.solve(gram + strength * penalty, np.column_stack([basis.T @ y, gram]))
        except np.linalg.LinAlgError:
            continue
        value = basis @ coefficients[:, 0]
        used = np.trace(coefficients[:, 1:])
        score = n * np.sum((y - value) ** 2) / (n - used) ** 2 if n - used > 1e-6 else np.inf
        if score < best:
            best, fitted = score, value
    return fitted


def _second_difference(at: np.ndarray, start: int, size: int) -> np.ndarray:
    """Return the row that takes the second divided difference of three neighbouring coefficients."""
    row = np.zeros(size)
    row[start] = 1 / ((at[0] - at[1]) * (at[0] - at[2]))
    row[start + 1] = 1 / ((at[1] - at[0]) * (at[1] - at[2]))
    row[start + 2] = 1 / ((at[2] - at[0]) * (at[2] - at[1]))
    return row
