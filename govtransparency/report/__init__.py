"""What a reader sees: notebooks, figures, tables, and the page made of them."""

from govtransparency.report.notebook import Run, start
from govtransparency.report.text import SOURCES, Column, Text, two_lines

__all__ = ["SOURCES", "Column", "Run", "Text", "start", "two_lines"]
