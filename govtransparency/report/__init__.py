"""What a reader sees: notebooks, figures, tables, and the page made of them."""

from govtransparency.report.jupyter import progress, weight_sliders
from govtransparency.report.notebook import Run, start
from govtransparency.texts.bilingual import Column, Text, joined, two_lines
from govtransparency.texts.report_words import NOTES
from govtransparency.texts.uncertainty_words import SOURCES

__all__ = ["NOTES", "SOURCES", "Column", "Run", "Text", "joined", "progress", "start", "two_lines", "weight_sliders"]
