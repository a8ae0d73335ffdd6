"""Missing values and outliers, each a declared step.

A treatment is a function ``(table, framework, *, options) -> table`` on raw values; a recipe applies its treatments in
order. Options are fixed with `functools.partial`, or in an edition's file. Cells that a treatment fills stay flagged in
`Index.imputed`, and `treatment_report` says what each step did.
"""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from govtransparency.treatment.imputation import (
    impute_group_mean,
    impute_iterative,
    impute_knn,
    impute_mean,
    impute_median,
    impute_panel,
    impute_regression,
    impute_value,
)
from govtransparency.treatment.missing import MissingRule, missing_score, require_all, spread_weights
from govtransparency.treatment.outliers import (
    box_cox,
    jrc_outliers,
    log_transform,
    outlier_report,
    skewness_kurtosis,
    winsorise,
)
from govtransparency.treatment.report import still_imputed, treatment_report
from govtransparency.treatment.screening import denominate, screen_indicators, screen_units

__all__ = [
    "MISSING_RULES",
    "TREATMENTS",
    "MissingRule",
    "box_cox",
    "denominate",
    "impute_group_mean",
    "impute_iterative",
    "impute_knn",
    "impute_mean",
    "impute_median",
    "impute_panel",
    "impute_regression",
    "impute_value",
    "jrc_outliers",
    "log_transform",
    "missing_score",
    "outlier_report",
    "require_all",
    "screen_indicators",
    "screen_units",
    "skewness_kurtosis",
    "spread_weights",
    "still_imputed",
    "treatment_report",
    "winsorise",
]

Treatment = Callable[..., pd.DataFrame]

TREATMENTS: dict[str, Treatment] = {
    method.__name__: method
    for method in (
        screen_units,
        denominate,
        impute_value,
        impute_mean,
        impute_median,
        impute_group_mean,
        impute_regression,
        impute_knn,
        impute_iterative,
        impute_panel,
        winsorise,
        log_transform,
        box_cox,
        jrc_outliers,
    )
}
MISSING_RULES: dict[str, Callable[..., MissingRule]] = {
    method.__name__: method for method in (spread_weights, require_all, missing_score)
}
