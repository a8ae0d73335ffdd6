"""Each pair of indices: correlations, given income, and the first quarter."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from govtransparency.several_indices.pairs_of_indices import (
    LEAST,
    given_income,
    linked,
    rank_correlations,
    top_quarters,
)


@pytest.fixture(scope="module")
def ranks():
    """Return ranks of thirty countries by three indices, with ties, and of four countries by a fourth."""
    generator = np.random.default_rng(3)
    base = generator.normal(size=30)
    scores = pd.DataFrame({name: base + generator.normal(0, 0.7, 30) for name in "abc"}).round(1)
    scores["d"] = scores["a"].where(scores.index < 4)
    scores.loc[25:, "b"] = np.nan
    return scores.rank(ascending=False, method="min").rename(index="c{:02}".format)


def test_the_correlations_are_those_of_scipy(ranks):
    found = rank_correlations(ranks, seed=1)
    assert list(found.index) == [("a", "b"), ("a", "c"), ("a", "d"), ("b", "c"), ("b", "d"), ("c", "d")]
    for pair in (("a", "b"), ("a", "c"), ("b", "c")):
        shared = ranks[list(pair)].dropna()
        row = found.loc[pair]
        rho = stats.spearmanr(*shared.to_numpy().T)
        assert row["countries"] == len(shared)
        assert row["spearman"] == pytest.approx(rho.statistic) and row["p_value"] == pytest.approx(rho.pvalue)
        assert row["tau_b"] == pytest.approx(stats.kendalltau(*shared.to_numpy().T).statistic)
        assert row["low"] < row["spearman"] < row["high"] and row["tau_low"] < row["tau_b"] < row["tau_high"]
    p = found["p_value"].dropna().sort_values()
    assert found.loc[p.index[0], "p_adjusted"] == pytest.approx(3 * p.iloc[0])
    again = rank_correlations(ranks, seed=2)
    assert (again["spearman"].dropna() == found["spearman"].dropna()).all() and (again["low"] != found["low"]).any()


@pytest.mark.filterwarnings("error")
def test_indices_with_the_same_ranks_agree_wholly(ranks):
    (row,) = rank_correlations(pd.DataFrame({"a": ranks["a"], "same": ranks["a"]}), seed=1).to_dict("records")
    assert row["spearman"] == pytest.approx(1) and 0 <= row["p_value"] < 1e-15


def test_too_few_countries_have_no_coefficient(ranks):
    for table in (
        rank_correlations(ranks, seed=1),
        given_income(ranks, pd.DataFrame({name: np.arange(30.0) for name in ranks}, ranks.index), seed=1),
        top_quarters(ranks, seed=1),
    ):
        few = table.loc[("a", "d")]
        assert few["countries"] == 4 < LEAST and few.drop("countries").isna().all()


def test_given_one_income_it_is_the_partial_rank_correlation(ranks):
    income = pd.Series(np.random.default_rng(8).normal(size=30) - ranks["c"] / 15, ranks.index)
    found = given_income(ranks, pd.DataFrame(dict.fromkeys(ranks, income)), seed=1)
    for pair in (("a", "b"), ("a", "c")):
        shared = ranks[list(pair)].dropna()
        r = stats.spearmanr(shared.join(income.rename("z")).to_numpy()).statistic
        partial = (r[0, 1] - r[0, 2] * r[1, 2]) / np.sqrt((1 - r[0, 2] ** 2) * (1 - r[1, 2] ** 2))
        row = found.loc[pair]
        n = len(shared)
        assert row["partial"] == pytest.approx(partial) and row["spearman"] == pytest.approx(r[0, 1])
        t = partial * np.sqrt((n - 3) / (1 - partial**2))
        assert row["p_value"] == pytest.approx(2 * stats.t.sf(abs(t), n - 3))
        assert row["low"] < partial < row["high"]


def test_incomes_of_different_years_adjust_each_its_own_index(ranks):
    generator = np.random.default_rng(4)
    income = pd.DataFrame({name: generator.normal(size=30) for name in ranks}, ranks.index)
    found = given_income(ranks, income, seed=1).loc[("a", "c"), "partial"]
    rest = [
        (lambda x, z: x - np.polyval(np.polyfit(z, x, 1), z))(ranks[name].rank(), income[name].rank()) for name in "ac"
    ]
    assert found == pytest.approx(np.corrcoef(*rest)[0, 1])


@given(st.integers(0, 10_000))
def test_a_growing_function_of_income_changes_nothing(seed):
    generator = np.random.default_rng(seed)
    ranks = pd.DataFrame({name: generator.permutation(12) + 1.0 for name in "ab"})
    income = pd.DataFrame({name: generator.uniform(1, 9, 12) for name in "ab"})
    one, other = (given_income(ranks, table, seed=1) for table in (income, np.log(income)))
    pd.testing.assert_frame_equal(one, other)
    assert -1 - 1e-12 <= one["partial"].iloc[0] <= 1 + 1e-12


def test_the_first_quarters_agree_as_the_hypergeometric_says(ranks):
    found = top_quarters(ranks[["a", "c"]], seed=1).loc[("a", "c")]
    first = ranks[["a", "c"]].rank(method="min") <= 8
    both = int(first.all(axis=1).sum())
    sizes = first.sum()
    assert (found["countries"], found["quarter"], found["both"]) == (30, 8, both)
    assert found["expected"] == pytest.approx(sizes["a"] * sizes["c"] / 30)
    assert found["p_value"] == pytest.approx(stats.hypergeom.sf(both - 1, 30, sizes["a"], sizes["c"]))
    observed, chance = (
        (first["a"] == first["c"]).mean(),
        sum(np.prod([(first[name] == value).mean() for name in "ac"]) for value in (True, False)),
    )
    assert found["kappa"] == pytest.approx((observed - chance) / (1 - chance))


def test_a_pair_shares_sources_in_either_order():
    pairs = pd.MultiIndex.from_tuples([("a", "b"), ("a", "c")])
    assert linked(pairs, pd.DataFrame({"first": ["b"], "second": ["a"]})) == [True, False]
