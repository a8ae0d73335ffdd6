"""What a reader sees: notebooks, tables and figures, and the page made of them."""

from govtransparency.report.agreement_run import AgreementRun, start_agreement
from govtransparency.report.conclusion import Conclusion
from govtransparency.report.jupyter import progress, weight_sliders
from govtransparency.report.notebook import check_parameters, start, start_panel
from govtransparency.report.panel_run import PanelRun
from govtransparency.report.run import Run
from govtransparency.texts.bilingual import Column, Text
from govtransparency.texts.captions import Caption

__all__ = [
    "AgreementRun",
    "Caption",
    "Column",
    "Conclusion",
    "PanelRun",
    "Run",
    "Text",
    "check_parameters",
    "progress",
    "start",
    "start_agreement",
    "start_panel",
    "weight_sliders",
]
