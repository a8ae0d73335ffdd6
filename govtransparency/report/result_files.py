"""A result as the text of its file."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
from pandas.api.types import is_float_dtype

from govtransparency.errors import InputError
from govtransparency.report.render.html_table import heading
from govtransparency.texts.bilingual import run_on
from govtransparency.texts.problems import notebook_problems as problems

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from govtransparency.texts.bilingual import Text

__all__ = ["card_file", "result_text", "table_text"]


def result_text(
    name: str, value: Any, *, ranks: Collection[Any] | None = None, attribution: Iterable[Text] = ()
) -> str:
    """Return a result as the text of its file: a table as CSV, anything else as JSON; the same bytes each time.

    Parameters
    ----------
    name : str
        Of the file, seen from the folder of the results.
    value : DataFrame, Series, mapping or list
        The index of a table is written if it has a name.
    ranks : collection, optional
        The columns that hold ranks; by default as `table_text` finds them.
    attribution : iterable of Text
        What the licences of the sources ask for: the last column of a table has it in each row, so that it stays with
        any part of the table, and every program reads the file as it reads others.

    Raises
    ------
    InputError
        For a path that leads out of the folder, or whose ending does not fit the value.
    """
    if Path(name).is_absolute() or ".." in Path(name).parts:
        raise InputError(problems.OUTSIDE.format(name=name), title="write")
    table = isinstance(value, (pd.DataFrame, pd.Series))
    ending = ".csv" if table else ".json"
    if Path(name).suffix != ending:
        raise InputError(problems.ENDING.format(name=name, kind=type(value).__name__, ending=ending), title="write")
    if not table:
        return json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False) + "\n"
    frame = value.to_frame() if isinstance(value, pd.Series) else value
    if ranks is None and Path(name).name.startswith("ranks"):  # of nothing else
        ranks = list(frame)
    said = run_on(attribution).en
    return table_text(frame.assign(attribution=said) if said else frame, ranks)


def card_file(unit: str) -> str:
    """Return the name of the files of a unit's card, without their endings.

    Examples
    --------
    >>> card_file("a/b 1")
    'a_b_1'
    """
    return re.sub(r"[^\w.-]", "_", unit)


def table_text(frame: pd.DataFrame, ranks: Collection[Any] | None = None) -> str:
    r"""Return a table as CSV: ranks as whole numbers, and an empty cell for a unit without one.

    Parameters
    ----------
    frame : DataFrame
        Its index is written if it has a name.
    ranks : collection, optional
        The columns that hold ranks; by default, beside a column ``rank``, those that the report writes as ranks.

    Examples
    --------
    >>> table_text(pd.DataFrame({"rank": [1.0, float("nan")], "score": [50.0, 40.0]}))
    'rank,score\n1,50.0\n,40.0\n'
    """
    if ranks is None:
        ranks = [name for name in frame if heading(str(name)).kind == "rank"] if "rank" in frame else []
    frame = frame.copy(deep=False)
    for name in ranks:
        if is_float_dtype(frame[name]) and (frame[name].dropna() % 1 == 0).all():
            frame[name] = frame[name].astype("Int64")
    return frame.to_csv(index=any(label is not None for label in frame.index.names), lineterminator="\n")
