"""What every weighter that looks at the data does alike: which values, which units, which children, which remedy.

A *kernel* takes the values of a group of children, units x children, and their directions, and gives one number a
child; the driver turns the numbers into shares. Children are indicators, except under ``at="every_level"``.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping
from typing import Any, get_args

import numpy as np
import pandas as pd

from govtransparency.arrays import floats, scaled
from govtransparency.errors import InputError, nearest
from govtransparency.framework import Framework
from govtransparency.methods import At, Constant, Normaliser, from_spec
from govtransparency.nodes import ROOT
from govtransparency.normalisation import NORMALISERS, min_max
from govtransparency.normalisation import normalise as apply_normaliser
from govtransparency.ties import varies
from govtransparency.weighting.equal_and_given_weights import check_at, with_effective_weights, with_shares

Kernel = Callable[[pd.DataFrame, pd.Series], Any]
Scale = Normaliser | str | Mapping[str, Any] | None


def weigh_by_data(
    framework: Framework,
    table: pd.DataFrame | None,
    kernel: Kernel,
    *,
    method: str,
    at: At,
    normalise: Scale,
    constant: Constant = "refuse",
    complete: bool = True,
    fewest: int = 2,
) -> Framework:
    """Give each group of children the shares that the kernel finds in their values.

    Parameters
    ----------
    framework : Framework
    table : DataFrame, units x indicators
        Raw values.
    kernel : (values, directions) -> numbers, a child each
    method : str
        The weighter's name, for errors.
    at : {"within_pillars", "across_pillars", "every_level"}
    normalise : normaliser, its name, or None for the raw values
        Normalised values are turned, so that the kernel sees directions of +1 only.
    constant : {"refuse", "drop"}
    complete : bool
        Use only units with a value for every child of the group; else the kernel sees missing values.
    fewest : int
        Units (with every value, if `complete`) that the kernel needs.
    """
    check_at(at, method)
    if constant not in get_args(Constant):
        raise InputError(f"constant = {constant!r} is unknown; {nearest(constant, get_args(Constant))}", title=method)
    raw = _checked(framework, table, method)
    framework = _without_constants(framework, raw, at, constant, method)
    raw = raw[list(framework.indicators)]
    scale = from_spec(normalise, NORMALISERS, what="normalise") if isinstance(normalise, (str, Mapping)) else normalise
    values = raw if scale is None else apply_normaliser(raw, framework, method=scale)
    directions = framework.directions.astype(float) if scale is None else framework.directions * 0.0 + 1.0

    problems: list[str] = []

    def shares_of(group: pd.DataFrame, where: str) -> dict[str, float]:
        if group.shape[1] == 1:
            return {str(group.columns[0]): 1.0}
        try:
            return _shares(group, directions.reindex(group.columns, fill_value=1.0), kernel, complete, fewest)
        except InputError as error:
            problems.extend(f"children of {where!r}: {problem}" for problem in error.problems)
            return {}

    shares: dict[str, float] = {}
    if at == "across_pillars":
        shares = shares_of(values, ROOT)
    else:
        scored = apply_normaliser(raw, framework, method=scale or min_max) if at == "every_level" else None
        for code in (*framework.pillars, ROOT):
            children = [child for child in framework.children(code) if child in values]
            if children:
                shares |= shares_of(values[children], code)
            if scored is not None and not problems:
                scored[code] = _mean(scored[children], pd.Series(shares)[children])
                values = values.assign(**{code: scored[code]})
    if problems:
        raise InputError(problems, title=method)
    return with_effective_weights(framework, shares) if at == "across_pillars" else with_shares(framework, shares)


def _checked(framework: Framework, table: pd.DataFrame | None, method: str) -> pd.DataFrame:
    """Return the indicators' values as floats, or refuse the table with every fault."""
    if table is None:
        raise InputError("these weights come from the data; give the table as second argument", title=method)
    problems = [
        f"the table lacks the indicator {code!r}; {nearest(code, table.columns)}"
        for code in framework.indicators
        if code not in table.columns
    ]
    if problems:
        raise InputError(problems, title=method)
    values = table[list(framework.indicators)]
    problems = [
        f"indicator {code!r} holds {dtype}, not numbers; read it with gt.read_table"
        for code, dtype in values.dtypes.items()
        if not pd.api.types.is_numeric_dtype(dtype)
    ]
    if problems:
        raise InputError(problems, title=method)
    values = values.astype(float)
    problems = [
        f"unit {values.index[row]!r}, indicator {values.columns[column]!r}: the value is infinite"
        for row, column in np.argwhere(np.isinf(values.to_numpy()))
    ]
    problems += [f"indicator {code!r}: no unit has a value" for code in values.columns[values.isna().all()]]
    if problems:
        raise InputError(problems, title=method)
    return values


def _without_constants(framework: Framework, raw: pd.DataFrame, at: At, constant: Constant, method: str) -> Framework:
    """Refuse or drop the indicators that are the same for every unit, unless they have no sibling to share with."""
    flat = constant_columns(raw[list(framework.indicators)])
    if at != "across_pillars":
        flat = [code for code in flat if len(framework.children(framework.parent(code))) > 1]
    elif len(framework.indicators) == 1:
        flat = []
    if not flat:
        return framework
    if constant == "refuse":
        raise InputError(
            [
                f"indicator {code!r} is constant (all values are {raw[code].dropna().iloc[0]:g}), so its weight would "
                'be 0; take it out with framework.without, or let constant="drop" do it'
                for code in flat
            ],
            title=method,
        )
    warnings.warn(
        f"{method}: constant, so left out of the framework: {', '.join(map(repr, flat))}", UserWarning, stacklevel=4
    )
    return framework.without(*flat)


def constant_columns(table: pd.DataFrame) -> list[str]:
    """Return the columns whose values present are one value up to the rounding of floats, or none."""
    return list(table.columns[~varies(floats(table))])


def _shares(
    group: pd.DataFrame, directions: pd.Series, kernel: Kernel, complete: bool, fewest: int
) -> dict[str, float]:
    used = group.dropna() if complete else group
    if complete and len(used) < fewest:
        gaps = group.isna().sum()
        most = ", ".join(f"{code!r} lacks {count}" for code, count in gaps[gaps > 0].sort_values()[::-1][:5].items())
        raise InputError(
            f"{len(used)} of {len(group)} units have every value, at least {fewest} are needed"
            + (f" ({most}); impute first" if most else "")
        )
    if not complete and (short := list(used.columns[used.notna().sum() < fewest])):
        raise InputError([f"{code!r} has fewer than {fewest} values" for code in short])
    if flat := constant_columns(used):
        where = f"the {len(used)} units that have every value" if len(used) < len(group) else "all units, as scaled"
        raise InputError([f"{code!r} is constant over {where}, so its weight would be 0" for code in flat])
    used = pd.DataFrame(scaled(floats(used))[0], used.index, used.columns)  # no kernel depends on the unit of all
    numbers = pd.Series(np.asarray(kernel(used, directions), dtype=float), index=group.columns)
    total = numbers.sum()
    bad = numbers[~(numbers > 1e-12 * abs(total))]
    if len(bad):
        raise InputError(
            [
                f"{code!r} would get the weight {number / total if total else number:.3g}; a weight must be positive, "
                "so take it out of the framework or choose another method"
                for code, number in bad.items()
            ]
        )
    return {str(code): float(number / total) for code, number in numbers.items()}


def _mean(scores: pd.DataFrame, weights: pd.Series) -> pd.Series:
    """Weighted arithmetic mean of the children present."""
    present = scores.notna()
    return (scores * weights).sum(axis=1, min_count=1) / (present * weights).sum(axis=1)
