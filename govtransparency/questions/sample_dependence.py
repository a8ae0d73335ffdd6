"""Whether the score of a unit depends on which other units are there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from govtransparency.aggregation import AGGREGATORS
from govtransparency.methods import spelled
from govtransparency.nodes import ROOT
from govtransparency.normalisation import NORMALISERS
from govtransparency.normalisation.normalise_table import method_at
from govtransparency.treatment import TREATMENTS

if TYPE_CHECKING:
    from govtransparency.recipe import Recipe

__all__ = ["depends_on_other_units", "treats_alone", "within_unit"]

WITHIN_UNIT = {
    AGGREGATORS[name]
    for name in (
        "arithmetic_mean",
        "sum",
        "geometric_mean",
        "harmonic_mean",
        "power_mean",
        "median",
        "owa",
        "choquet",
        "mazziotta_pareto",
        "adjusted_mazziotta_pareto",
        "mean_min",
    )
}
ALONE = {TREATMENTS[name] for name in ("impute_value", "denominate")}
LOGARITHMS = ("ln", "log10", "log1p")  # of a value alone; the other variants use the sample's range


def within_unit(aggregator: Any) -> bool:
    """Return whether a method of aggregation is known to look at the scores of one unit at a time.

    Examples
    --------
    >>> from govtransparency import arithmetic_mean, copeland
    >>> within_unit(arithmetic_mean), within_unit(copeland)
    (True, False)
    """
    plain, options = spelled(aggregator)
    if plain is AGGREGATORS["rounded"]:
        return within_unit(options["aggregate"])
    return plain in WITHIN_UNIT


def depends_on_other_units(recipe: Recipe) -> bool:
    """Return whether a unit's score may depend on which other units are there; True where this is not known.

    It does not with means within the unit, no rescaling by the best or the range, treatments of a value alone, and a
    fixed yardstick for each indicator: both goalposts under `min_max`, a `reference`, or no scaling at all.
    """
    framework = recipe.framework
    if not all(within_unit(recipe.aggregator(code)) for code in (*framework.pillars, ROOT)):
        return True
    if recipe.rescale is not None or recipe.range_of is not None:
        return True
    if not treats_alone(recipe):
        return True
    fixed = framework.goalposts.notna().all(axis=1)
    methods = {code: method_at(code, framework, recipe.normalise) for code in framework.indicators}
    return not all(_has_yardstick(method, bool(fixed[code])) for code, method in methods.items())


def treats_alone(recipe: Recipe) -> bool:
    """Return whether each value is known to be treated without a look at those of other units."""
    return all(map(_alone, recipe.treat))


def _alone(step: Any) -> bool:
    plain, options = spelled(step)
    if plain is TREATMENTS["log_transform"]:
        return options["variant"] in LOGARITHMS
    return plain in ALONE


def _has_yardstick(method: Any, fixed: bool) -> bool:
    plain, options = spelled(method)
    if (plain is NORMALISERS["min_max"] and fixed) or plain is NORMALISERS["unscaled"]:
        return True
    turns = getattr(plain, "turns", False) and plain is not NORMALISERS["mazziotta_pareto_scale"]
    return turns and options.get("reference") is not None
