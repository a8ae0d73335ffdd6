"""Treatments: what is wrong with an option or with the values is said by name, in both languages."""

from functools import partial

import numpy as np
import pandas as pd
import pytest

import govtransparency as gt
from govtransparency import Framework, InputError, Node, Recipe
from tests.examples import ONE_INDICATOR

ONE = pd.DataFrame({"a": [3.0]}, index=["u"])

POSTS = Framework([Node("index", ""), Node("a", "index", worst=1, best=9)])


@pytest.mark.parametrize(
    ("method", "framework", "text"),
    [
        (partial(gt.impute_mean, indicators=["aa"]), ONE_INDICATOR, "indicators: unknown 'aa'; did you mean 'a'"),
        (partial(gt.winsorise, points=1, quantiles=(0, 1)), ONE_INDICATOR, "give points or quantiles, not both"),
        (partial(gt.winsorise, quantiles=(0.9, 0.1)), ONE_INDICATOR, "expected two rising numbers from 0 to 1"),
        (partial(gt.winsorise, points=-1), ONE_INDICATOR, "points = -1: expected one or two whole numbers"),
        (partial(gt.winsorise, points=4), ONE_INDICATOR, "indicator 'a' has 4 values, of which 8 cannot be wins"),
        (partial(gt.log_transform, variant="log2"), ONE_INDICATOR, "variant = 'log2' is unknown; did you mean 'log"),
        (gt.log_transform, ONE_INDICATOR, "indicator 'a' has values that are not positive"),
        (partial(gt.log_transform, variant="log1p"), ONE_INDICATOR, "indicator 'a' has negative values"),
        (gt.log_transform, POSTS, "goalposts in its own unit.*log=True instead"),
        (gt.box_cox, ONE_INDICATOR, "indicator 'a': its least value with the shift is -2; give a larger shift"),
        (partial(gt.jrc_outliers, points=-1), ONE_INDICATOR, "points = -1: expected a number of at least 0"),
        (partial(gt.impute_group_mean, groups="g"), ONE_INDICATOR, "group 's' has a value.*use empty='all'"),
        (partial(gt.impute_group_mean, groups="gg"), ONE_INDICATOR, "groups = 'gg' is unknown; did you mean 'g'"),
        (partial(gt.impute_group_mean, groups={"u": "n"}), ONE_INDICATOR, "unit 'v' has no group"),
        (partial(gt.impute_group_mean, groups="g", statistic="mode"), ONE_INDICATOR, "statistic = 'mode' is unknown"),
        (
            partial(gt.impute_regression, predictors=["heds"]),
            ONE_INDICATOR,
            "predictors: unknown 'heds'; did you mean 'heads'",
        ),
        (partial(gt.impute_regression, predictors=["one"]), ONE_INDICATOR, "predictors are constant or collinear"),
        (partial(gt.impute_knn, neighbours=9), ONE_INDICATOR, "neighbours = 9: expected a whole number from 1 to 4"),
        (
            partial(gt.impute_knn, neighbours=2, weights="near"),
            ONE_INDICATOR,
            "weights = 'near' is unknown; valid: uniform, distance",
        ),
        (partial(gt.impute_iterative, draw=True), ONE_INDICATOR, "draw=True needs rng"),
        (partial(gt.impute_panel, tables={2023: ONE}), ONE_INDICATOR, "year = None: expected a year as a whole number"),
        (partial(gt.impute_panel, tables={2023: ONE}, year=2023), ONE_INDICATOR, "year 2023 is the table's own"),
        (
            partial(gt.impute_panel, tables={2023: ONE.rename(index={"u": "z"})}, year=2024),
            ONE_INDICATOR,
            "the table of 2023 has none of the units",
        ),
        (partial(gt.denominate, by="head"), ONE_INDICATOR, "by = 'head' is unknown; did you mean 'heads'"),
        (partial(gt.denominate, by="heads"), ONE_INDICATOR, "by, unit 'w': the denominator is 0; expected a pos"),
        (partial(gt.denominate, by={"a": "heads"}, indicators=["a"]), ONE_INDICATOR, "leave indicators out"),
        (
            partial(gt.denominate, by=pd.Series({"q": 1.0})),
            ONE_INDICATOR,
            "by: no unit has a denominator; check that the",
        ),
        (partial(gt.screen_units, pillars={"q": 1}), ONE_INDICATOR, "pillars: unknown 'q'"),
        (partial(gt.screen_units, min_coverage=65), ONE_INDICATOR, "min_coverage = 65: expected a number from 0 to 1"),
        (partial(gt.screen_units, nonzero=1), POSTS, None),
        (partial(gt.screen_units, indicators=0.9), ONE_INDICATOR, None),
        (
            partial(gt.screen_units, indicators=0.9, min_coverage=0),
            ONE_INDICATOR,
            "indicator 'a': 80% of the units have a val",
        ),
    ],
)
def test_what_is_wrong_is_said(method, framework, text):
    table = pd.DataFrame(
        {"a": [-2.0, 1.0, 3.0, 4.0, np.nan], "g": ["n", "n", "n", "n", "s"], "heads": [1.0, 2, 0, 1, 1], "one": 1.0},
        index=list("uvwxy"),
    )
    if text is None:
        assert method(table, framework).index.tolist() == list("uvwx")
        return
    with pytest.raises(InputError, match=f"(?s){text}"):
        method(table, framework)


def test_no_unit_left():
    with pytest.raises(
        InputError, match="no unit has enough data: the most complete, 0, has 0% of the indicators; require"
    ):
        gt.screen_units(pd.DataFrame({"a": [np.nan, np.nan]}), ONE_INDICATOR)


TABLE = pd.DataFrame({"a": [1.0, 2.0, 9.0], "b": [3.0, np.nan, 4.0], "name": list("xyz")}, index=list("uvw"))
TREE = Framework([Node("index", ""), Node("p", "index"), Node("a", "p"), Node("b", "p")])


@pytest.mark.parametrize(
    ("method", "problems"),
    [
        (
            partial(gt.impute_value, value="0", indicators=["aa"]),
            ["value = '0': expected a finite number", "indicators: unknown 'aa'; did you mean 'a'"],
        ),
        (
            partial(gt.impute_group_mean, groups="nam", statistic="mode", empty="none"),
            ["statistic = 'mode' is unknown", "empty = 'none' is unknown", "groups = 'nam' is unknown"],
        ),
        (partial(gt.impute_group_mean, groups=pd.Series([1, 2], index=["u", "u"])), ["groups: duplicate 'u'"]),
        (partial(gt.impute_regression, predictors=3), ["predictors = 3: expected a list of names"]),
        (
            partial(gt.impute_regression, predictors=["name"]),
            ["column 'name' holds"],
        ),
        (
            partial(gt.impute_knn, neighbours=0, weights="near"),
            ["neighbours = 0: expected a whole number from 1 to 2", "weights = 'near' is unknown"],
        ),
        (
            partial(gt.impute_iterative, iterations=-1, tolerance=-1, rng=-1),
            [
                "iterations = -1: expected a whole number of at least 0",
                "tolerance = -1: expected a number of at least 0",
                "rng = -1: expected a whole number of at least 0 or a numpy Generator",
            ],
        ),
        (
            partial(gt.impute_panel, tables={"x": ONE}, year="y", method="next", max_gap=-1),
            [
                "method = 'next' is unknown",
                "max_gap = -1: expected a number of at least 0",
                "year = 'y': expected a year as a whole number",
                "tables: key 'x': expected a year as a whole number",
            ],
        ),
        (partial(gt.impute_panel, tables=[ONE], year=2024), ["tables = [", "expected a mapping of year to table"]),
        (
            partial(gt.winsorise, points=(1, 2.5), quantiles="x"),
            [
                "give points or quantiles, not both",
                "quantiles = 'x': expected two rising numbers from 0 to 1",
                "points = (1, 2.5): expected one or two whole numbers of at least 0",
            ],
        ),
        (
            partial(gt.outlier_report, skewness=-1, kurtosis="x"),
            ["skewness = -1: expected a number of at least 0", "kurtosis = 'x': expected a number of at least 0"],
        ),
        (
            partial(gt.box_cox, power="x", shift=np.inf),
            ["power = 'x': expected a finite number", "shift = inf: expected a finite number"],
        ),
        (
            partial(gt.screen_units, min_coverage=2, pillars={"p": -1, "q": 1}, indicators=3, nonzero="x"),
            [
                "min_coverage = 2: expected a number from 0 to 1",
                "pillars: unknown 'q'",
                "pillars['p'] = -1: expected a number from 0 to 1",
                "indicators = 3: expected a number from 0 to 1",
                "nonzero = 'x': expected a number from 0 to 1",
            ],
        ),
        (lambda table, framework: gt.screen_indicators(framework, table, min_coverage=2), ["min_coverage = 2"]),
        (
            partial(gt.denominate, by="heads", scale=np.nan),
            ["scale = nan: expected a number above 0", "by = 'heads' is unknown"],
        ),
        (partial(gt.denominate, by={"a": "name"}), ["by['a'] = 'name': expected a Series of numbers"]),
        (lambda table, _: gt.impute_mean(table.drop(columns="b"), TREE), ["the table lacks the indicator 'b'"]),
        (lambda table, _: gt.impute_mean(table.assign(b="x"), TREE), ["column 'b' holds"]),
        (lambda _, framework: gt.impute_mean([1, 2], framework), ["table = [1, 2]: expected a DataFrame of numbers"]),
        (
            lambda table, _: gt.impute_mean(table, "tree"),
            ["framework = 'tree': expected a value of type Framework, such as gt.read_framework(path)"],
        ),
        (lambda table, _: gt.screen_units(table[:0], TREE), ["table: it has no unit"]),
        (
            lambda *_: gt.spread_weights(min_coverage="half", nodes={"p": 2}, count="pillars"),
            [
                "min_coverage = 'half': expected a number from 0 to 1",
                "nodes['p'] = 2: expected a number from 0 to 1",
                "count = 'pillars' is unknown",
            ],
        ),
        (
            lambda *_: gt.missing_score(score=np.inf, nodes=3),
            ["nodes = 3: expected a mapping of code to share", "score = inf: expected a finite number"],
        ),
        (
            lambda table, framework: gt.treatment_report(table, Recipe(framework), language="de"),
            ["language = 'de' is unknown"],
        ),
    ],
)
def test_every_argument_that_is_wrong_is_in_one_error(method, problems):
    with pytest.raises(InputError) as caught:
        method(TABLE, TREE)
    for problem in problems:
        assert problem in str(caught.value)


def test_numbers_of_numpy_are_numbers():
    assert gt.winsorise(TABLE, TREE, points=np.int64(1), indicators="a")["a"].tolist() == [2, 2, 2]
    assert gt.impute_knn(TABLE, TREE, neighbours=np.int64(1))["b"].tolist()[1] == 3
    assert gt.impute_value(TABLE, TREE, value=np.float64(1), indicators=("b", "b"))["b"].tolist()[1] == 1
    assert gt.spread_weights(min_coverage=np.float64(0.5)) == gt.spread_weights(min_coverage=0.5)


@pytest.mark.parametrize(
    ("method", "chinese"),
    [
        (gt.box_cox, "指标“a”加上 shift 后的最小值为-2，应为正数；请增大 shift"),
        (partial(gt.impute_mean, indicators=["aa"]), "indicators：未知的“aa”；是否应为“a”？"),
        (partial(gt.denominate, by="heads"), "by：被评单位“w”的分母为0，应为正数"),
        (partial(gt.winsorise, points=4), "指标“a”只有4个值，不能对其中8个作缩尾处理"),
        (partial(gt.screen_units, min_coverage=65), "min_coverage = 65：应为0至1之间的数"),
        (partial(gt.impute_group_mean, groups="g"), "指标“a”在“s”组没有一个被评单位有值；请用 empty='all'"),
    ],
)
def test_what_is_wrong_is_said_in_chinese_too(method, chinese):
    table = pd.DataFrame(
        {"a": [-2.0, 1.0, 3.0, 4.0, np.nan], "g": ["n", "n", "n", "n", "s"], "heads": [1.0, 2, 0, 1, 1]},
        index=list("uvwxy"),
    )
    with pytest.raises(InputError) as caught:
        method(table, ONE_INDICATOR)
    assert chinese in caught.value.in_language("zh")


def test_the_notes_of_a_report_are_in_the_language_asked_for():
    table = pd.DataFrame({"a": [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 400.0]})
    recipe = Recipe(
        ONE_INDICATOR, treat=[partial(gt.jrc_outliers, points=1), gt.log_transform, partial(gt.box_cox, shift=1)]
    )
    assert gt.treatment_report(table, recipe, language="zh")["note"].tolist()[:2] == ["缩尾处理", "取对数（ln）"]
    assert gt.treatment_report(table, recipe)["note"].tolist()[:2] == ["winsorised", "logarithm (ln)"]
    rare = pd.DataFrame({"a": [0.0] * 30 + [1.0]})
    report = gt.treatment_report(rare, Recipe(ONE_INDICATOR, treat=[gt.jrc_outliers]), language="zh")
    assert report["note"].tolist() == ["未作处理，仍有离群值"]
