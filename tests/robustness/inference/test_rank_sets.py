"""Confidence sets for ranks against csranks' published figures, their coverage, and bad scores and errors."""

from functools import partial

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import t

import govtransparency as gt
from govtransparency import InputError
from tests.soak import coverage


@pytest.fixture(scope="module")
def pisa(shared):
    return pd.read_csv(shared / "indices" / "pisa2018" / "pisa2018_csranks.csv", comment="#", index_col=0)


def test_pisa_2018_as_csranks_has_it(pisa):
    scores, errors = pisa["math_score"], pisa["math_se"]
    together = gt.rank_confidence_sets(scores, errors, resamples=40_000)
    assert together["rank"].tolist() == pisa["rank"].tolist()
    # Two simulations of the critical value may differ by one place at a border.
    for ours, theirs in ((together["low"], "simul_L95"), (together["high"], "simul_U95")):
        assert (ours - pisa[theirs]).abs().sum() <= 1
    alone = gt.rank_confidence_sets(scores, errors, simultaneous=False, resamples=40_000)
    for ours, theirs in ((alone["low"], "marg_L95"), (alone["high"], "marg_U95")):
        assert (ours - pisa[theirs]).abs().sum() <= 1
    assert alone.loc["United Kingdom", ["rank", "low", "high"]].tolist() == [13, 7, 23]


def test_pisa_2018_best_five(pisa):
    scores, errors = pisa["math_score"], pisa["math_se"]
    best = gt.top_set(scores, errors, 5, resamples=20_000)
    assert len(best) == 12
    assert set(best) == set(pisa.index[pisa["best5_95"]])
    assert set(gt.top_set(scores, errors, 5, level=0.9, resamples=20_000)) == set(pisa.index[pisa["best5_90"]])


def test_a_diagonal_covariance_is_a_series_of_errors(pisa):
    scores, errors = pisa["math_score"], pisa["math_se"]
    covariance = pd.DataFrame(np.diag(errors**2), pisa.index, pisa.index)
    first = gt.rank_confidence_sets(scores, errors, resamples=4000)
    second = gt.rank_confidence_sets(scores, covariance, resamples=4000)
    assert (first[["low", "high"]] - second[["low", "high"]]).abs().to_numpy().sum() <= 8


def test_errors_in_common_cancel():
    scores = pd.Series({"A": 3.0, "B": 2.0, "C": 1.0})
    common = pd.DataFrame(100.0, scores.index, scores.index)
    sets = gt.rank_confidence_sets(scores, common + np.eye(3) * 1e-4)
    assert sets[["low", "high"]].values.tolist() == [[1, 1], [2, 2], [3, 3]]
    apart = gt.rank_confidence_sets(scores, pd.Series(10.0, scores.index))
    assert apart[["low", "high"]].values.tolist() == [[1, 3]] * 3


def test_no_errors_give_the_ranks_and_ties_share():
    scores = pd.Series({"A": 5.0, "B": 5.0, "C": 1.0})
    sets = gt.rank_confidence_sets(scores, pd.Series(0.0, scores.index))
    assert sets[["rank", "low", "high"]].values.tolist() == [[1, 1, 2], [1, 1, 2], [3, 3, 3]]


@settings(max_examples=20, deadline=None)
@given(st.lists(st.integers(0, 40), min_size=3, max_size=9), st.integers(0, 3), st.randoms(use_true_random=False))
def test_sets_hold_the_rank_and_do_not_mind_the_order_of_units(scores, error, random):
    estimates = pd.Series(np.array(scores) + np.arange(len(scores)) / 100, index=[f"u{i}" for i in range(len(scores))])
    errors = pd.Series(float(error), estimates.index)
    sets = gt.rank_confidence_sets(estimates, errors, resamples=200)
    assert sets["rank"].between(sets["low"], sets["high"]).all()
    units = list(estimates.index)
    random.shuffle(units)
    pd.testing.assert_frame_equal(
        gt.rank_confidence_sets(estimates[units], errors, resamples=200).loc[sets.index], sets
    )
    wide = gt.rank_confidence_sets(estimates, errors, level=0.99, resamples=200)
    assert ((wide["low"] <= sets["low"]) & (wide["high"] >= sets["high"])).all()
    rough = gt.rank_confidence_sets(estimates, errors, step_down=False, resamples=200)
    assert ((rough["low"] <= sets["low"]) & (rough["high"] >= sets["high"])).all()


def test_sides_bound_one_end():
    scores = pd.Series({"A": 30.0, "B": 20.0, "C": 10.0})
    errors = pd.Series(1.0, scores.index)
    for simultaneous in (True, False):
        best = gt.rank_confidence_sets(scores, errors, side="best", simultaneous=simultaneous)
        worst = gt.rank_confidence_sets(scores, errors, side="worst", simultaneous=simultaneous)
        assert best[["low", "high"]].values.tolist() == [[1, 3], [2, 3], [3, 3]]
        assert worst[["low", "high"]].values.tolist() == [[1, 1], [1, 2], [1, 3]]


def test_bad_errors_are_all_listed():
    scores = pd.Series({"A": 1.0, "B": np.nan, "C": 3.0})
    with pytest.raises(InputError) as caught:
        gt.rank_confidence_sets(scores, pd.Series({"A": -1.0, "B": 1.0, "C": 1.0}))
    assert "estimates: unit 'B' has no finite estimate" in str(caught.value)
    assert "errors: unit 'A' has the error -1; expected a finite number of at least 0" in str(caught.value)
    assert "errors：被评单位“A”的误差为-1，应为不小于0的有限数" in caught.value.in_language("zh")
    with pytest.raises(InputError, match="no error is given for unit 'C'"):
        gt.rank_confidence_sets(scores, pd.Series({"A": 1.0, "B": 1.0}))
    good = scores.fillna(2)
    with pytest.raises(InputError, match="not symmetric"):
        gt.rank_confidence_sets(good, pd.DataFrame(np.triu(np.ones((3, 3))), list("ABC"), list("ABC")))
    with pytest.raises(InputError, match="not positive semi-definite"):
        gt.rank_confidence_sets(good, pd.DataFrame(np.ones((3, 3)) - 2 * np.eye(3), list("ABC"), list("ABC")))
    with pytest.raises(InputError, match="side = 'top' is unknown"):
        gt.rank_confidence_sets(good, pd.Series(1.0, good.index), side="top")
    with pytest.raises(InputError, match="k = 4: expected a whole number from 1 to 3"):
        gt.top_set(good, pd.Series(1.0, good.index), 4)


@pytest.mark.parametrize(
    ("estimates", "errors", "problems"),
    [
        ([1.0], pd.Series(1.0, ["A"]), ["estimates = [1.0]: expected a Series of numbers"]),
        (
            pd.Series(["x", "y"]),
            3,
            ["estimates = <Series 2>: expected a Series", "errors = 3: expected a Series of standard"],
        ),
        (
            pd.Series([1.0, 2.0], ["A", "A"]),
            pd.Series(1.0, ["A", "B", "B"]),
            ["estimates: duplicate 'A'", "errors: duplicate 'B'", "errors: an error is given for 'B', not a unit"],
        ),
        (pd.Series({"A": 1.0}), pd.Series({"A": 1.0}), ["estimates: 1 unit(s) given; at least 2 are needed"]),
        (
            pd.Series({"A": 1.0, "B": 2.0}),
            pd.DataFrame(1.0, ["A", "B"], ["A"]),
            ["errors: no error is given for unit 'B'"],
        ),
        (
            pd.Series({"A": 1.0, "B": 2.0}),
            pd.DataFrame(np.nan, ["A", "B"], ["A", "B"]),
            ["errors: the covariance holds a missing or infinite value"],
        ),
    ],
)
def test_scores_and_errors_that_do_not_fit_are_refused_together(estimates, errors, problems):
    for call in (gt.rank_confidence_sets, gt.bootstrap_rank_intervals, partial(gt.top_set, k=1)):
        with pytest.raises(InputError) as caught:
            call(estimates, errors)
        assert len(caught.value.problems) == len(problems)
        for found, expected in zip(caught.value.problems, problems, strict=True):
            assert found.startswith(expected)


def test_scores_of_any_numeric_type_are_accepted():
    scores, errors = pd.Series({"A": 3, "B": 1}), pd.Series({"B": 1, "A": 1})
    expected = gt.rank_confidence_sets(scores.astype(float), errors.astype(float))
    for kind in ("Int64", "Float32", object):
        found = gt.rank_confidence_sets(scores.astype(kind), errors.astype(kind), resamples=np.int64(1000))
        pd.testing.assert_frame_equal(found, expected)


def test_tiers_by_hand():
    sets = pd.DataFrame({"rank": [2, 1, 3, 4], "low": [1, 1, 2, 4], "high": [3, 2, 3, 4]}, index=list("BACD"))
    assert gt.tiers(sets).to_dict() == {"B": 1, "A": 1, "C": 2, "D": 3}
    with pytest.raises(InputError, match="unit 'A': its rank lies outside its interval") as caught:
        gt.tiers(pd.DataFrame({"rank": [5], "low": [1], "high": [2]}, index=["A"]))
    assert caught.value.texts[0].zh == "sets：被评单位“A”的名次不在其名次区间之内"
    with pytest.raises(InputError, match="sets = 3: expected a DataFrame with the columns rank, low and high"):
        gt.tiers(3)
    with pytest.raises(InputError, match="sets: column 'low' is missing"):
        gt.tiers(sets.drop(columns="low"))
    with pytest.raises(InputError, match="unit 'A': a value is missing"):
        gt.tiers(sets.astype(float).replace(1, np.nan).iloc[1:2])


def test_bootstrap_intervals_near_and_far():
    scores = pd.Series({"A": 100.0, "B": 50.0, "C": 50.0, "D": 0.0})
    table = gt.bootstrap_rank_intervals(scores, pd.Series(1.0, scores.index), resamples=2000)
    assert table[["low", "high"]].values.tolist() == [[1, 1], [2, 3], [2, 3], [4, 4]]


# Three designs: well apart, near ties, and all equal with unequal errors.
DESIGNS = {
    "apart": (np.arange(12) * 3.0, np.ones(12)),
    "near ties": (np.repeat([0.0, 0.05, 5.0], 4), np.full(12, 1.0)),
    "unequal errors": (np.linspace(0, 1, 12), np.linspace(0.2, 2, 12)),
}


@pytest.mark.slow
@pytest.mark.parametrize("simultaneous", [True, False])
@pytest.mark.parametrize("design", DESIGNS)
def test_coverage_is_nominal(design, simultaneous):
    truth, errors = DESIGNS[design]
    generator = np.random.default_rng(11)
    best = 1 + (truth[None] > truth[:, None]).sum(axis=1)
    worst = best + (truth[None] == truth[:, None]).sum(axis=1) - 1
    units = [f"u{i}" for i in range(len(truth))]
    runs, held = 1500, 0
    for _ in range(runs):
        seen = pd.Series(truth + errors * generator.standard_normal(len(truth)), index=units)
        sets = gt.rank_confidence_sets(
            seen, pd.Series(errors, units), simultaneous=simultaneous, resamples=1000, rng=generator
        )
        # A unit tied in truth has every rank of the tie as a true one.
        inside = (sets["low"].to_numpy() <= best) & (sets["high"].to_numpy() >= worst)
        held += inside.all() if simultaneous else inside[5]
    assert held / runs >= 0.94


def test_two_units_are_told_apart_by_students_t():
    errors = pd.Series(1.0, list("XY"))
    bound = t.ppf(0.975, 4) * np.sqrt(2)  # two ordered pairs at 5 % together
    for gap, high in ((bound * 0.999, 2), (bound * 1.001, 1)):
        scores = pd.Series({"X": gap, "Y": 0.0})
        for simultaneous in (True, False):
            assert gt.rank_confidence_sets(scores, errors, df=4, simultaneous=simultaneous).at["X", "high"] == high
        assert len(gt.top_set(scores, errors, 1, df=4)) == high
        carried = pd.DataFrame(np.eye(2), list("XY"), list("XY"))
        carried.attrs["df"] = 4.0
        assert gt.rank_confidence_sets(scores, carried).at["X", "high"] == high
        carried.attrs["df"] = pd.DataFrame(4.0, list("WXY"), list("WXY"))  # of one unit more
        assert gt.rank_confidence_sets(scores, carried).at["X", "high"] == high
        assert gt.rank_confidence_sets(scores, carried, df=4.0).at["X", "high"] == high
    one_sided = pd.Series({"X": t.ppf(0.96, 4) * np.sqrt(2), "Y": 0.0})
    assert gt.rank_confidence_sets(one_sided, errors, df=4, simultaneous=False, side="worst").at["X", "high"] == 1
    known = gt.rank_confidence_sets(one_sided, errors)
    pd.testing.assert_frame_equal(gt.rank_confidence_sets(one_sided, errors, df=np.inf), known)


@pytest.mark.parametrize(
    ("df", "text"),
    [
        (0, "df = 0: expected a positive number"),
        (np.nan, "df = nan"),
        (True, "df = True"),
        (pd.DataFrame(3.0, ["X"], ["X"]), "df: unit 'Y' is missing"),
        (pd.DataFrame([[1.0, 2.0], [3.0, 1.0]], list("XY"), list("XY")), "the same for both orders of a pair"),
    ],
)
def test_degrees_of_freedom_that_are_not_positive(df, text):
    with pytest.raises(InputError, match=text):
        gt.rank_confidence_sets(pd.Series({"X": 1.0, "Y": 0.0}), pd.Series(1.0, list("XY")), df=df)


def test_scores_equal_at_ten_decimals_are_tied_in_their_sets_too():
    scores = pd.Series({"A": 0.3, "B": 0.1 + 0.2, "C": 0.0})
    none = pd.Series(0.0, scores.index)
    sets = gt.rank_confidence_sets(scores, none)
    assert sets[["rank", "low", "high"]].values.tolist() == [[1, 1, 2], [1, 1, 2], [3, 3, 3]]
    assert gt.tiers(sets).tolist() == [1, 1, 2]
    for units in ("ABC", "BAC", "CBA"):
        table = gt.bootstrap_rank_intervals(scores[list(units)], none[list(units)], resamples=20)
        assert table.loc[list("ABC"), ["rank", "median", "low", "high"]].values.tolist() == [[1] * 4, [1] * 4, [3] * 4]
    common = pd.DataFrame(1.0, scores.index, scores.index)  # A and B always move together
    table = gt.bootstrap_rank_intervals(scores, common, resamples=20)
    assert table["high"].tolist() == [1, 1, 3]


def test_options_of_intervals_are_checked():
    scores, errors = pd.Series({"A": 1.0, "B": 0.0}), pd.Series(1.0, list("AB"))
    for call in (gt.bootstrap_rank_intervals, gt.rank_confidence_sets, partial(gt.top_set, k=1)):
        with pytest.raises(InputError) as caught:
            call(scores, errors, level=True, resamples=float("inf"), rng=1.5)
        assert [problem.partition(":")[0] for problem in caught.value.problems] == [
            "level = True", "resamples = inf", "rng = 1.5",
        ]  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("design", [*coverage.BRIEF, coverage.Design(31, 15, 3, 3.0)], ids=str)
def test_sets_from_few_indicators_hold_all_ranks_together(design):
    rows = coverage.simulate([design], 60, seed=1, sources=["choice of indicators"])
    assert [row["what"] for row in rows if not row["passed"]] == []


@pytest.mark.slow
@pytest.mark.parametrize("source", ["assessors", "sampled items"])
def test_sets_from_marks_and_from_samples_hold_all_ranks_together(source):
    rows = coverage.simulate([coverage.Design(5, 5, 2, 3.0)], 60, seed=1, sources=[source])
    assert [row["what"] for row in rows if not row["passed"]] == []
