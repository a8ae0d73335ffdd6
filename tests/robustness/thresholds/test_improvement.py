"""What it would take: against a fine walk through rebuilt indices, by hand, and at the edges."""

from functools import partial

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import govtransparency as gt
from govtransparency import Framework, InputError, Node, RankRule, Recipe, build_index
from govtransparency.data.indicator_columns import Scale
from govtransparency.robustness.thresholds.improvement import what_would_it_take

TREE = Framework(
    [
        Node("index", ""),
        Node("p", "index"),
        Node("a", "p", worst=0, best=10),
        Node("b", "p", weight=2, direction=-1, worst=20, best=0, unit="days"),
        Node("c", "index", worst=0, best=1, unit="yes/no"),
    ]
)
TABLE = pd.DataFrame({"a": [9.0, 5, 2], "b": [4.0, 10, 15], "c": [1.0, 0, 0]}, index=["x", "y", "z"])
RULES = [
    RankRule(),
    RankRule(decimals=0, rounding="half_up"),
    RankRule(decimals=1, ties="max"),
    RankRule(ties="ordinal"),
]
MEANS = [
    gt.arithmetic_mean,
    partial(gt.geometric_mean, floor=1.0),
    gt.by_level([gt.arithmetic_mean, partial(gt.power_mean, p=2.0)]),
]


def rank_with(table, recipe, unit, code, value):
    changed = table.astype(float).copy()
    changed.loc[unit, code] = value
    try:
        return build_index(changed, recipe).ranks[unit]
    except InputError:
        return np.inf


def test_a_value_that_leaves_a_column_without_range_does_not_stop_the_search():
    rows = [(0, 17, 1), (0, 18, 0), (0, 0, 1), (0, 13, 1), (6, 13, 1)]
    table = pd.DataFrame(rows, columns=list("abc"), index=[f"u{n}" for n in range(5)], dtype=float)
    recipe = Recipe(TREE, normalise=gt.z_score)
    found = what_would_it_take(build_index(table, recipe), "u1", 1)
    assert found["confirmed"].all() and not found.loc["c", "reachable"]


@pytest.mark.slow
@example(
    [(0, 17, 1), (1, 12, 1), (2, 10, 0), (7, 12, 1), (8, 6, 0)], gt.arithmetic_mean, RULES[2], gt.z_score
)  # ties by chance on a short stretch before
@settings(max_examples=20, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 10), st.integers(0, 20), st.integers(0, 1)), min_size=3, max_size=5),
    st.sampled_from(MEANS),
    st.sampled_from(RULES),
    st.sampled_from([gt.min_max, gt.z_score, gt.percentile_rank]),
)
def test_the_least_gain_against_a_walk_through_rebuilt_indices(rows, mean, rule, normaliser):
    table = pd.DataFrame(rows, columns=list("abc"), index=[f"u{n}" for n in range(len(rows))], dtype=float)
    if (table.nunique() < 2).any() or (normaliser is gt.z_score and mean is not gt.arithmetic_mean):
        return
    recipe = Recipe(TREE, aggregate=mean, rank=rule, normalise=normaliser)
    index = build_index(table, recipe)
    unit = index.ranks.index[int(np.argmax(index.ranks.to_numpy()))]
    target = max(1, int(index.ranks[unit]) - 1)
    found = what_would_it_take(index, unit, target)
    assert found["confirmed"].all()
    for code in ("a", "b"):
        row = found.loc[code]
        walk = np.linspace(row["value"], row["limit"], 41)
        reached = [value for value in walk if rank_with(table, recipe, unit, code, value) <= target]
        assert row["reachable"] or len(reached) < (1 if normaliser is gt.min_max else 3)
        if row["reachable"] and row["gain"] != 0:
            assert rank_with(table, recipe, unit, code, row["needed"]) <= target
            if (
                reached
            ):  # the walk reaches nowhere sooner; where gains may cost places, not by more than the search steps
                step = 0 if normaliser is gt.min_max else abs(row["limit"] - row["value"]) / 32
                assert abs(row["gain"]) <= abs(reached[0] - row["value"]) + step + 1e-9


def test_by_hand_in_raw_units_and_by_direction():
    found = what_would_it_take(build_index(TABLE, Recipe(TREE)), "z", 2)
    # y has (50 + 2 * 50) / 3 = 50 on p, z has (20 + 2 * 25) / 3: 80 points short of 3 * 50, on a or twice over on b
    assert found.loc["a", ["needed", "gain", "limit"]].tolist() == pytest.approx([10.0, 8.0, 10.0])
    assert found.loc["b", ["needed", "gain", "share"]].tolist() == pytest.approx([7.0, -8.0, 8 / 15])
    assert found.loc["c", "needed"] == pytest.approx((50 - 70 / 3) / 100)
    assert found["reachable"].all() and found["confirmed"].all()


def test_what_cannot_be_reached_alone_is_an_answer():
    found = what_would_it_take(build_index(TABLE, Recipe(TREE)), "z", 1)
    assert found["reachable"].tolist() == [False, False, False]
    assert found["needed"].isna().all() and found["confirmed"].all()
    assert found.loc["a", "rank"] == 2


def test_steps_are_the_values_there_are():
    index = build_index(TABLE, Recipe(TREE))
    found = what_would_it_take(
        index, "z", 2, steps={"yes/no": [0, 1], "days": Scale(low=0, integer=True), "a": [0, 5, 9]}
    )
    assert found.loc["c", "needed"] == 1
    assert found.loc["b", "needed"] == 7
    assert not found.loc["a", "reachable"] and found.loc["a", "limit"] == 9


def test_a_missing_value_starts_from_the_worst_end():
    table = TABLE.copy()
    table.loc["z", "c"] = np.nan
    index = build_index(table, Recipe(TREE, missing=gt.spread_weights(min_coverage=0.5)))
    found = what_would_it_take(index, "z", 2)
    assert np.isnan(found.loc["c", "value"]) and np.isnan(found.loc["c", "gain"])
    assert found.loc["c", "needed"] == pytest.approx((50 - 70 / 3) / 100)
    assert found["confirmed"].all()


def test_already_there_nothing_is_needed():
    found = what_would_it_take(build_index(TABLE, Recipe(TREE)), "x", 2)
    assert found["gain"].tolist() == [0, 0, 0] and found["reachable"].all()


def test_without_goalposts_the_best_value_observed_is_the_limit():
    tree = Framework([Node("index", ""), Node("a", "index"), Node("b", "index", direction=-1)])
    index = build_index(TABLE, Recipe(tree))
    found = what_would_it_take(index, "z", 2)
    assert found["limit"].tolist() == [9, 4] and found["confirmed"].all()


def test_a_treatment_is_run_again():
    index = build_index(TABLE, Recipe(TREE, treat=(halve,)))
    found = what_would_it_take(index, "z", 2)
    assert found["confirmed"].all()
    assert rank_with(TABLE, index.recipe, "z", "b", found.loc["b", "needed"]) <= 2


def halve(table, framework):
    return table.assign(a=table["a"] / 2)


def test_bad_questions_are_answered_with_every_problem():
    index = build_index(TABLE, Recipe(TREE))
    with pytest.raises(InputError) as refused:
        what_would_it_take(index, "w", 9, steps={"dayz": [1]})
    text = str(refused.value)
    assert "unit: unknown unit 'w'" in text and "rank = 9: expected a whole number from 1 to 3" in text
    assert "steps: 'dayz' is neither an indicator nor a unit of measurement; did you mean 'days'?" in text
    assert "steps：“dayz”既不是指标，也不是计量单位；是否应为“days”？" in refused.value.in_language("zh")
