"""Read one validated table, unit x indicator."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from govtransparency.arguments import Arguments
from govtransparency.checked_calls import checked
from govtransparency.data.indicator_columns import Scale, columns_of, names_of
from govtransparency.data.sheet import read_sheet
from govtransparency.data.sheet_form import check_reader, described
from govtransparency.data.unit_matching import UnitList
from govtransparency.errors import InputError
from govtransparency.texts.problems import table_problems as problems

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path

    import pandas as pd

    from govtransparency.framework import Framework


__all__ = ["read_table"]


@checked
def read_table(
    path: str | Path,
    framework: Framework,
    *,
    scales: Mapping[str, Scale] | None = None,
    units: Collection[str] | None = None,
    missing: Collection[str] | Mapping[str, Collection[str]] = (),
    **description: Any,
) -> pd.DataFrame:
    r"""Read a sheet that holds every indicator of a framework.

    Parameters
    ----------
    path : path
        A file of text (CSV, TSV), a workbook (XLSX, ODS) or a Parquet file, wide (a column ``unit``, and one column per
        indicator, by its code or its name) or long (columns ``unit``, ``indicator``, ``value``); the data dictionary
        lists the other words by which these columns may be headed. Empty cells, ``NA``, ``N/A``, ``NaN``, ``null``
        and ``..`` are missing. A sign of per cent divides by 100, of per mille by 1000, unless it is the indicator's
        unit in the framework or, where it has none there, in the sheet; it is refused where only some cells of a column
        have one. In a wide sheet, columns headed as a group, name, place, code, serial number, unit of measurement,
        note, source, rank or score are ignored; in a long one, all other columns.
    framework : Framework
    scales : mapping of unit text to Scale, optional
        By unit of measurement; values off the scale of their indicator's unit are an error.
    units : collection of str, optional
        The units that may occur; by default any that does not look like a total or a footnote.
    missing : collection of str, or mapping of column to such
        Further texts that mean a missing value, such as ``"-"`` or ``"-999"``.
    **description
        What else there is to say of the file, as in a ``[[sheets]]`` entry: ``unit``, ``group``, ``pillar``, ``where``,
        ``unlisted="pass"``, ``names``, ``ignore``, ``header``, ``sheet``, ``encoding``, ``separator``, ``decimal``,
        ``not_applicable``, ``values``, ``multiples``, ``measure``, ``multiply``.

    Returns
    -------
    DataFrame, units x indicators in the framework's order
        Floats, NaN where missing; the index, named ``unit``, in the sheet's order.

    Raises
    ------
    InputError
        Listing unknown units and indicators, rows that stand twice, and for each column the cells that are no number,
        have two readings, are infinite or off their scale; and each indicator that the sheet lacks.

    Examples
    --------
    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> from govtransparency import Framework, Node
    >>> tree = Framework([Node("index", ""), Node("a", "index"), Node("b", "index")])
    >>> with TemporaryDirectory() as folder:
    ...     path = Path(folder) / "sheet.csv"
    ...     _ = path.write_text("unit,a,b\nX,1,85%\nY,,50%\n")
    ...     read_table(path, tree).to_dict("index")
    {'X': {'a': 1.0, 'b': 0.85}, 'Y': {'a': nan, 'b': 0.5}}
    """
    with Arguments("read_table"):
        check_reader("read_table", path, framework, scales, units)
        form = described("read_table", path, description | {"missing": missing})
    listed = None if units is None else UnitList.of(units)
    columns = columns_of(framework, scales=scales)
    table = read_sheet(path, columns, names=names_of(framework), units=listed, form=form).values
    if lacking := [code for code in framework.indicators if code not in table]:
        raise InputError([problems.ABSENT_INDICATOR.format(code=code) for code in lacking], title=str(path))
    return table[list(framework.indicators)]
