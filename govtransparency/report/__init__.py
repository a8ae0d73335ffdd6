"""What a reader sees: notebooks, figures, tables, and the page made of them."""

from govtransparency.report.lab import progress, weight_sliders
from govtransparency.report.notebook import Run, start
from govtransparency.report.text import NOTES, SOURCES, Column, Text, joined, two_lines

__all__ = ["NOTES", "SOURCES", "Column", "Run", "Text", "joined", "progress", "start", "two_lines", "weight_sliders"]
