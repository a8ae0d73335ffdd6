"""Read one validated table, unit x indicator."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govtransparency.arguments import Arguments
from govtransparency.data.sheet import Scale, columns_of, names_of, read_sheet
from govtransparency.errors import InputError
from govtransparency.framework import Framework
from govtransparency.texts.problems import table_problems as problems

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path

    import pandas as pd

__all__ = ["read_table"]


def read_table(
    path: str | Path,
    framework: Framework,
    *,
    scales: Mapping[str, Scale] | None = None,
    units: Collection[str] | None = None,
    missing: Collection[str] = (),
) -> pd.DataFrame:
    r"""Read a sheet that holds every indicator of a framework.

    Parameters
    ----------
    path : path
        A CSV file, wide (a column ``unit``, and one column per indicator, by its code or its name) or long (columns
        ``unit``, ``indicator``, ``value``). Empty cells, ``NA``, ``N/A``, ``NaN``, ``null`` and ``..`` are missing. A
        percent sign divides by 100, unless the indicator's unit in the framework is ``%``. In a wide sheet, columns
        named group, name, name_en, name_zh, province, note or source are ignored; in a long one, all other columns.
    framework : Framework
    scales : mapping of unit text to Scale, optional
        By unit of measurement; values off the scale of their indicator's unit are an error.
    units : collection of str, optional
        The units that may occur; any by default.
    missing : collection of str
        Further texts that mean a missing value, such as ``"-"`` or ``"-999"``.

    Returns
    -------
    DataFrame, units x indicators in the framework's order
        Floats, NaN where missing; the index, named ``unit``, in the sheet's order.

    Raises
    ------
    InputError
        Listing, with the line, each unknown unit or indicator, duplicate row, and cell that is not a number, infinite
        or off its scale; and each indicator that the sheet lacks.

    Examples
    --------
    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> from govtransparency import Node
    >>> tree = Framework([Node("index", ""), Node("a", "index"), Node("b", "index")])
    >>> with TemporaryDirectory() as folder:
    ...     path = Path(folder) / "sheet.csv"
    ...     _ = path.write_text("unit,a,b\nX,1,85%\nY,,0.5\n")
    ...     read_table(path, tree).to_dict("index")
    {'X': {'a': 1.0, 'b': 0.85}, 'Y': {'a': nan, 'b': 0.5}}
    """
    with Arguments("read_table") as check:
        check.instance("framework", framework, Framework)
    columns = columns_of(framework, scales=scales)
    table = read_sheet(path, columns, names=names_of(framework), units=units, missing=missing)
    if lacking := [code for code in framework.indicators if code not in table]:
        raise InputError([problems.ABSENT_INDICATOR.format(code=code) for code in lacking], title=str(path))
    return table[list(framework.indicators)]
