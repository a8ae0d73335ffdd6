"""Weights from pairwise comparisons: the analytic hierarchy process (AHP)."""

from __future__ import annotations

import warnings
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args

import numpy as np
import pandas as pd

from govtransparency.arguments import Arguments
from govtransparency.checked_calls import checked
from govtransparency.errors import InputError, level_of_reader
from govtransparency.methods import method_of
from govtransparency.nodes import ROOT
from govtransparency.texts.bilingual import Text, listed, quoted
from govtransparency.texts.problems import weighting_problems as problems
from govtransparency.weighting.equal_and_given_weights import with_effective_weights, with_shares
from govtransparency.weighting.judgement_matrix import Matrix, connected_sets, judgement_matrix

if TYPE_CHECKING:
    from collections.abc import Sequence

    from govtransparency.framework import Framework

RANDOM_INDEX: dict[str, tuple[float, ...] | None] = {
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
LARGEST_TABLE = 15  # names that the tables of random indices reach
ACCEPTED = 0.1  # consistency ratio, by Saaty's rule


@dataclass(frozen=True)
class AHP:
    """Result of a comparison matrix; made by `ahp`.

    Attributes
    ----------
    weights : Series, name -> weight, summing to 1
    lambda_max : float
        Largest eigenvalue, at least the number of names n.
    ci : float
        Consistency index ``(lambda_max - n) / (n - 1)``.
    cr : float
        Consistency ratio ``ci / random index``; 0 if there are no more comparisons than the weights need.
    gci : float
        Geometric consistency index of the geometric-mean weights.
    random_index : str
        The table, or formula, of random indices used.
    method : str
    missing : int
        Pairs that were not compared.
    warning : str
        What a reader must know about the consistency; empty if it is acceptable.

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


@checked
def ahp(matrix: Matrix, *, method: Priorities = "eigenvector", random_index: RandomIndex | None = None) -> AHP:
    """Find the weights from a matrix of pairwise comparisons, and how consistent the comparisons are.

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
        ``(1.7699 n - 4.3513) / (n - 1)`` of Alonso and Lamata (2006) for any n. Each gives another ratio for the same
        matrix. By default Saaty's table of 1980 up to n = 15 and the formula beyond.

    Returns
    -------
    AHP
        An inconsistent matrix is reported, not refused.

    Raises
    ------
    InputError
        Listing every cell that is not a positive number, pair whose two cells are not reciprocal, name that is not both
        a row and a column, and the sets of names that no comparison connects.

    Notes
    -----
    The geometric consistency index is the residual sum of squares over its degrees of freedom, the pairs compared minus
    n - 1; for a complete matrix ``2 / ((n - 1)(n - 2)) sum_{i<j} ln^2(a_ij w_j / w_i)`` (Aguaron and Moreno-Jimenez
    2003, European Journal of Operational Research 147, thresholds .31, .35 and .37 for n = 3, 4 and more). With m pairs
    missing the random index is multiplied by ``1 - 2 m / ((n - 1)(n - 2))`` (Agoston and Csato 2022, Omega 108); this
    is an approximation, derived for a completion of the matrix other than Harker's.

    Examples
    --------
    >>> result = ahp([[1, 2, 6], ["1/2", 1, 3], ["1/6", "1/3", 1]])
    >>> result.weights.round(6).tolist(), round(result.cr, 6)
    ([0.6, 0.3, 0.1], 0.0)
    """
    with Arguments("ahp") as check:
        _check_options(check, method, random_index)
    judgements = judgement_matrix(matrix)
    a, n = judgements.to_numpy(), len(judgements)
    table = random_index or ("saaty1980" if n <= LARGEST_TABLE else "alonso_lamata")
    if table != "alonso_lamata" and n > LARGEST_TABLE:
        raise InputError(problems.RANDOM_INDEX_TOO_SHORT.format(table=table, most=LARGEST_TABLE, count=n), title="ahp")
    compared = ~np.isnan(a)
    missing = int((~compared).sum()) // 2
    values, vectors = np.linalg.eig(np.where(compared, a, 0.0) + np.diag((~compared).sum(axis=1).astype(float)))
    largest = int(np.argmax(values.real))
    lambda_max = float(values[largest].real)
    perron = np.abs(vectors[:, largest].real)
    logarithmic = _least_squares(a, compared)
    degrees = n * (n - 1) // 2 - missing - (n - 1)
    residuals = np.log(np.where(compared, a, 1.0)) - np.where(
        compared, np.subtract.outer(logarithmic, logarithmic), 0.0
    )
    gci = float((residuals**2).sum() / 2 / degrees) if degrees else 0.0
    ci = max(lambda_max - n, 0.0) / (n - 1) if degrees else 0.0
    cr = ci / (_random_index(n, table) * (1 - 2 * missing / ((n - 1) * (n - 2)))) if degrees else 0.0
    raw = perron if method == "eigenvector" else np.exp(logarithmic - logarithmic.max())
    weights = pd.Series(raw / raw.sum(), index=judgements.index, name="weight")
    return AHP(weights, lambda_max, ci, cr, gci, table, method, missing, _warning(judgements, residuals, cr, table))


def _check_options(check: Arguments, method: Priorities, random_index: RandomIndex | None) -> None:
    check.choice("method", method, get_args(Priorities))
    if random_index is not None:
        check.choice("random_index", random_index, get_args(RandomIndex))


def _random_index(n: int, table: RandomIndex) -> float:
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
    given, names = judgements.to_numpy()[row, column], judgements.index.tolist()
    implied = given / np.exp(residuals[row, column])
    return str(
        problems.INCONSISTENT.format(
            ratio=f"{cr:.3f}",
            table=table,
            accepted=ACCEPTED,
            row=names[row],
            column=names[column],
            value=f"{given:.3g}",
            implied=f"{implied:.3g}",
        )
    )


@checked
def group_judgements(matrices: Sequence[Matrix]) -> pd.DataFrame:
    """Return the geometric mean of several people's comparisons, pair by pair (aggregation of individual judgements).

    The only mean of judgements that keeps them reciprocal (Aczel and Saaty 1983, Journal of Mathematical Psychology
    27). For a pair that only some people compared, their mean is used.

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
    read = [judgement_matrix(matrix, connected=False) for matrix in matrices]
    if not read:
        raise InputError(problems.NO_COMPARISONS, title="group_judgements")
    names = read[0].index
    with Arguments("group_judgements") as check:
        for number, other in enumerate(read[1:], start=2):
            if set(other.index) != set(names):
                check.refuse(
                    problems.OTHER_MATRIX_NAMES.format(number=number, names=quoted(other.index), expected=quoted(names))
                )
    logs = np.log(np.stack([other.loc[names, names].to_numpy() for other in read]))
    count = (~np.isnan(logs)).sum(axis=0)
    with np.errstate(invalid="ignore"):
        return pd.DataFrame(np.exp(np.nansum(logs, axis=0) / count), index=names, columns=names)


@method_of("weight")
@checked
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
        The names in a matrix determine what it weights: all children of one node, or all indicators (a pillar then has
        the sum of its indicators' weights). Several matrices with the same names are the judgements of several people.
        Nodes that no matrix compares keep their weights.
    method : {"eigenvector", "geometric_mean"}
    group : {"judgements", "priorities"}
        Whether to average the matrices of several people (`group_judgements`, for a group that acts as one) or the
        weights from each matrix (geometric mean, rescaled, for people who act individually); Forman and Peniwati 1998,
        European Journal of Operational Research 108.
    random_index : str, optional
        As in `ahp`.

    Returns
    -------
    Framework

    Raises
    ------
    InputError
        As in `ahp`, and for a matrix whose names are not the children of one node.

    Warns
    -----
    UserWarning
        For every matrix with a consistency ratio above 0.1.

    Examples
    --------
    >>> from govtransparency import Framework, Node
    >>> tree = Framework([Node("index", ""), Node("a", "index"), Node("b", "index")])
    >>> matrix = pd.DataFrame([[1, 4], ["1/4", 1]], index=["a", "b"], columns=["a", "b"])
    >>> ahp_weights(tree, comparisons=matrix).effective_weights.round(9).to_dict()
    {'a': 0.8, 'b': 0.2}
    """
    with Arguments("ahp_weights") as check:
        _check_options(check, method, random_index)
        check.choice("group", group, get_args(Grouping))
    options: dict[str, Any] = {"method": method, "random_index": random_index}
    given = [comparisons] if isinstance(comparisons, (pd.DataFrame, np.ndarray, str, Path)) else comparisons
    if not isinstance(given, Iterable):
        given = [given]  # which is refused as a matrix
    read = [judgement_matrix(matrix, connected=False) for matrix in given]
    shares: dict[str, pd.Series] = {}
    for where, people in tables_by_node(framework, read, "ahp_weights").items():
        for number, matrix in enumerate(people, start=1):
            if len(connected_sets(matrix)) == 1 and (text := ahp(matrix, **options).warning):
                message = problems.INCONSISTENT_MATRIX["several" if len(people) > 1 else "one"]
                found = message.format(number=number, count=len(people), node=where, text=text)
                warnings.warn(str(found), UserWarning, stacklevel=level_of_reader())
        if group == "judgements":
            shares[where] = ahp(group_judgements(people), **options).weights
        else:
            logs = np.log(pd.concat([ahp(matrix, **options).weights for matrix in people], axis=1)).mean(axis=1)
            shares[where] = np.exp(logs) / np.exp(logs).sum()
    return with_shares_of(framework, shares)


def tables_by_node(framework: Framework, tables: Sequence[pd.DataFrame], method: str) -> dict[str, list[pd.DataFrame]]:
    """Group the tables by the node whose children they name; those that name all indicators are under ""."""
    nodes = {frozenset(framework.children(code)): code for code in (*framework.pillars, ROOT)}
    nodes.setdefault(frozenset(framework.indicators), "")
    found: dict[str, list[pd.DataFrame]] = {}
    with Arguments(method) as check:
        for number, table in enumerate(tables, start=1):
            names = frozenset(table.index)
            if names in nodes:
                found.setdefault(nodes[names], []).append(table)
            else:
                closest = max(nodes, key=lambda group: len(group & names) / len(group | names))
                check.refuse(_other_names(number, names, closest, nodes[closest]))
        if not tables:
            check.refuse(problems.NO_COMPARISONS)
        if "" in found and len(found) > 1:
            check.refuse(problems.COMPARED_ALL_AND_SOME)
    return found


def _other_names(number: int, names: frozenset[Any], closest: frozenset[str], node: str) -> Text:
    """Say how the names compared differ from those of the children, or indicators, that they resemble most."""
    lacking = [problems.LACKS_NAME.format(name=name) for name in sorted(closest - names)]
    extra = [problems.EXTRA_NAME.format(name=name) for name in sorted(names - closest, key=str)]
    expected = problems.EXPECTED_CHILDREN.format(node=node) if node else problems.EXPECTED_INDICATORS
    return problems.OTHER_NAMES.format(number=number, expected=expected, differences=listed([*lacking, *extra]))


def with_shares_of(framework: Framework, shares: dict[str, pd.Series]) -> Framework:
    """Return the framework with the weights found for each set that `tables_by_node` gathered."""
    if "" in shares:
        return with_effective_weights(framework, shares[""])
    return with_shares(framework, {str(code): share for series in shares.values() for code, share in series.items()})
