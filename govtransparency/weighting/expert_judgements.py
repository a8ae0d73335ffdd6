"""Weights from what people say matters: a budget of points, or an order of importance."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, get_args

import numpy as np
import pandas as pd

from govtransparency.csv_files import read_csv, to_number
from govtransparency.errors import InputError, nearest
from govtransparency.framework import Framework
from govtransparency.methods import method_of
from govtransparency.nodes import ROOT
from govtransparency.weighting.equal_and_given_weights import check_at, with_effective_weights, with_shares

Budgets = Literal["every_level", "across_pillars"]


@method_of("weight")
def budget_allocation(
    framework: Framework,
    table: pd.DataFrame | None = None,
    *,
    points: pd.DataFrame | Mapping[str, Any] | str | Path,
    at: Budgets = "every_level",
    total: float | None = None,
) -> Framework:
    """Weight by the mean of the experts' budgets (Handbook step 6, budget allocation).

    Each expert spreads the same number of points, usually 100, over a set of siblings; a child's weight is the mean
    over the experts of its share of the points.

    Parameters
    ----------
    framework : Framework
    table : ignored
    points : DataFrame, experts x nodes, mapping of code to points, or path of a CSV file
        Columns are codes of indicators or pillars; a column ``expert`` of a file names the experts. All siblings of a
        node have a column or none has: siblings without columns keep their weights. An expert whose points for a set
        of siblings are all missing has not spoken on it; 0 is an answer.
    at : {"every_level", "across_pillars"}
        Each set of siblings is a budget of its own; or one budget is spread over all indicators, a pillar having the
        sum of its own.
    total : float, optional
        What each budget must come to. By default any number on which the experts agree.

    Returns
    -------
    Framework

    Raises
    ------
    InputError
        Listing every unknown column, missing sibling, number that is missing or negative, expert whose points do not
        come to the total, and node to which nobody gave a point.

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
            [f"{code!r} has no point from anybody; take it out with framework.without" for code in unwanted],
            title="budget_allocation",
        )
    return with_effective_weights(framework, shares) if at == "across_pillars" else with_shares(framework, shares)


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
        An expert's shares sum to 1 over each budget; NaN where the expert did not speak.

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
    check_at(at, "budget_allocation", get_args(Budgets))
    given = _panel(points)
    budgets = _groups(framework, given.columns.tolist(), at, "budget_allocation")
    shares = given.copy()
    problems: list[str] = []
    for where, codes in budgets.items():
        group = given[codes]
        spoken = group.notna().any(axis=1)
        problems += [
            f"expert {expert!r}, {code!r}: no points; write 0 for none"
            for expert, code, _ in _cells(group, group.isna().to_numpy() & spoken.to_numpy()[:, None])
        ]
        problems += [
            f"expert {expert!r}, {code!r}: {number:g} points; expected 0 or more"
            for expert, code, number in _cells(group, (group.to_numpy() < 0) | np.isinf(group.to_numpy()))
        ]
        sums = group[spoken].sum(axis=1)
        if not len(sums):
            problems.append(f"children of {where!r}: no expert gave points")
            continue
        expected = float(sums.mode().iloc[0]) if total is None else total
        problems += [
            f"expert {expert!r}: the points for the children of {where!r} come to {given_sum:g}, expected {expected:g}"
            for expert, given_sum in sums.items()
            if not np.isclose(given_sum, expected, rtol=1e-9) or not expected > 0
        ]
        shares[codes] = group.div(group.sum(axis=1).where(spoken), axis=0)
    if problems:
        raise InputError(problems, title="budget_allocation")
    return shares


@method_of("weight")
def rank_order_weights(
    framework: Framework,
    table: pd.DataFrame | None = None,
    *,
    ranks: Mapping[str, float] | pd.Series,
    method: Literal["centroid", "sum", "reciprocal"] = "centroid",
    at: Budgets = "every_level",
) -> Framework:
    """Weight by the order of importance alone.

    With m children and k the place, 1 the most important: ``centroid`` ``w_k = (1/m) sum_{l=k..m} 1/l``, the centre of
    all weights in that order (Barron and Barrett 1996, Management Science 42); ``sum`` ``2 (m + 1 - k) / (m (m + 1))``;
    ``reciprocal`` ``(1/k) / sum_l (1/l)`` (Stillwell, Seaver and Edwards 1981). Children on a tie share equally what
    their places have together.

    Parameters
    ----------
    framework : Framework
    table : ignored
    ranks : mapping of code to number
        1 is the most important; only the order among siblings counts. All siblings of a node have a rank or none has;
        siblings without keep their weights.
    method : {"centroid", "sum", "reciprocal"}
    at : {"every_level", "across_pillars"}
        The order is among siblings, or among all indicators, a pillar having the sum of its own.

    Returns
    -------
    Framework

    Raises
    ------
    InputError
        Listing every unknown code, missing sibling and rank that is no number.

    Examples
    --------
    >>> from govtransparency import Framework, Node
    >>> tree = Framework([Node("index", ""), Node("a", "index"), Node("b", "index"), Node("c", "index")])
    >>> rank_order_weights(tree, ranks={"a": 2, "b": 1, "c": 3}).effective_weights.round(4).to_dict()
    {'a': 0.2778, 'b': 0.6111, 'c': 0.1111}
    """
    check_at(at, "rank_order_weights", get_args(Budgets))
    if method not in PLACES:
        raise InputError(f"method = {method!r} is unknown; {nearest(method, PLACES)}", title="rank_order_weights")
    given = pd.to_numeric(pd.Series(dict(ranks), dtype=object), errors="coerce")
    problems = [f"rank of {code!r} is {ranks[code]!r}; expected a number" for code in given.index[given.isna()]]
    groups = _groups(framework, list(given.index), at, "rank_order_weights", problems)
    if problems:
        raise InputError(problems, title="rank_order_weights")
    shares: dict[str, float] = {}
    for codes in groups.values():
        order = given[codes]
        places = pd.Series(PLACES[method](np.arange(1, len(order) + 1)), index=order.sort_values(kind="stable").index)
        shares |= {str(code): float(share) for code, share in places.groupby(order).transform("mean").items()}
    return with_effective_weights(framework, shares) if at == "across_pillars" else with_shares(framework, shares)


PLACES: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "centroid": lambda places: np.cumsum(1.0 / places[::-1])[::-1] / len(places),
    "sum": lambda places: 2.0 * (len(places) + 1 - places) / (len(places) * (len(places) + 1)),
    "reciprocal": lambda places: (1.0 / places) / (1.0 / places).sum(),
}


def _panel(points: pd.DataFrame | Mapping[str, Any] | str | Path) -> pd.DataFrame:
    """Return the experts' points as floats, an expert a row."""
    if isinstance(points, (str, Path)):
        text = read_csv(points)
        where = [f"line {line}" for line in text.index]
        if "expert" in text:
            text = text.set_index("expert")
        cells = text.map(_points)
        bad = [
            f"{place}, column {code!r}: {text[code].iloc[row]!r} is not a number"
            for row, place in enumerate(where)
            for code in text
            if np.isinf(cells[code].iloc[row])
        ]
        if bad:
            raise InputError(bad, title=str(points))
        panel = cells.astype(float)
    elif isinstance(points, Mapping):
        columns = {code: [cell] if np.isscalar(cell) else cell for code, cell in points.items()}
        try:
            panel = pd.DataFrame(columns).astype(float)
        except (TypeError, ValueError):
            raise InputError(
                f"points {dict(points)!r}: expected of each code a number, or a number an expert",
                title="budget_allocation",
            ) from None
    else:
        panel = points.astype(float)
    if panel.index.has_duplicates:
        twice = panel.index[panel.index.duplicated()].unique()
        raise InputError([f"expert {expert!r} stands twice" for expert in twice], title="budget_allocation")
    return panel


def _cells(group: pd.DataFrame, chosen: np.ndarray) -> list[tuple[Any, Any, float]]:
    """Return row name, column name and value of the cells chosen."""
    rows, columns, values = group.index.tolist(), group.columns.tolist(), group.to_numpy()
    return [(rows[row], columns[column], values[row, column]) for row, column in np.argwhere(chosen).tolist()]


def _points(cell: str) -> float:
    """Return the points in a cell, NaN for none, infinity for what is no number."""
    number = np.nan if cell == "" else to_number(cell)
    return np.inf if number is None else number


def _groups(
    framework: Framework, codes: Sequence[str], at: str, method: str, problems: list[str] | None = None
) -> dict[str, list[str]]:
    """Return the sets of nodes that the codes weight against each other, or refuse codes that make no such sets."""
    found = [] if problems is None else problems
    valid = framework.indicators if at == "across_pillars" else [node.code for node in framework.nodes if node.parent]
    found += [
        f"{code!r} is no {'indicator' if at == 'across_pillars' else 'node'} to weight; {nearest(code, valid)}"
        for code in codes
        if code not in valid
    ]
    if at == "across_pillars":
        groups = {ROOT: list(framework.indicators)}
    else:
        parents = dict.fromkeys(framework.parent(code) for code in codes if code in valid)
        groups = {parent: list(framework.children(parent)) for parent in parents}
    found += [
        f"{code!r} is missing beside {', '.join(map(repr, sorted(set(group) & set(codes))))}"
        for group in groups.values()
        for code in group
        if code not in codes and set(group) & set(codes)
    ]
    if not codes:
        found.append("no node is named")
    if found and problems is None:
        raise InputError(found, title=method)
    return groups
