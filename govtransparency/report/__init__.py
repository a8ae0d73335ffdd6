"""What a reader sees: notebooks, figures, tables, and the page made of them."""

from govtransparency.report.notebook import Run, start
from govtransparency.report.text import Text

__all__ = ["Run", "Text", "start"]
