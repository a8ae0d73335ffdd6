"""Confidence sets for ranks against csranks' published figures, coverage, tiers, and the errors they start from."""

from dataclasses import replace
from functools import partial
from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binom, t

import govtransparency as gt
from govtransparency import Framework, InputError, Node, Recipe
from govtransparency.robustness.inference import multiple_comparisons, simulated_errors
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


def all_above(scores, spread, draws, level):
    """Go through all pairs and all draws again at every step, as the procedure is written."""
    p = len(scores)
    open_ = ~np.eye(p, dtype=bool)
    with np.errstate(divide="ignore", invalid="ignore"):
        inverse = np.where(spread > 0, 1 / spread, 0).astype(np.float32)
    while True:
        largest = [max(0, ((z[:, None] - z) * inverse)[open_].max(initial=0)) for z in draws.T]
        gap = scores[:, None] - scores
        found = open_ & (gap > np.quantile(np.array(largest, float), level) * spread) & (gap > 0)
        if not found.any():
            return ~open_ & ~np.eye(p, dtype=bool)
        open_ &= ~found


def each_set(scores, spread, draws, level, side):
    """Do the same with the differences to one unit alone."""
    p, sets = len(scores), []
    for unit in range(p):
        others = np.arange(p) != unit
        up = down = np.zeros(p, dtype=bool)
        while True:
            with np.errstate(divide="ignore", invalid="ignore"):
                scaled = np.where(spread[unit] > 0, 1 / spread[unit], 0).astype(np.float32)[:, None]
            scaled = (draws - draws[unit]) * scaled
            parts = [np.zeros((1, draws.shape[1]), dtype=np.float32)]
            parts += [scaled[others & ~up]] if side != "worst" else []
            parts += [-scaled[others & ~down]] if side != "best" else []
            bound = np.quantile(np.concatenate(parts).max(axis=0).astype(float), level) * spread[unit]
            gap = scores - scores[unit]
            higher, lower = (gap > bound) & (gap > 0) & (side != "worst"), (-gap > bound) & (gap < 0) & (side != "best")
            if (higher == up).all() and (lower == down).all():
                break
            up, down = higher, lower
        sets.append((1 + up.sum(), p - down.sum()))
    return np.array(sets).T


@pytest.mark.parametrize("common", [False, True])
def test_steps_equal_going_through_all_pairs_again(common, monkeypatch):
    monkeypatch.setattr(multiple_comparisons, "SHARED", 1000)  # several threads
    rng = np.random.default_rng(3)
    p = multiple_comparisons.BLOCK + 14
    scores = np.sort(np.concatenate([rng.normal(0, 4, p // 2), rng.normal(40, 9, p - p // 2)]))[::-1]
    covariance = rng.uniform(0.1, 3, p) ** 2
    if common:
        loads = rng.normal(size=(p, 3))
        covariance = np.diag(covariance) + loads @ loads.T
    draws, spread = (
        multiple_comparisons.drawn_errors(covariance, 150, rng),
        multiple_comparisons.difference_errors(covariance),
    )
    for step_down in (True, False):
        above = multiple_comparisons.all_above(scores, spread, draws, 0.95, step_down)
        if step_down:
            np.testing.assert_array_equal(above, all_above(scores, spread, draws, 0.95))
            many = above.sum()
    assert common or above.sum() < many  # so that there were steps to go wrong
    for side in ("two-sided", "best", "worst"):
        found = multiple_comparisons.each_set(scores, spread, draws, 0.95, side, True)
        np.testing.assert_array_equal(found, each_set(scores, spread, draws, 0.95, side))


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


def test_items_that_are_not_of_the_table_are_refused():
    table = pd.DataFrame(0.5, list("xyz"), list("abc"))
    with pytest.raises(InputError) as caught:
        gt.sampling_errors(table, pd.DataFrame(5, ["w", "x"], ["a", "d"]), Recipe(TREE), whole=0)
    assert caught.value.problems == (
        "whole = 0: expected a number above 0, such as 100",
        "items: the table has no indicator 'd'",
        "items: the table has no unit 'w'",
    )
    assert caught.value.texts[1].zh == "items：数据表没有指标“d”"
    with pytest.raises(InputError, match=r"from 0 to 1 of at least one item; got 0\.5 of 0"):
        gt.sampling_errors(table, pd.DataFrame(0, table.index, ["a"]), Recipe(TREE))


def test_tiers_by_hand():
    sets = pd.DataFrame({"rank": [2, 1, 3, 4], "low": [1, 1, 2, 4], "high": [3, 2, 3, 4]}, index=list("BACD"))
    assert gt.tiers(sets).to_dict() == {"B": 1, "A": 1, "C": 2, "D": 3}
    with pytest.raises(InputError, match="unit 'A': its rank lies outside its set") as caught:
        gt.tiers(pd.DataFrame({"rank": [5], "low": [1], "high": [2]}, index=["A"]))
    assert caught.value.texts[0].zh == "被评单位“A”的名次不在其名次集之内"
    with pytest.raises(InputError, match="column 'low' is missing"):
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


TREE = Framework([Node("index", ""), *(Node(code, "index", worst=0, best=1) for code in "abc")])


def marks_of(values, noise, assessors=("1", "2")):
    return pd.DataFrame(
        [
            (unit, code, who, values.at[unit, code] + sign * noise)
            for unit in values.index
            for code in values
            for who, sign in zip(assessors, (1, -1), strict=True)
        ],
        columns=["unit", "indicator", "assessor", "mark"],
    )


def test_assessors_errors_equal_theory():
    values = pd.DataFrame(
        np.random.default_rng(3).uniform(0.3, 0.7, (40, 3)), [f"u{i}" for i in range(40)], list("abc")
    )
    marks = marks_of(values, 0.05)
    covariance = gt.assessor_errors(marks, Recipe(TREE), resamples=120)
    # Marks x +- d: the error of one mark has variance 2 d^2, of a mean of two d^2, of the index of three d^2 / 3.
    expected = 100 * 0.05 / np.sqrt(3)
    assert np.sqrt(np.diag(covariance)).mean() == pytest.approx(expected, rel=0.06)
    with pytest.raises(InputError, match="no unit and indicator has two marks"):
        gt.assessor_errors(marks[marks["assessor"] == "1"], Recipe(TREE))


def test_values_that_nobody_marked_come_from_the_table_and_are_exact():
    table = pd.DataFrame(np.random.default_rng(3).uniform(0.3, 0.7, (40, 3)), [f"u{i}" for i in range(40)], list("abc"))
    marks = marks_of(table[["a", "b"]].iloc[::-1], 0.05)
    covariance = gt.assessor_errors(marks, Recipe(TREE), table=table, resamples=120)
    assert covariance.index.tolist() == table.index.tolist()
    # as above, with two of the three indicators in error
    assert np.sqrt(np.diag(covariance)).mean() == pytest.approx(100 * 0.05 * np.sqrt(2) / 3, rel=0.06)
    filled = gt.Recipe(TREE, treat=(gt.impute_mean,))  # the values of c are there, and so need not be imputed
    assert gt.assessor_errors(marks, filled, table=table, resamples=2).shape == (40, 40)

    # without the second assessor, who alone marked a of x, x lacks a: the table does not give the mark back
    table = pd.DataFrame({"a": [1.0, 0.5, 0.2], "b": 0.5, "c": [0.0, 0.2, 0.3]}, list("xyz"))
    marks = marks_of(table[["a", "b"]], 0.0)
    marks = marks[~(marks["unit"].eq("x") & marks["indicator"].eq("a") & marks["assessor"].eq("1"))]
    moves = gt.without_each_assessor(marks, Recipe(TREE, missing=gt.spread_weights(min_coverage=0.5)), table=table)
    assert moves["moved"].to_dict() == {"1": 0, "2": 3}


def test_sampling_errors_shrink_with_the_items_and_are_not_zero_at_zero():
    table = pd.DataFrame({"a": [0.0, 0.5, 1.0], "b": 0.5, "c": 0.5}, index=["x", "y", "z"])
    few, many = (
        gt.sampling_errors(table, pd.DataFrame({"a": n}, index=table.index), Recipe(TREE), resamples=120)
        for n in (10, 1000)
    )
    assert np.sqrt(few.at["y", "y"]) == pytest.approx(100 / 3 * np.sqrt(0.25 / 12), rel=0.2)
    assert np.diag(few)[0] > 0
    assert (np.diag(many) < np.diag(few) / 4).all()
    with pytest.raises(InputError, match="expected a share from 0 to 1 of at least one item; got 50 of 10"):
        gt.sampling_errors(table.replace(0.5, 50.0), pd.DataFrame({"a": 10}, index=table.index), Recipe(TREE))


def test_the_choice_of_indicators_moves_units_together():
    table = pd.DataFrame([[0.1, 0.5, 0.9], [0.2, 0.6, 1.0], [0.5, 0.5, 0.5]], ["x", "y", "z"], list("abc"))
    covariance = gt.indicator_errors(table, Recipe(TREE))
    assert covariance.at["z", "z"] == pytest.approx(0, abs=1e-18)
    # x and y differ by the same amount on every indicator, so the choice of indicators never puts x first.
    assert covariance.at["x", "x"] == pytest.approx(covariance.at["x", "y"])
    # s^2 / m of (10, 50, 90)
    assert covariance.at["x", "x"] == pytest.approx(1600 / 3)
    assert covariance.attrs == {"df": 2.0, "borrowed": ()}


def tree_of(**pillars):
    """Return a framework of pillars with so many indicators of the weights given, scored as they are."""
    nodes = [Node("index", "")]
    for pillar, weights in pillars.items():
        nodes += [Node(pillar, "index"), *(Node(f"{pillar}{i}", pillar, weight=w) for i, w in enumerate(weights))]
    return Framework(nodes)


def plain(**pillars):
    return Recipe(tree_of(**pillars), normalise=gt.unscaled)


def test_two_indicators_have_the_variance_of_their_mean():
    table = pd.DataFrame({"p0": [40.0, 50.0], "p1": [60.0, 80.0]}, ["X", "Y"])
    found = gt.indicator_errors(table, plain(p=[1, 1]))
    assert np.diag(found).tolist() == pytest.approx([100, 225])
    # Weights of .8 and .2 of independent indicators: (.64 + .04) s^2, with s^2 = 200 and 450.
    assert np.diag(gt.indicator_errors(table, plain(p=[4, 1]))).tolist() == pytest.approx([136, 306])


def test_equal_weights_give_the_variance_of_the_rescaled_bootstrap_over_all_its_draws():
    recipe = plain(p=[1, 1, 1], q=[1, 1])
    framework = recipe.framework
    table = pd.DataFrame(np.random.default_rng(5).uniform(20, 80, (4, 5)), list("WXYZ"), framework.indicators)
    scores = []
    for first in product(range(3), repeat=2):  # m - 1 = 2 of three, drawn with replacement
        for second in range(2):  # and one of two
            times = np.bincount(first, minlength=3) * 3 / 2, np.bincount([second], minlength=2) * 2
            scores.append(0.5 * table.to_numpy()[:, :3] @ times[0] / 3 + 0.5 * table.to_numpy()[:, 3:] @ times[1] / 2)
    expected = np.cov(np.array(scores), rowvar=False, ddof=0)
    np.testing.assert_allclose(gt.indicator_errors(table, recipe), expected, rtol=1e-12)


def test_degrees_of_freedom_weigh_the_pillars_by_their_pooled_variance():
    recipe = plain(p=[1, 1, 1], q=[1, 1])
    table = pd.DataFrame(np.random.default_rng(5).uniform(20, 80, (4, 5)), list("WXYZ"), recipe.framework.indicators)
    errors = gt.indicator_errors(table, recipe)
    parts = []
    for codes in (["p0", "p1", "p2"], ["q0", "q1"]):
        centred = table[codes].sub(table[codes].mean(axis=0))  # what the units have in common cancels in differences
        parts.append((centred.var(axis=1) / len(codes)).sum() / 4)
    assert errors.attrs["df"] == pytest.approx(sum(parts) ** 2 / (parts[0] ** 2 / 2 + parts[1] ** 2 / 1))
    holes = table.mask(pd.DataFrame(False, table.index, table.columns).assign(p2=[True, False, False, False]))
    degrees = gt.indicator_errors(holes, recipe).attrs["df"]
    assert degrees.at["X", "Y"] == degrees.at["Y", "Z"] > degrees.at["W", "X"] == degrees.at["W", "Z"]


def test_a_pillar_of_one_indicator_takes_its_error_from_the_others():
    table = pd.DataFrame({"p0": [40.0, 50.0], "p1": [60.0, 80.0], "q0": [10.0, 90.0]}, ["X", "Y"])
    found = gt.indicator_errors(table, plain(p=[1, 1], q=[1]))
    # Half of the mean of two, with s^2 = 200 and 450, and half of one of the same kind.
    assert np.diag(found).tolist() == pytest.approx([0.25 * 100 + 0.25 * 200, 0.25 * 225 + 0.25 * 450])
    assert found.attrs == {"df": pytest.approx(1.0), "borrowed": ("q",)}
    # Of two siblings, one with three indicators counts twice as much as one with two.
    wide = table.assign(r0=[1.0, 0.0], r1=[2.0, 0.0], r2=[3.0, 0.0])
    found = gt.indicator_errors(wide, plain(p=[1, 1], q=[1], r=[1, 1, 1]))
    assert found.at["X", "X"] == pytest.approx((200 / 2 + 1 / 3 + (200 * 1 + 1 * 2) / 3) / 9)
    with pytest.raises(InputError, match=r"'p' has only one indicator .* no parent has two to take it from"):
        gt.indicator_errors(table, plain(p=[1], q=[1]))


def test_siblings_come_before_cousins():
    nodes = [Node("index", ""), Node("A", "index"), Node("B", "index")]
    nodes += [Node("p", "A"), Node("q", "A"), Node("r", "B")]
    nodes += [Node(code, code[0]) for code in ("p0", "q0", "q1", "r0", "r1")]
    table = pd.DataFrame(
        [[5.0, 1.0, 3.0, 0.0, 90.0], [4.0, 4.0, 4.0, 4.0, 4.0]], list("XY"), [n.code for n in nodes[6:]]
    )
    found = gt.indicator_errors(table, Recipe(Framework(nodes), normalise=gt.unscaled))
    assert found.at["X", "X"] == pytest.approx((2 / 2 + 2) / 16 + 4050 / 2 / 4)


def test_a_unit_with_one_indicator_takes_its_error_from_the_other_units():
    table = pd.DataFrame({"a": [0.1, 0.2, 0.9], "b": [0.5, np.nan, 0.1], "c": [0.9, np.nan, 0.2]}, list("xyz"))
    covariance = gt.indicator_errors(table, Recipe(TREE, missing=gt.spread_weights(min_coverage=0.3)))
    assert covariance.at["y", "y"] == pytest.approx((1600 + 1900) / 2)  # the mean of s^2 of (10, 50, 90), (90, 10, 20)
    assert covariance.at["x", "y"] == 0
    sets = gt.rank_confidence_sets(pd.Series({"x": 50.0, "y": 20.0, "z": 40.0}), covariance)
    assert sets[["low", "high"]].values.tolist() == [[1, 3]] * 3


def test_a_unit_with_fewer_indicators_has_the_variance_of_their_mean():
    table = pd.DataFrame({"a": [0.1, 0.2, 0.9], "b": [0.5, 0.6, 0.1], "c": [0.9, np.nan, 0.2]}, list("xyz"))
    covariance = gt.indicator_errors(table, Recipe(TREE, missing=gt.spread_weights(min_coverage=0.3)))
    assert covariance.at["y", "y"] == pytest.approx(800 / 2)


def test_the_choice_of_indicators_on_a_tree_that_is_not_linear():
    recipe = Recipe(tree_of(p=[1, 2, 1], q=[1, 3]), normalise=gt.unscaled, aggregate=gt.geometric_mean)
    framework = recipe.framework
    table = pd.DataFrame(np.random.default_rng(6).uniform(20, 80, (3, 5)), list("XYZ"), framework.indicators)
    scores = gt.build_index(table, recipe).scores["index"]
    expected = np.zeros((3, 3))
    for pillar in "pq":
        codes = framework.children(pillar)
        for code in codes:
            without = Recipe(framework.without(code), normalise=gt.unscaled, aggregate=gt.geometric_mean)
            change = gt.build_index(table, without).scores["index"] - scores
            expected += np.outer(change, change) * (len(codes) - 1) / len(codes)
    np.testing.assert_allclose(gt.indicator_errors(table, recipe), expected, rtol=1e-9)


@pytest.mark.parametrize(
    ("options", "text"),
    [
        ({"resamples": 1}, "resamples = 1: expected a whole number of at least 2"),
        ({"resamples": float("inf")}, "resamples = inf: expected a whole number"),
        ({"rng": -1}, "rng = -1: expected a whole number of at least 0 or a numpy Generator"),
        ({"rng": None}, "rng = None"),
    ],
)
def test_sources_of_errors_refuse_what_gives_no_resamples(options, text):
    table = pd.DataFrame(0.5, list("xyz"), list("abc"))
    for source in (
        lambda: gt.indicator_errors(table, Recipe(TREE), **options),
        lambda: gt.sampling_errors(table, table * 20, Recipe(TREE), **options),
        lambda: gt.assessor_errors(marks_of(table, 0.1), Recipe(TREE), **options),
    ):
        with pytest.raises(InputError, match=text):
            source()


def test_resamples_at_once_equal_resamples_one_by_one(monkeypatch):
    values = pd.DataFrame(np.random.default_rng(3).uniform(0.3, 0.7, (6, 3)), list("uvwxyz"), list("abc"))
    marks = marks_of(values, 0.05)
    at_once = gt.assessor_errors(marks, Recipe(TREE), resamples=30)
    monkeypatch.setattr(simulated_errors, "scores_units_independently", lambda recipe: False)
    one_by_one = gt.assessor_errors(marks, Recipe(TREE), resamples=30)
    pd.testing.assert_frame_equal(at_once, one_by_one)
    assert at_once.attrs["df"] == pytest.approx(one_by_one.attrs["df"])


def test_units_that_are_measured_against_each_other_are_scored_one_resample_at_a_time():
    recipe = plain(p=[1, 1])
    assert simulated_errors.scores_units_independently(recipe)
    for other in (
        {"normalise": gt.z_score},
        {"normalise": gt.min_max},
        {"normalise": partial(gt.unscaled, within=pd.Series(dtype=object))},
        {"treat": gt.impute_mean},
        {"aggregate": gt.copeland},
    ):
        assert not simulated_errors.scores_units_independently(replace(recipe, **other))


def test_degrees_of_freedom_of_marks():
    values = pd.DataFrame(np.random.default_rng(3).uniform(0.3, 0.7, (9, 3)), list("rstuvwxyz"), list("abc"))
    generator = np.random.default_rng(4)
    marks = marks_of(values, 0.0)
    marks["mark"] += generator.normal(0, 0.05, len(marks))
    degrees = gt.assessor_errors(marks, Recipe(TREE), resamples=2000).attrs["df"]
    residuals = marks["mark"] - marks.groupby(["unit", "indicator"])["mark"].transform("mean")
    pooled = (residuals**2).groupby(marks["indicator"]).sum() / 9  # two marks of each of nine units: nine degrees
    expected = pooled.sum() ** 2 / (pooled**2 / 9).sum()
    assert degrees == pytest.approx(1 / (1 / expected + 1 / 1999), rel=0.05)


def test_the_error_of_a_share_is_never_taken_too_small_on_average():
    recipe = plain(p=[1])
    for n, p in ((3, 0.5), (10, 0.5), (10, 0.9), (40, 0.2)):
        passed = np.arange(n + 1)
        units = [f"u{k}" for k in passed]
        table = pd.DataFrame({"p0": passed / n}, units)
        errors = gt.sampling_errors(table, pd.DataFrame({"p0": float(n)}, units), recipe, resamples=4000)
        mean = np.sum(binom.pmf(passed, n, p) * np.diag(errors))
        assert mean > 0.97 * p * (1 - p) / n
        assert p != 0.5 or mean < 1.05 * (1 + 1 / (n * (n + 1))) * p * (1 - p) / n


def test_errors_add_up_with_their_degrees_of_freedom():
    first = pd.DataFrame([[4.0, 1.0], [1.0, 4.0]], list("XY"), list("XY"))
    second = pd.DataFrame([[9.0, 0.0], [0.0, 1.0]], list("YX"), list("YX"))
    first.attrs["df"], second.attrs["df"] = 3.0, 8.0
    both = gt.add_errors(first, second)
    assert both.loc[["X", "Y"], ["X", "Y"]].to_numpy().tolist() == [[5.0, 1.0], [1.0, 13.0]]
    assert both.attrs["df"] == pytest.approx((6 + 10) ** 2 / (6**2 / 3 + 10**2 / 8))  # variances of the difference
    assert gt.add_errors(first, pd.Series(0.0, list("XY"))).attrs["df"] == pytest.approx(3)
    pairs = first.copy()
    pairs.attrs["df"] = pd.DataFrame([[np.nan, 5.0], [5.0, np.nan]], list("XY"), list("XY"))
    mixed = gt.add_errors(pairs, second).attrs["df"]
    assert mixed.at["X", "Y"] == pytest.approx(16**2 / (6**2 / 5 + 10**2 / 8))
    assert np.isinf(gt.add_errors(pd.Series(1.0, list("XY")), pd.Series(2.0, list("XY"))).attrs["df"])
    with pytest.raises(InputError, match="no error is given for unit 'Y'"):
        gt.add_errors(first, pd.Series({"X": 1.0}))
    with pytest.raises(InputError, match="give the errors of at least one source"):
        gt.add_errors()


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


def test_holms_rule_as_it_is_written():
    rng = np.random.default_rng(14)
    p = 7
    scores = np.sort(rng.normal(0, 5, p))[::-1]
    spread = rng.uniform(0.5, 2, (p, p))
    spread = (spread + spread.T) / 2
    chances = multiple_comparisons.p_values_of_order(scores, spread, np.asarray(6.0))
    pairs = sorted(
        (t.sf((scores[j] - scores[k]) / spread[j, k], 6), j, k) for j in range(p) for k in range(p) if j != k
    )
    above = np.zeros((p, p), dtype=bool)
    for place, (chance, j, k) in enumerate(pairs):
        if chance > 0.05 / (len(pairs) - place):
            break
        above[j, k] = True
    low, high = multiple_comparisons.holm_sets(chances, 0.05, "two-sided", True, True)
    np.testing.assert_array_equal(low, 1 + above.sum(axis=0))
    np.testing.assert_array_equal(high, p - above.sum(axis=1))
    single = multiple_comparisons.holm_sets(chances, 0.05, "two-sided", False, True)[0]
    assert (single <= low).all() and (single < low).any()


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


@pytest.mark.parametrize("design", [*coverage.BRIEF, coverage.Design(31, 15, 3, 3.0)], ids=str)
def test_sets_from_few_indicators_hold_all_ranks_together(design):
    rows = coverage.simulate([design], 60, seed=1, sources=["choice of indicators"])
    assert [row["what"] for row in rows if not row["passed"]] == []


@pytest.mark.slow
@pytest.mark.parametrize("source", ["assessors", "sampled items"])
def test_sets_from_marks_and_from_samples_hold_all_ranks_together(source):
    rows = coverage.simulate([coverage.Design(5, 5, 2, 3.0)], 60, seed=1, sources=[source])
    assert [row["what"] for row in rows if not row["passed"]] == []


def test_the_choice_of_indicators_keeps_the_score_of_what_is_missing():
    table = pd.DataFrame({"a": [0.1, 0.2, 0.9], "b": [0.5, np.nan, 0.1], "c": [0.9, np.nan, 0.2]}, list("xyz"))
    rule = gt.missing_score(score=0)
    filled = gt.indicator_errors(table.fillna(0), Recipe(TREE), resamples=60)
    pd.testing.assert_frame_equal(gt.indicator_errors(table, Recipe(TREE, missing=rule), resamples=60), filled)


def test_leaving_out_the_assessor_who_matters():
    values = pd.DataFrame(0.5, list("xyz"), list("abc")) + np.array([[0.02], [0.01], [0.0]])
    marks = marks_of(values, 0.0)
    odd = marks["assessor"].eq("2") & marks["unit"].eq("z")
    marks.loc[odd, "mark"] += 0.3
    table = gt.without_each_assessor(marks, Recipe(TREE))
    assert table.at["2", "moved"] == 3
    assert table.at["2", "most_moved"] == "z"
    assert table.at["1", "moved"] == 0
