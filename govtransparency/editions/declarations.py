"""What ``edition.toml`` declares and nothing of the edition answers to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from govtransparency.editions.derive import absent_terms, formulas_of, in_order
from govtransparency.editions.expressions import cut
from govtransparency.errors import InputError, headed, nearest
from govtransparency.methods import name_of
from govtransparency.texts.problems import edition_problems as problems
from govtransparency.texts.problems import expression_problems
from govtransparency.texts.problems.error_problems import HEADED

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import pandas as pd

    from govtransparency.editions.derive import Leaves
    from govtransparency.framework import Framework
    from govtransparency.recipe import Recipe
    from govtransparency.texts.bilingual import Text

__all__ = ["absent_columns", "formula_problems", "treated_codes", "unmatched_names"]


def formula_problems(config: Mapping[str, Any], leaves: Leaves) -> Iterator[Text]:
    """Give the expressions meant for a pillar that there is not, or that say nothing of its indicators; and circles."""
    for key in ("derived", "identities"):
        try:
            formulas = formulas_of(config.get(key, {}), leaves, identity=key == "identities")
            if key == "derived":
                in_order({formula.name: formula for formula in formulas})
        except InputError as error:
            yield from headed(error)


def unmatched_names(config: Mapping[str, Any], framework: Framework, leaves: Leaves) -> Iterator[Text]:
    """Give the derived names, scales and variables that no indicator answers to."""
    derived = formulas_of(config.get("derived", {}), leaves)
    used = {column for formula in derived for expression in formula.expressions for column in expression.columns}
    for code in (formula.name for formula in derived):
        if code not in framework.indicators and code not in used:
            yield problems.DERIVED_NO_INDICATOR.format(code=code, nearest=nearest(code, framework.indicators))
    variables = config.get("variables", {})
    units = {framework.node(code).unit: None for code in framework.indicators}
    units |= {entry.get("unit", ""): None for entry in variables.values()}
    units.pop("", None)
    for unit in config.get("scales", {}):
        if unit not in units:
            yield problems.SCALE_OF_NOTHING.format(unit=unit, nearest=nearest(unit, units))
    for code in variables:
        if code in framework.indicators:
            yield problems.VARIABLE_AND_INDICATOR.format(code=code)


def treated_codes(recipe: Recipe) -> Iterator[Text]:
    """Give the codes that the treatments of a recipe name and its framework does not have."""
    codes = [node.code for node in recipe.framework.nodes]
    for step in recipe.treat:
        options = getattr(step, "keywords", {})
        named, by = options.get("indicators") or (), options.get("by")
        for code in (*([named] if isinstance(named, str) else named), *(by if isinstance(by, dict) else ())):
            if code not in codes:
                method = name_of(step).partition("(")[0]
                yield problems.TREATED.format(method=method, code=cut(str(code)), nearest=nearest(code, codes))


def absent_columns(config: Mapping[str, Any], leaves: Leaves, table: pd.DataFrame) -> Iterator[Text]:
    """Give the variables, and the further columns that expressions use, that no sheet has: each once."""
    declared = config.get("variables", {})
    for code in declared:
        if code not in table:
            yield problems.VARIABLE_IN_NO_SHEET.format(code=code)
    derived = formulas_of(config.get("derived", {}), leaves)
    identities = formulas_of(config.get("identities", {}), leaves, identity=True)
    known = [*table, *declared, *(formula.name for formula in derived)]
    told: set[Text] = set()
    for title, formulas in ((expression_problems.DERIVED, derived), (expression_problems.IDENTITIES, identities)):
        for problem in absent_terms(formulas, list(dict.fromkeys(known)), told):
            yield HEADED.format(title=title, text=problem)
