"""A recipe as plain steps, for the workbook and the what-if page, which compute scores themselves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from govtransparency.aggregation import sum as sum_of_scores
from govtransparency.methods import name_of
from govtransparency.node_rules import NodeRules, rules_of, scoring_order
from govtransparency.scoring.parents import MEANS

if TYPE_CHECKING:
    from govtransparency.recipe import Recipe
    from govtransparency.treatment.missing_data_rules import Count

__all__ = ["Outline", "Step", "outline"]

Mean = Literal["arithmetic_mean", "geometric_mean", "harmonic_mean"]


@dataclass(frozen=True)
class Step:
    """How one node is scored, as plain data.

    Attributes
    ----------
    code : str
    children, leaves : tuple of str
        The nodes it is aggregated from, and the indicators under it.
    weights : tuple of float
        The children's; they count in proportion.
    required : float
        Least coverage, 0 to 1.
    mean : {"arithmetic_mean", "geometric_mean", "harmonic_mean"} or None
        None: only the library can compute this node; elsewhere its scores are fixed, whatever the weights.
    floor : float or None
        Scores below it are raised to it before a geometric or harmonic mean.
    zeros : bool
        Whether a geometric or harmonic mean allows scores of 0.
    sums : bool
        Whether the score is the mean times the sum of the weights.
    rules : NodeRules
        Rules of publishers.
    method : str
        The aggregation's name, with its parameters.
    """

    code: str
    children: tuple[str, ...]
    leaves: tuple[str, ...]
    weights: tuple[float, ...]
    required: float
    mean: Mean | None
    floor: float | None
    zeros: bool
    sums: bool
    rules: NodeRules
    method: str


@dataclass(frozen=True)
class Outline:
    """How a recipe scores, as plain data for programs in other languages; made by `outline`.

    Attributes
    ----------
    steps : tuple of Step
        Each after those it needs; the last is the index.
    count : {"indicators", "children", "weights"}
        What coverage counts.
    score : float or None
        The score of a missing indicator; None if it is left out with its weight.
    equal : bool
        Whether a missing child takes the plain mean of its siblings, on the scale of the mean.
    """

    steps: tuple[Step, ...]
    count: Count
    score: float | None
    equal: bool


def outline(recipe: Recipe) -> Outline:
    """Return how a recipe scores, as plain data.

    Parameters
    ----------
    recipe : Recipe

    Returns
    -------
    Outline
    """
    framework, rule = recipe.framework, recipe.missing
    steps: list[Step] = []
    fixed: set[str] = set()
    for code in scoring_order(recipe):
        aggregator, children, rules = recipe.aggregator(code), recipe.members(code), rules_of(recipe, code)
        plain, options = getattr(aggregator, "func", aggregator), getattr(aggregator, "keywords", {})
        mean: Mean | None = plain.__name__ if plain in MEANS else "arithmetic_mean" if plain is sum_of_scores else None
        if rules.range_of in fixed:  # its scores before they are rescaled are not known elsewhere
            mean = None
        if mean is None and rules.rescale:
            fixed.add(code)
        steps.append(
            Step(
                code,
                children,
                framework.leaves[code],
                tuple(framework.node(child).weight for child in children),
                rule.required(code),
                mean,
                options.get("floor"),
                options.get("zeros") == "zero",
                recipe.sums(code),
                rules,
                name_of(aggregator),
            )
        )
    return Outline(tuple(steps), rule.count, rule.score, rule.equal)
