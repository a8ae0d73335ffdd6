"""Report of what the treatments did: which cells were filled, and how each step changed each indicator."""

from __future__ import annotations

import inspect
from functools import partial
from typing import TYPE_CHECKING, Any, get_args

import numpy as np
import pandas as pd

from govtransparency.applicability import checked_cells, emptied, part_of
from govtransparency.arguments import Arguments, shown
from govtransparency.arrays import floats
from govtransparency.checked_calls import checked
from govtransparency.errors import InputError
from govtransparency.methods import name_of
from govtransparency.texts.bilingual import Language, Text
from govtransparency.texts.problems import treatment_problems as problems
from govtransparency.texts.problems.error_problems import HEADED
from govtransparency.texts.treatment_words import OUTLIER_ACTIONS, TREATMENT_NOTES
from govtransparency.treatment.outliers import jrc_outliers, outlier_report
from govtransparency.treatment.transformations import box_cox, box_cox_powers, log_transform

if TYPE_CHECKING:
    from govtransparency.framework import Framework

__all__ = ["still_imputed", "treated_by", "treatment_report"]


def treated_by(
    step: Any, table: pd.DataFrame, framework: Framework, not_applicable: pd.DataFrame | None
) -> pd.DataFrame:
    """Apply one treatment; cells that are not applicable stay empty, whether or not the treatment knows of them."""
    if not_applicable is None:
        return _of_own(step, table, framework)
    cells = part_of(not_applicable, table)[list(framework.indicators)]
    knows = "not_applicable" in inspect.signature(step).parameters
    return emptied(_of_own(step, table, framework, **({"not_applicable": cells} if knows else {})), cells)


def _of_own(step: Any, table: pd.DataFrame, framework: Framework, **options: Any) -> pd.DataFrame:
    """Return what a treatment gives; refuse it by name if it fails or gives no table, as one's own may."""
    try:
        treated = step(table, framework, **options)
    except InputError:
        raise
    except Exception as error:
        raise InputError(HEADED.format(title=name_of(step), text=error), title="treat") from error
    if not isinstance(treated, pd.DataFrame):
        raise InputError(problems.NO_TABLE.format(method=name_of(step), value=shown(treated)), title="treat")
    return treated


def still_imputed(imputed: pd.DataFrame, before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """Update the flags of filled cells after one step: a cell it fills is flagged, a cell it empties no longer is."""
    codes, units = list(imputed), after.index
    here = imputed if units is imputed.index else imputed.reindex(units, fill_value=False)
    old = before[codes] if units is before.index else before[codes].reindex(units)
    gap, known = old.isna().to_numpy(), after[codes].notna().to_numpy()
    return pd.DataFrame((here.to_numpy(dtype=bool) | gap) & known, index=units, columns=codes)


@checked
def treatment_report(
    table: pd.DataFrame, recipe: Any, *, language: Language = "en", not_applicable: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Report what each treatment of a recipe does to each indicator.

    Parameters
    ----------
    table : DataFrame, units x columns
        As given to `build_index`.
    recipe : Recipe
    language : {"en", "zh"}
        Of the notes.
    not_applicable : DataFrame of bool, the shape of the table, optional
        As given to `build_index`.

    Returns
    -------
    DataFrame
        One row per step and indicator that it changes, in order: `step` (from 1), `treatment`, `indicator`, the numbers
        of cells `filled`, `emptied`, `lowered` and `raised` among the units that stay, the number of units `left_out`,
        and a `note` (what `jrc_outliers` did, the power of `box_cox`, the logarithm taken).

    Raises
    ------
    InputError
        For an unknown language; with the problems that a treatment finds.

    Examples
    --------
    >>> from govtransparency import Framework, Node, Recipe, impute_mean
    >>> tree = Framework([Node("index", ""), Node("a", "index")])
    >>> report = treatment_report(pd.DataFrame({"a": [1.0, 3.0, None]}), Recipe(tree, treat=[impute_mean]))
    >>> report[["treatment", "indicator", "filled"]].values.tolist()
    [['impute_mean', 'a', 1]]
    """
    with Arguments("treatment_report") as check:
        check.choice("language", language, get_args(Language))
        framework: Framework = recipe.framework
        codes = list(framework.indicators)
        cells = checked_cells(check, not_applicable, table, codes)
    rows = []
    for number, step in enumerate(recipe.treat, start=1):
        treated = treated_by(step, table, framework, cells)
        notes = {code: getattr(note, language) for code, note in _notes(step, table, framework).items()}
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


def _notes(step: Any, table: pd.DataFrame, framework: Framework) -> dict[str, Text]:
    """Return by indicator what the numbers of cells do not show."""
    plain, options = (step.func, step.keywords) if isinstance(step, partial) else (step, {})
    if plain is jrc_outliers:
        report = outlier_report(table, framework, **options)
        return {
            str(code): _outlier_note(row["action"], passed=row["passed"])
            for code, row in report[report["action"] != "none"].iterrows()
        }
    if plain is box_cox:
        codes, _, powers = box_cox_powers(
            table, framework, options.get("power"), options.get("shift", 0.0), options.get("indicators")
        )
        note = TREATMENT_NOTES["power"]
        return {code: note.format(power=f"{power:.6g}") for code, power in zip(codes, powers, strict=True)}
    if plain is log_transform:
        treated = log_transform(table, framework, **options)
        note = TREATMENT_NOTES["logarithm"].format(variant=options.get("variant", "ln"))
        return {code: note for code in framework.indicators if not treated[code].equals(table[code])}
    return {}


def _outlier_note(action: str, *, passed: bool) -> Text:
    note = OUTLIER_ACTIONS[action]
    return note if passed else TREATMENT_NOTES["still outlying"].format(action=note)
