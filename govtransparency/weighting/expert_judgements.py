"""Weights from expert judgements: a budget of points (budget allocation) or an order of importance."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args

import numpy as np
import pandas as pd

from govtransparency.arguments import Arguments, is_number
from govtransparency.checked_calls import checked
from govtransparency.errors import Attempts, InputError, nearest
from govtransparency.files.plain_numbers import to_number, written_plainly
from govtransparency.files.table_files import read_csv
from govtransparency.methods import method_of
from govtransparency.nodes import ROOT
from govtransparency.texts.bilingual import quoted
from govtransparency.texts.problems import weighting_problems as problems
from govtransparency.weighting.equal_and_given_weights import with_effective_weights, with_shares

if TYPE_CHECKING:
    from govtransparency.framework import Framework

Budgets = Literal["every_level", "across_pillars"]
RankOrder = Literal["centroid", "sum", "reciprocal"]


@method_of("weight")
@checked
def budget_allocation(
    framework: Framework,
    table: pd.DataFrame | None = None,
    *,
    points: pd.DataFrame | Mapping[str, Any] | str | Path,
    at: Budgets = "every_level",
    total: float | None = None,
) -> Framework:
    """Weight by the mean of the experts' budgets (Handbook step 6, budget allocation).

    Each expert distributes the same number of points, usually 100, over a set of siblings; a child's weight is its
    share of the points, averaged over the experts.

    Parameters
    ----------
    framework : Framework
    table : ignored
    points : DataFrame, experts x nodes, mapping of code to points, or path of a CSV file
        Columns are codes of indicators or pillars; a column ``expert`` of a file names the experts. Either all
        siblings have a column or none has: siblings without columns keep their weights. An expert whose points for a
        set of siblings are all missing gave no answer for it; 0 is an answer.
    at : {"every_level", "across_pillars"}
        Each set of siblings is a budget of its own; or one budget is distributed over all indicators, and a pillar has
        the sum of its indicators' points.
    total : float, optional
        The sum of each budget. By default any sum that most experts use.

    Returns
    -------
    Framework

    Raises
    ------
    InputError
        Listing every unknown column, missing sibling, missing or negative number, expert whose points do not sum to
        the total, and node without any points.

    See Also
    --------
    budget_shares : The experts' own shares, for an uncertainty analysis over the experts.

    Examples
    --------
    >>> from govtransparency import Framework, Node
    >>> tree = Framework([Node("index", ""), Node("a", "index"), Node("b", "index")])
    >>> points = pd.DataFrame({"a": [60, 80], "b": [40, 20]}, index=["first", "second"])
    >>> budget_allocation(tree, points=points).effective_weights.round(9).to_dict()
    {'a': 0.7, 'b': 0.3}
    """
    mean = budget_shares(framework, points, at=at, total=total).mean()
    shares = {str(code): float(share) for code, share in mean.items()}
    if unwanted := [code for code, share in shares.items() if not share > 0]:
        raise InputError(
            [problems.NO_POINT_FROM_ANYBODY.format(code=code) for code in unwanted], title="budget_allocation"
        )
    return with_effective_weights(framework, shares) if at == "across_pillars" else with_shares(framework, shares)


@checked
def budget_shares(
    framework: Framework,
    points: pd.DataFrame | Mapping[str, Any] | str | Path,
    *,
    at: Budgets = "every_level",
    total: float | None = None,
) -> pd.DataFrame:
    """Return each expert's shares of the budgets.

    Parameters
    ----------
    framework, points, at, total
        As in `budget_allocation`.

    Returns
    -------
    DataFrame, experts x nodes
        An expert's shares sum to 1 over each budget; NaN where the expert gave no answer.

    Raises
    ------
    InputError
        As in `budget_allocation`.

    Examples
    --------
    >>> from govtransparency import Framework, Node
    >>> tree = Framework([Node("index", ""), Node("a", "index"), Node("b", "index")])
    >>> budget_shares(tree, {"a": [60, 80], "b": [40, 20]}).to_dict("list")
    {'a': [0.6, 0.8], 'b': [0.4, 0.2]}
    """
    with Arguments("budget_allocation", last=False) as check:
        check.choice("at", at, get_args(Budgets))
        if total is not None:
            check.number("total", total, low=0, closed=(False, True), example=100)
        given = _points_table(check, points)
        budgets = _sibling_sets(check, framework, given.columns.tolist(), at)
    with Arguments("budget_allocation") as check:
        for where, codes in budgets.items():
            _check_budget(check, given[codes], where, total)
    shares = given.copy()
    for codes in budgets.values():
        group = given[codes]
        shares[codes] = group.div(group.sum(axis=1).where(group.notna().any(axis=1)), axis=0)
    return shares


def _check_budget(check: Arguments, points: pd.DataFrame, node: str, total: float | None) -> None:
    """Check one budget: the experts' points for the children of a node."""
    answered = points.notna().any(axis=1)
    for expert, code, _ in _cells_where(points, points.isna().to_numpy() & answered.to_numpy()[:, None]):
        check.refuse(problems.NO_POINTS.format(expert=expert, code=code))
    for expert, code, number in _cells_where(points, (points.to_numpy() < 0) | np.isinf(points.to_numpy())):
        check.refuse(problems.NEGATIVE_POINTS.format(expert=expert, code=code, points=f"{number:g}"))
    sums = points[answered].sum(axis=1)
    if sums.empty:
        check.refuse(problems.NO_EXPERT.format(node=node))
        return
    expected = float(sums.mode().iloc[0]) if total is None else total
    for expert, given in sums.items():
        if not np.isclose(given, expected, rtol=1e-9) or not expected > 0:
            check.refuse(
                problems.WRONG_TOTAL.format(expert=expert, node=node, total=f"{given:g}", expected=f"{expected:g}")
            )


@method_of("weight")
@checked
def rank_order_weights(
    framework: Framework,
    table: pd.DataFrame | None = None,
    *,
    ranks: Mapping[str, float] | pd.Series,
    method: RankOrder = "centroid",
    at: Budgets = "every_level",
) -> Framework:
    """Weight by the order of importance alone.

    With m children and place k, 1 being the most important: ``centroid`` ``w_k = (1/m) sum_{l=k..m} 1/l``, the centre
    of all weights in that order (Barron and Barrett 1996, Management Science 42); ``sum``
    ``2 (m + 1 - k) / (m (m + 1))``; ``reciprocal`` ``(1/k) / sum_l (1/l)`` (Stillwell, Seaver and Edwards 1981). Tied
    children each get the mean weight of the places they share.

    Parameters
    ----------
    framework : Framework
    table : ignored
    ranks : mapping of code to number
        1 is the most important; only the order among siblings counts. Either all siblings have a rank or none has;
        siblings without ranks keep their weights.
    method : {"centroid", "sum", "reciprocal"}
    at : {"every_level", "across_pillars"}
        The order is among siblings, or among all indicators; a pillar then has the sum of its indicators' weights.

    Returns
    -------
    Framework

    Raises
    ------
    InputError
        Listing every unknown code, missing sibling and rank that is not a number.

    Examples
    --------
    >>> from govtransparency import Framework, Node
    >>> tree = Framework([Node("index", ""), Node("a", "index"), Node("b", "index"), Node("c", "index")])
    >>> rank_order_weights(tree, ranks={"a": 2, "b": 1, "c": 3}).effective_weights.round(4).to_dict()
    {'a': 0.2778, 'b': 0.6111, 'c': 0.1111}
    """
    with Arguments("rank_order_weights") as check:
        check.choice("at", at, get_args(Budgets))
        check.choice("method", method, PLACES)
        given = _ranks(check, ranks)
        groups = _sibling_sets(check, framework, list(given.index), at)
    shares: dict[str, float] = {}
    for codes in groups.values():
        order = given[codes]
        places = pd.Series(PLACES[method](np.arange(1, len(order) + 1)), index=order.sort_values(kind="stable").index)
        shares |= {str(code): float(share) for code, share in places.groupby(order).transform("mean").items()}
    return with_effective_weights(framework, shares) if at == "across_pillars" else with_shares(framework, shares)


PLACES: dict[RankOrder, Callable[[np.ndarray], np.ndarray]] = {
    "centroid": lambda places: np.cumsum(1.0 / places[::-1])[::-1] / len(places),
    "sum": lambda places: 2.0 * (len(places) + 1 - places) / (len(places) * (len(places) + 1)),
    "reciprocal": lambda places: (1.0 / places) / (1.0 / places).sum(),
}


def _ranks(check: Arguments, ranks: Mapping[str, float] | pd.Series) -> pd.Series:
    """Return the ranks as numbers; what is wrong with them is added to the check."""
    if not isinstance(ranks, (Mapping, pd.Series)):
        check.expect("ranks", ranks, problems.RANKS)
        return pd.Series(dtype=float)
    listed = pd.Series(dict(ranks), dtype=object)
    given = pd.to_numeric(listed.where(listed.map(is_number)), errors="coerce")
    for code in given.index[given.isna()]:
        check.refuse(problems.RANK_NOT_A_NUMBER.format(code=code, value=repr(ranks[code])))
    return given


def _points_table(check: Arguments, points: pd.DataFrame | Mapping[str, Any] | str | Path) -> pd.DataFrame:
    """Return the experts' points as floats, one row per expert; what is wrong with them is added to the check."""
    if isinstance(points, (str, Path)):
        table = Attempts(check.problems)(lambda: _points_in_file(points))
        return pd.DataFrame() if table is None else table
    if isinstance(points, Mapping):
        return _points_in_mapping(check, points)
    if not isinstance(points, pd.DataFrame):
        check.expect("points", points, problems.POINTS_TABLE)
        return pd.DataFrame()
    return check.table("points", points)


def _points_in_file(path: str | Path) -> pd.DataFrame:
    text = read_csv(path)
    lines = list(text.index)
    if "expert" in text:
        text = text.set_index("expert")
    cells = text.map(_points_in_cell)
    with Arguments(str(path)) as check:
        for row, line in enumerate(lines):
            for code in text:
                if np.isinf(cells[code].iloc[row]):
                    cell = text[code].iloc[row]
                    plainly = written_plainly(cell)
                    check.refuse(problems.POINTS_CELL.format(line=line, column=code, value=cell, plainly=plainly))
        for expert in text.index[text.index.duplicated()].unique():
            check.refuse(problems.DUPLICATE_EXPERT.format(expert=expert))
    return cells.astype(float)


def _points_in_mapping(check: Arguments, points: Mapping[str, Any]) -> pd.DataFrame:
    columns = {code: [cell] if np.isscalar(cell) else cell for code, cell in points.items()}
    try:
        table = pd.DataFrame(columns)
        if any(isinstance(cell, (bool, complex, np.bool_)) for cell in table.to_numpy().flat):
            raise TypeError
        table = table.astype(float)
    except (TypeError, ValueError):
        check.expect("points", dict(points), problems.POINTS)
        return pd.DataFrame()
    return check.table("points", table)


def _points_in_cell(cell: str) -> float:
    """Return the points in a cell, NaN for none, infinity for anything that is not a number."""
    number = np.nan if cell == "" else to_number(cell)
    return np.inf if number is None else number


def _cells_where(table: pd.DataFrame, chosen: np.ndarray) -> list[tuple[Any, Any, float]]:
    """Return row name, column name and value of the cells chosen."""
    rows, columns, values = table.index.tolist(), table.columns.tolist(), table.to_numpy()
    return [(rows[row], columns[column], values[row, column]) for row, column in np.argwhere(chosen).tolist()]


def _sibling_sets(check: Arguments, framework: Framework, codes: Sequence[str], at: str) -> dict[str, list[str]]:
    """Return the sets of siblings that the codes weight; a set that is not complete is added to the check."""
    kind = "indicator" if at == "across_pillars" else "node"
    valid = framework.indicators if kind == "indicator" else [node.code for node in framework.nodes if node.parent]
    for code in codes:
        if code not in valid:
            check.refuse(problems.UNKNOWN_TO_WEIGHT[kind].format(code=code, nearest=nearest(code, valid)))
    if kind == "indicator":
        groups = {ROOT: list(framework.indicators)}
    else:
        parents = dict.fromkeys(framework.parent(code) for code in codes if code in valid)
        groups = {parent: list(framework.children(parent)) for parent in parents}
    for group in groups.values():
        named = sorted(set(group) & set(codes))
        for code in group if named else ():
            if code not in codes:
                check.refuse(problems.MISSING_SIBLING.format(code=code, siblings=quoted(named)))
    if not codes and not check.problems:
        check.refuse(problems.NOTHING_TO_WEIGHT)
    return groups
