"""Weights from comparisons two by two: the analytic hierarchy process."""

from __future__ import annotations

import unicodedata
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any, Literal, TypeAlias, get_args

import numpy as np
import pandas as pd

from govtransparency.csv_files import read_csv
from govtransparency.errors import InputError, nearest
from govtransparency.framework import Framework
from govtransparency.methods import method_of
from govtransparency.nodes import ROOT
from govtransparency.weighting.equal_and_given_weights import with_effective_weights, with_shares

RANDOM_INDEX = {
    "saaty1980": (0, 0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49, 1.51, 1.48, 1.56, 1.57, 1.59),
    "saaty2005": (0, 0, 0.52, 0.89, 1.11, 1.25, 1.35, 1.40, 1.45, 1.49, 1.52, 1.54, 1.56, 1.58, 1.59),
    "donegan_dodd": (
        *(0, 0, 0.4914, 0.8286, 1.0591, 1.1797, 1.2519, 1.3171, 1.3733, 1.4055),
        *(1.4213, 1.4497, 1.4643, 1.4822, 1.4969),
    ),
    "alonso_lamata": None,
}
Priorities = Literal["eigenvector", "geometric_mean"]
RandomIndex = Literal["saaty1980", "saaty2005", "donegan_dodd", "alonso_lamata"]
Grouping = Literal["judgements", "priorities"]
ACCEPTED = 0.1

Matrix: TypeAlias = pd.DataFrame | np.ndarray | Sequence[Sequence[Any]] | str | Path


@dataclass(frozen=True)
class AHP:
    """What a comparison matrix gives; made by `ahp`.

    Attributes
    ----------
    weights : Series, name -> weight, summing to 1
    lambda_max : float
        Largest eigenvalue, at least the number of names n.
    ci : float
        Consistency index ``(lambda_max - n) / (n - 1)``.
    cr : float
        Consistency ratio ``ci / random index``; 0 where no judgement checks another.
    gci : float
        Geometric consistency index of the geometric-mean weights.
    random_index : str
        The table, or formula, of random indices used.
    method : str
    missing : int
        Pairs that were not compared.
    warning : str
        What a reader must be told of the consistency; empty when there is nothing.

    Examples
    --------
    >>> ahp([[1, 3, 1], ["1/3", 1, 2], [1, "1/2", 1]]).warning.partition(":")[0]
    'consistency ratio 0.317 (saaty1980) is above 0.1'
    """

    weights: pd.Series
    lambda_max: float
    ci: float
    cr: float
    gci: float
    random_index: str
    method: str
    missing: int
    warning: str


def ahp(matrix: Matrix, *, method: Priorities = "eigenvector", random_index: RandomIndex | None = None) -> AHP:
    """Find the weights in a matrix of comparisons, and how far the comparisons agree with each other.

    ``eigenvector``: ``A w = lambda_max w`` (Saaty 1977, Journal of Mathematical Psychology 15; Handbook step 6), with
    missing pairs after Harker (1987, Mathematical Modelling 9): 0 for them, and 1 plus the number of missing pairs on
    the diagonal. ``geometric_mean``: the weights that minimise ``sum_{i<j} ln^2(a_ij w_j / w_i)`` over the pairs
    compared; for a complete matrix the geometric means of the rows (Crawford and Williams 1985).

    Parameters
    ----------
    matrix : DataFrame, names x names; two-dimensional array; or path of a CSV file
        ``a_ij`` is how many times as important row i is as column j, a positive number or a text such as ``1/3``. One
        of ``a_ij`` and ``a_ji`` is enough; a pair without either was not compared.
    method : {"eigenvector", "geometric_mean"}
    random_index : {"saaty1980", "saaty2005", "donegan_dodd", "alonso_lamata"}, optional
        Mean consistency index of random matrices. The tables reach n = 15; ``alonso_lamata`` is the formula
        ``(1.7699 n - 4.3513) / (n - 1)`` of Alonso and Lamata (2006) for any n. The same matrix has another ratio under
        each. By default Saaty's of 1980 to n = 15 and the formula beyond.

    Returns
    -------
    AHP
        An inconsistent matrix is reported, not refused.

    Raises
    ------
    InputError
        Listing every cell that is no positive number, pair whose two cells are not reciprocal, name that is not both a
        row and a column, and the sets of names that no comparison connects.

    Notes
    -----
    The geometric consistency index is the residual sum of squares over its degrees of freedom, the pairs compared less
    n - 1; for a complete matrix ``2 / ((n - 1)(n - 2)) sum_{i<j} ln^2(a_ij w_j / w_i)`` (Aguaron and Moreno-Jimenez
    2003, European Journal of Operational Research 147, thresholds .31, .35 and .37 for n = 3, 4 and more). With m pairs
    missing the random index is multiplied by ``1 - 2 m / ((n - 1)(n - 2))`` (Agoston and Csato 2022, Omega 108), an
    approximation, and for another completion of the matrix than Harker's.

    Examples
    --------
    >>> result = ahp([[1, 2, 6], ["1/2", 1, 3], ["1/6", "1/3", 1]])
    >>> result.weights.round(6).tolist(), round(result.cr, 6)
    ([0.6, 0.3, 0.1], 0.0)
    """
    if method not in get_args(Priorities):
        raise InputError(f"method = {method!r} is unknown; {nearest(method, get_args(Priorities))}", title="ahp")
    judgements = _judgements(matrix)
    a, n = judgements.to_numpy(), len(judgements)
    table = random_index or ("saaty1980" if n <= 15 else "alonso_lamata")
    if table not in RANDOM_INDEX:
        raise InputError(f"random_index = {table!r} is unknown; {nearest(table, RANDOM_INDEX)}", title="ahp")
    if table != "alonso_lamata" and n > 15:
        raise InputError(
            f"random_index = {table!r} reaches 15 names, the matrix has {n}; use 'alonso_lamata'", title="ahp"
        )
    compared = ~np.isnan(a)
    missing = int((~compared).sum()) // 2
    values, vectors = np.linalg.eig(np.where(compared, a, 0.0) + np.diag((~compared).sum(axis=1).astype(float)))
    largest = int(np.argmax(values.real))
    lambda_max = float(values[largest].real)
    perron = np.abs(vectors[:, largest].real)
    logarithmic = _least_squares(a, compared)
    spare = n * (n - 1) // 2 - missing - (n - 1)
    residuals = np.log(np.where(compared, a, 1.0)) - np.where(
        compared, np.subtract.outer(logarithmic, logarithmic), 0.0
    )
    gci = float((residuals**2).sum() / 2 / spare) if spare else 0.0
    ci = max(lambda_max - n, 0.0) / (n - 1) if spare else 0.0
    cr = ci / (_random_index(n, table) * (1 - 2 * missing / ((n - 1) * (n - 2)))) if spare else 0.0
    raw = perron if method == "eigenvector" else np.exp(logarithmic - logarithmic.max())
    weights = pd.Series(raw / raw.sum(), index=judgements.index, name="weight")
    return AHP(weights, lambda_max, ci, cr, gci, table, method, missing, _warning(judgements, residuals, cr, table))


def _random_index(n: int, table: str) -> float:
    values = RANDOM_INDEX[table]
    return (1.7699 * n - 4.3513) / (n - 1) if values is None else values[n - 1]


def _least_squares(a: np.ndarray, compared: np.ndarray) -> np.ndarray:
    """Return the logarithms of the weights that fit the pairs compared, summing to 0."""
    n = len(a)
    laplacian = np.diag(compared.sum(axis=1).astype(float)) - compared
    return np.linalg.solve(laplacian + 1.0 / n, np.log(np.where(compared, a, 1.0)).sum(axis=1))


def _warning(judgements: pd.DataFrame, residuals: np.ndarray, cr: float, table: str) -> str:
    if cr <= ACCEPTED:
        return ""
    row, column = divmod(int(np.argmax(np.triu(np.abs(residuals)))), len(residuals))
    said, names = judgements.to_numpy()[row, column], judgements.index.tolist()
    implied = said / np.exp(residuals[row, column])
    return (
        f"consistency ratio {cr:.3f} ({table}) is above {ACCEPTED}: the comparisons contradict each other; ask again, "
        f"first about {names[row]!r} over {names[column]!r}, which is {said:.3g} while "
        f"the others imply about {implied:.3g}"
    )


def group_judgements(matrices: Sequence[Matrix]) -> pd.DataFrame:
    """Return the geometric mean of several people's comparisons, pair by pair (aggregation of individual judgements).

    The only mean of judgements that keeps them reciprocal (Aczel and Saaty 1983, Journal of Mathematical Psychology
    27). Over a pair that only some compared, those count.

    Parameters
    ----------
    matrices : sequence of matrices, as `ahp` takes them
        Of the same names, in any order.

    Returns
    -------
    DataFrame, names x names
        In the first matrix's order; NaN for pairs that nobody compared.

    Raises
    ------
    InputError
        For matrices of different names, and as in `ahp`.

    Examples
    --------
    >>> group_judgements([[[1, 2], [0.5, 1]], [[1, 8], [0.125, 1]]]).round(9).to_numpy().tolist()
    [[1.0, 4.0], [0.25, 1.0]]
    """
    read = [_judgements(matrix, connected=False) for matrix in matrices]
    if not read:
        raise InputError("no matrix given", title="ahp")
    names = read[0].index
    problems = [
        f"matrix {number} compares {', '.join(map(repr, other.index))}, the first {', '.join(map(repr, names))}"
        for number, other in enumerate(read[1:], start=2)
        if set(other.index) != set(names)
    ]
    if problems:
        raise InputError(problems, title="ahp")
    logs = np.log(np.stack([other.loc[names, names].to_numpy() for other in read]))
    count = (~np.isnan(logs)).sum(axis=0)
    with np.errstate(invalid="ignore"):
        return pd.DataFrame(np.exp(np.nansum(logs, axis=0) / count), index=names, columns=names)


@method_of("weight")
def ahp_weights(
    framework: Framework,
    table: pd.DataFrame | None = None,
    *,
    comparisons: Matrix | Sequence[Matrix],
    method: Priorities = "eigenvector",
    group: Grouping = "judgements",
    random_index: RandomIndex | None = None,
) -> Framework:
    """Weight by the analytic hierarchy process.

    Parameters
    ----------
    framework : Framework
    table : ignored
    comparisons : matrix as `ahp` takes it (with names), or sequence of matrices
        The names in a matrix say what it weights: all children of one node, or all indicators (a pillar then has the
        sum of its own). Matrices of the same names are several people's. Nodes that no matrix compares keep their
        weights.
    method : {"eigenvector", "geometric_mean"}
    group : {"judgements", "priorities"}
        Several people's matrices are averaged (`group_judgements`, for a group that acts as one), or the weights of
        each are (geometric mean, rescaled, for people who act on their own); Forman and Peniwati 1998, European Journal
        of Operational Research 108.
    random_index : str, optional
        As in `ahp`.

    Returns
    -------
    Framework

    Warns
    -----
    UserWarning
        For every matrix with a consistency ratio above 0.1.

    Raises
    ------
    InputError
        As in `ahp`, and for a matrix whose names are not the children of one node.

    Examples
    --------
    >>> from govtransparency import Framework, Node
    >>> tree = Framework([Node("index", ""), Node("a", "index"), Node("b", "index")])
    >>> matrix = pd.DataFrame([[1, 4], ["1/4", 1]], index=["a", "b"], columns=["a", "b"])
    >>> ahp_weights(tree, comparisons=matrix).effective_weights.round(9).to_dict()
    {'a': 0.8, 'b': 0.2}
    """
    if group not in get_args(Grouping):
        raise InputError(f"group = {group!r} is unknown; {nearest(group, get_args(Grouping))}", title="ahp_weights")
    options: dict[str, Any] = {"method": method, "random_index": random_index}
    given = [comparisons] if isinstance(comparisons, (pd.DataFrame, np.ndarray, str, Path)) else comparisons
    read = [_judgements(matrix, connected=False) for matrix in given]
    shares: dict[str, pd.Series] = {}
    for where, people in tables_by_node(framework, read, "ahp_weights").items():
        for number, matrix in enumerate(people, start=1):
            if not _parts(matrix)[1:] and (text := ahp(matrix, **options).warning):
                which = f"matrix {number} of {len(people)}, " if len(people) > 1 else ""
                warnings.warn(f"ahp_weights, {which}children of {where!r}: {text}", UserWarning, stacklevel=2)
        if group == "judgements":
            shares[where] = ahp(group_judgements(people), **options).weights
        else:
            logs = np.log(pd.concat([ahp(matrix, **options).weights for matrix in people], axis=1)).mean(axis=1)
            shares[where] = np.exp(logs) / np.exp(logs).sum()
    return with_shares_of(framework, shares)


def tables_by_node(framework: Framework, tables: Sequence[pd.DataFrame], method: str) -> dict[str, list[pd.DataFrame]]:
    """Gather the tables by the node whose children they name; under "" those that name all indicators."""
    nodes = {frozenset(framework.children(code)): code for code in (*framework.pillars, ROOT)}
    nodes.setdefault(frozenset(framework.indicators), "")
    found: dict[str, list[pd.DataFrame]] = {}
    problems = []
    for number, table in enumerate(tables, start=1):
        names = frozenset(table.index)
        if names in nodes:
            found.setdefault(nodes[names], []).append(table)
            continue
        closest = max(nodes, key=lambda group: len(group & names) / len(group | names))
        where = f"children of {nodes[closest]!r}" if nodes[closest] else "indicators"
        lacking = [f"lacks {name!r}" for name in sorted(closest - names)]
        extra = [f"has {name!r} too much" for name in sorted(names - closest, key=str)]
        problems.append(f"comparisons {number}: the names are not the {where}: {', '.join([*lacking, *extra])}")
    if not tables:
        problems.append("no comparisons given")
    if "" in found and len(found) > 1:
        problems.append("comparisons of all indicators leave nothing to weight by other comparisons")
    if problems:
        raise InputError(problems, title=method)
    return found


def with_shares_of(framework: Framework, shares: dict[str, pd.Series]) -> Framework:
    if "" in shares:
        return with_effective_weights(framework, shares[""])
    return with_shares(framework, {str(code): share for series in shares.values() for code, share in series.items()})


def number_in(cell: Any) -> float:
    """Return the number or fraction a cell shows, NaN for an empty one, infinity for anything else."""
    if cell is None or cell == "" or (isinstance(cell, float) and np.isnan(cell)):
        return np.nan
    try:
        if not isinstance(cell, str):
            return float(cell)
        text = cell.strip().replace(" ", "")
        return unicodedata.numeric(text) if len(text) == 1 else float(Fraction(text))
    except (TypeError, ValueError, ZeroDivisionError):
        return np.inf


def _judgements(matrix: Matrix, *, connected: bool = True) -> pd.DataFrame:
    """Return a reciprocal matrix with 1 on the diagonal and NaN for pairs not compared."""
    title = "ahp"
    if isinstance(matrix, (str, Path)):
        title, text = str(matrix), read_csv(matrix)
        matrix = text.set_index(text.columns[0])
    frame = matrix if isinstance(matrix, pd.DataFrame) else pd.DataFrame(np.asarray(matrix, dtype=object))
    names, columns = frame.index.tolist(), frame.columns.tolist()
    problems = [f"{name!r} is a row but no column; {nearest(name, columns)}" for name in names if name not in columns]
    problems += [f"{name!r} is a column but no row; {nearest(name, names)}" for name in columns if name not in names]
    twice = {str(name) for name in [*names, *columns] if max(names.count(name), columns.count(name)) > 1}
    problems += [f"{name!r} stands twice" for name in sorted(twice)]
    if problems or not names:
        raise InputError(problems or ["the matrix is empty"], title=title)
    said = frame[names].to_numpy(dtype=object)
    a = np.array([[number_in(cell) for cell in row] for row in said])
    problems = [
        f"{names[i]!r} over {names[j]!r}: {said[i, j]} is not a positive number"
        for i, j in np.argwhere((a <= 0) | np.isinf(a)).tolist()
    ]
    if problems:
        raise InputError(problems, title=title)
    filled = np.where(np.isnan(a), 1.0 / a.T, a)
    np.fill_diagonal(filled, np.where(np.isnan(np.diag(a)), 1.0, np.diag(a)))
    for i in range(len(names)):
        if filled[i, i] != 1:
            problems.append(f"{names[i]!r} over itself is {filled[i, i]:g}; expected 1")
        problems += [
            f"{names[i]!r} over {names[j]!r} is {said[i, j]}, but {names[j]!r} over {names[i]!r} is {said[j, i]}; "
            "expected the reciprocal (write fractions, as 1/3, or one of the two)"
            for j in range(i + 1, len(names))
            if abs(filled[i, j] * filled[j, i] - 1) > 1e-6
        ]
    result = pd.DataFrame(filled, index=names, columns=names)
    parts = _parts(result)
    if connected and len(parts) > 1:
        problems.append(
            "no comparison connects "
            + " with ".join("{" + ", ".join(map(repr, part)) + "}" for part in parts)
            + "; compare at least one pair across"
        )
    if problems:
        raise InputError(problems, title=title)
    return result


def _parts(judgements: pd.DataFrame) -> list[list[Any]]:
    """Return the sets of names that comparisons connect."""
    compared = judgements.notna().to_numpy()
    left, parts = list(range(len(compared))), []
    while left:
        part, todo = set(), [left[0]]
        while todo:
            if (name := todo.pop()) not in part:
                part.add(name)
                todo.extend(np.flatnonzero(compared[name]).tolist())
        parts.append([judgements.index[name] for name in sorted(part)])
        left = [name for name in left if name not in part]
    return parts
