"""Arguments of the functions of thresholds: every bad one in one error, in both languages."""

import numpy as np
import pytest

import govtransparency as gt
from govtransparency import InputError
from govtransparency.robustness.thresholds.nearest_weights import nearest_weights
from tests.examples import made

INDEX = made([[5, 4], [4, 5], [1, 1]], [1, 2])


@pytest.mark.parametrize(
    ("call", "problems"),
    [
        (lambda: gt.dominance(INDEX, node="i0"), ["node = 'i0' has no children"]),
        (lambda: gt.rank_bounds(INDEX, node="i0"), ["node = 'i0' has no children"]),
        (lambda: gt.pairwise_swaps(INDEX, node="i0"), ["node = 'i0' has no children"]),
        (
            lambda: gt.robust_comparisons(INDEX, "all", node="i0"),
            ["r = 'all': expected a number from 0 to 1", "node = 'i0' has no children"],
        ),
        (lambda: gt.robust_comparisons(INDEX).prevalence([0.5, 2]), ["levels = 2: expected a number from 0 to 1"]),
        (
            lambda: gt.weight_stability(INDEX, 4, node="i0"),
            ["node = 'i0' has no children", "keep = 4: expected 'first', 'order' or a whole number from 1 to 3"],
        ),
        (
            lambda: gt.weight_to_swap(INDEX, "u7", ["u0"], "l8", node="i0"),
            ["norm = 'l8' is unknown", "node = 'i0' has no children", "a: unknown unit 'u7'", "b: unknown unit ['u0']"],
        ),
        (
            lambda: gt.can_be_first(INDEX, "u7", norm="one", node="i0", within=1),
            [
                "unit: unknown unit 'u7'",
                "norm = 'one' is unknown",
                "node = 'i0'",
                "within = 1: expected a number from 0",
            ],
        ),
        (
            lambda: gt.what_would_it_take(INDEX, "u7", 1.5, steps={"i0": ["x"], "i1": 3}, table=[]),
            [
                "unit: unknown unit 'u7'",
                "rank = 1.5: expected a whole number from 1 to 3",
                "steps['i0'] = ['x']: expected a Scale or a list of numbers",
                "steps['i1'] = 3: expected a Scale or a list of numbers",
                "table = []: expected the DataFrame that the index was built from",
            ],
        ),
        (lambda: gt.what_would_it_take(INDEX, "u0", 1, steps=[1]), ["steps = [1]: expected a mapping from indicator"]),
        (lambda: nearest_weights(np.ones(1), np.ones((1, 1)), norm="l8"), ["norm = 'l8' is unknown"]),
    ],
)
def test_every_bad_argument_is_listed(call, problems):
    with pytest.raises(InputError) as refused:
        call()
    assert len(refused.value.problems) == len(problems)
    for found, expected in zip(refused.value.problems, problems, strict=True):
        assert found.startswith(expected)


def test_the_errors_are_there_in_chinese():
    with pytest.raises(InputError) as refused:
        gt.weight_to_swap(INDEX, "u1", "u1", node="i0")
    assert refused.value.texts[0].zh.startswith("node = “i0”：没有下级指标，也就没有可调整的权重；")
    with pytest.raises(InputError) as refused:
        gt.weight_to_swap(INDEX, "u1", "u1")
    assert refused.value.texts[0].zh == "a与b是同一个被评单位“u1”；请给出两个不同的被评单位"
    with pytest.raises(InputError) as refused:
        gt.weight_stability(INDEX, "last")
    assert refused.value.texts[0].zh == "keep = 'last'：应为“first”、“order”或1至3之间的整数"


def test_numbers_of_numpy_and_steps_of_any_kind_are_accepted():
    assert gt.weight_stability(INDEX, np.int64(2))["confirmed"].all()
    assert gt.robust_comparisons(INDEX, np.float32(0.5)).r == 0.5
    expected = gt.what_would_it_take(INDEX, "u1", 1, steps={"i0": [4, 6]})
    for steps in (np.array([6.0, 4.0]), (value for value in (4, 6))):
        assert gt.what_would_it_take(INDEX, "u1", np.int64(1), steps={"i0": steps}).equals(expected)
