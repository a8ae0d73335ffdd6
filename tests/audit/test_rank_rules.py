"""Rules of rounding and ties found from scores and published ranks."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govtransparency import InputError, RankRule, find_rank_rule, rank
from govtransparency.audit.rank_rules import RULES

FOUR = pd.Series({"A": 0.83451, "B": 0.83449, "C": 0.83444, "D": 0.61})


def egdi(shared, year):
    table = pd.read_csv(shared / f"upstream/egdi/egdi-{year}.csv", index_col="country-code")
    return table.dropna(subset=["e-gov-rank"])


EVERY = {"min", "dense", "average", "max", "ordinal"}


@pytest.mark.parametrize(
    ("year", "units", "decimals", "ties"),
    [
        (2010, 192, 5, {"min", "dense"}),  # the last alone are tied
        (2012, 193, 5, {"min", "dense"}),
        (2014, 193, 5, EVERY),
        (2016, 193, 5, EVERY),
        (2018, 193, 4, {"min"}),
    ],
)
def test_the_e_government_index_is_ranked_at_five_decimals_and_in_2018_at_four(shared, year, units, decimals, ties):
    table = egdi(shared, year)
    found = find_rank_rule(table["e-gov-index"], table["e-gov-rank"])
    assert len(found.units) == units and found.units["explained"].all()
    assert found.rules[0] == RankRule(decimals, "half_up", "min")
    assert {rule.ties for rule in found.rules} == ties
    if year in (2014, 2018):  # where no component is missing or counts as zero, the plain mean tells as much
        rebuilt = find_rank_rule(table[["osi", "hci", "tii"]].mean(axis=1), table["e-gov-rank"])
        assert next(rule.decimals for rule in rebuilt.rules if rule.ties == "min") == decimals
    if year == 2018:
        assert {rule.decimals for rule in rebuilt.rules} == {4}


def test_the_open_data_index_is_ranked_at_whole_numbers(shared):
    places = pd.read_csv(shared / "upstream/godi_api/places_ranks.csv")
    known = places[["rank", "score"]].apply(pd.to_numeric, errors="coerce").dropna()
    found = find_rank_rule(known["score"], known["rank"])
    assert found.rules[0].ties == "min" and found.rules[0].decimals == 0


@settings(max_examples=200)
@given(
    scores=st.lists(st.integers(0, 3000), min_size=2, max_size=40),
    scale=st.sampled_from([1, 10, 1000, 1e6]),
    rule=st.sampled_from(RULES),
    gap=st.integers(0, 39),
)
def test_the_true_rule_is_always_among_those_found(scores, scale, rule, gap):
    given_scores = pd.Series([score / scale for score in scores])
    given_scores[gap % len(scores)] = np.nan if len(scores) > 2 else 0.0
    published = rank(given_scores, rule)
    if published.max() == published.min() or published.rank().cov(given_scores.rank()) > 0:
        return  # all tied, or ranked by the order of the table alone
    found = find_rank_rule(given_scores, published)
    assert rule in found.rules
    assert found.unexplained == []
    for other in found.rules:
        pd.testing.assert_series_equal(rank(given_scores, other), published, check_dtype=False)
    own = [rule for rule in found.rules if rule.ties != "ordinal"]
    assert [rule.decimals for rule in own] == sorted(rule.decimals for rule in own)
    assert found.rules[: len(own)] == tuple(own)


def test_a_table_sorted_by_rank_does_not_make_its_order_the_rule():
    found = find_rank_rule(FOUR, pd.Series({"A": 1, "B": 2, "C": 3, "D": 4}))
    assert found.rules[0] == RankRule(5, "half_up", "min")
    assert RankRule(0, "half_up", "ordinal") in found.rules


def test_what_cannot_be_told_apart_is_said():
    found = find_rank_rule(FOUR, pd.Series({"A": 1, "B": 2, "C": 2, "D": 4}))
    assert found.text == (
        "有3条规则都能得出全部4个公布名次，仅凭这些得分无法区分。小数位数最少的一条：得分保留3位小数后排名，四舍五入；"
        "并列单位取最前的名次（1、2、2、4）。",
        "3 rules give all 4 published ranks, and these scores cannot tell them apart. The one with the fewest "
        "decimals: decimals when ranking: 3; halves away from zero; tied units share the best rank (1, 2, 2, 4).",
    )


def test_one_rule_alone():
    scores = pd.Series({"A": 3.5, "B": 3.6, "C": 2.5, "D": 2.4, "E": 2.9})
    found = find_rank_rule(scores, pd.Series({"A": 1, "B": 1, "C": 4, "D": 4, "E": 3}))
    assert found.rules == (RankRule(0, "half_even", "min"),)
    assert found.text.en.startswith(
        "One rule gives all 5 published ranks: decimals when ranking: 0; halves to the even"
    )


def test_units_that_no_rule_explains_are_named():
    scores = pd.Series({"A": 5.0, "B": 4.0, "C": 3.0, "D": 2.0, "E": 1.0})
    found = find_rank_rule(scores, pd.Series({"E": 4, "D": 5, "A": 1, "B": 2, "C": 3}))
    assert found.rules == ()
    assert found.unexplained == ["E", "D"]
    assert found.units.loc["D"].tolist() == [2, 5, 4, False]
    assert found.text.en == (
        "No rule gives all 5 published ranks. The closest gives 3: decimals when ranking: 0; halves away from zero; "
        "tied units share the best rank (1, 2, 2, 4). "
        "Are the published ranks of E, D right? Units whose rank no rule gives: 2."
    )


def test_only_the_first_places_may_be_published():
    found = find_rank_rule(FOUR, pd.Series({"A": 1, "B": 2, "C": np.nan}))
    assert found.units.index.tolist() == ["A", "B"]
    assert found.rules[0] == RankRule(3, "half_up", "min")


def test_wrong_arguments_are_listed_in_one_error():
    with pytest.raises(InputError) as caught:
        find_rank_rule(FOUR, pd.Series({"A": 0, "B": 1.2, "Dd": 9}))
    assert str(caught.value) == (
        "find_rank_rule: 2 problems\n"
        "  - published_ranks: scores has no units 'Dd'; did you mean 'D'? valid: A, B, C, D\n"
        "  - published_ranks: 0, 1.2, 9 of 'A', 'B', 'Dd': no ranks; expected whole numbers from 1 to 4, or halves for "
        "the means of tied ranks"
    )
    with pytest.raises(InputError, match="at least two units with a rank"):
        find_rank_rule(FOUR, pd.Series({"A": 1.0}))
    with pytest.raises(InputError, match="give -scores"):
        find_rank_rule(-FOUR, pd.Series({"A": 1, "B": 2, "C": 2, "D": 4}))
