"""Which units have data enough, and values per head: screening and denomination."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from govtransparency.arrays import as_floats
from govtransparency.errors import InputError, nearest
from govtransparency.framework import Framework
from govtransparency.methods import method_of
from govtransparency.nodes import ROOT
from govtransparency.treatment.treated_columns import chosen


@method_of("treat")
def screen_units(
    table: pd.DataFrame,
    framework: Framework,
    *,
    min_coverage: float = 0.65,
    pillars: float | Mapping[str, float] | None = None,
    indicators: float | None = None,
    nonzero: float | None = None,
) -> pd.DataFrame:
    """Leave out the units that have too little data (Handbook step 3; the JRC's COIN Tool asks for 65 %).

    A unit that is left out is in nobody's mean, range or order; the index still lists it, without score and with the
    reason.

    Parameters
    ----------
    table : DataFrame, units x columns
    framework : Framework
    min_coverage : float, 0 to 1
        Least share of the indicators that a unit must have.
    pillars : float, or mapping of code to float, optional
        Least share of the indicators under every pillar, or under those named.
    indicators : float, optional
        Least share of the units left that must have each indicator; less is an error that names it, because a
        treatment cannot take an indicator out of the framework (`screen_indicators` does).
    nonzero : float, optional
        Least share of a unit's values that are not 0.

    Returns
    -------
    DataFrame
        Without those units.

    Raises
    ------
    InputError
        When no unit would be left; naming unknown pillars, shares out of range, and indicators with too few values.

    Examples
    --------
    >>> from govtransparency import Framework, Node
    >>> tree = Framework([Node("index", ""), Node("a", "index"), Node("b", "index")])
    >>> table = pd.DataFrame({"a": [1.0, 2.0], "b": [3.0, None]}, index=["X", "Y"])
    >>> screen_units(table, tree).index.tolist()
    ['X']
    """
    asked: dict[str, float] = {ROOT: min_coverage}
    if pillars is not None:
        asked |= dict(pillars) if isinstance(pillars, Mapping) else dict.fromkeys(framework.pillars, pillars)
    problems = [
        f"no pillar {code!r}; {nearest(code, framework.pillars)}" for code in asked if code not in framework.leaves
    ]
    shares = {
        "indicators": indicators,
        "nonzero": nonzero,
        **{f"coverage of {code!r}": item for code, item in asked.items()},
    }
    problems += [
        f"{what} {share!r}: expected a share from 0 to 1"
        for what, share in shares.items()
        if share is not None and not 0 <= share <= 1
    ]
    if problems:
        raise InputError(problems, title="screen_units")
    kept = np.ones(len(table), dtype=bool)
    for code, share in asked.items():
        kept &= (table[list(framework.leaves[code])].notna().mean(axis=1) >= share - 1e-12).to_numpy()
    if nonzero is not None:
        values = table[list(framework.indicators)]
        seen = values.notna().sum(axis=1)
        kept &= ((values.notna() & values.ne(0)).sum(axis=1) >= nonzero * seen - 1e-9).to_numpy()
    if not kept.any():
        share = table[list(framework.indicators)].notna().mean(axis=1)
        raise InputError(
            f"no unit has data enough: the fullest, {share.idxmax()!r}, has {share.max():.0%} of the indicators; "
            "ask for less",
            title="screen_units",
        )
    left = table[kept]
    if indicators is not None and (lacking := _sparse(left, framework, indicators)):
        raise InputError(
            [*lacking, "take them out of the framework (screen_indicators does), or ask for less"], title="screen_units"
        )
    return left


def screen_indicators(framework: Framework, table: pd.DataFrame, *, min_coverage: float = 0.65) -> Framework:
    """Return the framework without the indicators that too few units have.

    Parameters
    ----------
    framework : Framework
    table : DataFrame, units x indicators
    min_coverage : float, 0 to 1
        Least share of the units.

    Returns
    -------
    Framework
        The same where all have enough; pillars left empty go too.

    Raises
    ------
    InputError
        When no indicator would be left.

    Examples
    --------
    >>> from govtransparency import Framework, Node
    >>> tree = Framework([Node("index", ""), Node("a", "index"), Node("b", "index")])
    >>> screen_indicators(tree, pd.DataFrame({"a": [1.0, 2.0], "b": [3.0, None]})).indicators
    ('a',)
    """
    observed = table[list(framework.indicators)].notna().mean()
    sparse = observed.index[observed < min_coverage - 1e-12]
    return framework.without(*sparse) if len(sparse) else framework


def _sparse(table: pd.DataFrame, framework: Framework, share: float) -> list[str]:
    observed = table[list(framework.indicators)].notna().mean()
    return [
        f"indicator {code!r}: {value:.0%} of the units have a value, {share:.0%} required"
        for code, value in observed.items()
        if value < share - 1e-12
    ]


@method_of("treat")
def denominate(
    table: pd.DataFrame,
    framework: Framework,
    *,
    by: Any,
    scale: float = 1.0,
    indicators: Sequence[str] | None = None,
) -> pd.DataFrame:
    """Divide indicators by another column: per head, per square kilometre, per unit of budget.

    Parameters
    ----------
    table : DataFrame, units x columns
    framework : Framework
        Goalposts of a denominated indicator are in its new unit.
    by : Series unit -> number, name of a column of the table, or mapping of indicator to either
        A Series in an edition's file is ``"units:column"``.
    scale : float
        The result is multiplied by it: 100000 gives values per hundred thousand.
    indicators : sequence of str, optional
        Which, where `by` is not a mapping; all if not given. A pillar stands for the indicators under it.

    Returns
    -------
    DataFrame
        A value whose denominator is missing is missing.

    Raises
    ------
    InputError
        Naming unknown indicators and columns, and every unit whose denominator is not positive.

    Examples
    --------
    >>> from govtransparency import Framework, Node
    >>> tree = Framework([Node("index", ""), Node("a", "index")])
    >>> table = pd.DataFrame({"a": [10.0, 30.0]}, index=["X", "Y"])
    >>> denominate(table, tree, by=pd.Series({"X": 2.0, "Y": 3.0}))["a"].tolist()
    [5.0, 10.0]
    """
    if isinstance(by, Mapping):
        if indicators is not None:
            raise InputError("by names the indicators already; leave indicators out", title="denominate")
        pairs = {code: by[key] for key in by for code in chosen(framework, key, title="denominate")}
    else:
        pairs = dict.fromkeys(chosen(framework, indicators, title="denominate"), by)
    columns, problems = {}, []
    for code, given in pairs.items():
        if isinstance(given, str):
            if given not in table:
                problems.append(
                    f"indicator {code!r}: no column {given!r} to divide by; {nearest(given, table.columns)}"
                )
                continue
            divisor = as_floats(table[given])
        else:
            divisor = as_floats(pd.Series(given).reindex(table.index))
        problems += [
            f"indicator {code!r}, unit {unit!r}: the denominator is {divisor[unit]:g}; expected a positive number"
            for unit in divisor.index[(divisor <= 0).to_numpy()]
        ]
        if divisor.isna().all():
            problems.append(f"indicator {code!r}: no unit has a denominator; is it by the units' codes?")
        columns[code] = as_floats(table[code]) / divisor * scale
    if problems:
        raise InputError(problems, title="denominate")
    return table.assign(**columns)
