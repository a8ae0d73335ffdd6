"""Normalisers: what is wrong with an option or with an indicator is said by name, in both languages."""

import math
import re
from functools import partial

import numpy as np
import pandas as pd
import pytest

import govtransparency as gt
from govtransparency import Framework, InputError, Node
from tests.examples import AB


@pytest.mark.parametrize(
    ("method", "values", "text"),
    [
        (gt.ratio_to_best, [-1.0, 2.0], "has negative values"),
        (gt.ratio_to_best, [0.0, 0.0], "has a best value of 0"),
        (gt.ratio_to_worst, [0.0, 2.0], "has a worst value of 0"),
        (partial(gt.ratio_to_mean, direction=-1), [0.0, 2.0], "has a zero, and less of it is better"),
        (gt.difference_to_mean, [-1.0, 1.0], "has a mean of 0"),
        (gt.z_score, [5.0, 5.0], r"is constant, so it has no range \(all 2 values are 5\)"),
        (gt.z_score, [5.0], r"is constant, so it has no range \(its one value is 5\)"),
        (gt.logistic, [5.0, 5.0], "is constant"),
        (gt.robust_z, [5.0, 5.0, 5.0, 9.0], "median absolute deviation of 0"),
        (gt.mazziotta_pareto_scale, [5.0, 5.0], "is constant"),
        (partial(gt.mazziotta_pareto_scale, adjusted=True), [5.0, 5.0], "is constant"),
        (gt.min_max, [np.nan, np.nan], "has no value at all"),
        (gt.difference_to_best, [np.nan, np.nan], "has no value at all"),
        (gt.ratio_to_mean, [np.nan, np.nan], "has no value at all"),
        (partial(gt.distance_to_unit, unit="V"), [1.0, 2.0], "unit = 'V' is unknown; did you mean 'v'"),
        (partial(gt.distance_to_unit, unit="u"), [np.nan, 2.0], "the reference unit 'u' has no value"),
        (gt.distance_to_target, [1.0, 2.0], "has no target"),
        (partial(gt.percentile_rank, definition="incl"), [1.0, 2.0], "did you mean 'inclusive'"),
        (partial(gt.rank_score, ties="ordinal"), [1.0, 2.0], "ties = 'ordinal' is unknown"),
        (partial(gt.categorical, quantiles=(0.5, 0.4)), [1.0, 2.0], "expected rising numbers"),
        (partial(gt.categorical, quantiles=3, scores=(1, 2)), [1.0, 2.0], "2 scores for 3 classes"),
        (partial(gt.min_max, within={"u": "n"}), [1.0, 2.0], "unit 'v' has no group"),
        (partial(gt.min_max, reference=pd.DataFrame({"A": [1.0]})), [1.0, 2.0], "reference has no indicator 'a'"),
        (partial(gt.min_max, direction=0), [1.0, 2.0], "direction = 0: expected 1 or -1"),
    ],
)
def test_what_a_method_cannot_scale_is_named(method, values, text):
    with pytest.raises(InputError, match=text):
        method(pd.Series(values, index=list("uvwx")[: len(values)], name="a"))


def test_every_indicator_and_group_that_fails_is_in_one_error():
    table = pd.DataFrame({"a": [1.0, 1.0, 3.0, 4.0], "b": [1.0, 2.0, 5.0, 5.0]}, index=list("uvwx"))
    with pytest.raises(InputError) as caught:
        gt.min_max(table, within=pd.Series(["n", "n", "s", "s"], index=list("uvwx")))
    assert [problem.split(" is")[0] for problem in caught.value.problems] == [
        "indicator 'a' in group 'n'",
        "indicator 'b' in group 's'",
    ]
    nodes = Framework([Node("index", ""), Node("a", "index"), Node("b", "index")])
    with pytest.raises(InputError) as caught:
        gt.normalise(table.assign(a=1.0, b=2.0), nodes, method=gt.by_node({"a": gt.min_max}, otherwise=gt.z_score))
    assert len(caught.value.problems) == 2


def test_a_value_beyond_its_only_goalpost_has_no_range():
    nodes = Framework([Node("index", ""), Node("a", "index", worst=10.0)])
    with pytest.raises(InputError, match="no value is on the right side of its only goalpost"):
        gt.normalise(pd.DataFrame({"a": [3.0, 5.0]}), nodes, method=gt.min_max)


@pytest.mark.parametrize(
    ("method", "options", "words"),
    [
        (gt.min_max, {"to": (100, 0)}, "to = (100, 0): expected two rising numbers, the worst score and the best"),
        (gt.min_max, {"to": 3}, "to = 3: expected two rising numbers"),
        (gt.logistic, {"to": (1, 1)}, "to = (1, 1): expected two rising numbers"),
        (gt.distance_to_target, {"to": (0, math.nan)}, "to = (0, nan): expected two rising numbers"),
        (gt.z_score, {"sd": -1}, "sd = -1: expected a number above 0"),
        (gt.robust_z, {"sd": 0}, "sd = 0: expected a number above 0"),
        (gt.z_score, {"ddof": 3}, "has too few values for ddof = 3 (values 1 to 4)"),
        (gt.categorical, {"quantiles": 1}, "quantiles = 1: expected a whole number of at least 2"),
        (gt.categorical, {"quantiles": 2**62}, "expected a whole number from 2 to 10000"),
        (gt.min_max, {"within": "region"}, "within = 'region': expected a group for each of the 3 units"),
        (gt.min_max, {"direction": "up"}, "direction = 'up': expected 1 or -1"),
        (gt.min_max, {"decimals": 1, "rounding": "up"}, "rounding = 'up' is unknown"),
    ],
)
def test_options_that_cannot_be_meant_are_refused(method, options, words):
    with pytest.raises(InputError, match=re.escape(words)):
        method(pd.Series([1.0, 2.0, 4.0]), (0, 10), **options)


def test_goalposts_against_the_direction_are_called_that():
    with pytest.raises(InputError, match="has goalposts that are equal or against its direction"):
        gt.min_max(pd.Series([1.0, 2.0]), (10, 0))


def test_an_infinite_value_is_not_called_constant():
    with pytest.raises(InputError, match=r"is infinite or beyond 1e\+150 \(values 1 to inf\)"):
        gt.min_max(pd.Series([1.0, math.inf, 3.0], name="a"))


SERIES = pd.Series([1.0, 2.0, 4.0], index=list("uvw"), name="a")
PAIR = pd.DataFrame({"a": [1.0, 2.0, 4.0], "b": [3.0, 1.0, 2.0]}, index=list("uvw"))


@pytest.mark.parametrize(
    ("call", "problems"),
    [
        (
            lambda: gt.min_max(SERIES, 7, direction="up", decimals=1.5, rounding="up", within=["n"], reference="x"),
            [
                "min_max: 6 problems",
                "goalposts = 7: expected a pair of numbers (worst, best)",
                "direction = 'up': expected 1 or -1 for every indicator",
                "decimals = 1.5: expected a whole number",
                "rounding = 'up' is unknown",
                "within = ['n']: expected a group for each of the 3 units",
                "reference = 'x': expected numbers",
            ],
        ),
        (lambda: gt.min_max(PAIR, (0, 1)), ["goalposts = (0, 1): expected a DataFrame of numbers with the columns"]),
        (lambda: gt.min_max(pd.Series(["x", "y"])), ["values = <Series 2>: expected numbers"]),
        (lambda: gt.min_max(PAIR.assign(b="x"), direction=pd.Series([1], index=["a"])), ["values = <", "direction = "]),
        (lambda: gt.min_max(PAIR, reference=SERIES), ["the reference does not match the values"]),
        (lambda: gt.min_max(SERIES, reference=np.eye(2)), ["the reference does not match the values"]),
        (lambda: gt.min_max(SERIES, reference=PAIR.astype(str) + "x"), ["reference = <DataFrame 3 x 2>: expected num"]),
        (
            lambda: gt.min_max(SERIES, within=["n", "n", "s"], reference=PAIR),
            ["within: with a reference, groups must be a Series unit -> group"],
        ),
        (
            lambda: gt.logistic(SERIES, to=(1, "x"), steepness=0),
            ["steepness = 0: expected a number above 0", "to = (1"],
        ),
        (
            lambda: gt.z_score(SERIES, mean=np.nan, sd=0, ddof=-1),
            ["mean = nan: expected a finite number", "sd = 0", "ddof = -1: expected a whole number of at least 0"],
        ),
        (lambda: gt.robust_z(SERIES, mean="x", sd="y"), ["mean = 'x': expected a finite number", "sd = 'y'"]),
        (lambda: gt.mazziotta_pareto_scale(SERIES, ddof="x"), ["ddof = 'x': expected a whole number"]),
        (
            lambda: gt.above_below_mean(SERIES, threshold=-1, scores=(1, 0, 2)),
            ["threshold = -1: expected a number of at least 0", "scores = (1, 0, 2): expected three rising numbers"],
        ),
        (
            lambda: gt.distance_to_unit(SERIES, unit="x", form="share"),
            ["form = 'share' is unknown", "unit = 'x' is unknown; valid: u, v, w"],
        ),
        (
            lambda: gt.distance_to_unit(SERIES, unit="w", within=pd.Series(list("nns"), index=list("uvw"))),
            ["unit = 'w' is unknown in group 'n'; valid: u, v"],
        ),
        (
            lambda: gt.distance_to_unit(SERIES.rename({"v": "u"}), unit="u"),
            ["values: duplicate 'u'"],
        ),
        (
            lambda: gt.distance_to_target(SERIES, (0, 5), overshoot="hit", to=5),
            ["overshoot = 'hit' is unknown", "to = 5: expected two rising numbers"],
        ),
        (lambda: gt.borda(SERIES, ties="first"), ["ties = 'first' is unknown"]),
        (
            lambda: gt.percentile_rank(SERIES, definition="incl", ties="first", turn="never"),
            ["definition = 'incl' is unknown; did you mean 'inclusive'", "ties = 'first'", "turn = 'never' is unknown"],
        ),
        (
            lambda: gt.categorical(SERIES, quantiles="x", scores=(2, 1), definition="x", ties="first"),
            [
                "4 problems",
                "quantiles = 'x': expected rising numbers between 0 and 1",
                "scores = (2, 1): expected rising",
            ],
        ),
        (lambda: gt.normalise(PAIR, AB, method="min_max"), ["method = 'min_max': expected a normaliser"]),
        (lambda: gt.normalise(PAIR[["a"]], AB, method=gt.min_max), ["the table lacks the indicator 'b'"]),
        (lambda: gt.normalise(PAIR.assign(b="x"), AB, method=gt.min_max), ["expected a DataFrame of numbers"]),
        (
            lambda: gt.normalise([1], "tree", method=gt.min_max),
            ["framework = 'tree': expected a value of type Framework, such as gt.read_framework(path)"],
        ),
        (
            lambda: gt.normalise(PAIR, AB, method=gt.by_node({"a": BACKWARDS}, otherwise=gt.z_score)),
            ["normalise: 1 problem", "min_max: to = (1, 0): expected two rising numbers"],
        ),
    ],
)
def test_every_argument_that_is_wrong_is_in_one_error(call, problems):
    with pytest.raises(InputError) as caught:
        call()
    for problem in problems:
        assert problem in str(caught.value)


BACKWARDS = partial(gt.min_max, to=(1, 0))


def test_numbers_of_numpy_and_lists_are_numbers():
    assert gt.min_max(SERIES, to=np.array([0, 3])).tolist() == gt.min_max(SERIES, to=[0, 3]).tolist() == [0, 1, 3]
    assert gt.categorical(SERIES, quantiles=np.int64(2)).tolist() == gt.categorical(SERIES, quantiles=2).tolist()
    assert gt.z_score(SERIES, ddof=np.int64(1), sd=np.float64(10)).equals(gt.z_score(SERIES))
    assert gt.min_max(SERIES, decimals=np.int64(0), to=(0, 1)).tolist() == [0, 0, 1]


def test_an_option_refused_in_every_group_is_listed_once():
    with pytest.raises(InputError) as caught:
        gt.min_max(SERIES, to=(1, 0), within=pd.Series(list("nns"), index=list("uvw")))
    assert len(caught.value.problems) == 1


def test_each_indicator_has_its_own_reference_value_in_the_error():
    with pytest.raises(InputError) as caught:
        gt.ratio_to_best(PAIR * 0, pd.DataFrame({"worst": [-9.0, -9.0], "best": [-1.0, -2.0]}, index=["a", "b"]))
    assert ["best value of -1 " in caught.value.problems[0], "best value of -2 " in caught.value.problems[1]] == [
        True
    ] * 2


@pytest.mark.parametrize(
    ("call", "chinese"),
    [
        (lambda: gt.min_max(SERIES * 0), "指标“a”没有差异，因而没有取值范围（3个值都是0），无法标准化"),
        (lambda: gt.min_max(SERIES, to=(1, 0)), "to = (1, 0)：应为两个由小到大的数：最差得分与最佳得分"),
        (lambda: gt.ratio_to_best(-SERIES), "指标“a”有负值（取值-4至-1）；比值要求真正的零点"),
        (
            lambda: gt.min_max(SERIES, within=pd.Series(list("nns"), index=list("uvw"))),
            "“s”组的指标“a”没有差异，因而没有取值范围（只有一个值4）",
        ),
        (lambda: gt.distance_to_unit(SERIES, unit="x"), "unit = “x”：不是被评单位；可用：u、v、w"),
        (lambda: gt.z_score(SERIES * np.nan), "指标“a”没有一个值；请补数据"),
        (
            lambda: gt.normalise(PAIR, AB, method=lambda values, _: gt.min_max(values, to=3)),
            "应为两个由小到大的数",
        ),
    ],
)
def test_what_is_wrong_is_said_in_chinese_too(call, chinese):
    with pytest.raises(InputError) as caught:
        call()
    assert chinese in caught.value.in_language("zh")
