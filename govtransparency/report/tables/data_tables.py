"""Tables of the data of an edition: distributions, identities, declarations, the framework and its weights."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from govtransparency.data.marks import contested_marks
from govtransparency.editions.edition_doubts import doubts
from govtransparency.framework import Framework, first_level
from govtransparency.names import name_of_unit, named_nodes, unit_names
from govtransparency.profiles.basis_of_figures import signed_names
from govtransparency.recipe_formulas import steps_in_words
from govtransparency.texts.bilingual import as_text, bilingual, in_columns, listed
from govtransparency.texts.report_words import CONSEQUENCES

if TYPE_CHECKING:
    from govtransparency.editions import Edition
    from govtransparency.recipe import Recipe

__all__ = [
    "constant_table",
    "contested_table",
    "correction_table",
    "declaration_table",
    "distribution_table",
    "doubt_table",
    "framework_table",
    "identity_table",
    "recipe_table",
    "unused_table",
    "weight_table",
]


def distribution_table(edition: Edition) -> pd.DataFrame:
    """Return quantiles, mean and skewness of each indicator in each group, in the indicator's own unit."""
    parts = []
    for group, values in edition.tables.items():
        framework, codes = edition.frameworks[group], list(values)
        part = named_nodes(framework, codes, "indicator")
        part.insert(0, "group_zh", edition.groups[group]["zh"])
        part.insert(1, "group_en", edition.groups[group]["en"])
        part = part.join(unit_names(framework, codes))
        part["observed"] = values.notna().sum().to_numpy()
        for name, share in (("min", 0), ("q1", 0.25), ("median", 0.5), ("q3", 0.75), ("max", 1)):
            part[name] = values.quantile(share).to_numpy()
        part["mean"] = values.mean().to_numpy()
        part["skewness"] = values.skew().to_numpy()
        parts.append(part)
    return pd.concat(parts, ignore_index=True)


def constant_table(edition: Edition) -> pd.DataFrame:
    """Return the indicators on which all units of a group that have a value have the same, and what becomes of them."""
    rows, nodes = [], edition.nodes
    for group, table in edition.tables.items():
        goalposts = edition.frameworks[group].goalposts
        for code in table:
            values = table[code].dropna()
            if len(values) and values.nunique() == 1:
                given = goalposts.loc[code].notna().all()
                names, group_names = nodes[code], edition.groups[group]
                consequence = CONSEQUENCES["goalposts" if given else "no_goalposts"]
                rows.append((group_names["zh"], group_names["en"], *names, len(values), values.iloc[0], *consequence))
    columns = ["group_zh", "group_en", "indicator_zh", "indicator_en", "observed", "constant"]
    return pd.DataFrame(rows, columns=[*columns, "consequence_zh", "consequence_en"])


def unused_table(edition: Edition) -> pd.DataFrame:
    """Return how many values no score uses because the framework of their group is without the indicator."""
    found, nodes = edition.unused, edition.nodes
    groups = [bilingual(edition.groups[group]) for group in found["group"]]
    named = in_columns("group", groups) | in_columns("indicator", [nodes[code] for code in found["indicator"]])
    return pd.DataFrame(named | {"values": found["values"]})


def contested_table(edition: Edition) -> pd.DataFrame:
    """Return where an assessor gave a mark and another says that the indicator is not applicable to the unit."""
    if edition.marks is None:
        return pd.DataFrame()
    found = contested_marks(edition.marks)
    named = edition.units.loc[found["unit"], ["name_zh", "name_en"]].to_dict("list")
    named |= in_columns("indicator", [edition.nodes[code] for code in found["indicator"]])
    values = {name: found[name].to_numpy() for name in ("marks", "not_applicable", "value")}
    return pd.DataFrame(named | values, index=pd.Index(found["unit"], name="unit"))


def identity_table(edition: Edition) -> pd.DataFrame:
    """Return each arithmetic identity: how many units it could be checked for, where it holds, where it does not."""
    found = edition.identities
    names = signed_names(edition)
    broken = [listed(name_of_unit(names, unit) for unit in units) for units in found["broken"]]
    return pd.DataFrame(
        {
            "identity": found.index,
            "checkable": found["checked"].to_numpy(),
            "holds": found["kept"].to_numpy(),
            "fails": (found["checked"] - found["kept"]).to_numpy(),
        }
        | in_columns("unit", broken)
    )


def correction_table(edition: Edition) -> pd.DataFrame:
    """Return what was corrected since the edition was published, by the names of units and figures."""
    table = edition.corrections
    names = edition.units[["name_zh", "name_en"]].reindex(table["unit"]).reset_index(drop=True)
    figures = [edition.nodes.get(code, as_text(code)) for code in table["figure"]]
    called = pd.DataFrame(in_columns("figure", figures), index=table.index)
    parts = [table[["date"]], names, called, table[["before", "after", "reason"]]]
    return pd.concat(parts, axis=1).set_index(table["unit"])


def declaration_table(edition: Edition) -> pd.DataFrame:
    """Return the choices that the edition declares, each in a sentence or more."""
    return pd.DataFrame(
        [(texts["zh"], texts["en"]) for texts in edition.declarations.values()], columns=["note_zh", "note_en"]
    )


def doubt_table(edition: Edition) -> pd.DataFrame:
    """Return what may be wrong with the edition although it could be read, as `govtransparency.doubts` finds it."""
    return doubts(edition).rename(columns={"zh": "note_zh", "en": "note_en"})


def framework_table(framework: Framework, averaged: Framework | None = None) -> pd.DataFrame:
    """Return the indicators with their codes, pillar, weights, direction, goalposts and unit.

    Effective weights are those of the tree as it is averaged (`Recipe.averaged`), if that differs.
    """
    codes = list(framework.indicators)
    top = [first_level(framework, code) for code in codes]
    names = [named_nodes(framework, top, "pillar"), named_nodes(framework, codes, "indicator")]
    table = pd.concat([_keys(framework, codes), *names], axis=1)
    table["weight"] = framework.weights[codes].to_numpy()
    table["effective_weight"] = (averaged or framework).effective_weights[codes].to_numpy()
    table["direction"] = framework.directions[codes].to_numpy()
    table["worst"] = framework.goalposts["worst"].to_numpy()
    table["best"] = framework.goalposts["best"].to_numpy()
    return table.join(unit_names(framework, codes))


def weight_table(framework: Framework, averaged: Framework | None = None) -> pd.DataFrame:
    """Return the weight of each pillar within its parent and its share of the index, top down; as `framework_table`."""
    codes = [node.code for node in framework.nodes if node.code in framework.pillars] or list(framework.indicators)
    keys = _keys(framework, codes)
    names = [named_nodes(framework, codes, "node"), named_nodes(framework, keys["parent"].tolist(), "parent")]
    table = pd.concat([keys, *names], axis=1)
    table["weight"] = framework.weights[codes].to_numpy()
    leaves = [list(framework.leaves.get(code, (code,))) for code in codes]
    table["effective_weight"] = [(averaged or framework).effective_weights[below].sum() for below in leaves]
    table["indicators"] = [len(below) for below in leaves]
    return table


def _keys(framework: Framework, codes: list[str]) -> pd.DataFrame:
    """Return the codes of nodes and of their parents, by which the tables of a report are joined."""
    return pd.DataFrame({"code": codes, "parent": [framework.parent(code) for code in codes]})


def recipe_table(recipe: Recipe) -> pd.DataFrame:
    """Return what is done at each step of a recipe, with every parameter, the formula and the files of its numbers."""
    steps = list(zip(*steps_in_words(recipe), strict=True))
    named = zip(("step", "choice", "formula", "published_in"), steps, strict=True)
    return pd.DataFrame({name: texts for column, told in named for name, texts in in_columns(column, told).items()})
