"""Weights from comparisons with the most and the least important only: the best-worst method."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from govtransparency.csv_files import read_csv
from govtransparency.errors import InputError, nearest
from govtransparency.framework import Framework
from govtransparency.methods import method_of
from govtransparency.weighting.pairwise_comparisons import number_in, tables_by_node, with_shares_of


@dataclass(frozen=True)
class BestWorst:
    """What comparisons with the best and the worst give; made by `best_worst`.

    Attributes
    ----------
    weights : Series, name -> weight, summing to 1
    xi : float
        The largest deviation, minimised; 0 when the comparisons fit together. Not to be divided by the consistency
        index of the non-linear model.
    consistency_ratio : float
        Input-based: ``max_j |a_Bj a_jW - a_BW| / (a_BW^2 - a_BW)``, 0 is full agreement.
    best, worst : str

    Examples
    --------
    >>> answers = pd.DataFrame({"best_to_others": [1, 2, 4], "others_to_worst": [4, 2, 1]}, index=["a", "b", "c"])
    >>> found = best_worst(answers)
    >>> found.best, found.worst, found.consistency_ratio
    ('a', 'c', 0.0)
    """

    weights: pd.Series
    xi: float
    consistency_ratio: float
    best: str
    worst: str


def best_worst(
    comparisons: pd.DataFrame | str | Path, *, best: str | None = None, worst: str | None = None
) -> BestWorst:
    """Find the weights that fit comparisons with the most and the least important only.

    Minimises xi under ``|w_B - a_Bj w_j| <= xi``, ``|w_j - a_jW w_W| <= xi``, ``sum w = 1``, ``w >= 0``: the linear
    best-worst method (Rezaei 2016, Omega 64).

    Parameters
    ----------
    comparisons : DataFrame with columns best_to_others, others_to_worst; or path of a CSV file
        A name a row (in a file, in the first column). ``best_to_others`` is a_Bj, how many times as important the best
        is as this one; ``others_to_worst`` a_jW, how many times as important this one is as the worst; 1 to 9.
    best, worst : str, optional
        Needed when more than one name has a 1.

    Returns
    -------
    BestWorst

    Raises
    ------
    InputError
        Listing every missing column, number below 1, and where the two columns contradict each other on the best and
        the worst.

    Notes
    -----
    The non-linear model of Rezaei (2015, Omega 53) can have many optima and is not offered. The consistency ratio is
    that of Liang, Brunelli and Rezaei (2020, Omega 96), who give thresholds by the number of names and a_BW.

    Examples
    --------
    >>> answers = pd.DataFrame({"best_to_others": [1, 2, 4], "others_to_worst": [4, 2, 1]}, index=["a", "b", "c"])
    >>> best_worst(answers).weights.round(6).to_dict()
    {'a': 0.571429, 'b': 0.285714, 'c': 0.142857}
    """
    from scipy.optimize import linprog

    answers = _answers(comparisons)
    b, w = _ends(answers, best, worst)
    to_others, to_worst = answers["best_to_others"].to_numpy(), answers["others_to_worst"].to_numpy()
    n = len(answers)
    rows = np.zeros((2 * n, n + 1))
    for j in range(n):
        rows[j, b] += 1.0
        rows[j, j] -= to_others[j]
        rows[n + j, j] += 1.0
        rows[n + j, w] -= to_worst[j]
    both = np.vstack([rows, -rows])
    both[:, n] = -1.0
    solution = linprog(
        np.eye(n + 1)[n],
        A_ub=both,
        b_ub=np.zeros(4 * n),
        A_eq=np.append(np.ones(n), 0.0)[None, :],
        b_eq=[1.0],
        method="highs",
    )
    weights = pd.Series(solution.x[:n] / solution.x[:n].sum(), index=answers.index, name="weight")
    ends = to_others[w]
    ratio = float(np.abs(to_others * to_worst - ends).max() / (ends**2 - ends)) if ends > 1 else 0.0
    return BestWorst(weights, float(max(solution.x[n], 0.0)), ratio, *answers.index[[b, w]].tolist())


@method_of("weight")
def best_worst_weights(
    framework: Framework,
    table: pd.DataFrame | None = None,
    *,
    comparisons: pd.DataFrame | str | Path | Sequence[pd.DataFrame | str | Path],
) -> Framework:
    """Weight by the linear best-worst method.

    Parameters
    ----------
    framework : Framework
    table : ignored
    comparisons : comparisons as `best_worst` takes them, or sequence of them
        The names say what is weighted: all children of one node, or all indicators (a pillar then has the sum of its
        own). Comparisons of the same names are several people's, whose weights are averaged. Nodes that none names keep
        their weights.

    Returns
    -------
    Framework

    Raises
    ------
    InputError
        As in `best_worst`, for names that are not the children of one node, and for a weight of 0.

    Examples
    --------
    >>> from govtransparency import Framework, Node
    >>> tree = Framework([Node("index", ""), Node("a", "index"), Node("b", "index")])
    >>> answers = pd.DataFrame({"best_to_others": [1, 4], "others_to_worst": [4, 1]}, index=["a", "b"])
    >>> best_worst_weights(tree, comparisons=answers).effective_weights.round(9).to_dict()
    {'a': 0.8, 'b': 0.2}
    """
    given = [comparisons] if isinstance(comparisons, (pd.DataFrame, str, Path)) else comparisons
    read = [_answers(answers) for answers in given]
    shares = {
        where: pd.concat([best_worst(answers).weights for answers in people], axis=1).mean(axis=1)
        for where, people in tables_by_node(framework, read, "best_worst_weights").items()
    }
    zero = [code for series in shares.values() for code, share in series.items() if not share > 0]
    if zero:
        raise InputError([f"{code!r} gets the weight 0; compare again" for code in zero], title="best_worst_weights")
    return with_shares_of(framework, shares)


def _answers(comparisons: pd.DataFrame | str | Path) -> pd.DataFrame:
    """Return the two columns of a best-worst sheet as floats, a name a row."""
    title = "best_worst"
    if isinstance(comparisons, (str, Path)):
        title, text = str(comparisons), read_csv(comparisons)
        comparisons = text.set_index(text.columns[0])
    wanted = ["best_to_others", "others_to_worst"]
    problems = [
        f"column {column!r} is missing; {nearest(column, comparisons.columns)}"
        for column in wanted
        if column not in comparisons
    ]
    problems += [f"{name!r} stands twice" for name in comparisons.index[comparisons.index.duplicated()].unique()]
    if problems or not len(comparisons):
        raise InputError(problems or ["there are no rows"], title=title)
    names, said = comparisons.index.tolist(), comparisons[wanted].to_numpy(dtype=object)
    numbers = np.array([[number_in(cell) for cell in row] for row in said])
    problems = [
        f"{names[row]!r}, {wanted[column]}: {said[row, column]}; expected a number from 1 to 9"
        for row, column in np.argwhere(~((numbers >= 1) & (numbers < np.inf))).tolist()
    ]
    if problems:
        raise InputError(problems, title=title)
    return pd.DataFrame(numbers, index=names, columns=wanted)


def _ends(answers: pd.DataFrame, best: str | None, worst: str | None) -> tuple[int, int]:
    """Return the places of the best and the worst, or say why they cannot be told."""
    problems, ends = [], []
    for word, column, named in (("best", "best_to_others", best), ("worst", "others_to_worst", worst)):
        ones = list(answers.index[answers[column] == 1])
        if named is None and len(ones) > 1:
            problems.append(f"{', '.join(map(repr, ones))} all have a 1 in {column}; say which is the {word} one")
        elif named is not None and named not in ones:
            problems.append(f"{word} = {named!r} has no 1 in {column}; {nearest(named, ones)}")
        elif not ones:
            problems.append(f"no name has a 1 in {column}; the {word} one compared with itself is 1")
        else:
            ends.append(ones[0] if named is None else named)
    names = answers.index.tolist()
    if not problems:
        b, w = names.index(ends[0]), names.index(ends[1])
        there, back = answers["best_to_others"].to_numpy()[w], answers["others_to_worst"].to_numpy()[b]
        if there != back:
            problems.append(
                f"{ends[0]!r} over {ends[1]!r} is {there:g} in best_to_others, but {back:g} in others_to_worst"
            )
    if problems:
        raise InputError(problems, title="best_worst")
    return b, w
