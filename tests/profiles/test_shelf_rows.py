"""A row of the shelf: counts of exact ranks, of the publisher's rules, of pairs that keep their order, of claims."""

from dataclasses import replace
from itertools import combinations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import govtransparency as gt
from govtransparency.editions.official_ranks import Uncounted
from govtransparency.profiles.shelf_rows import Pairs, first_pairs, on_shelf
from govtransparency.texts.bilingual import Text

WHY = Text("零是填入的。", "The zeros were filled in.")


@pytest.fixture
def edition(toy_root):
    return replace(gt.read_edition("toy", 2024, root=toy_root), status="published")


def stating(edition, **columns):
    """Return the edition with official ranks or scores."""
    return replace(edition, official=pd.DataFrame(columns).reindex(columns=["rank", "score"]).astype(float))


def test_an_index_without_official_ranks_does_not_count(edition):
    (each,) = on_shelf(edition)
    row = each.row
    assert (row.index, row.year, row.group, row.status) == ("toy", 2024, "city", "published")
    assert (row.units, row.indicators) == (6, 4)
    assert (row.exact, row.official, row.counted, row.score_error) == (None, None, False, None)
    assert (row.rules, row.fewest, row.rounding, row.ties) == (None, None, "", "")
    assert (row.confirmed, row.contradicted, row.open) == (None, None, None)
    assert (each.reason, each.refuted, each.beside) == (None, (), None)


def test_exact_ranks_and_the_rules_that_give_them(edition):
    index = edition.index_of("city")
    ranks = index.ranks.astype(float)
    (each,) = on_shelf(stating(edition, rank=ranks, score=index.scores["index"] + 0.01234))
    row = each.row
    assert (row.exact, row.official, row.counted, row.score_error) == (6, 6, True, 0.012)
    found = gt.find_rank_rule(index.scores["index"], ranks)
    up_to_nine = [rule for rule in found.rules if rule.decimals <= 9 and rule.ties != "ordinal"]
    assert len(up_to_nine) < len(found.rules)
    assert (row.rules, row.reproduced, row.fewest, row.most) == (len(up_to_nine), 6, up_to_nine[0].decimals, 9)
    assert set(row.ties.split()) == {rule.ties for rule in up_to_nine}


def test_rules_of_the_order_of_the_table_are_told_where_no_other_fits(edition):
    table = edition.tables["city"].copy()
    table.loc["u2"] = table.loc["u1"]
    tied = replace(edition, tables={"city": table})
    ranks = gt.rank(tied.index_of("city").scores["index"], gt.RankRule(ties="ordinal"))
    assert on_shelf(stating(tied, rank=ranks))[0].row.ties == "ordinal"


def test_ranks_that_no_rule_gives(edition):
    ranks = edition.index_of("city").ranks.astype(float)
    first, second = ranks.nsmallest(2).index
    ranks[[first, second]] = ranks[[second, first]].to_numpy()
    row = on_shelf(stating(edition, rank=ranks))[0].row
    assert (row.exact, row.official, row.rules, row.reproduced) == (4, 6, 0, 4)
    assert (row.fewest, row.most, row.rounding, row.ties) == (None, None, "", "")


def test_official_scores_alone_have_no_rule(edition):
    scores = edition.index_of("city").scores["index"]
    row = on_shelf(stating(edition, score=scores + 1e-12))[0].row
    assert (row.exact, row.official, row.score_error, row.rules) == (6, 6, 0.0, None)


def test_figures_that_stand_for_none_are_ranked_without_beside(edition):
    """Half of the indicators of the toy edition are 0 or 1; without the zeros u1, u2 and others keep what they have."""
    index = edition.index_of("city")
    uncounted = replace(stating(edition, rank=index.ranks), uncounted=Uncounted(WHY, (0.0, 1.0)))
    (each,) = on_shelf(uncounted)
    table = index.raw.mask(index.raw.isin([0, 1])).drop(columns="site")
    recipe = replace(index.recipe, framework=index.recipe.framework.without("site"))
    ranks = gt.build_index(table, recipe).ranks
    assert (each.row.exact, each.row.counted, each.reason) == (6, False, WHY)
    assert (each.row.ranked_without, each.row.same_without) == (ranks.count(), (ranks == index.ranks).sum())
    assert (each.row.first, each.row.pairs, each.row.draws, each.row.kept) == (None,) * 4
    assert each.beside.columns.tolist() == ["name_zh", "name_en", "rank", "rank_without"]
    assert each.beside["rank"].is_monotonic_increasing
    assert each.beside["rank_without"].equals(ranks.loc[each.beside.index].rename("rank_without"))


def test_a_reason_without_such_figures_leaves_the_rest_as_it_is(edition):
    index = edition.index_of("city")
    counted = on_shelf(stating(edition, rank=index.ranks))[0].row
    (each,) = on_shelf(replace(stating(edition, rank=index.ranks), uncounted=Uncounted(WHY)))
    assert each.row == replace(counted, counted=False)


def test_claims_by_the_rebuilt_ranking():
    (each,) = on_shelf(gt.read_edition("tai", 2001))
    row = each.row
    assert (row.exact, row.official, row.status, row.counted) == (23, 23, "official", True)
    assert row.confirmed >= 67 and row.contradicted == 1 and row.open >= 0
    assert [claim.en for claim, _ in each.refuted] == ["Israel scores 0.51"]
    assert (row.first, row.pairs, row.draws) == (10, 45, 10_000)
    assert 0.9 < row.kept / (row.pairs * row.draws) < 1


def index_of(rows):
    """Return an index of two indicators whose values are given, best 10."""
    nodes = [gt.Node("index", ""), *(gt.Node(code, "index", worst=0, best=10) for code in "ab")]
    table = pd.DataFrame(rows, columns=["a", "b"], index=[f"u{n}" for n in range(len(rows))], dtype=float)
    return gt.build_index(table, gt.Recipe(gt.Framework(nodes)))


def test_pairs_of_the_first_by_hand():
    """With weights of 3/8 to 5/8, b is before c always, a before b never for certain; d ties with c, e comes later."""
    index = index_of([(6, 6), (5, 5), (4, 4), (4, 4), (1, 1)])
    assert index.ranks.tolist() == [1, 2, 3, 3, 5]
    assert first_pairs(index, seed=1) == Pairs(5, 9, 10_000, 90_000)
    assert first_pairs(index, seed=1, first=3) == Pairs(4, 5, 10_000, 50_000)
    assert first_pairs(index, seed=1, first=1) == Pairs(1, 0, 10_000, 0)


def test_an_index_without_weights_to_vary_is_on_the_shelf_without_pairs():
    """The editions of totals have one indicator."""
    totals = replace(gt.read_edition("cgti", 2011), status="published")
    (each,) = on_shelf(totals)
    assert (each.row.units, each.row.indicators) == (26, 1)
    assert (each.row.first, each.row.pairs, each.row.draws, each.row.kept) == (None,) * 4


@given(st.lists(st.tuples(st.integers(0, 10), st.integers(0, 10)), min_size=2, max_size=6))
def test_pairs_are_those_of_the_draws(rows):
    index = index_of(rows)
    found = first_pairs(index, seed=3, first=4, draws=50)
    ensemble = gt.uncertainty_analysis(index.raw, index.recipe, gt.weights_within(0.25), draws=50, rng=3)
    units = [unit for unit in index.ranks.index if index.ranks[unit] <= 4]
    pairs = [sorted(pair, key=index.ranks.get) for pair in combinations(units, 2)]
    strict = [(a, b) for a, b in pairs if index.ranks[a] < index.ranks[b]]
    kept = sum(round(ensemble.beats(a, b) * 50) for a, b in strict)
    assert found == Pairs(len(units), len(strict), 50, kept)
