"""Ranks, rounding, tie-breakers and bands: hand-made figures, properties, error texts."""

import itertools
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import govtransparency as gt
from govtransparency import Framework, InputError, Node, RankRule, Recipe, build_index
from govtransparency.ranking import ROUNDINGS, TIES, column_ranks, round_scores

some = settings(max_examples=40, deadline=None)
scores = st.lists(st.integers(0, 30).map(lambda n: n / 4), min_size=1, max_size=9)
DECIMAL = {"half_even": ROUND_HALF_EVEN, "half_up": ROUND_HALF_UP, "down": ROUND_DOWN}


@pytest.mark.parametrize("ties", TIES)
@some
@given(values=scores)
def test_ties_are_those_of_scipy(ties, values):
    from scipy.stats import rankdata

    ranks = gt.rank(pd.Series(values), RankRule(ties=ties))
    assert ranks.tolist() == rankdata(-np.array(values), method=ties).tolist()


@pytest.mark.parametrize("ties", [ties for ties in TIES if ties != "ordinal"])
@some
@given(values=scores, data=st.data())
def test_the_order_of_units_and_any_rising_scale_do_not_matter(ties, values, data):
    series = pd.Series(values)
    ranks = gt.rank(series, RankRule(ties=ties))
    order = data.draw(st.permutations(range(len(values))))
    assert gt.rank(series[order], RankRule(ties=ties))[series.index].tolist() == ranks.tolist()
    assert gt.rank(3 * series**3 + 2, RankRule(ties=ties)).tolist() == ranks.tolist()


@pytest.mark.parametrize("ties", TIES)
@some
@given(values=scores)
def test_a_better_score_never_has_a_worse_rank_and_a_missing_one_has_none(ties, values):
    series = pd.Series([*values, np.nan])
    ranks = gt.rank(series, RankRule(ties=ties))
    assert ranks.isna().tolist() == series.isna().tolist()
    for i, j in itertools.permutations(range(len(values)), 2):
        if values[i] > values[j]:
            assert ranks[i] < ranks[j]
    assert ranks.drop(len(values)).tolist() == gt.rank(series[:-1], RankRule(ties=ties)).tolist()


@pytest.mark.parametrize("rounding", ROUNDINGS)
@settings(max_examples=100, deadline=None)
@given(number=st.integers(-(10**7), 10**7), decimals=st.integers(0, 3))
def test_rounding_is_that_of_the_decimal_number(rounding, number, decimals):
    value = Decimal(number).scaleb(-4)
    exact = value.quantize(Decimal(1).scaleb(-decimals), rounding=DECIMAL[rounding])
    assert round_scores(np.array([float(value)]), decimals=decimals, rounding=rounding)[0] == float(exact)


def test_halves_that_binary_arithmetic_has_missed_are_halves():
    mean = np.array([(2.0 + 2.1 + 2.05) / 3, 0.1 + 0.2 + 0.015])
    assert round_scores(mean, decimals=1, rounding="half_up").tolist() == [2.1, 0.3]
    assert round_scores(np.array([1.005, 2.675, -1.005]), decimals=2, rounding="half_up").tolist() == [
        1.01,
        2.68,
        -1.01,
    ]
    # 0.29 * 100 is 28.999999999999996 in binary arithmetic
    assert round_scores(np.array([0.29, -0.58]), decimals=2, rounding="down").tolist() == [0.29, -0.58]
    assert round_scores(np.array([1.15, 1.25]), decimals=1).tolist() == [1.2, 1.2]


def test_equal_scores_that_arithmetic_has_parted_are_tied():
    assert gt.rank(pd.Series([0.1 + 0.2, 0.3, 0.4])).tolist() == [2, 2, 1]
    assert gt.rank(pd.Series([80.0, 80.0 + 1e-9])).tolist() == [2, 1]


def test_the_rounding_and_tie_rules_of_published_indices_are_expressible():
    # two decimals, half away from zero, best place; one decimal, dense; cut off, mean of the places
    values = pd.Series([71.125, 71.13, 64.04, 63.96])
    assert gt.rank(values, RankRule(decimals=2, rounding="half_up")).tolist() == [1, 1, 3, 4]
    assert gt.rank(values, RankRule(decimals=2)).tolist() == [2, 1, 3, 4]
    assert gt.rank(values, RankRule(decimals=1, ties="dense")).tolist() == [1, 1, 2, 2]
    assert gt.rank(values, RankRule(decimals=1, rounding="down", ties="average")).tolist() == [1.5, 1.5, 3, 4]
    assert gt.rank(values, RankRule(decimals=0, ties="max")).tolist() == [2, 2, 4, 4]
    assert gt.rank(values, RankRule(decimals=0, ties="ordinal")).tolist() == [1, 2, 3, 4]


def test_tie_breakers_part_ties_in_their_order():
    table = pd.DataFrame(
        {"index": [5.0, 5.0, 5.0, 5.0, 9.0], "p": [1.0, 2.0, 2.0, np.nan, 0.0], "q": [9.0, 1.0, 3.0, 9.0, 0.0]},
        index=list("uvwxy"),
    )
    by = lambda codes, **rule: gt.rank(  # noqa: E731
        table["index"], RankRule(tie_breakers=codes, **rule), tie_breakers=table
    ).tolist()
    assert by("p") == [4, 2, 2, 5, 1]
    assert by(("p", "q")) == [4, 3, 2, 5, 1]
    assert by("q", ties="average") == [2.5, 5, 4, 2.5, 1]
    close = pd.DataFrame({"index": [5.01, 5.04, 4.0]})
    rule = RankRule(decimals=1, tie_breakers="index")
    assert gt.rank(close["index"], rule, tie_breakers=close).tolist() == [2, 1, 3]
    with pytest.raises(InputError, match="tie-breaker 'r': no such score"):
        by("r")


def test_tie_breakers_of_a_recipe_part_ties_on_the_index_alone():
    nodes = [Node("index", ""), Node("p", "index"), Node("q", "index"), Node("a", "p"), Node("b", "q")]
    tree = Framework([*nodes[:3], *(Node(n.code, n.parent, worst=0, best=10) for n in nodes[3:])])
    table = pd.DataFrame({"a": [2.0, 8.0, 2.0], "b": [8.0, 2.0, 1.0]}, index=list("uvw"))
    recipe = Recipe(tree, rank=RankRule(tie_breakers="p"))
    index = build_index(table, recipe)
    assert index.ranks.tolist() == [2, 1, 3]
    assert index.rank_by("p").tolist() == [2, 1, 2]
    assert Recipe.from_dict(recipe.to_dict()).rank == recipe.rank
    with pytest.raises(InputError, match="no node 'pp' for a tie-breaker; did you mean 'p'"):
        Recipe(tree, rank=RankRule(tie_breakers="pp"))


def test_one_unit_no_unit_and_all_missing():
    assert gt.rank(pd.Series([4.0])).tolist() == [1]
    assert gt.rank(pd.Series([], dtype=float)).tolist() == []
    assert gt.rank(pd.Series([np.nan, np.nan])).isna().all()
    assert gt.bands(pd.Series([np.nan]), quantiles=4).isna().all()


@some
@given(values=scores, parts=st.integers(1, 5))
def test_bands_follow_the_order_and_ties_share_one(values, parts):
    series = pd.Series(values)
    codes = gt.bands(series, quantiles=parts).cat.codes
    for i, j in itertools.permutations(range(len(values)), 2):
        assert codes[i] <= codes[j] or values[i] > values[j]
    if series.is_unique and len(series) % parts == 0:
        assert (codes.value_counts() == len(series) // parts).all()


def test_bands_by_hand():
    values = pd.Series([39.96, 40.0, 79.99, np.nan, 100.0])
    labels = ("low", "middle", "high")
    assert gt.bands(values, edges=(40, 80), labels=labels).tolist()[:3] == ["low", "middle", "middle"]
    rounded = gt.bands(values, edges=(40, 80), labels=labels, decimals=1)
    assert rounded.tolist()[:3] == ["middle", "middle", "high"]
    assert rounded.isna().tolist() == [False, False, False, True, False]
    assert rounded.cat.ordered and rounded.max() == "high"
    assert gt.bands(values, quantiles=(0.5,)).tolist()[:3] == [1, 1, 2]


@pytest.mark.parametrize(
    ("options", "text"),
    [
        ({}, "give either edges or quantiles"),
        ({"edges": [1], "quantiles": 2}, "give either edges or quantiles"),
        ({"edges": [3, 1]}, r"the edges \[3, 1\] do not increase"),
        ({"quantiles": [0.5, 1.0]}, "are not all between 0 and 1"),
        ({"edges": [1], "labels": ["a"]}, "1 labels for 2 bands"),
        ({"edges": [1, float("nan")]}, "do not increase"),
        ({"edges": 3}, "edges = 3: expected a list of numbers"),
        ({"edges": ["low", "high"]}, r"edges = \['low', 'high'\]: expected a list of numbers"),
        ({"quantiles": 0}, "quantiles = 0: expected a positive whole number or a list of numbers between 0 and 1"),
        ({"quantiles": 2.5}, "quantiles = 2.5: expected a positive whole number"),
        ({"edges": [1], "rounding": "up"}, "rounding = 'up' is unknown"),
        ({"edges": [1], "decimals": "2"}, "decimals = '2': expected a whole number from -15 to 15"),
    ],
)
def test_bands_refuse(options, text):
    with pytest.raises(InputError, match=text):
        gt.bands(pd.Series([1.0]), **options)


def test_every_fault_of_a_rule_is_listed():
    with pytest.raises(InputError) as caught:
        RankRule(decimals=1.5, rounding="half_upp", ties="minn")
    assert list(caught.value.problems) == [
        "decimals = 1.5: expected a whole number from 0 to 15",
        "rounding = 'half_upp' is unknown; did you mean 'half_up'? valid: half_even, half_up, down",
        "ties = 'minn' is unknown; did you mean 'min'? valid: min, max, dense, average, ordinal",
    ]
    assert caught.value.in_language("zh").splitlines()[1] == "  - decimals = 1.5：应为0至15之间的整数"
    with pytest.raises(ValueError, match="rounding = 'up' is unknown"):
        round_scores(np.array([1.0]), decimals=0, rounding="up")
    with pytest.raises(ValueError, match="ties 'first' is unknown"):
        column_ranks(np.ones((2, 1)), ties="first")


def test_numbers_of_numpy_are_numbers():
    rule = RankRule(decimals=np.int64(2))
    assert rule == RankRule(decimals=2) and type(rule.to_dict()["decimals"]) is int
    assert gt.bands(pd.Series([1.0, 2.0]), quantiles=np.int64(2)).tolist() == [1, 2]
    assert gt.bands(pd.Series([1.0, 2.0]), edges=np.array([1.5])).tolist() == [1, 2]


@pytest.mark.parametrize(
    ("call", "text"),
    [
        (lambda: gt.rank([3.0, 1.0]), "scores = [3.0, 1.0]: expected a Series of numbers"),
        (lambda: gt.rank(pd.Series(["3", "1"])), "scores = <Series 2>: expected a Series of numbers"),
        (lambda: gt.rank(pd.Series(1.0, ["x", "x"])), "scores: duplicate 'x'"),
        (
            lambda: gt.rank(pd.Series([1.0]), "min"),
            "rule = 'min': expected a value of type RankRule, such as gt.RankRule(decimals=2)",
        ),
        (
            lambda: gt.rank(pd.Series([1.0]), RankRule(tie_breakers="p"), tie_breakers="p"),
            "tie_breakers = 'p': expected a value of type DataFrame",
        ),
        (lambda: gt.rank_shift([1], pd.Series([1])), "a = [1]: expected a Series of numbers"),
        (lambda: gt.rank_shift(pd.Series([1]), pd.Series(1, ["x", "x"])), "b: duplicate 'x'"),
        (lambda: RankRule(tie_breakers=[1]), "tie_breakers = (1,): expected codes of nodes"),
    ],
)
def test_what_is_no_ranking_is_refused(call, text):
    with pytest.raises(InputError) as caught:
        call()
    assert caught.value.problems == (text,)


def test_places_gained_are_positive():
    before, after = pd.Series({"A": 1, "B": 2, "C": 3}), pd.Series({"C": 1, "A": 2, "B": 3, "D": 4})
    assert gt.rank_shift(after, before).to_dict() == {"A": -1, "B": -1, "C": 2}


@some
@given(values=st.lists(st.lists(st.integers(0, 5).map(float), min_size=3, max_size=3), min_size=1, max_size=8))
def test_ranking_columns_at_once_is_ranking_each(values):
    x = np.array(values)
    for ties in TIES:
        alone = [column_ranks(x[:, [column]], ties=ties)[:, 0] for column in range(3)]
        np.testing.assert_array_equal(column_ranks(x, ties=ties), np.column_stack(alone))


def test_a_ranking_of_nobody_shifts_nobody():
    nobody = pd.Series([], dtype=float)
    assert gt.rank_shift(nobody, pd.Series({"A": 1.0})).isna().tolist() == [True]
    assert gt.rank_shift(pd.Series({"A": 1.0}), nobody).empty
