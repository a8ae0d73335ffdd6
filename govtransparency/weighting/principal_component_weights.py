"""Weights from the loadings of the indicators on common factors."""

from __future__ import annotations

import itertools
import math
from typing import TYPE_CHECKING, Literal, get_args

import numpy as np
import pandas as pd

from govtransparency.arguments import Arguments
from govtransparency.checked_calls import checked
from govtransparency.errors import InputError
from govtransparency.methods import At, Constant, method_of
from govtransparency.texts.problems import weighting_problems as problems
from govtransparency.weighting.data_driven import Scale, weigh_by_data

if TYPE_CHECKING:
    from govtransparency.framework import Framework

Rule = Literal["eigenvalue", "share", "cumulative"]


@method_of("weight")
@checked
def pca_weights(
    framework: Framework,
    table: pd.DataFrame | None = None,
    *,
    factors: int | Rule = "eigenvalue",
    rotate: bool = True,
    at: At = "within_pillars",
    normalise: Scale = None,
    constant: Constant = "refuse",
) -> Framework:
    """Weight by the loadings on rotated principal components, correcting for overlap (Handbook step 6.1).

    Principal components of the correlation matrix; the first few are kept and rotated (varimax with Kaiser
    normalisation). With a_jf the loadings, indicator j has the share ``a_jf^2 / V_f`` of factor f,
    ``V_f = sum_j a_jf^2``; each indicator is assigned to the factor on which it loads highest; factors have the weights
    ``V_f / sum V``; the products are rescaled to sum to 1. So ``w_j`` is proportional to ``max_f a_jf^2`` (Nicoletti,
    Scarpetta and Boylaud 2000).

    Parameters
    ----------
    framework : Framework
    table : DataFrame, units x indicators
        Raw values. Only units with a value for every sibling count.
    factors : int or {"eigenvalue", "share", "cumulative"}
        How many to keep: a number; those with an eigenvalue above 1; those that each explain more than 10 % of the
        variance; or the fewest that together explain more than 60 %. At least one. The three rules can differ: the
        Handbook keeps four for its example, as "share" does.
    rotate : bool
        False uses the loadings without rotation.
    at : {"within_pillars", "across_pillars", "every_level"}
        As in `entropy_weights`.
    normalise : normaliser or its name, optional
        Normalise the values first. A linear normalisation changes nothing.
    constant : {"refuse", "drop"}
        As in `entropy_weights`.

    Returns
    -------
    Framework

    Raises
    ------
    InputError
        Naming every indicator that is constant or wholly missing; for more factors than indicators.

    Notes
    -----
    The sign of a loading is lost by squaring: an indicator that runs against the others is weighted as if it did not.

    Examples
    --------
    >>> from govtransparency import Framework, Node
    >>> tree = Framework([Node("index", ""), Node("a", "index"), Node("b", "index"), Node("c", "index")])
    >>> table = pd.DataFrame({"a": [1.0, 2, 3, 4], "b": [1.0, 2, 3, 4], "c": [1.0, -1, -1, 1]})
    >>> pca_weights(tree, table, factors=2).weights[["a", "b", "c"]].round(4).to_dict()
    {'a': 0.3333, 'b': 0.3333, 'c': 0.3333}
    """
    check = Arguments("pca_weights")
    if isinstance(factors, str):
        check.choice("factors", factors, get_args(Rule))
    else:
        check.count("factors", factors)
    check.choice("rotate", rotate, (True, False))

    def kernel(values: pd.DataFrame, _directions: pd.Series) -> np.ndarray:
        m = values.shape[1]
        if not isinstance(factors, str) and factors > m:
            raise InputError(problems.TOO_MANY_FACTORS.format(factors=factors, count=m))
        eigenvalues, vectors = np.linalg.eigh(np.corrcoef(values.to_numpy(), rowvar=False))
        eigenvalues, vectors = np.maximum(eigenvalues[::-1], 0.0), vectors[:, ::-1]
        shares = eigenvalues / m
        kept = {
            "eigenvalue": lambda: int((eigenvalues > 1 + 1e-9).sum()),
            "share": lambda: int((shares > 0.1 + 1e-9).sum()),
            "cumulative": lambda: int(np.searchsorted(np.cumsum(shares), 0.6 + 1e-9)) + 1,
        }.get(str(factors), lambda: int(factors))()
        kept = max(kept, 1)
        loadings = vectors[:, :kept] * np.sqrt(eigenvalues[:kept])
        return np.square(varimax(loadings) if rotate else loadings).max(axis=1)

    return weigh_by_data(framework, table, kernel, check=check, at=at, normalise=normalise, constant=constant)


def varimax(loadings: np.ndarray, *, kaiser: bool = True, tolerance: float = 1e-10, rounds: int = 1000) -> np.ndarray:
    """Rotate loadings to the varimax criterion, plane by plane (Kaiser 1958, Psychometrika 23).

    Parameters
    ----------
    loadings : array, indicators x factors
    kaiser : bool
        Scale every row to length 1 before the rotation and back after it.
    tolerance : float
        Angle in radians: the search ends after a round in which no plane is rotated by more.
    rounds : int
        Largest number of rounds.

    Returns
    -------
    array, indicators x factors
        With the same communalities. Order and sign of the factors are arbitrary.

    Examples
    --------
    >>> np.abs(varimax(np.array([[0.6, 0.6], [0.6, -0.6]]))).round(6).tolist()
    [[0.848528, 0.0], [0.0, 0.848528]]
    """
    a = np.array(loadings, dtype=float)
    length = np.sqrt((a**2).sum(axis=1, keepdims=True)) if kaiser else np.ones((len(a), 1))
    length = np.where(length > 0, length, 1.0)
    a /= length
    for _ in range(rounds):
        widest = 0.0
        for one, other in itertools.combinations(range(a.shape[1]), 2):
            x, y = a[:, one], a[:, other]
            u, v = x**2 - y**2, 2 * x * y
            sine = 2 * (u @ v) - 2 * u.sum() * v.sum() / len(a)
            cosine = u @ u - v @ v - (u.sum() ** 2 - v.sum() ** 2) / len(a)
            angle = math.atan2(sine, cosine) / 4 if max(abs(sine), abs(cosine)) > 1e-14 else 0.0
            widest = max(widest, abs(angle))
            a[:, one], a[:, other] = (
                x * math.cos(angle) + y * math.sin(angle),
                y * math.cos(angle) - x * math.sin(angle),
            )
        if widest < tolerance:
            break
    return a * length
