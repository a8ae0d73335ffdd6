"""Table Schemas (Data Package 2.0): a table and what is said of its columns, as data that other programs read."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from govtransparency.data_dictionary.described_file import NUMERIC, PATTERNS, is_of_kind

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    import pandas as pd

    from govtransparency.data_dictionary.described_file import DescribedFile, Field, Kind, Reference
    from govtransparency.texts.bilingual import Text

    Known = Mapping[Reference, tuple[str | None, Collection[str]]]

__all__ = ["kind_of", "table_schema"]


TYPES: dict[Kind, dict[str, Any]] = {
    "text": {"type": "string"},
    "code": {"type": "string"},
    "number": {"type": "number"},
    "share": {"type": "number", "bareNumber": False},
    "integer": {"type": "integer"},
    "year": {"type": "year"},
    "day": {"type": "date", "format": "default"},
    "date": {"type": "string"},
    "boolean": {"type": "boolean", "trueValues": ["true"], "falseValues": ["false"]},
    "flag": {"type": "boolean", "trueValues": ["True"], "falseValues": ["False"]},
    "address": {"type": "string"},
    "licence": {"type": "string"},
}
WIDER: dict[Kind, tuple[Kind, ...]] = {"integer": ("number",), "number": ("share",), "share": ()}
GUESSED: tuple[Kind, ...] = ("flag", "integer", "number")
CODE = re.compile(r"0\d")  # no number is written with a zero in front


def table_schema(
    table: pd.DataFrame,
    description: DescribedFile | None,
    column: Callable[[str, pd.Series], tuple[Field, Text]],
    *,
    no_value: Callable[[str], bool] = lambda _: False,
    known: Known = MappingProxyType({}),
) -> dict[str, Any]:
    """Return the Table Schema of a table of text.

    Parameters
    ----------
    table : DataFrame
        Cells as text, as from `read_csv`.
    description : DescribedFile or None
    column : callable
        Takes the heading of a column that the description does not have, and its cells that are not empty; returns its
        field and meaning.
    no_value : callable
        Whether a cell of a column of numbers, besides an empty one, stands for no value.
    known : mapping of Reference to (resource, values)
        The columns that others may refer to: the resource that holds each, None if it is this table's own, and its
        values.

    Returns
    -------
    dict
        A constraint, a key or a reference that the table breaks is left out, and a column has the narrowest type that
        all its cells have, beginning with the one described.
    """
    fields: list[dict[str, Any]] = []
    references: list[dict[str, Any]] = []
    described = description.fields_of(table.columns) if description else {}
    for head in table.columns:
        cells = table[head][table[head] != ""]
        field = described.get(head)
        if field is None or description is None:
            field, meaning = column(head, cells)
        else:
            meaning = description.meanings[field.name]
        words = [cell for cell in cells.unique() if no_value(cell)] if field.kind in NUMERIC else []
        cells = cells[~cells.isin(words)]
        field = _fitted(field, cells)
        fields.append(_field(head, field, meaning, required=field.required and len(cells) == len(table)))
        if words:
            fields[-1]["missingValues"] = ["", *words]
        references += _foreign_keys(head, field, cells, known)
    schema: dict[str, Any] = {"fields": fields, "missingValues": [""]}
    if key := _key(table, description):
        schema |= {"uniqueKeys": [key]} if (table[key] == "").any(axis=None) else {"primaryKey": key}
    return schema | ({"foreignKeys": references} if references else {})


def kind_of(cells: pd.Series) -> Kind:
    """Return the narrowest kind that all cells are of; text where there are none, and where one looks like a code.

    Examples
    --------
    >>> import pandas as pd
    >>> kind_of(pd.Series(["1", "2.5"])), kind_of(pd.Series(["007", "12"])), kind_of(pd.Series(["True"]))
    ('number', 'text', 'flag')
    """
    different = cells.unique()
    if not len(different) or any(CODE.match(cell) for cell in different):
        return "text"
    return next((kind for kind in GUESSED if all(is_of_kind(cell, kind) for cell in different)), "text")


def _fitted(field: Field, cells: pd.Series) -> Field:
    """Return the field as it is if it allows all cells, else with the narrowest wider kind, and without limits."""
    different = cells.unique()
    if all(field.allows(cell) for cell in different):
        return field
    bare = replace(field, low=-math.inf, high=math.inf, above=-math.inf, one_of=())
    for kind in (field.kind, *WIDER.get(field.kind, ())):
        if all(is_of_kind(cell, kind) for cell in different):
            return replace(bare, kind=kind)
    return replace(bare, kind="text")


def _field(name: str, field: Field, meaning: Text, *, required: bool) -> dict[str, Any]:
    constraints: dict[str, Any] = {"required": True} if required else {}
    number = TYPES[field.kind]["type"] in ("number", "integer")
    if field.one_of:
        constraints["enum"] = [_number(value) for value in field.one_of] if number else list(field.one_of)
    if field.low > -math.inf:
        constraints["minimum"] = _number(field.low)
    if field.high < math.inf:
        constraints["maximum"] = _number(field.high)
    if field.above > -math.inf and field.kind != "share":
        constraints["exclusiveMinimum"] = _number(field.above)
    if TYPES[field.kind]["type"] == "string" and field.kind in PATTERNS:
        constraints["pattern"] = PATTERNS[field.kind]
    described = {"name": name, **TYPES[field.kind], "description": meaning.en, "description_zh": meaning.zh}
    return described | ({"constraints": constraints} if constraints else {})


def _number(value: float | str) -> float | int:
    number = float(value)
    return int(number) if number.is_integer() else number


def _key(table: pd.DataFrame, description: DescribedFile | None) -> list[str]:
    """Return the columns that tell the rows apart, in the order of the table; none where they do not."""
    if description is None:
        return []
    fields = description.fields_of(table.columns)
    heads = [head for head in table if head in fields and fields[head].name in description.key]
    if not heads or len(heads) < len(description.key) or table.duplicated(heads).any():
        return []
    return heads


def _foreign_keys(head: str, field: Field, cells: pd.Series, known: Known) -> list[dict[str, Any]]:
    """Return the reference of a column to another, if the package has that and all its cells are there."""
    place = field.refers_to
    if place is None or place not in known or cells.empty:
        return []
    resource, values = known[place]
    if not set(cells) <= set(values):
        return []
    there: dict[str, Any] = {"fields": [place.column]} | ({} if resource is None else {"resource": resource})
    return [{"fields": [head], "reference": there}]
