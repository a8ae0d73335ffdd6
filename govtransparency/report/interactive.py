"""Whether somebody runs the cells in JupyterLab, and tables that sort on a click there."""

from __future__ import annotations

import os
from functools import cache
from importlib import resources

from govtransparency.report.render.html_table import focusable

__all__ = ["by_hand", "script", "sortable"]


def by_hand() -> bool:
    """Return whether somebody runs the cells: in a kernel, and not one that makes a report.

    The runner of the reports tells its kernels so by ``GOVTRANSPARENCY_REPORT``, and nothing of this module is shown.
    """
    if "GOVTRANSPARENCY_REPORT" in os.environ:
        return False
    from IPython import get_ipython

    return getattr(get_ipython(), "kernel", None) is not None


def sortable(markup: str) -> str:
    """Return tables in HTML such that a click on a heading sorts them, or Enter; as they are in the run of a report.

    JupyterLab runs scripts in the outputs of cells that its reader has run. In a notebook from elsewhere, which is not
    trusted, the tables stay as they are.
    """
    return focusable(markup) + script() if by_hand() else markup


@cache
def script() -> str:
    """Return the style and the script that sort tables, as HTML."""
    templates = resources.files("govtransparency.report.render") / "templates"
    sort, lab, style = (
        (templates / name).read_text(encoding="utf-8") for name in ("page/sort.js", "lab.js", "lab.css")
    )
    return f"<style>\n{style}</style><script>{{\n{sort}{lab}}}</script>"
