"""What a reader sees: notebooks, figures, tables, and the page made of them."""

from govtransparency.report.lab import progress, weight_sliders
from govtransparency.report.notebook import Run, start
from govtransparency.report.text import SOURCES, Column, Text, two_lines

__all__ = ["SOURCES", "Column", "Run", "Text", "progress", "start", "two_lines", "weight_sliders"]
