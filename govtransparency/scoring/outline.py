"""A recipe as plain steps, for the workbook and the what-if page, which compute scores themselves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from govtransparency.methods import name_of
from govtransparency.nodes import ROOT
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
        Its own children, and the indicators under it.
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
    method: str


@dataclass(frozen=True)
class Outline:
    """How a recipe scores, as plain data for programs in other languages; made by `outline`.

    Attributes
    ----------
    steps : tuple of Step
        Bottom up; the last is the index.
    count : {"indicators", "children", "weights"}
        What coverage counts.
    score : float or None
        The score of a missing indicator; None if it is left out with its weight.
    """

    steps: tuple[Step, ...]
    count: Count
    score: float | None


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
    steps = []
    for code in (*framework.pillars, ROOT):
        aggregator, children = recipe.aggregator(code), framework.children(code)
        plain, options = getattr(aggregator, "func", aggregator), getattr(aggregator, "keywords", {})
        steps.append(
            Step(
                code,
                children,
                framework.leaves[code],
                tuple(framework.node(child).weight for child in children),
                rule.required(code),
                plain.__name__ if plain in MEANS else None,
                options.get("floor"),
                options.get("zeros") == "zero",
                name_of(aggregator),
            )
        )
    return Outline(tuple(steps), rule.count, rule.score)
