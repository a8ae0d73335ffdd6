"""Uncertainty analysis: published acceptabilities, what an ensemble tells, and what it refuses."""

import pickle
from concurrent.futures import Executor, Future
from contextvars import Context
from dataclasses import replace
from functools import partial

import numpy as np
import pandas as pd
import pytest

import govtransparency as gt
from govtransparency import Framework, InputError, Node, RankRule, Recipe, checked_calls

TREE = Framework(
    [
        Node("index", ""),
        Node("p", "index", weight=2),
        Node("q", "index"),
        Node("a", "p"),
        Node("b", "p", weight=2),
        Node("c", "q"),
        Node("d", "q", direction=-1),
    ]
)
TABLE = pd.DataFrame(
    {
        "a": [9.0, 7, 2, 4, 1],
        "b": [6.0, 9, 5, 1, 3],
        "c": [2.0, 5, 9, 1, 4],
        "d": [3.0, 2, 1, 9, 5],
    },
    index=list("VWXYZ"),
)


def as_it_is(values, goalposts):
    """Leave the values as they are."""
    return values


def flat(codes):
    return Framework([Node("index", ""), *(Node(code, "index") for code in codes)])


def ranks_of_all_draws(study):
    """Rank every draw by scipy, from the scores of the case: draws x units."""
    from scipy.stats import rankdata

    rows = []
    for batch in study.batches(0, -(-study.draws // 1024)):
        scores = np.round(np.repeat(batch.scores, batch.times, axis=0), 10)
        rows.append((batch.rows, rankdata(-scores, method="min", axis=1)))
    order = np.concatenate([numbers for numbers, _ in rows])
    return np.concatenate([ranks for _, ranks in rows])[np.argsort(order)]


# Exact by the volume of the polytopes (pysensmcda 2.0), for the Handbook's 23 countries (OECD/JRC 2008, Table A.2),
# min-max within the sample, all weights equally likely.
TAI = {
    "Finland": 0.4583,
    "Sweden": 0.2058,
    "United States": 0.1641,
    "Japan": 0.1052,
    "Norway": 0.0516,
    "Korea": 0.0144,
    "Singapore": 0.0006,
}


def test_first_ranks_of_the_technology_achievement_index_are_the_exact_ones(shared):
    table = pd.read_csv(shared / "handbook" / "oecd_tai_raw_A2.csv", comment="#", index_col="country")
    table = table.rename(index=lambda name: "Korea" if name.startswith("Korea") else name)
    recipe = Recipe(flat(table.columns))
    ensemble = gt.uncertainty_analysis(table, recipe, gt.weights_anywhere(), draws=100_000, rng=0)
    first = ensemble.top(1)
    for country, exact in TAI.items():
        assert abs(first[country] - exact) < 4.5 * np.sqrt(exact * (1 - exact) / 100_000) + 5e-5, country
    assert (first.drop(list(TAI)) < 1e-4).all()


def test_first_ranks_are_those_of_any_quasi_arithmetic_mean_once_transformed():
    """The geometric mean of x orders as the arithmetic mean of log x: the same draws, the same counts."""
    table = TABLE[["a", "b", "c"]]
    recipe = Recipe(flat("abc"), normalise=as_it_is)
    product = replace(recipe, aggregate=gt.geometric_mean)
    logs, raw = (
        gt.uncertainty_analysis(values, one, gt.weights_anywhere(), draws=2000, rng=0).counts
        for values, one in ((np.log(table), recipe), (table, product))
    )
    np.testing.assert_array_equal(logs, raw)


def test_one_indicator_ranks_as_it_does_whatever_its_weight_and_cannot_be_varied_by_weights():
    recipe = Recipe(flat("a"))
    methods = gt.one_of("normalise", gt.min_max, gt.percentile_rank)
    with pytest.raises(InputError, match="none of the chosen nodes has more than one child, so its weights"):
        gt.uncertainty_analysis(TABLE[["a"]], recipe, gt.weights_anywhere(), draws=10, rng=0)
    ensemble = gt.uncertainty_analysis(TABLE[["a"]], recipe, methods, draws=100, rng=0)
    assert ensemble.median.tolist() == ensemble.reference.tolist() == [1, 2, 4, 3, 5]
    assert ensemble.acceptability.to_numpy().max(axis=1).tolist() == [1.0] * 5


def test_first_ranks_and_central_weights_of_the_five_by_four_example_are_the_exact_ones():
    x = [[5, -1.5, 15, 4], [2.5, -3.8, 25, 2.5], [3, -2.8, 10, 2.8], [2, -6.7, 0, 1], [4, -3.4, 30, 3.5]]
    table = pd.DataFrame(x, index=list("12345"), columns=list("abcd"))
    ensemble = gt.uncertainty_analysis(table, Recipe(flat("abcd")), gt.weights_anywhere(), draws=100_000, rng=0)
    assert ensemble.top(1).tolist() == pytest.approx([0.740, 0, 0, 0, 0.260], abs=0.006)
    assert ensemble.central_weights.loc["1"].tolist() == pytest.approx([0.2851, 0.2871, 0.1558, 0.2720], abs=0.004)
    assert ensemble.central_weights.loc["5"].tolist() == pytest.approx([0.1500, 0.1444, 0.5181, 0.1875], abs=0.006)
    assert ensemble.central_weights.loc["2"].isna().all()


def asem(shared):
    """Return ASEM's table after treatment and its framework (COINr's example data)."""
    folder = shared / "indices" / "asem"
    table = pd.read_csv(folder / "stage4_treated.csv", index_col="UnitCode", keep_default_na=False)
    indicators = pd.read_csv(folder / "indicators.csv").set_index("IndCode")
    middle = indicators[["Agg1", "Agg2"]].drop_duplicates()
    nodes = [Node("index", ""), *(Node(code, "index") for code in middle["Agg2"].unique())]
    nodes += [Node(row.Agg1, row.Agg2) for row in middle.itertuples()]
    nodes += [Node(code, row.Agg1, direction=int(row.Direction)) for code, row in indicators.iterrows()]
    return table[list(indicators.index)].replace("", np.nan).astype(float), Framework(nodes)


def test_leaving_out_one_indicator_of_asem_gives_the_ranks_without_it(shared):
    table, framework = asem(shared)
    recipe = Recipe(framework, rank=RankRule(decimals=2))
    published = pd.read_csv(shared / "indices" / "asem" / "ranks.csv", index_col="UnitCode")["Index"]
    assert (gt.build_index(table, recipe).ranks == published.reindex(table.index)).all()
    indicators = gt.one_at_a_time(table, recipe, gt.without_one_indicator(), rng=0)
    moves = pd.concat([indicators, gt.one_at_a_time(table, recipe, gt.without_one_pillar(), rng=0)])
    assert (indicators.loc[("left-out indicator", "none")] == 0).all()
    for code in (*framework.indicators, *framework.pillars):
        kind = "indicator" if code in framework.indicators else "pillar"
        other = gt.build_index(table, replace(recipe, framework=framework.without(code)))
        shift = gt.rank_shift(other.ranks, published.reindex(table.index))
        row = moves.loc[(f"left-out {kind}", code)]
        pd.testing.assert_series_equal(row[table.index], shift.astype(float), check_names=False)
        assert row["average_shift"] == pytest.approx(shift.abs().mean())


METHODS = [
    gt.one_of("normalise", gt.min_max, gt.z_score),
    gt.one_of("aggregate", gt.arithmetic_mean, partial(gt.geometric_mean, floor=1.0)),
]


@pytest.mark.parametrize("sources", [[gt.weights_anywhere(), METHODS[0]], METHODS], ids=["weights", "methods alone"])
def test_the_results_of_an_ensemble_are_those_of_the_ranks_of_its_draws(sources):
    """Where no weight varies, one row of scores stands for many draws."""
    ensemble = gt.uncertainty_analysis(TABLE, Recipe(TREE), sources, draws=2000, rng=4)
    ranks = ranks_of_all_draws(ensemble.study)
    assert ranks.shape == (2000, 5)
    frame = ensemble.intervals(0.80)
    assert list(frame.columns) == ["rank", "median", "low", "high"]
    assert frame["rank"].tolist() == gt.build_index(TABLE, Recipe(TREE)).ranks.tolist()
    expected = np.quantile(ranks, [0.5, 0.1, 0.9], axis=0, method="inverted_cdf")
    np.testing.assert_array_equal(frame[["median", "low", "high"]].to_numpy().T, expected)
    np.testing.assert_array_equal(ensemble.median, expected[0])
    np.testing.assert_allclose(ensemble.mean_rank, ranks.mean(axis=0))
    np.testing.assert_allclose(ensemble.top(2), (ranks <= 2).mean(axis=0))
    np.testing.assert_allclose(ensemble.wins, (ranks[:, :, None] < ranks[:, None, :]).mean(axis=0))
    assert ensemble.beats("V", "W") == (ranks[:, 0] < ranks[:, 1]).mean()
    reference = ensemble.reference.to_numpy()
    np.testing.assert_allclose(ensemble.shift_per_draw, np.abs(ranks - reference).mean(axis=1))
    assert ensemble.average_shift == pytest.approx(np.abs(ranks - reference).mean())
    first = ensemble.central_weights.notna().all(axis=1)
    np.testing.assert_array_equal(first, (ranks == 1).any(axis=0))
    np.testing.assert_allclose(ensemble.central_weights[first].sum(axis=1), 1)
    frame = ensemble.score_intervals()
    scores = np.concatenate([np.repeat(one.scores, one.times, axis=0) for one in ensemble.study.batches(0, 2)])
    np.testing.assert_allclose(frame["mean"], scores.mean(axis=0))
    b = ensemble.acceptability
    np.testing.assert_allclose(b.sum(axis=1), 1)
    np.testing.assert_allclose(ensemble.standard_errors, np.sqrt(b * (1 - b) / 2000))


def test_score_intervals_are_the_quantiles_of_the_scores():
    ensemble = gt.uncertainty_analysis(TABLE, Recipe(TREE), gt.weights_anywhere(), draws=3000, rng=4)
    scores = np.concatenate([batch.scores for batch in ensemble.study.batches(0, 3)])
    frame = ensemble.score_intervals(0.9)
    width = np.ptp(scores, axis=0)
    for name, share in (("median", 0.5), ("low", 0.05), ("high", 0.95)):
        exact = np.quantile(scores, share, axis=0, method="inverted_cdf")
        assert (np.abs(frame[name] - exact) <= 1.001 * width / 1024).all()
    np.testing.assert_allclose(frame["mean"], scores.mean(axis=0))
    np.testing.assert_allclose(frame["score"], gt.build_index(TABLE, Recipe(TREE)).scores["index"])


def test_holistic_acceptability_is_one_for_a_unit_that_is_always_first():
    table = TABLE.copy()
    table.loc["V"] = [10, 10, 10, 0]
    ensemble = gt.uncertainty_analysis(table, Recipe(TREE), gt.weights_anywhere(), draws=200, rng=0)
    holistic = ensemble.holistic()
    assert holistic["V"] == 1
    assert (holistic.drop("V") < 1).all()
    assert ensemble.holistic([1, 0, 0, 0, 0]).equals(ensemble.top(1).rename("holistic"))
    with pytest.raises(InputError, match="expected 5 numbers, one per rank, none larger than the one before"):
        ensemble.holistic([0, 1, 0, 0, 0])
    for weights in ([1, 0.5], ["a", "b", "c", "d", "e"], [1, np.nan, 0, 0, 0]):
        with pytest.raises(InputError, match="expected 5 numbers, one per rank"):
            ensemble.holistic(weights)


@pytest.mark.parametrize(
    ("ties", "expected"), [("min", [1, 1]), ("max", [2, 2]), ("average", [1.5, 1.5]), ("ordinal", [1, 2])]
)
def test_tied_units_hold_the_rank_that_the_recipe_lets_them_share(ties, expected):
    table = TABLE.copy()
    table.loc["W"] = table.loc["V"] = [10, 10, 10, 0]
    recipe = Recipe(TREE, rank=RankRule(ties=ties))
    ensemble = gt.uncertainty_analysis(table, recipe, gt.weights_within(0.2), draws=100, rng=0)
    assert ensemble.median[["V", "W"]].tolist() == expected
    assert ensemble.acceptability.sum(axis=1).tolist() == pytest.approx([1.0] * 5)
    assert ensemble.beats("V", "W") == (1 if ties == "ordinal" else 0)


def test_rank_rules_may_vary_too():
    rules = gt.one_of("rank", RankRule(decimals=0, ties="min"), RankRule(decimals=0, ties="average"))
    table = TABLE.copy()
    table.loc["W"] = table.loc["V"]
    ensemble = gt.uncertainty_analysis(table, Recipe(TREE), rules, draws=1000, rng=0)
    held = ensemble.acceptability.loc["V"]
    assert held[held > 0].index.tolist() == [1.0, 1.5] or len(held[held > 0]) == 2
    assert held[held > 0].tolist() == pytest.approx([0.5, 0.5], abs=0.06)


def test_each_source_alone_is_the_same_draws_with_the_others_held():
    sources = [gt.weights_within(0.5), gt.one_of("normalise", gt.min_max, gt.z_score)]
    both = gt.uncertainty_analysis(TABLE, Recipe(TREE), sources, draws=400, rng=2)
    parts = both.by_source()
    assert list(parts) == ["weights +-50%", "normalise"]
    alone = gt.uncertainty_analysis(TABLE, Recipe(TREE), sources[0], draws=400, rng=2)
    np.testing.assert_array_equal(parts["weights +-50%"].counts, alone.counts)
    assert parts["normalise"].sources == ("normalise",)
    in_turn = gt.uncertainty_analysis(TABLE, Recipe(TREE), sources, draws=400, rng=2, joint=False)
    assert in_turn.sources == both.sources


def test_an_ensemble_is_pickled_and_has_a_readable_repr():
    ensemble = gt.uncertainty_analysis(TABLE, Recipe(TREE), gt.weights_within(0.5), draws=300, rng=2)
    again = pickle.loads(pickle.dumps(ensemble))
    assert repr(again).splitlines()[0] == "Ensemble(5 units, 300 draws, seed 2: weights +-50%)"
    pd.testing.assert_frame_equal(again.wins, ensemble.wins)


def test_too_few_draws_and_slow_methods_are_noted_in_both_languages():
    def last_of_all(scores, weights):
        return scores.min(axis=1)

    recipe = Recipe(TREE, aggregate=gt.by_node({"q": last_of_all}, otherwise=gt.arithmetic_mean))
    few = gt.uncertainty_analysis(TABLE, recipe, gt.weights_within(0.5), draws=100, rng=2)
    assert few.notes[0] == (
        "With 100 draws a share near one half is known to ±9.8 percentage points (95%); 9,604 draws would "
        "reduce that to 1."
    )
    assert few.notes[1].startswith("last_of_all cannot be computed for many draws at once")
    assert few.notes_in("zh") == (
        "共抽取100次，接近二分之一的占比误差为±9.8个百分点（95%）；抽取9,604次可降至1个百分点。",
        "last_of_all不能同时计算多次抽取；各次抽取逐一汇总。",
    )
    with pytest.raises(InputError, match="language = 'both' is unknown; valid: zh, en"):
        few.notes_in("both")
    many = gt.uncertainty_analysis(TABLE, Recipe(TREE), gt.weights_within(0.5), draws=10_000, rng=2)
    assert many.notes == ()
    assert many.convergence.index[-1] == 10_000
    assert (many.convergence["error"].to_numpy() == 0.5 / np.sqrt(many.convergence.index)).all()


def test_bad_arguments_are_refused():
    ensemble = gt.uncertainty_analysis(TABLE, Recipe(TREE), gt.weights_within(0.5), draws=50, rng=2)
    with pytest.raises(InputError, match="a = 'Vv' is unknown; did you mean 'V'") as error:
        ensemble.beats("Vv", "W")
    assert "a = 'Vv'：未知；是否应为“V”？" in error.value.in_language("zh")
    with pytest.raises(InputError, match=r"level = 90: expected a level of confidence between 0 and 1, such as 0.95"):
        ensemble.intervals(90)
    with pytest.raises(InputError, match="k = 0: expected a whole number of at least 1"):
        ensemble.top(0)
    with pytest.raises(InputError, match="draws = 0: expected a whole number of at least 1"):
        gt.uncertainty_analysis(TABLE, Recipe(TREE), gt.weights_within(0.5), draws=0, rng=2)
    with pytest.raises(InputError, match="level = 0: expected a level of confidence"):
        ensemble.score_intervals(0)
    for ask in (ensemble.recipe_of, ensemble.table_of):
        with pytest.raises(InputError, match="draw = 50: expected a whole number from 0 to 49"):
            ask(50)
    assert ensemble.recipe_of(np.int64(49)) == ensemble.recipe_of(49)
    with pytest.raises(InputError) as error:
        gt.one_at_a_time(TABLE.to_dict(), TREE, [], draws=0.5, rng=-1)
    assert error.value.heading == ("one_at_a_time", "one_at_a_time")
    expected = ("table = ", "recipe = ", "rng = -1", "no source of uncertainty given", "draws = 0.5")
    assert [text.startswith(head) for text, head in zip(error.value.problems, expected, strict=True)] == [True] * 5


def test_tie_breakers_break_ties_in_every_draw():
    tree = Framework([Node("index", ""), *(Node(code, "index", worst=0, best=10) for code in "ab")])
    table = pd.DataFrame({"a": [1.0, 2, 3], "b": [3.0, 2, 1]}, index=["X", "Y", "Z"])
    recipe = Recipe(tree, rank=gt.RankRule(decimals=0, tie_breakers="a"))
    ensemble = gt.uncertainty_analysis(table, recipe, gt.weights_within(1e-9), draws=20, rng=0)
    assert ensemble.median.to_dict() == gt.build_index(table, recipe).ranks.to_dict() == {"X": 3, "Y": 2, "Z": 1}
    assert ensemble.wins.loc["Z", "X"] == 1.0


class Elsewhere(Executor):
    """Call everything in an empty context, as every thread and process of a pool does."""

    def submit(self, function, /, *args):
        future = Future()
        future.set_result(Context().run(function, *args))
        return future


@pytest.mark.parametrize("executor", [None, Elsewhere()])
def test_no_draw_checks_the_arguments_of_the_aggregator_again(monkeypatch, executor):
    recipe, within, without = Recipe(TREE, aggregate=gt.topsis), gt.weights_within(0.1), gt.without_one_indicator()
    once, checks = checked_calls._problems, []

    def counted(title, *rest):
        checks.append(title)
        return once(title, *rest)

    monkeypatch.setattr(checked_calls, "_problems", counted)
    ensemble = gt.uncertainty_analysis(TABLE, recipe, within, draws=50, rng=0, executor=executor)
    assert ensemble.scores_draws(m=2).shape == (5, 2)
    gt.sensitivity_analysis(TABLE, recipe, [within, without], samples=8, rng=0, executor=executor)
    assert checks == ["uncertainty_analysis", "sensitivity_analysis"]
