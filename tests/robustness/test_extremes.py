"""Very large and very small numbers, weights of 0, numbers of any type: the right value, or an error by name."""

import warnings
from functools import partial

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

import govtransparency as gt
from govtransparency import Framework, InputError, Node, RankRule
from govtransparency.aggregation import AGGREGATORS
from govtransparency.arrays import floats
from govtransparency.normalisation import NORMALISERS
from govtransparency.ranking import round_scores
from govtransparency.treatment import TREATMENTS
from govtransparency.weighting import WEIGHTERS

CODES = ["a", "b", "c"]
UNITS = list("stuvwxyz")
METHODS = {
    **{name: method for name, method in AGGREGATORS.items() if name not in ("power_mean", "rounded")},
    "owa": partial(gt.owa, orness=0.3),
    "rescaled": partial(gt.rescaled, goalposts=(0.0, 10.0)),
    "rounded": partial(gt.rounded, decimals=3),
    "power_mean -inf": partial(gt.power_mean, p=-np.inf),
    "power_mean -20": partial(gt.power_mean, p=-20),
    "power_mean 0.01": partial(gt.power_mean, p=0.01),
    "power_mean 3": partial(gt.power_mean, p=3),
    "power_mean inf": partial(gt.power_mean, p=np.inf),
    "geometric_mean zero": partial(gt.geometric_mean, zeros="zero"),
    "harmonic_mean zero": partial(gt.harmonic_mean, zeros="zero"),
    "promethee gaussian": partial(gt.promethee, preference="gaussian", s={"a": 1e200, "b": 1.0, "c": 1e-9}),
    "topsis none": partial(gt.topsis, scale="none"),
    "choquet pairs": partial(gt.choquet, interaction=[("a", "b", 0.1)]),
}
MEANS = ("arithmetic", "geometric", "harmonic", "power", "median", "owa", "choquet", "mean_min")  # between the children
# multiplied by a number where all scores are
HOMOGENEOUS = (*MEANS, "sum", "mazziotta_pareto", "adjusted")
quick = {name: method for name, method in METHODS.items() if name not in ("kemeny", "benefit_of_the_doubt")}


def table(x: np.ndarray) -> pd.DataFrame:
    return pd.DataFrame(x, index=UNITS[: len(x)], columns=CODES)


def result(method, scores, weights):
    """Return what the method gives, without any warning of arithmetic, or None where it refuses with a name."""
    with warnings.catch_warnings():
        warnings.simplefilter("error", RuntimeWarning)
        warnings.filterwarnings("ignore", category=UserWarning)
        try:
            return method(scores, weights)
        except InputError as error:
            message = str(error)
    assert any(f"'{name}'" in message for name in (*UNITS, *CODES)), message
    return None


wide = st.builds(lambda digits, power: digits * 10.0**power, st.floats(1, 9), st.integers(-300, 299))
cells = st.one_of(wide, st.just(np.nan), st.sampled_from([1e-300, 1e300, 1.0]))
wide_tables = arrays(float, st.tuples(st.integers(1, 5), st.just(3)), elements=cells)
weights = arrays(float, 3, elements=st.sampled_from([1e-3, 0.5, 1.0, 7.0, 1e6]))


@pytest.mark.parametrize("name", quick)
@settings(max_examples=15, deadline=None)
@given(x=wide_tables, w=weights)
def test_scores_of_any_size_have_a_finite_result_or_an_error_by_name(name, x, w):
    scores = table(x)
    found = result(quick[name], scores, pd.Series(w, index=CODES))
    if found is None:
        return
    some = scores.notna().any(axis=1)
    assert np.isfinite(found[some]).all()
    assert found[~some].isna().all()
    if name.startswith(MEANS):
        slack = 1e-12 * scores.max(axis=1)
        assert (found[some] >= (scores.min(axis=1) - slack)[some]).all()
        assert (found[some] <= (scores.max(axis=1) + slack)[some]).all()


@pytest.mark.parametrize("name", METHODS)
@settings(max_examples=6, deadline=None)
@given(
    x=arrays(float, (4, 3), elements=st.floats(1, 9).map(lambda number: round(number, 2))),
    power=st.sampled_from([-950, -600, -300, 300, 600, 950]),
)
def test_the_unit_of_measurement_changes_no_result(name, x, power):
    if name in ("rounded", "rescaled", "promethee gaussian"):
        return  # which have numbers of their own on the scores' scale
    equal = pd.Series(1.0, index=CODES)
    one, other = result(METHODS[name], table(x), equal), result(METHODS[name], table(np.ldexp(x, power)), equal)
    if name.startswith(HOMOGENEOUS):
        other = np.ldexp(other, -power)
    np.testing.assert_allclose(other, one, rtol=1e-10, atol=1e-10)


@pytest.mark.parametrize("name", METHODS)
@settings(max_examples=8, deadline=None)
@given(
    x=arrays(float, (5, 2), elements=st.sampled_from([1.0, 2.0, 3.5, 7.0, np.nan])),
    extra=arrays(float, 5, elements=st.sampled_from([np.nan, 0.0, -5.0, 1e300, 4.0])),
    w=arrays(float, 2, elements=st.sampled_from([0.5, 1.0, 3.0])),
)
def test_a_child_of_weight_zero_is_as_if_it_were_not_there(name, x, extra, w):
    with_it = table(np.column_stack([x, extra]))
    without = with_it[["a", "b"]]
    of_three, of_two = pd.Series([*w, 0.0], index=CODES), pd.Series(w, index=["a", "b"])
    method = METHODS[name]
    expected = result(method, without, of_two)
    found = result(method, with_it[["c", "a", "b"]], of_three)
    assert (found is None) == (expected is None)
    if found is not None:
        np.testing.assert_allclose(found, expected, rtol=1e-12, atol=1e-12)


def test_a_child_of_weight_zero_counts_in_no_set_of_a_capacity():
    scores, weights = table(np.array([[2.0, 6.0, np.nan], [4.0, 1.0, 0.0]])), pd.Series([1.0, 1.0, 0.0], index=CODES)
    capacity = [(["a"], 0.3), (["b"], 0.4), (["c"], 0.1), (["a", "b"], 0.9), (["a", "c"], 0.5), (["b", "c"], 0.5)]
    two = [(["a"], 0.3 / 0.9), (["b"], 0.4 / 0.9)]
    expected = gt.choquet(scores[["a", "b"]], weights[:2], capacity=two)
    np.testing.assert_allclose(gt.choquet(scores, weights, capacity=capacity), expected, rtol=1e-12)
    assert gt.promethee(scores, weights, preference="v_shape", p={"a": 1.0, "b": 1.0}).notna().all()


def test_order_weights_are_one_for_each_child_also_for_one_of_weight_zero():
    scores, weights = table(np.array([[1.0, 5.0, 9.0]])), pd.Series([1.0, 1.0, 0.0], index=CODES)
    # the piecewise linear curve through (1/3, 1/2), (2/3, 1): half of the weight on the best has 3/4
    assert gt.owa(scores, weights, order_weights=(1, 1, 0))["s"] == pytest.approx(0.75 * 5 + 0.25 * 1)


def test_ranks_of_huge_scores():
    assert gt.rank(pd.Series([1e299, 2e299, 2e299])).tolist() == [3, 1, 1]
    assert gt.rank(pd.Series([-1e300, 1e308, 3.0]), RankRule(decimals=15)).tolist() == [3, 1, 2]
    huge = np.array([1e299, -2e299, 9007199254740993.0, np.nan, np.inf, 0.25])
    for rounding in ("half_even", "half_up", "down"):
        rounded = round_scores(huge, decimals=1, rounding=rounding)
        assert rounded[:3].tolist() == huge[:3].tolist()
        assert np.isnan(rounded[3])
        assert rounded[4] == np.inf
        assert rounded[5] == (0.3 if rounding == "half_up" else 0.2)


@pytest.mark.parametrize("rounding", ["half_even", "half_up", "down"])
@pytest.mark.parametrize("power", range(48, 56))
def test_whole_numbers_stay_as_they_are_however_large(rounding, power):
    whole = 2.0**power - np.arange(1, 9)
    assert round_scores(whole, decimals=0, rounding=rounding).tolist() == whole.tolist()
    assert round_scores(-whole, decimals=0, rounding=rounding).tolist() == (-whole).tolist()


def test_what_under_and_overflows_by_hand():
    equal = pd.Series({"a": 1.0, "b": 1.0})
    of = lambda *rows: pd.DataFrame(list(rows), columns=["a", "b"])  # noqa: E731
    assert gt.topsis(of((1e-200, 1e-200), (2e-200, 2e-200)), equal).tolist() == [0, 1]
    assert gt.topsis(of((1e-200, 1.0), (2e-200, 1.0)), equal, scale="none").tolist() == [0, 1]
    assert gt.mazziotta_pareto(of((0.9e200, 1.1e200)), equal)[0] == pytest.approx(0.99e200)
    assert gt.harmonic_mean(of((1e-310, 1.0)), equal)[0] == pytest.approx(2e-310, rel=1e-9)
    assert gt.power_mean(of((1e-300, 1e300)), equal, p=0.01)[0] == pytest.approx(1e300 * ((1 + 1e-6) / 2) ** 100)
    with pytest.raises(InputError, match="unit 0: its penalty is too large for a number"):
        gt.mazziotta_pareto(of((1e300, -0.9999999999999999e300)), equal)


@pytest.mark.parametrize("name", ["z_score", "logistic", "mazziotta_pareto_scale"])
@pytest.mark.parametrize("factor", [1e-300, 1e-160, 1e140])
def test_standardised_values_do_not_depend_on_the_unit(name, factor):
    values = pd.Series([1.0, 2.0, 4.0, 4.5])
    np.testing.assert_allclose(NORMALISERS[name](values * factor), NORMALISERS[name](values), rtol=1e-12)


@pytest.mark.parametrize("name", ["cv_weights", "pca_weights", "entropy_weights", "critic_weights", "sd_weights"])
@pytest.mark.parametrize("factor", [1e-300, 1e-160, 1e160, 1e299])
def test_weights_from_the_data_do_not_depend_on_the_unit_of_all(name, factor):
    x = table(np.random.default_rng(1).uniform(1, 9, (8, 3)))
    method = partial(WEIGHTERS[name], normalise=None) if name != "pca_weights" else WEIGHTERS[name]
    one, other = method(tree(), x), method(tree(), x * factor)
    np.testing.assert_allclose(other.effective_weights, one.effective_weights, rtol=1e-9)


@pytest.mark.parametrize("factor", [1e-300, 1e-160, 1e160, 1e299])
@pytest.mark.parametrize(
    "statistic",
    [
        lambda x: gt.correlations(x).matrix,
        lambda x: gt.cronbach_alpha(x).alpha,
        lambda x: gt.kmo(x),
        lambda x: gt.omega(x),
        lambda x: gt.principal_components(x, simulations=5).scores,
    ],
    ids=["correlations", "cronbach_alpha", "kmo", "omega", "principal_components"],
)
def test_coherence_does_not_depend_on_the_unit(statistic, factor):
    x = table(np.random.default_rng(1).uniform(1, 9, (8, 3)))
    np.testing.assert_allclose(statistic(x * factor), statistic(x), rtol=1e-9, atol=1e-12)


def test_goalposts_may_be_none():
    for nothing in (None, pd.NA, float("nan")):
        node = Node("a", "index", worst=nothing, best=nothing)
        assert node == Node("a", "index")
        assert np.isnan(node.worst)
        assert Framework([Node("index", ""), node]).goalposts.isna().all(axis=None)


def tree() -> Framework:
    return Framework([Node("index", ""), Node("p", "index"), Node("a", "p"), Node("b", "p"), Node("c", "index")])


WHOLE = pd.DataFrame(
    np.random.default_rng(1).permuted(np.tile(np.arange(1.0, 9), (3, 1)), axis=1).T, index=UNITS, columns=CODES
)
GAPS = WHOLE.mask((WHOLE.index.to_numpy()[:, None] == "u") & (np.array(CODES) == "b"))
YEARS = {"a": 2020, "b": 2021, "c": 2022}
GROUPS = pd.Series(list("mmmmnnnn"), index=UNITS)
ONES = pd.Series(1.0, index=CODES)
OPTIONS = {
    "distance_to_unit": {"unit": "s"},
    "distance_to_target": {"goalposts": pd.DataFrame({"worst": 0.0, "best": 9.0}, index=CODES)},
    "impute_group_mean": {"groups": GROUPS},
    "impute_regression": {"predictors": ["c"]},
    "denominate": {"by": "c"},
    "impute_panel": {"others": {}},
}
FUNCTIONS = {
    **{f"aggregate: {name}": partial(lambda f, x: f(x, ONES), method) for name, method in METHODS.items()},
    **{
        f"normalise: {name}": partial(lambda f, o, x: f(x, reference=x, **o), method, OPTIONS.get(name, {}))
        for name, method in NORMALISERS.items()
    },
    **{
        f"treat: {name}": partial(lambda f, o, x: floats(f(x, tree(), **o)), method, OPTIONS.get(name, {}))
        for name, method in TREATMENTS.items()
        if name != "impute_panel"
    },
    "krippendorff_alpha": lambda x: [gt.krippendorff_alpha(x).alpha, gt.krippendorff_alpha(x).low],
    "fleiss_kappa": gt.fleiss_kappa,
    "cohen_kappa": lambda x: gt.cohen_kappa(x["a"], x["b"]),
    "rank": lambda x: gt.rank(x["b"]),
    "bands": lambda x: gt.bands(x["b"], quantiles=3).cat.codes,
    "paired_tests": lambda x: gt.paired_tests(x["a"], x["b"], pass_mark=4).iloc[:, :7],
    "build_index": lambda x: gt.build_index(x, gt.Recipe(tree())).scores,
    "compare_rankings": lambda x: gt.compare_rankings(x.dropna(), resamples=5).iloc[:, :6],
    "kendall_w": lambda x: gt.kendall_w(x.dropna(), resamples=5).w,
    "friedman": lambda x: gt.friedman(x.dropna()).post_hoc,
    "mann_kendall": lambda x: gt.mann_kendall(x.rename(columns=YEARS)),
    "page_trend": lambda x: gt.page_trend(x.dropna().rename(columns=YEARS)).p_value,
    "mobility": lambda x: gt.mobility(x.rename(columns=YEARS), groups=2, resamples=5).counts,
    "streaks": lambda x: gt.streaks(x.rename(columns=YEARS), 3)["editions"],
    "movers_test": lambda x: gt.movers_test(x["a"], x["c"], permutations=5).p_fewer,
    "rank_biased_overlap": lambda x: gt.rank_biased_overlap(x["a"], x["c"]),
    "rank_shift": lambda x: gt.rank_shift(x["a"], x["b"]),
    "correlations": lambda x: gt.correlations(x).matrix,
    "cronbach_alpha": lambda x: gt.cronbach_alpha(x).alpha,
    "kmo": gt.kmo,
    "sd_weights": lambda x: gt.sd_weights(tree(), x).effective_weights,
    "pca_weights": lambda x: gt.pca_weights(tree(), x).effective_weights,
}
TABULAR = [name for name in FUNCTIONS if name.startswith(("aggregate", "normalise", "treat")) or "alpha" in name]


@pytest.mark.parametrize("dtype", ["Int64", "Float64"])
@pytest.mark.parametrize("name", FUNCTIONS)
def test_nullable_numbers_are_numbers(name, dtype):
    assert_same(FUNCTIONS[name], GAPS, GAPS.astype(dtype))


@pytest.mark.parametrize("name", [*(name for name in TABULAR if name != "cronbach_alpha"), "fleiss_kappa", "rank"])
def test_missing_values_among_python_objects_are_missing(name):
    assert_same(FUNCTIONS[name], GAPS, GAPS.astype(object).where(GAPS.notna(), pd.NA))


@pytest.mark.parametrize("name", ["krippendorff_alpha", "fleiss_kappa", "cohen_kappa", "aggregate: arithmetic_mean"])
def test_nullable_truth_values_are_ones_and_zeros(name):
    marks = [[True, True, None], [False, True, True], [None, False, False], [True, True, True]]
    truth = pd.DataFrame(marks, columns=CODES).astype("boolean")
    assert_same(FUNCTIONS[name], pd.DataFrame(floats(truth), columns=CODES), truth)


def assert_same(function, plain, other):
    expected, got = (numbers_or_problems(function, x) for x in (plain, other))
    if isinstance(expected, tuple):
        assert got == expected
    else:
        np.testing.assert_allclose(got, expected, rtol=1e-12)


def numbers_or_problems(function, x):
    try:
        return floats(function(x))
    except InputError as error:
        return tuple(error.problems)


def test_many_best_orders_are_counted_or_reported_as_more():
    # units in one circle, with more best orders than the search is limited to
    x = np.array([[3.0, 1.0, 2.0], [2.0, 3.0, 1.0], [1.0, 2.0, 3.0]])
    circle = table(x)
    with pytest.warns(UserWarning, match="3 orders are equally good"):
        gt.kemeny(circle, ONES)
    assert gt.kemeny_orders(circle, ONES).complete
    with pytest.warns(UserWarning, match="at least 2 orders are equally good.*those found, which is not exact"):
        gt.kemeny(circle, ONES, limit=2)
    some = gt.kemeny_orders(circle, ONES, limit=2)
    assert (some.count, some.complete, some.unique) == (2, False, False)
