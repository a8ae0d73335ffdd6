"""A result as the text of its file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd

from govtransparency.errors import InputError
from govtransparency.texts.problems import notebook_problems as problems

__all__ = ["result_text"]


def result_text(name: str, value: Any) -> str:
    """Return a result as the text of its file: a table as CSV, anything else as JSON; the same bytes each time.

    Parameters
    ----------
    name : str
        Of the file, seen from the folder of the results.
    value : DataFrame, Series, mapping or list
        The index of a table is written if it has a name.

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
    return frame.to_csv(index=any(label is not None for label in frame.index.names), lineterminator="\n")
