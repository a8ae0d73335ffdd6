"""Weights from a model of the indicators: regression, unobserved components, intended importance."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from govtransparency.arguments import Arguments, is_number
from govtransparency.arrays import floats
from govtransparency.checked_calls import checked
from govtransparency.errors import InputError, nearest
from govtransparency.methods import At, Constant, method_of
from govtransparency.normalisation import min_max, z_score
from govtransparency.texts.bilingual import listed, quoted
from govtransparency.texts.problems import weighting_problems as problems
from govtransparency.weighting.data_driven import Scale, weigh_by_data

if TYPE_CHECKING:
    from govtransparency.framework import Framework


@method_of("weight")
@checked
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
    Handbook 2008, section 1.6). With z-scores, the default, b are the standardised coefficients; with the normaliser
    of the recipe the index is the best linear predictor of the outcome.

    Parameters
    ----------
    framework : Framework
    table : DataFrame, units x indicators
        Raw values. Only units with an outcome and a value for every sibling count.
    outcome : Series, unit -> number
        What the indicators should predict; more is better. ``"units:column"`` in ``edition.toml``.
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
        Naming every indicator whose coefficient is not positive and indicators that are linear combinations of others;
        and if there are too few units for the number of coefficients.

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

    check = Arguments("regression_weights")
    target = _outcome(check, outcome, table)

    def kernel(values: pd.DataFrame, directions: pd.Series) -> np.ndarray:
        y = target.reindex(values.index)
        x = (values * directions)[y.notna()]
        y = y.dropna()
        if len(x) < x.shape[1] + 2:
            raise InputError(problems.FEW_OUTCOMES.format(count=len(x), coefficients=x.shape[1], least=x.shape[1] + 2))
        centred = (x - x.mean()).to_numpy()
        spread = np.sqrt((centred**2).sum(axis=0))
        if not (spread > 0).all():
            raise InputError(
                [problems.CONSTANT_AMONG["outcome"].format(code=code, count=len(x)) for code in x.columns[spread == 0]]
            )
        with threadpool_limits(1, user_api="blas"):  # two threads take longer than one: they wait for each other
            _refuse_collinear(x)
            q, r = np.linalg.qr(centred / spread)  # of full rank, as it was not refused
        return np.linalg.solve(r, q.T @ (y - y.mean()).to_numpy()) / spread

    return weigh_by_data(framework, table, kernel, check=check, at=at, normalise=normalise, constant=constant)


def _outcome(check: Arguments, outcome: pd.Series, table: pd.DataFrame | None) -> pd.Series:
    """Return the outcome as floats; what is wrong with it is added to the check."""
    target = check.series("outcome", outcome)
    if not isinstance(target, pd.Series):
        return target
    if isinstance(table, pd.DataFrame) and not target.index.intersection(table.index).size:
        check.refuse(problems.OUTCOME_OF_OTHER_UNITS)
    for unit in target.index[np.isinf(target)].tolist():
        check.refuse(problems.OUTCOME_INFINITE.format(unit=unit))
    return target


@method_of("weight")
@checked
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
    ``w_j = s_j^-2 / sum_k s_k^-2``, for a unit with missing values in the same proportions.

    Parameters
    ----------
    framework : Framework
    table : DataFrame, units x indicators
        Raw values; missing ones take no part in the likelihood.
    at : {"within_pillars", "across_pillars", "every_level"}
        As in `entropy_weights`. A group needs at least three children: with two the model is not identified.
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
        For groups of two; naming every indicator that runs against the others (b has the other sign), whose error
        variance goes to 0 (a Heywood case), or that shares no unit with another indicator.

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
            raise InputError(problems.TWO_CHILDREN)
        present = floats(turned.notna())
        alone = present.T @ present
        np.fill_diagonal(alone, 0.0)
        if lonely := [code for code, shared in zip(turned, alone.sum(axis=0), strict=True) if not shared]:
            raise InputError([problems.NO_COMMON_UNIT.format(code=code) for code in lonely])
        slope, noise = one_factor(((turned - turned.mean()) / turned.std(ddof=0)).to_numpy())
        found = [
            problems.AGAINST_THE_OTHERS.format(code=code, loading=f"{loading:.2g}")
            for code, loading in zip(turned, slope, strict=True)
            if loading <= 0
        ]
        found += [
            problems.NO_ERROR_VARIANCE.format(code=code)
            for code, variance in zip(turned, noise, strict=True)
            if variance <= 2 * LEAST_NOISE
        ]
        if found:
            raise InputError(found)
        return slope**2 / noise

    return weigh_by_data(
        framework,
        table,
        kernel,
        check=Arguments("unobserved_components_weights"),
        at=at,
        normalise=normalise,
        constant=constant,
        fewest_values=3,
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

    Returns
    -------
    loadings, error variances : arrays, one number per indicator

    Raises
    ------
    InputError
        If the maximum of the likelihood is not found.
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
        raise InputError(problems.NO_MAXIMUM.format(message=fit.message))
    _, slope, logp = fit.x.reshape(3, m)
    return slope * (1.0 if slope.sum() >= 0 else -1.0), np.exp(logp)


@method_of("weight")
@checked
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
    """Choose the weights that give each indicator its intended importance.

    The importance of indicator j is the share of the variance of the mean ``S = sum w I`` that it explains alone,
    ``R_j^2 = corr(I_j, S)^2``, the correlation ratio where the relation is linear. Only one set of weights gives
    importances proportional to the intentions t: ``w_j`` proportional to ``(R^-1 sqrt(t))_j / s_j``, with R the
    correlations and s the standard deviations of the normalised indicators; a weight can be negative (Paruolo, Saisana
    and Saltelli 2013, Journal of the Royal Statistical Society A 176; Becker et al. 2017, Ecological Indicators 80).

    Parameters
    ----------
    framework : Framework
    table : DataFrame, units x indicators
        Raw values. Only units with a value for every sibling count.
    intention : mapping of code to positive number, optional
        Intended importance; only the proportions among siblings count. By default the weights of the framework (the
        effective weights with ``at="across_pillars"``).
    least : float, optional
        If the exact weights are not all positive, the nearest weights of at least `least` each (a share such as 0.01):
        they minimise the sum of squared differences of relative importance. By default that case is an error.
    at : {"within_pillars", "across_pillars", "every_level"}
        As in `entropy_weights`.
    normalise : normaliser or its name
        That of the recipe: the weights compensate for the different spreads it leaves.
    constant : {"refuse", "drop"}
        As in `entropy_weights`.

    Returns
    -------
    Framework

    Raises
    ------
    InputError
        If no positive weights give the intended importance, with the weights that would be needed. Also for indicators
        that are linear combinations of others, and for intentions that are missing or not positive.

    Examples
    --------
    >>> from govtransparency import Framework, Node
    >>> tree = Framework([Node("index", ""), Node("a", "index"), Node("b", "index")])
    >>> table = pd.DataFrame({"a": [0.0, 4, 4, 4], "b": [0.0, 0, 4, 4]})
    >>> weights = importance_weights(tree, table).sibling_weights["index"]
    >>> table.corrwith(table @ weights).round(6).to_dict()
    {'a': 0.888074, 'b': 0.888074}
    """
    check = Arguments("importance_weights")
    if least is not None:
        check.share("least", least, closed=(False, False), example=0.01)
    intended = _intended_importance(check, framework, intention, at)

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
            weights = listed(
                problems.CODE_AND_WEIGHT.format(code=code, weight=f"{weight:.3g}")
                for code, weight in zip(turned, exact, strict=True)
            )
            raise InputError(problems.NO_POSITIVE_WEIGHTS.format(weights=weights))
        return _nearest_importance(r, s, target / target.sum(), least)

    return weigh_by_data(framework, table, kernel, check=check, at=at, normalise=normalise, constant=constant)


def _intended_importance(
    check: Arguments, framework: Framework, intention: Mapping[str, float] | pd.Series | None, at: At
) -> pd.Series:
    """Return the intended importance of every node; what is wrong with it is added to the check."""
    given = framework.effective_weights if at == "across_pillars" else framework.weights
    if intention is None:
        return given
    if not isinstance(intention, (Mapping, pd.Series)):
        check.expect("intention", intention, problems.INTENTION)
        return given
    new = dict(intention)
    for code, number in new.items():
        if code not in given:
            check.refuse(problems.UNKNOWN_INTENTION.format(code=code, nearest=nearest(code, given.index)))
        if not (is_number(number) and 0 < number < np.inf):
            check.refuse(problems.INTENTION_NOT_POSITIVE.format(code=code, value=number))
    groups = [given.index] if at == "across_pillars" else [w.index for w in framework.sibling_weights.values()]
    for group in groups:
        for code in group if not new.keys().isdisjoint(group) else ():
            if code not in new:
                check.refuse(problems.MISSING_INTENTION.format(code=code))
    return pd.Series(given.to_dict() | new)


def _nearest_importance(r: np.ndarray, s: np.ndarray, target: np.ndarray, least: float) -> np.ndarray:
    """Minimise the squared differences of relative importance over weights that sum to 1, each at least `least`."""
    from scipy.optimize import minimize
    from threadpoolctl import threadpool_limits

    m = len(s)
    if least * m > 1:
        raise InputError(problems.LEAST_TOO_LARGE.format(least=f"{least:g}", count=m))

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        covariance = r @ (w * s)  # with the mean, whose variance cancels out of the relative importance
        squares, total = covariance * np.abs(covariance), covariance @ covariance
        away = squares / total - target
        slope = 4 * (away * np.abs(covariance) / total - (away @ squares) * covariance / total**2)
        return float(away @ away), s * (r @ slope)

    starts = [np.full(m, 1 / m), np.maximum(target / s, 1e-9) / np.maximum(target / s, 1e-9).sum()]
    with threadpool_limits(1, user_api="blas"):  # with matrices this small, threads only wait for each other
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
    raise InputError(problems.COLLINEAR.format(count=len(values), codes=quoted(involved)))
