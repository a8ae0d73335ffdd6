"""Weights from how much the indicators differ between units: entropy, CRITIC, MEREC, standard deviation, variation.

All of them measure what distinguishes the units, none of them what matters; read `docs/weighting.md` before using one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, get_args

import numpy as np
import pandas as pd

from govtransparency.arguments import Arguments
from govtransparency.checked_calls import checked
from govtransparency.errors import InputError
from govtransparency.methods import At, Constant, method_of
from govtransparency.normalisation import min_max
from govtransparency.ranking import column_ranks
from govtransparency.texts.bilingual import Text, quoted, words
from govtransparency.texts.problems import weighting_problems as problems
from govtransparency.weighting.data_driven import Scale, weigh_by_data

if TYPE_CHECKING:
    from govtransparency.framework import Framework

Correlation = Literal["pearson", "spearman"]


@method_of("weight")
@checked
def entropy_weights(
    framework: Framework,
    table: pd.DataFrame | None = None,
    *,
    at: At = "within_pillars",
    normalise: Scale = None,
    constant: Constant = "refuse",
) -> Framework:
    """Weight by Shannon's entropy: an indicator counts by how unevenly its total is spread over the units.

    ``p_ij = x_ij / sum_i x_ij``, ``e_j = -(1 / ln n_j) sum_i p_ij ln p_ij`` with ``0 ln 0 = 0``, and
    ``w_j = (1 - e_j) / sum_k (1 - e_k)``, n_j being the number of units with a value (Hwang and Yoon 1981, Multiple
    Attribute Decision Making).

    Parameters
    ----------
    framework : Framework
    table : DataFrame, units x indicators
        Raw values, none negative. Every value present counts.
    at : {"within_pillars", "across_pillars", "every_level"}
        Which weights are found. ``within_pillars``: those of the indicators within each pillar; pillars keep theirs.
        ``across_pillars``: those of all indicators together; a pillar has the sum of its indicators' weights.
        ``every_level``: those of the children of every node, bottom up; a pillar's values are the arithmetic means of
        its children's scores (min-max, or as `normalise` says) under the weights just found.
    normalise : normaliser or its name, optional
        Normalise the values first, by their direction. The weights change: entropy does not depend on the unit of
        measurement, but it does on where zero is.
    constant : {"refuse", "drop"}
        What to do with an indicator that is the same for all units, whose weight would be 0: raise an error, or leave
        it out of the framework with a warning.

    Returns
    -------
    Framework

    Raises
    ------
    InputError
        Naming every indicator that is constant, wholly missing or has a negative value.

    Examples
    --------
    >>> from govtransparency import Framework, Node
    >>> tree = Framework([Node("index", ""), Node("a", "index"), Node("b", "index")])
    >>> table = pd.DataFrame({"a": [1.0, 1.0, 2.0], "b": [0.0, 0.0, 7.0]})
    >>> entropy_weights(tree, table).weights[["a", "b"]].round(4).to_dict()
    {'a': 0.0509, 'b': 0.9491}
    """

    def kernel(values: pd.DataFrame, _directions: pd.Series) -> np.ndarray:
        x = values.to_numpy()
        _refuse_values(values, x < 0, problems.NEGATIVE_FOR_SHARES)
        p = x / np.nansum(x, axis=0)
        logs = np.log(np.where(p > 0, p, 1.0))
        return 1 + np.nansum(p * logs, axis=0) / np.log((~np.isnan(x)).sum(axis=0))

    return weigh_by_data(
        framework,
        table,
        kernel,
        check=Arguments("entropy_weights"),
        at=at,
        normalise=normalise,
        constant=constant,
        fewest_values=2,
    )


@method_of("weight")
@checked
def critic_weights(
    framework: Framework,
    table: pd.DataFrame | None = None,
    *,
    correlation: Correlation = "pearson",
    at: At = "within_pillars",
    normalise: Scale = min_max,
    constant: Constant = "refuse",
) -> Framework:
    """Weight by CRITIC: an indicator counts by its spread times its conflict with the others.

    ``C_j = s_j sum_k (1 - r_jk)``, ``w_j = C_j / sum_k C_k``, with s the standard deviation and r the correlation of
    the scaled values (Diakoulaki, Mavrotas and Papayannakis 1995, Computers & Operations Research 22).

    Parameters
    ----------
    framework : Framework
    table : DataFrame, units x indicators
        Raw values. Only units with a value for every sibling count.
    correlation : {"pearson", "spearman"}
    at : {"within_pillars", "across_pillars", "every_level"}
        As in `entropy_weights`.
    normalise : normaliser, its name or None
        Min-max by the framework's goalposts, or the sample's extremes, as in the paper; None takes the raw values, by
        their direction, so that the weights depend on the units of measurement.
    constant : {"refuse", "drop"}
        As in `entropy_weights`.

    Returns
    -------
    Framework

    Raises
    ------
    InputError
        Naming every indicator that is constant or wholly missing, and every group of indicators in full agreement
        (all correlations 1), in which CRITIC finds nothing to weight.

    Examples
    --------
    >>> from govtransparency import Framework, Node
    >>> tree = Framework([Node("index", ""), Node("a", "index"), Node("b", "index"), Node("c", "index")])
    >>> table = pd.DataFrame({"a": [1.0, 2, 3, 4], "b": [2.0, 4, 6, 8], "c": [4.0, 1, 3, 2]})
    >>> critic_weights(tree, table).weights[["a", "b", "c"]].round(4).to_dict()
    {'a': 0.25, 'b': 0.25, 'c': 0.5}
    """
    check = Arguments("critic_weights")
    check.choice("correlation", correlation, get_args(Correlation))

    def kernel(values: pd.DataFrame, directions: pd.Series) -> np.ndarray:
        turned = values * directions
        compared = column_ranks(turned.to_numpy(), ties="average") if correlation == "spearman" else turned.to_numpy()
        r = np.corrcoef(compared, rowvar=False)
        conflict = (1 - r).sum(axis=0)
        if not (conflict > 1e-12).any():
            raise InputError(problems.NO_CONFLICT)
        return turned.std().to_numpy() * conflict

    return weigh_by_data(framework, table, kernel, check=check, at=at, normalise=normalise, constant=constant)


@method_of("weight")
@checked
def merec_weights(
    framework: Framework,
    table: pd.DataFrame | None = None,
    *,
    at: At = "within_pillars",
    normalise: Scale = None,
    constant: Constant = "refuse",
) -> Framework:
    """Weight by MEREC: an indicator counts by how much the units' performance changes when it is left out.

    ``n_ij = min_i x_ij / x_ij`` where more is better and ``x_ij / max_i x_ij`` where less is;
    ``S_i = ln(1 + (1/m) sum_j |ln n_ij|)``, ``S_ij`` the same sum without j (still divided by m);
    ``E_j = sum_i |S_ij - S_i|``, ``w_j = E_j / sum_k E_k`` (Keshavarz-Ghorabaee et al. 2021, Symmetry 13, 525).

    Parameters
    ----------
    framework : Framework
    table : DataFrame, units x indicators
        Raw values, all positive. Only units with a value for every sibling count.
    at : {"within_pillars", "across_pillars", "every_level"}
        As in `entropy_weights`.
    normalise : normaliser or its name, optional
        Normalise the values first, to positive numbers; ``{"method": "min_max", "to": (1, 100)}`` in a file.
    constant : {"refuse", "drop"}
        As in `entropy_weights`.

    Returns
    -------
    Framework

    Raises
    ------
    InputError
        Naming every unit and indicator whose value is zero or negative, and every constant indicator.

    Examples
    --------
    >>> from govtransparency import Framework, Node
    >>> tree = Framework([Node("index", ""), Node("a", "index"), Node("b", "index")])
    >>> merec_weights(tree, pd.DataFrame({"a": [1.0, 2.0], "b": [1.0, 4.0]})).weights[["a", "b"]].round(4).to_dict()
    {'a': 0.3096, 'b': 0.6904}
    """

    def kernel(values: pd.DataFrame, directions: pd.Series) -> np.ndarray:
        x = values.to_numpy()
        _refuse_values(values, x <= 0, problems.NOT_POSITIVE_FOR_LOGARITHMS)
        benefit = directions.to_numpy() > 0
        logs = np.abs(np.log(np.where(benefit, x.min(axis=0) / x, x / x.max(axis=0)))) / x.shape[1]
        total = logs.sum(axis=1, keepdims=True)
        return (np.log1p(total) - np.log1p(total - logs)).sum(axis=0)

    return weigh_by_data(
        framework, table, kernel, check=Arguments("merec_weights"), at=at, normalise=normalise, constant=constant
    )


@method_of("weight")
@checked
def sd_weights(
    framework: Framework,
    table: pd.DataFrame | None = None,
    *,
    at: At = "within_pillars",
    normalise: Scale = min_max,
    constant: Constant = "refuse",
) -> Framework:
    """Weight by the standard deviation of the scaled values: ``w_j = s_j / sum_k s_k``, s with the divisor n - 1.

    Parameters
    ----------
    framework : Framework
    table : DataFrame, units x indicators
        Raw values. Every value present counts.
    at : {"within_pillars", "across_pillars", "every_level"}
        As in `entropy_weights`.
    normalise : normaliser, its name or None
        Min-max by default; with z-scores all weights are equal; with None they depend on the units of measurement.
    constant : {"refuse", "drop"}
        As in `entropy_weights`.

    Returns
    -------
    Framework

    Raises
    ------
    InputError
        Naming every indicator that is constant or wholly missing.

    Notes
    -----
    The opposite practice, weights ``1 / s``, gives each indicator the same variance; equal weights of z-scores do so.

    Examples
    --------
    >>> from govtransparency import Framework, Node
    >>> tree = Framework([Node("index", ""), Node("a", "index"), Node("b", "index")])
    >>> table = pd.DataFrame({"a": [0.0, 1, 1, 2], "b": [0.0, 0, 8, 8]})
    >>> sd_weights(tree, table).weights[["a", "b"]].round(4).to_dict()
    {'a': 0.4142, 'b': 0.5858}
    """
    return weigh_by_data(
        framework,
        table,
        lambda values, _directions: values.std(),
        check=Arguments("sd_weights"),
        at=at,
        normalise=normalise,
        constant=constant,
        fewest_values=2,
    )


@method_of("weight")
@checked
def cv_weights(
    framework: Framework,
    table: pd.DataFrame | None = None,
    *,
    at: At = "within_pillars",
    normalise: Scale = None,
    constant: Constant = "refuse",
) -> Framework:
    """Weight by the coefficient of variation: ``V_j = s_j / mean_j``, ``w_j = V_j / sum_k V_k``, s with divisor n - 1.

    Parameters
    ----------
    framework : Framework
    table : DataFrame, units x indicators
        Raw values, none negative: the coefficient is meaningful only if zero is. Every value present counts.
    at : {"within_pillars", "across_pillars", "every_level"}
        As in `entropy_weights`.
    normalise : normaliser or its name, optional
        Normalise the values first.
    constant : {"refuse", "drop"}
        As in `entropy_weights`.

    Returns
    -------
    Framework

    Raises
    ------
    InputError
        Naming every indicator that is constant, wholly missing or has a negative value.

    Examples
    --------
    >>> from govtransparency import Framework, Node
    >>> tree = Framework([Node("index", ""), Node("a", "index"), Node("b", "index")])
    >>> cv_weights(tree, pd.DataFrame({"a": [1.0, 2, 3], "b": [11.0, 12, 13]})).weights[["a", "b"]].round(4).to_dict()
    {'a': 0.8571, 'b': 0.1429}
    """

    def kernel(values: pd.DataFrame, _directions: pd.Series) -> pd.Series:
        _refuse_values(values, values.to_numpy() < 0, problems.NEGATIVE_FOR_VARIATION)
        return values.std() / values.mean()

    return weigh_by_data(
        framework,
        table,
        kernel,
        check=Arguments("cv_weights"),
        at=at,
        normalise=normalise,
        constant=constant,
        fewest_values=2,
    )


def _refuse_values(values: pd.DataFrame, bad: np.ndarray, problem: Text) -> None:
    """Raise one error that names every column with a bad value, and the first units."""
    if not bad.any():
        return
    found, names = [], values.index.tolist()
    for code, column, wrong in zip(values, values.to_numpy().T, bad.T, strict=True):
        rows = np.flatnonzero(wrong).tolist()
        if not rows:
            continue
        units, numbers = quoted(names[row] for row in rows[:5]), words(f"{column[row]:g}" for row in rows[:5])
        if len(rows) > 5:
            units = problems.AND_MORE.format(units=units, count=len(rows) - 5)
        found.append(problem.format(code=code, units=units, values=numbers))
    raise InputError(found)
