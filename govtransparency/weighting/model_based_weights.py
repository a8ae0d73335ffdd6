"""Weights from a model of the indicators: an outcome they predict, a component they share, the importance intended."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from govtransparency.arrays import floats
from govtransparency.errors import InputError, nearest
from govtransparency.framework import Framework
from govtransparency.methods import At, Constant, method_of
from govtransparency.normalisation import min_max, z_score
from govtransparency.weighting.data_driven import Scale, weigh_by_data


@method_of("weight")
def regression_weights(
    framework: Framework,
    table: pd.DataFrame | None = None,
    *,
    outcome: pd.Series,
    at: At = "within_pillars",
    normalise: Scale = z_score,
    constant: Constant = "refuse",
) -> Framework:
    """Weight by the coefficients of a regression of an outcome on the indicators.

    Ordinary least squares with a constant, ``y_i = a + sum_j b_j I_ij + e_i``, and ``w_j = b_j / sum_k b_k`` (OECD/JRC
    Handbook 2008, section 1.6). With z-scores, as by default, b are the standardised coefficients; with the normaliser
    of the recipe the index is the best linear predictor of the outcome.

    Parameters
    ----------
    framework : Framework
    table : DataFrame, units x indicators
        Raw values. Only units with an outcome and a value for every sibling count.
    outcome : Series, unit -> number
        What the indicators should predict, more being better; ``"units:column"`` in ``edition.toml``.
    at : {"within_pillars", "across_pillars", "every_level"}
        As in `entropy_weights`; a separate regression for each group.
    normalise : normaliser, its name or None
    constant : {"refuse", "drop"}
        As in `entropy_weights`.

    Returns
    -------
    Framework

    Raises
    ------
    InputError
        Naming every indicator whose coefficient is not positive, indicators that are linear combinations of others,
        and for fewer units than coefficients and one.

    Examples
    --------
    >>> from govtransparency import Framework, Node
    >>> tree = Framework([Node("index", ""), Node("a", "index"), Node("b", "index")])
    >>> table = pd.DataFrame({"a": [1.0, 2, 3, 4], "b": [1.0, -1, -1, 1]})
    >>> outcome = table["a"] + 2 * table["b"]
    >>> regression_weights(tree, table, outcome=outcome, normalise=None).weights[["a", "b"]].round(4).to_dict()
    {'a': 0.3333, 'b': 0.6667}
    """
    from threadpoolctl import threadpool_limits

    target = _outcome(outcome, table)

    def kernel(values: pd.DataFrame, directions: pd.Series) -> np.ndarray:
        y = target.reindex(values.index)
        x = (values * directions)[y.notna()]
        y = y.dropna()
        if len(x) < x.shape[1] + 2:
            raise InputError(
                f"{len(x)} units have an outcome and every value; {x.shape[1]} coefficients need {x.shape[1] + 2}"
            )
        centred = (x - x.mean()).to_numpy()
        spread = np.sqrt((centred**2).sum(axis=0))
        if not (spread > 0).all():
            raise InputError([f"{code!r} is constant among them" for code in x.columns[spread == 0]])
        with threadpool_limits(1, user_api="blas"):  # two threads take longer than one, each waiting for the other
            _refuse_collinear(x)
            q, r = np.linalg.qr(centred / spread)  # of full rank, or it had been refused
        return np.linalg.solve(r, q.T @ (y - y.mean()).to_numpy()) / spread

    return weigh_by_data(
        framework, table, kernel, method="regression_weights", at=at, normalise=normalise, constant=constant
    )


def _outcome(outcome: pd.Series, table: pd.DataFrame | None) -> pd.Series:
    if not isinstance(outcome, pd.Series) or not pd.api.types.is_numeric_dtype(outcome):
        raise InputError("outcome: expected a Series of numbers, unit -> value", title="regression_weights")
    problems = [f"outcome: unit {unit!r} stands twice" for unit in outcome.index[outcome.index.duplicated()].unique()]
    if table is not None and not outcome.index.intersection(table.index).size:
        problems.append("outcome: none of its units is in the table; index it by the table's units")
    problems += [f"outcome: the value of {unit!r} is infinite" for unit in outcome.index[np.isinf(outcome)]]
    if problems:
        raise InputError(problems, title="regression_weights")
    return outcome.astype(float)


@method_of("weight")
def unobserved_components_weights(
    framework: Framework,
    table: pd.DataFrame | None = None,
    *,
    at: At = "within_pillars",
    normalise: Scale = None,
    constant: Constant = "refuse",
) -> Framework:
    """Weight by precision in an unobserved components model (Handbook step 6.4).

    ``x_ij = a_j + b_j (g_i + e_ij)`` with g standard normal, what all indicators measure, and e normal with variance
    s_j^2, independent; estimated by maximum likelihood. The model's own weights are ``s_j^-2 / (1 + sum_k s_k^-2)``
    over the indicators a unit has (Kaufmann, Kraay and Zoido-Lobaton 1999); rescaled to sum to 1 they are
    ``w_j = s_j^-2 / sum_k s_k^-2`` and spread over what is present in the same proportion.

    Parameters
    ----------
    framework : Framework
    table : DataFrame, units x indicators
        Raw values; missing ones take no part in the likelihood.
    at : {"within_pillars", "across_pillars", "every_level"}
        As in `entropy_weights`. A group needs at least three children: with two the model is not identified.
    normalise : normaliser or its name, optional
        Scale the values by it first. A linear scale changes nothing.
    constant : {"refuse", "drop"}
        As in `entropy_weights`.

    Returns
    -------
    Framework

    Raises
    ------
    InputError
        For groups of two; naming every indicator that runs against the others (b of the other sign), that takes the
        whole component to itself (s^2 towards 0, a Heywood case), or that shares no unit with another.

    Notes
    -----
    The model weights ``(x - a_j) / b_j``, which is close to the z-score. Under another normalisation the weights are
    those of a precision-weighted mean of differently scaled indicators.

    Examples
    --------
    >>> from govtransparency import Framework, Node
    >>> tree = Framework([Node("index", ""), Node("a", "index"), Node("b", "index"), Node("c", "index")])
    >>> noise = np.random.default_rng(0).normal(size=(20_000, 4))
    >>> table = pd.DataFrame(noise[:, [0]] + noise[:, 1:] * [0.5, 1.0, 1.0], columns=["a", "b", "c"])
    >>> unobserved_components_weights(tree, table).weights[["a", "b", "c"]].round(1).to_dict()
    {'a': 0.7, 'b': 0.2, 'c': 0.2}
    """

    def kernel(values: pd.DataFrame, directions: pd.Series) -> np.ndarray:
        turned = values * directions
        if turned.shape[1] < 3:
            raise InputError("two children; the unobserved components model needs three to be identified")
        present = floats(turned.notna())
        alone = present.T @ present
        np.fill_diagonal(alone, 0.0)
        if lonely := [code for code, shared in zip(turned, alone.sum(axis=0), strict=True) if not shared]:
            raise InputError([f"{code!r} shares no unit with another indicator" for code in lonely])
        slope, noise = one_factor(((turned - turned.mean()) / turned.std(ddof=0)).to_numpy())
        problems = [
            f"{code!r} runs against the others (loading {loading:.2g}); check its direction, or take it out"
            for code, loading in zip(turned, slope, strict=True)
            if loading <= 0
        ]
        problems += [
            f"{code!r} leaves no error (a Heywood case), so it would take all the weight; too few units or indicators"
            for code, variance in zip(turned, noise, strict=True)
            if variance <= 2 * LEAST_NOISE
        ]
        if problems:
            raise InputError(problems)
        return slope**2 / noise

    return weigh_by_data(
        framework,
        table,
        kernel,
        method="unobserved_components_weights",
        at=at,
        normalise=normalise,
        constant=constant,
        complete=False,
        fewest=3,
    )


LEAST_NOISE = 1e-5


def one_factor(z: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Fit one common factor by maximum likelihood: loadings and error variances.

    ``z_ij = mu_j + l_j g_i + u_ij``, g standard normal, u normal with variance p_j. The gradient comes from the mean
    and variance of g given what unit i has (Fisher's identity); missing values are left out of the likelihood.

    Parameters
    ----------
    z : array, units x indicators
        Each of mean 0 and variance 1; NaN is missing.
    """
    from scipy.optimize import minimize

    z = z[~np.isnan(z).all(axis=1)]
    here, m = ~np.isnan(z), z.shape[1]
    filled = np.where(here, z, 0.0)

    def loss(theta: np.ndarray) -> tuple[float, np.ndarray]:
        mu, slope, logp = theta.reshape(3, m)
        p = np.exp(logp)
        r = np.where(here, filled - mu, 0.0)
        a = 1 + here @ (slope**2 / p)
        g = (r @ (slope / p)) / a
        second = g**2 + 1 / a
        value = (here * logp).sum() + (r**2 / p).sum() + np.log(a).sum() - (a * g**2).sum()
        error = here * (r**2 - 2 * slope * r * g[:, None] + slope**2 * second[:, None])
        by_mu = -2 * (here * (r - slope * g[:, None])).sum(axis=0) / p
        by_slope = -2 * (here * (r * g[:, None] - slope * second[:, None])).sum(axis=0) / p
        by_logp = here.sum(axis=0) - error.sum(axis=0) / p
        return value / len(z), np.concatenate([by_mu, by_slope, by_logp]) / len(z)

    mean = np.nanmean(z, axis=1, keepdims=True)
    start = np.clip((filled * mean).sum(axis=0) / np.sqrt(here.sum(axis=0) * (here * mean**2).sum(axis=0)), -0.9, 0.9)
    theta = np.concatenate([np.zeros(m), start, np.log(1 - start**2)])
    bounds = [(None, None)] * (2 * m) + [(np.log(LEAST_NOISE), None)] * m
    fit = minimize(
        loss, theta, jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": 5000, "ftol": 1e-14, "gtol": 1e-8}
    )
    if not fit.success and fit.status != 2:  # 2: no step improves it further
        raise InputError(f"the maximum of the likelihood was not found: {fit.message}")
    _, slope, logp = fit.x.reshape(3, m)
    return slope * (1.0 if slope.sum() >= 0 else -1.0), np.exp(logp)


@method_of("weight")
def importance_weights(
    framework: Framework,
    table: pd.DataFrame | None = None,
    *,
    intention: Mapping[str, float] | pd.Series | None = None,
    least: float | None = None,
    at: At = "within_pillars",
    normalise: Scale = min_max,
    constant: Constant = "refuse",
) -> Framework:
    """Choose the weights under which each indicator matters as much as is intended.

    The importance of indicator j is the share of the variance of the mean ``S = sum w I`` that it explains alone,
    ``R_j^2 = corr(I_j, S)^2``, the correlation ratio where the relation is linear. Importances in proportion to
    intentions t come from one set of weights only, ``w_j`` in proportion to ``(R^-1 sqrt(t))_j / s_j``, R the
    correlations and s the standard deviations of the scaled indicators; it need not be positive (Paruolo, Saisana and
    Saltelli 2013, Journal of the Royal Statistical Society A 176; Becker et al. 2017, Ecological Indicators 80).

    Parameters
    ----------
    framework : Framework
    table : DataFrame, units x indicators
        Raw values. Only units with a value for every sibling count.
    intention : mapping of code to positive number, optional
        Intended importance; siblings in proportion. By default the weights of the framework (the effective ones with
        ``at="across_pillars"``).
    least : float, optional
        When the exact weights are not positive, take those that come nearest, each at least `least` (a share, as 0.01):
        the sum of squared differences of relative importance is minimised. By default that case is an error.
    at : {"within_pillars", "across_pillars", "every_level"}
        As in `entropy_weights`.
    normalise : normaliser or its name
        That of the recipe: the weights undo its unequal spreads.
    constant : {"refuse", "drop"}
        As in `entropy_weights`.

    Returns
    -------
    Framework

    Raises
    ------
    InputError
        When no positive weights give the importance intended: naming the indicators in the way and the weights that
        would be needed. Also for indicators that are linear combinations of others, and for intentions that are not
        positive or missing.

    Examples
    --------
    >>> from govtransparency import Framework, Node
    >>> tree = Framework([Node("index", ""), Node("a", "index"), Node("b", "index")])
    >>> table = pd.DataFrame({"a": [0.0, 4, 4, 4], "b": [0.0, 0, 4, 4]})
    >>> weights = importance_weights(tree, table).sibling_weights["index"]
    >>> table.corrwith(table @ weights).round(6).to_dict()
    {'a': 0.888074, 'b': 0.888074}
    """
    if least is not None and not 0 < least < 1:
        raise InputError(f"least = {least!r}: expected a share between 0 and 1", title="importance_weights")
    intended = _intention(framework, intention, at)

    def kernel(values: pd.DataFrame, directions: pd.Series) -> np.ndarray:
        turned = values * directions
        _refuse_collinear(turned)
        target = intended[list(turned.columns)].to_numpy()
        r, s = np.corrcoef(turned.to_numpy(), rowvar=False), turned.std().to_numpy()
        exact = np.linalg.solve(r, np.sqrt(target)) / s
        exact = exact / exact.sum()
        if (exact > 1e-12).all():
            return exact
        if least is None:
            raise InputError(
                "no positive weights give the importance intended; it would take "
                + ", ".join(f"{code!r} {weight:.3g}" for code, weight in zip(turned, exact, strict=True))
                + ": intend less for those below 0, take them out, or ask for the nearest weights with least=0.01"
            )
        return _nearest_importance(r, s, target / target.sum(), least)

    return weigh_by_data(
        framework, table, kernel, method="importance_weights", at=at, normalise=normalise, constant=constant
    )


def _intention(framework: Framework, intention: Mapping[str, float] | pd.Series | None, at: At) -> pd.Series:
    given = framework.effective_weights if at == "across_pillars" else framework.weights
    if intention is None:
        return given
    new = {code: float(number) for code, number in dict(intention).items()}
    problems = [
        f"intention of {code!r}: no such node; {nearest(code, given.index)}" for code in new.keys() - given.keys()
    ]
    problems += [
        f"intention of {code!r} is {number:g}; expected a positive number"
        for code, number in new.items()
        if not 0 < number < np.inf
    ]
    groups = (
        [list(given.index)] if at == "across_pillars" else [list(w.index) for w in framework.sibling_weights.values()]
    )
    problems += [
        f"intention of {code!r} is missing beside its siblings'"
        for group in groups
        if not new.keys().isdisjoint(group)
        for code in group
        if code not in new
    ]
    if problems:
        raise InputError(sorted(problems), title="importance_weights")
    return pd.Series(given.to_dict() | new)


def _nearest_importance(r: np.ndarray, s: np.ndarray, target: np.ndarray, least: float) -> np.ndarray:
    """Minimise the squared differences of relative importance over weights of at least `least` that sum to 1."""
    from scipy.optimize import minimize
    from threadpoolctl import threadpool_limits

    m = len(s)
    if least * m > 1:
        raise InputError(f"least = {least:g} for {m} children makes more than 1")

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        covariance = r @ (w * s)  # with the mean; the mean's own variance drops out of the relative importance
        squares, total = covariance * np.abs(covariance), covariance @ covariance
        away = squares / total - target
        slope = 4 * (away * np.abs(covariance) / total - (away @ squares) * covariance / total**2)
        return float(away @ away), s * (r @ slope)

    starts = [np.full(m, 1 / m), np.maximum(target / s, 1e-9) / np.maximum(target / s, 1e-9).sum()]
    with threadpool_limits(1, user_api="blas"):  # its matrices are so small that threads only wait for each other
        fits = [
            minimize(
                loss,
                np.maximum(start, least) / np.maximum(start, least).sum(),
                jac=True,
                method="SLSQP",
                bounds=[(least, 1.0)] * m,
                constraints={"type": "eq", "fun": lambda w: w.sum() - 1, "jac": np.ones_like},
                options={"maxiter": 1000, "ftol": 1e-15},
            )
            for start in starts
        ]
    return min(fits, key=lambda fit: fit.fun).x


def _refuse_collinear(values: pd.DataFrame) -> None:
    """Raise an error that names the indicators of which one is a linear combination of the others."""
    eigenvalues, vectors = np.linalg.eigh(np.corrcoef(values.to_numpy(), rowvar=False))
    if eigenvalues[0] > 1e-10 * len(eigenvalues):
        return
    involved = [code for code, part in zip(values, vectors[:, 0], strict=True) if abs(part) > 1e-4]
    raise InputError(
        f"over {len(values)} units {', '.join(map(repr, involved))} are linear combinations of each other; "
        "take one out, or more units are needed"
    )
