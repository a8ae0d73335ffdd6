"""How to cite the library."""

from __future__ import annotations

from importlib import metadata
from typing import Literal, get_args

from govtransparency.arguments import Arguments
from govtransparency.texts.export_words import AUTHORS, TITLE, YEAR

__all__ = ["cite"]

Form = Literal["text", "bibtex"]
FORMS = {
    "text": "{authors} ({year}). {title}. Version {version}.",
    "bibtex": """\
@misc{{govtransparency,
  author = {{{{{authors}}}}},
  title = {{{{{title}}}}},
  year = {{{year}}},
  note = {{Version {version}}}
}}""",
}


def cite(form: Form = "text") -> str:
    """Return how to cite the library; cite the source of the data too, as ``sources.csv`` of the edition names it.

    Parameters
    ----------
    form : {"text", "bibtex"}

    Returns
    -------
    str

    Raises
    ------
    InputError
        For another form.

    Examples
    --------
    >>> print(cite("bibtex").splitlines()[0])
    @misc{govtransparency,
    """
    with Arguments("cite") as check:
        check.choice("form", form, get_args(Form))
    return FORMS[form].format(authors=AUTHORS, title=TITLE, year=YEAR, version=metadata.version("govtransparency"))
