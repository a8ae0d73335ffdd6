"""Agreement of rankings, tests across methods and years, mobility and streaks, against published figures."""

import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

import govtransparency as gt
from govtransparency import InputError

PUBLISHED = Path(__file__).resolve().parents[2] / "published"
UNITS = [f"u{i:02d}" for i in range(12)]
ranks_of = st.permutations(range(1, 9))


def frame(**columns):
    return pd.DataFrame(columns, index=UNITS[: len(next(iter(columns.values())))])


def value(table, statistic, pair=("a", "b"), column="value"):
    return table.loc[(*pair, statistic), column]


def test_handbook_box_7_is_tau(shared):
    table = pd.read_csv(shared / "handbook" / "oecd_kendall_box7.csv", comment="#").set_axis(["a", "b"], axis=1)
    assert value(gt.compare_rankings(table), "tau_b") == pytest.approx(0.5714, abs=5e-5)


def test_weighted_tau_of_the_scipy_issue(shared):
    scores = pd.read_csv(shared / "papers" / "scipy_weightedtau.csv", comment="#")
    ranks = scores.rank(ascending=False, method="min").set_axis(["a", "b"], axis=1)
    table = gt.compare_rankings(ranks)
    assert value(table, "weighted_tau") == pytest.approx(-0.5669496815368272)
    assert value(table, "tau_b") == pytest.approx(-0.47140452079103173)


def test_same_and_reversed_rankings():
    up = np.arange(1, 13)
    same = gt.compare_rankings(frame(a=up, b=up), resamples=200)
    turned = gt.compare_rankings(frame(a=up, b=up[::-1]), resamples=200)
    for statistic in ("tau_b", "tau_x", "weighted_tau", "spearman"):
        assert value(same, statistic) == pytest.approx(1)
        assert value(turned, statistic) == pytest.approx(-1)
    assert value(same, "footrule") == 0
    assert value(turned, "footrule") == 12**2 // 2
    assert value(turned, "mean_rank_shift") == 6
    assert value(turned, "mean_rank_shift", column="p_value") > 0.9
    assert value(same, "rbo") == pytest.approx(1)
    assert value(same, "overlap") == 1
    assert value(same, "tau_b", column="p_value") == pytest.approx(1 / 201)


def test_random_rankings_are_no_better_than_chance():
    generator = np.random.default_rng(5)
    below = 0
    for _ in range(40):
        ranks = frame(a=generator.permutation(12) + 1, b=generator.permutation(12) + 1)
        below += value(gt.compare_rankings(ranks, resamples=99, rng=generator), "tau_b", column="p_value") <= 0.1
    assert below <= 10


def test_ties_by_hand():
    # Emond and Mason's tau-x of a ranking with ties and itself is 1; tau-b of A > B = C and A > B > C is 2/sqrt(6).
    ranks = frame(a=[1, 2, 2], b=[1, 2, 3])
    table = gt.compare_rankings(ranks, resamples=50)
    assert value(table, "tau_b") == pytest.approx(2 / np.sqrt(6))
    assert value(table, "tau_x") == pytest.approx((6 - 2) / 6)
    assert value(gt.compare_rankings(frame(a=[1, 2, 2], b=[1, 2, 2]), resamples=50), "tau_x") == 1


def test_a_constant_ranking_is_undefined_in_words():
    table = gt.compare_rankings(frame(a=[1, 1, 1, 1], b=[1, 2, 3, 4]), resamples=50)
    assert np.isnan(value(table, "tau_b"))
    assert "one of the two ties all units" in value(table, "tau_b", column="sentence_en")
    assert "并列" in value(table, "spearman", column="sentence_zh")


@settings(max_examples=15, deadline=None)
@given(ranks_of, ranks_of)
def test_coefficients_equal_scipy_and_do_not_mind_the_order_of_pairs(a, b):
    table = gt.compare_rankings(frame(a=a, b=b), resamples=5)
    other = gt.compare_rankings(frame(b=b, a=a), resamples=5)
    assert value(table, "tau_b") == pytest.approx(stats.kendalltau(a, b).statistic)
    assert value(table, "spearman") == pytest.approx(stats.spearmanr(a, b).statistic)
    assert value(table, "tau_x") == pytest.approx(value(table, "tau_b"))
    assert value(table, "mean_rank_shift", column="chance") == pytest.approx((8**2 - 1) / (3 * 8))
    for statistic in ("tau_b", "weighted_tau", "spearman", "footrule", "rbo", "overlap"):
        assert value(table, statistic) == pytest.approx(value(other, statistic, ("b", "a")))


def test_bootstrap_kernel_gives_the_value_with_equal_weights():
    from govtransparency.robustness.stability.pair_of_rankings import PairOfRankings

    generator = np.random.default_rng(0)
    a, b = (pd.Series(generator.integers(0, 9, 14)).rank(method="min").to_numpy() for _ in range(2))
    one = np.ones((1, 14))
    for name, (observed, draws, *_) in PairOfRankings(a, b, 5, 0.9).statistics(one, np.arange(14)[None]).items():
        assert draws[0] == pytest.approx(observed), name


def test_a_ranking_overlaps_with_itself_in_every_resample_and_the_interval_holds_the_value():
    same = gt.compare_rankings(frame(a=[1, 2, 3, 4, 5, 6], b=[1, 2, 3, 4, 5, 6]), resamples=200)
    assert same.loc[("a", "b", "rbo"), ["low", "high"]].tolist() == pytest.approx([1, 1])
    turned = gt.compare_rankings(frame(a=[1, 2, 3, 4, 5, 6], b=[6, 5, 4, 3, 2, 1]), resamples=500)
    low, value_, high = turned.loc[("a", "b", "rbo"), ["low", "value", "high"]]
    assert low <= value_ <= high


def test_two_rankings_of_two_units_have_no_f_test_and_the_sentence_says_so():
    result = gt.kendall_w(frame(a=[1, 2], b=[2, 1]))
    assert (result.w, result.p_permutation) == (0, 1)
    assert np.isnan(result.f)
    assert "permutation test against random rankings p = 1.000" in result.sentence()
    assert "置换检验，p = 1.000" in result.sentence("zh")
    assert "F test against random rankings" in gt.kendall_w(frame(a=[1, 2, 3], b=[2, 1, 3])).sentence()


def test_one_unit_has_no_common_trend():
    with pytest.raises(
        InputError, match=r"1 unit\(s\) and 3 year\(s\); a common trend needs at least 2 units and 3 years"
    ):
        gt.page_trend(pd.DataFrame([[1.0, 2, 3]], columns=[2020, 2021, 2022]))


def test_the_same_seed_gives_the_same_numbers_and_zero_is_a_seed():
    ranks = frame(a=[1, 2, 3, 4, 5, 6], b=[2, 1, 4, 3, 6, 5])
    one, two = (gt.compare_rankings(ranks, resamples=99, rng=0) for _ in range(2))
    pd.testing.assert_frame_equal(one, two)
    assert not one["low"].equals(gt.compare_rankings(ranks, resamples=99, rng=1)["low"])


def test_units_in_one_ranking_only_close_up():
    ranks = frame(a=[1, 2, 3, 4], b=[np.nan, 1, 2, 3])
    table = gt.compare_rankings(ranks, resamples=20)
    assert value(table, "footrule") == 0
    assert value(table, "footrule", column="units") == 3


def test_scores_are_refused_as_ranks():
    with pytest.raises(
        InputError, match=r"column 'b', unit 'u00': 87\.5 is not a rank among 3 units; give ranks"
    ) as caught:
        gt.compare_rankings(frame(a=[1, 2, 3], b=[87.5, 3, 2]))
    assert "“b”列中，被评单位“u00”的值87.5不是3个被评单位中的名次" in caught.value.in_language("zh")
    with pytest.raises(InputError, match="reference: unknown '2032'; did you mean '2023'"):
        gt.compare_rankings(frame(**{"2022": [1, 2], "2023": [2, 1]}), reference="2032")


def parse(text):
    groups = re.findall(r"\([^)]*\)|\S+", text)
    return [set(group.strip("()").split()) if group.startswith("(") else group for group in groups]


def test_rank_biased_overlap_with_ties_and_uneven_lists():
    published = pd.read_csv(PUBLISHED / "rbo_ties_corsi_urbano.csv", comment="#")
    for row in published.itertuples():
        for ties in "wab":
            found = gt.rank_biased_overlap(parse(row.x), parse(row.y), p=row.p, ties=ties)
            assert found == pytest.approx(getattr(row, ties), abs=1e-12)
            assert found == pytest.approx(gt.rank_biased_overlap(parse(row.y), parse(row.x), p=row.p, ties=ties))


def test_rank_biased_overlap_by_hand():
    same = list(range(10))
    assert gt.rank_biased_overlap(same, same) == pytest.approx(1)
    assert gt.rank_biased_overlap([*range(1, 9), 0, 9], [*range(1, 9), 9, 0]) == pytest.approx(0.99522, abs=5e-6)
    a, b = pd.Series({"x": 1, "y": 2}), pd.Series({"y": 1, "x": 2})
    assert gt.rank_biased_overlap(a, b, p=0.5) == pytest.approx(0.5)
    with pytest.raises(InputError, match="b: the ranking is empty"):
        gt.rank_biased_overlap([1], [])
    with pytest.raises(InputError, match="a: duplicate 'x'"):
        gt.rank_biased_overlap(["x", "x"], ["x"])


def test_kendall_w_of_hollander_and_wolfe_and_its_orientation(shared):
    table = pd.read_csv(shared / "papers" / "friedman_rounding_times.csv", comment="#", index_col=0)
    result = gt.kendall_w(table.T)
    assert (result.units, result.rankings) == (3, 22)
    assert result.w == pytest.approx(0.253247, abs=5e-7)
    assert result.chi2 == pytest.approx(11.1428571428571)
    assert result.p_chi2 == pytest.approx(0.00380504077551136)
    assert (result.f, result.df1, result.df2, result.p_f) == pytest.approx((7.1217, 1.909, 40.09, 0.002574), rel=1e-3)
    assert gt.kendall_w(table).w != pytest.approx(result.w, abs=0.01)


def test_friedman_of_hollander_and_wolfe(shared):
    table = pd.read_csv(shared / "papers" / "friedman_rounding_times.csv", comment="#", index_col=0)
    result = gt.friedman(table)
    assert (result.mean_ranks * 22).tolist() == pytest.approx([53, 47, 32])
    assert result.chi2 == pytest.approx(11.1428571428571)
    assert result.p_value == pytest.approx(0.00380504077551136)
    assert result.w == pytest.approx(0.253247, abs=5e-7)
    adjusted = result.post_hoc["p_holm"]
    strict = gt.friedman(table, level=1 - adjusted.min() / 2)
    assert "no two columns" not in result.sentence() and "no two columns differ" in strict.sentence()


# Conover (1999), Practical Nonparametric Statistics, 3rd ed., p. 371: 12 home owners rank 4 grasses.
GRASSES = (
    """4 3 2 1|4 2 3 1|3 1.5 1.5 4|3 1 2 4|4 2 1 3|2 2 2 4|1 3 2 4|2 4 1 3|3.5 1 2 3.5|4 1 3 2|4 2 3 1|3.5 1 2 3.5"""
)


def test_conover_after_friedman():
    table = pd.DataFrame([list(map(float, row.split())) for row in GRASSES.split("|")])
    result = gt.friedman(table)
    assert (result.mean_ranks * 12).tolist() == [38, 23.5, 24.5, 34]
    assert result.chi2 == pytest.approx(8.097, abs=5e-4)
    assert result.f == pytest.approx(3.19, abs=5e-3)
    # Rank sums that differ by more than 11.49 differ at 5 %: 38 from 24.5 and 23.5, and no others.
    apart = result.post_hoc["p_conover"] < 0.05
    assert list(apart[apart].index) == [(0, 1), (0, 2)]
    assert (result.post_hoc["difference"].abs() * 12 > 11.49).equals(apart.rename("difference"))


# Demsar (2006), Journal of Machine Learning Research 7, table 6: AUC of four variants of C4.5 on 14 data sets; his
# section 3.2.2 gives mean ranks and the critical difference of Nemenyi's test.
AUC = """.763 .768 .771 .798|.599 .591 .590 .569|.954 .971 .968 .967|.628 .661 .654 .657|.882 .888 .886 .898
.936 .931 .916 .931|.661 .668 .609 .685|.583 .583 .563 .625|.775 .838 .866 .875|1 1 1 1|.940 .962 .965 .962
.619 .666 .614 .669|.972 .981 .975 .975|.957 .978 .946 .970"""


def test_nemenyi_critical_difference_of_demsar():
    table = pd.DataFrame([list(map(float, row.split())) for row in AUC.replace("\n", "|").split("|")])
    result = gt.friedman(-table)
    assert result.mean_ranks[[0, 1]].tolist() == pytest.approx([3.143, 2.0], abs=5e-4)
    assert result.critical_difference == pytest.approx(1.25, abs=0.005)


def test_perfect_agreement_gives_numbers_not_nan():
    same = frame(a=[1, 2, 3, 4], b=[1, 2, 3, 4], c=[1, 2, 3, 4])
    w = gt.kendall_w(same)
    assert (w.w, w.f, w.p_f) == (pytest.approx(1), np.inf, 0)
    result = gt.friedman(pd.DataFrame([[1, 2, 3]] * 6))
    assert (result.f, result.p_f) == (np.inf, 0)
    assert result.post_hoc.notna().all(axis=None)


def test_missing_values_are_named():
    table = frame(a=[1, 2, np.nan], b=[1, 2, 3])
    for function in (gt.kendall_w, gt.friedman):
        with pytest.raises(InputError, match=r"1 of 3 units lack a value \('u02'\)") as caught:
            function(table)
        assert "3个被评单位中有1个缺值（“u02”）" in caught.value.in_language("zh")
    with pytest.raises(InputError, match="every ranking ties all units"):
        gt.kendall_w(frame(a=[1, 1], b=[2, 2]))
    with pytest.raises(InputError, match="every row ties all columns"):
        gt.friedman(frame(a=[1, 2], b=[1, 2]))


def test_wilcoxon_with_zeros_and_ties_equals_scipy_and_signs_are_binomial():
    before = pd.Series(range(10), index=UNITS[:10], dtype=float)
    change = np.array([0, 1, 1, 2, -1, 3, 2, 0, 4, 5])
    table = gt.paired_tests(before, before + change, pass_mark=8)
    assert table.at["wilcoxon", "p_value"] == pytest.approx(stats.wilcoxon(change, zero_method="pratt").pvalue)
    assert table.loc["sign", ["up", "down", "same"]].tolist() == [7, 1, 2]
    assert table.at["sign", "p_value"] == pytest.approx(stats.binomtest(7, 8).pvalue)
    # u05 (5 to 8) and u06 (6 to 8) newly pass; u08 and u09 passed before.
    assert table.loc["mcnemar", ["up", "down", "p_value"]].tolist() == [2, 0, 0.5]
    still = gt.paired_tests(before, before)
    assert still["p_value"].tolist() == [1, 1]


def test_trends():
    years = pd.DataFrame([[1.0, 2, 3, 4, 5, 6], [3, 3, 3, 3, 3, 3]], index=["x", "y"], columns=range(2019, 2025))
    table = gt.mann_kendall(years)
    assert table.loc["x", ["tau", "s", "slope"]].tolist() == pytest.approx([1, 15, 1])
    assert table.at["x", "p_value"] == pytest.approx(2 / 720)
    assert table.at["x", "p_adjusted"] == pytest.approx(4 / 720)
    assert table.loc["y", ["tau", "slope", "p_value"]].tolist() == [0, 0, 1]
    with pytest.raises(InputError, match="adjust = 'holms' is unknown; did you mean 'holm'"):
        gt.mann_kendall(years, adjust="holms")
    with pytest.raises(InputError, match="expected years as whole numbers"):
        gt.page_trend(years.set_axis(list("abcdef"), axis=1))
    # scipy's page_trend_test documents this example: Page (1963), L = 133.5 in ten students, three seminars.
    data = [
        [3, 4, 3],
        [2, 2, 4],
        [3, 3, 5],
        [1, 3, 2],
        [2, 3, 2],
        [2, 4, 5],
        [1, 2, 4],
        [3, 4, 4],
        [2, 4, 5],
        [1, 3, 4],
    ]
    page = gt.page_trend(pd.DataFrame(data, columns=[2022, 2023, 2024]))
    assert page.statistic == 133.5
    assert page.p_value == pytest.approx(0.0018191161948127822)


def test_mobility_by_hand():
    ranks = pd.DataFrame({2021: [1, 2, 3, 4], 2022: [2, 1, 3, 4], 2023: [3, 1, 2, 4]}, index=list("ABCD"))
    result = gt.mobility(ranks, groups=2, resamples=50)
    assert result.moves[["up", "same", "down"]].values.tolist() == [[1, 2, 1], [1, 2, 1]]
    assert result.counts.values.tolist() == [[3, 1], [1, 3]]
    assert result.shorrocks == pytest.approx((2 - 1.5) / 1)
    assert result.units.at["A", "mean_move"] == 1
    still = gt.mobility(pd.DataFrame({2021: range(1, 11), 2022: range(1, 11)}), resamples=50)
    assert (still.shorrocks, still.low, still.high) == (0, 0, 0)


def test_mobility_counts_entries_and_exits_apart():
    ranks = pd.DataFrame({2021: [1, 2, 3, np.nan], 2022: [np.nan, 2, 3, 1]}, index=list("ABCD"))
    moves = gt.mobility(ranks, groups=2, resamples=10).moves
    assert moves[["units", "entered", "left", "up", "same", "down"]].values.tolist() == [[2, 1, 1, 0, 2, 0]]


def test_a_move_inside_the_interval_is_not_a_move():
    old = pd.DataFrame({"rank": [1, 9, 4, 5], "low": [1, 8, 4, 4], "high": [3, 9, 4, 7]}, index=list("ABCD"))
    new = pd.DataFrame({"rank": [3, 2, 4, 9], "low": [2, 1, 4, 8], "high": [4, 5, 4, 9]}, index=list("ABCD"))
    changes = gt.rank_changes(old, new)
    assert changes["verdict"].tolist() == ["inside", "rise", "same", "fall"]
    assert changes["apart"].tolist() == [False, True, False, True]
    with pytest.raises(InputError, match="after: column 'high' is missing"):
        gt.rank_changes(old, new.drop(columns="high"))


def test_movers_against_chance_and_against_uncertainty():
    old = pd.Series(range(1, 13), index=UNITS)
    swapped = old.copy()
    swapped.iloc[:2] = [2, 1]
    test = gt.movers_test(old, swapped)
    assert (test.movers, test.null) == (2, "random order")
    assert test.expected == pytest.approx(11, abs=0.2)
    assert test.p_fewer < 0.01
    certain = pd.DataFrame(np.eye(12), index=UNITS, columns=range(1, 13))
    sure = gt.movers_test(old, swapped, acceptability=certain)
    assert (sure.expected, sure.p_more) == (0, pytest.approx(1 / 2001))
    flat = pd.DataFrame(np.full((12, 12), 1 / 12), index=UNITS, columns=range(1, 13))
    assert gt.movers_test(old, swapped, acceptability=flat).p_more > 0.9


def test_streaks_and_their_probability():
    ranks = pd.DataFrame({2019: [1, 2], 2020: [1, 2], 2022: [1, 2]}, index=["A", "B"])
    top = pd.DataFrame({2019: [0.9, 0.1], 2020: [0.8, 0.2], 2022: [0.5, 0.5]}, index=["A", "B"])
    run = gt.streaks(ranks, 1, top=top).iloc[0]
    assert run[["unit", "first", "last", "editions", "unpublished", "current"]].tolist() == [
        "A",
        2019,
        2022,
        3,
        1,
        True,
    ]
    assert run["probability"] == pytest.approx(0.36)
    assert (run["at_least"], run["at_most"]) == pytest.approx((0.2, 0.5))
    with pytest.raises(InputError, match="top: no share for unit 'A' in 2022"):
        gt.streaks(ranks, 1, top=top.drop(columns=2022))


def test_sentences_in_both_languages():
    ranks = frame(a=[1, 2, 3, 4, 5, 6], b=[2, 1, 4, 3, 6, 5])
    assert "read p as a description only" in gt.kendall_w(ranks, resamples=20).sentence()
    assert "一致性系数" in gt.kendall_w(ranks, resamples=20).sentence("zh")
    years = pd.DataFrame({2022: [1, 2, 3], 2023: [1, 3, 2], 2024: [1, 2, 3]})
    assert "Shorrocks" in gt.mobility(years, groups=3, resamples=20).sentence("zh")
