"""The kernel of the draws: the same ranks as building every index by itself, whatever the recipe and the workers."""

from dataclasses import replace
from functools import partial

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import govtransparency as gt
from govtransparency import Framework, Node, RankRule, Recipe
from govtransparency.robustness.kernel import count, rank_rows, rank_values
from govtransparency.robustness.sources import leave_out

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
    for sample in range(-(-study.draws // 1024)):
        for numbers, drawn in study.settings(sample):
            for position, number in enumerate(numbers):
                recipe = study.recipe
                removed = None
                for column, (source, options) in enumerate(study.options.items()):
                    option = drawn.choices[position, column]
                    if option < 0:
                        continue
                    if study.sources[source].last:
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
                recipe = recipe if removed is None else leave_out(recipe, removed)
                rows[number] = gt.build_index(study.table, recipe).ranks.to_numpy(dtype=float)
    return np.array([rows[number] for number in range(study.draws)])


def counted(ranks, values):
    return (ranks[:, :, None] == values).sum(axis=0)


def assert_same_as_the_plain_loop(table, recipe, sources, draws=40, rng=0, joint=True):
    ensemble = gt.uncertainty_analysis(table, recipe, sources, draws=draws, rng=rng, joint=joint)
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
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
def test_draws_equal_a_plain_loop(seed, missing, ties, rule, coverage, sources, joint):
    table = toy_table(seed, missing=missing, ties=ties)
    recipe = Recipe(TREE, rank=rule, missing=gt.spread_weights(min_coverage=coverage))
    assert_same_as_the_plain_loop(table, recipe, sources, draws=12, rng=seed, joint=joint)


@given(
    seed=st.integers(0, 10**6),
    units=st.sampled_from([1, 2, 5, 40, 300]),
    grid=st.sampled_from([0.005, 0.5, 1e-3]),
    rule=st.builds(
        RankRule,
        decimals=st.sampled_from([0, 1, 2, 6, 10, 14]),
        rounding=st.sampled_from(["half_even", "half_up"]),
        ties=st.sampled_from(["min", "max", "dense", "average", "ordinal"]),
    ),
    shift=st.sampled_from([0.0, -7.0]),
)
@settings(max_examples=60, deadline=None, derandomize=True)
def test_rows_are_ranked_as_one_ranking_is_ties_and_halves_included(seed, units, grid, rule, shift):
    """Scores on a coarse grid tie and fall on halves; some are a rounding error off."""
    rng = np.random.default_rng(seed)
    scores = np.round(rng.uniform(0, 10, (6, units)) / grid) * grid + shift
    scores[3:] += rng.choice([0.0, 2e-11, 1e-10, -1e-10], scores[3:].shape)
    expected = np.array([gt.rank(pd.Series(row), rule) for row in scores], dtype=float)
    values = rank_values(units, rule)
    np.testing.assert_array_equal(values[rank_rows(scores, rule)], expected)
    counts = np.zeros((len(values), units), dtype=np.int64)
    count(scores, rule, counts)
    np.testing.assert_array_equal(counts.T, counted(expected, values))
    count(scores, rule, counts, times=3)
    np.testing.assert_array_equal(counts.T, 4 * counted(expected, values))
