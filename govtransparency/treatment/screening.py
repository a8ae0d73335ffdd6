"""Screening of units and indicators with too little data, and denomination (values per head)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import pandas as pd

from govtransparency.applicability import checked_cells
from govtransparency.arguments import Arguments
from govtransparency.arrays import as_floats
from govtransparency.checked_calls import checked
from govtransparency.errors import InputError
from govtransparency.framework import Framework
from govtransparency.methods import method_of
from govtransparency.nodes import ROOT
from govtransparency.texts.problems import argument_problems
from govtransparency.texts.problems import treatment_problems as problems
from govtransparency.treatment.treated_columns import chosen_indicators, column_of, numbers_of

if TYPE_CHECKING:
    from govtransparency.texts.bilingual import Text


@method_of("treat")
@checked
def screen_units(
    table: pd.DataFrame,
    framework: Framework,
    not_applicable: pd.DataFrame | None = None,
    *,
    min_coverage: float = 0.65,
    pillars: float | Mapping[str, float] | None = None,
    indicators: float | None = None,
    nonzero: float | None = None,
) -> pd.DataFrame:
    """Leave out the units that have too little data (Handbook step 3; the JRC's COIN Tool asks for 65 %).

    A unit that is left out does not count in any mean, range or rank; the index still lists it, without a score and
    with the reason.

    Parameters
    ----------
    table : DataFrame, units x columns
    framework : Framework
    not_applicable : DataFrame of bool, units x indicators, optional
        Cells that do not count: all shares are of what is applicable.
    min_coverage : float, 0 to 1
        Least share of the indicators that a unit must have.
    pillars : float, or mapping of code to float, optional
        Least share of the indicators under every pillar, or under those named.
    indicators : float, optional
        Least share of the remaining units that must have each indicator. An indicator with less is an error, because
        a treatment cannot take it out of the framework (`screen_indicators` can).
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
    title = "screen_units"
    with Arguments(title) as check:
        codes = chosen_indicators(check, table, framework)
        cells = checked_cells(check, not_applicable, table, codes) if codes else None
        required = {ROOT: check.share("min_coverage", min_coverage)} | _pillar_shares(check, framework, pillars)
        for name, share in (("indicators", indicators), ("nonzero", nonzero)):
            if share is not None:
                check.share(name, share)
        if isinstance(table, pd.DataFrame) and not len(table):
            check.refuse(problems.NO_UNIT)
    kept = np.ones(len(table), dtype=bool)
    for code, share in required.items():
        coverage = _coverage(table, framework.leaves[code], cells, axis=1)
        kept &= ~(coverage < share - 1e-12).to_numpy()
    if nonzero is not None:
        values = table[codes]
        seen = values.notna().sum(axis=1)
        kept &= ((values.notna() & values.ne(0)).sum(axis=1) >= nonzero * seen - 1e-9).to_numpy()
    if not kept.any():
        coverage = _coverage(table, codes, cells, axis=1)
        raise InputError(
            problems.NO_UNIT_LEFT.format(unit=coverage.idxmax(), share=f"{coverage.max():.0%}"), title=title
        )
    remaining = table[kept]
    if indicators is not None and (sparse := _sparse_indicators(remaining, framework, indicators, cells)):
        raise InputError(sparse, title=title)
    return remaining


def _pillar_shares(
    check: Arguments, framework: Framework, pillars: float | Mapping[str, float] | None
) -> dict[str, float]:
    """Return the least coverage that each pillar named requires."""
    if pillars is None or not isinstance(framework, Framework):
        return {}
    if not isinstance(pillars, Mapping):
        return dict.fromkeys(framework.pillars, check.share("pillars", pillars))
    check.labels("pillars", pillars, framework.leaves)
    return {code: check.share(f"pillars[{code!r}]", share) for code, share in pillars.items()}


@checked
def screen_indicators(
    framework: Framework,
    table: pd.DataFrame,
    *,
    min_coverage: float = 0.65,
    not_applicable: pd.DataFrame | None = None,
) -> Framework:
    """Return the framework without the indicators for which too few units have a value.

    Parameters
    ----------
    framework : Framework
    table : DataFrame, units x indicators
    min_coverage : float, 0 to 1
        Least share of the units that must have a value.
    not_applicable : DataFrame of bool, units x indicators, optional
        Cells that do not count: the share is of the units to which the indicator is applicable.

    Returns
    -------
    Framework
        The same one if every indicator has enough; pillars left without an indicator are removed too.

    Raises
    ------
    InputError
        When no indicator would be left; for a share out of range.

    Examples
    --------
    >>> from govtransparency import Framework, Node
    >>> tree = Framework([Node("index", ""), Node("a", "index"), Node("b", "index")])
    >>> screen_indicators(tree, pd.DataFrame({"a": [1.0, 2.0], "b": [3.0, None]})).indicators
    ('a',)
    """
    with Arguments("screen_indicators") as check:
        check.share("min_coverage", min_coverage)
        codes = chosen_indicators(check, table, framework)
        cells = checked_cells(check, not_applicable, table, codes) if codes else None
    sparse = _coverage_below(table, framework, min_coverage, cells)
    return framework.without(*sparse) if sparse else framework


def _coverage(
    table: pd.DataFrame, codes: Sequence[str], not_applicable: pd.DataFrame | None, *, axis: Literal[0, 1]
) -> pd.Series:
    """Return the share of the applicable cells that have a value, by indicator or by unit; NaN where none is."""
    there = table[list(codes)].notna()
    if not_applicable is None:
        return there.mean(axis=axis)
    return there.sum(axis=axis) / (~not_applicable.loc[table.index, list(codes)]).sum(axis=axis)


def _coverage_below(
    table: pd.DataFrame, framework: Framework, share: float, not_applicable: pd.DataFrame | None
) -> dict[str, float]:
    """Return the coverage of every indicator that fewer units have than required."""
    coverage = _coverage(table, framework.indicators, not_applicable, axis=0)
    return {str(code): value for code, value in coverage.items() if value < share - 1e-12}


def _sparse_indicators(
    table: pd.DataFrame, framework: Framework, share: float, not_applicable: pd.DataFrame | None
) -> list[Text]:
    return [
        problems.SPARSE.format(code=code, share=f"{value:.0%}", required=f"{share:.0%}")
        for code, value in _coverage_below(table, framework, share, not_applicable).items()
    ]


@method_of("treat")
@checked
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
        The goalposts of a denominated indicator must be in its new unit.
    by : Series unit -> number, name of a column of the table, or mapping of indicator to either
        A Series in an edition's file is ``"units:column"``.
    scale : float
        A factor for the result: 100000 gives values per hundred thousand.
    indicators : sequence of str, optional
        Codes of indicators or pillars, where `by` is not a mapping; all if not given.

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
    with Arguments("denominate") as check:
        check.number("scale", scale, low=0, closed=(False, True))
        if isinstance(by, Mapping):
            if indicators is not None:
                check.refuse(problems.BY_NAMES_INDICATORS)
            given = [(f"by[{key!r}]", by[key], chosen_indicators(check, table, framework, key)) for key in by]
        else:
            given = [("by", by, chosen_indicators(check, table, framework, indicators))]
        denominators: dict[str, pd.Series] = {}
        for name, item, codes in given:
            denominators |= dict.fromkeys(codes, _denominator(check, name, table, item))
        values = numbers_of(check, table, list(denominators))
    columns = {code: x / denominators[code] * scale for code, x in zip(denominators, values.T, strict=True)}
    return table.assign(**columns)


def _denominator(check: Arguments, name: str, table: pd.DataFrame, given: Any) -> pd.Series:
    """Return what the values of each unit are divided by."""
    column = column_of(check, name, table, given)
    if column is None:
        return pd.Series(dtype=float)
    try:
        column = as_floats(column)
    except (TypeError, ValueError):
        check.expect(name, given, argument_problems.SERIES)
        return column
    for unit, value in column[(column <= 0).to_numpy()].items():
        check.refuse(problems.DENOMINATOR.format(name=name, unit=unit, value=f"{value:g}"))
    if column.isna().all():
        check.refuse(problems.NO_DENOMINATOR.format(name=name))
    return column
