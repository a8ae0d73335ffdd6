"""What stands in tables that are written as LaTeX or Markdown, and how the library is cited."""

from __future__ import annotations

from govtransparency.texts.bilingual import Text

__all__ = ["AUTHORS", "BOOLEAN", "NEEDS", "TITLE", "YEAR"]

BOOLEAN = {True: Text("是", "yes"), False: Text("否", "no")}
NEEDS = Text(r"需要 \usepackage{booktabs}、\usepackage{ctex}", r"needs \usepackage{booktabs}")
TITLE = "govtransparency: compute, check and question composite indices of government transparency"
AUTHORS = "govtransparency contributors"
YEAR = "2026"  # of the licence
