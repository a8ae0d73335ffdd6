"""What all weighters that look at the data have in common: which values, units and children count, what is refused.

A *kernel* takes the values of a group of children, units x children, and their directions, and returns one number per
child; `weigh_by_data` turns the numbers into shares. Children are indicators, except under ``at="every_level"``.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, get_args

import numpy as np
import pandas as pd

from govtransparency.arrays import as_floats, floats, scaled
from govtransparency.errors import Attempts, InputError, level_of_reader
from govtransparency.methods import At, ByLevel, ByNode, Constant, Normaliser, from_spec
from govtransparency.nodes import ROOT
from govtransparency.normalisation import NORMALISERS, min_max
from govtransparency.normalisation import normalise as apply_normaliser
from govtransparency.table_checks import indicator_problems
from govtransparency.texts.bilingual import Text, listed, quoted
from govtransparency.texts.problems import argument_problems
from govtransparency.texts.problems import weighting_problems as problems
from govtransparency.ties import varies
from govtransparency.weighting.equal_and_given_weights import with_effective_weights, with_shares

if TYPE_CHECKING:
    from govtransparency.arguments import Arguments
    from govtransparency.framework import Framework

Kernel = Callable[[pd.DataFrame, pd.Series], Any]
FEWEST_UNITS = 2  # with every value: one unit has no spread
Scale = Normaliser | str | Mapping[str, Any] | None


def weigh_by_data(
    framework: Framework,
    table: pd.DataFrame | None,
    kernel: Kernel,
    *,
    check: Arguments,
    at: At,
    normalise: Scale,
    constant: Constant = "refuse",
    fewest_values: int | None = None,
) -> Framework:
    """Give the children of each group the shares that the kernel finds in their values.

    Parameters
    ----------
    framework : Framework
    table : DataFrame, units x indicators
        Raw values.
    kernel : (values, directions) -> numbers, one per child
    check : Arguments
        Of the weighter: its name, and what is wrong with its own options.
    at : {"within_pillars", "across_pillars", "every_level"}
    normalise : normaliser, its name, or None for the raw values
        After normalisation more is better, so the kernel sees directions of +1 only.
    constant : {"refuse", "drop"}
    fewest_values : int, optional
        How many values of each child the kernel needs, which then sees missing values too. By default it sees only the
        units with a value for every child of the group, at least two.

    Raises
    ------
    InputError
        Listing everything wrong with the options and the table, or with every group of children.
    """
    with check:
        check.choice("at", at, get_args(At))
        check.choice("constant", constant, get_args(Constant))
        scale = _normaliser(check, normalise)
        raw = _values(check, framework, table)
    framework = _without_constants(framework, raw, at, constant, check.title)
    raw = raw[list(framework.indicators)]
    values = raw if scale is None else apply_normaliser(raw, framework, method=scale)
    directions = framework.directions.astype(float) if scale is None else framework.directions * 0.0 + 1.0

    found: list[Text] = []

    def shares_of(group: pd.DataFrame, where: str) -> dict[str, float]:
        if group.shape[1] == 1:
            return {str(group.columns[0]): 1.0}
        try:
            return _shares_of_group(group, directions.reindex(group.columns, fill_value=1.0), kernel, fewest_values)
        except InputError as error:
            found.extend(problems.CHILDREN_OF.format(node=where, problem=problem) for problem in error.texts)
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
            if scored is not None and not found:
                scored[code] = _weighted_mean(scored[children], pd.Series(shares)[children])
                values = values.assign(**{code: scored[code]})
    if found:
        raise InputError(found, title=check.title)
    return with_effective_weights(framework, shares) if at == "across_pillars" else with_shares(framework, shares)


def _normaliser(check: Arguments, normalise: Scale) -> Normaliser | None:
    """Return the normaliser, looked up if given by its name or as plain data; what is wrong is added to the check."""
    if isinstance(normalise, (str, Mapping)):
        return Attempts(check.problems)(lambda: from_spec(normalise, NORMALISERS, what="normalise"))
    if normalise is not None and not callable(normalise) and not isinstance(normalise, (ByLevel, ByNode)):
        check.expect("normalise", normalise, problems.NORMALISER)
    return normalise


def _values(check: Arguments, framework: Framework, table: pd.DataFrame | None) -> pd.DataFrame:
    """Return the indicators' values as floats; what is wrong with them is added to the check."""
    if table is None:
        check.refuse(problems.NO_TABLE)
        return pd.DataFrame()
    if not isinstance(table, pd.DataFrame):
        check.expect("table", table, argument_problems.TABLE)
        return pd.DataFrame()
    if found := indicator_problems(table, framework.indicators):
        check.problems += found
        return pd.DataFrame()
    values = as_floats(table[list(framework.indicators)])
    for code in values.columns[values.isna().all()]:
        check.refuse(problems.NO_VALUE.format(code=code))
    return values


def _without_constants(framework: Framework, raw: pd.DataFrame, at: At, constant: Constant, method: str) -> Framework:
    """Refuse or drop the indicators that are the same for every unit, unless they have no sibling to share with."""
    flat = constant_columns(raw)
    if at != "across_pillars":
        flat = [code for code in flat if len(framework.children(framework.parent(code))) > 1]
    elif len(framework.indicators) == 1:
        flat = []
    if not flat:
        return framework
    if constant == "refuse":
        raise InputError(
            [problems.CONSTANT.format(code=code, value=f"{raw[code].dropna().iloc[0]:g}") for code in flat],
            title=method,
        )
    warnings.warn(
        str(problems.DROPPED.format(method=method, codes=quoted(flat))), UserWarning, stacklevel=level_of_reader()
    )
    return framework.without(*flat)


def constant_columns(table: pd.DataFrame) -> list[str]:
    """Return the columns in which all values present are the same up to the rounding of floats, or none is."""
    return list(table.columns[~varies(floats(table))])


def _shares_of_group(
    group: pd.DataFrame, directions: pd.Series, kernel: Kernel, fewest_values: int | None
) -> dict[str, float]:
    used = group.dropna() if fewest_values is None else group
    if fewest_values is None and len(used) < FEWEST_UNITS:
        raise InputError(_few_units(group, len(used), FEWEST_UNITS))
    if fewest_values is not None and (short := list(used.columns[used.notna().sum() < fewest_values])):
        raise InputError([problems.FEW_VALUES.format(code=code, least=fewest_values) for code in short])
    if flat := constant_columns(used):
        problem = problems.CONSTANT_AMONG["complete" if len(used) < len(group) else "all"]
        raise InputError([problem.format(code=code, count=len(used)) for code in flat])
    used = pd.DataFrame(scaled(floats(used))[0], used.index, used.columns)  # no kernel depends on the unit of all
    numbers = pd.Series(np.asarray(kernel(used, directions), dtype=float), index=group.columns)
    total = numbers.sum()
    bad = numbers[~(numbers > 1e-12 * abs(total))]
    if len(bad):
        raise InputError(
            [
                problems.WEIGHT_NOT_POSITIVE.format(code=code, weight=f"{number / total if total else number:.3g}")
                for code, number in bad.items()
            ]
        )
    return {str(code): float(number / total) for code, number in numbers.items()}


def _few_units(group: pd.DataFrame, count: int, least: int) -> Text:
    """Say how few units have every value, and where most of the gaps are."""
    problem = problems.FEW_COMPLETE_UNITS.format(count=count, total=len(group), least=least)
    missing = group.isna().sum()
    most = missing[missing > 0].sort_values()[::-1][:5]
    if most.empty:
        return problem
    gaps = listed(problems.GAP.format(code=code, count=number) for code, number in most.items())
    return problems.WITH_GAPS.format(problem=problem, gaps=gaps)


def _weighted_mean(scores: pd.DataFrame, weights: pd.Series) -> pd.Series:
    """Weighted arithmetic mean of the children present."""
    present = scores.notna()
    return (scores * weights).sum(axis=1, min_count=1) / (present * weights).sum(axis=1)
