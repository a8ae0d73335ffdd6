"""How a notebook begins: its parameters are checked and its edition is loaded."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, get_args

from govtransparency.arguments import Arguments
from govtransparency.editions import Edition, Panel, list_editions, read_edition
from govtransparency.errors import InputError
from govtransparency.report.panel_run import PanelRun
from govtransparency.report.run import Run
from govtransparency.texts.bilingual import Shown, strung
from govtransparency.texts.problems import notebook_problems as problems

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["check_parameters", "start", "start_panel"]


def start(
    index: str | None,
    year: int | str | None,
    output: str | Path | None = None,
    *,
    language: Shown = "both",
    notebook: str = "notebook",
) -> Run:
    """Begin a notebook: check its parameters and load the edition.

    Parameters
    ----------
    index : str
        A folder of ``data/raw``.
    year : int or str
        A folder of that one.
    output : path, optional
        The folder for results. Without one nothing is written anywhere.
    language : {"zh", "en", "both"}
        Shown first; figures are written in English if it is ``"en"``, else in Chinese.
    notebook : str
        The name of the notebook, whose exhibits of an earlier start are forgotten. The number at its front is the first
        part of the numbers of its exhibits.

    Returns
    -------
    Run

    Raises
    ------
    InputError
        When index or year is not given, with those there are; for an unknown language; and for every problem of the
        edition's files.
    """
    check_parameters(notebook, index=index, year=year)
    assert index is not None and year is not None
    run = Run(read_edition(index, year), _folder(output), notebook, _known(language))
    run.write(run.exhibits_file, [])
    return run


def start_panel(
    editions: Mapping[str, Edition],
    panels: Mapping[str, Panel],
    output: str | Path | None = None,
    *,
    language: Shown = "both",
    notebook: str = "notebook",
) -> PanelRun:
    """Begin a notebook on all editions of an index.

    Parameters
    ----------
    editions : mapping of status to Edition
        The latest edition of each status. The first that is not simulated is the run's own.
    panels : mapping of status to Panel
        All editions of each status.
    output, language, notebook
        As for `start`.

    Returns
    -------
    PanelRun
    """
    own = editions[min(editions, key="simulated".__eq__)]
    run = PanelRun(own, _folder(output), notebook, _known(language), editions=dict(editions), panels=dict(panels))
    run.write(run.exhibits_file, [])
    return run


def check_parameters(notebook: str, **parameters: object) -> None:
    """Refuse parameters of a notebook that have no value, and list the editions there are.

    Raises
    ------
    InputError
        Naming every parameter that is None.
    """
    lacking = [name for name, value in parameters.items() if value is None]
    if lacking:
        there = list_editions().groupby("index", sort=False)["year"].agg(lambda years: ", ".join(map(str, years)))
        listed = "; ".join(f"{name} ({years})" for name, years in there.items())
        template = problems.NO_VALUE if len(lacking) == 1 else problems.NO_VALUES
        names = strung(lacking, "、", " and ")
        raise InputError(template.format(names=names, editions=listed), title=notebook)


def _folder(output: str | Path | None) -> Path | None:
    return None if output is None else Path(output)


def _known(language: Shown) -> Shown:
    with Arguments("start") as check:
        check.choice("language", language, get_args(Shown))
    return language
