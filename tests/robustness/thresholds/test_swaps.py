"""Exact thresholds: against brute force, by hand, and recomputed on both sides."""

import itertools
from dataclasses import replace
from functools import partial

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import govtransparency as gt
from govtransparency import Framework, InputError, Node, Recipe, build_index
from govtransparency.robustness.thresholds.nearest_weights import nearest_weights
from govtransparency.robustness.thresholds.rescore import rescore
from govtransparency.robustness.thresholds.swaps import pairwise_swaps, weight_to_swap
from govtransparency.robustness.thresholds.weight_space import weight_space
from govtransparency.robustness.thresholds.weight_stability import weight_stability
from tests.examples import MEANS, OPEN, cases, made

TREE = Framework(
    [
        Node("index", ""),
        Node("p", "index", weight=2),
        Node("q", "index", weight=1),
        Node("r", "index", weight=3),
        *(Node(code, parent, weight=w, worst=0, best=10) for code, parent, w in (
            ("a", "p", 1), ("b", "p", 3), ("c", "q", 1), ("d", "q", 1), ("e", "r", 2), ("f", "r", 1))),
    ]
)  # fmt: skip


def along(space, child, t):
    weights = space.nominal * (1 - t) / (1 - space.nominal[child])
    weights[child] = t
    return weights


@settings(max_examples=40, deadline=None)
@given(cases(holes=True), st.sampled_from(MEANS))
def test_one_weight_against_a_fine_walk(case, mean):
    index = made(*case, aggregate=mean)
    space = weight_space(index)
    values, step = space.values(), 0.002
    grid = np.arange(step / 2, 1, step)
    walk = np.array([along(space, child, t) for child in range(len(space.children)) for t in grid])
    present = ~np.isnan(space.terms)
    walked = (walk @ np.where(present, space.terms, 0.0).T) / (walk @ present.T)
    change = np.abs(grid[None] - space.nominal[:, None]).ravel()
    for a, b in itertools.combinations(range(len(space.units)), 2):
        if abs(values[a] - values[b]) < 1e-6 * space.scale:
            continue
        swap = weight_to_swap(index, space.units[a], space.units[b])
        assert swap.confirmed == swap.feasible
        above, below = space.place(swap.above), space.place(swap.below)
        nearest = change[walked[:, below] - walked[:, above] > 1e-9 * space.scale].min(initial=np.inf)
        assert swap.feasible or np.isinf(nearest)
        if swap.feasible:  # a walk in steps never finds less than the exact least change, nor much more
            assert swap.distance <= nearest + 1e-9
            seen = step < swap.weights[swap.weight] < 1 - step  # the walk has points on both sides of it
            assert not seen or swap.distance >= nearest - 1.001 * step


@settings(max_examples=15, deadline=None)
@given(cases(units=(2, 4), children=(2, 5)), st.sampled_from(MEANS))
def test_all_weights_in_every_norm_beat_random_weights_that_swap(case, mean):
    index = made(*case, aggregate=mean)
    space = weight_space(index)
    values = space.values()
    draws = np.random.default_rng(0).dirichlet(np.ones(len(space.children)), 300)
    draws = np.vstack([draws, np.eye(len(space.children)), space.nominal + 0.1 * (draws - space.nominal)])
    for a, b in itertools.combinations(range(len(space.units)), 2):
        if abs(values[a] - values[b]) < 1e-6 * space.scale:
            continue
        for norm, order in (("l1", 1), ("l2", 2), ("linf", np.inf)):
            swap = weight_to_swap(index, space.units[a], space.units[b], norm)
            lead = draws @ (space.terms[space.place(swap.above)] - space.terms[space.place(swap.below)])
            swapped = draws[lead < -1e-7 * space.scale]
            assert swap.feasible or not len(swapped)
            if swap.feasible:
                assert swap.confirmed
                assert swap.weights.min() >= 0 and swap.weights.sum() == pytest.approx(1)
                assert swap.distance == pytest.approx(np.linalg.norm(swap.weights - swap.nominal, order))
                distances = np.linalg.norm(swapped - space.nominal, order, axis=1)
                assert (distances >= swap.distance - 1e-8).all()


def greedy(nominal, ahead):
    """Move weight from where the upper unit leads most to where it leads least: the L1 optimum of one pair."""
    lead, least, moved = float(nominal @ ahead), int(np.argmin(ahead)), 0.0
    for child in np.argsort(-ahead):
        gain = ahead[child] - ahead[least]
        if gain <= 0 or lead <= 0:
            break
        part = min(nominal[child], lead / gain)
        moved, lead = moved + part, lead - part * gain
    return 2 * moved


def unbounded(nominal, ahead):
    """Return the projection on the weights that tie the pair, when no weight would turn negative."""
    centred = ahead - ahead.mean()
    return nominal - (nominal @ ahead) * centred / (centred @ centred)


def test_the_linear_programme_and_the_projection_have_their_closed_forms():
    rng = np.random.default_rng(3)
    for _ in range(60):
        m = rng.integers(2, 9)
        nominal, ahead = rng.dirichlet(np.ones(m)), rng.normal(size=m)
        ahead = ahead if nominal @ ahead > 0 else -ahead
        if ahead.min() >= 0:
            continue
        found = nearest_weights(nominal, -ahead[None], norm="l1")
        assert np.abs(found - nominal).sum() == pytest.approx(greedy(nominal, ahead), rel=1e-8)
        if (unbounded(nominal, ahead) >= 0).all():
            found = nearest_weights(nominal, -ahead[None], norm="l2")
            assert found == pytest.approx(unbounded(nominal, ahead), abs=1e-11)


def test_a_tiny_gap_is_not_lost_in_a_solver_s_tolerance():
    nominal, ahead = np.array([0.4, 0.3, 0.3]), np.array([1.0, -1.0, -1.0 / 3 + 1e-9])
    assert 0 < nominal @ ahead < 1e-9
    for norm in ("l1", "l2", "linf"):
        found = nearest_weights(nominal, -ahead[None], norm=norm)
        assert abs(found @ ahead) < 1e-15


@settings(max_examples=40, deadline=None)
@given(cases(holes=True, units=(2, 6)), st.sampled_from(["first", 2, "order"]))
def test_stability_intervals_against_a_walk_from_the_nominal_weight(case, keep):
    index = made(*case)
    space = weight_space(index)
    values, noise = space.values(), 1e-9 * space.scale
    order = np.argsort(-values)
    edge = values[order[{"first": 0, 2: 1, "order": 0}[keep]]]
    kept = [
        (a, b)
        for a, b in itertools.permutations(range(len(values)), 2)
        if values[a] - values[b] > noise
        and (keep == "order" or (values[a] >= edge - noise and values[b] < edge - noise))
    ]
    table = weight_stability(index, keep)
    assert table["confirmed"].all()
    for child in range(len(space.children)):
        low, high = table[["low", "high"]].iloc[child]
        assert low <= space.nominal[child] <= high
        for t in np.linspace(low, high, 9)[1:-1]:
            score = space.scores(along(space, child, t)).to_numpy()
            assert all(score[a] - score[b] > -1e-7 for a, b in kept)


def test_all_pairs_agree_with_one_pair():
    index = made(np.random.default_rng(2).integers(0, 11, (7, 4)), [4, 3, 2, 1])
    table = pairwise_swaps(index)
    assert len(table) == 21
    for row in table.itertuples():
        swap = weight_to_swap(index, row.below, row.above)
        assert (swap.feasible, swap.confirmed) == (row.feasible, row.confirmed)
        if row.feasible:
            assert swap.distance == pytest.approx(abs(row.change), abs=1e-12)
            assert {swap.above, swap.below} == {row.above, row.below}


def test_a_lead_everywhere_cannot_be_overturned():
    index = made([[5, 5], [4, 5], [1, 2]], [1, 1])
    for norm in ("one", "l1", "l2", "linf"):
        swap = weight_to_swap(index, "u0", "u1", norm)  # equal on i1: a tie can be reached, but not passed
        assert (swap.feasible, swap.weights, np.isnan(swap.distance)) == (False, None, True)
    assert weight_stability(index)[["low", "high"]].to_numpy().tolist() == [[0, 1], [0, 1]]


def test_tied_units_swap_at_once():
    index = made([[8, 2], [2, 8], [0, 1]], [1, 1])
    for norm in ("one", "l1", "l2", "linf"):
        swap = weight_to_swap(index, "u0", "u1", norm)
        assert (swap.feasible, swap.distance, swap.confirmed) == (True, 0.0, True)
    assert not weight_to_swap(made([[8, 2], [8, 2]], [1, 1]), "u0", "u1").feasible
    assert weight_stability(index, "order")["confirmed"].all()


def test_one_unit_and_one_indicator():
    assert weight_stability(made([[5, 4]], [1, 2]))[["low", "high"]].to_numpy().tolist() == [[0, 1], [0, 1]]
    assert pairwise_swaps(made([[5, 4]], [1, 2])).empty
    single = made([[5], [4]], [1])
    assert not weight_to_swap(single, "u0", "u1").feasible
    assert not weight_to_swap(single, "u0", "u1", "l2").feasible
    assert weight_stability(single, "order")[["low", "high"]].to_numpy().tolist() == [[0, 1]]


def test_a_missing_child_is_exact_for_one_weight_and_refused_for_all():
    index = made([[9, np.nan, 2], [5, 7, 5], [1, 1, 1]], [2, 1, 2])
    swap = weight_to_swap(index, "u1", "u0")
    assert swap.confirmed
    scores = rescore(index, swap.weights).scores
    assert scores["u0"] == pytest.approx(scores["u1"], abs=1e-10)
    with pytest.raises(InputError, match=r"unit 'u0' lacks 'i1', which others have: the scores do not compare"):
        weight_to_swap(index, "u1", "u0", "l1")


@pytest.mark.parametrize("mean", MEANS)
@pytest.mark.parametrize("node", ["index", "p", "r", None])
def test_thresholds_at_any_node_hold_in_the_rebuilt_index(mean, node):
    rng = np.random.default_rng(5)
    table = pd.DataFrame(rng.integers(0, 21, (8, 6)) / 2, columns=list("abcdef"), index=[f"u{n}" for n in range(8)])
    recipe = Recipe(TREE, aggregate=mean)
    index = build_index(table, recipe)
    space, seen = weight_space(index, node), 0
    for row in pairwise_swaps(index, node=node).query("feasible").itertuples():
        swap = weight_to_swap(index, row.above, row.below, node=node)
        mapping = space.mapping(swap.weights.to_numpy())
        rebuilt = build_index(table, replace(recipe, framework=TREE.with_weights(mapping))).scores["index"]
        assert rebuilt[row.above] == pytest.approx(rebuilt[row.below], rel=1e-9)
        seen += 1
    assert seen


def test_a_missing_indicator_elsewhere_leaves_a_node_s_thresholds_exact():
    rng = np.random.default_rng(6)
    table = pd.DataFrame(rng.integers(0, 21, (6, 6)) / 2, columns=list("abcdef"), index=[f"u{n}" for n in range(6)])
    table.loc["u0", ["c", "d"]] = np.nan  # lacks the whole pillar q
    table.loc["u1", "e"] = np.nan
    index = build_index(table, Recipe(TREE, missing=OPEN))
    assert weight_stability(index, "order", node="p")["confirmed"].all()
    assert pairwise_swaps(index, node="p").query("feasible")["confirmed"].all()
    with pytest.raises(InputError, match="unit 'u1' lacks 'e': the weight is spread within a pillar") as refused:
        weight_to_swap(index, "u1", "u2", node=None)
    assert refused.value.texts[0].zh.startswith("被评单位“u1”缺“e”：其权重在上级指标之内分摊")


def test_what_has_no_exact_threshold_is_refused_in_a_sentence():
    table = pd.DataFrame({"a": [1.0, 2], "b": [3.0, 1], "c": [1.0, 9], "d": [2.0, 3], "e": [4.0, 1], "f": [5.0, 5]})
    mixed = gt.by_node({"index": partial(gt.geometric_mean, floor=1.0)}, otherwise=gt.arithmetic_mean)
    index = build_index(table, Recipe(TREE, aggregate=mixed))
    assert weight_stability(index)["confirmed"].all()  # the index's own weights are exact
    with pytest.raises(InputError, match=r"'index' is aggregated by geometric_mean\(floor=1.0\) but 'p' by arithmetic"):
        weight_stability(index, node="p")
    other = build_index(table, Recipe(TREE, aggregate=gt.by_node({"index": _least}, otherwise=gt.arithmetic_mean)))
    with pytest.raises(InputError, match=r"'index' is aggregated by _least, which is not a mean of transformed scores"):
        weight_to_swap(other, 0, 1)
    good = build_index(table, Recipe(TREE))
    with pytest.raises(
        InputError, match=r"node = 'a' has no children whose weights could change; .*valid: p, q, r, index"
    ):
        weight_stability(good, node="a")
    with pytest.raises(InputError, match="keep = 'last': expected 'first', 'order' or a whole number from 1 to 2"):
        weight_stability(good, "last")
    with pytest.raises(InputError, match="norm = 'l3' is unknown; valid: one, l1, l2, linf"):
        weight_to_swap(good, 0, 1, "l3")
    with pytest.raises(InputError, match="b: unknown unit 7"):
        weight_to_swap(good, 0, 7)
    with pytest.raises(InputError, match="a and b are the same unit 0"):
        weight_to_swap(good, 0, 0)


def _least(scores, weights):
    return scores.min(axis=1)


def test_triantaphyllou_and_sanchez_name_the_same_weights():
    index = made([[9, 2, 5], [4, 8, 4]], [5, 2, 3])
    each = weight_to_swap(index, "u0", "u1").each
    for child, row in each.query("feasible").iterrows():
        raw = pd.Series([0.5, 0.2, 0.3], index=each.index)
        raw[child] += row["alone"]
        assert raw[child] / raw.sum() == pytest.approx(row["threshold"])
        assert row["relative"] == pytest.approx(row["alone"] / row["weight"])
