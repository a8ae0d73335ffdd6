"""Weights from comparisons with the most and the least important indicator only: the best-worst method."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import pandas as pd

from govtransparency.arguments import Arguments
from govtransparency.checked_calls import checked
from govtransparency.errors import InputError, nearest
from govtransparency.files.table_files import read_csv
from govtransparency.methods import method_of
from govtransparency.texts.bilingual import quoted
from govtransparency.texts.problems import weighting_problems as problems
from govtransparency.weighting.judgement_matrix import number_in
from govtransparency.weighting.pairwise_comparisons import tables_by_node, with_shares_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from govtransparency.framework import Framework

TO_OTHERS, TO_WORST = COLUMNS = ("best_to_others", "others_to_worst")


@dataclass(frozen=True)
class BestWorst:
    """Result of comparisons with the best and the worst; made by `best_worst`.

    Attributes
    ----------
    weights : Series, name -> weight, summing to 1
    xi : float
        The largest deviation, which is minimised; 0 if the comparisons are fully consistent. Do not divide it by the
        consistency index of the non-linear model.
    consistency_ratio : float
        Input-based: ``max_j |a_Bj a_jW - a_BW| / (a_BW^2 - a_BW)``; 0 is full consistency.
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


@checked
def best_worst(
    comparisons: pd.DataFrame | str | Path, *, best: str | None = None, worst: str | None = None
) -> BestWorst:
    """Find the weights that fit comparisons with the most and the least important indicator only.

    Minimises xi under ``|w_B - a_Bj w_j| <= xi``, ``|w_j - a_jW w_W| <= xi``, ``sum w = 1``, ``w >= 0``: the linear
    best-worst method (Rezaei 2016, Omega 64).

    Parameters
    ----------
    comparisons : DataFrame with columns best_to_others, others_to_worst; or path of a CSV file
        One row per name (in a file, names are in the first column). ``best_to_others`` is a_Bj, how many times as
        important the best is as this one; ``others_to_worst`` is a_jW, how many times as important this one is as the
        worst; 1 to 9.
    best, worst : str, optional
        Needed if more than one name has a 1.

    Returns
    -------
    BestWorst

    Raises
    ------
    InputError
        Listing every missing column, duplicate name and number below 1; if the best or the worst is not clear, or the
        two columns contradict each other on them.

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
    b, w = _best_and_worst(answers, best, worst)
    to_others, to_worst = answers[TO_OTHERS].to_numpy(), answers[TO_WORST].to_numpy()
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
    over = to_others[w]
    ratio = float(np.abs(to_others * to_worst - over).max() / (over**2 - over)) if over > 1 else 0.0
    return BestWorst(weights, float(max(solution.x[n], 0.0)), ratio, *answers.index[[b, w]].tolist())


@method_of("weight")
@checked
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
        The names determine what is weighted: all children of one node, or all indicators (a pillar then has the sum of
        its indicators' weights). Several comparisons with the same names are the answers of several people, whose
        weights are averaged. Nodes that are not compared keep their weights.

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
        raise InputError([problems.ZERO_WEIGHT.format(code=code) for code in zero], title="best_worst_weights")
    return with_shares_of(framework, shares)


def _answers(comparisons: pd.DataFrame | str | Path) -> pd.DataFrame:
    """Return the two columns of a best-worst sheet as floats, one row per name."""
    title = "best_worst"
    if isinstance(comparisons, (str, Path)):
        title, text = str(comparisons), read_csv(comparisons)
        comparisons = text.set_index(text.columns[0])
    if not isinstance(comparisons, pd.DataFrame):
        raise InputError(problems.NOT_COMPARISONS.format(value=repr(comparisons)), title=title)
    with Arguments(title, last=False) as check:
        for column in COLUMNS:
            if column not in comparisons:
                check.refuse(
                    problems.MISSING_COLUMN.format(column=column, nearest=nearest(column, comparisons.columns))
                )
        for name in comparisons.index[comparisons.index.duplicated()].unique():
            check.refuse(problems.DUPLICATE_NAME.format(name=name))
        check.unique("comparisons", comparisons.columns)
        check.unique("comparisons", comparisons.index.drop_duplicates())  # those given twice are named above
        if not len(comparisons):
            check.refuse(problems.NO_ROWS)
    names, given = comparisons.index.tolist(), comparisons[list(COLUMNS)].to_numpy(dtype=object)
    numbers = np.array([[number_in(cell) for cell in row] for row in given])
    with Arguments(title) as check:
        for row, at in np.argwhere(~((numbers >= 1) & (numbers < np.inf))).tolist():
            check.refuse(problems.ANSWER_OUT_OF_RANGE.format(name=names[row], column=COLUMNS[at], value=given[row, at]))
    return pd.DataFrame(numbers, index=names, columns=list(COLUMNS))


def _best_and_worst(answers: pd.DataFrame, best: str | None, worst: str | None) -> tuple[int, int]:
    """Return the positions of the best and the worst, or say why they are not clear."""
    with Arguments("best_worst") as check:
        first = _name_with_one(check, answers[TO_OTHERS], "best", best)
        last = _name_with_one(check, answers[TO_WORST], "worst", worst)
    there, back = answers.at[last, TO_OTHERS], answers.at[first, TO_WORST]
    if there != back:
        raise InputError(
            problems.CONTRADICTION.format(best=first, worst=last, there=f"{there:g}", back=f"{back:g}"),
            title="best_worst",
        )
    names = answers.index.tolist()
    return names.index(first), names.index(last)


def _name_with_one(check: Arguments, column: pd.Series, extreme: Literal["best", "worst"], named: str | None) -> Any:
    """Return the name that is the best, or the worst; if it is not clear, the reason is added to the check."""
    ones, word = list(column.index[column == 1]), problems.EXTREME[extreme]
    if named is None and len(ones) == 1:
        return ones[0]
    if named is None and ones:
        check.refuse(problems.SEVERAL_ONES.format(names=quoted(ones), column=column.name, extreme=word))
    elif named is None:
        check.refuse(problems.NO_ONE.format(column=column.name, extreme=word))
    elif named not in ones:
        check.refuse(
            problems.NAMED_WITHOUT_ONE.format(
                extreme=word, name=named, column=column.name, nearest=nearest(named, ones)
            )
        )
    return named
