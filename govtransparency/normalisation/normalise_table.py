"""Map a normaliser over a table, each indicator turned by its direction first."""

from __future__ import annotations

from functools import partial

import numpy as np
import pandas as pd

from govtransparency.arrays import as_floats
from govtransparency.errors import InputError
from govtransparency.framework import Framework
from govtransparency.methods import ByNode, Method, Normaliser, name_of

__all__ = ["normalise"]


def normalise(table: pd.DataFrame, framework: Framework, *, method: Normaliser | ByNode) -> pd.DataFrame:
    """Bring every indicator onto the method's scale, turned by its direction first.

    Parameters
    ----------
    table : DataFrame, units x indicators
        Raw values; columns that are not indicators of the framework are left out.
    framework : Framework
        Directions and goalposts.
    method : normaliser, or `by_node` of normalisers
        ``(values, goalposts) -> values``. A function of your own gets one indicator at a time, already turned, so that
        more is better, with its turned goalposts (None where it has none); the library's own get the raw table and the
        directions, because a ratio or a logarithm of turned values would be nonsense.

    Returns
    -------
    DataFrame, units x indicators, in the framework's order.

    Raises
    ------
    InputError
        Naming every indicator that the method cannot scale.

    Examples
    --------
    >>> from govtransparency import Framework, Node, min_max
    >>> tree = Framework([Node("index", ""), Node("a", "index"), Node("b", "index", direction=-1, worst=30, best=0)])
    >>> normalise(pd.DataFrame({"a": [1.0, 3.0], "b": [3.0, 12.0]}), tree, method=min_max).values.tolist()
    [[0.0, 90.0], [100.0, 60.0]]
    """
    codes = list(framework.indicators)
    raw = as_floats(table[codes])
    if not isinstance(method, ByNode):
        return _apply(method, raw, framework)
    chosen = {code: _method_at(code, framework, method) for code in codes}
    columns: list[pd.DataFrame] = []
    problems: list[str] = []
    for part in dict.fromkeys(chosen.values()):
        try:
            columns.append(_apply(part, raw[[code for code in codes if chosen[code] == part]], framework))
        except InputError as error:
            problems += error.problems
    if problems:
        raise InputError(problems, title="normalise")
    return pd.concat(columns, axis=1)[codes]


def _method_at(code: str, framework: Framework, method: ByNode) -> Normaliser:
    while code:
        if code in method.methods:
            return method.methods[code]
        code = framework.parent(code)
    return method.otherwise


def _apply(method: Method, raw: pd.DataFrame, framework: Framework) -> pd.DataFrame:
    plain = method.func if isinstance(method, partial) else method
    if getattr(plain, "turns", False):
        return method(raw, framework.goalposts, direction=framework.directions)
    columns, problems = {}, []
    for code in raw.columns:
        sign = framework.directions[code]
        posts = framework.goalposts.loc[code] * sign
        pair = None if posts.isna().all() else (posts["worst"], posts["best"])
        try:
            scores = pd.Series(method(raw[code] * sign, pair), index=raw.index, dtype=float)
        except Exception as error:
            problems.append(f"indicator {code!r}: {name_of(method)}: {error}")
            continue
        lost = raw.index[raw[code].notna() & ~np.isfinite(scores)]
        if len(lost):
            problems.append(
                f"indicator {code!r}: {name_of(method)} gave no finite score for {len(lost)} of "
                f"{raw[code].notna().sum()} values, the first of them that of {lost[0]!r}"
            )
        columns[code] = scores
    if problems:
        raise InputError(problems, title="normalise")
    return pd.DataFrame(columns, index=raw.index)
