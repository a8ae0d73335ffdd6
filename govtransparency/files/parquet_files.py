"""Parquet files: columns of a declared type."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from govtransparency.errors import InputError
from govtransparency.extras import needs
from govtransparency.files.cell_texts import CellTexts
from govtransparency.files.raw_rows import RawRows
from govtransparency.texts import file_notes as notes
from govtransparency.texts.problems import parquet_problems as problems

if TYPE_CHECKING:
    from pyarrow import Array, DataType

__all__ = ["parquet_rows"]


LARGEST = 20_000_000  # cells: a few bytes can stand for any number of equal ones
NARROW = {"halffloat": np.float16, "float": np.float32}  # whose shortest decimal form is shorter than that of a float
KINDS = ("boolean", "integer", "floating", "decimal", "string", "large_string", "temporal", "null")


def parquet_rows(content: bytes, title: str) -> RawRows:
    """Return the rows of a Parquet file: the names of its columns as row 0, then its rows, counted from 1.

    Raises
    ------
    InputError
        If pyarrow is not installed, the file is damaged or too large, or a column holds lists, bytes or the like.
    """
    needs("pyarrow", title=title)
    from pyarrow import ArrowException, BufferReader, parquet

    text = CellTexts()
    rows, lines = [], [0]
    try:
        with parquet.ParquetFile(BufferReader(content)) as file:
            if (size := file.metadata.num_rows * file.metadata.num_columns) > LARGEST:
                raise InputError(problems.TOO_MANY_CELLS.format(count=size), title=title)
            fields = list(file.schema_arrow)
            if found := [
                problems.COLUMN_TYPE.format(column=field.name, type=field.type)
                for field in fields
                if not _is_plain(field.type)
            ]:
                raise InputError(found, title=title)
            rows.append([text(field.name) for field in fields])
            line = 0
            for batch in file.iter_batches():
                columns = [[text(value) for value in _values(column)] for column in batch.columns]
                for number, cells in enumerate(zip(*columns, strict=True), start=line + 1):
                    if any(cells):
                        rows.append(list(cells))
                        lines.append(number)
                line += len(batch)
    except (ArrowException, OSError, UnicodeDecodeError):
        raise InputError(problems.DAMAGED, title=title) from None
    if not fields:
        raise InputError(problems.NO_COLUMNS, title=title)
    told = (notes.EDGES.format(count=text.edges),) if text.edges else ()
    return RawRows(rows, lines, notes=told)


def _is_plain(kind: DataType) -> bool:
    """Return whether values of that type are numbers, texts, dates or the like."""
    from pyarrow import types

    if types.is_dictionary(kind):
        return _is_plain(kind.value_type)
    return any(getattr(types, f"is_{name}")(kind) for name in KINDS)


def _values(column: Array) -> list[Any]:
    """Return the values of a column: None for NaN; of narrow floats the number that their decimal form says."""
    values = column.to_pylist()
    if narrow := NARROW.get(str(column.type)):
        values = [value if value is None else float(str(narrow(value))) for value in values]
    return [None if isinstance(value, float) and math.isnan(value) else value for value in values]
