"""How many official ranks the rebuilt index gives, and the sentence of the report that says so."""

from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import govtransparency as gt
from govtransparency.audit.exact_ranks import compare_ranks
from govtransparency.editions.official_ranks import Uncounted
from govtransparency.report.conclusions import CONCLUSIONS
from govtransparency.texts.bilingual import Text
from tests.conftest import with_recipe


@pytest.fixture
def edition(toy_root):
    return replace(gt.read_edition("toy", 2024, root=toy_root), status="published")


def built(edition):
    return {group: edition.index_of(group) for group in edition.groups}


def stating(edition, **columns):
    """Return the edition with official ranks or scores."""
    return replace(edition, official=pd.DataFrame(columns).reindex(columns=["rank", "score"]).astype(float))


def test_ranks_that_differ_and_units_without_one(edition):
    indices = built(edition)
    ranks, scores = indices["city"].ranks, indices["city"].scores["index"]
    official = ranks.astype(float).drop("u6")
    official["u1"] += 1
    (found,) = compare_ranks(stating(edition, rank=official, score=scores.drop("u6") + 0.25), indices)
    assert found[:4] == ("city", 4, 5, pytest.approx(0.25))


def test_scores_alone_rank_by_the_recipes_rule(edition):
    whole = gt.Recipe.from_dict(edition.recipe.to_dict() | {"rank": {"decimals": 0, "tie_breakers": ["open"]}})
    edition = with_recipe(edition, replace(whole, rank=gt.RankRule(decimals=0)))
    indices = built(edition)
    scores = indices["city"].scores["index"].round()
    (found,) = compare_ranks(stating(edition, score=scores), indices)
    assert (found.exact, found.official) == (6, 6)
    assert found.score_error <= 0.5


def test_nothing_official_is_compared_with_nothing(edition):
    indices = built(edition)
    assert compare_ranks(edition, indices) == ()
    assert compare_ranks(stating(edition, rank=pd.Series({"elsewhere": 1.0})), indices) == ()


@given(st.lists(st.integers(0, 30), min_size=2, max_size=12), st.sampled_from(["min", "max", "dense", "average"]))
def test_ranks_by_the_recipes_own_rule_are_all_exact(values, ties):
    nodes = [gt.Node("index", ""), gt.Node("a", "index", worst=0, best=30)]
    recipe = gt.Recipe(gt.Framework(nodes), rank=gt.RankRule(ties=ties))
    table = pd.DataFrame({"a": values}, index=[f"u{number}" for number in range(len(values))], dtype=float)
    index = gt.build_index(table, recipe)
    official = pd.DataFrame({"rank": index.ranks.astype(float), "score": index.scores["index"]})

    class OfOneGroup:
        """What `compare_ranks` asks of an edition."""

    OfOneGroup.official = official
    (found,) = compare_ranks(OfOneGroup, {"all": index})
    assert found[:4] == ("all", len(values), len(values), 0.0)


def test_decimals_that_a_workbooks_sums_leave_are_not_printed(edition):
    scores = pd.Series({"u1": 0.1 + 0.2, "u2": 0.7 - 0.1})
    (found,) = compare_ranks(stating(edition, score=scores), built(edition))
    assert scores["u1"] != 0.3 and found.rounding == pytest.approx(0.05)


@pytest.mark.parametrize(("places", "rounding"), [(0, 0.5), (4, 0.00005)])
def test_a_difference_that_rounding_makes_is_called_that(edition, places, rounding):
    indices = built(edition)
    ranks, scores = indices["city"].ranks.astype(float), indices["city"].scores["index"]
    stated = stating(edition, rank=ranks, score=(scores + 0.3 * 10.0**-places).round(places))
    (found,) = compare_ranks(stated, indices)
    assert found.rounding == pytest.approx(rounding)
    (said,) = sentences(stated, indices)
    assert said.text.en.endswith(", no more than the rounding of the official ones.") == (
        found.score_error <= rounding + 1e-9
    )


def sentences(edition, indices):
    return list(CONCLUSIONS["rebuilt"](edition, compare_ranks(edition, indices)))


def test_the_sentence_of_the_report(edition):
    indices = built(edition)
    ranks, scores = indices["city"].ranks.astype(float), indices["city"].scores["index"]
    (said,) = sentences(stating(edition, rank=ranks, score=scores + 0.0123), indices)
    assert (said.name, said.part, said.group) == ("rebuilt_city", "assessed", None)
    assert said.text.en == (
        "Toy cities: 6 of 6 official ranks are rebuilt exactly; the largest difference of a score is 0.012."
    )
    assert said.text.zh == "玩具城市：根据原始数据重建，6个官方名次中有6个完全一致，得分最大相差0.012。"
    (said,) = sentences(stating(edition, rank=ranks, score=scores - 0.0000333), indices)
    assert said.text.en.endswith("; the largest difference of a score is 0.000033.")
    (said,) = sentences(stating(edition, rank=ranks, score=scores + 1e-13), indices)
    assert (said.text.en[-23:], said.text.zh[-7:]) == ("; the scores are equal.", "得分全部一致。")
    (said,) = sentences(stating(edition, rank=ranks), indices)
    assert said.text.en == "Toy cities: 6 of 6 official ranks are rebuilt exactly."
    (said,) = sentences(stating(edition, score=scores), indices)
    assert said.text == Text(
        "玩具城市：根据原始数据重建，6个官方名次（按官方得分排列）中有6个完全一致，得分全部一致。",
        (
            "Toy cities: 6 of 6 official ranks are rebuilt exactly (in the order of the official scores); the "
            "scores are equal."
        ),
    )


def test_ranks_that_do_not_count_are_said_to_be_such(edition):
    indices = built(edition)
    filled = stating(edition, rank=indices["city"].ranks.astype(float))
    filled = replace(filled, uncounted=Uncounted(Text("零是填入的。", "Zeros were filled in.")))
    (said,) = sentences(filled, indices)
    assert said.text.en == (
        "Toy cities: 6 of 6 official ranks are rebuilt exactly. They are not counted among the ranks rebuilt "
        "exactly. Zeros were filled in."
    )
    assert (
        said.text.zh
        == "玩具城市：根据原始数据重建，6个官方名次中有6个完全一致。这些名次不计入完全重建的名次。零是填入的。"
    )


def test_no_such_sentence_on_simulated_figures_or_without_official_ranks(edition):
    indices = built(edition)
    simulated = replace(stating(edition, rank=indices["city"].ranks.astype(float)), status="simulated")
    assert sentences(simulated, indices) == []
    assert sentences(edition, indices) == []
