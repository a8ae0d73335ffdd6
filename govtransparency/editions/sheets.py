"""The units and sheets of an edition: into one table, units x (variables and indicators)."""

from __future__ import annotations

import math
import os.path
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

import pandas as pd

from govtransparency.arguments import is_number, is_whole
from govtransparency.control_characters import control_problems
from govtransparency.data.indicator_columns import Column, Scale, columns_of, names_of
from govtransparency.data.marks import indicator_values, marked_not_applicable, marks_of_sheet
from govtransparency.data.sheet import SheetTable, read_sheet
from govtransparency.data.sheet_form import SheetForm
from govtransparency.data.unit_columns import BODIES, unit_and_name
from govtransparency.data.unit_matching import FORMERLY, UnitList, former_names, group_codes
from govtransparency.data.units_of_measurement import are_mixed
from govtransparency.data_dictionary.file_checks import misspelt_columns, read_described
from govtransparency.data_dictionary.input_files import SOURCES, UNITS
from govtransparency.data_dictionary.known_headings import means
from govtransparency.editions.config import ABOVE, SCALE
from govtransparency.editions.derive import formulas_of, used_columns
from govtransparency.editions.download import original_file
from govtransparency.errors import Attempts, InputError, closest, nearest
from govtransparency.files.name_patterns import as_glob, is_pattern
from govtransparency.files.plain_numbers import to_number, written_plainly
from govtransparency.files.table_files import read_csv
from govtransparency.files.toml_values import in_message
from govtransparency.texts.bilingual import quoted
from govtransparency.texts.problems import description_problems, edition_problems
from govtransparency.texts.problems import sheet_problems as problems

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from govtransparency.data.reading_notes import Note
    from govtransparency.editions.derive import Leaves
    from govtransparency.framework import Framework
    from govtransparency.texts.bilingual import Text

__all__ = [
    "Figures",
    "column_of_units",
    "group_problems",
    "read_figures",
    "read_sources",
    "read_units",
    "scales_of",
    "sheet_files",
    "table_problems",
    "units_in",
]

UNSAVED = ("~$", ".")  # before the names of files that programs keep while another one is open
LISTED = 10  # files that a problem names


def read_units(
    path: Path, groups: Mapping[str, Any], *, elsewhere: Mapping[str, Mapping[str, Any]] | None = None
) -> pd.DataFrame:
    """Read ``units.csv``: group, names and whatever else it has, by unit.

    `elsewhere` has the groups of the other years where they share the file: units of groups that only those have are
    passed over, and whether the year's groups are complete is for `group_problems` to say, once its units are known.
    """
    table = units_in(read_csv(path), path)
    if "group" in table:
        table["group"] = table["group"].replace(group_codes(elsewhere or {}) | group_codes(groups))
    if "group" in table and elsewhere is not None:
        table = table[~table["group"].isin(set(elsewhere) - set(groups))]
    given = table.columns
    only = next(iter(groups)) if len(groups) == 1 else None
    if "group" not in table and only is not None:
        table = table.assign(group=only)
    if lacking := [column for column in ("unit", "group") if column not in table]:
        near = [description_problems.NO_COLUMN.format(column=name, nearest=nearest(name, given)) for name in lacking]
        raise InputError(near, title=str(path))
    wrong = [*misspelt_columns(given, UNITS), *control_problems(table), *_unit_problems(table, groups)]
    if not wrong and elsewhere is None:  # else the units are not those meant
        wrong = group_problems(table["group"], table["unit"], groups)
    if wrong:
        raise InputError(wrong, title=str(path))
    for column, other in (("name_en", "name_zh"), ("name_zh", "name_en")):
        if column not in table:
            table[column] = table.get(other, table["unit"])
        table[column] = table[column].where(table[column] != "", table.get(other, table["unit"]))
        table[column] = table[column].where(table[column] != "", table["unit"])
    return table.set_index("unit")


def read_sources(path: Path) -> pd.DataFrame:
    """Read ``sources.csv``, whose texts may have several lines; where there is none, return its columns alone."""
    if not path.exists():
        return pd.DataFrame(columns=list(SOURCES.columns), dtype=object)
    table = read_described(path, SOURCES)
    if wrong := list(control_problems(table, lines=table.columns)):
        raise InputError(wrong, title=str(path))
    return table.reset_index(drop=True)


def _unit_problems(table: pd.DataFrame, groups: Mapping[str, Any]) -> Iterator[Text]:
    """Give what is wrong with the lines of ``units.csv``."""
    for line, row in table.iterrows():
        if not row["unit"]:
            yield problems.NO_UNIT.format(line=line)
    for group, rows in table[~table["group"].isin(list(groups))].groupby("group", sort=False):
        place = {"line": rows.index[0], "unit": rows["unit"].iloc[0], "group": group, "nearest": nearest(group, groups)}
        problem = problems.UNKNOWN_GROUP.format(**place)
        yield problem if len(rows) == 1 else problems.AND_OTHERS.format(problem=problem, count=len(rows) - 1)
    for line, unit in table.loc[table["unit"].duplicated(), "unit"].items():
        yield problems.DUPLICATE_UNIT.format(line=line, unit=unit, first=table.index[table["unit"] == unit][0])
    if FORMERLY in table:
        yield from _former_problems(table)


def _former_problems(table: pd.DataFrame) -> Iterator[Text]:
    """Give the former names and codes that another unit has, now or formerly, so that they mean no unit of the two."""
    now = {name: unit for column in ("name_en", "name_zh", "unit") for name, unit in _of_column(table, column) if name}
    first: dict[str, str] = {}
    for line, unit, cell in table[["unit", FORMERLY]].itertuples(name=None):
        for name in former_names(cell):
            if now.get(name, unit) != unit:
                yield problems.FORMER_IS_LISTED.format(line=line, unit=unit, name=name, other=now[name])
            elif (other := first.setdefault(name, unit)) != unit:
                yield problems.FORMER_TWICE.format(line=line, unit=unit, name=name, other=other)


def _of_column(table: pd.DataFrame, column: str) -> Iterator[tuple[str, str]]:
    """Give the cells of a column, if there is one, each with its unit."""
    return zip(table.get(column, ()), table["unit"], strict=False)


def group_problems(of: pd.Series, units: Iterable[Any], groups: Mapping[str, Any]) -> list[Text]:
    """Return the groups that are too small to be ranked or not of the declared size; `of` is the group of each unit."""
    found, named = [], pd.Series(list(units), index=of.index)
    for group, entry in groups.items():
        own = named[of == group]
        if own.empty:
            found.append(problems.EMPTY_GROUP.format(group=group))
        elif len(own) == 1:
            found.append(problems.ONE_UNIT.format(group=group, unit=own.iloc[0]))
        elif is_whole(size := entry.get("size", len(own))) and size != len(own):
            found.append(problems.SIZE.format(group=group, size=len(own), expected=size))
    return found


def units_in(table: pd.DataFrame, path: Path) -> pd.DataFrame:
    """Return the cells of ``units.csv`` with its columns by the names that they have in the description."""
    unit, called = unit_and_name(table, title=str(path))
    named = table.rename(columns=names_in_units(table, unit, called))
    return named.assign(name_zh=table[called]) if called is not None and called == unit else named


def names_in_units(table: pd.DataFrame, unit: str | None, called: str | None) -> dict[str, str]:
    """Return the name that each column of ``units.csv`` has in the description: units, their names, and the rest."""
    rest = UNITS.names_of([column for column in table if not means(column, *BODIES, "name")])
    names = {column: name for column, name in rest.items() if name not in ("unit", "name_zh")}
    return names | ({called: "name_zh"} if called else {}) | ({unit: "unit"} if unit else {})


def column_of_units(units: pd.DataFrame, name: str, path: Path, *, divides: bool) -> pd.Series:
    """Return a column of ``units.csv``, which lies at `path`, as numbers where all its cells are, else as text.

    Where it `divides` an empty cell is missing.

    Raises
    ------
    InputError
        If it `divides` and some cells are no positive numbers, each with its line; or if none is one.
    """
    found = {unit: _finite_number(cell) for unit, cell in units[name].items()}
    if not divides:
        return units[name] if None in found.values() else pd.Series(found, dtype=float)
    if not any(found.values()) and not any(written_plainly(cell).en for cell in units[name]):
        raise InputError(problems.NO_NUMBERS.format(column=name), title=str(path))
    lines = {unit: line for line, unit in units_in(read_csv(path), path)["unit"].items()}
    wrong = []
    for unit, cell in units[name].items():
        number = found[unit]
        place = {"line": lines[unit], "unit": unit, "column": name, "cell": cell}
        if number is None:
            wrong += [problems.UNITS_CELL.format(**place, plainly=written_plainly(cell))] * (cell != "")
        elif number <= 0:
            wrong.append(problems.UNITS_NOT_POSITIVE.format(**place))
    if wrong:
        raise InputError(wrong, title=str(path))
    return pd.Series(found, dtype=float)


def _finite_number(cell: str) -> float | None:
    number = to_number(cell)
    return None if number is None or math.isinf(number) else number


def scales_of(config: Mapping[str, Any], path: Path) -> dict[str, Scale]:
    """Return the scales that ``edition.toml`` declares, by the text of their unit."""
    scales, wrong = {}, []
    for unit, options in config.items() if isinstance(config, Mapping) else ():
        if (scale := _scale(options)) is None:
            wrong.append(edition_problems.SCALE.format(unit=unit, value=in_message(options)))
        else:
            scales[unit] = scale
    if wrong:
        raise InputError(wrong, title=str(path))
    return scales


def _scale(options: Any) -> Scale | None:
    """Return the scale that plain data describes, or None where they describe none that a value could be on or off."""
    if not isinstance(options, Mapping) or set(options) - set(SCALE):
        return None
    values, integer = options.get("values", []), options.get("integer", False)
    limits = {key: options[key] for key in ("low", "high") if key in options}
    if not isinstance(values, list) or not isinstance(integer, bool):
        return None
    if not all(is_number(item) and math.isfinite(item) for item in (*values, *limits.values())):
        return None
    if bool(values) == bool(limits or integer):
        return None
    scale = Scale(tuple(map(float, values)), **{key: float(limit) for key, limit in limits.items()}, integer=integer)
    lowest = math.ceil(scale.low) if integer and "low" in limits else scale.low
    return scale if lowest <= scale.high else None


def sheet_files(
    path: Path, sheets: list[Mapping[str, Any]], index: str, root: Path
) -> list[tuple[Path, Mapping[str, Any]]]:
    """Return the files, in the edition's folder or among the publisher's that were fetched, each with its entry."""
    wrong: list[Text] = []
    attempt = Attempts(wrong)
    files: list[tuple[Path, Mapping[str, Any]]] = []
    for sheet in sheets:
        find: Callable[[], list[Path]] = partial(_own_files, path, sheet.get("file", ""))
        if "original" in sheet:
            find = partial(_original, index, sheet["original"], root)
        found = attempt(find)
        files += [(file, sheet) for file in found or ()]
    if wrong:
        raise InputError(wrong)
    return files


def _original(index: str, name: str, root: Path) -> list[Path]:
    return [original_file(index, name, root=root)]


def _own_files(path: Path, name: str) -> list[Path]:
    """Return the files of a sheet: in the edition's folder or, after ``../``, in the index's; of a pattern, several."""
    folder = path.parent if name.startswith(ABOVE) else path
    own = name.removeprefix(ABOVE)
    if is_pattern(own):
        found = sorted(one for one in folder.glob(as_glob(own)) if one.is_file() and not one.name.startswith(UNSAVED))
    else:
        found = [folder / own] * os.path.exists(folder / own)
    if not found:
        place = (folder / own).parent
        there = quoted([file.name for file in sorted(place.iterdir())[:LISTED]] if place.is_dir() else ())
        told = problems.NO_SUCH_FILES.format(file=name, folder=place, there=there)
        raise InputError(told, title=str(path / "edition.toml"))
    return found


@dataclass(frozen=True)
class Figures:
    """What the sheets of an edition hold.

    Attributes
    ----------
    table : DataFrame, units x (variables and indicators)
    not_applicable : DataFrame of bool
        Of the same shape.
    marks : DataFrame or None
        All assessors' marks.
    notes : tuple of (name of a file, Note)
    named : frozenset of str
        The units that some sheet has a row for.
    """

    table: pd.DataFrame
    not_applicable: pd.DataFrame
    marks: pd.DataFrame | None
    notes: tuple[tuple[str, Note], ...]
    named: frozenset[str] = frozenset()

    def of_units_there(self) -> Figures:
        """Return the figures of the units that some sheet names with a value, a mark or as not applicable."""
        marked = self.table.index.isin([] if self.marks is None else self.marks["unit"])
        there = self.table.notna().any(axis=1) | self.not_applicable.any(axis=1) | marked
        return replace(self, table=self.table[there], not_applicable=self.not_applicable[there])


def read_figures(
    files: Sequence[tuple[Path, Mapping[str, Any]]],
    config: Mapping[str, Any],
    framework: Framework,
    leaves: Leaves,
    scales: Mapping[str, Scale],
    units: pd.DataFrame | None,
) -> Figures | None:
    """Read the sheets and marks; raise one error that lists what is wrong with them, and nothing that follows.

    Where ``units.csv`` is faulty, without `units`, they are only checked.
    """
    columns = {
        code: Column(code, item.get("unit", ""), scales.get(item.get("unit", "")))
        for code, item in config.get("variables", {}).items()
    }
    derived = {formula.name for formula in formulas_of(config.get("derived", {}), leaves)}
    columns |= {code: column for code, column in columns_of(framework, scales=scales).items() if code not in derived}
    columns |= {code: Column(code) for code in used_columns(config, leaves) if code not in columns}
    wrong: list[Text] = []
    attempt = Attempts(wrong)
    listed = None if units is None else UnitList.of(units, config["groups"])
    names = {name: code for name, code in names_of(framework, config.get("variables", {})).items() if code in columns}
    parts: list[tuple[str, SheetTable]] = []
    marks: list[pd.DataFrame] = []
    notes: list[tuple[str, Note]] = []
    for path, sheet in files:
        how: dict[str, Any] = {"units": listed, "form": SheetForm.of(sheet), "year": config["year"]}
        if sheet.get("kind", "table") == "marks":
            read = attempt(partial(marks_of_sheet, path, framework, scales=scales, **how))
            if read is not None:
                marks.append(read[0])
                notes += [(path.name, note) for note in read[1]]
        elif (part := attempt(partial(read_sheet, path, columns, names=names, computed=derived, **how))) is not None:
            parts.append((path.name, part))
            notes += [(path.name, note) for note in part.notes]
    if wrong:
        raise InputError(wrong)
    if units is None:
        return None
    all_marks = pd.concat(marks, ignore_index=True) if marks else None
    if all_marks is not None:
        parts.append(("marks", _assessed(all_marks, framework)))
    table, not_applicable = _joined(parts, units.index)
    named = frozenset(unit for _, part in parts for unit in part.values.index)
    return Figures(table, not_applicable, all_marks, tuple(notes), named)


def _assessed(marks: pd.DataFrame, framework: Framework) -> SheetTable:
    """Return the indicators that marks give."""
    values = indicator_values(marks, framework)
    said = marked_not_applicable(marks, values)
    given = values.notna().any() | said.any()
    return SheetTable(values.loc[:, given], said.loc[:, given], ())


def _joined(parts: list[tuple[str, SheetTable]], units: pd.Index) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the values of all sheets and what is not applicable; no cell may be in two sheets."""
    wrong: list[Text] = []
    values: dict[str, pd.Series] = {}
    not_applicable: dict[str, pd.Series] = {}
    clashes: dict[str, list[tuple[str, str]]] = {}
    measured: dict[str, tuple[str, str]] = {}
    for file, part in parts:
        for code in part.values:
            first, one = measured.setdefault(code, (file, part.measures.get(code, "")))
            if are_mixed([one, other := part.measures.get(code, "")]) and file != first:
                said = [unit or problems.NO_MEASURE for unit in (one, other)]
                wrong.append(
                    problems.UNITS_DIFFER.format(code=code, first=first, file=file, one=said[0], other=said[1])
                )
            cells = part.values[code].reindex(units)
            empty = part.not_applicable[code].reindex(units, fill_value=False)
            if code in values:
                twice = units[(cells.notna() | empty) & (values[code].notna() | not_applicable[code])]
                if len(twice):
                    clashes.setdefault(file, []).append((code, twice[0]))
                cells, empty = values[code].fillna(cells), not_applicable[code] | empty
            values[code], not_applicable[code] = cells, empty
    for file, ((code, unit), *others) in clashes.items():
        problem = problems.IN_ANOTHER_SHEET.format(file=file, code=code, unit=unit)
        wrong.append(problems.AND_OTHERS.format(problem=problem, count=len(others)) if others else problem)
    if wrong:
        raise InputError(wrong)
    return pd.DataFrame(values, index=units), pd.DataFrame(not_applicable, index=units, dtype=bool)


def table_problems(
    table: pd.DataFrame,
    not_applicable: pd.DataFrame,
    frameworks: Mapping[str, Framework],
    files: Mapping[str, Path],
    units: pd.DataFrame,
    derived: Iterable[str],
) -> list[Text]:
    """Return which indicators have no value, or none in a group that can have them, with the file that names them."""
    indicators = dict.fromkeys(code for framework in frameworks.values() for code in framework.indicators)
    meant = {closest(code, indicators) for code in derived}  # those whose names were misspelt, as is told elsewhere
    found: list[Text] = []
    for file in dict.fromkeys(files.values()):
        groups = [group for group in frameworks if files[group] == file]
        for code in frameworks[groups[0]].indicators:
            if code not in table:
                found += [edition_problems.NO_VALUES.format(file=file, code=code)] * (code not in meant)
                continue
            has, cannot = table[code].notna(), not_applicable[code]
            units_of = {group: units["group"] == group for group in groups}
            empty = [group for group, own in units_of.items() if not has[own].any() and not cannot[own].all()]
            advice = edition_problems.NO_VALUES_IN_ONE_GROUP
            if len(empty) == len(groups):
                advice = edition_problems.NO_VALUES_IN_GROUP
            found += [advice.format(file=file, code=code, group=group, name=file.name) for group in empty]
    return found
