"""The structure of the indicators: sampling adequacy, principal components, and pillars found against declared."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from govtransparency.coherence.correlation import numeric
from govtransparency.coherence.reliability import check_items
from govtransparency.errors import InputError, check_level
from govtransparency.framework import Framework, first_level

__all__ = ["Bartlett", "Components", "bartlett", "kmo", "pillar_structure", "principal_components"]


def kmo(table: pd.DataFrame) -> pd.Series:
    """Kaiser, Meyer and Olkin's measure of sampling adequacy: are the correlations shared, or only pairwise?

    Parameters
    ----------
    table : DataFrame, units x indicators
        Units with a missing value are left out.

    Returns
    -------
    Series, indexed by indicator, and ``all``
        0 to 1: sum of squared correlations over itself plus that of the squared partial correlations. 0.6 is the usual
        least for factor analysis (Handbook step 4).

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
    x, r = _correlation(table, title="kmo")
    _check_invertible(r, x, title="kmo")
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

    x, r = _correlation(table, title="bartlett")
    _check_invertible(r, x, title="bartlett")
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
        eigenvalue; share, cumulative (of the variance, 0 to 1); random : eigenvalue that `level` of random tables of
        the same size stay below (parallel analysis); above_random : bool, up to the first component that is not.
    loadings : DataFrame, indicators x components
        Correlations of indicators and components; the sign is chosen so that a component's loadings sum to 0 or more.
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
    title = "principal_components"
    check_level(level, title=title)
    if simulations < 1:
        raise InputError(f"simulations {simulations!r}: expected at least 1", title=title)
    x, r = _correlation(table, title=title)
    n, m = x.shape
    if components is not None and not 1 <= components <= m:
        raise InputError(f"components {components!r}: expected a number from 1 to {m}", title=title)
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
        own : correlation with the mean of its pillar's other indicators (NaN where it is alone). nearest, other : the
        foreign pillar whose mean it goes with most, and that correlation. misplaced : bool, whether ``other > own``.
    float
        Adjusted Rand index of pillars and components: 1 the same grouping, 0 no more than chance (Hubert and Arabie
        1985).

    Raises
    ------
    InputError
        For fewer than two pillars with indicators in the table, and as `principal_components`.

    Examples
    --------
    >>> from govtransparency import Node
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
    from sklearn.metrics import adjusted_rand_score

    title = "pillar_structure"
    x = numeric(table[[code for code in framework.indicators if code in table]], title=title)
    x = x.loc[:, x.nunique() > 1].dropna()
    x = x.loc[:, x.nunique() > 1]
    declared = pd.Series({code: first_level(framework, code) for code in x}, name="pillar")
    pillars = declared.unique()
    if len(pillars) < 2:
        raise InputError(f"{len(pillars)} pillar(s) with indicators that vary; at least 2 are needed", title=title)
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


def _correlation(table: pd.DataFrame, *, title: str) -> tuple[pd.DataFrame, np.ndarray]:
    x = numeric(table, title=title).dropna()
    check_items(x, len(x), title=title)
    return x, np.corrcoef(x.to_numpy(), rowvar=False)


def _check_invertible(r: np.ndarray, x: pd.DataFrame, *, title: str) -> None:
    if np.linalg.eigvalsh(r)[0] > 1e-10:
        return
    n, m = x.shape
    raise InputError(
        f"{m} indicators and {n} complete units: more units than indicators are needed; test pillar by pillar"
        if n <= m
        else "an indicator follows from the others (a copy, a sum or a share of them); leave it out",
        title=title,
    )


def _components(r: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    values, vectors = np.linalg.eigh(r)
    values, vectors = np.maximum(values[::-1], 0), vectors[:, ::-1]
    loadings = vectors * np.sqrt(values)
    return values, loadings * np.where(loadings.sum(axis=0) < 0, -1, 1)
