"""Which columns a treatment is about, and by which groups."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from govtransparency.errors import InputError, nearest
from govtransparency.framework import Framework

__all__ = ["chosen", "groups_of", "refuse_empty", "with_values", "without_goalposts"]


def chosen(framework: Framework, indicators: Sequence[str] | str | None, *, title: str) -> list[str]:
    """Return the indicators named, all of the framework if none is; pillars stand for the indicators under them."""
    if indicators is None:
        return list(framework.indicators)
    known = {node.code for node in framework.nodes}
    codes = [indicators] if isinstance(indicators, str) else list(indicators)
    if unknown := [code for code in codes if code not in known]:
        raise InputError(
            [f"no indicator {code!r}; {nearest(code, framework.indicators)}" for code in unknown], title=title
        )
    wanted = {leaf for code in codes for leaf in framework.leaves.get(code, (code,))}
    return [code for code in framework.indicators if code in wanted]


def with_values(table: pd.DataFrame, codes: Sequence[str], values: np.ndarray) -> pd.DataFrame:
    """Return the table with other values in those columns; all else as it is."""
    return table.assign(**{code: values[:, column] for column, code in enumerate(codes)})


def refuse_empty(x: np.ndarray, codes: Sequence[str], *, title: str) -> None:
    """Raise an error that names every indicator without any value."""
    if empty := np.flatnonzero(np.isnan(x).all(axis=0)).tolist():
        problems = [f"indicator {codes[column]!r}: no unit has a value to fill from" for column in empty]
        raise InputError([*problems, "fill the column or take it out of the framework"], title=title)


def without_goalposts(framework: Framework, codes: Sequence[str], *, title: str) -> None:
    """Refuse to transform indicators whose goalposts would stay in the old unit."""
    posts = framework.goalposts.loc[list(codes)].notna().any(axis=1)
    if posts.any():
        problems = [
            f"indicator {code!r} has goalposts in its own unit, which this would not transform"
            for code in posts[posts].index
        ]
        raise InputError(
            [*problems, "normalise with log=True instead, which takes the logarithm of the goalposts too"], title=title
        )


def groups_of(table: pd.DataFrame, groups: Any, *, title: str) -> pd.Series:
    """Return the group of every unit of the table, from a Series, a mapping, or the name of a column of it."""
    if isinstance(groups, str):
        if groups not in table:
            raise InputError(f"groups {groups!r}: no such column; {nearest(groups, table.columns)}", title=title)
        series = table[groups]
    else:
        series = pd.Series(groups).reindex(table.index)
    if series.isna().any():
        raise InputError([f"unit {unit!r} has no group" for unit in series.index[series.isna()]], title=title)
    return series
