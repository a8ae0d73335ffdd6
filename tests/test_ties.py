"""Values that only binary arithmetic has parted are tied, wherever values are compared on a scale of their own."""

import itertools
from functools import partial

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

import govtransparency as gt
from govtransparency.arguments import Arguments
from govtransparency.coherence.assessors import assessor_agreement
from govtransparency.coherence.correlation import numeric
from govtransparency.ranking import column_ranks
from govtransparency.ties import differences, near, snapped, varies

some = settings(max_examples=60, deadline=None)
SUM, SAME = 0.1 + 0.2, 0.3
FACTORS = (1e-200, 1e-8, 1e8, 1e200)
EQUAL = pd.Series({"a": 1.0, "b": 1.0})
UNITS = [f"unit-{number}" for number in range(20)]


# noise of a few units in the last place on values that are else far apart
noise = st.sampled_from([0.0, 2e-16, -4e-16, 9e-16])
values = st.builds(lambda base, part: base * (1 + part), st.sampled_from([0.3, 0.7, 1.1, 2.9, 59.9, 60.0]), noise)
tables = arrays(float, st.tuples(st.integers(2, 7), st.just(2)), elements=values)


def clean(x: np.ndarray) -> np.ndarray:
    """Return the values without the noise."""
    return x.round(6)


@some
@given(x=tables)
def test_the_noise_of_arithmetic_parts_no_values_in_any_order_or_unit(x):
    np.testing.assert_array_equal(column_ranks(x), column_ranks(clean(x), exact=True))
    np.testing.assert_array_equal(column_ranks(snapped(x), exact=True), column_ranks(clean(x), exact=True))
    np.testing.assert_array_equal(column_ranks(x[::-1])[::-1], column_ranks(x))
    for factor in FACTORS:
        np.testing.assert_array_equal(column_ranks(x * factor), column_ranks(x))


METHODS = {
    "rank_score": lambda table: gt.rank_score(table),
    "percentile_rank": lambda table: gt.percentile_rank(table),
    "categorical": lambda table: gt.categorical(table, quantiles=2),
    "borda_count": lambda table: gt.borda_count(table, EQUAL),
    "copeland": lambda table: gt.copeland(table, EQUAL),
    "outranking_matrix": lambda table: gt.outranking_matrix(table, EQUAL),
    "promethee": lambda table: gt.promethee(table, EQUAL),
    "nominal alpha": lambda table: gt.krippendorff_alpha(table, measurement="nominal", resamples=20).low,
    "ordinal alpha": lambda table: gt.krippendorff_alpha(table, measurement="ordinal", resamples=20).high,
    "interval alpha": lambda table: gt.krippendorff_alpha(table, resamples=20).alpha,
    "ratio alpha": lambda table: gt.krippendorff_alpha(table, measurement="ratio", resamples=20).alpha,
    "cohen_kappa": lambda table: gt.cohen_kappa(table["a"], table["b"]),
    "quadratic kappa": lambda table: gt.cohen_kappa(table["a"], table["b"], weights="quadratic"),
    "fleiss_kappa": lambda table: gt.fleiss_kappa(table),
    "spearman": lambda table: gt.correlations(table, method="spearman").matrix,
    "kendall": lambda table: gt.correlations(table, method="kendall").matrix,
    "paired_tests": lambda table: gt.paired_tests(table["a"], table["b"]).iloc[:, :7],
}


@pytest.mark.parametrize("name", METHODS)
@settings(max_examples=8, deadline=None)
@given(x=tables)
def test_no_method_sees_the_noise_the_order_of_units_or_the_unit_of_measurement(name, x):
    frame = partial(pd.DataFrame, index=UNITS[: len(x)], columns=["a", "b"])
    expected = METHODS[name](frame(clean(x)))
    tests = [frame(x), *(frame(x * factor) for factor in FACTORS)]
    for found in [METHODS[name](table) for table in tests]:
        np.testing.assert_allclose(found, expected, rtol=1e-9, atol=1e-12)
    turned = METHODS[name](frame(x).iloc[::-1])
    if isinstance(expected, (pd.Series, pd.DataFrame)) and expected.index.isin(UNITS).all():
        turned = turned.loc[expected.index]
        turned = turned[expected.index] if name == "outranking_matrix" else turned
    if "alpha" not in name or name == "interval alpha":  # resamples are drawn by the order of the units
        np.testing.assert_allclose(turned, expected, rtol=1e-9, atol=1e-12)


def test_neighbours_are_judged_by_themselves_and_not_by_the_largest_value():
    assert gt.rank_score(pd.Series([9.9e13, 3.0, 8.0, 1.2e9])).tolist() == [4, 1, 2, 3]
    assert gt.percentile_rank(pd.Series([9.9e13, 3.0, 8.0, 1.2e9])).tolist() == [100, 25, 50, 75]
    table = pd.DataFrame({"a": [9.9e13, 3.0, 8.0]}, index=list("XYZ"))
    one = pd.Series({"a": 1.0})
    assert gt.borda_count(table, one).tolist() == [2, 0, 1]
    assert gt.copeland(table, one).tolist() == [2, -2, 0]
    assert gt.kemeny(table, one).tolist() == [2, 0, 1]
    assert gt.promethee(table, one).tolist() == [1, -1, 0]
    assert near([3.0, np.inf, -np.inf, np.nan], [8.0, 1e308, -np.inf, np.nan]).tolist() == [False, False, True, False]
    assert snapped(np.array([np.inf, 1e308, np.nan, -np.inf])).tolist()[:2] == [np.inf, 1e308]


def test_a_chain_of_neighbours_is_one_tie_whatever_the_order_of_rows():
    steps = 1 + 7e-13 * np.arange(4)
    for order in itertools.permutations(range(4)):
        assert (snapped(steps[list(order)]) == 1).all()


def test_twenty_equal_rows_are_no_difference():
    rows = pd.DataFrame({"first": [SUM] * 20, "second": [SAME] * 20}, index=UNITS)
    with pytest.raises(gt.InputError, match="every row ties all columns"):
        gt.friedman(rows)
    three = rows.assign(third=[0.5, 0.1] * 10)
    assert gt.friedman(three).mean_ranks.tolist() == [2, 2, 2]
    assert gt.friedman(three).p_value == 1
    tested = gt.paired_tests(rows["second"], rows["first"])
    assert tested[["up", "down", "same"]].values.tolist() == [[0, 0, 20]] * 2
    assert tested["p_value"].tolist() == [1, 1]


def test_a_score_equal_to_the_pass_mark_reaches_it():
    before, after = pd.Series([50.0, 65.0, 70.0]), pd.Series([59.99999999999999, 59.99999999999999, 59.9])
    assert gt.paired_tests(before, after, pass_mark=60).loc["mcnemar", ["up", "down"]].tolist() == [1, 1]


def test_equal_changes_share_their_mean_rank():
    rng = np.random.default_rng(1)
    before, after = (rng.integers(300, 900, 12) for _ in range(2))
    tenths = gt.paired_tests(pd.Series(before / 10), pd.Series(after / 10)).drop(columns=["sentence_zh", "sentence_en"])
    whole = gt.paired_tests(pd.Series(before.astype(float)), pd.Series(after.astype(float)))
    pd.testing.assert_frame_equal(tenths, whole[tenths.columns])
    # 0.1 six times as binary arithmetic has it, at six levels
    level = np.array([0.3, 10.2, 20.7, 40.1, 60.4, 80.3])
    equal = gt.paired_tests(pd.Series(level), pd.Series(level + np.array([0.1, 0.1, 0.1, 0.1, 0.1, -0.1])))
    assert equal.loc["wilcoxon", "statistic"] == 3.5
    assert np.unique(np.abs(differences(level + 0.1, level))).size == 1


@pytest.mark.parametrize("measurement", ["nominal", "ordinal", "interval", "ratio"])
def test_alpha_ties_what_arithmetic_has_parted(measurement):
    marks = np.array([[SUM, SAME], [SAME, SUM], [0.5, 0.5], [0.7, 0.7]])
    assert gt.krippendorff_alpha(marks, measurement=measurement, resamples=0).alpha == 1


def test_small_marks_have_an_alpha_like_any_others():
    marks = np.array([[1.0, 2.0], [2.0, 2.0], [3.0, 4.0], [4.0, 4.0], [1.0, 1.0]])
    expected = gt.krippendorff_alpha(marks, rng=1)
    for factor in (1e-300, *FACTORS, 1e300):
        found = gt.krippendorff_alpha(marks * factor, rng=1)
        assert [found.alpha, found.low, found.high] == pytest.approx([expected.alpha, expected.low, expected.high])
    assert np.isnan(gt.krippendorff_alpha(np.full((4, 2), 1e-8)).alpha)


def test_kappas_and_assessors_tie_what_arithmetic_has_parted():
    first, second = np.array([SUM, SAME, 0.5]), np.array([SAME, SUM, 0.5])
    assert gt.cohen_kappa(first, second) == 1
    assert gt.fleiss_kappa(np.column_stack([first, second])) == 1
    marks = pd.DataFrame(
        {"unit": list("xxyy"), "indicator": "a", "assessor": list("1212"), "mark": [SUM, SAME, SAME, SUM]}
    )
    assert gt.agreement(marks).loc["a", ["identical", "mean_difference"]].tolist() == [1, 0]
    found = assessor_agreement(marks)
    assert found["identical"].tolist() == [1, 1]
    assert found["severity"].abs().max() < 1e-12


def test_years_that_arithmetic_has_parted_are_tied():
    years = pd.DataFrame([[SAME, SUM, 0.3, SUM]] * 3, columns=range(2020, 2024), index=list("XYZ"))
    found = gt.mann_kendall(years)
    assert (found[["tau", "s", "slope"]] == 0).all(axis=None)
    assert (found["p_value"] == 1).all()
    rising = pd.DataFrame([[SAME, SUM, 0.5], [SAME, SUM, 0.5]], columns=[2020, 2021, 2022])
    assert gt.page_trend(rising).statistic == 27
    w = gt.kendall_w(pd.DataFrame({"p": [SUM, SAME, 0.5], "q": [SAME, SUM, 0.5]}), resamples=5)
    assert w.w == 1
    assert w.mean_ranks.tolist() == [1.5, 1.5, 3]


def test_ranks_that_are_means_of_draws_are_tied():
    ranks = pd.DataFrame({2020: [1.5, 1.5, 3.0], 2021: [1.5, 1.5 + 4e-16, 3.0]}, index=list("XYZ"))
    found = gt.compare_rankings(ranks, resamples=5)["value"].droplevel([0, 1])
    assert found[["tau_b", "tau_x", "spearman", "overlap"]].tolist() == pytest.approx([1, 1, 1, 1])
    assert gt.mobility(ranks, groups=2, resamples=5).moves[["up", "same", "down"]].values.tolist() == [[0, 3, 0]]
    assert gt.rank_biased_overlap(ranks[2021], ranks[2020], ties="b") == pytest.approx(1)
    assert gt.rank_biased_overlap(ranks[2021], ranks[2020]) == gt.rank_biased_overlap(ranks[2020], ranks[2020])
    third = pd.DataFrame({2020: [1.0, 2.0 + 4e-16, 3.0], 2021: [1.0, 2.0, 3.0]}, index=list("XYZ"))
    assert gt.streaks(third, 2).set_index("unit")["editions"].to_dict() == {"X": 2, "Y": 2}
    moved = pd.Series({"X": 1.0, "Y": 2.0, "Z": 3.0}), pd.Series({"X": 2.0 - 4e-16, "Y": 1.0, "Z": 3.0})
    assert gt.movers_test(*moved, permutations=5).movers == 2


def test_a_column_that_only_arithmetic_varies_is_constant():
    table = pd.DataFrame({"a": [SUM, SAME, SAME, SUM], "b": [1.0, 2.0, 3.0, 4.0], "c": [2.0, 1.0, 3.0, 4.0]})
    assert varies(table.to_numpy()).tolist() == [False, True, True]
    with Arguments("test") as check:
        assert numeric(check, "table", table)["a"].nunique() == 1
    assert gt.correlations(table).matrix.loc["a"].isna().all()
    with pytest.raises(gt.InputError, match="indicator 'a' is constant"):
        gt.cronbach_alpha(table)


@pytest.mark.parametrize("method", [gt.topsis, partial(gt.topsis, scale="none")])
def test_units_that_only_arithmetic_parts_are_not_the_best_and_the_worst(method):
    table = pd.DataFrame({"a": [SUM, SAME], "b": [1.0, 1.0]}, index=list("XY"))
    assert method(table, EQUAL).tolist() == [0.5, 0.5]
    assert gt.vikor(table, EQUAL).tolist() == [1, 1]


def test_regrets_that_only_arithmetic_parts_are_equal():
    # the same three regrets, added in another order
    table = pd.DataFrame([[0.1, 0.2, 0.3], [0.3, 0.2, 0.1], [0.2, 0.3, 0.1], [1, 1, 1], [0, 0, 0]], columns=list("abc"))
    found = gt.vikor_solution(table, pd.Series(1.0, index=list("abc"))).measures
    assert found["Q"][:3].max() - found["Q"][:3].min() < 1e-12


@pytest.mark.parametrize("n", [3, 4, 5, 6, 7])
def test_the_chance_of_a_trend_is_that_of_all_orders(n):
    rng = np.random.default_rng(n)
    later = np.tril_indices(n, -1)
    of = lambda y: int(np.sum(np.sign(np.subtract.outer(y, y))[later]))  # noqa: E731
    for _ in range(4):
        y = rng.integers(0, 4, n).astype(float)
        y[0] = y[1] + 1
        every = np.abs([of(np.array(order)) for order in itertools.permutations(y)])
        found = gt.mann_kendall(pd.DataFrame([y], columns=range(2000, 2000 + n))).iloc[0]
        assert found["p_value"] == pytest.approx(np.mean(every >= abs(of(y))), abs=1e-12)


def test_a_longer_trend_with_ties_has_the_variance_for_ties_and_the_continuity_correction():
    from scipy import stats

    y = np.array([1.0, 1, 2, 3, 3, 3, 4, 6, 5])
    later = np.tril_indices(9, -1)
    s = np.sum(np.sign(np.subtract.outer(y, y))[later])
    variance = (9 * 8 * 23 - (2 * 1 * 9 + 3 * 2 * 11)) / 18
    found = gt.mann_kendall(pd.DataFrame([y], columns=range(9))).iloc[0]
    assert found["s"] == s
    assert found["p_value"] == pytest.approx(2 * stats.norm.sf((s - 1) / np.sqrt(variance)))
    level = gt.mann_kendall(pd.DataFrame([[1.0, 2, 3, 4, 5, 4, 3, 2, 1]], columns=range(9))).iloc[0]
    assert (level["s"], level["p_value"]) == (0, 1)
    long = np.random.default_rng(0).permutation(60.0 + np.arange(60))
    exact = stats.kendalltau(range(60), long, method="exact").pvalue
    assert gt.mann_kendall(pd.DataFrame([long], columns=range(60)))["p_value"].iloc[0] == pytest.approx(exact)


def test_a_difference_of_just_1e_12_is_a_tie_and_infinity_is_near_nothing_else():
    assert gt.ties.near(np.array([1e12, np.inf, np.inf]), np.array([1e12 - 1, 1e300, np.inf])).tolist() == [
        True,
        False,
        True,
    ]
    assert gt.ranking.column_ranks(np.array([[1e12], [1e12 - 1], [np.inf], [1e300]]))[:, 0].tolist() == [1, 1, 4, 3]
