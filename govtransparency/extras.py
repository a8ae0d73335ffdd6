"""Packages that come with an extra of this one, such as ``govtransparency[stats]``, and what is said without them."""

from __future__ import annotations

from importlib.util import find_spec

from govtransparency.errors import InputError
from govtransparency.texts.bilingual import words
from govtransparency.texts.problems import extra_problems as problems

__all__ = ["EXTRAS", "command", "is_there", "needs"]

EXTRAS = {
    "stats": {"sklearn": "scikit-learn", "statsmodels": "statsmodels"},
    "excel": {"openpyxl": "openpyxl", "python_calamine": "python-calamine"},
    "parquet": {"pyarrow": "pyarrow"},
    "report": {
        "babel": "babel",
        "brotli": "brotli",
        "ipykernel": "ipykernel",
        "justmytype_intl_cjk": "justmytype-intl-cjk",
        "latex2mathml": "latex2mathml",
        "nbconvert": "nbconvert",
        "papermill": "papermill",
        "pooch": "pooch",
        "typst": "typst",
    },
    "lab": {"ipywidgets": "ipywidgets", "tqdm": "tqdm"},
}
"""By the extra's name: the modules that are imported of it, and the packages that have them."""


def is_there(module: str) -> bool:
    """Return whether a module can be imported, without importing it."""
    try:
        return find_spec(module) is not None
    except ValueError:  # what stands in its place has no specification
        return True


def needs(*modules: str, title: str) -> None:
    """Refuse to go on without the modules that a call is about to import.

    Parameters
    ----------
    *modules : str
        Of `EXTRAS`.
    title : str
        The call.

    Raises
    ------
    InputError
        For each extra that lacks a package: which, and the command that installs it.

    Examples
    --------
    >>> needs("sklearn", title="impute_knn")
    """
    wrong = []
    for extra, packages in EXTRAS.items():
        lacking = [packages[module] for module in modules if module in packages and not is_there(module)]
        if lacking:
            wrong.append(problems.LACKING.format(packages=words(lacking), command=command(extra)))
    if wrong:
        raise InputError(wrong, title=title)


def command(extra: str) -> str:
    """Return the command that installs an extra.

    Examples
    --------
    >>> command("stats")
    'pip install "govtransparency[stats]"'
    """
    return f'pip install "govtransparency[{extra}]"'
