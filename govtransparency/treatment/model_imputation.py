"""Fill missing values from the other indicators: regression, nearest neighbours, iterative models."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, get_args

import numpy as np
import pandas as pd

from govtransparency.arguments import Arguments
from govtransparency.arrays import floats
from govtransparency.checked_calls import checked
from govtransparency.errors import InputError
from govtransparency.extras import needs
from govtransparency.methods import method_of
from govtransparency.texts.bilingual import Text
from govtransparency.texts.problems import treatment_problems as problems
from govtransparency.treatment.treated_columns import fillable_values, numbers_of, raise_for, refuse_empty, with_values

if TYPE_CHECKING:
    from collections.abc import Sequence

    from govtransparency.framework import Framework

NeighbourWeights = Literal["uniform", "distance"]


@method_of("treat")
@checked
def impute_regression(
    table: pd.DataFrame,
    framework: Framework,
    not_applicable: pd.DataFrame | None = None,
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
    not_applicable : DataFrame of bool, units x indicators, optional
        Cells that are not filled, since the unit cannot have a value.
    predictors : sequence of str
        Columns of the table: indicators, or others. An indicator is not used to predict itself. A unit that lacks one
        of them stays without the value.
    clip : bool
        Limit predictions to the range of the values seen.
    indicators : sequence of str, optional
        Codes of indicators or pillars; all if not given.

    Returns
    -------
    DataFrame

    Raises
    ------
    InputError
        Naming unknown predictors, and every indicator whose predictors are collinear or that has fewer complete units
        than its predictors plus two.

    Examples
    --------
    >>> from govtransparency import Framework, Node
    >>> tree = Framework([Node("index", ""), Node("a", "index"), Node("b", "index")])
    >>> table = pd.DataFrame({"a": [1.0, 2.0, 3.0, 4.0], "b": [2.0, 4.0, None, 8.0]})
    >>> impute_regression(table, tree, predictors=["a"])["b"].round(9).tolist()
    [2.0, 4.0, 6.0, 8.0]
    """
    title = "impute_regression"
    with Arguments(title) as check:
        given = [predictors] if isinstance(predictors, str) else predictors
        known = list(table.columns) if isinstance(table, pd.DataFrame) else []
        names = [name for name in check.labels("predictors", given, known) if name in known]
        codes, values, missing = fillable_values(check, table, framework, indicators, not_applicable)
        numbers_of(check, table, names)
    columns: dict[str, np.ndarray] = {}
    refused: list[Text] = []
    for code, y, gaps in zip(codes, values.T, missing.T, strict=True):
        if not gaps.any():
            continue
        fitted = _regressed(code, y, floats(table[[name for name in names if name != code]]))
        if isinstance(fitted, Text):
            refused.append(fitted)
            continue
        if clip:
            fitted = np.clip(fitted, np.nanmin(y), np.nanmax(y))
        columns[code] = np.where(gaps, fitted, y)
    if refused:
        raise InputError(refused, title=title)
    return table.assign(**columns)


def _regressed(code: str, y: np.ndarray, x: np.ndarray) -> np.ndarray | Text:
    """Return the prediction for each unit, NaN where a predictor is missing; or the problem that prevents it."""
    complete = ~np.isnan(x).any(axis=1)
    known = complete & ~np.isnan(y)
    predictors = x.shape[1]
    if known.sum() < predictors + 2:
        return problems.FEW_COMPLETE_UNITS.format(
            code=code, count=known.sum(), predictors=predictors, least=predictors + 2
        )
    centre, spread = x[known].mean(axis=0), x[known].std(axis=0)
    design = np.column_stack([np.ones(len(x)), (x - centre) / np.where(spread > 0, spread, 1.0)])
    coefficients, _, order, _ = np.linalg.lstsq(design[known], y[known], rcond=None)
    if order < design.shape[1]:
        return problems.COLLINEAR.format(code=code)
    return np.where(complete, design @ coefficients, np.nan)


@method_of("treat")
@checked
def impute_knn(
    table: pd.DataFrame,
    framework: Framework,
    not_applicable: pd.DataFrame | None = None,
    *,
    neighbours: int = 5,
    weights: NeighbourWeights = "uniform",
    indicators: Sequence[str] | None = None,
) -> pd.DataFrame:
    """Fill with the mean of the nearest units that have the value (Troyanskaya et al. 2001).

    The distance is the Euclidean one over the indicators both units have, each standardised first (scikit-learn's
    `KNNImputer`). A unit without any value gets the means.

    Parameters
    ----------
    table : DataFrame, units x columns
    framework : Framework
    not_applicable : DataFrame of bool, units x indicators, optional
        Cells that are not filled, since the unit cannot have a value.
    neighbours : int
        At most the number of other units.
    weights : {"uniform", "distance"}
        Whether all neighbours count the same, or nearer ones more.
    indicators : sequence of str, optional
        Codes of the indicators or pillars that are filled and by which distances are measured; all if not given.

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
    title = "impute_knn"
    needs("sklearn", title=title)
    from sklearn.impute import KNNImputer

    with Arguments(title) as check:
        codes, x, gaps = fillable_values(check, table, framework, indicators, not_applicable)
        check.count("neighbours", neighbours, most=max(len(x), 2) - 1)
        check.choice("weights", weights, get_args(NeighbourWeights))
    refuse_empty(x, codes, title=title)
    return _filled(table, codes, x, gaps, KNNImputer(n_neighbors=neighbours, weights=weights), title=title)


@method_of("treat")
@checked
def impute_iterative(  # noqa: PLR0913 (options of a public function, by keyword)
    table: pd.DataFrame,
    framework: Framework,
    not_applicable: pd.DataFrame | None = None,
    *,
    iterations: int = 50,
    tolerance: float = 1e-3,
    draw: bool = False,
    clip: bool = True,
    rng: int | np.random.Generator | None = None,
    indicators: Sequence[str] | None = None,
) -> pd.DataFrame:
    """Fill each indicator from all others by regression, in turn, until the values converge.

    Bayesian ridge regressions in the round-robin manner of chained equations (van Buuren and Groothuis-Oudshoorn 2011;
    scikit-learn's `IterativeImputer`), on standardised indicators. Without `draw` the values are conditional means, the
    counterpart of the Handbook's EM imputation.

    Parameters
    ----------
    table : DataFrame, units x columns
    framework : Framework
    not_applicable : DataFrame of bool, units x indicators, optional
        Cells that are not filled, since the unit cannot have a value.
    iterations : int
        At most; scikit-learn warns when the values have not converged by then.
    tolerance : float
        Largest change at convergence, in standard deviations.
    draw : bool
        Draw each value from its predictive distribution, for multiple imputation; needs `rng`.
    clip : bool
        Limit the filled values to the range of those seen.
    rng : int or Generator
        Seed of the draws.
    indicators : sequence of str, optional
        Codes of the indicators or pillars that are filled and used as predictors; all if not given.

    Returns
    -------
    DataFrame

    Raises
    ------
    InputError
        Naming every indicator without any value; for `draw` without `rng`, and options out of range.

    Examples
    --------
    >>> from govtransparency import Framework, Node
    >>> tree = Framework([Node("index", ""), Node("a", "index"), Node("b", "index")])
    >>> table = pd.DataFrame({"a": [1.0, 2.0, 3.0, 4.0, 5.0], "b": [2.0, 4.0, None, 8.0, 10.0]})
    >>> impute_iterative(table, tree)["b"].round(1).tolist()
    [2.0, 4.0, 6.0, 8.0, 10.0]
    """
    title = "impute_iterative"
    needs("sklearn", title=title)
    from sklearn.experimental import enable_iterative_imputer  # noqa: F401
    from sklearn.impute import IterativeImputer

    with Arguments(title) as check:
        check.count("iterations", iterations, least=0)
        check.number("tolerance", tolerance, low=0)
        if rng is not None:
            check.rng("rng", rng)
        elif draw:
            check.refuse(problems.NEEDS_RNG)
        codes, x, gaps = fillable_values(check, table, framework, indicators, not_applicable)
    refuse_empty(x, codes, title=title)
    centre, spread = _standard(x, codes, title=title)
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
    return _filled(table, codes, x, gaps, imputer, title=title)


def _standard(x: np.ndarray, codes: list[str], *, title: str) -> tuple[np.ndarray, np.ndarray]:
    with np.errstate(over="ignore", invalid="ignore"):
        centre, spread = np.nanmean(x, axis=0), np.nanstd(x, axis=0)
    raise_for(codes, ~np.isfinite(centre + spread), problems.TOO_LARGE, title=title)
    return centre, np.where(spread > 0, spread, 1.0)


def _filled(
    table: pd.DataFrame, codes: list[str], x: np.ndarray, gaps: np.ndarray, imputer: Any, *, title: str
) -> pd.DataFrame:
    """Return the table with its gaps filled by an imputer of standardised values; what is known stays exact."""
    centre, spread = _standard(x, codes, title=title)
    guess = imputer.fit_transform((x - centre) / spread) * spread + centre
    return with_values(table, codes, np.where(gaps, guess, x))
