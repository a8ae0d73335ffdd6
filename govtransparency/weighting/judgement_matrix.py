"""Matrices of pairwise comparisons: reading, checking and completing them."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import pandas as pd

from govtransparency.arguments import Arguments
from govtransparency.errors import nearest
from govtransparency.files.table_files import read_csv
from govtransparency.texts.bilingual import listed, quoted
from govtransparency.texts.problems import weighting_problems as problems

Matrix: TypeAlias = pd.DataFrame | np.ndarray | Sequence[Sequence[Any]] | str | Path


def number_in(cell: Any) -> float:
    """Return the number or fraction in a cell, NaN if it is empty, infinity for anything else."""
    if cell is None or cell == "" or (isinstance(cell, float) and np.isnan(cell)):
        return np.nan
    try:
        if not isinstance(cell, str):
            return float(cell)
        text = cell.strip().replace(" ", "")
        return unicodedata.numeric(text) if len(text) == 1 else float(Fraction(text))
    except (TypeError, ValueError, ZeroDivisionError, OverflowError):
        return np.inf


def judgement_matrix(matrix: Matrix, *, connected: bool = True) -> pd.DataFrame:
    """Return a reciprocal matrix with 1 on the diagonal and NaN for pairs not compared."""
    title = str(matrix) if isinstance(matrix, (str, Path)) else "ahp"
    frame = _square_frame(matrix, title)
    given = frame.to_numpy(dtype=object)
    numbers = _positive_numbers(given, frame.index.tolist(), title)
    filled = np.where(np.isnan(numbers), 1.0 / numbers.T, numbers)
    np.fill_diagonal(filled, np.where(np.isnan(np.diag(numbers)), 1.0, np.diag(numbers)))
    result = pd.DataFrame(filled, index=frame.index, columns=frame.columns)
    with Arguments(title) as check:
        _check_reciprocal(check, result, given)
        sets = connected_sets(result)
        if connected and len(sets) > 1:
            names = listed(problems.CONNECTED_SET.format(names=quoted(part)) for part in sets)
            check.refuse(problems.NOT_CONNECTED.format(sets=names))
    return result


def _square_frame(matrix: Matrix, title: str) -> pd.DataFrame:
    """Return the matrix as given, with its names in the same order in rows and columns."""
    if isinstance(matrix, (str, Path)):
        text = read_csv(matrix)
        matrix = text.set_index(text.columns[0])
    with Arguments(title, last=False) as check:
        cells = matrix if isinstance(matrix, pd.DataFrame) else np.asarray(matrix, dtype=object)
        if cells.ndim != 2:
            check.expect("matrix", matrix, problems.SQUARE)
    frame = cells if isinstance(cells, pd.DataFrame) else pd.DataFrame(cells)
    names, columns = frame.index.tolist(), frame.columns.tolist()
    with Arguments(title) as check:
        for name in names:
            if name not in columns:
                check.refuse(problems.ROW_WITHOUT_COLUMN.format(name=name, nearest=nearest(name, columns)))
        for name in columns:
            if name not in names:
                check.refuse(problems.COLUMN_WITHOUT_ROW.format(name=name, nearest=nearest(name, names)))
        for name in dict.fromkeys([*names, *columns]):
            if max(names.count(name), columns.count(name)) > 1:
                check.refuse(problems.DUPLICATE_NAME.format(name=name))
        if not names:
            check.refuse(problems.EMPTY_MATRIX)
    return frame[names]


def _positive_numbers(given: np.ndarray, names: list[Any], title: str) -> np.ndarray:
    """Return the cells as numbers, NaN where empty, or refuse those that are not positive numbers."""
    numbers = np.array([[number_in(cell) for cell in row] for row in given])
    with Arguments(title) as check:
        for i, j in np.argwhere((numbers <= 0) | np.isinf(numbers)).tolist():
            check.refuse(problems.JUDGEMENT_NOT_POSITIVE.format(row=names[i], column=names[j], value=given[i, j]))
    return numbers


def _check_reciprocal(check: Arguments, judgements: pd.DataFrame, given: np.ndarray) -> None:
    filled, names = judgements.to_numpy(), judgements.index.tolist()
    for i, name in enumerate(names):
        if filled[i, i] != 1:
            check.refuse(problems.DIAGONAL.format(name=name, value=f"{filled[i, i]:g}"))
        for j in range(i + 1, len(names)):
            if abs(filled[i, j] * filled[j, i] - 1) > 1e-6:
                check.refuse(
                    problems.NOT_RECIPROCAL.format(row=name, column=names[j], value=given[i, j], back=given[j, i])
                )


def connected_sets(judgements: pd.DataFrame) -> list[list[Any]]:
    """Return the sets of names that comparisons connect."""
    compared = judgements.notna().to_numpy()
    left, sets = list(range(len(compared))), []
    while left:
        part, todo = set(), [left[0]]
        while todo:
            if (name := todo.pop()) not in part:
                part.add(name)
                todo.extend(np.flatnonzero(compared[name]).tolist())
        sets.append([judgements.index[name] for name in sorted(part)])
        left = [name for name in left if name not in part]
    return sets
