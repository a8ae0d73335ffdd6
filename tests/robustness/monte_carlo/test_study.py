"""The kernel of the draws: the same ranks as building every index by itself, whatever the recipe and the workers."""

import sys
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from multiprocessing import get_context

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import govtransparency as gt
from govtransparency import Framework, InputError, Node, RankRule, Recipe
from govtransparency.robustness.monte_carlo import accumulators, engine, rank_counts, rank_counts_numba
from govtransparency.robustness.monte_carlo import study as study_module
from govtransparency.robustness.monte_carlo.accumulators import RankCounts
from govtransparency.robustness.monte_carlo.cases import SAMPLE
from govtransparency.robustness.monte_carlo.design import make_study
from govtransparency.robustness.monte_carlo.engine import run
from tests.examples import counted

TREE = Framework(
    [
        Node("index", ""),
        Node("p", "index", weight=2),
        Node("q", "index", weight=1),
        Node("p1", "p", weight=3),
        Node("d", "index", weight=0.5, direction=-1),
        Node("a", "p1", weight=1),
        Node("b", "p1", weight=2, direction=-1),
        Node("c", "p", worst=0, best=120),
        Node("e", "q"),
        Node("f", "q", weight=2, direction=-1),
        Node("g", "q"),
    ]
)


def top_two_mean(scores, weights):
    """Score as a user would write it: no mean of transformed scores."""
    return scores.apply(lambda row: row.nlargest(2).mean(), axis=1)


def toy_table(seed, units=7, missing=0.0, ties=False, framework=TREE):
    rng = np.random.default_rng(seed)
    x = rng.uniform(1, 100, (units, len(framework.indicators)))
    if ties:
        x = np.round(x, -1) + 5
        x[-1] = x[0]
    x[rng.random(x.shape) < missing] = np.nan
    x[0], x[1] = np.where(np.isnan(x[0]), 7.0, x[0]), np.where(np.isnan(x[1]), 90.0, x[1])
    return pd.DataFrame(x, index=[f"u{row}" for row in range(units)], columns=list(framework.indicators))


def plain_loop(study):
    """Build every draw's index by itself and return the ranks, draws x units."""
    rows = {}
    for sample in range(-(-study.draws // SAMPLE)):
        for numbers, drawn in study.settings(sample):
            for position, number in enumerate(numbers):
                recipe = study.recipe
                removed = None
                for column, (source, options) in enumerate(study.options.items()):
                    option = drawn.choices[position, column]
                    if option < 0:
                        continue
                    if study.sources[source].turn == 2:
                        removed = None if option == 0 else options.labels[option]
                    else:
                        recipe = options.apply(recipe, study.table, option)
                weights = recipe.framework.weights.to_dict()
                on = [at for at in range(len(study.drawn)) if drawn.varied[at]]
                keys = list(study.drawn)
                for at in sorted(on, key=lambda at: study.sources[keys[at]].scales):
                    for code, value in zip(study.drawn[keys[at]].nodes, drawn.weights[at][position], strict=True):
                        if code in weights:
                            weights[code] = weights[code] * value if study.sources[keys[at]].scales else value
                recipe = replace(recipe, framework=recipe.framework.with_weights(weights))
                recipe = recipe if removed is None else recipe.without(removed)
                rows[number] = gt.build_index(study.table, recipe).ranks.to_numpy(dtype=float)
    return np.array([rows[number] for number in range(study.draws)])


def assert_same_as_the_plain_loop(table, recipe, sources, count=25, rng=0, joint=True):
    ensemble = gt.uncertainty_analysis(table, recipe, sources, draws=count, rng=rng, joint=joint)
    ranks = plain_loop(ensemble.study)
    np.testing.assert_array_equal(ensemble.counts, counted(ranks, ensemble.study.ranks))
    return ensemble, ranks


FLOORED = partial(gt.geometric_mean, floor=1.0)
AGGREGATES = [
    gt.arithmetic_mean,
    FLOORED,
    partial(gt.harmonic_mean, floor=1.0),
    partial(gt.power_mean, p=2.0, floor=1.0),
    gt.by_level([gt.arithmetic_mean, FLOORED, gt.arithmetic_mean]),
    gt.by_node({"index": FLOORED, "p1": partial(gt.power_mean, p=3.0)}, otherwise=gt.arithmetic_mean),
    gt.by_node({"q": top_two_mean}, otherwise=gt.arithmetic_mean),
    top_two_mean,
]


@pytest.mark.parametrize("aggregate", AGGREGATES, ids=range(len(AGGREGATES)))
@pytest.mark.parametrize("missing", [0.0, 0.2])
def test_every_draw_ranks_as_the_index_built_by_itself(aggregate, missing):
    recipe = Recipe(TREE, aggregate=aggregate, missing=gt.spread_weights(min_coverage=0.5))
    sources = [gt.weights_within([0.5, 0.3, 0.2]), gt.without_one_indicator()]
    assert_same_as_the_plain_loop(toy_table(1, missing=missing), recipe, sources)


@given(
    seed=st.integers(0, 10**6),
    missing=st.sampled_from([0.0, 0.3]),
    ties=st.booleans(),
    rule=st.builds(
        RankRule,
        decimals=st.sampled_from([0, 1, 2, 8, 10]),
        rounding=st.sampled_from(["half_even", "half_up"]),
        ties=st.sampled_from(["min", "max", "dense", "average", "ordinal"]),
    ),
    coverage=st.sampled_from([0.0, 0.5, 0.8]),
    sources=st.sampled_from(
        [
            [gt.weights_anywhere(flat=True)],
            [gt.weights_anywhere(at="index"), gt.weights_within(0.25)],
            [gt.one_of("normalise", gt.min_max, gt.percentile_rank), gt.weights_anywhere()],
            [gt.one_of("aggregate", gt.arithmetic_mean, FLOORED), gt.without_one_pillar()],
            [gt.one_of("aggregate", FLOORED, top_two_mean, at="p"), gt.weights_within(0.4, nodes=["p", "a"])],
            [gt.one_of("weights", gt.equal_weights, gt.given_weights), gt.weights_within(0.1, level=2)],
        ]
    ),
    joint=st.booleans(),
)
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
def test_draws_equal_a_plain_loop(seed, missing, ties, rule, coverage, sources, joint):
    table = toy_table(seed, missing=missing, ties=ties)
    recipe = Recipe(TREE, rank=rule, missing=gt.spread_weights(min_coverage=coverage))
    assert_same_as_the_plain_loop(table, recipe, sources, count=10, rng=seed, joint=joint)


def test_without_the_compiler_the_counts_are_the_same(monkeypatch):
    table = toy_table(3, units=300, framework=flat(3))
    study = make_study(table, Recipe(flat(3)), gt.weights_anywhere(), draws=2000, rng=1)
    monkeypatch.setattr(accumulators, "LARGE", 0)
    expected = run(study, RankCounts).counts
    for name in ("numba", "numba.core"):
        monkeypatch.setitem(sys.modules, name, None)
    rank_counts_numba.steps.cache_clear()
    rank_counts._can_compile.cache_clear()
    try:
        assert not rank_counts._can_compile()
        np.testing.assert_array_equal(run(study, RankCounts).counts, expected)
    finally:
        rank_counts_numba.steps.cache_clear()
        rank_counts._can_compile.cache_clear()


def test_several_samples_worked_on_together_still_equal_the_plain_loop(monkeypatch):
    for module in (study_module, engine):
        monkeypatch.setattr(module, "SAMPLE", 16)
    monkeypatch.setitem(globals(), "SAMPLE", 16)
    sources = [gt.without_one_indicator(), gt.one_of("aggregate", gt.arithmetic_mean, FLOORED)]
    assert_same_as_the_plain_loop(toy_table(3, units=4), Recipe(TREE), sources, count=150, rng=5)


def flat(indicators):
    return Framework([Node("index", ""), *(Node(f"i{number}", "index") for number in range(indicators))])


@pytest.mark.parametrize("units", [1, 2, 257, 300])
def test_any_number_of_units_and_identical_ones(units):
    framework = flat(3)
    table = toy_table(2, units=max(units, 2), framework=framework)
    if units <= 2:
        framework = Framework([replace(node, worst=0, best=100) if node.parent else node for node in framework.nodes])
    if units == 1:
        table = table.iloc[:1]
    else:
        table.iloc[-1] = table.iloc[0]
    ensemble, _ = assert_same_as_the_plain_loop(table, Recipe(framework), gt.weights_anywhere())
    if units > 1:
        assert ensemble.beats("u0", table.index[-1]) == 0
    else:
        assert ensemble.acceptability.to_numpy().tolist() == [[1.0]]


def test_a_unit_that_loses_its_index_in_some_draws_counts_in_the_others_only():
    table = toy_table(4)
    table.loc["u3", ["a", "b", "c"]] = np.nan
    recipe = Recipe(TREE, missing=gt.spread_weights(min_coverage=0.57))
    ensemble, ranks = assert_same_as_the_plain_loop(table, recipe, gt.without_one_indicator(), count=60)
    assert 0 < ensemble.ranked["u3"] < 1
    assert ensemble.ranked["u3"] == np.mean(~np.isnan(ranks[:, 3]))
    assert ensemble.acceptability.loc["u3"].sum() == pytest.approx(1)
    assert any("1 of 7 units are not ranked in some draws" in note for note in ensemble.notes)


def test_a_unit_without_an_index_has_no_probabilities():
    table = toy_table(4)
    table.loc["u3", ["a", "b", "c", "d"]] = np.nan
    ensemble = gt.uncertainty_analysis(table, Recipe(TREE), gt.weights_within(0.25), draws=50, rng=0)
    assert ensemble.ranked["u3"] == 0
    assert ensemble.acceptability.loc["u3"].isna().all()
    assert ensemble.intervals().loc["u3"].isna().all()
    assert ensemble.acceptability.drop("u3").sum(axis=1).tolist() == pytest.approx([1.0] * 6)


def everything():
    return [
        gt.one_of("normalise", gt.min_max, gt.percentile_rank),
        gt.one_of("aggregate", gt.arithmetic_mean, FLOORED),
        gt.weights_within(0.25),
        gt.without_one_indicator(),
    ]


@pytest.mark.parametrize("joint", [True, False])
def test_workers_and_cuts_change_no_number(joint):
    table = toy_table(5, units=9)
    study = make_study(table, Recipe(TREE), everything(), draws=5000, rng=7, joint=joint)
    expected = run(study, RankCounts, segments=1).counts
    assert expected.sum() == 9 * 5000
    for cuts in (2, 5):
        np.testing.assert_array_equal(run(study, RankCounts, segments=cuts).counts, expected)
    with ThreadPoolExecutor(3) as executor:
        np.testing.assert_array_equal(run(study, RankCounts, executor=executor).counts, expected)


@pytest.mark.slow
def test_processes_give_the_same_numbers_as_threads():
    study = make_study(toy_table(5), Recipe(TREE), everything(), draws=3000, rng=7)
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as executor:
        np.testing.assert_array_equal(
            run(study, RankCounts, executor=executor).counts, run(study, RankCounts, segments=1).counts
        )


@pytest.mark.slow
def test_a_dask_cluster_gives_the_same_numbers_as_threads():
    distributed = pytest.importorskip("distributed")
    study = make_study(toy_table(5), Recipe(TREE), everything(), draws=20_000, rng=7)
    with (
        distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster,
        distributed.Client(cluster) as client,
    ):
        counts = run(study, RankCounts, executor=client.get_executor()).counts
    np.testing.assert_array_equal(counts, run(study, RankCounts).counts)


def test_a_longer_run_begins_with_the_draws_of_a_shorter_one():
    table = toy_table(6)
    short, long = (
        make_study(table, Recipe(TREE), [gt.weights_anywhere(), gt.without_one_pillar()], draws=count, rng=3)
        for count in (700, 5000)
    )
    (_, few), (_, many) = next(short.settings(0)), next(long.settings(0))
    np.testing.assert_array_equal(few.weights[0], many.weights[0][:700])
    np.testing.assert_array_equal(few.choices, many.choices[:700])


def test_a_source_draws_the_same_whatever_stands_after_it():
    table = toy_table(6)
    one = make_study(table, Recipe(TREE), gt.weights_anywhere(), draws=9, rng=3)
    two = make_study(table, Recipe(TREE), [gt.weights_anywhere(), gt.without_one_pillar()], draws=9, rng=3)
    np.testing.assert_array_equal(next(one.settings(0))[1].weights[0], next(two.settings(0))[1].weights[0])


def test_the_same_seed_gives_the_same_numbers_and_seed_zero_is_one():
    table, source = toy_table(6), gt.weights_anywhere()

    def counts(rng):
        return gt.uncertainty_analysis(table, Recipe(TREE), source, draws=300, rng=rng).counts

    np.testing.assert_array_equal(counts(0), counts(0))
    assert (counts(0) != counts(1)).any()
    np.testing.assert_array_equal(counts(np.random.default_rng(5)), counts(np.random.default_rng(5)))
    generator = np.random.default_rng(5)
    assert (counts(generator) != counts(generator)).any()
    with pytest.raises(InputError, match=r"rng = None: expected a whole number of at least 0 or a numpy Generator"):
        counts(None)


def noisy_marks(table, spread=15.0, seed=0):
    rng = np.random.default_rng(seed)
    long = table.rename_axis("unit").reset_index().melt("unit", var_name="indicator", value_name="mark")
    parts = [
        long.assign(assessor=str(one), mark=long["mark"] + spread * rng.normal(size=len(long))) for one in range(2)
    ]
    return pd.concat(parts).reset_index(drop=True)


def halve_column_c(table, framework):
    return table.assign(c=table["c"] / 2) if "c" in table else table


@pytest.mark.parametrize("treat", [(), (halve_column_c,)])
@pytest.mark.parametrize("aggregate", [gt.arithmetic_mean, AGGREGATES[5], top_two_mean])
def test_disturbed_values_rank_as_the_disturbed_table_built_by_itself(treat, aggregate):
    table = toy_table(8, missing=0.15)
    recipe = Recipe(TREE, treat=treat, aggregate=aggregate, missing=gt.spread_weights(min_coverage=0.4))
    sources = [gt.marks_noise(noisy_marks(table)), gt.weights_within(0.3), gt.without_one_indicator()]
    study = make_study(table, recipe, sources, draws=12, rng=1)
    rows, settings = next(study.settings(0))
    expected = []
    for row in rows:
        code = study.options[2].labels[settings.choices[row, 0]]
        weights = recipe.framework.weights.to_dict()
        for node, factor in zip(study.drawn[1].nodes, settings.weights[0][row], strict=True):
            weights[node] *= factor
        own = replace(recipe, framework=TREE.with_weights(weights))
        own = own if code == "none" else own.without(code)
        expected.append(gt.build_index(study.disturbed(settings, row), own).ranks.to_numpy(dtype=float))
    np.testing.assert_array_equal(run(study, RankCounts).counts.T, counted(np.array(expected), study.ranks))
