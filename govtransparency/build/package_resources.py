"""The resources of a data package: each file of an edition and each table of a run, with its columns described."""

from __future__ import annotations

import json
import re
from codecs import BOM_UTF8
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

from govtransparency.build.manifest import sha256
from govtransparency.data.numbers import NO_VALUE
from govtransparency.data_dictionary import input_files
from govtransparency.data_dictionary.described_file import DescribedFile, Field, Kind, Reference
from govtransparency.data_dictionary.output_files import output_file
from govtransparency.data_dictionary.table_schema import kind_of, table_schema
from govtransparency.editions.config import ABOVE, parse_toml
from govtransparency.errors import InputError
from govtransparency.files.name_patterns import fits
from govtransparency.files.table_files import FileTable, read_table_file
from govtransparency.names import unit_names
from govtransparency.texts.bilingual import Column, Text, as_text, bilingual, listed
from govtransparency.texts.columns import COLUMNS
from govtransparency.texts.package_words import PACKAGE, VERSIONS
from govtransparency.texts.status_words import STATUS
from govtransparency.texts.test_words import HEADINGS

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path

    import pandas as pd

    from govtransparency.editions import Edition

__all__ = ["Package", "tables_of"]

MEDIA = {
    ".csv": "text/csv",
    ".tsv": "text/tab-separated-values",
    ".toml": "application/toml",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
    ".parquet": "application/vnd.apache.parquet",
}
TEXT = (".csv", ".tsv")
KINDS: dict[str, Kind] = {  # by the kind of a heading of the report
    "integer": "integer",
    "rank": "integer",
    "shift": "integer",
    "score": "number",
    "percent": "number",
    "number": "number",
    "correlation": "number",
    "chance": "number",
    "code": "text",
    "link": "text",
}
CODES = ("unit", "group", "code", "indicator", "node", "parent", "source", "source_id", "assessor")
"""Columns of codes, which are text whatever their cells look like."""
NAMED = {
    described.name: described
    for described in (
        *(input_files.FRAMEWORK, input_files.UNITS),
        *(input_files.SOURCES, input_files.SOURCES_USED, input_files.CORRECTIONS, input_files.RANGES),
    )
}
IN_RECORD = {description.name: description for description in input_files.RECORD.values()}
SHEETS = (input_files.MARKS, input_files.LONG_SHEET, input_files.WIDE_SHEET)


@dataclass
class Package:
    """The resources of one package, and what they may refer to.

    Attributes
    ----------
    edition : Edition
    resources : list of dict
    """

    edition: Edition
    resources: list[dict[str, Any]] = field(default_factory=list)
    known: dict[Reference, tuple[str | None, Collection[str]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.nodes = self.edition.nodes
        self.config = parse_toml(self.edition.path / "edition.toml")

    def add_inputs(self, files: Mapping[Path, str]) -> None:
        """Add the files of the edition: tables with their schema where they need no declaration to be read.

        Parameters
        ----------
        files : mapping of Path to str
            Where readers of the package find each: a path in the package, or an address.
        """
        tables: dict[str, tuple[FileTable, DescribedFile | None]] = {}
        for path, place in files.items():
            resource = self._file(path, place, PACKAGE["input"].format(file=path.name))
            self.resources.append(resource)
            if (table := _read(path)) is not None:
                described = _description(path, table.cells)
                tables[resource["name"]] = table, described
                self._remember(resource["name"], path, table.cells, described)
        for resource in self.resources:
            if resource["name"] in tables:
                resource |= self._described(*tables[resource["name"]])

    def _described(self, table: FileTable, described: DescribedFile | None) -> dict[str, Any]:
        """Return title, dialect and schema of a file of the edition."""
        sheet = described in SHEETS
        schema = table_schema(
            table.cells,
            described,
            self._input_column,
            no_value=partial(_stands_for_none, self._sheet(table.path.name)) if sheet else lambda _: False,
            known=self._known_to(described, table.cells),
        )
        if described is input_files.UNITS:
            self._label_groups(schema)
        return (_titles(described.title) if described else {}) | _dialect(table) | {"schema": schema}

    def add_table(self, path: Path, place: str, exhibits: Mapping[str, dict[str, Any]]) -> None:
        """Add a table that the run wrote.

        Parameters
        ----------
        path : Path
        place : str
            Its path in the package.
        exhibits : mapping of path to dict
            The numbered tables, as the run lists them.
        """
        described, parts = output_file(place)
        entry = exhibits.get(place, {})
        title = bilingual(entry["title"]) if entry else described.title if described else as_text(place)
        if names := [self._part(kind, value) for kind, value in parts.items()]:
            title = PACKAGE["titled"].format(title=title, parts=listed(names))
        resource = self._file(path, place, title)
        if entry:
            resource["status"] = entry["status"]
        if (table := _read(path)) is not None:
            heads = {item["name"]: Column(item["zh"], item["en"], item["kind"]) for item in entry.get("columns", ())}
            resource["schema"] = table_schema(
                table.cells, described, partial(self._output_column, heads), known=self.known
            )
        self.resources.append(resource)

    def _file(self, path: Path, place: str, title: Text) -> dict[str, Any]:
        ending = path.suffix.lower()
        resource = {"name": self._name(place), "path": place, **_titles(title), "format": ending.removeprefix(".")}
        if ending in TEXT:
            resource |= {"type": "table"} | ({"encoding": "utf-8"} if _is_utf8(path) else {})
        if ending in MEDIA:
            resource["mediatype"] = MEDIA[ending]
        return resource | {"bytes": path.stat().st_size, "hash": f"sha256:{sha256(path)}"}

    def _name(self, place: str) -> str:
        """Return a name that no other resource has: the path in small letters, its folders before a full stop."""
        whole = place.rpartition("://")[2].lower().removesuffix(".csv").replace("/", ".")
        name = re.sub(r"[^a-z0-9._-]", "-", whole)
        taken = {resource["name"] for resource in self.resources}
        return next(found for found in (name, *(f"{name}-{n}" for n in range(2, len(taken) + 3))) if found not in taken)

    def _part(self, kind: str, value: str) -> Text:
        """Return what stands in a place of the name of a file, in words."""
        if kind == "group" and value in self.edition.groups:
            return bilingual(self.edition.groups[value])
        return STATUS.get(value, as_text(value)) if kind == "status" else as_text(value)

    def _remember(self, resource: str, path: Path, table: pd.DataFrame, described: DescribedFile | None) -> None:
        """Note the column of a file that other tables may refer to."""
        if described is None or described in SHEETS or len(described.key) != 1:
            return
        for head, item in described.fields_of(table.columns).items():
            if described.key == (item.name,):
                place = Reference(f"record/{described.name}" if _in_record(path) else described.name, item.name)
                self.known.setdefault(place, (resource, set(table[head])))

    def _known_to(
        self, described: DescribedFile | None, table: pd.DataFrame
    ) -> dict[Reference, tuple[str | None, Collection[str]]]:
        """Return the columns that a table may refer to, its own without the name of their resource."""
        own = described.name if described else None
        return {
            place: (None, set(table.get(place.column, values))) if place.file == own else (resource, values)
            for place, (resource, values) in self.known.items()
        }

    def _sheet(self, name: str) -> dict[str, Any]:
        """Return the entry of a file among the sheets of ``edition.toml``."""
        for sheet in self.config["sheets"]:
            own = sheet.get("file", "").removeprefix(ABOVE)
            if name in (own, sheet.get("original")) or fits(name, own.rpartition("/")[2]):
                return dict(sheet)
        return {}

    def _input_column(self, head: str, cells: pd.Series) -> tuple[Field, Text]:
        """Return field and meaning of a column of a sheet: an indicator, a variable, or what its heading says."""
        codes = {name: code for code, names in self.nodes.items() for name in (*names, code)}
        variables = self.config.get("variables", {})
        if head in codes:
            code = codes[head]
            framework = next(own for own in self.edition.frameworks.values() if code in own.names())
            unit = unit_names(framework, [code]).iloc[0]
            return self._measured(head, framework.node(code).unit), _with_unit(
                self.nodes[code], Text(unit["unit_of_measurement_zh"], unit["unit_of_measurement_en"])
            )
        if head in variables:
            names = {"zh": head, "en": head} | variables[head]
            return self._measured(head, names.get("unit", "")), bilingual(names)
        return _by_heading(head, cells, COLUMNS.get(head))

    def _measured(self, head: str, unit: str) -> Field:
        """Return the field of numbers in a unit of measurement, within its scale if it has one."""
        scale = self.edition.scales.get(unit)
        if scale is None:
            return Field(head, "number")
        kind: Kind = "integer" if scale.integer else "number"
        return Field(head, kind, low=scale.low, high=scale.high, one_of=tuple(f"{value:g}" for value in scale.values))

    def _output_column(self, heads: Mapping[str, Column], head: str, cells: pd.Series) -> tuple[Field, Text]:
        """Return field and meaning of a column of a table that the run wrote: as the report heads it."""
        base, _, version = head.rpartition("_")
        if version in VERSIONS and (found := heads.get(base) or COLUMNS.get(base) or HEADINGS.get(base)):
            return Field(head), VERSIONS[version].format(text=Text(found.zh, found.en))
        if head in self.nodes and head not in heads:
            return Field(head, "number"), self.nodes[head]
        if head in self.edition.groups:
            return Field(head, kind_of(cells)), bilingual(self.edition.groups[head])
        return _by_heading(head, cells, heads.get(head) or COLUMNS.get(head) or HEADINGS.get(head))

    def _label_groups(self, schema: dict[str, Any]) -> None:
        """Add the codes of the groups and their names to the column of groups in ``units.csv``."""
        for item in schema["fields"]:
            if item["name"] == "group":
                item["categories"] = [
                    {"value": code, "label": names["en"]} for code, names in self.edition.groups.items()
                ]


def tables_of(folder: Path) -> dict[str, dict[str, Any]]:
    """Return the entry of each numbered table among the exhibits of a run, by its path."""
    lists = [json.loads(path.read_text(encoding="utf-8")) for path in sorted((folder / "exhibits").glob("*.json"))]
    return {entry["file"]: entry for entries in lists for entry in entries if entry["kind"] == "table"}


def _read(path: Path) -> FileTable | None:
    """Return a text file that needs no declaration to be read."""
    if path.suffix.lower() not in TEXT:
        return None
    try:
        return read_table_file(path)
    except InputError:
        return None


def _is_utf8(path: Path) -> bool:
    try:
        path.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _in_record(path: Path) -> bool:
    return path.parent.name == "record"


def _description(path: Path, table: pd.DataFrame) -> DescribedFile | None:
    """Return the description of a file by its name, or that of a framework or sheet with the columns it has."""
    if found := (IN_RECORD if _in_record(path) else NAMED).get(path.name):
        return found
    for described in (input_files.FRAMEWORK, *SHEETS):
        there = {*described.names_of(table.columns).values()}
        needed = {item.name for item in described.fields if item.needed}
        if needed <= there:
            return described
    return None


def _stands_for_none(sheet: Mapping[str, Any], cell: str) -> bool:
    declared = sheet.get("missing", ())
    return cell in NO_VALUE or (isinstance(declared, list) and cell in declared)


def _dialect(table: FileTable) -> dict[str, Any]:
    """Return how a text file is written where that is not the usual: another separator, comments above the header."""
    dialect: dict[str, Any] = {} if table.separator == "," else {"delimiter": table.separator}
    if table.path.read_bytes().removeprefix(BOM_UTF8).startswith(b"#"):
        dialect["commentChar"] = "#"
    return {"dialect": dialect} if dialect else {}


def _by_heading(head: str, cells: pd.Series, heading: Column | None) -> tuple[Field, Text]:
    """Return a field of the kind that the heading has, or else of the narrowest that all cells are of."""
    meaning = Text(heading.zh, heading.en) if heading else as_text(head)
    if head in CODES:
        return Field(head, "code"), meaning
    if heading and heading.kind in KINDS:
        return Field(head, KINDS[heading.kind]), meaning
    return Field(head, kind_of(cells)), meaning


def _with_unit(name: Text, unit: Text) -> Text:
    return PACKAGE["with_unit"].format(name=name, unit=unit) if unit.en else name


def _titles(title: Text) -> dict[str, str]:
    return {"title": title.en, "title_zh": title.zh}
