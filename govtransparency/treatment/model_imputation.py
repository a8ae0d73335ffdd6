"""Fill missing values from the other indicators: regression, nearest neighbours, iterative models."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

import numpy as np
import pandas as pd

from govtransparency.arrays import floats
from govtransparency.errors import InputError, nearest
from govtransparency.framework import Framework
from govtransparency.methods import method_of
from govtransparency.treatment.treated_columns import chosen, refuse_empty, with_values


@method_of("treat")
def impute_regression(
    table: pd.DataFrame,
    framework: Framework,
    *,
    predictors: Sequence[str],
    clip: bool = True,
    indicators: Sequence[str] | None = None,
) -> pd.DataFrame:
    """Fill with the prediction of a linear regression on other columns (Handbook step 3, regression imputation).

    Ordinary least squares with a constant, over the units that have the indicator and all predictors.

    Parameters
    ----------
    table : DataFrame, units x columns
    framework : Framework
    predictors : sequence of str
        Columns of the table: indicators, or others. An indicator is not used to predict itself. A unit that lacks one
        of them stays without the value.
    clip : bool
        Hold predictions within the values seen.
    indicators : sequence of str, optional
        Codes of indicators or pillars; all if not given.

    Returns
    -------
    DataFrame

    Raises
    ------
    InputError
        Naming unknown predictors, and every indicator with fewer complete units than predictors and two more, or whose
        predictors are collinear.

    Examples
    --------
    >>> from govtransparency import Framework, Node
    >>> tree = Framework([Node("index", ""), Node("a", "index"), Node("b", "index")])
    >>> table = pd.DataFrame({"a": [1.0, 2.0, 3.0, 4.0], "b": [2.0, 4.0, None, 8.0]})
    >>> impute_regression(table, tree, predictors=["a"])["b"].round(9).tolist()
    [2.0, 4.0, 6.0, 8.0]
    """
    title = "impute_regression"
    predictors = [predictors] if isinstance(predictors, str) else list(predictors)
    if unknown := [name for name in predictors if name not in table]:
        raise InputError(
            [f"no column {name!r} to predict by; {nearest(name, table.columns)}" for name in unknown], title=title
        )
    codes = chosen(framework, indicators, title=title)
    columns, problems = {}, []
    for code in codes:
        y = floats(table[code])
        if not np.isnan(y).any():
            continue
        x = floats(table[[name for name in predictors if name != code]])
        ready = ~np.isnan(x).any(axis=1)
        known = ready & ~np.isnan(y)
        if known.sum() < x.shape[1] + 2:
            problems.append(
                f"indicator {code!r}: {known.sum()} units have it and all {x.shape[1]} predictors; "
                f"expected at least {x.shape[1] + 2}"
            )
            continue
        centre, spread = x[known].mean(axis=0), x[known].std(axis=0)
        design = np.column_stack([np.ones(len(x)), (x - centre) / np.where(spread > 0, spread, 1.0)])
        coefficients, _, order, _ = np.linalg.lstsq(design[known], y[known], rcond=None)
        if order < design.shape[1]:
            problems.append(f"indicator {code!r}: its predictors are constant or collinear; leave some out")
            continue
        fitted = design @ coefficients
        if clip:
            fitted = np.clip(fitted, np.nanmin(y), np.nanmax(y))
        columns[code] = np.where(np.isnan(y) & ready, fitted, y)
    if problems:
        raise InputError(problems, title=title)
    return table.assign(**columns)


@method_of("treat")
def impute_knn(
    table: pd.DataFrame,
    framework: Framework,
    *,
    neighbours: int = 5,
    weights: Literal["uniform", "distance"] = "uniform",
    indicators: Sequence[str] | None = None,
) -> pd.DataFrame:
    """Fill with the mean of the nearest units that have the value (Troyanskaya et al. 2001).

    Nearness is the Euclidean distance over the indicators both units have, each standardised first (scikit-learn's
    `KNNImputer`). A unit without any value gets the means.

    Parameters
    ----------
    table : DataFrame, units x columns
    framework : Framework
    neighbours : int
        At most as many as there are other units.
    weights : {"uniform", "distance"}
        Of the neighbours.
    indicators : sequence of str, optional
        Codes of indicators or pillars that are filled and that distances are measured by; all if not given.

    Returns
    -------
    DataFrame

    Raises
    ------
    InputError
        Naming every indicator without any value; for `neighbours` out of range.

    Examples
    --------
    >>> from govtransparency import Framework, Node
    >>> tree = Framework([Node("index", ""), Node("a", "index"), Node("b", "index")])
    >>> table = pd.DataFrame({"a": [1.0, 1.1, 9.0], "b": [5.0, None, 7.0]})
    >>> impute_knn(table, tree, neighbours=1)["b"].tolist()
    [5.0, 5.0, 7.0]
    """
    from sklearn.impute import KNNImputer

    title = "impute_knn"
    codes = chosen(framework, indicators, title=title)
    x = floats(table[codes])
    refuse_empty(x, codes, title=title)
    if isinstance(neighbours, bool) or not isinstance(neighbours, int) or not 1 <= neighbours < max(len(x), 2):
        raise InputError(f"neighbours {neighbours!r}: expected a whole number from 1 to {len(x) - 1}", title=title)
    if weights not in ("uniform", "distance"):
        raise InputError(f"weights {weights!r}: expected 'uniform' or 'distance'", title=title)
    return _filled(table, codes, x, KNNImputer(n_neighbors=neighbours, weights=weights))


@method_of("treat")
def impute_iterative(
    table: pd.DataFrame,
    framework: Framework,
    *,
    iterations: int = 50,
    tolerance: float = 1e-3,
    draw: bool = False,
    clip: bool = True,
    rng: int | np.random.Generator | None = None,
    indicators: Sequence[str] | None = None,
) -> pd.DataFrame:
    """Fill each indicator from all others by regression, in turns until the values settle.

    Bayesian ridge regressions in the round-robin manner of chained equations (van Buuren and Groothuis-Oudshoorn 2011;
    scikit-learn's `IterativeImputer`), on standardised indicators. Without `draw` the values are conditional means, the
    counterpart of the Handbook's EM imputation.

    Parameters
    ----------
    table : DataFrame, units x columns
    framework : Framework
    iterations : int
        At most; scikit-learn warns when the values have not settled by then.
    tolerance : float
        In standard deviations.
    draw : bool
        Draw each value from its predictive distribution, for multiple imputation; needs `rng`.
    clip : bool
        Hold values within those seen.
    rng : int or Generator
        Seed of the draws.
    indicators : sequence of str, optional
        Codes of indicators or pillars that are filled, and predicted by; all if not given.

    Returns
    -------
    DataFrame

    Raises
    ------
    InputError
        Naming every indicator without any value; for `draw` without `rng`.

    Examples
    --------
    >>> from govtransparency import Framework, Node
    >>> tree = Framework([Node("index", ""), Node("a", "index"), Node("b", "index")])
    >>> table = pd.DataFrame({"a": [1.0, 2.0, 3.0, 4.0, 5.0], "b": [2.0, 4.0, None, 8.0, 10.0]})
    >>> impute_iterative(table, tree)["b"].round(1).tolist()
    [2.0, 4.0, 6.0, 8.0, 10.0]
    """
    from sklearn.experimental import enable_iterative_imputer  # noqa: F401
    from sklearn.impute import IterativeImputer

    title = "impute_iterative"
    if draw and rng is None:
        raise InputError("draw=True needs rng, a seed or a Generator", title=title)
    codes = chosen(framework, indicators, title=title)
    x = floats(table[codes])
    refuse_empty(x, codes, title=title)
    centre, spread = _standard(x)
    z = (x - centre) / spread
    least, most = np.nanmin(z, axis=0), np.nanmax(z, axis=0)
    free = ~(most > least) if clip else np.ones(len(codes), dtype=bool)  # a constant is predicted without bounds
    seed = 0 if rng is None else int(np.random.default_rng(rng).integers(2**31))
    imputer = IterativeImputer(
        max_iter=iterations,
        tol=tolerance,
        sample_posterior=draw,
        random_state=seed,
        min_value=np.where(free, -np.inf, least),
        max_value=np.where(free, np.inf, most),
    )
    return _filled(table, codes, x, imputer)


def _standard(x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    spread = np.nanstd(x, axis=0)
    return np.nanmean(x, axis=0), np.where(spread > 0, spread, 1.0)


def _filled(table: pd.DataFrame, codes: list[str], x: np.ndarray, imputer: Any) -> pd.DataFrame:
    """Return the table with its gaps filled by an imputer of standardised values; what is known stays exact."""
    centre, spread = _standard(x)
    guess = imputer.fit_transform((x - centre) / spread) * spread + centre
    return with_values(table, codes, np.where(np.isnan(x), guess, x))
