"""Missing values and outliers, each a declared step.

A treatment is a function ``(table, framework, *, options) -> table`` on raw values; a recipe applies its treatments in
order. Options are fixed with `functools.partial`, or in an edition's file. Cells that a treatment fills stay flagged in
`Index.imputed`, and `treatment_report` says what each step did.
"""

from typing import TYPE_CHECKING

from govtransparency.methods import methods_in

if TYPE_CHECKING:  # the methods found below too, for editors and type checkers
    from govtransparency.treatment.imputation import *
    from govtransparency.treatment.missing_data_rules import *
    from govtransparency.treatment.model_imputation import *
    from govtransparency.treatment.outliers import *
    from govtransparency.treatment.panel_imputation import *
    from govtransparency.treatment.screening import *
    from govtransparency.treatment.transformations import *
    from govtransparency.treatment.treatment_report import *
else:
    from govtransparency.treatment.missing_data_rules import MissingRule
    from govtransparency.treatment.outliers import outlier_report
    from govtransparency.treatment.screening import screen_indicators
    from govtransparency.treatment.transformations import skewness_kurtosis
    from govtransparency.treatment.treatment_report import still_imputed, treated_by, treatment_report

TREATMENTS = methods_in(__name__, "treat")
MISSING_RULES = methods_in(__name__, "missing")
globals().update(TREATMENTS | MISSING_RULES)
