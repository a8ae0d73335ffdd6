"""Income per head of each country in the year of each index, to be held against their agreement."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from govtransparency.arguments import Arguments
from govtransparency.data.indicator_table import read_table
from govtransparency.editions import original_file
from govtransparency.errors import InputError, nearest
from govtransparency.files.file_form import FileForm
from govtransparency.files.table_files import raw_rows, read_table_file
from govtransparency.framework import Framework
from govtransparency.nodes import ROOT, Node
from govtransparency.several_indices.country_codes import country_codes
from govtransparency.texts.agreement_words import INCOME
from govtransparency.texts.bilingual import quoted
from govtransparency.texts.problems import agreement_problems as problems

if TYPE_CHECKING:
    from collections.abc import Sequence

    from govtransparency.editions import Edition
    from govtransparency.several_indices.compared_indices import ComparedIndices
    from govtransparency.texts.bilingual import Text

__all__ = ["Income", "income_of"]

SHELF = ("hdi", "hdi_1990_2022.csv")
SOURCE = {  # as a row of sources.csv
    "source": "hdi",
    "title": "Human Development Report 2023/24: gross national income per head",
    "url": "https://hdr.undp.org",
    "publisher": "United Nations Development Programme",
    "published_on": "2024",
    "licence": "CC-BY-3.0-IGO",
}
NAMED = 5  # rows in an error
COLUMNS = ("iso3", "gnipc", "year")  # of that file: code, figure, year


@dataclass(frozen=True)
class Income:
    """Income per head; made by `income_of`.

    Attributes
    ----------
    figures : DataFrame, countries x indices
        Natural logarithm.
    years : dict of index to int or None
        The year of its figures; None where the file has one figure a country.
    source : Text
        What the figures are.
    file : Path
    row : dict of str to str
        The source as a row of ``sources.csv``.
    """

    figures: pd.DataFrame
    years: dict[str, int | None]
    source: Text
    file: Path
    row: dict[str, str]

    def of(self, edition: Edition) -> Edition:
        """Return an edition that also has this source and this file."""
        sources = pd.concat([edition.sources, pd.DataFrame([self.row])], ignore_index=True).fillna("")
        return replace(edition, sources=sources, files=(*edition.files, self.file))


def income_of(
    indices: ComparedIndices,
    file: str | Path | None = None,
    columns: Sequence[str] | None = None,
    *,
    root: str | Path | None = None,
) -> tuple[Income | None, Text | None]:
    """Read the income of the countries, of the year of each index or, where there is none, of the last year before it.

    Where all years of the table are later, the first of them is taken.

    Parameters
    ----------
    indices : ComparedIndices
    file : path, optional
        A table with a row for each country, or for each country and year; by default the one that
        ``make fetch INDEX=hdi`` puts into ``data/external``.
    columns : sequence of str, optional
        Its columns of the code or name, of the figure and, where there are several years, of the year; by default those
        of that table.
    root : path, optional
        ``data/raw``.

    Returns
    -------
    Income or None, Text or None
        None and the reason, where no file is given and the default is not there.

    Raises
    ------
    InputError
        For other than two or three columns; for a file that cannot be read, without these columns or without a year
        where there should be one, without a row of a country, with two rows for one, or with an income of 0 or less.
    """
    with Arguments("income_of") as check:
        if columns is not None and (isinstance(columns, str) or len(set(columns)) not in (2, 3)):
            check.expect("columns", columns, problems.INCOME_COLUMNS)
    source = INCOME["file"].format(file=file) if file else INCOME["hdi"]
    if file is None:
        try:
            file = original_file(*SHELF, root=root)
        except InputError as error:
            return None, error.texts[0]
    path = Path(file)
    row = SOURCE if source is INCOME["hdi"] else {"source": "income", "title": path.name}
    unit, figure, *year = columns = tuple(columns or COLUMNS)
    header = _header(path, columns)
    cells = read_table_file(path, FileForm(header=header)).cells
    others = [name for name in cells.columns if name not in columns]
    code = next(name for name in (f"income{'_' * count}" for count in itertools.count()) if name not in others)
    framework = Framework([Node(ROOT, ""), Node(code, ROOT)])
    there = sorted({int(value) for value in cells[year[0]] if value.isdecimal()}) if year else []
    if year and not there:
        raise InputError(problems.INCOME_YEARS.format(column=year[0]), title=str(path))
    figures, years = {}, {}
    for name, one in indices.indices.items():
        before = [value for value in there if value <= one.edition.year] or there[:1]
        years[name] = before[-1] if before else None
        form: dict[str, Any] = {"where": {year[0]: str(years[name])}} if year else {}
        form |= {"ignore": others} if others else {}
        table = read_table(path, framework, unit=unit, names={figure: code}, header=header, **form)
        figures[name] = _by_country(table[code], path)
    return Income(pd.DataFrame(figures), years, source, path, row), None


def _header(path: Path, columns: Sequence[str]) -> int:
    """Return the first line that has all the columns: the World Bank has lines of title above it."""
    raw = raw_rows(path)
    lines = zip(raw.lines, raw.rows, strict=True)
    if found := next((line for line, row in lines if set(columns) <= {cell.strip() for cell in row}), None):
        return found
    longest = max(raw.rows, key=len)
    lacking = [name for name in columns if name not in longest]
    near = [
        problems.NO_INCOME_COLUMN.format(column=name, nearest=nearest(name, filter(None, longest))) for name in lacking
    ]
    raise InputError(near, title=str(path))


def _by_country(figures: pd.Series, path: Path) -> pd.Series:
    """Return the logarithm of the figures by country; rows that are no country, such as those of regions, have none."""
    codes, _ = country_codes(figures.to_frame())
    known = figures[codes.index].dropna().set_axis(codes[figures[codes.index].notna()])
    wrong = [] if len(known) else [problems.INCOME_NO_COUNTRY.format(names=quoted(figures.index[:NAMED]))]
    wrong += [problems.INCOME_TWICE.format(code=code) for code in known.index[known.index.duplicated()].unique()]
    wrong += [problems.INCOME_NOT_POSITIVE.format(code=code, value=value) for code, value in known[known <= 0].items()]
    if wrong:
        raise InputError(wrong, title=str(path))
    return np.log(known)
