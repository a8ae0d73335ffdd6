"""Changes of scores and ranks split by their causes: sums are exact, and each cause alone gives its own part alone."""

import warnings
from dataclasses import replace
from functools import partial

import numpy as np
import pandas as pd
import pytest

import govtransparency as gt
from govtransparency import Framework, InputError, Node, RankRule, Recipe, build_index
from govtransparency.questions.change_of_values import KINDS
from govtransparency.questions.explain_change import explain_change
from tests.conftest import write_toy

INDICATORS = ["law", "portal", "reply", "reports"]
PARTS = list(KINDS)


def read(folder, name):
    return pd.read_csv(folder / "peers" / name, comment="#", index_col=0, keep_default_na=False, na_values=[""])


def flat(weights, codes=INDICATORS):
    nodes = [Node(code, "index", weight=w, worst=0, best=100) for code, w in zip(codes, weights, strict=True)]
    return Framework([Node("index", ""), *nodes])


@pytest.mark.parametrize(
    ("mean", "name"),
    [
        (gt.arithmetic_mean, "change_over_time.csv"),
        (gt.sum, "change_over_time.csv"),
        (gt.geometric_mean, "change_over_time_geometric.csv"),
    ],
)
def test_the_split_of_scores_is_that_of_the_reference(shared, mean, name):
    expected = read(shared, name)
    old = Recipe(flat([0.4, 0.3, 0.2, 0.1]), aggregate=mean)
    before = build_index(read(shared, "units.csv")[INDICATORS], old)
    after = build_index(
        read(shared, "units_later.csv")[INDICATORS], replace(old, framework=flat([0.25, 0.25, 0.25, 0.25]))
    )
    found = explain_change(before, after)
    assert list(found.scores.index) == list(expected.index)
    for ours, theirs in {
        "before": "score_first",
        "after": "score_later",
        "change": "change",
        "values": "own",
        "weights": "weights",
    }.items():
        np.testing.assert_allclose(found.scores[ours], expected[theirs], atol=1e-6)
    assert (found.scores[["goalposts", "indicators", "missing", "method"]].abs() < 1e-12).all(axis=None)
    for code in INDICATORS:
        part = found.contributions.xs(code, level="node")
        np.testing.assert_allclose(part["values"], expected[f"own_{code}"], atol=1e-6)
        if f"weight_{code}" in expected:
            np.testing.assert_allclose(part["weights"], expected[f"weight_{code}"], atol=1e-6)
    assert found.by_orders == ()


def test_the_split_of_ranks_is_that_of_the_reference(shared):
    expected = read(shared, "change_over_time.csv")
    before = build_index(read(shared, "units.csv")[INDICATORS], Recipe(flat([0.4, 0.3, 0.2, 0.1])))
    after = build_index(read(shared, "units_later.csv")[INDICATORS], Recipe(flat([0.25] * 4)))
    found = explain_change(before, after)
    names = {"rank_first": "before", "rank_later": "after", "places_by_own_move": "own", "places_by_others": "others"}
    for theirs, ours in names.items():
        assert found.ranks[ours].tolist() == expected[theirs].tolist()
    by_name = found.passes.groupby("unit")[["places", "own", "others"]].sum().reindex(found.ranks.index, fill_value=0)
    pd.testing.assert_frame_equal(by_name, found.ranks[list(by_name)], check_names=False)
    mine = found.passes[found.passes["unit"] == "Fir"].set_index("other")
    assert mine.loc[mine["places"] < 0].index.tolist() == ["Dogwood", "Ginkgo", "Ivy"]
    assert found.of("Fir").en == (
        "Fir went from rank 6 to rank 9 of the 12 units ranked in both (places gained: −3): 0 due to the "
        "change of its own score (whatever its cause), −3 due to those of others. Units that passed it: "
        "Dogwood; Ginkgo; Ivy. Its score changed by −1.45: weights −3.85; values +2.4."
    )


def indices(tree, before, after, rule=None):
    rule = rule or RankRule()
    return [build_index(pd.DataFrame(table), Recipe(tree, rank=rule)) for table in (before, after)]


def test_a_unit_that_draws_level_is_not_told_as_passing():
    one, other = {"a": {"X": 60.0, "Y": 70.0, "Z": 10.0}}, {"a": {"X": 70.0, "Y": 70.0, "Z": 10.0}}
    found = explain_change(*indices(flat([1], "a"), one, other))
    assert found.passes[["unit", "other", "places", "order"]].to_numpy().tolist() == [["X", "Y", 1.0, "level"]]
    assert found.of("X").en == (
        "X went from rank 2 to rank 1 of the 3 units ranked in both (places gained: +1): +1 due to the "
        "change of its own score (whatever its cause), 0 due to those of others. Units that it is newly or "
        "no longer level with: Y. Its score changed by +10: values +10."
    )
    assert "与之并列或不再并列、因而影响名次的单位：Y。" in found.of("X").zh


def test_each_index_orders_ties_by_its_own_units():
    one, other = {"a": {"X": 50.0, "Y": 50.0}}, {"a": {"Y": 50.0, "X": 50.0}}
    found = explain_change(*indices(flat([1], "a"), one, other, RankRule(ties="ordinal"))).ranks
    assert found.loc[["X", "Y"], ["before", "after", "own", "others", "rule"]].to_numpy().tolist() == [
        [1.0, 2.0, 0.0, 0.0, -1.0],
        [2.0, 1.0, 0.0, 0.0, 1.0],
    ]


def test_a_move_by_other_weights_is_said_not_to_be_of_the_values():
    table = pd.DataFrame({"a": [50.0, 20], "b": [20.0, 60]}, index=["X", "Y"])
    one, other = (build_index(table, Recipe(flat(weights, "ab"))) for weights in ([3, 1], [1, 3]))
    said = explain_change(one, other).of("Y").en
    assert said.endswith(
        "changed by +20: weights +20. The change of its score is not due to its values alone; the parts of "
        "the change show the sources."
    )


def test_parts_that_cancel_are_told():
    first, last = {"a": {"X": 50.0, "Y": 10.0}, "b": {"X": 50.0, "Y": 10.0}}, {"a": {"X": 60.0, "Y": 10.0}}
    last["b"] = {"X": 20.0, "Y": 10.0}
    one, other = indices(flat([1, 1], "ab"), first, last)
    other = build_index(other.raw, Recipe(flat([3, 1], "ab")))
    assert explain_change(one, other).of("X").en.endswith("Its score changed by 0: values −5; weights +5.")


# -- any two indices ---------------------------------------------------------------------------------------------------

MEANS = [
    gt.arithmetic_mean,
    partial(gt.geometric_mean, floor=1.0),
    partial(gt.harmonic_mean, floor=1.0),
    gt.median,
    gt.copeland,
    gt.sum,
    gt.topsis,
    gt.mazziotta_pareto,
]
NORMALISERS = [gt.min_max, gt.z_score, gt.percentile_rank, partial(gt.min_max, to=(1, 100)), gt.robust_z]
RULES = [
    {},
    {"zero_if": gt.by_node({"p0": "missing"}, otherwise=None)},
    {"rescale": {"to": 100, "by": "range"}},
    {"range_of": gt.by_node({"p0": "p1"}, otherwise=None)},
]
MISSING = [gt.spread_weights(min_coverage=0.3), gt.missing_score(score=20.0), gt.equal_shares(min_coverage=0.2)]
TIES = ["min", "max", "dense", "average", "ordinal"]


def some_index(rng):
    """Return an index with a random tree, gaps, methods and rules, from twelve units and eight indicators or fewer."""

    def pick(options):
        return options[rng.integers(len(options))]

    codes = [f"i{number}" for number in range(8) if rng.random() < 0.8 or number < 3]
    units = [f"u{number}" for number in range(12) if rng.random() < 0.9]
    nodes = [Node("index", ""), *(Node(f"p{number}", "index", weight=float(rng.integers(1, 5))) for number in (0, 1))]
    for number, code in enumerate(codes):
        posts = {"worst": rng.uniform(-5, 0), "best": rng.uniform(100, 120)} if rng.random() < 0.5 else {}
        direction = 1 if posts else int(rng.choice([1, -1]))
        nodes.append(Node(code, f"p{number % 2}", weight=float(rng.integers(1, 5)), direction=direction, **posts))
    table = pd.DataFrame(rng.uniform(1, 100, (len(units), len(codes))), index=units, columns=codes)
    table = table.mask(rng.random(table.shape) < pick([0, 0.15]))
    while True:
        try:
            recipe = Recipe(
                Framework(nodes),
                normalise=pick(NORMALISERS),
                aggregate=gt.by_node({"index": pick(MEANS), "p0": pick(MEANS)}, otherwise=pick(MEANS[:3])),
                missing=pick(MISSING),
                rank=RankRule(decimals=int(rng.integers(3)), ties=pick(TIES), tie_breakers=pick([(), ("p0", "p1")])),
                **pick(RULES),
            )
            return build_index(table, recipe)
        except InputError:  # a choice that does not go with another, or with negative scores
            continue


@pytest.mark.parametrize("seed", range(12))
def test_the_parts_of_any_change_add_up_to_it(seed):
    rng = np.random.default_rng(seed)
    before, after = some_index(rng), some_index(rng)
    found = explain_change(before, after)
    scores, ranks = found.scores, found.ranks
    assert np.isfinite(scores.to_numpy()).all() and np.isfinite(found.contributions.to_numpy()).all()
    for year, name in ((before, "before"), (after, "after")):
        own = year.scores.loc[scores.index]
        assert scores[name].tolist() == own["index"].tolist()
        assert ranks[name].tolist() == gt.rank(own["index"], year.recipe.rank, tie_breakers=own).tolist()
    assert (scores[PARTS].sum(axis=1) - scores["change"]).abs().max() < 1e-10
    by_unit = found.contributions.groupby(level="unit", sort=False).sum()
    assert (by_unit - scores[PARTS]).abs().max(axis=None) < 1e-10
    assert (ranks["before"] - ranks["after"]).tolist() == ranks["places"].tolist()
    assert (ranks[["own", "others", "rule"]].sum(axis=1) - ranks["places"]).abs().max() < 1e-10


# -- one cause alone ---------------------------------------------------------------------------------------------------


def two_levels(weight=1.0, best=100.0, extra=()):
    posts = {"worst": 0.0, "best": best}
    nodes = [Node("index", ""), Node("p", "index", weight=weight), Node("q", "index")]
    nodes += [Node(code, parent, **posts) for code, parent in zip("abcd", "ppqq", strict=True)]
    return Framework([*nodes, *(Node(code, "q", **posts) for code in extra)])


TABLE = pd.DataFrame(np.random.default_rng(8).uniform(5, 95, (9, 5)), index=list("ABCDEFGHI"), columns=list("abcde"))
MOVED = TABLE.add([6.0, -4.0, 3.0, 2.0, 1.0]).mul(0.9)
GAPS = TABLE.copy()
GAPS.loc["B", "c"] = np.nan


@pytest.mark.parametrize(
    ("kind", "table", "framework", "choices"),
    [
        ("values", MOVED, two_levels(), {}),
        ("weights", TABLE, two_levels(weight=3), {}),
        ("goalposts", TABLE, two_levels(best=120), {}),
        ("indicators", TABLE, two_levels(extra="e"), {}),
        ("indicators", TABLE, two_levels().without("d"), {}),
        ("missing", GAPS, two_levels(), {}),
        ("method", TABLE, two_levels(), {"normalise": gt.z_score}),
        ("method", TABLE, two_levels(), {"treat": partial(gt.winsorise, points=2)}),
    ],
)
@pytest.mark.parametrize("mean", [gt.arithmetic_mean, gt.geometric_mean, gt.harmonic_mean])
def test_one_cause_gives_one_part(kind, table, framework, choices, mean):
    first = Recipe(two_levels(), aggregate=mean, missing=gt.spread_weights(min_coverage=0.3))
    if kind == "method" and "treat" in choices:
        first = replace(first, treat=partial(gt.winsorise, points=1))
    before, after = build_index(TABLE, first), build_index(table, replace(first, framework=framework, **choices))
    found = explain_change(before, after).scores
    others = [part for part in PARTS if part != kind]
    assert found[others].abs().max(axis=None) < 1e-10
    if "treat" not in choices:
        assert found[kind].abs().max() > 0.01


@pytest.mark.parametrize("rules", [{}, {"zero_if": gt.by_node({"index": "missing"}, otherwise=None)}])
def test_under_a_sum_each_child_keeps_its_weight_when_another_comes_or_goes(rules):
    table = pd.DataFrame({"a": [40.0, 20], "b": [50.0, 20], "c": [10.0, 20]}, index=["X", "Y"])
    with_c = Recipe(flat([1, 1, 3], "abc"), aggregate=gt.sum, **rules)
    without = replace(with_c, framework=flat([1, 1], "ab"))
    one, other = build_index(table[["a", "b"]], without), build_index(table, with_c)
    for before, after, sign in ((one, other, 1), (other, one, -1)):
        found = explain_change(before, after).scores
        assert found["indicators"].tolist() == pytest.approx([30.0 * sign, 60.0 * sign])
        assert found[[part for part in PARTS if part != "indicators"]].abs().max(axis=None) < 1e-10
    heavier = build_index(table, replace(with_c, framework=flat([1, 2, 3], "abc")))
    found = explain_change(one, heavier).scores
    assert found[["weights", "indicators"]].to_numpy().tolist() == [
        pytest.approx([50.0, 30.0]),
        pytest.approx([20.0, 60.0]),
    ]


@pytest.mark.parametrize("mean", [gt.copeland, gt.topsis])
def test_the_moves_of_others_are_of_the_yardstick_where_a_score_depends_on_them(mean):
    recipe = Recipe(flat([1, 1], "ab"), aggregate=mean)
    table = pd.DataFrame({"a": [50.0, 40, 10], "b": [50.0, 30, 20]}, index=["X", "Y", "Z"])
    before, after = (
        build_index(year, recipe) for year in (table, table.mask(table.index.to_numpy()[:, None] == ["Y", "Y"], 90.0))
    )
    found = explain_change(before, after).scores
    assert abs(found.at["X", "change"]) > 0.1
    assert found.at["X", "goalposts"] == pytest.approx(found.at["X", "change"])
    assert found.at["X", "values"] == 0
    assert found.at["Y", "values"] == pytest.approx(found.at["Y", "change"])
    assert (found[PARTS].sum(axis=1) - found["change"]).abs().max() < 1e-10


def test_another_aggregation_of_a_node_is_another_method():
    first = Recipe(two_levels())
    other = replace(first, aggregate=gt.by_node({"p": gt.harmonic_mean}, otherwise=gt.arithmetic_mean))
    found = explain_change(build_index(TABLE, first), build_index(TABLE, other)).contributions
    assert found.xs("p", level="node")["method"].abs().max() > 0.01
    assert found.drop(columns="method").abs().max(axis=None) < 1e-10


def test_the_way_back_has_the_same_parts_with_the_other_sign():
    old = Recipe(two_levels(), normalise=gt.z_score)
    new = Recipe(two_levels(weight=2, extra="e"), aggregate=gt.by_node({"p": gt.geometric_mean}, otherwise=gt.median))
    one, other = build_index(TABLE, old), build_index(MOVED, new)
    there, back = explain_change(one, other), explain_change(other, one)
    pd.testing.assert_frame_equal(there.scores[PARTS], -back.scores[PARTS], atol=1e-10, rtol=0)
    parts = ["places", "own", "others", "rule"]
    pd.testing.assert_frame_equal(there.ranks[parts], -back.ranks[parts], atol=1e-10, rtol=0)


def test_other_averages_are_split_over_the_orders_and_named():
    recipe = Recipe(flat([1, 2], ["a", "b"]), aggregate=gt.harmonic_mean)
    before = build_index(pd.DataFrame({"a": [10.0, 50], "b": [40.0, 50]}, index=["X", "Y"]), recipe)
    after = build_index(pd.DataFrame({"a": [20.0, 50], "b": [80.0, 50]}, index=["X", "Y"]), recipe)
    found = explain_change(before, after)
    assert found.by_orders == ("index",)

    def mean(a, b):
        return 3 / (1 / a + 2 / b)

    first = (mean(20, 40) - mean(10, 40) + mean(20, 80) - mean(10, 80)) / 2
    assert found.contributions.loc[("X", "a"), "values"] == pytest.approx(first, abs=1e-12)
    assert "(a sample of the orders where more than 10 items changed): index." in found.text.en


def test_the_states_between_warn_of_nothing():
    circle = pd.DataFrame({"a": [30.0, 20, 10], "b": [10.0, 30, 20], "c": [20.0, 10, 30]}, index=list("XYZ"))
    recipe = Recipe(flat([1, 1, 1], "abc"), aggregate=gt.kemeny)
    with pytest.warns(UserWarning, match="orders are equally good"):
        before = build_index(circle, recipe)
    after = build_index(circle.assign(c=[20.0, 10, 15]), recipe)
    with warnings.catch_warnings(action="error"):
        explain_change(before, after)


# -- what is left out --------------------------------------------------------------------------------------------------


def test_units_of_one_index_and_nodes_that_do_not_compare_are_left_out_and_named():
    before = build_index(TABLE.drop("A"), Recipe(two_levels()))
    with_gap = MOVED.drop("I").copy()
    with_gap.loc["C", ["a", "b", "c"]] = np.nan
    after = build_index(with_gap, Recipe(two_levels(weight=3, extra="e")))
    found = explain_change(before, after, not_comparable=["d", "e"])
    assert found.left_out.drop(columns="reason_zh").to_numpy().tolist() == [
        ["unit", "I", "only in the index before"],
        ["unit", "A", "only in the index after"],
        ["unit", "C", "without a rank after"],
        ["node", "d", "not comparable between the two"],
        ["node", "e", "not comparable between the two"],
    ]
    assert found.scores.index.tolist() == list("BDEFGH")
    only = build_index(TABLE.drop("A"), Recipe(two_levels().without("d"))).scores.loc[found.scores.index, "index"]
    assert found.scores["before"].tolist() == only.tolist()
    assert (found.scores["indicators"] == 0).all()
    assert (found.scores[PARTS].sum(axis=1) - found.scores["change"]).abs().max() < 1e-10
    assert "Left out: 3 units, 2 indicators or pillars." in found.text.en


@pytest.mark.parametrize("note", ["Not comparable with 2024: asked anew.", "\u4e0e2024\u5e74\u4e0d\u53ef\u6bd4"])
def test_a_node_that_the_framework_marks_is_left_out(tmp_path, note):
    edition = gt.read_edition("toy", 2024, root=write_toy(tmp_path))
    nodes = [replace(node, note=note) if node.code == "site" else node for node in edition.framework.nodes]
    later = replace(edition, year=2025)
    before = edition.index_of("city")
    after = build_index(edition.tables["city"], replace(edition.recipe, framework=Framework(nodes)))
    found = explain_change(before, after, editions=[edition, later])
    assert found.left_out[["kind", "code"]].to_numpy().tolist() == [["node", "site"]]
    assert found.left_out["reason_en"][0] == "marked in the framework as not comparable between the two"
    for editions in ([], [edition], [replace(edition, year=2023), later]):
        assert explain_change(before, after, editions=editions).left_out.empty


def test_units_that_the_editions_join_are_one(tmp_path):
    edition = gt.read_edition("toy", 2024, root=write_toy(tmp_path))
    old = replace(edition, year=2023, units=edition.units.rename({"u1": "old1"}))
    new = replace(edition, units=edition.units.assign(formerly=["old1", *[""] * 5]))
    index = edition.index_of("city")
    before = build_index(edition.tables["city"].rename({"u1": "old1"}), edition.recipe)
    assert explain_change(before, index).left_out["code"].tolist() == ["old1", "u1"]
    found = explain_change(before, index, editions=[old, new])
    assert found.left_out.empty and found.scores.index.tolist() == index.scores.index.tolist()
    assert (found.scores["change"] == 0).all()


def test_aggregation_from_all_indicators_is_another_method():
    first = Recipe(two_levels(weight=3))
    one, other = build_index(TABLE, first), build_index(TABLE, replace(first, of="indicators"))
    found = explain_change(one, other).scores
    assert found["method"].abs().max() > 0.01
    assert found[[part for part in PARTS if part != "method"]].abs().max(axis=None) < 1e-10


def test_an_edition_gives_names_and_the_status(tmp_path):
    edition = gt.read_edition("toy", 2024, root=write_toy(tmp_path))
    index = edition.index_of("city")
    found = explain_change(index, index, editions=edition)
    assert found.status == ("simulated",)
    assert found.of("u1").en == (
        "In this simulation: Toy city 1 went from rank 1 to rank 1 of the 6 units ranked in both (places gained: 0): "
        "0 due to "
        "the change of its own score (whatever its cause), 0 due to those of others. (simulated figures, not "
        "real results)"
    )
    assert found.text.zh.endswith("得分未变。（模拟数据，并非真实测评结果）")


def test_wrong_arguments_are_listed_in_one_error():
    index = build_index(TABLE, Recipe(two_levels()))
    with pytest.raises(InputError) as caught:
        explain_change(index, TABLE, editions=3)
    assert caught.value.problems == (
        "after = <DataFrame 9 x 5>: expected a value of type Index, such as gt.build_index(table, recipe)",
        "editions = 3: expected a value of type Edition, such as gt.read_edition(index, year)",
    )
    with pytest.raises(InputError, match=r"not_comparable: unknown 'aa'; did you mean 'a'\?"):
        explain_change(index, index, not_comparable=["aa"])
    with pytest.raises(InputError, match="units ranked in both: 1; at least 2 are needed"):
        explain_change(index, build_index(TABLE.rename(lambda unit: unit if unit == "A" else unit * 2), index.recipe))
    with pytest.raises(InputError, match=r"unit = 'J' is unknown"):
        explain_change(index, index).of("J")
