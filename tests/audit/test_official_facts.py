"""Claims held against the publisher's table of official ranks, and against rebuilt scores that may be slightly off."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import govtransparency as gt
from govtransparency.audit.exact_ranks import error_as_printed
from govtransparency.audit.ranking_facts import Ranking, measured
from tests.record.test_read_record import HEADS

CLAIMS = """\
2024,玩具市一,city,rank,1,,paper
2024,Toy city 2,city,rank,3,,paper
2024,u6,city,rank_from_last,<=2,,paper
2024,u6,city,rank_from_last,1,,paper
2024,,city,average,51,,paper
2024,,city,average,51.30,,paper
2024,,city,average,51.35,,paper
2024,,city,share,2,at or above 69.45,paper
2024,,city,share,4,above 31.7,paper
2024,u1,city,score,98.6,,paper
2024,North,city,share,2 in top 3,,paper
"""
BLANK = {"entity_zh": "", "node_zh": "", "k": np.nan, "relation": "=", "decimals": 0.0}


@pytest.fixture
def claiming(toy_root):
    """Return a function that audits claims in the published toy edition, given its official table."""

    def audited(claims=CLAIMS, size=6, **official):
        folder = toy_root / "toy" / "record"
        folder.mkdir(exist_ok=True)
        (folder / "claims.csv").write_text(f"{HEADS['claims.csv']}\n{claims}", encoding="utf-8")
        cover = f"{HEADS['coverage.csv']}\n2024,city,{size},paper,\n"
        (folder / "coverage.csv").write_text(cover, encoding="utf-8")
        edition = replace(gt.read_edition("toy", 2024, root=toy_root), status="published")
        index = edition.index_of("city")
        columns = {"rank": index.ranks.astype(float), "score": index.scores["index"].round(2)} | official
        table = pd.DataFrame(columns).reindex(columns=["rank", "score"])
        return gt.audit_claims(replace(edition, official=table), index).set_index("claim")

    return audited


def verdicts(found):
    return found[["verdict_record", "verdict_rebuilt", "rebuilt"]].to_dict("split")["data"]


def test_the_publishers_table_and_the_rebuilt_ranking_settle_each_kind(claiming):
    found = claiming()
    assert found.index.tolist()[3:8] == [
        "Toy city 6 is ranked at most 2 from the last",
        "Toy city 6 is ranked 1 from the last",
        "The average score is 51",
        "The average score is 51.3",
        "The average score is 51.35",
    ]
    assert found["claim_zh"].tolist()[3:6] == ["玩具市六居倒数第不高于2", "玩具市六居倒数第1", "平均得分为51"]
    assert verdicts(found) == [
        ["confirmed", "confirmed", 6],
        ["confirmed", "confirmed", 1],
        ["contradicted", "contradicted", 2],
        ["confirmed", "confirmed", 2],
        ["contradicted", "contradicted", 2],
        ["confirmed", "confirmed", 51],
        ["contradicted", "confirmed", 51.3],
        ["contradicted", "contradicted", 51.3],
        ["confirmed", "confirmed", 2],
        ["confirmed", "confirmed", 4],
        ["confirmed", "confirmed", 98.6],
        ["not checkable", "confirmed", 2],
    ]
    assert found["reason_record"].iloc[[0, 2, 6]].tolist() == [
        "the publisher's table of official ranks gives 6",
        "different values: the publisher's table of official ranks gives 2",
        (
            "different values: The average score is 51.35 (paper); in agreement: the publisher's table of "
            "official ranks gives 51.3"
        ),
    ]
    assert found["reason_record_zh"].iloc[2] == "数值不同：发布者的官方名次表为2"


def test_a_table_that_has_fewer_units_says_so(claiming):
    found = claiming("", rank=pd.Series({"u1": 1.0, "u2": 2.0}), score=pd.Series(dtype=float))
    assert verdicts(found) == [["contradicted", "confirmed", 6]]


def test_scores_alone_rank_by_the_recipes_rule_and_ranks_alone_settle_no_score(claiming):
    rows = "2024,u4,city,rank,3,,paper\n2024,u4,city,score,69.44,,paper\n"
    assert [row[0] for row in verdicts(claiming(rows, rank=np.nan))] == ["confirmed"] * 3
    assert [row[0] for row in verdicts(claiming(rows, score=np.nan))] == ["confirmed", "confirmed", "not checkable"]


def test_what_fails_by_no_more_than_the_scores_are_off_is_not_checkable(claiming):
    rows = "2024,u4,city,rank,2,,paper\n2024,u1,city,rank,2,,paper\n2024,,city,share,2,above 80,paper\n"
    near = {"u1": 98.61, "u2": 75.0, "u3": 31.76, "u4": 74.99, "u5": 6.39, "u6": 21.22}  # u4 off by 5.55
    found = claiming(rows, score=pd.Series(near))
    assert [row[1:] for row in verdicts(found)[1:]] == [["not checkable", 3], ["contradicted", 1], ["confirmed", 2]]
    assert found["reason_rebuilt"].iloc[1] == (
        "the rebuilt ranking has 3; the rebuilt scores differ slightly from the official ones, and within that "
        "difference it can be 2 to 3"
    )
    assert [row[1] for row in verdicts(claiming(rows))[1:]] == ["contradicted", "contradicted", "confirmed"]


def test_a_pillar_is_taken_to_be_no_surer_than_the_index(claiming, toy_root):
    near = {"u1": 98.61, "u2": 75.0, "u3": 31.76, "u4": 74.99, "u5": 6.39, "u6": 21.22}  # u4 off by 5.55
    record = toy_root / "toy" / "record"
    record.mkdir()
    scores = f"{HEADS['published_dimension_scores.csv']}\n2024,city,玩具市五,公开,7.51,,paper\n"
    (record / "published_dimension_scores.csv").write_text(scores, encoding="utf-8")
    found = claiming("2024,u5,city,score,6.4,,paper\n", score=pd.Series(near))
    assert [row[1:] for row in verdicts(found)[1:]] == [["not checkable", 6.39], ["not checkable", 7.5]]


def test_a_score_that_is_off_by_the_whole_error_is_within_it():
    scores = pd.Series({"u0": 80.3, "u1": 60.3})
    ranking = Ranking(scores, gt.rank(scores), rule=gt.RankRule(decimals=1), error=80.4 - 80.3)
    assert measured(BLANK | {"kind": "score", "entity_zh": "u0"}, ranking) == (80.2, 80.4)
    assert measured(BLANK | {"kind": "count_at_least", "k": 80.4}, ranking) == (0, 1)
    assert measured(BLANK | {"kind": "count_below", "k": 60.4}, ranking) == (0, 1)


def test_units_that_tie_take_one_place_where_the_rule_says_so():
    scores, rule = pd.Series({"u0": 80.0, "u1": 90.0, "u2": 90.0}), gt.RankRule(decimals=0, ties="dense")
    ranking = Ranking(scores, gt.rank(scores, rule), rule=rule, error=1.0)
    assert measured(BLANK | {"kind": "rank", "entity_zh": "u0"}, ranking) == (2, 3)


scores_of_units = st.lists(st.integers(0, 40), min_size=2, max_size=7)


@given(scores_of_units, st.integers(0, 3), st.data())
def test_what_is_true_of_scores_within_the_error_lies_in_the_range(values, error, data):
    names = [f"u{number}" for number in range(len(values))]
    change = data.draw(st.lists(st.integers(-error, error), min_size=len(values), max_size=len(values)))
    rebuilt, true = pd.Series(values, names, float), pd.Series(np.add(values, change), names, float)
    rule = gt.RankRule(decimals=0, ties=data.draw(st.sampled_from(["min", "dense", "average", "max"])))
    off = Ranking(rebuilt, gt.rank(rebuilt, rule), rule=rule, error=float(error))
    exact = Ranking(true, gt.rank(true, rule), rule=rule)
    for fact in (
        *({"kind": kind, "entity_zh": "u0"} for kind in ("rank", "rank_from_last", "score")),
        *({"kind": f"count_{side}", "k": 20.0} for side in ("below", "above", "at_least")),
        {"kind": "average", "decimals": 1.0},
    ):
        low, high = measured(BLANK | fact, off)
        (found, same) = measured(BLANK | fact, exact)
        assert low <= found == same <= high
        if not error:
            assert low == high


@pytest.mark.parametrize(
    ("official", "error"),
    [
        ([80, 32, 6], 0.0),  # whole numbers: what rounding explains is no error
        ([80.4, 31.8, 6.4], 0.0),
        ([80.4, 31.7, 6.4], 0.1),
        ([80.374677, 31.757106, 6.388889], 0.0),
        ([80.374677, np.nan, 6.388889], 0.0),
        ([np.nan, np.nan, np.nan], 0.0),
    ],
)
def test_the_error_of_rebuilt_scores_as_the_official_ones_are_printed(official, error):
    nodes = [gt.Node("index", ""), gt.Node("a", "index", worst=0, best=100)]
    table = pd.DataFrame({"a": [80.374677, 31.757106, 6.388889]}, index=["x", "y", "z"])
    recipe = gt.Recipe(gt.Framework(nodes))
    index = gt.build_index(table, recipe)
    assert error_as_printed(pd.Series(official, index=["x", "y", "z"]), index) == pytest.approx(error, abs=1e-9)
