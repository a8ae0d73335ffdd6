"""Whether a rank survives, against building the index again for each draw, indicator, method and weight."""

from dataclasses import replace
from functools import partial

import numpy as np
import pandas as pd
import pytest

import govtransparency as gt
from govtransparency import Framework, InputError, Node, Recipe, build_index
from govtransparency.questions.lost_rank import changes_that_lose_the_rank
from govtransparency.questions.survives import survives
from tests.conftest import write_toy

UNITS = list("ABCDEFG")


def some_index(seed):
    """Return an index of a random tree of two or three levels, without gaps, or with some in the flat ones."""
    rng = np.random.default_rng(seed)
    pillars = int(rng.integers(4))
    nodes = [Node("index", ""), *(Node(f"p{at}", "index", weight=float(rng.integers(1, 5))) for at in range(pillars))]
    codes = [f"i{at}" for at in range(int(rng.integers(max(2, pillars), 7)))]
    for at, code in enumerate(codes):
        parent = f"p{at % pillars}" if pillars else "index"
        nodes.append(Node(code, parent, weight=float(rng.integers(1, 5)), worst=0, best=100))
    table = pd.DataFrame(rng.integers(1, 100, (len(UNITS), len(codes))).astype(float), index=UNITS, columns=codes)
    if not pillars and seed % 2:
        table = table.mask(rng.random(table.shape) < 0.1)
    mean = [gt.arithmetic_mean, gt.geometric_mean][seed % 2]
    rule = gt.RankRule(decimals=int(rng.integers(1, 4)), ties=["min", "max", "average"][seed % 3])
    return build_index(
        table, Recipe(Framework(nodes), aggregate=mean, rank=rule, missing=gt.spread_weights(min_coverage=0))
    )


def ahead_of(index, unit, node, child, weights):
    """Return how many units are ahead of the unit where one child of a node has each of the weights among siblings."""
    scoring = index.scoring
    shares = index.recipe.framework.sibling_weights[node]
    matrix = np.tile(scoring.weights, (len(weights), 1))
    for code, share in shares.items():
        rest = (1 - weights) * share / (1 - shares[child])
        matrix[:, scoring.column[code]] = weights if code == child else rest
    scores = pd.DataFrame(scoring.score(matrix), columns=index.scores.index[scoring.ranked])
    return (scores.gt(scores[unit] + 1e-9, axis=0)).sum(axis=1).to_numpy()


@pytest.mark.parametrize("seed", range(50))
def test_the_card_is_that_of_brute_force(seed):
    index = some_index(seed)
    unit = index.ranks.dropna().index[seed % 3]
    sources = [gt.weights_within(0.5), gt.without_one_indicator()]
    cells = index.not_applicable
    ensemble = gt.uncertainty_analysis(index.raw, index.recipe, sources, draws=6, rng=seed, not_applicable=cells)
    k = None if seed % 2 else min(3, int(index.ranks.notna().sum()))
    card = survives(index, unit, k=k, ensemble=ensemble)
    assert card.k == (k or int(np.ceil(index.ranks[unit])))
    # the draws
    drawn = pd.Series([build_index(ensemble.table_of(n), ensemble.recipe_of(n)).ranks[unit] for n in range(6)])
    drawn = drawn.dropna()
    shares = drawn.value_counts(normalize=True).reindex(card.shares.index, fill_value=0.0)
    np.testing.assert_allclose(card.shares["share"], shares, atol=1e-12)
    np.testing.assert_allclose(
        card.shares["at_most"], [(drawn <= rank).mean() for rank in card.shares.index], atol=1e-12
    )
    assert card.share == pytest.approx((drawn <= card.k).mean(), abs=1e-12)
    # each indicator out, other methods, rounding
    for code, found in card.indicators["rank"].items():
        rank = build_index(index.raw, index.recipe.without(code)).ranks[unit]
        assert found == rank or (np.isnan(found) and np.isnan(rank))
    for decimals, found in card.rounding["rank"].items():
        rule = replace(index.recipe.rank, decimals=decimals)
        ranks = gt.rank(index.scores["index"], rule)
        assert found == ranks[unit]
        level = [other for other in UNITS if ranks[other] == ranks[unit] and index.ranks[other] > index.ranks[unit]]
        kept = found <= card.k and not (level and (ranks <= found).sum() > card.k)
        assert card.rounding.at[decimals, "kept"] == kept
    # the nearest change of a weight
    if card.rank > card.k:
        assert card.changes.empty
        return
    if index.raw.isna().any(axis=None):
        return
    kept = max(card.k, 1 + int((index.scores["index"] > index.scores.at[unit, "index"]).sum()))
    nearest = {}
    for node, shares in index.recipe.framework.sibling_weights.items():
        for child in shares.index if len(shares) > 1 else ():
            weights = np.linspace(0, 1, 401)
            lost = weights[ahead_of(index, unit, node, child, weights) >= kept]
            nearest[node, child] = np.abs(lost - shares[child]).min(initial=np.inf)
    changes = card.changes.set_index(["node", "child"])["change"].abs()
    for pair, distance in nearest.items():
        assert changes.get(pair, np.inf) <= distance
        if pair in changes and distance - changes[pair] > 1 / 400:  # the rank is lost for less than a step of the grid
            row = card.changes.set_index(["node", "child"]).loc[pair]
            just = row["threshold"] + np.sign(row["change"]) * np.array([1e-7])
            assert ahead_of(index, unit, *pair, just)[0] >= kept
    assert card.changes["confirmed"].all()


def test_the_usual_choices_vary_by_default_and_other_methods_are_tried_one_at_a_time():
    index = some_index(4)
    card = survives(index, "C", draws=40, rng=7)
    assert card.ensemble.sources == ("weights +-25%", "normalise", "aggregate at 'index'", "left-out indicator")
    drawn = [build_index(card.ensemble.table_of(n), card.ensemble.recipe_of(n)).ranks["C"] for n in range(40)]
    assert card.share == np.mean(np.array(drawn) <= card.k)
    assert (card.low, card.high) == tuple(card.ensemble.intervals(0.9).loc["C", ["low", "high"]])
    for step, method in (("normalise", gt.z_score), ("aggregate", gt.geometric_mean)):
        alone = survives(index, "C", ensemble=card.ensemble, methods={step: [method]})
        other = build_index(index.raw, replace(index.recipe, **{step: method})) if step == "normalise" else None
        if other is not None:
            assert alone.methods["rank"].tolist() == [other.ranks["C"]]
            assert alone.methods["kept"].tolist() == [other.ranks["C"] <= card.k]
        else:
            assert alone.refused_methods["reason_en"].str.contains("not positive").all()


def test_a_weighter_is_tried_on_the_framework():
    index = some_index(6)
    card = survives(index, "B", draws=20, methods={"weight": [gt.equal_weights]})
    equal = replace(index.recipe, framework=gt.equal_weights(index.recipe.framework))
    assert card.methods["rank"].tolist() == [build_index(index.raw, equal).ranks["B"]]
    assert card.methods["method_en"].tolist() == ["equal weights at each level"]


def test_methods_with_options_weights_of_data_and_methods_that_cannot_be_used():
    index = some_index(6)
    methods = {
        "weight": [gt.sd_weights, partial(gt.sd_weights, at="nowhere")],
        "aggregate": [partial(gt.power_mean, p=0.5)],
    }
    card = survives(index, "B", draws=20, methods=methods)
    by_data = replace(index.recipe, framework=gt.sd_weights(index.recipe.framework, index.table))
    by_power = replace(index.recipe, aggregate=methods["aggregate"][0])
    ranks = [build_index(index.raw, recipe).ranks["B"] for recipe in (by_data, by_power)]
    assert card.methods["rank"].tolist() == ranks
    assert card.methods["method_en"].tolist()[1] == "power_mean(p=0.5)"
    assert len(card.refused_methods) == 1 and card.refused_methods["reason_zh"][0]


def test_errors_give_the_set_of_the_unit_alone():
    index = some_index(8)
    errors = pd.Series(3.0, index=UNITS)
    card = survives(index, "D", draws=20, errors=errors, level=0.8)
    sets = gt.rank_confidence_sets(index.scores["index"], errors, level=0.8, simultaneous=False)
    assert card.errors.tolist() == sets.loc["D", ["low", "high"]].tolist()
    assert "with 80% confidence" in card.text.en


TREE = Framework([Node("index", ""), *(Node(code, "index", worst=0, best=10) for code in "ab")])
TABLE = pd.DataFrame({"a": [9.0, 5, 2], "b": [4.0, 6, 3]}, index=list("XYZ"))


def test_the_card_in_words():
    index = build_index(TABLE, Recipe(TREE))
    ensemble = gt.uncertainty_analysis(TABLE, index.recipe, gt.weights_within(0.25), draws=100, rng=1)
    card = survives(index, "X", ensemble=ensemble, methods={})
    assert card.text.en == (
        "X ranks 1 of 3. In 100% of 100 draws it ranks 1 or better; in 90% of them it ranks 1 to 1. It ranks "
        "1 or better with one indicator left out in 1 of 2 cases; with other decimals (and no tie with units "
        "behind that goes beyond it) in 4 of 4 cases. The smallest change of a weight that loses the rank: b "
        "from 0.5 to 0.667 among its siblings, where Y would pass it."
    )
    assert card.text.zh.endswith("所需调整最小的权重：“b”在同级中的权重由0.5变为0.667时，Y即超过它。")
    assert card.nearest["confirmed"]
    last = survives(index, "Z", ensemble=ensemble, methods={})
    assert last.nearest is None and last.text.en.endswith("No change of a single weight loses the rank.")


def test_nothing_can_vary_with_one_indicator_and_no_other_method():
    tree = Framework([Node("index", ""), Node("a", "index")])
    index = build_index(pd.DataFrame({"a": [1.0, 1.0, 3.0]}, index=list("XYZ")), Recipe(tree, normalise=gt.rank_score))
    card = survives(index, "X", draws=10, methods={})
    assert card.rank == 2.0
    assert card.ensemble is None or card.share >= 0
    assert card.changes.empty


def test_what_has_no_exact_threshold_is_named_with_the_reason():
    index = build_index(TABLE, Recipe(TREE, aggregate=gt.median))
    changes, refused = changes_that_lose_the_rank(index, "X", 1)
    assert changes.empty and list(refused) == ["index"] and "median" in refused["index"].en


def test_a_rank_that_the_unit_does_not_hold_cannot_be_lost():
    card = survives(build_index(TABLE, Recipe(TREE)), "Y", k=1, draws=20, methods={})
    assert card.rank == 2 and card.changes.empty
    assert card.text.en.endswith(
        "It does not hold rank 1 now, so no change of a weight that would lose it was looked for."
    )
    assert "It ranks 1 or better with one indicator left out in 1 of 2 cases; with other decimals" in card.text.en


def test_rounding_that_ties_the_unit_with_one_behind_loses_the_rank():
    table = pd.DataFrame({"a": [9.04, 9.01, 2], "b": [4.0, 4, 3]}, index=list("XYZ"))
    index = build_index(table, Recipe(TREE))
    assert index.scores["index"].round(2).tolist() == [65.2, 65.05, 25.0]
    assert survives(index, "X", draws=20, methods={}).rounding["kept"].to_dict() == {
        0: False,
        1: True,
        2: True,
        3: True,
    }
    assert survives(index, "X", k=2, draws=20, methods={}).rounding["kept"].all()


def test_a_trial_in_which_the_unit_has_no_rank_is_not_counted():
    table = pd.DataFrame({"a": [9.0, 5, 2], "b": [np.nan, 6, 3]}, index=list("XYZ"))
    index = build_index(table, Recipe(TREE, missing=gt.spread_weights(min_coverage=0.4)))
    card = survives(index, "X", draws=20, methods={})
    assert card.indicators["kept"].tolist() == [None, True]
    assert "or better with one indicator left out in 1 of 1 cases;" in card.text.en
    assert "In 1 more cases it has no rank; these are not counted: without a." in card.text.en


def test_nodes_that_were_not_examined_are_said():
    tree = Framework(
        [
            Node("index", ""),
            *(Node(p, "index") for p in "pq"),
            *(Node(c, p, worst=0, best=10) for c, p in ("ap", "bp", "cq")),
        ]
    )
    table = pd.DataFrame({"a": [9.0, 5, 2], "b": [4.0, 6, 3], "c": [5.0, 6, 1]}, index=list("XYZ"))
    recipe = Recipe(tree, aggregate=gt.by_node({"p": gt.median}, otherwise=gt.arithmetic_mean))
    card = survives(build_index(table, recipe), "X", draws=20, methods={})
    assert list(card.no_threshold) == ["p"]
    assert card.text.en.endswith("The weights under these nodes could not be examined: p.")


def test_an_edition_gives_names_and_the_status(tmp_path):
    edition = gt.read_edition("toy", 2024, root=write_toy(tmp_path))
    card = survives(edition.index_of("city"), "u2", draws=20, editions=edition)
    assert card.text.en.startswith("In this simulation: Toy city 2 ranks 2 of 6.")
    assert card.text.en.endswith("(simulated figures, not real results)")
    assert card.status == ("simulated",)


def test_wrong_arguments_are_listed_in_one_error():
    index = build_index(TABLE, Recipe(TREE))
    with pytest.raises(InputError) as caught:
        survives(index, "W", k=4, level=2, draws=0, rng=-1, ensemble=3, methods=[])
    assert caught.value.problems == (
        "unit: unknown unit 'W'; valid: X, Y, Z",
        "k = 4: expected a whole number from 1 to 3",
        "ensemble = 3: expected a value of type Ensemble, such as gt.uncertainty_analysis(table, recipe, ...)",
        "methods = []: expected a mapping",
        "level = 2: expected a level of confidence between 0 and 1, such as 0.95",
        "draws = 0: expected a whole number of at least 1",
        "rng = -1: expected a whole number of at least 0 or a numpy Generator",
    )
    with pytest.raises(InputError) as caught:
        survives(index, "X", methods={"normalize": [gt.z_score], "weight": "equal"})
    assert caught.value.problems == (
        "methods = 'normalize' is unknown; did you mean 'normalise'? valid: normalise, aggregate, weight",
        "methods['weight'] = 'equal': expected a list of methods",
    )
    other = gt.uncertainty_analysis(TABLE.drop("X"), index.recipe, gt.weights_within(0.25), draws=5, rng=1)
    with pytest.raises(InputError, match="the ensemble is without unit 'X'"):
        survives(index, "X", ensemble=other)


def test_a_generator_of_random_numbers_is_taken_as_its_next_seed():
    index = some_index(1)
    unit = index.ranks.idxmin()
    seed = int(np.random.default_rng(5).integers(0, 2**63))
    by_generator = survives(index, unit, draws=50, rng=np.random.default_rng(5))
    assert by_generator.shares.equals(survives(index, unit, draws=50, rng=seed).shares)
    profiles = [gt.profile(index, unit, draws=50, rng=rng) for rng in (np.random.default_rng(5), seed)]
    assert (profiles[0].low, profiles[0].high) == (profiles[1].low, profiles[1].high)
    with pytest.raises(InputError, match="rng = 'x': expected a whole number of at least 0 or a numpy Generator"):
        gt.profile(index, unit, rng="x")
