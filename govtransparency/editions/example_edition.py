"""The draft of an edition to begin with: a small tree, invented figures, and a comment in every file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govtransparency.editions.edition_draft import Draft, TomlLine, assigned
from govtransparency.nodes import ROOT, Node
from govtransparency.texts import new_edition_words as words
from govtransparency.texts.bilingual import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["SCALES", "SHEET", "example_draft"]

SHEET = "figures.csv"
SCALES = (TomlLine("[scales]", words.EXAMPLE_SCALES), assigned("share", {"low": 0, "high": 1}))
FIGURES = (("60", "0.9", "3"), ("48", "0.4", ""), ("72", "0.7", "12"), ("40", "0.95", "7"))


def example_draft(name: str, year: int, comment: Text, groups: Sequence[str] = ()) -> Draft:
    """Return the draft of an example with the groups given, or with one."""
    codes = list(groups) or ["example"]
    title = {code: Text(code, code) if groups else words.EXAMPLE_NAMES["group"] for code in codes}
    rows = [(code, number, figures) for code in codes for number, figures in enumerate(FIGURES, start=1)]
    units = [
        {"unit": f"{code}-{number}", "group": code, **_names(title[code] if groups else None, number)}
        for code, number, _ in rows
    ]
    return Draft(
        year=year,
        status="simulated",
        title=Text(name, name),
        nodes=(
            _node(ROOT, ""),
            _node("access", ROOT, weight=2.0),
            _node("hours", "access", worst=0.0, best=84.0, unit="hours"),
            _node("catalogue", "access", worst=0.0, best=1.0, unit="share"),
            _node("days", ROOT, direction=-1, worst=30.0, best=0.0, unit="days"),
        ),
        units=tuple(units),
        toml=(
            TomlLine("[groups]", words.EXAMPLE_GROUPS),
            *(assigned(code, {"en": text.en, "zh": text.zh}) for code, text in title.items()),
            TomlLine("[[sheets]]", words.EXAMPLE_SHEETS),
            assigned("file", SHEET),
            *SCALES,
            TomlLine("[recipe]", words.EXAMPLE_RECIPE),
            assigned("normalise", "min_max"),
            assigned("aggregate", "arithmetic_mean"),
            assigned("missing", {"method": "spread_weights", "min_coverage": 0.5}),
            assigned("rank", {"decimals": 2}),
        ),
        comments={
            "year": comment,
            "status": words.STATUS["simulated"],
            "framework": words.EXAMPLE_FRAMEWORK,
            "units": words.EXAMPLE_UNITS,
            "sheet": words.EXAMPLE_SHEET,
        },
        files={
            SHEET: [
                ("unit", "hours", "catalogue", "days"),
                *((unit["unit"], *figures) for unit, (_, _, figures) in zip(units, rows, strict=True)),
            ]
        },
    )


def _node(code: str, parent: str, **more: object) -> Node:
    name = words.EXAMPLE_NAMES[code]
    return Node(code, parent, name.en, name.zh, **more)  # type: ignore[arg-type]


def _names(group: Text | None, number: int) -> dict[str, str]:
    template = words.EXAMPLE_UNIT if group is None else words.EXAMPLE_UNIT_OF
    name = template.format(group=group, number=number)
    return {"name_en": name.en, "name_zh": name.zh}
