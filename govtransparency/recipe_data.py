"""Read the steps of a recipe from plain data, as in ``recipe.json`` and the ``[recipe]`` of an edition."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from functools import partial
from typing import TYPE_CHECKING, Any

from govtransparency.aggregation import AGGREGATORS
from govtransparency.arguments import shown
from govtransparency.errors import Attempts, InputError, nearest
from govtransparency.framework import Framework, framework_from_records
from govtransparency.methods import ByLevel, ByNode, from_spec
from govtransparency.node_rules import STEPS as NODE_RULES
from govtransparency.node_rules import read_rule
from govtransparency.normalisation import NORMALISERS
from govtransparency.ranking import RankRule
from govtransparency.schema import at_current_schema
from govtransparency.texts.bilingual import Text, words
from govtransparency.texts.problems import recipe_problems as problems
from govtransparency.treatment import MISSING_RULES, TREATMENTS, MissingRule

if TYPE_CHECKING:
    from collections.abc import Collection

__all__ = ["steps_from"]


def steps_from(data: Mapping[str, Any], valid: Collection[str], framework: Framework | None) -> dict[str, Any]:
    """Return the steps of a recipe, its framework among them, that plain data describe; raise as `Recipe.from_dict`.

    Parameters
    ----------
    data : mapping
    valid : collection of str
        The steps that a recipe has.
    framework : Framework or None
        Instead of that in the data.
    """
    data = at_current_schema(data, file="recipe", within=("recipe",), whole="framework" in data)
    del data["schema"]
    found: list[Text] = [
        problems.UNKNOWN_STEP.format(step=key, nearest=nearest(key, valid)) for key in data if key not in valid
    ]
    values: dict[str, Any] = {}

    def read(step: str, make: Any) -> None:
        if step not in data:
            return
        try:
            values[step] = make(data[step])
        except InputError as error:
            found.extend(error.texts)
        except (TypeError, ValueError) as error:
            found.append(problems.UNREADABLE.format(step=step, value=shown(data[step]), reason=error))

    read("treat", _treatments)
    read("normalise", lambda spec: from_spec(spec, NORMALISERS, what="normalise"))
    read("aggregate", lambda spec: from_spec(spec, AGGREGATORS, what="aggregate"))
    read("missing", _missing_rule)
    read("rank", _rank_rule)
    for step in NODE_RULES:
        read(step, partial(read_rule, step))
    if framework is None:
        read("framework", framework_from_records)
        framework = values.pop("framework", None)
    if found or framework is None:
        raise InputError(found or problems.NO_FRAMEWORK, title="recipe")
    return {"framework": framework, **values}


def _treatments(steps: Any) -> tuple[Any, ...]:
    """Return the treatments that plain data names, one or a list."""
    found: list[Text] = []
    attempt = Attempts(found)
    listed = steps if isinstance(steps, (list, tuple)) else [steps]
    treatments = tuple(attempt(partial(from_spec, step, TREATMENTS, what="treat")) for step in listed)
    if found:
        raise InputError(found)
    return treatments


def _missing_rule(spec: Any) -> MissingRule:
    """Return the rule for missing data that plain data names."""
    make = from_spec(spec, MISSING_RULES, what="missing")
    if isinstance(make, (ByLevel, ByNode)):
        raise InputError(problems.ONE_RULE.format(value=shown(spec)))
    return make()


def _rank_rule(spec: Any) -> RankRule:
    """Return the rule that plain data describes."""
    valid = [item.name for item in fields(RankRule)]
    if not isinstance(spec, Mapping):
        raise InputError(problems.RANK_TABLE.format(value=shown(spec), keys=words(valid)))
    if unknown := [key for key in spec if key not in valid]:
        raise InputError([problems.RANK_KEY.format(key=key, nearest=nearest(key, valid)) for key in unknown])
    return RankRule(**spec)
