"""The structure of the indicators: sampling adequacy, principal components, pillars in the data and as declared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from govtransparency.arguments import Arguments
from govtransparency.checked_calls import checked
from govtransparency.coherence.correlation import numeric
from govtransparency.coherence.reliability import check_items
from govtransparency.extras import needs
from govtransparency.framework import first_level
from govtransparency.texts.problems import coherence_problems as problems

if TYPE_CHECKING:
    from govtransparency.framework import Framework

__all__ = ["Bartlett", "Components", "bartlett", "kmo", "pillar_structure", "principal_components"]


@checked
def kmo(table: pd.DataFrame) -> pd.Series:
    """Compute the measure of sampling adequacy of Kaiser, Meyer and Olkin.

    Parameters
    ----------
    table : DataFrame, units x indicators
        Units with a missing value are left out.

    Returns
    -------
    Series, indexed by indicator, and ``all``
        0 to 1: the sum of squared correlations divided by itself plus the sum of squared partial correlations. Near 1
        the correlations are common to many indicators; factor analysis usually needs 0.6 (Handbook step 4).

    Raises
    ------
    InputError
        For constant indicators and for correlations that cannot be inverted: more indicators than units, or one that is
        a sum of others.

    Examples
    --------
    >>> rng = np.random.default_rng(1)
    >>> common = rng.normal(size=200)
    >>> kmo(pd.DataFrame({code: common + rng.normal(size=200) for code in "abc"}))["all"].round(2)
    np.float64(0.67)
    """
    with Arguments("kmo") as check:
        x, r = _invertible(check, table)
    inverse = np.linalg.inv(r)
    scale = np.sqrt(np.diag(inverse))
    partial = -inverse / np.outer(scale, scale)
    r2, p2 = r**2, partial**2
    np.fill_diagonal(r2, 0)
    np.fill_diagonal(p2, 0)
    with np.errstate(invalid="ignore"):
        each = r2.sum(axis=0) / (r2.sum(axis=0) + p2.sum(axis=0))
    return pd.Series([*each, r2.sum() / (r2.sum() + p2.sum())], index=[*x.columns, "all"], name="kmo")


@dataclass(frozen=True)
class Bartlett:
    """Bartlett's test of sphericity; made by `bartlett`."""

    chi2: float
    df: int
    p_value: float
    units: int


@checked
def bartlett(table: pd.DataFrame) -> Bartlett:
    """Bartlett's test that the indicators are not correlated at all: ``-(n - 1 - (2m + 5)/6) ln|R|``.

    Parameters
    ----------
    table : DataFrame, units x indicators
        Units with a missing value are left out.

    Returns
    -------
    Bartlett
        chi2, with ``m (m - 1)/2`` degrees of freedom, p_value, units.

    Raises
    ------
    InputError
        As `kmo`.

    Examples
    --------
    >>> table = pd.DataFrame({"a": [1.0, 2, 3, 4, 5, 6], "b": [2.0, 1, 4, 3, 6, 5], "c": [6.0, 1, 2, 5, 3, 4]})
    >>> result = bartlett(table)
    >>> result.df, round(result.chi2, 3)
    (3, 3.704)
    """
    from scipy import stats

    with Arguments("bartlett") as check:
        x, r = _invertible(check, table)
    n, m = x.shape
    df = m * (m - 1) // 2
    chi2 = float(-(n - 1 - (2 * m + 5) / 6) * np.linalg.slogdet(r)[1])
    return Bartlett(chi2, df, float(stats.chi2.sf(chi2, df)), n)


@dataclass(frozen=True)
class Components:
    """Principal components of the correlation matrix; made by `principal_components`.

    Attributes
    ----------
    variance : DataFrame, indexed by component 1..m
        eigenvalue; share, cumulative (of the variance, 0 to 1); random : the `level` quantile of the eigenvalue in
        random tables of the same size (parallel analysis); above_random : bool, False from the first component that
        is not above it.
    loadings : DataFrame, indicators x components
        Correlations of indicators and components, with signs such that the loadings of a component sum to 0 or more.
    rotated : DataFrame, indicators x retained components
        Varimax with Kaiser's normalisation.
    scores : DataFrame, units x components
        Mean 0, variance 1 (n - 1).
    retained : int
        Components above random, at least 1.
    kaiser : int
        Components with an eigenvalue above 1.
    """

    variance: pd.DataFrame
    loadings: pd.DataFrame
    rotated: pd.DataFrame
    scores: pd.DataFrame
    retained: int
    kaiser: int


@checked
def principal_components(
    table: pd.DataFrame,
    *,
    components: int | None = None,
    level: float = 0.95,
    simulations: int = 500,
    rng: int | np.random.Generator = 0,
) -> Components:
    """Principal components of the standardised indicators, with parallel analysis.

    Parameters
    ----------
    table : DataFrame, units x indicators
        Units with a missing value are left out.
    components : int, optional
        How many to rotate; by default those that parallel analysis retains.
    level : float
        Quantile of the random eigenvalues that a component must exceed.
    simulations : int
        Random tables: independent normal values, as many units and indicators.
    rng : int or Generator

    Returns
    -------
    Components

    Raises
    ------
    InputError
        For constant indicators, fewer than two indicators or three units, and a number of components, simulations or
        a level out of range.

    Notes
    -----
    Handbook step 4 and Nicoletti, Scarpetta and Boylaud (2000); parallel analysis: Horn (1965), Psychometrika 30, with
    the quantile in place of the mean (Glorfeld 1995).

    Examples
    --------
    >>> rng = np.random.default_rng(1)
    >>> common = rng.normal(size=200)
    >>> result = principal_components(pd.DataFrame({code: common + rng.normal(size=200) for code in "abcd"}))
    >>> result.retained, bool(result.loadings[1].min() > 0.6)
    (1, True)
    """
    with Arguments("principal_components") as check:
        check.level("level", level)
        check.count("simulations", simulations)
        check.rng("rng", rng)
        x, r = _correlation(check, table)
        if components is not None and x.size:
            check.count("components", components, most=x.shape[1])
    n, m = x.shape
    eigenvalues, loadings = _components(r)
    generator = np.random.default_rng(rng)
    random = np.empty((simulations, m))
    for draw in range(simulations):
        random[draw] = np.linalg.eigvalsh(np.corrcoef(generator.standard_normal((n, m)), rowvar=False))[::-1]
    bound = np.quantile(random, level, axis=0)
    above = np.logical_and.accumulate(eigenvalues > bound)
    retained = max(1, int(above.sum()))
    labels = pd.RangeIndex(1, m + 1, name="component")
    z = (x - x.mean()) / x.std()
    with np.errstate(divide="ignore", invalid="ignore"):
        weights = np.where(eigenvalues > 1e-10, loadings / eigenvalues, 0.0)
    turned = varimax(loadings[:, : components or retained])
    return Components(
        variance=pd.DataFrame(
            {
                "eigenvalue": eigenvalues,
                "share": eigenvalues / m,
                "cumulative": np.cumsum(eigenvalues) / m,
                "random": bound,
                "above_random": above,
            },
            index=labels,
        ),
        loadings=pd.DataFrame(loadings, index=x.columns, columns=labels),
        rotated=pd.DataFrame(turned, index=x.columns, columns=labels[: turned.shape[1]]),
        scores=pd.DataFrame(z.to_numpy() @ weights, index=x.index, columns=labels),
        retained=retained,
        kaiser=int(np.sum(eigenvalues > 1)),
    )


def varimax(loadings: np.ndarray, *, steps: int = 500, tolerance: float = 1e-10) -> np.ndarray:
    """Return the loadings turned by varimax with Kaiser's normalisation (Kaiser 1958), columns summing to 0 or more."""
    size = np.sqrt(np.sum(loadings**2, axis=1, keepdims=True))
    size[size == 0] = 1
    a = loadings / size
    turn, before = np.eye(a.shape[1]), 0.0
    for _ in range(steps):
        b = a @ turn
        u, s, v = np.linalg.svd(a.T @ (b**3 - b * np.mean(b**2, axis=0)))
        turn = u @ v
        if s.sum() < before * (1 + tolerance):
            break
        before = s.sum()
    turned = (a @ turn) * size
    return turned * np.where(turned.sum(axis=0) < 0, -1, 1)


@checked
def pillar_structure(
    table: pd.DataFrame, framework: Framework, *, rng: int | np.random.Generator = 0
) -> tuple[pd.DataFrame, float]:
    """Compare the pillars declared with the structure found in the data.

    Parameters
    ----------
    table : DataFrame, units x indicators
        Normalised, so that more is better. Units with a missing value and constant indicators are left out.
    framework : Framework
        Its pillars are the children of the index; there must be two at least.
    rng : int or Generator
        Of the parallel analysis.

    Returns
    -------
    DataFrame, indexed by indicator
        pillar : declared. component : with the largest rotated loading, as many rotated as there are pillars; loading.
        own : correlation with the mean of its pillar's other indicators (NaN where there are none). nearest, other :
        the other pillar whose mean it correlates with most, and that correlation. misplaced : bool, whether
        ``other > own``.
    float
        Adjusted Rand index of pillars and components: 1 the same grouping, 0 no more than chance (Hubert and Arabie
        1985).

    Raises
    ------
    InputError
        For fewer than two pillars with indicators in the table, and as `principal_components`.

    Examples
    --------
    >>> from govtransparency import Framework, Node
    >>> rng = np.random.default_rng(1)
    >>> one, two = rng.normal(size=(2, 60))
    >>> noise = {code: rng.normal(size=60) / 2 for code in "abcd"}
    >>> common = {"a": one, "b": one, "c": two, "d": two}
    >>> table = pd.DataFrame({code: common[code] + noise[code] for code in "abcd"})
    >>> tree = Framework([Node("index", ""), Node("p", "index"), Node("q", "index"),
    ...                   Node("a", "p"), Node("b", "p"), Node("c", "q"), Node("d", "q")])
    >>> structure, agreement = pillar_structure(table, tree)
    >>> structure["misplaced"].any(), agreement
    (np.False_, 1.0)
    """
    needs("sklearn", title="pillar_structure")
    from sklearn.metrics import adjusted_rand_score

    with Arguments("pillar_structure") as check:
        check.rng("rng", rng)
        x = numeric(check, "table", table, codes=framework.indicators)
        x = x.loc[:, x.nunique() > 1].dropna()
        x = x.loc[:, x.nunique() > 1]
        declared = pd.Series({code: first_level(framework, code) for code in x}, name="pillar")
        pillars = declared.unique()
        if not check.problems and len(pillars) < 2:
            check.refuse(problems.FEW_PILLARS.format(count=len(pillars)))
    found = principal_components(x, components=min(len(pillars), x.shape[1]), rng=rng).rotated
    z = (x - x.mean()) / x.std()
    rows = {}
    for code in x:
        foreign = {
            pillar: float(np.corrcoef(z[code], z[declared.index[declared == pillar]].mean(axis=1))[0, 1])
            for pillar in pillars
            if pillar != declared[code]
        }
        others = declared.index[(declared == declared[code]) & (declared.index != code)]
        own = float(np.corrcoef(z[code], z[others].mean(axis=1))[0, 1]) if len(others) else np.nan
        near = max(foreign, key=lambda pillar: foreign[pillar])
        component = found.loc[code].abs().idxmax()
        loading = found.loc[code, component]
        rows[code] = (declared[code], component, loading, own, near, foreign[near], foreign[near] > own)
    columns = ["pillar", "component", "loading", "own", "nearest", "other", "misplaced"]
    structure = pd.DataFrame.from_dict(rows, orient="index", columns=columns).rename_axis("indicator")
    return structure, float(adjusted_rand_score(structure["pillar"], structure["component"]))


def _correlation(check: Arguments, table: pd.DataFrame) -> tuple[pd.DataFrame, np.ndarray]:
    """Return the complete units and the correlations of the indicators; empty where the table is refused."""
    x = numeric(check, "table", table, least=2).dropna()
    check_items(check, x, len(x))
    if check.problems:
        return x, np.empty((0, 0))
    return x, np.corrcoef(x.to_numpy(), rowvar=False)


def _invertible(check: Arguments, table: pd.DataFrame) -> tuple[pd.DataFrame, np.ndarray]:
    """Return the same, with a matrix of correlations that has an inverse."""
    x, r = _correlation(check, table)
    if check.problems or np.linalg.eigvalsh(r)[0] > 1e-10:
        return x, r
    n, m = x.shape
    check.refuse(problems.FEW_COMPLETE_UNITS.format(indicators=m, units=n) if n <= m else problems.DEPENDENT)
    return x, r


def _components(r: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    values, vectors = np.linalg.eigh(r)
    values, vectors = np.maximum(values[::-1], 0), vectors[:, ::-1]
    loadings = vectors * np.sqrt(values)
    return values, loadings * np.where(loadings.sum(axis=0) < 0, -1, 1)
