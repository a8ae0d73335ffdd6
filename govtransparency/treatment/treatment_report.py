"""What the treatments did: which cells are filled, and what happened to each indicator at each step."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np
import pandas as pd

from govtransparency.arrays import floats
from govtransparency.framework import Framework
from govtransparency.methods import name_of
from govtransparency.treatment.outliers import jrc_outliers, outlier_report
from govtransparency.treatment.transformations import box_cox, box_cox_powers, log_transform

__all__ = ["still_imputed", "treatment_report"]


def still_imputed(imputed: pd.DataFrame, before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """Carry the flags of filled cells through one step: what it fills is flagged, what it empties no longer is."""
    codes, units = list(imputed), after.index
    here = imputed if units is imputed.index else imputed.reindex(units, fill_value=False)
    old = before[codes] if units is before.index else before[codes].reindex(units)
    gap, known = old.isna().to_numpy(), after[codes].notna().to_numpy()
    return pd.DataFrame((here.to_numpy(dtype=bool) | gap) & known, index=units, columns=codes)


def treatment_report(table: pd.DataFrame, recipe: Any) -> pd.DataFrame:
    """What each treatment of a recipe does to each indicator.

    Parameters
    ----------
    table : DataFrame, units x columns
        As given to `build_index`.
    recipe : Recipe

    Returns
    -------
    DataFrame
        A row for each step and indicator that it changes, in order: `step` (from 1), `treatment`, `indicator`, the
        numbers of cells `filled`, `emptied`, `lowered` and `raised` among the units that stay, the units `left_out`,
        and a `note` (what `jrc_outliers` did, the power of `box_cox`, the logarithm taken).

    Raises
    ------
    InputError
        What the treatments refuse.

    Examples
    --------
    >>> from govtransparency import Framework, Node, Recipe, impute_mean
    >>> tree = Framework([Node("index", ""), Node("a", "index")])
    >>> report = treatment_report(pd.DataFrame({"a": [1.0, 3.0, None]}), Recipe(tree, treat=[impute_mean]))
    >>> report[["treatment", "indicator", "filled"]].values.tolist()
    [['impute_mean', 'a', 1]]
    """
    rows = []
    framework: Framework = recipe.framework
    codes = list(framework.indicators)
    for number, step in enumerate(recipe.treat, start=1):
        treated = step(table, framework)
        notes = _notes(step, table, framework)
        left_out = len(table) - len(treated)
        old = floats(table[codes].reindex(treated.index))
        new = floats(treated[codes])
        for column, code in enumerate(codes):
            was, now = old[:, column], new[:, column]
            counts = [
                int(np.sum(np.isnan(was) & ~np.isnan(now))),
                int(np.sum(~np.isnan(was) & np.isnan(now))),
                int(np.sum(now < was)),
                int(np.sum(now > was)),
            ]
            if any(counts) or left_out or code in notes:
                rows.append([number, name_of(step), code, *counts, left_out, notes.get(code, "")])
        table = treated
    columns = ["step", "treatment", "indicator", "filled", "emptied", "lowered", "raised", "left_out", "note"]
    return pd.DataFrame(rows, columns=columns)


def _notes(step: Any, table: pd.DataFrame, framework: Framework) -> dict[str, str]:
    """Return what counts of cells do not say, by indicator."""
    plain, options = (step.func, step.keywords) if isinstance(step, partial) else (step, {})
    if plain is jrc_outliers:
        report = outlier_report(table, framework, **options)
        return {
            str(code): row.action + ("" if row.passed else ", still outlying")
            for code, row in report[report["action"] != "none"].iterrows()
        }
    if plain is box_cox:
        codes, _, powers = box_cox_powers(
            table, framework, options.get("power"), options.get("shift", 0.0), options.get("indicators")
        )
        return {code: f"power {power:.6g}" for code, power in zip(codes, powers, strict=True)}
    if plain is log_transform:
        treated = log_transform(table, framework, **options)
        variant = options.get("variant", "ln")
        return {
            code: f"logarithm ({variant})" for code in framework.indicators if not treated[code].equals(table[code])
        }
    return {}
