"""Data Package 2.0 and Table Schema as tests know them: the form of a descriptor, and a check of tables against it.

Written from the specification (datapackage.org/standard), independently of what writes the packages.
"""

import csv
import datetime
import hashlib
import json
import math
import re
from pathlib import Path

import jsonschema

TEXT = {"type": "string"}
TEXTS = {"type": "array", "items": TEXT}
NAMES = {"type": "array", "items": TEXT, "minItems": 1, "uniqueItems": True}
PATH = {"type": "string", "pattern": r"^((?=[^./~])(?!file:)((?!\/\.\.\/)(?!\\)(?!:\/\/).)*|(http|ftp)s?:\/\/.*)$"}
LIMITS = {"minimum": {"type": "number"}, "maximum": {"type": "number"}, "exclusiveMinimum": {"type": "number"}}


def field(kind: str, constraints: dict, **own: dict) -> dict:
    """Return the form of a field of a type: its constraints and the properties that only this type has."""
    any_type = {"required": {"type": "boolean"}, "unique": {"type": "boolean"}}
    return {
        "type": "object",
        "required": ["name", "type", "description", "description_zh"],
        "additionalProperties": False,
        "properties": {
            **dict.fromkeys(("name", "title", "title_zh", "description", "description_zh", "rdfType"), TEXT),
            "type": {"const": kind},
            "missingValues": TEXTS | {"uniqueItems": True},
            "constraints": {
                "type": "object",
                "minProperties": 1,
                "additionalProperties": False,
                "properties": any_type | constraints,
            },
            **own,
        },
    }


ENUM = {"type": "array", "minItems": 1, "uniqueItems": True}
CATEGORY = {"type": "object", "required": ["value"], "properties": {"value": TEXT, "label": TEXT}}
FIELDS = [
    field(
        "string",
        {"enum": ENUM | {"items": TEXT}, "pattern": {"type": "string", "format": "regex"}},
        format={"enum": ["default", "email", "uri", "binary", "uuid"]},
        categories={"type": "array", "items": CATEGORY},
    ),
    field(
        "number",
        {"enum": ENUM | {"items": {"type": "number"}}, **LIMITS},
        bareNumber={"type": "boolean"},
        decimalChar=TEXT,
        groupChar=TEXT,
    ),
    field("integer", {"enum": ENUM | {"items": {"type": "integer"}}, **LIMITS}),
    field("year", LIMITS),
    field("date", {}, format=TEXT),
    field("boolean", {}, trueValues=TEXTS, falseValues=TEXTS),
]
REFERENCE = {
    "type": "object",
    "required": ["fields", "reference"],
    "additionalProperties": False,
    "properties": {
        "fields": NAMES,
        "reference": {
            "type": "object",
            "required": ["fields"],
            "additionalProperties": False,
            "properties": {"resource": TEXT | {"minLength": 1}, "fields": NAMES},
        },
    },
}
SCHEMA = {
    "type": "object",
    "required": ["fields"],
    "additionalProperties": False,
    "properties": {
        "fields": {"type": "array", "minItems": 1, "items": {"oneOf": FIELDS}},
        "missingValues": TEXTS | {"uniqueItems": True},
        "primaryKey": NAMES,
        "uniqueKeys": {"type": "array", "minItems": 1, "items": NAMES},
        "foreignKeys": {"type": "array", "minItems": 1, "items": REFERENCE},
    },
}
RESOURCE = {
    "type": "object",
    "required": ["name", "path", "title", "title_zh", "format", "bytes", "hash"],
    "additionalProperties": False,
    "properties": {
        "name": {"type": "string", "pattern": "^[a-z0-9._-]+$"},
        "path": PATH,
        "type": {"const": "table"},
        **dict.fromkeys(("title", "title_zh", "format", "mediatype", "encoding", "status"), TEXT),
        "bytes": {"type": "integer", "minimum": 0},
        "hash": {"type": "string", "pattern": "^sha256:[0-9a-f]{64}$"},
        "dialect": {
            "type": "object",
            "additionalProperties": False,
            "properties": {"delimiter": TEXT, "commentChar": TEXT},
        },
        "schema": SCHEMA,
    },
    "dependentRequired": {"schema": ["type"], "dialect": ["type"]},
}
PACKAGE = {
    "type": "object",
    "required": ["$schema", "name", "title", "title_zh", "status", "resources"],
    "additionalProperties": False,
    "properties": {
        "$schema": {"const": "https://datapackage.org/profiles/2.0/datapackage.json"},
        "name": {"type": "string", "pattern": "^[a-z0-9._-]+$"},
        **dict.fromkeys(("title", "title_zh", "description", "description_zh", "status_en", "status_zh"), TEXT),
        **dict.fromkeys(("attribution", "attribution_zh"), TEXT),
        "status": {"enum": ["official", "published", "third-party", "self-reported", "own", "simulated"]},
        "sources": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "minProperties": 1,
                "additionalProperties": False,
                "properties": {"title": TEXT, "path": PATH, "version": TEXT, "email": TEXT},
            },
        },
        "licenses": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "anyOf": [{"required": ["name"]}, {"required": ["path"]}],
                "additionalProperties": False,
                "properties": {"name": {"type": "string", "pattern": "^[-a-zA-Z0-9._]+$"}, "path": PATH, "title": TEXT},
            },
        },
        "resources": {"type": "array", "minItems": 1, "items": RESOURCE},
    },
}


def read_package(folder: Path) -> dict:
    """Return the package of a folder; fail unless it has the form of the specification and unique names."""
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(PACKAGE).validate(package)
    names = [resource["name"] for resource in package["resources"]]
    assert len(set(names)) == len(names)
    return package


def broken_promises(folder: Path) -> list[str]:
    """Return where a file of a package is not what the package says: its bytes, header, types, constraints, keys."""
    package = read_package(folder)
    local = [resource for resource in package["resources"] if "://" not in resource["path"]]
    found, tables = [], {}
    for resource in local:
        content = (folder / resource["path"]).read_bytes()
        if (len(content), f"sha256:{hashlib.sha256(content).hexdigest()}") != (resource["bytes"], resource["hash"]):
            found.append(f"{resource['name']}: other bytes")
        if "schema" in resource:
            tables[resource["name"]] = table_of(content.decode("utf-8-sig"), resource.get("dialect", {}))
    for resource in local:
        if "schema" in resource:
            wrong = table_problems(resource["name"], resource["schema"], tables)
            found += [f"{resource['name']}: {problem}" for problem in wrong]
    return found


def table_of(text: str, dialect: dict) -> list[list[str]]:
    comment = dialect.get("commentChar")
    lines = [line for line in text.splitlines(keepends=True) if not (comment and line.startswith(comment))]
    return [row for row in csv.reader(lines, delimiter=dialect.get("delimiter", ",")) if any(row)]


def table_problems(name: str, schema: dict, tables: dict[str, list[list[str]]]) -> list[str]:
    header, *rows = tables[name]
    fields = schema["fields"]
    if header != [item["name"] for item in fields]:
        return [f"the header is {header}"]
    found = []
    for place, item in enumerate(fields):
        missing = item.get("missingValues", schema.get("missingValues", [""]))
        for number, row in enumerate(rows, 2):
            if problem := cell_problem(row[place], item, missing):
                found.append(f"row {number}, {item['name']}: {problem}")
    for key in [schema["primaryKey"]] if "primaryKey" in schema else []:
        values = columns(tables[name], key)
        if len(set(values)) < len(values) or any("" in value for value in values):
            found.append(f"{key} is no key")
    for key in schema.get("uniqueKeys", []):
        values = [value for value in columns(tables[name], key) if "" not in value]
        if len(set(values)) < len(values):
            found.append(f"{key} is not unique")
    for reference in schema.get("foreignKeys", []):
        there = reference["reference"]
        known = set(columns(tables[there.get("resource", name)], there["fields"]))
        lost = {value for value in columns(tables[name], reference["fields"]) if "" not in value} - known
        found += [f"{value} is not in {there}" for value in lost]
    return found


def columns(table: list[list[str]], names: list[str]) -> list[tuple[str, ...]]:
    header, *rows = table
    places = [header.index(name) for name in names]
    return [tuple(row[place] for place in places) for row in rows]


def cell_problem(cell: str, item: dict, missing: list[str]) -> str | None:
    limits = item.get("constraints", {})
    if cell in missing:
        return "missing" if limits.get("required") else None
    value = VALUES[item["type"]](cell, item)
    if value is None:
        return f"{cell!r} is no {item['type']}"
    if "pattern" in limits and not re.fullmatch(limits["pattern"], cell):
        return f"{cell!r} does not match {limits['pattern']}"
    if "enum" in limits and value not in limits["enum"]:
        return f"{cell!r} is not in {limits['enum']}"
    if "categories" in item and cell not in [entry["value"] for entry in item["categories"]]:
        return f"{cell!r} is no category"
    low, high, above = (limits.get(key) for key in ("minimum", "maximum", "exclusiveMinimum"))
    if (low is not None and value < low) or (high is not None and value > high):
        return f"{cell!r} is not from {low} to {high}"
    return f"{cell!r} is not more than {above}" if above is not None and value <= above else None


def number(cell: str, item: dict) -> float | None:
    bare = cell if item.get("bareNumber", True) else re.sub(r"^[^0-9+-.]+|[^0-9.]+$", "", cell)
    found = re.fullmatch(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", bare, re.ASCII)
    return float(bare) if found and math.isfinite(float(bare)) else None


def integer(cell: str, item: dict) -> int | None:
    return int(cell) if re.fullmatch(r"[+-]?\d+", cell, re.ASCII) else None


def boolean(cell: str, item: dict) -> bool | None:
    return True if cell in item["trueValues"] else False if cell in item["falseValues"] else None


def date(cell: str, item: dict) -> datetime.date | None:
    try:
        return datetime.datetime.strptime(cell, "%Y-%m-%d").date()
    except ValueError:
        return None


VALUES = {
    "string": lambda cell, item: cell,
    "number": number,
    "integer": integer,
    "year": lambda cell, item: int(cell) if re.fullmatch(r"\d{4}", cell) else None,
    "boolean": boolean,
    "date": date,
}
