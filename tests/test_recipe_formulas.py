"""The steps of a recipe as a table: the formula of every method, and of what is done about missing values and ties."""

import re
from functools import partial

import numpy as np
import pandas as pd
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
            "100 × (r − 1/3) ÷ (n + 1/3), with r the place counted from the smallest x and n the units with a value",
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


# A reader who knows only the words: each sentence on smaller values, as a calculation on one indicator
SIGNS = {
    "for these x, worst and best have the opposite sign": (-1, -1),
    "for these x has the opposite sign, before means, places and the like are computed from it": (-1, 1),
    "for these x keeps its sign and the ratio is inverted, as the formula says": (1, 1),
    "for these x, worst and best keep their sign and the ratio is inverted, as the formula says": (1, 1),
    "for these it is computed from x as it is, and subtracted from 100": (1, 1),
    "": (1, 1),
}
OF_SAMPLE = {  # what worst and best are where they are not given
    "where worst or best is not given, it is the least or the greatest x of the sample": (np.min, np.max),
    "where best or worst is not given, it is the least or the greatest x of the sample": (np.max, np.min),
    "": (np.min, np.max),
}


LOGARITHMS = "; computed from the natural logarithms of x, worst and best, taken before any change of sign"


def read(formula, direction, x, worst, best, turned, divisor):
    """Return what the words come to: the formula of the normalisation, and the sentence on smaller values."""
    of_unit = x[0]
    if formula.endswith(LOGARITHMS):
        formula = formula.removesuffix(LOGARITHMS)
        x, of_unit = np.log(x), np.log(of_unit)
        worst, best = (end and np.log(end) for end in (worst, best))
    sign, _, of_sample = direction.partition("; ")
    signs, extremes = SIGNS[sign], OF_SAMPLE[of_sample]
    x, of_unit = signs[0] * x, signs[0] * of_unit
    worst = extremes[0](x) if worst is None else signs[1] * worst
    best = extremes[1](x) if best is None else signs[1] * best
    short = (x - x.mean()) / abs(x.mean())
    if "d ÷ D" in formula:
        short = np.abs(best - x) if "d = |best − x|" in formula else np.maximum(best - x, 0)
    formula, *limits = formula.split("; ")
    if limits and limits[0].startswith("where smaller is better, "):
        formula = limits.pop(0).removeprefix("where smaller is better, ") if turned else formula
    main = formula.partition(", ")[0]
    names = {
        "x": x, "worst": worst, "best": best, "mean": x.mean(), "median": np.median(x), "u": of_unit, "exp": np.exp,
        "MAD": np.median(np.abs(x - np.median(x))), "standard_deviation": x.std(ddof=divisor), "n": len(x),
        "z": (x - x.mean()) / x.std(ddof=1), "r": np.array([1 + (x < one).sum() for one in x]),
        "d": short, "D": best - worst,
    }  # fmt: skip

    def value(text):
        text = re.sub(r"\|(\w+)\|", r"abs(\1)", text.replace("standard deviation", "standard_deviation"))
        for sign, operator in {"×": "*", "÷": "/", "−": "-"}.items():
            text = text.replace(sign, operator)
        return eval(text, {}, names)

    if re.search(" where [pd] ", formula):
        cases, _, defined = formula.partition(", with ")
        if defined.startswith("p = "):
            names["p"] = value(defined.removeprefix("p = ").partition(", r ")[0])
        found = np.full(len(x), np.nan)
        for case in cases.split(", "):
            score, _, where = case.partition(" where ")
            score, holds = (case.removeprefix("else "), np.ones(len(x), bool)) if not where else (score, value(where))
            found = np.where(np.isnan(found) & holds, value(score), found)
    else:
        found = value(main) * np.ones(len(x))
    if "subtracted from 100" in sign:
        found = 100 - found
    for limit in [part for text in limits for part in text.split(", ")]:
        words, bound = limit.rsplit(" ", 1)
        if words in ("at least", "at most"):
            found = (np.maximum if words == "at least" else np.minimum)(found, value(bound))
    return found


VARIANTS = [
    *((name, {}) for name in NORMALISERS),
    ("min_max", {"to": (1, 10), "cap": False}),
    ("min_max", {"to": (-5, -1)}),
    ("min_max", {"log": True}),
    ("z_score", {"log": True, "mean": -50, "sd": 10}),
    ("ratio_to_best", {"log": True}),
    ("ratio_to_best", {"cap": True}),
    ("mazziotta_pareto_scale", {"adjusted": True}),
    ("distance_to_unit", {"form": "difference"}),
    ("distance_to_target", {"overshoot": "missed"}),
    ("percentile_rank", {"turn": "after", "definition": "blom"}),
    ("categorical", {"quantiles": 4, "definition": "midpoint"}),
    ("logistic", {"to": (1, 7), "steepness": 2}),
    ("above_below_mean", {"threshold": 0.4, "scores": (0, 5, 10)}),
]


NEED_A_TARGET = {"distance_to_target"}  # and have no score without one
CASES = [
    (name, options, posts)
    for name, options in VARIANTS
    for posts in (True, False)
    if posts or name not in NEED_A_TARGET
]


@pytest.mark.parametrize("direction", [1, -1])
@pytest.mark.parametrize(("name", "options", "posts"), CASES)
def test_the_words_give_the_numbers_of_the_method(name, options, posts, direction):
    x = pd.Series([7.0, 2.0, 11.0, 4.5, 30.0, 3.0], [f"U{place}" for place in range(6)])
    worst, best = ((2.5, 25.0) if direction == 1 else (25.0, 2.5)) if posts else (None, None)
    own = {"unit": "U0"} if name == "distance_to_unit" else {}
    method = partial(NORMALISERS[name], **own, **options)
    node = Node("a", "index", direction=direction, worst=worst, best=best)
    tree = Framework([Node("index", ""), node])
    told = {step.en: formula.en for step, _, formula, _ in steps_in_words(Recipe(tree, normalise=method))}
    divisor = 0 if name == "mazziotta_pareto_scale" else 1  # as the column of the choice says
    found = read(
        told["Normalisation"], told["Smaller values score higher"], x.to_numpy(), worst, best, direction < 0, divisor
    )
    kernel = gt.normalisation.normalise(x.to_frame("a"), tree, method=method)["a"]
    np.testing.assert_allclose(found, kernel, rtol=1e-9, atol=1e-9)


def test_each_method_says_what_it_does_with_smaller_values():
    tree = Framework([Node("index", ""), *(Node(code, "index", direction=-1) for code in "abc"), Node("d", "index")])
    methods = {"a": gt.ratio_to_mean, "b": gt.z_score, "d": gt.rank_score}
    recipe = Recipe(tree, normalise=gt.by_node(methods, otherwise=gt.z_score))
    told = {step.en: formula for step, _, formula, _ in steps_in_words(recipe)}
    assert told["Smaller values score higher"] == (
        "“a”：这些指标的x不取相反数，而取比值的倒数，如公式所示；“b、c”：这些指标的x先取相反数，均值、位次等再由其算出",
        "a: for these x keeps its sign and the ratio is inverted, as the formula says; b, c: for these x has the "
        "opposite sign, before means, places and the like are computed from it",
    )


def test_logarithms_are_said_with_the_formula():
    found = formulas(normalise=partial(gt.min_max, log=True, cap=False))["Normalisation"]
    assert found == (
        "100 × (x − 最差值) ÷ (最佳值 − 最差值)；先将x、最差值、最佳值取自然对数，再取相反数（如有）并计算",
        f"100 × (x − worst) ÷ (best − worst){LOGARITHMS}",
    )
