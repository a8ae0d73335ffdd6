"""The steps of a recipe as a table: the formula of every method, and of what is done about missing values and ties."""

from functools import partial

import pytest

import govtransparency as gt
from govtransparency import Framework, Node, RankRule, Recipe
from govtransparency.aggregation import AGGREGATORS
from govtransparency.normalisation import NORMALISERS
from govtransparency.recipe_formulas import steps_in_words
from govtransparency.texts.formula_words import FORMULAS

TREE = Framework(
    [Node("index", ""), Node("p", "index"), Node("a", "p", direction=-1), Node("b", "p"), Node("c", "index")]
)
NEEDED = {
    "power_mean": {"p": 0.5},
    "rounded": {"decimals": 1},
    "distance_to_unit": {"unit": "X"},
    "owa": {"orness": 0.7},
    "choquet": {"interaction": {("a", "b"): 0.1}},
}


def formulas(**choices):
    return {step.en: formula for step, _, formula, _ in steps_in_words(Recipe(TREE, **choices))}


@pytest.mark.parametrize("name", [*NORMALISERS, *AGGREGATORS])
def test_every_method_of_the_library_has_a_formula_without_open_places(name):
    assert name in FORMULAS
    method = NORMALISERS.get(name) or AGGREGATORS[name]
    step, head = ("normalise", "Normalisation") if name in NORMALISERS else ("aggregate", "Aggregation")
    found = formulas(**{step: partial(method, **NEEDED.get(name, {}))})[head]
    for text in found:
        assert text and "{" not in text


@pytest.mark.parametrize(
    ("choices", "step", "formula"),
    [
        (
            {"normalise": partial(gt.min_max, to=(1, 100), cap=False)},
            "Normalisation",
            "1 + 99 × (x − worst) ÷ (best − worst)",
        ),
        ({"normalise": partial(gt.min_max, to=(0, 1), cap=False)}, "Normalisation", "(x − worst) ÷ (best − worst)"),
        (
            {"normalise": partial(gt.percentile_rank, definition="tukey")},
            "Normalisation",
            "100 × (r − 1/3) ÷ (n + 1/3), with r the place counted from the last and n the units with a value",
        ),
        ({"aggregate": partial(gt.power_mean, p=0.5)}, "Aggregation", "S = (Σ v_c × S_c ^ 0.5) ^ (1 ÷ 0.5)"),
        (
            {"aggregate": gt.by_level([gt.geometric_mean, gt.arithmetic_mean])},
            "Aggregation",
            "level 1 from the bottom: S = Π S_c ^ v_c; level 2 from the bottom: S = Σ v_c × S_c",
        ),
        ({"aggregate": gt.by_level([gt.arithmetic_mean] * 2)}, "Aggregation", "S = Σ v_c × S_c"),
        ({"missing": gt.treatment.equal_shares()}, "Weights", "v_c = (w_c + the weights of the children without a"),
        (
            {"missing": gt.treatment.spread_weights(count="children")},
            "Missing data",
            "coverage = children with a value or a score ÷ children that apply to the unit",
        ),
        (
            {"rank": RankRule(decimals=1, rounding="down")},
            "Rounding",
            "R = round(S × 10^1) ÷ 10^1; what is within 0.000000001 of a whole number counts as a whole number",
        ),
        ({"rank": RankRule(ties="max")}, "Ties", "rank = units of the group with an R at least as large"),
    ],
)
def test_the_formula_is_that_of_the_choice(choices, step, formula):
    assert formulas(**choices)[step].en.startswith(formula)


def test_a_function_of_ones_own_is_named():
    def own(scores, weights):
        return scores.max(axis=1)

    assert formulas(aggregate=own)["Aggregation"] == ("见该函数：own", "as the function own computes it")


def test_the_coverage_is_required_at_every_node_and_said_to_be():
    told = {step.en: choice for step, choice, _, _ in steps_in_words(Recipe(TREE))}
    assert told["Missing data"].en == (
        "a missing value's weight is shared by its siblings in proportion; at the index and at every pillar at least "
        "65% of the indicators applicable to the unit must be present, else the node has no score and is missing one "
        "level up"
    )
    assert told["Missing data"].zh == (
        "缺失项的权重按比例分摊给同级其他各项；总指数和每个分指数：适用于该单位的指标中，"
        "有值的均不低于65%，否则该节点无得分，在上一级视为缺失"
    )
