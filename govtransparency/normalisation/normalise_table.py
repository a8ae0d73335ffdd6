"""Normalise a whole table: apply a normaliser to every indicator, with its direction and goalposts."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from govtransparency.applicability import checked_cells
from govtransparency.arguments import Arguments
from govtransparency.arrays import as_floats
from govtransparency.checked_calls import checked
from govtransparency.errors import InputError, headed
from govtransparency.methods import ByNode, Method, Normaliser, name_of
from govtransparency.texts.bilingual import Text
from govtransparency.texts.problems import argument_problems
from govtransparency.texts.problems import normalisation_problems as problems
from govtransparency.treatment.treated_columns import chosen_indicators

if TYPE_CHECKING:
    from govtransparency.framework import Framework

__all__ = ["method_at", "normalise"]


@checked
def normalise(
    table: pd.DataFrame,
    framework: Framework,
    *,
    method: Normaliser | ByNode,
    not_applicable: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Bring every indicator onto the scale of a method, higher always meaning better.

    Parameters
    ----------
    table : DataFrame, units x indicators
        Raw values; columns that are not indicators of the framework are left out.
    framework : Framework
        Directions and goalposts.
    method : normaliser, or `by_node` of normalisers
        ``(values, goalposts) -> values``. A function of your own gets one indicator at a time, already turned so that
        more is better, with its turned goalposts (None where it has none). The library's own get the raw table and the
        directions, because a ratio or a logarithm of turned values has no meaning.
    not_applicable : DataFrame of bool, the shape of the table, optional
        Cells where the unit cannot have a value; an indicator that is applicable to no unit has no scores.

    Returns
    -------
    DataFrame, units x indicators, in the framework's order.

    Raises
    ------
    InputError
        For a missing column; naming every indicator that the method cannot scale.

    Examples
    --------
    >>> from govtransparency import Framework, Node, min_max
    >>> tree = Framework([Node("index", ""), Node("a", "index"), Node("b", "index", direction=-1, worst=30, best=0)])
    >>> normalise(pd.DataFrame({"a": [1.0, 3.0], "b": [3.0, 12.0]}), tree, method=min_max).values.tolist()
    [[0.0, 90.0], [100.0, 60.0]]
    """
    with Arguments("normalise") as check:
        raw = _raw_values(check, table, framework)
        if not callable(method) and not isinstance(method, ByNode):
            check.expect("method", method, problems.METHOD)
        cells = checked_cells(check, not_applicable, table, list(raw)) if len(raw.columns) else None
    if cells is None or cells.to_numpy().all():
        return _normalised(raw, framework, method)
    return _normalised(raw.loc[:, ~cells.all()], framework, method).reindex(columns=raw.columns)


def _normalised(raw: pd.DataFrame, framework: Framework, method: Normaliser | ByNode) -> pd.DataFrame:
    """Return the columns of the table, each scaled by its method."""
    if not isinstance(method, ByNode):
        return _apply(method, raw, framework)
    codes = list(raw.columns)
    chosen = {code: method_at(code, framework, method) for code in codes}
    columns: list[pd.DataFrame] = []
    found: list[Text] = []
    for part in dict.fromkeys(chosen.values()):
        try:
            columns.append(_apply(part, raw[[code for code in codes if chosen[code] == part]], framework))
        except InputError as error:
            found += error.texts if error.title == "normalise" else headed(error)
    if found:
        raise InputError(found, title="normalise")
    return pd.concat(columns, axis=1)[codes]


def _raw_values(check: Arguments, table: pd.DataFrame, framework: Framework) -> pd.DataFrame:
    """Return the columns of the indicators as floats."""
    before = len(check.problems)
    codes = chosen_indicators(check, table, framework)
    if len(check.problems) > before:
        return pd.DataFrame()
    try:
        return as_floats(table[codes])
    except (TypeError, ValueError):
        check.expect("table", table, argument_problems.TABLE)
        return pd.DataFrame()


def method_at(code: str, framework: Framework, method: Normaliser | ByNode) -> Normaliser:
    """Return the method of an indicator: where nodes have methods of their own, that of the nearest above it."""
    if not isinstance(method, ByNode):
        return method
    while code:
        if code in method.methods:
            return method.methods[code]
        code = framework.parent(code)
    return method.otherwise


def _apply(method: Method, raw: pd.DataFrame, framework: Framework) -> pd.DataFrame:
    """Return what a single method gives for all columns."""
    plain = method.func if isinstance(method, partial) else method
    if getattr(plain, "turns", False):
        return method(raw, framework.goalposts, direction=framework.directions)
    columns: dict[str, pd.Series] = {}
    found: list[Text] = []
    for code in raw.columns:
        sign = framework.directions[code]
        posts = framework.goalposts.loc[code] * sign
        pair = None if posts.isna().all() else (posts["worst"], posts["best"])
        try:
            given = pd.Series(method(raw[code] * sign, pair), index=raw.index)
            scores = as_floats(given)
        except Exception as error:
            found.append(problems.OWN_METHOD.format(code=code, method=name_of(method), failure=_message(error)))
            continue
        lost = raw.index[raw[code].notna() & ~np.isfinite(scores)]
        if len(lost):
            found.append(
                problems.OWN_METHOD_NOT_FINITE.format(
                    code=code, method=name_of(method), count=len(lost), known=raw[code].notna().sum(), unit=lost[0]
                )
            )
        columns[code] = scores
    if found:
        raise InputError(found, title="normalise")
    return pd.DataFrame(columns, index=raw.index)


def _message(error: Exception) -> Text:
    """Return what a user's own function raised, in both languages where it has them."""
    if isinstance(error, InputError):
        return Text("；".join(text.zh for text in error.texts), "; ".join(text.en for text in error.texts))
    return Text(str(error), str(error))
